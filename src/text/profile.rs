//! What a terminal draws how wide: what the width of a grapheme cluster depends on besides itself.

/// How wide the terminal draws East Asian Ambiguous characters: `“ ” — … · ①`, `é`, `─`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One cell.
    #[default]
    Narrow,
    /// Two cells.
    Wide,
}

/// The emoji sequences (UTS #51) that the terminal joins into one glyph of two cells: a set of the
/// constants below. What it does not join is shown as the emoji that the sequence begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Joins(u8);

impl Joins {
    /// A text symbol with U+FE0F: `❤️`.
    pub const PRESENTATION: Self = Self(1);
    /// Emoji with U+200D between them: `👩‍💻`.
    pub const ZWJ: Self = Self(2);
    /// An emoji with a skin tone: `👍🏽`.
    pub const SKIN_TONE: Self = Self(4);
    /// A key: `1️⃣`.
    pub const KEYCAP: Self = Self(8);
    /// Two regional indicators: `🇨🇳`.
    pub const FLAG: Self = Self(16);
    /// None of them.
    pub const NONE: Self = Self(0);
    /// What nearly every terminal joins: flags.
    pub const SAFE: Self = Self::FLAG;
    /// All of them.
    pub const ALL: Self = Self(31);

    /// Whether every sequence of `other` is joined.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This without `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
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
