//! A block × a measure → lines, as ranges of the block's text; no strings, no styles.

pub mod lines;

pub use lines::{Line, code_lines, lines};

use crate::text::width::Ambiguous;

/// All that can change a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// The width of the text column in cells, indents included.
    pub columns: u16,
    /// How wide the terminal draws ambiguous characters.
    pub ambiguous: Ambiguous,
}
