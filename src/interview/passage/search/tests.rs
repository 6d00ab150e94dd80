//! Passages of one small interview, looked for in what became of it.

use super::*;
use crate::interview::passage::{select, select_at};
use crate::prose::{Builder, Kind, Place};

const STORY: [&str; 6] = [
    "主持人：您是从什么时候开始修钟表的？",
    "老周：十六岁那年，师傅把一只停了的座钟放在我面前，说修好了你就留下。我拆了三天，装了五天。",
    "主持人：后来修好了吗？对。",
    "老周：没有修好。但是师傅说，“敢把它拆开的人，比会装回去的人少。”所以我就留下来了。",
    "主持人：现在还有人修座钟吗？我听说年轻人都不戴表了。",
    "老周：有的。上个月来了一位姑娘，带着她外婆的钟，走了三百公里路。对。她说钟停的那天，外婆还在。",
];

fn article(paragraphs: &[&str]) -> Interview {
    let mut builder = Builder::new();
    for text in paragraphs {
        builder.open(Kind::Paragraph, Place::default());
        builder.text(text, crate::prose::Style::PLAIN);
    }
    Interview { prose: builder.finish(), ..Interview::default() }
}

fn passage(interview: &Interview, quote: &str) -> Selector {
    let at = interview.prose.text().find(quote).unwrap() as u32;
    select(interview, at..at + quote.len() as u32)
}

/// What the passage `quote` of [`STORY`] is in the article `now`: the text found, or nothing.
fn found(quote: &str, now: &[&str]) -> (&'static str, String) {
    let selector = passage(&article(&STORY), quote);
    let now = article(now);
    match Searcher::new(&now).find(&selector) {
        Found::Exact(range) => ("exact", now.prose.slice(range).to_owned()),
        Found::Near(range) => ("near", now.prose.slice(range).to_owned()),
        Found::Lost => ("lost", String::new()),
    }
}

const QUOTE: &str = "“敢把它拆开的人，比会装回去的人少。”";

#[test]
fn in_the_same_text_nothing_is_normalised() {
    let interview = article(&STORY);
    let searcher = Searcher::new(&interview);
    let selector = passage(&interview, QUOTE);
    let at = interview.prose.text().find(QUOTE).unwrap();
    assert_eq!(selector.start as usize, interview.prose.text()[..at].chars().count());
    let range = at as u32..(at + QUOTE.len()) as u32;
    assert_eq!(searcher.find(&selector), Found::Exact(range));
    assert!(searcher.normal.get().is_none());
}

#[test]
fn a_selector_keeps_its_surroundings() {
    let interview = article(&["前一句。这一句。后一句。"]);
    let selector = select(&interview, 12..24);
    assert_eq!(
        (&*selector.prefix, &*selector.exact, &*selector.suffix),
        ("前一句。", "这一句。", "后一句。\n")
    );
    assert_eq!((selector.start, selector.end), (4, 8));
    let json = serde_json::to_value(&selector).unwrap();
    assert_eq!(json["exact"], "这一句。");
    assert_eq!(json["start"], 4);
    assert_eq!(serde_json::from_value::<Selector>(json).unwrap(), selector);
    // Ranges that do not fit are made to.
    assert_eq!(select(&interview, 13..23).exact, "这一句。");
    assert_eq!(select(&interview, 90..99).exact, "");
}

#[test]
fn wrapped_anew_and_marked_up() {
    let now = STORY[3].replace("拆开", "拆\n开").replace("的人，", "**的人**， ");
    let (how, text) = found(QUOTE, &[STORY[0], &now]);
    assert_eq!((how, text.as_str()), ("exact", "“敢把它拆\n开**的人**， 比会装回去的人少。”"));
}

#[test]
fn punctuation_of_another_width() {
    let now =
        STORY.map(|text| text.replace('，', ", ").replace('。', ".").replace(['“', '”'], "\""));
    let now = now.each_ref().map(String::as_str);
    assert_eq!(found(QUOTE, &now), ("exact", "\"敢把它拆开的人, 比会装回去的人少.\"".to_owned()));
}

#[test]
fn other_paragraphs_deleted_or_put_in() {
    let exact = ("exact", QUOTE.to_owned());
    assert_eq!(found(QUOTE, &STORY[3..]), exact);
    assert_eq!(found(QUOTE, &[STORY[0], STORY[3]]), exact);
    let advert = "关注本刊，每周一篇长谈。".repeat(9);
    assert_eq!(found(QUOTE, &[&advert, STORY[0], &advert, STORY[3], &advert]), exact);
}

#[test]
fn small_edits_are_near() {
    let now = STORY[3].replace("敢把它拆开的人", "敢于把它拆的人");
    assert_eq!(
        found(QUOTE, &[STORY[0], &now, STORY[4]]),
        ("near", "“敢于把它拆的人，比会装回去的人少。”".to_owned())
    );
}

#[test]
fn what_is_gone_is_lost() {
    let now = [STORY[0], STORY[1], STORY[4], STORY[5]];
    assert_eq!(found(QUOTE, &now).0, "lost");
    assert_eq!(found(QUOTE, &[]).0, "lost");
    assert_eq!(found(QUOTE, &["A text about something else altogether, in English."]).0, "lost");
    let interview = article(&STORY);
    let empty = Selector { exact: "**".to_owned(), ..Selector::default() };
    assert_eq!(Searcher::new(&interview).find(&empty), Found::Lost);
    assert_eq!(Searcher::new(&interview).find(&Selector::default()), Found::Lost);
}

#[test]
fn of_several_equal_ones_the_right_one() {
    let before = article(&STORY);
    let second = before.prose.text().rfind("对。").unwrap() as u32;
    let selector = select(&before, second..second + "对。".len() as u32);
    let mut now = STORY.to_vec();
    now.remove(1);
    now.insert(0, "编者按：本文有删节。");
    let now = article(&now);
    let want = now.prose.text().rfind("对。").unwrap() as u32;
    assert_eq!(Searcher::new(&now).find(&selector), Found::Exact(want..want + 6));
    // Without its surroundings a short one is nobody's.
    assert_eq!(found("对。", &["对。", "对。", "就是这样。", "对。"]).0, "lost");
}

#[test]
fn a_long_passage_is_found_to_its_end() {
    let long: String = (0..60).map(|n| format!("第{n}天我又打开了后盖，")).collect();
    let selector = passage(&article(&[STORY[0], &long, STORY[5]]), &long);
    let edited = long.replacen("又打开", "再次打开", 2).replace("第30天我又", "第三十天我");
    let now = article(&[STORY[1], &edited, STORY[5]]);
    let at = now.prose.text().find(&edited).unwrap() as u32;
    let want = at..at + edited.len() as u32;
    assert_eq!(Searcher::new(&now).find(&selector), Found::Near(want));
}

#[test]
fn a_place_is_found_again() {
    let before = article(&STORY);
    let at = before.prose.text().find("上个月").unwrap() as u32;
    let selector = select_at(&before, at);
    let now = article(&STORY[2..]);
    let want = now.prose.text().find("上个月").unwrap() as u32;
    assert_eq!(Searcher::new(&now).find(&selector).range().unwrap().start, want);
    let end = select_at(&before, before.prose.len());
    assert!(end.exact.ends_with("外婆还在。"), "{end:?}");
    assert_eq!(select_at(&Interview::default(), 7).exact, "");
}

#[test]
fn code_points_lead_to_bytes() {
    let interview = article(&["钟a".repeat(5000).as_str()]);
    let searcher = Searcher::new(&interview);
    assert_eq!(searcher.byte(0), Some(0));
    assert_eq!(searcher.byte(9001), Some(4500 * 4 + 3));
    assert_eq!(searcher.byte(10_001), None);
    assert_eq!(searcher.byte(u32::MAX), None);
}
