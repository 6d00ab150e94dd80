//! [`update`]: one event into the state, and what follows from it outside.

use std::collections::VecDeque;

use super::copying::Form;
use super::event::{Effect, Event, Recalled};
use super::lists::ListKind;
use super::prompt::PromptKind;
use super::turns::Way;
use super::{MouseOwner, State};
use crate::command::{Command, Context};
use crate::interview::SpeakerId;
use crate::keymap::{Key, Resolved};
use crate::settings::MEASURES;
use crate::typeset::Anchor;
use crate::words::Message;

/// How long a notice stands, in ms.
const NOTICE: u64 = 4000;

/// How long after a movement the place is kept, in ms.
const KEEP: u64 = 10_000;

/// What to say in the status line, one after the other.
#[derive(Debug, Default)]
pub struct Notices {
    waiting: VecDeque<Message>,
    until: Option<u64>,
}

impl Notices {
    /// Messages to begin with.
    pub fn new(messages: Vec<Message>) -> Self {
        Self { waiting: messages.into(), until: None }
    }

    /// What stands there now.
    pub fn current(&self) -> Option<&Message> {
        self.waiting.front()
    }

    /// When it goes.
    pub fn until(&self) -> Option<u64> {
        self.until
    }

    /// Says something new in the place of what stands there.
    fn say(&mut self, message: Message, now: u64) {
        self.waiting.pop_front();
        self.waiting.push_front(message);
        self.until = Some(now + NOTICE);
    }

    fn tick(&mut self, now: u64) {
        if self.until.is_some_and(|until| until <= now) {
            self.waiting.pop_front();
            self.until = None;
        }
        if !self.waiting.is_empty() && self.until.is_none() {
            self.until = Some(now + NOTICE);
        }
    }

    fn dismiss(&mut self) {
        self.waiting.pop_front();
        self.until = None;
    }
}

/// When the place is written down.
#[derive(Debug, Default)]
pub struct PlaceKeeping {
    kept: Option<u32>,
    due: Option<u64>,
    /// Whether it is known where earlier sessions stopped.
    recalled: bool,
}

impl PlaceKeeping {
    /// Whether it is known where earlier sessions stopped.
    pub fn recalled(&self) -> bool {
        self.recalled
    }

    /// When it is due.
    pub fn due(&self) -> Option<u64> {
        self.due
    }
}

/// Takes one event at `now` (ms on any clock that does not go back) into the state; total, and
/// without I/O.
pub fn update(state: &mut State, now: u64, event: Event) -> Vec<Effect> {
    let hit = state.search.current();
    let (mut effects, said) = match event {
        Event::Key(key) => state.press_key(key, now),
        Event::Paste(text) => (state.type_text(&text), None),
        Event::Mouse(mouse) => state.point(mouse, now),
        Event::Resize(size) => {
            state.size = size;
            state.relay(state.follow());
            (Vec::new(), None)
        }
        Event::Wake => (Vec::new(), None),
        Event::Placed(place) => {
            state.place.recalled = true;
            (Vec::new(), state.recall_place(place))
        }
        Event::Recalled(recalled) => (Vec::new(), state.take_recalled(*recalled)),
        Event::Found(ticket, hits) => (Vec::new(), state.found(ticket, hits)),
        Event::Marked(ticket, answer) => (Vec::new(), state.marked(ticket, answer)),
        Event::ListedAll(ticket, all) => (Vec::new(), state.listed_all(ticket, all)),
        Event::Decided(ticket, answer) => (Vec::new(), state.heard_decision(ticket, answer)),
        Event::Corrected(ticket, answer) => (Vec::new(), state.kept_correction(ticket, answer)),
        Event::Profile(profile) => {
            state.setup.profile = profile;
            state.relay(state.follow());
            (Vec::new(), None)
        }
        Event::Say(message) => (Vec::new(), Some(message)),
    };
    match said {
        Some(message) => state.notices.say(message, now),
        // The status line says which hit it is; an older notice would stand over it.
        None if state.search.current().is_some() && state.search.current() != hit => {
            state.notices.dismiss();
        }
        None => {}
    }
    state.refilter();
    state.notices.tick(now);
    state.end_flash(now);
    state.keep_place(now, &mut effects);
    state.keep_preferences(now, &mut effects);
    effects
}

impl State {
    /// Takes where earlier sessions stopped; who has moved already is not taken away from there,
    /// but can jump back to it.
    fn recall_place(&mut self, place: Option<u32>) -> Option<Message> {
        let anchor = self.galley.settle(self.galley.anchor_of(place?));
        if self.top == Anchor::default() {
            self.top = anchor;
            self.place.kept = Some(self.place());
            return None;
        }
        if anchor <= self.galley.settle(self.top) {
            return None;
        }
        self.back.push(anchor);
        Some(Message::new("place-behind"))
    }

    /// Takes what earlier sessions left.
    fn take_recalled(&mut self, recalled: Recalled) -> Option<Message> {
        let Recalled { bookmarks, corrections, tags, doubts, preferences, trouble } = recalled;
        self.tags = tags;
        self.recall_preferences(preferences);
        self.recall_corrections(corrections);
        self.recall_bookmarks(bookmarks);
        self.is_recalled = true;
        self.recall_doubts(doubts);
        self.go_to_first().or(trouble)
    }

    /// Goes to the bookmark that the article was opened at.
    fn go_to_first(&mut self) -> Option<Message> {
        let id = self.setup.begin.take()?;
        let range = self.bookmarks.get(&id).and_then(|mark| mark.range.clone());
        let Some(range) = range else { return Some(Message::new("passage-lost")) };
        self.jump(self.galley.anchor_of(range.start));
        None
    }

    fn keep_place(&mut self, now: u64, effects: &mut Vec<Effect>) {
        if !self.place.recalled {
            return;
        }
        let place = self.place();
        let kept = self.place.kept.unwrap_or(0);
        if place == kept {
            self.place.due = None;
            return;
        }
        match self.place.due {
            None => self.place.due = Some(now + KEEP),
            Some(due) if due <= now => {
                self.place.kept = Some(place);
                self.place.due = None;
                effects.push(Effect::KeepPlace(place));
            }
            Some(_) => {}
        }
    }

    fn press_key(&mut self, key: Key, now: u64) -> (Vec<Effect>, Option<Message>) {
        let context = if self.prompt.is_some() {
            Context::Prompt
        } else if self.list.is_some() {
            Context::List
        } else if self.selection.is_some() {
            Context::Selection
        } else {
            Context::Reading
        };
        let pending = std::mem::take(&mut self.pending);
        match self.setup.keymap.resolve(context, &pending, key) {
            Resolved::Pending(keys) => {
                self.pending = keys;
                (Vec::new(), None)
            }
            Resolved::Unbound if context == Context::Prompt => (self.type_key(key), None),
            Resolved::Unbound => (Vec::new(), None),
            Resolved::Command(command, number) => {
                let number = number.unwrap_or(1);
                match context {
                    Context::Reading => self.reading_command(command, number, now),
                    Context::Selection => self.selection_command(command, number, now),
                    Context::List => self.list_command(command, number),
                    Context::Prompt => self.prompt_command(command, now),
                }
            }
        }
    }

    fn reading_command(
        &mut self,
        command: Command,
        number: u32,
        now: u64,
    ) -> (Vec<Effect>, Option<Message>) {
        let count = i32::try_from(number).unwrap_or(i32::MAX);
        let rows = |each: i32| each.saturating_mul(count);
        let cells = rows(4);
        let said = match command {
            Command::LineDown => self.moved(|s| s.scroll(rows(1))),
            Command::LineUp => self.moved(|s| s.scroll(-rows(1))),
            Command::PageDown => self.moved(|s| s.scroll(rows(s.page_rows()))),
            Command::PageUp => self.moved(|s| s.scroll(-rows(s.page_rows()))),
            Command::HalfPageDown => self.moved(|s| s.scroll(rows(s.half_page()))),
            Command::HalfPageUp => self.moved(|s| s.scroll(-rows(s.half_page()))),
            Command::ArticleStart => self.moved(|s| s.jump(Anchor::default())),
            Command::ArticleEnd => self.moved(|s| s.jump(s.last_page())),
            Command::GoTo => self.moved(|s| s.open_prompt(PromptKind::GoTo)),
            Command::Search => self.moved(|s| s.open_prompt(PromptKind::Search)),
            Command::NextTurn => self.go_turn(Way::Next, number),
            Command::PreviousTurn => self.go_turn(Way::Previous, number),
            Command::NextTurnSameSpeaker => self.go_same_speaker(Way::Next),
            Command::PreviousTurnSameSpeaker => self.go_same_speaker(Way::Previous),
            Command::SpeakerNext => self.go_numbered(number, Way::Next),
            Command::SpeakerPrevious => self.go_numbered(number, Way::Previous),
            Command::Speakers => self.open_list(ListKind::Speakers),
            Command::Outline => self.open_list(ListKind::Outline),
            Command::Summary => self.open_list(ListKind::Summary),
            Command::Bookmarks => return self.open_bookmarks(),
            Command::OpenLink => self.open_on_page(),
            Command::Select => self.begin_selection(),
            Command::Note => self.note_at_top(),
            Command::Undo => return self.undo(),
            Command::Redo => return self.redo(),
            Command::OpenTime => self.open_time(),
            Command::Help => self.open_list(ListKind::Help),
            Command::ToggleSpeakers => self.toggle_speaker_pane(),
            Command::FollowSpeaker => self.toggle_follow(),
            Command::Bookmark => return self.toggle_bookmark(now),
            Command::Copy => return self.copy_sentence(Form::Sourced, now),
            Command::CopyBare => return self.copy_sentence(Form::Bare, now),
            Command::NextBookmark => self.next_bookmark(),
            Command::NextHit => self.next_hit(Way::Next),
            Command::PreviousHit => self.next_hit(Way::Previous),
            Command::JumpBack => self.went(Self::jump_back, "no-jump-back"),
            Command::JumpForward => self.went(Self::jump_forward, "no-jump-forward"),
            Command::Narrower => Some(self.set_measure(-cells)),
            Command::Wider => Some(self.set_measure(cells)),
            Command::NextTheme => {
                self.theme = (self.theme + 1) % self.setup.themes.len().max(1);
                let name = self.theme().name.clone();
                self.prefer(|preferences| preferences.theme = Some(name));
                Some(Message::new("theme").with("name", self.theme().name.clone()))
            }
            Command::ToggleMouse => return self.toggle_mouse(),
            Command::Dismiss => {
                self.forget_search();
                self.notices.dismiss();
                None
            }
            Command::Redraw => return (vec![Effect::Redraw], None),
            Command::Suspend => return (vec![Effect::Suspend], None),
            Command::Quit => return (vec![Effect::Quit], None),
            _ => None,
        };
        (Vec::new(), said)
    }

    fn moved(&mut self, movement: impl FnOnce(&mut Self)) -> Option<Message> {
        movement(self);
        None
    }

    fn went(
        &mut self,
        jump: fn(&mut Self) -> Option<()>,
        nowhere: &'static str,
    ) -> Option<Message> {
        match jump(self) {
            Some(()) => None,
            None => Some(Message::new(nowhere)),
        }
    }

    fn half_page(&self) -> i32 {
        i32::from((self.panes().text.height / 2).max(1))
    }

    fn go_numbered(&mut self, number: u32, way: Way) -> Option<Message> {
        let speakers = self.interview().speakers.len();
        if speakers == 0 {
            return Some(Message::new("no-speakers"));
        }
        let Some(at) = (number as usize).checked_sub(1).filter(|&at| at < speakers) else {
            return Some(Message::new("no-such-speaker").with("number", i64::from(number)));
        };
        self.go_speaker(SpeakerId(at as u16), way)
    }

    fn toggle_follow(&mut self) -> Option<Message> {
        if self.follow().is_some() {
            return Some(self.set_follow(None));
        }
        match self.current_speaker() {
            Some(speaker) => Some(self.set_follow(Some(speaker))),
            None if self.interview().turns.is_empty() => Some(Message::new("no-speakers")),
            None => Some(Message::new("nobody-speaks")),
        }
    }

    fn toggle_speaker_pane(&mut self) -> Option<Message> {
        use super::panes::{Side, TWO_PANES};
        if self.interview().turns.is_empty() && self.interview().sections.is_empty() {
            return Some(Message::new("no-sections"));
        }
        self.side = match self.side {
            Side::Shown => Side::Hidden,
            Side::Hidden => Side::Shown,
        };
        let shown = self.side == Side::Shown;
        self.prefer(|preferences| preferences.speakers = Some(shown));
        self.relay(self.follow());
        (self.size.columns < TWO_PANES).then(|| Message::new("no-room-for-speakers"))
    }

    /// Makes the lines longer or shorter by so many cells, within what the settings take and the
    /// screen has; the place is kept.
    fn set_measure(&mut self, by: i32) -> Message {
        let now = i32::from(self.panes().text.width);
        let [least, most] = MEASURES.map(i32::from);
        let measure = now.saturating_add(by).clamp(least, most);
        self.setup.settings.measure = measure as u16;
        self.prefer(|preferences| preferences.measure = Some(measure as u16));
        self.relay(self.follow());
        Message::new("measure").with("cells", i64::from(self.panes().text.width))
    }

    fn toggle_mouse(&mut self) -> (Vec<Effect>, Option<Message>) {
        match self.mouse {
            MouseOwner::Reader => {
                self.mouse = MouseOwner::Terminal;
                (vec![Effect::ReleaseMouse], Some(Message::new("mouse-released")))
            }
            MouseOwner::Terminal => {
                self.mouse = MouseOwner::Reader;
                (vec![Effect::CaptureMouse], Some(Message::new("mouse-captured")))
            }
        }
    }
}
