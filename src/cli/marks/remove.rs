//! `fangtan marks remove`.

use clap::ArgMatches;

use super::{named, not_written};
use crate::cli::failure::Failure;
use crate::cli::ledger::now;
use crate::cli::options::Options;
use crate::marks::{Home, Marks};

/// Removes a bookmark.
pub fn run(
    mut marks: Marks,
    home: &Home,
    matches: &ArgMatches,
    options: &Options,
) -> Result<(), Failure> {
    let id = named(&marks, matches, options)?;
    let removed = marks.remove(home, now(), &id);
    removed.map_err(|error| not_written(&error, options))
}
