//! Real interviews, set in lines, and what was measured in real terminals. Neither is part of the
//! project: where `../shared` is absent, these tests say so and pass.

#[path = "support/shared.rs"]
mod shared;

use std::fs;
use std::sync::Arc;

use fangtan::cli::print;
use fangtan::interview::Interview;
use fangtan::prose::BlockId;
use fangtan::text::ambiguous::is_ambiguous;
use fangtan::text::clean::clean;
use fangtan::text::width::{Profile, clusters, shown, width};
use fangtan::typeset::{Galley, Measure, Row, Shows};
use fangtan::words::{Lang, Words};
use serde_json::Value;
use shared::{read, shared};
use unicode_width::UnicodeWidthChar;

/// The lines of running text of an article.
fn text_rows(interview: &Arc<Interview>, measure: Measure) -> Vec<Row> {
    let galley = Galley::new(Arc::clone(interview), measure, None);
    let blocks = 0..interview.prose.blocks().len() as u32;
    let rows = blocks.flat_map(|block| galley.rows(BlockId(block)).to_vec());
    rows.filter(|row| matches!(row.shows, Shows::First | Shows::Later)).collect()
}

#[test]
fn no_line_of_the_seed_begins_or_ends_wrongly() {
    let Some(corpus) = shared("corpus") else { return };
    let interview = Arc::new(read(&corpus.join("zh-seed.md")));
    for profile in [Profile::NARROW, Profile::WIDE] {
        for columns in [20, 36, 40, 56, 60, 76] {
            for gutter in [0, 2] {
                let measure = Measure { gutter, ..Measure::new(columns, profile) };
                for row in text_rows(&interview, measure) {
                    let text = interview.prose.slice(row.text.clone());
                    let first = text.chars().next().unwrap_or(' ');
                    let last = text.chars().next_back().unwrap_or(' ');
                    let begins = "，。、；：？！”’）》」』】…·".contains(first);
                    assert!(!(begins && row.shows == Shows::Later), "{columns}: {text}");
                    assert!(!"（《「『【“‘".contains(last), "{columns}: {text}");
                }
            }
        }
    }
}

#[test]
fn the_seed_fills_its_lines_and_splits_no_word() {
    let Some(corpus) = shared("corpus") else { return };
    let interview = Arc::new(read(&corpus.join("zh-seed.md")));
    for columns in [40, 60] {
        let rows = text_rows(&interview, Measure::new(columns, Profile::NARROW));
        let (mut slack, mut full) = (0.0, 0);
        for pair in rows.windows(2) {
            let [row, next] = pair else { continue };
            if next.shows != Shows::Later || row.anchor.block != next.anchor.block {
                continue;
            }
            let text = interview.prose.slice(row.text.clone());
            let joined = row.text.end == next.text.start;
            let last = text.chars().next_back().unwrap();
            let first = interview.prose.slice(next.text.clone()).chars().next().unwrap();
            let split = joined && last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
            let word = interview.prose.slice(row.text.start..next.text.end);
            let address =
                word.contains("://") || word.contains("__biz") || word.contains("sz_mmbiz");
            assert!(!split || address || text.len() < 200 && is_address(text), "{text}");
            if !address && !is_address(text) && !text.contains('\n') {
                slack += f64::from(columns - row.indent - width(text, Profile::NARROW));
                full += 1;
            }
        }
        let mean = slack / f64::from(full);
        println!("{columns} cells: {full} full lines, mean slack {mean:.3}");
        assert!(mean <= 0.55, "{columns}: {mean}");
    }
}

/// Whether a line is a part of an address: no blank and no Han.
fn is_address(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_graphic())
}

/// The cells of a line as a terminal counts that takes every character by itself: as narrow ones
/// do, or with East Asian Ambiguous characters two cells wide.
fn by_character(line: &str, profile: Profile) -> usize {
    let cells = |c: char| match c.width().unwrap_or(0) {
        1 if profile == Profile::WIDE && is_ambiguous(c) => 2,
        cells => cells,
    };
    line.chars().map(cells).sum()
}

#[test]
fn no_printed_line_is_too_wide() {
    let Some(corpus) = shared("corpus") else { return };
    let mut paths: Vec<_> = fs::read_dir(&corpus).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    assert!(paths.len() > 30);
    let words = Words::new(Lang::Zh);
    // All widths take minutes without optimisation.
    let step = if cfg!(debug_assertions) { 20 } else { 1 };
    let mut lines = 0;
    for path in paths {
        let interview = read(&path);
        for columns in (20..=120).step_by(step) {
            for profile in [Profile::NARROW, Profile::WIDE] {
                let mut out = Vec::new();
                let measure = Measure::new(columns, profile);
                print::write(&interview, &measure, &words, &mut out).unwrap();
                for line in String::from_utf8(out).unwrap().lines() {
                    let cells = by_character(line, profile);
                    assert!(cells <= usize::from(columns), "{columns} {}: {line}", path.display());
                    assert_eq!(line, line.trim_end());
                    lines += 1;
                }
            }
        }
    }
    println!("{lines} lines");
}

/// What terminals gave to the strings that they do not disagree about.
#[test]
fn widths_are_those_of_real_terminals() {
    let Some(widths) = shared("widths") else { return };
    let load = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(widths.join(name)).unwrap()).unwrap()
    };
    let strings = load("strings.json");
    let (mut compared, mut wrong) = (0, Vec::new());
    for (profile, terminals) in [
        (Profile::NARROW, ["vte.json", "xterm.json", "alacritty.json"]),
        (Profile::WIDE, ["vte_amb2.json", "xterm_cjkw.json", "mlterm_amb2.json"]),
    ] {
        for terminal in terminals {
            let measured = load(terminal);
            let rows = strings.as_array().unwrap().iter();
            for (string, cells) in rows.zip(measured["widths"].as_array().unwrap()) {
                let kind = string["cat"].as_str().unwrap();
                let common =
                    ["latin", "cjk", "fw", "hw", "amb", "box", "space", "sv-punct"].contains(&kind);
                let text = string["s"].as_str().unwrap();
                let common = common && !text.contains(is_unsettled);
                // What the article's text never has is no matter.
                let (Some(cells), true) = (cells.as_u64(), common && clean(text) == text) else {
                    continue;
                };
                let own = u64::from(width(text, profile));
                if own != cells {
                    wrong.push(format!(
                        "{terminal}: {text:?} ({kind} {}): {own}, not {cells}",
                        string["name"]
                    ));
                }
                compared += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 1000, "{compared}");
}

/// What is younger than the terminals that were measured (wide since Unicode 16, Han of 15 and
/// later), and the circled numbers that half of them give two cells.
fn is_unsettled(c: char) -> bool {
    matches!(u32::from(c), 0x2630..=0x2637 | 0x268A..=0x268F | 0x4DC0..=0x4DFF | 0x1D300..=0x1D37F
        | 0x31350..=0x3FFFF | 0x3248..=0x324F)
}

/// What is printed for a sequence is what a terminal that joins nothing gives the same cells.
#[test]
fn safe_emoji_have_the_cells_of_their_characters() {
    let Some(widths) = shared("widths") else { return };
    let strings: Value =
        serde_json::from_str(&fs::read_to_string(widths.join("strings.json")).unwrap()).unwrap();
    for string in strings.as_array().unwrap() {
        let kind = string["cat"].as_str().unwrap();
        if !["emoji", "vs16", "zwj", "skin", "keycap", "flag", "vs15"].contains(&kind) {
            continue;
        }
        let text = clean(string["s"].as_str().unwrap()).into_owned();
        let printed: String =
            clusters(&text, Profile::NARROW).map(|(_, g, _)| shown(g, Profile::NARROW)).collect();
        let cells = by_character(&printed, Profile::NARROW);
        assert_eq!(usize::from(width(&text, Profile::NARROW)), cells, "{kind}: {text:?}");
    }
}
