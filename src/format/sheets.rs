//! Sheets: a text that was set on pages, as court reporters and archives print it → the same text
//! in one piece. The numbers before its lines go, and so do the heads and feet of its pages.
//!
//! What is taken away leaves a line with nothing but a [`BORDER`], so that lines keep their numbers
//! and a paragraph goes on over the page.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// A line that is no line of the text: where one page ends and the next begins.
pub const BORDER: &str = "\u{C}";

/// The fewest numbered lines of a page.
const FEWEST: u32 = 20;
/// The longest page, in numbered lines.
const LONGEST: u32 = 60;
/// How many lines the head or the foot of a page has at most.
const HEAD: usize = 6;
/// The shortest page, in lines, where none is numbered.
const SHORTEST: usize = 6;
/// How many characters a line that is cut to a width has at least.
const WIDE: usize = 30;
/// The longest head of a page, in bytes.
const LONG: usize = 200;
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

/// The lines that a page's numbers stand before, with what stands behind the number, in pages. A page
/// counts on from the line before, and is full where the next begins at 1.
fn pages<'t>(lines: &[&'t str]) -> Vec<Vec<(usize, u32, &'t str)>> {
    let mut pages: Vec<Vec<(usize, u32, &str)>> = vec![Vec::new()];
    let mut top = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some((number, rest)) = numbered(line) else { continue };
        if number == 1 && top >= FEWEST {
            pages.push(Vec::new());
        } else if number != top + 1 && number != top + 2 {
            continue;
        }
        top = number;
        if let Some(page) = pages.last_mut() {
            page.push((at, number, rest));
        }
    }
    pages
}

/// Whether lines are of one text that is cut to a width: a list's are not.
fn is_wrapped(found: &[(usize, u32, &str)]) -> bool {
    let goes_on = |pair: &&[(usize, u32, &str)]| {
        let (line, next) = (pair[0].2.trim(), pair[1].2.trim());
        line.chars().nth(WIDE).is_some()
            && !ends(line)
            && next.starts_with(|c: char| c.is_alphanumeric() && !c.is_uppercase())
    };
    found.windows(2).filter(goes_on).count() * 8 >= found.len()
}

/// The text without the numbers of its lines, where each page counts them anew.
fn without_numbers(lines: &[&str]) -> Option<String> {
    let pages = pages(lines);
    let tops: Vec<u32> = pages.iter().filter_map(|page| Some(page.last()?.1)).collect();
    // All pages are of one length, but the last.
    let (last, full) = tops.split_last()?;
    let mut lengths: HashMap<u32, usize> = HashMap::new();
    for &length in full {
        *lengths.entry(length).or_default() += 1;
    }
    let (top, whole) = lengths.into_iter().max_by_key(|&(top, count)| (count, top))?;
    let found = pages.concat();
    // Behind the 25th line page 26 may begin with its number.
    if *last > top + 2 || whole * 10 < full.len() * 9 || !is_wrapped(&found) {
        return None;
    }
    // What stands at the edge of a page, and again at that of another, is its foot or its head.
    let mut edges: Vec<usize> = Vec::new();
    let (first, last) = (found.first()?.0, found.last()?.0);
    edges.extend(first.saturating_sub(HEAD)..first);
    for pair in pages.windows(2) {
        let between = pair[0].last()?.0 + 1..pair[1].first()?.0;
        if between.len() <= HEAD * 2 {
            edges.extend(between);
        }
    }
    edges.extend((last + 1..lines.len()).take(HEAD));
    let mut counts: HashMap<String, usize> = HashMap::new();
    for &at in &edges {
        *counts.entry(form(lines[at])).or_default() += 1;
    }
    let again = |at: &usize| !is_blank(lines[*at]) && counts[&form(lines[*at])] > 1;
    let heads: HashSet<usize> = edges.iter().copied().filter(again).collect();
    let numbers: HashMap<usize, &str> = found.iter().map(|&(at, _, rest)| (at, rest)).collect();
    let bare =
        |at: &usize| !is_blank(lines[*at]) && !numbers.contains_key(at) && !heads.contains(at);
    // Nearly every line has its number.
    if (first..last).filter(bare).count() * 10 > found.len() {
        return None;
    }
    // Lines with one to spare between them are a page of double spacing.
    let spaced = found.windows(2).filter(|two| two[0].0 + 2 == two[1].0);
    let spaced = spaced.count() * 4 >= found.len() * 3;
    Some(joined(lines, |at, line| match numbers.get(&at) {
        Some(rest) => rest,
        None if heads.contains(&at) || spaced && is_blank(line) => BORDER,
        None => line.trim_start_matches('\u{C}'),
    }))
}

fn is_blank(line: &str) -> bool {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{C}').is_empty()
}

/// What the heads of pages have in common: a line without its numbers.
fn form(line: &str) -> String {
    let text: String = line.chars().filter(|c| !c.is_ascii_digit() && *c != '\u{C}').collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines that are heads or feet of pages: alone, with the page's number, and again on the pages
/// behind it, which are about as long.
fn heads(lines: &[&str]) -> HashSet<usize> {
    let mut of: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let alone =
            |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|other| is_blank(other));
        let Some(number) = page(line) else { continue };
        let fed = line.starts_with('\u{C}');
        if (fed || alone(at.checked_sub(1))) && alone(Some(at + 1)) {
            of.entry(form(line)).or_default().push((at, number));
        }
    }
    let come = |found: &&Vec<(usize, u32)>| {
        let mut found = (*found).clone();
        // The first page often has none, but it begins with the text.
        if let &[(at, number @ 1..=2), _] = &*found
            && lines[at].trim().contains(GAP)
        {
            found.insert(0, (0, number - 1));
        }
        let long = found.windows(2).map(|two| {
            let pages = two[1].1.checked_sub(two[0].1).filter(|pages| (1..=2).contains(pages))?;
            Some((two[1].0 - two[0].0) / pages as usize)
        });
        let Some(long) = long.collect::<Option<Vec<usize>>>() else { return false };
        let (Some(least), Some(most)) = (long.iter().min(), long.iter().max()) else {
            return false;
        };
        found.len() > 2 && *least >= SHORTEST && *most <= least * 2
    };
    of.values().filter(come).flatten().map(|(at, _)| *at).collect()
}

/// The number of a page in a line that says nothing else, or says it at its edge, far from the rest.
/// What has a label or ends as a sentence is said by somebody.
fn page(line: &str) -> Option<u32> {
    const BEFORE: &[&str] =
        &["page", "pág.", "página", "seite", "pagina", "стр.", "страница", "p.", "第"];
    const BEHIND: &[&str] = &["页", "頁", "ページ", "쪽"];
    let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{C}');
    if text.len() > LONG || text.contains([':', '：']) || ends(text) {
        return None;
    }
    let told = |part: &str| -> Option<u32> {
        let lower = part.to_lowercase();
        let part = lower.trim_matches([' ', '-', '–', '—', '|']);
        let word = BEFORE.iter().find_map(|word| part.strip_prefix(word));
        let rest = word.unwrap_or(part).trim_start();
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = rest[..rest.len() - behind.len()].parse().ok()?;
        let unit = BEHIND.iter().find_map(|word| behind.trim_start().strip_prefix(word));
        // `Page 3 of 12`.
        let all = unit.unwrap_or(behind).trim_start();
        let all = ["of", "von", "de", "di", "из", "/"].iter().find_map(|of| all.strip_prefix(of));
        let all = all.map_or(unit.unwrap_or(behind), str::trim_start);
        let closed = all.chars().all(|c| c.is_ascii_digit()) && (all.len() < 5);
        (closed && (unit.is_some() || word.is_some() && !part.starts_with('第'))).then_some(number)
    };
    let first = text.split(GAP).next().and_then(told);
    first.or_else(|| text.rsplit(GAP).next().and_then(told))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines that are cut within a sentence, each of its own.
    fn numbered_page(head: &str, of: u32) -> String {
        let line = |n| format!("{n:2}   the words of line {n} of page {of} are cut here and\n");
        format!("{head}\n\n{}\n   a foot\n", (1..=25).map(line).collect::<String>())
    }

    #[test]
    fn numbers_of_lines_go() {
        let pages = [numbered_page("head 1", 1), numbered_page("head 2", 2)];
        let text = format!("Title\n\n{}\u{C}{}", pages[0], pages[1]);
        let flat = flat(&text);
        assert_eq!(flat.lines().count(), text.lines().count());
        let words: Vec<&str> =
            flat.lines().map(str::trim).filter(|l| l.starts_with("the")).collect();
        assert_eq!(words.len(), 50);
        assert!(words[25].starts_with("the words of line 1 of page 2"));
        assert!(flat.contains("Title") && !flat.contains("a foot") && !flat.contains("head 2"));
        // A line between two pages that comes once is the text's.
        let text = format!("{}\nA remark that came once.\n\n{}", pages[0], pages[1]);
        let flat = super::flat(&text);
        assert!(flat.contains("A remark that came once.") && !flat.contains("a foot"));
        assert!(matches!(super::flat("1 one\n2 two\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn numbers_of_lists_stay() {
        for length in [14, 25] {
            let list = |year| {
                let items = (1..=length).map(|n| format!("{n:2} Runner {n}\n"));
                format!("Winners {year}\nThere was rain.\n\n{}\n", items.collect::<String>())
            };
            let text = format!("{}{}{}", list(2021), list(2022), list(2023));
            assert_eq!(flat(&text), text);
        }
    }

    /// The lines with others behind each of them.
    fn spread(heads: &[&str]) -> String {
        heads.iter().map(|head| format!("{head}\n\n{}", "Some words.\n\n".repeat(5))).collect()
    }

    #[test]
    fn heads_of_pages_go() {
        for heads in [
            ["The Project      Page 2", "The Project      Page 3", "The Project      Page 4"],
            ["Page 1 of 12   Project", "Page 2 of 12   Project", "Page 3 of 12   Project"],
            ["Seite 4", "Seite 5", "Seite 6"],
            ["- 第4页 -", "- 第5页 -", "- 第6页 -"],
        ] {
            let text = spread(&heads);
            assert!(heads.iter().all(|head| !flat(&text).contains(head)), "{heads:?}");
            assert_eq!(flat(&text).lines().count(), text.lines().count());
        }
        // The first page has no head.
        let text = format!("{}{}", spread(&["Title"]), spread(&["A    Page 2", "A    Page 3"]));
        assert!(!flat(&text).contains("Page"));
        let text = "He went\n\nSeite 4\n\nhome.\n\n\n\n\nSeite 5\n\nShe\n\n\n\n\nSeite 6\n";
        assert!(flat(text).starts_with("He went\n\u{C}\n\u{C}\n\u{C}\nhome."));
        assert_eq!(flat("a\n\u{C}b\n"), "a\nb\n");
    }

    #[test]
    fn what_only_looks_like_a_head_stays() {
        for lines in [
            ["Q: Please look at page 4.", "Q: Please look at page 5.", "Q: Please look at page 6."],
            ["Please look at page 4", "Please look at page 5", "Please look at page 6"],
            ["page 4.", "page 5.", "page 6."],
            ["老师：请翻到第3页。", "老师：请翻到第4页。", "老师：请翻到第5页。"],
            ["请翻到第3页", "请翻到第4页", "请翻到第5页"],
            ["Tape 1    Side A", "Tape 2    Side A", "Tape 3    Side A"],
            ["The chair       Price 20", "The chair       Price 21", "The chair       Price 22"],
            ["Chapter 1", "Chapter 2", "Chapter 3"],
            ["\u{C}Chapter 1", "\u{C}Chapter 2", "\u{C}Chapter 3"],
            ["Page 9", "Page 4", "Page 5"],
            ["Page 4", "Page 40", "Page 90"],
        ] {
            let text = spread(&lines);
            assert_eq!(flat(&text), text.replace('\u{C}', ""), "{lines:?}");
        }
        let text = spread(&["Page 7", "Page 8"]);
        assert_eq!(flat(&text), text);
        let text = "Page 1\n\na\n\nPage 2\n\nb\n\nPage 3\n";
        assert_eq!(flat(text), text);
    }
}
