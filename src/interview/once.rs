//! Names that an interview says once: the first question and the first answer have a label, and from
//! then on the print alone tells who speaks, or a word does: `问：`.

use std::sync::Arc;

use super::asking;
use super::keyed::Keyed;
use super::labels::{Candidate, Close, Label, Likeness, Mark, answers, asks};
use super::names::Named;
use super::start::Start;
use super::view::View;

/// The turns with the names that their first ones have; as they are where these have none.
pub fn named_once(view: &View<'_>, mut starts: Vec<Start>) -> Vec<Start> {
    for side in ["Q", "A"] {
        let of = || starts.iter().filter(|start| &*start.label.name == side).map(|start| start.at);
        let Some(candidate) = of().next().and_then(|at| label(view, at)) else { continue };
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

/// The turns with a first question and its answer before them, which alone have names; the others
/// are those people's.
pub fn named_first(view: &View<'_>, mut starts: Vec<Start>) -> Vec<Start> {
    let is_asking = |start: &Start| &*start.label.name == "Q" || asks(&start.label.key);
    let is_answer = |start: &Start| &*start.label.name == "A" || answers(&start.label.key);
    let Some(first) = starts.first().filter(|first| is_asking(first)) else { return starts };
    if starts.len() < TURNS || !starts.iter().all(|start| is_asking(start) || is_answer(start)) {
        return starts;
    }
    let Some([asker, guest]) = pair(view, first.at) else { return starts };
    let named = |side: &Candidate, start: &Start| {
        Arc::new(Label::new(&start.label.printed, &side.label.name))
    };
    // Starts of a side share their label.
    let mut labels: Vec<(Arc<Label>, Arc<Label>)> = Vec::new();
    for start in &mut starts {
        let known = labels.iter().find(|(old, _)| Arc::ptr_eq(old, &start.label));
        let new = known.map(|(_, new)| Arc::clone(new)).unwrap_or_else(|| {
            let new = named(if is_asking(start) { asker } else { guest }, start);
            labels.push((Arc::clone(&start.label), Arc::clone(&new)));
            new
        });
        start.label = new;
    }
    starts.splice(0..0, [Start::from(asker), Start::from(guest)]);
    starts
}

/// The labels of a question and its answer right before a place, which come nowhere else.
fn pair<'a>(view: &View<'a>, at: u32) -> Option<[&'a Candidate; 2]> {
    let View { text, keyed, .. } = view;
    let to = keyed.partition_point(|keyed| keyed.candidate.start < at);
    let near = keyed[..to].iter().rev().take_while(|it| it.candidate.start + ANSWER > at);
    let mut labels: Vec<&Keyed<'_>> = Vec::new();
    for keyed in near.filter(|it| it.candidate.form.close == Close::Colon) {
        let last = labels.last().map(|last| last.candidate.start);
        if last != Some(keyed.candidate.start) {
            labels.push(keyed);
        }
        if labels.len() == 2 {
            break;
        }
    }
    let [guest, asker] = labels[..] else { return None };
    let once = |it: &&Keyed<'_>| {
        keyed.iter().all(|other| other.id != it.id || other.candidate.start == it.candidate.start)
    };
    let known = |it: &&Keyed<'_>| {
        !text.names.fields[it.id] && text.names.likeness[it.id] != Likeness::Phrase
    };
    // Whoever answers is told of before, or has the name of one.
    let told = text.names.likeness[guest.id] == Likeness::Person;
    let asked =
        text.prose.slice(asker.candidate.end..guest.candidate.start.max(asker.candidate.end));
    let heading = text.headings.iter().any(|&head| (guest.candidate.start..at).contains(&head));
    let fits = told
        && !heading
        && asker.id != guest.id
        && [asker, guest].iter().all(|it| once(it) && known(it))
        && guest.candidate.end < at
        && asking::asks(asked.trim());
    fits.then_some([asker.candidate, guest.candidate])
}

/// The label at a place, if it is a name's and something parts it from what is said.
fn label<'a>(view: &View<'a>, at: u32) -> Option<&'a Candidate> {
    let View { text, keyed, pieces, .. } = view;
    // What is all of a question names nobody.
    let piece = pieces.get(pieces.partition_point(|piece| piece.span.end <= at))?;
    let from = keyed.partition_point(|keyed| keyed.candidate.start < at);
    let here = keyed[from..].iter().take_while(|keyed| keyed.candidate.start == at);
    let mut sure = here.filter(|keyed| {
        let form = keyed.candidate.form;
        let parted = matches!(form.close, Close::Colon | Close::Stop | Close::Dash);
        parted
            && form.mark != Mark::Plain
            && (keyed.candidate.end..piece.span.end).len() > 2
            && text.names.likeness[keyed.id] != Likeness::Phrase
            && !text.names.fields[keyed.id]
    });
    sure.next().map(|keyed| keyed.candidate)
}
