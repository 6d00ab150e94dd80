//! What many bookmarks cost: 10,000 of them over 500 articles, read at the start, asked for one
//! article, and one more added. `FANGTAN_BENCH_HOME=DIR cargo bench --bench marks -- none` leaves
//! such a log in `DIR`, a data directory, to start the program with.

use std::path::Path;

use divan::{Bencher, black_box};
use fangtan::interview::passage::Selector;
use fangtan::marks::{
    Article, DocumentKeys, Draft, Highlight, Home, Mark, Marks, keep_place, place,
};

fn main() {
    if let Some(dir) = std::env::var_os("FANGTAN_BENCH_HOME") {
        let dir = Path::new(&dir).join("fangtan");
        fill(&Home { data: dir.clone(), local: dir });
    }
    divan::main();
}

const ARTICLES: u32 = 500;
const MARKS: u32 = 10_000;

/// An article whose text has nothing in common with the others'.
fn article(number: u32) -> Article {
    let mut hash = number;
    let mut sketch: Vec<u32> = (0..128)
        .map(|_| {
            hash = hash.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
            hash >> 8
        })
        .collect();
    sketch.sort_unstable();
    let keys = DocumentKeys {
        url: Some(format!("wx:MzA5MTI0/{number}/1")),
        hash: format!("{:064x}", u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        sketch,
    };
    let url = format!("https://mp.weixin.qq.com/s?__biz=MzA5MTI0&mid={number}&idx=1");
    Article {
        title: Some(format!("第 {number} 次长谈：灯塔、潮汐与回来的船")),
        url: Some(url),
        keys,
    }
}

fn mark(number: u32) -> Mark {
    let draft = draft(number % ARTICLES);
    Mark {
        id: format!("01K{number:023}"),
        article: draft.article,
        selector: draft.selector,
        note: draft.note,
        tags: draft.tags,
        highlight: draft.highlight,
        created: 1_764_000_000_000 + i64::from(number),
        edited: None,
    }
}

fn draft(number: u32) -> Draft {
    let context = "他想了想，又说：那一年的潮水比往常来得早，我们都没有准备好。";
    let selector = Selector {
        exact: format!("{context}{number}{context}"),
        prefix: context.to_owned(),
        suffix: context.to_owned(),
        start: 700,
        end: 760,
        turn: Some(31),
        speaker: Some("守灯人".to_owned()),
    };
    let note = "再读一遍".to_owned();
    let tags = vec!["海".to_owned()];
    Draft { article: article(number), selector, note, tags, highlight: Highlight::Second }
}

fn fill(home: &Home) {
    let mut marks = Marks::default();
    marks.import(home, 1, (0..MARKS).map(mark).collect()).expect("marks");
    for number in 0..ARTICLES {
        let keys = article(number).keys;
        keep_place(home, 1, &keys, draft(number).selector).expect("a place");
    }
}

fn filled() -> (tempfile::TempDir, Home) {
    let dir = tempfile::tempdir().expect("a directory");
    let home = Home { data: dir.path().into(), local: dir.path().into() };
    fill(&home);
    (dir, home)
}

#[divan::bench(sample_count = 20)]
fn load(bencher: Bencher<'_, '_>) {
    let (_dir, home) = filled();
    bencher.bench(|| Marks::load(black_box(&home)));
}

#[divan::bench(sample_count = 20)]
fn of_an_article(bencher: Bencher<'_, '_>) {
    let (_dir, home) = filled();
    let marks = Marks::load(&home).expect("marks");
    let keys = article(7).keys;
    bencher.bench(|| marks.of(black_box(&keys)).len());
}

#[divan::bench(sample_count = 20)]
fn of_none(bencher: Bencher<'_, '_>) {
    let (_dir, home) = filled();
    let marks = Marks::load(&home).expect("marks");
    let keys = article(ARTICLES + 1).keys;
    bencher.bench(|| (marks.of(black_box(&keys)).len(), marks.doubtful(&keys).len()));
}

/// With the disk; see `add_without_others` for what the others cost.
#[divan::bench(sample_count = 50)]
fn add(bencher: Bencher<'_, '_>) {
    let (_dir, home) = filled();
    let mut marks = Marks::load(&home).expect("marks");
    bencher.bench_local(|| marks.add(&home, 1, draft(7)).expect("a mark"));
}

#[divan::bench(sample_count = 50)]
fn add_without_others(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().expect("a directory");
    let home = Home { data: dir.path().into(), local: dir.path().into() };
    let mut marks = Marks::default();
    bencher.bench_local(|| marks.add(&home, 1, draft(7)).expect("a mark"));
}

#[divan::bench(sample_count = 20)]
fn place_of_an_article(bencher: Bencher<'_, '_>) {
    let (_dir, home) = filled();
    let keys = article(7).keys;
    bencher.bench(|| place(&home, black_box(&keys)).expect("a place"));
}
