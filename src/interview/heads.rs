//! The fields of a head, or of a foot: lines of names and values one below the other, `Interviewer:
//! Ann Lee`, `Date: 3 May`, and who those are who have spoken. Nobody speaks there, whatever the names
//! are.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::fields::is_field;
use super::labels::{answers, asks, key};
use super::start::Start;
use crate::prose::{BlockId, Kind, Prose};

/// How many blocks from the beginning may be a head's.
const REACH: u32 = 40;
/// How many lines are looked at around one.
const AROUND: usize = 12;
/// The longest first name, in bytes.
const FIRST: usize = 9;
/// The longest value of a field, in characters.
const VALUE: usize = 70;

/// Starts without those that are fields among others, or that have another label behind them instead
/// of words: `原告（签字）：　　被告（盖章）：`.
pub fn without_fields(prose: &Prose, mut starts: Vec<Start>) -> Vec<Start> {
    let reach = prose.blocks().get(REACH as usize).map_or(prose.len(), |block| block.span.start);
    let head = starts.partition_point(|start| start.at < reach);
    // Only the last few are asked for them.
    let keys = OnceCell::new();
    let known = |name: &str| {
        let all = || starts.iter().map(|start| &*start.label.key).collect::<HashSet<&str>>();
        keys.get_or_init(all).contains(key(name).as_str())
    };
    let behind = |at: usize, most: usize| at + most >= starts.len();
    let keeps = |(at, start): (usize, &Start)| {
        !(at < head && is_in_head(prose, start)
            || is_row_of_names(prose, start)
            || behind(at, 4) && is_signature(prose, start, known)
            || behind(at, 6) && is_biography(prose, start))
    };
    let kept: Vec<bool> = starts.iter().enumerate().map(keeps).collect();
    let mut kept = kept.into_iter();
    starts.retain(|_| kept.next().unwrap_or(true));
    starts
}

/// The lines of some blocks, with where each begins.
fn lines(prose: &Prose, id: u32) -> Vec<(u32, &str)> {
    let block = BlockId(id);
    if prose.block(block).kind != Kind::Paragraph {
        return Vec::new();
    }
    let content = prose.content(block);
    let breaks = prose.breaks_in(content.start..content.end);
    let begins = std::iter::once(content.start)
        .chain(breaks.iter().copied().filter(|&at| at > content.start));
    let begins: Vec<u32> = begins.take(AROUND * 2).collect();
    let ends = begins.iter().skip(1).copied().chain(std::iter::once(content.end));
    begins.iter().zip(ends).map(|(&at, end)| (at, prose.slice(at..end).trim())).collect()
}

/// The name of a line that may be a field: its value is short and does not end as a sentence does.
fn name(line: &str) -> Option<&str> {
    let (name, value) = line.split_once([':', '：'])?;
    let value = value.trim();
    let short =
        value.chars().nth(VALUE).is_none() && (1..=24).contains(&name.trim().chars().count());
    let sentence = value.ends_with('.') && value.split_whitespace().nth(3).is_some();
    let said = sentence || value.ends_with(['。', '？', '！', '?', '!', '…', '”', '」']);
    (short && !said && !value.is_empty()).then_some(name.trim())
}

/// Whether a start is a line among fields: at least two beside it have names that fields have.
fn is_in_head(prose: &Prose, start: &Start) -> bool {
    let Some(block) = prose.block_at(start.at) else { return false };
    let own = lines(prose, block.0);
    let here = own.iter().position(|(at, _)| *at == start.at && start.time.is_none());
    let Some(here) = here else { return false };
    // In a paragraph that was wrapped, only the first line begins with a label.
    let fields = own.iter().filter(|(_, line)| name(line).is_some()).count();
    if fields * 3 < own.len() * 2 {
        return false;
    }
    // Nobody's name stands twice in a head.
    let key_of = |line: &str| name(line).map(key);
    let mine = key_of(own[here].1);
    if own.iter().filter(|(_, line)| key_of(line) == mine).count() > 1 {
        return false;
    }
    let other = |name: &str| !asks(&key(name)) && !answers(&key(name)) && is_field(name);
    let known = |line: &str| name(line).is_some_and(other);
    let count = |lines: &mut dyn Iterator<Item = &str>| {
        lines
            .take_while(|line| name(line).is_some())
            .take(AROUND)
            .filter(|line| known(line))
            .count()
    };
    // A head that was parted at its fields is several blocks.
    let last = prose.blocks().len() as u32;
    let line = |id: u32| lines(prose, id).first().map_or("", |(_, line)| *line);
    let mut found = count(&mut own[..here].iter().rev().map(|(_, line)| *line));
    found += count(&mut own[here + 1..].iter().map(|(_, line)| *line));
    found += count(&mut (0..block.0).rev().take(AROUND).map(line));
    found += count(&mut (block.0 + 1..last).take(AROUND).map(line));
    found >= 2
}

/// Whether a row of a table names its columns: `Time | Who | Text`.
fn is_row_of_names(prose: &Prose, start: &Start) -> bool {
    if !COLUMNS.contains(&&*start.label.key) {
        return false;
    }
    let end = prose.block_at(start.at).map_or(start.text, |block| prose.content(block).end);
    let said = prose.slice(start.text.min(end)..end).trim();
    let name = |cell: &str| {
        let cell = cell.trim();
        (1..=12).contains(&cell.chars().count())
            && cell.chars().all(|c| c.is_alphabetic() || c == ' ')
    };
    said.len() < 64 && said.contains(" | ") && said.split(" | ").all(name)
}

/// What columns are called that stand before what is said, in small letters.
const COLUMNS: &[&str] = &[
    "time",
    "who",
    "speaker",
    "name",
    "timestamp",
    "tempo",
    "chi",
    "hora",
    "quién",
    "quien",
    "zeit",
    "wer",
    "sprecher",
    "tid",
    "hvem",
    "vem",
    "heure",
    "qui",
    "czas",
    "kto",
    "время",
    "кто",
    "时间",
    "時間",
    "发言人",
    "發言人",
    "说话人",
    "說話人",
    "姓名",
    "시간",
    "발언자",
    "file",
    "date",
];

/// Whether it is told who somebody is instead of what is said: how the name is read, and the year of
/// birth.
fn is_biography(prose: &Prose, start: &Start) -> bool {
    // Who is asked tells when that was.
    let before = prose.slice(0..start.at).trim_end();
    if start.label.asks || start.label.answers || before.ends_with(['?', '？']) {
        return false;
    }
    let end = prose.block_at(start.at).map_or(start.text, |block| prose.content(block).end);
    let said = prose.slice(start.text.min(end)..end).trim_start();
    // `佐伯修（さえき・おさむ）`: the first name may stand behind the label.
    let first = said.find(['（', '(']).filter(|&at| at <= FIRST);
    let reading = first.map(|at| &said[at..]);
    let reading = reading.and_then(|rest| rest.strip_prefix(['（', '(']));
    let reading = reading.and_then(|rest| rest.split_once(['）', ')']));
    let kana = |c: char| matches!(c, 'ぁ'..='ヿ' | ' ' | '\u{3000}');
    let read = reading.is_some_and(|(name, rest)| {
        !name.is_empty() && name.chars().all(kana) && rest.contains(['年', '生'])
    });
    let year = said.trim_start_matches(|c: char| c.is_ascii_digit());
    let born = said.len() - year.len() == 4
        && ["年生", "年出生", "年、", "年，"].iter().any(|word| year.starts_with(word));
    read || born
}

/// Whether nothing but another label stands behind a label.
fn is_signature(prose: &Prose, start: &Start, known: impl Fn(&str) -> bool) -> bool {
    let end = prose.block_at(start.at).map_or(start.text, |block| prose.content(block).end);
    let said = prose.slice(start.text.min(end)..end);
    let line = said.lines().next().unwrap_or_default().trim();
    let bare = line.trim_end_matches(['：', ':']);
    let named = bare.ends_with(['）', ')']) || known(bare);
    line.ends_with(['：', ':']) && named && line.chars().nth(14).is_none() && !bare.contains('，')
}

#[cfg(test)]
mod tests {
    use crate::format::{markdown, plain};
    use crate::interview::read;

    #[test]
    fn fields_and_who_somebody_is() {
        let text = "Interviewer: Ann Lee\nDate: 3 May\nPlace: Oslo\n\nInterviewer: Who are you?\n\nHale: A keeper.\n\n\
                    Interviewer: Of what?\n\nHale: Of bells.\n\nInterviewer: Since when?\n\nHale: Always.\n";
        assert_eq!(read(plain::read(text)).turns.len(), 6);
        let text = "**聞き手**　いつからですか。\n\n**佐伯**　昔からです。\n\n**聞き手**　なぜですか。\n\n**佐伯**　好きだから。\n\n**聞き手**　誰のためですか。\n\n\
                    **佐伯**　自分の。\n\n**聞き手**　本当ですか。\n\n**佐伯**　本当です。\n\n**佐伯**　修（さえき・おさむ）1961年生まれ。\n";
        assert_eq!(read(markdown::read(text)).turns.len(), 8);
    }

    #[test]
    fn answers_that_begin_with_a_year() {
        let text = "问：您哪一年出生？\n\n答：1950年生，在上海长大。\n\n问：后来呢？\n\n答：后来去了北京。\n\n\
                    问：您母亲呢？\n\n答：1920年出生，一直在家。\n";
        assert_eq!(read(markdown::read(text)).turns.len(), 6);
    }

    #[test]
    fn short_answers_in_a_table() {
        let mut text = String::from("| Who | Said | Note |\n| --- | --- | --- |\n");
        for _ in 0..4 {
            text.push_str(
                "| Ann | Do you still wind the clock? | kind |\n| Ben | Never | cold |\n",
            );
        }
        assert_eq!(read(markdown::read(&text)).turns.len(), 8);
    }
}
