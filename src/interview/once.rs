//! Names that an interview says once: the first question and the first answer have a label, and from
//! then on the print alone tells who speaks.

use std::sync::Arc;

use super::labels::{Candidate, Close, Label, Likeness, Mark};
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
