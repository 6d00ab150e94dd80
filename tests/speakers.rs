//! Speakers that the reader corrects, times that lead somewhere, questions that stand for a
//! summary, and articles in which nobody speaks.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/screen.rs"]
mod screen;

use fangtan::interview::correct::{Correction, Corrections};
use fangtan::interview::{Role, SpeakerId};
use fangtan::reader::{Effect, Event, Gesture, Mouse, Recalled, Size, Ticket};
use fangtan::text::width::Profile;
use fangtan::words::{Lang, Message};
use screen::{Screen, open, open_article};

fn article(text: &str, columns: u16, rows: u16) -> Screen {
    let article = fangtan::interview::read(fangtan::format::markdown::read(text));
    open_article(article, Lang::Zh, Size { columns, rows }, Profile::NARROW)
}

/// A talk of three, with times and the address of its recording.
fn talk(columns: u16, rows: u16) -> Screen {
    let mut text = "# 夜谈\n\n视频：https://youtu.be/abc\n\n".to_owned();
    for turn in 0..30_u32 {
        let name = ["主持人", "嘉宾甲", "主持人", "嘉宾乙"][turn as usize % 4];
        let said = if name == "主持人" { "您接着说？" } else { "好的，我接着说。" };
        let (minutes, seconds) = (turn * 61 / 60, turn * 61 % 60);
        let filler = "灯每十秒亮一次。".repeat(12);
        text.push_str(&format!(
            "**{name} [{minutes}:{seconds:02}]：** 第{turn}段。{filler}{said}\n\n"
        ));
    }
    article(&text, columns, rows)
}

fn said(screen: &Screen) -> Option<&'static str> {
    screen.state.notice().map(|message| message.id)
}

fn names(screen: &Screen) -> Vec<&str> {
    screen.state.interview().speakers.iter().map(|speaker| speaker.name.as_str()).collect()
}

fn asked(screen: &Screen) -> Vec<&Correction> {
    let corrections = screen.effects.iter().filter_map(|effect| match effect {
        Effect::Correct(_, correction) => Some(correction),
        _ => None,
    });
    corrections.collect()
}

fn name(speaker: &str, name: &str) -> Correction {
    Correction::Name { speaker: speaker.into(), name: name.into() }
}

fn merge(speaker: &str, into: &str) -> Correction {
    Correction::Merge { speaker: speaker.into(), into: into.into() }
}

fn recalled(corrections: &[Correction]) -> Event {
    let mut all = Corrections::default();
    corrections.iter().for_each(|correction| all.add(correction));
    Event::Recalled(Box::new(Recalled { corrections: all, ..Recalled::default() }))
}

#[test]
fn a_speaker_is_renamed_from_the_list() {
    let screen = talk(80, 24).press("sjr<Ctrl-u>沈若水<Enter>");
    assert_eq!(names(&screen), ["主持人", "沈若水", "嘉宾乙"]);
    assert_eq!(asked(&screen), [&name("嘉宾甲", "沈若水")]);
    assert_eq!(said(&screen), Some("renamed"));
    // Pane, list, nameplate and the digit key.
    let screen = screen.press("<Esc><Esc>2");
    assert!(screen.text().matches("沈若水").count() >= 3, "{}", screen.text());
    assert!(!screen.text().contains("嘉宾甲"));
    // The prompt has the name that they have now; an empty one brings back the text's.
    let screen = screen.press("sr");
    assert_eq!(screen.state.prompt().unwrap().text, "沈若水");
    let screen = screen.press("<Ctrl-u><Enter>");
    assert_eq!(names(&screen)[1], "嘉宾甲");
    assert_eq!(asked(&screen)[1], &name("嘉宾甲", ""));
}

#[test]
fn a_rename_that_is_given_up_or_taken_changes_nothing() {
    let screen = talk(80, 24).press("sjr<Ctrl-u>谁<Esc>");
    assert_eq!(names(&screen), ["主持人", "嘉宾甲", "嘉宾乙"]);
    assert!(screen.state.list().is_some());
    let screen = screen.press("r<Enter>");
    assert!(asked(&screen).is_empty());
    let screen = screen.press("r<Ctrl-u>嘉宾乙<Enter>");
    assert_eq!((said(&screen), asked(&screen).len()), (Some("name-taken"), 0));
    // What a terminal obeys is no name.
    let mut screen = screen.press("r<Ctrl-u>");
    screen.event(Event::Paste("甲\u{1b}[31m\n乙".into()));
    assert_eq!(names(&screen.press("<Enter>"))[1], "甲\u{FFFD}[31m 乙");
}

#[test]
fn merged_speakers_are_one_everywhere_and_are_parted_again() {
    let before = talk(80, 24).press(":8<Enter>jj");
    let rows = before.state.page();
    let screen = before.press("sm");
    assert!(screen.text().contains(" 其实是"));
    let screen = screen.press("<Esc>sGm");
    // The others, each with the turns that both have together.
    assert!(screen.text().contains("合计"), "{}", screen.text());
    let screen = screen.press("j<Enter>");
    assert_eq!(asked(&screen), [&merge("嘉宾乙", "嘉宾甲")]);
    assert_eq!((names(&screen), said(&screen)), (vec!["主持人", "嘉宾甲"], Some("merged")));
    assert_eq!(screen.state.interview().speakers[1].turns, 15);
    // No row moved, and the place is the same.
    let now = screen.state.page();
    assert!(rows.iter().zip(&now).all(|(a, b)| (a.anchor, &a.text) == (b.anchor, &b.text)));
    assert_eq!(
        screen.state.strip(20).cells.iter().filter_map(|c| c.speaker).max(),
        Some(SpeakerId(1))
    );
    let screen = screen.press("<Esc>sGmG");
    assert!(screen.text().contains("重新分开：嘉宾乙"), "{}", screen.text());
    let screen = screen.press("<Enter>");
    assert_eq!((names(&screen).len(), said(&screen)), (3, Some("parted")));
    assert_eq!(asked(&screen)[1], &merge("嘉宾乙", ""));
}

#[test]
fn whoever_is_followed_is_followed_as_who_they_are_now() {
    let screen = talk(80, 24).press("]]]]f");
    assert_eq!(screen.state.follow(), Some(SpeakerId(2)));
    let mut screen = screen.alone();
    screen.event(recalled(&[merge("嘉宾甲", "嘉宾乙"), name("嘉宾乙", "两位")]));
    assert_eq!(names(&screen), ["主持人", "两位"]);
    assert_eq!(screen.state.follow(), Some(SpeakerId(1)));
    // A prompt that stands open is about the same person still.
    let mut screen = screen.press("fsGr");
    screen.event(recalled(&[]));
    assert_eq!(names(&screen).len(), 3);
    let screen = screen.press("<Ctrl-u>乙先生<Enter>");
    assert_eq!(names(&screen), ["主持人", "嘉宾甲", "乙先生"]);
}

#[test]
fn what_is_said_before_the_log_is_read_stands_over_it() {
    let mut screen = talk(80, 24).alone().press("sjr<Ctrl-u>新<Enter><Esc>");
    screen.event(recalled(&[name("嘉宾甲", "旧"), name("嘉宾乙", "乙")]));
    assert_eq!(names(&screen), ["主持人", "新", "乙"]);
    // It counts as unsaved until the disk has answered.
    assert_eq!((screen.state.unanswered(), screen.state.unsaved()), (1, 0));
    screen.event(Event::Corrected(Ticket(1), Err(Message::new("not-saved").with("why", "满"))));
    assert_eq!((screen.state.unsaved(), said(&screen)), (1, Some("not-saved")));
    screen.event(Event::Corrected(Ticket(1), Ok(())));
    assert_eq!((screen.state.unanswered(), screen.state.unsaved()), (0, 0));
}

#[test]
fn names_and_merges_are_for_the_list_of_speakers() {
    for keys in ["or", "om", "Mr", "?m", "ir"] {
        let screen = talk(80, 24).press("]m").press(keys);
        assert_eq!(said(&screen), Some("only-speakers"), "{keys}");
        assert!(screen.state.prompt().is_none());
    }
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>One.</v>\n";
    let alone = fangtan::interview::read(fangtan::format::read(text, Some("md")));
    let size = Size { columns: 80, rows: 24 };
    let alone = open_article(alone, Lang::En, size, Profile::NARROW).press("sm");
    assert_eq!((names(&alone), said(&alone)), (vec!["Ann"], Some("nobody-else")));
}

#[test]
fn a_time_leads_to_the_last_turn_at_or_before_it() {
    for (time, turn) in [
        ("0:00", 1),
        ("1:01", 2),
        ("1:02", 2),
        ("10:10", 11),
        ("0:10:11", 11),
        ("99:00:00", 30),
        ("7", 7),
    ] {
        let screen = talk(80, 24).press("G").press(&format!(":{time}<Enter>"));
        assert_eq!(screen.state.progress().turn, turn, "{time}");
    }
    assert_eq!(said(&open(Lang::Zh, 80, 24).press(":1:00<Enter>")), Some("no-times"));
    assert_eq!(said(&article("一段话。\n", 80, 24).press(":7<Enter>")), Some("no-turns"));
}

#[test]
fn a_time_of_a_paragraph_is_found_where_nobody_is_named() {
    let text = "1\n00:00:01,000 --> 00:00:04,000\n第一句。\n\n2\n00:01:00,000 --> 00:01:03,000\n第二句。\n\n\
                3\n00:02:00,000 --> 00:02:05,000\n第三句。\n";
    let document = fangtan::format::read(text, Some("md"));
    let size = Size { columns: 40, rows: 3 };
    let screen = open_article(fangtan::interview::read(document), Lang::Zh, size, Profile::NARROW);
    let screen = screen.press(":1:30<Enter>");
    assert_eq!(said(&screen), None);
    assert!(screen.text().lines().next().unwrap().contains("第二句"), "{}", screen.text());
}

#[test]
fn the_recording_is_opened_where_it_was_said() {
    let screen = talk(80, 24).press(":5<Enter>T");
    assert!(screen.text().contains("录音 4:04  https://youtu.be/abc?t=244"), "{}", screen.text());
    // Seen first, opened then.
    assert!(!screen.effects.iter().any(|effect| matches!(effect, Effect::Open(_))));
    let screen = screen.press("<Enter>");
    assert!(screen.effects.contains(&Effect::Open("https://youtu.be/abc?t=244".into())));
    assert_eq!(said(&open(Lang::Zh, 80, 24).press("]T")), Some("no-recording"));
    // As it stands in the front matter it is a link like any other.
    let front = talk(80, 24).press("<Enter><Enter>");
    assert!(front.effects.contains(&Effect::Open("https://youtu.be/abc".into())));
    let head = talk(80, 24).press("T");
    assert_eq!(said(&head), Some("no-time-here"));
    let text = "# 题\n\n音频：https://a.example/x.mp3\n\n**甲：** 是吗？\n\n**乙：** 是。\n\n**甲：** 好吗？\n\n**乙：** 好。\n";
    assert_eq!(said(&article(text, 80, 24).press("]T")), Some("no-time-here"));
}

#[test]
fn without_points_the_summary_is_made_of_the_questions() {
    let screen = talk(140, 40);
    let pane = screen.state.panes().summary.unwrap();
    let lines = screen.state.summary(pane.width - 2, pane.height, None);
    assert!(screen.text().contains("文章没有提要"), "{}", screen.text());
    assert!(lines.iter().any(|line| line.text.contains("您接着说？")));
    // The question goes to its turn, by click and by key.
    let row = lines.iter().position(|line| line.text.starts_with(" 9 ")).unwrap() as u16;
    let mut clicked = screen;
    let at = Mouse { gesture: Gesture::Press, column: pane.x + 4, row: pane.y + row };
    clicked.event(Event::Mouse(at));
    assert_eq!(clicked.state.progress().turn, 9);
    let listed = talk(40, 12).press("ijjj<Enter>");
    assert_eq!(listed.state.progress().turn, 7);
    // The guide has points of its own.
    assert!(!open(Lang::Zh, 140, 40).text().contains("文章没有提要"));
}

#[test]
fn a_question_takes_two_lines_at_most() {
    let question = "这是一个很长很长的问题，".repeat(20) + "是吗？";
    let text = format!(
        "# 题\n\n**主持人：** {question}\n\n**乙：** 是。\n\n**主持人：** 好吗？\n\n**乙：** 好。\n"
    );
    let screen = article(&text, 140, 40);
    let lines = screen.state.summary(30, 40, None);
    let first: Vec<_> = lines.iter().filter(|line| line.item == Some(0)).collect();
    assert_eq!(first.len(), 2);
    assert!(first[0].text.starts_with("1 这是") && first[1].text.ends_with('…'), "{first:?}");
}

/// An essay of seven sections in two levels.
fn essay() -> String {
    let mut text = "# 论灯\n\n灯是一个承诺。\n\n".to_owned();
    for (number, level) in [2, 3, 3, 2, 3, 2, 2].into_iter().enumerate() {
        let body = format!("这里讲第{number}件事，守塔人数着台阶上楼。").repeat(9);
        text.push_str(&format!("{} 第{number}节\n\n{body}\n\n", "#".repeat(level)));
    }
    text
}

#[test]
fn an_essay_is_walked_by_its_sections() {
    let screen = article(&essay(), 80, 24).press("]");
    assert_eq!(screen.state.current_section(), Some(0));
    let screen = screen.press("]]j[");
    // Back from the middle of one goes to its beginning first.
    assert_eq!(screen.state.current_section(), Some(2));
    let screen = screen.press("[[[");
    assert_eq!((screen.state.current_section(), said(&screen)), (Some(0), Some("first-section")));
    let screen = screen.press("]]]]]]]");
    assert_eq!(said(&screen), Some("last-section"));
    let mut screen = screen;
    let pane = screen.state.panes().speakers.unwrap();
    let at = Mouse { gesture: Gesture::Press, column: 4, row: pane.y + 2 + 3 };
    screen.event(Event::Mouse(at));
    assert_eq!(screen.state.current_section(), Some(3));
    assert_eq!(screen.press("<Ctrl-o>").state.current_section(), Some(6));
}

#[test]
fn in_an_essay_the_commands_of_speakers_say_why_they_do_nothing() {
    for keys in ["s", "f", "1", "<Alt-2>", "}", "{"] {
        assert_eq!(said(&article(&essay(), 80, 24).press(keys)), Some("no-speakers"), "{keys}");
    }
    let plain = article("只有一段话。\n", 80, 24);
    assert_eq!(plain.state.panes().speakers, None);
    for keys in ["]", "[", "S"] {
        let plain = article("只有一段话。\n", 80, 24).press(keys);
        assert_eq!(said(&plain), Some("no-sections"), "{keys}");
    }
}

#[test]
fn many_sections_keep_the_current_one_in_sight() {
    let mut text = "# 长文\n\n".to_owned();
    for number in 0..200 {
        text.push_str(&format!("## 第{number}节\n\n一段话。\n\n"));
    }
    for at in [1, 2, 50, 199, 200] {
        let mut screen = article(&text, 80, 24);
        for _ in 0..at {
            screen = screen.press("]");
        }
        let current = screen.state.current_section().unwrap();
        let rows = screen.state.section_rows(screen.state.panes().speakers.unwrap());
        assert!((rows.first..rows.first + rows.count).contains(&current), "{at}");
        let sign = format!("▸第{current}节");
        assert!(screen.text().contains(&sign), "{sign}\n{}", screen.text());
    }
}

#[test]
fn an_aside_is_shown_apart_and_stays_in_its_place() {
    use ratatui::style::Modifier;
    let text = "# 题\n\n**甲：** 来了吗？\n\n（笑声）\n\n没有。\n\n**乙：** 没有。\n\n**甲：** 走吗？\n\n**乙：** 走。\n";
    let mut interview = fangtan::interview::read(fangtan::format::markdown::read(text));
    let at = interview.prose.text().find("（笑声）").unwrap() as u32;
    let block = interview.prose.block_at(at).unwrap();
    assert_eq!(interview.turn_of(block).map(|turn| turn.0), Some(0));
    interview.roles[block.index()] = Role::Aside;
    let size = Size { columns: 80, rows: 24 };
    let screen = open_article(interview, Lang::Zh, size, Profile::NARROW);
    let buffer = screen.draw();
    let cells = buffer.content();
    let cell = cells.iter().find(|cell| cell.symbol() == "笑").unwrap();
    assert!(cell.modifier.contains(Modifier::ITALIC));
    let spoken = cells.iter().find(|cell| cell.symbol() == "没").unwrap();
    assert!(!spoken.modifier.contains(Modifier::ITALIC) && spoken.fg != cell.fg);
}
