//! What may be a speaker's label: candidates, in every form, wherever a source line begins.
//!
//! Nothing is decided here. A line may have several readings (`SMITH. I said: no`), and all of them
//! are candidates; which form a document keeps to is inferred from all of its candidates together.

mod label;
mod likeness;
mod line;
mod name;
mod parted;
mod role;
mod shapes;
mod stamp;
mod titles;
mod words;

use std::ops::Range;
use std::sync::Arc;

pub use label::Label;
pub use likeness::{Likeness, has_surname, is_medium, likeness};
pub use name::{is_name, key, number, shared};
pub use stamp::{is_clock, leading_time, lone_time, trailing_date};
pub use titles::is_rank;
pub use words::{answers, asks, is_anyone};

use crate::prose::{BlockId, Kind, Marker, Millis, Prose, Style};
use crate::text::parallel::shares;
use crate::text::sign::places;
use label::Labels;
use line::Line;

/// The longest word for a question or an answer that is looked for within a line, in characters.
const WORD: usize = 6;
/// The longest title before such a word, in characters.
const TITLE: usize = 16;

/// How a label is marked: what all labels of a layout share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form {
    /// Its emphasis.
    pub mark: Mark,
    /// What parts it from the text.
    pub close: Close,
    /// Where it stands.
    pub place: Place,
}

/// The emphasis of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// None.
    Plain,
    /// The label is emphasised.
    Label,
    /// The label is emphasised together with the text: `**Name：text**`.
    Line,
}

/// What parts a label from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Close {
    /// A colon: `Name：text`.
    Colon,
    /// A stop: `Mr. HALE. Text`, `Q. Text`, `问、`.
    Stop,
    /// A dash or an arrow: `Name — text`.
    Dash,
    /// The brackets around it: `[Name] text`, `【记者】text`.
    Bracket,
    /// The border of a cell: `Name | text`.
    Cell,
    /// The end of the emphasis, or a wide blank: `**Q** text`, `宮下　text`.
    Gap,
    /// The end of its line.
    Own,
    /// A time: `Name 00:12` on a line of its own.
    Timed,
}

/// Where a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// At the beginning of a line.
    Text,
    /// In a heading.
    Heading,
    /// In a block quote.
    Quote,
    /// In a list.
    Item,
    /// Behind other text of the line.
    Middle,
}

/// A candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it begins: a turn would begin here.
    pub start: u32,
    /// Where the text behind it begins.
    pub end: u32,
    /// How it is marked.
    pub form: Form,
    /// What it says.
    pub label: Arc<Label>,
    /// The time in it.
    pub time: Option<Millis>,
}

/// All candidates of a text, in text order; those of one line stand together, the likelier first.
/// `skip` says which blocks have none.
pub fn candidates(prose: &Prose, skip: impl Fn(BlockId) -> bool + Sync) -> Vec<Candidate> {
    let blocks = prose.blocks().len();
    let joined = |shares: Vec<Vec<Candidate>>| {
        let mut shares = shares.into_iter();
        let mut all = shares.next().unwrap_or_default();
        shares.for_each(|share| all.extend(share));
        all
    };
    let mut all = joined(shares(blocks, |share| of_blocks(prose, share, &skip)));
    // Where no line begins with a word for a question or an answer, somebody tells of a talk.
    let begins = |found: &Candidate| {
        found.form.close == Close::Colon
            && found.form.place != Place::Middle
            && (found.label.asks || found.label.answers)
    };
    if all.iter().any(begins) {
        let within = joined(shares(blocks, |share| words_of_blocks(prose, share, &skip, &all)));
        if !within.is_empty() {
            all.extend(within);
            all.sort_by_key(|found| found.start);
        }
    }
    without_choices(prose, all)
}

/// Candidates without `A)`, where `B)` begins lines as well: that is what there is to choose from.
fn without_choices(prose: &Prose, mut all: Vec<Candidate>) -> Vec<Candidate> {
    let closed = |found: &Candidate| {
        let label = prose.slice(found.start..found.end).trim_end();
        found.form.close == Close::Stop && label.ends_with([')', '）'])
    };
    let choices = || {
        let text = prose.text();
        let others = text.match_indices("B)").chain(text.match_indices("b)"));
        let apart = |at: usize| !text[..at].ends_with(|c: char| !c.is_whitespace());
        others.filter(|(at, _)| apart(*at)).take(2).count() == 2
    };
    if all.iter().any(closed) && choices() {
        all.retain(|found| !closed(found));
    }
    all
}

/// The candidates of some blocks.
fn of_blocks(
    prose: &Prose,
    within: Range<usize>,
    skip: &impl Fn(BlockId) -> bool,
) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut labels = Labels::default();
    for at in within {
        let id = BlockId(at as u32);
        let block = prose.block(id);
        if !matches!(block.kind, Kind::Paragraph | Kind::Heading(_)) || skip(id) {
            continue;
        }
        let place = place(prose, id);
        let content = prose.content(id);
        let mut start = content.start;
        let mut time = None;
        let first = out.len();
        for next in prose
            .breaks_in(content.start + 1..content.end)
            .iter()
            .copied()
            .chain(std::iter::once(content.end))
        {
            let line = start..next;
            start = next;
            // A time on a line of its own belongs to the label below it.
            if next < content.end
                && let Some(alone) = lone_time(prose.slice(line.clone()))
            {
                time = Some((line.start, alone));
                continue;
            }
            let before = out.len();
            // Behind such a line something begins, as at the head of a paragraph.
            let part = if time.is_some() { line.start } else { content.start }..content.end;
            shapes::read(&Line::new(prose, line, part, place), &mut labels, &mut out);
            if let Some((from, time)) = time.take() {
                for candidate in &mut out[before..] {
                    candidate.start = from;
                    candidate.time.get_or_insert(time);
                }
            }
        }
        middle(prose, content.clone(), &mut labels, &mut out);
        out[first..].sort_by_key(|candidate| candidate.start);
    }
    out
}

/// The words for a question or an answer within some blocks where no other candidate has `begun`.
fn words_of_blocks(
    prose: &Prose,
    within: Range<usize>,
    skip: &impl Fn(BlockId) -> bool,
    begun: &[Candidate],
) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut labels = Labels::default();
    for at in within {
        let id = BlockId(at as u32);
        if matches!(prose.block(id).kind, Kind::Paragraph | Kind::Heading(_)) && !skip(id) {
            words_within(prose, id, begun, &mut labels, &mut out);
        }
    }
    out
}

fn place(prose: &Prose, id: BlockId) -> Place {
    let block = prose.block(id);
    match block.kind {
        Kind::Heading(_) => Place::Heading,
        _ if block.quote > 0 => Place::Quote,
        _ if block.depth > 0 || block.marker != Marker::None => Place::Item,
        _ => Place::Text,
    }
}

/// Words for a question or an answer behind the end of a sentence: `问：几点？答：两点。`
fn words_within<'a>(
    prose: &'a Prose,
    id: BlockId,
    begun: &[Candidate],
    labels: &mut Labels<'a>,
    out: &mut Vec<Candidate>,
) {
    let (content, place) = (prose.content(id), place(prose, id));
    let text = prose.slice(content.clone());
    // How far the quotes are counted, and what they come to: within them it is told.
    let (mut read, mut open, mut straight) = (0, 0_i32, false);
    for at in places(text, "：") {
        let ends = |c: char| {
            matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '」' | '”' | '』' | ')' | '）')
        };
        let end = text[..at].char_indices().rev().take(WORD).find(|(_, c)| ends(*c));
        let end = end.map(|(end, c)| end + c.len_utf8());
        let Some(from) = end.or_else(|| behind_title(&text[..at])) else { continue };
        // A line's blanks are not the word's: `……？  ` and `　　答：` on the next line.
        let from = at - text[from..at].trim_start().len();
        let word = text[from..at].trim_end();
        let known = key(word);
        if word.is_empty() || !asks(&known) && !answers(&known) {
            continue;
        }
        for c in text[read..at].chars() {
            match c {
                '“' | '「' | '『' | '«' => open += 1,
                '”' | '」' | '』' | '»' => open = (open - 1).max(0),
                '"' | '＂' => straight = !straight,
                _ => {}
            }
        }
        read = at;
        let start = content.start + from as u32;
        let line = text[..from].trim_end_matches([' ', '\u{3000}', '\u{A0}']).ends_with('\n');
        let taken = line || begun.binary_search_by_key(&start, |found| found.start).is_ok();
        let line = Line::new(prose, start..content.end, content.clone(), Place::Middle);
        // Items are examples as often as talk.
        let talk = !taken && open == 0 && !straight && matches!(place, Place::Text | Place::Quote);
        let found = shapes::colon(&line, labels).filter(|_| talk);
        out.extend(found.filter(|found| found.form.mark != Mark::Label));
    }
}

/// Where a word begins behind a title that lost its line: `童年 问：…`.
fn behind_title(before: &str) -> Option<usize> {
    let (title, word) = before.rsplit_once([' ', '\u{3000}'])?;
    let title = title.trim();
    let short = !title.is_empty() && title.chars().nth(TITLE).is_none();
    let plain = title.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (short && plain && !word.is_empty()).then(|| before.len() - word.len())
}

/// Whether an emphasised phrase that is no name ends here, as a title does that lost its line.
fn is_title(prose: &Prose, end: u32) -> bool {
    let last = prose.runs_in(end.saturating_sub(1)..end).last();
    last.is_some_and(|run| {
        run.span.end == end && run.style.contains(Style::STRONG) && {
            let text = prose.slice(run.span.clone()).trim();
            !is_name(text) || likeness(text) == Likeness::Phrase
        }
    })
}

/// Emphasised labels with a colon behind other text: `……就这样。**记者：**后来呢？`
fn middle<'a>(
    prose: &'a Prose,
    content: Range<u32>,
    labels: &mut Labels<'a>,
    out: &mut Vec<Candidate>,
) {
    for run in prose.runs_in(content.clone()) {
        let from = run.span.start;
        let starts = from <= content.start || prose.breaks_in(from..from + 1).len() == 1;
        if starts || run.span.end > content.end || !run.style.contains(Style::STRONG) {
            continue;
        }
        let before = prose.slice(content.start..from).trim_end_matches([' ', '\u{3000}', '\n']);
        let at_line = prose.slice(content.start..from).ends_with('\n');
        let ends = at_line
            || before
                .ends_with(['。', '！', '？', '.', '!', '?', '”', '」', '"', '…', '）', ')', '—'])
            || is_title(prose, content.start + before.len() as u32);
        if !ends {
            continue;
        }
        let line = Line::new(prose, from..content.end, content.clone(), Place::Middle);
        out.extend(shapes::colon(&line, labels));
        // The line's other half is what is said: `……就这样。**张三**`, then a line of its own.
        let end = run.span.end;
        let blank = prose.slice(end..content.end);
        let end = end + (blank.len() - blank.trim_start_matches(' ').len()) as u32;
        // The line break may be another block's.
        let next = prose.breaks_in(end..end + 2).first().filter(|&&next| next <= content.end);
        if let Some(&next) = next.filter(|_| !at_line) {
            let line = Line::new(prose, from..next, content.clone(), Place::Middle);
            out.extend(shapes::own(&line, labels));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Close, Mark, String, String, String, Option<u64>)> {
        let prose = crate::format::markdown::read(text).prose;
        let mut seen = Vec::new();
        candidates(&prose, |_| false)
            .into_iter()
            .filter(|c| {
                let first = !seen.contains(&c.start);
                seen.push(c.start);
                first
            })
            .map(|c| {
                let end = prose.blocks().last().unwrap().span.end;
                let rest: String = prose.slice(c.end..end).trim_end().chars().take(4).collect();
                (
                    c.form.close,
                    c.form.mark,
                    c.label.printed.to_string(),
                    c.label.name.clone(),
                    rest,
                    c.time.map(|time| time.0),
                )
            })
            .collect()
    }

    #[test]
    fn colons_of_two_kinds_at_once() {
        let (close, _, _, name, rest, _) = found("林舟：: 灯塔上\n").remove(0);
        assert_eq!((close, name.as_str(), rest.as_str()), (Close::Colon, "林舟", "灯塔上"));
    }

    #[test]
    fn every_shape() {
        use Close::{Bracket, Cell, Colon, Dash, Gap, Own, Stop, Timed};
        use Mark::{Label, Line, Plain};
        for (text, close, mark, printed, name, rest, time) in [
            ("**周砚：** 你好吗", Colon, Label, "周砚", "周砚", "你好吗", None),
            ("**周砚：**\n你好吗", Colon, Label, "周砚", "周砚", "你好吗", None),
            ("**周砚**：你好吗", Colon, Label, "周砚", "周砚", "你好吗", None),
            ("**周砚**\n：你好吗", Colon, Label, "周砚", "周砚", "你好吗", None),
            ("**周** **砚：** 你好", Colon, Label, "周 砚", "周 砚", "你好", None),
            ("周砚：**你好", Colon, Plain, "周砚", "周砚", "你好", None),
            ("**周砚：*你好", Colon, Plain, "周砚", "周砚", "你好", None),
            ("**周砚** ： 你好", Colon, Label, "周砚", "周砚", "你好", None),
            ("**周砚：你好吗**", Colon, Line, "周砚", "周砚", "你好吗", None),
            ("周砚﹕你好吗", Colon, Plain, "周砚", "周砚", "你好吗", None),
            ("Zhou Yan: well", Colon, Plain, "Zhou Yan", "Zhou Yan", "well", None),
            ("**周砚（CEO）：** 好", Colon, Label, "周砚（CEO）", "周砚", "好", None),
            ("**Yan [00:12]:** hi", Colon, Label, "Yan", "Yan", "hi", Some(12_000)),
            ("Yan (1:02:03): hi", Colon, Plain, "Yan", "Yan", "hi", Some(3_723_000)),
            ("[00:12] Yan: hi", Colon, Plain, "Yan", "Yan", "hi", Some(12_000)),
            ("**Yan:** [02:05] hi", Colon, Label, "Yan", "Yan", "hi", Some(125_000)),
            ("Zhou Yan 00:12\nhi", Timed, Plain, "Zhou Yan", "Zhou Yan", "hi", Some(12_000)),
            ("00:12 Zhou Yan\nhi", Timed, Plain, "Zhou Yan", "Zhou Yan", "hi", Some(12_000)),
            ("Zhou Yan\n00:12\nhi", Timed, Plain, "Zhou Yan", "Zhou Yan", "hi", Some(12_000)),
            ("00:12\nZhou Yan: hi", Colon, Plain, "Zhou Yan", "Zhou Yan", "hi", Some(12_000)),
            ("【记者】后来呢", Bracket, Plain, "记者", "记者", "后来呢", None),
            ("(Ana) Well", Bracket, Plain, "Ana", "Ana", "Well", None),
            ("Mr. HALE. Yes", Stop, Plain, "Mr. HALE", "Mr. HALE", "Yes", None),
            ("**P.** ¿Y?", Stop, Label, "P", "P", "¿Y?", None),
            ("**Q** How", Gap, Label, "Q", "Q", "How", None),
            ("INTERVIEWER\nHow", Own, Plain, "INTERVIEWER", "INTERVIEWER", "How", None),
            ("**记者**\n\n好", Own, Label, "记者", "记者", "\n好", None),
            ("Ana — Well", Dash, Plain, "Ana", "Ana", "Well", None),
            ("00:12 | Ana | Well", Cell, Plain, "Ana", "Ana", "Well", Some(12_000)),
        ] {
            let want = (close, mark, printed.to_owned(), name.to_owned(), rest.to_owned(), time);
            assert_eq!(found(text).first(), Some(&want), "{text}");
        }
    }

    #[test]
    fn what_is_no_label() {
        for text in [
            "他说：“你好。”，我说：好",
            "https://example.org/a",
            "发布时间：周六",
            "**Note:** this is one",
            "2024-12-20 08:20",
            "这是一句很长的话里面并没有什么名字但是后面有一个冒号：好",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn labels_within_a_line() {
        let found = found("就这样。**记者：**那后来呢？**何**：后来好了。**重点**是这样");
        let names: Vec<_> = found.iter().map(|found| found.3.as_str()).collect();
        assert_eq!(names, ["记者", "何"]);
    }
}
