//! Tags and text → prose: what each element means for a reader.

use std::ops::Range;

use super::html::decode;
use super::tags::{Tag, Token};
use crate::prose::{Builder, Kind, Marker, Place, Style};

/// How deep quotes and lists are shown.
const SHOWN: u8 = 16;
/// Elements that are not the article's.
pub const AROUND: &[&str] = &["nav", "footer", "aside", "form", "button", "select", "dialog"];

/// Puts tokens into prose.
#[derive(Debug, Default)]
pub struct Flow<'a> {
    text: &'a str,
    /// What was made of it.
    pub builder: Builder,
    /// How many elements that are passed over are open.
    skipped: usize,
    strong: usize,
    emphasis: usize,
    struck: usize,
    code: usize,
    quote: u8,
    /// The lists around, with the next number of each that is numbered.
    lists: Vec<Option<u64>>,
    marker: Marker,
    preformatted: bool,
    /// The source line, and the byte up to which it is counted.
    line: u32,
    counted: usize,
}

impl<'a> Flow<'a> {
    /// Prose that tokens of `text` go into.
    pub fn new(text: &'a str) -> Self {
        Self { text, ..Self::default() }
    }

    /// Takes the next token.
    pub fn take(&mut self, token: &Token) {
        match token {
            Token::Text(range) if self.skipped == 0 => self.words(range.clone()),
            Token::Text(_) => {}
            Token::Open(tag) => self.open(tag),
            Token::Close(tag) => self.close(tag),
        }
    }

    fn place(&mut self, at: usize) -> Place {
        let from = self.counted.min(at);
        let passed = &self.text.as_bytes()[from..at];
        self.line += memchr::memchr_iter(b'\n', passed).count() as u32;
        self.counted = at;
        Place {
            line: self.line + 1,
            quote: self.quote.min(SHOWN),
            depth: self.lists.len().min(SHOWN.into()) as u8,
            marker: std::mem::take(&mut self.marker),
            time: None,
        }
    }

    fn words(&mut self, range: Range<usize>) {
        let text = decode(&self.text[range.clone()]);
        if self.preformatted {
            self.builder.text(&text, Style::PLAIN);
            return;
        }
        if !self.builder.is_open() {
            if text.trim().is_empty() {
                return;
            }
            let place = self.place(range.start);
            self.builder.open(Kind::Paragraph, place);
        }
        let mut style = Style::PLAIN;
        for (depth, bit) in [
            (self.strong, Style::STRONG),
            (self.emphasis, Style::EMPHASIS),
            (self.struck, Style::STRUCK),
            (self.code, Style::CODE),
        ] {
            if depth > 0 {
                style |= bit;
            }
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.builder.soft_break();
            }
            let words: Vec<&str> =
                line.split([' ', '\t', '\r']).filter(|w| !w.is_empty()).collect();
            let lead = if line.starts_with([' ', '\t']) { " " } else { "" };
            let tail =
                if line.ends_with([' ', '\t', '\r']) && !words.is_empty() { " " } else { "" };
            self.builder.text(&format!("{lead}{}{tail}", words.join(" ")), style);
        }
    }

    fn open(&mut self, tag: &Tag) {
        let name = tag.name(self.text);
        let name = name.as_str();
        if AROUND.contains(&name) {
            self.skipped += 1;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "br" => self.builder.hard_break(),
            "hr" => {
                let place = self.place(tag.name.start);
                self.builder.rule(place);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                let place = self.place(tag.name.start);
                self.builder.open(Kind::Heading(level), place);
            }
            "pre" => {
                let place = self.place(tag.name.start);
                self.builder.open(Kind::Code, place);
                self.preformatted = true;
            }
            "blockquote" => {
                self.builder.close();
                self.quote = self.quote.saturating_add(1);
            }
            "ul" | "ol" => {
                self.builder.close();
                self.lists.push((name == "ol").then_some(1));
            }
            "li" => {
                self.builder.close();
                self.marker = match self.lists.last_mut() {
                    Some(Some(next)) => {
                        *next += 1;
                        Marker::Number(*next - 1)
                    }
                    _ => Marker::Bullet,
                };
            }
            "b" | "strong" => self.strong += 1,
            "i" | "em" => self.emphasis += 1,
            "s" | "del" | "strike" => self.struck += 1,
            "code" | "kbd" => self.code += 1,
            "a" => {
                let url = tag.attribute(self.text, "href").unwrap_or_default();
                if !url.is_empty() && !url.starts_with("javascript:") {
                    if !self.builder.is_open() {
                        let place = self.place(tag.name.start);
                        self.builder.open(Kind::Paragraph, place);
                    }
                    self.builder.link_start(&url);
                }
            }
            "img" => {
                let source = tag.attribute(self.text, "data-src");
                let source = source.or_else(|| tag.attribute(self.text, "src")).unwrap_or_default();
                if !source.is_empty() && !source.starts_with("data:") {
                    let alt = tag.attribute(self.text, "alt").unwrap_or_default();
                    let place = Place { marker: Marker::None, ..self.place(tag.name.start) };
                    self.builder.image(&alt, &source, place);
                }
            }
            "td" | "th" if self.builder.is_open() => self.builder.text(" ", Style::PLAIN),
            _ if is_border(name) => self.builder.close(),
            _ => {}
        }
    }

    fn close(&mut self, tag: &Tag) {
        let name = tag.name(self.text);
        let name = name.as_str();
        if AROUND.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
            self.builder.close();
            return;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "b" | "strong" => self.strong = self.strong.saturating_sub(1),
            "i" | "em" => self.emphasis = self.emphasis.saturating_sub(1),
            "s" | "del" | "strike" => self.struck = self.struck.saturating_sub(1),
            "code" | "kbd" => self.code = self.code.saturating_sub(1),
            "a" => self.builder.link_end(),
            "blockquote" => {
                self.builder.close();
                self.quote = self.quote.saturating_sub(1);
            }
            "ul" | "ol" => {
                self.builder.close();
                self.lists.pop();
            }
            "pre" => {
                self.builder.close();
                self.preformatted = false;
            }
            _ if is_border(name) => self.builder.close(),
            _ => {}
        }
    }
}

/// Whether a text ends where an element begins or ends.
fn is_border(name: &str) -> bool {
    !matches!(
        name,
        "span"
            | "font"
            | "u"
            | "small"
            | "big"
            | "sub"
            | "sup"
            | "mark"
            | "abbr"
            | "time"
            | "q"
            | "cite"
            | "label"
            | "wbr"
            | "td"
            | "th"
            | "ruby"
            | "rt"
            | "rp"
            | "bdi"
            | "bdo"
            | "var"
            | "samp"
            | "ins"
            | "dfn"
            | "data"
            | "center"
    )
}
