//! `fangtan marks`: bookmarks on the command line.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::Write as _;
use std::ops::Range;

use clap::ArgMatches;
use serde::Serialize;

use super::failure::Failure;
use super::ledger::{article, not_saved, now, unread};
use super::load::{Input, load};
use super::options::Options;
use super::out::Out;
use crate::interview::correct::Corrections;
use crate::interview::passage::{Found, Searcher, Selector, select};
use crate::marks::{DocumentKeys, Draft, Highlight, Home, Mark, Marks};
use crate::text::Clean;
use crate::text::fold::find_all;
use crate::words::Message;

/// Does what a subcommand of `marks` says.
pub fn run(matches: &ArgMatches, options: &Options) -> Result<(), Failure> {
    let words = &options.words;
    let home = Home::of_user().ok_or_else(|| Failure::new(Message::new("no-home"), words))?;
    let marks = Marks::load(&home).map_err(|error| {
        Failure::new(Message::new("marks-unread").with("why", error.to_string()), words)
    })?;
    if let Some(unread) = unread(&marks) {
        let _ = writeln!(std::io::stderr(), "fangtan: {}", Clean::line(&words.say(&unread)));
    }
    match matches.subcommand() {
        Some(("list", sub)) => list(&marks, sub, options),
        Some(("add", sub)) => add(marks, &home, sub, options),
        Some(("remove", sub)) => remove(marks, &home, sub, options),
        _ => Ok(()),
    }
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    article: Head<'a>,
    quote: &'a str,
    prefix: &'a str,
    suffix: &'a str,
    turn: Option<u32>,
    speaker: Option<&'a str>,
    note: &'a str,
    tags: &'a [String],
    created: String,
    edited: Option<String>,
    found: Option<&'static str>,
}

#[derive(Serialize)]
struct Head<'a> {
    title: Option<&'a str>,
    url: Option<&'a str>,
}

fn list(marks: &Marks, matches: &ArgMatches, options: &Options) -> Result<(), Failure> {
    let mut rows: Vec<(u32, &Mark, Option<Found>)> = match matches.get_one::<OsString>("file") {
        Some(file) => {
            let interview = load(Input::of(file), options.encoding.as_deref(), options)?.interview;
            let keys = DocumentKeys::of(&interview);
            let searcher = Searcher::new(&interview);
            let found = |mark| {
                let found = searcher.find(&Mark::clone(mark).selector);
                (found.range().map_or(u32::MAX, |range| range.start), mark, Some(found))
            };
            marks.of(&keys).into_iter().map(found).collect()
        }
        None => marks.all.iter().map(|mark| (mark.selector.start, mark, None)).collect(),
    };
    rows.sort_by(|a, b| {
        let title = |mark: &Mark| mark.article.title.clone();
        (title(a.1), a.0, &a.1.id).cmp(&(title(b.1), b.0, &b.1.id))
    });
    let mut said: HashMap<&str, Corrections> = HashMap::new();
    for (_, mark, _) in &rows {
        let keys = &mark.article.keys;
        said.entry(&keys.hash).or_insert_with(|| marks.corrections(keys));
    }
    if !matches.get_flag("json") {
        return Out::new().bytes(table(&rows, &said).as_bytes());
    }
    let rows: Vec<Row<'_>> =
        rows.iter().map(|(_, mark, found)| row(mark, found.as_ref(), &said)).collect();
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text.push('\n');
    Out::new().bytes(text.as_bytes())
}

/// Who says a bookmark's passage, by the name that the reader gave them.
fn speaker<'a>(mark: &'a Mark, said: &'a HashMap<&str, Corrections>) -> Option<&'a str> {
    let name = mark.selector.speaker.as_deref()?;
    Some(said.get(mark.article.keys.hash.as_str()).map_or(name, |said| said.called(name)))
}

fn row<'a>(mark: &'a Mark, found: Option<&Found>, said: &'a HashMap<&str, Corrections>) -> Row<'a> {
    let time = |ms: i64| jiff::Timestamp::from_millisecond(ms).unwrap_or_default().to_string();
    Row {
        id: &mark.id,
        article: Head { title: mark.article.title.as_deref(), url: mark.article.url.as_deref() },
        quote: &mark.selector.exact,
        prefix: &mark.selector.prefix,
        suffix: &mark.selector.suffix,
        turn: mark.selector.turn,
        speaker: speaker(mark, said),
        note: &mark.note,
        tags: &mark.tags,
        created: time(mark.created),
        edited: mark.edited.map(time),
        found: found.map(|found| match found {
            Found::Exact(_) => "exact",
            Found::Near(_) => "near",
            Found::Lost => "lost",
        }),
    }
}

/// An article's title, then its bookmarks: id, speaker, quote, note.
fn table(rows: &[(u32, &Mark, Option<Found>)], said: &HashMap<&str, Corrections>) -> String {
    let mut out = String::new();
    let mut last = None;
    for (_, mark, found) in rows {
        let title = mark.article.title.as_deref().unwrap_or("-");
        if last != Some(title) {
            if last.is_some() {
                out.push('\n');
            }
            out.push_str(&format!("{}\n", Clean::line(title)));
            last = Some(title);
        }
        let speaker = speaker(mark, said).unwrap_or("-");
        let sign = match found {
            Some(Found::Near(_)) => "~ ",
            Some(Found::Lost) => "? ",
            _ => "",
        };
        let quote = Clean::line(&mark.selector.exact);
        out.push_str(&format!("{}  {}  {sign}{quote}", mark.id, Clean::line(speaker)));
        if !mark.note.is_empty() {
            out.push_str(&format!("  [{}]", Clean::line(&mark.note)));
        }
        for tag in &mark.tags {
            out.push_str(&format!("  #{}", Clean::line(tag)));
        }
        out.push('\n');
    }
    out
}

fn add(
    mut marks: Marks,
    home: &Home,
    matches: &ArgMatches,
    options: &Options,
) -> Result<(), Failure> {
    let words = &options.words;
    let text = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let file = matches.get_one::<OsString>("file").cloned().unwrap_or_default();
    let loaded = load(Input::of(&file), options.encoding.as_deref(), options)?;
    let quote = text("quote");
    let interview = &loaded.interview;
    let found: Option<Range<u32>> =
        find_all(interview.prose.text(), &quote, 1).first().cloned().or_else(|| {
            let selector = Selector { exact: quote.clone(), ..Selector::default() };
            Searcher::new(interview).find(&selector).range()
        });
    let Some(range) = found else {
        let said = Message::new("quote-not-found").with("file", &loaded.name);
        return Err(Failure::new(said.with("quote", quote), words));
    };
    let draft = Draft {
        article: article(interview, DocumentKeys::of(interview)),
        selector: select(interview, range),
        note: text("note"),
        tags: matches.get_many::<String>("tag").into_iter().flatten().cloned().collect(),
        highlight: Highlight::default(),
    };
    let mark =
        marks.add(home, now(), draft).map_err(|error| Failure::new(not_saved(&error), words))?;
    Out::new().bytes(format!("{}\n", mark.id).as_bytes())
}

fn remove(
    mut marks: Marks,
    home: &Home,
    matches: &ArgMatches,
    options: &Options,
) -> Result<(), Failure> {
    let words = &options.words;
    let id = matches.get_one::<String>("id").cloned().unwrap_or_default();
    if !marks.all.iter().any(|mark| mark.id == id) {
        return Err(Failure::new(Message::new("no-such-mark").with("id", id), words));
    }
    marks.remove(home, now(), &id).map_err(|error| Failure::new(not_saved(&error), words))
}
