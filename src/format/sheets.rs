//! Sheets: a text that was set on pages, as court reporters and archives print it → the same text
//! in one piece. The numbers before its lines go, and so do the heads and feet of its pages.
//!
//! What is taken away leaves a line with nothing but a [`BORDER`], so that lines keep their numbers
//! and a paragraph goes on over the page.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// A line that is no line of the text: where one page ends and the next begins.
pub const BORDER: &str = "\u{C}";

/// The fewest numbered lines from which a page is told.
const FEWEST: usize = 20;
/// The longest page, in numbered lines.
const LONGEST: u32 = 60;
/// How many lines the head or the foot of a page has at most.
const HEAD: usize = 6;
/// How wide a gap between the parts of a page's head is, in characters.
const GAP: &str = "   ";

/// A text without what only its pages have.
pub fn flat(text: &str) -> Cow<'_, str> {
    let fed = text.contains('\u{C}');
    let lines: Vec<&str> = text.split('\n').collect();
    if let Some(flat) = without_numbers(&lines) {
        return Cow::Owned(flat);
    }
    let heads = heads(&lines);
    if heads.is_empty() && !fed {
        return Cow::Borrowed(text);
    }
    Cow::Owned(joined(&lines, |at, line| {
        if heads.contains(&at) { BORDER } else { line.trim_start_matches('\u{C}') }
    }))
}

/// Lines, each as `line` has it; blank ones before and behind a border are part of it where the text
/// goes on within a sentence.
fn joined<'t>(lines: &[&'t str], line: impl Fn(usize, &'t str) -> &'t str) -> String {
    let mut out: Vec<&str> = lines.iter().enumerate().map(|(at, text)| line(at, text)).collect();
    let mut at = 0;
    while at < out.len() {
        if out[at] != BORDER {
            at += 1;
            continue;
        }
        let blank = |line: &str| line.trim().is_empty();
        let from = out[..at].iter().rposition(|line| !blank(line)).map_or(0, |last| last + 1);
        let to = out[at..].iter().position(|line| !blank(line)).map_or(out.len(), |next| at + next);
        let goes_on = from.checked_sub(1).is_some_and(|last| !ends(out[last]))
            && out.get(to).is_some_and(|next| next.trim_start().starts_with(char::is_lowercase));
        if goes_on {
            out[from..to].fill(BORDER);
        }
        at = to.max(at + 1);
    }
    out.join("\n")
}

fn ends(line: &str) -> bool {
    line.trim_end().ends_with(['.', '?', '!', '"', '”', ':', ')', ']', '。', '？', '！', '」'])
}

/// The number before a line and what stands behind it, blanks included.
fn numbered(line: &str) -> Option<(u32, &str)> {
    let bare = line.trim_start_matches([' ', '\t', '\u{C}']);
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = bare.len() - rest.len();
    let apart = rest.trim_end().is_empty() || rest.starts_with([' ', '\t']);
    let number = bare[..digits].parse().ok().filter(|&number| number <= LONGEST)?;
    ((1..=2).contains(&digits) && apart).then_some((number, rest))
}

/// The text without the numbers of its lines, where each page counts them anew.
fn without_numbers(lines: &[&str]) -> Option<String> {
    let found: Vec<(usize, u32, &str)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| numbered(line).map(|(number, rest)| (at, number, rest)))
        .collect();
    if found.len() < FEWEST {
        return None;
    }
    let (mut next, mut anew) = (0_usize, 0_usize);
    for pair in found.windows(2) {
        next += usize::from(pair[1].1 == pair[0].1 + 1);
        anew += usize::from(pair[1].1 == 1 && pair[0].1 > 8);
    }
    let first = found.first().map_or(0, |found| found.0);
    let last = found.last().map_or(0, |found| found.0);
    let written = lines[first..=last].iter().filter(|line| !line.trim().is_empty()).count();
    let counted = anew > 0 && (next + anew) * 10 >= (found.len() - 1) * 9;
    if !counted || found.len() * 10 < written * 7 {
        return None;
    }
    let numbers: HashMap<usize, &str> = found.iter().map(|&(at, _, rest)| (at, rest)).collect();
    // What stands between two pages is the foot of one and the head of the other.
    let mut between: HashSet<usize> = HashSet::new();
    for pair in found.windows(2).filter(|pair| pair[1].1 <= pair[0].1) {
        let lines = pair[0].0 + 1..pair[1].0;
        if lines.len() <= HEAD * 2 {
            between.extend(lines);
        }
    }
    between.extend((last + 1..lines.len()).take(HEAD).filter(|&at| !lines[at].is_empty()));
    Some(joined(lines, |at, line| match numbers.get(&at) {
        Some(rest) => rest,
        None if between.contains(&at) => BORDER,
        None => line.trim_start_matches('\u{C}'),
    }))
}

/// The lines that are heads or feet of pages: alone, with the page's number, and again on the next
/// page with a higher one.
fn heads(lines: &[&str]) -> HashSet<usize> {
    let mut of: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let alone = |at: Option<usize>| {
            let other = at.and_then(|at| lines.get(at));
            other.is_none_or(|line| line.trim_matches([' ', '\r', '\t', '\u{C}']).is_empty())
        };
        let fed = line.starts_with('\u{C}');
        let apart = (fed || alone(at.checked_sub(1))) && alone(Some(at + 1));
        let Some(number) = page(line, fed).filter(|_| apart) else { continue };
        let form: String = line.chars().filter(|c| !c.is_ascii_digit()).collect();
        of.entry(form.split_whitespace().collect::<Vec<_>>().join(" "))
            .or_default()
            .push((at, number));
    }
    let rises = |found: &&Vec<(usize, u32)>| {
        found.len() > 1 && found.windows(2).all(|two| two[0].1 < two[1].1)
    };
    of.values().filter(rises).flatten().map(|(at, _)| *at).collect()
}

/// The number of a page in a line that says so: by a word, by the gap between the parts of a page's
/// head, or because a page begins with it. `Chapter 3` is none.
fn page(line: &str, fed: bool) -> Option<u32> {
    const PAGE: &[&str] = &[
        "page ",
        "pág. ",
        "página ",
        "seite ",
        "pagina ",
        "стр. ",
        "страница ",
        "p. ",
        "页",
        "頁",
        "ページ",
        "쪽",
    ];
    let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{C}');
    if text.chars().count() > 100 {
        return None;
    }
    let ends_in = |text: &str| -> Option<u32> {
        let end = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits = end.len() - end.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        end[end.len() - digits..].parse().ok().filter(|_| digits <= 4)
    };
    let begins = || -> Option<u32> {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        text[..text.len() - rest.len()].parse().ok().filter(|_| rest.starts_with(GAP))
    };
    let number = ends_in(text).or_else(begins)?;
    let lower = text.to_lowercase();
    let told = PAGE.iter().any(|word| lower.contains(word));
    // A page's head has parts far from each other; so has a row of a table, but not with its number.
    (told || fed || text.contains(GAP) && !text.contains([':', '：'])).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_lines_go() {
        let page = |head: &str, from: usize| {
            let lines = (1..=12).map(|n| format!("{n:2}   word {}\n", from + n));
            format!("{head}\n\n{}\n   a foot\n", lines.collect::<String>())
        };
        let text = format!("Title\n\n{}\u{C}{}", page("head 1", 0), page("head 2", 12));
        let flat = flat(&text);
        assert_eq!(flat.lines().count(), text.lines().count());
        let words: Vec<&str> = flat.lines().map(str::trim).filter(|l| l.starts_with('w')).collect();
        assert_eq!((words.len(), words[12]), (24, "word 13"));
        assert!(flat.contains("Title") && !flat.contains("a foot") && !flat.contains("head 2"));
        // Nothing is wrapped within a sentence here but between the pages.
        assert!(matches!(super::flat("1 one\n2 two\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn heads_of_pages_go() {
        let text = "a.\n\nThe Project      Page 2\n\nb.\n\nThe Project      Page 3\n\nChapter 1\n\nc\n\nChapter 2\n";
        assert_eq!(flat(text), "a.\n\n\u{C}\n\nb.\n\n\u{C}\n\nChapter 1\n\nc\n\nChapter 2\n");
        let text = "He went\n\nSeite 4\n\nhome.\n\nSeite 5\n\nShe\n";
        assert_eq!(flat(text), "He went\n\u{C}\n\u{C}\n\u{C}\nhome.\n\n\u{C}\n\nShe\n");
        assert_eq!(flat("a\n\u{C}b\n"), "a\nb\n");
    }
}
