//! Both languages say everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

/// The ids of a locale file, each with the arguments it takes.
fn ids(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" = ")
            && !line.starts_with(' ')
        {
            current = id.to_owned();
            assert!(out.insert(current.clone(), BTreeSet::new()).is_none(), "{id} stands twice");
        }
        for piece in line.split('$').skip(1) {
            let name: String =
                piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            out.get_mut(&current).unwrap().insert(name);
        }
    }
    out
}

const ZH: &str = include_str!("../../assets/locale/zh.ftl");
const EN: &str = include_str!("../../assets/locale/en.ftl");

#[test]
fn both_languages_are_complete() {
    let (mut zh, en) = (ids(ZH), ids(EN));
    for command in Command::ALL {
        assert!(zh.remove(command.name()).is_some(), "{} is not in zh.ftl", command.name());
    }
    assert_eq!(zh.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (id, arguments) in &en {
        // A plural may stand in one language only; every argument stands in both.
        let zh = &zh[id];
        assert!(zh.is_subset(arguments) && arguments.is_subset(zh), "{id}: {arguments:?} {zh:?}");
    }
}

/// Every id in the source stands in the files, and every id in the files in the source.
#[test]
fn what_is_said_and_what_can_be_said_are_the_same() {
    fn walk(dir: &Path, out: &mut String) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                out.push_str(text.split("#[cfg(test)]").next().unwrap());
            }
        }
    }
    let mut source = String::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
    let known = ids(EN);
    let mut said = BTreeSet::new();
    for opening in ["Message::new(", ".text(", "said("] {
        for (at, _) in source.match_indices(opening) {
            let rest = source[at + opening.len()..].trim_start();
            let literal = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
            let id = |text: &&str| {
                text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.contains(' ')
            };
            said.extend(literal.filter(id).map(ToOwned::to_owned));
        }
    }
    let missing: Vec<_> = said.iter().filter(|id| !known.contains_key(*id)).collect();
    assert!(missing.is_empty(), "said and not in the files: {missing:?}");
    let quoted = |id: &str| source.contains(&format!("\"{id}\""));
    let unused: Vec<_> = known.keys().filter(|id| !quoted(id)).collect();
    assert!(unused.is_empty(), "in the files and never said: {unused:?}");
}

#[test]
fn the_files_have_no_mistakes() {
    for source in [ZH, EN] {
        assert!(FluentResource::try_new(source.to_owned()).is_ok());
    }
}

#[test]
fn sentences_are_worded() {
    let message = Message::new("turns").with("turns", 1);
    assert_eq!(Words::new(Lang::En).say(&message), "1 turn");
    assert_eq!(Words::new(Lang::Zh).say(&message), "1 个回合");
    assert_eq!(Words::new(Lang::En).say(&Message::new("no-such-id")), "no-such-id");
    assert_eq!(Words::new(Lang::Zh).sentence(Command::Quit), "退出，位置会记住");
    assert_eq!(Words::new(Lang::En).sentence(Command::Quit), Command::Quit.sentence());
}
