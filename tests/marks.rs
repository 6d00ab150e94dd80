//! The marks on disk, as other programs and bad luck find them: several writers, sudden ends,
//! damage, copies of synchronising programs, articles that moved.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fangtan::interview::Interview;
use fangtan::interview::correct::{Correction, corrected};
use fangtan::interview::passage::select;
use fangtan::marks::{
    Article, Change, DocumentKeys, Draft, Highlight, Home, Marks, keep_place, place,
};

const GUIDE: &str = include_str!("../assets/guide.zh.md");

fn read(text: &str) -> Interview {
    fangtan::interview::read(fangtan::format::markdown::read(text))
}

fn home(dir: &Path) -> Home {
    Home { data: dir.join("data"), local: dir.join("local") }
}

fn draft(interview: &Interview, keys: &DocumentKeys, note: &str) -> Draft {
    let start = interview.prose.text().find("谈话是一个来回").unwrap() as u32;
    Draft {
        article: Article { title: None, url: None, keys: keys.clone() },
        selector: select(interview, start..start + 21),
        note: note.to_owned(),
        tags: vec!["读".to_owned()],
        highlight: Highlight::Second,
    }
}

fn log(home: &Home) -> PathBuf {
    let mut logs = fs::read_dir(home.data.join("marks")).unwrap();
    logs.next().unwrap().unwrap().path()
}

fn notes(home: &Home) -> Vec<String> {
    Marks::load(home).unwrap().all.into_iter().map(|mark| mark.note).collect()
}

#[test]
fn what_was_added_is_there_and_what_was_removed_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let interview = read(GUIDE);
    let keys = DocumentKeys::of(&interview);
    assert!(Marks::load(&home).unwrap().all.is_empty());
    assert!(!dir.path().join("data").exists(), "reading writes nothing");
    let mut marks = Marks::load(&home).unwrap();
    let one = marks.add(&home, 1, draft(&interview, &keys, "一")).unwrap();
    let two = marks.add(&home, 2, draft(&interview, &keys, "二")).unwrap();
    marks.remove(&home, 3, &one.id).unwrap();
    let again = Marks::load(&home).unwrap();
    assert_eq!(again.all, [two]);
    assert_eq!(again.of(&keys).len(), 1);
    // A copy that a synchronising program made adds nothing and brings nothing back.
    let path = log(&home);
    fs::copy(&path, path.with_file_name("x.sync-conflict-20260101.jsonl")).unwrap();
    assert_eq!(notes(&home), ["二"]);
}

#[test]
fn what_was_changed_stays_changed_and_what_was_removed_can_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let (interview, keys) = add_three(&home);
    let mut marks = Marks::load(&home).unwrap();
    let id = marks.all[1].id.clone();
    let change = Change { note: Some("改".into()), ..Change::default() };
    marks.edit(&home, 5, &id, change).unwrap();
    let change = Change { highlight: Some(Highlight::Fourth), ..Change::default() };
    let edited = marks.edit(&home, 6, &id, change).unwrap();
    assert_eq!(
        (&*edited.note, edited.highlight, edited.edited),
        ("改", Highlight::Fourth, Some(6))
    );
    let loaded = Marks::load(&home).unwrap();
    assert_eq!(loaded.of(&keys).iter().find(|mark| mark.id == id), Some(&&edited));
    marks.remove(&home, 7, &id).unwrap();
    let mut loaded = Marks::load(&home).unwrap();
    assert!(!loaded.all.iter().any(|mark| mark.id == id));
    let back = loaded.restore(&home, 8, &id).unwrap();
    assert_eq!((&*back.note, back.highlight), ("改", Highlight::Fourth));
    assert!(Marks::load(&home).unwrap().all.iter().any(|mark| mark.id == id));
    assert!(marks.edit(&home, 9, "NOBODY", Change::default()).is_err());
    assert!(marks.add(&home, 9, draft(&interview, &keys, "四")).is_ok());
}

fn name(speaker: &str, name: &str) -> Correction {
    Correction::Name { speaker: speaker.into(), name: name.into() }
}

fn speakers(home: &Home, text: &str) -> Vec<String> {
    let interview = read(text);
    let keys = DocumentKeys::of(&interview);
    let said = Marks::load(home).unwrap().corrections(&keys);
    corrected(interview, &said).speakers.into_iter().map(|speaker| speaker.name).collect()
}

#[test]
fn a_speaker_s_name_is_kept_with_the_article_and_the_last_one_holds() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let article =
        |text: &str| Article { keys: DocumentKeys::of(&read(text)), ..Article::default() };
    let mut marks = Marks::load(&home).unwrap();
    marks.correct(&home, 9, article(GUIDE), name("周砚", "老周")).unwrap();
    marks.correct(&home, 1, article(GUIDE), name("周砚", "砚台")).unwrap();
    let into = Correction::Merge { speaker: "迈克·陈".into(), into: "周砚".into() };
    marks.correct(&home, 1, article(GUIDE), into).unwrap();
    assert_eq!(speakers(&home, GUIDE), ["主持人林舟", "砚台", "沈若水"]);
    // Another file, edited, in which the names are spelt otherwise.
    let edited =
        GUIDE.replace("迈克·陈", "迈克・陈").replace("一口气", "一口").replace("回合", "段");
    assert_eq!(speakers(&home, &edited), ["主持人林舟", "砚台", "沈若水"]);
    let other = "**周砚：** 别的？\n\n**甲：** 文章\n\n**周砚：** 好？\n\n**甲：** 好\n";
    assert_eq!(speakers(&home, other), ["周砚", "甲"]);
    // Another device said something later, and a synchronising program made a copy of each log.
    let there = Home { data: home.data.clone(), local: dir.path().join("there") };
    let mut later = Marks::load(&there).unwrap();
    later.correct(&there, 0, article(GUIDE), name("周砚", "")).unwrap();
    let logs: Vec<_> = fs::read_dir(home.data.join("marks")).unwrap().collect();
    assert_eq!(logs.len(), 2);
    for log in logs {
        let path = log.unwrap().path();
        fs::copy(&path, path.with_extension("conflict.jsonl")).unwrap();
    }
    assert_eq!(speakers(&home, GUIDE), ["主持人林舟", "周砚", "沈若水"]);
    assert_eq!(Marks::load(&home).unwrap().all, []);
}

#[test]
fn files_are_the_user_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let interview = read(GUIDE);
    let keys = DocumentKeys::of(&interview);
    Marks::default().add(&home, 1, draft(&interview, &keys, "")).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&log(&home)), 0o600);
    assert_eq!(mode(&home.data.join("marks")), 0o700);
}

/// Bookmarks of the guide, with the notes 一, 二 and 三.
fn add_three(home: &Home) -> (Interview, DocumentKeys) {
    let interview = read(GUIDE);
    let keys = DocumentKeys::of(&interview);
    let mut marks = Marks::default();
    for note in ["一", "二", "三"] {
        marks.add(home, 1, draft(&interview, &keys, note)).unwrap();
    }
    (interview, keys)
}

#[test]
fn a_log_that_is_cut_off_anywhere_keeps_its_whole_lines() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let (interview, keys) = add_three(&home);
    let path = log(&home);
    let bytes = fs::read(&path).unwrap();
    for length in (0..bytes.len()).step_by(37) {
        fs::write(&path, &bytes[..length]).unwrap();
        let whole = bytes[..length].iter().filter(|&&b| b == b'\n').count();
        let read = Marks::load(&home).unwrap();
        assert!(read.all.len() == whole || read.all.len() == whole + 1);
        assert_eq!(fs::read(&path).unwrap().len(), length, "reading rewrites nothing");
        let mut marks = read;
        let before = marks.all.len();
        marks.add(&home, 9, draft(&interview, &keys, "后")).unwrap();
        assert_eq!(notes(&home).len(), before + 1);
        assert!(fs::read(&path).unwrap().starts_with(&bytes[..length]));
    }
}

#[test]
fn a_damaged_line_is_told_and_kept_and_the_others_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    add_three(&home);
    let path = log(&home);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"二\"", "\"四\"")).unwrap();
    let read = Marks::load(&home).unwrap();
    assert_eq!(read.all.len(), 2);
    assert_eq!(read.damage.len(), 1);
    assert_eq!(read.damage[0].line, 2);
    assert!(fs::read_to_string(&path).unwrap().contains("四"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_cannot_be_read_hides_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    add_three(&home);
    // A file that nobody can read from its beginning, whoever runs the test.
    let broken = log(&home).with_file_name("x.jsonl");
    std::os::unix::fs::symlink("/proc/self/mem", &broken).unwrap();
    let read = Marks::load(&home).unwrap();
    assert_eq!(read.all.len(), 3);
    assert_eq!(read.unread[0].0, broken);
}

/// Adds bookmarks without end, and says each id when it is safe.
#[test]
fn child_that_adds() {
    let Some(dir) = std::env::var_os("FANGTAN_TEST_HOME") else { return };
    let count: usize = std::env::var("FANGTAN_TEST_COUNT").unwrap().parse().unwrap();
    let home = home(Path::new(&dir));
    let interview = read(GUIDE);
    let keys = DocumentKeys::of(&interview);
    let mut marks = Marks::load(&home).unwrap();
    for _ in 0..count {
        let mark = marks.add(&home, 1, draft(&interview, &keys, "")).unwrap();
        println!("added {}", mark.id);
    }
}

fn child(dir: &Path, count: usize) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["child_that_adds", "--exact", "--nocapture"])
        .env("FANGTAN_TEST_HOME", dir)
        .env("FANGTAN_TEST_COUNT", count.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn two_programs_at_once_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let children: Vec<_> = (0..2).map(|_| child(dir.path(), 200)).collect();
    for mut child in children {
        let mut out = BufReader::new(child.stdout.take().unwrap());
        std::io::copy(&mut out, &mut std::io::sink()).unwrap();
        assert!(child.wait().unwrap().success());
    }
    let marks = Marks::load(&home(dir.path())).unwrap();
    assert_eq!((marks.all.len(), marks.damage.len()), (400, 0));
}

#[test]
fn a_sudden_end_loses_nothing_that_was_acknowledged() {
    for stop in [1, 7, 40] {
        let dir = tempfile::tempdir().unwrap();
        let mut child = child(dir.path(), 1_000_000);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledged = Vec::new();
        for line in lines {
            if let Some((_, id)) = line.unwrap().split_once("added ") {
                acknowledged.push(id.to_owned());
            }
            if acknowledged.len() == stop {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acknowledged.len() >= stop);
        let marks = Marks::load(&home(dir.path())).unwrap();
        for id in &acknowledged {
            assert!(marks.all.iter().any(|mark| mark.id == *id), "{id}");
        }
    }
}

#[test]
fn a_place_is_kept_by_article_and_not_by_path() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let interview = read(GUIDE);
    let keys = DocumentKeys::of(&interview);
    assert_eq!(place(&home, &keys).unwrap(), None);
    for (time, offset) in [(1, 300), (2, 900)] {
        let offset = interview.prose.text().floor_char_boundary(offset) as u32;
        let at = fangtan::interview::passage::select_at(&interview, offset);
        keep_place(&home, time, &keys, at).unwrap();
    }
    let rewrapped = read(&GUIDE.replace("夜航读书会", "夜航读书小组"));
    let kept = place(&home, &DocumentKeys::of(&rewrapped)).unwrap().unwrap();
    let want = interview.prose.text().floor_char_boundary(900);
    assert_eq!(kept.start as usize, interview.prose.text()[..want].chars().count());
    let other = read("**甲：** 一？\n\n**乙：** 二。\n");
    assert_eq!(place(&home, &DocumentKeys::of(&other)).unwrap(), None);
}

#[test]
fn what_cannot_be_written_is_an_error_and_no_panic() {
    let dir = tempfile::tempdir().unwrap();
    let interview = read(GUIDE);
    let keys = DocumentKeys::of(&interview);
    fs::write(dir.path().join("data"), "a file where the directory should be").unwrap();
    let home = home(dir.path());
    let mut marks = Marks::default();
    assert!(marks.add(&home, 1, draft(&interview, &keys, "")).is_err());
    assert!(marks.all.is_empty());
}

#[test]
fn an_article_keeps_its_bookmarks_when_the_first_line_of_it_is_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    let (_, keys) = add_three(&home);
    let path = log(&home);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("一", "二", 1)).unwrap();
    let mut bare = keys.clone();
    bare.url = None;
    let marks = Marks::load(&home).unwrap();
    assert_eq!(marks.damage.len(), 1);
    assert_eq!((marks.of(&keys).len(), marks.of(&bare).len()), (2, 2));
}

#[test]
fn what_another_program_changed_is_known_before_a_change() {
    let dir = tempfile::tempdir().unwrap();
    let home = home(dir.path());
    add_three(&home);
    let (mut one, mut other) = (Marks::load(&home).unwrap(), Marks::load(&home).unwrap());
    let id = one.all[0].id.clone();
    other.remove(&home, 9, &id).unwrap();
    one.refresh(&home).unwrap();
    let change = Change { note: Some("迟了".into()), ..Change::default() };
    assert_eq!(one.edit(&home, 10, &id, change).unwrap_err().kind(), std::io::ErrorKind::NotFound);
}
