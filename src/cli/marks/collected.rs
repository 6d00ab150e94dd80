//! The bookmarks that a command is about → articles with their passages, in text order.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;

use clap::ArgMatches;

use super::plain_tag;
use crate::cli::failure::Failure;
use crate::cli::load::{Input, load};
use crate::cli::options::Options;
use crate::interview::correct::{Corrections, corrected};
use crate::interview::passage::{Found, Searcher};
use crate::interview::{Front, Interview};
use crate::marks::{DocumentKeys, Likeness, Mark, Marks};
use crate::prose::{BlockId, Millis};
use crate::text::fold::find_all;

/// An article and its bookmarks.
#[derive(Debug)]
pub struct Collected<'a> {
    /// What is known of it: without its file, title and address only.
    pub front: Front,
    /// Its bookmarks in text order; those that are not found stand last.
    pub passages: Vec<Passage<'a>>,
}

/// A bookmark.
#[derive(Debug)]
pub struct Passage<'a> {
    /// As it is kept.
    pub mark: &'a Mark,
    /// What became of it in the file; `None` without one.
    pub found: Option<Found>,
    /// Who says it, by the name that the reader gave them.
    pub speaker: Option<String>,
    /// When it was said; known with the file only.
    pub time: Option<Millis>,
}

/// The bookmarks of the article that the command line names, else of all, by title; those that it
/// asks for by tag and text.
pub fn collected<'a>(
    marks: &'a Marks,
    matches: &ArgMatches,
    options: &Options,
) -> Result<Vec<Collected<'a>>, Failure> {
    let mut articles = match matches.get_one::<OsString>("file") {
        Some(file) => vec![in_file(
            marks,
            load(Input::of(file), options.encoding.as_deref(), options)?.interview,
        )],
        None => everywhere(marks),
    };
    let tags: Vec<&str> = matches
        .get_many::<String>("tag")
        .map(|tags| tags.map(|tag| plain_tag(tag)).collect())
        .unwrap_or_default();
    let search = matches.get_one::<String>("search").map(String::as_str);
    for article in &mut articles {
        let front = &article.front;
        article.passages.retain(|passage| {
            tags.iter().all(|tag| is_tagged(passage.mark, tag))
                && search.is_none_or(|text| speaks_of(front, passage, text))
        });
    }
    articles.retain(|article| !article.passages.is_empty());
    Ok(articles)
}

fn is_tagged(mark: &Mark, tag: &str) -> bool {
    mark.tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase())
}

/// Whether a text stands in a passage, its note, its tags, its speaker's name or the title.
fn speaks_of(front: &Front, passage: &Passage<'_>, text: &str) -> bool {
    let mark = passage.mark;
    let names = [passage.speaker.as_deref(), front.title.as_deref()];
    let texts = [mark.selector.exact.as_str(), mark.note.as_str()];
    let all = texts.into_iter().chain(names.into_iter().flatten());
    let mut all = all.chain(mark.tags.iter().map(String::as_str));
    all.any(|place| !find_all(place, text, 1).is_empty())
}

fn in_file(marks: &Marks, interview: Interview) -> Collected<'_> {
    let keys = DocumentKeys::of(&interview);
    let said = marks.corrections(&keys);
    let interview = corrected(interview, &said);
    let searcher = Searcher::new(&interview);
    let passages = marks.of(&keys).into_iter().map(|mark| {
        let found = searcher.find(&mark.selector);
        let block = found.range().and_then(|range| interview.prose.block_at(range.start));
        let name = mark.selector.speaker.as_deref().map(|name| said.called(name));
        Passage {
            mark,
            speaker: name.or_else(|| speaker(&interview, block?)).map(ToOwned::to_owned),
            time: block.and_then(|block| time(&interview, block)),
            found: Some(found),
        }
    });
    let mut passages: Vec<_> = passages.collect();
    let place = |passage: &Passage<'_>| {
        let range = passage.found.as_ref().and_then(Found::range);
        range.map_or(u32::MAX, |range| range.start)
    };
    sort(&mut passages, place);
    Collected { front: interview.front.clone(), passages }
}

fn speaker(interview: &Interview, block: BlockId) -> Option<&str> {
    let turn = interview.turn(interview.turn_of(block)?);
    Some(&interview.speaker(turn.speaker).name)
}

/// When a block was said: the last time in its turn up to there.
fn time(interview: &Interview, block: BlockId) -> Option<Millis> {
    let turn = interview.turn_of(block).map(|turn| interview.turn(turn));
    let from = turn.map_or(block.0, |turn| turn.blocks.start.0);
    let mut blocks = (from..=block.0).rev().map(BlockId);
    let own = blocks.find_map(|block| interview.prose.block(block).time);
    own.or_else(|| turn?.time)
}

fn everywhere(marks: &Marks) -> Vec<Collected<'_>> {
    let mut articles: Vec<Collected<'_>> = by_article(&marks.all)
        .into_iter()
        .map(|group| {
            let said = corrections(marks, &group);
            // What was read in the article goes before what another program says of it.
            let (read, said_of) =
                group.iter().partition::<Vec<&Mark>, _>(|mark| !mark.article.keys.hash.is_empty());
            let first = |part: fn(&Mark) -> Option<&String>| {
                read.iter().chain(&said_of).find_map(|mark| part(mark)).cloned()
            };
            let front = Front {
                title: first(|mark| mark.article.title.as_ref()),
                url: first(|mark| mark.article.url.as_ref()),
                ..Front::default()
            };
            let mut passages: Vec<_> = group.iter().map(|&mark| passage(mark, &said)).collect();
            sort(&mut passages, |_| 0);
            Collected { front, passages }
        })
        .collect();
    // The sort is stable: of one title, that which was marked first.
    articles.sort_by(|a, b| a.front.title.cmp(&b.front.title));
    articles
}

fn passage<'a>(mark: &'a Mark, said: &Corrections) -> Passage<'a> {
    let name = mark.selector.speaker.as_deref();
    let speaker = name.map(|name| said.called(name).to_owned());
    Passage { mark, found: None, speaker, time: None }
}

fn sort(passages: &mut [Passage<'_>], place: impl Fn(&Passage<'_>) -> u32) {
    passages.sort_by(|a, b| {
        let key = |passage: &Passage<'_>| (place(passage), passage.mark.selector.start);
        (key(a), &a.mark.id).cmp(&(key(b), &b.mark.id))
    });
}

/// What was said of the speakers of an article that is not at hand.
fn corrections(marks: &Marks, group: &[&Mark]) -> Corrections {
    let keys = group.iter().map(|mark| &mark.article.keys).find(|keys| !keys.hash.is_empty());
    match keys {
        Some(keys) if marks.has_corrections() => marks.corrections(keys),
        _ => Corrections::default(),
    }
}

/// The bookmarks of each article, oldest first; the article marked first comes first.
fn by_article(marks: &[Mark]) -> Vec<Vec<&Mark>> {
    let mut groups: Vec<Vec<&Mark>> = Vec::new();
    let mut known = Known::default();
    for mark in marks {
        let at = known.group(mark).unwrap_or(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(mark),
            None => groups.push(vec![mark]),
        }
        known.add(mark, at);
    }
    groups
}

/// The keys that articles are known by, with what finds those that may be alike: two without a
/// common address and a common shingle are not.
#[derive(Default)]
struct Known<'a> {
    /// A bookmark with each of them, and its group.
    keys: Vec<(&'a Mark, usize)>,
    by_hash: HashMap<&'a str, usize>,
    by_address: HashMap<&'a str, Vec<usize>>,
    by_shingle: HashMap<u32, Vec<usize>>,
}

impl<'a> Known<'a> {
    /// The group that a bookmark belongs to.
    fn group(&self, mark: &Mark) -> Option<usize> {
        let keys = &mark.article.keys;
        if let Some(&at) = self.by_hash.get(keys.hash.as_str()) {
            return Some(at);
        }
        let addressed = address(mark).and_then(|address| self.by_address.get(address));
        let shingled = keys.sketch.iter().filter_map(|shingle| self.by_shingle.get(shingle));
        let candidates: BTreeSet<usize> =
            addressed.into_iter().chain(shingled).flatten().copied().collect();
        let mut candidates = candidates.into_iter().map(|at| self.keys[at]);
        candidates.find(|(other, _)| is_of_same_article(mark, other)).map(|(_, group)| group)
    }

    fn add(&mut self, mark: &'a Mark, group: usize) {
        let keys = &mark.article.keys;
        let at = self.keys.len();
        match keys.hash.as_str() {
            // All that have nothing but one address are alike: the first stands for them.
            "" => {
                let theirs = address(mark).and_then(|address| self.by_address.get(address));
                if theirs.is_some_and(|theirs| theirs.iter().any(|&at| self.keys[at].1 == group)) {
                    return;
                }
            }
            hash => match self.by_hash.entry(hash) {
                Entry::Occupied(_) => return,
                Entry::Vacant(entry) => {
                    entry.insert(group);
                }
            },
        }
        self.keys.push((mark, group));
        if let Some(address) = address(mark) {
            self.by_address.entry(address).or_default().push(at);
        }
        for &shingle in &keys.sketch {
            self.by_shingle.entry(shingle).or_default().push(at);
        }
    }
}

/// The address that a bookmark's article is known by: the canonical one, else as it is written.
fn address(mark: &Mark) -> Option<&str> {
    mark.article.keys.url.as_deref().or(mark.article.url.as_deref())
}

fn is_of_same_article(a: &Mark, b: &Mark) -> bool {
    let (a, b) = (&a.article, &b.article);
    let nothing_known = a.keys.hash.is_empty() && a.keys.url.is_none();
    let as_written = a.url.is_some() && a.url == b.url;
    a.keys.likeness(&b.keys) == Likeness::Same
        || nothing_known && b.keys.hash.is_empty() && as_written
}
