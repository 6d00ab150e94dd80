//! A saved web page → [`Document`]: the article in it, without what stands around it.
//!
//! Tags are scanned, and no tree is kept: elements are ranges over the tags. The article is the
//! element that publishers mark as such (`#js_content`, `article`, `main`), else the innermost one
//! that holds most of the text outside of links, menus, headers and footers.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::decode;
use super::facts::facts;
use super::flow::{AROUND, Flow, is_around};
use super::tags::{RAW, Tag, Token, tokens};
use super::{Document, Fields, is_summary, media, plain};
use crate::prose::{Kind, Place, Style};

/// How many elements may be open at once; deeper ones belong to the last of them.
const DEEPEST: usize = 256;
/// How many bytes of a text are looked at to tell whether it is a part of a page.
const SAMPLE: usize = 64 * 1024;

/// Elements without content (HTML 13.1.2).
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Whether a text is a whole page.
pub fn is_page(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    let head = behind_code(&text[..text.floor_char_boundary(1024)]).to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.starts_with(tag))
}

/// A text behind the code that programs which make pages begin with, and behind comments.
fn behind_code(text: &str) -> &str {
    let before = [("<!--", "-->"), ("<?", "?>"), ("<%", "%>")];
    let mut rest = text.trim_start();
    while let Some((inner, close)) =
        before.iter().find_map(|(open, close)| Some((rest.strip_prefix(open)?, close)))
    {
        rest = inner.find(close).map_or("", |at| inner[at + close.len()..].trim_start());
    }
    rest
}

/// Elements that a part of a page may begin with.
const PARTS: &[&str] = &[
    "article", "section", "main", "div", "p", "table", "ul", "ol", "dl", "figure", "header", "h1",
    "h2", "h3",
];

/// Whether a text is a part of a page: it begins with an element, hardly any of it stands outside
/// of one, and it has no marks of Markdown.
pub fn is_part(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    let sample = behind_code(&text[..text.floor_char_boundary(SAMPLE)]);
    let name = |tag: &Tag| PARTS.contains(&&*tag.name(sample));
    if !sample.starts_with('<') {
        return false;
    }
    let tokens = tokens(sample);
    if !tokens.first().is_some_and(|token| matches!(token, Token::Open(tag) if name(tag))) {
        return false;
    }
    let (mut depth, mut inside, mut outside) = (0_usize, 0, 0);
    for token in &tokens {
        match token {
            Token::Open(tag) if name(tag) => depth += 1,
            Token::Close(tag) if name(tag) => depth = depth.saturating_sub(1),
            Token::Text(range) if depth == 0 => outside += sample[range.clone()].trim().len(),
            Token::Text(range) => inside += sample[range.clone()].trim().len(),
            _ => {}
        }
    }
    inside > 0 && outside * 10 <= inside && plain::marks(sample) == 0
}

/// Reads a page.
pub fn read(text: &str) -> Document {
    below(text, Fields::new())
}

/// Reads a page that stands below a front matter with some fields.
pub fn below(text: &str, mut fields: Fields) -> Document {
    let tokens = tokens(text);
    let elements = elements(text, &tokens);
    let region = region(text, &tokens, &elements);
    media::add(&mut fields);
    for (name, value) in facts(text, &tokens, &elements) {
        if fields.iter().all(|(known, _)| *known != name) {
            fields.push((name, value));
        }
    }
    if let Some(lines) = preformatted(text, &tokens) {
        return Document { fields, format: "html", ..plain::read(&lines) };
    }
    let titled = tokens[region.clone()]
        .iter()
        .any(|token| matches!(token, Token::Open(tag) if tag.name(text) == "h1"));
    let mut flow = Flow::new(text);
    flow.prose_in_pre = is_prose_in_pre(text, &tokens[region.clone()]);
    if let Some((_, title)) = fields.iter().find(|(name, _)| name == "title").filter(|_| !titled) {
        // The page's name is often that of the article with the site's behind it.
        let own = elements.iter().filter(|element| element.name == "h1");
        // What is much longer than the name is no part of it.
        let own = own.filter(|element| element.tokens.len() <= 2 * title.len() + 16);
        let own = own.map(|element| words(text, &tokens[element.tokens.clone()]));
        let own = own.into_iter().find(|own| !own.is_empty() && title.contains(own.as_str()));
        let title = own.as_ref().unwrap_or(title);
        flow.builder.open(Kind::Heading(1), Place { line: 1, ..Place::default() });
        flow.builder.text(title, Style::PLAIN);
        flow.builder.close();
    }
    if let Some((_, summary)) = fields.iter().find(|(name, _)| is_summary(name)) {
        flow.builder.open(Kind::Paragraph, Place { line: 1, ..Place::default() });
        flow.builder.text(summary, Style::PLAIN);
        flow.builder.close();
    }
    let mut hidden = hidden(text, &tokens, &elements).peekable();
    let mut at = region.start;
    while at < region.end {
        // What is around the region is seen, whatever it says of itself: pages are saved while
        // their scripts still hide them.
        while hidden.next_if(|range| range.end <= at || range.start <= region.start).is_some() {}
        match hidden.next_if(|range| range.start <= at) {
            Some(range) => at = range.end,
            None => {
                flow.take(&tokens[at]);
                at += 1;
            }
        }
    }
    Document { prose: flow.builder.finish(), fields, format: "html", voices: Vec::new() }
}

/// The most bytes of text around what is preformatted: its title.
const AROUND_PRE: usize = 200;

/// The text of a page that is hardly anything but preformatted, as printed records are put on the
/// web; lines keep their numbers.
fn preformatted(text: &str, tokens: &[Token]) -> Option<String> {
    let is_pre = |tag: &Tag| tag.name(text) == "pre";
    let first = tokens.iter().position(|token| matches!(token, Token::Open(tag) if is_pre(tag)))?;
    let (mut depth, mut inside, mut outside) = (0_usize, 0, 0);
    let mut lines = String::new();
    for token in tokens {
        match token {
            Token::Open(tag) if is_pre(tag) => depth += 1,
            Token::Close(tag) if is_pre(tag) => depth = depth.saturating_sub(1),
            Token::Text(range) if depth > 0 => {
                inside += text[range.clone()].trim().len();
                lines.push_str(&decode(&text[range.clone()]));
            }
            Token::Text(range) => outside += text[range.clone()].trim().len(),
            _ => {}
        }
    }
    let before = match &tokens[first] {
        Token::Open(tag) => &text[..tag.name.start],
        _ => "",
    };
    let above = memchr::memchr_iter(b'\n', before.as_bytes()).count();
    (inside > 0 && outside <= AROUND_PRE && outside * 9 <= inside)
        .then(|| "\n".repeat(above) + &lines)
}

/// The least bytes of prose that is preformatted beside other text.
const PROSE: usize = 600;

/// Whether most of the words of some tokens are preformatted, and none of them are code.
fn is_prose_in_pre(text: &str, tokens: &[Token]) -> bool {
    let is_pre = |tag: &Tag| tag.name(text) == "pre";
    let (mut depth, mut inside, mut all, mut signs) = (0_usize, 0, 0, 0);
    for token in tokens {
        match token {
            Token::Open(tag) if is_pre(tag) => depth += 1,
            Token::Close(tag) if is_pre(tag) => depth = depth.saturating_sub(1),
            Token::Text(range) => {
                let words = text[range.clone()].trim();
                all += words.len();
                if depth > 0 {
                    inside += words.len();
                    signs += words.bytes().filter(|b| b"{}=;<>$\\|_".contains(b)).count();
                }
            }
            _ => {}
        }
    }
    inside >= PROSE && inside * 10 >= all * 7 && signs * 100 < inside
}

/// The words of tokens, with one blank between lines.
fn words(text: &str, tokens: &[Token]) -> String {
    let part = |token: &Token| match token {
        Token::Text(range) => decode(&text[range.clone()]),
        _ => String::new(),
    };
    let all: String = tokens.iter().map(part).collect();
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An element.
#[derive(Clone, Debug)]
pub struct Element<'a> {
    /// Its name, in small letters.
    pub name: Cow<'a, str>,
    /// Its tokens, without the tag that closes it.
    pub tokens: Range<usize>,
    /// The element around it.
    parent: Option<usize>,
}

/// The tokens of elements that no reader sees, or that are not the article's, in order.
fn hidden<'a>(
    text: &'a str,
    tokens: &'a [Token],
    elements: &'a [Element<'a>],
) -> impl Iterator<Item = Range<usize>> + 'a {
    let is_hidden = |tag: &Tag| {
        tag.attributes(text).any(|(name, value)| {
            let css = || value.to_ascii_lowercase().replace(' ', "");
            name.eq_ignore_ascii_case("hidden") && !value.eq_ignore_ascii_case("until-found")
                || name.eq_ignore_ascii_case("style") && css().contains("display:none")
        })
    };
    let seen = move |element: &&Element<'_>| match &tokens[element.tokens.start] {
        Token::Open(tag) => {
            let name = &*element.name;
            name == "title" || is_around(name, tag, text) || is_hidden(tag)
        }
        _ => false,
    };
    elements.iter().filter(seen).map(|element| element.tokens.clone())
}

fn elements<'a>(text: &'a str, tokens: &[Token]) -> Vec<Element<'a>> {
    let mut elements: Vec<Element<'a>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(_) => {}
            Token::Open(tag) => {
                let name = tag.name(text);
                if VOID.contains(&&*name) || RAW.contains(&&*name) {
                    continue;
                }
                if AROUND.contains(&&*name) && tag.is_closed(text) {
                    continue;
                }
                // Their end tags may be left out (HTML 13.1.2.4).
                if let Some(&last) = open.last()
                    && elements[last].name == name
                    && ["p", "li", "tr", "td", "dt", "dd"].contains(&&*name)
                {
                    elements[last].tokens.end = at;
                    open.pop();
                }
                if open.len() < DEEPEST {
                    elements.push(Element {
                        name,
                        tokens: at..tokens.len(),
                        parent: open.last().copied(),
                    });
                    open.push(elements.len() - 1);
                }
            }
            Token::Close(tag) => {
                let name = tag.name(text);
                if let Some(depth) = open.iter().rposition(|&at| elements[at].name == name) {
                    for closed in open.drain(depth..) {
                        elements[closed].tokens.end = at;
                    }
                }
            }
        }
    }
    elements
}

/// The tokens of the article.
fn region(text: &str, tokens: &[Token], elements: &[Element<'_>]) -> Range<usize> {
    let weights = weights(text, tokens, elements);
    let weight = |range: &Range<usize>| weights[range.end] - weights[range.start];
    let attribute = |element: &Element<'_>, wanted: &str| match &tokens[element.tokens.start] {
        Token::Open(tag) => tag.attribute(text, wanted).unwrap_or_default(),
        _ => String::new(),
    };
    let all = weight(&(0..tokens.len()));
    let wechat = memchr::memmem::find(text.as_bytes(), b"js_content").is_some();
    let content = wechat.then(|| elements.iter().find(|e| attribute(e, "id") == "js_content"));
    if let Some(content) = content.flatten() {
        return content.tokens.clone();
    }
    for wanted in ["article", "main"] {
        let marked = elements
            .iter()
            .filter(|e| e.name == wanted || wanted == "main" && attribute(e, "role") == "main")
            .max_by_key(|e| weight(&e.tokens));
        if let Some(marked) = marked.filter(|e| weight(&e.tokens) * 3 > all) {
            return marked.tokens.clone();
        }
    }
    // Down from the body, as long as one element holds nearly all of the text.
    let body = elements.iter().position(|element| element.name == "body");
    let mut here = body;
    let mut range = here.map_or(0..tokens.len(), |at| elements[at].tokens.clone());
    loop {
        let within = weight(&range);
        let inner = elements.iter().enumerate().filter(|(_, e)| e.parent == here);
        let inner = inner.max_by_key(|(_, e)| weight(&e.tokens));
        let holds = ["div", "section", "td", "table", "tbody", "tr", "center", "html", "body"];
        match inner {
            Some((at, e)) if weight(&e.tokens) * 10 > within * 7 && holds.contains(&&*e.name) => {
                here = Some(at);
                range = e.tokens.clone();
            }
            _ => return range,
        }
    }
}

/// How much text stands before each token: not that of links and of what is around the article.
fn weights(text: &str, tokens: &[Token], elements: &[Element<'_>]) -> Vec<usize> {
    let mut outside = vec![0_i32; tokens.len() + 1];
    for range in hidden(text, tokens, elements) {
        outside[range.start] += 1;
        outside[range.end] -= 1;
    }
    for element in elements {
        let name = &*element.name;
        if ["a", "header", "head"].contains(&name) {
            outside[element.tokens.start] += 1;
            outside[element.tokens.end] -= 1;
        }
    }
    let (mut depth, mut sum) = (0, 0);
    let mut weights = Vec::with_capacity(tokens.len() + 1);
    for (at, token) in tokens.iter().enumerate() {
        weights.push(sum);
        depth += outside[at];
        if let (Token::Text(range), 0) = (token, depth) {
            sum += text[range.clone()].trim().len();
        }
    }
    weights.push(sum);
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::{Interview, read as interview};
    use crate::prose::Marker;

    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>灯塔 - 夜谈</title>\
             <meta property=\"og:title\" content=\"灯塔夜谈\"><meta name='author' content=夜航>\
             <style>p{{}}</style><script>var a = \"<p>假的</p>\";</script></head>\n<body>\
             <header><h2>夜航</h2></header><nav><ul><li><a href=/>首页</a></li></ul></nav>\n\
             {body}\n<footer><p>版权所有</p></footer></body></html>"
        )
    }

    const TALK: &str = "<p><strong>林舟：</strong>你好吗？</p>\n<p><strong>周砚：</strong>好。<br>很好。</p>\
        <p><img data-src=\"https://example.org/a.png\" src=\"data:x\" alt=灯></p>\n\
        <p><strong>林舟：</strong>真的 <em>吗</em>？</p><p><strong>周砚：</strong>真的&amp;好，\n接着说。\
        <ul><li>一<li>二</ul>";

    fn read_page(body: &str) -> Interview {
        let text = page(body);
        assert!(is_page(&text));
        interview(read(&text))
    }

    #[test]
    fn the_article_is_found_and_nothing_around_it() {
        for body in [
            format!(
                "<div id=\"js_content\" style=\"a\">{TALK}</div><div>相关 <a href=x>别的文章</a></div>"
            ),
            format!(
                "<main><article>{TALK}</article></main><aside><p>热门文章一二三四五</p></aside>"
            ),
            format!(
                "<div><div class=side><a href=x>链接</a></div><div><section>{TALK}</section></div></div>"
            ),
        ] {
            let read = read_page(&body);
            assert_eq!(read.turns.len(), 4, "{}", read.prose.text());
            let want = "灯塔夜谈\n林舟：你好吗？\n周砚：好。\n很好。\n灯\n林舟：真的 吗？\n周砚：真的&好，接着说。\n一\n二\n";
            assert_eq!(read.prose.text(), want);
            assert_eq!(read.front.title.as_deref(), Some("灯塔夜谈"));
            assert_eq!(read.front.author.as_deref(), Some("夜航"));
            assert_eq!(read.prose.images()[0].url, "https://example.org/a.png");
            assert_eq!(read.format, "html");
        }
    }

    #[test]
    fn blocks_and_their_containers() {
        let read = read_page(
            "<article><h1>题</h1><h2>节</h2><blockquote><p>引</p></blockquote><ol><li>甲<li>乙</ol>\
             <pre>a\n  b</pre><hr><p>看<a href=\"https://example.org\">这里</a>，a &lt; b 与 1 < 2。</p></article>",
        );
        let shown: Vec<(Kind, u8, Marker, &str)> = read
            .prose
            .blocks()
            .iter()
            .map(|b| (b.kind, b.quote, b.marker, read.prose.slice(b.span.clone()).trim_end()))
            .collect();
        assert_eq!(shown[0], (Kind::Heading(1), 0, Marker::None, "题"));
        assert_eq!(shown[2], (Kind::Paragraph, 1, Marker::None, "引"));
        assert_eq!(shown[4], (Kind::Paragraph, 0, Marker::Number(2), "乙"));
        assert_eq!(shown[5], (Kind::Code, 0, Marker::None, "a\n  b"));
        assert_eq!(shown[6].0, Kind::Rule);
        assert_eq!(shown[7].3, "看这里，a < b 与 1 < 2。");
        assert_eq!(read.prose.links()[0].url, "https://example.org");
    }

    #[test]
    fn the_title_is_that_of_the_article() {
        let of = |title: &str, own: &str| {
            let text = format!(
                "<html><head><title>{title}</title></head><body><div><h1>{own}</h1></div>\
                 <div>{TALK}{TALK}{TALK}</div></body></html>"
            );
            interview(read(&text)).front.title
        };
        assert_eq!(
            of("灯塔夜谈_旧物_临江在线", " 灯塔\n夜谈 ").as_deref(),
            Some("灯塔夜谈_旧物_临江在线")
        );
        assert_eq!(of("灯塔夜谈_旧物_临江在线", "灯塔&#22812;谈").as_deref(), Some("灯塔夜谈"));
        assert_eq!(of("灯塔夜谈", "临江在线").as_deref(), Some("灯塔夜谈"));
    }

    fn shown(body: &str) -> Vec<String> {
        let read = read(&page(&format!("<article><h1>题</h1>{body}</article>")));
        let texts = read.prose.text().lines().skip(1);
        texts.map(str::to_owned).collect()
    }

    #[test]
    fn terms_cells_breaks_and_what_is_hidden() {
        for (body, want) in [
            (
                "<dl><dt>林舟<dd>你好吗？<dt>周砚<dd>好。</dl>",
                &["林舟", "你好吗？", "周砚", "好。"][..],
            ),
            ("甲：好<br>吗<br> <br/>乙：好。", &["甲：好", "吗", "乙：好。"]),
            ("<table><tr><th>甲<th>乙<tr><td>一<td>二</table>三", &["甲 | 乙", "一 | 二", "三"]),
            (
                "<table><tr><td><p>甲</p></td>\n<td><p>一</p><p>二</p></td></tr></table>",
                &["甲 | 一", "二"],
            ),
            ("<p hidden>藏</p><div style='DISPLAY: none'><p>藏</p></div><p>好</p>", &["好"]),
            ("<figure><figcaption>灯塔</figcaption></figure><p>好", &["灯塔", "好"]),
            ("<form><p>好</form><audio src=a.mp3>听不了</audio>", &["好"]),
            ("<p>好</p><audio src=a.mp3 /><p>真好</p>", &["好", "真好"]),
            ("<p>好</p><audio src=https://x.org/a/>听不了</audio><p>真好</p>", &["好", "真好"]),
            ("<p>好</p><p><audio src=a.mp3></p><p>真好</p>", &["好", "真好"]),
        ] {
            assert_eq!(shown(body), want, "{body}");
        }
    }

    #[test]
    fn emphasis_by_style() {
        let body = "<p><span style=\"font-weight: bold;\"><span>林舟：</span></span>你好</p>\
                    <p style='font-weight:700'>问<span style='font-style:italic'>吗</span><p>答</p>";
        let read = read(&page(&format!("<article>{body}</article>")));
        let styled: Vec<(&str, Style)> = read
            .prose
            .runs()
            .iter()
            .map(|run| (read.prose.slice(run.span.clone()), run.style))
            .collect();
        let both = Style::STRONG | Style::EMPHASIS;
        assert_eq!(styled, [("林舟：", Style::STRONG), ("问", Style::STRONG), ("吗", both)]);
    }

    #[test]
    fn what_is_broken_is_read_as_far_as_it_goes() {
        for broken in
            ["", "<p", "<p>好</div></p></p>", "<!-- ", "<script>x", "<a href=\"", "<", "</"]
        {
            let text = page(broken);
            let _ = read(&text[..text.floor_char_boundary(text.len() / 2)]);
            let _ = read(&text);
        }
        // What would be scanned again and again, were it not for care.
        for again in [
            "<a \">\"",
            "<script>",
            "<p \"'",
            "<!--",
            "<li>",
            "</p",
            "<",
            "<p hidden>",
            "<span style='font-weight:bold'>",
            "<dt>",
            "<table><tr><td>",
            "&",
            "&#",
        ] {
            let _ = read(&format!("<html>{}", again.repeat(50_000)));
        }
        let deep = format!("<html><body>{}好", "<div>".repeat(50_000));
        assert!(read(&deep).prose.text().contains('好'));
    }

    #[test]
    fn what_is_no_page() {
        for text in ["", "# 题\n", "<p>一段</p>\n", "正文 <html>"] {
            assert!(!is_page(text), "{text}");
        }
        assert!(is_page("<?xml version=\"1.0\"?>\n<!DOCTYPE html>"));
    }
}
