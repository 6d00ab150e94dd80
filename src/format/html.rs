//! HTML inside Markdown → what it means for the text: a scan over tags, without a tree.

use super::attributes::{attribute, decode};
use super::components::{COMPONENTS, is_marked, is_named, voice};
use super::css::{emphasis, is_tint};
use crate::prose::Style;

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text, entities decoded.
    Text(String),
    /// A line break.
    Break,
    /// The border of a block.
    Border,
    /// What somebody says begins, by a component of the site: `<Answer name="Ann">`.
    Voice(String),
    /// A heading of a level begins.
    Heading(u8),
    /// A block quote begins or ends.
    Quote(Edge),
    /// Strong emphasis begins or ends.
    Strong(Edge),
    /// Emphasis begins or ends.
    Emphasis(Edge),
    /// What is underlined or in a colour begins or ends.
    Tint(Edge),
    /// A link begins.
    Link(String),
    /// A link ends.
    LinkEnd,
    /// An image: alternative text and address.
    Image(String, String),
}

/// Which end of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its beginning.
    Begin,
    /// Its end.
    End,
}

/// Reads HTML that arrives in parts: what a script or style began goes on in the next part.
#[derive(Debug, Default)]
pub struct Scanner {
    /// The element whose content is passed over.
    skipping: Option<&'static str>,
    /// Whether a comment goes on that began in an earlier part.
    comment: bool,
    /// Whether a comment that does not end in its part ends in a later one.
    ends: bool,
    /// The element whose class says that somebody asks in it.
    asking: Option<String>,
    /// The elements that a style may have, with theirs.
    styled: Vec<(&'static str, Style)>,
}

/// Elements that emphasise by their style, or by being there.
const STYLED: &[&str] = &["span", "font", "u", "mark"];
/// How many elements around one are looked at.
const REACH: usize = 32;

const SKIPPED: &[&str] = &["script", "style", "noscript", "template", "svg"];

const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "pre",
    "table",
    "tr",
    "hr",
    "figure",
    "figcaption",
    "center",
];

/// Other elements, in small letters.
const INLINE: &[&str] = &[
    "a",
    "b",
    "i",
    "em",
    "strong",
    "small",
    "big",
    "img",
    "br",
    "span",
    "font",
    "code",
    "pre",
    "sub",
    "sup",
    "head",
    "body",
    "html",
    "title",
    "meta",
    "link",
    "form",
    "input",
    "button",
    "label",
    "option",
    "select",
    "nav",
    "menu",
    "dir",
    "map",
    "area",
    "base",
    "blockquote",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "th",
    "td",
    "col",
    "iframe",
    "video",
    "audio",
    "canvas",
    "details",
    "summary",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
];

/// Whether a name in small letters is that of an element of HTML, or of a component that is known.
pub fn is_element(name: &str) -> bool {
    BLOCKS.contains(&name)
        || SKIPPED.contains(&name)
        || STYLED.contains(&name)
        || INLINE.contains(&name)
        || COMPONENTS.iter().any(|(component, _)| *component == name)
}

impl Scanner {
    /// Puts the pieces of `html` behind `out`.
    pub fn scan(&mut self, html: &str, out: &mut Vec<Piece>) {
        let mut rest = html;
        while !rest.is_empty() {
            if self.comment {
                let Some(end) = rest.find("-->") else { return };
                self.comment = false;
                rest = &rest[end + 3..];
                continue;
            }
            if let Some(name) = self.skipping {
                let Some(end) = find_end(rest, name) else { return };
                self.skipping = None;
                rest = &rest[end..];
                continue;
            }
            let open = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            if open > 0 {
                push_text(&rest[..open], out);
                rest = &rest[open..];
                continue;
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                let end = comment.find("-->");
                self.comment = end.is_none() && self.ends;
                rest = end.map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let tag = tag_span(rest);
            self.tag(&rest[1..tag.end], out);
            rest = &rest[tag.behind..];
        }
    }

    /// Begins a block of HTML: a comment that it does not end is none, and hides no more than its
    /// part.
    pub fn block(&mut self, html: &str) {
        self.comment = false;
        self.ends = html.contains("-->");
    }

    /// Forgets what no tag has ended.
    pub fn forget(&mut self) {
        self.styled.clear();
        (self.comment, self.ends) = (false, false);
    }

    /// Ends the nearest element of a name, and those in it.
    fn unstyle(&mut self, name: &str, out: &mut Vec<Piece>) {
        let near = self.styled.iter().rev().take(REACH).position(|(open, _)| *open == name);
        let Some(back) = near else { return };
        for (_, style) in self.styled.drain(self.styled.len() - 1 - back..).rev() {
            push_style(style, Edge::End, out);
        }
    }

    fn tag(&mut self, tag: &str, out: &mut Vec<Piece>) {
        let (edge, body) = match tag.strip_prefix('/') {
            Some(body) => (Edge::End, body),
            None => (Edge::Begin, tag),
        };
        let name: String =
            body.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        let attribute = |wanted: &str| attribute(&body[name.len()..], wanted).unwrap_or_default();
        // Sites set their questions off by a style of this name.
        if self.asking.as_ref() == Some(&name) {
            self.asking = None;
            out.push(Piece::Strong(Edge::End));
        }
        let begins = edge == Edge::Begin && self.asking.is_none();
        if begins
            && (is_marked(&name, &attribute("class")) || name == "p" && is_named(&attribute("id")))
        {
            if name != "span" {
                out.push(Piece::Border);
            }
            out.push(Piece::Strong(Edge::Begin));
            self.asking = Some(name);
            return;
        }
        if let Some(name) = STYLED.iter().find(|styled| **styled == name) {
            match edge {
                Edge::Begin if !body.ends_with('/') => {
                    let style = own_style(name, &attribute);
                    push_style(style, Edge::Begin, out);
                    self.styled.push((name, style));
                }
                Edge::Begin => {}
                Edge::End => self.unstyle(name, out),
            }
            return;
        }
        match name.as_str() {
            "br" => out.push(Piece::Break),
            "blockquote" => out.push(Piece::Quote(edge)),
            "b" | "strong" => out.push(Piece::Strong(edge)),
            // What is small behind a picture is its caption.
            "i" | "em" | "small" => out.push(Piece::Emphasis(edge)),
            // What opens the rest of a box.
            "summary" => {
                out.push(Piece::Border);
                out.push(Piece::Strong(edge));
            }
            "figcaption" => {
                out.push(Piece::Border);
                out.push(Piece::Emphasis(edge));
            }
            "a" if edge == Edge::Begin => out.push(Piece::Link(attribute("href"))),
            "a" => out.push(Piece::LinkEnd),
            "img" => out.push(Piece::Image(attribute("alt"), attribute("src"))),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => out.push(match edge {
                Edge::Begin => Piece::Heading(name.as_bytes()[1] - b'0'),
                Edge::End => Piece::Border,
            }),
            name if BLOCKS.contains(&name) => out.push(Piece::Border),
            name if COMPONENTS.iter().any(|(component, _)| *component == name) => {
                out.push(match voice(name, &body[name.len()..]).filter(|_| edge == Edge::Begin) {
                    Some(voice) => Piece::Voice(voice),
                    None => Piece::Border,
                });
            }
            name if edge == Edge::Begin && !body.ends_with('/') => {
                self.skipping = SKIPPED.iter().find(|skipped| **skipped == name).copied();
            }
            _ => {}
        }
    }
}

/// What an element's style attribute and its name say.
fn own_style(name: &str, attribute: &impl Fn(&str) -> String) -> Style {
    let mut style = emphasis(&attribute("style"));
    let tint = match name {
        "font" => is_tint(&attribute("color").to_ascii_lowercase()),
        "span" => false,
        _ => true,
    };
    style.set(Style::TINTED, style.contains(Style::TINTED) || tint);
    style
}

fn push_style(style: Style, edge: Edge, out: &mut Vec<Piece>) {
    type New = fn(Edge) -> Piece;
    let all: [(Style, New); 3] = [
        (Style::STRONG, Piece::Strong),
        (Style::EMPHASIS, Piece::Emphasis),
        (Style::TINTED, Piece::Tint),
    ];
    out.extend(all.into_iter().filter(|(of, _)| style.contains(*of)).map(|(_, new)| new(edge)));
}

fn push_text(text: &str, out: &mut Vec<Piece>) {
    if !text.is_empty() {
        out.push(Piece::Text(decode(text)));
    }
}

/// Where the closing tag of an element ends.
pub fn find_end(html: &str, name: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let closes = |at: &usize| {
        let behind = &bytes[at + 2..];
        behind.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    let at = memchr::memmem::find_iter(bytes, "</").find(closes)?;
    Some(memchr::memchr(b'>', &bytes[at..]).map_or(html.len(), |end| at + end + 1))
}

/// Where a tag ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The byte behind its name and attributes; at least 1.
    pub end: usize,
    /// The byte behind its `>`.
    pub behind: usize,
}

/// Where a tag ends that begins with the `<` of `tag`; quotes around values may hold others. A quote
/// that is not behind `=` is a slip, and opens none (HTML 13.2.5.33).
pub fn tag_span(tag: &str) -> Span {
    let (mut quote, mut last) = (None, b'<');
    for (at, b) in tag.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return Span { end: at, behind: at + 1 },
            // One that is never closed ends where the next begins, so none is scanned twice.
            (None, b'<') if at > 0 => return Span { end: at, behind: at },
            (None, b'"' | b'\'') if last == b'=' => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            _ => {}
        }
        if !b.is_ascii_whitespace() {
            last = b;
        }
    }
    let close = memchr::memchr(b'>', tag.as_bytes());
    close.map_or(Span { end: tag.len(), behind: tag.len() }, |at| Span { end: at, behind: at + 1 })
}

#[cfg(test)]
mod tests {
    use super::super::attributes::attributes;
    use super::*;

    fn scan(html: &str) -> Vec<Piece> {
        let mut out = Vec::new();
        Scanner::default().scan(html, &mut out);
        out
    }

    #[test]
    fn tags_and_text() {
        assert_eq!(
            scan("<P>a&amp;b<br/><STRONG>c</strong><img alt='x > y' src=i.png></p>"),
            [
                Piece::Border,
                Piece::Text("a&b".into()),
                Piece::Break,
                Piece::Strong(Edge::Begin),
                Piece::Text("c".into()),
                Piece::Strong(Edge::End),
                Piece::Image("x > y".into(), "i.png".into()),
                Piece::Border,
            ]
        );
        // A quote too many.
        assert_eq!(
            scan("<p class=\"a\"\"></p>b<p title = 'c > d'>e"),
            [
                Piece::Border,
                Piece::Border,
                Piece::Text("b".into()),
                Piece::Border,
                Piece::Text("e".into()),
            ]
        );
        assert_eq!(
            scan("<Question>a</Question><Answer name='B C'>d<Answer><Turn id=1><Guest name={n}>"),
            [
                Piece::Voice("Q".into()),
                Piece::Text("a".into()),
                Piece::Border,
                Piece::Voice("B C".into()),
                Piece::Text("d".into()),
                Piece::Voice("A".into()),
                Piece::Border,
                Piece::Voice("Guest".into()),
            ]
        );
        assert_eq!(
            scan("<p class='c question'>a</p>b"),
            [
                Piece::Border,
                Piece::Strong(Edge::Begin),
                Piece::Text("a".into()),
                Piece::Strong(Edge::End),
                Piece::Border,
                Piece::Text("b".into()),
            ]
        );
        assert_eq!(scan("<script>a < b</script>c<!-- d -->"), [Piece::Text("c".into())]);
        assert_eq!(scan("<style>x"), []);
        assert_eq!(
            scan("<a data-href=1 href=\"u\">x</a>"),
            [Piece::Link("u".into()), Piece::Text("x".into()), Piece::LinkEnd]
        );
        assert_eq!(scan("<"), []);
        assert_eq!(scan("<p 好<b>"), [Piece::Border, Piece::Strong(Edge::Begin)]);
        assert_eq!(
            attribute(" alt='x src=y' SRC = i.png hidden/", "src").as_deref(),
            Some("i.png")
        );
        assert_eq!(attribute(" a=\"b\"hidden", "hidden").as_deref(), Some(""));
        assert_eq!(attributes("== 好 '").count(), 2);
    }

    #[test]
    fn entities() {
        assert_eq!(decode("&frac12;&Eacute;&nbsp;&rarr;&copy"), "½É →©");
        assert_eq!(decode("&lt;&#x4E2D;&#27;&nope; & &#0;"), "<中\u{1b}&nope; & \u{FFFD}");
    }
}
