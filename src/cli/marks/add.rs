//! `fangtan marks add`: a quote → a bookmark on disk.

use std::ffi::OsString;
use std::ops::Range;

use clap::ArgMatches;

use super::{not_written, tags};
use crate::cli::failure::Failure;
use crate::cli::ledger::{article, now};
use crate::cli::load::{Input, load};
use crate::cli::options::Options;
use crate::cli::out::Out;
use crate::interview::passage::{Searcher, Selector, select};
use crate::marks::{DocumentKeys, Draft, Highlight, Home, Marks};
use crate::text::fold::find_all;
use crate::words::Message;

/// Adds a bookmark and prints its id.
pub fn run(
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
        tags: tags(matches).unwrap_or_default(),
        highlight: highlight(matches).unwrap_or_default(),
    };
    let mark = marks.add(home, now(), draft).map_err(|error| not_written(&error, options))?;
    Out::new().bytes(format!("{}\n", mark.id).as_bytes())
}

/// The kind of highlight that is asked for.
pub fn highlight(matches: &ArgMatches) -> Option<Highlight> {
    Highlight::numbered(matches.get_one::<u32>("highlight").copied()?)
}
