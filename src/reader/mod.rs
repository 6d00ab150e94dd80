//! State, event, effect: every change of what the reader sees goes through [`update`]. No I/O, no
//! clock and no terminal: the time is an argument.

mod event;

use std::sync::Arc;

pub use event::{Bookmark, Effect, Event, Gesture, Mouse, Size, Ticket};

use crate::interview::Interview;
use crate::keymap::Keymap;
use crate::settings::{Settings, Theme};
use crate::text::Clean;
use crate::text::width::Ambiguous;
use crate::words::{Message, Words};

/// What a reader begins with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The article.
    pub interview: Arc<Interview>,
    /// The name of its file, for messages.
    pub name: Clean,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// The program's own words.
    pub words: Arc<Words>,
    /// The settings.
    pub settings: Settings,
    /// All themes; the first is in force.
    pub themes: Vec<Theme>,
    /// The width of ambiguous characters.
    pub ambiguous: Ambiguous,
    /// The size of the terminal.
    pub size: Size,
    /// What to say at first: how the file was decoded, what is wrong with a keymap.
    pub messages: Vec<Message>,
}

/// Everything the screen shows is a function of this.
#[derive(Debug)]
pub struct State {
    setup: Setup,
}

impl State {
    /// The reader at the beginning of the article.
    pub fn new(setup: Setup) -> Self {
        Self { setup }
    }

    /// When [`Event::Wake`] is due, in ms on the clock given to [`update`].
    pub fn deadline(&self) -> Option<u64> {
        None
    }

    /// The byte of the text at the top of the page.
    pub fn place(&self) -> u32 {
        0
    }
}

/// Takes one event at `now` (ms on any clock that does not go back) into the state; total, and
/// without I/O.
pub fn update(state: &mut State, now: u64, event: Event) -> Vec<Effect> {
    let _ = (now, event, &state.setup);
    Vec::new()
}
