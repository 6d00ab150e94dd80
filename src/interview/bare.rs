//! Answers whose label was forgotten, among others that have it.

use std::collections::HashSet;
use std::sync::Arc;

use super::labels::{Close, Label, Place};
use super::names::Named;
use super::questions::{self, Piece, Set};
use super::start::Start;
use super::view::View;

/// Answers without a label below questions whose answers mostly have one: they are the only other
/// speaker's, or of nobody who is named.
pub fn answered_without(view: &View<'_>, starts: &[Start]) -> Vec<Start> {
    let begins = |at: u32| starts.binary_search_by_key(&at, |start| start.at).is_ok();
    let Some(way) = view.ways.iter().find(|way| {
        let asked = way.found.iter().filter(|question| begins(question.at)).count();
        asked >= 3 && asked * 10 >= way.found.len() * 9
    }) else {
        return Vec::new();
    };
    let questions: HashSet<u32> = way.found.iter().map(|question| question.at).collect();
    let mut names: Vec<&Start> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    // One who asks elsewhere answers nothing here.
    let answers = starts.iter().filter(|start| !questions.contains(&start.at) && !start.label.asks);
    for start in answers.filter(|start| seen.insert(&start.label.key)) {
        // Of several, nobody is known to say it.
        if names.len() > 1 {
            break;
        }
        let name = Named::new(&start.label.name);
        let same = |known: &&mut &Start| {
            let known = Named::new(&known.label.name);
            known.shown == name.shown || known.is_short_for(&name) || name.is_short_for(&known)
        };
        match names.iter_mut().find(same) {
            Some(known) if known.label.name.len() < start.label.name.len() => *known = start,
            Some(_) => {}
            None => names.push(start),
        }
    }
    let open: Vec<Start> = way
        .found
        .iter()
        .enumerate()
        .filter_map(|(number, question)| {
            let next = way.found.get(number + 1)?.at;
            let behind = starts.partition_point(|start| start.at <= question.at);
            if !begins(question.at) || starts.get(behind).is_none_or(|start| start.at != next) {
                return None;
            }
            let piece = view.pieces.partition_point(|piece| piece.span.start < question.end);
            let piece = view.pieces.get(piece).filter(|piece| piece.span.start < next)?;
            let text = view.text.prose.slice(piece.span.clone());
            let said = matches!(piece.set, Set::Plain | Set::Speech) && is_said(text.trim());
            let at = piece.span.start;
            // A label that was not believed is one here.
            let here = view.keyed.partition_point(|keyed| keyed.candidate.start < at);
            let own = view.keyed.get(here).filter(|keyed| {
                let form = keyed.candidate.form;
                keyed.candidate.start == at
                    && form.close == Close::Colon
                    && form.place == Place::Text
            });
            if let Some(keyed) = own.filter(|_| said) {
                return Some(Start::from(keyed.candidate));
            }
            said.then(|| match names[..] {
                [one] => Start::new(at, at, Arc::new(Label::unprinted(&one.label.name))),
                _ => Start::answer(at, at),
            })
        })
        .collect();
    // Where more than a few have none, they are questions of another kind.
    if open.len() * 4 <= way.found.len() { open } else { Vec::new() }
}

fn key(start: &Start) -> &str {
    &start.label.key
}

/// The starts with those of answers whose label was forgotten, where two talk by turns: one asks, a
/// paragraph follows that does not, and the same one asks again.
pub fn answered_by_the_other(view: &View<'_>, mut starts: Vec<Start>) -> Vec<Start> {
    let View { text, pieces, .. } = view;
    let mut keys = starts.iter().map(key);
    let Some(one) = keys.next() else { return starts };
    let Some(two) = keys.find(|other| *other != one) else { return starts };
    if keys.any(|other| other != one && other != two) {
        return starts;
    }
    let changes = starts.windows(2).filter(|pair| key(&pair[0]) != key(&pair[1])).count();
    if starts.len() < 8 || changes * 10 < (starts.len() - 1) * 9 {
        return starts;
    }
    let asking = |piece: &Piece| questions::asks(text.prose.slice(piece.span.clone()).trim());
    let within = |from: u32, to: u32| {
        let from = pieces.partition_point(|piece| piece.span.end <= from);
        let to = pieces.partition_point(|piece| piece.span.start < to);
        pieces.get(from..to).unwrap_or_default()
    };
    let asks = |key: &str| {
        let of = starts.windows(2).filter(|two| two[0].label.key == key);
        let (mut all, mut asked) = (0, 0);
        for two in of {
            all += 1;
            asked += usize::from(within(two[0].text, two[1].at).first().is_some_and(asking));
        }
        all > 2 && asked * 10 >= all * 7
    };
    let (asker, other) = match (asks(one), asks(two)) {
        (true, false) => (one, two),
        (false, true) => (two, one),
        _ => return starts,
    };
    let Some(label) = starts.iter().find(|start| start.label.key == other) else { return starts };
    let label = Arc::new(Label::unprinted(&label.label.name));
    let more: Vec<Start> = starts
        .windows(2)
        .filter(|two| two.iter().all(|start| start.label.key == asker))
        .filter_map(|two| match within(two[0].text, two[1].at) {
            [question, answer, ..] if asking(question) && !asking(answer) => {
                let text = text.prose.slice(answer.span.clone());
                let said = matches!(answer.set, Set::Plain | Set::Speech) && is_said(text.trim());
                let at = answer.span.start;
                said.then(|| Start::new(at, at, Arc::clone(&label)))
            }
            _ => None,
        })
        .collect();
    starts.extend(more);
    starts.sort_by_key(|start| start.at);
    starts
}

/// Whether a paragraph may be what somebody says: captions end without a stop, and notes say what
/// they are.
fn is_said(text: &str) -> bool {
    let end = text.trim_end_matches(['”', '"', '」', '』', ')', '）', ' ', '*', '»']);
    text.contains(char::is_alphanumeric)
        && end.ends_with(['。', '.', '！', '!', '…', '？', '?', '～', '—', ':', '：'])
        && !["编者", "編者", "注：", "图：", "圖："].iter().any(|note| text.starts_with(note))
}
