//! What a terminal draws how wide: what the width of a grapheme cluster depends on besides itself.

use bitflags::bitflags;

/// How wide the terminal draws East Asian Ambiguous characters: `“ ” — … · ①`, `é`, `─`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One cell.
    #[default]
    Narrow,
    /// Two cells.
    Wide,
}

bitflags! {
    /// The emoji sequences (UTS #51) that the terminal joins into one glyph of two cells. What it
    /// does not join is shown as the emoji that the sequence begins with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Joins: u8 {
        /// A text symbol with U+FE0F: `❤️`.
        const PRESENTATION = 1;
        /// Emoji with U+200D between them: `👩‍💻`.
        const ZWJ = 2;
        /// An emoji with a skin tone: `👍🏽`.
        const SKIN_TONE = 4;
        /// A key: `1️⃣`.
        const KEYCAP = 8;
        /// Two regional indicators: `🇨🇳`.
        const FLAG = 16;
    }
}

impl Joins {
    /// What nearly every terminal joins: flags.
    pub const SAFE: Self = Self::FLAG;
}

impl Default for Joins {
    fn default() -> Self {
        Self::SAFE
    }
}

/// What a terminal draws how wide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Profile {
    /// The width of ambiguous characters.
    pub ambiguous: Ambiguous,
    /// The emoji sequences it joins.
    pub joins: Joins,
}

impl Profile {
    /// Narrow ambiguous characters, safe emoji: what most terminals are.
    pub const NARROW: Self = Self { ambiguous: Ambiguous::Narrow, joins: Joins::SAFE };
    /// Wide ambiguous characters, safe emoji.
    pub const WIDE: Self = Self { ambiguous: Ambiguous::Wide, joins: Joins::SAFE };
}
