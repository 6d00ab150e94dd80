//! What else is kept beside bookmarks, what an import brings, and what one log says once.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/shelf.rs"]
mod shelf;

use std::fs;
use std::path::Path;

use fangtan::marks::{
    Change, DocumentKeys, Highlight, Imported, Mark, Marks, Preferences, file_of, files_of,
    keep_file, keep_place, place,
};
use shelf::{article, churn, draft, home, keys, log};

/// Keys of a text that has so many of its 128 shingles in common with article 1.
fn alike(shared: u32, hash: char) -> DocumentKeys {
    let own = (5_000_000..).take(128 - shared as usize);
    DocumentKeys {
        url: None,
        hash: hash.to_string().repeat(64),
        sketch: (1000..1000 + shared).chain(own).collect(),
    }
}

#[test]
fn a_log_has_the_sketch_of_a_text_once() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let mut marks = Marks::default();
    for number in [1, 1, 2, 1] {
        marks.add(&home, 1, draft(number, "")).unwrap();
    }
    Marks::load(&home).unwrap().add(&home, 1, draft(2, "")).unwrap();
    let text = fs::read_to_string(log(&home)).unwrap();
    assert_eq!((text.lines().count(), text.matches("sketch").count()), (5, 2));
    let read = Marks::load(&home).unwrap();
    assert!(read.all.iter().all(|mark| mark.article.keys.sketch.len() == 128));
    assert_eq!(read.of(&alike(100, 'a')).len(), 3, "an edited text is known by it");
    // A log that was replaced meanwhile, or whose first line is damaged, gets it again.
    fs::write(log(&home), "").unwrap();
    marks.add(&home, 1, draft(1, "")).unwrap();
    assert_eq!(Marks::load(&home).unwrap().of(&alike(100, 'a')).len(), 1);
    let damaged = fs::read_to_string(log(&home)).unwrap().replacen("灯塔", "灯台", 1);
    fs::write(log(&home), damaged).unwrap();
    Marks::load(&home).unwrap().add(&home, 1, draft(1, "")).unwrap();
    assert_eq!(Marks::load(&home).unwrap().of(&alike(100, 'a')).len(), 1);
}

#[test]
fn two_readers_of_one_device_see_each_other_s_clock() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let mark = Marks::default().add(&home, 1, draft(1, "")).unwrap();
    let (mut one, mut two) = (Marks::load(&home).unwrap(), Marks::load(&home).unwrap());
    let note = |note: &str| Change { note: Some(note.into()), ..Change::default() };
    for _ in 0..9 {
        one.edit(&home, 2, &mark.id, note("早")).unwrap();
    }
    two.edit(&home, 1, &mark.id, note("晚")).unwrap();
    assert_eq!(Marks::load(&home).unwrap().all[0].note, "晚");
}

#[test]
fn what_is_in_doubt_is_asked_and_what_was_said_holds() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let mut marks = Marks::default();
    marks.add(&home, 1, draft(1, "")).unwrap();
    marks.add(&home, 1, draft(1, "")).unwrap();
    let mut edition = draft(1, "");
    edition.article.keys = alike(120, 'e');
    marks.add(&home, 1, edition).unwrap();
    marks.add(&home, 1, draft(2, "")).unwrap();
    let other = alike(20, 'b');
    let asked = marks.doubtful(&other);
    assert_eq!(asked.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [3]);
    assert!(marks.of(&other).is_empty());
    marks.decide(&home, 2, asked[0].0.clone(), &other, true).unwrap();
    for marks in [&marks, &Marks::load(&home).unwrap()] {
        assert_eq!(marks.of(&other).len(), 3);
        assert!(marks.doubtful(&other).is_empty());
        assert_eq!(marks.of(&keys(2)).len(), 1);
    }
    // The last word holds; another device may have it.
    let there = fangtan::marks::Home { local: dir.path().join("there"), ..home.clone() };
    let mut later = Marks::load(&there).unwrap();
    later.decide(&there, 0, article(1), &other, false).unwrap();
    let read = Marks::load(&home).unwrap();
    assert_eq!((read.of(&other).len(), read.doubtful(&other).len()), (0, 0));
    // The text itself is above all that is said of it.
    later.decide(&there, 0, article(1), &keys(1), false).unwrap();
    assert_eq!(Marks::load(&home).unwrap().of(&keys(1)).len(), 3);
}

#[test]
fn preferences_are_of_an_article_and_only_changes_are_written() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let mut marks = Marks::default();
    let mut want = Preferences { measure: Some(60), theme: Some("纸".into()), speakers: None };
    marks.prefer(&home, 1, article(1), &want).unwrap();
    marks.prefer(&home, 1, article(1), &want).unwrap();
    assert_eq!(marks.preferences(&keys(1)), want);
    want.theme = None;
    want.speakers = Some(false);
    Marks::load(&home).unwrap().prefer(&home, 2, article(1), &want).unwrap();
    let read = Marks::load(&home).unwrap();
    assert_eq!(read.preferences(&keys(1)), want);
    assert_eq!(read.preferences(&alike(110, 'c')), want);
    assert_eq!(read.preferences(&keys(2)), Preferences::default());
    let text = fs::read_to_string(log(&home)).unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(r#""set":{"theme":null,"speakers":false}"#), "{text}");
}

#[test]
fn an_import_adds_what_is_new_and_changes_what_is_older_and_does_it_once() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let mut marks = Marks::default();
    let old = marks.add(&home, 10, draft(1, "旧")).unwrap();
    let gone = marks.add(&home, 20, draft(1, "删")).unwrap();
    let newer = marks.add(&home, 30, draft(2, "新")).unwrap();
    marks.remove(&home, 40, &gone.id).unwrap();
    let foreign = Mark {
        id: "01J000000000000000000000AB".into(),
        created: 3,
        edited: Some(4),
        note: "别处".into(),
        ..old.clone()
    };
    let brought = vec![
        Mark { note: "改".into(), highlight: Highlight::Fourth, edited: Some(15), ..old.clone() },
        gone.clone(),
        Mark { note: "更旧".into(), created: 5, ..newer.clone() },
        foreign.clone(),
        foreign.clone(),
    ];
    let before = fs::read(log(&home)).unwrap();
    let count = marks.import(&home, 50, brought.clone()).unwrap();
    assert_eq!(count, Imported { added: 2, changed: 1, same: 2 });
    let read = Marks::load(&home).unwrap();
    assert_eq!(read.all, marks.all);
    let of = |id: &str| read.all.iter().find(|mark| mark.id == id).unwrap();
    assert_eq!((&*of(&old.id).note, of(&old.id).edited, of(&old.id).created), ("改", Some(15), 10));
    assert_eq!((of(&gone.id), of(&newer.id), of(&foreign.id)), (&gone, &newer, &foreign));
    let bytes = fs::read(log(&home)).unwrap();
    assert!(bytes.starts_with(&before));
    let again = Marks::load(&home).unwrap().import(&home, 60, brought).unwrap();
    assert_eq!(again, Imported { added: 0, changed: 0, same: 5 });
    assert_eq!(fs::read(log(&home)).unwrap(), bytes);
    assert!(marks.import(&home, 70, vec![Mark::default()]).is_err());
}

#[test]
fn the_file_of_an_article_is_known_on_this_device_alone() {
    let dir = tempfile::tempdir().unwrap();
    let home =
        fangtan::marks::Home { data: dir.path().join("data"), local: dir.path().join("local") };
    assert_eq!(file_of(&home, &keys(1)).unwrap(), None);
    keep_place(&home, 1, &keys(1), draft(1, "").selector).unwrap();
    for path in ["/读/一.md", "/读/二.md", "/读/二.md"] {
        keep_file(&home, 2, &keys(1), Some("一"), Path::new(path)).unwrap();
    }
    let pos = log(&fangtan::marks::Home { data: home.local.clone(), ..home.clone() });
    let pos = home.local.join("pos").join(pos.file_name().unwrap());
    assert_eq!(fs::read_to_string(&pos).unwrap().lines().count(), 3);
    assert_eq!(file_of(&home, &keys(1)).unwrap().unwrap(), Path::new("/读/二.md"));
    assert_eq!(file_of(&home, &alike(110, 'd')).unwrap().unwrap(), Path::new("/读/二.md"));
    assert_eq!(
        files_of(&home, [&keys(1), &keys(2)]).unwrap()[&keys(1).hash],
        Path::new("/读/二.md")
    );
    assert_eq!(place(&home, &keys(1)).unwrap(), Some(draft(1, "").selector));
    assert!(keep_file(&home, 2, &keys(1), None, Path::new("一.md")).is_err());
    assert!(!home.data.exists());
    // Read again and again, the log stays short, and the last of each stays.
    for time in 0..600 {
        keep_place(&home, time, &keys(2), draft(2, "").selector).unwrap();
    }
    assert!(fs::metadata(&pos).unwrap().len() < 600 * 1024);
    assert_eq!(file_of(&home, &keys(1)).unwrap().unwrap(), Path::new("/读/二.md"));
    assert!(place(&home, &keys(1)).unwrap().is_some() && place(&home, &keys(2)).unwrap().is_some());
    assert!(!pos.with_extension("tmp").exists());
}

#[test]
fn links_are_written_through() {
    let dir = tempfile::tempdir().unwrap();
    let (home, real) = (home(dir.path()), dir.path().join("dotfiles"));
    let mut marks = Marks::default();
    let mark = marks.add(&home, 1, draft(1, "")).unwrap();
    // The directory is one, and the log in it is another.
    fs::rename(home.data.join("marks"), &real).unwrap();
    std::os::unix::fs::symlink(&real, home.data.join("marks")).unwrap();
    let target = dir.path().join("target.jsonl");
    fs::rename(log(&home), &target).unwrap();
    std::os::unix::fs::symlink(&target, log(&home)).unwrap();
    marks.add(&home, 2, draft(2, "")).unwrap();
    churn(&home, &mut marks, &mark.id);
    assert!(fs::symlink_metadata(home.data.join("marks")).unwrap().is_symlink());
    assert!(fs::symlink_metadata(log(&home)).unwrap().is_symlink());
    assert!(target.with_extension("bak").exists());
    let read = Marks::load(&home).unwrap();
    assert_eq!((read.all.len(), read.unread.len()), (2, 0));
    // One that leads nowhere is told, and hides no other.
    std::os::unix::fs::symlink(dir.path().join("nowhere"), real.join("x.jsonl")).unwrap();
    let read = Marks::load(&home).unwrap();
    assert_eq!((read.all.len(), read.unread.len()), (2, 1));
}

#[test]
fn what_is_made_shorter_says_the_same_and_what_it_was_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let mut marks = Marks::default();
    let busy = marks.add(&home, 1, draft(1, "")).unwrap();
    let gone = marks.add(&home, 1, draft(2, "")).unwrap();
    marks.remove(&home, 2, &gone.id).unwrap();
    let copy = log(&home).with_file_name("x (conflicted copy).jsonl");
    fs::copy(log(&home), &copy).unwrap();
    churn(&home, &mut marks, &busy.id);
    let path = log(&home);
    let length = fs::metadata(&path).unwrap().len();
    assert!(length < 200_000, "{length}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let (bak, tmp) = (path.with_extension("bak"), path.with_extension("tmp"));
    assert!(bak.exists() && !tmp.exists());
    let before = shelf::state(&home);
    assert_eq!(before, marks.all);
    fs::copy(&bak, path.with_file_name("all.jsonl")).unwrap();
    assert_eq!(shelf::state(&home), before, "nothing was lost");
    assert_eq!(Marks::load(&home).unwrap().restore(&home, 9, &gone.id).unwrap(), gone);
}

#[test]
fn an_id_that_is_empty_is_made_anew_once() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    fs::create_dir_all(&home.local).unwrap();
    fs::write(home.local.join("device"), "\0\0").unwrap();
    for _ in 0..3 {
        Marks::load(&home).unwrap().add(&home, 1, draft(1, "")).unwrap();
    }
    assert_eq!(fs::read_dir(home.data.join("marks")).unwrap().count(), 1);
    assert_eq!(fs::read_dir(&home.local).unwrap().count(), 2);
}
