//! Terminal, signals, disk and clock → events; effects → what they ask for.
//!
//! The loop waits on the terminal and on one pipe, into which signals and other threads write. It
//! has no tick: a wait ends with bytes, with a byte in the pipe, or with the reader's deadline.
//! Every batch of events is drawn once.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use rustix::fd::AsFd as _;

use super::clerk::{Clerk, Last, Ledger};
use super::clipboard::Clipboard;
use super::finder::Finder;
use super::input::Decoder;
use super::probe::{self, Probe};
use super::screen::Screen;
use super::tty::Ready;
use super::wake::Post;
use super::{Terminal, guard, opener, signals};
use crate::marks::Preferences;
use crate::reader::{Effect, Event, MouseOwner, Setup, State, update};
use crate::view::{self, Look};
use crate::words::Message;

/// Articles shorter than this (bytes of text) wait a moment for the place they were left at, so
/// that their first page is the right one.
const SHORT: usize = 1 << 20;
/// That moment, in ms.
const MOMENT: u64 = 18;

/// How the loop ended.
pub enum End {
    Quit,
    /// To read another article, from this file, at the bookmark with this id.
    Article(PathBuf, String),
    Signal,
    Gone,
    Fault(String),
}

/// One reading, from the first page to the end.
pub struct Reading<'a> {
    terminal: &'a Terminal,
    state: State,
    screen: Screen,
    decoder: Decoder,
    /// When the decoder stops waiting for the rest of a sequence, in ms.
    patience: Option<u64>,
    look: Look,
    post: Post,
    inbox: Receiver<Event>,
    clerk: Option<Clerk>,
    finder: Finder,
    clipboard: Clipboard,
    /// The place after the last event, for a panic in the next.
    place: Option<u32>,
    /// How the article is set, where that is not kept yet.
    preferences: Option<Preferences>,
    start: Instant,
    /// Whether the first page waits for the place of an earlier session.
    recalls: Recalls,
    /// The question how wide the terminal draws what, until it is answered.
    probe: Option<Probe>,
}

/// Whether an article is short enough to wait for its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recalls {
    Awaited,
    Not,
}

impl<'a> Reading<'a> {
    pub fn begin(
        terminal: &'a Terminal,
        setup: Setup,
        look: Look,
        ledger: Option<Box<dyn Ledger>>,
    ) -> Self {
        let (post, inbox) = terminal.pipe.post();
        let clerk = ledger.and_then(|ledger| Clerk::begin(ledger, post.clone()));
        let start = Instant::now();
        let short = setup.interview.prose.text().len() < SHORT;
        let recalls = if clerk.is_some() && short { Recalls::Awaited } else { Recalls::Not };
        let finder = Finder::new(Arc::clone(&setup.interview), post.clone());
        let screen = Screen::new(setup.size);
        let state = State::new(setup);
        let place = state.place_to_keep();
        Self {
            terminal,
            state,
            screen,
            decoder: Decoder::default(),
            patience: None,
            look,
            post,
            inbox,
            clerk,
            finder,
            clipboard: Clipboard::of_environment(),
            place,
            preferences: None,
            start,
            recalls,
            probe: None,
        }
    }

    /// Takes events and draws, until something ends it.
    pub fn run(&mut self) -> io::Result<End> {
        guard::enter(&self.terminal.tty, self.state.mouse())?;
        self.ask()?;
        let mut events = Vec::new();
        loop {
            let mut taken = events.drain(..);
            while let Some(event) = taken.next() {
                if let Some(end) = self.take(event)? {
                    self.settle(taken);
                    return Ok(end);
                }
            }
            drop(taken);
            if self.terminal.signals.ending().is_some() {
                return Ok(End::Signal);
            }
            if self.moment().is_none() {
                self.draw()?;
            }
            if let Some(end) = self.wait(&mut events)? {
                self.settle(events.into_iter());
                return Ok(end);
            }
        }
    }

    /// Takes only what the disk answered, of events that came with the end or behind it.
    fn settle(&mut self, events: impl Iterator<Item = Event>) {
        let now = self.now();
        for event in events {
            if matches!(event, Event::Marked(..) | Event::Corrected(..) | Event::Decided(..)) {
                update(&mut self.state, now, event);
            }
        }
    }

    /// Asks the terminal what it draws how wide.
    fn ask(&mut self) -> io::Result<()> {
        if self.state.size().columns < probe::ROOM {
            return Ok(());
        }
        self.probe = Some(Probe::new(self.terminal.asked.get()));
        let asked =
            self.terminal.tty.write(probe::questions().as_bytes(), self.terminal.pipe.as_fd());
        match asked {
            // The first frame clears what was printed of it.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            other => other,
        }
    }

    /// When the first page is drawn at the latest, in ms; `None` when nothing is waited for.
    fn moment(&self) -> Option<u64> {
        let recall = self.recalls == Recalls::Awaited && !self.state.is_recalled();
        let moments = [recall.then_some(MOMENT), self.probe.as_ref().map(|_| probe::MOMENT)];
        let moment = moments.into_iter().flatten().max()?;
        (self.now() < moment).then_some(moment)
    }

    /// Takes what the terminal answered.
    fn hear(&mut self, events: &mut Vec<Event>) {
        let answers = self.decoder.answers();
        if self.now() > probe::PATIENCE {
            self.probe = None;
        }
        for answer in answers {
            let Some(probe) = &mut self.probe else { return };
            let Some(verdict) = probe.take(answer) else { continue };
            self.probe = None;
            let Some(verdict) = verdict else { return };
            let mut profile = verdict.profile;
            if let Some(ambiguous) = self.state.settings().ambiguous {
                profile.ambiguous = ambiguous;
            }
            if profile != self.state.profile() {
                events.push(Event::Profile(profile));
            }
            if verdict.han != 2 {
                let said = Message::new("terminal-not-utf8");
                events.push(Event::Say(said.with("cells", i64::from(verdict.han))));
            }
        }
    }

    /// Waits for what happens next and puts it into `events`.
    fn wait(&mut self, events: &mut Vec<Event>) -> io::Result<Option<End>> {
        let Terminal { tty, pipe, signals, .. } = self.terminal;
        let now = self.now();
        let deadline =
            [self.state.deadline(), self.patience, self.moment()].into_iter().flatten().min();
        let time = deadline.map(|deadline| Duration::from_millis(deadline.saturating_sub(now)));
        let ready = tty.wait(pipe.as_fd(), time)?;
        pipe.drain();
        if signals.ending().is_some() {
            return Ok(Some(End::Signal));
        }
        if ready == Ready::Gone {
            return Ok(Some(End::Gone));
        }
        if let Some(message) = guard::fault() {
            return Ok(Some(End::Fault(message)));
        }
        if signals.stop() {
            self.suspend(events)?;
        }
        if signals.again() {
            self.enter_again(events)?;
        }
        if signals.size() {
            events.push(Event::Resize(tty.size()));
        }
        if self.read_keys(events).is_err() {
            return Ok(Some(End::Gone));
        }
        self.hear(events);
        events.extend(self.inbox.try_iter());
        if self.state.deadline().is_some_and(|deadline| deadline <= self.now()) {
            events.push(Event::Wake);
        }
        Ok(None)
    }

    /// Reads what the terminal has, up to a batch.
    fn read_keys(&mut self, events: &mut Vec<Event>) -> io::Result<()> {
        let mut buffer = [0; 4096];
        let mut fed = false;
        for _ in 0..16 {
            let count = self.terminal.tty.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            self.decoder.feed(&buffer[..count], events);
            fed = true;
            if count < buffer.len() {
                break;
            }
        }
        let now = self.now();
        if fed {
            self.patience = self.decoder.patience().map(|patience| now + patience);
        } else if self.patience.is_some_and(|end| end <= now) {
            self.decoder.give_up(events);
            self.patience = None;
        }
        Ok(())
    }

    /// Takes one event into the state, with all that follows at once.
    fn take(&mut self, event: Event) -> io::Result<Option<End>> {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            if let Event::Resize(size) = event {
                self.screen.resize(size);
            }
            let now = self.now();
            let effects = update(&mut self.state, now, event);
            self.place = self.state.place_to_keep();
            self.preferences = self.state.preferences_to_keep();
            for effect in effects {
                match effect {
                    Effect::Quit => return Ok(Some(End::Quit)),
                    Effect::OpenArticle(file, mark) => {
                        return Ok(Some(End::Article(file, mark)));
                    }
                    _ => {}
                }
                self.perform(effect, &mut events)?;
            }
        }
        Ok(None)
    }

    fn perform(&mut self, effect: Effect, events: &mut VecDeque<Event>) -> io::Result<()> {
        match effect {
            Effect::Find(ticket, query) => events.extend(self.finder.find(ticket, query)),
            Effect::Mark(ticket, change) => {
                if let Some(clerk) = &self.clerk {
                    clerk.mark(ticket, change);
                }
            }
            Effect::Correct(ticket, correction) => {
                if let Some(clerk) = &self.clerk {
                    clerk.correct(ticket, correction);
                }
            }
            Effect::Decide(ticket, doubt, same) => {
                if let Some(clerk) = &self.clerk {
                    clerk.decide(ticket, doubt, same);
                }
            }
            Effect::KeepPreferences(preferences) => {
                if let Some(clerk) = &self.clerk {
                    clerk.prefer(preferences);
                }
            }
            Effect::ListAll(ticket) => match &self.clerk {
                Some(clerk) => clerk.list_all(ticket),
                None => events.push_back(Event::ListedAll(ticket, Vec::new())),
            },
            Effect::KeepPlace(place) => {
                if let Some(clerk) = &self.clerk {
                    clerk.keep_place(place);
                }
            }
            Effect::Open(url) => opener::open(url, self.post.clone()),
            Effect::Copy(text) => {
                let said = self.clipboard.copy(&text, &self.terminal.tty)?;
                events.push_back(Event::Say(said));
            }
            Effect::CaptureMouse => guard::point(&self.terminal.tty, MouseOwner::Reader)?,
            Effect::ReleaseMouse => guard::point(&self.terminal.tty, MouseOwner::Terminal)?,
            Effect::Redraw => self.screen.forget(),
            Effect::Suspend => {
                let mut after = Vec::new();
                self.suspend(&mut after)?;
                events.extend(after);
            }
            // Taken before.
            Effect::Quit | Effect::OpenArticle(..) => {}
        }
        Ok(())
    }

    /// Leaves the terminal, stops, and enters again when something lets us go on.
    fn suspend(&mut self, events: &mut Vec<Event>) -> io::Result<()> {
        if !signals::may_stop() {
            return Ok(());
        }
        guard::leave();
        self.terminal.signals.suspend();
        // Woken only to be ended, perhaps in the background: the terminal is not ours then.
        if self.terminal.signals.ending().is_some() {
            return Ok(());
        }
        self.enter_again(events)
    }

    /// After a stop the terminal may be in any state, and of another size.
    fn enter_again(&mut self, events: &mut Vec<Event>) -> io::Result<()> {
        guard::enter(&self.terminal.tty, self.state.mouse())?;
        self.screen.forget();
        events.push(Event::Resize(self.terminal.tty.size()));
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let frame = self.screen.frame(|buffer| view::draw(&self.state, self.look, buffer));
        let written = self.terminal.tty.write(frame, self.terminal.pipe.as_fd());
        match written {
            // Something came while a slow terminal took its time; the next frame is a whole one.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                self.screen.forget();
                Ok(())
            }
            other => other,
        }
    }

    /// ms since the beginning.
    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Keeps what is to be kept, and says how many changes the disk did not take.
    pub fn close(&mut self) -> usize {
        self.clipboard.close();
        let Some(clerk) = self.clerk.take() else { return 0 };
        let preferences = self.preferences.take();
        clerk.close(Last { place: self.place, preferences });
        let events: Vec<Event> = self.inbox.try_iter().collect();
        self.settle(events.into_iter());
        self.state.unanswered()
    }
}
