//! A source's text → [`Document`]: the only room that knows a parser.

pub mod captions;
pub mod json;
pub mod markdown;
mod flow;
mod html;
mod mend;
mod page;
mod tags;
mod yaml;

pub use yaml::Fields;

use crate::prose::{Millis, Prose};

/// An article as its format gives it: the text, and the front matter that is not in the text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The text.
    pub prose: Prose,
    /// The fields of a YAML front matter, clean.
    pub fields: Fields,
    /// The name of the format: `markdown`, `html`, `srt`, `vtt`, `json`.
    pub format: &'static str,
    /// The turns, where the format marks them; else they are found in the text.
    pub voices: Vec<Voice>,
}

/// A turn that a format marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The byte of the text that it begins at, which begins a block.
    pub at: u32,
    /// Who speaks, clean.
    pub name: String,
    /// When.
    pub time: Option<Millis>,
}

/// Reads a text in the format that it is in: its content decides.
pub fn read(text: &str) -> Document {
    if captions::is_captions(text) {
        return captions::read(text);
    }
    if page::is_page(text) {
        return page::read(text);
    }
    json::read(text).unwrap_or_else(|| markdown::read(text))
}
