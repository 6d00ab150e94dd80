//! Questions at the beginning of a paragraph that goes on with the answer: `**Why?** «Because.»`, or
//! the lines of one that are all bold or all italic.

use std::ops::Range;

use super::questions::{Piece, Set, asks};
use crate::prose::{Prose, Style};

/// The parts of a paragraph in which emphasised questions stand before what is plain; none where it
/// has no such question.
pub fn pieces(prose: &Prose, content: Range<u32>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    // Where the answer begins that the last question leads to.
    let mut open = content.start;
    for stretch in stretches(prose, &content) {
        // Each question is a part of its own, and so is what stands between it and the next.
        if stretch.span.start < open || out.is_empty() && stretch.span.start > content.start {
            continue;
        }
        let Some(end) = led(prose, &stretch, &content) else { continue };
        if !out.is_empty() {
            if prose.slice(open..stretch.span.start).trim().is_empty() {
                continue;
            }
            out.push(Piece { span: open..stretch.span.start, set: Set::Plain });
        }
        out.push(Piece { span: stretch.span.start..end, set: stretch.set });
        open = end;
    }
    if !out.is_empty() {
        out.push(Piece { span: open..content.end, set: Set::Plain });
    }
    out
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
        let span = run.span.start.max(content.start)..run.span.end.min(content.end);
        match out.last_mut() {
            Some(last)
                if last.set == set
                    && last.span.end <= span.start
                    && prose.slice(last.span.end..span.start).trim().is_empty() =>
            {
                last.span.end = span.end;
            }
            _ if span.start < span.end => out.push(Piece { span, set }),
            _ => {}
        }
    }
    out
}

/// Where a stretch ends that is a question with something behind it: with its line, or within it
/// where it ends with the mark of a question.
fn led(prose: &Prose, stretch: &Piece, content: &Range<u32>) -> Option<u32> {
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
        return asks(text).then_some(next);
    }
    text.trim_end_matches(['»', '”', '"', ' ', '\u{A0}']).ends_with(['?', '？', '؟']).then_some(end)
}
