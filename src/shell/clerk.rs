//! Bookmarks and the place, kept in a thread of their own: a slow disk never holds the page.
//!
//! What could not be kept is kept in memory and tried again, every few seconds and at the end.

use std::collections::VecDeque;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::wake::Post;
use crate::interview::correct::{Correction, Corrections};
use crate::marks::Preferences;
use crate::reader::{Bookmark, Elsewhere, Event, MarkChange, Recalled, Ticket};
use crate::words::Message;

/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// How long the end waits for the disk.
const LAST: Duration = Duration::from_secs(1);

/// Where the marks of one article are kept. Every call may take as long as a disk does.
pub trait Ledger: Send {
    /// The byte of the text that stood at the top of the page when an earlier session ended; this
    /// takes a few milliseconds however much was marked.
    fn place(&mut self) -> Option<u32>;

    /// What else earlier sessions left.
    fn recall(&mut self) -> Recalled;

    /// Changes a bookmark; it is safe on disk when this returns the bookmark as it is now, or
    /// none when it was removed.
    ///
    /// # Errors
    /// Why it is not.
    fn mark(&mut self, change: &MarkChange) -> Result<Option<Bookmark>, Message>;

    /// Keeps what was said of a speaker; it is safe on disk when this returns.
    ///
    /// # Errors
    /// Why it is not.
    fn correct(&mut self, correction: &Correction) -> Result<(), Message>;

    /// Keeps whether an article is this one, by its place among the doubts; it is safe on disk
    /// when this returns all bookmarks of this article, and what was said of its speakers.
    ///
    /// # Errors
    /// Why it is not.
    fn decide(&mut self, doubt: usize, same: bool)
    -> Result<(Vec<Bookmark>, Corrections), Message>;

    /// Keeps how the article is set.
    ///
    /// # Errors
    /// Why it is not kept.
    fn prefer(&mut self, preferences: &Preferences) -> Result<(), Message>;

    /// The bookmarks of all articles, article by article in text order.
    fn list_all(&mut self) -> Vec<Elsewhere>;

    /// Remembers the byte of the text at the top of the page.
    ///
    /// # Errors
    /// Why it cannot.
    fn keep_place(&mut self, place: u32) -> Result<(), Message>;
}

enum Job {
    Keep(Change),
    ListAll(Ticket),
    Prefer(Preferences),
    Place(u32),
    /// Everything there is, and an answer when it is done.
    Close(Last, Sender<()>),
}

/// What is to be kept at the end.
#[derive(Clone, Debug, Default)]
pub struct Last {
    /// The byte of the text at the top of the page, where it is known.
    pub place: Option<u32>,
    /// How the article is set, if that was changed.
    pub preferences: Option<Preferences>,
}

#[derive(Clone, Debug)]
enum Change {
    Mark(Ticket, MarkChange),
    Correct(Ticket, Correction),
    Decide(Ticket, usize, bool),
}

impl Change {
    /// Whether both are about one bookmark: then their order counts.
    fn is_about_the_same(&self, other: &Self) -> bool {
        let id = |change: &Self| match change {
            Self::Mark(
                _,
                MarkChange::Edit(id, _) | MarkChange::Remove(id) | MarkChange::Restore(id),
            ) => Some(id.clone()),
            Self::Mark(_, MarkChange::Add { .. }) | Self::Correct(..) | Self::Decide(..) => None,
        };
        id(self).is_some_and(|this| id(other) == Some(this))
    }
}

/// Gives work to the thread.
#[derive(Debug)]
pub struct Clerk {
    jobs: Sender<Job>,
}

impl Clerk {
    /// Begins with recalling; that and all results come by `post`. `None` when no thread is to be
    /// had: then nothing is kept.
    pub fn begin(ledger: Box<dyn Ledger>, post: Post) -> Option<Self> {
        let (jobs, inbox) = mpsc::channel();
        let work = move || {
            Desk { ledger, post, owed: VecDeque::new(), unset: None, complained: None }.work(&inbox)
        };
        thread::Builder::new().name("clerk".into()).spawn(work).ok()?;
        Some(Self { jobs })
    }

    /// Changes a bookmark.
    pub fn mark(&self, ticket: Ticket, change: MarkChange) {
        let _ = self.jobs.send(Job::Keep(Change::Mark(ticket, change)));
    }

    /// Keeps what was said of a speaker.
    pub fn correct(&self, ticket: Ticket, correction: Correction) {
        let _ = self.jobs.send(Job::Keep(Change::Correct(ticket, correction)));
    }

    /// Keeps whether an article is this one.
    pub fn decide(&self, ticket: Ticket, doubt: usize, same: bool) {
        let _ = self.jobs.send(Job::Keep(Change::Decide(ticket, doubt, same)));
    }

    /// Keeps how the article is set.
    pub fn prefer(&self, preferences: Preferences) {
        let _ = self.jobs.send(Job::Prefer(preferences));
    }

    /// Lists the bookmarks of all articles.
    pub fn list_all(&self, ticket: Ticket) {
        let _ = self.jobs.send(Job::ListAll(ticket));
    }

    /// Remembers the place; of several that wait only the last is written.
    pub fn keep_place(&self, place: u32) {
        let _ = self.jobs.send(Job::Place(place));
    }

    /// Keeps what is not kept yet, and the place where it is known; waits, but not for ever.
    pub fn close(self, last: Last) {
        let (done, wait) = mpsc::channel();
        if self.jobs.send(Job::Close(last, done)).is_ok() {
            let _ = wait.recv_timeout(LAST);
        }
    }
}

struct Desk {
    ledger: Box<dyn Ledger>,
    post: Post,
    /// Changes that failed, the oldest first.
    owed: VecDeque<Change>,
    /// How the article is to be set, where that could not be kept.
    unset: Option<Preferences>,
    /// The last complaint about the place, so that it is not said again and again.
    complained: Option<Message>,
}

impl Desk {
    fn work(mut self, jobs: &Receiver<Job>) {
        let place = self.ledger.place();
        self.post.send(Event::Placed(place));
        self.post.send(Event::Recalled(Box::new(self.ledger.recall())));
        let mut again = Instant::now() + AGAIN;
        let mut place = None;
        loop {
            let job = match (jobs.try_recv(), place) {
                (Ok(job), _) => job,
                // Nothing else is to be done: now the place.
                (Err(_), Some(byte)) => {
                    place = None;
                    self.keep_place(byte);
                    continue;
                }
                (Err(_), None) if self.owed.is_empty() => match jobs.recv() {
                    Ok(job) => job,
                    Err(_) => return,
                },
                (Err(_), None) => {
                    match jobs.recv_timeout(again.saturating_duration_since(Instant::now())) {
                        Ok(job) => job,
                        Err(RecvTimeoutError::Timeout) => {
                            self.pay();
                            again = Instant::now() + AGAIN;
                            continue;
                        }
                        Err(RecvTimeoutError::Disconnected) => return self.pay(),
                    }
                }
            };
            match job {
                Job::Keep(change) => {
                    self.supersede(&change);
                    // Behind one that waits it waits, too: written before it, it would not hold.
                    if self.owed.iter().any(|owed| owed.is_about_the_same(&change)) {
                        self.owed.push_back(change);
                    } else if let Err(message) = self.keep(&change) {
                        if self.owed.is_empty() {
                            again = Instant::now() + AGAIN;
                        }
                        self.refuse(&change, message);
                        self.owed.push_back(change);
                    }
                }
                Job::ListAll(ticket) => {
                    let all = self.ledger.list_all();
                    self.post.send(Event::ListedAll(ticket, all));
                }
                Job::Prefer(preferences) => self.prefer(preferences),
                Job::Place(byte) => place = Some(byte),
                Job::Close(last, done) => {
                    self.pay();
                    if let Some(preferences) = last.preferences.or(self.unset.take()) {
                        self.prefer(preferences);
                    }
                    if let Some(byte) = last.place.or(place) {
                        self.keep_place(byte);
                    }
                    let _ = done.send(());
                    return;
                }
            }
        }
    }

    /// What was said of a speaker and could not be kept is not owed any more when the opposite is
    /// said: written later, it would win.
    fn supersede(&mut self, change: &Change) {
        let Change::Correct(_, new) = change else { return };
        self.owed.retain(|change| match change {
            Change::Correct(ticket, old) if old.is_undone_by(new) => {
                self.post.send(Event::Corrected(*ticket, Ok(())));
                false
            }
            _ => true,
        });
    }

    /// Tries what failed once more; what fails again stays, without another complaint.
    fn pay(&mut self) {
        for change in std::mem::take(&mut self.owed) {
            let waits = self.owed.iter().any(|owed| owed.is_about_the_same(&change));
            if waits || self.keep(&change).is_err() {
                self.owed.push_back(change);
            }
        }
    }

    fn keep(&mut self, change: &Change) -> Result<(), Message> {
        match change {
            Change::Mark(ticket, change) => {
                let bookmark = self.ledger.mark(change)?;
                self.post.send(Event::Marked(*ticket, Ok(bookmark)));
            }
            Change::Correct(ticket, correction) => {
                self.ledger.correct(correction)?;
                self.post.send(Event::Corrected(*ticket, Ok(())));
            }
            Change::Decide(ticket, doubt, same) => {
                let here = self.ledger.decide(*doubt, *same)?;
                self.post.send(Event::Decided(*ticket, Ok(here)));
            }
        }
        Ok(())
    }

    fn refuse(&self, change: &Change, message: Message) {
        self.post.send(match change {
            Change::Mark(ticket, _) => Event::Marked(*ticket, Err(message)),
            Change::Correct(ticket, _) => Event::Corrected(*ticket, Err(message)),
            Change::Decide(ticket, ..) => Event::Decided(*ticket, Err(message)),
        });
    }

    fn keep_place(&mut self, place: u32) {
        let complaint = self.ledger.keep_place(place).err();
        self.complain(complaint);
    }

    fn prefer(&mut self, preferences: Preferences) {
        let complaint = self.ledger.prefer(&preferences).err();
        self.unset = complaint.is_some().then_some(preferences);
        self.complain(complaint);
    }

    /// Says what is wrong, but not again and again.
    fn complain(&mut self, complaint: Option<Message>) {
        if let Some(message) = &complaint
            && self.complained != complaint
        {
            self.post.send(Event::Say(message.clone()));
        }
        self.complained = complaint;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::super::wake::Pipe;
    use super::*;
    use crate::marks::Highlight;
    use crate::reader::MarkEdit;

    /// A ledger whose disk is full for the first `full` writes.
    #[derive(Clone, Default)]
    struct Paper {
        lines: Arc<Mutex<Vec<String>>>,
        full: Arc<Mutex<u32>>,
    }

    impl Paper {
        fn write(&self, line: String) -> Result<(), Message> {
            let mut full = self.full.lock().unwrap();
            if *full > 0 {
                *full -= 1;
                return Err(Message { id: "disk-full", arguments: Vec::new() });
            }
            self.lines.lock().unwrap().push(line);
            Ok(())
        }
    }

    impl Ledger for Paper {
        fn place(&mut self) -> Option<u32> {
            Some(7)
        }

        fn recall(&mut self) -> Recalled {
            Recalled::default()
        }

        fn mark(&mut self, change: &MarkChange) -> Result<Option<Bookmark>, Message> {
            match change {
                MarkChange::Add { range, .. } => {
                    self.write(format!("add {range:?}"))?;
                    let id = format!("{}", range.start);
                    let bookmark =
                        Bookmark { id, range: Some(range.clone()), ..Bookmark::default() };
                    return Ok(Some(bookmark));
                }
                MarkChange::Edit(id, edit) => {
                    let note = edit.note.clone().unwrap_or_default();
                    self.write(format!("edit {id} {note}"))?;
                }
                MarkChange::Remove(id) => self.write(format!("remove {id}"))?,
                MarkChange::Restore(id) => self.write(format!("restore {id}"))?,
            }
            Ok(None)
        }

        fn decide(
            &mut self,
            doubt: usize,
            same: bool,
        ) -> Result<(Vec<Bookmark>, Corrections), Message> {
            self.write(format!("decide {doubt} {same}"))?;
            Ok((Vec::new(), Corrections::default()))
        }

        fn prefer(&mut self, preferences: &Preferences) -> Result<(), Message> {
            self.write(format!("measure {:?}", preferences.measure))
        }

        fn list_all(&mut self) -> Vec<Elsewhere> {
            Vec::new()
        }

        fn correct(&mut self, correction: &Correction) -> Result<(), Message> {
            self.write(match correction {
                Correction::Name { speaker, name } => format!("name {speaker} {name}"),
                Correction::Merge { speaker, into } => format!("merge {speaker} {into}"),
            })
        }

        fn keep_place(&mut self, place: u32) -> Result<(), Message> {
            self.write(format!("place {place}"))
        }
    }

    fn add(range: std::ops::Range<u32>) -> MarkChange {
        let (note, tags) = (String::new(), Vec::new());
        MarkChange::Add { range, note, tags, highlight: Highlight::First }
    }

    fn begin(paper: &Paper) -> (Clerk, Receiver<Event>) {
        let (post, events) = Pipe::new().unwrap().post();
        let clerk = Clerk::begin(Box::new(paper.clone()), post).unwrap();
        assert!(matches!(events.recv().unwrap(), Event::Placed(Some(7))));
        assert!(matches!(events.recv().unwrap(), Event::Recalled(_)));
        (clerk, events)
    }

    #[test]
    fn a_bookmark_is_acknowledged_when_it_is_written() {
        let paper = Paper::default();
        let (clerk, events) = begin(&paper);
        clerk.mark(Ticket(1), add(3..9));
        let event = events.recv().unwrap();
        let Event::Marked(Ticket(1), Ok(Some(bookmark))) = event else { panic!("{event:?}") };
        assert_eq!(bookmark.id, "3");
        assert_eq!(*paper.lines.lock().unwrap(), ["add 3..9"]);
    }

    #[test]
    fn what_failed_is_written_at_the_end() {
        let paper = Paper::default();
        *paper.full.lock().unwrap() = 2;
        let (clerk, events) = begin(&paper);
        clerk.mark(Ticket(1), add(3..9));
        clerk.mark(Ticket(2), MarkChange::Remove("x".into()));
        assert!(matches!(events.recv().unwrap(), Event::Marked(Ticket(1), Err(_))));
        assert!(matches!(events.recv().unwrap(), Event::Marked(Ticket(2), Err(_))));
        clerk.close(Last { place: Some(40), ..Last::default() });
        assert_eq!(*paper.lines.lock().unwrap(), ["add 3..9", "remove x", "place 40"]);
        assert!(matches!(events.recv().unwrap(), Event::Marked(Ticket(1), Ok(_))));
    }

    #[test]
    fn a_change_waits_behind_one_of_the_same_bookmark() {
        let paper = Paper::default();
        *paper.full.lock().unwrap() = 1;
        let (clerk, events) = begin(&paper);
        let edit = |id: &str, note: &str| {
            let edit = MarkEdit { note: Some(note.into()), ..MarkEdit::default() };
            MarkChange::Edit(id.into(), edit)
        };
        clerk.mark(Ticket(1), edit("a", "一"));
        clerk.mark(Ticket(2), edit("b", "二"));
        clerk.mark(Ticket(3), edit("a", "三"));
        assert!(matches!(events.recv().unwrap(), Event::Marked(Ticket(1), Err(_))));
        clerk.close(Last::default());
        assert_eq!(*paper.lines.lock().unwrap(), ["edit b 二", "edit a 一", "edit a 三"]);
    }

    #[test]
    fn a_name_that_failed_does_not_come_behind_a_later_one() {
        let paper = Paper::default();
        *paper.full.lock().unwrap() = 2;
        let (clerk, events) = begin(&paper);
        let name = |speaker: &str, name: &str| Correction::Name {
            speaker: speaker.into(),
            name: name.into(),
        };
        clerk.correct(Ticket(1), name("甲", "一"));
        clerk.correct(Ticket(2), name("乙", "二"));
        clerk.correct(Ticket(3), name("甲", "三"));
        clerk.close(Last::default());
        assert_eq!(*paper.lines.lock().unwrap(), ["name 甲 三", "name 乙 二"]);
        let told: Vec<_> = events
            .try_iter()
            .map(|event| match event {
                Event::Corrected(Ticket(ticket), answer) => (ticket, answer.is_ok()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(told, [(1, false), (2, false), (1, true), (3, true), (2, true)]);
    }

    #[test]
    fn a_place_that_cannot_be_kept_is_said_once() {
        let paper = Paper::default();
        *paper.full.lock().unwrap() = 100;
        let (clerk, events) = begin(&paper);
        clerk.keep_place(1);
        assert!(matches!(events.recv().unwrap(), Event::Say(message) if message.id == "disk-full"));
        clerk.keep_place(2);
        clerk.close(Last { place: Some(3), ..Last::default() });
        assert!(events.recv().is_err());
    }

    #[test]
    fn the_last_place_is_the_one_that_is_kept() {
        let paper = Paper::default();
        let (clerk, _events) = begin(&paper);
        for place in 0..1000 {
            clerk.keep_place(place);
        }
        clerk.close(Last { place: Some(1000), ..Last::default() });
        assert_eq!(paper.lines.lock().unwrap().last().unwrap(), "place 1000");
    }
}
