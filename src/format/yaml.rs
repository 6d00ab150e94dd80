//! YAML → [`Document`]: a transcript of records in a file of its own, and what generators of sites
//! keep in the front matter of a page: such records, or all that is said as one long value.

use std::collections::HashSet;

use serde_saphyr::{DuplicateKeyPolicy, budget, options};

use super::piece::{has_speaker, has_text, is_beside};
use super::value::{Object, Value};
use super::{Document, Fields, Voice, json, markdown, page};
use crate::prose::Builder;

/// The fewest turns of records that are a transcript.
const TURNS: usize = 4;
/// The shortest value of a front matter that is an article, in bytes.
const ARTICLE: usize = 500;
/// The fewest paragraphs of one.
const PARAGRAPHS: usize = 3;
/// Reads a text as YAML with a transcript; `None` when it is none.
pub fn read(text: &str) -> Option<Document> {
    if !has_items(text) {
        return None;
    }
    let parts = parts(text);
    let whole = value(text).or_else(|| Some(Value::Object(lenient(parts.iter())?)))?;
    let mut document = json::document_of(whole, Builder::new())?;
    document.format = "yaml";
    Some(document).filter(|document| is_talk(&document.voices))
}

/// The article that a front matter holds, with the text below it; `None` where the text is the
/// article.
pub fn in_matter(matter: &str, body: &str, fields: &Fields) -> Option<Document> {
    if matter.len() < body.trim().len() || !matter.starts_with("---") {
        return None;
    }
    let lines = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32;
    let parts = parts(matter);
    let long = |part: &&Part<'_>| {
        part.text.len() * 2 > matter.len() && part.text.len() > body.trim().len()
    };
    let part = parts.iter().max_by_key(|part| part.text.len()).filter(long)?;
    let behind = (body, 1 + lines(matter));
    let article = part.block().or_else(|| part.longest());
    if let Some(article) = article.filter(|article| is_article(article)) {
        let above = lines(&matter[..part.at]) + 1;
        if body.trim().is_empty() && page::is_part(&article) {
            let lines = "\n".repeat(above as usize);
            return Some(page::below(&format!("{lines}{article}"), fields.clone()));
        }
        return Some(markdown::below(&article, above + 1, fields.clone(), Some(behind)));
    }
    let beside = |part: &Part<'_>| is_beside(part.name);
    if !has_items(part.text) || beside(part) {
        return None;
    }
    let mut whole = lenient(parts.iter().filter(|part| !beside(part)))?;
    for (name, value) in fields {
        if whole.0.iter().all(|(known, _)| known != name) {
            whole.0.push((name.into(), Value::String(value.into())));
        }
    }
    let mut rest = Builder::new();
    markdown::add(&mut rest, body, behind.1);
    let mut document = json::document_of(Value::Object(whole), rest)?;
    // Questions and answers there are frequent ones.
    let asked = document.voices.iter().all(|voice| matches!(&*voice.name, "Q" | "A"));
    if !is_talk(&document.voices) || asked {
        return None;
    }
    document.format = "markdown";
    let known = |name: &str| document.fields.iter().any(|(known, _)| known == name);
    let more: Fields = fields.iter().filter(|(name, _)| !known(name)).cloned().collect();
    document.fields.extend(more);
    Some(document)
}

/// Whether a text has items enough for records; most texts are passed over by this alone.
fn has_items(text: &str) -> bool {
    let item = |line: &&str| {
        let bare = line.trim();
        bare == "-" || bare.starts_with("- ")
    };
    text.lines().filter(item).take(TURNS).count() == TURNS || text.contains("[{")
}

/// Whether records are a talk: two speak, and whoever does speaks again, where each thing that is
/// set or praised has a name of its own.
fn is_talk(voices: &[Voice]) -> bool {
    let names: HashSet<&str> = voices.iter().map(|voice| voice.name.as_str()).collect();
    voices.len() >= TURNS && names.len() > 1 && names.len() * 2 <= voices.len()
}

/// Whether a value is an article: paragraphs, and no code.
fn is_article(text: &str) -> bool {
    let parts = text.trim().split('\n').filter(|line| line.trim().is_empty()).count() + 1;
    let paragraphs = parts.max(text.matches("<p").count());
    let code = text.matches(['{', '}']).count();
    text.len() > ARTICLE && paragraphs >= PARAGRAPHS && code <= PARAGRAPHS
}

/// What a text of YAML says; `None` where it is none.
fn value(text: &str) -> Option<Value<'_>> {
    let most = text.len().max(1024);
    let options = options! {
        // Words are what is said: `Yes`, `No`, `007`.
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        budget: budget! {
            // A transcript may be long; what stands for something else may not make it longer.
            max_events: most,
            max_nodes: most,
            max_aliases: most,
            max_total_scalar_bytes: most * 4,
            alias_anchor_ratio_multiplier: most,
        },
    };
    let mut value: Value<'_> = serde_saphyr::from_str_with_options(text, options).ok()?;
    spoken(&mut value);
    Some(value)
}

/// Makes texts of the numbers and the truths that somebody says: `line: 1984`.
fn spoken(value: &mut Value<'_>) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(spoken),
        Value::Object(object) => {
            for (name, value) in &mut object.0 {
                let said = has_text(name) || has_speaker(name);
                let text = match &*value {
                    Value::Number(number) if said => Some(number.to_string()),
                    Value::Bool(truth) if said => Some(truth.to_string()),
                    _ => None,
                };
                match text {
                    Some(text) => *value = Value::String(text.into()),
                    None => spoken(value),
                }
            }
        }
        _ => {}
    }
}

/// What parts say that can be read, where not all of a text can.
fn lenient<'a>(parts: impl Iterator<Item = &'a Part<'a>>) -> Option<Object<'a>> {
    let mut whole = Object::default();
    for part in parts {
        match value(part.text) {
            Some(Value::Object(object)) => whole.0.extend(object.0),
            Some(list @ Value::Array(_)) => whole.0.push(("".into(), list)),
            _ => {}
        }
    }
    (!whole.0.is_empty()).then_some(whole)
}

/// A part of a text of YAML: a name at the beginning of a line, and all up to the next one.
#[derive(Clone, Copy, Debug, Default)]
struct Part<'a> {
    /// The name; empty for a list without one.
    name: &'a str,
    /// Where it begins, in bytes.
    at: usize,
    /// All of it.
    text: &'a str,
}

impl Part<'_> {
    /// Its value without the indent, where that is a text of several lines (`name: |`).
    fn block(&self) -> Option<String> {
        let (first, rest) = self.text.split_once('\n')?;
        let sign = first.get(self.name.len()..)?.trim_start_matches([':', ' ']);
        let sign = sign.split(" #").next().unwrap_or(sign).trim_end();
        let behind = sign.strip_prefix(['|', '>'])?;
        if !behind.chars().all(|c| c.is_ascii_digit() || c == '-' || c == '+') {
            return None;
        }
        let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let full = rest.lines().find(|line| !line.trim().is_empty())?;
        let indent = blanks(full);
        let line = |line: &str| line[blanks(line).min(indent)..].to_owned();
        Some(rest.split_inclusive('\n').map(line).collect())
    }

    /// The text that is most of it, where that stands within quotes or deeper in it.
    fn longest(&self) -> Option<String> {
        let value = value(self.text)?;
        let (mut open, mut best) = (vec![&value], "");
        while let Some(value) = open.pop() {
            match value {
                Value::String(text) if text.len() > best.len() => best = text,
                Value::Array(list) => open.extend(list),
                Value::Object(object) => open.extend(object.0.iter().map(|(_, value)| value)),
                _ => {}
            }
        }
        (best.len() * 2 > self.text.len()).then(|| best.to_owned())
    }
}

/// The parts of a text of YAML.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        let border = bare == "---" || bare == "...";
        let item = bare == "-" || line.starts_with("- ");
        let begins = !bare.is_empty() && !line.starts_with([' ', '\t', '#', '}', ']']);
        if border {
            open = false;
        } else if begins && (!item || !open) {
            let name = if item { "" } else { bare.split(':').next().unwrap_or_default() };
            parts.push(Part { name, at, text: line });
            open = true;
        } else if let Some(part) = parts.last_mut().filter(|_| open) {
            part.text = &text[part.at..at + line.len()];
        }
        at += line.len();
    }
    parts
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
        let tags: String = (0..8).map(|tag| format!("- {tag}\n")).collect();
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

    fn said(text: &str, extension: &str) -> Vec<String> {
        let read = interview::read(read(text, Some(extension)));
        let of = |turn: &interview::Turn| {
            let span = read.prose.block(turn.blocks.start).span.clone();
            format!("{}: {}", read.speaker(turn.speaker).name, read.prose.slice(span).trim())
        };
        read.turns.iter().map(of).collect()
    }

    #[test]
    fn what_is_said_is_text_whatever_it_looks_like() {
        let text = "- who: Ann\n  line: Ready?\n-\n  who: No\n  line: Yes\n- who: Ann\n  line: When?\n\
                    - who: No\n  line: 1984\n- {who: Ann, line: true?}\n- {who: No, line: true}\n";
        let want = ["Ann: Ready?", "No: Yes", "Ann: When?", "No: 1984", "Ann: true?", "No: true"];
        assert_eq!(said(text, "yaml"), want);
        // One value that is none leaves the others.
        assert_eq!(said(&format!("layout: {{{{ x }}}}\nt:\n{text}"), "yaml"), want);
        assert_eq!(said(&format!("---\ntitle: A: b\nt:\n{text}---\n"), "md"), want);
    }

    #[test]
    fn what_others_say_beside_the_article_is_not_the_article() {
        let clip = "- speaker: Ann\n  text: So.\n- speaker: Bo\n  text: Oh.\n";
        for name in ["comments", "quotableClips"] {
            let page = format!("---\ntitle: T\n{name}:\n{}---\nA page.\n", clip.repeat(4));
            assert!(said(&page, "md").is_empty(), "{name}");
        }
        let rule = "  .a { color: red; }\n\n".repeat(60);
        let page = format!("---\ntitle: T\ncss: |\n{rule}---\n# My page\n\nWords.\n");
        assert!(read(&page, Some("md")).prose.text().starts_with("My page"));
        let alone = "- speaker: Ann\n  text: So.\n".repeat(8);
        assert!(read(&alone, Some("yaml")).voices.is_empty());
    }

    #[test]
    fn a_line_without_a_name_is_no_value() {
        for line in ["words", "words\r", ":", "a b", "é"] {
            let page = format!("---\ntitle: x\n{line}\n{}---\n", "  words\n".repeat(200));
            assert!(super::in_matter(&page, "", &Vec::new()).is_none(), "{line}");
        }
    }

    #[test]
    fn a_value_begins_with_its_first_full_line() {
        let talk = "    **Ann:** Why is it dark?\n\n    **Bo:** It is night.\n\n".repeat(12);
        for head in ["transcript: |\n\n", "transcript: |2 # said\n", "transcript: >-\n"] {
            let talk = if head.contains('2') { talk.replace("    ", "  ") } else { talk.clone() };
            let page = format!("---\ntitle: T\n{head}{talk}---\nBelow.\n");
            let read = interview::read(read(&page, Some("md")));
            assert_eq!(read.turns.len(), 24, "{head}");
            assert!(read.prose.text().ends_with("Below.\n"));
        }
    }

    #[test]
    fn a_value_within_quotes_or_deeper() {
        let talk =
            "**林舟：** 你几点点灯？\\n\\n**周砚：** 天黑就点，和别人一样。\\n\\n".repeat(12);
        let block = format!("    {}", talk.trim_end_matches("\\n").replace("\\n", "\n    "));
        for value in [format!("transcript: \"{talk}\""), format!("extra:\n  talk: |\n{block}")] {
            let page = format!("---\ntitle: 灯塔\n{value}\n---\n见 [信](https://example.org)。\n");
            let read = interview::read(read(&page, Some("md")));
            assert_eq!(read.turns.len(), 24, "{value}");
            assert!(read.prose.text().ends_with("见 信。\n"));
        }
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
