//! What the first reading of a text taught: the names that are known, and what is asked of a candidate
//! by them.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::credits;
use super::initials::{are_initials, is_capitals};
use super::keyed::{Keyed, Text};
use super::labels::{Close, Form, Label, Likeness, Mark, Place, answers, asks, is_anyone, key};
use super::names::{Index, follows_post};
use super::questions;
use super::start::Start;
use super::tally::{Tally, chosen};
use crate::prose::{BlockId, Kind, Prose};
use crate::text::script::is_han_or_kana;

/// How many bytes of a text are searched for names.
const READ: usize = 4 << 20;
/// How many turns are looked at to tell whether they end as sentences do.
const HEARD: usize = 64;
/// How many known names others are compared with.
const COMPARED: usize = 200;
/// With how many of them one is compared that may have more words.
const FORMS: usize = 24;
/// How many blocks before the first that comes again is near.
const NEAR: u32 = 4;
/// The same for a name that has more words than a known one.
pub const FAR: u32 = 10;
/// The most bytes of initials.
const SHORT: usize = 4;
/// How often a name must be found before another spelling is taken for it.
const WELL_KNOWN: u32 = 3;

/// What the first reading taught.
pub struct Known<'a> {
    pub text: &'a Text<'a>,
    pub forms: &'a [Form],
    pub tally: &'a Tally,
    /// Names that come once as labels and again in the text.
    pub mentioned: HashSet<usize>,
    /// From the first to the last label of a name that comes again.
    pub within: Range<u32>,
    /// Whether all who come again are words for one who asks or answers.
    pub words: bool,
    /// Names in brackets before a colon, where most have none.
    pub notes: HashSet<usize>,
    /// Whether all who come again are in capitals: `MR. HALE`.
    pub capitals: bool,
    /// Whether nobody who comes again has a name in Han.
    pub foreign: bool,
    /// Whether nearly all turns of those who come again end as sentences do.
    pub stopped: bool,
    /// The level of nearly all headings that are labels.
    pub level: Option<u8>,
    /// The keys of names that are known, and of those known well letter by letter.
    pub keys: HashSet<&'a str>,
    pub well: Vec<Vec<char>>,
    /// Some names that are known, as they are printed.
    pub shown: Vec<&'a str>,
    /// Those that are initials.
    pub initials: Vec<&'a str>,
    /// The names that are known.
    pub index: Index,
}

impl<'a> Known<'a> {
    /// What the labels of some forms teach.
    pub fn new(
        text: &'a Text<'a>,
        keyed: &[Keyed<'a>],
        forms: &'a [Form],
        tally: &'a Tally,
    ) -> Self {
        let chosen = || chosen(keyed, forms).filter(|keyed| tally.recurs[keyed.id]);
        let (first, last) = tally.within.unwrap_or_default();
        let within = first..last;
        let mentioned = mentioned(text, keyed, forms, tally);
        let spoken = || {
            let recurring = tally.recurs.iter().enumerate().filter(|(_, recurs)| **recurs);
            let short = text.names.short.iter().filter(|(_, whole)| tally.recurs[*whole]);
            let all = recurring.map(|(id, _)| id).chain(short.map(|(short, _)| *short));
            all.take(COMPARED)
        };
        let count = |id: usize| {
            let whole = text.names.short.iter().find(|(short, _)| *short == id);
            tally.counts[whole.map_or(id, |(_, whole)| *whole)]
        };
        let known_keys: Vec<(&str, u32)> =
            spoken().map(|id| (text.names.keys[id].as_str(), count(id))).collect();
        let well = known_keys.iter().filter(|(_, count)| *count >= WELL_KNOWN);
        let (mut count, mut notes) = (0_u32, HashSet::new());
        for keyed in chosen().filter(|keyed| is_bracketed(keyed)) {
            count += 1;
            // Who asks is somebody.
            if !keyed.candidate.label.asks {
                notes.insert(keyed.id);
            }
        }
        let level = level(text.prose, chosen());
        if count * 2 >= tally.again {
            notes.clear();
        }
        let mut out = Known {
            text,
            forms,
            tally,
            mentioned,
            within,
            words: spoken().all(|id| text.names.likeness[id] == Likeness::Word),
            notes,
            level,
            foreign: !spoken().any(|id| text.names.shown[id].contains(is_han_or_kana)),
            capitals: spoken().count() > 2
                && (spoken().all(|id| is_in_capitals(&text.names.shown[id]))
                    // Beside `Q` and `A` there must be more than initials.
                    || spoken().filter(|&id| text.names.shown[id].len() > SHORT).count() > 1
                        && spoken().all(|id| {
                            let name = text.names.shown[id].as_str();
                            is_in_capitals(name) || matches!(name, "Q" | "A")
                        })),
            well: well.map(|(key, _)| key.chars().collect()).collect(),
            keys: known_keys.iter().map(|(key, _)| *key).collect(),
            shown: spoken().map(|id| text.names.shown[id].as_str()).take(FORMS).collect(),
            initials: spoken()
                .map(|id| text.names.shown[id].as_str())
                .filter(|name| is_capitals(name))
                .collect(),
            index: Index::new(spoken().map(|id| text.names.shown[id].as_str())),
            stopped: false,
        };
        let (all, ended) = chosen().take(HEARD).fold((0, 0), |(all, ended), keyed| {
            (all + 1, ended + usize::from(out.is_sentence(keyed)))
        });
        out.stopped = ended * 10 >= all * 9;
        out
    }

    /// Whether a place is among the turns of those who are known: far before the first and behind
    /// the last of them are notes and credits.
    pub fn is_near(&self, at: u32) -> bool {
        self.is_within(at, NEAR)
    }

    /// The same with so many blocks before the first.
    pub fn is_within(&self, at: u32, reach: u32) -> bool {
        let prose = self.text.prose;
        let block = |at: u32| prose.block_at(at).map_or(0, |block| block.0);
        let (here, first) = (block(at), block(self.within.start));
        // Fields between are the end of a head.
        let field = |id: u32| credits::is_credit(prose.slice(prose.content(BlockId(id))));
        // Only a few blocks are looked through.
        here + reach >= first
            && block(at) <= block(self.within.end) + 2
            && !(here + 1..first).any(field)
    }

    /// Whether a whole name's initials are known.
    pub fn has_known_initials(&self, name: &str) -> bool {
        name.contains(' ')
            && !is_capitals(name)
            && self.initials.iter().any(|letters| are_initials(letters, name))
    }

    /// Whether a name is a known one with words before it or behind it.
    pub fn is_longer(&self, name: &str) -> bool {
        let han = name.chars().all(crate::text::script::is_han_or_kana);
        self.shown.iter().any(|known| {
            let rest = name.strip_prefix(known).unwrap_or_default();
            let parted = known.contains(' ') && rest.starts_with(' ');
            let two = known.chars().nth(1).is_some();
            let behind = || han && two && name.len() > known.len() && name.ends_with(known);
            parted || behind() || follows_post(name, known)
        })
    }

    /// Whether a label is one of several lines, one below the other, each with nothing but the title
    /// of an article behind it: `林舟：〈燈塔看守人〉`.
    pub fn has_a_title(&self, keyed: &Keyed<'_>) -> bool {
        let prose = self.text.prose;
        // Hardly any does.
        let behind = prose.slice(keyed.candidate.end..prose.len());
        if !behind.trim_start_matches([' ', '：', ':', '*']).starts_with('〈') {
            return false;
        }
        let titled = |line: &str| {
            let behind = line.split_once(['：', ':']).map(|(_, behind)| behind.trim());
            behind.is_some_and(|behind| behind.starts_with('〈') && behind.ends_with('〉'))
        };
        let Some(block) = prose.block_at(keyed.candidate.start) else { return false };
        let content = prose.content(block);
        let here = prose.slice(keyed.candidate.start.min(content.end)..content.end);
        let mut lines = here.lines();
        if !lines.next().is_some_and(titled) {
            return false;
        }
        let beside = |at: u32| {
            let id = BlockId(at);
            id.index() < prose.blocks().len() && prose.slice(prose.content(id)).lines().any(titled)
        };
        lines.any(titled)
            || prose.slice(content.start..keyed.candidate.start).lines().any(titled)
            || beside(block.0 + 1)
            || block.0 > 0 && beside(block.0 - 1)
    }

    /// Whether a name before the first that comes again begins with one that is a letter, and
    /// nobody else's does.
    pub fn begins_with_known(&self, keyed: &Keyed<'_>) -> bool {
        let name = &keyed.candidate.label.name;
        let mut letters = name.chars();
        let first = letters.next().filter(|c| c.is_uppercase());
        let word = letters.clone().count() >= 2 && letters.all(char::is_lowercase);
        let letter = first.map(|c| c.to_lowercase().to_string()).unwrap_or_default();
        word && keyed.candidate.start < self.within.start
            && self.keys.contains(letter.as_str())
            && self.is_near(keyed.candidate.start)
            && self.is_sentence(keyed)
    }

    /// Whether labels are emphasised where a candidate stands.
    pub fn is_labelled_so(&self, form: Form) -> bool {
        let mut here = self.forms.iter().filter(|known| known.place == form.place).peekable();
        here.peek().is_some() && here.all(|known| known.mark == Mark::Label)
    }

    /// Whether a sentence goes on behind a candidate: `*Hale* also wrote …`.
    pub fn goes_on(&self, keyed: &Keyed<'_>) -> bool {
        let prose = self.text.prose;
        prose.slice(keyed.candidate.end..prose.len()).starts_with(char::is_lowercase)
    }

    pub fn of_close(&self, close: Close) -> bool {
        self.forms.iter().any(|form| form.close == close)
    }

    /// Whether the block of a label ends as a sentence does.
    pub fn is_sentence(&self, keyed: &Keyed<'_>) -> bool {
        let prose = self.text.prose;
        let block = prose.block_at(keyed.candidate.start);
        block.is_some_and(|block| {
            let text = prose.slice(prose.content(block)).trim_end_matches(['”', '"', '」', ' ']);
            text.ends_with(['。', '？', '！', '.', '?', '!', '…']) || questions::asks(text)
        })
    }

    /// Whether the paragraph behind a label's own says something: chapters with times have names, too.
    pub fn is_said_next(&self, keyed: &Keyed<'_>) -> bool {
        let prose = self.text.prose;
        let Some(block) = prose.block_at(keyed.candidate.start) else { return false };
        let rest = prose
            .slice(keyed.candidate.end.min(prose.content(block).end)..prose.content(block).end);
        let next = BlockId(block.0 + 1);
        let next = (next.index() < prose.blocks().len()).then(|| prose.slice(prose.content(next)));
        let said = if rest.trim().is_empty() { next.unwrap_or_default() } else { rest };
        keyed.candidate.start >= self.within.start || !said.trim_end().ends_with([':', '：'])
    }

    /// Whether something is said behind a label, in its block.
    pub fn says(&self, keyed: &Keyed<'_>) -> bool {
        let prose = self.text.prose;
        let block = prose.block_at(keyed.candidate.start);
        block.is_some_and(|block| prose.content(block).end > keyed.candidate.end)
            || keyed.candidate.form.close == Close::Timed
    }

    pub fn knows(&self, name: &str) -> bool {
        self.keys.contains(key(name).as_str())
    }

    /// The known name in the brackets of a label that is a word for one who asks or answers.
    pub fn bearer(&self, label: &Label) -> Option<&'a str> {
        let printed = label.printed.trim_matches(['*', ' ']);
        let inner = printed.strip_suffix(['）', ')'])?;
        if !(label.asks || label.answers || is_anyone(&label.key)) {
            return None;
        }
        let (_, inner) = inner.split_once(['（', '('])?;
        let known = self.shown.iter().find(|known| **known == inner.trim())?;
        // `Interviewer (Q): Ann` defines the letter.
        (!asks(&key(known)) && !answers(&key(known))).then_some(*known)
    }

    /// The turn of whoever stands in brackets behind such a word, as they are known elsewhere.
    pub fn in_brackets(&self, start: &Start) -> Option<Start> {
        let known = self.bearer(&start.label).filter(|_| !self.keys.contains(&*start.label.key))?;
        let label = Arc::new(Label::new(&start.label.printed, known));
        Some(Start { label, ..start.clone() })
    }

    /// The turn of a known name before which a caption stands that lost its line:
    /// `《黑帆》剧照张三：你好`.
    pub fn behind_caption(&self, start: &Start) -> Option<Start> {
        let printed = self.text.prose.slice(start.at..start.text);
        let printed = printed.trim_end_matches([' ', '*', '\n', ':', '：']);
        let longer = |known: &&&str| printed.len() > known.len() && printed.ends_with(**known);
        let known =
            self.shown.iter().filter(|known| known.chars().nth(1).is_some()).find(longer)?;
        let before = &printed[..printed.len() - known.len()];
        let caption = before.trim_end_matches([' ', '*']);
        let words = caption.chars().any(char::is_alphabetic);
        if asks(&key(known)) || !words || !CAPTION.iter().any(|end| caption.ends_with(end)) {
            return None;
        }
        let at = start.at + before.len() as u32;
        let label = Arc::new(Label::new(known, known));
        Some(Start { at, label, ..start.clone() })
    }
}

/// How captions end.
const CAPTION: &[&str] = &[
    "剧照", "劇照", "）", ")", "摄", "攝", "供图", "供圖", "图", "圖", "照片", "海报", "封面", "》",
];

/// How many headings are looked at for their level.
const HEADINGS: usize = 256;

/// The level of nine in ten of the first headings that are labels.
fn level<'a>(prose: &Prose, labels: impl Iterator<Item = &'a Keyed<'a>>) -> Option<u8> {
    let mut counts = [0_usize; 8];
    let headings = labels.filter(|keyed| keyed.candidate.form.place == Place::Heading);
    for keyed in headings.take(HEADINGS) {
        if let Some(level) = heading(prose, keyed.candidate.start) {
            counts[usize::from(level).min(7)] += 1;
        }
    }
    let all: usize = counts.iter().sum();
    (1..7).find(|&level| all > 0 && counts[usize::from(level)] * 10 >= all * 9)
}

/// The level of the heading at a place.
pub fn heading(prose: &Prose, at: u32) -> Option<u8> {
    match prose.block(prose.block_at(at)?).kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    }
}

/// Whether all of a label stands in square brackets.
fn is_bracketed(keyed: &Keyed<'_>) -> bool {
    let printed = keyed.candidate.label.printed.trim_matches(['*', ' ']);
    keyed.candidate.form.close == Close::Colon
        && printed.starts_with(['[', '［'])
        && printed.ends_with([']', '］'])
}

/// Whether a name is printed in capitals, but for `Mc` and such.
fn is_in_capitals(name: &str) -> bool {
    let large = name.chars().filter(|c| c.is_uppercase()).count();
    large > 1 && name.chars().filter(|c| c.is_lowercase()).count() * 4 <= large
}

/// Names that are labels once, and that the text has elsewhere as well.
fn mentioned(
    text: &Text<'_>,
    keyed: &[Keyed<'_>],
    forms: &[Form],
    tally: &Tally,
) -> HashSet<usize> {
    let mut out = HashSet::new();
    let mut looked = HashSet::new();
    let all = text.prose.text();
    let bytes = &all.as_bytes()[..all.len().min(READ)];
    for keyed in keyed {
        let once = !tally.recurs[keyed.id] && forms.contains(&keyed.candidate.form);
        let likely = text.names.likeness[keyed.id] != Likeness::Phrase;
        if !once || !likely || looked.len() > 100 || !looked.insert(keyed.id) {
            continue;
        }
        let name = keyed.candidate.label.name.as_bytes();
        if memchr::memmem::find_iter(bytes, name).nth(1).is_some() {
            out.insert(keyed.id);
        }
    }
    out
}
