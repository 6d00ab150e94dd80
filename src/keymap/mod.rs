//! keymap.toml ↔ [`Command`] ↔ help rows.

pub mod key;
mod overlay;

pub use overlay::nearest;

pub use key::{Code, Key};

use crate::command::{Command, Context};
use crate::words::Message;

/// What a key, or keys one after the other, do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// The keys.
    pub chord: Vec<Key>,
    /// What they do.
    pub command: Command,
    /// The number behind the command: a speaker's, or a count.
    pub number: Option<u32>,
}

/// The keys in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// What a key means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// A command, with the number behind it in `keymap.toml`.
    Command(Command, Option<u32>),
    /// The beginning of a chord: these keys so far.
    Pending(Vec<Key>),
    /// Nothing.
    Unbound,
}

/// What a row of the help shows: all the keys of one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// The keys, by name; the keys of a chord stand apart by blanks.
    pub chords: Vec<String>,
    /// What they do.
    pub command: Command,
}

/// Something wrong in a user's keymap; it never stops the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file, as it is named to the user.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to do; the file and line are in it.
    pub message: Message,
}

impl Default for Keymap {
    /// The keymap that is built in.
    fn default() -> Self {
        let mut keymap = Self { bindings: Vec::new() };
        let warnings = keymap.overlay(include_str!("../../keymap.toml"), "keymap.toml");
        debug_assert!(warnings.is_empty(), "{warnings:?}");
        keymap
    }
}

impl Keymap {
    /// All bindings, in the order of the file.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// What `key` means behind the keys `pending`. A key that means nothing there drops them and
    /// is taken by itself.
    pub fn resolve(&self, context: Context, pending: &[Key], key: Key) -> Resolved {
        let mut chord = pending.to_vec();
        chord.push(key.normal());
        let found = self.look_up(context, &chord);
        if found != Resolved::Unbound {
            return found;
        }
        // In a prompt a fullwidth character is text.
        if context != Context::Prompt {
            for key in &mut chord {
                *key = key.halfwidth();
            }
            let found = self.look_up(context, &chord);
            if found != Resolved::Unbound {
                return found;
            }
        }
        if pending.is_empty() { Resolved::Unbound } else { self.resolve(context, &[], key) }
    }

    fn look_up(&self, context: Context, chord: &[Key]) -> Resolved {
        let mut begins = false;
        for binding in self.bindings.iter().filter(|binding| binding.context == context) {
            if binding.chord == chord {
                return Resolved::Command(binding.command, binding.number);
            }
            begins |= binding.chord.starts_with(chord);
        }
        if begins { Resolved::Pending(chord.to_vec()) } else { Resolved::Unbound }
    }

    /// The rows of the help for a context: the commands in the order of their table, without those
    /// that no key is bound to.
    pub fn rows(&self, context: Context) -> Vec<HelpRow> {
        let mut rows = Vec::new();
        for &command in Command::ALL.iter().filter(|command| command.context() == context) {
            let mine: Vec<&Binding> = self
                .bindings
                .iter()
                .filter(|binding| binding.context == context && binding.command == command)
                .collect();
            if mine.is_empty() {
                continue;
            }
            let chords: Vec<String> = mine.iter().map(|binding| binding.name()).collect();
            rows.push(HelpRow { chords: shorten(chords), command });
        }
        rows
    }
}

impl Binding {
    /// Its keys by name, apart by blanks.
    pub fn name(&self) -> String {
        let keys: Vec<String> = self.chord.iter().map(ToString::to_string).collect();
        keys.join(" ")
    }
}

/// `1 2 3 … 9` as `1…9`.
fn shorten(chords: Vec<String>) -> Vec<String> {
    match (chords.first(), chords.last()) {
        (Some(first), Some(last)) if chords.len() > 4 => vec![format!("{first} .. {last}")],
        _ => chords,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(keymap: &Keymap, context: Context, keys: &str) -> Resolved {
        let mut pending = Vec::new();
        let mut found = Resolved::Unbound;
        for key in keys.split(' ') {
            found = keymap.resolve(context, &pending, key.parse().unwrap());
            pending = match &found {
                Resolved::Pending(keys) => keys.clone(),
                _ => Vec::new(),
            };
        }
        found
    }

    #[test]
    fn every_command_is_bound() {
        let keymap = Keymap::default();
        for command in Command::ALL {
            assert!(keymap.bindings().iter().any(|b| b.command == *command), "{command:?}");
        }
        assert!(keymap.bindings().iter().all(|b| b.context == b.command.context()));
        assert!(keymap.bindings().iter().all(|b| b.command.takes_number() == b.number.is_some()));
    }

    #[test]
    fn no_chord_begins_another() {
        let keymap = Keymap::default();
        for a in keymap.bindings() {
            for b in keymap.bindings().iter().filter(|b| *b != a && b.context == a.context) {
                assert!(!b.chord.starts_with(&a.chord), "{} begins {}", a.name(), b.name());
            }
        }
    }

    #[test]
    fn keys_and_chords() {
        let keymap = Keymap::default();
        let reading = |keys| resolve(&keymap, Context::Reading, keys);
        assert_eq!(reading("j"), Resolved::Command(Command::LineDown, None));
        assert_eq!(reading("3"), Resolved::Command(Command::SpeakerNext, Some(3)));
        assert_eq!(reading("g g"), Resolved::Command(Command::ArticleStart, None));
        assert_eq!(reading("g j"), Resolved::Command(Command::LineDown, None));
        assert_eq!(reading("："), Resolved::Command(Command::GoTo, None));
        assert_eq!(reading("Tab"), Resolved::Command(Command::JumpForward, None));
        assert!(matches!(reading("g"), Resolved::Pending(_)));
        assert_eq!(resolve(&keymap, Context::Prompt, "："), Resolved::Unbound);
    }

    #[test]
    fn speaker_keys_are_one_row() {
        let rows = Keymap::default().rows(Context::Reading);
        let row = rows.iter().find(|row| row.command == Command::SpeakerNext).unwrap();
        assert_eq!(row.chords, ["1 .. 9"]);
    }
}
