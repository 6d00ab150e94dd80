//! Questions that nothing sets apart but that they ask: paragraphs that do so and no more, each with
//! an answer below.

use super::persons;
use super::questions::{Piece, Question, Questions, Set, asks};
use super::tongue::Tongue;
use crate::prose::Prose;

/// The fewest that are believed.
const FEWEST: usize = 8;
/// The longest, in characters.
const LONGEST: usize = 240;
/// How many paragraphs an answer has at most, where as many are a question as usual.
const ANSWER: usize = 5;
/// How many paragraphs one has at most that is much longer than most.
const APART: usize = 24;
/// The most bytes of a question that another one above leads to.
const OUTSPOKEN: usize = 160;

/// The questions among plain paragraphs, where nothing else is set apart.
pub fn alone(prose: &Prose, pieces: &[Piece], tongue: Tongue) -> Option<Questions> {
    let mut asked: Vec<bool> = pieces.iter().map(|piece| is_question(prose, piece)).collect();
    for at in 1..pieces.len() {
        asked[at] &= !(asked[at - 1] && is_longer(prose, &pieces[at], &pieces[at - 1]));
    }
    let first = asked.iter().position(|&asks| asks)?;
    let last = asked.iter().rposition(|&asks| asks)?;
    of_talk(prose, pieces, &asked, first, last)
        .or_else(|| {
            longest(&asked).and_then(|(first, last)| of_talk(prose, pieces, &asked, first, last))
        })
        .map(|found| {
            let persons = persons::persons(prose, &found, tongue);
            Questions { set: Set::Alone, found, asking: 1.0, persons, titles: false }
        })
}

/// The questions from one to another, if they may be a talk's.
fn of_talk(
    prose: &Prose,
    pieces: &[Piece],
    asked: &[bool],
    first: usize,
    last: usize,
) -> Option<Vec<Question>> {
    let mut found: Vec<Question> = Vec::new();
    let mut several = 0;
    for at in (first..=last).filter(|&at| asked[at]) {
        let Piece { span, .. } = &pieces[at];
        match found.last_mut().filter(|_| at > first && asked[at - 1]) {
            // Who asks again below the question goes on.
            Some(question) => {
                question.end = span.end;
                several += 1;
            }
            None => found.push(Question { at: span.start, text: span.start, end: span.end }),
        }
    }
    let said = last + 1 - first;
    // Colons, and quotes at the end, are those of a story, where somebody is said to ask.
    let told = |question: &&Question| {
        let text = prose.slice(question.at..question.end).trim();
        text.contains('：') || text.ends_with(['”', '」', '』', '»', '"'])
    };
    let talk = found.len() >= FEWEST
        && found.iter().filter(told).count() * 5 <= found.len()
        && several * 5 <= found.len()
        && said <= found.len() * (ANSWER + 1)
        && last + 1 < pieces.len();
    talk.then_some(found)
}

/// The first and the last question of the most that follow each other closely: what readers ask
/// one another far below is no part of it.
fn longest(asked: &[bool]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize, usize)> = None;
    let mut here: Option<(usize, usize, usize)> = None;
    for at in (0..asked.len()).filter(|&at| asked[at]) {
        here = match here {
            Some((first, last, count)) if at - last <= APART => Some((first, at, count + 1)),
            _ => Some((at, at, 1)),
        };
        if here.map(|it| it.2) > best.map(|it| it.2) {
            best = here;
        }
    }
    best.map(|(first, last, _)| (first, last))
}

/// Whether a paragraph is so much longer than the question above that it is the answer, though it
/// ends in a question.
fn is_longer(prose: &Prose, piece: &Piece, above: &Piece) -> bool {
    let length = |piece: &Piece| prose.slice(piece.span.clone()).trim().len();
    length(piece) > OUTSPOKEN.max(3 * length(above))
}

/// Whether a piece is a plain paragraph that asks, and does no more.
pub fn is_question(prose: &Prose, piece: &Piece) -> bool {
    is_whole(prose, piece) && only_asks(prose, piece)
}

/// Whether a plain piece asks, and does no more.
pub fn only_asks(prose: &Prose, piece: &Piece) -> bool {
    let text = prose.slice(piece.span.clone()).trim();
    piece.set == Set::Plain
        && text.chars().nth(LONGEST).is_none()
        && asks(text)
        && (text.ends_with(['?', '？']) || is_one_sentence(text))
}

/// Whether a text is no more than `Tell us about the boats.`
fn is_one_sentence(text: &str) -> bool {
    let stops = |c: char| matches!(c, '.' | '。' | '?' | '？' | '!' | '！');
    !text.trim_end_matches(stops).contains(stops)
}

/// Whether a piece is all of its paragraph.
fn is_whole(prose: &Prose, piece: &Piece) -> bool {
    prose.block_at(piece.span.start).is_some_and(|block| {
        let content = prose.content(block);
        content.start == piece.span.start && content.end == piece.span.end
    })
}
