//! Bookmarks → a Markdown document to keep: an article's title and origin, then its passages as
//! quotes with speaker and time before them, note and tags behind.
//!
//! Nothing in it changes unless a bookmark does: no time of export, no ids, no counts.

use super::collected::{Collected, Passage};
use crate::cli::escape::{escaped, linked};
use crate::interview::Front;
use crate::interview::passage::Found;
use crate::text::Clean;
use crate::text::clean::clean;
use crate::words::Words;

/// What stands for an image or a rule in the text of an article.
const OBJECT: &str = "\u{FFFC}";

/// The bookmarks of articles as one document.
pub fn document(articles: &[Collected<'_>], words: &Words) -> String {
    let mut blocks = Vec::new();
    for article in articles {
        head(&article.front, words, &mut blocks);
        for passage in &article.passages {
            blocks.extend(label(passage, words));
            blocks.push(quote(&passage.mark.selector.exact));
            blocks.extend(paragraphs(&passage.mark.note));
            blocks.extend(tags(&passage.mark.tags));
        }
    }
    blocks.iter().map(String::as_str).collect::<Vec<_>>().join("\n\n")
        + if blocks.is_empty() { "" } else { "\n" }
}

/// The title, and below it who wrote the article, when, and where it is.
fn head(front: &Front, words: &Words, blocks: &mut Vec<String>) {
    let title = front.title.as_deref().map(Clean::line);
    let title = title.filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| Clean::line(&words.text("untitled")));
    blocks.push(format!("# {}", escaped(&title)));
    let text = |text: &Option<String>| text.as_deref().map(|text| escaped(&Clean::line(text)));
    let address = front.url.as_deref().map(|url| linked(&Clean::line(url)));
    let facts: Vec<String> =
        [text(&front.author), text(&front.published), address].into_iter().flatten().collect();
    if !facts.is_empty() {
        blocks.push(facts.join(" · "));
    }
}

/// Who says a passage, when, and whether the article still has it; `None` where nothing is known.
fn label(passage: &Passage<'_>, words: &Words) -> Option<String> {
    let speaker = passage.speaker.as_deref().map(Clean::line);
    let speaker = speaker.filter(|name| !name.is_empty());
    let state = match passage.found {
        Some(Found::Near(_)) => Some(words.text("passage-near")),
        Some(Found::Lost) => Some(words.text("passage-gone")),
        Some(Found::Exact(_)) | None => None,
    };
    let parts: Vec<String> = [
        speaker.map(|name| format!("**{}**", escaped(&name))),
        passage.time.map(|time| time.clock()),
        state.map(|state| format!("*{}*", escaped(&state))),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// A passage: each of its paragraphs, and each of their lines, is a paragraph of the quote.
fn quote(text: &str) -> String {
    let text = clean(text);
    let lines = text.lines().map(str::trim_end);
    let lines = lines.filter(|line| !line.trim().is_empty() && line.trim() != OBJECT);
    lines.map(|line| format!("> {}", kept(line))).collect::<Vec<_>>().join("\n>\n")
}

/// A line whose indent, which Markdown would drop or take for code, stays.
fn kept(line: &str) -> String {
    match line.strip_prefix(' ') {
        Some(rest) => format!("&#32;{}", escaped(rest)),
        None => escaped(line),
    }
}

/// The paragraphs of a note; the lines of one stay lines.
fn paragraphs(note: &str) -> Vec<String> {
    let note = clean(note);
    let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
    for line in note.lines().map(str::trim) {
        match (line.is_empty(), paragraphs.last_mut()) {
            (true, _) => paragraphs.push(Vec::new()),
            (false, Some(open)) => open.push(escaped(line)),
            (false, None) => {}
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    paragraphs.iter().map(|lines| lines.join("\\\n")).collect()
}

/// The tags on a line; one of several words is one word here.
fn tags(tags: &[String]) -> Option<String> {
    let words = |tag: &String| {
        let tag = Clean::line(tag);
        tag.split_whitespace().collect::<Vec<_>>().join("-")
    };
    let tags: Vec<String> = tags.iter().map(words).filter(|tag| !tag.is_empty()).collect();
    let tags: Vec<String> = tags.iter().map(|tag| format!("#{}", escaped(tag))).collect();
    (!tags.is_empty()).then(|| tags.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_keep_their_lines_and_quotes_their_paragraphs() {
        assert_eq!(paragraphs("一\n# 二\n\n\n三 \n"), ["一\\\n\\# 二", "三"]);
        assert_eq!(quote("一。\n\u{FFFC}\n  - 二\n"), "> 一。\n>\n> &#32; \\- 二");
        assert_eq!(
            tags(&["长 标签".into(), " ".into(), "a*".into()]).as_deref(),
            Some("#长-标签 #a\\*")
        );
    }
}
