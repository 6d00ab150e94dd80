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
impl Words {
    /** */
    pub fn say(&self, m: &Message) -> String {
        m.id.to_owned()
    }
    /** */
    pub fn text(&self, id: &'static str) -> &str {
        id
    }
    /** */
    pub fn sentence(&self, c: crate::command::Command) -> std::borrow::Cow<'_, str> {
        c.sentence().into()
    }
}
impl Message {
    /** */
    pub fn new(id: &'static str) -> Self {
        Self { id, arguments: vec![] }
    }
    /** */
    pub fn with(mut self, n: &'static str, v: impl Into<Argument>) -> Self {
        self.arguments.push((n, v.into()));
        self
    }
}
impl From<i64> for Argument {
    fn from(n: i64) -> Self {
        Self::Number(n)
    }
}
impl From<String> for Argument {
    fn from(n: String) -> Self {
        Self::Text(n)
    }
}
impl From<&str> for Argument {
    fn from(n: &str) -> Self {
        Self::Text(n.to_owned())
    }
}
