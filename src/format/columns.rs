//! A table of comma- or tab-separated values (RFC 4180) with a column of speakers → [`Document`]:
//! its rows are read as the objects of a JSON transcript are.

use std::collections::HashSet;

use super::piece::{folded, has_text};
use super::value::{Object, Value};
use super::{Document, json};
use crate::prose::Builder;

/// What stands between columns.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// Reads a text as a table whose first row names a column of speakers and one of what they say;
/// `None` when it has none.
pub fn read(text: &str) -> Option<Document> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let first = text.lines().next()?;
    // No sentence names both, so that a long first line need not be looked through.
    if first.len() > 1024 {
        return None;
    }
    DELIMITERS.iter().find_map(|&delimiter| {
        let names: Vec<&str> = first.split(char::from(delimiter)).collect();
        let bare = |name: &&&str| name.trim().trim_matches('"').to_owned();
        let is_table = names.iter().any(|name| is_speaker(&bare(&name)))
            && names.iter().any(|name| has_text(&bare(&name)));
        is_table.then(|| rows(text, delimiter)).flatten()
    })
}

/// Whether a column of this name says who speaks: `name`, `user` and `role` stand in tables of
/// anything.
fn is_speaker(name: &str) -> bool {
    let name = folded(name);
    name.starts_with("speaker")
        || ["participant", "participantname", "spk", "who"].contains(&&*name)
}

fn rows(text: &str, delimiter: u8) -> Option<Document> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        // Between tabs a quote is one of the text's.
        .quoting(delimiter != b'\t')
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let names = reader.headers().ok()?.clone();
    // With more cells than names, or one name twice, something would be left out.
    let unique: HashSet<&str> = names.iter().collect();
    if unique.len() < names.len() {
        return None;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        if record.len() > names.len() {
            return None;
        }
        let cells = names.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        let row = cells
            .map(|(name, cell)| (name.to_owned().into(), Value::String(cell.to_owned().into())));
        rows.push(Value::Object(Object(row.collect())));
    }
    let mut document = json::document_of(Value::Array(rows), Builder::new())?;
    document.format = "csv";
    Some(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<Vec<String>> {
        Some(read(text)?.voices.into_iter().map(|voice| voice.name).collect())
    }

    #[test]
    fn a_column_of_speakers_and_one_of_words() {
        let text = "\u{FEFF}\"Speaker\",Time,Words\r\nAnn,0:05,\"Well, \"\"yes\"\".\"\r\nBo,0:09,No.\r\n,0:12,No.\r\n";
        let document = read(text).unwrap();
        assert_eq!(document.prose.text(), "Well, \"yes\".\nNo.\nNo.\n");
        assert_eq!(document.voices[1].time.map(|time| time.0), Some(9000));
        let expected = vec!["Ann".to_owned(), "Bo".to_owned()];
        assert_eq!(names("speaker\ttext\nAnn\tYes, or.\nBo\tNo.\n"), Some(expected));
        for none in [
            "speaker",
            "speaker,text",
            "a,b\nc,d",
            "name,age\nAnn,3",
            "name,text\nAnn,Hi",
            "speaker,text\nAnn,Well, yes",
            "",
            "Ann, hello\n",
        ] {
            assert_eq!(names(none), None, "{none}");
        }
    }
}
