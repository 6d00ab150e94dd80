//! Plain text → [`Document`]: paragraphs by blank lines, indents and line lengths. No character of
//! it is markup.
//!
//! A text is *wrapped* where its source lines are cut to a width; then a line end is joined as in
//! any paragraph, and is remembered as a place where a turn may begin. Otherwise a line is a
//! paragraph.

use std::borrow::Cow;

use super::aozora;
use super::matter::front_matter;
use super::sheets::{BORDER, flat};
use super::{Document, media};
use crate::prose::{Builder, Kind, Place, Style};
use crate::text::script::is_wide_east_asian;

/// How many bytes of a text are looked at to tell what it is.
const SAMPLE: usize = 256 * 1024;
/// The widths that text is wrapped at, in cells.
const WRAPPED: std::ops::RangeInclusive<usize> = 36..=132;
/// The widest title, in cells.
const TITLE: usize = 80;

/// How many marks of Markdown are in the beginning of a text that plain text hardly has: headings,
/// bold runs, links, fences, tables and front matter.
pub fn marks(text: &str) -> usize {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let mut marks = usize::from(front_matter(text).1 > 0);
    for line in sample.lines() {
        let bare = line.trim_start();
        if bare.is_empty() {
            continue;
        }
        let hashes = bare.len() - bare.trim_start_matches('#').len();
        let heading = (1..=6).contains(&hashes)
            && bare[hashes..].starts_with(' ')
            && !bare[hashes..].trim().is_empty();
        let fence = bare.starts_with("```") || bare.starts_with("~~~");
        let table = bare.starts_with('|') && bare.contains("---");
        let bold = ["**", "__"].iter().any(|mark| is_paired(bare, mark));
        let link = bare.find("](").is_some_and(|at| bare[..at].contains('['));
        marks += [heading, fence, table, bold, link].iter().filter(|&&mark| mark).count();
    }
    marks
}

/// Whether a line has words between two of a mark.
fn is_paired(line: &str, mark: &str) -> bool {
    let Some(open) = line.find(mark) else { return false };
    let inner = &line[open + mark.len()..];
    inner.find(mark).is_some_and(|close| inner[..close].chars().any(char::is_alphanumeric))
}

/// Whether a text without a telling name is plain rather than Markdown: by the absence of marks,
/// the weaker ones included (quotes, emphasis, tags).
pub fn is_plain(text: &str) -> bool {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let weak = |line: &&str| {
        let bare = line.trim_start();
        bare.starts_with("> ")
            || is_paired(bare, "*") && !bare.starts_with("* ")
            || ["<br", "<p>", "<b>", "<strong", "<a ", "<img "].iter().any(|tag| bare.contains(tag))
    };
    marks(text) == 0 && sample.lines().filter(weak).take(3).count() < 3
}

/// Reads plain text.
pub fn read(text: &str) -> Document {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (mut fields, taken) = front_matter(text);
    media::add(&mut fields);
    let body = &text[taken..];
    let first = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..taken]).count() as u32;
    let body = &*aozora::plain(body);
    let body = &*flat(body);
    let layout = Layout::of(body);
    let mut builder = Builder::new();
    if let Some((_, title)) = fields.iter().find(|(key, _)| key == "title") {
        builder.open(Kind::Heading(1), Place { line: 1, ..Place::default() });
        builder.text(title, Style::PLAIN);
        builder.close();
    }
    let mut lines = (first..).zip(body.lines()).peekable();
    // The line before, where it is in the same group of lines.
    let mut before: Option<&str> = None;
    while let Some((number, line)) = lines.next() {
        // The text goes on over the page.
        if line == BORDER {
            continue;
        }
        let words = &*layout.words(line);
        if words.is_empty() {
            builder.close();
            before = None;
            continue;
        }
        let next = lines.peek().map_or("", |(_, line)| line.trim());
        let place = Place { line: number, ..Place::default() };
        let position = if builder.is_empty() { Position::First } else { Position::Later };
        if before.is_none() && is_rule(words) {
            builder.rule(place);
            continue;
        }
        // A question may take two lines above its underline.
        let after = || lines.clone().nth(1).map_or("", |(_, line)| line.trim());
        if before.is_none()
            && next.ends_with(['?', '？'])
            && width(words) > TITLE / 2
            && is_under(next, after())
        {
            builder.open(Kind::Heading(2), place);
            builder.text(words, Style::PLAIN);
            builder.soft_break();
            builder.text(next, Style::PLAIN);
            builder.close();
            lines.nth(1);
            continue;
        }
        if before.is_none()
            && let Some(level) = heading(words, next, body, position)
        {
            builder.open(Kind::Heading(level), place);
            builder.text(words, Style::PLAIN);
            builder.close();
            if is_underline(next) || is_under(words, next) {
                lines.next();
            }
            continue;
        }
        // `Ann wrote:`, and right below it what she wrote.
        let quotes =
            |before: &str| words.starts_with("> ") && before.trim_end().ends_with([':', '：']);
        let parts = |before: &str| layout.parts(before, line) && !goes_on(words) || quotes(before);
        if before.is_none_or(parts) {
            builder.open(Kind::Paragraph, place);
        } else {
            builder.soft_break();
        }
        builder.text(words, Style::PLAIN);
        before = Some(line);
    }
    Document { prose: builder.finish(), fields, format: "plain", voices: Vec::new() }
}

/// Whether a line begins with what no line begins with: an exporter has broken the one before.
fn goes_on(line: &str) -> bool {
    line.starts_with(['：', '﹕', '︰', '，', '。', '、', '；', '？', '！'])
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    First,
    Later,
}

/// The level of the heading that a line is, if it is one.
fn heading(words: &str, next: &str, rest: &str, position: Position) -> Option<u8> {
    let underlined = is_underline(next);
    if is_under(words, next) {
        return Some(2);
    }
    // Most lines are sentences.
    if !underlined && ends_sentence(words) || !is_short(words) {
        return None;
    }
    if underlined && !is_rule(words) {
        return Some(if next.starts_with(['=', '＝']) { 1 } else { 2 });
    }
    let title = !ends_sentence(words);
    let alone = next.is_empty() && title;
    // Below a title often stand a subtitle and fields, without a blank line.
    let above = title && is_short(next) && !ends_sentence(next);
    if (alone || above) && position == Position::First && is_title(words, next, rest) {
        return Some(1);
    }
    (alone && is_chapter(words)).then_some(2)
}

/// Whether the first line may be a title: it is no label that comes again, and no field.
fn is_title(words: &str, next: &str, rest: &str) -> bool {
    let Some((name, value)) = words.split_once([':', '：']) else {
        return words.chars().any(char::is_alphanumeric);
    };
    let label = &words[..name.len() + words[name.len()..].chars().next().map_or(0, char::len_utf8)];
    // A page's head is the same line again; a label comes again before other words. A title may
    // begin with the name of who speaks below it, but then it stands alone, and no turn is next.
    let mut below = rest.lines().map(str::trim).filter(|line| !line.is_empty() && *line != words);
    let labelled = |line: &str| line.chars().take(16).any(|c| matches!(c, ':' | '：'));
    let again = (below.next().is_some_and(labelled) || !next.is_empty())
        && below.any(|line| line.starts_with(label));
    let wide = name.chars().next().is_some_and(is_wide_east_asian);
    let named = if wide { name.chars().count() > 2 } else { name.contains(' ') };
    named && !again && !value.trim().is_empty() && !value.starts_with("//")
}

/// `Chapter 3`, `Part II`, `第三章 海` and their like.
fn is_chapter(words: &str) -> bool {
    if let Some(rest) = words.strip_prefix('第') {
        let number = rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || "零一二三四五六七八九十百两０１２３４５６７８９ ".contains(c)
        });
        return number.len() < rest.len()
            && number
                .starts_with(['章', '节', '節', '部', '回', '篇', '幕', '讲', '講', '集', '期']);
    }
    let Some((word, number)) = words.split_once(' ') else { return false };
    let number = number.split([' ', ':', '.', '-']).next().unwrap_or_default();
    ["chapter", "part", "section", "episode"].contains(&word.to_lowercase().as_str())
        && !number.is_empty()
        && (number.chars().all(|c| c.is_ascii_digit())
            || number.chars().all(|c| "IVXLC".contains(c)))
}

/// `BY MR. HALE:`, which reporters of courts put before his questions: who asks from here on. It is
/// a line of its own.
pub fn is_byline(line: &str) -> bool {
    let name = line.trim().strip_prefix("BY ").and_then(|rest| rest.strip_suffix(':'));
    name.is_some_and(|name| {
        name.len() < 40 && name.contains(' ') && !name.contains(char::is_lowercase)
    })
}

fn is_underline(line: &str) -> bool {
    let mark = line.chars().next().filter(|c| "=-＝－".contains(*c));
    mark.is_some_and(|mark| line.chars().count() >= 3 && line.chars().all(|c| c == mark))
}

/// Whether a line of words has stars or waves below it, about as wide as it is.
fn is_under(words: &str, next: &str) -> bool {
    // Hardly any line is made of stars.
    next.starts_with('*')
        && next.bytes().all(|b| b == b'*')
        && words.chars().any(char::is_alphanumeric)
        && !words.contains([':', '：'])
        // Stars below a statement part it from what follows.
        && (!ends_sentence(words) || words.ends_with(['?', '？']))
        && next.len() >= 4
        && next.len() * 3 >= width(words) * 2
}

fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next() else { return false };
    "-=*_—─━－＝＊~#·".contains(first)
        && marks.clone().count() >= 2
        && marks.all(|mark| mark == first)
}

/// Whether a line ends in the mark that ends a sentence, closing quotes and brackets aside.
fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['”', '’', '"', '\'', '」', '』', ')', '）', ']']);
    line.ends_with(['.', '?', '!', '。', '？', '！', '…', ':', '：', '；', ';'])
}

/// Whether a line is no wider than a title.
fn is_short(line: &str) -> bool {
    line.len() <= TITLE * 4 && width(line) <= TITLE
}

/// How wide a line is, in cells, nearly: this only tells a text's shape.
fn width(line: &str) -> usize {
    line.chars().map(|c| 1 + usize::from(is_wide_east_asian(c))).sum()
}

/// How far a line is indented, in cells, nearly.
fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    blanks
        .map(|c| {
            if c == '\u{3000}' {
                2
            } else if c == '\t' {
                4
            } else {
                1
            }
        })
        .sum()
}

/// The most blanks between words of a line that is filled up.
const STRETCHED: usize = 4;

/// Whether a line has as much room between words as it takes to be as wide as most: more than one
/// blank where no sentence ends.
fn is_stretched(line: &str, most: usize) -> bool {
    let apart = |(at, _): (usize, &str)| {
        line[..at].ends_with(|c: char| c.is_alphanumeric() || c == ',')
            && line[at + 2..].trim_start().starts_with(char::is_alphanumeric)
    };
    let line = line.trim_end();
    width(line).abs_diff(most) <= 1 && line.match_indices("  ").any(apart)
}

/// How a text shows its paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Layout {
    /// The width that its lines are cut to; `None` where a line is a paragraph.
    wrapped: Option<usize>,
    /// A line that is indented further than the one before begins a paragraph.
    indents: bool,
    /// One that is indented less does.
    hangs: bool,
    /// Blanks are doubled so that lines end below one another.
    justified: bool,
}

impl Layout {
    fn of(text: &str) -> Self {
        let sample = &text[..text.floor_char_boundary(SAMPLE)];
        let lines: Vec<&str> = sample.lines().collect();
        let mut widths: Vec<usize> =
            lines.iter().map(|line| width(line.trim_end())).filter(|&width| width > 0).collect();
        widths.sort_unstable();
        let Some(&most) = widths.get(widths.len() * 9 / 10) else { return Self::default() };
        let (mut within, mut cut) = (0_usize, 0_usize);
        let mut stretched = 0_usize;
        // How often an indent, or its end, comes behind a sentence's end, and how often not.
        let (mut deeper, mut shallower) = ([0_usize; 2], [0_usize; 2]);
        for pair in lines.windows(2) {
            let (line, next) = (pair[0], pair[1]);
            if line.trim().is_empty() || next.trim().is_empty() {
                continue;
            }
            let ended = ends_sentence(line);
            within += 1;
            stretched += usize::from(is_stretched(line, most));
            cut += usize::from(!ended && width(line.trim_end()) * 5 >= most * 3);
            match indent(next).cmp(&indent(line)) {
                std::cmp::Ordering::Greater => deeper[usize::from(ended)] += 1,
                std::cmp::Ordering::Less => shallower[usize::from(ended)] += 1,
                std::cmp::Ordering::Equal => {}
            }
        }
        let regular = |[within, behind]: [usize; 2]| behind >= 2 && behind > within * 2;
        let wrapped = WRAPPED.contains(&most) && cut * 2 > within;
        Self {
            wrapped: wrapped.then_some(most),
            indents: regular(deeper),
            hangs: regular(shallower) && !regular(deeper),
            justified: wrapped && stretched >= 4 && stretched * 3 >= cut,
        }
    }

    /// The words of a line, without what fills it up to the width of the others.
    fn words(self, line: &str) -> Cow<'_, str> {
        let words = line.trim();
        let gaps = || words.split(|c| c != ' ').map(str::len).filter(|&gap| gap > 0);
        // A gap that is wider than any other parts who speaks from what is said, and columns are no
        // lines of text.
        let widest = || gaps().max().unwrap_or_default();
        let first = || gaps().next().unwrap_or_default();
        let apart =
            || first() == widest() && first() > 2 && gaps().skip(1).all(|gap| gap < first());
        if self.justified && words.contains("  ") && widest() <= STRETCHED && !apart() {
            return words.split_ascii_whitespace().collect::<Vec<_>>().join(" ").into();
        }
        words.into()
    }

    /// Whether a paragraph ends between two lines that have no blank line between them.
    fn parts(self, before: &str, line: &str) -> bool {
        let Some(most) = self.wrapped else { return true };
        if is_byline(before) || is_byline(line) {
            return true;
        }
        let bare = line.trim_start();
        if self.indents && indent(line) > indent(before)
            || self.hangs && indent(line) < indent(before)
            || ["- ", "* ", "• "].iter().any(|bullet| bare.starts_with(bullet))
        {
            return true;
        }
        // A line that had room for more ends its paragraph.
        ends_sentence(before)
            && !before.trim_end().ends_with([':', '：', ';', '；'])
            && width(before.trim_end()) * 4 < most * 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::read as interview;

    fn blocks(text: &str) -> Vec<(Kind, u32, String)> {
        let prose = read(text).prose;
        let text = |at: std::ops::Range<u32>| prose.slice(at).trim_end().to_owned();
        prose.blocks().iter().map(|b| (b.kind, b.line, text(b.span.clone()))).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        blocks(text).into_iter().map(|(.., text)| text).collect()
    }

    #[test]
    fn nothing_in_it_is_markup() {
        let text =
            "    缩进的一行。\n\n1. 一\n\n> 引\n\n# 井号\n\n*星* _线_ <b>角</b> &amp; [a](b)\n";
        let want = ["缩进的一行。", "1. 一", "> 引", "# 井号", "*星* _线_ <b>角</b> &amp; [a](b)"];
        assert_eq!(texts(text), want);
        assert!(read(text).prose.runs().is_empty());
    }

    #[test]
    fn no_line_begins_with_a_colon() {
        let text = "夜谈\n\n林舟\n：你好吗？\n\n周砚\n：好，\n很好。\n";
        assert_eq!(texts(text), ["夜谈", "林舟：你好吗？", "周砚：好，", "很好。"]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_remembered() {
        let text = "夜谈\n\n林舟：我们今天在灯塔下面坐着，想谈一谈你这些年写下的那些没有寄\n                    出去的信，它们现在都在哪里？\n周砚：大多数都还在抽屉里，有一些已经被潮气弄得看不清字了，还有\n                    几封我后来送给了别人。\n\n林舟：你会再写吗？我的意思是像从前那样，每天晚上点着灯，一直写\n到天亮。\n\n                    周砚：会的，只是写得慢了，一个晚上常常只有几行，可是那几行比从\n前的许多页都要紧。\n";
        let found = blocks(text);
        assert_eq!(found[0], (Kind::Heading(1), 1, "夜谈".to_owned()));
        assert!(found[1].2.contains("没有寄出去的信"), "{found:?}");
        let read = interview(read(text));
        assert_eq!(read.turns.len(), 4);
        assert_eq!(read.format, "plain");
        assert_eq!(read.prose.block(read.turns[1].blocks.start).line, 5);
    }

    #[test]
    fn indents_part_paragraphs_where_they_are_regular() {
        let line = "这里是一行被切到固定宽度的文字它没有在这里结束而是要接着往下写\n还没有写完。\n";
        let text = format!("　　{line}　　{line}　　{line}");
        assert_eq!(texts(&text).len(), 3);
        // Hanging indents: what is indented goes on.
        let line = "Q: A question that is long enough to be wrapped by the one who typed\n   it, and a bit more.\n";
        assert_eq!(texts(&line.repeat(4)).len(), 4);
    }

    #[test]
    fn a_line_is_a_paragraph_where_none_is_cut() {
        let text = "题目\n\n林舟：你好吗？\n周砚：好。\n林舟：真的？\n周砚：真的。\n";
        assert_eq!(texts(text).len(), 5);
        assert_eq!(interview(read(text)).turns.len(), 4);
        let long = format!("{}\n{}\n", "一段很长的话。".repeat(40), "又一段。".repeat(60));
        assert_eq!(texts(&long).len(), 2);
    }

    #[test]
    fn titles_chapters_and_rules() {
        let kinds = |text: &str| -> Vec<Kind> { blocks(text).iter().map(|b| b.0).collect() };
        use Kind::{Heading, Paragraph, Rule};
        assert_eq!(kinds("A Talk\n======\n\nWell.\n\nOne\n---\n\nSo.\n").len(), 4);
        assert_eq!(
            kinds("Talk\n\nChapter 1\n\nA.\n\n第二章 海\n\nB.\n\n* * *\n\nC.")[1],
            Heading(2)
        );
        assert_eq!(kinds("Well.\n\n-----\n\nSo.\n"), [Paragraph, Rule, Paragraph]);
        for label in ["周砚：\n\n你好。\n", "Author: Ann\n\nText.\n", "你好吗？\n\n好。\n"]
        {
            assert_eq!(kinds(label)[0], Paragraph, "{label}");
        }
        assert_eq!(kinds("与周砚夜谈：灯塔与信\n\n正文。\n")[0], Heading(1));
    }

    #[test]
    fn a_label_that_comes_again_is_no_title() {
        let text = "MS. ROE: Could you tell us where you grew up and what your parents\ndid for a living in those years before the war?\n\nMR. DOE: I grew up by the sea, and my parents kept the lighthouse there\nas their parents had done.\n\nMS. ROE: And did you ever want to leave that place, for a town or another\ncountry?\n\nMR. DOE: Never.\n";
        let read = interview(read(text));
        assert_eq!(read.front.title, None);
        assert_eq!(read.turns.len(), 4);
    }

    #[test]
    fn what_is_plain() {
        for text in
            ["一段话。\n\n又一段。\n", "- 你好。\n- 好。\n", "# \n", "a * b ** c\n", "1. 一\n"]
        {
            assert!(is_plain(text), "{text}");
        }
        for text in [
            "# 题\n\n话。\n",
            "**甲：** 好\n",
            "[去](https://a.org)\n",
            "---\ntitle: x\n---\n话\n",
            "> 一\n> 二\n> 三\n",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
