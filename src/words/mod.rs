//! The program's own words, in Chinese and English.

/// A sentence of the program's, not yet worded: the id of a text in `assets/locale/*.ftl` and what
/// stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The id.
    pub id: &'static str,
    /// Its arguments, clean.
    pub arguments: Vec<(&'static str, Argument)>,
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Text, clean.
    Text(String),
    /// A number.
    Number(i64),
}

/// The words of one language.
#[derive(Debug)]
pub struct Words;
