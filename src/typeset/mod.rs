//! Block × measure → lines (ranges, not strings), and the galley that turns positions into rows.

pub mod galley;
pub mod lines;
pub mod rows;

pub use galley::Galley;
pub use lines::{Line, code_lines, lines};
pub use rows::{Anchor, Follow, Row, Shows, Stop, body, first_text, marker, rows};

use crate::text::width::Ambiguous;

/// Everything that can change a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// The width of the text, in cells.
    pub columns: u16,
    /// The width of ambiguous characters.
    pub ambiguous: Ambiguous,
}
