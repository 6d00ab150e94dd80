//! Disks that fail, fill up and are read-only, programs that end at any moment, and several at once:
//! what was said to be safe is there, and reading goes on. `FANGTAN_LONG=1` does all of it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/shelf.rs"]
mod shelf;

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use fangtan::marks::{Change, Marks};
use shelf::{Dice, draft, home, is_long, log};

const TALK: &str = "# 灯塔\n\n**问：** 船回来了吗？\n\n**答：** 天亮的时候，一只一只回来。\n";

/// The program with a home of its own, run by `before`.
fn program(dir: &Path, before: &[&str], arguments: &[&str]) -> Command {
    let mut words = before.iter().copied().chain([env!("CARGO_BIN_EXE_fangtan")]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).args(arguments).current_dir(dir).stdin(Stdio::null()).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", dir).env("XDG_DATA_HOME", dir).env("LANG", "en_US.UTF-8");
    command
}

const ADD: [&str; 5] = ["marks", "add", "talk.md", "--quote", "天亮的时候"];

/// A directory with an article in it.
fn room() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("talk.md"), TALK).unwrap();
    dir
}

/// Whether a command does what the tests need; else it is said that they are left out.
fn can(words: &[&str]) -> bool {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let can = command.status().is_ok_and(|status| status.success());
    if !can {
        eprintln!("skipped: {} does not work here", words.join(" "));
    }
    can
}

/// How a log is before the program adds to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    /// Three bookmarks, and a line that was cut off.
    Unfinished,
    /// So long and so dead that adding makes it shorter.
    Dead,
}

/// Makes such a log; gives the notes in it.
fn prepare(dir: &Path, before: Before) -> Vec<String> {
    let home = home(dir);
    let mut marks = Marks::default();
    match before {
        Before::Nothing => {}
        Before::Unfinished => {
            for note in ["一", "二", "三"] {
                marks.add(&home, 1, draft(1, note)).unwrap();
            }
            let mut bytes = fs::read(log(&home)).unwrap();
            bytes.extend_from_slice(b"{\"v\":1,\"id\":\"");
            fs::write(log(&home), bytes).unwrap();
        }
        Before::Dead => {
            let id = marks.add(&home, 1, draft(1, "")).unwrap().id;
            let mut left = (1 << 20) - fs::metadata(log(&home)).unwrap().len() - 200;
            while left > 0 {
                // 150 bytes are the line without its note.
                let length = if left < 40_000 { left.saturating_sub(150) } else { 20_000 };
                let note = Some("x".repeat(length as usize));
                marks.edit(&home, 2, &id, Change { note, ..Change::default() }).unwrap();
                left = left.saturating_sub(length + 150);
            }
            let note = Some("末".to_owned());
            marks.edit(&home, 3, &id, Change { note, ..Change::default() }).unwrap();
        }
    }
    notes(dir)
}

fn notes(dir: &Path) -> Vec<String> {
    Marks::load(&home(dir)).unwrap().all.into_iter().map(|mark| mark.note).collect()
}

/// Files that are neither logs nor what compaction replaced.
fn drafts(dir: &Path) -> usize {
    let home = home(dir);
    let names = [home.local.clone(), home.data.join("marks")].into_iter().flat_map(|dir| {
        fs::read_dir(dir).into_iter().flatten().map(|entry| entry.unwrap().file_name())
    });
    let is_draft = |name: &String| name.starts_with("device.") || name.ends_with(".tmp");
    names.filter_map(|name| name.into_string().ok()).filter(is_draft).count()
}

/// Lets each call of a kind fail once, until none is left to fail; gives how often it did.
fn fail_each(before: Before, calls: &str, fault: &str) -> usize {
    for k in 1.. {
        let dir = room();
        let old = prepare(dir.path(), before);
        let trace = dir.path().join("trace");
        let inject = format!("inject={calls}:{fault}:when={k}");
        let strace = ["strace", "-f", "-qq", "-o", "trace", "-e", &inject, "-e"];
        let which = format!("trace={calls}");
        let strace: Vec<&str> = strace.into_iter().chain([&*which, "--"]).collect();
        let Output { status, stdout, .. } = program(dir.path(), &strace, &ADD).output().unwrap();
        let what = format!("{before:?} {calls} {fault} {k}");
        let traced = fs::read_to_string(&trace).unwrap();
        let fired = traced.contains("INJECTED") || traced.contains("killed by SIGKILL");
        let read = Marks::load(&home(dir.path())).unwrap();
        let new: Vec<&str> =
            read.all.iter().map(|mark| &*mark.note).filter(|note| note.is_empty()).collect();
        for note in &old {
            assert!(read.all.iter().any(|mark| mark.note == *note), "{what}: {note} is lost");
        }
        assert!(new.len() <= 1, "{what}");
        let said = String::from_utf8(stdout).unwrap();
        if let Some(id) = said.strip_suffix('\n') {
            assert!(read.all.iter().any(|mark| mark.id == id), "{what}: {id} was acknowledged");
        }
        if status.success() {
            assert_eq!(new.len(), 1, "{what}: acknowledged");
        }
        // What is opened and read first is the program itself, by the system's loader.
        let loads = matches!(calls, "openat" | "read" | "pread64");
        let ours = !loads && fault == "error=EINTR";
        assert!(!ours || status.success(), "{what}: a signal is no failure");
        assert!(drafts(dir.path()) <= 1, "{what}");
        // The next one finds everything, and adds.
        assert!(program(dir.path(), &[], &ADD).status().unwrap().success(), "{what}");
        assert_eq!(notes(dir.path()).len(), read.all.len() + 1, "{what}");
        if !fired {
            return k - 1;
        }
    }
    unreachable!()
}

#[test]
fn whichever_call_fails_what_was_acknowledged_is_there() {
    if !can(&["strace", "-o", "/dev/null", "true"]) {
        return;
    }
    let calls = [
        "write",
        "fdatasync",
        "fsync",
        "ftruncate",
        "flock",
        "linkat",
        "rename",
        "unlink",
        "mkdir",
        "openat",
        "read",
        "pread64",
    ];
    let faults = ["error=EIO", "error=ENOSPC", "error=EINTR", "signal=KILL"];
    let mut all = 0;
    if is_long() {
        for before in [Before::Nothing, Before::Unfinished, Before::Dead] {
            for call in calls {
                for fault in faults {
                    let eintr = fault == "error=EINTR";
                    // No file system says that of these.
                    if eintr && matches!(call, "unlink" | "mkdir" | "ftruncate") {
                        continue;
                    }
                    all += fail_each(before, call, fault);
                }
            }
        }
    } else {
        for (before, call, fault) in [
            (Before::Nothing, "write", "error=ENOSPC"),
            (Before::Nothing, "fsync", "error=EIO"),
            (Before::Nothing, "linkat", "signal=KILL"),
            (Before::Unfinished, "fdatasync", "error=EIO"),
            (Before::Unfinished, "flock", "error=EINTR"),
            (Before::Dead, "rename", "signal=KILL"),
            (Before::Dead, "fsync", "error=EIO"),
        ] {
            all += fail_each(before, call, fault);
        }
    }
    eprintln!("{all} calls failed");
    assert!(all >= 7);
}

#[test]
fn what_is_acknowledged_was_synced_before() {
    if !can(&["strace", "-o", "/dev/null", "true"]) {
        return;
    }
    let dir = room();
    let strace = ["strace", "-y", "-qq", "-o", "trace", "-e", "trace=write,fdatasync,fsync", "--"];
    for first in [true, false] {
        assert!(program(dir.path(), &strace, &ADD).status().unwrap().success());
        let trace = fs::read_to_string(dir.path().join("trace")).unwrap();
        let at = |what: &dyn Fn(&str) -> bool| trace.lines().position(what);
        let write = at(&|line| line.starts_with("write(") && line.contains(".jsonl>")).unwrap();
        let synced = at(&|line| line.starts_with("fdatasync(") && line.contains(".jsonl>"));
        let said = at(&|line| line.starts_with("write(1<")).unwrap();
        assert!(write < synced.unwrap() && synced.unwrap() < said, "{trace}");
        let name = at(&|line| line.starts_with("fsync(") && line.contains("/marks>"));
        assert_eq!(name.is_some(), first, "{trace}");
        assert!(name.is_none_or(|name| name < said), "{trace}");
        assert_eq!(trace.lines().filter(|line| line.contains(".jsonl>,")).count(), 1, "{trace}");
    }
}

/// Does what its environment says, in a process of its own.
#[test]
fn child() {
    let Some(dir) = std::env::var_os("FANGTAN_TEST_HOME") else { return };
    let home = home(Path::new(&dir));
    let count: usize = std::env::var("FANGTAN_TEST_COUNT").unwrap().parse().unwrap();
    let what = std::env::var("FANGTAN_TEST_DEED").unwrap();
    let mut marks = Marks::load(&home).unwrap();
    match &*what {
        "add" => {
            for _ in 0..count {
                println!("added {}", marks.add(&home, 1, draft(1, "")).unwrap().id);
            }
        }
        // One bookmark is changed again and again, so that the log is made shorter all the time.
        "churn" => {
            let busy =
                marks.all.iter().find(|mark| mark.note.starts_with('#')).map(|m| m.id.clone());
            let busy = busy.unwrap_or_else(|| marks.add(&home, 1, draft(2, "#0")).unwrap().id);
            for round in 1..=count {
                let note = Some(format!("#{round} {}", "x".repeat(60_000)));
                marks.edit(&home, 1, &busy, Change { note, ..Change::default() }).unwrap();
                println!("changed {round}");
                if round % 3 == 0 {
                    println!("added {}", marks.add(&home, 1, draft(1, "旁")).unwrap().id);
                }
            }
        }
        "small disk" => small_disk(Path::new(&dir)),
        other => panic!("{other}"),
    }
}

fn child_that(deed: &str, dir: &Path, count: usize, before: &[&str]) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut words = before.iter().map(Into::into).chain([this]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).args(["child", "--exact", "--nocapture"]);
    command.env("FANGTAN_TEST_HOME", dir).env("FANGTAN_TEST_COUNT", count.to_string());
    command.env("FANGTAN_TEST_DEED", deed).stdout(Stdio::piped());
    command
}

fn spawn(deed: &str, dir: &Path, count: usize) -> Child {
    child_that(deed, dir, count, &[]).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_sudden_end_at_any_moment_loses_nothing_that_was_acknowledged() {
    let mut dice = Dice::new(19);
    let (mut dir, mut acknowledged) = (tempfile::tempdir().unwrap(), Vec::new());
    let (mut total, mut shorter) = (0, 0);
    for round in 0..if is_long() { 500 } else { 20 } {
        if round % 10 == 0 {
            dir = tempfile::tempdir().unwrap();
            acknowledged.clear();
        }
        let mut child = spawn("churn", dir.path(), 1_000_000);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        while !first.contains("changed ") {
            first.clear();
            assert!(out.read_line(&mut first).unwrap() > 0);
        }
        let listener = std::thread::spawn(move || {
            let rest = out.lines().map_while(Result::ok);
            std::iter::once(first.trim_end().to_owned()).chain(rest).collect::<Vec<String>>()
        });
        std::thread::sleep(Duration::from_millis(dice.below(90) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut changed = 0;
        for line in listener.join().unwrap() {
            if let Some((_, id)) = line.split_once("added ") {
                acknowledged.push(id.to_owned());
                total += 1;
            } else if let Some((_, round)) = line.split_once("changed ") {
                changed = round.parse().unwrap();
                total += 1;
            }
        }
        let read = Marks::load(&home(dir.path())).unwrap();
        for id in &acknowledged {
            assert!(read.all.iter().any(|mark| mark.id == *id), "round {round}: {id}");
        }
        if changed > 0 {
            let busy = read.all.iter().find(|mark| mark.note.starts_with('#')).unwrap();
            let now: usize = busy.note[1..].split(' ').next().unwrap().parse().unwrap();
            assert!(now >= changed, "round {round}: {now} of {changed}");
        }
        assert!(drafts(dir.path()) <= 2, "round {round}");
        let marks = home(dir.path()).data.join("marks");
        let baks = fs::read_dir(marks).into_iter().flatten();
        shorter +=
            baks.filter(|e| e.as_ref().unwrap().path().extension().unwrap() == "bak").count();
    }
    eprintln!("{total} acknowledged, made shorter in {shorter} rounds");
    assert!(total > 0);
}

#[test]
fn two_programs_and_one_that_makes_the_log_shorter_lose_nothing() {
    let (runs, count) = if is_long() { (3, 2000) } else { (1, 150) };
    for _ in 0..runs {
        let dir = tempfile::tempdir().unwrap();
        let mut churn = spawn("churn", dir.path(), 1_000_000);
        let mut out = BufReader::new(churn.stdout.take().unwrap());
        let drain = std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        let children: Vec<Child> = (0..2).map(|_| spawn("add", dir.path(), count)).collect();
        for mut child in children {
            let mut out = BufReader::new(child.stdout.take().unwrap());
            std::io::copy(&mut out, &mut std::io::sink()).unwrap();
            assert!(child.wait().unwrap().success());
        }
        let began = Instant::now();
        let marks = home(dir.path()).data.join("marks");
        let is_shorter = || {
            fs::read_dir(&marks).unwrap().any(|e| e.unwrap().path().extension().unwrap() == "bak")
        };
        while !is_shorter() && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(5));
        }
        churn.kill().unwrap();
        churn.wait().unwrap();
        drain.join().unwrap().unwrap();
        assert!(is_shorter());
        let read = Marks::load(&home(dir.path())).unwrap();
        let theirs = read.all.iter().filter(|mark| mark.note.is_empty()).count();
        assert_eq!(theirs, 2 * count);
        assert!(read.damage.len() <= 1, "{:?}", read.damage);
    }
}

/// Fills a small disk, in a name space of its own; `filler` is a file that can be removed.
fn small_disk(dir: &Path) {
    let home = home(dir);
    let filler = dir.join("filler");
    let mut marks = Marks::default();
    if fs::write(&filler, vec![1; 16 * 1024]).is_err() {
        // No file can be made at all.
        assert!(marks.add(&home, 1, draft(1, "")).is_err());
        assert!(marks.all.is_empty());
        println!("refused");
        return;
    }
    let error = loop {
        match marks.add(&home, 1, draft(1, "满")) {
            Ok(_) => assert!(marks.all.len() < 10_000),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    let kept = marks.all.len();
    for _ in 0..3 {
        assert!(marks.add(&home, 1, draft(1, "满")).is_err());
        let read = Marks::load(&home).unwrap();
        assert_eq!((read.all.len(), read.damage.len()), (kept, 0));
        assert_eq!(marks.all.len(), kept);
    }
    fs::remove_file(filler).unwrap();
    marks.add(&home, 1, draft(1, "又有")).unwrap();
    let read = Marks::load(&home).unwrap();
    assert_eq!((read.all.len(), read.damage.len()), (kept + 1, 0));
    println!("kept {kept}");
}

#[test]
fn a_disk_that_is_full_keeps_what_it_has_and_takes_more_when_there_is_room() {
    if !can(&["unshare", "-rm", "true"]) {
        return;
    }
    for (options, said) in [("size=64k", "kept"), ("size=256k", "kept"), ("nr_inodes=1", "refused")]
    {
        let dir = tempfile::tempdir().unwrap();
        let script =
            format!("mount -t tmpfs -o {options} tmpfs \"$FANGTAN_TEST_HOME\" && exec \"$@\"");
        let before = ["unshare", "-rm", "sh", "-c", &script, "sh"];
        let out = child_that("small disk", dir.path(), 0, &before).output().unwrap();
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(out.status.success() && text.contains(said), "{options}: {text}");
        let line = text.lines().find(|line| line.contains(said)).unwrap_or_default();
        eprintln!("{options}: {line}");
    }
}

/// What a command said, and whether it succeeded.
fn said(mut command: Command) -> (bool, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.success(), text(stdout), text(stderr))
}

#[test]
fn a_home_that_cannot_be_written_is_read() {
    if !can(&["unshare", "-rm", "true"]) {
        return;
    }
    let dir = room();
    assert!(said(program(dir.path(), &[], &ADD)).0);
    let script = "mount --bind . . && mount -o remount,ro,bind . && cd \"$PWD\" && exec \"$@\"";
    let before = ["unshare", "-rm", "sh", "-c", script, "sh"];
    for arguments in [&["marks", "list"][..], &["marks", "list", "talk.md"], &["print", "talk.md"]]
    {
        let (ok, out, err) = said(program(dir.path(), &before, arguments));
        assert!(ok && out.contains("天亮的时候") && err.is_empty(), "{arguments:?}: {out}{err}");
    }
    let (ok, out, err) = said(program(dir.path(), &before, &ADD));
    assert!(!ok && out.is_empty() && err.contains("Read-only"), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
}

/// Takes the rights of the user away who runs the test, where that is needed: without a mapping
/// nobody in a name space of users may do more than the modes of files say.
const PLAIN: [&str; 2] = ["unshare", "-U"];

#[test]
fn files_and_directories_that_may_not_be_touched_are_told() {
    if !can(&["unshare", "-U", "true"]) {
        return;
    }
    let dir = room();
    assert!(said(program(dir.path(), &[], &ADD)).0);
    let marks = home(dir.path()).data.join("marks");
    let path: PathBuf = log(&home(dir.path()));
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    // A log that may only be read.
    mode(&path, 0o444);
    let (ok, out, _) = said(program(dir.path(), &PLAIN, &["marks", "list"]));
    assert!(ok && out.contains("天亮的时候"));
    let (ok, out, err) = said(program(dir.path(), &PLAIN, &ADD));
    assert!(!ok && out.is_empty() && err.contains("Permission denied"), "{err}");
    // One that may not even be read, and a directory of that kind.
    for path in [&path, &marks] {
        mode(path, 0o000);
        let (ok, out, _) = said(program(dir.path(), &PLAIN, &["print", "talk.md"]));
        assert!(ok && out.contains("天亮的时候"));
        let (_, _, err) = said(program(dir.path(), &PLAIN, &["marks", "list"]));
        assert!(err.contains("Permission denied") && err.lines().count() == 1, "{err}");
        let (ok, out, _) = said(program(dir.path(), &PLAIN, &ADD));
        assert!(!ok && out.is_empty());
        mode(path, 0o700);
    }
    let (ok, out, _) = said(program(dir.path(), &[], &["marks", "list"]));
    assert!(ok && out.contains("天亮的时候"));
}

#[test]
fn without_a_home_an_article_is_read() {
    if !can(&["unshare", "-U", "true"]) {
        return;
    }
    let dir = room();
    for arguments in [&["print", "talk.md"][..], &["marks", "list", "talk.md"]] {
        let mut command = program(dir.path(), &PLAIN, arguments);
        command.env_remove("HOME").env_remove("XDG_DATA_HOME");
        let (ok, out, err) = said(command);
        assert!(ok && out.contains("天亮的时候") == (arguments[0] == "print"), "{err}");
    }
}
