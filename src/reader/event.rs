//! What happens to the reader ([`Event`]) and what it asks for in return ([`Effect`]).
//!
//! Effects are carried out by the shell, which answers with an event; both carry a [`Ticket`], and
//! an answer to an old one is dropped.

use std::ops::Range;
use std::path::PathBuf;

use crate::interview::correct::{Correction, Corrections};
use crate::keymap::Key;
use crate::marks::{Highlight, Preferences};
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bookmark {
    /// Its id in the log.
    pub id: String,
    /// Where its passage is, in bytes of the text; `None` when it was not found again.
    pub range: Option<Range<u32>>,
    /// Whether the passage was edited since: what stands there is near to the quote.
    pub is_near: bool,
    /// Where the passage stood, in bytes of the text: what a lost one is shown by.
    pub stood: u32,
    /// The quote as it was stored, clean.
    pub quote: String,
    /// Who says it, where someone does.
    pub speaker: Option<String>,
    /// The reader's note, clean; it may have several lines.
    pub note: String,
    /// The reader's tags, clean, without `#`.
    pub tags: Vec<String>,
    /// How it is highlighted.
    pub highlight: Highlight,
}

/// A bookmark in a list of all articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// The bookmark; it is not looked for in any text.
    pub mark: Bookmark,
    /// The title of its article, clean.
    pub title: String,
    /// The file that its article was last read from here, if it is known and still there.
    pub file: Option<PathBuf>,
    /// Whether it is one of the article that is being read.
    pub is_here: bool,
}

/// What the disk is asked to do with a bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkChange {
    /// Keep a new one.
    Add {
        /// Its passage, in bytes of the text.
        range: Range<u32>,
        /// The note.
        note: String,
        /// The tags.
        tags: Vec<String>,
        /// How it is highlighted.
        highlight: Highlight,
    },
    /// Change the one with this id.
    Edit(String, MarkEdit),
    /// Remove the one with this id.
    Remove(String),
    /// Bring the removed one with this id back.
    Restore(String),
}

/// What changes of a bookmark; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkEdit {
    /// The note.
    pub note: Option<String>,
    /// All tags.
    pub tags: Option<Vec<String>>,
    /// How it is highlighted.
    pub highlight: Option<Highlight>,
    /// Its passage, in bytes of the text.
    pub range: Option<Range<u32>>,
    /// Whether its passage becomes again what it was before it was placed by hand.
    pub is_back: bool,
}

/// An article with bookmarks that may be this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// Its title, clean.
    pub title: String,
    /// How many bookmarks it has.
    pub count: usize,
}

/// What earlier sessions left.
#[derive(Clone, Debug, Default)]
pub struct Recalled {
    /// The bookmarks of the article.
    pub bookmarks: Vec<Bookmark>,
    /// What was said of the article's speakers.
    pub corrections: Corrections,
    /// The tags of all articles, the commonest first.
    pub tags: Vec<String>,
    /// The articles with bookmarks that may be this one.
    pub doubts: Vec<Doubt>,
    /// How the article was set.
    pub preferences: Preferences,
    /// What was wrong with the files, for the status line.
    pub trouble: Option<Message>,
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
    /// The byte of the text that stood at the top of the page when an earlier session ended. It
    /// comes before what else was left, which may take longer to read.
    Placed(Option<u32>),
    /// What earlier sessions left.
    Recalled(Box<Recalled>),
    /// The hits of a search, in text order.
    Found(Ticket, Vec<Range<u32>>),
    /// A change to a bookmark is safe on disk, or not yet: then it is tried again, and this comes
    /// again. With the bookmark as it is now; without one it is removed.
    Marked(Ticket, Result<Option<Bookmark>, Message>),
    /// The bookmarks of all articles, article by article in text order.
    ListedAll(Ticket, Vec<Elsewhere>),
    /// Whether an article is this one is safe on disk, or not yet. With all bookmarks of this
    /// article, and what was said of its speakers.
    Decided(Ticket, Result<(Vec<Bookmark>, Corrections), Message>),
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
    /// Change a bookmark.
    Mark(Ticket, MarkChange),
    /// Keep whether an article is this one, by its place among the doubts.
    Decide(Ticket, usize, bool),
    /// Keep how the article is set.
    KeepPreferences(Preferences),
    /// List the bookmarks of all articles.
    ListAll(Ticket),
    /// Read another article, from this file, at the bookmark with this id.
    OpenArticle(PathBuf, String),
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
