//! Where a turn begins: what every guess about the layout comes down to.

use super::labels::Candidate;
use crate::prose::Millis;

/// Where a turn begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The byte it begins at.
    pub at: u32,
    /// The byte its text begins at.
    pub text: u32,
    /// Who speaks.
    pub name: String,
    /// The label as printed.
    pub printed: String,
    /// When.
    pub time: Option<Millis>,
    /// What is odd about its label.
    pub odd: Option<&'static str>,
}

/// A turn at a place; `name` stands for one that the text does not give.
pub fn unnamed(at: u32, text: u32, name: &str) -> Start {
    Start { at, text, name: name.to_owned(), printed: String::new(), time: None, odd: None }
}

impl From<&Candidate> for Start {
    fn from(candidate: &Candidate) -> Self {
        Self {
            at: candidate.start,
            text: candidate.end,
            name: candidate.name.clone(),
            printed: candidate.printed.clone(),
            time: candidate.time,
            odd: None,
        }
    }
}
