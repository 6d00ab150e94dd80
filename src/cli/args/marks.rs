//! The part of the table that is about bookmarks.

use clap::builder::{OsStringValueParser, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};

use super::{file, json};
use crate::words::Words;

/// `fangtan marks` with its subcommands.
pub fn command(words: &Words) -> Command {
    let say = |id: &'static str| words.text(id).into_owned();
    let id = || Arg::new("id").value_name("ID").required(true).help(say("cli-id"));
    let quote = option(words, "quote", "TEXT", "cli-quote").required(true);
    let formats = PossibleValuesParser::new(["md", "json", "w3c"]);
    let to = option(words, "to", "FORMAT", "cli-marks-to").required(true).value_parser(formats);
    let changes = ArgGroup::new("change").args(["note", "tag", "highlight"]);
    Command::new("marks")
        .about(say("cli-marks"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("list")
                .about(say("cli-marks-list"))
                .arg(file(words, "cli-marks-file"))
                .args(filters(words))
                .arg(json(words)),
        )
        .subcommand(
            Command::new("add")
                .about(say("cli-marks-add"))
                .arg(file(words, "cli-file").required(true))
                .arg(quote)
                .arg(option(words, "note", "TEXT", "cli-note"))
                .arg(tag(words, "cli-tag"))
                .arg(highlight(words)),
        )
        .subcommand(
            Command::new("edit")
                .about(say("cli-marks-edit"))
                .arg(id())
                .arg(option(words, "note", "TEXT", "cli-edit-note"))
                .arg(tag(words, "cli-edit-tag"))
                .arg(highlight(words))
                .group(changes.required(true).multiple(true)),
        )
        .subcommand(Command::new("remove").about(say("cli-marks-remove")).arg(id()))
        .subcommand(
            Command::new("export")
                .about(say("cli-marks-export"))
                .arg(file(words, "cli-marks-file"))
                .arg(to)
                .args(filters(words)),
        )
        .subcommand(
            Command::new("import").about(say("cli-marks-import")).arg(
                Arg::new("file")
                    .value_name("FILE")
                    .required(true)
                    .value_parser(OsStringValueParser::new())
                    .value_hint(clap::ValueHint::FilePath)
                    .help(say("cli-import-file")),
            ),
        )
}

/// What narrows a list of bookmarks.
fn filters(words: &Words) -> [Arg; 2] {
    [tag(words, "cli-filter-tag"), option(words, "search", "TEXT", "cli-search")]
}

fn tag(words: &Words, help: &'static str) -> Arg {
    option(words, "tag", "TAG", help).action(ArgAction::Append)
}

fn highlight(words: &Words) -> Arg {
    let number = value_parser!(u32).range(1..=4);
    option(words, "highlight", "1..4", "cli-highlight").value_parser(number)
}

fn option(words: &Words, name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help(words.text(help).into_owned())
        .help_heading(words.text("cli-options").into_owned())
}
