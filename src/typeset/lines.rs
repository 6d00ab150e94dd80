//! The text of one block → its lines, each filled as far as it goes.
//!
//! A line ends at the last opportunity that fits (what does not fit is carried over, never
//! squeezed). Without one, it ends inside a word at a grapheme cluster, further left if the next
//! line would begin or this one end with a mark that must not stand there. No line is wider than
//! the column unless it is a single cluster. Blanks at a line's end, and at the beginning of a
//! line that continues another, belong to no line.

use std::ops::Range;

use super::Measure;
use crate::text::breaks::{is_blank, never_begins_line, never_ends_line, opportunities};
use crate::text::script::{is_hangul, is_wide_east_asian};
use crate::text::width::{Ambiguous, clusters, first_cluster, width};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Bytes of the text that was typeset.
    pub text: Range<u32>,
    /// Cells, without the indent.
    pub width: u16,
}

/// The lines of running text: at least one, and one more for each `\n` at least.
///
/// `first_indent` and `rest_indent` are cells that the first line and all others leave free; a
/// column without room left still gets a cluster a line. The ranges ascend and, with the blanks
/// and line ends between them, tile `text`.
pub fn lines(text: &str, measure: Measure, first_indent: u16, rest_indent: u16) -> Vec<Line> {
    let mut out = Vec::new();
    let mut room = measure.columns.saturating_sub(first_indent);
    let rest = measure.columns.saturating_sub(rest_indent);
    for (base, paragraph) in paragraphs(text) {
        let stops: Vec<usize> = opportunities(paragraph).collect();
        let mut stops = &stops[..];
        let mut at = 0;
        loop {
            stops = &stops[stops.partition_point(|&stop| stop <= at)..];
            let filled = fill(paragraph, at, stops, room, measure.ambiguous);
            out.push(line(base, filled.text, filled.width));
            room = rest;
            at = filled.next;
            if at == paragraph.len() {
                break;
            }
        }
    }
    out
}

/// The lines of preformatted text: broken at grapheme clusters only, blanks kept except at the end
/// of a source line. Otherwise as [`lines`].
pub fn code_lines(text: &str, measure: Measure, first_indent: u16, rest_indent: u16) -> Vec<Line> {
    let mut out = Vec::new();
    let mut room = measure.columns.saturating_sub(first_indent);
    let rest = measure.columns.saturating_sub(rest_indent);
    for (base, paragraph) in paragraphs(text) {
        let paragraph = paragraph.trim_end_matches(is_blank);
        let (mut start, mut used) = (0, 0u16);
        for (at, _, cells) in clusters(paragraph, measure.ambiguous) {
            if used.saturating_add(cells) > room && at > start {
                out.push(line(base, start..at, used));
                (start, used, room) = (at, 0, rest);
            }
            used = used.saturating_add(cells);
        }
        out.push(line(base, start..paragraph.len(), used));
        room = rest;
    }
    out
}

/// The stretches between line ends, each with the byte where it begins.
fn paragraphs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n').scan(0, |next, paragraph| {
        let start = *next;
        *next += paragraph.len() + 1;
        Some((start, paragraph))
    })
}

fn line(base: usize, text: Range<usize>, width: u16) -> Line {
    let byte = |at: usize| u32::try_from(base + at).unwrap_or(u32::MAX);
    Line { text: byte(text.start)..byte(text.end), width }
}

/// A line within its paragraph, and where the next begins.
#[derive(Clone)]
struct Filled {
    text: Range<usize>,
    width: u16,
    next: usize,
}

/// The line that begins at `from`; `stops` are the opportunities behind it.
fn fill(text: &str, from: usize, stops: &[usize], room: u16, ambiguous: Ambiguous) -> Filled {
    let mut stops = stops.iter().copied().peekable();
    let mut last_stop = None;
    let mut here = Filled { text: from..from, width: 0, next: from };
    let mut blanks = 0u16;
    for (at, g, cells) in clusters(&text[from..], ambiguous) {
        let at = from + at;
        let empty = here.text.is_empty();
        if stops.next_if_eq(&at).is_some() && !empty {
            last_stop = Some(Filled { next: at, ..here.clone() });
        }
        if g.chars().all(is_blank) {
            blanks = blanks.saturating_add(cells);
            continue;
        }
        let wide = here.width.saturating_add(blanks).saturating_add(cells);
        if wide > room && !empty {
            let edge = here.text.end;
            return last_stop.unwrap_or_else(|| torn(text, here.text.start, edge, room, ambiguous));
        }
        // Blanks before the first word are an indent: kept at the paragraph's beginning if they fit.
        let indent = empty && (from > 0 || wide > room);
        if indent {
            here.text.start = at;
        }
        here.text.end = at + g.len();
        here.width = if indent { cells } else { wide };
        blanks = 0;
    }
    Filled { next: text.len(), ..here }
}

/// The line from `start` to at most `edge`, when it has no opportunity: it ends at the last cluster
/// boundary that parts no mark from what it stands with and no word that would fit in a line; or
/// parts such a word; or else at `edge`.
fn torn(text: &str, start: usize, edge: usize, room: u16, ambiguous: Ambiguous) -> Filled {
    let (mut between_words, mut legal) = (None, None);
    let (mut before, mut ink) = ('\n', '\n');
    let mut whole = false;
    let mut at = start;
    while at <= edge {
        let Some(c) = text[at..].chars().next() else { break };
        let inside = is_word(before) && is_word(c);
        if is_word(c) && !inside {
            whole = fits(&text[at..], room, ambiguous);
        }
        let joined = is_blank(c) || before == '—' && c == '—';
        if at > start && !joined && !never_begins_line(c) && !never_ends_line(ink) {
            legal = Some(at);
            if !(inside && whole) {
                between_words = legal;
            }
        }
        before = c;
        if !is_blank(c) {
            ink = c;
        }
        at += first_cluster(&text[at..]);
    }
    let next = between_words.or(legal).unwrap_or(edge);
    let end = start + text[start..next].trim_end_matches(is_blank).len();
    Filled { text: start..end, width: width(&text[start..end], ambiguous), next }
}

/// Whether the word that `text` begins with takes at most `room` cells.
fn fits(text: &str, room: u16, ambiguous: Ambiguous) -> bool {
    let mut used = 0u16;
    for (_, g, cells) in clusters(text, ambiguous) {
        if !g.starts_with(is_word) {
            return true;
        }
        used = used.saturating_add(cells);
        if used > room {
            return false;
        }
    }
    true
}

/// Whether `c` is of a script that writes words in one piece, or a digit.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.is_alphanumeric() && !is_wide_east_asian(c) && !is_hangul(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, columns: u16) -> Vec<&str> {
        let measure = Measure { columns, ambiguous: Ambiguous::Narrow };
        let slice = |line: Line| &text[line.text.start as usize..line.text.end as usize];
        lines(text, measure, 0, 0).into_iter().map(slice).collect()
    }

    #[test]
    fn lines_by_example() {
        for (columns, text, want) in [
            (
                14,
                "他说：“好的，我们开始吧。”然后离开了",
                vec!["他说：“好的，", "我们开始吧。”", "然后离开了"],
            ),
            (12, "达里奥·阿莫迪说了50%的内容", vec!["达里奥·阿莫", "迪说了50%的", "内容"]),
            (10, "（风险评估——Risk Assessment）", vec!["（风险评估", "——Risk", "Assessmen", "t）"]),
            (7, "等等……然后", vec!["等等……", "然后"]),
            (7, "我们等……好", vec!["我们", "等……好"]),
            (6, "好好。」）他", vec!["好", "好。」", "）他"]),
            (6, "abcdefghij（k）", vec!["abcdef", "ghij", "（k）"]),
            (3, "a b  c   \n d", vec!["a b", "c", " d"]),
            (5, "", vec![""]),
            (5, "甲\n\n乙\n", vec!["甲", "", "乙", ""]),
            (2, "    中文", vec!["中", "文"]),
            (1, "中a", vec!["中", "a"]),
            (0, "ab", vec!["a", "b"]),
            (4, "中中 \u{301}x", vec!["中", "中 \u{301}x"]),
        ] {
            assert_eq!(set(text, columns), want, "{columns} {text}");
        }
    }

    #[test]
    fn indents_and_wide_terminals_leave_less_room() {
        let measure = Measure { columns: 8, ambiguous: Ambiguous::Wide };
        let got = lines("他说“好的”就走", measure, 4, 2);
        let want = [(0..6, 4), (6..15, 6), (15..18, 2)];
        let got: Vec<_> = got.into_iter().map(|line| (line.text, line.width)).collect();
        assert_eq!(got[0], want[0]);
        assert!(got.iter().all(|(_, width)| *width <= 6), "{got:?}");
    }

    #[test]
    fn code_keeps_its_blanks() {
        let text = "  a  b中\n\nc   ";
        let measure = Measure { columns: 4, ambiguous: Ambiguous::Narrow };
        let got: Vec<&str> = code_lines(text, measure, 0, 0)
            .into_iter()
            .map(|line| &text[line.text.start as usize..line.text.end as usize])
            .collect();
        assert_eq!(got, ["  a ", " b中", "", "c"]);
    }
}
