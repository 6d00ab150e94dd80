//! Labels whose colon, stop or bracket was forgotten: `WS I was there`, among many of `WS:`, or
//! `A; I was there`.
//!
//! Where a name is a word of every day this cannot be told from a sentence that begins with it. So
//! only what is written as no word is counts: capitals, initials, or a wide gap behind it.

use std::ops::Range;

use super::start::{Marked, Start};
use crate::prose::{BlockId, Kind, Prose};
use crate::text::maps::Map;
use crate::text::parallel::shares;

/// How often a label must stand with its mark before it is known without.
const OFTEN: usize = 3;
/// How many labels are looked for.
const LABELS: usize = 64;
/// How far behind the last label another one is looked for, in bytes.
const NEAR: u32 = 2000;

/// The turns among `starts` whose label has lost its mark.
pub fn forgotten(prose: &Prose, starts: &[Start]) -> Vec<Start> {
    let mut counts: Map<&str, (usize, &Start)> = Map::default();
    for start in starts {
        counts.entry(&start.label.printed).or_insert((0, start)).0 += 1;
    }
    let mut known: Vec<&Start> = counts
        .into_iter()
        .filter(|(printed, (count, _))| *count >= OFTEN && is_label(printed))
        .map(|(_, (_, start))| start)
        .collect();
    known.sort_by_key(|start| (std::cmp::Reverse(start.label.printed.len()), start.at));
    known.truncate(LABELS);
    let (Some(first), Some(last)) = (starts.first(), starts.last()) else { return Vec::new() };
    if known.is_empty() {
        return Vec::new();
    }
    let blocks = prose.blocks();
    let from = blocks.partition_point(|block| block.span.end <= first.at);
    // Behind the last turn stand notes, but for its answer.
    let to = blocks.partition_point(|block| block.span.start <= last.at + NEAR);
    let within = |share: Range<usize>| from + share.start..from + share.end;
    let hits = shares(to - from, |share| hits(prose, within(share), starts, &known));
    let mut out: Vec<Start> = Vec::new();
    for (line, start, taken) in hits.into_iter().flatten() {
        let next = starts.partition_point(|start| start.at < line);
        // Nobody answers themselves.
        let before =
            out.last().filter(|last| next.checked_sub(1).is_none_or(|at| starts[at].at < last.at));
        let before = before.or_else(|| next.checked_sub(1).and_then(|at| starts.get(at)));
        let same =
            |other: Option<&Start>| other.is_some_and(|it| it.label.name == start.label.name);
        let letter = start.label.printed.chars().count() == 1;
        if !(same(before) || letter && same(starts.get(next))) {
            let text = line + taken as u32;
            let marked = Marked::Oddly;
            out.push(Start { at: line, text, time: None, marked, ..start.clone() });
        }
    }
    out
}

/// The lines within some blocks that begin with a known label and where no turn begins, with how
/// many bytes it takes.
fn hits<'a>(
    prose: &Prose,
    within: Range<usize>,
    starts: &[Start],
    known: &[&'a Start],
) -> Vec<(u32, &'a Start, usize)> {
    let mut out = Vec::new();
    for at in within {
        if prose.blocks()[at].kind != Kind::Paragraph {
            continue;
        }
        let content = prose.content(BlockId(at as u32));
        let lines = prose.breaks_in(content.start + 1..content.end).iter().copied();
        for line in std::iter::once(content.start).chain(lines) {
            let text = prose.slice(line..content.end);
            let Some((start, taken)) = known.iter().find_map(|start| label(text, start)) else {
                continue;
            };
            let begins = line == content.start
                || prose
                    .slice(content.start..line)
                    .trim_end()
                    .ends_with(['.', '?', '!', '"', '”', ')', ']', '»']);
            if begins && starts.binary_search_by_key(&line, |start| start.at).is_err() {
                out.push((line, start, taken));
            }
        }
    }
    out
}

/// Whether a label is written as no word is: capitals, or letters with stops.
fn is_label(printed: &str) -> bool {
    let letters = || printed.chars().filter(|c| c.is_alphabetic());
    letters().next().is_some()
        && letters().all(char::is_uppercase)
        && printed.chars().count() <= 24
        && printed.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | ' ' | '-' | '\''))
}

/// Whether a text begins with a label and a blank, and how many bytes both take.
fn label<'s>(text: &str, start: &'s Start) -> Option<(&'s Start, usize)> {
    let lead = text.len() - text.trim_start().len();
    let rest = text[lead..].strip_prefix(&*start.label.printed)?;
    // The colon of a letter for who asks or answers may have become a semicolon.
    let word = start.label.asks || start.label.answers;
    let rest = rest.strip_prefix([';', '；']).filter(|_| word).unwrap_or(rest);
    let said = rest.trim_start_matches([' ', '\t', '\u{A0}', '\u{3000}']);
    let gap = rest.len() - said.len();
    let wide = gap > 1 || rest.starts_with('\t');
    let begins = said.starts_with(|c: char| {
        c.is_uppercase() || wide && c.is_alphanumeric() || "¿¡«“\"[(".contains(c)
    });
    // A title goes on in capitals: `MR. HALE AND I`, `A NIGHT OUT`.
    let word = said.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let shouts = word.chars().count() > 1 && !word.contains(char::is_lowercase);
    (gap > 0 && begins && !shouts).then_some((start, text.len() - said.len()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::labels::Label;
    use super::*;
    use crate::prose::{Builder, Place, Style};

    fn starts(paragraphs: &[&str]) -> Vec<String> {
        let mut builder = Builder::new();
        let mut known = Vec::new();
        for paragraph in paragraphs {
            builder.open(Kind::Paragraph, Place::default());
            let at = builder.len();
            builder.text(paragraph, Style::PLAIN);
            builder.close();
            if let Some((name, _)) = paragraph.split_once(':') {
                let label = Arc::new(Label::new(name, name));
                known.push(Start::new(at, at + name.len() as u32 + 2, label));
            }
        }
        let prose = builder.finish();
        forgotten(&prose, &known)
            .iter()
            .map(|start| {
                prose.slice(start.text..prose.len()).lines().next().unwrap_or("").to_owned()
            })
            .collect()
    }

    #[test]
    fn a_colon_that_was_forgotten() {
        let talk = ["RH: Why?", "WS: So.", "RH: And?", "WS: Oh.", "RH: When?", "WS: Then."];
        let with = |more: &str| {
            let mut all = talk.to_vec();
            all.insert(5, more);
            starts(&all)
        };
        assert_eq!(with("WS Well, I was there."), ["Well, I was there."]);
        assert_eq!(with("WS  when I was there."), ["when I was there."]);
        assert_eq!(with("RH Well, I was there."), [""; 0]);
        assert_eq!(with("WS was there."), [""; 0]);
        assert_eq!(with("WS NEVER SLEEPS"), [""; 0]);
        assert_eq!(with("WSA He was there."), [""; 0]);
    }
}
