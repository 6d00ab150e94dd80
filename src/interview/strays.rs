//! Questions that are set otherwise than the others of an interview: their emphasis was forgotten,
//! or is another one, or the dash before them.

use super::asking::asks;
use super::setting::{Piece, Question, Set, sign};
use super::tongue::{Tongue, says_i, says_you};
use crate::prose::Prose;

/// The longest question that is set otherwise, in characters.
const LONGEST: usize = 120;
/// The dashes that stand before questions.
const DASHES: [char; 7] = ['―', '—', '─', '–', '-', '−', '‐'];

/// Makes one of the dashes where nearly all are: who types takes any of them.
pub fn one_dash(pieces: &mut [Piece]) {
    let dash = |piece: &Piece| match piece.set {
        Set::Sign(sign) => DASHES.iter().position(|dash| *dash == sign),
        _ => None,
    };
    let mut counts = [0_usize; DASHES.len()];
    for at in pieces.iter().filter_map(dash) {
        counts[at] += 1;
    }
    let all: usize = counts.iter().sum();
    let most = counts.iter().enumerate().max_by_key(|(_, count)| **count);
    let Some((most, _)) = most.filter(|(_, count)| **count >= 4 && **count * 3 >= all * 2) else {
        return;
    };
    for piece in pieces.iter_mut().filter(|piece| dash(piece).is_some()) {
        piece.set = Set::Sign(DASHES[most]);
    }
}

/// Lets questions behind a dash that only state go on with the paragraph below that asks, where an answer
/// stands below it: `―それは楽しそうですね。`, and then `何か思い出はありますか？`.
pub fn go_on(prose: &Prose, pieces: &[Piece], way: Set, found: &mut [Question]) {
    if !matches!(way, Set::Sign(sign) if DASHES.contains(&sign)) {
        return;
    }
    let text = |piece: &Piece| prose.slice(piece.span.clone()).trim();
    for question in found.iter_mut() {
        let next = pieces.partition_point(|piece| piece.span.start < question.end);
        let [below, behind, ..] = &pieces[next.min(pieces.len())..] else { continue };
        let plain = below.set == Set::Plain && behind.set == Set::Plain;
        let short = text(below).chars().nth(LONGEST).is_none();
        if plain && short && asks(text(below)) && !asks(text(behind)) {
            let stated = !asks(prose.slice(question.text..question.end).trim());
            question.end = if stated { below.span.end } else { question.end };
        }
    }
}

/// Adds to the questions of a way those among the answers that are set otherwise: a paragraph that
/// does nothing but ask, with an answer behind it. They are few, or ask whoever answers: else those
/// who answer ask themselves.
pub fn add(prose: &Prose, pieces: &[Piece], way: Set, found: &mut Vec<Question>, tongue: Tongue) {
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return };
    let from = pieces.partition_point(|piece| piece.span.start < first.end);
    let to = pieces.partition_point(|piece| piece.span.start < last.at);
    let text = |piece: &Piece| prose.slice(piece.span.clone()).trim();
    let dashed = |piece: &Piece| matches!(piece.set, Set::Sign(sign) if DASHES.contains(&sign));
    let said = |piece: &Piece| {
        piece.set != way && (matches!(piece.set, Set::Plain | Set::Speech) || dashed(piece))
    };
    let apart = |piece: &Piece| {
        said(piece) || piece.set != way && matches!(piece.set, Set::Bold | Set::Italic)
    };
    let alone = |piece: &Piece| {
        let text = text(piece);
        (text.ends_with(['?', '？']) || dashed(piece) && asks(text))
            && text.chars().nth(LONGEST).is_none()
            && !text.contains(['。'])
            // Who asks of oneself goes on.
            && (says_you(text, tongue) || !says_i(text, tongue))
    };
    let mut more: Vec<&Piece> = pieces[from.min(to)..to]
        .windows(3)
        .filter(|of| said(&of[0]) && apart(&of[1]) && said(&of[2]))
        .filter(|of| alone(&of[1]) && !alone(&of[2]))
        .map(|of| &of[1])
        .collect();
    if more.len() * 6 > found.len() {
        more.retain(|piece| says_you(text(piece), tongue));
    }
    for piece in more {
        let at = piece.span.start;
        let lead = match piece.set {
            Set::Sign(_) => sign(prose.slice(piece.span.clone()), piece.set),
            _ => 0,
        };
        found.push(Question { at, text: at + lead, end: piece.span.end });
    }
    found.sort_by_key(|question| question.at);
}
