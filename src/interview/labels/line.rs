//! A source line as the readings of it see it: without ornaments and the time before it.

use std::ops::Range;

use super::Place;
use super::name::LONGEST;
use super::stamp::leading_time;
use crate::prose::{Millis, Prose, Style};

/// The longest line that may be a label alone, with its time, in characters.
pub const OWN: usize = LONGEST + 16;
/// How far into a line the stop of a label stands at most, in bytes.
pub const STOP: usize = 48;
/// How many characters from its first letter on a label ends within.
const HEAD: usize = LONGEST + 24;

/// A source line, from its first letter on.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Where it begins, ornaments and blanks included.
    pub start: u32,
    /// Where `text` begins.
    pub from: u32,
    /// The text to the end of the block.
    pub text: &'a str,
    /// What stands before `text` on its line.
    adorned: &'a str,
    /// How much of it is on the line, in bytes.
    pub length: usize,
    /// How much of it is emphasised without a gap, in bytes.
    pub bold: usize,
    /// A time before it.
    pub time: Option<Millis>,
    /// Whether that has a cell of its own.
    pub cell: bool,
    /// Whether it says until when as well.
    pub range: bool,
    /// Where it stands.
    pub place: Place,
    /// What stands before it in its block.
    pub before: &'a str,
    /// The stretch in which a label would end; it may reach into the next line.
    pub head: &'a str,
    /// The signs in it.
    pub signs: Signs,
}

/// Which signs stand in the head of a line: most readings are passed over by this alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signs {
    /// Where the first colon of a label is, in bytes.
    pub colon: Option<usize>,
    /// A dash or an arrow.
    pub dash: bool,
    /// A stop near its beginning, or that of a whole sentence.
    pub stop: bool,
    pub sentence: bool,
    /// The border of a cell.
    pub border: bool,
    /// A wide blank, or a tab.
    pub wide: bool,
    /// A blank.
    pub blank: bool,
    /// A bracket that ends near its beginning.
    pub close: bool,
    /// A quote that begins.
    pub quote: bool,
    /// How many characters it has.
    pub characters: usize,
}

/// The colons behind labels.
pub fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：' | '﹕' | '︰' | '∶' | '꞉' | '｜' | '︱' | '│' | '〉' | '＞')
}

/// The stretch of a text in which a label would end, and the signs in it.
fn scan(text: &str) -> (&str, Signs) {
    let mut signs = Signs::default();
    let bytes = text.as_bytes();
    let (mut at, mut number) = (0, 0);
    while at < bytes.len() && number < HEAD {
        // Letters and Han, which most characters are, need no look at the character.
        match bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' => {
                (at, number) = (at + 1, number + 1);
                continue;
            }
            0xE4..=0xE9 => {
                (at, number) = (at + 3, number + 1);
                continue;
            }
            _ => {}
        }
        let Some(c) = text[at..].chars().next() else { break };
        match c {
            '\n' => break,
            // A column of blanks: what a tab becomes.
            ' ' if bytes.get(at + 1) == Some(&b' ') && bytes.get(at + 2) == Some(&b' ') => {
                (signs.blank, signs.wide) = (true, true);
            }
            ' ' | '\u{A0}' => signs.blank = true,
            ')' | '）' => signs.close |= at <= STOP,
            '\u{3000}' | '\t' => signs.wide = true,
            '「' | '『' => signs.quote = true,
            '—' | '―' | '─' | '–' | '-' | '»' | '→' | '/' | '／' | '>' => {
                signs.dash = true
            }
            '.' | '．' | '、' => signs.stop |= at <= STOP,
            '。' => signs.sentence = true,
            '|' => signs.border = true,
            c if signs.colon.is_none() && is_colon(c) => signs.colon = Some(at),
            _ => {}
        }
        (at, number) = (at + c.len_utf8(), number + 1);
    }
    signs.characters = number;
    (&text[..at], signs)
}

impl<'a> Line<'a> {
    /// The line of a block whose content is `block`.
    pub fn new(prose: &'a Prose, line: Range<u32>, block: Range<u32>, place: Place) -> Self {
        let end = block.end;
        let text = prose.slice(line.start..end);
        let before = prose.slice(block.start..line.start);
        let length = (line.end - line.start) as usize;
        let ornaments = text[..length].len() - unadorned(&text[..length]).len();
        let (taken, time) = leading_time(&text[ornaments..length]);
        let (mut skipped, mut range) = (ornaments + taken, false);
        if time.is_some() {
            let rest = &text[skipped..length];
            let apart = [' ', '\u{3000}', '-', '–', '—', '|', '/', '\t'];
            // `0:44 --> 1:05  Name`
            let until = rest.trim_start_matches(|c| apart.contains(&c) || matches!(c, '>' | '→'));
            let rest = match leading_time(until) {
                (taken, Some(_)) => {
                    range = true;
                    &until[taken..]
                }
                _ => rest,
            };
            skipped = length - rest.trim_start_matches(apart).len();
        }
        let cell = text[..skipped].contains('|');
        skipped += numbered(prose, line.start + skipped as u32, &text[skipped..length]);
        let from = line.start + skipped as u32;
        let bold = emphasised(prose, from, end);
        let (head, signs) = scan(&text[skipped..]);
        Self {
            start: line.start,
            from,
            adorned: &text[..skipped],
            text: &text[skipped..],
            length: length - skipped,
            bold,
            time,
            cell,
            range,
            place,
            before,
            head,
            signs,
        }
    }

    /// What stands before the label.
    pub fn ornaments(&self) -> &'a str {
        self.adorned
    }

    /// The head without what is on the next line.
    pub fn own_head(&self) -> &'a str {
        &self.head[..self.head.len().min(self.length)]
    }

    /// Whether it is too long for a label alone.
    pub fn is_long(&self) -> bool {
        let blank = || self.own().ends_with(char::is_whitespace);
        self.length >= self.head.len() && self.signs.characters > OWN && !blank()
    }

    /// The text without what is on the next line.
    pub fn own(&self) -> &'a str {
        &self.text[..self.length]
    }

    /// Whether a bracket that opens before the colon `at` closes the line: `张三（来源：晚报）`.
    pub fn is_closed_in_brackets(&self, at: usize, behind: usize) -> bool {
        let open = |text: &str| {
            let count = |of: [char; 2]| text.matches(of).count() as i32;
            count(['（', '(']) - count(['）', ')'])
        };
        let own = self.own().trim_end();
        open(&self.text[..at]) > 0
            && own.ends_with(['）', ')'])
            && open(own.get(behind..).unwrap_or_default()) < 0
    }
}

/// How many bytes the number of a question takes before an emphasised label: `Q1  **Chair:** …`.
fn numbered(prose: &Prose, from: u32, text: &str) -> usize {
    let digits = text.strip_prefix(['Q', 'q']).unwrap_or(text);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = digits.len() - rest.len();
    let label = rest.trim_start_matches(['.', ')', ':', ' ', '\u{A0}', '\u{3000}']);
    let taken = text.len() - label.len();
    let set = |at: u32| {
        prose
            .runs_in(at..at + 1)
            .iter()
            .any(|run| run.span.start == at && run.style.contains(Style::STRONG))
    };
    if (1..=4).contains(&count)
        && label.len() < rest.len()
        && !label.is_empty()
        && set(from + taken as u32)
    {
        taken
    } else {
        0
    }
}

/// A line without the blanks, bullets and pictures before its first letter, bracket or quote.
fn unadorned(line: &str) -> &str {
    let ornament = |c: char| {
        !c.is_alphanumeric()
            && !matches!(
                c,
                '[' | '('
                    | '<'
                    | '{'
                    | '【'
                    | '（'
                    | '〔'
                    | '［'
                    | '〈'
                    | '《'
                    | '「'
                    | '『'
                    | '“'
                    | '‘'
                    | '"'
                    | '\''
                    | '«'
                    | '¿'
                    | '¡'
                    | '$'
                    | '%'
                    | '…'
                    | '.'
                    | ','
                    | ':'
                    | '：'
                    | '﹕'
                    | '︰'
                    | '|'
                    | '`'
                    | '\u{FFFC}'
                    | '〓'
                    | '\\'
                    | '/'
                    | '?'
                    | '？'
            )
    };
    let inner = line.trim_start_matches(ornament);
    // More than a few of them are a picture or a rule.
    if line[..line.len() - inner.len()].chars().filter(|c| !c.is_whitespace()).count() > 4 {
        line
    } else {
        inner
    }
}

/// The stretch in which a label would end.
pub fn head(text: &str) -> &str {
    scan(text).0
}

/// How many bytes from `from` on are strong or emphasised without a gap but blanks.
fn emphasised(prose: &Prose, from: u32, end: u32) -> usize {
    let mut at = from;
    for run in prose.runs_in(from..end) {
        let marked = run.style.intersects(Style::STRONG.union(Style::EMPHASIS));
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
