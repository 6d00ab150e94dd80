//! Turns that begin behind `>>`, as captions mark that someone else speaks. Who does is not said: of
//! two one asks; where it cannot be told, all are said by `>>`.

use std::sync::Arc;

use super::labels::Label;
use super::questions::Piece;
use super::start::Start;
use super::view::View;

/// The fewest that are a talk.
const FEWEST: usize = 8;
/// The longest turns that are usual, in bytes.
const LONGEST: usize = 3000;
/// How often who asks does, and how many times as often as the other one.
const ASKS: f64 = 0.3;
const TIMES: f64 = 2.5;

/// Who speaks where nothing tells.
pub const SIGN: &str = ">>";

/// How much speaks for turns behind `>>`, and these.
pub fn chevrons(view: &View<'_>) -> Option<(f64, Vec<Start>)> {
    let places = places(view)?;
    let prose = view.text.prose;
    let asks: Vec<bool> = (0..places.len())
        .map(|at| {
            let end = places.get(at + 1).map_or(view.span.end, |next| next.0);
            prose.slice(places[at].1..end).contains(['?', '？'])
        })
        .collect();
    let starts: Vec<Start> = match asker(&asks) {
        Some(asker) => by_turns(&places, asker),
        None => {
            let label = Arc::new(Label::new(SIGN, SIGN));
            places.iter().map(|&(at, text)| Start::new(at, text, Arc::clone(&label))).collect()
        }
    };
    Some((starts.len() as f64 * 0.6, starts))
}

/// Where turns and their texts begin, where paragraphs begin with `>>`.
fn places(view: &View<'_>) -> Option<Vec<(u32, u32)>> {
    let prose = view.text.prose;
    let mut places: Vec<(u32, u32)> = Vec::new();
    let (mut within, mut lone) = (0, 0);
    for (number, piece) in view.pieces.iter().enumerate() {
        let text = prose.slice(piece.span.clone());
        let at = piece.span.start;
        // `>>>` and `>` are what others wrote.
        if text.contains(">>>") || text.starts_with('>') && !text.starts_with(SIGN) {
            return None;
        }
        match text.strip_prefix(SIGN).map(str::trim_start) {
            Some(said) if said.chars().any(char::is_alphanumeric) => {
                within += said.matches(SIGN).count();
                places.push((at, at + (text.len() - said.len()) as u32));
            }
            // Who speaks first needs no sign.
            _ if number == 0 => places.push((at, at)),
            _ => within += text.matches(SIGN).count(),
        }
    }
    // Below each of what a letter quotes stands one reply.
    let signed = |piece: &Piece| prose.slice(piece.span.clone()).starts_with(SIGN);
    for of in view.pieces.windows(3) {
        lone += usize::from(signed(&of[0]) && !signed(&of[1]) && signed(&of[2]));
    }
    if lone * 10 >= places.len() * 7 {
        return None;
    }
    // Who puts one now and then does not part turns with them, nor does code.
    let length = view.span.end.saturating_sub(view.span.start) as usize;
    (places.len() >= FEWEST && within * 5 <= places.len() && length <= places.len() * LONGEST)
        .then_some(places)
}

/// Which of two asks, who speak by turns: the first or the second, throughout the text.
fn asker(asks: &[bool]) -> Option<usize> {
    let share = |of: &[bool], side: usize| {
        let of = of.iter().skip(side).step_by(2);
        of.clone().filter(|&&asks| asks).count() as f64 / of.count().max(1) as f64
    };
    // Halves of whole pairs: one turn too many makes the other one ask from there on.
    let halves = asks.split_at(asks.len() / 4 * 2);
    (0..2).find(|&side| {
        let (own, other) = (share(asks, side), share(asks, 1 - side));
        let throughout =
            [halves.0, halves.1].iter().all(|of| share(of, side) > share(of, 1 - side));
        own >= ASKS && own >= other * TIMES && throughout
    })
}

/// Turns of two, of whom the one who speaks at `asker` and at every second place from there asks.
fn by_turns(places: &[(u32, u32)], asker: usize) -> Vec<Start> {
    let start = |(number, &(at, text)): (usize, &(u32, u32))| match number % 2 == asker {
        true => Start::question(at, text),
        false => Start::answer(at, text),
    };
    places.iter().enumerate().map(start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_of_two() {
        let of = |signs: &str| asker(&signs.chars().map(|c| c == '?').collect::<Vec<_>>());
        assert_eq!(of("?.?.?.?."), Some(0));
        assert_eq!(of(".?...?.?.?"), Some(1));
        // A third voice, or a turn that is missing.
        assert_eq!(of("?..?.?.?"), None);
        assert_eq!(of("?.?..?.?"), None);
        assert_eq!(of("........"), None);
    }

    fn names(text: &str) -> Vec<String> {
        let read = crate::interview::read(crate::format::plain::read(text));
        read.turns.iter().map(|turn| read.speaker(turn.speaker).name.clone()).collect()
    }

    #[test]
    fn signs_within_lines_part_no_turns() {
        let talk = "Good evening.\n>> Why so late?\n>> The road was wet.\n".repeat(4);
        assert_eq!(names(&talk[14..]).len(), 12 - 4);
        for other in ["It goes on. Read more >>\n\n", "`date >> log` keeps it.\n\n", ">>> cin\n\n"]
        {
            assert!(names(&other.repeat(12)).is_empty(), "{other}");
        }
    }
}
