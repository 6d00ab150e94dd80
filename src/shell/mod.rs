//! The terminal we run in: opened once, read in, left as it was on every way out.

mod background;
mod clerk;
mod clipboard;
mod finder;
mod guard;
mod input;
mod opener;
mod probe;
mod reading;
mod screen;
mod signals;
mod tty;
mod wake;

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::Arc;

pub use background::Background;
pub use clerk::Ledger;
pub use screen::Screen;

use crate::reader::{Setup, Size};
use crate::view::Look;
use background::Asked;
use reading::{End, Reading};
use signals::Signals;
use tty::Tty;
use wake::Pipe;

/// The terminal we run in. Signals are caught from here on, so it is opened when nothing slow is
/// left to be done before [`Terminal::read`].
#[derive(Debug)]
pub struct Terminal {
    tty: Arc<Tty>,
    pipe: Pipe,
    signals: Signals,
    /// Whether the question about the background was answered.
    asked: Cell<Asked>,
}

/// The columns of the terminal that standard output is; `None` where it is none.
pub fn columns() -> Option<u16> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some(size.ws_col)
}

/// How a reader left an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// They are done.
    Done,
    /// To read another article at one of its bookmarks.
    Article {
        /// The file it is to be read from.
        file: PathBuf,
        /// The id of the bookmark.
        mark: String,
    },
}

/// Why reading ended otherwise than by the reader.
#[derive(Debug)]
pub enum Error {
    /// There is no terminal, or it is not to be used.
    NoTerminal(io::Error),
    /// The terminal failed.
    Terminal(io::Error),
    /// So many changes to the bookmarks could not be kept.
    Unsaved(usize),
    /// Another thread panicked with this message, which is clean.
    Panic(String),
}

impl Terminal {
    /// Opens the terminal behind standard output, input or error, else the controlling one.
    ///
    /// # Errors
    /// [`Error::NoTerminal`], and [`Error::Terminal`] when the system has no files or handlers.
    pub fn open() -> Result<Self, Error> {
        let tty = Tty::open().map_err(Error::NoTerminal)?;
        let pipe = Pipe::new().map_err(Error::Terminal)?;
        let signals = Signals::catch(&pipe).map_err(Error::Terminal)?;
        Ok(Self { tty: Arc::new(tty), pipe, signals, asked: Cell::default() })
    }

    /// The size in cells, at most 2,000 × 1,000; 80 × 24 when the terminal does not know.
    pub fn size(&self) -> Size {
        self.tty.size()
    }

    /// Asks whether the background is dark or light; `None` when the terminal does not say. Takes
    /// as long as the answer, at most 100 ms.
    pub fn background(&self) -> Option<Background> {
        let (background, asked) = background::ask();
        self.asked.set(asked);
        background
    }

    /// Lets the reader read until they leave the article. The size in `setup` is set from the terminal. Marks
    /// are kept in `ledger`; without one nothing is kept.
    ///
    /// On every way out the terminal is left as it was and the place is kept. A signal that ends us
    /// and a terminal that is gone (as SIGHUP) do not return: they end the process, so that its
    /// status tells.
    ///
    /// # Errors
    /// [`Error::Terminal`], [`Error::Unsaved`] and [`Error::Panic`].
    ///
    /// # Panics
    /// Goes on with a panic of this thread when the terminal is left and the place is kept.
    pub fn read(
        &self,
        mut setup: Setup,
        look: Look,
        ledger: Option<Box<dyn Ledger>>,
    ) -> Result<Left, Error> {
        guard::hook_panics(self.pipe.waker());
        setup.size = self.tty.size();
        let mut reading = Reading::begin(self, setup, look, ledger);
        let end = catch_unwind(AssertUnwindSafe(|| reading.run()));
        guard::leave();
        let _ = std::panic::take_hook();
        let unsaved = reading.close();
        let end = end.unwrap_or_else(|panic| resume_unwind(panic));
        // A signal may have come while the place was being kept, or a moment before the error.
        if let Some(signal) = self.signals.ending() {
            signals::end_by(signal);
        }
        match end {
            Ok(End::Gone) => {
                signals::end_by_hangup();
                Ok(Left::Done)
            }
            Err(error) if tty::is_gone(&error) => {
                signals::end_by_hangup();
                Ok(Left::Done)
            }
            Ok(End::Quit | End::Signal | End::Article(..)) if unsaved > 0 => {
                Err(Error::Unsaved(unsaved))
            }
            Ok(End::Quit | End::Signal) => Ok(Left::Done),
            Ok(End::Article(file, mark)) => Ok(Left::Article { file, mark }),
            Ok(End::Fault(message)) => Err(Error::Panic(message)),
            Err(error) => Err(Error::Terminal(error)),
        }
    }
}
