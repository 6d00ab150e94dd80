//! Questions that are set apart and carry no label: headings, or paragraphs that are all bold.

use super::Role;
use crate::prose::{BlockId, Kind, Prose, Style};

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The byte it begins at.
    pub at: u32,
    /// Its last block.
    pub last: BlockId,
}

/// The least questions of an interview.
const FEWEST: usize = 4;

/// The questions of a document, where most of what is set apart like them asks; else none.
pub fn questions(prose: &Prose, roles: &[Role]) -> Vec<Question> {
    let mut best = Vec::new();
    for level in 2..=6 {
        let found = set_apart(prose, roles, |id| prose.block(id).kind == Kind::Heading(level), 0.6);
        if found.len() > best.len() {
            best = found;
        }
    }
    let bold = set_apart(prose, roles, |id| is_bold(prose, id), 0.6);
    if bold.len() > best.len() { bold } else { best }
}

fn set_apart(
    prose: &Prose,
    roles: &[Role],
    is: impl Fn(BlockId) -> bool,
    most: f64,
) -> Vec<Question> {
    let open = |at: &u32| matches!(roles[*at as usize], Role::Text | Role::Section);
    let blocks: Vec<BlockId> =
        (0..prose.blocks().len() as u32).filter(open).map(BlockId).filter(|&id| is(id)).collect();
    let asks = |id: BlockId| {
        let text = prose.slice(prose.content(id));
        text.trim_end_matches(['”', '"', '」', ')', '）', ' ', '*']).ends_with(['?', '？'])
    };
    let asking = blocks.iter().filter(|&&id| asks(id)).count();
    if asking < FEWEST || (asking as f64) < blocks.len() as f64 * most {
        return Vec::new();
    }
    // A question fills its paragraph or two; what is answered by nothing is none.
    let mut out: Vec<Question> = Vec::new();
    for id in blocks {
        let start = prose.block(id).span.start;
        match out.last_mut() {
            Some(last) if last.last.next() == id => last.last = id,
            _ if asks(id) => out.push(Question { at: start, last: id }),
            _ => {}
        }
    }
    out
}

/// Whether all of a paragraph is bold.
fn is_bold(prose: &Prose, id: BlockId) -> bool {
    let content = prose.content(id);
    if prose.block(id).kind != Kind::Paragraph || content.len() < 6 {
        return false;
    }
    let strong: usize = prose
        .runs_in(content.clone())
        .iter()
        .filter(|run| run.style.contains(Style::STRONG))
        .map(|run| run.span.len())
        .sum();
    strong + 4 >= content.len()
}
