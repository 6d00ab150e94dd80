//! `fangtan keys`: the effective keymap, with each command's sentence.

use std::io::Write;

use serde::Serialize;

use super::failure::Failure;
use super::options::Options;
use super::out::Out;
use crate::command::Context;
use crate::keymap::Keymap;
use crate::text::width::{Profile, width};
use crate::words::{Message, Words};

#[derive(Serialize)]
struct Row {
    context: &'static str,
    keys: String,
    command: &'static str,
    number: Option<u32>,
    sentence: String,
}

/// Prints the keys, as a table or as JSON; what is wrong in the user's keymap goes to standard
/// error.
pub fn run(options: &Options, json: bool) -> Result<(), Failure> {
    for warning in &options.warnings {
        let line = options.words.say(&warning.message);
        let _ = writeln!(std::io::stderr(), "fangtan: {line}");
    }
    if !json {
        return Out::new().bytes(table(&options.keymap, &options.words).as_bytes());
    }
    let rows: Vec<Row> = options
        .keymap
        .bindings()
        .iter()
        .map(|binding| Row {
            context: binding.context.name(),
            keys: binding.name(),
            command: binding.command.name(),
            number: binding.number,
            sentence: options.words.sentence(binding.command).into_owned(),
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&rows).map_err(|error| {
        Failure::new(Message::new("failed").with("why", error.to_string()), &options.words)
    })?;
    text.push('\n');
    Out::new().bytes(text.as_bytes())
}

fn table(keymap: &Keymap, words: &Words) -> String {
    let mut out = String::new();
    for context in Context::ALL {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("[{}]\n", context.name()));
        let rows: Vec<(String, &str, String)> = keymap
            .rows(context)
            .into_iter()
            .map(|row| {
                let sentence = words.sentence(row.command).into_owned();
                (row.chords.join("  "), row.command.name(), sentence)
            })
            .collect();
        let cells = |text: &str| usize::from(width(text, Profile::NARROW));
        let keys = rows.iter().map(|row| cells(&row.0)).max().unwrap_or(0);
        let names = rows.iter().map(|row| cells(row.1)).max().unwrap_or(0);
        for (chords, name, sentence) in rows {
            let pad = " ".repeat(keys - cells(&chords));
            out.push_str(&format!("{chords}{pad}  {name:names$}  {sentence}\n"));
        }
    }
    out
}
