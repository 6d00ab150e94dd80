//! Questions on a line of their own right above the label of who answers, in one paragraph with it.

use super::alone::only_asks;
use super::keyed::Keyed;
use super::labels::{Close, Place};
use super::questions::Piece;
use crate::prose::Prose;
use crate::text::maps::Map;

/// From how many labels on a name is one of somebody who answers.
const OFTEN: u32 = 3;

/// The pieces, those parted in which a line that only asks stands above a label: before the line, and
/// before the label.
pub fn parted_at_labels(prose: &Prose, pieces: Vec<Piece>, keyed: &[Keyed<'_>]) -> Vec<Piece> {
    let label = |keyed: &&Keyed<'_>| {
        let form = keyed.candidate.form;
        form.close == Close::Colon && form.place == Place::Text
    };
    let mut counts: Map<usize, u32> = Map::default();
    for keyed in keyed.iter().filter(label) {
        *counts.entry(keyed.id).or_default() += 1;
    }
    let often = |keyed: &&Keyed<'_>| counts.get(&keyed.id).is_some_and(|&count| count >= OFTEN);
    let mut labels =
        keyed.iter().filter(label).filter(often).map(|it| it.candidate.start).peekable();
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        // Where a label stood last.
        let mut last = None;
        while let Some(at) = labels.next_if(|&at| at <= piece.span.start) {
            last = Some(at);
        }
        let mut from = piece.span.start;
        while let Some(at) = labels.next_if(|&at| at < piece.span.end) {
            let line = prose.breaks_in(from + 1..at).last().map_or(from, |&line| line);
            let begins = !prose.breaks_in(at..at + 1).is_empty();
            let asked = Piece { span: line..at, set: piece.set };
            if begins && last != Some(line) && only_asks(prose, &asked) {
                if from < line {
                    out.push(Piece { span: from..line, set: piece.set });
                }
                out.push(asked);
                from = at;
            }
            last = Some(at);
        }
        if from < piece.span.end {
            out.push(Piece { span: from..piece.span.end, set: piece.set });
        }
    }
    out
}
