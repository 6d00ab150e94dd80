//! How often names stand on labels of some forms: what the second reading of a whole text needs of
//! them, by the labels alone.

use super::keyed::{Keyed, Text};
use super::labels::{Close, Form, Likeness};
use crate::prose::{Kind, Prose};

/// The names on the labels of some forms.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How often each name stands there, by its number.
    pub counts: Vec<u32>,
    /// Which names come again.
    pub recurs: Vec<bool>,
    /// Which stand in brackets, in columns or beside a time: no marks that a phrase has.
    pub framed: Vec<bool>,
    /// Labels whose name comes again.
    pub again: u32,
    /// Names that come again.
    pub names: u32,
    /// Labels whose name does not, and is like one.
    pub once: u32,
    /// How often the name that comes most does.
    pub most: u32,
    /// Where the first label of a name that comes again begins, and the last; none where no name does.
    pub within: Option<(u32, u32)>,
    /// How many of the paragraphs from the first to the last of them begin with one, from 0 to 1.
    pub density: f64,
    /// The same with those whose name does not come again.
    pub filled: f64,
}

impl Tally {
    /// Whether only one name comes again, and at least as many do not: one may ask them all.
    pub fn asks_a_round(&self) -> bool {
        self.names == 1 && self.again >= 3 && self.once >= self.again
    }
}

/// The candidates of some forms, one a place, in text order.
pub fn chosen<'a>(
    keyed: &'a [Keyed<'a>],
    forms: &'a [Form],
) -> impl Iterator<Item = &'a Keyed<'a>> {
    let mut last = None;
    keyed.iter().filter(move |keyed| {
        let taken = forms.contains(&keyed.candidate.form) && last != Some(keyed.candidate.start);
        if taken {
            last = Some(keyed.candidate.start);
        }
        taken
    })
}

/// The names on the labels of some forms, in a part of the text.
pub fn tally(text: &Text<'_>, keyed: &[Keyed<'_>], forms: &[Form]) -> Tally {
    let names = text.names.keys.len();
    let mut out = Tally { counts: vec![0; names], framed: vec![false; names], ..Tally::default() };
    let mut total = 0;
    for keyed in chosen(keyed, forms) {
        out.counts[keyed.id] += 1;
        total += 1;
        out.framed[keyed.id] |=
            matches!(keyed.candidate.form.close, Close::Bracket | Close::Cell | Close::Timed);
    }
    let likeness = &text.names.likeness;
    let recurs = |(id, &count): (usize, &u32)| match likeness[id] {
        Likeness::Phrase if !out.framed[id] => count > 2 && count * 12 >= total,
        _ => count > 1 + u32::from(text.names.fields[id]),
    };
    out.recurs = out.counts.iter().enumerate().map(recurs).collect();
    // Each newspaper asks once, and all of them often.
    let asks = |id: &usize| out.counts[*id] > 0 && is_reporter(&text.names.shown[*id]);
    let reporters: Vec<usize> = (0..names).filter(asks).collect();
    if reporters.len() >= REPORTERS {
        reporters.iter().for_each(|&id| out.recurs[id] = true);
    }
    for (id, &count) in out.counts.iter().enumerate() {
        if out.recurs[id] {
            out.again += count;
            // Those who ask once each are one to whom the others speak.
            out.names += u32::from(count > 1);
            out.most = out.most.max(count);
        } else if likeness[id] != Likeness::Phrase {
            out.once += count;
        }
    }
    // Those that come once and are like names, from the first to the last that comes again.
    let (mut between, mut open) = (0, 0);
    for keyed in chosen(keyed, forms) {
        let at = keyed.candidate.start;
        if out.recurs[keyed.id] {
            out.within = Some((out.within.map_or(at, |(first, _)| first), at));
            (between, open) = (between + open, 0);
        } else if out.within.is_some() {
            open += u32::from(likeness[keyed.id] != Likeness::Phrase);
        }
    }
    let paragraphs = out.within.map_or(0, |(first, last)| paragraphs(text.prose, first, last));
    let paragraphs = f64::from(paragraphs.max(1));
    out.density = f64::from(out.again) / paragraphs;
    out.filled = f64::from(out.again + between) / paragraphs;
    out
}

/// How many newspapers ask at a press conference, at least.
const REPORTERS: usize = 3;

/// Whether a name is that of a newspaper's reporter: `江城日报记者`.
fn is_reporter(name: &str) -> bool {
    ["记者", "記者", "기자"].iter().any(|word| name.len() > word.len() && name.ends_with(word))
}

/// The paragraphs from one byte to another.
fn paragraphs(prose: &Prose, from: u32, to: u32) -> u32 {
    let blocks = prose.blocks();
    let first = blocks.partition_point(|block| block.span.end <= from);
    let within = blocks[first..].iter().take_while(|block| block.span.start <= to);
    within.filter(|block| block.kind == Kind::Paragraph).count() as u32
}
