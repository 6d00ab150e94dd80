//! A source's text → [`Document`]: the only room that knows a parser.

pub mod markdown;
mod html;
mod mend;
mod yaml;

pub use yaml::Fields;

use crate::prose::Prose;

/// An article as its format gives it: the text, and the front matter that is not in the text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The text.
    pub prose: Prose,
    /// The fields of a YAML front matter, clean.
    pub fields: Fields,
    /// The name of the format: `markdown`.
    pub format: &'static str,
}
