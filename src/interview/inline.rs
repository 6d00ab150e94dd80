//! Labels behind other text of their line: `……谁知道呢？周砚：我知道。` Exporters lose the ends of
//! paragraphs. Only names that speak elsewhere in the text count, before the colon that they have
//! there, a wide one or an ASCII one with a blank, and only behind the end of a sentence.

use std::ops::Range;

use super::start::{Marked, Start};
use crate::prose::{Kind, Prose};
use crate::text::maps::Map;
use crate::text::parallel::shares;
use crate::text::script::is_han_or_kana;
use crate::text::sign::places;

/// How often a label must stand at the beginning of a line before it is looked for within one.
const OFTEN: usize = 2;
/// The longest paragraph that is looked through, in bytes.
const LONGEST: usize = 16 << 10;
/// How many names are looked for.
const NAMES: usize = 12;

/// The turns within lines that begin with a label of `starts`.
pub fn inline(prose: &Prose, starts: &[Start]) -> Vec<Start> {
    let mut counts: Map<(&str, &str), (usize, &Start)> = Map::default();
    for start in starts {
        let name = start.label.name.as_str();
        if let Some(sign) = sign(name, prose.slice(start.at..start.text)) {
            counts.entry((name, sign)).or_insert((0, start)).0 += 1;
        }
    }
    let wide = |name: &str| {
        name.chars().nth(1).is_some() && name.chars().all(|c| is_han_or_kana(c) || c == '·')
            || name.chars().nth(2).is_some()
                && name.starts_with(char::is_uppercase)
                && name.contains(char::is_lowercase)
            || is_letters(name)
    };
    let mut known: Vec<Known<'_>> = counts
        .iter()
        .filter(|((name, _), (count, _))| *count >= OFTEN && wide(name))
        .map(|(&(name, sign), &(_, start))| Known { name, sign, start })
        .collect();
    known.sort_by_key(|known| (std::cmp::Reverse(known.name.len()), known.start.at));
    known.truncate(NAMES);
    if known.is_empty() {
        return Vec::new();
    }
    let hits = shares(prose.blocks().len(), |share| hits(prose, share, starts, &known));
    let mut hits: Vec<(u32, Known<'_>)> = hits.into_iter().flatten().collect();
    hits.sort_by_key(|(at, _)| *at);
    let asks = |text: &str| {
        text.trim_end_matches([' ', '\u{3000}', '\u{A0}', '\n', '”', '」', '"'])
            .ends_with(['？', '?'])
    };
    let mut out: Vec<Start> = Vec::new();
    let mut within = Within::default();
    for (at, Known { name, sign, start }) in hits {
        let next = starts.partition_point(|start| start.at <= at);
        let before = next.checked_sub(1).map(|last| &starts[last]);
        let before = out.last().filter(|new| before.is_none_or(|b| b.at < new.at)).or(before);
        // Nobody answers themselves, and a label that is known is none within a line.
        let turn = before.is_some_and(|b| b.text <= at && b.at != at && b.label.name != name);
        // Letters stand before other things as well, but for those with stops behind what is quoted.
        let quoted = || prose.slice(0..at).ends_with(['”', '」']);
        let stopped = sign == WIDE && name.contains('.') && quoted();
        let asked = || asks(prose.slice(0..at));
        if turn && within.is_within(prose, at) && (!is_letters(name) || stopped || asked()) {
            let text = at + (name.len() + sign.len()) as u32;
            let blank = prose.slice(text..prose.len()).starts_with(' ');
            let text = text + u32::from(blank);
            out.push(Start { at, text, time: None, marked: Marked::Alike, ..start.clone() });
        }
    }
    // Where paragraphs were lost, answers follow their questions, or questions end the paragraphs of
    // answers; else somebody tells of people.
    let asked = |start: &&Start| {
        let end = prose.block_at(start.at).map_or(start.text, |block| prose.content(block).end);
        asks(prose.slice(0..start.at)) || asks(prose.slice(start.text..end.max(start.text)))
    };
    if out.iter().any(|start| asked(&start)) { out } else { Vec::new() }
}

/// A name that is looked for, the colon behind it, and a turn of its.
#[derive(Clone, Copy)]
struct Known<'a> {
    name: &'a str,
    sign: &'static str,
    start: &'a Start,
}

/// Where the known names stand before a colon within some blocks, but for where turns begin.
fn hits<'a>(
    prose: &Prose,
    within: Range<usize>,
    starts: &[Start],
    known: &[Known<'a>],
) -> Vec<(u32, Known<'a>)> {
    let Range { start: from, end } = prose.span_of(within);
    let text = prose.slice(from..end);
    let first = starts.partition_point(|start| start.at < from);
    let mut out = Vec::new();
    for colon in [WIDE, NARROW] {
        let known: Vec<Known<'a>> =
            known.iter().filter(|known| known.sign == colon).copied().collect();
        if known.is_empty() {
            continue;
        }
        let mut said = starts[first..].iter().map(|start| start.text).peekable();
        // A blank is no rare byte.
        let wide = || places(text, colon).collect::<Vec<usize>>();
        let narrow = || memchr::memmem::find_iter(text.as_bytes(), colon).collect();
        for place in if colon == WIDE { wide() } else { narrow() } {
            // Most of them are where turns begin.
            let behind = from + (place + colon.len()) as u32;
            while said.next_if(|&at| at + 1 < behind).is_some() {}
            if said.peek().is_some_and(|&at| at <= behind + 1) {
                continue;
            }
            let before = &text[..place];
            for known in known.iter().filter(|known| before.ends_with(known.name)) {
                out.push((from + (place - known.name.len()) as u32, *known));
            }
        }
    }
    out
}

/// Whether a name is one or two letters, with stops or without: `R`, `AP`, `K.K.`.
fn is_letters(name: &str) -> bool {
    (1..=2).contains(&name.bytes().filter(u8::is_ascii_uppercase).count())
        && name.bytes().all(|letter| letter.is_ascii_uppercase() || letter == b'.')
}

/// The colons behind names: that of Han, and the other one.
const WIDE: &str = "：";
const NARROW: &str = ": ";

/// The colon that stands behind a name in its label.
fn sign(name: &str, label: &str) -> Option<&'static str> {
    if label.contains(WIDE) {
        Some(WIDE)
    } else {
        (!name.starts_with(is_han_or_kana) && label.contains(NARROW)).then_some(NARROW)
    }
}

/// The quotes of a paragraph up to a place in it: places are asked for in order, and each byte is
/// looked at once.
#[derive(Default)]
struct Within {
    /// Where the paragraph begins, and up to where it was looked at.
    start: u32,
    at: u32,
    opened: usize,
    closed: usize,
    straight: usize,
}

impl Within {
    /// Whether a place is behind the end of a sentence of its paragraph, and outside of quotes.
    fn is_within(&mut self, prose: &Prose, at: u32) -> bool {
        let Some(block) = prose.block_at(at) else { return false };
        let span = prose.block(block).span.clone();
        if prose.block(block).kind != Kind::Paragraph || at <= span.start || span.len() > LONGEST {
            return false;
        }
        if self.start != span.start || self.at < span.start || self.at > at {
            *self = Self { start: span.start, at: span.start, ..Self::default() };
        }
        for sign in prose.slice(self.at..at).chars() {
            match sign {
                '“' | '「' | '『' => self.opened += 1,
                '”' | '」' | '』' => self.closed += 1,
                '"' | '＂' => self.straight += 1,
                _ => {}
            }
        }
        self.at = at;
        self.opened <= self.closed
            && self.straight.is_multiple_of(2)
            && prose
                .slice(span.start..at)
                .trim_end()
                .ends_with(['。', '？', '！', '…', '”', '」', '）', '?', '!'])
    }
}

#[cfg(test)]
mod tests {
    use crate::format::markdown;
    use crate::interview::read;

    #[test]
    fn labels_that_lost_their_paragraph() {
        let text = "林舟站：你好吗？\n\n周砚秋：好。林舟站：真的？\n\n周砚秋：真的。他说：“林舟站：不信。”我信。\n\n\
                    林舟站：然后呢？周砚秋：回家。\n\n林舟站：几点？\n\n周砚秋：八点。\n";
        let interview = read(markdown::read(text));
        let names: Vec<&str> = interview
            .turns
            .iter()
            .map(|turn| interview.speaker(turn.speaker).name.as_str())
            .collect();
        let (a, b) = ("林舟站", "周砚秋");
        assert_eq!(names, [a, b, a, b, a, b, a, b]);
        // A wide blank behind the question mark.
        let text = text.replace("然后呢？周", "然后呢？　周");
        assert_eq!(read(markdown::read(&text)).turns.len(), 8);
        let text = "Hale: Do you draw?\n\nRuben: I do. He said \"Hale: go\" and Hale: no.\n\n\
                    Hale: When? Ruben: At night.\n\nHale: Where?\n\nRuben: At home.\n";
        assert_eq!(read(markdown::read(text)).turns.len(), 6);
    }
}
