//! Where in a value of JSON or YAML the transcript is: the array with most text in it, speakers before
//! none and sentences before words, and all its parts.

use std::collections::HashMap;

use super::likely;
use super::piece::{Names, Piece, folded, half, pieces};
use super::value::Value;

/// What an array's pieces are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pieces {
    /// What somebody says each time.
    Turns,
    /// What is heard without a pause.
    Cues,
}

/// An array that may be the transcript.
#[derive(Debug)]
pub struct Transcript {
    name: String,
    /// What is said, in order.
    pub pieces: Vec<Piece>,
    length: usize,
}

/// Lists of what a sentence is made of, and of what was heard instead of it.
const WORDS: &[&str] = &["words", "tokens", "items", "elements", "alternatives", "nbest"];

/// The ways down to values: those that are called alike are one.
#[derive(Debug, Default)]
struct Ways {
    names: Vec<String>,
    known: HashMap<(u32, String), u32>,
}

impl Ways {
    /// The way to what is called so below another.
    fn below(&mut self, way: u32, name: &str) -> u32 {
        *self.known.entry((way, folded(name))).or_insert_with_key(|(_, name)| {
            self.names.push(name.clone());
            self.names.len() as u32
        })
    }

    /// What the last one on a way is called.
    fn name(&self, way: u32) -> &str {
        way.checked_sub(1).map_or("", |at| &self.names[at as usize])
    }
}

/// The array of objects that is most likely the transcript; tables of names go to `names`.
///
/// A transcript in parts has an array in each: those that are called alike on the way down are one.
pub fn transcript(whole: &Value<'_>, names: &mut Names) -> Option<Transcript> {
    let mut best: Option<Transcript> = None;
    let mut parted: Vec<Transcript> = Vec::new();
    let mut parts: HashMap<u32, usize> = HashMap::new();
    let mut ways = Ways::default();
    let holds = |value: &Value<'_>| matches!(value, Value::Object(_) | Value::Array(_));
    // serde_json reads at most 128 levels, so the way down is short. With each value: whether it is
    // within what somebody says.
    let mut open = vec![(0, false, whole)];
    while let Some((way, within, value)) = open.pop() {
        names.take(ways.name(way), value);
        match value {
            Value::Object(object) => {
                for (name, value) in object.iter().filter(|(_, value)| holds(value)) {
                    open.push((ways.below(way, name), within, value));
                }
            }
            Value::Array(array) => {
                let name = ways.name(way);
                let heard = matches!(name, "alternatives" | "nbest");
                let here = (!heard).then(|| Transcript::new(name, array));
                let here = here.filter(|here| here.is_whole(array) && here.length > 0);
                let speaks = here.as_ref().is_some_and(Transcript::has_speakers);
                let part = speaks && !within && !WORDS.contains(&name);
                let below = array.iter().filter(|value| holds(value)).rev();
                open.extend(below.map(|value| (way, within || part, value)));
                let Some(here) = here else { continue };
                let first = parts.get(&way).copied().filter(|_| part);
                match first.map(|first| &mut parted[first]) {
                    Some(first) if first.goes_on_with(&here) => first.add(here),
                    None if part => {
                        parts.insert(way, parted.len());
                        parted.push(here);
                    }
                    _ if best.as_ref().is_none_or(|best| here.is_better(best)) => best = Some(here),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if best.is_none() && parted.is_empty() {
        best = likely(whole);
    }
    let better = |best: Transcript, other: Transcript| match other.is_better(&best) {
        true => other,
        false => best,
    };
    best.into_iter().chain(parted).reduce(better)
}

/// The same by what values are like, where no name of a field tells.
fn likely(whole: &Value<'_>) -> Option<Transcript> {
    let mut best: Option<Transcript> = None;
    let mut open = vec![whole];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => open.extend(object.iter().map(|(_, value)| value)),
            Value::Array(array) => {
                open.extend(array);
                let Some(pieces) = likely::pieces(array) else { continue };
                let length = pieces.iter().map(|piece| piece.text.len()).sum();
                if best.as_ref().is_none_or(|best| length > best.length) {
                    // So called, they are what somebody says until the next one does.
                    best = Some(Transcript { name: "turns".to_owned(), pieces, length });
                }
            }
            _ => {}
        }
    }
    best
}

impl Transcript {
    fn new(name: &str, array: &[Value<'_>]) -> Self {
        let mut pieces: Vec<Piece> = array.iter().flat_map(pieces).collect();
        if pieces.iter().all(|piece| piece.heading) {
            // Each half of a talk has objects of its own.
            let halves: Vec<Piece> = array.iter().filter_map(half).collect();
            let has =
                |name: &str| halves.iter().any(|piece| piece.speaker.as_deref() == Some(name));
            if has("Q") && has("A") {
                pieces = halves;
            }
        }
        let said = pieces.iter().filter(|piece| !piece.heading);
        let length = said.map(|piece| piece.text.len()).sum();
        Self { name: name.to_owned(), pieces, length }
    }

    /// Whether most of an array is said.
    fn is_whole(&self, array: &[Value<'_>]) -> bool {
        let said = self.said().count();
        // Titles alone are a list of something else.
        let titles = self.pieces.len() - said;
        said * 2 > array.len().saturating_sub(titles).max(titles)
    }

    /// Whether another is its next part: not the same talk in another language, or what one of those
    /// who speak says all the time.
    fn goes_on_with(&self, more: &Self) -> bool {
        let begins = more.pieces.iter().find_map(|piece| piece.start);
        let ended = self.pieces.iter().rev().find_map(|piece| piece.start);
        let speakers =
            |of: &Self| of.pieces.iter().map(|it| it.speaker.clone()).collect::<Vec<_>>();
        match begins.zip(ended) {
            Some((begins, ended)) => begins >= ended,
            None => self.pieces.len() != more.pieces.len() || speakers(self) != speakers(more),
        }
    }

    /// Adds what is behind it.
    fn add(&mut self, more: Self) {
        self.pieces.extend(more.pieces);
        self.length += more.length;
    }

    /// Whether this is rather the transcript than another: one that has hardly half of the text is
    /// not; speakers, sentences and several pieces are better than none.
    fn is_better(&self, other: &Self) -> bool {
        if self.length * 2 < other.length || other.length * 2 < self.length {
            return self.length > other.length;
        }
        let rank = |it: &Self| (it.has_speakers(), !it.is_words(), it.pieces.len() > 1, it.length);
        rank(self) > rank(other)
    }

    /// Its pieces without titles.
    fn said(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| !piece.heading)
    }

    fn has_speakers(&self) -> bool {
        self.said().filter(|piece| piece.speaker.is_some()).count() * 4 >= self.said().count()
    }

    /// Whether it was heard word by word.
    fn is_words(&self) -> bool {
        let single = |piece: &&Piece| !piece.text.trim().contains(char::is_whitespace);
        self.pieces.len() >= 4
            && self.length <= self.pieces.len() * 12
            && self.pieces.iter().filter(single).count() * 10 >= self.pieces.len() * 9
    }

    /// Whether its pieces are cues: by its name, because they say when they end, or because most end
    /// within a sentence.
    pub fn kind(&self) -> Pieces {
        let all = self.said().count();
        let timed = self.said().filter(|piece| piece.end.is_some()).count();
        let cut = self.said().filter(|piece| !is_sentence(&piece.text)).count();
        let named = ["segments", "cues", "captions", "chunks"].contains(&self.name.as_str());
        // Whatever is called so begins where somebody begins to speak.
        let turns = ["utterances", "monologues", "turns", "paragraphs"];
        let timed = timed * 10 >= all * 9 && !turns.contains(&self.name.as_str());
        if named || timed || cut * 2 > all { Pieces::Cues } else { Pieces::Turns }
    }
}

/// Whether a text ends as a sentence does.
pub fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "”’」』)）\"'".contains(c));
    text.ends_with(['.', '?', '!', '。', '？', '！', '…', '—', '-'])
}
