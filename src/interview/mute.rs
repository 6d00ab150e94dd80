//! Starts at which nothing is said: copies of labels, breaks, and addresses.

use std::collections::HashSet;
use std::sync::Arc;

use super::start::Start;
use crate::prose::Prose;
use crate::text::maps::{Map, Set};
use crate::text::parallel::each;

/// The longest words of who somebody is, in characters.
const ROLE: usize = 40;

/// What the end of something said looks like.
const ENDS: [char; 15] =
    ['。', '？', '！', '.', '?', '!', '…', '”', '」', '"', '—', ')', '）', '：', ':'];

/// Starts of which none is the same label again before anything is said: a label and its copy, or
/// one that is read in two ways.
pub fn without_copies(prose: &Prose, starts: Vec<Start>) -> Vec<Start> {
    let mut out: Vec<Start> = Vec::with_capacity(starts.len());
    for start in starts {
        if let Some(last) = out.last_mut()
            && last.label.key == start.label.key
            && !prose.slice(last.text.min(start.at)..start.at).chars().any(|c| !c.is_whitespace())
        {
            last.text = last.text.max(start.text);
            last.time = last.time.or(start.time);
        } else {
            out.push(start);
        }
    }
    out
}

/// Starts without a list behind the last of what is said: each once, with a few words of who that is.
pub fn without_a_closing_list(prose: &Prose, mut starts: Vec<Start>) -> Vec<Start> {
    let mut seen: HashSet<String> = HashSet::new();
    let lists = |start: &&Start| {
        let end = prose.block_at(start.at).map_or(start.text, |block| prose.content(block).end);
        let said = prose.slice(start.text.min(end)..end).trim();
        !start.label.printed.is_empty()
            && !said.is_empty()
            && !said.starts_with(char::is_lowercase)
            && said.chars().count() < ROLE
            && !said.ends_with(ENDS)
            && seen.insert(start.label.key.clone())
    };
    let listed = starts.iter().rev().take_while(lists).count();
    let others = starts.len() - listed;
    if listed < 2 || others <= listed * 2 {
        return starts;
    }
    // In a chat hardly anything ends with a stop.
    let stops = |start: &&Start| {
        let end = prose.block_at(start.at).map_or(start.text, |block| prose.content(block).end);
        prose.slice(start.text.min(end)..end).trim_end().ends_with(ENDS)
    };
    if starts[..others].iter().filter(stops).count() * 10 < others * 9 {
        return starts;
    }
    // Whoever is listed has spoken before.
    let spoke = |start: &Start| starts[..others].iter().any(|it| it.label.key == start.label.key);
    if starts[others..].iter().all(spoke) {
        starts.truncate(others);
    }
    starts
}

/// How many terms one below the other are a glossary.
const TERMS: usize = 5;

/// Starts without the glossaries between them: abbreviations one below the other, each once, where
/// most others come again.
pub fn without_glossaries(prose: &Prose, mut starts: Vec<Start>) -> Vec<Start> {
    let mut counts: Map<&str, usize> = Map::default();
    for start in &starts {
        *counts.entry(&start.label.key).or_default() += 1;
    }
    let once: Vec<bool> = starts.iter().map(|start| counts[&*start.label.key] == 1).collect();
    if once.iter().filter(|&&once| once).count() * 2 >= starts.len() {
        return starts;
    }
    let short = |start: &Start| {
        start.label.name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '/')
    };
    // `The "Open Tide" project is …`; who speaks hardly ever begins so.
    let defines = |start: &Start| {
        let said = prose.slice(start.text.min(prose.len())..prose.len()).trim_start();
        ["The ", "A ", "An ", "\"", "“"].iter().any(|begin| said.starts_with(begin))
    };
    let mut kept = vec![true; starts.len()];
    let mut from = 0;
    for run in once.chunk_by(|a, b| a == b) {
        let to = from + run.len();
        let terms = || starts[from..to].iter().filter(|start| short(start)).count();
        let defined = || starts[from..to].iter().filter(|start| defines(start)).count();
        let most = |count: usize| count * 10 >= run.len() * 7;
        if run[0] && run.len() >= TERMS && most(terms()) && most(defined()) {
            kept[from..to].fill(false);
        }
        from = to;
    }
    let mut kept = kept.into_iter();
    starts.retain(|_| kept.next().unwrap_or(true));
    starts
}

/// Starts without those of names that never say anything: `**Break:** [30:07]`.
pub fn without_the_mute(prose: &Prose, mut starts: Vec<Start>) -> Vec<Start> {
    let next = |at: usize| starts.get(at + 1).map_or(prose.len(), |next| next.at);
    let says = |at: usize, start: &Start| {
        let said = prose.slice(start.text.min(next(at))..next(at));
        // Times are said by nobody, numbers are.
        let words = said.chars().any(char::is_alphabetic);
        words || !said.contains(':') && said.chars().any(char::is_numeric)
    };
    let mut speaking: Set<&str> = Set::default();
    // Starts share their labels: most are known by where that is.
    let place = |start: &Start| Arc::as_ptr(&start.label).addr();
    let mut known: Set<usize> = Set::default();
    for (at, start) in starts.iter().enumerate() {
        let label = place(start);
        if !known.contains(&label) && (speaking.contains(&*start.label.key) || says(at, start)) {
            known.insert(label);
            speaking.insert(&start.label.key);
        }
    }
    // `Ann Lee: @annlee` tells where she is to be found.
    let address = |start: &Start| {
        // Hardly anything begins so: the rest need not be looked at.
        if !prose.slice(start.text..prose.len()).trim_start().starts_with('@') {
            return false;
        }
        let block = prose.block_at(start.at).map_or(0, |block| prose.content(block).end);
        let said = prose.slice(start.text.min(block)..block).trim();
        said.starts_with('@') && said.len() > 2 && !said.contains(char::is_whitespace)
    };
    let speaks =
        |start: &Start| known.contains(&place(start)) || speaking.contains(&*start.label.key);
    let mut kept =
        each(starts.len(), |at| speaks(&starts[at]) && !address(&starts[at])).into_iter();
    starts.retain(|_| kept.next().unwrap_or(true));
    starts
}
