//! `y` in a real terminal: what it is sent, what is said, and that it is the truth.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use support::{Home, Session, Start};

const TALK: &str = "# 灯塔与夜航\n\n作者：夜读\n\n发布时间：2024-12-21\n\n\
    原文链接：https://a.example/1\n\n音频：https://a.example/1.mp3\n\n\
    **主持人（00:10）：** 灯亮多久？要守一整夜吗？\n\n**守塔人（01:02:03）：** 十秒一次。一夜四千次。\n\n\
    **主持人（01:02:30）：** 谁数过？\n\n**守塔人（01:03:00）：** 我数过。\n";

/// What the second turn's first sentence is copied as.
const CITED: &str = "十秒一次。\n\n—— 守塔人，《灯塔与夜航》，夜读，2024-12-21，1:02:03，\
    https://a.example/1 https://a.example/1.mp3#t=3723";

/// The article in a terminal, not begun yet.
fn talk(home: &Home) -> Start {
    let path = home.file("talk.md", TALK);
    home.session(&[&path]).size(100, 12)
}

/// Goes to the second turn.
fn begin(start: Start) -> Session {
    let session = start.start();
    session.wait_for_text("/4");
    session.press(":2\r");
    session.wait_for_text("回合 2/4");
    session
}

/// What the terminal was told to put into the clipboard, by sequences that begin and end like this.
fn told(session: &Session, begin: &str, end: &str) -> Vec<String> {
    let seen = session.seen();
    let raw = String::from_utf8_lossy(seen.raw());
    let sequences = raw.split(begin).skip(1).map(|rest| rest.split(end).next().unwrap());
    let text = |base64: &str| String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap();
    sequences.map(text).collect()
}

fn plain(session: &Session) -> Vec<String> {
    told(session, "\x1b]52;c;", "\x07")
}

#[track_caller]
fn leave(session: &Session) {
    session.press("q");
    assert!(session.wait_exit().success());
    assert!(session.seen().is_restored() && session.has_old_modes());
}

#[test]
fn the_terminal_gets_the_sentence_with_where_it_is_from_once() {
    let home = Home::new();
    let session = begin(talk(&home));
    session.press("y");
    let characters = CITED.chars().count();
    session.wait_for_text(&format!("已把 {characters} 个字符发往终端剪贴板（OSC 52）"));
    assert_eq!(plain(&session), [CITED]);
    session.press("Y");
    session.wait_for_text("已把 5 个字符");
    assert_eq!(plain(&session)[1..], ["十秒一次。"]);
    leave(&session);
}

#[test]
fn a_template_of_one_s_own_and_one_that_is_wrong() {
    let home = Home::new();
    let template = r"copy_template = '> {text}\n[> ({title}, {author})][ {recording}]'";
    home.file("config/fangtan/config.toml", template);
    let session = begin(talk(&home));
    session.press("y");
    session.wait_for_text("发往终端剪贴板");
    let want = "> 十秒一次。\n> (灯塔与夜航, 夜读) https://a.example/1.mp3#t=3723";
    assert_eq!(plain(&session), [want]);
    leave(&session);

    let home = Home::new();
    home.file("config/fangtan/config.toml", "measure = 64\ncopy_template = '{text} {titel}'\n");
    let session = talk(&home).start();
    session.wait_for_text("config.toml:2：copy_template 里没有 titel 这一项；是不是 title？");
    session.press(":2\r");
    session.press("y");
    session.wait_for_text("发往终端剪贴板");
    assert_eq!(plain(&session), [CITED]);
    leave(&session);
}

#[test]
fn tmux_is_asked_and_told_where_it_does_not_answer() {
    let home = Home::new();
    let inside = |start: Start| start.env("TERM", "tmux-256color").env("TMUX", "/nowhere,1,0");
    let session = begin(inside(talk(&home)).env("PATH", "/nowhere"));
    session.press("y");
    session.wait_for_text("发往终端剪贴板（OSC 52）");
    // `set-clipboard on` takes the one, `allow-passthrough on` the other.
    assert_eq!(plain(&session), [CITED, CITED]);
    let wrapped = told(&session, "\x1bPtmux;\x1b\x1b]52;c;", "\x07\x1b\\");
    assert_eq!(wrapped, [CITED]);
    leave(&session);

    let tmux =
        home.file("bin/tmux", "#!/bin/sh\necho \"$@\" > \"$HOME/asked\"\ncat > \"$HOME/buffer\"\n");
    fs::set_permissions(&tmux, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", tmux.parent().unwrap().display());
    let session = begin(inside(talk(&home)).env("PATH", &path));
    session.press("y");
    session.wait_for_text("tmux 缓冲区，并发往终端剪贴板");
    assert_eq!(fs::read_to_string(home.path().join("buffer")).unwrap(), CITED);
    assert_eq!(fs::read_to_string(home.path().join("asked")).unwrap(), "load-buffer -w -\n");
    assert_eq!(plain(&session), Vec::<String>::new());
    leave(&session);
}

#[test]
fn through_a_real_tmux_as_it_is_by_default() {
    if std::process::Command::new("tmux").arg("-V").output().is_err() {
        return;
    }
    let home = Home::new();
    home.file("talk.md", TALK);
    home.file("empty", "");
    let line = "exec tmux -u -S tmux.sock -f empty new-session \"$FANGTAN talk.md\"";
    let session = begin(home.shell(&["-c", line]).size(100, 12));
    session.press("y");
    session.wait_for_text("tmux 缓冲区，并发往终端剪贴板");
    session.wait_for("the clipboard", |seen| {
        String::from_utf8_lossy(seen.raw()).contains(&STANDARD.encode(CITED))
    });
    // Which clipboard is meant is the terminal's to say; versions of tmux differ in it.
    let passed_on: Vec<String> = {
        let seen = session.seen();
        let raw = String::from_utf8_lossy(seen.raw()).into_owned();
        raw.split("\x1b]52;")
            .skip(1)
            .map(|rest| rest.split(['\x07', '\x1b']).next().unwrap().into())
            .collect()
    };
    assert_eq!(passed_on.len(), 1, "{passed_on:?}");
    assert!(passed_on[0].ends_with(&format!(";{}", STANDARD.encode(CITED))), "{passed_on:?}");
    session.press("q");
    session.wait_exit();
}

#[test]
fn gnu_screen_gets_it_in_pieces() {
    let home = Home::new();
    let session = begin(talk(&home).env("TERM", "screen.xterm-256color").env("STY", "1.pts"));
    session.press("Y");
    session.wait_for_text("发往终端剪贴板");
    assert_eq!(told(&session, "\x1bP\x1b]52;c;", "\x07\x1b\\"), ["十秒一次。"]);
    leave(&session);
}

#[test]
fn what_is_too_long_is_not_sent_and_that_is_said() {
    let home = Home::new();
    home.file(
        "config/fangtan/config.toml",
        "copy_template = '{text}{text}{text}{text}{text}{text}'",
    );
    let path = home.file("long.md", format!("{}。\n", "很长的一句话，".repeat(700)));
    let session = home.session(&[&path]).start();
    session.wait_for_text("很长的一句话");
    session.press("Y");
    session.wait_for_text("发往终端剪贴板");
    session.press("y");
    session.wait_for_text("没有复制：118 kB，终端剪贴板放不下");
    assert_eq!(plain(&session).len(), 1);
    leave(&session);
}

#[test]
fn a_desktop_that_does_not_answer_is_no_harm() {
    let home = Home::new();
    // The first is no number of a display, which makes the crate panic.
    for (name, value) in
        [("DISPLAY", ":65000"), ("DISPLAY", ":999"), ("WAYLAND_DISPLAY", "nowhere")]
    {
        let session = begin(talk(&home).env(name, value));
        session.press("y");
        session.wait_for_text("发往终端剪贴板（OSC 52）");
        assert_eq!(plain(&session), [CITED]);
        leave(&session);
    }
}

#[test]
fn hostile_text_is_copied_clean() {
    let home = Home::new();
    let text = TALK
        .replace("灯塔与夜航", "灯塔&#27;]52;c;eA==&#7;与\u{1b}[31m夜航&#x202e;")
        .replace("十秒一次。", "十秒&#27;[2J一\u{200b}次&#13;。");
    let path = home.file("hostile.md", text);
    let session = home.session(&[&path]).size(100, 12).start();
    session.wait_for_text("灯亮多久");
    session.press(":2\r");
    session.press("y");
    session.wait_for_text("发往终端剪贴板");
    let told = plain(&session);
    assert_eq!(told.len(), 1, "{told:?}");
    let copied = &told[0];
    assert!(copied.contains("夜航") && copied.contains('十'), "{copied}");
    let bad = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{200b}' | '\u{202e}');
    assert!(!copied.contains(bad) && !copied.ends_with('\n'), "{copied:?}");
    leave(&session);
}
