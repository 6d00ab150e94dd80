//! The interview as a text again: Markdown with labels in one shape, or plain text.

use std::io::{self, Write};
use std::ops::Range;

use super::escape::escaped;
use crate::interview::Interview;
use crate::prose::{Block, BlockId, Kind, Marker, Prose, Style};
use crate::typeset::body;

/// Writes the interview as Markdown; read again it has the same turns.
pub fn markdown(interview: &Interview, out: &mut dyn Write) -> io::Result<()> {
    let prose = &interview.prose;
    rendered(interview, out, |name, block, text| {
        let label = name.map(|name| format!("**{}:**", escaped(name))).unwrap_or_default();
        let body = match block.kind {
            Kind::Image(image) => {
                let image = &prose.images()[image as usize];
                format!("![{}]({})", escaped(&image.alt), address(&image.url))
            }
            Kind::Rule => "---".to_owned(),
            Kind::Code => fenced(prose.slice(text)),
            // The question of a turn is its text.
            Kind::Heading(level) if name.is_none() => {
                format!("{} {}", "#".repeat(level.into()), inline(prose, text))
            }
            Kind::Heading(_) | Kind::Paragraph => inline(prose, text),
        };
        let gap = match (label.is_empty() || body.is_empty(), block.kind) {
            (true, _) => "",
            (false, Kind::Paragraph | Kind::Heading(_)) => " ",
            (false, _) => "\n\n",
        };
        contained(block, &format!("{label}{gap}{body}"))
    })
}

/// Writes the interview as plain text: title, then a name and what they say.
pub fn plain(interview: &Interview, out: &mut dyn Write) -> io::Result<()> {
    let prose = &interview.prose;
    rendered(interview, out, |name, block, text| {
        let body = match block.kind {
            Kind::Image(image) => {
                let image = &prose.images()[image as usize];
                [image.alt.as_str(), image.url.as_str()].join(" ").trim().to_owned()
            }
            Kind::Rule => "---".to_owned(),
            _ => prose.slice(text).trim_end().to_owned(),
        };
        let body = contained(block, &body);
        match name {
            Some(name) if body.is_empty() => name.to_owned(),
            Some(name) => format!("{name}\n{body}"),
            None => body,
        }
    })
}

/// Writes every block, an empty line between two; `shown` gets the speaker of the turn that it
/// opens, and its text without the label.
fn rendered(
    interview: &Interview,
    out: &mut dyn Write,
    shown: impl Fn(Option<&str>, &Block, Range<u32>) -> String,
) -> io::Result<()> {
    let mut turns = interview.turns.iter().peekable();
    let mut apart = "";
    for (at, block) in interview.prose.blocks().iter().enumerate() {
        let id = BlockId(at as u32);
        let opened = turns.next_if(|turn| turn.blocks.start == id);
        let name = opened.map(|turn| interview.speaker(turn.speaker).name.as_str());
        let text = shown(name, block, body(interview, id));
        if !text.is_empty() {
            writeln!(out, "{apart}{text}")?;
            apart = "\n";
        }
    }
    Ok(())
}

/// The lines of a block, in the quotes and list items that it stands in.
fn contained(block: &Block, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let quote = "> ".repeat(block.quote.into());
    let marker = match block.marker {
        Marker::None => String::new(),
        Marker::Bullet => "- ".to_owned(),
        Marker::Number(number) => format!("{number}. "),
    };
    let outer = match block.depth {
        0 => 0,
        depth if marker.is_empty() => usize::from(depth) * 2,
        depth => (usize::from(depth) - 1) * 2,
    };
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        let inner = if at == 0 { marker.clone() } else { " ".repeat(marker.len()) };
        let indent = " ".repeat(outer);
        let line = format!("{quote}{indent}{inner}{line}");
        if at > 0 {
            out.push('\n');
        }
        out.push_str(line.trim_end());
    }
    out
}

/// Code between fences that are longer than any in it.
fn fenced(code: &str) -> String {
    let longest = code.lines().map(|line| line.chars().take_while(|&c| c == '`').count()).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    format!("{fence}\n{}\n{fence}", code.trim_end_matches('\n'))
}

/// Text with its emphasis and links.
fn inline(prose: &Prose, range: Range<u32>) -> String {
    let mut out = String::new();
    let mut at = range.start;
    let mut linked = None;
    for run in prose.runs_in(range.clone()) {
        let span = run.span.start.max(at)..run.span.end.min(range.end);
        if span.is_empty() {
            continue;
        }
        // A link may be several runs, with plain blanks between them.
        if linked != run.link {
            close(prose, &mut linked, &mut out);
        }
        out.push_str(&escaped(prose.slice(at..span.start)));
        if linked.is_none() && run.link.is_some() {
            out.push('[');
            linked = run.link;
        }
        out.push_str(&marked(prose.slice(span.clone()), run.style));
        at = span.end;
    }
    close(prose, &mut linked, &mut out);
    out.push_str(&escaped(prose.slice(at.min(range.end)..range.end)));
    out.trim_end().replace('\n', "\\\n")
}

/// Ends the link that is open.
fn close(prose: &Prose, linked: &mut Option<u32>, out: &mut String) {
    if let Some(link) = linked.take() {
        let url = prose.links().get(link as usize).map(|link| link.url.as_str());
        out.push_str(&format!("]({})", address(url.unwrap_or_default())));
    }
}

/// A stretch in its emphasis; blanks at its ends stay outside, where CommonMark wants them.
fn marked(text: &str, style: Style) -> String {
    let core = text.trim();
    if core.is_empty() || style == Style::PLAIN {
        return escaped(text);
    }
    let lead = &text[..text.len() - text.trim_start().len()];
    let tail = &text[text.trim_end().len()..];
    let mut inner = if style.contains(Style::CODE) && !core.contains('`') {
        format!("`{core}`")
    } else {
        escaped(core)
    };
    for (bit, mark) in [(Style::STRUCK, "~~"), (Style::EMPHASIS, "*"), (Style::STRONG, "**")] {
        if style.contains(bit) {
            inner = format!("{mark}{inner}{mark}");
        }
    }
    format!("{lead}{inner}{tail}")
}

/// An address, in brackets where it would end too early.
fn address(url: &str) -> String {
    if url.contains([' ', '(', ')']) { format!("<{url}>") } else { url.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::markdown as format;
    use crate::interview::read;

    fn again(text: &str) -> (Interview, Interview) {
        let first = read(format::read(text));
        let mut text = Vec::new();
        markdown(&first, &mut text).unwrap();
        let second = read(format::read(std::str::from_utf8(&text).unwrap()));
        (first, second)
    }

    #[test]
    fn what_is_read_again_has_the_same_turns_and_links() {
        for text in
            [include_str!("../../assets/guide.zh.md"), include_str!("../../assets/guide.en.md")]
        {
            let (first, second) = again(text);
            let turns = |interview: &Interview| -> Vec<(String, String)> {
                let name =
                    |turn: &crate::interview::Turn| interview.speaker(turn.speaker).name.clone();
                let said = |turn: &crate::interview::Turn| {
                    let blocks = turn.blocks.start.0..turn.blocks.end.0;
                    blocks.map(|at| interview.prose.slice(body(interview, BlockId(at)))).collect()
                };
                interview.turns.iter().map(|turn| (name(turn), said(turn))).collect()
            };
            assert_eq!(turns(&first), turns(&second));
            let urls = |interview: &Interview| -> Vec<String> {
                interview.prose.links().iter().map(|link| link.url.clone()).collect()
            };
            assert_eq!(urls(&first), urls(&second));
        }
    }

    #[test]
    fn text_stays_text() {
        for text in [
            "**甲:** 2 \\* 3 与 snake_case 和 \\[方括号\\]。\n\n**乙:** 好。\n\n**甲:** a\\<b。\n\n**乙:** 是。\n",
            "- 一\n- 二\n\n> 引文\n\n```\nlet a = 1;\n\nlet b = 2;\n```\n\n1\\. 不是列表\n",
        ] {
            let (first, second) = again(text);
            assert_eq!(first.prose.text(), second.prose.text());
            let kinds = |interview: &Interview| -> Vec<Kind> {
                interview.prose.blocks().iter().map(|block| block.kind).collect()
            };
            assert_eq!(kinds(&first), kinds(&second));
        }
    }
}
