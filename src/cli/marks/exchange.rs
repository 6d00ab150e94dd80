//! Bookmarks → JSON from which another home takes them back with nothing lost, and back.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::layout::json;
use super::moment::Moment;
use crate::interview::passage::Selector;
use crate::marks::{Article, DocumentKeys, Highlight, Mark};

/// The version that is written, and the highest that is read.
pub const VERSION: u64 = 1;

/// Bookmarks as JSON.
pub fn written<'a>(marks: impl Iterator<Item = &'a Mark>) -> String {
    let marks = marks.map(|mark| Entry::from(mark.clone())).collect();
    json(&Exchange { fangtan: "marks".to_owned(), version: VERSION, marks })
}

/// The bookmarks that [`written`] wrote.
///
/// # Errors
/// What is wrong with the JSON, and on which line.
pub fn read(text: &str) -> serde_json::Result<Vec<Mark>> {
    let exchange: Exchange = serde_json::from_str(text)?;
    Ok(exchange.marks.into_iter().map(Mark::from).collect())
}

#[derive(Serialize, Deserialize)]
struct Exchange {
    fangtan: String,
    version: u64,
    marks: Vec<Entry>,
}

/// A bookmark: the members of `marks list --json`, the speaker by the name in the text, and what
/// finds passage and article again.
#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(deserialize_with = "something")]
    id: String,
    #[serde(default)]
    article: Source,
    #[serde(deserialize_with = "something")]
    quote: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    #[serde(default)]
    start: u32,
    #[serde(default)]
    end: u32,
    #[serde(default)]
    turn: Option<u32>,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    highlight: Highlight,
    created: Moment,
    #[serde(default)]
    edited: Option<Moment>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Source {
    title: Option<String>,
    url: Option<String>,
    keys: DocumentKeys,
}

/// A string that is not blank.
fn something<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    match text.trim().is_empty() {
        true => Err(D::Error::custom("an id or a quote is empty")),
        false => Ok(text),
    }
}

impl From<Mark> for Entry {
    fn from(mark: Mark) -> Self {
        let Article { title, url, keys } = mark.article;
        let Selector { exact, prefix, suffix, start, end, turn, speaker } = mark.selector;
        Self {
            id: mark.id,
            article: Source { title, url, keys },
            quote: exact,
            prefix,
            suffix,
            start,
            end,
            turn,
            speaker,
            note: mark.note,
            tags: mark.tags,
            highlight: mark.highlight,
            created: Moment(mark.created),
            edited: mark.edited.map(Moment),
        }
    }
}

impl From<Entry> for Mark {
    fn from(entry: Entry) -> Self {
        let Source { title, url, keys } = entry.article;
        let Entry { quote, prefix, suffix, start, end, turn, speaker, .. } = entry;
        Self {
            id: entry.id,
            article: Article { title, url, keys },
            selector: Selector { exact: quote, prefix, suffix, start, end, turn, speaker },
            note: entry.note,
            tags: entry.tags,
            highlight: entry.highlight,
            created: entry.created.0,
            edited: entry.edited.map(|edited| edited.0),
        }
    }
}
