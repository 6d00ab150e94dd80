//! Turns that begin behind `>>`, as captions mark that someone else speaks. Who does is not said: of
//! two one asks; where it cannot be told, all are said by `>>`.

use std::sync::Arc;

use super::labels::Label;
use super::start::Start;
use super::view::View;

/// The fewest that are a talk.
const FEWEST: usize = 8;
/// The longest turns that are usual, in bytes.
const LONGEST: usize = 3000;
/// How often who asks does, and how many times as often as the other one.
const ASKS: f64 = 0.25;
const TIMES: f64 = 2.0;

/// Who speaks where nothing tells.
pub const SIGN: &str = ">>";

/// How much speaks for turns behind `>>`, and these.
pub fn chevrons(view: &View<'_>) -> Option<(f64, Vec<Start>)> {
    let prose = view.text.prose;
    // `>>>` and `>` are what others wrote.
    let quoted =
        |text: &str| text.contains(">>>") || text.starts_with('>') && !text.starts_with(">>");
    let mut places: Vec<(u32, u32)> = Vec::new();
    for (number, piece) in view.pieces.iter().enumerate() {
        let text = prose.slice(piece.span.clone());
        if quoted(text) {
            return None;
        }
        let signs = memchr::memmem::find_iter(text.as_bytes(), b">>");
        let begins =
            |&at: &usize| text[..at].is_empty() || text[..at].ends_with(char::is_whitespace);
        for at in signs.filter(begins) {
            // Who speaks first needs no sign.
            if places.is_empty() && at > 0 && number == 0 {
                places.push((piece.span.start, piece.span.start));
            }
            let said = text[at + 2..].trim_start();
            let behind = (text.len() - said.len()) as u32;
            places.push((piece.span.start + at as u32, piece.span.start + behind));
        }
        if number == 0 && places.is_empty() {
            places.push((piece.span.start, piece.span.start));
        }
    }
    // Who puts one now and then does not part turns with them.
    let length = view.span.end.saturating_sub(view.span.start) as usize;
    if places.len() < FEWEST || length > places.len() * LONGEST {
        return None;
    }
    let asks = |at: usize| {
        let end = places.get(at + 1).map_or(view.span.end, |next| next.0);
        prose.slice(places[at].1..end).contains(['?', '？'])
    };
    let share = |side: usize| {
        let of = (side..places.len()).step_by(2);
        of.clone().filter(|&at| asks(at)).count() as f64 / of.count().max(1) as f64
    };
    let (first, second) = (share(0), share(1));
    let starts: Vec<Start> = if first >= ASKS && first >= second * TIMES {
        by_turns(&places, 0)
    } else if second >= ASKS && second >= first * TIMES {
        by_turns(&places, 1)
    } else {
        let label = Arc::new(Label::new(SIGN, SIGN));
        places.iter().map(|&(at, text)| Start::new(at, text, Arc::clone(&label))).collect()
    };
    Some((starts.len() as f64 * 0.6, starts))
}

/// Turns of two, of whom the one who speaks at `asker` and at every second place from there asks.
fn by_turns(places: &[(u32, u32)], asker: usize) -> Vec<Start> {
    let start = |(number, &(at, text)): (usize, &(u32, u32))| match number % 2 == asker {
        true => Start::question(at, text),
        false => Start::answer(at, text),
    };
    places.iter().enumerate().map(start).collect()
}
