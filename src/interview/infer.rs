//! Candidates → the turns of the whole document: hypotheses about how turns are marked are scored,
//! and the text is read again with the best and with the names it taught.

use std::ops::Range;

use super::answers::{
    asked_and_labelled, below, by_turns, question_and_answer, with_follow_ups, with_names,
};
use super::bare::{answered_by_the_other, answered_without};
use super::between::asked_between;
use super::chevrons::chevrons;
use super::explain::{reasons, words};
use super::forgotten::forgotten;
use super::guesses::guesses;
use super::inline::inline;
use super::keyed::{Keyed, Text, keyed};
use super::labels::Candidate;
use super::legend::Legend;
use super::mute::{without_a_closing_list, without_copies, without_glossaries};
use super::once::{named_first, named_once};
use super::opening::{from_the_transcript, without_an_epigraph, without_an_opening_list};
use super::ordinals::without_ordinals;
use super::questions::Known;
use super::reread::reread;
use super::start::Start;
use super::tally::tally;
use super::tongue::Tongue;
use super::view::{Guess, View};
use super::{Hypothesis, Role};
use crate::prose::{BlockId, Prose};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Where turns begin, in text order.
    pub starts: Vec<Start>,
    /// How they are marked, in words.
    pub layout: String,
    /// What was thought of, the likeliest first.
    pub hypotheses: Vec<Hypothesis>,
}

/// How many bytes are looked at to find the layout of a long text.
const SAMPLE: u32 = 2 << 20;
/// How many hypotheses are told.
const EXPLAINED: usize = 12;
/// How many sections without turns are looked at.
const SECTIONS: usize = 64;
/// The fewest turns that a section with a layout of its own has.
const SECTION: usize = 4;

/// Reads a document's turns.
pub fn infer(
    prose: &Prose,
    candidates: &[Candidate],
    roles: &[Role],
    legend: &Legend,
    head: String,
    tongue: Tongue,
) -> Reading {
    let (mut text, keyed) = keyed(prose, candidates, head, tongue);
    text.told = legend.names().collect();
    text.same = legend.pairs().collect();
    let mut reading = choose(&text, &keyed, roles, 0..prose.len(), Known::Nothing);
    // An interview may follow an exchange that is none, in a section of its own.
    let sections = silent(&text, &reading.starts);
    reading.starts = without_an_epigraph(prose, roles, reading.starts);
    if reading.starts.is_empty() {
        reading.layout.clear();
    }
    for span in sections.into_iter().take(SECTIONS) {
        let more = choose(&text, &keyed, roles, span, Known::Interview);
        if more.starts.len() >= SECTION {
            reading.starts.extend(more.starts);
            if reading.layout.is_empty() {
                reading.layout = more.layout;
            } else if !reading.layout.contains(&more.layout) {
                reading.layout = format!("{}; a section with {}", reading.layout, more.layout);
            }
            reading.hypotheses.extend(more.hypotheses);
        }
    }
    reading.starts.sort_by_key(|start| start.at);
    reading.starts.dedup_by_key(|start| start.at);
    // A long talk may quote another one.
    let long =
        if reading.starts.len() >= TALK { stretches(prose, &reading.starts) } else { Vec::new() };
    for span in long {
        let more = choose(&text, &keyed, roles, span.clone(), Known::Nothing);
        if is_excerpt(prose, &more.starts, &span) {
            if !reading.layout.contains(&more.layout) {
                reading.layout = format!("{}; a part with {}", reading.layout, more.layout);
            }
            reading.starts.extend(more.starts);
        }
    }
    reading.starts.sort_by_key(|start| start.at);
    reading
}

/// The fewest turns of a talk that quotes another one.
const TALK: usize = 16;
/// The fewest paragraphs of a turn in which others may speak.
const STRETCH: usize = 8;

/// What stands below the first paragraph of each long turn.
fn stretches(prose: &Prose, starts: &[Start]) -> Vec<Range<u32>> {
    let ends = starts.iter().skip(1).map(|next| next.at).chain(std::iter::once(prose.len()));
    let below = |(start, end): (&Start, u32)| {
        let first = prose.block_at(start.at)?.index() + 1;
        let next = prose.block_at(end.checked_sub(1)?)?.index() + 1;
        (next >= first + STRETCH).then(|| prose.span_of(first..next).start..end)
    };
    starts.iter().zip(ends).filter_map(below).take(SECTIONS).collect()
}

/// Whether turns within a long one are those of others, whose labels are set otherwise: they fill
/// what follows.
fn is_excerpt(prose: &Prose, starts: &[Start], span: &Range<u32>) -> bool {
    let (Some(first), Some(last)) = (starts.first(), starts.last()) else { return false };
    let block = |at: u32| prose.block_at(at).map_or(0, BlockId::index);
    let (from, to) = (block(first.at), block(last.at) + 1);
    let rest = block(span.end.saturating_sub(1)) + 1 - to;
    let printed = |start: &Start| {
        !start.label.printed.is_empty() && start.label.printed.contains(char::is_alphabetic)
    };
    starts.len() >= STRETCH
        && starts.iter().all(printed)
        && starts.len() * 10 >= (to - from) * 6
        && rest <= (to - from) / 2
}

/// The sections in which nobody was found to speak, while others have turns.
fn silent(text: &Text<'_>, starts: &[Start]) -> Vec<Range<u32>> {
    if starts.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<Range<u32>> = Vec::new();
    let ends = text.headings.iter().copied().skip(1).chain(std::iter::once(text.prose.len()));
    for (begin, end) in text.headings.iter().copied().zip(ends) {
        let from = starts.partition_point(|start| start.at < begin);
        let speaks = starts.get(from).is_some_and(|start| start.at < end);
        if speaks {
            continue;
        }
        match out.last_mut().filter(|last| last.end == begin) {
            Some(last) => last.end = end,
            None => out.push(begin..end),
        }
    }
    out
}

/// Finds how turns are marked in a part of the text, and reads them.
fn choose(
    text: &Text<'_>,
    keyed: &[Keyed<'_>],
    roles: &[Role],
    span: Range<u32>,
    known: Known,
) -> Reading {
    let within = |span: &Range<u32>| {
        let from = keyed.partition_point(|keyed| keyed.candidate.start < span.start);
        let to = keyed.partition_point(|keyed| keyed.candidate.start < span.end);
        &keyed[from..to]
    };
    let view = |span: &Range<u32>| View::new(text, within(span), roles, span.clone(), known);
    // A long text keeps to what its beginning shows.
    let sample = span.start..span.end.min(span.start.saturating_add(SAMPLE));
    let probe = view(&sample);
    let guesses = guesses(&probe);
    let hypotheses = guesses
        .iter()
        .take(EXPLAINED)
        .map(|(score, guess)| Hypothesis { layout: reasons(&probe, guess), score: *score })
        .collect();
    let Some((_, guess)) = guesses.first().filter(|(score, _)| *score > 0.0) else {
        return Reading { hypotheses, ..Reading::default() };
    };
    let mut layout = words(text, guess);
    let long = sample.end < span.end;
    let mixed = match guess {
        Guess::Labels(forms, found) => {
            let starts = reread(text, probe.keyed, forms, found);
            asked_between(&probe, &starts).is_some()
        }
        _ => true,
    };
    let whole = if long && mixed { view(&span) } else { probe.over(within(&span), span.clone()) };
    let mut starts = match guess {
        Guess::Labels(forms, found) => {
            let all = long.then(|| tally(text, whole.keyed, forms));
            let mut starts = reread(text, whole.keyed, forms, all.as_ref().unwrap_or(found));
            if let Some(added) = mixed.then(|| asked_between(&whole, &starts)).flatten() {
                layout.push_str(", questions without a label");
                starts.extend(added);
            }
            if is_talk(&starts) { starts } else { Vec::new() }
        }
        Guess::Asked(id, form) => {
            with_follow_ups(&whole, &text.names.shown[*id], below(&whole, *id, *form))
        }
        Guess::Answered(id, form, set) => {
            whole.way(*set).map_or(Vec::new(), |way| asked_and_labelled(&whole, *id, *form, way))
        }
        Guess::Chevrons => chevrons(&whole).map_or(Vec::new(), |(_, starts)| starts),
        Guess::Dashes => by_turns(text.prose, &whole.pieces),
        Guess::Apart(set) => whole.way(*set).map_or(Vec::new(), |way| {
            let starts = question_and_answer(text.prose, way, &whole.pieces);
            let starts = with_follow_ups(&whole, "Q", starts);
            with_names(&whole, named_once(&whole, starts))
        }),
    };
    if starts.is_empty() {
        return Reading { hypotheses, ..Reading::default() };
    }
    starts.sort_by_key(|start| start.at);
    let more = forgotten(text.prose, &starts);
    starts.extend(more);
    starts.sort_by_key(|start| start.at);
    let more = inline(text.prose, &starts);
    starts.extend(more);
    let told = matches!(guess, Guess::Labels(..) | Guess::Answered(..));
    if told {
        starts.sort_by_key(|start| start.at);
        let more = answered_without(&whole, &starts);
        starts.extend(more);
    }
    starts.sort_by_key(|start| start.at);
    let starts = named_first(&whole, starts);
    let starts = without_copies(text.prose, answered_by_the_other(&whole, starts));
    let starts = without_glossaries(text.prose, without_a_closing_list(text.prose, starts));
    let starts = without_an_opening_list(text.prose, from_the_transcript(text.prose, starts));
    Reading { starts: without_ordinals(text.prose, starts), layout, hypotheses }
}

/// Whether starts are more than a turn or two of one name; a talk of one speaker has times.
fn is_talk(starts: &[Start]) -> bool {
    let others = starts.iter().any(|start| start.label.key != starts[0].label.key);
    let timed = starts.iter().filter(|start| start.time.is_some()).count();
    starts.len() >= 4 && (others || timed * 2 > starts.len() && starts.len() >= 8)
}
