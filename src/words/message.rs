//! A sentence before it is worded: an id and what stands in it.

use crate::text::Clean;

/// A sentence of the program's, not yet worded: the id of a text in `assets/locale/*.ftl` and what
/// stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The id.
    pub id: &'static str,
    /// Its arguments, clean.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Message {
    /// The sentence with that id.
    pub fn new(id: &'static str) -> Self {
        Self { id, arguments: Vec::new() }
    }

    /// The same with one more argument, or another value for one it has; text is cleaned.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.arguments.retain(|(known, _)| *known != name);
        self.arguments.push((name, value.into()));
        self
    }
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Text, clean, on one line.
    Text(String),
    /// A number.
    Number(i64),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(Clean::line(text).into_string())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Clean> for Argument {
    fn from(text: Clean) -> Self {
        Self::Text(text.into_string())
    }
}

impl From<&Clean> for Argument {
    fn from(text: &Clean) -> Self {
        Self::Text(text.as_str().to_owned())
    }
}

macro_rules! numbers {
    ($($number:ty)+) => { $(
        impl From<$number> for Argument {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )+ };
}

numbers! { u8 u16 u32 u64 usize i32 i64 }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_clean_and_on_one_line() {
        let message = Message::new("no-hits").with("query", "a\u{1b}[2J\nb").with("n", 3_usize);
        assert_eq!(message.arguments[0].1, Argument::Text("a\u{FFFD}[2J b".to_owned()));
        assert_eq!(message.arguments[1].1, Argument::Number(3));
    }
}
