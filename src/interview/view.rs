//! A part of a text with what guesses about its layout are made from, and the guesses there are.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Role;
use super::above::parted_at_labels;
use super::alone::only_asks;
use super::evidence::Evidence;
use super::honours::plain;
use super::keyed::{Keyed, Text};
use super::labels::{Candidate, Close, Form, Likeness, Mark, Place, has_surname};
use super::names::is_whole;
use super::persons::{self, Persons};
use super::questions::{self, Known, Piece, Question, Questions, Set};
use super::remarks::is_remark;
use crate::prose::Prose;

/// A part of a text, with what is looked at to find its layout.
#[derive(Debug)]
pub struct View<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The candidates of the part.
    pub keyed: &'a [Keyed<'a>],
    /// Its paragraphs.
    pub pieces: Vec<Piece>,
    /// The ways in which questions are set apart there.
    pub ways: Vec<Questions>,
    /// Its bytes.
    pub span: Range<u32>,
    /// What is known of the text.
    pub known: Known,
}

/// How turns may be marked.
#[derive(Debug)]
pub enum Guess {
    /// Labels of these forms.
    Labels(Vec<Form>, Box<Evidence>),
    /// Questions with this name's label, and answers without.
    Asked(usize, Form),
    /// Questions set apart, and answers with this name's label.
    Answered(usize, Form, Set),
    /// Questions set apart, and answers below them.
    Apart(Set),
    /// A dash before whatever is said, by turns.
    Dashes,
    /// `>>` where someone else begins to speak.
    Chevrons,
}

impl<'a> View<'a> {
    /// The part of a text that is `span`.
    pub fn new(
        text: &'a Text<'a>,
        keyed: &'a [Keyed<'a>],
        roles: &[Role],
        span: Range<u32>,
        known: Known,
    ) -> Self {
        let pieces = questions::pieces(text.prose, roles, span.clone());
        let pieces = parted_at_labels(text.prose, pieces, keyed);
        let mut ways = questions::questions(text, &pieces, known);
        for (labels, headings) in names(text, keyed) {
            for titles in answered(text.prose, &pieces, &labels) {
                match ways.iter_mut().find(|way| way.set == titles.set) {
                    // A heading above each heading that is a name asks, whatever it says.
                    Some(way) if headings => {
                        // Taken together with the name below it, it is no question yet.
                        let known: HashSet<u32> = titles.found.iter().map(|it| it.at).collect();
                        way.found.retain(|question| !known.contains(&question.at));
                        way.found.extend(titles.found);
                        way.found.sort_by_key(|question| question.at);
                        way.asking = way.asking.min(titles.asking);
                    }
                    // Who asks most of them asks all that stand right above those answers and are
                    // no titles.
                    Some(way) if way.found.len() < titles.found.len() => {
                        let mut found = titles.found;
                        found.retain(|it| {
                            way.found.iter().any(|known| known.at == it.at)
                                || is_remark(text.prose.slice(it.at..it.end).trim())
                        });
                        way.found = found;
                    }
                    Some(_) => {}
                    None => ways.push(titles),
                }
            }
        }
        ways.extend(asked_plainly(text, keyed, &pieces, &ways));
        Self { text, keyed, pieces, ways, span, known }
    }

    /// The same with the candidates of a longer part, where questions do not matter.
    pub fn over(self, keyed: &'a [Keyed<'a>], span: Range<u32>) -> Self {
        Self { keyed, span, ..self }
    }

    /// The questions that are set apart in one way.
    pub fn way(&self, set: Set) -> Option<&Questions> {
        self.ways.iter().find(|way| way.set == set)
    }
}

/// Plain paragraphs or lines that only ask, each right above a label of one name that has no other.
fn asked_plainly(
    text: &Text<'_>,
    keyed: &[Keyed<'_>],
    pieces: &[Piece],
    ways: &[Questions],
) -> Option<Questions> {
    if ways.iter().any(|way| way.set == Set::Plain) {
        return None;
    }
    let mut places: HashMap<usize, Vec<u32>> = HashMap::new();
    for keyed in keyed {
        let form = keyed.candidate.form;
        if form.close == Close::Colon && form.place == Place::Text {
            places.entry(keyed.id).or_default().push(keyed.candidate.start);
        }
    }
    let person = |id: usize| text.names.likeness[id] == Likeness::Person;
    let often = |(id, of): &(usize, Vec<u32>)| person(*id) && ANSWERS.contains(&of.len());
    let mut often = places.into_iter().filter(often);
    let (_, labels) = often.next().filter(|_| often.next().is_none())?;
    let above = |at: &u32| {
        let piece = pieces.partition_point(|piece| piece.span.end <= *at).checked_sub(1)?;
        Some(&pieces[piece]).filter(|piece| only_asks(text.prose, piece))
    };
    let found: Vec<Question> = labels
        .iter()
        .filter_map(above)
        .map(|Piece { span, .. }| Question { at: span.start, text: span.start, end: span.end })
        .collect();
    let persons = persons::persons(text.prose, &found, text.tongue);
    let talk = persons.you >= 0.3 || persons.i >= 0.5;
    (found.len() * 10 >= labels.len() * 9 && talk).then_some(Questions {
        set: Set::Plain,
        asking: 1.0,
        persons,
        titles: true,
        found,
    })
}

/// How often a name stands before what somebody says in a short interview.
const ANSWERS: std::ops::RangeInclusive<usize> = 3..=40;

/// How many people answer in one at most.
const NAMED: usize = 24;

/// How often a name is a heading at least where it answers.
const HEADINGS: usize = 6;

/// The longest honour behind a name, in characters.
const HONOUR: usize = 3;
/// How much of a text is looked at for how it calls somebody, in bytes.
const BEGIN: usize = 64 << 10;

/// Where the labels of each name stand that is written as somebody's whole name, or that is a
/// heading time and again; and whether it is one.
fn names(text: &Text<'_>, keyed: &[Keyed<'_>]) -> Vec<(Vec<u32>, bool)> {
    let mut places: HashMap<usize, Vec<u32>> = HashMap::new();
    // Headings of which each is a name.
    let mut headings: HashMap<usize, Vec<u32>> = HashMap::new();
    for keyed in keyed {
        let Candidate { form, start, .. } = *keyed.candidate;
        match (form.close, form.place) {
            (Close::Colon, Place::Text | Place::Quote) => {
                places.entry(keyed.id).or_default().push(start);
            }
            (Close::Own, Place::Heading) if form.mark == Mark::Plain => {
                headings.entry(keyed.id).or_default().push(start);
            }
            _ => {}
        }
    }
    let whole = |id: &usize| {
        let name = &text.names.shown[*id];
        let words = name.split_whitespace().count();
        text.names.likeness[*id] == Likeness::Person
            && ((2..=4).contains(&words) || has_surname(name))
    };
    let mut out: Vec<(Vec<u32>, bool)> = places
        .into_iter()
        .filter(|(id, places)| ANSWERS.contains(&places.len()) && whole(id))
        .map(|(_, places)| (places, false))
        .collect();
    // In a short interview few people answer.
    if out.len() > NAMED {
        return Vec::new();
    }
    // `河本先生`: the text calls them so.
    let honoured = |name: &str| {
        let begin = &text.prose.text()[..text.prose.text().floor_char_boundary(BEGIN)];
        begin.match_indices(name).any(|(at, _)| {
            let behind = &begin[at + name.len()..];
            let ends = behind.char_indices().map(|(end, c)| end + c.len_utf8()).take(HONOUR);
            let mut titles = ends.map(|end| &behind[..end]).filter(|it| it.trim() == *it);
            titles.any(|title| plain(&format!("{name}{title}")).0 == *name)
        })
    };
    let named = |id: &usize| {
        let name = &text.names.shown[*id];
        match text.names.likeness[*id] {
            // Two characters may as well be a word.
            Likeness::Person if name.chars().nth(2).is_some() => {
                is_whole(name) || has_surname(name) || honoured(name)
            }
            Likeness::Phrase => false,
            _ => honoured(name),
        }
    };
    let headings = headings.into_iter().filter(|(id, it)| it.len() >= HEADINGS && named(id));
    let mut headings: Vec<(Vec<u32>, bool)> = headings.map(|(_, places)| (places, true)).collect();
    headings.sort_unstable();
    out.extend(headings.into_iter().take(NAMED));
    out.sort_unstable();
    out
}

/// The paragraphs of each way that somebody speaks below, by the places of that one's labels: in a
/// short interview they may state as often as they ask.
fn answered(prose: &Prose, pieces: &[Piece], labels: &[u32]) -> Vec<Questions> {
    let piece = |at: u32| pieces.partition_point(|piece| piece.span.end <= at);
    let above = |&at: &u32| piece(at).checked_sub(1).map(|above| pieces[above].set);
    let Some(way) = labels.first().and_then(above) else { return Vec::new() };
    let set = matches!(way, Set::Heading(_) | Set::Bold | Set::Italic | Set::Quote);
    let (first, last) = (piece(labels[0]), piece(labels[labels.len() - 1]));
    // A heading below headings of its own kind, with nothing between: a note may have got there.
    let same = pieces.get(first).is_some_and(|label| label.set == way);
    let others = labels.iter().filter(|at| above(at) != Some(way)).count();
    if !set || others > 0 && !(same && others <= 1 + labels.len() / 10) {
        return Vec::new();
    }
    let of = first - 1..(last + 1).min(pieces.len());
    let labels: Vec<usize> = labels.iter().map(|&at| piece(at)).collect();
    let found: Vec<Question> = of
        .filter(|at| pieces[*at].set == way && labels.binary_search(at).is_err())
        .map(|at| &pieces[at].span)
        .map(|span| Question { at: span.start, text: span.start, end: span.end })
        .collect();
    let asking =
        found.iter().filter(|it| questions::asks(prose.slice(it.at..it.end).trim())).count();
    if asking == 0
        || found.len() > labels.len() + labels.len() / 4
        || same && asking * 5 < found.len()
    {
        return Vec::new();
    }
    let asking = asking as f64 / found.len() as f64;
    vec![Questions { set: way, found, asking, persons: Persons::default(), titles: true }]
}

/// The paragraphs that begin with a dash.
pub fn dashed(pieces: &[Piece]) -> Vec<&Piece> {
    pieces.iter().filter(|piece| matches!(piece.set, Set::Sign('—' | '–' | '―' | '─'))).collect()
}
