//! The program in a real terminal: it opens, obeys keys, and leaves everything as it was, whatever
//! ends it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use support::{Home, Manners, Seen, Session};

/// An interview of 60 turns; every turn says its number twice.
fn interview() -> String {
    let mut text = String::from("# 灯塔与夜航\n\n");
    for turn in 1..=60 {
        let name = if turn % 2 == 1 { "主持人" } else { "守塔人" };
        let _ = write!(
            text,
            "**{name}：** 这是第{turn}段话。夜里的灯每十秒亮一次，船上的人数着它，就知道自己在哪里。\n\n\
             再说一遍，这还是第{turn}段的后一半，讲的是风、潮水和一本翻旧了的日志。\n\n"
        );
    }
    text
}

fn open(home: &Home) -> Session {
    let path = home.file("lighthouse.md", interview());
    let session = home.open(&[&path]);
    session.wait_for_text("第1段话");
    session
}

#[track_caller]
fn assert_left(session: &Session) {
    assert!(session.has_old_modes(), "the line discipline's settings are not the old ones");
    assert!(session.seen().is_restored(), "a mode of the terminal is left on");
}

#[test]
fn the_guide_opens_and_q_leaves_everything_as_it_was() {
    let home = Home::new();
    let session = home.open(&["guide"]);
    session.wait_for("page", |seen| {
        seen.terminal().alternate_screen() && seen.terminal().hide_cursor()
    });
    session.wait_for("text", |seen| seen.rows().iter().filter(|row| !row.is_empty()).count() > 5);
    assert!(!session.has_old_modes());
    session.press("q");
    assert!(session.wait_exit().success());
    assert_left(&session);
}

#[test]
fn pages_turn() {
    let home = Home::new();
    let session = open(&home);
    session.press(" ");
    session.wait_for("next page", |seen| !seen.shows("第1段话"));
    session.press("G");
    session.wait_for_text("第60段");
    session.press("gg");
    session.wait_for_text("第1段话");
    session.press("q");
    assert!(session.wait_exit().success());
}

#[test]
fn a_signal_leaves_the_terminal_and_ends_by_itself() {
    for (signal, said) in [
        (Signal::TERM, "Terminated"),
        (Signal::HUP, "Hangup"),
        (Signal::INT, "Interrupt"),
        (Signal::QUIT, "Quit"),
    ] {
        let home = Home::new();
        let session = open(&home);
        session.signal(signal);
        let status = session.wait_exit();
        assert!(status.signal().is_some_and(|s| s.starts_with(said)), "{signal:?}: {status:?}");
        assert_left(&session);
    }
}

#[test]
fn a_signal_at_any_moment_of_the_start_leaves_the_terminal() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    for bytes in 0..12 {
        let session = home.open(&[&path]);
        // The first bytes are questions and modes; each run is cut at another of them.
        session.wait_for("bytes", |seen| seen.raw().len() > bytes * 8);
        session.signal(Signal::TERM);
        let status = session.wait_exit();
        assert!(status.signal().is_some(), "{status:?}");
        assert_left(&session);
    }
}

#[test]
fn a_terminal_that_is_gone_ends_the_program_soon() {
    for ignored in ["", "trap '' HUP; "] {
        let home = Home::new();
        home.file("lighthouse.md", interview());
        let line = format!("{ignored}exec \"$FANGTAN\" lighthouse.md");
        let mut session = home.shell(&["-c", &line]).start();
        session.wait_for_text("第1段话");
        session.hang_up();
        let gone = Instant::now();
        session.wait_for("end", |seen| seen.ended_by().is_some());
        assert!(gone.elapsed() < Duration::from_secs(3), "{:?}", gone.elapsed());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_terminal_the_text_is_printed() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    // A session of its own has no controlling terminal.
    let mut command = std::process::Command::new("setsid");
    let inner = home.command(&[&path]);
    command.arg(inner.get_program()).args(inner.get_args()).env_clear();
    command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = command.stdin(std::process::Stdio::null()).output().expect("setsid runs");
    assert!(!output.stdout.contains(&0x1B) && !output.stderr.contains(&0x1B));
    // Standard output is no terminal: the text is printed.
    assert!(String::from_utf8_lossy(&output.stdout).contains("第60段"));
    assert!(output.status.success());
}

/// Whether the shell waits for a command: what was shown before the page comes back with its end, but
/// what is typed then would still be the reader's.
fn asks_anew(seen: &Seen) -> bool {
    let rows = seen.rows();
    seen.is_restored()
        && rows.iter().rfind(|row| !row.is_empty()).is_some_and(|row| row == "prompt>")
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_comes_back() {
    let home = Home::new();
    home.file("lighthouse.md", interview());
    let session = home.shell(&["-i"]).env("PS1", "prompt> ").env("LC_ALL", "C").start();
    session.wait_for_text("prompt>");
    session.press("\"$FANGTAN\" lighthouse.md\r");
    session.wait_for_text("第1段话");
    session.press("\x1a");
    session.wait_for("the shell", asks_anew);
    session.press("echo 1$((1))1\r");
    session.wait_for_text("111");
    session.resize(70, 20);
    session.press("fg\r");
    session.wait_for("page", |seen| seen.terminal().alternate_screen() && seen.shows("第1段话"));
    session.press("q");
    session.wait_for("the shell", asks_anew);
    session.press("exit\r");
    session.wait_exit();
}

#[test]
fn ctrl_z_where_nobody_could_go_on_changes_nothing() {
    let home = Home::new();
    let session = open(&home);
    session.press("\x1a ");
    session.wait_for("next page", |seen| !seen.shows("第1段话"));
    session.press("q");
    assert!(session.wait_exit().success());
}

#[test]
fn stopped_from_outside_it_draws_everything_again_without_a_question() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    let session = home.session(&[&path]).mute().start();
    session.wait_for_text("第1段话");
    let written = session.seen().raw().len();
    session.signal(Signal::STOP);
    session.signal(Signal::CONT);
    session.wait_for("whole frame", |seen| {
        let raw = &seen.raw()[written..];
        let clears = raw.windows(4).any(|bytes| bytes == b"\x1b[2J");
        clears && String::from_utf8_lossy(raw).contains("段话")
    });
    session.press("q");
    assert!(session.wait_exit().success());
    assert_left(&session);
}

#[test]
fn sizes_of_every_kind() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    let session = home.session(&[&path]).size(40, 12).start();
    session.wait_for_text("第1段话");
    for (columns, rows) in
        [(0, 0), (1, 1), (2, 2), (1, 300), (300, 1), (5, 20), (500, 200), (65535, 65535), (20, 5)]
    {
        session.resize(columns, rows);
    }
    for step in 0..300_u16 {
        session.resize(20 + step % 90, 5 + step % 30);
    }
    session.resize(80, 24);
    session.wait_for_text("第1段话");
    session.press("q");
    assert!(session.wait_exit().success());
    assert_left(&session);
}

#[test]
fn text_from_standard_input_and_keys_from_the_terminal() {
    let home = Home::new();
    home.file("lighthouse.md", interview());
    let session = home.shell(&["-c", "cat lighthouse.md | \"$FANGTAN\" -"]).start();
    session.wait_for_text("第1段话");
    session.press("G");
    session.wait_for_text("第60段");
    session.press("q");
    assert!(session.wait_exit().success());
    assert_left(&session);
}

#[test]
fn reopened_it_shows_the_place_it_was_left_at() {
    let home = Home::new();
    let session = open(&home);
    session.press("  ");
    session.wait_for("third page", |seen| !seen.shows("第1段话"));
    session.press("]");
    session.wait_for("a turn's beginning", |seen| {
        seen.rows().iter().take(4).any(|row| row.contains("段话"))
    });
    let page = session.screen();
    session.press("q");
    assert!(session.wait_exit().success());

    let moved = home.file("elsewhere/renamed.md", interview());
    let session = home.open(&[&moved]);
    let at_top = page.iter().find(|row| row.contains("段话")).expect("a turn").clone();
    session.wait_for("same page", |seen| seen.rows().iter().take(6).any(|row| *row == at_top));
    session.press("q");
    assert!(session.wait_exit().success());
}

#[test]
fn an_acknowledged_bookmark_survives_sigkill() {
    let home = Home::new();
    let session = open(&home);
    session.press("m");
    session.wait_for_text("已加书签");
    session.signal(Signal::KILL);
    session.wait_exit();
    let path = home.path().join("lighthouse.md");
    let list =
        home.command(&["marks", "list", &path.to_string_lossy(), "--json"]).output().unwrap();
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(list.contains("\"quote\""), "{list}");
}

#[test]
fn no_color_sends_no_colours() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    let session = home.session(&[&path]).env("NO_COLOR", "1").start();
    session.wait_for_text("第1段话");
    session.press(" Gq");
    assert!(session.wait_exit().success());
    let seen = session.seen();
    let raw = String::from_utf8_lossy(seen.raw());
    for sequence in raw.split("\x1b[").skip(1) {
        let end = sequence.find(|c: char| !matches!(c, '0'..='9' | ';')).unwrap_or(0);
        if sequence[end..].starts_with('m') {
            let coloured = sequence[..end]
                .split(';')
                .filter_map(|number| number.parse::<u32>().ok())
                .any(|number| matches!(number, 30..=38 | 40..=48 | 90..=107));
            assert!(!coloured, "{}", &sequence[..end]);
        }
    }
}

#[test]
fn a_mute_terminal_is_not_waited_for() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    let begun = Instant::now();
    let session = home.session(&[&path]).mute().start();
    session.wait_for_text("第1段话");
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    // The answer to the question about the background, far too late.
    session.press("\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?62c");
    session.press(" ");
    session.wait_for("next page", |seen| !seen.shows("第1段话"));
    session.press("q");
    assert!(session.wait_exit().success());
}

#[cfg(target_os = "linux")]
#[test]
fn an_idle_reader_uses_no_cpu() {
    let home = Home::new();
    let session = open(&home);
    session.press(" ");
    session.wait_for("next page", |seen| !seen.shows("第1段话"));
    // Blocked in poll(2) with nothing to wait for: the kernel counts no further switches.
    let switches = || {
        let path = format!("/proc/{}/status", session.pid().as_raw_nonzero());
        let status = std::fs::read_to_string(path).unwrap();
        let lines = status.lines().filter(|line| line.contains("voluntary_ctxt_switches"));
        lines.map(|line| line.rsplit('\t').next().unwrap().parse::<u64>().unwrap()).sum::<u64>()
    };
    let end = Instant::now() + Duration::from_secs(20);
    let mut quiet_since = (switches(), Instant::now());
    while quiet_since.1.elapsed() < Duration::from_secs(1) {
        assert!(Instant::now() < end, "it never rests");
        let now = switches();
        if now != quiet_since.0 {
            quiet_since = (now, Instant::now());
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

#[test]
fn jump_follow_and_search_in_a_real_terminal() {
    let home = Home::new();
    let session = open(&home);
    session.press(":9\r");
    session.wait_for("turn 9 at the top", |seen| {
        seen.rows().pop().is_some_and(|row| row.contains("9/"))
    });
    let page = session.screen();
    session.press("f");
    session.wait_for("the others folded", |seen| seen.rows() != page);
    session.press("f");
    session.wait_for("everyone", |seen| seen.rows()[..8] == page[..8]);
    session.press("/第40段\r");
    session.wait_for_text("第40段");
    session.press("\x0f");
    session.wait_for("back", |seen| seen.rows()[..8] == page[..8]);
    session.press("q");
    assert!(session.wait_exit().success());
    assert_left(&session);
}

#[test]
fn a_speaker_s_new_name_comes_with_the_article_wherever_it_goes() {
    let home = Home::new();
    let session = open(&home);
    session.press("sjr\x15");
    session.wait_for_text("改称：");
    session.press("沈若水\r");
    session.wait_for_text("守塔人 改称 沈若水");
    session.press("qq");
    let status = session.wait_exit();
    assert!(status.success(), "{status:?} {:?}", session.seen().rows());
    // The file has another name and another text now.
    let moved = home.file("moved/again.md", interview().replace("翻旧了的", "翻旧的"));
    let session = home.open(&[&moved]);
    session.wait_for_text("沈若水");
    assert!(!session.seen().shows("守塔人"), "{:?}", session.seen().rows());
    session.press("q");
    assert!(session.wait_exit().success());
    let moved = moved.to_string_lossy();
    for arguments in [vec!["print", &moved], vec!["export", "--to", "json", &moved]] {
        let output = home.command(&arguments).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("沈若水"), "{arguments:?}");
    }
}

#[test]
fn a_name_that_could_not_be_saved_is_told_at_the_end() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    home.file("data/fangtan/marks", String::new());
    let session = home.session(&[&path]).start();
    session.wait_for_text("第1段话");
    session.press("sjr甲\r");
    session.wait_for_text("没有存好");
    session.press("qq");
    assert_eq!(session.wait_exit().exit_code(), 1);
}

#[test]
fn a_bookmark_that_could_not_be_saved_is_told_at_the_end() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    // Where the marks should go stands a file.
    home.file("data/fangtan/marks", String::new());
    let session = home.session(&[&path]).start();
    session.wait_for_text("第1段话");
    session.press("]m");
    session.wait_for_text("没有存好");
    session.press("q");
    assert_eq!(session.wait_exit().exit_code(), 1);
    assert!(session.seen().shows("fangtan: "), "{:?}", session.seen().rows());
}

/// What an SGR mouse sends: 0 is a press of the left button, 64 and 65 are the wheel.
fn mouse(button: u16, column: usize, row: usize) -> String {
    let end = if button == 0 { format!("\x1b[<0;{column};{row}m") } else { String::new() };
    format!("\x1b[<{button};{column};{row}M{end}")
}

#[test]
fn the_mouse_scrolls_goes_there_and_can_be_let_go() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    let session = home.session(&[&path]).size(140, 40).start();
    // A frame is written from the top to the bottom.
    session.wait_for_text("0/60");
    let first = session.screen();
    session.press(mouse(65, 70, 20));
    session.wait_for("rows further on", |seen| seen.rows() != first);
    session.press(mouse(64, 70, 20));
    session.wait_for("the first page", |seen| seen.rows() == first);

    let in_pane = |row: &String| row.chars().take(12).collect::<String>().contains("守塔人");
    let row = first.iter().position(in_pane).expect("the second speaker");
    session.press(mouse(0, 6, row + 1));
    let at = |turn: &'static str| {
        move |seen: &Seen| seen.rows().pop().is_some_and(|row| row.contains(turn))
    };
    session.wait_for("their turn", at(" 2/60"));
    // The strip is the text's last column; its end is the end of the article.
    let strip = session.seen().column_of("┃").expect("the strip's mark of the page");
    session.press(mouse(0, strip + 1, 38));
    session.wait_for_text("第60段");
    session.press("\x1bm");
    session.wait_for("the mouse let go", |seen| {
        seen.terminal().mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
    session.press("\x1bm");
    session.wait_for("the mouse back", |seen| {
        seen.terminal().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    });
    session.press("q");
    assert!(session.wait_exit().success());
}

/// Whether the program's own signs on a screen are ASCII: the interview has no others than Han.
fn is_plain(seen: &Seen) -> bool {
    let box_drawing = |c| matches!(c, '─'..='▟' | '·' | '…' | '▸' | '↑');
    !seen.rows().concat().contains(box_drawing)
}

#[test]
fn a_terminal_says_how_wide_it_draws() {
    for (manners, plain) in
        [(Manners::Wide, true), (Manners::Answering, false), (Manners::Garbled, false)]
    {
        let home = Home::new();
        let path = home.file("lighthouse.md", interview());
        let session = home.session(&[&path]).manners(manners).start();
        session.wait_for_text("0/60");
        assert_eq!(is_plain(&session.seen()), plain, "{manners:?}");
        // No answer was taken for a key, and nothing of the question is left on the screen.
        assert!(!session.seen().shows("👩"), "{manners:?}");
        session.press(":12\r");
        session
            .wait_for("turn 12", |seen| seen.rows().pop().is_some_and(|row| row.contains("12/60")));
        session.press("q");
        assert!(session.wait_exit().success());
    }
}

#[test]
fn what_the_reader_sets_is_stronger_than_what_the_terminal_says() {
    let home = Home::new();
    let path = home.file("lighthouse.md", interview());
    let path = path.to_string_lossy();
    let session = home.session(&["--ambiguous", "1", &*path]).manners(Manners::Wide).start();
    session.wait_for_text("0/60");
    assert!(!is_plain(&session.seen()));
    session.press("q");
    assert!(session.wait_exit().success());
}
