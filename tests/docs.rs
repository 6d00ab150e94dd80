//! What the documents say of keys, settings and files is what holds; `UPDATE_DOCS=1 cargo test --test
//! docs` writes the table of the keys anew.

use std::fs;
use std::path::PathBuf;

use fangtan::command::{Command, Context};
use fangtan::keymap::Keymap;
use fangtan::marks::{DocumentKeys, Home, Marks, file_of, place};
use fangtan::settings::Settings;

/// The keys as a Markdown table.
fn table() -> String {
    let mut out = String::from("| keys | what they do | command |\n| --- | --- | --- |\n");
    for context in Context::ALL {
        let what = match context {
            Context::Reading => "On the page",
            Context::Selection => "While choosing a passage",
            Context::List => "In a list",
            Context::Prompt => "In a line being typed",
        };
        out.push_str(&format!("| **{what}** | | |\n"));
        for row in Keymap::default().rows(context) {
            let chords: Vec<String> = row.chords.iter().map(|chord| format!("`{chord}`")).collect();
            let (sentence, name) = (row.command.sentence(), row.command.name());
            out.push_str(&format!("| {} | {sentence} | `{name}` |\n", chords.join(" ")));
        }
    }
    out
}

#[test]
fn the_readme_has_the_default_settings() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let block = text.split("# config.toml\n").nth(1).unwrap().split("```").next().unwrap();
    let (settings, warnings) = Settings::read(block, "README.md");
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!(settings, Settings::default());
    for name in Settings::NAMES {
        assert!(block.contains(&format!("{name} = ")), "{name}");
    }
}

#[test]
fn the_readme_has_the_keys_in_force() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- keys -->\n", "<!-- /keys -->");
    let from = text.find(begin).unwrap() + begin.len();
    let to = from + text[from..].find(end).unwrap();
    if text[from..to] == table() {
        return;
    }
    assert!(
        std::env::var_os("UPDATE_DOCS").is_some(),
        "README.md: UPDATE_DOCS=1 cargo test --test docs"
    );
    fs::write(path, format!("{}{}{}", &text[..from], table(), &text[to..])).unwrap();
}

#[test]
fn the_guides_teach_every_command_of_the_page() {
    for guide in [include_str!("../assets/guide.zh.md"), include_str!("../assets/guide.en.md")] {
        let keymap = Keymap::default();
        for command in Command::ALL.iter().filter(|command| command.context() == Context::Reading) {
            let theirs = keymap.bindings().iter().filter(|binding| binding.command == *command);
            let mut chords = theirs.map(|binding| {
                let keys: Vec<String> = binding.chord.iter().map(ToString::to_string).collect();
                format!("`{}`", keys.join(" "))
            });
            let taught = chords.any(|chord| guide.contains(&chord));
            assert!(taught, "{}", command.name());
        }
    }
}

/// The lines of all blocks of a kind in `docs/format.md`.
fn examples(kind: &str) -> Vec<&'static str> {
    let blocks = include_str!("../docs/format.md").split(kind).skip(1);
    let lines = blocks.filter_map(|block| block.split("\n```").next()).flat_map(str::lines);
    lines.filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_examples_of_the_format_have_their_check_sums_and_are_read() {
    let (crc, lines) = (examples("```crc\n"), examples("```jsonl\n"));
    assert_eq!((crc.len(), lines.len()), (1, 9));
    for line in crc.iter().chain(&lines) {
        let (before, crc) = line.rsplit_once(",\"crc\":\"").unwrap();
        let sum = crc32fast::hash(format!("{before}}}").as_bytes());
        assert_eq!(crc, format!("{sum:08x}\"}}"), "{line}");
    }
    let dir = tempfile::tempdir().unwrap();
    let home = Home { data: dir.path().into(), local: dir.path().into() };
    for (folder, lines) in [("marks", &lines[..7]), ("pos", &lines[7..])] {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
        fs::write(dir.path().join(folder).join("x.jsonl"), lines.join("\n")).unwrap();
    }
    let mut marks = Marks::load(&home).unwrap();
    assert!(marks.all.is_empty() && marks.damage.is_empty());
    let mark = marks.restore(&home, 1, "01KB3V5M9QZ6T4R8W2XN7YCD0E").unwrap();
    assert_eq!((&*mark.note, mark.edited), ("再读一遍", Some(1_764_000_060_000)));
    let keys = &mark.article.keys;
    assert_eq!(keys.sketch.len(), 2);
    assert_eq!(marks.preferences(keys).measure, Some(60));
    assert_eq!(marks.corrections(keys).called("老守"), "守灯人");
    let reprint = DocumentKeys { hash: "8e".repeat(32), ..DocumentKeys::default() };
    assert_eq!(marks.of(&reprint).len(), 1);
    assert!(place(&home, keys).unwrap().is_some());
    assert_eq!(file_of(&home, keys).unwrap().unwrap(), PathBuf::from("/home/reader/talks/tide.md"));
}
