//! The texts of an EPUB → [`Document`]: those of its spine, in order, as one flow of HTML.
//!
//! EPUB 3.3: `META-INF/container.xml` names the package document, whose `spine` names items of its
//! `manifest`. Where these are damaged, the texts are read in the order of the archive.

use std::collections::HashMap;

use super::attributes::decode;
use super::flow::Flow;
use super::tags::{Token, tokens};
use super::{Document, Fields};
use crate::prose::{Kind, Place, Style};
use crate::source::MEMBER;
use crate::text::Clean;

/// Whether a text is that of a book's members.
pub fn is_book(text: &str) -> bool {
    text.starts_with(MEMBER)
}

/// Reads a book.
pub fn read(text: &str) -> Document {
    let members: HashMap<&str, &str> =
        text.split(MEMBER).filter_map(|member| member.split_once('\n')).collect();
    let package = package(&members);
    let (path, opf) = package.unwrap_or_default();
    let (fields, spine) = contents(path, opf);
    let mut chapters: Vec<&str> =
        spine.iter().filter_map(|name| members.get(name.as_str())).copied().collect();
    if chapters.is_empty() {
        let is_page = |(name, _): &(&str, &str)| name.ends_with("html") || name.ends_with(".htm");
        let all = text.split(MEMBER).filter_map(|member| member.split_once('\n'));
        chapters = all.filter(is_page).map(|(_, text)| text).collect();
    }
    let html = chapters.concat();
    let mut flow = Flow::new(&html);
    if let Some((_, title)) = fields.iter().find(|(name, _)| name == "title") {
        flow.builder.open(Kind::Heading(1), Place { line: 1, ..Place::default() });
        flow.builder.text(title, Style::PLAIN);
        flow.builder.close();
    }
    let mut head = false;
    for token in &tokens(&html) {
        match token {
            Token::Open(tag) if tag.name(&html) == "head" => head = true,
            Token::Close(tag) if tag.name(&html) == "head" => head = false,
            Token::Open(tag) if tag.name(&html) == "body" => {
                head = false;
                flow.builder.close();
            }
            token if !head => flow.take(token),
            _ => {}
        }
    }
    Document { prose: flow.builder.finish(), fields, format: "epub", voices: Vec::new() }
}

/// The package document, and its name.
fn package<'a>(members: &HashMap<&'a str, &'a str>) -> Option<(&'a str, &'a str)> {
    let container = members.get("META-INF/container.xml")?;
    let path = tokens(container).iter().find_map(|token| match token {
        Token::Open(tag) if local(&tag.name(container)) == "rootfile" => {
            tag.attribute(container, "full-path")
        }
        _ => None,
    });
    let named = path.and_then(|path| members.get_key_value(path.as_str()));
    let other = || members.iter().find(|(name, _)| name.ends_with(".opf"));
    named.or_else(other).map(|(name, text)| (*name, *text))
}

/// What a package document says of the book, and the names of the members of its spine.
fn contents(path: &str, opf: &str) -> (Fields, Vec<String>) {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut fields = Fields::new();
    let mut manifest: HashMap<String, String> = HashMap::new();
    let mut spine = Vec::new();
    let all = tokens(opf);
    for (at, token) in all.iter().enumerate() {
        let Token::Open(tag) = token else { continue };
        let attribute = |name: &str| tag.attribute(opf, name).unwrap_or_default();
        match local(&tag.name(opf)) {
            "item" => {
                let properties = attribute("properties");
                if !properties.split(' ').any(|property| property == "nav") {
                    manifest.insert(attribute("id"), joined(folder, &attribute("href")));
                }
            }
            "itemref" if attribute("linear") != "no" => spine.push(attribute("idref")),
            name @ ("title" | "creator" | "date") => {
                let Some(Token::Text(range)) = all.get(at + 1) else { continue };
                let name = if name == "creator" { "author" } else { name };
                let value = Clean::line(&decode(&opf[range.clone()])).into_string();
                if !value.is_empty() && !fields.iter().any(|(known, _)| known == name) {
                    fields.push((name.to_owned(), value));
                }
            }
            _ => {}
        }
    }
    (fields, spine.iter().filter_map(|id| manifest.get(id).cloned()).collect())
}

/// A name without its prefix: `dc:title` is `title`.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The name of the member that an address in a folder leads to: escapes decoded, `..` resolved.
fn joined(folder: &str, href: &str) -> String {
    let href = unescaped(href.split('#').next().unwrap_or(href));
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A path with its `%20` decoded (RFC 3986, 2.1).
fn unescaped(path: &str) -> String {
    let mut parts = path.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            Some(byte) => {
                out.push(byte);
                out.extend_from_slice(&part.as_bytes()[2..]);
            }
            None => {
                out.push(b'%');
                out.extend_from_slice(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::read as interview;

    const BOOK: &str = "\u{1C}META-INF/container.xml\n<container><rootfiles><rootfile full-path=\"OEBPS/a.opf\"/></rootfiles></container>\n\
        \u{1C}OEBPS/t/2.xhtml\n<html><head><title>二</title></head><body><p>林舟：真的？</p><p>周砚：真的。</p></body></html>\n\
        \u{1C}OEBPS/a.opf\n<package><metadata><dc:title>灯塔夜谈</dc:title><dc:creator>夜航</dc:creator></metadata>\
        <manifest><item id=\"n\" properties=\"nav\" href=\"nav.xhtml\"/><item id=\"b\" href=\"t/2.xhtml\"/><item id=\"a\" href=\"t/%31.xhtml#x\"/></manifest>\
        <spine><itemref idref=\"n\"/><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>\n\
        \u{1C}OEBPS/nav.xhtml\n<body>目录</body>\n\
        \u{1C}OEBPS/t/1.xhtml\n<?xml version=\"1.0\"?><html><head><title>一</title></head><body><h2>一</h2><p>林舟：你好吗？</p><p>周砚：好。</p></body></html>\n";

    #[test]
    fn the_spine_is_the_order() {
        let read = interview(crate::format::read(BOOK, None));
        assert_eq!(
            read.prose.text(),
            "灯塔夜谈\n一\n林舟：你好吗？\n周砚：好。\n林舟：真的？\n周砚：真的。\n"
        );
        assert_eq!((read.turns.len(), read.format), (4, "epub"));
        assert_eq!(read.front.author.as_deref(), Some("夜航"));
    }

    #[test]
    fn a_damaged_book_is_read_as_it_stands() {
        let text = BOOK.replace("itemref", "x");
        assert!(read(&text).prose.text().contains("周砚：好。"));
        for cut in (0..BOOK.len()).filter(|&at| BOOK.is_char_boundary(at)) {
            let _ = crate::format::read(&BOOK[..cut], None);
        }
    }
}
