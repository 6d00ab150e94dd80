//! The changes to bookmarks in the order they were made: the last is undone first, and what was
//! undone can be done again until something else is changed.

use super::State;
use super::event::{Effect, MarkChange, MarkEdit, Ticket};
use crate::words::Message;

/// How many changes are remembered.
const REMEMBERED: usize = 1000;

/// What was done, and what of it was undone; the newest last.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// A change to a bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is being added, by this request: its id is not known yet.
    Adding(Ticket),
    /// It was added, or brought back.
    Added(String),
    /// It was removed.
    Removed(String),
    /// The article was said to be this one, by its place among the doubts.
    Decided(usize),
    /// It was changed.
    Edited {
        /// Its id.
        id: String,
        /// What was changed, as it was.
        before: MarkEdit,
        /// What was changed, as it is.
        after: MarkEdit,
    },
}

impl Undo {
    /// Something was done.
    pub fn did(&mut self, step: Step) {
        self.undone.clear();
        if self.done.len() == REMEMBERED {
            self.done.remove(0);
        }
        self.done.push(step);
    }

    /// What was being added by a request has an id now.
    pub fn added(&mut self, ticket: Ticket, id: &str) {
        for step in self.done.iter_mut().chain(&mut self.undone) {
            if *step == Step::Adding(ticket) {
                *step = Step::Added(id.to_owned());
            }
        }
    }
}

impl State {
    /// Undoes the last change to a bookmark.
    pub(super) fn undo(&mut self) -> (Vec<Effect>, Option<Message>) {
        let undo = &mut self.bookmarks.undo;
        if let Some(Step::Adding(_)) = undo.done.last() {
            return (Vec::new(), Some(Message::new("still-saving")));
        }
        let Some(step) = undo.done.pop() else {
            return (Vec::new(), Some(Message::new("nothing-to-undo")));
        };
        undo.undone.push(step.clone());
        let effects = match step {
            Step::Adding(_) => Vec::new(),
            Step::Added(id) => self.ask_removal(&id),
            Step::Removed(id) => self.ask_return(&id),
            Step::Decided(doubt) => self.ask_decision(doubt, false),
            Step::Edited { id, before, .. } => self.ask_edit(&id, before),
        };
        (effects, None)
    }

    /// Does again what was undone last.
    pub(super) fn redo(&mut self) -> (Vec<Effect>, Option<Message>) {
        let Some(step) = self.bookmarks.undo.undone.pop() else {
            return (Vec::new(), Some(Message::new("nothing-to-redo")));
        };
        self.bookmarks.undo.done.push(step.clone());
        let effects = match step {
            Step::Adding(_) => Vec::new(),
            Step::Added(id) => self.ask_return(&id),
            Step::Removed(id) => self.ask_removal(&id),
            Step::Decided(doubt) => self.ask_decision(doubt, true),
            Step::Edited { id, after, .. } => self.ask_edit(&id, after),
        };
        (effects, None)
    }

    fn ask_return(&mut self, id: &str) -> Vec<Effect> {
        let ticket = self.ticket();
        self.ask_mark(ticket, MarkChange::Restore(id.to_owned()))
    }

    fn ask_edit(&mut self, id: &str, edit: MarkEdit) -> Vec<Effect> {
        self.edit_on_screen(id, &edit);
        let ticket = self.ticket();
        self.ask_mark(ticket, MarkChange::Edit(id.to_owned(), edit))
    }
}
