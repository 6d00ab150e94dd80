//! Text → what stands in the cells of its line: clusters with their cells, and the blanks between
//! Han and Latin that the spacing adds or takes away.

use std::ops::Range;

use super::Measure;
use crate::prose::{Prose, Style};
use crate::text::spacing::{Spacing, is_seam};
use crate::text::width::clusters;

/// A grapheme cluster in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// The byte of the text where it begins.
    pub at: usize,
    /// Itself, as in the text.
    pub text: &'a str,
    /// Its cells; 0 for a blank that is taken away.
    pub cells: u16,
    /// The cells that stay empty before it, if it does not begin a line.
    pub lead: u16,
}

/// The glyphs of `text`. In the `verbatim` ranges (bytes of the text, ascending) no blank comes or
/// goes.
pub fn glyphs<'a>(
    text: &'a str,
    measure: &Measure,
    verbatim: &'a [Range<usize>],
) -> impl Iterator<Item = Glyph<'a>> {
    let spacing = measure.spacing;
    let mut before = None;
    clusters(text, measure.profile).map(move |(at, cluster, cells)| {
        let mut glyph = Glyph { at, text: cluster, cells, lead: 0 };
        if spacing == Spacing::Keep {
            return glyph;
        }
        let c = cluster.chars().next();
        if let (Some(before), Some(c)) = (before, c)
            && !verbatim.iter().any(|range| range.start < at + cluster.len() && at <= range.end)
        {
            let behind = text[at + cluster.len()..].chars().next();
            match spacing {
                Spacing::Insert => glyph.lead = u16::from(is_seam(before, c)),
                Spacing::Strip
                    if cluster == " " && behind.is_some_and(|next| is_seam(before, next)) =>
                {
                    glyph.cells = 0;
                }
                _ => {}
            }
        }
        before = c;
        glyph
    })
}

/// The stretches of code in a range of the text, relative to its beginning; none where the spacing
/// is the source's.
pub fn verbatim(prose: &Prose, range: &Range<u32>, measure: &Measure) -> Vec<Range<usize>> {
    if measure.spacing == Spacing::Keep {
        return Vec::new();
    }
    let inside = |at: u32| at.clamp(range.start, range.end) - range.start;
    let runs = prose.runs_in(range.clone()).iter();
    runs.filter(|run| {
        run.style.contains(Style::CODE) || run.link.is_some_and(|link| is_bare(prose, link))
    })
    .map(|run| inside(run.span.start) as usize..inside(run.span.end) as usize)
    .collect()
}

/// Whether a link's text is its address.
fn is_bare(prose: &Prose, link: u32) -> bool {
    prose.links().get(link as usize).is_some_and(|link| {
        let text = prose.slice(link.span.clone());
        text.contains("://") || link.url.ends_with(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::Profile;

    fn set(text: &str, spacing: Spacing, verbatim: &[Range<usize>]) -> String {
        let measure = Measure { spacing, ..Measure::new(40, Profile::NARROW) };
        let mut out = String::new();
        for glyph in glyphs(text, &measure, verbatim) {
            (0..glyph.lead).for_each(|_| out.push(' '));
            if glyph.cells > 0 {
                out.push_str(glyph.text);
            }
        }
        out
    }

    #[test]
    fn blanks_between_han_and_latin() {
        let text = "我在 OpenAI工作了5年 ，用“AI”和 GPT 写";
        for (spacing, want) in [
            (Spacing::Keep, text),
            (Spacing::Insert, "我在 OpenAI 工作了 5 年 ，用“AI”和 GPT 写"),
            (Spacing::Strip, "我在OpenAI工作了5年 ，用“AI”和GPT写"),
        ] {
            assert_eq!(set(text, spacing, &[]), want);
        }
    }

    #[test]
    fn code_is_left_alone() {
        let text = "用变量a写b";
        let code = text.find('变').map(|at| at..at + 7).into_iter().collect::<Vec<_>>();
        assert_eq!(set(text, Spacing::Insert, &code), "用变量a写 b");
    }
}
