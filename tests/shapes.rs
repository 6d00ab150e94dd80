//! Interviews in every layout and format, each with its expected turns beside it: `NAME.turns` says
//! title, speakers (part, aliases) and the whole text of each turn. All of it is written for this project.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use fangtan::interview::{Interview, Part, Role, read};
use fangtan::prose::{BlockId, Kind};
use unicode_normalization::UnicodeNormalization;

/// What a golden file says.
#[derive(Debug, Default)]
struct Golden {
    title: Option<String>,
    speakers: Vec<(String, Option<Part>, Vec<String>)>,
    turns: Vec<(String, String)>,
}

fn golden(text: &str) -> Golden {
    let mut out = Golden::default();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("title:").filter(|_| out.turns.is_empty()) {
            out.title = Some(title.trim().to_owned());
        } else if let Some(speakers) =
            line.strip_prefix("speakers:").filter(|_| out.turns.is_empty())
        {
            out.speakers =
                speakers.split(';').map(str::trim).filter(|s| !s.is_empty()).map(speaker).collect();
        } else if let Some(more) = line.strip_prefix("  ") {
            let last = &mut out.turns.last_mut().unwrap().1;
            last.push('\n');
            last.push_str(more);
        } else if let Some((name, said)) = line.split_once('：') {
            out.turns.push((name.to_owned(), said.to_owned()));
        } else {
            assert!(line.trim().is_empty(), "a line of no kind: {line}");
        }
    }
    out
}

/// `Ruth Calloway (host) = RC, Ruth`.
fn speaker(text: &str) -> (String, Option<Part>, Vec<String>) {
    let (name, aliases) = text.split_once(" = ").unwrap_or((text, ""));
    let part = match name {
        _ if name.ends_with(" (host)") => Some(Part::Host),
        _ if name.ends_with(" (guest)") => Some(Part::Guest),
        _ => None,
    };
    let name = name.trim_end_matches(" (host)").trim_end_matches(" (guest)").to_owned();
    let aliases =
        aliases.split(',').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned).collect();
    (name, part, aliases)
}

/// A text without white space, in one width: what is compared is who says what.
fn squeezed(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

fn said(interview: &Interview, at: usize) -> String {
    let turn = &interview.turns[at];
    let mut out = String::new();
    for block in (turn.blocks.start.0..turn.blocks.end.0).map(BlockId) {
        let kind = interview.prose.block(block).kind;
        let opens = block == turn.blocks.start && matches!(kind, Kind::Heading(_));
        let content = interview.prose.content(block);
        let from = turn.label.end.clamp(content.start, content.end);
        let aside =
            matches!(interview.roles[block.index()], Role::Aside | Role::Promotion | Role::Related);
        if !aside && (opens || matches!(kind, Kind::Paragraph | Kind::Code)) {
            out.push_str(interview.prose.slice(from..content.end));
        }
    }
    out
}

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(|extension| extension.to_str())
}

/// The fixtures: input and golden file, by name.
fn fixtures() -> Vec<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interviews");
    let mut inputs: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| extension(path) != Some("turns") && !path.ends_with("README.md"))
        .collect();
    inputs.sort();
    inputs.into_iter().map(|input| (input.clone(), input.with_extension("turns"))).collect()
}

fn interview(path: &Path) -> Interview {
    // Not all of them are UTF-8, and a book is an archive.
    let source = fangtan::source::open(path, None).unwrap();
    read(fangtan::format::read(&source.text, extension(path)))
}

#[test]
fn every_shape_of_the_list_has_its_fixture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interviews");
    let list = fs::read_to_string(folder.join("README.md")).unwrap();
    let rows = list.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let mut named = 0;
    for row in rows {
        let cell = row.trim_end_matches([' ', '|']).rsplit_once(" | ").unwrap().1;
        for name in cell.split('`').skip(1).step_by(2) {
            assert!(folder.join(name).is_file(), "{name} is in the list and nowhere else");
            named += 1;
        }
    }
    assert!(named > 60, "{named}");
}

#[test]
fn every_layout_is_read_as_it_is() {
    let fixtures = fixtures();
    assert!(fixtures.len() > 40);
    let mut faults = Vec::new();
    for (input, expected) in fixtures {
        let name = input.file_name().unwrap().to_string_lossy().into_owned();
        let want = golden(
            &fs::read_to_string(&expected).unwrap_or_else(|_| panic!("{name}: no golden file")),
        );
        let found = interview(&input);
        if want.title.is_some()
            && want.title.as_deref().map(squeezed) != found.front.title.as_deref().map(squeezed)
        {
            faults.push(format!("{name}: title {:?}", found.front.title));
        }
        let speakers: Vec<&str> = found.speakers.iter().map(|s| s.name.as_str()).collect();
        let wanted: Vec<&str> = want.speakers.iter().map(|(name, ..)| name.as_str()).collect();
        if speakers != wanted {
            faults.push(format!("{name}: speakers {speakers:?} for {wanted:?}"));
            continue;
        }
        for (speaker, (who, part, aliases)) in found.speakers.iter().zip(&want.speakers) {
            if part.is_some() && speaker.part != *part {
                faults.push(format!("{name}: {who} is {:?}", speaker.part));
            }
            if let Some(missing) = aliases.iter().find(|alias| !speaker.aliases.contains(alias)) {
                faults.push(format!("{name}: {who} is not {missing}: {:?}", speaker.aliases));
            }
        }
        if found.turns.len() != want.turns.len() {
            faults.push(format!("{name}: {} turns for {}", found.turns.len(), want.turns.len()));
            continue;
        }
        for (at, (who, text)) in want.turns.iter().enumerate() {
            let speaker = &found.speaker(found.turns[at].speaker).name;
            let text = squeezed(text);
            let got = squeezed(&said(&found, at));
            // What stands behind the last turn is not always told apart from it.
            let last = at + 1 == want.turns.len();
            if speaker != who || !(got == text || last && got.starts_with(&text)) {
                faults.push(format!("{name}: turn {at}: {speaker}: {got}\n    for {who}: {text}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
