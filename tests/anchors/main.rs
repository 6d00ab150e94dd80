//! The protocol of passages: bookmarks of three lengths in articles of eight languages, looked for
//! after each of ten changes, and judged by where every single character went.
//!
//! `just anchors` prints the whole table; `FANGTAN_ARTICLES=folder just anchors` that of other
//! articles, and `FANGTAN_SHOW=1` every passage that was wrong or lost. `cargo test` goes through a
//! part of it. The thresholds are of all articles together.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod articles;
mod changes;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::{AddAssign, Range};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use articles::{Article, articles};
use changes::{Built, CHANGES, Change, Dice, Traced, changed};
use fangtan::interview::passage::{Searcher, select};

/// The lengths of passages, in characters that are not white space.
const LENGTHS: [(usize, usize); 3] = [(2, 5), (8, 20), (30, 120)];

/// What became of the passages of a cell.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Found where they are, or not found because they are gone.
    right: u32,
    /// Found where they are not.
    wrong: u32,
    /// Not found although they are there.
    lost: u32,
    time: Duration,
    longest: Duration,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.lost += other.lost;
        self.time += other.time;
        self.longest = self.longest.max(other.longest);
    }
}

impl Tally {
    /// How many passages it is of; one where it is of none.
    fn count(&self) -> u32 {
        (self.right + self.wrong + self.lost).max(1)
    }

    fn percent(&self, part: u32) -> f64 {
        f64::from(part) * 100.0 / f64::from(self.count())
    }

    fn mean(&self) -> f64 {
        self.time.as_secs_f64() * 1000.0 / f64::from(self.count())
    }
}

/// The tallies of an article, by length and change.
type Tallies = [[Tally; CHANGES.len()]; LENGTHS.len()];

/// Passages of an article, as ranges of characters: half of them begin where a sentence does.
fn passages(
    before: &Built,
    length: (usize, usize),
    count: usize,
    dice: &mut Dice,
) -> Vec<Range<usize>> {
    let glyphs = &before.glyphs;
    let mut out = HashSet::new();
    let mut kept = Vec::new();
    for _ in 0..count * 200 {
        if kept.len() == count {
            break;
        }
        let mut start = dice.below(glyphs.len());
        if dice.throw(50) {
            let ends = |c: char| matches!(c, '\n' | '。' | '？' | '！' | '.' | '?' | '!' | '：');
            start -= glyphs[..start].iter().rev().take_while(|glyph| !ends(glyph.c)).count();
        }
        let want = length.0 + dice.below(length.1 - length.0 + 1);
        let mut letters = 0;
        let mut end = start;
        while letters < want && end < glyphs.len() && glyphs[end].c != '\n' {
            letters += usize::from(!glyphs[end].c.is_whitespace());
            end += 1;
        }
        let white = |at: usize| glyphs[at].c.is_whitespace();
        while start < end && white(start) {
            start += 1;
        }
        // Punctuation alone is nothing that anyone marks.
        let says = glyphs[start..end].iter().any(|glyph| glyph.c.is_alphanumeric());
        if letters >= length.0 && says && out.insert(start..end) {
            kept.push(start..end);
        }
    }
    kept
}

/// Looks for `count` passages of each length after each change.
fn tallies(number: usize, article: &Article, count: usize) -> Tallies {
    let traced = Traced::new(&article.paragraphs);
    let before = traced.build();
    let mut out = Tallies::default();
    for (row, &(change, _)) in CHANGES.iter().enumerate() {
        let after = changed(&traced, change, &mut Dice::new(&[number, row])).build();
        let mut places = vec![None; before.glyphs.len()];
        for (at, glyph) in after.glyphs.iter().enumerate() {
            if let Some(origin) = glyph.origin {
                places[origin as usize] = Some(at);
            }
        }
        let searcher = Searcher::new(&after.interview);
        for (column, &length) in LENGTHS.iter().enumerate() {
            let mut dice = Dice::new(&[number, row, column]);
            for passage in passages(&before, length, count, &mut dice) {
                let bytes = before.starts[passage.start] as u32..before.starts[passage.end] as u32;
                let selector = select(&before.interview, bytes);
                let begun = Instant::now();
                let found = searcher.find(&selector).range();
                let time = begun.elapsed();
                let found = found.map(|range| after.glyphs_in(range));
                let mut tally = judged(&before, &after, &places[passage.clone()], passage, found);
                if tally.wrong + tally.lost > 0 && std::env::var_os("FANGTAN_SHOW").is_some() {
                    let what = if tally.wrong > 0 { "wrong" } else { "lost" };
                    println!("{what} | {} | {change:?} | {:?}", article.name, selector.exact);
                }
                (tally.time, tally.longest) = (time, time);
                out[column][row] += tally;
            }
        }
    }
    out
}

/// A passage is right where what was found shares more than half with what is left of it; not to
/// find it is right, too, when less than half of its characters are left.
fn judged(
    before: &Built,
    after: &Built,
    places: &[Option<usize>],
    passage: Range<usize>,
    found: Option<Range<usize>>,
) -> Tally {
    let letters =
        |range: Range<usize>| before.glyphs[range].iter().filter(|g| !g.c.is_whitespace()).count();
    let left = places
        .iter()
        .flatten()
        .filter(|&&at| after.glyphs[at].intact && !after.glyphs[at].c.is_whitespace());
    let is_left = left.count() * 2 >= letters(passage);
    let ends = places.iter().flatten().min().zip(places.iter().flatten().max());
    let place = ends.map_or(0..0, |(&first, &last)| first..last + 1);
    let Some(found) = found else {
        return match is_left {
            true => Tally { lost: 1, ..Tally::default() },
            false => Tally { right: 1, ..Tally::default() },
        };
    };
    let shared = found.end.min(place.end).saturating_sub(found.start.max(place.start));
    match shared * 2 > place.len().max(found.len()) {
        true => Tally { right: 1, ..Tally::default() },
        false => Tally { wrong: 1, ..Tally::default() },
    }
}

/// The tallies of all articles, as many at once as there are processors.
fn all(articles: &[Article], count: usize) -> Vec<Tallies> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(article) = articles.get(number) else { return done };
            done.push((number, tallies(number, article, count)));
        }
    };
    let mut done: Vec<(usize, Tallies)> = std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, tallies)| tallies).collect()
}

/// What does not reach the thresholds, by more than so many standard errors of the sample.
fn faults(done: &[Tallies], errors: f64) -> Vec<String> {
    let mut faults = Vec::new();
    for (column, (from, to)) in LENGTHS.iter().enumerate() {
        for (row, (change, name)) in CHANGES.iter().enumerate() {
            let sum = sum(done.iter().map(|tallies| tallies[column][row]));
            let (right, wrong) = (sum.percent(sum.right), sum.percent(sum.wrong));
            let (least, most) = match (from, change) {
                (2, _) => (0.0, 1.0),
                (_, Change::Shuffled) => (88.0, 2.0),
                _ => (95.0, 2.0),
            };
            let slack = |limit: f64| {
                let share = limit / 100.0;
                100.0 * errors * (share * (1.0 - share) / f64::from(sum.count())).sqrt()
            };
            if right < least - slack(least) || wrong > most + slack(most) {
                faults.push(format!("{from}–{to}, {name}: {right:.1} right, {wrong:.1} wrong"));
            }
        }
    }
    faults
}

fn sum(tallies: impl Iterator<Item = Tally>) -> Tally {
    tallies.fold(Tally::default(), |mut sum, tally| {
        sum += tally;
        sum
    })
}

/// The whole table, in per cent and milliseconds.
fn table(articles: &[Article], done: &[Tallies]) -> String {
    let mut out = String::new();
    let head = "right  wrong   lost |  mean    max ms";
    for (column, (from, to)) in LENGTHS.iter().enumerate() {
        let title = format!("{from}–{to} characters");
        writeln!(out, "\n{title:<30} {head} | worst article: right wrong").unwrap();
        for (row, (_, name)) in CHANGES.iter().enumerate() {
            let cells = || done.iter().map(|tallies| tallies[column][row]);
            let (worst, cell) =
                cells().enumerate().max_by_key(|(_, cell)| (cell.wrong, cell.lost)).unwrap();
            writeln!(
                out,
                "{name:<30} {} | {} {:.1} {:.1}",
                line(&sum(cells())),
                articles[worst].name,
                cell.percent(cell.right),
                cell.percent(cell.wrong),
            )
            .unwrap();
        }
    }
    for (column, (from, to)) in LENGTHS.iter().enumerate() {
        let title = format!("{from}–{to}, by article");
        writeln!(out, "\n{title:<30} {head} | characters").unwrap();
        for (article, tallies) in articles.iter().zip(done) {
            let cell = sum(tallies[column].iter().copied());
            writeln!(out, "{:<30} {} | {}", article.name, line(&cell), article.length()).unwrap();
        }
    }
    out
}

fn line(cell: &Tally) -> String {
    format!(
        "{:5.1}  {:5.1}  {:5.1} | {:5.2}  {:5.2}   ",
        cell.percent(cell.right),
        cell.percent(cell.wrong),
        cell.percent(cell.lost),
        cell.mean(),
        cell.longest.as_secs_f64() * 1000.0,
    )
}

#[test]
fn passages_are_found_again_and_refused_rather_than_guessed() {
    let shorter = |article: Article| article.shortened(6000);
    let articles: Vec<Article> = articles().into_iter().map(shorter).collect();
    let done = all(&articles, 40);
    // A small sample of short articles; the whole table keeps to the thresholds themselves.
    let faults = faults(&done, 2.0);
    assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), table(&articles, &done));
}

#[test]
#[ignore = "the whole table, by `just anchors`"]
fn the_whole_table() {
    let articles = articles();
    let done = all(&articles, 300);
    println!("{}", table(&articles, &done));
    let faults = faults(&done, 0.0);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // The longest time is that of a search during which the system did something else.
    for (column, (from, to)) in LENGTHS.iter().enumerate() {
        for (row, (_, name)) in CHANGES.iter().enumerate() {
            let mean = sum(done.iter().map(|tallies| tallies[column][row])).mean();
            assert!(mean <= 2.0, "{from}–{to}, {name}: {mean} ms");
        }
    }
}
