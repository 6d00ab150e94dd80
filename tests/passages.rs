//! What a person does with passages, in memory: choosing, marking, noting, listing, placing, and
//! what the reader asks and keeps.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/screen.rs"]
mod screen;

use fangtan::marks::{Highlight, Preferences};
use fangtan::reader::{Bookmark, Doubt, Effect, Elsewhere, Event, MarkChange, MarkEdit, Recalled};
use fangtan::words::Lang;
use screen::{Screen, open};

fn recall(screen: &mut Screen, recalled: Recalled) {
    screen.event(Event::Recalled(Box::new(recalled)));
}

fn said(screen: &Screen) -> Option<&'static str> {
    screen.state.notice().map(|notice| notice.id)
}

fn changes(screen: &Screen) -> Vec<MarkChange> {
    let change = |effect: &Effect| match effect {
        Effect::Mark(_, change) => Some(change.clone()),
        _ => None,
    };
    screen.effects.iter().filter_map(change).collect()
}

fn chosen(screen: &Screen) -> String {
    let range = screen.state.selection().unwrap().range();
    screen.state.interview().prose.slice(range).to_owned()
}

fn lost(quote: &str, stood: u32) -> Bookmark {
    Bookmark { id: "lost".into(), quote: quote.into(), stood, ..Bookmark::default() }
}

#[test]
fn a_passage_grows_shrinks_and_turns_around() {
    let mut screen = open(Lang::Zh, 80, 24).press(":13<Enter>v");
    assert_eq!(chosen(&screen), "这就说到正题了。");
    screen = screen.press("jk");
    assert_eq!(chosen(&screen), "这就说到正题了。");
    // Over its beginning: the first sentence stays, and the one before joins it.
    screen = screen.press("k");
    assert!(chosen(&screen).ends_with("这就说到正题了。"));
    assert!(chosen(&screen).starts_with("这个我还没遇见过。"));
    screen = screen.press("jj");
    assert_eq!(chosen(&screen), "这就说到正题了。谁会用“行”去想一次谈话呢？");
    screen = screen.press("hhh");
    assert_eq!(chosen(&screen), "这就说到正题了。谁会用“行”去想一次谈");
    screen = screen.press("oll");
    assert_eq!(chosen(&screen), "就说到正题了。谁会用“行”去想一次谈".trim_start_matches('就'));
    screen = screen.press("ov");
    assert_eq!(chosen(&screen), "谁会用“行”去想一次谈话呢？");
    screen = screen.press("J");
    assert!(chosen(&screen).ends_with('，') || chosen(&screen).ends_with('。'));
    assert!(screen.press("<Esc>").state.selection().is_none());
}

#[test]
fn a_choice_begins_where_the_search_stands() {
    let screen = open(Lang::Zh, 80, 24).press("/纸书<Enter>v");
    assert!(chosen(&screen).contains("纸书"), "{}", chosen(&screen));
}

#[test]
fn the_end_that_moves_stays_in_sight() {
    let mut screen = open(Lang::Zh, 60, 12).press(":13<Enter>v");
    for _ in 0..30 {
        screen = screen.press("j");
        let end = screen.state.selection().unwrap().range().end;
        let page = screen.state.page();
        assert!(page.iter().any(|row| row.text.start < end && end <= row.text.end), "{end}");
    }
    for _ in 0..60 {
        screen = screen.press("k");
    }
    let start = screen.state.selection().unwrap().range().start;
    assert!(screen.state.page().iter().any(|row| row.text.contains(&start)));
}

#[test]
fn highlights_are_changed_where_they_are() {
    let screen = open(Lang::Zh, 80, 24).press(":13<Enter>v2v3");
    let marks = screen.state.bookmarks();
    assert_eq!(marks.len(), 1);
    assert_eq!(marks[0].highlight, Highlight::Third);
    let screen = screen.press("M4");
    assert_eq!(screen.state.bookmarks()[0].highlight, Highlight::Fourth);
    let screen = screen.press("u");
    assert_eq!(screen.state.bookmarks()[0].highlight, Highlight::Third);
    let screen = screen.press("uu");
    assert_eq!(screen.state.bookmarks(), []);
    assert_eq!(said(&screen.press("u")), Some("nothing-to-undo"));
}

#[test]
fn a_change_that_is_undone_can_be_done_again_until_another_is_made() {
    let screen = open(Lang::Zh, 80, 24).press(":13<Enter>v2UU");
    assert_eq!(said(&screen), Some("nothing-to-undo"));
    let screen = screen.press("<Ctrl-r>");
    assert_eq!(screen.state.bookmarks().len(), 1);
    let screen = screen.press("U]m<Ctrl-r>");
    assert_eq!(said(&screen), Some("nothing-to-redo"));
}

#[test]
fn a_note_is_written_read_and_changed() {
    let screen = open(Lang::Zh, 60, 20).press(":13<Enter>va好，#能源<Enter>");
    let mark = &screen.state.bookmarks()[0];
    assert_eq!((&*mark.note, &mark.tags[..]), ("好，#能源", &["能源".to_owned()][..]));
    // The note on the page opens by itself, and a line more is written.
    let screen = screen.press("<Enter>");
    insta::assert_snapshot!("note-60x20", screen.text());
    let screen = screen.press("<Ctrl-j>第二行<Enter>");
    assert_eq!(screen.state.bookmarks()[0].note, "好，#能源\n第二行");
    // What is given up changes nothing.
    let screen = screen.press("<Enter>不要<Esc>");
    assert_eq!(screen.state.bookmarks()[0].note, "好，#能源\n第二行");
}

#[test]
fn tags_of_other_programs_outlive_a_note_that_is_opened() {
    let mut screen = open(Lang::Zh, 80, 24);
    let tags = vec!["two words".to_owned(), "c++".to_owned(), "海".to_owned()];
    let mark = Bookmark { id: "x".into(), range: Some(0..9), tags, ..Bookmark::default() };
    recall(&mut screen, Recalled { bookmarks: vec![mark], ..Recalled::default() });
    let screen = screen.press("Me<Enter>");
    assert_eq!(changes(&screen), []);
    let screen = screen.press("e，再看<Enter>");
    let Some(MarkChange::Edit(_, edit)) = changes(&screen).pop() else { panic!("no change") };
    assert_eq!(edit.tags.unwrap(), ["海", "two words", "c++"]);
}

#[test]
fn the_list_is_filtered_as_one_types() {
    let screen = open(Lang::Zh, 80, 24).press(":13<Enter>va好 #能源<Enter>]v2]v3M/#能");
    let list = screen.state.list().unwrap();
    assert_eq!(screen.state.list_len(list.kind), 1);
    insta::assert_snapshot!("marks-filtered-80x24", screen.text());
    // The keys of the list come back with Enter, all entries with Esc.
    let screen = screen.press("<Enter>e<Esc><Esc>");
    let list = screen.state.list().unwrap();
    assert_eq!(screen.state.list_len(list.kind), 3);
    let screen = screen.press("/周砚<Enter>");
    let list = screen.state.list().unwrap();
    assert_eq!(screen.state.list_len(list.kind), 1);
    assert!(screen.press("<Enter>").state.list().is_none());
}

#[test]
fn a_lost_passage_stays_listed_and_is_placed_by_hand() {
    let mut screen = open(Lang::Zh, 80, 24);
    let stood = screen.state.interview().prose.text().find("长的回合我先看").unwrap() as u32;
    let bookmarks = vec![lost("早就不在了的一句话", stood)];
    recall(&mut screen, Recalled { bookmarks, ..Recalled::default() });
    let screen = screen.press("M");
    assert!(screen.text().contains("早就不在了的一句话"));
    let screen = screen.press("<Enter>");
    assert_eq!(said(&screen), Some("passage-lost"));
    assert!(screen.text().contains("长的回合我先看"), "its neighbourhood is shown");
    let screen = screen.press("Mp");
    assert_eq!(screen.state.selection().unwrap().placing(), Some("lost"));
    let at = screen.state.selection().unwrap().range();
    let screen = screen.press("m");
    let edit = MarkEdit { range: Some(at.clone()), ..MarkEdit::default() };
    assert_eq!(changes(&screen), [MarkChange::Edit("lost".into(), edit)]);
    // Undone, it is what it was before.
    let screen = screen.press("U");
    let back = MarkEdit { is_back: true, ..MarkEdit::default() };
    assert_eq!(changes(&screen)[1], MarkChange::Edit("lost".into(), back));
}

#[test]
fn who_may_be_the_same_article_is_asked_about() {
    let mut screen = open(Lang::Zh, 80, 24);
    let doubts = vec![Doubt { title: "旧的一篇".into(), count: 3 }];
    recall(&mut screen, Recalled { doubts, ..Recalled::default() });
    insta::assert_snapshot!("doubt-80x24", screen.text());
    // The safe answer is chosen at first.
    let screen = screen.press("<Enter>");
    assert!(screen.state.list().is_none());
    assert!(matches!(screen.effects.last(), Some(Effect::Decide(_, 0, false))));
    // Who does not answer is asked the next time.
    let mut screen = open(Lang::Zh, 80, 24);
    let doubts = vec![Doubt { title: "旧的一篇".into(), count: 3 }];
    recall(&mut screen, Recalled { doubts, ..Recalled::default() });
    let screen = screen.press("<Esc>");
    assert!(!screen.effects.iter().any(|effect| matches!(effect, Effect::Decide(..))));
}

#[test]
fn how_an_article_is_set_is_kept_and_comes_back() {
    let mut screen = open(Lang::Zh, 120, 24);
    recall(&mut screen, Recalled::default());
    let screen = screen.press("--").wait(1000).press("-").wait(2500);
    let kept = screen.effects.iter().filter_map(|effect| match effect {
        Effect::KeepPreferences(preferences) => Some(preferences.clone()),
        _ => None,
    });
    let kept: Vec<Preferences> = kept.collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let mut again = open(Lang::Zh, 120, 24);
    let preferences = kept[0].clone();
    recall(&mut again, Recalled { preferences, ..Recalled::default() });
    assert_eq!(again.state.panes().text.width, screen.state.panes().text.width);
    assert_eq!(again.state.preferences_to_keep(), None);
}

#[test]
fn the_bookmarks_of_all_articles_lead_to_them() {
    let mut screen = open(Lang::Zh, 80, 24).press(":13<Enter>m");
    screen = screen.press("MA");
    let Some(Effect::ListAll(ticket)) = screen.effects.last().cloned() else {
        panic!("{:?}", screen.effects.last())
    };
    let there = |title: &str, file: Option<&str>| Elsewhere {
        mark: Bookmark { id: title.into(), quote: "一句".into(), ..Bookmark::default() },
        title: title.into(),
        file: file.map(Into::into),
        is_here: false,
    };
    let all = vec![there("甲", Some("/tmp/a.md")), there("乙", None)];
    screen.event(Event::ListedAll(ticket, all));
    let screen = screen.press("jx");
    assert_eq!(said(&screen), Some("open-it-first"));
    let screen = screen.press("<Enter>");
    assert_eq!(said(&screen), Some("article-unknown"));
    let screen = screen.press("k<Enter>");
    let opened = Effect::OpenArticle("/tmp/a.md".into(), "甲".into());
    assert_eq!(screen.effects.last(), Some(&opened));
}

#[test]
fn kinds_are_told_apart_with_and_without_colours() {
    for depth in [fangtan::settings::Depth::True, fangtan::settings::Depth::None] {
        let mut screen = open(Lang::Zh, 60, 24);
        screen.depth = depth;
        let screen = screen.press(":13<Enter>v1vjov2vjjov3vjjjov4");
        let styles: std::collections::BTreeSet<String> = {
            let buffer = screen.draw();
            let looks = buffer.content().iter().filter(|cell| !cell.symbol().trim().is_empty());
            looks.map(|cell| format!("{:?}{:?}{:?}", cell.fg, cell.bg, cell.modifier)).collect()
        };
        assert!(styles.len() > 4, "{styles:?}");
    }
}

#[test]
fn nothing_is_chosen_on_a_folded_row() {
    use fangtan::reader::{Gesture, Mouse};
    let mut screen = open(Lang::Zh, 80, 24).press(":13<Enter>f");
    let text = screen.text();
    let row = text.lines().position(|line| line.contains("主持人林舟 要是")).unwrap();
    let mouse =
        |gesture, column, row: usize| Event::Mouse(Mouse { gesture, column, row: row as u16 });
    screen.event(mouse(Gesture::Press, 30, 3));
    screen.event(mouse(Gesture::Drag, 44, row));
    let prose = &screen.state.interview().prose;
    let range = screen.state.selection().unwrap().range();
    let end = prose.block_at(range.end - 1).unwrap();
    let turn = screen.state.interview().turn_of(end).unwrap();
    assert_eq!(screen.state.interview().turn(turn).speaker, screen.state.follow().unwrap());
}
