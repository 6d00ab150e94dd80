//! Names that an interview says once: the first question and the first answer have a label, and from
//! then on the print alone tells who speaks, or a word does: `问：`.

use std::sync::Arc;

use super::asking;
use super::keyed::Keyed;
use super::labels::{Candidate, Close, Label, Likeness, Mark, answers, asks};
use super::names::Named;
use super::start::Start;
use super::view::View;
use crate::prose::Prose;

/// The turns with the names that their first ones have; as they are where these have none.
pub fn named_once(view: &View<'_>, mut starts: Vec<Start>) -> Vec<Start> {
    // Where who asks first is named, so is who answers first, be it in plain print.
    let mut asker = false;
    for side in ["Q", "A"] {
        let plain = asker;
        let label = |view, at| label(view, at, plain);
        let of = || starts.iter().filter(|start| &*start.label.name == side).map(|start| start.at);
        let Some(candidate) = of().next().and_then(|at| label(view, at)) else { continue };
        asker = true;
        // A label that others of its side have as well is read by itself, if it is one; but for a
        // few that have the same.
        let others: Vec<&Candidate> = of().skip(1).filter_map(|at| label(view, at)).collect();
        let whole = Named::new(&candidate.label.name);
        let same = |other: &&Candidate| {
            other.label.key == candidate.label.key
                || Named::new(&other.label.name).is_short_for(&whole)
        };
        if !others.iter().all(same) || others.len() * 3 > of().count() {
            continue;
        }
        let again: Vec<(u32, u32)> = others.iter().map(|it| (it.start, it.end)).collect();
        let (end, first) = (candidate.end, Arc::clone(&candidate.label));
        let others = Arc::new(Label::unprinted(&first.name));
        let mut first = Some(first);
        for start in starts.iter_mut().filter(|start| &*start.label.name == side) {
            match first.take() {
                Some(label) => {
                    start.text = start.text.max(end);
                    start.label = label;
                }
                None => {
                    start.label = Arc::clone(&others);
                    if let Some((_, end)) = again.iter().find(|(at, _)| *at == start.at) {
                        start.text = start.text.max(*end);
                    }
                }
            }
        }
    }
    starts
}

/// The fewest turns without names behind those that have some.
const TURNS: usize = 6;
/// How far a first answer reaches, in bytes.
const ANSWER: u32 = 4000;

/// The turns with a first question and its answer before them, which alone have names. Whose the
/// others are nobody says.
pub fn named_first(view: &View<'_>, mut starts: Vec<Start>) -> Vec<Start> {
    let is_asking = |start: &Start| &*start.label.name == "Q" || asks(&start.label.key);
    let is_answer = |start: &Start| &*start.label.name == "A" || answers(&start.label.key);
    // Who answers first may be known already.
    let named = usize::from(starts.first().is_some_and(|it| !is_asking(it) && !is_answer(it)));
    let others = &starts[named..];
    let Some(first) = others.first().filter(|first| is_asking(first)) else { return starts };
    if others.len() < TURNS || !others.iter().all(|start| is_asking(start) || is_answer(start)) {
        return starts;
    }
    let Some([asker, guest]) = pair(view, first.at) else { return starts };
    if named == 1 && starts[0].at != guest.start {
        return starts;
    }
    starts.splice(0..named, [Start::from(asker), Start::from(guest)]);
    starts
}

/// The labels of a question and its answer right before a place, marked alike, which come nowhere
/// else.
fn pair<'a>(view: &View<'a>, at: u32) -> Option<[&'a Candidate; 2]> {
    let View { text, keyed, .. } = view;
    // A legend says who they are.
    if !text.told.is_empty() {
        return None;
    }
    let to = keyed.partition_point(|keyed| keyed.candidate.start < at);
    let near = keyed[..to].iter().rev().take_while(|it| it.candidate.start + ANSWER > at);
    let mut labels: Vec<&Keyed<'_>> = Vec::new();
    for keyed in near.filter(|it| it.candidate.form.close == Close::Colon) {
        // The readings of a line stand behind each other, the likelier first.
        let same = |last: &&Keyed<'_>| last.candidate.start == keyed.candidate.start;
        if labels.last().is_some_and(same) {
            labels.pop();
        } else if labels.len() == 2 {
            break;
        }
        labels.push(keyed);
    }
    let [guest, asker] = labels[..] else { return None };
    let once = |it: &Keyed<'_>| {
        let same =
            |other: &Keyed<'_>| other.id != it.id || other.candidate.start == it.candidate.start;
        keyed.iter().all(same)
    };
    let known = |it: &Keyed<'_>| {
        !text.names.fields[it.id] && text.names.likeness[it.id] != Likeness::Phrase
    };
    let asked = asker.candidate.end..guest.candidate.start.max(asker.candidate.end);
    let mut headings = text.headings.iter();
    let fits = asker.id != guest.id
        && asker.candidate.form == guest.candidate.form
        && text.names.likeness[guest.id] == Likeness::Person
        && !headings.any(|&head| (asker.candidate.start..at).contains(&head))
        && guest.candidate.end < at
        && asking::asks(text.prose.slice(asked).trim())
        && quotes(text.prose, asker.candidate.start) == quotes(text.prose, at)
        && [asker, guest].iter().all(|it| known(it) && once(it));
    fits.then_some([asker.candidate, guest.candidate])
}

/// In how many block quotes a place stands.
fn quotes(prose: &Prose, at: u32) -> Option<u8> {
    prose.block_at(at).map(|id| prose.block(id).quote)
}

/// The label at a place, if it is a name's and something parts it from what is said; it is emphasised,
/// or may be `plain`.
fn label<'a>(view: &View<'a>, at: u32, plain: bool) -> Option<&'a Candidate> {
    let View { text, keyed, pieces, .. } = view;
    // What is all of a question names nobody.
    let piece = pieces.get(pieces.partition_point(|piece| piece.span.end <= at))?;
    let from = keyed.partition_point(|keyed| keyed.candidate.start < at);
    let here = keyed[from..].iter().take_while(|keyed| keyed.candidate.start == at);
    // A plain one is a name's only if the introduction has it.
    let told = |keyed: &Keyed<'_>| {
        let (name, first) = (&*keyed.candidate.label.name, keyed.candidate.start);
        let question = pieces.partition_point(|piece| piece.span.end < first);
        let above = question.checked_sub(2).map_or(0, |at| pieces[at].span.end);
        text.prose.slice(0..above.min(first)).contains(name)
            || text.head.contains(&name.to_lowercase())
    };
    let mut sure = here.filter(|keyed| {
        let form = keyed.candidate.form;
        // A dash stands behind whoever is spoken to as well.
        let parted = matches!(form.close, Close::Colon | Close::Stop);
        parted
            && (form.mark != Mark::Plain || plain && form.close == Close::Colon && told(keyed))
            && (keyed.candidate.end..piece.span.end).len() > 2
            && text.names.likeness[keyed.id] != Likeness::Phrase
            && !text.names.fields[keyed.id]
    });
    sure.next().map(|keyed| keyed.candidate)
}
