//! Laws of line filling, over generated text.

use std::ops::Range;

use fangtan::text::breaks::{is_blank, never_begins_line, never_ends_line, opportunities};
use fangtan::text::script::is_wide_east_asian;
use fangtan::text::spacing::Spacing;
use fangtan::text::width::{Ambiguous, Joins, Profile, width};
use fangtan::typeset::{Line, Measure, code_lines, glyphs, lines};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

const NEVER_FIRST: &str = "，。、；：？！”’）》」』】…·";
const NEVER_LAST: &str = "（《「『【“‘";

fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "的",
        "访谈",
        "あ",
        "ョー",
        "ｶﾞ",
        "한국",
        "，",
        "。",
        "！”",
        "：“",
        "“",
        "”",
        "‘",
        "’",
        "（",
        "）",
        "《",
        "》",
        "……",
        "…",
        "——",
        "—",
        "·",
        "～",
        "/",
        "／",
        "％",
        " ",
        " ",
        "  ",
        "\u{3000}",
        "\n",
        "\u{A0}",
        "-",
        "++",
        "#",
        ".",
        ",",
        "(",
        ")",
        "\"",
        "'",
        "don’t",
        "👩‍💻",
        "❤️",
        "👍🏽",
        "🇨🇳",
        "🇺",
        "e\u{301}",
        "\u{301}",
        "か\u{3099}",
        "é",
        "नि",
        "ภาษา",
        "שלום",
        "مرحبا",
        "ㅎㅏㄴ",
        "한국어를 ",
        "っ",
        "🧑🏿‍🚀",
        "« ",
        " »",
        "https://x.io/a?b=1",
        "3.5",
        "50%",
        "10,000",
    ]);
    prop_oneof![
        6 => fixed.prop_map(str::to_owned),
        2 => "[a-zA-Z]{1,14}",
        1 => "[0-9]{1,6}",
        3 => "[一-龥]{1,6}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

fn measure() -> impl Strategy<Value = Measure> {
    let columns = prop_oneof![1..=24u16, 1..=120u16];
    let ambiguous = prop::sample::select(vec![Ambiguous::Narrow, Ambiguous::Wide]);
    let joins = prop::sample::select(vec![Joins::empty(), Joins::SAFE, Joins::all()]);
    let spacing = prop::sample::select(vec![Spacing::Keep, Spacing::Insert, Spacing::Strip]);
    let gutter = prop::sample::select(vec![0, 0, 2]);
    (columns, ambiguous, joins, spacing, gutter).prop_map(
        |(columns, ambiguous, joins, spacing, gutter)| {
            let profile = Profile { ambiguous, joins };
            Measure { spacing, gutter, ..Measure::new(columns, profile) }
        },
    )
}

/// The cells of a line that was set.
fn cells(slice: &str, measure: &Measure) -> u16 {
    glyphs(slice, measure, &[]).map(|glyph| glyph.lead + glyph.cells).sum()
}

fn bytes(line: &Line) -> Range<usize> {
    line.text.start as usize..line.text.end as usize
}

fn only_blanks(gap: &str) -> bool {
    gap.chars().all(|c| is_blank(c) || c == '\n')
}

/// What holds for running text and for code.
fn check_tiling(
    text: &str,
    set: &[Line],
    measure: Measure,
    own: fn(&str, &Measure) -> u16,
) -> Result<(), TestCaseError> {
    let clusters: Vec<usize> =
        text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    let mut end = 0;
    for line in set {
        let range = bytes(line);
        let slice = &text[range.clone()];
        prop_assert!(only_blanks(&text[end..range.start]), "lost before {slice:?}");
        prop_assert!(!slice.contains('\n'));
        prop_assert_eq!(line.width, own(slice, &measure));
        prop_assert!(clusters.binary_search(&range.start).is_ok());
        prop_assert!(clusters.binary_search(&range.end).is_ok());
        end = range.end;
    }
    prop_assert!(only_blanks(&text[end..]), "lost at the end");
    Ok(())
}

fn fits(text: &str, line: &Line, room: u16) -> bool {
    line.width <= room || text[bytes(line)].graphemes(true).count() == 1
}

/// Whether a line keeps out of the gutter, but for one mark.
fn hangs_one(text: &str, line: &Line, measure: Measure, room: u16) -> bool {
    let marks = ['，', '。', '、', '；', '：', '？', '！'];
    let hung = measure.gutter > 0 && text[bytes(line)].ends_with(marks);
    let room = room.saturating_sub(measure.gutter);
    fits(text, line, room) || hung && line.width <= room + measure.gutter
}

/// Whether a line may end between the two, were it only for the marks there.
fn is_seemly(before: &str, after: &str) -> bool {
    // A blank that bears a mark is one still.
    let Some(last) = before.graphemes(true).rev().find(|g| !g.starts_with(is_blank)) else {
        return false;
    };
    let last = last.chars().next().unwrap_or(' ');
    let next = after.chars().next().unwrap_or(' ');
    let dash = before.graphemes(true).next_back().is_some_and(|g| g.starts_with('—'));
    let torn_dash = dash && next == '—';
    !(is_blank(next) || never_begins_line(next) || never_ends_line(last) || torn_dash)
}

/// Whether a cluster belongs to a word, in a script that leaves words whole.
fn is_letter(g: &&str) -> bool {
    g.starts_with(|c: char| c.is_alphanumeric() && !is_wide_east_asian(c))
}

fn check_break(
    text: &str,
    line: Range<usize>,
    next: usize,
    measure: Measure,
) -> Result<(), TestCaseError> {
    let paragraph = text[..line.start].rfind('\n').map_or(0, |at| at + 1);
    let whole = text[paragraph..].split('\n').next().unwrap_or("");
    let stops: Vec<usize> = opportunities(whole).map(|at| paragraph + at).collect();
    let (before, after) = (&text[line.start..next], &text[next..]);
    let left: usize = before.graphemes(true).rev().take_while(is_letter).map(str::len).sum();
    let right: usize = after.graphemes(true).take_while(is_letter).map(str::len).sum();
    let (head, word) = (&text[line.start..next - left], &text[next - left..next + right]);
    let in_word = left > 0 && right > 0;
    if stops.contains(&next) {
        let first = after.chars().next().unwrap_or(' ');
        let last = text[..line.end].chars().next_back().unwrap_or(' ');
        prop_assert!(!NEVER_FIRST.contains(first), "begins with {first}");
        prop_assert!(!NEVER_LAST.contains(last), "ends with {last}");
        prop_assert!(!in_word);
        return Ok(());
    }
    // No opportunity was there, and no better place to tear the line.
    let begun = |at| at > line.start && !only_blanks(&text[line.start..at]);
    let missed = stops.iter().find(|&&at| at <= next && begun(at));
    prop_assert_eq!(missed, None);
    let places =
        || text[line.clone()].grapheme_indices(true).skip(1).map(|(at, _)| line.start + at);
    if !is_seemly(before, after) {
        prop_assert_eq!(places().find(|&at| is_seemly(&text[line.start..at], &text[at..])), None);
    }
    if in_word
        && width(word, measure.profile) <= measure.columns.saturating_sub(measure.gutter)
        && !head.is_empty()
    {
        prop_assert!(!is_seemly(head, &text[next - left..]), "tears a word that fits");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_tile_fit_and_break_where_they_may(text in text(), measure in measure()) {
        let set = lines(&text, measure, 0, 0, &[]);
        check_tiling(&text, &set, measure, cells)?;
        for line in &set {
            prop_assert!(hangs_one(&text, line, measure, measure.columns), "{line:?}");
        }
        for pair in set.windows(2) {
            let (line, next) = (bytes(&pair[0]), bytes(&pair[1]).start);
            if !text[line.end..next].contains('\n') {
                check_break(&text, line, next, measure)?;
            }
        }
    }

    #[test]
    fn indents_take_their_room(
        text in text(), measure in measure(), first in 0..130u16, rest in 0..130u16,
    ) {
        let set = lines(&text, measure, first, rest, &[]);
        check_tiling(&text, &set, measure, cells)?;
        for (i, line) in set.iter().enumerate() {
            let indent = if i == 0 { first } else { rest };
            let room = measure.columns.saturating_sub(indent);
            prop_assert!(hangs_one(&text, line, measure, room), "{line:?}");
        }
    }

    #[test]
    fn code_tiles_and_fits(text in text(), measure in measure()) {
        let set = code_lines(&text, measure, 0, 0);
        check_tiling(&text, &set, measure, |slice, measure| width(slice, measure.profile))?;
        for line in &set {
            prop_assert!(fits(&text, line, measure.columns), "{line:?}");
        }
    }
}
