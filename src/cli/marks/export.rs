//! `fangtan marks export`: bookmarks as a document to keep, as our JSON, or as annotations.

use clap::ArgMatches;

use super::collected::{Collected, collected};
use super::{annotations, document, exchange};
use crate::cli::failure::Failure;
use crate::cli::options::Options;
use crate::cli::out::Out;
use crate::marks::{Mark, Marks};

/// Prints the bookmarks in the format that is asked for. The same bookmarks always give the same
/// bytes.
pub fn run(marks: &Marks, matches: &ArgMatches, options: &Options) -> Result<(), Failure> {
    let articles = collected(marks, matches, options)?;
    let text = match matches.get_one::<String>("to").map(String::as_str) {
        Some("json") => exchange::written(all(&articles)),
        Some("w3c") => {
            let named = matches.contains_id("file").then(|| articles.first()).flatten();
            let title = named.and_then(|article| article.front.title.as_deref());
            annotations::written(title.unwrap_or("fangtan"), all(&articles))
        }
        _ => document::document(&articles, &options.words),
    };
    Out::new().bytes(text.as_bytes())
}

fn all<'a>(articles: &'a [Collected<'_>]) -> impl Iterator<Item = &'a Mark> {
    articles.iter().flat_map(|article| &article.passages).map(|passage| passage.mark)
}
