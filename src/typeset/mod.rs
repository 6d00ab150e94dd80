//! Block × measure → lines (ranges, not strings), and the galley that turns positions into rows.

pub mod galley;
pub mod glyphs;
pub mod lines;
pub mod rows;

pub use galley::Galley;
pub use glyphs::{Glyph, glyphs, verbatim};
pub use lines::{Line, code_lines, lines};
pub use rows::{Anchor, Follow, Row, Shows, Stop, body, first_text, marker, rows};

use crate::text::spacing::Spacing;
use crate::text::width::Profile;

/// Everything that can change a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// The width of the text, in cells.
    pub columns: u16,
    /// What the terminal draws how wide.
    pub profile: Profile,
    /// The blanks between Han and Latin.
    pub spacing: Spacing,
    /// The last cells of the width, in which only one hanging mark may stand: 0 or 2.
    pub gutter: u16,
    /// The cells before the first line of a paragraph.
    pub indent: u16,
    /// The rows between paragraphs: 0 or 1.
    pub leading: u16,
}

impl Measure {
    /// A width, with everything else as it is by default.
    pub fn new(columns: u16, profile: Profile) -> Self {
        Self { columns, profile, spacing: Spacing::Keep, gutter: 0, indent: 0, leading: 1 }
    }
}
