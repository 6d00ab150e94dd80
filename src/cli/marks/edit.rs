//! `fangtan marks edit`: another note, other tags, another kind of highlight.

use clap::ArgMatches;

use super::add::highlight;
use super::{named, not_written, tags};
use crate::cli::failure::Failure;
use crate::cli::ledger::now;
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
    edited.map(drop).map_err(|error| not_written(&error, options))
}
