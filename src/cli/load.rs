//! A file, standard input or the guide → an interview, and what to say about it.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use super::failure::Failure;
use super::options::Options;
use crate::format;
use crate::interview::{self, Interview};
use crate::source::{self, Decoded, Error, Source};
use crate::text::Clean;
use crate::words::{Lang, Message};

/// Where an article is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The guide that is built in.
    Guide,
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// What an argument means: `-` is standard input.
    pub fn of(argument: &OsStr) -> Self {
        if argument == "-" { Self::Standard } else { Self::File(PathBuf::from(argument)) }
    }

    /// Its name, for messages.
    pub fn name(&self) -> Clean {
        match self {
            Self::Guide => Clean::line("guide"),
            Self::Standard => Clean::line("-"),
            Self::File(path) => Clean::line(&OsString::from(path).to_string_lossy()),
        }
    }
}

/// An article that was read.
#[derive(Debug)]
pub struct Loaded {
    /// The article.
    pub interview: Interview,
    /// The name of its file.
    pub name: Clean,
    /// How it was decoded, where that is worth saying.
    pub messages: Vec<Message>,
}

/// Reads an article, in an encoding if one is named.
pub fn load(input: Input, encoding: Option<&str>, options: &Options) -> Result<Loaded, Failure> {
    let name = input.name();
    let source = match &input {
        Input::Guide => Ok(Source { text: guide(options.words.lang()), decoded: Decoded::Plain }),
        Input::Standard => source::standard_input(encoding),
        Input::File(path) => source::open(path, encoding),
    };
    let Source { text, decoded } = source.map_err(|error| failure(&name, &error, options))?;
    let messages = match decoded {
        Decoded::Plain => Vec::new(),
        Decoded::Damaged(places) => vec![Message::new("decoded-damaged").with("places", places)],
        Decoded::From(encoding) => vec![Message::new("decoded").with("encoding", encoding)],
    };
    let extension = match &input {
        Input::Guide => Some("md"),
        Input::Standard => None,
        Input::File(path) => path.extension().and_then(OsStr::to_str),
    };
    let interview = interview::read(format::read(&text, extension));
    Ok(Loaded { interview, name, messages })
}

/// The guide in a language.
pub fn guide(lang: Lang) -> String {
    match lang {
        Lang::Zh => include_str!("../../assets/guide.zh.md").to_owned(),
        Lang::En => include_str!("../../assets/guide.en.md").to_owned(),
    }
}

fn failure(name: &Clean, error: &Error, options: &Options) -> Failure {
    let words = &options.words;
    let id = match error {
        Error::Missing => "open-missing",
        Error::Denied => "open-denied",
        Error::Directory => "open-directory",
        Error::Device => "open-device",
        Error::Long => "open-long",
        Error::Empty => "open-empty",
        Error::Binary => "open-binary",
        Error::Encoding(name) => {
            let said = Message::new("no-such-encoding").with("name", name.as_str());
            return Failure::usage(said, words);
        }
        Error::Other(error) => {
            let said = Message::new("unread").with("file", name).with("why", error.to_string());
            return Failure::new(said, words);
        }
    };
    Failure::new(Message::new(id).with("file", name), words)
}
