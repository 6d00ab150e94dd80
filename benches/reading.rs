//! What a reader waits for: opening, the first page, a row, a resize, a search; on the guide and
//! on 100 and 1,000 times its length.

use std::sync::Arc;

use divan::{Bencher, black_box};
use fangtan::interview::Interview;
use fangtan::text::fold::find_all;
use fangtan::text::width::Profile;
use fangtan::typeset::{Anchor, Galley, Measure};

fn main() {
    divan::main();
}

const TIMES: [usize; 3] = [1, 100, 1000];

fn guide(times: usize) -> String {
    let text = include_str!("../assets/guide.zh.md");
    let at = text.find("\n## 访谈").unwrap_or(0);
    let (head, body) = text.split_at(at);
    format!("{head}{}", body.repeat(times))
}

fn read(text: &str) -> Interview {
    fangtan::interview::read(fangtan::format::markdown::read(text))
}

fn interview(times: usize) -> Arc<Interview> {
    Arc::new(read(&guide(times)))
}

fn measure(columns: u16) -> Measure {
    Measure::new(columns, Profile::NARROW)
}

#[divan::bench(args = TIMES, sample_count = 5)]
fn open(bencher: Bencher<'_, '_>, times: usize) {
    let text = guide(times);
    bencher.bench(|| read(black_box(&text)));
}

#[divan::bench(args = TIMES)]
fn first_page(bencher: Bencher<'_, '_>, times: usize) {
    let interview = interview(times);
    bencher.bench(|| {
        let galley = Galley::new(Arc::clone(&interview), measure(76), None);
        galley.screen(galley.anchor_of(interview.prose.len() / 2), 50)
    });
}

#[divan::bench(args = TIMES)]
fn scroll_a_row(bencher: Bencher<'_, '_>, times: usize) {
    let interview = interview(times);
    let galley = Galley::new(Arc::clone(&interview), measure(76), None);
    let mut top = galley.anchor_of(interview.prose.len() / 2);
    bencher.bench_local(|| {
        top = galley.step(top, 1);
        galley.screen(top, 50)
    });
}

#[divan::bench(args = TIMES)]
fn resize(bencher: Bencher<'_, '_>, times: usize) {
    let interview = interview(times);
    let anchor =
        Galley::new(Arc::clone(&interview), measure(76), None).anchor_of(interview.prose.len() / 2);
    let mut columns = 40;
    bencher.bench_local(|| {
        columns = if columns == 40 { 60 } else { 40 };
        Galley::new(Arc::clone(&interview), measure(columns), None).screen(anchor, 50)
    });
}

#[divan::bench(args = TIMES, sample_count = 10)]
fn search(bencher: Bencher<'_, '_>, times: usize) {
    let interview = interview(times);
    bencher.bench(|| find_all(black_box(interview.prose.text()), "书签", 1_000_000));
}

#[divan::bench]
fn the_start(bencher: Bencher<'_, '_>) {
    let interview = interview(1);
    bencher.bench(|| {
        let galley = Galley::new(Arc::clone(&interview), measure(76), None);
        galley.screen(Anchor::default(), 50)
    });
}
