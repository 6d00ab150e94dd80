//! `fangtan marks list`: bookmarks as a table for people, or as JSON.

use clap::ArgMatches;
use serde::Serialize;

use super::collected::{Collected, Passage, collected};
use super::moment::Moment;
use crate::cli::failure::Failure;
use crate::cli::options::Options;
use crate::cli::out::Out;
use crate::interview::passage::Found;
use crate::marks::Marks;
use crate::text::Clean;

/// Prints the bookmarks.
pub fn run(marks: &Marks, matches: &ArgMatches, options: &Options) -> Result<(), Failure> {
    let articles = collected(marks, matches, options)?;
    if !matches.get_flag("json") {
        return Out::new().bytes(table(&articles).as_bytes());
    }
    let rows: Vec<Row<'_>> =
        articles.iter().flat_map(|article| &article.passages).map(row).collect();
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text.push('\n');
    Out::new().bytes(text.as_bytes())
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
    highlight: u8,
    created: Moment,
    edited: Option<Moment>,
    found: Option<&'static str>,
}

#[derive(Serialize)]
struct Head<'a> {
    title: Option<&'a str>,
    url: Option<&'a str>,
}

fn row<'a>(passage: &'a Passage<'_>) -> Row<'a> {
    let mark = passage.mark;
    Row {
        id: &mark.id,
        article: Head { title: mark.article.title.as_deref(), url: mark.article.url.as_deref() },
        quote: &mark.selector.exact,
        prefix: &mark.selector.prefix,
        suffix: &mark.selector.suffix,
        turn: mark.selector.turn,
        speaker: passage.speaker.as_deref(),
        note: &mark.note,
        tags: &mark.tags,
        highlight: mark.highlight.number(),
        created: Moment(mark.created),
        edited: mark.edited.map(Moment),
        found: passage.found.as_ref().map(|found| match found {
            Found::Exact(_) => "exact",
            Found::Near(_) => "near",
            Found::Lost => "lost",
        }),
    }
}

/// An article's title, then its bookmarks: id, kind of highlight, speaker, quote, note, tags. Before
/// a quote that was edited in the text stands `~`, before one that is not there `?`.
fn table(articles: &[Collected<'_>]) -> String {
    let mut out = String::new();
    for article in articles {
        if !out.is_empty() {
            out.push('\n');
        }
        let passages = &article.passages;
        let named = passages.iter().find_map(|passage| passage.mark.article.title.as_deref());
        let title = article.front.title.as_deref().or(named).unwrap_or("-");
        out.push_str(&format!("{}\n", Clean::line(title)));
        for passage in passages {
            let mark = passage.mark;
            let speaker = Clean::line(passage.speaker.as_deref().unwrap_or("-"));
            let sign = match passage.found {
                Some(Found::Near(_)) => "~ ",
                Some(Found::Lost) => "? ",
                _ => "",
            };
            let (kind, quote) = (mark.highlight.number(), Clean::line(&mark.selector.exact));
            out.push_str(&format!("{}  {kind}  {speaker}  {sign}{quote}", Clean::line(&mark.id)));
            if !mark.note.is_empty() {
                out.push_str(&format!("  [{}]", Clean::line(&mark.note)));
            }
            for tag in &mark.tags {
                out.push_str(&format!("  #{}", Clean::line(tag)));
            }
            out.push('\n');
        }
    }
    out
}
