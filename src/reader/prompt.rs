//! The line that is being typed: a search or a place to go to.

use unicode_segmentation::UnicodeSegmentation;

use super::State;
use super::event::Effect;
use crate::command::Command;
use crate::interview::{SpeakerId, TurnId};
use crate::keymap::{Code, Key};
use crate::prose::Millis;
use crate::text::Clean;
use crate::text::clean::clean;
use crate::typeset::Anchor;
use crate::words::Message;

/// How long a line may become, in bytes: nobody searches for more, but a whole page gets pasted.
const LONGEST: usize = 1024;

/// How long a note may become, in bytes.
const LONGEST_NOTE: usize = 64 * 1024;

/// What is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// What to search for.
    Search,
    /// Where to go: a turn, a share or a time.
    GoTo,
    /// What to call a speaker.
    Rename(SpeakerId),
    /// What to show of a list.
    Filter,
    /// A note, which may have several lines.
    Note,
}

/// A line and the cursor in it.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What is being typed.
    pub kind: PromptKind,
    /// The line so far.
    pub text: String,
    /// Where the cursor is, in bytes.
    pub cursor: usize,
    /// Where the reader was when it began.
    origin: Anchor,
    /// How many lines back in the history this one is from.
    older: usize,
    /// The tag that is being completed: where it begins, what of it was typed, how many were shown.
    pub(super) completing: Option<(usize, String, usize)>,
}

/// The lines typed before, the newest last.
#[derive(Clone, Debug, Default)]
pub struct History {
    searches: Vec<String>,
    places: Vec<String>,
    names: Vec<String>,
    filters: Vec<String>,
}

impl History {
    fn lines(&mut self, kind: PromptKind) -> &mut Vec<String> {
        match kind {
            PromptKind::Search => &mut self.searches,
            PromptKind::GoTo => &mut self.places,
            PromptKind::Rename(_) => &mut self.names,
            PromptKind::Filter | PromptKind::Note => &mut self.filters,
        }
    }
}

/// Where a line leads.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Turn(u32),
    Share(f64),
    Millis(u64),
}

impl State {
    /// Begins a line.
    pub(super) fn open_prompt(&mut self, kind: PromptKind) {
        let origin = self.top;
        let (text, completing) = (String::new(), None);
        self.prompt = Some(Prompt { kind, text, cursor: 0, origin, older: 0, completing });
    }

    /// Begins with a text, the cursor behind it.
    pub(super) fn set_prompt(&mut self, text: &str) {
        if let Some(prompt) = &mut self.prompt {
            prompt.cursor = text.len();
            text.clone_into(&mut prompt.text);
        }
    }

    /// Puts text at the cursor.
    pub(super) fn type_text(&mut self, text: &str) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else { return Vec::new() };
        // A single blank is cleaned away as an edge of the line, and is meant here.
        let (text, longest) = match prompt.kind {
            _ if text == " " => (text.to_owned(), LONGEST),
            PromptKind::Note => (clean(text).into_owned(), LONGEST_NOTE),
            _ => (Clean::line(text).into_string(), LONGEST),
        };
        let room = longest.saturating_sub(prompt.text.len());
        let text = &text[..text.floor_char_boundary(room)];
        if text.is_empty() {
            return Vec::new();
        }
        prompt.completing = None;
        prompt.text.insert_str(prompt.cursor, text);
        prompt.cursor += text.len();
        self.prompt_changed()
    }

    /// Takes a key that no command is bound to.
    pub(super) fn type_key(&mut self, key: Key) -> Vec<Effect> {
        match key {
            Key { code: Code::Char(c), ctrl: false, alt: false } => {
                self.type_text(c.encode_utf8(&mut [0; 4]))
            }
            _ => Vec::new(),
        }
    }

    /// Carries out a command of the prompt.
    pub(super) fn prompt_command(
        &mut self,
        command: Command,
        now: u64,
    ) -> (Vec<Effect>, Option<Message>) {
        let Some(prompt) = &mut self.prompt else { return (Vec::new(), None) };
        let note = prompt.kind == PromptKind::Note;
        if command == Command::PromptComplete {
            self.complete_tag();
            return (Vec::new(), None);
        }
        prompt.completing = None;
        let before = &prompt.text[..prompt.cursor];
        match command {
            Command::PromptAccept => return self.accept(now),
            Command::PromptCancel => {
                self.cancel();
                return (Vec::new(), None);
            }
            Command::PromptDelete if prompt.text.is_empty() && !note => {
                self.cancel();
                return (Vec::new(), None);
            }
            Command::PromptDelete => {
                let from = before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
                prompt.text.drain(from..prompt.cursor);
                prompt.cursor = from;
            }
            Command::PromptDeleteForward => {
                let next = prompt.text[prompt.cursor..].graphemes(true).next();
                let end = prompt.cursor + next.map_or(0, str::len);
                prompt.text.drain(prompt.cursor..end);
            }
            Command::PromptDeleteWord => {
                let kept = before.trim_end();
                let from = kept.unicode_word_indices().next_back().map_or(0, |(at, _)| at);
                prompt.text.drain(from..prompt.cursor);
                prompt.cursor = from;
            }
            Command::PromptClear => {
                let from = before.rfind('\n').map_or(0, |at| at + 1);
                prompt.text.drain(from..prompt.cursor);
                prompt.cursor = from;
            }
            Command::PromptLeft => {
                prompt.cursor = before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
                return (Vec::new(), None);
            }
            Command::PromptRight => {
                let next = prompt.text[prompt.cursor..].graphemes(true).next();
                prompt.cursor += next.map_or(0, str::len);
                return (Vec::new(), None);
            }
            Command::PromptStart => {
                prompt.cursor = before.rfind('\n').map_or(0, |at| at + 1);
                return (Vec::new(), None);
            }
            Command::PromptEnd => {
                let line = prompt.text[prompt.cursor..].find('\n');
                prompt.cursor = line.map_or(prompt.text.len(), |at| prompt.cursor + at);
                return (Vec::new(), None);
            }
            Command::PromptNewLine if note => return (self.type_text("\n"), None),
            Command::PromptOlder | Command::PromptNewer if note => {
                self.move_in_note(if command == Command::PromptOlder { -1 } else { 1 });
                return (Vec::new(), None);
            }
            Command::PromptOlder => self.recall(1),
            Command::PromptNewer => self.recall(-1),
            _ => return (Vec::new(), None),
        }
        (self.prompt_changed(), None)
    }

    fn recall(&mut self, by: isize) {
        let Some(prompt) = &mut self.prompt else { return };
        let lines = self.history.lines(prompt.kind);
        let older = prompt.older.saturating_add_signed(by).min(lines.len());
        prompt.older = older;
        prompt.text = match older {
            0 => String::new(),
            _ => lines[lines.len() - older].clone(),
        };
        prompt.cursor = prompt.text.len();
    }

    fn prompt_changed(&mut self) -> Vec<Effect> {
        let Some(prompt) = &self.prompt else { return Vec::new() };
        match prompt.kind {
            PromptKind::Search => {
                let (query, origin) = (prompt.text.clone(), prompt.origin);
                self.search_as_typed(&query, origin)
            }
            PromptKind::Filter => {
                self.filter = prompt.text.clone();
                self.refilter();
                Vec::new()
            }
            PromptKind::GoTo | PromptKind::Rename(_) | PromptKind::Note => Vec::new(),
        }
    }

    fn accept(&mut self, now: u64) -> (Vec<Effect>, Option<Message>) {
        let Some(prompt) = self.prompt.take() else { return (Vec::new(), None) };
        if prompt.kind == PromptKind::Note {
            return self.accept_note(&prompt.text, now);
        }
        if prompt.text.is_empty() {
            if let PromptKind::Rename(speaker) = prompt.kind {
                return self.rename(speaker, "");
            }
            if prompt.kind != PromptKind::Filter {
                self.top = prompt.origin;
            }
            return (Vec::new(), None);
        }
        let lines = self.history.lines(prompt.kind);
        lines.retain(|line| *line != prompt.text);
        lines.push(prompt.text.clone());
        let said = match prompt.kind {
            PromptKind::Rename(speaker) => return self.rename(speaker, &prompt.text),
            PromptKind::Search => {
                let end = std::mem::replace(&mut self.top, prompt.origin);
                if end != prompt.origin {
                    self.remember();
                }
                self.top = end;
                None
            }
            PromptKind::GoTo => self.go_to(&prompt.text),
            PromptKind::Filter | PromptKind::Note => None,
        };
        (Vec::new(), said)
    }

    fn cancel(&mut self) {
        let Some(prompt) = self.prompt.take() else { return };
        match prompt.kind {
            PromptKind::Search => {
                self.forget_search();
                self.top = prompt.origin;
            }
            PromptKind::Filter => {
                self.filter.clear();
                self.refilter();
            }
            PromptKind::Note => self.note_on = None,
            PromptKind::GoTo | PromptKind::Rename(_) => {}
        }
    }

    fn go_to(&mut self, text: &str) -> Option<Message> {
        let interview = &self.setup.interview;
        let nowhere = || Some(Message::new("no-such-place").with("place", text));
        let to = match place(text) {
            None => return nowhere(),
            Some(Place::Turn(_)) if interview.turns.is_empty() => {
                return Some(Message::new("no-turns"));
            }
            Some(Place::Turn(number)) => {
                let turn =
                    number.checked_sub(1).filter(|&turn| (turn as usize) < interview.turns.len());
                let Some(turn) = turn else {
                    let turns = interview.turns.len() as i64;
                    return Some(Message::new("no-such-turn").with("turns", turns));
                };
                self.start_of_turn(TurnId(turn))
            }
            Some(Place::Share(share)) => {
                let offset = (f64::from(interview.prose.len()) * share / 100.0) as u32;
                if offset >= interview.prose.len() {
                    self.last_page()
                } else {
                    self.galley.anchor_of(floor(interview.prose.text(), offset))
                }
            }
            Some(Place::Millis(millis)) => {
                let place = self.place_at(Millis(millis));
                let Some(place) = place else { return Some(Message::new("no-times")) };
                place
            }
        };
        self.jump(to);
        None
    }
}

/// The last character boundary at or before an offset.
fn floor(text: &str, offset: u32) -> u32 {
    text.floor_char_boundary(offset as usize) as u32
}

/// What a line means as a place: `57`, `40%`, `12:30`, `1:02:03`; fullwidth forms as well.
fn place(text: &str) -> Option<Place> {
    let plain = |c| match c {
        '０'..='９' | '％' | '：' | '．' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    let text: String = text.trim().chars().map(plain).collect();
    if let Some(share) = text.strip_suffix('%') {
        let share: f64 = share.trim().parse().ok()?;
        return (0.0..=100.0).contains(&share).then_some(Place::Share(share));
    }
    if text.contains(':') {
        let parts: Vec<u64> =
            text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let small = parts[1..].iter().all(|&part| part < 60) && parts.len() <= 3;
        let seconds =
            parts.iter().try_fold(0_u64, |all, part| all.checked_mul(60)?.checked_add(*part))?;
        return small.then_some(Place::Millis(seconds.checked_mul(1000)?));
    }
    text.parse().ok().map(Place::Turn)
}

#[cfg(test)]
mod tests {
    use super::{Place, place};

    #[test]
    fn places() {
        for (text, want) in [
            ("57", Some(Place::Turn(57))),
            (" ５７ ", Some(Place::Turn(57))),
            ("40%", Some(Place::Share(40.0))),
            ("12.5％", Some(Place::Share(12.5))),
            ("1:02:03", Some(Place::Millis(3_723_000))),
            ("62:03", Some(Place::Millis(3_723_000))),
            ("45", Some(Place::Turn(45))),
            ("0:45", Some(Place::Millis(45_000))),
            ("２：０５", Some(Place::Millis(125_000))),
            ("140%", None),
            ("1:99", None),
            ("1:2:3:4", None),
            ("-3", None),
            ("第三", None),
            ("", None),
        ] {
            assert_eq!(place(text), want, "{text:?}");
        }
    }
}
