//! Searches of long texts, in a thread of their own: only the newest one is begun.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::wake::Post;
use crate::interview::Interview;
use crate::reader::{Event, Ticket};
use crate::text::fold::find_all;

/// A text shorter than this (bytes) is searched at once: it takes less than a thread's round trip
/// would be noticed.
const SHORT: usize = 1 << 20;
/// The most hits of a search.
const MOST: usize = 100_000;

/// Searches the text of one interview.
#[derive(Debug)]
pub struct Finder {
    interview: Arc<Interview>,
    post: Post,
    thread: Option<Sender<(Ticket, String)>>,
}

impl Finder {
    /// For this interview; what it finds later comes by `post`.
    pub fn new(interview: Arc<Interview>, post: Post) -> Self {
        Self { interview, post, thread: None }
    }

    /// Finds `query`. The hits of a short text are returned, the others come as an event.
    pub fn find(&mut self, ticket: Ticket, query: String) -> Option<Event> {
        let text = self.interview.prose.text();
        if text.len() < SHORT {
            return Some(Event::Found(ticket, find_all(text, &query, MOST)));
        }
        if self.thread.is_none() {
            self.thread = self.begin();
        }
        let lost = match &self.thread {
            Some(thread) => thread.send((ticket, query)).err().map(|unsent| unsent.0),
            None => Some((ticket, query)),
        };
        // No thread is to be had: then the reader waits.
        lost.map(|(ticket, query)| {
            Event::Found(ticket, find_all(self.interview.prose.text(), &query, MOST))
        })
    }

    fn begin(&self) -> Option<Sender<(Ticket, String)>> {
        let (sender, queries) = mpsc::channel();
        let interview = Arc::clone(&self.interview);
        let post = self.post.clone();
        let run = move || search(&interview, &queries, &post);
        thread::Builder::new().name("finder".into()).spawn(run).ok().map(|_| sender)
    }
}

fn search(interview: &Interview, queries: &Receiver<(Ticket, String)>, post: &Post) {
    while let Ok(first) = queries.recv() {
        let (ticket, query) = queries.try_iter().last().unwrap_or(first);
        post.send(Event::Found(ticket, find_all(interview.prose.text(), &query, MOST)));
    }
}
