//! The text of one block → its lines, each filled as far as it goes.
//!
//! A line ends at the last opportunity that fits (what does not fit is carried over, never
//! squeezed). Without one, it ends inside a word at a grapheme cluster, further left if the next
//! line would begin or this one end with a mark that must not stand there. No line is wider than
//! the column unless it is a single cluster. Blanks at a line's end, and at the beginning of a
//! line that continues another, belong to no line.

use std::ops::Range;

use super::Measure;
use super::glyphs::{Glyph, glyphs};
use crate::text::breaks::{is_blank, never_begins_line, never_ends_line, opportunities};
use crate::text::script::is_wide_east_asian;
use crate::text::width::clusters;

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
/// column without room left still gets a cluster a line. In the `verbatim` ranges of the text the
/// spacing changes nothing. The ranges ascend and, with the blanks and line ends between them, tile
/// `text`.
pub fn lines(
    text: &str,
    measure: Measure,
    first_indent: u16,
    rest_indent: u16,
    verbatim: &[Range<usize>],
) -> Vec<Line> {
    let mut out = Vec::new();
    let columns = measure.columns.saturating_sub(measure.gutter);
    let mut room = columns.saturating_sub(first_indent);
    let rest = columns.saturating_sub(rest_indent);
    for (base, paragraph) in paragraphs(text) {
        let end = base + paragraph.len();
        let verbatim: Vec<_> = verbatim
            .iter()
            .filter(|range| range.end > base && range.start < end)
            .map(|range| range.start.saturating_sub(base)..range.end - base)
            .collect();
        let stops: Vec<usize> = opportunities(paragraph).collect();
        let glyphs: Vec<Glyph<'_>> = glyphs(paragraph, &measure, &verbatim).collect();
        let column = Column { text: paragraph, measure, glyphs: &glyphs };
        let (mut stops, mut from) = (&stops[..], 0);
        loop {
            let at = column.start(from);
            stops = &stops[stops.partition_point(|&stop| stop <= at)..];
            let filled = column.fill(from, stops, room);
            out.push(line(base, filled.text, filled.width));
            room = rest;
            from = filled.next;
            if column.start(from) == paragraph.len() {
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
        for (at, _, cells) in clusters(paragraph, measure.profile) {
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

/// A line within its paragraph, its cells, and the glyph that begins the next.
#[derive(Clone)]
struct Filled {
    text: Range<usize>,
    width: u16,
    next: usize,
}

/// A paragraph that is being cut into lines; glyphs are counted from 0.
struct Column<'a> {
    text: &'a str,
    measure: Measure,
    glyphs: &'a [Glyph<'a>],
}

impl Column<'_> {
    /// The byte where a glyph begins.
    fn start(&self, glyph: usize) -> usize {
        self.glyphs.get(glyph).map_or(self.text.len(), |glyph| glyph.at)
    }

    /// The line that begins at glyph `from`; `stops` are the opportunities behind it, in bytes.
    fn fill(&self, from: usize, stops: &[usize], room: u16) -> Filled {
        let mut stops = stops.iter().copied().peekable();
        let mut last_stop = None;
        let begin = self.start(from);
        let mut here = Filled { text: begin..begin, width: 0, next: from };
        let mut first = from;
        let mut blanks = 0u16;
        for (at, glyph) in self.glyphs.iter().enumerate().skip(from) {
            let empty = here.text.is_empty();
            if stops.next_if_eq(&glyph.at).is_some() && !empty {
                last_stop = Some(Filled { next: at, ..here.clone() });
            }
            if glyph.text.chars().all(is_blank) {
                blanks = blanks.saturating_add(glyph.cells);
                continue;
            }
            let lead = if empty { 0 } else { glyph.lead };
            let wide =
                [blanks, lead, glyph.cells].iter().fold(here.width, |a, &b| a.saturating_add(b));
            if wide > room && !empty {
                if blanks == 0
                    && here.width <= room
                    && let Some(hung) = self.hang(at, &here, stops.peek().copied())
                {
                    return hung;
                }
                let edge = here.text.end;
                return last_stop.unwrap_or_else(|| self.torn(first, edge, room));
            }
            // Blanks before the first word are an indent: kept at the paragraph's beginning if they fit.
            let indent = empty && (from > 0 || wide > room);
            if indent {
                here.text.start = glyph.at;
            }
            if empty {
                first = at;
            }
            here.text.end = glyph.at + glyph.text.len();
            here.width = if indent { glyph.cells } else { wide };
            blanks = 0;
        }
        Filled { next: self.glyphs.len(), ..here }
    }

    /// The line `here` with the mark that no longer fits hung behind it, if it is one that may hang
    /// (CLREQ 3.1.9) and the next line may begin behind it.
    fn hang(&self, at: usize, here: &Filled, stop: Option<usize>) -> Option<Filled> {
        let glyph = self.glyphs[at];
        if glyph.cells > self.measure.gutter || !is_hanging(glyph.text) {
            return None;
        }
        let blank = |glyph: &&Glyph<'_>| glyph.text.chars().all(is_blank);
        let next = at + 1 + self.glyphs[at + 1..].iter().take_while(blank).count();
        let behind = self.start(next);
        if behind != self.text.len() && stop != Some(behind) {
            return None;
        }
        let text = here.text.start..glyph.at + glyph.text.len();
        Some(Filled { text, width: here.width + glyph.cells, next })
    }

    /// The line from glyph `first` to at most the byte `edge`, when it has no opportunity: it ends
    /// at the last cluster boundary that parts no mark from what it stands with and no word that
    /// would fit in a line; or parts such a word; or else at `edge`.
    fn torn(&self, first: usize, edge: usize, room: u16) -> Filled {
        let (mut between_words, mut legal) = (None, None);
        let cut = self.glyphs.partition_point(|glyph| glyph.at < edge);
        let (mut before, mut ink) = ('\n', '\n');
        let mut whole = false;
        for (at, glyph) in self.glyphs.iter().enumerate().skip(first) {
            if glyph.at > edge {
                break;
            }
            let Some(c) = glyph.text.chars().next() else { break };
            let inside = is_word(before) && is_word(c);
            if is_word(c) && !inside {
                whole = self.fits(at, room);
            }
            let joined = is_blank(c) || before == '—' && c == '—';
            if at > first && !joined && !never_begins_line(c) && !never_ends_line(ink) {
                legal = Some(at);
                if !(inside && whole) {
                    between_words = legal;
                }
            }
            before = c;
            if !is_blank(c) {
                ink = c;
            }
        }
        let next = between_words.or(legal).unwrap_or(cut);
        let start = self.start(first);
        let end = start + self.text[start..self.start(next)].trim_end_matches(is_blank).len();
        Filled { text: start..end, width: self.width(first, end), next }
    }

    /// The cells of the line from glyph `first` to the byte `end`.
    fn width(&self, first: usize, end: usize) -> u16 {
        let line = self.glyphs[first..].iter().take_while(|glyph| glyph.at < end);
        line.enumerate().fold(0, |sum: u16, (at, glyph)| {
            let lead = if at == 0 { 0 } else { glyph.lead };
            sum.saturating_add(lead).saturating_add(glyph.cells)
        })
    }

    /// Whether the word that begins at a glyph takes at most `room` cells.
    fn fits(&self, at: usize, room: u16) -> bool {
        let mut used = 0u16;
        for glyph in &self.glyphs[at..] {
            if !glyph.text.starts_with(is_word) {
                return true;
            }
            used = used.saturating_add(glyph.cells);
            if used > room {
                return false;
            }
        }
        true
    }
}

/// Whether a mark may hang: a pause or a stop.
fn is_hanging(cluster: &str) -> bool {
    matches!(cluster, "，" | "。" | "、" | "；" | "：" | "？" | "！")
}

/// Whether `c` is of a script that writes words in one piece, or a digit.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.is_alphanumeric() && !is_wide_east_asian(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spacing::Spacing;
    use crate::text::width::Profile;

    fn set(text: &str, columns: u16) -> Vec<&str> {
        let measure = Measure::new(columns, Profile::NARROW);
        let slice = |line: Line| &text[line.text.start as usize..line.text.end as usize];
        lines(text, measure, 0, 0, &[]).into_iter().map(slice).collect()
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
    fn a_mark_hangs_in_the_gutter() {
        let text = "我们读书，他们写字。走吧！”好（是，）不，，对";
        let hung = |columns: u16| -> Vec<(&str, u16)> {
            let measure = Measure { gutter: 2, ..Measure::new(columns, Profile::NARROW) };
            let slice =
                |line: Line| (&text[line.text.start as usize..line.text.end as usize], line.width);
            lines(text, measure, 0, 0, &[]).into_iter().map(slice).collect()
        };
        // Only where a line may begin behind the mark, and only one.
        let want =
            [("我们读书，", 10), ("他们写字。", 10), ("走吧！”", 7), ("好", 2), ("（是，）", 8)];
        assert_eq!(hung(10)[..5], want);
        assert_eq!(hung(10).last(), Some(&("不，，对", 8)));
        assert!(hung(10).iter().all(|(_, width)| *width <= 10));
    }

    #[test]
    fn spacing_counts_and_is_dropped_at_the_edges() {
        let text = "我在OpenAI写GPT";
        let set = |columns, spacing| -> Vec<(&str, u16)> {
            let measure = Measure { spacing, ..Measure::new(columns, Profile::NARROW) };
            let slice =
                |line: Line| (&text[line.text.start as usize..line.text.end as usize], line.width);
            lines(text, measure, 0, 0, &[]).into_iter().map(slice).collect()
        };
        assert_eq!(set(12, Spacing::Keep), [("我在OpenAI写", 12), ("GPT", 3)]);
        assert_eq!(set(12, Spacing::Insert), [("我在OpenAI", 11), ("写GPT", 6)]);
    }

    #[test]
    fn indents_and_wide_terminals_leave_less_room() {
        let measure = Measure::new(8, Profile::WIDE);
        let got = lines("他说“好的”就走", measure, 4, 2, &[]);
        let want = [(0..6, 4), (6..15, 6), (15..18, 2)];
        let got: Vec<_> = got.into_iter().map(|line| (line.text, line.width)).collect();
        assert_eq!(got[0], want[0]);
        assert!(got.iter().all(|(_, width)| *width <= 6), "{got:?}");
    }

    #[test]
    fn code_keeps_its_blanks() {
        let text = "  a  b中\n\nc   ";
        let measure = Measure::new(4, Profile::NARROW);
        let got: Vec<&str> = code_lines(text, measure, 0, 0)
            .into_iter()
            .map(|line| &text[line.text.start as usize..line.text.end as usize])
            .collect();
        assert_eq!(got, ["  a ", " b中", "", "c"]);
    }
}
