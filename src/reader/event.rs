//! What happens to the reader ([`Event`]) and what it asks for in return ([`Effect`]).
//!
//! Effects are carried out by the shell, which answers with an event; both carry a [`Ticket`], and
//! an answer to an old one is dropped.

use std::ops::Range;

use crate::interview::correct::{Correction, Corrections};
use crate::keymap::Key;
use crate::text::width::Profile;
use crate::words::Message;

/// The number of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u32);

/// A size or a place on the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// The wheel turned towards the reader.
    WheelDown,
    /// The wheel turned away.
    WheelUp,
    /// The left button went down.
    Press,
    /// The mouse moved with the left button down.
    Drag,
    /// The left button came up.
    Release,
}

/// A mouse event; the place is 0-based, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub gesture: Gesture,
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
}

/// A bookmark as the reader shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// Its id in the log.
    pub id: String,
    /// Where its passage is, in bytes of the text; `None` when it was not found again.
    pub range: Option<Range<u32>>,
    /// The quote as it was stored, clean.
    pub quote: String,
    /// The reader's note, clean.
    pub note: String,
}

/// What happens to the reader.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size.
    Resize(Size),
    /// The deadline passed.
    Wake,
    /// What earlier sessions left: bookmarks, and where the reader stopped.
    Recalled {
        /// The bookmarks of the article.
        bookmarks: Vec<Bookmark>,
        /// What was said of the article's speakers.
        corrections: Corrections,
        /// The byte of the text that stood at the top of the page.
        place: Option<u32>,
        /// What was wrong with the files, for the status line.
        trouble: Option<Message>,
    },
    /// The hits of a search, in text order.
    Found(Ticket, Vec<Range<u32>>),
    /// A bookmark is safe on disk, or not yet: then it is tried again, and this comes again.
    Bookmarked(Ticket, Result<Bookmark, Message>),
    /// A bookmark's removal is safe on disk, or not yet.
    Unbookmarked(Ticket, Result<(), Message>),
    /// A correction of a speaker is safe on disk, or not yet.
    Corrected(Ticket, Result<(), Message>),
    /// The terminal has said what it draws how wide.
    Profile(Profile),
    /// Something to say in the status line.
    Say(Message),
}

/// What the reader asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Find a query in the text; only the newest search counts.
    Find(Ticket, String),
    /// Keep a bookmark of these bytes of the text.
    Bookmark(Ticket, Range<u32>),
    /// Remove a bookmark by its id.
    Unbookmark(Ticket, String),
    /// Keep what was said of a speaker.
    Correct(Ticket, Correction),
    /// Remember that this byte of the text stands at the top of the page.
    KeepPlace(u32),
    /// Open an address with the system's program; `http`, `https` and `mailto` only.
    Open(String),
    /// Copy this text, which is clean; what became of it is said.
    Copy(String),
    /// Capture the mouse.
    CaptureMouse,
    /// Leave the mouse to the terminal.
    ReleaseMouse,
    /// Draw everything again.
    Redraw,
    /// Stop until the shell says go on.
    Suspend,
    /// Leave.
    Quit,
}
