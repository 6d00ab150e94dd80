//! The laws of position, as properties over generated interviews: a place is a character, not a
//! row, so no change of measure loses it.

use std::sync::Arc;

use fangtan::interview::{Interview, Role, Speaker, SpeakerId, Turn};
use fangtan::prose::{BlockId, Builder, Kind, Marker, Place, Style};
use fangtan::text::width::{Profile, width};
use fangtan::typeset::{Anchor, Galley, Measure, Shows, Stop};
use proptest::prelude::*;

/// A paragraph of a turn: which container, and its text.
#[derive(Clone, Debug)]
struct Paragraph {
    item: bool,
    image: bool,
    text: String,
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    let piece = prop_oneof![
        4 => "[一-龥]{1,12}",
        2 => prop::sample::select(vec!["，", "。", "“", "”", "——", "……", "（", "）", "·", "50%"])
            .prop_map(str::to_owned),
        2 => "[a-zA-Z]{1,9}",
        1 => Just(" ".to_owned()),
        1 => prop::sample::select(vec!["👩‍💻", "é", "한국어", "ｶﾞ"]).prop_map(str::to_owned),
    ];
    (any::<bool>(), prop::bool::weighted(0.1), prop::collection::vec(piece, 1..25))
        .prop_map(|(item, image, pieces)| Paragraph { item, image, text: pieces.concat() })
}

type Draft = Vec<(usize, bool, Vec<Paragraph>)>;

fn draft() -> impl Strategy<Value = Draft> {
    let turn = (0..3_usize, any::<bool>(), prop::collection::vec(paragraph(), 1..4));
    prop::collection::vec(turn, 1..12)
}

/// An interview of three speakers, with a title before and labels in the text.
fn interview(draft: &Draft) -> Arc<Interview> {
    const NAMES: [&str; 3] = ["主持人", "周砚", "迈克·陈"];
    let mut b = Builder::new();
    b.open(Kind::Heading(1), Place::default());
    b.text("一次访谈", Style::PLAIN);
    let mut count = 1;
    let mut turns = Vec::new();
    for (speaker, alone, paragraphs) in draft {
        b.open(Kind::Paragraph, Place::default());
        b.text(NAMES[*speaker], Style::STRONG);
        b.text("：", Style::STRONG);
        let first = count;
        count += 1;
        if !alone {
            b.text("好，", Style::PLAIN);
        }
        for p in paragraphs {
            if p.image {
                b.image("", "https://example.org/a.png", Place::default());
                count += 1;
                continue;
            }
            if p.text.trim().is_empty() {
                continue;
            }
            let (depth, marker) = if p.item { (1, Marker::Bullet) } else { (0, Marker::None) };
            b.open(Kind::Paragraph, Place { depth, marker, ..Place::default() });
            b.text(&p.text, Style::PLAIN);
            count += 1;
        }
        turns.push((*speaker, first, count));
    }
    let prose = b.finish();
    assert_eq!(prose.blocks().len(), count as usize);
    let turns: Vec<Turn> = turns
        .into_iter()
        .map(|(speaker, first, end)| {
            let start = prose.block(BlockId(first)).span.start;
            Turn {
                speaker: SpeakerId(speaker as u16),
                blocks: BlockId(first)..BlockId(end),
                label: start..start + NAMES[speaker].len() as u32 + 3,
                printed: NAMES[speaker].into(),
                time: None,
            }
        })
        .collect();
    let speaker = |name: &&str| Speaker {
        name: (*name).to_owned(),
        aliases: Vec::new(),
        part: None,
        turns: 1,
        characters: 1,
    };
    let roles = vec![Role::Text; prose.blocks().len()];
    let speakers = NAMES.iter().map(speaker).collect();
    Arc::new(Interview { prose, speakers, turns, roles, ..Interview::default() })
}

fn galley(interview: &Arc<Interview>, columns: u16, wide: bool, follow: Option<u16>) -> Galley {
    let profile = if wide { Profile::WIDE } else { Profile::NARROW };
    let measure = Measure::new(columns, profile);
    Galley::new(Arc::clone(interview), measure, follow.map(SpeakerId))
}

/// Every row, from the first to the last.
fn rows(galley: &Galley) -> Vec<fangtan::typeset::Row> {
    galley.screen(Anchor::default(), u16::MAX)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rows_go_on_through_the_text(draft in draft(), columns in 1_u16..90, wide: bool, follow in prop::option::of(0_u16..3)) {
        let interview = interview(&draft);
        let rows = rows(&galley(&interview, columns, wide, follow));
        prop_assert!(!rows.is_empty());
        for pair in rows.windows(2) {
            prop_assert!(pair[0].anchor < pair[1].anchor);
            prop_assert!(pair[0].shows != Shows::Gap || pair[1].shows != Shows::Gap);
        }
        prop_assert_ne!(&rows[0].shows, &Shows::Gap);
    }

    #[test]
    fn nothing_is_lost(draft in draft(), columns in 1_u16..90, wide: bool) {
        let interview = interview(&draft);
        let rows = rows(&galley(&interview, columns, wide, None));
        let shown: String = rows.iter().map(|row| interview.prose.slice(row.text.clone())).collect();
        let mut want = interview.prose.text().to_owned();
        for turn in interview.turns.iter().rev() {
            want.replace_range(turn.label.start as usize..turn.label.end as usize, "");
        }
        let squeeze = |text: &str| text.replace([' ', '\n'], "");
        prop_assert_eq!(squeeze(&shown), squeeze(&want));
    }

    #[test]
    fn no_row_is_too_wide(draft in draft(), columns in 1_u16..90, wide: bool) {
        let interview = interview(&draft);
        let galley = galley(&interview, columns, wide, None);
        for row in rows(&galley).iter().filter(|row| matches!(row.shows, Shows::First | Shows::Later)) {
            let text = interview.prose.slice(row.text.clone());
            let cells = row.indent + width(text, galley.measure().profile);
            let single = unicode_segmentation::UnicodeSegmentation::graphemes(text, true).count() == 1;
            prop_assert!(cells <= columns || single, "{cells} > {columns}: {text:?}");
        }
    }

    #[test]
    fn a_step_there_and_back(draft in draft(), columns in 2_u16..90, from in 0_usize..400, by in 0_i32..60, follow in prop::option::of(0_u16..3)) {
        let interview = interview(&draft);
        let galley = galley(&interview, columns, false, follow);
        let rows = rows(&galley);
        let from = from % rows.len();
        let to = galley.step(rows[from].anchor, by);
        let want = (from + by as usize).min(rows.len() - 1);
        prop_assert_eq!(to, rows[want].anchor);
        let back = galley.step(to, -((want - from) as i32));
        prop_assert_eq!(back, rows[from].anchor);
    }

    #[test]
    fn the_anchored_character_is_on_the_first_row_at_every_measure(
        draft in draft(), first in 2_u16..90, second in 2_u16..90, at in 0_usize..400, wide: bool,
    ) {
        let interview = interview(&draft);
        let one = galley(&interview, first, wide, None);
        let rows = rows(&one);
        let anchor = rows[at % rows.len()].anchor;
        let before = one.screen(anchor, 9);
        let two = galley(&interview, second, wide, None);
        let row = &two.screen(anchor, 1)[0];
        prop_assert_eq!(row.anchor.block, anchor.block);
        if let Stop::Text(offset) = anchor.stop {
            let next = two.step(row.anchor, 1);
            prop_assert!(row.anchor.stop <= Stop::Text(offset));
            prop_assert!(next == row.anchor || next.block > anchor.block || next.stop > Stop::Text(offset));
        }
        let again = galley(&interview, first, wide, None);
        prop_assert_eq!(again.screen(anchor, 9), before);
    }

    #[test]
    fn a_place_is_kept_as_an_offset(draft in draft(), columns in 2_u16..90, at in 0_usize..400) {
        let interview = interview(&draft);
        let galley = galley(&interview, columns, false, None);
        let rows = rows(&galley);
        let row = &rows[at % rows.len()];
        let back = galley.settle(galley.anchor_of(galley.offset_of(row.anchor)));
        // An empty row before a block stands for the block.
        if row.shows == Shows::Gap {
            prop_assert_eq!(back.block, row.anchor.block);
        } else {
            prop_assert_eq!(back, row.anchor);
        }
    }
}

/// What a movement costs is counted in blocks that are typeset: it does not grow with the text.
#[test]
fn a_movement_typesets_only_what_it_shows() {
    let turn = |at: usize| {
        let text = "这一段说的是同一件事。".repeat(3);
        (at % 3, true, vec![Paragraph { item: false, image: false, text }])
    };
    let counts: Vec<usize> = [100, 10_000]
        .into_iter()
        .map(|turns| {
            let interview = interview(&(0..turns).map(turn).collect());
            let galley = galley(&interview, 60, false, None);
            let middle = galley.anchor_of(interview.prose.len() / 2);
            let top = galley.settle(middle);
            galley.screen(top, 40);
            let page = galley.typeset_count();
            assert!(page <= 42, "{page}");
            let mut top = top;
            for _ in 0..10 {
                top = galley.step(top, 1);
                galley.screen(top, 40);
            }
            let scrolled = galley.typeset_count() - page;
            assert!(scrolled <= 12, "{scrolled}");
            galley.step(galley.last(), -39);
            galley.typeset_count()
        })
        .collect();
    assert_eq!(counts[0], counts[1]);
}
