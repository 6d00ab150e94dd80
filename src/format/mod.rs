//! A source's text → [`Document`]: the only room that knows a parser.

pub mod captions;
pub mod json;
mod lagging;
mod likely;
pub mod markdown;
pub mod plain;
mod aozora;
mod attributes;
mod bbcode;
mod chunks;
mod colons;
mod columns;
mod components;
mod css;
mod cues;
mod definitions;
mod epub;
mod facts;
mod fences;
mod flow;
mod html;
mod media;
mod mend;
mod page;
mod pandoc;
mod piece;
mod sheets;
mod tags;
mod templates;
mod terms;
mod transcript;
mod matter;
mod value;
mod wiki;
mod yaml;

pub use markdown::is_summary;
pub use matter::Fields;

use crate::prose::{Millis, Prose};

/// From how many marks of Markdown on a text is Markdown, although it is called plain.
const MARKS: usize = 3;

/// An article as its format gives it: the text, and the front matter that is not in the text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The text.
    pub prose: Prose,
    /// The fields of a front matter, clean; `media` is the address of the recording.
    pub fields: Fields,
    /// The name of the format: `markdown`, `plain`, `html`, `srt`, `vtt`, `json`, `yaml`, `csv`,
    /// `epub`.
    pub format: &'static str,
    /// The turns, where the format marks them; else they are found in the text.
    pub voices: Vec<Voice>,
}

/// A turn that a format marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The byte of the text that it begins at, which begins a block.
    pub at: u32,
    /// Who speaks, clean; empty where somebody else does who is not named.
    pub name: String,
    /// When.
    pub time: Option<Millis>,
}

/// Reads a text in the format that it is in. What is unmistakable in its content decides; where
/// that leaves a choice, the file's extension does (without the dot, in any case).
pub fn read(text: &str, extension: Option<&str>) -> Document {
    if epub::is_book(text) {
        return epub::read(text);
    }
    if captions::is_captions(text) {
        return captions::read(text);
    }
    if page::is_page(text) {
        return page::read(text);
    }
    if let Some(document) = json::read(text) {
        return document;
    }
    if let Some(document) = columns::read(text) {
        return document;
    }
    let extension = extension.map(str::to_ascii_lowercase);
    let named = matches!(extension.as_deref(), Some("html" | "htm" | "xhtml" | "xht"));
    let is_html = |text: &str| page::is_part(text) || named && text.trim_start().starts_with('<');
    if is_html(text) {
        return page::read(text);
    }
    // Generators of sites keep pages below a front matter.
    let (fields, taken) = matter::front_matter(text);
    if let Some(document) = yaml::in_matter(&text[..taken], &text[taken..], &fields) {
        return document;
    }
    if taken > 0 && (page::is_page(&text[taken..]) || is_html(&text[taken..])) {
        // Lines are those of the file.
        let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..taken]).count();
        return page::below(&format!("{}{}", "\n".repeat(lines), &text[taken..]), fields);
    }
    if matches!(extension.as_deref(), Some("yaml" | "yml"))
        && let Some(document) = yaml::read(text)
    {
        return document;
    }
    if let Some(text) = bbcode::plain(text) {
        return markdown::read(&text);
    }
    if let Some(text) = wiki::plain(text) {
        return markdown::read(&text);
    }
    let plain = match extension.as_deref() {
        Some("md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd") => false,
        // Exports in Markdown are often called so.
        Some("txt" | "text") => plain::marks(text) < MARKS,
        _ => plain::is_plain(text),
    };
    if plain {
        return plain::read(text);
    }
    match templates::plain(text) {
        Some(text) => markdown::read(&text),
        None => markdown::read(text),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn content_decides_then_the_extension() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\n你好。\n";
        let several = "# 题\n\n**甲：** 好\n\n**乙：** 好\n";
        for (text, extension, format) in [
            (srt, Some("txt"), "srt"),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\n好\n", Some("srt"), "vtt"),
            ("<!DOCTYPE html><p>好", Some("md"), "html"),
            ("[{\"speaker\":\"甲\",\"text\":\"好\"}]", Some("txt"), "json"),
            (several, Some("txt"), "markdown"),
            (several, None, "markdown"),
            ("<article><p>甲：好<p>乙：好</article>", None, "html"),
            ("<p align=center>题</p>\n\n一段很长的话。\n\n**甲：** 好\n", None, "markdown"),
            ("<b>甲：</b>好", Some("htm"), "html"),
            ("一段话。\n", Some("md"), "markdown"),
            ("一段话。\n", Some("TXT"), "plain"),
            ("一段话，*星号*和 **粗**。\n", Some("txt"), "plain"),
            ("一段话。\n", None, "plain"),
            ("**甲：** 好\n", None, "markdown"),
        ] {
            assert_eq!(read(text, extension).format, format, "{extension:?} {text}");
        }
    }
}
