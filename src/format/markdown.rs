//! Markdown → [`Document`], by pulldown-cmark's events.
//!
//! Long input is parsed in [`chunks`], so that the parser's tree of one is gone before the next (it
//! keeps a tree of all its input), and very long input in shares of them at once. No tree is kept
//! here: containers are counted, and what is deeper than [`DEEPEST`] is text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::chunks::{Share, chunks, shares};
use super::definitions::{definitions, folded};
use super::html::{Edge, Piece, Scanner};
use super::matter::front_matter;
use super::mend::mend;
use super::pandoc::plain;
use super::{Document, Fields, media};
use crate::prose::{Builder, Kind, Marker, Place, Style};
use crate::text::parallel::map;

/// How many containers a block is shown in at most.
const DEEPEST: usize = 64;

/// Reads a Markdown text.
pub fn read(text: &str) -> Document {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (fields, taken) = front_matter(text);
    let line = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..taken]).count() as u32;
    below(&text[taken..], line, fields, None)
}

/// Reads a text that stands from a line on, below a front matter with some fields or within it, and
/// what stands `behind` it from another line on.
pub fn below(body: &str, line: u32, mut fields: Fields, behind: Option<(&str, u32)>) -> Document {
    media::add(&mut fields);
    let mut builder = Builder::new();
    let title = fields.iter().find(|(key, _)| key == "title");
    let place = Place { line: 1, ..Place::default() };
    if let Some((_, title)) = title
        && !has_title(body, title)
    {
        builder.open(Kind::Heading(1), place);
        builder.text(title, Style::PLAIN);
    }
    if let Some((_, summary)) = fields.iter().find(|(key, _)| is_summary(key)) {
        builder.open(Kind::Paragraph, place);
        builder.text(summary, Style::PLAIN);
    }
    builder.close();
    add(&mut builder, body, line);
    if let Some((text, line)) = behind.filter(|(text, _)| !text.trim().is_empty()) {
        builder.rule(Place { line, ..Place::default() });
        add(&mut builder, text, line);
    }
    Document { prose: builder.finish(), fields, format: "markdown", voices: Vec::new() }
}

/// Adds the blocks of a text that stands from a line on.
pub fn add(builder: &mut Builder, body: &str, line: u32) {
    let chunks = chunks(body);
    let definitions = if chunks.len() > 1 { definitions(body) } else { HashMap::new() };
    let definitions = Arc::new(definitions);
    let read = |share: Share<'_>| {
        let mut reading = Reading { definitions: Arc::clone(&definitions), ..Reading::default() };
        reading.share(share);
        reading.builder
    };
    builder.append_all(map(shares(&chunks, line).collect(), read));
}

/// Whether a text begins with a first-level heading, or has the title as one near its beginning:
/// other such headings are sections.
fn has_title(text: &str, title: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(60);
    let heads = |line: &str| line.starts_with("# ");
    let first = lines.next().unwrap_or_default();
    let underlined =
        lines.clone().next().is_some_and(|next| next.len() > 2 && next.chars().all(|c| c == '='));
    heads(first) || underlined || lines.any(|line| heads(line) && line[2..].trim() == title.trim())
}

/// From how many on block quotes of HTML set something apart.
const QUOTES: usize = 3;

/// Whether a text has several block quotes of HTML, and each of them ends: one that does not, or
/// that is only spoken of, would hold the rest of the article, and a single one may hold all of it.
fn has_quotes(text: &str) -> bool {
    let count = |tag: &str| memchr::memmem::find_iter(text.as_bytes(), tag).count();
    let (begin, end) = (count("<blockquote"), count("</blockquote"));
    begin >= QUOTES && begin == end
}

/// Whether a field of the front matter is the article's own summary.
pub fn is_summary(key: &str) -> bool {
    matches!(key, "summary" | "abstract" | "tldr" | "摘要")
}

/// What is known between two events.
#[derive(Debug, Default)]
struct Reading {
    builder: Builder,
    /// Where the labels of links lead that are defined in another chunk.
    definitions: Arc<HashMap<String, String>>,
    /// The line of the chunk's beginning, from 1.
    line: u32,
    quote: usize,
    /// The same of HTML, where all that begin end as well.
    quoted: usize,
    quotes: bool,
    /// The lists around, with the next number of each that is numbered.
    lists: Vec<Option<u32>>,
    marker: Marker,
    strong: usize,
    /// The line at which bold HTML began last.
    bold: u32,
    emphasis: usize,
    tint: usize,
    struck: usize,
    code: bool,
    /// The alternative text of the images around, and where the outermost is from.
    image: Option<(usize, String, String)>,
    html: Scanner,
    /// Whether a `<br>` was the last thing.
    broken: bool,
    cells: usize,
}

impl Reading {
    /// Reads chunks that follow each other.
    fn share(&mut self, Share { line, chunks }: Share<'_>) {
        self.line = line;
        for chunk in chunks {
            let chunk = plain(chunk);
            self.quotes = has_quotes(&chunk);
            self.chunk(&mend(&chunk));
        }
    }

    fn chunk(&mut self, chunk: &str) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let (mut counted, mut line) = (0, self.line);
        let definitions = Arc::clone(&self.definitions);
        let elsewhere = |link: BrokenLink<'_>| {
            let url = definitions.get(&folded(&link.reference))?;
            Some((CowStr::from(url.clone()), CowStr::from("")))
        };
        let parser = Parser::new_with_broken_link_callback(chunk, options, Some(elsewhere));
        for (event, span) in parser.into_offset_iter() {
            let Range { start, .. } = span;
            match event {
                Event::Start(Tag::HtmlBlock) => self.html.block(&chunk[span]),
                Event::End(TagEnd::HtmlBlock) => self.html.block(""),
                _ => {}
            }
            // Only blocks have lines.
            let within = matches!(
                event,
                Event::Text(_) | Event::SoftBreak | Event::HardBreak | Event::End(_)
            );
            if start > counted && !(within && self.builder.is_open()) {
                let passed = &chunk.as_bytes()[counted..start];
                line += memchr::memchr_iter(b'\n', passed).count() as u32;
                counted = start;
            }
            self.event(event, line);
        }
        self.builder.close();
        self.line += memchr::memchr_iter(b'\n', chunk.as_bytes()).count() as u32;
        (self.quote, self.strong, self.emphasis, self.struck) = (0, 0, 0, 0);
        (self.tint, self.quoted) = (0, 0);
        self.html.forget();
        self.lists.clear();
        self.marker = Marker::None;
        self.image = None;
    }

    fn place(&mut self, line: u32) -> Place {
        Place {
            line,
            quote: (self.quote + self.quoted).min(DEEPEST) as u8,
            depth: self.lists.len().min(DEEPEST) as u8,
            marker: std::mem::take(&mut self.marker),
            time: None,
        }
    }

    fn style(&self) -> Style {
        let mut style = Style::PLAIN;
        for (depth, bit) in [
            (self.strong, Style::STRONG),
            (self.emphasis, Style::EMPHASIS),
            (self.struck, Style::STRUCK),
            (self.tint, Style::TINTED),
        ] {
            if depth > 0 {
                style |= bit;
            }
        }
        style
    }

    fn text(&mut self, text: &str, style: Style, line: u32) {
        self.broken = self.broken && text.trim().is_empty();
        if let Some((_, alt, _)) = &mut self.image {
            alt.push_str(text);
            return;
        }
        if !self.builder.is_open() {
            if text.trim().is_empty() {
                return;
            }
            let place = self.place(line);
            self.builder.open(Kind::Paragraph, place);
        }
        self.builder.text(text, style);
    }

    fn event(&mut self, event: Event<'_>, line: u32) {
        match event {
            Event::Start(tag) => self.start(tag, line),
            Event::End(tag) => self.end(tag, line),
            Event::Text(text) if self.code => self.builder.text(&text, Style::PLAIN),
            Event::Text(text) => {
                let style = self.style();
                self.text(&text, style, line);
            }
            Event::Code(text) => {
                let style = self.style().union(Style::CODE);
                self.text(&text, style, line);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, line),
            Event::SoftBreak if self.image.is_some() => self.text(" ", Style::PLAIN, line),
            Event::SoftBreak => self.builder.soft_break(),
            Event::HardBreak => self.builder.hard_break(),
            Event::Rule => {
                let place = self.place(line);
                self.builder.rule(place);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, Style::CODE, line);
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, line: u32) {
        match tag {
            Tag::Paragraph => {
                let place = self.place(line);
                self.builder.open(Kind::Paragraph, place);
            }
            Tag::Heading { level, .. } => {
                let place = self.place(line);
                self.builder.open(Kind::Heading(level as u8), place);
            }
            Tag::BlockQuote(_) => {
                self.builder.close();
                self.quote += 1;
            }
            Tag::CodeBlock(kind) => {
                let place = self.place(line);
                self.builder.open(Kind::Code, place);
                let _: CodeBlockKind<'_> = kind;
                self.code = true;
            }
            Tag::List(first) => {
                self.builder.close();
                self.lists.push(first.map(|first| u32::try_from(first).unwrap_or(u32::MAX)));
            }
            Tag::Item => {
                self.builder.close();
                self.marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        Marker::Number(*number - 1)
                    }
                    _ => Marker::Bullet,
                };
            }
            Tag::TableHead | Tag::TableRow => {
                self.builder.close();
                self.cells = 0;
            }
            Tag::TableCell => {
                if self.cells > 0 {
                    self.text(" | ", Style::PLAIN, line);
                }
                self.cells += 1;
            }
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strikethrough => self.struck += 1,
            Tag::Link { dest_url, .. } if self.image.is_none() => {
                if !self.builder.is_open() {
                    let place = self.place(line);
                    self.builder.open(Kind::Paragraph, place);
                }
                self.builder.link_start(&dest_url);
            }
            Tag::Image { dest_url, .. } => match &mut self.image {
                Some((depth, ..)) => *depth += 1,
                None => self.image = Some((1, String::new(), dest_url.into_string())),
            },
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, line: u32) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::HtmlBlock => {
                self.builder.close();
                self.marker = Marker::None;
                self.cells = 0;
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.builder.close();
            }
            TagEnd::BlockQuote(_) => {
                self.builder.close();
                self.quote = self.quote.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.builder.close();
                self.lists.pop();
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Link if self.image.is_none() => self.builder.link_end(),
            TagEnd::Image => self.image_end(line),
            _ => {}
        }
    }

    fn image_end(&mut self, line: u32) {
        let Some((depth, alt, url)) = self.image.take() else { return };
        if depth > 1 {
            self.image = Some((depth - 1, alt, url));
            return;
        }
        let place = Place { marker: Marker::None, ..self.place(line) };
        self.builder.image(&alt, &url, place);
    }

    fn html(&mut self, html: &str, line: u32) {
        let mut pieces = Vec::new();
        self.html.scan(html, &mut pieces);
        for piece in pieces {
            let step = |count: usize, edge| match edge {
                Edge::Begin => count + 1,
                Edge::End => count.saturating_sub(1),
            };
            match piece {
                Piece::Text(text) => {
                    let style = self.style();
                    for (at, part) in text.split('\n').enumerate() {
                        if at > 0 {
                            self.builder.soft_break();
                        }
                        self.text(part, style, line);
                    }
                }
                // Two end a paragraph.
                Piece::Break if std::mem::replace(&mut self.broken, true) && self.cells == 0 => {
                    self.builder.close();
                }
                Piece::Break => self.builder.hard_break(),
                Piece::Border => self.builder.close(),
                Piece::Quote(edge) => {
                    self.builder.close();
                    if self.quotes {
                        self.quoted = step(self.quoted, edge);
                    }
                }
                Piece::Voice(name) => {
                    self.builder.close();
                    self.text(&format!("{name}:"), Style::STRONG, line);
                    self.builder.close();
                }
                // In a cell it is the cell's.
                Piece::Heading(_) if self.cells > 0 => {}
                Piece::Heading(level) => {
                    let place = self.place(line);
                    self.builder.open(Kind::Heading(level), place);
                }
                // What was not ended in an earlier paragraph was meant to be.
                Piece::Strong(Edge::Begin) => {
                    self.strong = if line > self.bold + 1 { 1 } else { self.strong + 1 };
                    self.bold = line;
                }
                Piece::Strong(Edge::End) => self.strong = self.strong.saturating_sub(1),
                Piece::Emphasis(edge) => self.emphasis = step(self.emphasis, edge),
                Piece::Tint(edge) => self.tint = step(self.tint, edge),
                Piece::Link(url) => {
                    if !self.builder.is_open() {
                        let place = self.place(line);
                        self.builder.open(Kind::Paragraph, place);
                    }
                    self.builder.link_start(&url);
                }
                Piece::LinkEnd => self.builder.link_end(),
                Piece::Image(alt, url) => {
                    let place = Place { marker: Marker::None, ..self.place(line) };
                    self.builder.image(&alt, &url, place);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;

    fn prose(text: &str) -> Prose {
        read(text).prose
    }

    fn blocks(text: &str) -> Vec<(Kind, String)> {
        let prose = prose(text);
        let text =
            |block: &crate::prose::Block| prose.slice(block.span.clone()).trim_end().to_owned();
        prose.blocks().iter().map(|block| (block.kind, text(block))).collect()
    }

    #[test]
    fn blocks_of_every_kind() {
        let shown = blocks(
            "# 题\n\n一段\n接着\n\n- 甲\n- 乙\n\n> 引\n\n```\nlet a;\n\nb\n```\n\n![图](i.png)\n\n---\n\n| a | b |\n| - | - |\n| 1 | 2 |\n",
        );
        let text: Vec<&str> = shown.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            text,
            ["题", "一段接着", "甲", "乙", "引", "let a;\n\nb", "图", "\u{FFFC}", "a | b", "1 | 2"]
        );
        assert_eq!(shown[0].0, Kind::Heading(1));
        assert_eq!(shown[6].0, Kind::Image(0));
    }

    #[test]
    fn lists_quotes_and_lines() {
        let prose = prose("段\n\n1. 甲\n\n   续\n2. 乙\n   - 丙\n\n> > 深\n");
        let shown: Vec<_> =
            prose.blocks().iter().map(|b| (b.line, b.depth, b.quote, b.marker)).collect();
        assert_eq!(
            shown,
            [
                (1, 0, 0, Marker::None),
                (3, 1, 0, Marker::Number(1)),
                (5, 1, 0, Marker::None),
                (6, 1, 0, Marker::Number(2)),
                (7, 2, 0, Marker::Bullet),
                (9, 0, 2, Marker::None),
            ]
        );
    }

    #[test]
    fn quotes_of_html() {
        let pair = "<blockquote>\n<p>引</p>\n</blockquote>\n<p>答</p>\n\n";
        let quotes = |text: &str| -> Vec<u8> {
            prose(text).blocks().iter().map(|block| block.quote).collect()
        };
        assert_eq!(quotes(&format!("段\n\n{}> 深\n", pair.repeat(3))), [0, 1, 0, 1, 0, 1, 0, 1]);
        // One that is only spoken of, or never ends, holds nothing.
        let open = format!("一个 <blockquote> 标签\n\n{}", pair.repeat(3));
        assert!(quotes(&open).iter().all(|&quote| quote == 0));
    }

    #[test]
    fn emphasis_links_and_html() {
        let prose = prose("**张三：**你好 [去](https://a.org)<br>`码` <b>重</b>&#27;[2J");
        assert_eq!(prose.text(), "张三：你好 去\n码 重\u{FFFD}[2J\n");
        let strong: Vec<_> = prose
            .runs()
            .iter()
            .filter(|run| run.style.contains(Style::STRONG))
            .map(|run| prose.slice(run.span.clone()))
            .collect();
        assert_eq!(strong, ["张三：", "重"]);
        assert_eq!(prose.links()[0].url, "https://a.org");
    }

    #[test]
    fn comments_over_some_lines_are_no_text() {
        let text = |source: &str| read(source).prose.text().trim().to_owned();
        assert_eq!(text("<!--\n## 旧\n\n甲：一。\n\n乙：二。\n-->\n甲：三。\n"), "甲：三。");
        assert_eq!(text("<!-- 甲：一。\n\n乙：二。\n"), "乙：二。");
        assert_eq!(text("--> <!-- 一\n二\n\n三\n"), "--> <!-- 一二\n三");
    }

    #[test]
    fn html_blocks_are_text() {
        let shown =
            blocks("<div>\n<p><strong>甲：</strong>好<br/>乙</p>\n<script>x</script>\n</div>\n");
        let text: Vec<&str> = shown.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(text, ["甲：好\n乙"]);
    }

    #[test]
    fn chunks_are_no_difference() {
        let piece = "**甲：** 一段话，\n接着说。\n\n- 一\n- 二\n\n```\n码\n\n码\n```\n\n";
        // Enough for a second share.
        const PIECES: usize = 70_000;
        let lines = piece.matches('\n').count() as u32;
        let long = piece.repeat(PIECES);
        assert!(shares(&chunks(&long), 1).count() > 1);
        let (one, all) = (prose(piece), prose(&long));
        assert_eq!(all.blocks().len(), one.blocks().len() * PIECES);
        assert_eq!(all.text(), one.text().repeat(PIECES));
        let last = all.blocks().last().unwrap();
        assert_eq!(last.line, (PIECES as u32 - 1) * lines + one.blocks().last().unwrap().line);
    }

    #[test]
    fn a_link_may_be_defined_in_another_chunk() {
        let text = format!(
            "看[原文][A b]。\n\n{}[a  B]: <https://example.org/a>\n",
            "一段话。\n\n".repeat(60_000)
        );
        assert!(chunks(&text).len() > 1);
        let prose = prose(&text);
        assert_eq!(prose.slice(prose.links()[0].span.clone()), "原文");
        assert_eq!(prose.links()[0].url, "https://example.org/a");
    }

    #[test]
    fn depth_does_not_matter() {
        for deep in ["> ", "- ", "[", "*", "> - "] {
            let text = format!("{}x", deep.repeat(20_000));
            assert!(prose(&text).text().contains('x'));
        }
    }

    #[test]
    fn yaml_gives_a_title_where_there_is_none() {
        let text = "---\ntitle: 甲\nauthor: 乙\n---\n\n正文\n";
        assert_eq!(blocks(text)[0], (Kind::Heading(1), "甲".to_owned()));
        assert_eq!(prose(text).blocks()[1].line, 6);
        assert_eq!(blocks("---\ntitle: 甲\n---\n# 丙\n").len(), 1);
    }
}
