//! Questions at the beginning of a paragraph that goes on with the answer: `**Why?** «Because.»`, or
//! the lines of one that are all bold, all italic or in capitals.

use std::ops::Range;

use super::asking::asks;
use super::remarks::starts_with_dash;
use super::setting::{Piece, Set, are_capitals};
use crate::prose::{Prose, Style};

/// The shortest line that is believed without more, in bytes.
const LEAST: usize = 24;
/// The shortest line that states something, in bytes.
const STATED: usize = 16;

/// The parts of a paragraph in which emphasised questions stand before what is plain, or on a line
/// behind it; none where it has no such question. With `stated`, a line that is emphasised may state
/// something instead: where other paragraphs begin with questions, who asks does so now and then.
pub fn pieces(prose: &Prose, content: Range<u32>, stated: bool) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    // Where the answer begins that the last question leads to.
    let mut open = content.start;
    for stretch in stretches(prose, &content) {
        // Each question is a part of its own, and so is what stands between it and the next.
        if stretch.span.start < open {
            continue;
        }
        // The first is at the beginning, or has a line of its own.
        let start = stretch.span.start;
        let within =
            out.is_empty() && start > content.start && prose.breaks_in(start..start + 1).is_empty();
        let led = led(prose, &stretch, &content, stated).filter(|_| !within);
        let Some(end) = led.or_else(|| last(prose, &stretch, &content)) else { continue };
        if stretch.span.start > content.start {
            if prose.slice(open..stretch.span.start).trim().is_empty() {
                continue;
            }
            out.push(Piece { span: open..stretch.span.start, set: Set::Plain });
        }
        out.push(Piece { span: stretch.span.start..end, set: stretch.set });
        open = end;
    }
    if !out.is_empty() && prose.slice(open..content.end).chars().any(char::is_alphanumeric) {
        out.push(Piece { span: open..content.end, set: Set::Plain });
    }
    out
}

/// The longest line that is a title above a question, in characters.
const TITLE: usize = 40;

/// Where a dash begins the second line of a paragraph whose first is a title that lost its own.
pub fn below_title(prose: &Prose, content: Range<u32>) -> Option<(u32, char)> {
    let at = *prose.breaks_in(content.start + 1..content.end).first()?;
    let dash = prose.slice(at..content.end).chars().next()?;
    let title = prose.slice(content.start..at).trim();
    let double = prose.slice(at..content.end).chars().nth(1) == Some(dash);
    let whole = title.ends_with(['。', '、', '，', '.', ',', '！', '!', '：', ':', '；']);
    let short = title.chars().nth(TITLE).is_none() && !starts_with_dash(title);
    (matches!(dash, '―' | '—' | '─' | '–') && double && short && !whole).then_some((at, dash))
}

/// Parts titles from the questions below them, where more questions begin a paragraph: in a story
/// whoever speaks does so below what is told. Each of `below` has its piece, place and dash.
pub fn part_titles(pieces: &mut Vec<Piece>, below: &[(usize, u32, char)]) {
    let alike = |dash: char| pieces.iter().filter(|piece| piece.set == Set::Sign(dash)).count();
    let same = |dash: char| below.iter().filter(|(_, _, other)| *other == dash).count();
    let mut dashes: Vec<char> = below.iter().map(|(_, _, dash)| *dash).collect();
    dashes.sort_unstable();
    dashes.dedup();
    dashes.retain(|&dash| alike(dash) >= same(dash) * 2);
    let mut below = below.iter().filter(|(_, _, dash)| dashes.contains(dash)).peekable();
    if below.peek().is_none() {
        return;
    }
    let whole = std::mem::take(pieces);
    for (number, mut piece) in whole.into_iter().enumerate() {
        let cut = below.next_if(|(at, ..)| *at == number);
        let rest = cut.map(|&(_, from, dash)| {
            let end = std::mem::replace(&mut piece.span.end, from);
            Piece { span: from..end, set: Set::Sign(dash) }
        });
        pieces.push(piece);
        pieces.extend(rest);
    }
}

/// Where a stretch ends that is a question, and the last line of a paragraph, or behind the caption
/// of a picture.
fn last(prose: &Prose, stretch: &Piece, content: &Range<u32>) -> Option<u32> {
    let Range { start, end } = stretch.span;
    let line = prose.breaks_in(content.start..start).last().map_or(content.start, |&at| at);
    let before = prose.slice(line..start);
    let caption = before.trim();
    let caption = caption.starts_with(['(', '（'])
        && caption.ends_with([')', '）'])
        && caption.matches(['(', '（']).count() == 1;
    let apart = caption || before.ends_with('\n') || prose.breaks_in(start..start + 1).len() == 1;
    let ends = !prose.slice(end..content.end).chars().any(char::is_alphanumeric);
    let text = prose.slice(start..end).trim();
    (start > content.start && apart && ends && text.len() > LEAST && asks(text))
        .then_some(content.end)
}

/// The stretches of one emphasis, blanks between them aside.
fn stretches(prose: &Prose, content: &Range<u32>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for run in prose.runs_in(content.clone()) {
        let set = match run.style {
            style if style.contains(Style::STRONG) => Set::Bold,
            style if style.contains(Style::EMPHASIS) => Set::Italic,
            _ => continue,
        };
        let mut span = run.span.start.max(content.start)..run.span.end.min(content.end);
        // Whose answer it is stands on the next line, in the same emphasis: `**Why?` `Ann:** Because`.
        if let Some(&at) = prose.breaks_in(span.start + 1..span.end).last()
            && is_label(prose, at..span.end, content.end)
        {
            span.end = at;
        }
        let begins = !prose.breaks_in(span.start..span.start + 1).is_empty();
        let label = begins && is_label(prose, span.clone(), content.end);
        match out.last_mut() {
            Some(last)
                if last.set == set
                    && !label
                    && last.span.end <= span.start
                    && prose.slice(last.span.end..span.start).trim().is_empty() =>
            {
                last.span.end = span.end;
            }
            _ if span.start < span.end => out.push(Piece { span, set }),
            _ => {}
        }
    }
    if out.is_empty() { capitals(prose, content) } else { out }
}

/// The lines of a paragraph that are in capitals, those one below the other as one.
fn capitals(prose: &Prose, content: &Range<u32>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let breaks = prose.breaks_in(content.clone());
    let ends = breaks.iter().skip(1).copied().chain(std::iter::once(content.end));
    for (start, end) in breaks.iter().copied().zip(ends) {
        if !are_capitals(prose.slice(start..end)) {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.span.end == start => last.span.end = end,
            _ => out.push(Piece { span: start..end, set: Set::Capitals }),
        }
    }
    out
}

/// The longest label below a question, in bytes.
const LABEL: usize = 60;

/// Whether what is emphasised at the beginning of a line ends in a colon, or has one behind it.
fn is_label(prose: &Prose, of: Range<u32>, end: u32) -> bool {
    let name = prose.slice(of.clone()).trim();
    let behind = prose.slice(of.end.min(end)..end);
    let colon = [':', '：'];
    of.len() < LABEL
        && !name.is_empty()
        && !name.contains(['?', '？', '.', '。'])
        && (name.ends_with(colon) || behind.starts_with(colon))
}

/// Where a stretch ends that is a question with something behind it: with its line, or within it
/// where it ends with the mark of a question.
fn led(prose: &Prose, stretch: &Piece, content: &Range<u32>, stated: bool) -> Option<u32> {
    let Range { start, end } = stretch.span;
    let text = prose.slice(start..end).trim();
    let behind = prose.slice(content.start..start).trim_end();
    let begins = behind.is_empty()
        || prose.slice(content.start..start).ends_with('\n')
        || behind.ends_with(['.', '!', '?', '»', '”', '"', '。', '！', '？', '」', ')', '）']);
    if !begins || !prose.slice(end..content.end).chars().any(char::is_alphanumeric) {
        return None;
    }
    let next = prose.breaks_in(start + 1..content.end).iter().copied().find(|&at| at >= end);
    if let Some(next) = next.filter(|&next| prose.slice(end..next).trim().is_empty()) {
        let states = || {
            stated && text.len() > STATED && text.ends_with(['.', '…', '。', '!', '！', ':', '：'])
        };
        return (asks(text) || states()).then_some(next);
    }
    text.trim_end_matches(['»', '”', '"', ' ', '\u{A0}']).ends_with(['?', '？', '؟']).then_some(end)
}
