//! Clusters and line-break opportunities against the Unicode Consortium's own tests, from the files
//! in the package of the `icu_segmenter` crate. Every deviation is a tailoring that is listed here.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;
use std::process::Command;

use fangtan::text::breaks::{is_blank, never_begins_line, opportunities};
use fangtan::text::width::{Profile, clusters};
use unicode_linebreak::{BreakClass, break_property, linebreaks};

/// A text of the files, with the bytes where it is to be broken, its ends left out.
struct Case {
    text: String,
    breaks: Vec<usize>,
}

/// Where the package's test files stand.
fn directory() -> PathBuf {
    // Packages for other platforms may not be on this machine.
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(rustc.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", host])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "icu_segmenter").unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().join("tests/testdata")
}

fn cases(file: &str) -> Vec<Case> {
    let lines = std::fs::read_to_string(directory().join(file)).unwrap();
    let case = |line: &str| {
        let (mut text, mut breaks) = (String::new(), Vec::new());
        for token in line.split('#').next()?.split_whitespace() {
            match token {
                "÷" => breaks.push(text.len()),
                "×" => {}
                code => text.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?),
            }
        }
        breaks.retain(|&at| at > 0 && at < text.len());
        (!text.is_empty()).then_some(Case { text, breaks })
    };
    let cases: Vec<Case> = lines.lines().filter_map(case).collect();
    assert!(cases.len() >= 100, "{file}: {}", cases.len());
    cases
}

#[test]
fn clusters_are_those_of_unicode_17() {
    for file in ["GraphemeBreakTest_17.txt", "GraphemeBreakRandomTest_17.txt"] {
        for Case { text, breaks } in cases(file) {
            let ours = clusters(&text, Profile::NARROW).map(|(at, ..)| at).skip(1);
            assert_eq!(ours.collect::<Vec<_>>(), breaks, "{file}: {text:?}");
        }
    }
}

/// A place in a text where we differ.
struct Place<'a> {
    before: &'a str,
    after: &'a str,
    /// Whether the base, `unicode-linebreak` of Unicode 15.0, breaks here.
    base: bool,
}

impl Place<'_> {
    fn last(&self) -> char {
        self.before.chars().next_back().unwrap()
    }

    fn next(&self) -> char {
        self.after.chars().next().unwrap()
    }

    /// The last character that is neither a blank nor a mark on another.
    fn ink(&self) -> char {
        let ink = |c: &char| !is_blank(*c) && class(*c) != BreakClass::CombiningMark;
        self.before.chars().rev().find(ink).unwrap_or(' ')
    }
}

fn class(c: char) -> BreakClass {
    break_property(u32::from(c))
}

type Tailoring = (&'static str, fn(&Place<'_>) -> bool);

/// Why we do not break where UAX #14 does.
const FEWER: &[Tailoring] = &[
    ("a text is one line: line ends are taken out before", |place| {
        use BreakClass::{CarriageReturn, LineFeed, Mandatory, NextLine};
        let ends = |c| matches!(class(c), CarriageReturn | LineFeed | Mandatory | NextLine);
        place.before.contains(ends)
    }),
    ("never inside a cluster (UAX #29), also where a blank carries the mark", |place| {
        let text = format!("{}{}", place.before, place.after);
        clusters(&text, Profile::NARROW).all(|(at, ..)| at != place.before.len())
    }),
    ("Unicode 15.0 has no LB28a: Balinese, Batak, Brahmi and Kawi are kept whole", |place| {
        let brahmic = |c: char| matches!(c, '\u{1B00}'..='\u{1BFF}' | '\u{11000}'..='\u{1107F}' | '\u{11F00}'..='\u{11F5F}');
        place.before.trim_end_matches('\u{308}').ends_with(brahmic) || brahmic(place.next())
    }),
    ("CLREQ 3.1: closing marks, pauses, small kana and … begin no line, blanks or not", |place| {
        never_begins_line(place.next())
    }),
    ("an opportunity stands behind all blanks, of any kind", |place| is_blank(place.next())),
    ("KLREQ: a Korean word is whole, with the letters, digits and marks in it", |place| {
        let hangul =
            |c| matches!(u32::from(c), 0x1100..=0x11FF | 0xA960..=0xA97F | 0xAC00..=0xD7FF);
        hangul(place.next()) || hangul(place.ink())
    }),
    ("a lone — stays with what it follows (GB/T 15834)", |place| place.next() == '—'),
    ("a / beside Han stands inside a line (GB/T 15834)", |place| {
        matches!(place.last(), '/' | '／') || place.next() == '／'
    }),
    ("LB30's exception is for letters and digits, not for a mark or a sign", |place| {
        place.next() == '\u{2329}' && !place.last().is_alphanumeric()
    }),
    ("a text is cleaned before: no zero-width space stands in it", |place| {
        place.before.contains('\u{200B}')
    }),
    ("LB15 of Unicode 15.0 keeps an opening mark with the quote before it", |place| {
        !place.base && class(place.ink()) == BreakClass::Quotation
    }),
];

/// Why we break where UAX #14 does not.
const MORE: &[Tailoring] = &[
    ("LB15a and LB15b see quotes, not the marks that stand on them", |place| {
        place.base && place.last() == ' ' && place.before.contains('\u{308}')
    }),
    ("a text is cleaned before: no zero-width space and no line separator stands in it", |place| {
        let taken = ['\u{200B}', '\u{2028}'];
        place.before.contains(taken) || place.after.contains(taken)
    }),
];

#[test]
fn lines_break_as_in_unicode_15_1_but_for_what_is_listed() {
    let mut used = vec![0; FEWER.len() + MORE.len()];
    let mut unexplained = Vec::new();
    for Case { text, breaks } in cases("LineBreakTest_15.1.txt") {
        let ours: Vec<usize> = opportunities(&text).collect();
        let base: Vec<usize> = linebreaks(&text).map(|(at, _)| at).collect();
        for (at, _) in text.char_indices().skip(1) {
            let (we, they) = (ours.contains(&at), breaks.contains(&at));
            if we == they {
                continue;
            }
            let (before, after) = text.split_at(at);
            let place = Place { before, after, base: base.contains(&at) };
            let (list, from) = if we { (MORE, FEWER.len()) } else { (FEWER, 0) };
            match list.iter().position(|(_, holds)| holds(&place)) {
                Some(at) => used[from + at] += 1,
                None => unexplained.push(format!("{} {before:?}|{after:?}", place.base)),
            }
        }
    }
    assert!(unexplained.is_empty(), "{}\n{}", unexplained.len(), unexplained.join("\n"));
    let mut unused = Vec::new();
    for ((why, _), count) in FEWER.iter().chain(MORE).zip(used) {
        println!("{count:5} {why}");
        if count == 0 {
            unused.push(why);
        }
    }
    assert!(unused.is_empty(), "no case for: {unused:?}");
}
