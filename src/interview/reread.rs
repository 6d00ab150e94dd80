//! The second reading: with the forms of a layout and the names that it taught, every candidate is
//! looked at once more, and names are matched loosely.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ops::{Deref, Range};

use super::credits;
use super::initials::{are_initials, is_capitals};
use super::keyed::{Keyed, Text};
use super::labels::{Close, Form, Likeness, Mark, Place, has_surname, is_anyone, key, shared};
use super::mute::without_the_mute;
use super::names::{Index, Named, is_whole};
use super::spelling::{is_character_off, is_slip};
use super::start::{Marked, Start};
use super::tally::{Tally, chosen};
use crate::prose::BlockId;
use crate::text::parallel::shares;

/// How many bytes of a text are searched for names.
const READ: usize = 4 << 20;
/// How many known names others are compared with.
const COMPARED: usize = 200;
/// How often a name must be found before another spelling is taken for it.
const WELL_KNOWN: u32 = 3;

/// The turns of a layout.
pub fn reread(text: &Text<'_>, keyed: &[Keyed<'_>], forms: &[Form], tally: &Tally) -> Vec<Start> {
    let chosen = || chosen(keyed, forms).filter(|keyed| tally.recurs[keyed.id]);
    let (first, last) = tally.within.unwrap_or_default();
    let within = first..last;
    let mentioned = mentioned(text, keyed, forms, tally);
    let spoken = || {
        let recurring = tally.recurs.iter().enumerate().filter(|(_, recurs)| **recurs);
        recurring.map(|(id, _)| id).take(COMPARED)
    };
    let known_keys: Vec<(&str, u32)> =
        spoken().map(|id| (text.names.keys[id].as_str(), tally.counts[id])).collect();
    let well = known_keys.iter().filter(|(_, count)| *count >= WELL_KNOWN);
    let (mut count, mut notes) = (0_u32, HashSet::new());
    for keyed in chosen().filter(|keyed| is_bracketed(keyed)) {
        count += 1;
        notes.insert(keyed.id);
    }
    if count * 2 >= tally.again {
        notes.clear();
    }
    let known = Known {
        text,
        forms,
        tally,
        mentioned,
        within,
        words: spoken().all(|id| text.names.likeness[id] == Likeness::Word),
        notes,
        capitals: spoken().count() > 2 && spoken().all(|id| is_in_capitals(&text.names.shown[id])),
        well: well.map(|(key, _)| key.chars().collect()).collect(),
        keys: known_keys.iter().map(|(key, _)| *key).collect(),
        initials: spoken()
            .map(|id| text.names.shown[id].as_str())
            .filter(|name| is_capitals(name))
            .collect(),
        index: Index::new(spoken().map(|id| text.names.shown[id].as_str())),
    };
    // A line's candidates stay together.
    let begin = |at: usize| {
        let same = |at: &usize| keyed[*at].candidate.start == keyed[*at - 1].candidate.start;
        (at..keyed.len()).find(|at| *at == 0 || !same(at)).unwrap_or(keyed.len())
    };
    let mut starts = Vec::with_capacity(tally.again as usize);
    shares(keyed.len(), |share| taken(&known, &keyed[begin(share.start)..begin(share.end)]))
        .into_iter()
        .for_each(|share| starts.extend(share));
    without_the_mute(text.prose, starts)
}

/// The turns among candidates that follow each other.
fn taken(known: &Known<'_>, keyed: &[Keyed<'_>]) -> Vec<Start> {
    let reading = Second { known, looked: RefCell::default() };
    let forms = known.forms;
    let mut starts = Vec::with_capacity(keyed.len());
    for line in keyed.chunk_by(|a, b| a.candidate.start == b.candidate.start) {
        let taken = line
            .iter()
            .filter(|keyed| reading.takes(keyed))
            // The layout's own forms first.
            .max_by_key(|keyed| forms.contains(&keyed.candidate.form));
        if let Some(keyed) = taken {
            let first = line
                .iter()
                .find(|other| other.id == keyed.id && other.candidate.form == keyed.candidate.form);
            let candidate = first.unwrap_or(keyed).candidate;
            let alike = forms.contains(&candidate.form);
            let marked = if alike { Marked::Alike } else { Marked::Oddly };
            starts.push(Start { marked, ..Start::from(candidate) });
        }
    }
    starts
}

/// What the first reading taught.
struct Known<'a> {
    text: &'a Text<'a>,
    forms: &'a [Form],
    tally: &'a Tally,
    /// Names that come once as labels and again in the text.
    mentioned: HashSet<usize>,
    /// From the first to the last label of a name that comes again.
    within: Range<u32>,
    /// Whether all who come again are words for one who asks or answers.
    words: bool,
    /// Names in brackets before a colon, where most have none.
    notes: HashSet<usize>,
    /// Whether all who come again are in capitals: `MR. HALE`.
    capitals: bool,
    /// The keys of names that are known, and of those known well letter by letter.
    keys: HashSet<&'a str>,
    well: Vec<Vec<char>>,
    /// Those that are initials.
    initials: Vec<&'a str>,
    /// The names that are known.
    index: Index,
}

struct Second<'a> {
    known: &'a Known<'a>,
    /// Whether a name is another spelling or a form of a known one, where it was looked at.
    looked: RefCell<HashMap<usize, Looked>>,
}

/// What a name is to those that are known; none where that was not asked yet.
#[derive(Clone, Copy, Default)]
struct Looked {
    spelling: Option<bool>,
    form: Option<bool>,
}

impl<'a> Deref for Second<'a> {
    type Target = Known<'a>;

    fn deref(&self) -> &Known<'a> {
        self.known
    }
}

impl Second<'_> {
    /// Whether a candidate is the label of a turn.
    fn takes(&self, keyed: &Keyed<'_>) -> bool {
        let Form { close, mark, place } = keyed.candidate.form;
        // `[Notes]:` among names without brackets is no speaker's.
        if self.notes.contains(&keyed.id) {
            return false;
        }
        let kept = self.forms.contains(&keyed.candidate.form);
        let count = self.tally.counts[keyed.id];
        if self.tally.recurs[keyed.id] {
            // What is known is believed in other forms, too, where they are marked.
            let strong = matches!(close, Close::Colon | Close::Timed | Close::Bracket)
                || mark == Mark::Label && self.of_close(close)
                // A time behind an emphasised name: its colon was forgotten.
                || mark == Mark::Label && keyed.candidate.time.is_some()
                // An emphasised name that speaks elsewhere: the same.
                || mark == Mark::Label && close == Close::Gap
                    && (count > 2 || self.text.told.contains(&self.text.names.keys[keyed.id]))
                    && self.is_labelled_so(keyed.candidate.form)
                    && !self.goes_on(keyed)
                    && self.within.contains(&keyed.candidate.start)
                // A name before a blank: its colon was forgotten.
                || close == Close::Gap && self.of_close(Close::Colon) && self.tally.density >= 0.4
                    && self.within.contains(&keyed.candidate.start)
                    && keyed.candidate.label.name.chars().all(crate::text::script::is_han_or_kana)
                // A label whose emphasis was forgotten.
                || matches!(close, Close::Stop | Close::Gap) && self.of_close(close);
            // A column of names and what they say, once emphasised as a whole.
            let strong = strong || close == Close::Cell && self.of_close(close);
            let told = self.text.told.contains(&self.text.names.keys[keyed.id]);
            let marked = mark != Mark::Plain || place == Place::Heading;
            // Before the first label of emphasised ones a plain one without a sentence is a field's.
            let field = !marked
                && keyed.candidate.start < self.within.start
                && self.forms.iter().all(|form| form.mark != Mark::Plain)
                && !self.is_sentence(keyed);
            if field {
                return false;
            }
            return kept || strong && (count > 2 || marked || told);
        }
        let name = &keyed.candidate.label.name;
        let several = shared(name);
        if several.len() > 1 && close != Close::Own {
            return several.iter().all(|name| self.knows(name));
        }
        if (kept || mark == Mark::Label) && self.is_spelling(keyed.id) {
            return true;
        }
        // `贝问` and `毛答` before `问` and `答`.
        let word = name.char_indices().next_back().map_or("", |(at, _)| &name[at..]);
        let asks = matches!(word, "问" | "問" | "答") && (2..=3).contains(&name.chars().count());
        if kept && asks && self.keys.contains(word) {
            return true;
        }
        // The text itself tells of them.
        let key = &self.text.names.keys[keyed.id];
        let sure = kept || mark == Mark::Label && matches!(close, Close::Colon | Close::Bracket);
        if self.text.told.contains(key) && sure && place != Place::Middle {
            return true;
        }
        // The longer form of a name that is known, or a shorter one.
        // A label with its time is none of a head's fields, however far before the first it stands.
        let timed = kept && close == Close::Timed;
        let near = timed
            || self.within.contains(&keyed.candidate.start)
            || self.is_near(keyed.candidate.start);
        if sure && (near || mark == Mark::Label) && self.is_form_of_known(keyed.id) {
            return true;
        }
        // `Ann Lee:` far before `AL:`.
        if kept && place == Place::Text && self.has_known_initials(name) {
            return true;
        }
        let among = timed || self.within.contains(&keyed.candidate.start);
        let said = (among || self.is_near(keyed.candidate.start) && self.is_sentence(keyed))
            && self.text.names.likeness[keyed.id] != Likeness::Phrase;
        // Whom one asks who asks them all; the last of them speaks behind the last question.
        let behind = keyed.candidate.start > self.within.start;
        if self.tally.asks_a_round() && kept && behind && said_there(close, place) {
            // Behind the last question stand the fields of a foot as well.
            let last = keyed.candidate.start > self.within.end;
            let named = has_surname(name) || is_whole(name);
            let likeness = self.text.names.likeness[keyed.id];
            return likeness != Likeness::Phrase
                && (named || !last)
                && (self.says(keyed) || mark == Mark::Label);
        }
        // Where all are in capitals, a line that begins otherwise was cut within a sentence.
        let small = name.chars().filter(|c| c.is_alphabetic() && !c.is_uppercase()).count();
        if self.capitals && small * 4 > name.chars().count() && mark == Mark::Plain {
            return false;
        }
        if self.capitals && kept && said && among && self.says(keyed) && has_title(name) {
            return true;
        }
        // Among `问：` and `答：` a line with a name before its colon is a list's, or a postscript.
        let word = self.text.names.likeness[keyed.id] == Likeness::Word || is_anyone(key);
        if self.words && mark == Mark::Plain && !word && !has_surname(name) {
            return false;
        }
        // Where every paragraph begins with a label, so does this one.
        if kept && said && among && self.tally.filled >= 0.8 && self.says(keyed) {
            return true;
        }
        let word = self.text.names.likeness[keyed.id] == Likeness::Word && self.says(keyed);
        if kept && said && among && (word || is_anyone(key)) {
            return true;
        }
        // One answers, and many ask once or twice.
        let crowd = self.tally.names >= 4 && self.tally.most * 2 >= self.tally.again;
        let labelled = mark == Mark::Label && close == Close::Colon && place == Place::Text;
        if kept && said && among && crowd && labelled && self.says(keyed) {
            return true;
        }
        if !kept || !said || self.tally.once * 3 > self.tally.again {
            return false;
        }
        // Who speaks once is believed where labels are marked and few are like this, or where the
        // text speaks of them.
        let marked = (mark == Mark::Label || place == Place::Heading)
            && matches!(close, Close::Colon | Close::Bracket | Close::Stop)
            || close == Close::Timed;
        let known = self.mentioned.contains(&keyed.id)
            || is_anyone(key)
            || self.text.names.likeness[keyed.id] == Likeness::Word
            // Of many newspapers each asks once.
            || name.ends_with("记者") || name.ends_with("記者");
        let rare = self.tally.once * 8 <= self.tally.again;
        match close {
            _ if place == Place::Middle => known && rare,
            // A bold line that is no sentence is a title: `想象西藏：从他者到自我`.
            _ if mark == Mark::Line && !self.is_sentence(keyed) => false,
            Close::Own | Close::Gap | Close::Dash => known && rare && self.tally.density > 0.3,
            _ if marked => known || rare && self.says(keyed),
            _ => known && (rare || self.tally.density >= 0.4),
        }
    }

    /// Whether a place is among the turns of those who are known: far before the first and behind
    /// the last of them are notes and credits.
    fn is_near(&self, at: u32) -> bool {
        let prose = self.text.prose;
        let block = |at: u32| prose.block_at(at).map_or(0, |block| block.0);
        let (here, first) = (block(at), block(self.within.start));
        // Fields between are the end of a head.
        let field = |id: u32| credits::is_credit(prose.slice(prose.content(BlockId(id))));
        // Only a few blocks are looked through.
        here + 4 >= first
            && block(at) <= block(self.within.end) + 2
            && !(here + 1..first).any(field)
    }

    /// Whether a name is the short or the whole form of one that is known.
    fn is_form_of_known(&self, id: usize) -> bool {
        let mut looked = self.looked.borrow_mut();
        let form = &mut looked.entry(id).or_default().form;
        *form.get_or_insert_with(|| self.index.has_form_of(&Named::new(&self.text.names.shown[id])))
    }

    /// Whether a whole name's initials are known.
    fn has_known_initials(&self, name: &str) -> bool {
        name.contains(' ')
            && !is_capitals(name)
            && self.initials.iter().any(|letters| are_initials(letters, name))
    }

    /// Whether labels are emphasised where a candidate stands.
    fn is_labelled_so(&self, form: Form) -> bool {
        let mut here = self.forms.iter().filter(|known| known.place == form.place).peekable();
        here.peek().is_some() && here.all(|known| known.mark == Mark::Label)
    }

    /// Whether a sentence goes on behind a candidate: `*Hale* also wrote …`.
    fn goes_on(&self, keyed: &Keyed<'_>) -> bool {
        let prose = self.text.prose;
        prose.slice(keyed.candidate.end..prose.len()).starts_with(char::is_lowercase)
    }

    fn of_close(&self, close: Close) -> bool {
        self.forms.iter().any(|form| form.close == close)
    }

    /// Whether the block of a label ends as a sentence does.
    fn is_sentence(&self, keyed: &Keyed<'_>) -> bool {
        let prose = self.text.prose;
        let block = prose.block_at(keyed.candidate.start);
        block.is_some_and(|block| {
            let text = prose.slice(prose.content(block)).trim_end_matches(['”', '"', '」', ' ']);
            text.ends_with(['。', '？', '！', '.', '?', '!', '…'])
        })
    }

    /// Whether something is said behind a label, in its block.
    fn says(&self, keyed: &Keyed<'_>) -> bool {
        let prose = self.text.prose;
        let block = prose.block_at(keyed.candidate.start);
        block.is_some_and(|block| prose.content(block).end > keyed.candidate.end)
            || keyed.candidate.form.close == Close::Timed
    }

    fn knows(&self, name: &str) -> bool {
        self.keys.contains(key(name).as_str())
    }

    /// Whether a name is another spelling of one that is known well.
    fn is_spelling(&self, id: usize) -> bool {
        let mut looked = self.looked.borrow_mut();
        let spelling = &mut looked.entry(id).or_default().spelling;
        *spelling.get_or_insert_with(|| {
            let name: Vec<char> = self.text.names.keys[id].chars().collect();
            self.well.iter().any(|known| is_slip(&name, known) || is_character_off(&name, known))
        })
    }
}

/// Whether a label of this kind is hardly anything else.
fn said_there(close: Close, place: Place) -> bool {
    matches!(close, Close::Colon | Close::Bracket | Close::Timed) && place != Place::Middle
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

/// Whether a name in capitals has its title before it: `MS. HALE`, `SENATOR HALE`, `THE CLERK`.
fn has_title(name: &str) -> bool {
    const TITLES: &[&str] = &[
        "THE",
        "SENATOR",
        "REPRESENTATIVE",
        "CONGRESSMAN",
        "CONGRESSWOMAN",
        "CHAIRMAN",
        "CHAIRWOMAN",
        "CHAIR",
        "JUDGE",
        "JUSTICE",
        "COMMISSIONER",
        "SECRETARY",
        "GOVERNOR",
        "MAYOR",
        "DIRECTOR",
        "PROFESSOR",
        "OFFICER",
    ];
    let mut words = name.split(' ');
    let title = words.next().is_some_and(|word| word.ends_with('.') || TITLES.contains(&word));
    title && (1..=2).contains(&words.count())
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
