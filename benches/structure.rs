//! From a text to an interview: how fast, and how much memory at most. A made-up transcript of
//! 60 KB, and 10 and 100 times that, in each format.

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use fangtan::format::Document;

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

const TIMES: [usize; 3] = [1, 10, 100];
const BASE: usize = 60_000;

/// What is said in a turn of a number; its length varies.
fn said(number: usize) -> String {
    let mut said = String::new();
    for sentence in 0..=number % 7 {
        said += match (number + sentence) % 3 {
            0 => "灯塔上的人每天夜里把信写好，又收起来，他说潮水退了以后石头会唱歌。",
            1 => "我们听见的只是风，和 Beacon 号靠岸的声音？",
            _ => "The keeper wrote a letter every night, and put it away. ",
        };
    }
    said
}

/// A transcript of which each turn is written by `turn`: number, name, what is said.
fn transcript(turn: impl Fn(usize, &str, &str) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= BASE {
            break;
        }
        let name = ["林舟", "周砚", "Anna"][number % 3];
        text += &turn(number, name, &said(number));
    }
    text
}

fn measure(bencher: Bencher<'_, '_>, text: &str, read: fn(&str) -> Document) {
    let structure = || fangtan::interview::read(read(black_box(text)));
    assert!(structure().turns.len() > 100);
    bencher.counter(BytesCount::of_str(text)).bench(structure);
}

#[divan::bench(args = TIMES, sample_count = 10)]
fn markdown(bencher: Bencher<'_, '_>, times: usize) {
    let turn = |number: usize, name: &str, said: &str| match number % 8 {
        7 => format!(
            "**{name}：**{said}[信](https://example.org/{number})，*真的*。\n\n## 节 {number}\n\n"
        ),
        _ => format!("**{name}：** {said}\n\n"),
    };
    measure(bencher, &transcript(turn).repeat(times), fangtan::format::markdown::read);
}

/// Turns of a few words: what is kept of each turn weighs more than its text.
#[divan::bench(args = TIMES, sample_count = 10)]
fn short_turns(bencher: Bencher<'_, '_>, times: usize) {
    let turn = |number: usize, _: &str, _: &str| match number % 4 {
        0 => "**Ada:** And who keeps the light now?\n\n".to_owned(),
        1 => format!("**Noah Reed:** Nobody does. {number}\n\n"),
        2 => "**Ada:** Since when?\n\n".to_owned(),
        _ => format!("**Noah Reed:** Since the ferry stopped, I think. {number}\n\n"),
    };
    measure(bencher, &transcript(turn).repeat(times), fangtan::format::markdown::read);
}

#[divan::bench(args = TIMES, sample_count = 10)]
fn plain(bencher: Bencher<'_, '_>, times: usize) {
    let turn = |_: usize, name: &str, said: &str| format!("{name}：{said}\n\n");
    measure(bencher, &transcript(turn).repeat(times), fangtan::format::plain::read);
}

#[divan::bench(args = TIMES, sample_count = 10)]
fn html(bencher: Bencher<'_, '_>, times: usize) {
    let turn = |_: usize, name: &str, said: &str| format!("<p><b>{name}：</b>{said}</p>\n");
    let page = format!("<!DOCTYPE html><body>{}</body>", transcript(turn).repeat(times));
    measure(bencher, &page, |text| fangtan::format::read(text, None));
}

#[divan::bench(args = TIMES, sample_count = 10)]
fn captions(bencher: Bencher<'_, '_>, times: usize) {
    let turn = |number: usize, name: &str, said: &str| {
        format!("{number}\n00:00:01,000 --> 00:00:02,000\n{name}：{said}\n\n")
    };
    measure(bencher, &transcript(turn).repeat(times), fangtan::format::captions::read);
}

#[divan::bench(args = TIMES, sample_count = 10)]
fn json(bencher: Bencher<'_, '_>, times: usize) {
    let turn = |number: usize, name: &str, said: &str| {
        format!("{{\"speaker\":\"{name}\",\"start\":{number},\"text\":\"{said}\"}}\n")
    };
    measure(bencher, &transcript(turn).repeat(times), |text| fangtan::format::read(text, None));
}
