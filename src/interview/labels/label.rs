//! What a label says, kept once however often it stands in a text: a talk of a million turns has a
//! handful of labels.

use std::sync::Arc;

use super::name::{bare, is_name, key};
use super::words::{answers, asks};
use crate::interview::lead_ins::is_toggle;
use crate::text::maps::Map;

/// The words of a label.
#[derive(Debug, PartialEq, Eq)]
pub struct Label {
    /// It as printed, without markup, colon and time; empty where the text has none.
    pub printed: Arc<str>,
    /// The name in it: without role, number and brackets.
    pub name: String,
    /// The name as names are compared, see [`key`].
    pub key: String,
    /// Whether it is a word for one who asks.
    pub asks: bool,
    /// Whether it is a word for one who answers.
    pub answers: bool,
}

impl Label {
    /// A label that is printed, and the name in it.
    pub fn new(printed: &str, name: &str) -> Self {
        let key = key(name);
        Self {
            printed: printed.into(),
            name: name.to_owned(),
            asks: asks(&key),
            answers: answers(&key),
            key,
        }
    }

    /// A name that no label says.
    pub fn unprinted(name: &str) -> Self {
        Self::new("", name)
    }
}

/// The longest text that is kept, in bytes.
const LONG: usize = 64;

/// What may be labels of a text and was looked at so far, by what is printed, asterisks included;
/// with none where there is no name in it.
#[derive(Debug, Default)]
pub struct Labels<'a>(Map<&'a str, Option<Arc<Label>>>);

impl<'a> Labels<'a> {
    /// The label that is printed so; none where there is no name in it.
    pub fn of(&mut self, printed: &'a str) -> Option<Arc<Label>> {
        let new = || {
            let name = bare(printed);
            let label = || Arc::new(Label::new(printed.trim_matches(['*', ' ']), name));
            (is_name(name) && !(printed.contains('/') && is_toggle(printed))).then(label)
        };
        // What is long comes once.
        if printed.len() > LONG {
            return new();
        }
        self.0.entry(printed).or_insert_with(new).clone()
    }
}
