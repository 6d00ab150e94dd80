//! Bookmarks: the sentence at the top of the page, kept until it is safe and shown in text order.

use std::ops::Range;

use super::State;
use super::event::{Bookmark, Effect, Ticket};
use crate::interview::correct::Correction;
use crate::text::sentence::sentence_at;
use crate::typeset::body;
use crate::words::Message;

/// How long a sentence that was just bookmarked or copied is shown, in ms.
const FLASH: u64 = 1500;

/// The bookmarks of the article.
#[derive(Clone, Debug, Default)]
pub struct Bookmarks {
    all: Vec<Bookmark>,
    /// Asked for and not acknowledged.
    asked: Vec<(Ticket, Asked)>,
    /// Those of them that the disk refused so far.
    refused: Vec<Ticket>,
    flash: Option<(Range<u32>, u64)>,
}

#[derive(Clone, Debug)]
enum Asked {
    Add(Range<u32>),
    Remove(String),
    Correct(Correction),
}

impl Bookmarks {
    /// All of them, in text order; the lost ones behind the others.
    pub fn all(&self) -> &[Bookmark] {
        &self.all
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

    /// The corrections that the disk has not answered for, oldest first.
    pub(super) fn asked_corrections(&self) -> impl Iterator<Item = &Correction> {
        self.asked.iter().filter_map(|(_, asked)| match asked {
            Asked::Correct(correction) => Some(correction),
            _ => None,
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

    /// Shows a passage for a moment, so that it is seen what a key was about.
    pub(super) fn show(&mut self, range: Range<u32>, now: u64) {
        self.flash = Some((range, now + FLASH));
    }

    fn sort(&mut self) {
        let place = |mark: &Bookmark| mark.range.as_ref().map_or(u32::MAX, |range| range.start);
        self.all.sort_by_key(place);
    }
}

impl State {
    /// Bookmarks the sentence at the top of the page, or removes its bookmark.
    pub(super) fn toggle_bookmark(&mut self, now: u64) -> (Vec<Effect>, Option<Message>) {
        // Where going to a bookmark leads, its row may begin with the end of another sentence.
        if let Some(id) = self.bookmark_at_top() {
            return (self.remove_bookmark(&id), None);
        }
        let Some(range) = self.sentence_at_top() else {
            return (Vec::new(), Some(Message::new("no-sentence")));
        };
        let here = |mark: &&Bookmark| mark.range.as_ref() == Some(&range);
        if let Some(id) = self.bookmarks.all.iter().find(here).map(|mark| mark.id.clone()) {
            return (self.remove_bookmark(&id), None);
        }
        let asked = |(_, asked): &(Ticket, Asked)| matches!(asked, Asked::Add(at) if *at == range);
        if self.bookmarks.asked.iter().any(asked) {
            return (Vec::new(), Some(Message::new("still-saving")));
        }
        let ticket = self.ticket();
        self.bookmarks.asked.push((ticket, Asked::Add(range.clone())));
        self.bookmarks.show(range.clone(), now);
        (vec![Effect::Bookmark(ticket, range)], None)
    }

    /// Removes a bookmark; it goes from the screen at once, and from the disk when it can.
    pub(super) fn remove_bookmark(&mut self, id: &str) -> Vec<Effect> {
        self.bookmarks.all.retain(|mark| mark.id != id);
        self.bookmarks.flash = None;
        let ticket = self.ticket();
        self.bookmarks.asked.push((ticket, Asked::Remove(id.to_owned())));
        vec![Effect::Unbookmark(ticket, id.to_owned())]
    }

    /// Takes the disk's answer to a bookmark.
    pub(super) fn bookmarked(
        &mut self,
        ticket: Ticket,
        answer: Result<Bookmark, Message>,
    ) -> Option<Message> {
        match self.bookmarks.answer(ticket, answer)? {
            Ok(mark) => {
                let quote = mark.quote.clone();
                self.bookmarks.all.push(mark);
                self.bookmarks.sort();
                Some(Message::new("bookmarked").with("quote", quote))
            }
            Err(why) => Some(why),
        }
    }

    /// Takes the disk's answer to a removal.
    pub(super) fn unbookmarked(
        &mut self,
        ticket: Ticket,
        answer: Result<(), Message>,
    ) -> Option<Message> {
        match self.bookmarks.answer(ticket, answer)? {
            Ok(()) => Some(Message::new("bookmark-removed")),
            Err(why) => Some(why),
        }
    }

    /// Takes what earlier sessions left; what was bookmarked meanwhile stays.
    pub(super) fn recall_bookmarks(&mut self, bookmarks: Vec<Bookmark>) {
        let removed = |mark: &Bookmark| {
            self.bookmarks
                .asked
                .iter()
                .any(|(_, asked)| matches!(asked, Asked::Remove(id) if *id == mark.id))
        };
        let known = |mark: &Bookmark| self.bookmarks.all.iter().any(|old| old.id == mark.id);
        let new: Vec<_> =
            bookmarks.into_iter().filter(|mark| !known(mark) && !removed(mark)).collect();
        self.bookmarks.all.extend(new);
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

    /// The passages that show as bookmarked: those kept and those on their way to the disk.
    pub fn marked_in(&self, range: &Range<u32>) -> Vec<Range<u32>> {
        let kept = self.bookmarks.all.iter().filter_map(|mark| mark.range.clone());
        let asked = self.bookmarks.asked.iter().filter_map(|(_, asked)| match asked {
            Asked::Add(range) => Some(range.clone()),
            Asked::Remove(_) | Asked::Correct(_) => None,
        });
        kept.chain(asked).filter(|at| at.start < range.end && range.start < at.end).collect()
    }

    /// The bookmark whose passage begins in the first row of text on the page.
    fn bookmark_at_top(&self) -> Option<String> {
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
        let interview = self.interview();
        let body = match interview.prose.block_at(row.text.start) {
            Some(block) => body(interview, block),
            None => return None,
        };
        let text = interview.prose.slice(body.clone());
        let sentence = sentence_at(text, (row.text.start - body.start) as usize);
        let range = body.start + sentence.start as u32..body.start + sentence.end as u32;
        (!range.is_empty()).then_some(range)
    }
}
