//! A [`Selector`] → where its passage stands in this text, or that it stands there no longer.
//!
//! The scoring is Hypothesis' (quote 50, prefix 20, suffix 20, position 2), with what it lacks: a
//! lowest score, a lead over the next best place, and an approximate search also when an exact
//! match fits its surroundings badly. A passage is refused rather than guessed; how often it is
//! right, wrong and refused after what changes, `just anchors` measures, and the numbers below are
//! those that did best there.

use std::cell::Cell;
use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;

use super::approximate::{LONGEST, Pattern};
use super::normal::{Normal, normal};
use super::{Interview, Selector};

/// An exact match with this score needs no approximate search beside it.
const GOOD: f32 = 0.9;
/// Quotes with fewer characters than this, in normal form, say little by themselves.
const SHORT: usize = 8;
/// The lowest scores at which a match of the very quote is believed, each with how far it must be
/// ahead of the next one: where the surroundings are much the same, or where they are not but no
/// other place comes near. An interview repeats itself ("Yes." "Right, right."), so that of a
/// passage that was deleted there is often a double elsewhere.
const BELIEVED: [(f32, f32); 2] = [(GOOD, 0.0), (0.62, 0.08)];
/// The same for a match that comes near: where the quote was edited, so were its surroundings.
const BELIEVED_NEAR: [(f32, f32); 2] = [(0.78, 0.0), (0.66, 0.08)];
/// The same for any match of a short quote.
const BELIEVED_SHORT: [(f32, f32); 2] = [(0.95, 0.03), (0.80, 0.12)];
/// How many matches are compared by their surroundings.
const COMPARED: usize = 24;
/// How many bytes lie between two counts of code points.
const STRIDE: usize = 4096;

/// What became of a passage; ranges are bytes of the prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It stands there, but for white space, markup and the width of punctuation.
    Exact(Range<u32>),
    /// It was edited; most of it stands there.
    Near(Range<u32>),
    /// It is not to be found, or not to be told from others.
    Lost,
}

impl Found {
    /// Where it stands.
    pub fn range(&self) -> Option<Range<u32>> {
        match self {
            Self::Exact(range) | Self::Near(range) => Some(range.clone()),
            Self::Lost => None,
        }
    }
}

/// Finds any number of passages in one text. It costs nothing to make; the text is normalised at
/// most once, and not at all while every passage stands where it stood.
#[derive(Debug)]
pub struct Searcher<'a> {
    text: &'a str,
    normal: OnceLock<Normal<'a>>,
    /// How many code points stand before every [`STRIDE`]th byte.
    points: OnceLock<Vec<u32>>,
}

/// A stretch of the normal text that may be the passage.
#[derive(Clone, Debug)]
struct Match {
    range: Range<usize>,
    errors: u32,
}

impl<'a> Searcher<'a> {
    /// A searcher of this interview's text.
    pub fn new(interview: &'a Interview) -> Self {
        let text = interview.prose.text();
        Self { text, normal: OnceLock::new(), points: OnceLock::new() }
    }

    /// Where the passage stands now.
    pub fn find(&self, selector: &Selector) -> Found {
        if selector.exact.is_empty() {
            return Found::Lost;
        }
        if let Some(range) = self.in_place(selector) {
            return Found::Exact(range);
        }
        let quote = normal(&selector.exact);
        if quote.is_empty() {
            return Found::Lost;
        }
        let normal = self.normal.get_or_init(|| Normal::of(self.text));
        let scale = Scale::new(normal, &quote, selector, self.neighbourhood(selector));
        let mut matches = scale.exact(&quote);
        let mut scored = scale.scored(&matches);
        let settled = |scored: &[(f32, usize)]| scored.first().is_some_and(|best| best.0 >= GOOD);
        if !settled(&scored) {
            for near in scale.near(&quote) {
                if !matches.iter().any(|known| overlap(&known.range, &near.range)) {
                    matches.push(near);
                }
            }
            scored = scale.scored(&matches);
        }
        let Some(&(score, best)) = scored.first() else { return Found::Lost };
        let best = &matches[best];
        let others = scored.iter().filter(|other| !overlap(&matches[other.1].range, &best.range));
        let lead = score - others.map(|other| other.0).next().unwrap_or(0.0);
        let believed = match best.errors {
            _ if scale.is_short() => BELIEVED_SHORT,
            0 => BELIEVED,
            _ => BELIEVED_NEAR,
        };
        if !believed.iter().any(|&(lowest, ahead)| score >= lowest && lead >= ahead) {
            return Found::Lost;
        }
        let range = normal.source(best.range.clone());
        if best.errors == 0 { Found::Exact(range) } else { Found::Near(range) }
    }

    /// The byte where a passage stood, in a text that has lost it: by its position, at most the
    /// end of the text.
    pub fn neighbourhood(&self, selector: &Selector) -> u32 {
        self.byte(selector.start).unwrap_or(self.text.len()) as u32
    }

    /// The passage where it was, with the surroundings it had.
    fn in_place(&self, selector: &Selector) -> Option<Range<u32>> {
        let start = self.byte(selector.start)?;
        let (before, after) = self.text.split_at(start);
        let rest = after.strip_prefix(selector.exact.as_str())?;
        let same = before.ends_with(&selector.prefix) && rest.starts_with(&selector.suffix);
        same.then(|| start as u32..(start + selector.exact.len()) as u32)
    }

    /// The byte at which the code point number `point` begins.
    fn byte(&self, point: u32) -> Option<usize> {
        let points = self.points.get_or_init(|| {
            let mut sum = 0;
            let counts = (0..self.text.len()).step_by(STRIDE).map(|at| {
                let from = self.text.ceil_char_boundary(at);
                let to = self.text.ceil_char_boundary(at + STRIDE);
                let before = sum;
                sum += self.text[from..to].chars().count() as u32;
                before
            });
            counts.collect()
        });
        let stride = points.partition_point(|&before| before <= point).checked_sub(1)?;
        let from = self.text.ceil_char_boundary(stride * STRIDE);
        let skip = (point - points[stride]) as usize;
        self.text[from..].char_indices().nth(skip).map(|(at, _)| from + at)
    }
}

/// What matches of one quote are weighed by.
struct Scale<'a> {
    normal: &'a Normal<'a>,
    length: usize,
    /// The quote's first characters, and the same ones backwards.
    head: Option<(Pattern, Pattern)>,
    /// The prefix backwards, and the suffix.
    around: [Option<Pattern>; 2],
    /// The byte of the source where the passage stood.
    stood: u32,
}

impl<'a> Scale<'a> {
    fn new(normal_text: &'a Normal<'a>, quote: &str, selector: &Selector, stood: u32) -> Self {
        let first: Vec<char> = quote.chars().take(LONGEST).collect();
        let head = Pattern::new(first.iter().copied());
        let back = Pattern::new(first.iter().rev().copied());
        let prefix = Pattern::new(normal(&selector.prefix).chars().rev());
        let suffix = Pattern::new(normal(&selector.suffix).chars());
        Self {
            normal: normal_text,
            length: quote.chars().count(),
            head: head.zip(back),
            around: [prefix, suffix],
            stood,
        }
    }

    fn is_short(&self) -> bool {
        self.length < SHORT
    }

    /// The scores of `matches` with their places, best first.
    fn scored(&self, matches: &[Match]) -> Vec<(f32, usize)> {
        let mut scored: Vec<_> =
            matches.iter().enumerate().map(|(at, found)| (self.score(found), at)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored
    }

    /// From 0 to 1; a side without surroundings has no say.
    fn score(&self, found: &Match) -> f32 {
        let text = self.normal.text();
        let compared = self.length.min(LONGEST) as f32;
        let total = text.len().max(1) as f32;
        let away = self.away(found) as f32;
        let mut sum = 50.0 * (1.0 - found.errors as f32 / compared) + 2.0 * (1.0 - away / total);
        let mut most = 52.0;
        let [prefix, suffix] = &self.around;
        if let Some(prefix) = prefix {
            sum += 20.0 * likeness(prefix, text[..found.range.start].chars().rev());
            most += 20.0;
        }
        if let Some(suffix) = suffix {
            sum += 20.0 * likeness(suffix, text[found.range.end..].chars());
            most += 20.0;
        }
        sum / most
    }

    /// How many bytes of the normal text lie between a match and where the passage stood.
    fn away(&self, found: &Match) -> usize {
        self.normal.reached(self.stood).abs_diff(found.range.start)
    }

    /// Where the normal text has the very quote: the [`COMPARED`] matches that look best.
    fn exact(&self, quote: &str) -> Vec<Match> {
        let text = self.normal.text();
        let matches = memmem::find_iter(text.as_bytes(), quote)
            .map(|at| Match { range: at..at + quote.len(), errors: 0 });
        let mut kept: Vec<(u32, usize, Match)> = Vec::new();
        for found in matches {
            let sides = [
                self.around[0]
                    .as_ref()
                    .map(|side| side.shared(text[..found.range.start].chars().rev())),
                self.around[1].as_ref().map(|side| side.shared(text[found.range.end..].chars())),
            ];
            let alike = sides.iter().flatten().sum::<u32>();
            kept.push((u32::MAX - alike, self.away(&found), found));
            shorten(&mut kept, |kept| (kept.0, kept.1));
        }
        kept.sort_by_key(|kept| (kept.0, kept.1));
        kept.truncate(COMPARED);
        kept.into_iter().map(|kept| kept.2).collect()
    }

    /// Where the normal text comes near to the quote, at most half of it being wrong.
    fn near(&self, quote: &str) -> Vec<Match> {
        let Some((head, back)) = &self.head else { return Vec::new() };
        let text = self.normal.text();
        let most = head.len() / 2;
        let reach = (head.len() as usize / 2).max(1);
        let read = Cell::new(0);
        let chars = text.char_indices().map(|(at, c)| {
            read.set(at + c.len_utf8());
            c
        });
        // (errors, bytes from where it stood, characters read, end in bytes)
        let mut ends: Vec<(u32, usize, usize, usize)> = Vec::new();
        let stood = self.normal.reached(self.stood);
        let mut open: Option<(u32, usize, usize, usize)> = None;
        head.scan(chars, |hit| {
            if hit.errors > most {
                return;
            }
            let here = (hit.errors, read.get().abs_diff(stood), hit.end, read.get());
            match &mut open {
                Some(last) if hit.end - last.2 <= reach => {
                    if hit.errors < last.0 {
                        *last = here;
                    }
                }
                _ => {
                    ends.extend(open.replace(here));
                    shorten(&mut ends, |end| (end.0, end.1));
                }
            }
        });
        ends.extend(open);
        ends.sort_unstable();
        ends.truncate(COMPARED);
        let matches = ends.into_iter().map(|(errors, _, _, end)| {
            let hit = back.prefix(text[..end].chars().rev().take(2 * head.len() as usize));
            let start = text[..end].char_indices().rev().take(hit.end).last();
            let start = start.map_or(end, |(at, _)| at);
            Match { range: start..self.tail(quote, start, end), errors: errors.max(1) }
        });
        matches.filter(|found| !found.range.is_empty()).collect()
    }

    /// Where a match ends whose first [`LONGEST`] characters are `start..end`: where the quote's
    /// last ones match, else as far on as the quote is long.
    fn tail(&self, quote: &str, start: usize, end: usize) -> usize {
        if self.length <= LONGEST {
            return end;
        }
        let text = &self.normal.text()[start..];
        let last: String = quote.chars().skip(self.length - LONGEST).collect();
        let Some(pattern) = Pattern::new(last.chars()) else { return end };
        let mut best = (pattern.len() / 2, 0, None);
        pattern.scan(text.chars().take(self.length * 5 / 4 + LONGEST), |hit| {
            let off = hit.end.abs_diff(self.length);
            if hit.errors < best.0 || (hit.errors == best.0 && off < best.1) {
                best = (hit.errors, off, Some(hit.end));
            }
        });
        let length = best.2.unwrap_or(self.length);
        let at = text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
        end.max(start + at)
    }
}

/// Drops all but the best matches when there are far too many.
fn shorten<T, K: Ord>(kept: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if kept.len() >= 64 * COMPARED {
        kept.sort_by_key(key);
        kept.truncate(COMPARED);
    }
}

/// How much of `pattern` stands at the beginning of `text`, from 0 to 1.
fn likeness(pattern: &Pattern, text: impl Iterator<Item = char>) -> f32 {
    let length = pattern.len();
    let errors = pattern.best(text.take(length as usize * 3 / 2));
    1.0 - errors as f32 / length as f32
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests;
