//! The second reading: with the forms of a layout and the names that it taught, every candidate is
//! looked at once more, and names are matched loosely.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;

use super::heads::without_fields;
use super::keyed::{Keyed, Text};
use super::known::{FAR, Known, heading};
use super::labels::{Close, Form, Likeness, Mark, Place, has_surname, is_anyone, is_rank, shared};
use super::mute::without_the_mute;
use super::names::{Named, is_whole};
use super::spelling::{is_character_off, is_doubled, is_slip};
use super::start::{Marked, Start};
use super::tally::Tally;
use crate::prose::BlockId;
use crate::text::parallel::shares;
use crate::text::script::is_han_or_kana;

/// The turns of a layout.
pub fn reread(text: &Text<'_>, keyed: &[Keyed<'_>], forms: &[Form], tally: &Tally) -> Vec<Start> {
    let known = Known::new(text, keyed, forms, tally);
    // A line's candidates stay together.
    let begin = |at: usize| {
        let same = |at: &usize| keyed[*at].candidate.start == keyed[*at - 1].candidate.start;
        (at..keyed.len()).find(|at| *at == 0 || !same(at)).unwrap_or(keyed.len())
    };
    let mut starts = Vec::with_capacity(tally.again as usize);
    shares(keyed.len(), |share| taken(&known, &keyed[begin(share.start)..begin(share.end)]))
        .into_iter()
        .for_each(|share| starts.extend(share));
    without_fields(text.prose, without_the_mute(text.prose, starts))
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
            let start = Start { marked, ..Start::from(candidate) };
            let other = known.behind_caption(&start).or_else(|| known.in_brackets(&start));
            starts.push(other.unwrap_or(start));
        }
    }
    starts
}

/// The longest title behind a label, in characters.
const TITLE: usize = 30;

/// How many turns those have who come again where one comes once.
const LONE: u32 = 6;

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
        if self.notes.contains(&keyed.id) || self.has_a_title(keyed) {
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
                    && keyed.candidate.label.name.chars().all(is_han_or_kana)
                // A label whose emphasis was forgotten.
                || matches!(close, Close::Stop | Close::Gap) && self.of_close(close);
            // A column of names and what they say, once emphasised as a whole.
            let strong = strong || close == Close::Cell && self.of_close(close);
            let told = self.text.told.contains(&self.text.names.keys[keyed.id]);
            let marked = mark != Mark::Plain || place == Place::Heading;
            // Before the first label of emphasised ones a plain one without a sentence is a field's;
            // so is a time and whose article it is.
            let timed = !kept && close == Close::Timed;
            let field = !marked
                && keyed.candidate.start < self.within.start
                && (timed
                    || self.forms.iter().all(|form| form.mark != Mark::Plain)
                        && !self.is_sentence(keyed));
            if field {
                return false;
            }
            return kept || strong && (count > 2 || marked || told);
        }
        // `The lens: https://lens.example/`: where more of it is to be read.
        if self.is_address(keyed) {
            return false;
        }
        // A heading of another level is a title, or says what is heard.
        if place == Place::Heading
            && self.level.is_some()
            && heading(self.text.prose, keyed.candidate.start) != self.level
        {
            return false;
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
        // `主持人（Ann）` before `Ann`.
        let opens = (kept || mark == Mark::Label) && close == Close::Colon;
        if opens && self.bearer(&keyed.candidate.label).is_some() {
            return true;
        }
        // `霧島編輯` before `編輯`, `The Path Review` before `The Path`.
        let whole = close == Close::Own || self.is_sentence(keyed);
        if kept && whole && self.is_longer(name) && self.is_within(keyed.candidate.start, FAR) {
            return true;
        }
        // `Ann:` before `A:`.
        if kept && place == Place::Text && self.begins_with_known(keyed) {
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
        let among =
            timed && self.is_said_next(keyed) || self.within.contains(&keyed.candidate.start);
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
        // Where all of those are initials, somebody else may have a whole name.
        let whole =
            || self.shown.len() == self.initials.len() && is_whole(name) && self.is_sentence(keyed);
        let cut = small * 4 > name.chars().count() && !is_anyone(key) && !whole();
        if self.capitals && cut && mark == Mark::Plain {
            return false;
        }
        if self.capitals && kept && said && self.says(keyed) && has_title(name) {
            return true;
        }
        // Whole names before the first question and its answer, letters before all others.
        if self.words && kept && self.opens_by_name(keyed) {
            return true;
        }
        // Among `问：` and `答：` a line with a name before its colon is a list's, or a postscript.
        let word = self.text.names.likeness[keyed.id] == Likeness::Word || is_anyone(key);
        if self.words && mark == Mark::Plain && !word && !has_surname(name) {
            return false;
        }
        // Two characters that are no surname's, and no sentence, are a section's title.
        let title = mark == Mark::Plain
            && self.stopped
            && name.chars().count() == 2
            && name.chars().all(is_han_or_kana)
            && !is_anyone(key)
            && !has_surname(name)
            && !self.is_long(keyed)
            && !self.is_sentence(keyed);
        if title {
            return false;
        }
        // Among names in Latin letters that a translation keeps, a phrase of it is none.
        let phrase = name.chars().filter(|&c| is_han_or_kana(c)).count() > 2
            && !word
            && !is_anyone(key)
            && !has_surname(name);
        // What asks is said by somebody.
        let asked = || self.behind(keyed).trim_end().ends_with(['?', '？']);
        let unknown = phrase && !self.mentioned.contains(&keyed.id);
        if self.foreign && mark == Mark::Plain && unknown && !asked() {
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
            _ if marked => known || (rare || self.is_lone(keyed)) && self.says(keyed),
            _ => known && (rare || self.tally.density >= 0.4),
        }
    }

    /// Whether more stands behind a label, in its block, than in a title.
    fn is_long(&self, keyed: &Keyed<'_>) -> bool {
        self.behind(keyed).chars().nth(TITLE).is_some()
    }

    /// Whether nobody else comes once, and what is said is a sentence.
    fn is_lone(&self, keyed: &Keyed<'_>) -> bool {
        self.tally.once == 1
            && self.tally.again >= LONE
            && self.text.names.likeness[keyed.id] == Likeness::Person
            && self.is_sentence(keyed)
    }

    /// Whether a whole name stands right above the first label, before a question or behind one.
    fn opens_by_name(&self, keyed: &Keyed<'_>) -> bool {
        let (prose, start) = (self.text.prose, keyed.candidate.start);
        let name = &keyed.candidate.label.name;
        let above = prose.slice(0..start).trim_end();
        let asked = |text: &str| text.trim_end().ends_with(['?', '？']);
        start < self.within.start
            && self.is_near(start)
            && (is_whole(name) || has_surname(name))
            && (asked(above) || asked(self.behind(keyed).lines().next().unwrap_or_default()))
    }

    /// Whether nothing but an address stands behind a label, and nobody is spoken to by its name right
    /// after: where more is to be read. In a chat people say such.
    fn is_address(&self, keyed: &Keyed<'_>) -> bool {
        let (prose, start) = (self.text.prose, keyed.candidate.start);
        if !is_lone_address(self.behind(keyed)) {
            return false;
        }
        let next = prose.block_at(start).map(BlockId::next);
        let next = next.filter(|next| next.index() < prose.blocks().len());
        let next = next.map_or("", |next| prose.slice(prose.content(next)));
        let name = &*keyed.candidate.label.name;
        let spoken_to = !name.starts_with(char::is_lowercase) && next.contains(name);
        start < self.within.start || !spoken_to
    }

    /// What stands behind a label in its block.
    fn behind(&self, keyed: &Keyed<'_>) -> &str {
        let prose = self.text.prose;
        let end = prose.block_at(keyed.candidate.start).map_or(0, |block| prose.content(block).end);
        prose.slice(keyed.candidate.end..end.max(keyed.candidate.end))
    }

    /// Whether a name is the short or the whole form of one that is known.
    fn is_form_of_known(&self, id: usize) -> bool {
        let mut looked = self.looked.borrow_mut();
        let form = &mut looked.entry(id).or_default().form;
        *form.get_or_insert_with(|| self.index.has_form_of(&Named::new(&self.text.names.shown[id])))
    }

    /// Whether a name is another spelling of one that is known well.
    fn is_spelling(&self, id: usize) -> bool {
        let mut looked = self.looked.borrow_mut();
        let spelling = &mut looked.entry(id).or_default().spelling;
        *spelling.get_or_insert_with(|| {
            let name: Vec<char> = self.text.names.keys[id].chars().collect();
            let same = |known: &Vec<char>| {
                is_slip(&name, known) || is_character_off(&name, known) || is_doubled(&name, known)
            };
            self.well.iter().any(same)
        })
    }
}

/// Whether a text is an address, and no more.
fn is_lone_address(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("http")
        && text.split_once("://").is_some_and(|(_, rest)| !rest.contains(char::is_whitespace))
}

/// Whether a label of this kind is hardly anything else.
fn said_there(close: Close, place: Place) -> bool {
    matches!(close, Close::Colon | Close::Bracket | Close::Timed) && place != Place::Middle
}

/// Whether a name in capitals has its title before it: `MS. HALE`, `SENATOR HALE`, `THE CLERK`.
fn has_title(name: &str) -> bool {
    let mut words = name.split(' ');
    let title =
        words.next().is_some_and(|word| word.ends_with('.') || word == "THE" || is_rank(word));
    title && (1..=2).contains(&words.count())
}
