//! YAML → [`Document`]: a transcript of records in a file of its own, and what generators of sites
//! keep in the front matter of a page: such records, or all that is said as one long value.

use std::collections::HashSet;

use serde_json::Value;

use super::{Document, Fields, Voice, json, markdown, page};
use crate::prose::Builder;

/// The fewest turns of records that are a transcript.
const TURNS: usize = 4;
/// The shortest value of a front matter that is an article, in bytes.
const ARTICLE: usize = 500;

/// Reads a text as YAML with a transcript; `None` when it is none.
pub fn read(text: &str) -> Option<Document> {
    records(text, None)
}

/// The article that a front matter holds, with the text below it; `None` where the text is the
/// article.
pub fn in_matter(matter: &str, body: &str, fields: &Fields) -> Option<Document> {
    if matter.len() < body.trim().len() || !matter.starts_with("---") {
        return None;
    }
    let lines = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
    if let Some((at, article)) = longest(matter).filter(|(_, article)| article.len() > ARTICLE) {
        let (above, fields) = (lines(&matter[..at]), fields.clone());
        if body.trim().is_empty() && page::is_part(&article) {
            return Some(page::below(&format!("{}{article}", "\n".repeat(above)), fields));
        }
        // Its lines and those of the body are where they are in the file.
        let gap = lines(matter) - above - lines(&article);
        let all = format!("{article}{}{body}", "\n".repeat(gap));
        return Some(markdown::below(&all, above as u32 + 1, fields));
    }
    let end = matter.trim_end().trim_end_matches(['-', '.']).len();
    let line = 1 + lines(matter) as u32;
    let mut document = records(&matter[..end], Some((body, line)))?;
    document.format = "markdown";
    let known = |name: &str| document.fields.iter().any(|(known, _)| known == name);
    let more: Fields = fields.iter().filter(|(name, _)| !known(name)).cloned().collect();
    document.fields.extend(more);
    Some(document)
}

/// The transcript in a text of YAML, and a text behind it from a line on.
fn records(text: &str, behind: Option<(&str, u32)>) -> Option<Document> {
    // Without items there are no records; most front matters are passed over by this alone.
    let items = text.lines().filter(|line| line.trim_start().starts_with("- "));
    if items.take(TURNS).count() < TURNS {
        return None;
    }
    let whole: Value = serde_saphyr::from_str(text).ok()?;
    let mut rest = Builder::new();
    if let Some((body, line)) = behind {
        markdown::add(&mut rest, body, line);
    }
    let mut document = json::document_of(&whole, rest)?;
    document.format = "yaml";
    Some(document).filter(|document| is_talk(&document.voices, behind.is_some()))
}

/// Whether records are a talk: whoever speaks in one speaks again, where each thing that is set or
/// praised has a name of its own. In a front matter questions and answers are frequent ones.
fn is_talk(voices: &[Voice], in_matter: bool) -> bool {
    let names: HashSet<&str> = voices.iter().map(|voice| voice.name.as_str()).collect();
    let asked = names.iter().all(|name| matches!(*name, "Q" | "A"));
    voices.len() >= TURNS && names.len() * 2 <= voices.len() && !(in_matter && asked)
}

/// The longest of the values that are several lines of their own (`key: |`), without their indent,
/// and where they begin; `None` where it is not most of the text.
fn longest(text: &str) -> Option<(usize, String)> {
    let mut values: Vec<(usize, String)> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        if !line.starts_with([' ', '\t']) && !line.trim().is_empty() {
            let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
            open = matches!(value, "|" | "|-" | "|+" | ">" | ">-" | ">+");
            if open {
                values.push((at, String::new()));
            }
        } else if let Some((from, value)) = values.last_mut().filter(|_| open) {
            let indent = text[*from..].len() - text[*from..].trim_start_matches(' ').len();
            let blank = line.len() - line.trim_start_matches(' ').len();
            value.push_str(&text[begin + blank.min(indent)..at]);
        }
    }
    let longest = values.into_iter().max_by_key(|(_, value)| value.len());
    longest.filter(|(_, value)| value.len() * 2 > text.len())
}

#[cfg(test)]
mod tests {
    use crate::format::read;
    use crate::interview;

    const RECORDS: &str = "- header: 灯\n- line: 你每天几点点灯？\n  time: '0:44'\n  who: 林舟\n\
        - line: 天黑就点，\n    和别人一样。\n  time: '1:05'\n  who: 周砚\n\
        - header: 冬\n- line: 冬天呢？\n  who: 林舟\n- line: 也一样。\n  who: 周砚\n";

    #[test]
    fn records_of_a_file_and_of_a_front_matter() {
        let tags: String = (0..200).map(|tag| format!("- tag {tag}\n")).collect();
        let indented = RECORDS.replace('\n', "\n  ");
        let page = format!(
            "---\ntitle: 灯塔\ntags:\n{tags}transcript:\n  {}\n---\n# 链接\n\n见 [信](https://example.org)。\n",
            indented.trim_end()
        );
        for (text, extension, format) in [(RECORDS, "yml", "yaml"), (&page, "md", "markdown")] {
            let document = read(text, Some(extension));
            assert_eq!(document.format, format);
            let read = interview::read(document);
            let names: Vec<&str> =
                read.turns.iter().map(|turn| read.speaker(turn.speaker).name.as_str()).collect();
            assert_eq!(names, ["林舟", "周砚", "林舟", "周砚"], "{text}");
            assert_eq!(read.turns[1].time.map(|time| time.0), Some(65_000));
            assert!(read.sections.iter().any(|section| section.title == "冬"));
            if format == "markdown" {
                assert_eq!(read.front.title.as_deref(), Some("灯塔"));
                let last = read.turns[3].blocks.end.index();
                assert!(read.prose.text().contains("见 信。"));
                assert!(last < read.prose.blocks().len() - 2, "what is below it is nobody's");
            }
        }
        assert_eq!(read("- a\n- b\n- c\n- d\n", Some("yaml")).format, "plain");
        let settings: String =
            (0..8).map(|at| format!("- name: KEY_{at}\n  value: some value\n")).collect();
        assert_eq!(read(&settings, Some("yaml")).format, "plain");
        let asked = "- question: 贵吗？\n  answer: 不贵。\n".repeat(4);
        assert_eq!(read(&asked, Some("yaml")).voices.len(), 8);
        let page = format!("---\nfaq:\n{asked}---\n正文。\n");
        assert_eq!(read(&page, Some("md")).voices.len(), 0);
    }

    #[test]
    fn an_article_as_one_value() {
        let said = "  <p><span>林舟：</span>你几点点灯？</p>\n\n  <p><span>周砚：</span>天黑就点，和别人一样。</p>\n";
        let page = |body: &str| {
            let said = said.repeat(12);
            format!("---\ntitle: 灯塔\nlinks: |\n  <a>x</a>\ntranscript: |\n{said}---\n{body}")
        };
        for body in ["", "见 [信](https://example.org)。\n"] {
            let read = interview::read(read(&page(body), Some("md")));
            assert_eq!(read.turns.len(), 24, "{body}");
            assert_eq!(read.prose.block(read.turns[0].blocks.start).line, 6);
            assert_eq!(read.prose.text().contains("见 信。"), !body.is_empty());
        }
    }
}
