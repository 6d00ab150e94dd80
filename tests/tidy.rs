//! The laws of the source tree: the order of the rooms, who may name which crate, how files begin
//! and how long they get. There is nothing to remember: what must hold is tested here.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, in dependency order: a room names only rooms before it.
const ROOMS: &[&str] = &[
    "text",
    "prose",
    "source",
    "format",
    "interview",
    "typeset",
    "command",
    "words",
    "keymap",
    "settings",
    "marks",
    "reader",
    "view",
    "shell",
    "cli",
];

/// A crate, and the rooms (or files) that may name it.
const OWNERS: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["format/"]),
    ("rayon", &["text/parallel"]),
    ("serde_saphyr", &["format/"]),
    ("aho_corasick", &["text/"]),
    ("foldhash", &["text/"]),
    ("crossterm", &["shell/"]),
    ("ratatui", &["view/", "shell/"]),
    ("rustix", &["shell/", "marks/", "source"]),
    ("signal_hook", &["shell/"]),
    ("directories", &["settings/", "marks/"]),
    ("clap", &["cli/"]),
    ("clap_complete", &["cli/"]),
    ("clap_mangen", &["cli/"]),
    ("fluent_bundle", &["words/"]),
    ("unicode_width", &["text/"]),
    ("unicode_linebreak", &["text/"]),
    ("encoding_rs", &["source"]),
    ("zip", &["source"]),
    ("htmlize", &["format/"]),
    ("chardetng", &["source"]),
    ("terminal_colorsaurus", &["shell/"]),
    ("arboard", &["shell/clipboard/"]),
    ("base64", &["shell/clipboard/"]),
    ("serde_json", &["format/", "marks/", "cli/"]),
    ("std::fs", &["source", "marks/", "settings/", "cli/", "shell/"]),
];

/// How many lines of a file may stand before its tests.
const LONGEST: usize = 450;

fn sources() -> Vec<(String, String)> {
    fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                out.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The lines before the tests, numbered from 1, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn room(file: &str) -> Option<usize> {
    let name = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
    ROOMS.iter().position(|room| *room == name)
}

fn complain(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n{}", faults.join("\n"));
}

#[test]
fn a_room_names_only_rooms_before_it() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        if file == "lib.rs" || file == "main.rs" {
            continue;
        }
        let Some(here) = room(&file) else {
            faults.push(format!("src/{file}: not in a room"));
            continue;
        };
        for (number, line) in code(&text) {
            for (at, _) in line.match_indices("crate::") {
                let name: String = line[at + 7..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                if let Some(there) = ROOMS.iter().position(|room| *room == name)
                    && there > here
                {
                    faults.push(format!("src/{file}:{number}: names {name}, which comes later"));
                }
            }
        }
    }
    complain("rooms out of order", &faults);
}

#[test]
fn a_crate_is_named_only_by_its_owner() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        if file.ends_with("tests.rs") {
            continue;
        }
        for (number, line) in code(&text) {
            for (name, owners) in OWNERS {
                let named =
                    line.contains(&format!("{name}::")) || line.contains(&format!("use {name};"));
                if named && !owners.iter().any(|owner| file.starts_with(owner)) {
                    faults.push(format!("src/{file}:{number}: names {name}"));
                }
            }
        }
    }
    complain("crates outside of their rooms", &faults);
}

#[test]
fn a_file_says_what_it_is_for_and_stays_small() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        if !text.starts_with("//!") {
            faults.push(format!("src/{file}:1: does not open with //!"));
        }
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
        let table = file == "text/ambiguous.rs";
        if lines > LONGEST && !table {
            faults.push(format!("src/{file}: {lines} lines before its tests"));
        }
        for (number, line) in code(&text) {
            for word in ["todo!(", "unimplemented!(", "dbg!(", "#[allow(", "println!("] {
                if line.contains(word) {
                    faults.push(format!("src/{file}:{number}: {word}"));
                }
            }
        }
    }
    complain("untidy files", &faults);
}
