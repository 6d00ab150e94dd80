//! `fangtan FILE`: reads in the terminal, or prints where there is none.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use super::failure::Failure;
use super::ledger::{as_corrected, ledger};
use super::load::{Input, load};
use super::options::Options;
use super::print;
use crate::interview::Interview;
use crate::keymap::Warning;
use crate::reader::{Setup, Size};
use crate::settings::{Background, Depth, Terminal};
use crate::shell::{self, Left};
use crate::text::Clean;
use crate::text::width::{Joins, Profile};
use crate::view::Look;
use crate::words::{Message, Words};

/// Lets the reader read. Where standard output is no terminal, or one that cannot draw, the text
/// is printed.
pub fn run(input: Input, options: &Options) -> Result<(), Failure> {
    let environment = Terminal::of_environment();
    let file = match &input {
        Input::File(path) => std::path::absolute(path).ok(),
        Input::Guide | Input::Standard => None,
    };
    let mut loaded = load(input, options.encoding.as_deref(), options)?;
    if !std::io::stdout().is_terminal() || environment.is_dumb() {
        loaded.interview = as_corrected(loaded.interview);
        return print::run(&loaded, options, None);
    }
    let words = &options.words;
    let terminal = shell::Terminal::open().map_err(|error| failure(&error, options))?;
    let depth = Depth::of(options.settings.color, &environment);
    let light = match options.settings.background {
        Background::Dark => false,
        Background::Light => true,
        Background::Auto if depth == Depth::None => false,
        Background::Auto => terminal.background() == Some(shell::Background::Light),
    };
    let (themes, wrong) = options.themes(light);
    // The status line has no room for a whole path.
    let short = |warning: &Warning| {
        let name = std::path::Path::new(&warning.file).file_name();
        let name = name.map_or(warning.file.clone(), |name| name.to_string_lossy().into_owned());
        warning.message.clone().with("file", name)
    };
    let mut messages: Vec<Message> = options.warnings.iter().chain(&wrong).map(short).collect();
    messages.append(&mut loaded.messages);
    let mut article = Article { interview: Arc::new(loaded.interview), name: loaded.name, file };
    let mut begin = None;
    loop {
        let setup = Setup {
            interview: Arc::clone(&article.interview),
            name: article.name.clone(),
            keymap: Arc::new(options.keymap.clone()),
            words: Arc::new(Words::new(words.lang())),
            settings: options.settings.clone(),
            themes: themes.clone(),
            profile: Profile {
                ambiguous: options.settings.ambiguous.unwrap_or_default(),
                joins: Joins::SAFE,
            },
            size: Size::default(),
            begin: begin.take(),
            messages: std::mem::take(&mut messages),
        };
        let ledger = ledger(Arc::clone(&article.interview), article.file.clone());
        let left = terminal.read(setup, Look { depth }, Some(ledger));
        match left.map_err(|error| failure(&error, options))? {
            Left::Done => return Ok(()),
            // The encoding was named for the first.
            Left::Article { file, mark } => match load(Input::File(file.clone()), None, options) {
                Ok(loaded) => {
                    messages = loaded.messages;
                    begin = Some(mark);
                    let interview = Arc::new(loaded.interview);
                    article = Article { interview, name: loaded.name, file: Some(file) };
                }
                Err(_) => {
                    let name = file.display().to_string();
                    messages = vec![Message::new("article-not-opened").with("file", name)];
                }
            },
        }
    }
}

/// An article that is being read.
struct Article {
    interview: Arc<Interview>,
    name: Clean,
    /// Where it was read from; `None` for standard input and the guide.
    file: Option<PathBuf>,
}

fn failure(error: &shell::Error, options: &Options) -> Failure {
    let words = &options.words;
    match error {
        shell::Error::NoTerminal(_) => Failure::usage(Message::new("no-terminal"), words),
        shell::Error::Terminal(error) => {
            Failure::new(Message::new("terminal-failed").with("why", error.to_string()), words)
        }
        shell::Error::Unsaved(count) => {
            Failure::new(Message::new("unsaved-at-end").with("count", *count), words)
        }
        shell::Error::Panic(why) => {
            Failure::new(Message::new("failed").with("why", why.as_str()), words)
        }
    }
}
