//! A value → JSON that lives well in git: one member to a line, lists of numbers and words on one.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// The value as JSON, with a line end behind it.
pub fn json(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Layout::default());
    // What is made of strings, numbers and lists always has a JSON form.
    let _ = value.serialize(&mut serializer);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

/// What is open: objects, and lists with or without objects in them.
#[derive(Debug, Default)]
struct Layout {
    open: Vec<Open>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Object,
    Plain,
    /// A list of objects.
    Tall,
}

impl Layout {
    fn line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        let deep = self.open.iter().filter(|&&open| open != Open::Plain).count();
        writer.write_all(b"\n")?;
        (0..deep).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open.push(Open::Plain);
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.open.pop() == Some(Open::Tall) {
            self.line(writer)?;
        }
        writer.write_all(b"]")
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if let Some(list @ (Open::Plain | Open::Tall)) = self.open.last_mut() {
            *list = Open::Tall;
            self.line(writer)?;
        }
        self.open.push(Open::Object);
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open.pop();
        self.line(writer)?;
        writer.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        self.line(writer)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_words_stand_on_one_line() {
        #[derive(Serialize)]
        struct One {
            tags: Vec<&'static str>,
            none: Vec<u8>,
        }
        let value = [One { tags: vec!["读", "a\"b"], none: vec![] }];
        let want = "[\n  {\n    \"tags\": [\"读\",\"a\\\"b\"],\n    \"none\": []\n  }\n]\n";
        assert_eq!(json(&value), want);
    }
}
