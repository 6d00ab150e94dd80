//! How a passage is highlighted.

use serde::{Deserialize, Serialize};

/// How a passage is highlighted: one of four kinds, which the reader's theme colours.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "u8", from = "u8")]
pub enum Highlight {
    /// The first; that of a bookmark without more.
    #[default]
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
}

impl Highlight {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::First, Self::Second, Self::Third, Self::Fourth];

    /// That of a number from 1 to 4.
    pub fn numbered(number: u32) -> Option<Self> {
        Self::ALL.get((number as usize).checked_sub(1)?).copied()
    }

    /// Its number, from 1.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }
}

impl From<Highlight> for u8 {
    fn from(highlight: Highlight) -> Self {
        highlight.number()
    }
}

/// A number of a later program is the first.
impl From<u8> for Highlight {
    fn from(number: u8) -> Self {
        Self::numbered(number.into()).unwrap_or_default()
    }
}
