//! Labels without a sign that only labels have: the end of the emphasis, a blank or a dash parts the
//! name from the text.

use super::label::Labels;
use super::likeness::{Likeness, is_word, likeness};
use super::line::{Line, Signs};
use super::name::bare;
use super::shapes::mark;
use super::{Candidate, Close, Mark};

/// `**Q** text`, `宮下　text`: emphasis or a wide blank parts the name.
pub fn gap<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    let own = line.own();
    if line.bold > 0 && line.bold < own.len() {
        let label = &line.text[..line.bold];
        let rest = &line.text[line.bold..];
        let apart = !rest.starts_with([',', '，', '.', '。', '、', ':', '：', '的', '-'])
            && !label.trim_end().ends_with(['.', '。', '、', ':', '：', ','])
            // The dash behind it parts it: `*Ana* — text`.
            && !rest.trim_start().starts_with(['—', '–', '―']);
        return if apart {
            line.candidate(labels, label, line.bold, Close::Gap, Mark::Label)
        } else {
            None
        };
    }
    let Signs { wide, blank, quote, .. } = line.signs;
    if !(wide || blank || quote) {
        return None;
    }
    let head = line.own_head();
    let space = || head.find('\u{3000}').map(|at| (at, '\u{3000}'.len_utf8()));
    let tab = || head.find('\t').map(|at| (at, 1));
    // What a tab becomes, or a column.
    let column = || {
        let at = head.find("   ")?;
        Some((at, head.len() - at - head[at..].trim_start_matches(' ').len()))
    };
    // `Q How are you`: one of the letters.
    let letter = || {
        let c = head.chars().next().filter(|c| "QAＱＡ".contains(*c))?;
        let blank = head[c.len_utf8()..].chars().next().filter(|c| matches!(c, ' ' | '\u{A0}'))?;
        Some((c.len_utf8(), blank.len_utf8()))
    };
    // `記者 有沒有……`: Han has no blanks of its own.
    let han = || {
        let at = head.find(' ')?;
        let is_han = crate::text::script::is_han_or_kana;
        let name = (2..=5).contains(&head[..at].chars().count()) && head[..at].chars().all(is_han);
        (name && head[at + 1..].starts_with(is_han)).then_some((at, 1))
    };
    // `問「……」答「……」`
    let quoted = || {
        let at = head.find(['「', '『'])?;
        (at > 0 && is_word(&head[..at])).then_some((at, 0))
    };
    // `○위원장 최영숙  의석을`: minutes of councils set two blanks.
    let minutes = || {
        let circled = line.ornaments().contains(['○', '◯', '〇', '●']);
        let at = head.find("  ").filter(|_| circled)?;
        Some((at, head.len() - at - head[at..].trim_start_matches(' ').len()))
    };
    let wide = if wide { space().or_else(tab).or_else(column) } else { None };
    let wide = if wide.is_none() && blank { minutes() } else { wide };
    let parted = || if blank { letter().or_else(han) } else { None };
    let quoted = || if quote { quoted() } else { None };
    let (at, width) = wide.or_else(parted).or_else(quoted)?;
    if at == 0 || at + width >= own.trim_end().len() {
        return None;
    }
    line.candidate(labels, &head[..at], at + width, Close::Gap, Mark::Plain)
}

/// The signs between a name and a text, the likelier first.
const SIGNS: [&str; 13] =
    [" — ", " – ", " - ", " -- ", "——", "—", "――", "──", " » ", " > ", " → ", " // ", "> "];

/// Where the likeliest of the signs is first, and which one that is.
fn sign(head: &str) -> Option<(usize, &'static str)> {
    let mut best = (SIGNS.len(), 0);
    // They begin with a blank, an angle, or a dash of the block E2.
    for at in memchr::memchr3_iter(b' ', b'>', 0xE2, head.as_bytes()) {
        let rest = &head.as_bytes()[at..];
        // Most blanks stand before a letter.
        if rest[0] == b' ' && rest.get(1).is_none_or(u8::is_ascii_alphanumeric) {
            continue;
        }
        let here = SIGNS[..best.0].iter().position(|sign| rest.starts_with(sign.as_bytes()));
        if let Some(number) = here {
            best = (number, at);
        }
    }
    SIGNS.get(best.0).map(|sign| (best.1, *sign))
}

/// How many letters a name has before an angle without a blank.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;

/// `ABC>text`, as chats have it: letters in capitals, and no other angle.
fn angle(head: &str) -> Option<(usize, &'static str)> {
    let at = head.find('>')?;
    let (name, text) = (&head[..at], &head[at + 1..]);
    let letters = name.chars().all(|c| c.is_ascii_uppercase());
    // `SQL>SELECT`, `TX>AT` and `UL>LI` are no talk, nor is a word alone.
    let mut characters = text.chars();
    let capital = characters.next().is_some_and(char::is_uppercase);
    let word = characters.next().is_some_and(|c| c.is_lowercase() || c == ' ' || c == '\'');
    let sentence = capital && word && text.split_whitespace().nth(2).is_some();
    (letters && LETTERS.contains(&name.len()) && sentence).then_some((at, ">"))
}

/// How many characters a name has before a slash.
const SLASHED: usize = 8;

/// `張三／那年`: a slash of full width, and no other.
fn slash(head: &str) -> Option<(usize, &'static str)> {
    let at = head.find('／')?;
    let (name, text) = (&head[..at], &head[at + '／'.len_utf8()..]);
    let short = (1..=SLASHED).contains(&name.chars().count());
    let words = name.chars().all(|c| c.is_alphanumeric() || c == ' ');
    (short && words && !text.contains('／') && text.chars().nth(SLASHED / 2).is_some())
        .then_some((at, "／"))
}

/// `Name — text`, `Name > text`.
pub fn dash<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    let head = line.own_head();
    let (at, sign) = angle(head).or_else(|| slash(head)).or_else(|| sign(head))?;
    // `ann> text` of chats; `->` and `=>` are arrows.
    if sign == "> " && head[..at].contains(['<', '-', '=']) {
        return None;
    }
    let name = head[..at].trim();
    if name.is_empty() || at + sign.len() >= line.length || likeness(bare(name)) == Likeness::Phrase
    {
        return None;
    }
    // `Le Meunier. – …`; the stop behind an initial is its own.
    let last = name.rsplit(' ').next().unwrap_or(name);
    let name = if last.chars().count() > 3 { name.trim_end_matches('.') } else { name };
    line.candidate(labels, name, at + sign.len(), Close::Dash, mark(line, at))
}
