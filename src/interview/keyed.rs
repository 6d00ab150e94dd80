//! Candidates with the numbers of their names, and the text they stand in with what is looked up in
//! it again and again.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::fields::is_field;
use super::labels::{Candidate, Form, Label, Likeness, likeness};
use super::names::is_whole;
use super::tongue::Tongue;
use super::{announced, asking};
use crate::prose::{BlockId, Kind, Prose};
use crate::text::maps::Map;
use crate::text::parallel::shares;
use crate::text::sign::places;

/// A candidate with the number of its name.
#[derive(Clone, Copy, Debug)]
pub struct Keyed<'a> {
    /// The place of its name in [`Names`].
    pub id: usize,
    /// It.
    pub candidate: &'a Candidate,
}

/// The names of all candidates.
#[derive(Debug, Default)]
pub struct Names {
    /// Each as a [`key`](super::labels::key).
    pub keys: Vec<String>,
    /// Each as it is printed first.
    pub shown: Vec<String>,
    /// What each is like.
    pub likeness: Vec<Likeness>,
    /// Which are names of fields as well: credits come twice, at both ends of an article.
    pub fields: Vec<bool>,
    /// Those that are counted as another one, with that one.
    pub short: Vec<(usize, usize)>,
}

/// A text with what is looked up in it again and again.
#[derive(Debug)]
pub struct Text<'a> {
    /// The text.
    pub prose: &'a Prose,
    /// The names in it.
    pub names: Names,
    /// Where it asks: the bytes of its question marks.
    pub marks: Vec<u32>,
    /// Where its sections begin.
    pub headings: Vec<u32>,
    /// The names that its legends tell of, as keys.
    pub told: Vec<String>,
    /// The short names and the whole ones that its legends say are one's, as keys.
    pub same: Vec<(String, String)>,
    /// What its front matter says of it, in small letters.
    pub head: String,
    /// Whether its beginning says that it is an interview, where that was asked.
    pub announced: OnceLock<bool>,
    /// Its language.
    pub tongue: Tongue,
}

impl Text<'_> {
    /// Whether its beginning says that it is an interview, or it is heard.
    pub fn is_announced(&self) -> bool {
        *self.announced.get_or_init(|| announced::begins_so(self) || self.is_heard())
    }

    /// Whether it was heard: each of the first paragraphs has a time.
    pub fn is_heard(&self) -> bool {
        let first = self.prose.blocks().get(..HEARD);
        first.is_some_and(|first| first.iter().all(|block| block.time.is_some()))
    }
}

/// How many paragraphs are looked at to tell whether a text is heard.
const HEARD: usize = 6;
/// How often somebody asks who asks often.
const OFTEN: usize = 3;

/// A text, and its candidates without those whose name nobody has here.
pub fn keyed<'a>(
    prose: &'a Prose,
    candidates: &'a [Candidate],
    head: String,
    tongue: Tongue,
) -> (Text<'a>, Vec<Keyed<'a>>) {
    let (names, keyed) = names(candidates);
    let mut marks = Vec::new();
    for share in shares(prose.blocks().len(), |share| marks_of(prose, share, tongue)) {
        marks.extend(share);
    }
    let blocks = prose.blocks().iter();
    let headings = blocks.filter(|block| matches!(block.kind, Kind::Heading(_)));
    let headings = headings.map(|block| block.span.start).collect();
    let text = Text {
        prose,
        names,
        marks,
        headings,
        told: Vec::new(),
        same: Vec::new(),
        head,
        announced: OnceLock::new(),
        tongue,
    };
    (text, keyed)
}

fn names(candidates: &[Candidate]) -> (Names, Vec<Keyed<'_>>) {
    let mut names = Names::default();
    let mut ids: HashMap<&str, usize> = HashMap::new();
    // Candidates share what they say: most are known by that alone.
    let mut known: Map<*const Label, Option<usize>> = Map::default();
    let mut keyed = Vec::with_capacity(candidates.len());
    // `问题：` is a speaker where `答：` is one, or `问：` often; else it is what is wrong, or to be
    // solved.
    let answered = candidates.iter().any(|candidate| candidate.label.answers);
    let asked = candidates
        .iter()
        .filter(|candidate| candidate.label.asks && !is_field(&candidate.label.name));
    let answered = answered || asked.take(OFTEN).count() == OFTEN;
    for candidate in candidates {
        let id = *known.entry(Arc::as_ptr(&candidate.label)).or_insert_with(|| {
            let Label { name, key, asks, .. } = &*candidate.label;
            let speaks = answered || !asks || !is_field(name);
            speaks.then(|| {
                *ids.entry(key).or_insert_with(|| {
                    names.keys.push(key.clone());
                    names.shown.push(name.clone());
                    names.likeness.push(likeness(name));
                    names.fields.push(is_field(name));
                    names.keys.len() - 1
                })
            })
        });
        keyed.extend(id.map(|id| Keyed { id, candidate }));
    }
    let mut same = shortened(&names);
    // What only begins as a field does is none, and a caption is marked otherwise.
    let first = first_words(&names);
    if !first.is_empty() {
        let mut forms: Map<usize, (Form, u32)> = Map::default();
        // Those who speak right behind each other are two.
        let mut beside: Map<(usize, usize), u32> = Map::default();
        let mut last = None;
        for keyed in &keyed {
            forms.entry(keyed.id).or_insert((keyed.candidate.form, 0)).1 += 1;
            if let Some(last) = last {
                *beside.entry((keyed.id.min(last), keyed.id.max(last))).or_default() += 1;
            }
            last = Some(keyed.id);
        }
        same.extend(first.into_iter().filter(|&(short, whole)| {
            let of = |id: usize| forms.get(&id).copied();
            let next = beside.get(&(short.min(whole), short.max(whole))).copied();
            of(short).zip(of(whole)).is_some_and(|(a, b)| {
                a.0 == b.0 && a.1 > 1 && next.unwrap_or_default() * 3 <= a.1.min(b.1)
            })
        }));
    }
    if !same.is_empty() {
        for keyed in &mut keyed {
            keyed.id = same.get(&keyed.id).copied().unwrap_or(keyed.id);
        }
        names.short = same.into_iter().collect();
        names.short.sort_unstable();
    }
    (names, keyed)
}

/// The names that are the initial and the surname of just one whole name, `T. Gale` for `Tom Gale`,
/// with that one.
fn shortened(names: &Names) -> Map<usize, usize> {
    let parts = |id: usize| {
        let (first, last) = names.shown[id].rsplit_once(' ')?;
        let first = first.trim_end();
        let upper = |text: &str| text.starts_with(char::is_uppercase);
        (upper(last) && upper(first)).then_some((first, last))
    };
    let letter = |first: &str| {
        let bare = first.trim_end_matches('.');
        bare.chars().count() == 1 && bare.len() < first.len()
    };
    let mut whole: Map<&str, Vec<usize>> = Map::default();
    let mut short = Vec::new();
    for id in 0..names.shown.len() {
        let Some((first, last)) = parts(id) else { continue };
        if letter(first) {
            short.push((id, first, last));
        } else {
            whole.entry(last).or_default().push(id);
        }
    }
    let of = |(id, first, last): (usize, &str, &str)| {
        let initial = first.chars().next()?;
        let begins = |id: &&usize| {
            let words = names.shown[**id].split(' ').rev().skip(1);
            { words }.any(|word| word.starts_with(initial))
        };
        let mut fits = whole.get(last)?.iter().filter(begins);
        let one = *fits.next()?;
        // The likelier name stays.
        let pair = if names.likeness[one] == Likeness::Phrase { (one, id) } else { (id, one) };
        fits.next().is_none().then_some(pair)
    };
    short.into_iter().filter_map(of).collect()
}

/// The names that are the first word of just one whole name, `Tom` for `Tom Gale`, with that one.
fn first_words(names: &Names) -> Vec<(usize, usize)> {
    let person = |id: &usize| names.likeness[*id] == Likeness::Person;
    let persons = || (0..names.shown.len()).filter(person);
    let mut whole: Map<&str, Vec<usize>> = Map::default();
    for id in persons().filter(|id| is_whole(&names.shown[*id])) {
        let first = names.shown[id].split(' ').next().unwrap_or_default();
        whole.entry(first).or_default().push(id);
    }
    let of = |id: usize| match whole.get(names.shown[id].as_str())?[..] {
        [one] if one != id => Some((id, one)),
        _ => None,
    };
    persons().filter_map(of).collect()
}

/// Where some blocks ask.
fn marks_of(prose: &Prose, within: Range<usize>, tongue: Tongue) -> Vec<u32> {
    let span = prose.span_of(within.clone());
    let (text, bytes) = (prose.slice(span.clone()), prose.text().as_bytes());
    // Japanese asks with か and a full stop.
    let mut marks: Vec<u32> = Vec::new();
    for sign in ["?", "？", "؟", "か。"] {
        marks.extend(places(text, sign).map(|at| span.start + at as u32));
    }
    // A question mark before a letter is an address's.
    let address = |at: u32| {
        bytes[at as usize] == b'?'
            && bytes.get(at as usize + 1).is_some_and(u8::is_ascii_alphanumeric)
    };
    marks.retain(|&at| !address(at));
    // Korean asks by its endings.
    if tongue == Some("ko") {
        let contents = within.map(|at| prose.content(BlockId(at as u32)));
        let asking = contents.filter(|content| asking::asks(prose.slice(content.clone()).trim()));
        marks.extend(asking.map(|content| content.end.saturating_sub(1)));
    }
    marks.sort_unstable();
    marks
}
