//! The bookmarks of the article: what is kept, what the disk was asked for, and what can be undone.

use std::ops::Range;

use super::State;
use super::event::{Bookmark, Effect, MarkChange, MarkEdit, Ticket};
use super::undo::{Step, Undo};
use crate::interview::correct::Correction;
use crate::marks::Highlight;
use crate::text::sentence::sentence_at;
use crate::typeset::body;
use crate::words::Message;

/// How long a sentence that was just bookmarked or copied is shown, in ms.
const FLASH: u64 = 1500;

/// How many characters of a quote are said in the status line.
const SHORT: usize = 30;

/// The bookmarks of the article.
#[derive(Clone, Debug, Default)]
pub struct Bookmarks {
    all: Vec<Bookmark>,
    /// Asked for and not acknowledged.
    asked: Vec<(Ticket, Asked)>,
    /// Those of them that the disk refused so far.
    refused: Vec<Ticket>,
    flash: Option<(Range<u32>, u64)>,
    pub(super) undo: Undo,
}

#[derive(Clone, Debug)]
enum Asked {
    Mark(MarkChange),
    Correct(Correction),
    Decide,
}

impl Bookmarks {
    /// All of them, in text order; the lost ones behind the others.
    pub fn all(&self) -> &[Bookmark] {
        &self.all
    }

    /// The one with that id.
    pub fn get(&self, id: &str) -> Option<&Bookmark> {
        self.all.iter().find(|mark| mark.id == id)
    }

    /// The one of exactly that passage.
    pub fn of(&self, range: &Range<u32>) -> Option<&Bookmark> {
        self.all.iter().find(|mark| mark.range.as_ref() == Some(range))
    }

    /// How many requests the disk has refused so far; they are tried again.
    pub fn unsaved(&self) -> usize {
        self.refused.len()
    }

    /// How many requests the disk has not answered, or refused.
    pub fn unanswered(&self) -> usize {
        self.asked.len()
    }

    /// The sentence to show for a moment.
    pub fn flash(&self) -> Option<&Range<u32>> {
        self.flash.as_ref().map(|(range, _)| range)
    }

    /// When it was shown long enough.
    pub fn flash_until(&self) -> Option<u64> {
        self.flash.as_ref().map(|&(_, until)| until)
    }

    /// A correction is on its way to the disk.
    pub(super) fn ask_correction(&mut self, ticket: Ticket, correction: Correction) {
        self.asked.push((ticket, Asked::Correct(correction)));
    }

    /// A decision is on its way to the disk.
    pub(super) fn ask_decision(&mut self, ticket: Ticket) {
        self.asked.push((ticket, Asked::Decide));
    }

    /// The corrections that the disk has not answered for, oldest first.
    pub(super) fn asked_corrections(&self) -> impl Iterator<Item = &Correction> {
        self.asked.iter().filter_map(|(_, asked)| match asked {
            Asked::Correct(correction) => Some(correction),
            Asked::Mark(_) | Asked::Decide => None,
        })
    }

    /// Whether a bookmark of exactly that passage is on its way to the disk.
    pub(super) fn is_asked(&self, passage: &Range<u32>) -> bool {
        self.asked_changes().any(|change| match change {
            MarkChange::Add { range, .. } => range == passage,
            _ => false,
        })
    }

    /// The changes to bookmarks that the disk has not answered for, oldest first.
    fn asked_changes(&self) -> impl Iterator<Item = &MarkChange> {
        self.asked.iter().filter_map(|(_, asked)| match asked {
            Asked::Mark(change) => Some(change),
            Asked::Correct(_) | Asked::Decide => None,
        })
    }

    /// Takes the disk's answer; what it refused stays asked for. An answer to nothing is none.
    pub(super) fn answer<T>(
        &mut self,
        ticket: Ticket,
        answer: Result<T, Message>,
    ) -> Option<Result<T, Message>> {
        let at = self.asked.iter().position(|(asked, _)| *asked == ticket)?;
        if answer.is_ok() {
            self.asked.remove(at);
            self.refused.retain(|refused| *refused != ticket);
        } else if !self.refused.contains(&ticket) {
            self.refused.push(ticket);
        }
        Some(answer)
    }

    /// Puts a bookmark in the place of the one with its id.
    fn put(&mut self, mark: Bookmark) {
        self.all.retain(|old| old.id != mark.id);
        self.all.push(mark);
        self.sort();
    }

    /// Shows a passage for a moment, so that it is seen what a key was about.
    pub(super) fn show(&mut self, range: Range<u32>, now: u64) {
        self.flash = Some((range, now + FLASH));
    }

    fn sort(&mut self) {
        let place = |mark: &Bookmark| {
            let range = mark.range.clone().unwrap_or(u32::MAX..u32::MAX);
            (range.start, range.end, mark.id.clone())
        };
        self.all.sort_by_cached_key(place);
    }
}

/// The beginning of a quote, as much as one recognises it by.
fn short(quote: &str) -> String {
    match quote.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", &quote[..end]),
        None => quote.to_owned(),
    }
}

impl State {
    /// Bookmarks the sentence at the top of the page, or removes its bookmark.
    pub(super) fn toggle_bookmark(&mut self, now: u64) -> (Vec<Effect>, Option<Message>) {
        // Where going to a bookmark leads, its row may begin with the end of another sentence.
        if let Some(id) = self.bookmark_at_top() {
            return (self.remove_bookmark(&id), None);
        }
        match self.sentence_at_top() {
            Some(range) => self.toggle_passage(range, now),
            None => (Vec::new(), Some(Message::new("no-sentence"))),
        }
    }

    /// Bookmarks a passage, or removes the bookmark of exactly that.
    pub(super) fn toggle_passage(
        &mut self,
        range: Range<u32>,
        now: u64,
    ) -> (Vec<Effect>, Option<Message>) {
        if let Some(id) = self.bookmarks.of(&range).map(|mark| mark.id.clone()) {
            return (self.remove_bookmark(&id), None);
        }
        if self.bookmarks.is_asked(&range) {
            return (Vec::new(), Some(Message::new("still-saving")));
        }
        (self.add_bookmark(range, String::new(), Vec::new(), Highlight::First, now), None)
    }

    /// Keeps a passage.
    pub(super) fn add_bookmark(
        &mut self,
        range: Range<u32>,
        note: String,
        tags: Vec<String>,
        highlight: Highlight,
        now: u64,
    ) -> Vec<Effect> {
        self.bookmarks.show(range.clone(), now);
        let ticket = self.ticket();
        self.bookmarks.undo.did(Step::Adding(ticket));
        self.ask_mark(ticket, MarkChange::Add { range, note, tags, highlight })
    }

    /// Changes a bookmark: on the screen at once, and on the disk when it can.
    pub(super) fn edit_bookmark(&mut self, id: &str, edit: MarkEdit) -> Vec<Effect> {
        let Some(before) = self.edit_on_screen(id, &edit) else { return Vec::new() };
        if before == edit {
            return Vec::new();
        }
        let step = Step::Edited { id: id.to_owned(), before, after: edit.clone() };
        self.bookmarks.undo.did(step);
        let ticket = self.ticket();
        self.ask_mark(ticket, MarkChange::Edit(id.to_owned(), edit))
    }

    /// Removes a bookmark; it goes from the screen at once, and from the disk when it can.
    pub(super) fn remove_bookmark(&mut self, id: &str) -> Vec<Effect> {
        self.bookmarks.undo.did(Step::Removed(id.to_owned()));
        self.ask_removal(id)
    }

    /// The same, without a step to undo.
    pub(super) fn ask_removal(&mut self, id: &str) -> Vec<Effect> {
        self.bookmarks.all.retain(|mark| mark.id != id);
        self.bookmarks.flash = None;
        let ticket = self.ticket();
        self.ask_mark(ticket, MarkChange::Remove(id.to_owned()))
    }

    /// Shows a change; what it replaced. `None` where there is no such bookmark.
    pub(super) fn edit_on_screen(&mut self, id: &str, edit: &MarkEdit) -> Option<MarkEdit> {
        let mark = self.bookmarks.all.iter_mut().find(|mark| mark.id == id)?;
        let MarkEdit { note, tags, highlight, range, is_back } = edit.clone();
        if is_back {
            // Where it is then the disk's answer says.
            mark.range = None;
        }
        let before = MarkEdit {
            is_back: range.is_some(),
            note: note.map(|note| std::mem::replace(&mut mark.note, note)),
            tags: tags.map(|tags| std::mem::replace(&mut mark.tags, tags)),
            highlight: highlight.map(|new| std::mem::replace(&mut mark.highlight, new)),
            range: None,
        };
        if let Some(range) = range {
            mark.range = Some(range);
        }
        self.bookmarks.sort();
        Some(before)
    }

    /// Asks the disk for a change.
    pub(super) fn ask_mark(&mut self, ticket: Ticket, change: MarkChange) -> Vec<Effect> {
        self.bookmarks.asked.push((ticket, Asked::Mark(change.clone())));
        vec![Effect::Mark(ticket, change)]
    }

    /// Takes the disk's answer to a change.
    pub(super) fn marked(
        &mut self,
        ticket: Ticket,
        answer: Result<Option<Bookmark>, Message>,
    ) -> Option<Message> {
        let asked = self.bookmarks.asked.iter().find(|(asked, _)| *asked == ticket);
        let change = asked.map(|(_, asked)| asked.clone());
        let mark = match self.bookmarks.answer(ticket, answer)? {
            Ok(mark) => mark,
            Err(why) => return Some(why),
        };
        let Some(Asked::Mark(change)) = change else { return None };
        let is_gone = mark.is_none() && !matches!(change, MarkChange::Remove(_));
        if let (true, MarkChange::Edit(id, _) | MarkChange::Restore(id)) = (is_gone, &change) {
            self.bookmarks.all.retain(|mark| mark.id != *id);
            return Some(Message::new("bookmark-gone"));
        }
        let quote = mark.as_ref().map(|mark| short(&mark.quote)).unwrap_or_default();
        if let Some(mark) = mark {
            if matches!(change, MarkChange::Add { .. }) {
                self.bookmarks.undo.added(ticket, &mark.id);
            }
            self.bookmarks.put(mark);
            self.show_what_is_asked();
        }
        let id = match change {
            MarkChange::Add { .. } => "bookmarked",
            MarkChange::Edit(..) => "bookmark-changed",
            MarkChange::Remove(_) => "bookmark-removed",
            MarkChange::Restore(_) => "bookmark-restored",
        };
        Some(Message::new(id).with("quote", quote))
    }

    /// An answer to an older change does not undo a newer one on the screen.
    fn show_what_is_asked(&mut self) {
        let later: Vec<MarkChange> = self.bookmarks.asked_changes().cloned().collect();
        for change in later {
            match change {
                MarkChange::Edit(id, edit) => {
                    self.edit_on_screen(&id, &edit);
                }
                MarkChange::Remove(id) => self.bookmarks.all.retain(|mark| mark.id != id),
                MarkChange::Add { .. } | MarkChange::Restore(_) => {}
            }
        }
    }

    /// Takes what earlier sessions left; what was bookmarked meanwhile stays.
    pub(super) fn recall_bookmarks(&mut self, bookmarks: Vec<Bookmark>) {
        let known = |mark: &Bookmark| self.bookmarks.all.iter().any(|old| old.id == mark.id);
        let new: Vec<_> = bookmarks.into_iter().filter(|mark| !known(mark)).collect();
        self.bookmarks.all.extend(new);
        self.show_what_is_asked();
        self.bookmarks.sort();
    }

    /// Takes all bookmarks that the article has now.
    pub(super) fn replace_bookmarks(&mut self, bookmarks: Vec<Bookmark>) {
        self.bookmarks.all = bookmarks;
        self.show_what_is_asked();
        self.bookmarks.sort();
    }

    /// Goes to the next bookmark in the text; behind the last to the first.
    pub(super) fn next_bookmark(&mut self) -> Option<Message> {
        let here = self.galley.settle(self.top);
        let places: Vec<_> =
            self.bookmarks.all.iter().filter_map(|mark| mark.range.clone()).collect();
        let place = |range: &Range<u32>| self.galley.settle(self.galley.anchor_of(range.start));
        let from = self.galley.offset_of(here);
        let behind = places.partition_point(|range| range.start < from);
        let next = places[behind..].iter().map(&place).find(|&anchor| anchor > here);
        let to = next.or_else(|| places.first().map(&place));
        let Some(to) = to else { return Some(Message::new("no-bookmarks")) };
        let wrapped = next.is_none();
        self.jump(to);
        wrapped.then(|| Message::new("bookmarks-from-start"))
    }

    /// Ends the moment for which a sentence is shown.
    pub(super) fn end_flash(&mut self, now: u64) {
        if self.bookmarks.flash_until().is_some_and(|until| until <= now) {
            self.bookmarks.flash = None;
        }
    }

    /// The passages that show as bookmarked, with how: those kept and those on their way to the
    /// disk.
    pub fn marked_in(&self, range: &Range<u32>) -> Vec<(Range<u32>, Highlight)> {
        let kept = self.bookmarks.all.iter();
        let kept = kept.filter_map(|mark| Some((mark.range.clone()?, mark.highlight)));
        let asked = self.bookmarks.asked_changes().filter_map(|change| match change {
            MarkChange::Add { range, highlight, .. } => Some((range.clone(), *highlight)),
            _ => None,
        });
        let touches = |at: &Range<u32>| at.start < range.end && range.start < at.end;
        kept.chain(asked).filter(|(at, _)| touches(at)).collect()
    }

    /// Whether a passage with a note begins in a range of the text.
    pub fn has_note(&self, range: &Range<u32>) -> bool {
        self.bookmarks.all.iter().any(|mark| {
            !mark.note.is_empty()
                && mark.range.as_ref().is_some_and(|passage| range.contains(&passage.start))
        })
    }

    /// The bookmark whose passage begins in the first row of text on the page.
    pub(super) fn bookmark_at_top(&self) -> Option<String> {
        let page = self.page();
        let row = page.iter().find(|row| super::has_text(row))?;
        let begins = |mark: &&Bookmark| {
            mark.range.as_ref().is_some_and(|range| row.text.contains(&range.start))
        };
        self.bookmarks.all.iter().find(begins).map(|mark| mark.id.clone())
    }

    /// The sentence that the first text on the page belongs to.
    pub(super) fn sentence_at_top(&self) -> Option<Range<u32>> {
        let page = self.page();
        let row = page.iter().find(|row| super::has_text(row))?;
        self.sentence_of(row.text.start)
    }

    /// The sentence that holds a byte of the text.
    pub(super) fn sentence_of(&self, offset: u32) -> Option<Range<u32>> {
        let interview = self.interview();
        let body = body(interview, interview.prose.block_at(offset)?);
        let text = interview.prose.slice(body.clone());
        let sentence = sentence_at(text, offset.saturating_sub(body.start) as usize);
        let range = body.start + sentence.start as u32..body.start + sentence.end as u32;
        (!range.is_empty()).then_some(range)
    }
}
