//! `fangtan marks`: bookmarks on the command line, one file for each verb.

mod add;
mod annotated;
mod annotations;
mod collected;
mod document;
mod edit;
mod exchange;
mod export;
mod import;
mod layout;
mod list;
mod moment;
mod names;
mod remove;

use std::io::{self, Write as _};

use clap::ArgMatches;

use super::failure::Failure;
use super::ledger::damaged;
use super::options::Options;
use crate::marks::{Home, Marks};
use crate::text::Clean;
use crate::words::Message;

/// Does what a subcommand of `marks` says.
pub fn run(matches: &ArgMatches, options: &Options) -> Result<(), Failure> {
    let words = &options.words;
    let home = Home::of_user().ok_or_else(|| Failure::new(Message::new("no-home"), words))?;
    let marks = Marks::load(&home).map_err(|error| {
        Failure::new(Message::new("marks-unread").with("why", error.to_string()), words)
    })?;
    if let Some(wrong) = damaged(&marks) {
        let _ = writeln!(std::io::stderr(), "fangtan: {}", Clean::line(&words.say(&wrong)));
    }
    match matches.subcommand() {
        Some(("list", sub)) => list::run(&marks, sub, options),
        Some(("add", sub)) => add::run(marks, &home, sub, options),
        Some(("edit", sub)) => edit::run(marks, &home, sub, options),
        Some(("remove", sub)) => remove::run(marks, &home, sub, options),
        Some(("export", sub)) => export::run(&marks, sub, options),
        Some(("import", sub)) => import::run(marks, &home, sub, options),
        _ => Ok(()),
    }
}

/// Why nothing was kept, for one who has to do it again.
fn not_written(error: &io::Error, options: &Options) -> Failure {
    Failure::new(Message::new("not-written").with("why", error.to_string()), &options.words)
}

/// The id of the bookmark that the command line names: letters count the same in both cases.
fn named(marks: &Marks, matches: &ArgMatches, options: &Options) -> Result<String, Failure> {
    let id = matches.get_one::<String>("id").cloned().unwrap_or_default();
    let known = marks.all.iter().find(|mark| mark.id.eq_ignore_ascii_case(&id));
    known
        .map(|mark| mark.id.clone())
        .ok_or_else(|| Failure::new(Message::new("no-such-mark").with("id", id), &options.words))
}

/// The tags of the command line as they are kept: without `#`, blanks at the ends and repetitions;
/// `None` where none are given. An empty one is no tag, so `--tag ""` alone gives none.
fn tags(matches: &ArgMatches) -> Option<Vec<String>> {
    let given = matches.get_many::<String>("tag")?;
    let mut tags: Vec<String> = Vec::new();
    for tag in given.map(|tag| plain_tag(tag)) {
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    Some(tags)
}

/// A tag without `#` before it and blanks around it.
fn plain_tag(tag: &str) -> &str {
    tag.trim().trim_start_matches(['#', '＃']).trim()
}
