//! A part of a text with what guesses about its layout are made from, and the guesses there are.

use std::ops::Range;

use super::Role;
use super::evidence::{Evidence, Keyed, Text};
use super::labels::Form;
use super::questions::{self, Known, Piece, Questions, Set};

/// A part of a text, with what is looked at to find its layout.
#[derive(Debug)]
pub struct View<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The candidates of the part.
    pub keyed: &'a [Keyed<'a>],
    /// Its paragraphs.
    pub pieces: Vec<Piece>,
    /// The ways in which questions are set apart there.
    pub ways: Vec<Questions>,
    /// Its bytes.
    pub span: Range<u32>,
    /// What is known of the text.
    pub known: Known,
}

/// How turns may be marked.
#[derive(Debug)]
pub enum Guess {
    /// Labels of these forms.
    Labels(Vec<Form>, Evidence),
    /// Questions with this name's label, and answers without.
    Asked(usize, Form),
    /// Questions set apart, and answers with this name's label.
    Answered(usize, Form, Set),
    /// Questions set apart, and answers below them.
    Apart(Set),
    /// A dash before whatever is said, by turns.
    Dashes,
}

impl<'a> View<'a> {
    /// The part of a text that is `span`.
    pub fn new(
        text: &'a Text<'a>,
        keyed: &'a [Keyed<'a>],
        roles: &[Role],
        span: Range<u32>,
        known: Known,
    ) -> Self {
        let pieces = questions::pieces(text.prose, roles, span.clone());
        let ways = questions::questions(text.prose, &pieces, known);
        Self { text, keyed, pieces, ways, span, known }
    }

    /// The same with the candidates of a longer part, where questions do not matter.
    pub fn over(self, keyed: &'a [Keyed<'a>], span: Range<u32>) -> Self {
        Self { keyed, span, ..self }
    }

    /// The questions that are set apart in one way.
    pub fn way(&self, set: Set) -> Option<&Questions> {
        self.ways.iter().find(|way| way.set == set)
    }
}

/// The paragraphs that begin with a dash.
pub fn dashed(pieces: &[Piece]) -> Vec<&Piece> {
    pieces.iter().filter(|piece| matches!(piece.set, Set::Sign('—' | '–' | '―' | '─'))).collect()
}
