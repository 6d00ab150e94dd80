//! What a reader may rely on: where a key leads, and that nothing late takes them elsewhere.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/screen.rs"]
mod screen;

use fangtan::reader::{Bookmark, Effect, Event, MarkChange, Recalled, Size, Ticket};
use fangtan::settings::Settings;
use fangtan::text::spacing::Spacing;
use fangtan::text::width::{Profile, width};
use fangtan::typeset::{Row, Shows};
use fangtan::words::{Lang, Message};
use screen::{Screen, open, open_set};

fn recall(screen: &mut Screen, place: Option<u32>, bookmarks: Vec<Bookmark>) {
    screen.event(Event::Placed(place));
    screen.event(Event::Recalled(Box::new(Recalled { bookmarks, ..Recalled::default() })));
}

fn said(screen: &Screen) -> Option<&'static str> {
    screen.state.notice().map(|message| message.id)
}

/// Where a sentence of the guide begins.
fn offset(screen: &Screen, text: &str) -> u32 {
    screen.state.interview().prose.text().find(text).unwrap() as u32
}

#[test]
fn a_place_is_not_written_over_before_it_is_known() {
    let mut screen = open(Lang::Zh, 80, 24).press("  ").wait(60_000);
    assert_eq!(screen.state.place_to_keep(), None);
    assert!(!screen.effects.iter().any(|effect| matches!(effect, Effect::KeepPlace(_))));
    let read = screen.state.place();
    let last = screen.state.interview().prose.len() - 10;
    recall(&mut screen, Some(last), Vec::new());
    // Who reads already stays, and can go to where they stopped.
    assert_eq!(screen.state.place_to_keep(), Some(read));
    assert_eq!(said(&screen), Some("place-behind"));
    let screen = screen.press("<Ctrl-o>");
    assert!(screen.state.place() > read);
}

#[test]
fn the_place_is_where_reading_goes_on() {
    let mut screen = open(Lang::Zh, 80, 24);
    let place = offset(&screen, "书签夹在句子上");
    recall(&mut screen, Some(place), Vec::new());
    assert!(screen.text().contains("书签夹在句子上"), "{}", screen.text());
    let screen = screen.press("j").wait(60_000);
    assert!(screen.effects.iter().any(|effect| matches!(effect, Effect::KeepPlace(_))));
}

#[test]
fn late_hits_do_not_pull_back_who_moved_on() {
    let mut screen = open(Lang::Zh, 80, 24).alone().press("/橘子<Enter>");
    let Some(Effect::Find(ticket, _)) = screen.effects.last().cloned() else { panic!() };
    let hit = offset(&screen, "橘子");
    let hits: Vec<_> = std::iter::once(hit..hit + 6).collect();
    let moved = screen.press("  ");
    let place = moved.state.place();
    let mut moved = moved;
    moved.event(Event::Found(ticket, hits.clone()));
    assert_eq!(moved.state.place(), place);
    // They are there for the next step.
    let moved = moved.press("n");
    assert!(moved.text().contains("橘子"));

    screen = open(Lang::Zh, 80, 24).alone().press("/橘子<Enter>");
    let begin = screen.state.place();
    screen.event(Event::Found(ticket, hits));
    assert!(screen.text().contains("橘子"));
    assert_eq!(screen.press("<Ctrl-o>").state.place(), begin);
}

#[test]
fn the_bookmark_that_was_gone_to_is_the_one_that_is_removed() {
    let mut screen = open(Lang::Zh, 60, 20);
    // In the middle of a paragraph: the row that it begins on has the end of another sentence.
    let text = screen.state.interview().prose.text();
    let start = text.find("橘子，诸位请便。").unwrap();
    let start = text[..start].rfind('，').unwrap() as u32 + 3;
    let mark = Bookmark {
        id: "one".into(),
        range: Some(start..start + 9),
        quote: "橘子".into(),
        ..Bookmark::default()
    };
    recall(&mut screen, None, vec![mark]);
    let screen = screen.press("'m");
    assert_eq!(screen.state.bookmarks(), []);
    let asked = screen
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Mark(_, MarkChange::Remove(id)) if id == "one"));
    assert!(asked, "{:?}", screen.effects);
}

#[test]
fn a_bookmark_is_counted_until_the_disk_has_answered() {
    let mut screen = open(Lang::Zh, 80, 24).alone().press("]m");
    assert_eq!(screen.state.unanswered(), 1);
    screen = screen.press("m");
    assert_eq!(said(&screen), Some("still-saving"));
    let asked = screen.effects.iter().filter(|effect| matches!(effect, Effect::Mark(..)));
    assert_eq!(asked.count(), 1);
    let ticket = Ticket(1);
    screen.event(Event::Marked(ticket, Err(Message::new("not-saved").with("why", "满"))));
    assert_eq!((screen.state.unanswered(), screen.state.unsaved()), (1, 1));
    let range = 0..3;
    let mark =
        Bookmark { id: "x".into(), range: Some(range), quote: "问".into(), ..Bookmark::default() };
    screen.event(Event::Marked(ticket, Ok(Some(mark))));
    assert_eq!((screen.state.unanswered(), screen.state.unsaved()), (0, 0));
}

#[test]
fn a_long_paste_in_a_line_is_cut() {
    let mut screen = open(Lang::Zh, 80, 24).press("/");
    screen.event(Event::Paste("长".repeat(100_000)));
    let text = screen.state.prompt().unwrap().text.clone();
    assert!(text.len() <= 1024 && text.starts_with("长长"));
    assert!(screen.text().lines().last().unwrap().contains('长'));
}

#[test]
fn behind_their_last_turn_a_speaker_is_gone_to_from_the_first() {
    let mut from_start = 0;
    for speaker in 0..4 {
        let before = open(Lang::Zh, 80, 24).press("G");
        let top = before.state.page()[0].anchor.block;
        let keys = format!("s{}{}<Enter>", "k".repeat(4), "j".repeat(speaker));
        let screen = before.press(&keys);
        let turns = &screen.state.interview().turns;
        let theirs = turns.iter().enumerate().filter(|(_, t)| usize::from(t.speaker.0) == speaker);
        let next = theirs.clone().find(|(_, turn)| turn.blocks.start > top);
        let want = next.or_else(|| theirs.clone().next()).map(|(at, _)| at);
        let now = screen.state.current_turn().map(|turn| turn.0 as usize);
        if next.is_none() {
            assert_eq!((said(&screen), now), (Some("speaker-from-start"), want));
            from_start += 1;
        }
    }
    assert!(from_start > 0);
}

#[test]
fn the_head_says_who_speaks_wherever_a_turn_is_cut() {
    let mut screen = open(Lang::Zh, 60, 20).press("]");
    for _ in 0..150 {
        let page = screen.state.page();
        let opens = |row: &Row| matches!(row.shows, Shows::Nameplate(_));
        let between = page[0].shows == Shows::Gap && opens(&page[1]);
        if let (Some(turn), false) = (screen.state.current_turn(), opens(&page[0]) || between) {
            let interview = screen.state.interview();
            let name = &interview.speaker(interview.turn(turn).speaker).name;
            let text = screen.text();
            let head = text.lines().next().unwrap();
            assert!(head.replace('·', "").contains(&name.replace('·', "")), "{name}: {head}");
        }
        screen = screen.press("j");
    }
}

#[test]
fn a_profile_that_comes_late_keeps_the_place() {
    let mut screen = open(Lang::Zh, 80, 24).press(":20<Enter>jjj");
    let before = screen.state.page()[0].text.clone();
    screen.event(Event::Profile(Profile::WIDE));
    assert_eq!(screen.state.profile(), Profile::WIDE);
    let after = screen.state.page()[0].text.clone();
    assert!(after.contains(&before.start), "{before:?} {after:?}");
    assert_eq!(screen.state.place(), before.start);
    screen.event(Event::Profile(Profile::NARROW));
    assert_eq!(screen.state.page()[0].text, before);
}

#[test]
fn longer_and_shorter_lines_keep_the_place() {
    let mut screen = open(Lang::Zh, 140, 40).press(":30<Enter>jj");
    let place = screen.state.place();
    let mut widths = Vec::new();
    for key in ["-", "-", "=", "+", "=", "-"] {
        screen = screen.press(key);
        widths.push(screen.state.panes().text.width);
        assert_eq!(screen.state.place(), place);
    }
    assert_eq!(widths, [68, 64, 68, 72, 72, 68]);
}

/// The symbols of the cells of the text that have the background of a hit.
fn tinted(screen: &Screen) -> Vec<String> {
    let buffer = screen.draw();
    let text = screen.state.panes().text;
    let plain = buffer[(0, buffer.area.height - 1)].bg;
    (text.y..text.bottom())
        .flat_map(|y| (text.x..text.right()).map(move |x| (x, y)))
        .filter(|&at| buffer[at].bg != plain)
        .map(|at| buffer[at].symbol().to_owned())
        .collect()
}

#[test]
fn a_hit_is_found_and_shown_across_rows_and_inserted_blanks() {
    let text = "# 题\n\n**甲：** 我们在一家OpenAI工作过的人那里，听达里奥·阿莫迪说了50%的内容。\n\n\
                **乙：** 好。\n\n**甲：** 走。\n\n**乙：** 是。\n";
    for spacing in [Spacing::Keep, Spacing::Insert, Spacing::Strip] {
        for columns in 20..60 {
            for (query, shown) in
                [("阿莫迪", "阿莫迪"), ("50%的", "50%的"), ("家OpenAI工", "家OpenAI工")]
            {
                let article = fangtan::interview::read(fangtan::format::markdown::read(text));
                let size = Size { columns, rows: 24 };
                let settings = Settings { spacing, ..Settings::default() };
                let screen = open_set(article, Lang::Zh, size, Profile::NARROW, settings);
                let screen = screen.press(&format!("/{query}<Enter>"));
                let cells = tinted(&screen);
                let marked = cells.concat();
                assert_eq!(
                    marked.replace(' ', ""),
                    shown,
                    "{columns} {spacing:?}\n{}",
                    screen.text()
                );
                // A wide character is marked in both its cells.
                let blanks = marked.matches(' ').count();
                assert_eq!(cells.len(), usize::from(width(shown, Profile::NARROW)) + blanks);
            }
        }
    }
}

#[test]
fn an_older_notice_does_not_stand_over_the_hit() {
    let screen = open(Lang::Zh, 80, 24).press("-");
    assert_eq!(said(&screen), Some("measure"));
    let screen = screen.press("/书签<Enter>");
    assert_eq!(said(&screen), None);
    assert!(screen.text().lines().last().unwrap().contains("书签"), "{}", screen.text());
    let screen = screen.press("-n");
    assert_eq!(said(&screen), None);
}
