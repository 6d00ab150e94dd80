//! The command line: arguments → one file per subcommand.
//!
//! Exit codes: 0 done, 1 it could not be done (one line on standard error), 2 the command line was
//! wrong.

mod args;
mod export;
mod failure;
mod keys;
mod ledger;
mod load;
mod marks;
mod options;
mod out;
pub mod print;
mod read;
mod rendition;

use export::Explain;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;

pub use args::command;
pub use failure::Failure;

use crate::words::{Lang, Message, Words};
use load::{Input, Loaded, load};
use options::Options;
use out::Out;

/// Does what the arguments say; they begin with the program's name.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let words = Words::new(language(&arguments));
    let parsed = command(&words).try_get_matches_from(&arguments);
    let matches = match parsed.and_then(|matches| one_job(matches, &words)) {
        Ok(matches) => matches,
        Err(error) => {
            // What clap says goes to the stream it belongs to: help to standard output.
            let failed = error.use_stderr();
            let printed = error.print();
            return match (failed, printed) {
                (false, _) => ExitCode::SUCCESS,
                (true, _) => ExitCode::from(2),
            };
        }
    };
    match dispatch(&matches, words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// A file in front of a subcommand is a slip: `fangtan a.md keys`. (clap's own setting for this
/// takes the subcommand for a file when an option stands before it.)
fn one_job(matches: ArgMatches, words: &Words) -> Result<ArgMatches, clap::Error> {
    match (matches.get_one::<OsString>("file"), matches.subcommand_name()) {
        (Some(file), Some(name)) => {
            let why = Message::new("cli-two-jobs")
                .with("file", file.to_string_lossy().into_owned())
                .with("command", name.to_owned());
            Err(command(words).error(ErrorKind::ArgumentConflict, words.say(&why)))
        }
        _ => Ok(matches),
    }
}

fn dispatch(matches: &ArgMatches, words: Words) -> Result<(), Failure> {
    let Some((name, sub)) = matches.subcommand() else {
        let input = match matches.get_one::<OsString>("file") {
            Some(file) => Input::of(file),
            None => Input::Guide,
        };
        return read::run(input, &Options::of(matches, words)?);
    };
    let options = Options::of(sub, words)?;
    match name {
        "guide" => read::run(Input::Guide, &options),
        "print" => {
            let width = sub.get_one::<u16>("width").copied();
            print::run(
                &corrected(load(input(sub), options.encoding.as_deref(), &options)?),
                &options,
                width,
            )
        }
        "export" => {
            let to = sub.get_one::<String>("to").map_or("json", String::as_str);
            let explain = if sub.get_flag("explain") { Explain::Yes } else { Explain::No };
            export::run(
                &corrected(load(input(sub), options.encoding.as_deref(), &options)?),
                to,
                explain,
            )
        }
        "marks" => marks::run(sub, &options),
        "keys" => keys::run(&options, sub.get_flag("json")),
        "completions" => {
            let shell = sub.get_one::<clap_complete::Shell>("shell").copied();
            shell.map_or(Ok(()), |shell| completions(&options.words, shell))
        }
        "man" => man(&options.words),
        _ => Ok(()),
    }
}

/// What was read, with the speakers that its reader said.
fn corrected(loaded: Loaded) -> Loaded {
    Loaded { interview: ledger::as_corrected(loaded.interview), ..loaded }
}

/// The file that a subcommand is about; standard input where none is named.
fn input(matches: &ArgMatches) -> Input {
    matches.get_one::<OsString>("file").map_or(Input::Standard, |file| Input::of(file))
}

fn completions(words: &Words, shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command(words), "fangtan", &mut text);
    Out::new().bytes(&text)
}

fn man(words: &Words) -> Result<(), Failure> {
    let mut text = Vec::new();
    let page = clap_mangen::Man::new(command(words));
    page.render(&mut text).map_err(|error| {
        Failure::new(Message::new("failed").with("why", error.to_string()), words)
    })?;
    Out::new().bytes(&text)
}

/// The language that the arguments ask for, else the locale: help is worded before it is parsed.
fn language(arguments: &[OsString]) -> Lang {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let mut named = texts.iter().zip(texts.iter().skip(1));
    let behind = named.find(|(option, _)| **option == "--lang").map(|(_, value)| *value);
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    let asked = behind.or(joined).and_then(|value| value.parse().ok());
    asked.unwrap_or_else(Lang::of_locale)
}
