//! How a paragraph is set apart from others: by its kind, its emphasis, a sign before it or brackets
//! around it.

use std::ops::Range;

use crate::prose::{BlockId, Kind, Marker, Prose, Style};

/// How a paragraph is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Set {
    /// A heading of this level.
    Heading(u8),
    /// All of it is bold.
    Bold,
    /// All of it is italic.
    Italic,
    /// It is quoted.
    Quote,
    /// All of it is in capitals.
    Capitals,
    /// It begins with this sign.
    Sign(char),
    /// It begins with a number.
    Number,
    /// It begins with an opening quote: somebody's words.
    Speech,
    /// All of it is within brackets that open so.
    Framed(char),
    /// Nothing.
    Plain,
    /// Nothing but that it asks and does no more.
    Alone,
}

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The byte it begins at.
    pub at: u32,
    /// The byte its text begins at, behind the sign that sets it apart.
    pub text: u32,
    /// The byte it ends at: what is said to it begins there or behind.
    pub end: u32,
}

/// A paragraph, or the lines of one that are set alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes.
    pub span: Range<u32>,
    /// How it is set.
    pub set: Set,
}

/// What all paragraphs are, and what therefore is no mark of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Throughout {
    /// Quoted.
    pub quoted: bool,
    /// Bold.
    pub bold: bool,
}

/// From how many capital letters on a paragraph may be set apart by them.
const CAPITALS: usize = 8;

/// How a paragraph is set; what all are is none of its marks.
pub fn set(prose: &Prose, id: BlockId, all: Throughout) -> Set {
    let block = prose.block(id);
    let content = prose.content(id);
    let text = prose.slice(content.clone());
    if let Kind::Heading(level) = block.kind {
        return Set::Heading(level);
    }
    if block.quote > 0 && !all.quoted {
        return Set::Quote;
    }
    let inner = text.trim_start_matches([' ', '\u{3000}']);
    let first = inner.chars().next().unwrap_or(' ');
    let signed = inner.chars().nth(1).is_some();
    if !all.bold && is_set(prose, content.clone(), Style::STRONG) {
        return Set::Bold;
    }
    if is_set(prose, content, Style::EMPHASIS) {
        return Set::Italic;
    }
    // A blank parts what else is markup from its paragraph.
    let apart = !"*＊>#".contains(first) || inner.trim_start_matches(first).starts_with(' ');
    if signed && apart && is_sign(first) {
        return Set::Sign(first);
    }
    // The mark of a long vowel is typed for a dash: no word begins with one.
    if inner.starts_with('ー') && !inner.starts_with("ーーー") {
        return Set::Sign('―');
    }
    if matches!(block.marker, Marker::Number(_)) || numbered(inner) {
        return Set::Number;
    }
    if let Some(open) = frame(inner) {
        return Set::Framed(open);
    }
    match block.marker {
        Marker::Bullet => Set::Sign('•'),
        _ if are_capitals(inner) => Set::Capitals,
        _ if inner.starts_with(['«', '“', '„', '「', '『', '"', '＂']) => Set::Speech,
        _ => Set::Plain,
    }
}

/// Whether a sign is one that questions are often marked with, in print or on pages.
pub fn is_usual(sign: char) -> bool {
    "―—─–-−‐▶►▷■□◆◇●○•★☆※→➤❓◎▲△▼▽◉🔹🔸💬🎤👉Ｑ？".contains(sign)
}

/// Whether a paragraph that begins so is marked by that: a dash, or a sign that is no letter and none
/// of a sentence's.
fn is_sign(c: char) -> bool {
    "―—─–-−‐•※＞>*＊#＃Ｑ？§¶†".contains(c)
        // Arrows, shapes and pictures.
        || matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// `1. `, `（3）`, `12、`, `第一问`.
pub fn numbered(text: &str) -> bool {
    let inner = text.trim_start_matches(['(', '（', '[', '第']);
    let rest = inner
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let taken = inner.len() - rest.len();
    (1..=9).contains(&taken) && rest.starts_with(['.', '、', '．', ')', '）', ']', '/', '问', '問'])
}

/// Whether a paragraph of some words is in capitals, as plain text sets apart what it cannot print bold.
pub fn are_capitals(text: &str) -> bool {
    let letters = |case: fn(char) -> bool| text.chars().filter(|&c| case(c)).take(CAPITALS).count();
    letters(char::is_lowercase) == 0
        && letters(char::is_uppercase) == CAPITALS
        && text.split_whitespace().nth(2).is_some()
}

/// Whether all of a paragraph has a style.
pub fn is_set(prose: &Prose, content: Range<u32>, style: Style) -> bool {
    if content.len() < 6 {
        return false;
    }
    let runs = prose.runs_in(content.clone());
    let set: usize =
        runs.iter().filter(|run| run.style.contains(style)).map(|run| run.span.len()).sum();
    set + 4 >= content.len()
}

/// The bracket that holds all of a text.
fn frame(text: &str) -> Option<char> {
    let pairs = [('[', ']'), ('【', '】'), ('(', ')'), ('（', '）'), ('〔', '〕'), ('〈', '〉')];
    let (open, close) = pairs.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let inner = text.strip_prefix(open)?.trim_end().strip_suffix(close)?;
    (!inner.contains([open, close])).then_some(open)
}

/// How many bytes the sign takes that sets a question apart, or a dash before what is said; a
/// number is the question's own.
pub fn sign(text: &str, way: Set) -> u32 {
    let blank = [' ', '\u{3000}', '\u{A0}', '\u{FE0F}'];
    let dash = |c: char| matches!(c, '–' | '—' | '―' | '-' | '−' | '─' | 'ー');
    let inner = text.trim_start_matches(blank);
    let lead = match way {
        Set::Sign(sign) if dash(sign) => inner.trim_start_matches(dash),
        Set::Sign(sign) => inner.trim_start_matches(sign),
        _ => inner.trim_start_matches(dash),
    };
    (text.len() - lead.trim_start_matches(blank).len()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_numbered() {
        for (text, want) in [
            ("1. 好", true),
            ("（3）好", true),
            ("第一问", true),
            ("2024 年", false),
            ("一个", false),
        ] {
            assert_eq!(numbered(text), want, "{text}");
        }
    }
}
