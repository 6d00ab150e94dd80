//! What nearly all paragraphs of a stretch are, and what therefore is no mark of one.

use std::ops::Range;

use super::Role;
use super::leads;
use super::remarks::starts_with_dash;
use super::setting::{Set, Throughout, is_set};
use crate::prose::{BlockId, Kind, Prose, Style};

/// How many quoted paragraphs are emphasised where all are quoted.
const FRAMED: usize = 3;
/// More than so many bold paragraphs begin with a dash, where that parts them.
const DASHED: usize = 8;

/// What nearly all paragraphs of a stretch are, where something else parts them.
pub fn throughout(prose: &Prose, roles: &[Role], within: &Range<u32>) -> Throughout {
    let blocks = prose.blocks();
    let first = blocks.partition_point(|block| block.span.start < within.start);
    let end = blocks.partition_point(|block| block.span.start < within.end);
    let text = |at: &usize| blocks[*at].kind == Kind::Paragraph && roles[*at] == Role::Text;
    let of: Vec<usize> = (first..end).filter(text).collect();
    Throughout { quoted: are_quoted(prose, &of), bold: are_bold(prose, &of) }
}

/// Whether most paragraphs are quoted, and some of them or their first words emphasised: then the talk
/// as a whole is.
fn are_quoted(prose: &Prose, of: &[usize]) -> bool {
    let quoted = |at: &&usize| prose.blocks()[**at].quote > 0;
    let emphasised = |at: &&usize| {
        let content = prose.content(BlockId(**at as u32));
        [Style::STRONG, Style::EMPHASIS].iter().any(|of| is_set(prose, content.clone(), *of))
            || leads::pieces(prose, content, false).first().is_some_and(|it| it.set != Set::Plain)
    };
    let count = of.iter().filter(quoted).count();
    count > 0
        && count * 3 >= of.len() * 2
        && of.iter().filter(quoted).filter(emphasised).take(FRAMED).count() == FRAMED
}

/// Whether nearly all paragraphs are bold, and many of them begin with a dash: that parts them.
fn are_bold(prose: &Prose, of: &[usize]) -> bool {
    let content = |at: &usize| prose.content(BlockId(*at as u32));
    let bold = |at: &&usize| is_set(prose, content(at), Style::STRONG);
    let dashed = |at: &&usize| starts_with_dash(prose.slice(content(at))) && bold(at);
    of.iter().filter(dashed).nth(DASHED).is_some()
        && of.iter().filter(bold).count() * 5 >= of.len() * 4
}
