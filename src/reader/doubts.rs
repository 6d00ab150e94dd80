//! Whether an article that bookmarks are of may be this one: the reader is asked, and says.

use super::State;
use super::event::{Bookmark, Doubt, Effect, Ticket};
use super::lists::{Entry, List, ListKind, Target};
use super::undo::Step;
use crate::interview::correct::Corrections;
use crate::words::Message;

impl State {
    /// Takes the articles that may be this one, and asks about the first.
    pub(super) fn recall_doubts(&mut self, doubts: Vec<Doubt>) {
        self.doubts = doubts;
        self.decided = 0;
        self.ask_doubt();
    }

    fn ask_doubt(&mut self) {
        let free = self.list.is_none() && self.prompt.is_none() && self.selection.is_none();
        if free && self.doubts.len() > self.decided {
            self.list = Some(List { kind: ListKind::Doubt, selected: 0 });
        }
    }

    /// What is asked, for the title.
    pub fn doubt(&self) -> Message {
        let doubt = self.doubts.get(self.decided).cloned().unwrap_or_default();
        let title = if doubt.title.is_empty() { "-".to_owned() } else { doubt.title };
        Message::new("title-doubt").with("title", title).with("count", doubt.count as i64)
    }

    /// An answer as an entry.
    pub(super) fn doubt_entry(&self, at: usize) -> Entry {
        let id = if at == 1 { "doubt-same" } else { "doubt-other" };
        Entry { text: self.words().text(id).into_owned(), ..Entry::default() }
    }

    /// What an answer means.
    pub(super) fn doubt_target(&self, at: usize) -> Target {
        Target::Decision { same: at == 1 }
    }

    /// Says whether the article is this one, and asks about the next.
    pub(super) fn decide(&mut self, same: bool) -> Vec<Effect> {
        let at = self.decided;
        self.list = None;
        if at >= self.doubts.len() {
            return Vec::new();
        }
        self.decided += 1;
        self.ask_doubt();
        if same {
            self.bookmarks.undo.did(Step::Decided(at));
        }
        self.ask_decision(at, same)
    }

    /// Asks the disk to keep a decision.
    pub(super) fn ask_decision(&mut self, doubt: usize, same: bool) -> Vec<Effect> {
        let ticket = self.ticket();
        self.bookmarks.ask_decision(ticket);
        vec![Effect::Decide(ticket, doubt, same)]
    }

    /// Takes the disk's answer to a decision: the bookmarks that are here now, too.
    pub(super) fn heard_decision(
        &mut self,
        ticket: Ticket,
        answer: Result<(Vec<Bookmark>, Corrections), Message>,
    ) -> Option<Message> {
        match self.bookmarks.answer(ticket, answer)? {
            Ok((bookmarks, corrections)) => {
                let before = self.bookmarks().len();
                self.recall_corrections(corrections);
                self.replace_bookmarks(bookmarks);
                let count = self.bookmarks().len() as i64 - before as i64;
                (count > 0).then(|| Message::new("bookmarks-joined").with("count", count))
            }
            Err(why) => Some(why),
        }
    }
}
