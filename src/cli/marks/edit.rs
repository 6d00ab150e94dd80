//! `fangtan marks edit`: another note, other tags, another kind of highlight.

use clap::ArgMatches;

use super::add::highlight;
use super::{named, tags};
use crate::cli::failure::Failure;
use crate::cli::ledger::{not_saved, now};
use crate::cli::options::Options;
use crate::marks::{Change, Home, Marks};

/// Changes what the command line gives of a bookmark, and nothing else of it.
pub fn run(
    mut marks: Marks,
    home: &Home,
    matches: &ArgMatches,
    options: &Options,
) -> Result<(), Failure> {
    let id = named(&marks, matches, options)?;
    let change = Change {
        note: matches.get_one::<String>("note").cloned(),
        tags: tags(matches),
        highlight: highlight(matches),
        selector: None,
    };
    let edited = marks.edit(home, now(), &id, change);
    edited.map(drop).map_err(|error| Failure::new(not_saved(&error), &options.words))
}
