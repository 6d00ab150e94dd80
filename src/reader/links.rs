//! What leads outside of a page: its links and images, the addresses of its front matter, and the
//! recording from there on.

use super::State;
use super::lists::{Entry, ListKind, Target};
use super::notes::NoteOn;
use crate::interview::Role;
use crate::typeset::{Row, Shows};
use crate::words::Message;

impl State {
    /// Opens the note, link or image on the page; of several, the list of them.
    pub(super) fn open_on_page(&mut self) -> Option<Message> {
        let mut notes = self.notes_on_page();
        if notes.len() == 1 && self.links_on_page().is_empty() {
            self.open_note(NoteOn::Bookmark(notes.remove(0).0));
            return None;
        }
        self.open_list(ListKind::Links)
    }

    /// A note or link on the page as an entry.
    pub(super) fn link_entry(&self, at: usize) -> Entry {
        let notes = self.notes_on_page();
        if let Some((id, note)) = notes.get(at) {
            let lead = self.words().text("a-note").into_owned();
            let highlight = self.bookmarks.get(id).map(|mark| mark.highlight);
            return Entry { lead, text: note.clone(), highlight, ..Entry::default() };
        }
        let link = self.links_on_page().into_iter().nth(at - notes.len());
        let (lead, text) = link.unwrap_or_default();
        Entry { lead, text, ..Entry::default() }
    }

    /// Where a note or link on the page leads.
    pub(super) fn link_target(&self, at: usize) -> Target {
        let notes = self.notes_on_page();
        if let Some((id, _)) = notes.get(at) {
            return Target::Note(id.clone());
        }
        let link = self.links_on_page().into_iter().nth(at - notes.len());
        link.map_or(Target::Nowhere, |link| Target::Address(link.1))
    }

    /// The links and images on the page, then the recording: their text and where they lead.
    pub(super) fn links_on_page(&self) -> Vec<(String, String)> {
        let prose = &self.interview().prose;
        let mut links: Vec<(String, String)> = Vec::new();
        for row in self.page() {
            let found = match row.shows {
                Shows::Image(image) => {
                    let image = &prose.images()[image as usize];
                    vec![(image.alt.clone(), image.url.clone())]
                }
                _ => prose
                    .runs_in(row.text.clone())
                    .iter()
                    .filter_map(|run| run.link)
                    .map(|link| &prose.links()[link as usize])
                    .map(|link| (prose.slice(link.span.clone()).to_owned(), link.url.clone()))
                    .collect(),
            };
            for link in found {
                if !link.1.is_empty() && !links.contains(&link) {
                    links.push(link);
                }
            }
            for url in self.addresses_in(&row) {
                if !links.iter().any(|link| link.1 == url) {
                    links.push((String::new(), url));
                }
            }
        }
        if let Some((time, address)) = self.recording_here() {
            let said = Message::new("recording-at").with("time", time.clock());
            links.push((self.words().say(&said), address));
        }
        links
    }

    /// The addresses that stand as text in a row of front matter, which may show part of them.
    fn addresses_in(&self, row: &Row) -> Vec<String> {
        let interview = self.interview();
        let prose = &interview.prose;
        let field = interview.roles.get(row.anchor.block.index()) == Some(&Role::Field);
        if !field || !prose.slice(row.text.clone()).contains("://") {
            return Vec::new();
        }
        let line = prose.slice(prose.content(row.anchor.block));
        let front = &interview.front;
        let known = [&front.url, &front.media, &front.cover].into_iter().flatten();
        known.filter(|url| line.contains(url.as_str())).cloned().collect()
    }
}
