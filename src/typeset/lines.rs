//! Text × columns → lines: greedy filling at line-break opportunities.
//!
//! CLREQ 3.1.6 / JLREQ 3.1.9: a mark that must not begin a line takes the character before it along
//! (推出). Where a line has no opportunity it breaks at a grapheme cluster, and still at one that
//! begins and ends no line wrongly, if there is one.

use std::ops::Range;

use crate::text::breaks::{Break, never_begins_line, never_ends_line, opportunities};
use crate::text::width::{Ambiguous, clusters};

/// A line: what is shown of the text. White space at its end is not; lines and that white space
/// tile the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes in the text.
    pub text: Range<u32>,
    /// Its cells, indent excluded.
    pub width: u16,
}

/// Fills lines of at most `columns` cells, of which the first line leaves `first` and the others
/// `rest` for an indent. A cluster wider than the line stands alone on one. An empty text has no
/// line.
pub fn lines(text: &str, columns: u16, ambiguous: Ambiguous, first: u16, rest: u16) -> Vec<Line> {
    let breaks = opportunities(text);
    let mut filling = Filling {
        text,
        lines: Vec::new(),
        start: 0,
        width: 0,
        rooms: (columns.saturating_sub(first).max(1), columns.saturating_sub(rest).max(1)),
        clusters: Vec::new(),
        last: None,
    };
    let mut breaks = breaks.into_iter().peekable();
    for (at, cluster, cells) in clusters(text, ambiguous) {
        while let Some((offset, kind)) = breaks.next_if(|&(offset, _)| offset as usize <= at) {
            match kind {
                Break::Mandatory => filling.end(offset as usize),
                Break::Allowed => filling.last = Some(filling.clusters.len()),
            }
        }
        filling.add(at, cluster, cells);
    }
    filling.end(text.len());
    filling.lines
}

/// Fills lines of preformatted text: each of its own lines, broken at clusters only.
pub fn code_lines(text: &str, columns: u16, ambiguous: Ambiguous) -> Vec<Line> {
    let room = columns.max(1);
    let mut out = Vec::new();
    let mut begin = 0;
    for source in text.split('\n') {
        let (mut start, mut width) = (begin, 0);
        for (at, cluster, cells) in clusters(source, ambiguous) {
            let at = begin + at;
            if width + cells > room && at > start {
                out.push(Line { text: start as u32..at as u32, width });
                (start, width) = (at, 0);
            }
            width += cells;
            debug_assert!(at + cluster.len() <= text.len());
        }
        let end = begin + source.len();
        out.push(Line { text: start as u32..end as u32, width });
        begin = end + 1;
    }
    out
}

/// A line that is being filled.
struct Filling<'a> {
    text: &'a str,
    lines: Vec<Line>,
    start: usize,
    width: u16,
    rooms: (u16, u16),
    /// The clusters on the line so far: where each begins, and its cells.
    clusters: Vec<(usize, u16)>,
    /// The last opportunity on the line, as the number of clusters before it.
    last: Option<usize>,
}

impl Filling<'_> {
    fn room(&self) -> u16 {
        if self.lines.is_empty() { self.rooms.0 } else { self.rooms.1 }
    }

    fn add(&mut self, at: usize, cluster: &str, cells: u16) {
        let blank = cluster == " " || cluster == "\n";
        if blank && self.clusters.is_empty() && !self.lines.is_empty() {
            // A line that goes on does not begin with the blank that parted it from the last.
            self.start = at + cluster.len();
            return;
        }
        self.clusters.push((at, cells));
        self.width += cells;
        // A blank at the end of a line hangs over its edge.
        while !blank && self.width > self.room() && self.clusters.len() > 1 {
            self.overflow();
        }
    }

    /// The last cluster does not fit: ends the line before it, at an opportunity if there is one.
    fn overflow(&mut self) {
        let at = match self.last.filter(|&at| at > 0) {
            Some(at) => at,
            None => self.emergency(),
        };
        let (offset, _) = self.clusters[at];
        self.push(offset);
        let rest = self.clusters.split_off(at);
        let blanks = rest.iter().take_while(|&&(at, _)| self.text[at..].starts_with(' ')).count();
        let all_blank = blanks == rest.len();
        self.clusters = if all_blank { Vec::new() } else { rest[blanks..].to_vec() };
        self.start = self.clusters.first().map_or(self.text.len(), |&(at, _)| at);
        self.width = self.clusters.iter().map(|&(_, cells)| cells).sum();
        self.last = None;
    }

    /// Where to end a line that has no opportunity: before the last cluster, or as far left of it
    /// as it takes to begin and end no line wrongly.
    fn emergency(&self) -> usize {
        let most = self.clusters.len() - 1;
        let char_at = |at: usize| self.text[self.clusters[at].0..].chars().next().unwrap_or(' ');
        let dash = |c| matches!(c, '—' | '…' | '⋯');
        let fits = |at: usize| {
            let (before, after) = (char_at(at - 1), char_at(at));
            !never_begins_line(after)
                && !never_ends_line(before)
                && !(before == after && dash(before))
        };
        (1..=most).rev().find(|&at| fits(at)).unwrap_or(most)
    }

    /// Ends the line for good at an offset.
    fn end(&mut self, offset: usize) {
        if !self.clusters.is_empty() {
            self.push(offset);
        }
        self.clusters.clear();
        self.start = offset;
        self.width = 0;
        self.last = None;
    }

    fn push(&mut self, end: usize) {
        let shown = self.text[self.start..end].trim_end_matches([' ', '\n']);
        let end = self.start + shown.len();
        let cells = self.clusters.iter().take_while(|&&(at, _)| at < end);
        let width = cells.map(|&(_, cells)| cells).sum();
        self.lines.push(Line { text: self.start as u32..end as u32, width });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, columns: u16) -> Vec<&str> {
        lines(text, columns, Ambiguous::Narrow, 0, 0)
            .into_iter()
            .map(|line| &text[line.text.start as usize..line.text.end as usize])
            .collect()
    }

    #[test]
    fn as_a_good_typesetter_breaks_them() {
        for (columns, text, want) in [
            (
                14,
                "他说：“好的，我们开始吧。”然后离开了",
                vec!["他说：“好的，", "我们开始吧。”", "然后离开了"],
            ),
            (12, "达里奥·阿莫迪说了50%的内容", vec!["达里奥·阿莫", "迪说了50%的", "内容"]),
            (7, "等等……然后", vec!["等等……", "然后"]),
            (5, "等等……然后", vec!["等", "等……", "然后"]),
            (10, "one two three", vec!["one two", "three"]),
            (4, "한국 사람", vec!["한국", "사람"]),
            (1, "中文", vec!["中", "文"]),
            (5, "a\nb", vec!["a", "b"]),
        ] {
            assert_eq!(set(text, columns), want, "{text} at {columns}");
        }
        assert_eq!(set("（风险评估——Risk Assessment）", 10).last(), Some(&"t）"));
        assert!(set("", 10).is_empty());
    }

    #[test]
    fn an_indent_narrows_its_lines() {
        let shown: Vec<_> =
            lines("一二三四五六七八", 8, Ambiguous::Narrow, 4, 2).iter().map(|l| l.width).collect();
        assert_eq!(shown, [4, 6, 6]);
    }

    #[test]
    fn code_keeps_its_lines() {
        let text = "fn a() {\n\n  中文 }";
        let shown: Vec<_> = code_lines(text, 5, Ambiguous::Narrow)
            .into_iter()
            .map(|l| &text[l.text.start as usize..l.text.end as usize])
            .collect();
        assert_eq!(shown, ["fn a(", ") {", "", "  中", "文 }"]);
    }
}
