//! What the documents say of keys and settings is what holds; `UPDATE_DOCS=1 cargo test --test docs`
//! writes the table of the keys anew.

use std::fs;
use std::path::PathBuf;

use fangtan::command::{Command, Context};
use fangtan::keymap::Keymap;
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
