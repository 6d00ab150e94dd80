//! Where a turn begins: what every guess about the layout comes down to.

use std::sync::{Arc, LazyLock};

use super::labels::{Candidate, Label};
use crate::prose::Millis;

/// Who asks, and who answers, where the text does not name them.
static QUESTION: LazyLock<Arc<Label>> = LazyLock::new(|| Arc::new(Label::unprinted("Q")));
static ANSWER: LazyLock<Arc<Label>> = LazyLock::new(|| Arc::new(Label::unprinted("A")));

/// Where a turn begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The byte it begins at.
    pub at: u32,
    /// The byte its text begins at.
    pub text: u32,
    /// Who speaks, and how the text says so.
    pub label: Arc<Label>,
    /// When.
    pub time: Option<Millis>,
    /// How its label is marked.
    pub marked: Marked,
}

/// How a label is marked, by what the others are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// As most are.
    Alike,
    /// Otherwise than most, or not at all, where the mark was forgotten.
    Oddly,
}

impl Start {
    /// A turn at a place.
    pub fn new(at: u32, text: u32, label: Arc<Label>) -> Self {
        Self { at, text, label, time: None, marked: Marked::Alike }
    }

    /// A question whose asker the text does not name.
    pub fn question(at: u32, text: u32) -> Self {
        Self::new(at, text, Arc::clone(&QUESTION))
    }

    /// An answer whose speaker the text does not name.
    pub fn answer(at: u32, text: u32) -> Self {
        Self::new(at, text, Arc::clone(&ANSWER))
    }
}

impl From<&Candidate> for Start {
    fn from(candidate: &Candidate) -> Self {
        Self {
            time: candidate.time,
            ..Self::new(candidate.start, candidate.end, Arc::clone(&candidate.label))
        }
    }
}
