//! Tags and text → prose: what each element means for a reader.

use std::ops::Range;

use super::attributes::{attributes, decode};
use super::components::{is_marked, is_name_box, is_named};
use super::css::{emphasis, is_tint};
use super::tags::{Tag, Token};
use crate::prose::{Builder, Kind, Marker, Place, Style};

/// How deep quotes and lists are shown.
const SHOWN: u8 = 16;
/// Elements that are not the article's.
pub const AROUND: &[&str] =
    &["nav", "footer", "aside", "button", "select", "dialog", "audio", "video", "canvas"];
/// From how many bytes on bold text is none within other bold text any more.
const PARTED: usize = 4096;
/// How many bytes of a button are looked through for who speaks.
const BUTTON: usize = 2048;
/// How many open elements a closing tag is looked for in.
const REACH: usize = 64;

/// Whether an element is not the article's. A button may hold who speaks, with their picture.
pub fn is_around(name: &str, tag: &Tag, text: &str) -> bool {
    let holds_a_name = || {
        let inner = &text[tag.name.end..];
        let inner = &inner[..inner.floor_char_boundary(BUTTON)];
        let inner = &inner[..inner.find("</button").unwrap_or(inner.len())];
        inner.split("<div ").skip(1).any(|div| {
            let tag = &div[..div.find('>').unwrap_or(div.len())];
            attributes(tag).any(|(name, class)| name == "class" && is_name_box("div", class))
        })
    };
    AROUND.contains(&name) && !(name == "button" && holds_a_name())
}

/// Where in a row of a table the text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Row {
    /// In none, or in one that has paragraphs of its own.
    #[default]
    None,
    /// In its first cell, or between two.
    Cells,
    /// Behind the bar that parts two cells.
    Bar,
    /// Behind a paragraph of a cell: another one, or another cell may follow.
    Waiting,
}

/// Puts tokens into prose.
#[derive(Debug, Default)]
pub struct Flow<'a> {
    text: &'a str,
    /// What was made of it.
    pub builder: Builder,
    /// How many elements that are passed over are open.
    skipped: usize,
    strong: usize,
    /// The byte at which bold text began last.
    bold: usize,
    emphasis: usize,
    struck: usize,
    code: usize,
    /// The elements around that have a style of their own, with what they add up to.
    styled: Vec<(String, Style)>,
    /// Whether a term of a list of definitions is open: the speaker or the question.
    term: bool,
    quote: u8,
    /// The lists around, with the next number of each that is numbered.
    lists: Vec<Option<u32>>,
    marker: Marker,
    preformatted: bool,
    /// Whether what is preformatted is prose, whose blank lines part paragraphs; and whether such is
    /// open.
    pub prose_in_pre: bool,
    lines: bool,
    /// Whether the text so far ends in a `<br>`; two of them part paragraphs.
    broken: bool,
    row: Row,
    /// Whether a link to a place of the page itself is open.
    anchored: bool,
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
        // `¶`, `▶`: a place to point at, and nothing that is said.
        if self.anchored && !text.chars().any(char::is_alphanumeric) && text.trim().len() <= 8 {
            return;
        }
        if self.preformatted {
            self.builder.text(&text, Style::PLAIN);
            return;
        }
        if !text.trim().is_empty() {
            self.broken = false;
            if self.row == Row::Waiting {
                self.builder.close();
                self.row = Row::None;
            } else if self.row == Row::Bar {
                self.row = Row::Cells;
            }
        }
        if !self.builder.is_open() {
            if text.trim().is_empty() {
                return;
            }
            let place = self.place(range.start);
            self.builder.open(Kind::Paragraph, place);
        }
        let mut style = self.styled.last().map_or(Style::PLAIN, |(_, style)| *style);
        if self.term {
            style |= Style::STRONG;
        }
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
            if self.lines && line.trim().is_empty() {
                // A line of its own is empty; what is left of one before a tag is not.
                let last = at == text.matches('\n').count();
                match at {
                    _ if !self.builder.is_open() => {}
                    0 if !line.is_empty() => self.builder.text(" ", style),
                    0 => {}
                    _ if last => self.builder.soft_break(),
                    _ => self.builder.close(),
                }
                continue;
            }
            if self.lines && !self.builder.is_open() {
                let place = self.place(range.start);
                self.builder.open(Kind::Paragraph, place);
            } else if at > 0 {
                self.builder.soft_break();
            }
            // Most lines have no more than one blank between words.
            let tab = memchr::memchr2(b'\t', b'\r', line.as_bytes()).is_some();
            if !tab && !line.contains("  ") {
                self.builder.text(line, style);
                continue;
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
        let name = &*name;
        if is_around(name, tag, self.text) || self.skipped > 0 && AROUND.contains(&name) {
            self.skipped += usize::from(!tag.is_closed(self.text));
            return;
        }
        if self.skipped > 0 {
            return;
        }
        self.style(name, tag);
        match name {
            "br" if std::mem::replace(&mut self.broken, true) => self.builder.close(),
            "br" => self.builder.hard_break(),
            "dt" | "dd" => {
                self.builder.close();
                self.term = name == "dt";
            }
            "tr" => {
                self.builder.close();
                self.row = Row::Cells;
            }
            "td" | "th" if self.row != Row::None && self.builder.is_open() => {
                self.builder.text(" | ", Style::PLAIN);
                self.row = Row::Bar;
            }
            "td" | "th" => {}
            "figcaption" => {
                self.builder.close();
                self.emphasis += 1;
            }
            // What opens the rest of a box.
            "summary" => {
                self.border();
                self.strong += 1;
            }
            "hr" => {
                let place = self.place(tag.name.start);
                self.builder.rule(place);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                let place = self.place(tag.name.start);
                self.builder.open(Kind::Heading(level), place);
            }
            "pre" if self.prose_in_pre => {
                self.border();
                self.lines = true;
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
            "b" | "strong" => {
                // What was not ended in an earlier paragraph was meant to be.
                let at = tag.name.start;
                let passed = &self.text.as_bytes()[self.bold.min(at)..at];
                let parted = passed.len() > PARTED
                    || memchr::memmem::find(passed, b"\n\n").is_some()
                    || memchr::memmem::find(passed, b"</p>").is_some();
                self.strong = if parted { 1 } else { self.strong + 1 };
                self.bold = at;
            }
            "i" | "em" => self.emphasis += 1,
            "s" | "del" | "strike" => self.struck += 1,
            "code" | "kbd" => self.code += 1,
            "a" => {
                let url = tag.attribute(self.text, "href").unwrap_or_default();
                self.anchored = url.starts_with('#');
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
                    self.broken = false;
                    let alt = tag.attribute(self.text, "alt").unwrap_or_default();
                    let place = Place { marker: Marker::None, ..self.place(tag.name.start) };
                    self.builder.image(&alt, &source, place);
                }
            }
            _ if is_border(name) => self.border(),
            _ => {}
        }
    }

    /// A block begins or ends. In a cell it waits: the next cell may go on in the row's line.
    fn border(&mut self) {
        match self.row {
            Row::None => self.builder.close(),
            Row::Cells if self.builder.is_open() => self.row = Row::Waiting,
            _ => {}
        }
    }

    /// Takes the emphasis that an element's style attribute says.
    fn style(&mut self, name: &str, tag: &Tag) {
        if name == "p" {
            self.unstyle(name);
        }
        let mut own = tag.attribute(self.text, "style").map_or(Style::PLAIN, |css| emphasis(&css));
        let font = name == "font";
        let tint = font.then(|| tag.attribute(self.text, "color")).flatten();
        let tint = tint.is_some_and(|value| is_tint(&value.to_ascii_lowercase()));
        own.set(Style::TINTED, own.contains(Style::TINTED) || tint || matches!(name, "u" | "mark"));
        let named = || tag.attribute(self.text, "id").is_some_and(|id| is_named(&id));
        let marked = tag.attribute(self.text, "class").is_some_and(|class| is_marked(name, &class));
        if marked || name == "p" && named() {
            own |= Style::STRONG;
        }
        let near = self.styled.iter().rev().take(REACH);
        if own != Style::PLAIN || near.clone().any(|(open, _)| open == name) {
            let around = self.styled.last().map_or(Style::PLAIN, |(_, style)| *style);
            self.styled.push((name.to_owned(), around | own));
        }
    }

    /// Ends the nearest element of a name, and those in it.
    fn unstyle(&mut self, name: &str) {
        let near = self.styled.iter().rev().take(REACH).position(|(open, _)| open == name);
        if let Some(back) = near {
            self.styled.truncate(self.styled.len() - 1 - back);
        }
    }

    fn close(&mut self, tag: &Tag) {
        let name = tag.name(self.text);
        let name = &*name;
        if AROUND.contains(&name) {
            self.skipped = self.skipped.saturating_sub(1);
            self.builder.close();
            return;
        }
        if self.skipped > 0 {
            return;
        }
        self.unstyle(name);
        match name {
            "dt" | "dd" | "dl" => {
                self.builder.close();
                self.term = false;
            }
            "tr" | "table" => {
                self.builder.close();
                self.row = Row::None;
            }
            "figcaption" => {
                self.builder.close();
                self.emphasis = self.emphasis.saturating_sub(1);
            }
            "summary" => {
                self.border();
                self.strong = self.strong.saturating_sub(1);
            }
            "b" | "strong" => self.strong = self.strong.saturating_sub(1),
            "i" | "em" => self.emphasis = self.emphasis.saturating_sub(1),
            "s" | "del" | "strike" => self.struck = self.struck.saturating_sub(1),
            "code" | "kbd" => self.code = self.code.saturating_sub(1),
            "a" => {
                self.anchored = false;
                self.builder.link_end();
            }
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
                (self.preformatted, self.lines) = (false, false);
            }
            _ if is_border(name) => self.border(),
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
