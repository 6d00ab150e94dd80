//! State, event, effect: every change of what the reader sees goes through [`update`]. No I/O, no
//! clock and no terminal: the time is an argument.
//!
//! The only position is [`State::top`]. What speaks, what is current in a pane and how far the
//! reader is are functions of it, so no two panes can disagree.

mod bookmarks;
mod copying;
mod corrections;
mod doubts;
mod event;
mod links;
mod lists;
mod mark_list;
mod mouse;
mod notes;
pub mod panes;
mod pointing;
mod preferences;
mod progress;
mod prompt;
mod scroll;
mod search;
mod selection;
mod sections;
mod strip;
mod summary;
mod times;
mod turns;
mod undo;
mod update;

use std::cell::RefCell;
use std::sync::Arc;

pub use copying::Form;
pub use event::{
    Bookmark, Doubt, Effect, Elsewhere, Event, Gesture, MarkChange, MarkEdit, Mouse, Recalled,
    Size, Ticket,
};
pub use lists::{Entry, List, ListKind, Target};
pub use progress::Progress;
pub use prompt::{Prompt, PromptKind};
pub use search::Search;
pub use sections::{SectionRows, depth};
pub use strip::{Strip, StripCell};
pub use summary::{SummaryLine, SummaryPart};
pub use update::update;

use crate::interview::correct::Cast;
use crate::interview::{Interview, SpeakerId, TurnId};
use crate::keymap::{Key, Keymap};
use crate::settings::{Settings, Theme};
use crate::text::Clean;
use crate::text::width::Profile;
use crate::typeset::{Anchor, Follow, Galley, Row, Shows};
use crate::words::{Message, Words};
use bookmarks::Bookmarks;
use corrections::Casting;
use notes::NoteOn;
use panes::{Panes, Side, Sides};
pub use selection::Selection;
use turns::Index;

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
    /// What the terminal draws how wide.
    pub profile: Profile,
    /// The size of the terminal.
    pub size: Size,
    /// The id of the bookmark to go to at first.
    pub begin: Option<String>,
    /// What to say at first: how the file was decoded, what is wrong with a keymap.
    pub messages: Vec<Message>,
}

/// Everything the screen shows is a function of this.
#[derive(Debug)]
pub struct State {
    setup: Setup,
    galley: Galley,
    index: Index,
    casting: Casting,
    top: Anchor,
    size: Size,
    side: Side,
    theme: usize,
    list: Option<List>,
    prompt: Option<Prompt>,
    history: prompt::History,
    search: Search,
    back: Vec<Anchor>,
    forward: Vec<Anchor>,
    bookmarks: Bookmarks,
    selection: Option<Selection>,
    note_on: Option<NoteOn>,
    /// Whether it is known what earlier sessions left.
    is_recalled: bool,
    /// The tags of all articles, the commonest first.
    tags: Vec<String>,
    /// What the list is filtered by, and which of its entries pass.
    filter: String,
    filtered: Vec<usize>,
    /// The bookmarks of all articles, when they were asked for.
    everywhere: Vec<Elsewhere>,
    asked_everywhere: Option<Ticket>,
    /// The articles that may be this one, and how many of them were decided on.
    doubts: Vec<Doubt>,
    decided: usize,
    chosen: preferences::Chosen,
    pressed: Option<pointing::Pressed>,
    pending: Vec<Key>,
    notices: update::Notices,
    mouse: MouseOwner,
    tickets: u32,
    place: update::PlaceKeeping,
    strip: RefCell<Option<Strip>>,
}

/// Who has the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseOwner {
    /// The reader: the wheel scrolls, a click goes there.
    Reader,
    /// The terminal: it selects text.
    Terminal,
}

impl State {
    /// The reader at the beginning of the article.
    pub fn new(mut setup: Setup) -> Self {
        let interview = Arc::clone(&setup.interview);
        let side = if setup.settings.speakers { Side::Shown } else { Side::Hidden };
        let size = setup.size;
        let sides = Sides::of(&interview, side);
        let columns = panes::panes(size, setup.settings.measure, sides).text.width;
        let measure = setup.settings.measure(columns, setup.profile);
        let notices = update::Notices::new(std::mem::take(&mut setup.messages));
        let mouse = if setup.settings.mouse { MouseOwner::Reader } else { MouseOwner::Terminal };
        Self {
            galley: Galley::new(Arc::clone(&interview), measure, None),
            casting: Casting::new(Cast::of(&interview)),
            index: Index::new(&interview, &setup.settings),
            top: Anchor::default(),
            size,
            side,
            theme: 0,
            list: None,
            prompt: None,
            history: prompt::History::default(),
            search: Search::default(),
            back: Vec::new(),
            forward: Vec::new(),
            bookmarks: Bookmarks::default(),
            selection: None,
            note_on: None,
            is_recalled: false,
            tags: Vec::new(),
            filter: String::new(),
            filtered: Vec::new(),
            everywhere: Vec::new(),
            asked_everywhere: None,
            doubts: Vec::new(),
            decided: 0,
            chosen: preferences::Chosen::default(),
            pressed: None,
            pending: Vec::new(),
            notices,
            mouse,
            tickets: 0,
            place: update::PlaceKeeping::default(),
            strip: RefCell::new(None),
            setup,
        }
    }

    /// The article.
    pub fn interview(&self) -> &Interview {
        &self.setup.interview
    }

    /// The program's own words.
    pub fn words(&self) -> &Words {
        &self.setup.words
    }

    /// The keys.
    pub fn keymap(&self) -> &Keymap {
        &self.setup.keymap
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.setup.settings
    }

    /// The theme in force.
    pub fn theme(&self) -> &Theme {
        &self.setup.themes[self.theme]
    }

    /// The name of the article's file.
    pub fn name(&self) -> &Clean {
        &self.setup.name
    }

    /// What the terminal draws how wide.
    pub fn profile(&self) -> Profile {
        self.setup.profile
    }

    /// The size of the screen.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Where the panes stand.
    pub fn panes(&self) -> Panes {
        let sides = Sides::of(self.interview(), self.side);
        panes::panes(self.size, self.setup.settings.measure, sides)
    }

    /// The rows on the page.
    pub fn page(&self) -> Vec<Row> {
        self.galley.screen(self.top, self.panes().text.height)
    }

    /// The article as rows, for what it cost.
    pub fn galley(&self) -> &Galley {
        &self.galley
    }

    /// The anchor at the top of the page.
    pub fn top(&self) -> Anchor {
        self.top
    }

    /// The byte of the text at the top of the page: what is kept between sessions.
    pub fn place(&self) -> u32 {
        self.galley.offset_of(self.top)
    }

    /// The same once it is known where earlier sessions stopped: before that nothing may be
    /// written over it.
    pub fn place_to_keep(&self) -> Option<u32> {
        self.place.recalled().then(|| self.place())
    }

    /// Whether it is known what earlier sessions left.
    pub fn is_recalled(&self) -> bool {
        self.is_recalled
    }

    /// The turn at the top of the page.
    pub fn current_turn(&self) -> Option<TurnId> {
        let settled = self.galley.settle(self.top);
        self.interview().turn_of(settled.block)
    }

    /// Who speaks at the top of the page.
    pub fn current_speaker(&self) -> Option<SpeakerId> {
        self.current_turn().map(|turn| self.interview().turn(turn).speaker)
    }

    /// Who is followed.
    pub fn follow(&self) -> Follow {
        self.galley.follow()
    }

    /// The list over the page.
    pub fn list(&self) -> Option<&List> {
        self.list.as_ref()
    }

    /// The line that is being typed.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// The search and its hits.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The bookmarks, in text order.
    pub fn bookmarks(&self) -> &[Bookmark] {
        self.bookmarks.all()
    }

    /// The passage that is being chosen.
    pub fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    /// How many bookmarks and removals are not safe on disk yet.
    pub fn unsaved(&self) -> usize {
        self.bookmarks.unsaved()
    }

    /// How many bookmarks and removals the disk has not answered for, or refused.
    pub fn unanswered(&self) -> usize {
        self.bookmarks.unanswered()
    }

    /// The sentence that was bookmarked or copied just now, in bytes of the text.
    pub fn flash(&self) -> Option<&std::ops::Range<u32>> {
        self.bookmarks.flash()
    }

    /// The keys of a chord that is not complete.
    pub fn pending(&self) -> &[Key] {
        &self.pending
    }

    /// What to say in the status line.
    pub fn notice(&self) -> Option<&Message> {
        self.notices.current()
    }

    /// Who has the mouse.
    pub fn mouse(&self) -> MouseOwner {
        self.mouse
    }

    /// When [`Event::Wake`] is due, in ms on the clock given to [`update`].
    pub fn deadline(&self) -> Option<u64> {
        [self.notices.until(), self.bookmarks.flash_until(), self.place.due(), self.chosen.due()]
            .into_iter()
            .flatten()
            .min()
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// Typesets for the panes as they are now; the place is not touched.
    fn relay(&mut self, follow: Follow) {
        let measure = self.setup.settings.measure(self.panes().text.width, self.setup.profile);
        if *self.galley.measure() != measure || self.galley.follow() != follow {
            self.galley = Galley::new(Arc::clone(&self.setup.interview), measure, follow);
        }
    }
}

/// Whether a row has text of the article on it.
fn has_text(row: &Row) -> bool {
    matches!(row.shows, Shows::First | Shows::Later | Shows::Folded(_)) && !row.text.is_empty()
}
