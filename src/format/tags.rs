//! HTML → its tags and the text between them, in one scan.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::{attribute, attributes};
use super::html::{find_end, tag_span};

/// Elements whose content is no text.
pub const RAW: &[&str] =
    &["script", "style", "noscript", "template", "svg", "iframe", "textarea", "math", "object"];

/// A tag: where its name and its attributes stand.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The bytes of its name.
    pub name: Range<usize>,
    end: usize,
    /// Whether it is written in small letters, as most are.
    small: bool,
}

impl Tag {
    /// Its name, in small letters.
    pub fn name<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let name = &text[self.name.clone()];
        match self.small {
            true => name.into(),
            false => name.to_ascii_lowercase().into(),
        }
    }

    /// Whether it is written as one that has no end: `<audio src="a"/>`.
    pub fn is_closed(&self, text: &str) -> bool {
        // The stroke at the end of an address without quotes is the address's.
        let inner = &text[self.name.end..self.end];
        inner.strip_suffix('/').is_some_and(|rest| {
            rest.is_empty()
                || rest.ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
        })
    }

    /// Its attributes, as they are written.
    pub fn attributes<'a>(&self, text: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        attributes(&text[self.name.end..self.end])
    }

    /// The value of an attribute, character references decoded.
    pub fn attribute(&self, text: &str, wanted: &str) -> Option<String> {
        attribute(&text[self.name.end..self.end], wanted)
    }
}

/// A piece of HTML; comments and what scripts and styles hold are none.
#[derive(Clone, Debug)]
pub enum Token {
    /// The bytes of a text.
    Text(Range<usize>),
    /// A tag that begins an element.
    Open(Tag),
    /// A tag that ends one.
    Close(Tag),
}

/// The pieces of a text, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let open =
            memchr::memchr(b'<', &text.as_bytes()[at..]).map_or(text.len(), |open| at + open);
        if open > at {
            tokens.push(Token::Text(at..open));
        }
        if open == text.len() {
            break;
        }
        let rest = &text[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = comment.find("-->").map_or(text.len(), |end| open + 4 + end + 3);
            continue;
        }
        let span = tag_span(rest);
        let slash = usize::from(rest[1..].starts_with('/'));
        let from = open + 1 + slash;
        let length = name_length(&text[from..]);
        at = open + span.behind;
        if length == 0 {
            // `<` of a text, or a declaration.
            if !rest[1..].starts_with(['!', '?', '/']) {
                tokens.push(Token::Text(open..open + 1));
                at = open + 1;
            }
            continue;
        }
        let name = from..from + length;
        let small = !text.as_bytes()[name.clone()].iter().any(u8::is_ascii_uppercase);
        let end = (open + span.end).max(name.end);
        let tag = Tag { name, end, small };
        if slash > 0 {
            tokens.push(Token::Close(tag));
            continue;
        }
        let name = tag.name(text);
        // `<script src="a"/>` of XHTML has no end.
        let closed = tag.is_closed(text);
        tokens.push(Token::Open(tag));
        if RAW.contains(&&*name) && !closed {
            at += find_end(&text[at..], &name).unwrap_or(text.len() - at);
        }
    }
    tokens
}

/// How many bytes of a text are the name of an element: `<3` is none, `dc:title` and `my-box` are.
fn name_length(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 0;
    }
    text.bytes().take_while(|b| b.is_ascii_alphanumeric() || b":-_".contains(b)).count()
}
