//! What may be a speaker's label: candidates, in every shape, wherever a source line begins.

use std::ops::Range;

use super::front::is_field;
use crate::prose::{BlockId, Kind, Millis, Prose, Style};

/// How a label is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// Emphasised, the colon inside: `**Name：** text`.
    Inside,
    /// Emphasised, the colon behind: `**Name**：text`.
    Outside,
    /// Emphasised together with the text: `**Name：text**`.
    Whole,
    /// Not emphasised: `Name：text`.
    Plain,
    /// On a line of its own with a time: `Name 00:12`.
    Timed,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Inside, Self::Outside, Self::Whole, Self::Plain, Self::Timed];
}

/// A candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it begins: a turn would begin here.
    pub start: u32,
    /// Where the text behind it begins.
    pub end: u32,
    /// How it is marked.
    pub shape: Shape,
    /// The label as printed, without markup, colon and time.
    pub printed: String,
    /// The name in it: without role, number and brackets.
    pub name: String,
    /// The time in it.
    pub time: Option<Millis>,
}

/// The most characters a name may have.
const LONGEST: usize = 40;

/// All candidates of a text, in text order. `skip` says which blocks have none.
pub fn candidates(prose: &Prose, skip: impl Fn(BlockId) -> bool) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (at, block) in prose.blocks().iter().enumerate() {
        let id = BlockId(at as u32);
        if block.kind != Kind::Paragraph || skip(id) {
            continue;
        }
        let content = prose.content(id);
        let mut start = content.start;
        for &next in prose.breaks_in(content.start + 1..content.end) {
            out.extend(candidate(prose, start..next, content.end));
            start = next;
        }
        out.extend(candidate(prose, start..content.end, content.end));
    }
    out
}

/// The candidate at the beginning of a source line, if there is one; `end` is the block's.
fn candidate(prose: &Prose, line: Range<u32>, end: u32) -> Option<Candidate> {
    let start = line.start;
    let text = prose.slice(start..end);
    let skipped = text.len() - text.trim_start_matches([' ', '\u{3000}', '\u{A0}']).len();
    let from = start + skipped as u32;
    if from > line.end {
        return None;
    }
    let text = &text[skipped..];
    let emphasis = emphasised(prose, from, end);
    let head = head(text);
    let colon = colon(head).or_else(|| lettered(head));
    let found = match colon {
        Some(at) => {
            let name = &head[..at];
            let width = head[at..].chars().next().map_or(1, char::len_utf8);
            let behind = at + width;
            let shape = match emphasis {
                0 => Shape::Plain,
                bold if bold >= text.len() && text.len() > behind => Shape::Whole,
                bold if bold >= behind => {
                    // Emphasis that goes on behind the colon is the text's, too.
                    if text[behind..bold].trim().is_empty() { Shape::Inside } else { Shape::Whole }
                }
                bold if bold + 4 >= at => Shape::Outside,
                _ => return None,
            };
            Some((name, behind, shape, None))
        }
        None => None,
    };
    let (name, behind, shape, time) = match found {
        Some(found) => found,
        None => timed(&text[..((line.end - from) as usize).min(text.len())])?,
    };
    let (printed, inner_time) = without_time(name.trim());
    let name = unnumbered(bare(printed));
    if !is_name(name) {
        return None;
    }
    let rest = &text[behind..];
    let (rest_from, rest_time) = leading_time(rest);
    let gap = rest[rest_from..].len() - rest[rest_from..].trim_start().len();
    // `//` behind a colon is an address.
    if rest.starts_with("//") {
        return None;
    }
    Some(Candidate {
        start,
        end: from + (behind + rest_from + gap) as u32,
        shape,
        printed: printed.trim().to_owned(),
        name: name.to_owned(),
        time: time.or(inner_time).or(rest_time),
    })
}

/// The stretch in which a label would end.
fn head(text: &str) -> &str {
    let most = text.char_indices().nth(LONGEST + 24).map_or(text.len(), |(at, _)| at);
    let head = &text[..most];
    &head[..head.find('\n').unwrap_or(head.len())]
}

/// Where the colon of a label stands: not the one inside of a time.
fn colon(head: &str) -> Option<usize> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    head.char_indices()
        .filter(|(_, c)| matches!(c, ':' | '：' | '﹕' | '︰'))
        .find(|&(at, c)| {
            let (before, behind) =
                (head[..at].chars().next_back(), head[at + c.len_utf8()..].chars().next());
            !(digit(before) && digit(behind))
        })
        .map(|(at, _)| at)
}

/// `Q1` as `Q`: questions are numbered, who asks them is not.
fn unnumbered(name: &str) -> &str {
    let letter = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if matches!(letter, "Q" | "A" | "问" | "問" | "答") { letter } else { name }
}

/// Where the stop of `Q.` or `问、` stands, at the beginning of a line; a number may be before it.
fn lettered(head: &str) -> Option<usize> {
    let rest = head.strip_prefix(['Q', 'A', '问', '問', '答'])?;
    let stop = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = stop.strip_prefix(['.', '．', '、'])?;
    // `A.B.` and `Q.5` are none.
    let apart = behind.starts_with(|c: char| c.is_whitespace() || !c.is_ascii());
    apart.then_some(head.len() - stop.len())
}

/// How many bytes from `from` on are strong or emphasised without a gap.
fn emphasised(prose: &Prose, from: u32, end: u32) -> usize {
    let mut at = from;
    for run in prose.runs_in(from..end) {
        let marked = run.style.contains(Style::STRONG) || run.style.contains(Style::EMPHASIS);
        let blank = run.span.start > at
            && prose.slice(at..run.span.start.min(end)).trim().is_empty()
            && at > from;
        if !marked || run.span.start > at && !blank {
            break;
        }
        at = run.span.end.min(end);
    }
    (at - from) as usize
}

/// `Name 00:12` and nothing else on the line.
fn timed(text: &str) -> Option<(&str, usize, Shape, Option<Millis>)> {
    let line = text;
    if line.chars().count() > LONGEST + 16 {
        return None;
    }
    let (name, time) = without_time(line.trim());
    let time = time?;
    let named = name.chars().any(char::is_alphabetic);
    named.then_some((name, line.len(), Shape::Timed, Some(time)))
}

/// A label without the time stamp in it, and the time.
fn without_time(label: &str) -> (&str, Option<Millis>) {
    for (at, _) in label.char_indices().filter(|(_, c)| c.is_ascii_digit() || "[(（【".contains(*c))
    {
        let (taken, time) = leading_time(&label[at..]);
        if let Some(time) = time {
            let before = label[..at].trim_end_matches([' ', '-', '–', '|', ',', '·']);
            let behind = label[at + taken..].trim();
            return if before.is_empty() { (behind, Some(time)) } else { (before, Some(time)) };
        }
        if label[at..].starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
    }
    (label, None)
}

/// A time stamp at the beginning of a text: how many bytes it takes, and the time.
fn leading_time(text: &str) -> (usize, Option<Millis>) {
    let inner = text.trim_start_matches([' ', '[', '(', '（', '【', '*']);
    let begin = text.len() - inner.len();
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    let stamp = &inner[..inner.find(|c| !digits(c)).unwrap_or(inner.len())];
    let stamp = stamp.trim_end_matches([':', '.', ',']);
    let whole = stamp.split(['.', ',']).next().unwrap_or(stamp);
    let parts: Option<Vec<u64>> = whole.split(':').map(|part| part.parse().ok()).collect();
    let Some(parts) = parts.filter(|parts| (2..=3).contains(&parts.len())) else {
        return (0, None);
    };
    if parts[1..].iter().any(|&part| part >= 60)
        || whole.rsplit(':').next().is_none_or(|s| s.len() != 2)
    {
        return (0, None);
    }
    let seconds =
        parts.iter().fold(0_u64, |all, part| all.saturating_mul(60).saturating_add(*part));
    let fraction = stamp.get(whole.len() + 1..).and_then(|f| format!("0.{f}").parse::<f64>().ok());
    let millis = seconds.saturating_mul(1000) + fraction.map_or(0, |f| (f * 1000.0) as u64);
    let mut end = begin + stamp.len();
    end += text[end..].len() - text[end..].trim_start_matches([']', ')', '）', '】', '*']).len();
    (end, Some(Millis(millis)))
}

/// A label without the role in brackets and the number around its name.
fn bare(label: &str) -> &str {
    let label =
        label.trim().trim_matches(['【', '】', '[', ']', '*', '_', '|', '■', '●', '◆', '▍']).trim();
    let name = match label.find(['（', '(', '[', '【', '<']) {
        Some(at) if at > 0 => &label[..at],
        _ => label,
    };
    name.trim_matches([' ', '\u{3000}', '\u{A0}', '-', '–', '—', '，', ','])
}

/// Whether a text may be the name of someone who speaks: short, without the marks of a sentence,
/// and no field of front matter.
fn is_name(name: &str) -> bool {
    let characters = name.chars().count();
    if characters == 0 || characters > LONGEST || is_field(name) {
        return false;
    }
    let sentence = |c: char| {
        matches!(
            c,
            '。' | '，'
                | '！'
                | '？'
                | '；'
                | '…'
                | '"'
                | '!'
                | '?'
                | ';'
                | '='
                | '{'
                | '}'
                | '$'
                | '\\'
                | '/'
                | '%'
                | '→'
                | '+'
                | '>'
                | '<'
                | '`'
                | '“'
                | '”'
                | '、'
        )
    };
    if name.chars().any(sentence) || !name.chars().any(char::is_alphabetic) {
        return false;
    }
    let han = name.chars().filter(|&c| crate::text::script::is_han_or_kana(c)).count();
    if han > 0 { han <= 12 && characters <= 24 } else { name.split_whitespace().count() <= 5 }
}

/// The form in which two spellings of a name are one.
pub fn key(name: &str) -> String {
    let fold = |c| match crate::text::fold::fold_char(c) {
        '·' | '•' | '‧' | '・' | '.' => '·',
        c => c,
    };
    name.chars().map(fold).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Shape, String, String, String, Option<u64>)> {
        let prose = crate::format::markdown::read(text).prose;
        candidates(&prose, |_| false)
            .into_iter()
            .map(|c| {
                let end = prose.blocks().last().unwrap().span.end;
                let rest: String = prose.slice(c.end..end).trim_end().chars().take(4).collect();
                (c.shape, c.printed, c.name, rest, c.time.map(|time| time.0))
            })
            .collect()
    }

    #[test]
    fn every_shape() {
        for (text, shape, printed, name, rest, time) in [
            ("**周砚：** 你好吗", Shape::Inside, "周砚", "周砚", "你好吗", None),
            ("**周砚：**\n你好吗", Shape::Inside, "周砚", "周砚", "你好吗", None),
            ("**周砚**：你好吗", Shape::Outside, "周砚", "周砚", "你好吗", None),
            ("**周砚** ： 你好", Shape::Outside, "周砚", "周砚", "你好", None),
            ("**周砚：**你好吗", Shape::Inside, "周砚", "周砚", "你好吗", None),
            ("**周砚：你好吗**", Shape::Whole, "周砚", "周砚", "你好吗", None),
            ("周砚：你好吗", Shape::Plain, "周砚", "周砚", "你好吗", None),
            ("Zhou Yan: well", Shape::Plain, "Zhou Yan", "Zhou Yan", "well", None),
            ("**周砚（CEO）：** 好", Shape::Inside, "周砚（CEO）", "周砚", "好", None),
            ("**Yan [00:12]:** hi", Shape::Inside, "Yan", "Yan", "hi", Some(12_000)),
            ("Yan (1:02:03): hi", Shape::Plain, "Yan", "Yan", "hi", Some(3_723_000)),
            ("**Yan:** [02:05] hi", Shape::Inside, "Yan", "Yan", "hi", Some(125_000)),
            ("Zhou Yan 00:12\nhi", Shape::Timed, "Zhou Yan", "Zhou Yan", "hi", Some(12_000)),
        ] {
            let want = (shape, printed.to_owned(), name.to_owned(), rest.to_owned(), time);
            assert_eq!(found(text), [want], "{text}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for text in [
            "他说：“你好。”，我说：好",
            "https://example.org/a",
            "作者：周砚",
            "**Note:** this is one",
            "2024-12-20 08:20",
            "这是一句很长的话里面并没有什么名字但是后面有一个冒号：好",
        ] {
            let found = found(text);
            assert!(found.is_empty() || text.starts_with("他说"), "{text}: {found:?}");
        }
    }

    #[test]
    fn spellings_of_one_name() {
        assert_eq!(key("迈克·陈"), key("迈克・陈 "));
        assert_eq!(key("Zhou Yan"), key("ZHOU YAN"));
    }
}
