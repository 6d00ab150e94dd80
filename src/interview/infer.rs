//! Candidates → the turns of the whole document: hypotheses about how turns are marked are scored,
//! and the text is read again with the best and with the names it taught.

use std::collections::HashMap;

use super::Role;
use super::labels::{Candidate, Shape, key};
use super::questions::{self, Question};
use crate::prose::{Kind, Millis, Prose};

/// Where a turn begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The byte it begins at.
    pub at: u32,
    /// The byte its text begins at.
    pub text: u32,
    /// Who speaks.
    pub name: String,
    /// The label as printed.
    pub printed: String,
    /// When.
    pub time: Option<Millis>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Where turns begin, in text order.
    pub starts: Vec<Start>,
    /// How they are marked, in words.
    pub layout: String,
}

/// The sets of shapes that a document may keep to.
const HYPOTHESES: &[&[Shape]] = &[
    &[Shape::Inside],
    &[Shape::Outside],
    &[Shape::Whole],
    &[Shape::Plain],
    &[Shape::Timed],
    &[Shape::Inside, Shape::Outside, Shape::Whole],
    &[Shape::Whole, Shape::Plain],
    &Shape::ALL,
];

/// What a set of candidates is like.
#[derive(Debug)]
struct Evidence {
    /// How often each name stands there.
    counts: HashMap<String, u32>,
    /// Candidates whose name comes again.
    again: u32,
    /// Names that come again.
    names: u32,
    /// Candidates whose name does not.
    once: u32,
    /// How often the next recurring name is another one, from 0 to 1.
    alternation: f64,
    /// How much of the text stands behind the first of them, from 0 to 1.
    coverage: f64,
    /// How many of the paragraphs from the first to the last of them begin with one, from 0 to 1.
    density: f64,
    /// How often a recurring name is followed by the one that follows it most, from 0 to 1.
    order: f64,
}

/// Reads a document's turns.
pub fn infer(prose: &Prose, candidates: &[Candidate], roles: &[Role]) -> Reading {
    let keyed: Vec<(String, &Candidate)> =
        candidates.iter().map(|candidate| (key(&candidate.name), candidate)).collect();
    let best = HYPOTHESES
        .iter()
        .map(|shapes| (*shapes, evidence(prose, &keyed, shapes)))
        .map(|(shapes, evidence)| (score(&evidence), shapes, evidence))
        .filter(|(score, ..)| *score > 0.0)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.len().cmp(&a.1.len())));
    let questions = questions::questions(prose, roles);
    let Some((_, shapes, evidence)) = best else {
        return answered(&keyed, &questions).unwrap_or_else(|| unlabelled(prose, &questions));
    };
    let starts = keyed
        .iter()
        .filter(|(name, candidate)| accepts(&evidence, shapes, name, candidate))
        .map(|(_, candidate)| start(candidate))
        .collect();
    Reading { starts, layout: words(shapes).to_owned() }
}

fn start(candidate: &Candidate) -> Start {
    Start {
        at: candidate.start,
        text: candidate.end,
        name: candidate.name.clone(),
        printed: candidate.printed.clone(),
        time: candidate.time,
    }
}

fn evidence(prose: &Prose, keyed: &[(String, &Candidate)], shapes: &[Shape]) -> Evidence {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let of_shape = || keyed.iter().filter(|(_, candidate)| shapes.contains(&candidate.shape));
    for (name, _) in of_shape() {
        match counts.get_mut(name) {
            Some(count) => *count += 1,
            None => {
                counts.insert(name.clone(), 1);
            }
        }
    }
    let recurs = |name: &str| counts.get(name).is_some_and(|&count| count > 1);
    let (mut again, mut once, mut changes) = (0_u32, 0_u32, 0_u32);
    let mut last: Option<&str> = None;
    let mut followers: HashMap<(&str, &str), u32> = HashMap::new();
    let mut first = None;
    let mut end = 0;
    for (name, candidate) in of_shape() {
        if !recurs(name) {
            once += 1;
            continue;
        }
        again += 1;
        first.get_or_insert(candidate.start);
        end = candidate.start;
        changes += u32::from(last.is_some_and(|last| last != name));
        if let Some(last) = last {
            *followers.entry((last, name)).or_insert(0_u32) += 1;
        }
        last = Some(name);
    }
    let mut most: HashMap<&str, u32> = HashMap::new();
    for ((name, _), count) in followers {
        let best = most.entry(name).or_default();
        *best = count.max(*best);
    }
    let order = f64::from(most.values().sum::<u32>()) / f64::from(again.saturating_sub(1).max(1));
    let names = counts.values().filter(|&&count| count > 1).count() as u32;
    let length = f64::from(prose.len().max(1));
    let behind = first.map_or(0.0, |first| (length - f64::from(first)) / length);
    let alternation = f64::from(changes) / f64::from(again.saturating_sub(1).max(1));
    let density = f64::from(again) / f64::from(paragraphs(prose, first.unwrap_or(0), end).max(1));
    Evidence { counts, again, names, once, alternation, coverage: behind, density, order }
}

/// The paragraphs from one byte to another.
fn paragraphs(prose: &Prose, from: u32, to: u32) -> u32 {
    let blocks = prose.blocks();
    let first = blocks.partition_point(|block| block.span.end <= from);
    let within = blocks[first..].iter().take_while(|block| block.span.start <= to);
    within.filter(|block| block.kind == Kind::Paragraph).count() as u32
}

/// How likely it is that these are the labels of turns; 0 where they are none.
fn score(evidence: &Evidence) -> f64 {
    let Evidence { again, names, once, alternation, coverage, density, order, .. } = *evidence;
    let few = names >= 2 && again >= 4 && (names <= 3 || again >= names * 3);
    // The fields of a form come in one order; people do not, unless each answers every question.
    let asked =
        ["q", "问", "問", "记者", "記者"].iter().any(|name| evidence.counts.contains_key(*name));
    let form = names >= 5 && order > 0.85 && !asked;
    // An article may end in an interview; then its paragraphs are hardly anything else.
    let spread = coverage >= 0.3 || again >= 12 && density >= 0.6;
    if form || !few || alternation < 0.4 || !spread || once * 2 > again {
        return 0.0;
    }
    f64::from(again) * alternation * f64::from(again) / f64::from(again + once)
}

/// Whether a candidate is a turn under the hypothesis.
fn accepts(evidence: &Evidence, shapes: &[Shape], name: &str, candidate: &Candidate) -> bool {
    let count = evidence.counts.get(name).copied().unwrap_or(0);
    if count > 1 {
        return shapes.contains(&candidate.shape) || count > 2;
    }
    // Who speaks once is believed where labels are marked, and few are like this.
    let marked = matches!(candidate.shape, Shape::Inside | Shape::Outside | Shape::Timed);
    shapes.contains(&candidate.shape) && marked && evidence.once * 3 <= evidence.again
}

/// Questions without a label, answered by one name that has one.
fn answered(keyed: &[(String, &Candidate)], questions: &[Question]) -> Option<Reading> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for (name, _) in keyed {
        *counts.entry(name).or_default() += 1;
    }
    let (name, count) = counts.into_iter().max_by_key(|&(name, count)| (count, name.len()))?;
    if count < 3 || (questions.len() as u32) * 2 < count {
        return None;
    }
    let mut starts: Vec<Start> = keyed
        .iter()
        .filter(|(key, _)| key == name)
        .map(|(_, candidate)| start(candidate))
        .collect();
    let labelled: Vec<u32> = starts.iter().map(|start| start.at).collect();
    let unlabelled = questions.iter().filter(|q| !labelled.contains(&q.at));
    starts.extend(unlabelled.map(|question| unnamed(question.at, "Q")));
    starts.sort_by_key(|start| start.at);
    Some(Reading { starts, layout: "questions without a label, labelled answers".to_owned() })
}

/// Questions and answers that carry no name: the speakers are `Q` and `A`.
fn unlabelled(prose: &Prose, questions: &[Question]) -> Reading {
    if questions.is_empty() {
        return Reading::default();
    }
    let mut starts = Vec::new();
    for (number, question) in questions.iter().enumerate() {
        starts.push(unnamed(question.at, "Q"));
        let next = questions.get(number + 1).map(|next| next.at);
        let answer = prose.blocks().get(question.last.index() + 1).map(|block| block.span.start);
        if let Some(answer) = answer.filter(|&answer| next.is_none_or(|next| answer < next)) {
            starts.push(unnamed(answer, "A"));
        }
    }
    Reading { starts, layout: "questions set apart, answers below them, no labels".to_owned() }
}

fn unnamed(at: u32, name: &str) -> Start {
    Start { at, text: at, name: name.to_owned(), printed: String::new(), time: None }
}

fn words(shapes: &[Shape]) -> &'static str {
    match shapes {
        [Shape::Inside] => "bold labels with the colon inside",
        [Shape::Outside] => "bold labels with the colon behind",
        [Shape::Whole] => "labels in bold lines",
        [Shape::Plain] => "plain labels with a colon",
        [Shape::Timed] => "names with a time on their own line",
        [Shape::Inside, ..] => "bold labels",
        [Shape::Whole, ..] => "labels, bold in questions and plain in answers",
        _ => "labels with a colon, marked in several ways",
    }
}
