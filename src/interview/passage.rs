//! A stretch of an article → a [`Selector`] that finds it again, after the article was re-wrapped,
//! re-exported or edited: see [`Searcher`].

mod approximate;
pub mod normal;
mod search;

pub use search::{Found, Searcher};

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Interview;

/// How many characters of the surroundings a selector keeps on each side.
pub const CONTEXT: usize = 32;

/// How many characters stand for a position, see [`select_at`].
const PLACE: usize = 32;

/// A passage as the W3C Web Annotation Data Model describes one: a `TextQuoteSelector` and a
/// `TextPositionSelector` in one, under their names, with the turn it stood in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Selector {
    /// The passage, as it stands in the prose.
    pub exact: String,
    /// At most [`CONTEXT`] characters before it.
    pub prefix: String,
    /// At most [`CONTEXT`] characters behind it.
    pub suffix: String,
    /// Where it begins, in code points of the prose.
    pub start: u32,
    /// Where it ends, in code points of the prose.
    pub end: u32,
    /// The turn it begins in, counted from 0 as in the export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// Who speaks there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
}

/// The selector of the bytes in `range`, white space at its ends left out. A range that lies
/// outside the text, or off a character boundary, is made to fit.
pub fn select(interview: &Interview, range: Range<u32>) -> Selector {
    let prose = &interview.prose;
    let text = prose.text();
    let start = text.floor_char_boundary(range.start as usize);
    let end = text.ceil_char_boundary(range.end as usize).max(start);
    let exact = text[start..end].trim_end();
    let start = start + exact.len() - exact.trim_start().len();
    let exact = exact.trim_start();
    let end = start + exact.len();
    let from = text[..start].char_indices().rev().take(CONTEXT).last().map_or(start, |(at, _)| at);
    let turn = prose.block_at(start as u32).and_then(|block| interview.turn_of(block));
    let points = text[..start].chars().count() as u32;
    Selector {
        exact: exact.to_owned(),
        prefix: text[from..start].to_owned(),
        suffix: text[end..].chars().take(CONTEXT).collect(),
        start: points,
        end: points + exact.chars().count() as u32,
        turn: turn.map(|turn| turn.0),
        speaker: turn.map(|turn| interview.speaker(interview.turn(turn).speaker).name.clone()),
    }
}

/// The selector of a position: of the few characters that begin at `offset`, a byte in the prose;
/// in front of the text's end, those that end there.
pub fn select_at(interview: &Interview, offset: u32) -> Selector {
    let text = interview.prose.text();
    let start = text.floor_char_boundary(offset as usize);
    let rest = &text[start..];
    if rest.trim().is_empty() {
        let kept = text.trim_end().len();
        let from = text[..kept].char_indices().rev().take(PLACE).last().map_or(0, |(at, _)| at);
        return select(interview, from as u32..kept as u32);
    }
    let length = rest.char_indices().nth(PLACE).map_or(rest.len(), |(at, _)| at);
    select(interview, start as u32..(start + length) as u32)
}
