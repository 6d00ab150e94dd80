//! The width of text in cells.

/// How many cells a terminal gives to East Asian Ambiguous characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One.
    #[default]
    Narrow,
    /// Two.
    Wide,
}
