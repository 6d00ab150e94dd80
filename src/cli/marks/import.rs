//! `fangtan marks import`: our JSON, or annotations of any program → bookmarks on disk, each under
//! its own id, so that a second time changes nothing.

use std::collections::HashMap;
use std::ffi::OsString;

use clap::ArgMatches;
use serde_json::Value;

use super::annotated::{Annotated, annotated, annotations};
use super::{exchange, not_written};
use crate::cli::failure::Failure;
use crate::cli::ledger::now;
use crate::cli::load::{Input, source};
use crate::cli::options::Options;
use crate::cli::out::Out;
use crate::marks::{Home, Mark, Marks};
use crate::source::{Decoded, Source};
use crate::text::Clean;
use crate::words::Message;

/// Takes the bookmarks of a file, and says how many are new.
pub fn run(
    mut marks: Marks,
    home: &Home,
    matches: &ArgMatches,
    options: &Options,
) -> Result<(), Failure> {
    let words = &options.words;
    let file = matches.get_one::<OsString>("file").cloned().unwrap_or_default();
    let input = Input::of(&file);
    let name = input.name();
    let Source { text, decoded } = source(&input, options.encoding.as_deref(), options)?;
    // JSON is UTF-8: what is guessed or mended would be kept for years.
    if decoded != Decoded::Plain && options.encoding.is_none() {
        return Err(Failure::new(Message::new("import-encoding").with("file", &name), words));
    }
    let read = read(&text, &name, &marks).map_err(|said| Failure::new(said, words))?;
    let done = marks.import(home, now(), read.marks);
    let done = done.map_err(|error| not_written(&error, options))?;
    let said = Message::new("imported")
        .with("added", done.added)
        .with("changed", done.changed)
        .with("same", done.same)
        .with("passed", read.passed_over);
    Out::new().bytes(format!("{}\n", words.say(&said)).as_bytes())
}

/// What a file has for us.
struct Read {
    marks: Vec<Mark>,
    /// How many annotations mark no passage.
    passed_over: usize,
}

fn read(text: &str, name: &Clean, known: &Marks) -> Result<Read, Message> {
    let wrong = |error: &serde_json::Error| {
        let why = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        Message::new("import-bad")
            .with("file", name)
            .with("line", error.line())
            .with("why", why.strip_suffix(&place).unwrap_or(&why))
    };
    let value: Value = serde_json::from_str(text).map_err(|error| wrong(&error))?;
    if value.get("fangtan").and_then(Value::as_str) == Some("marks") {
        let version = value.get("version").and_then(Value::as_u64);
        if version.is_some_and(|version| version > exchange::VERSION) {
            return Err(Message::new("import-later").with("file", name));
        }
        let marks = exchange::read(text).map_err(|error| wrong(&error))?;
        return Ok(Read { marks: latest(marks), passed_over: 0 });
    }
    let all = annotations(&value);
    let all = all.ok_or_else(|| Message::new("import-unknown").with("file", name))?;
    let passages: Vec<Vec<Annotated>> =
        all.iter().map(|annotation| annotated(annotation)).collect();
    let passed_over = passages.iter().filter(|passages| passages.is_empty()).count();
    if passed_over == all.len() && !all.is_empty() {
        return Err(Message::new("import-no-quotes").with("file", name));
    }
    let marks = passages.into_iter().flatten().map(|one| dated(one, known)).collect();
    Ok(Read { marks: latest(marks), passed_over })
}

/// The bookmark with a time: where its program gives none, that at which it first came here.
fn dated(one: Annotated, known: &Marks) -> Mark {
    let first = known.all.iter().find(|mark| mark.id == one.mark.id).map(|mark| mark.created);
    let created = one.created.or(first).unwrap_or_else(now);
    Mark { created, ..one.mark }
}

/// Of bookmarks with one id, which a merge by line may bring together, that which changed last.
fn latest(marks: Vec<Mark>) -> Vec<Mark> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Mark> = Vec::new();
    let time = |mark: &Mark| mark.edited.unwrap_or(mark.created);
    for mark in marks {
        match places.get(&mark.id).map(|&at| &mut kept[at]) {
            Some(old) if time(old) <= time(&mark) => *old = mark,
            Some(_) => {}
            None => {
                places.insert(mark.id.clone(), kept.len());
                kept.push(mark);
            }
        }
    }
    kept
}
