//! The table of subcommands and options: parser, help, man page and completions all come from it.

mod marks;

use clap::builder::{OsStringValueParser, PossibleValuesParser};
use clap::{Arg, ArgAction, Command, value_parser};

use crate::words::Words;

/// The command line, worded in one language.
pub fn command(words: &Words) -> Command {
    let say = |id: &'static str| words.text(id).into_owned();
    let command = Command::new("fangtan")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(say("cli-version"))
                .help_heading(say("cli-options")),
        )
        .about(say("cli-about"))
        .after_help(say("cli-examples"))
        .subcommand_help_heading(say("cli-commands"))
        .disable_help_subcommand(true)
        .arg(file(words, "cli-file"))
        .args(common(words))
        .subcommand(Command::new("guide").about(say("cli-guide")))
        .subcommand(
            Command::new("print")
                .about(say("cli-print"))
                .arg(file(words, "cli-file").required(true))
                .arg(
                    Arg::new("width")
                        .long("width")
                        .value_name("N")
                        .value_parser(value_parser!(u16).range(1..=1000))
                        .help(say("cli-width"))
                        .help_heading(say("cli-options")),
                ),
        )
        .subcommand(
            Command::new("export")
                .about(say("cli-export"))
                .arg(file(words, "cli-file").required(true))
                .arg(
                    Arg::new("to")
                        .long("to")
                        .value_name("FORMAT")
                        .required(true)
                        .value_parser(PossibleValuesParser::new(["json", "md", "txt"]))
                        .help(say("cli-to"))
                        .help_heading(say("cli-options")),
                )
                .arg(
                    Arg::new("explain")
                        .long("explain")
                        .action(ArgAction::SetTrue)
                        .help(say("cli-explain"))
                        .help_heading(say("cli-options")),
                ),
        )
        .subcommand(marks::command(words))
        .subcommand(Command::new("keys").about(say("cli-keys")).arg(json(words)))
        .subcommand(
            Command::new("completions").about(say("cli-completions")).arg(
                Arg::new("shell")
                    .value_name("SHELL")
                    .required(true)
                    .value_parser(value_parser!(clap_complete::Shell))
                    .help(say("cli-shell")),
            ),
        )
        .subcommand(Command::new("man").about(say("cli-man")));
    worded(command, words)
}

/// The same with the words around the table, and `--help`, in the language.
fn worded(command: Command, words: &Words) -> Command {
    let say = |id: &'static str| words.text(id).into_owned();
    let usage = say("cli-usage");
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(say("cli-help"))
        .help_heading(say("cli-options"));
    let heading = say("cli-arguments");
    command
        .help_template(format!("{{about}}\n\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"))
        .disable_help_flag(true)
        .mut_args(|arg| match arg.is_positional() {
            true => arg.help_heading(heading.clone()),
            false => arg,
        })
        .arg(help)
        .mut_subcommands(|sub| worded(sub, words))
}

fn file(words: &Words, help: &'static str) -> Arg {
    Arg::new("file")
        .value_name("FILE")
        .value_parser(OsStringValueParser::new())
        .value_hint(clap::ValueHint::FilePath)
        .help(words.text(help).into_owned())
}

fn json(words: &Words) -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help(words.text("cli-json").into_owned())
        .help_heading(words.text("cli-options").into_owned())
}

/// The options that every subcommand takes.
fn common(words: &Words) -> Vec<Arg> {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .global(true)
            .help(words.text(help).into_owned())
            .help_heading(words.text("cli-options").into_owned())
    };
    vec![
        option("ambiguous", "WIDTH", "cli-ambiguous")
            .value_parser(PossibleValuesParser::new(["auto", "1", "2"])),
        option("lang", "LANG", "cli-lang").value_parser(PossibleValuesParser::new(["zh", "en"])),
        option("encoding", "NAME", "cli-encoding"),
        option("color", "WHEN", "cli-color")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"])),
        option("config", "FILE", "cli-config")
            .value_parser(OsStringValueParser::new())
            .value_hint(clap::ValueHint::FilePath),
        option("keymap", "FILE", "cli-keymap")
            .value_parser(OsStringValueParser::new())
            .value_hint(clap::ValueHint::FilePath),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn the_table_is_sound_in_both_languages() {
        for lang in Lang::ALL {
            command(&Words::new(lang)).debug_assert();
        }
    }
}
