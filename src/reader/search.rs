//! Search: what is asked, what was found, which hit the reader stands on.

use std::ops::Range;

use super::State;
use super::event::{Effect, Ticket};
use super::turns::Way;
use crate::typeset::Anchor;
use crate::words::Message;

/// A search and its hits.
#[derive(Clone, Debug, Default)]
pub struct Search {
    query: String,
    hits: Vec<Range<u32>>,
    current: Option<usize>,
    ticket: Ticket,
    waiting: Option<Landing>,
}

/// Where to go when the hits arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Landing {
    /// To the first hit at or behind where the search began.
    From(Anchor),
    /// To the next or previous hit from the page, which began here.
    Step(Way, Anchor),
}

impl Search {
    /// What was asked; empty when there is no search.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The hits, in bytes of the text, in text order.
    pub fn hits(&self) -> &[Range<u32>] {
        &self.hits
    }

    /// The hit the reader stands on, by its place in [`hits`](Self::hits).
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// The hits that touch a range.
    pub fn hits_in(&self, range: &Range<u32>) -> &[Range<u32>] {
        let from = self.hits.partition_point(|hit| hit.end <= range.start);
        let count = self.hits[from..].partition_point(|hit| hit.start < range.end);
        &self.hits[from..from + count]
    }
}

impl State {
    /// Searches for what is typed so far; the first hit from `origin` on comes into sight.
    pub(super) fn search_as_typed(&mut self, query: &str, origin: Anchor) -> Vec<Effect> {
        self.top = origin;
        if query.is_empty() {
            self.search = Search::default();
            return Vec::new();
        }
        let ticket = self.ticket();
        self.search = Search {
            query: query.to_owned(),
            ticket,
            waiting: Some(Landing::From(origin)),
            ..Search::default()
        };
        vec![Effect::Find(ticket, query.to_owned())]
    }

    /// Takes the hits of a search.
    pub(super) fn found(&mut self, ticket: Ticket, hits: Vec<Range<u32>>) -> Option<Message> {
        if ticket != self.search.ticket || self.search.query.is_empty() {
            return None;
        }
        self.search.hits = hits;
        let landing = self.search.waiting.take()?;
        let (Landing::From(asked) | Landing::Step(_, asked)) = landing;
        // Who has moved on meanwhile is not pulled back.
        if self.top != asked {
            return None;
        }
        let said = self.land(landing);
        if self.prompt.is_none() && self.top != asked {
            let end = std::mem::replace(&mut self.top, asked);
            self.remember();
            self.top = end;
        }
        said
    }

    fn land(&mut self, landing: Landing) -> Option<Message> {
        match landing {
            Landing::From(origin) => {
                let from = self.galley.offset_of(self.galley.settle(origin));
                let at = self.search.hits.partition_point(|hit| hit.start < from);
                self.go_hit(at)
            }
            Landing::Step(way, _) => self.step_hit(way),
        }
    }

    /// Goes to the next or previous hit from where the reader stands.
    pub(super) fn next_hit(&mut self, way: Way) -> Option<Message> {
        if self.search.query.is_empty() {
            return Some(Message::new("no-search"));
        }
        if self.search.waiting.is_some() {
            self.search.waiting = Some(Landing::Step(way, self.top));
            return None;
        }
        let begin = self.top;
        let said = self.step_hit(way);
        if self.top != begin {
            let end = std::mem::replace(&mut self.top, begin);
            self.remember();
            self.top = end;
        }
        said
    }

    /// Forgets the search.
    pub(super) fn forget_search(&mut self) {
        self.search = Search::default();
    }

    fn step_hit(&mut self, way: Way) -> Option<Message> {
        let hits = &self.search.hits;
        let seen = self.search.current.filter(|&at| self.in_sight(&hits[at]));
        let from = self.place();
        let to = match (seen, way) {
            (Some(at), Way::Next) => at + 1,
            (Some(at), Way::Previous) => at.checked_sub(1).unwrap_or(hits.len()),
            (None, Way::Next) => hits.partition_point(|hit| hit.start < from),
            (None, Way::Previous) => {
                hits.partition_point(|hit| hit.start < from).checked_sub(1).unwrap_or(hits.len())
            }
        };
        let wraps_back = way == Way::Previous && to == hits.len();
        let to = if wraps_back { hits.len().saturating_sub(1) } else { to };
        let wrapped = wraps_back || to >= hits.len();
        let said = self.go_hit(to);
        if wrapped && !self.search.hits.is_empty() {
            let id = if way == Way::Next { "search-from-start" } else { "search-from-end" };
            return Some(Message::new(id));
        }
        said
    }

    /// Goes to a hit; behind the last it goes to the first.
    fn go_hit(&mut self, at: usize) -> Option<Message> {
        let count = self.search.hits.len();
        if count == 0 {
            self.search.current = None;
            return Some(Message::new("no-hits").with("query", self.search.query.clone()));
        }
        let at = if at < count { at } else { 0 };
        self.search.current = Some(at);
        let start = self.search.hits[at].start;
        self.reveal(start);
        None
    }

    fn in_sight(&self, hit: &Range<u32>) -> bool {
        self.page()
            .iter()
            .any(|row| super::has_text(row) && row.text.start < hit.end && hit.start < row.text.end)
    }
}
