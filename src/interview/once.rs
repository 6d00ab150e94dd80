//! Names that an interview says once: the first question and the first answer have a label, and from
//! then on the print alone tells who speaks.

use super::labels::{Candidate, Close, Likeness, Mark};
use super::start::Start;
use super::view::View;

/// The turns with the names that their first ones have; as they are where these have none.
pub fn named_once(view: &View<'_>, mut starts: Vec<Start>) -> Vec<Start> {
    for side in ["Q", "A"] {
        let mut of = starts.iter().filter(|start| start.name == side).map(|start| start.at);
        let Some(candidate) = of.next().and_then(|at| label(view, at)) else { continue };
        // A label that others of its side have as well is read by itself, if it is one.
        if of.any(|at| label(view, at).is_some()) {
            continue;
        }
        let Candidate { end, name, printed, .. } = candidate.clone();
        let mut first = true;
        for start in starts.iter_mut().filter(|start| start.name == side) {
            start.name.clone_from(&name);
            if std::mem::take(&mut first) {
                start.text = start.text.max(end);
                start.printed.clone_from(&printed);
            }
        }
    }
    starts
}

/// The label at a place, if it is a name's and something parts it from what is said.
fn label<'a>(view: &View<'a>, at: u32) -> Option<&'a Candidate> {
    let View { text, keyed, .. } = view;
    let from = keyed.partition_point(|keyed| keyed.candidate.start < at);
    let here = keyed[from..].iter().take_while(|keyed| keyed.candidate.start == at);
    let mut sure = here.filter(|keyed| {
        let form = keyed.candidate.form;
        let parted = matches!(form.close, Close::Colon | Close::Stop | Close::Dash);
        parted
            && form.mark != Mark::Plain
            && text.names.likeness[keyed.id] == Likeness::Person
            && !text.names.fields[keyed.id]
    });
    sure.next().map(|keyed| keyed.candidate)
}
