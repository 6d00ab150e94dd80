//! The lists of bookmarks: of this article in text order, or of all articles; filtered as one types.

use super::State;
use super::event::{Bookmark, Effect, Elsewhere, MarkEdit, Ticket};
use super::lists::{Entry, List, ListKind, Target};
use super::notes::{NoteOn, written};
use super::prompt::PromptKind;
use crate::interview::TurnId;
use crate::marks::Highlight;
use crate::text::fold::find_all;
use crate::words::Message;

/// What a bookmark in a list is: one of this article, or one of another.
enum Listed<'a> {
    Here(&'a Bookmark),
    There(&'a Elsewhere),
}

impl State {
    /// What the list is filtered by.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Whether a list is one of bookmarks.
    pub(super) fn is_of_marks(kind: ListKind) -> bool {
        matches!(kind, ListKind::Bookmarks | ListKind::AllBookmarks)
    }

    /// Finds the entries of the list that pass the filter.
    pub(super) fn refilter(&mut self) {
        let Some(list) = self.list.filter(|list| Self::is_of_marks(list.kind)) else {
            self.filtered.clear();
            return;
        };
        let words: Vec<&str> = self.filter.split_whitespace().collect();
        let count = match list.kind {
            ListKind::AllBookmarks => self.everywhere.len(),
            _ => self.bookmarks().len(),
        };
        let is_there = |at: usize| match self.unfiltered(list.kind, at) {
            Some(Listed::There(there)) if there.is_here => {
                self.bookmarks.get(&there.mark.id).is_some()
            }
            _ => true,
        };
        let passes =
            |&at: &usize| is_there(at) && (words.is_empty() || self.passes(list.kind, at, &words));
        let filtered: Vec<usize> = (0..count).filter(passes).collect();
        let selected = list.selected.min(filtered.len().saturating_sub(1));
        self.filtered = filtered;
        self.list = Some(List { selected, ..list });
    }

    /// Whether every word is somewhere in a bookmark; one with `#` is the beginning of a tag.
    fn passes(&self, kind: ListKind, at: usize, words: &[&str]) -> bool {
        let (mark, title) = match self.unfiltered(kind, at) {
            Some(Listed::Here(mark)) => (mark, ""),
            Some(Listed::There(there)) => (self.mark_there(there), there.title.as_str()),
            None => return false,
        };
        let speaker = self.speaker_of(mark).1;
        let texts = [mark.quote.as_str(), mark.note.as_str(), &speaker, title];
        let has = |text: &str, word: &str| !find_all(text, word, 1).is_empty();
        words.iter().all(|word| match word.strip_prefix(['#', '＃']) {
            Some("") => !mark.tags.is_empty(),
            Some(tag) => {
                let begins = |known: &String| {
                    find_all(known, tag, 1).first().is_some_and(|hit| hit.start == 0)
                };
                mark.tags.iter().any(begins)
            }
            None => {
                texts.iter().any(|text| has(text, word))
                    || mark.tags.iter().any(|tag| has(tag, word))
            }
        })
    }

    fn unfiltered(&self, kind: ListKind, at: usize) -> Option<Listed<'_>> {
        match kind {
            ListKind::AllBookmarks => self.everywhere.get(at).map(Listed::There),
            _ => self.bookmarks().get(at).map(Listed::Here),
        }
    }

    fn listed(&self, kind: ListKind, at: usize) -> Option<Listed<'_>> {
        self.unfiltered(kind, *self.filtered.get(at)?)
    }

    /// The bookmark of this article that is chosen in a list.
    fn chosen_mark(&self, list: List) -> Option<&Bookmark> {
        match Self::is_of_marks(list.kind).then(|| self.listed(list.kind, list.selected))?? {
            Listed::Here(mark) => Some(mark),
            Listed::There(there) => {
                there.is_here.then(|| self.bookmarks.get(&there.mark.id)).flatten()
            }
        }
    }

    /// How many bookmarks pass the filter.
    pub(super) fn marks_listed(&self) -> usize {
        self.filtered.len()
    }

    /// A bookmark as an entry: who says it, the quote with note and tags, which turn it is in.
    pub(super) fn mark_entry(&self, kind: ListKind, at: usize) -> Entry {
        match self.listed(kind, at) {
            Some(Listed::Here(mark)) => self.entry_here(mark),
            Some(Listed::There(there)) => self.entry_there(there),
            None => Entry::default(),
        }
    }

    fn entry_here(&self, mark: &Bookmark) -> Entry {
        let (turn, lead) = self.speaker_of(mark);
        let tail = match (&mark.range, turn) {
            (None, _) => self.words().text("lost").into_owned(),
            (Some(_), Some(turn)) if mark.is_near => format!("~{}", turn.0 + 1),
            (Some(_), Some(turn)) => (turn.0 + 1).to_string(),
            (Some(_), None) if mark.is_near => "~".to_owned(),
            (Some(_), None) => String::new(),
        };
        Entry {
            lead,
            text: told(mark),
            tail,
            speaker: turn.map(|turn| self.interview().turn(turn).speaker),
            highlight: Some(mark.highlight),
            ..Entry::default()
        }
    }

    /// A bookmark of this article is what it is by now.
    fn mark_there<'a>(&'a self, there: &'a Elsewhere) -> &'a Bookmark {
        let here = there.is_here.then(|| self.bookmarks.get(&there.mark.id)).flatten();
        here.unwrap_or(&there.mark)
    }

    /// The turn that a passage begins in, and who says it by the name they have now.
    fn speaker_of(&self, mark: &Bookmark) -> (Option<TurnId>, String) {
        let interview = self.interview();
        let block = mark.range.as_ref().and_then(|range| interview.prose.block_at(range.start));
        let turn = block.and_then(|block| interview.turn_of(block));
        let name = match turn {
            Some(turn) => interview.speaker(interview.turn(turn).speaker).name.clone(),
            None => mark.speaker.clone().unwrap_or_default(),
        };
        (turn, name)
    }

    fn entry_there(&self, there: &Elsewhere) -> Entry {
        let mark = self.mark_there(there);
        let title = if there.title.is_empty() { "-" } else { &there.title };
        let tail = if there.is_here { "·".to_owned() } else { String::new() };
        Entry {
            lead: title.to_owned(),
            text: told(mark),
            tail,
            highlight: Some(mark.highlight),
            ..Entry::default()
        }
    }

    /// Where a bookmark in a list leads.
    pub(super) fn mark_target(&self, kind: ListKind, at: usize) -> Target {
        match self.listed(kind, at) {
            Some(Listed::Here(mark)) => self.place_of(mark),
            Some(Listed::There(there)) if there.is_here => self
                .bookmarks
                .get(&there.mark.id)
                .map_or(Target::Nowhere, |mark| self.place_of(mark)),
            Some(Listed::There(there)) => Target::Article {
                file: there.file.clone(),
                title: there.title.clone(),
                mark: there.mark.id.clone(),
            },
            None => Target::Nowhere,
        }
    }

    /// Where the passage stands; a lost one, where it stood.
    fn place_of(&self, mark: &Bookmark) -> Target {
        match &mark.range {
            Some(range) => Target::Place(self.galley.anchor_of(range.start)),
            None => {
                let text = self.interview().prose.text();
                let stood = text.floor_char_boundary(mark.stood as usize) as u32;
                Target::Neighbourhood(self.galley.anchor_of(stood))
            }
        }
    }

    /// Removes the chosen bookmark of this article.
    pub(super) fn remove_chosen(&mut self, list: List) -> (Vec<Effect>, Option<Message>) {
        let Some(id) = self.chosen_mark(list).map(|mark| mark.id.clone()) else {
            return (Vec::new(), self.not_of_this_article(list));
        };
        let effects = self.remove_bookmark(&id);
        self.refilter();
        if self.filtered.is_empty() && self.filter.is_empty() {
            self.close_list();
        }
        (effects, None)
    }

    /// Writes the note of the chosen bookmark.
    pub(super) fn edit_chosen(&mut self, list: List) -> Option<Message> {
        match self.chosen_mark(list).map(|mark| mark.id.clone()) {
            Some(id) => {
                self.open_note(NoteOn::Bookmark(id));
                None
            }
            None => self.not_of_this_article(list),
        }
    }

    /// Gives the chosen bookmark another highlight.
    pub(super) fn highlight_chosen(
        &mut self,
        list: List,
        number: u32,
    ) -> (Vec<Effect>, Option<Message>) {
        let Some(highlight) = Highlight::numbered(number) else { return (Vec::new(), None) };
        match self.chosen_mark(list).map(|mark| mark.id.clone()) {
            Some(id) => {
                let edit = MarkEdit { highlight: Some(highlight), ..MarkEdit::default() };
                (self.edit_bookmark(&id, edit), None)
            }
            None => (Vec::new(), self.not_of_this_article(list)),
        }
    }

    /// Begins to place the chosen bookmark by hand.
    pub(super) fn place_chosen(&mut self, list: List) -> Option<Message> {
        let Some(mark) = self.chosen_mark(list) else { return self.not_of_this_article(list) };
        let (id, stood) =
            (mark.id.clone(), mark.range.as_ref().map_or(mark.stood, |range| range.start));
        self.close_list();
        self.begin_placing(id, stood)
    }

    fn not_of_this_article(&self, list: List) -> Option<Message> {
        let other = list.kind == ListKind::AllBookmarks;
        Some(Message::new(if other { "open-it-first" } else { "only-bookmarks" }))
    }

    /// Lists this article's bookmarks; where it has none, those of all.
    pub(super) fn open_bookmarks(&mut self) -> (Vec<Effect>, Option<Message>) {
        if self.bookmarks().is_empty() && self.unanswered() == 0 {
            return self.ask_all();
        }
        (Vec::new(), self.open_list(ListKind::Bookmarks))
    }

    fn ask_all(&mut self) -> (Vec<Effect>, Option<Message>) {
        let ticket = self.ticket();
        self.asked_everywhere = Some(ticket);
        (vec![Effect::ListAll(ticket)], None)
    }

    /// Goes between this article's bookmarks and those of all.
    pub(super) fn list_all(&mut self, list: List) -> (Vec<Effect>, Option<Message>) {
        match list.kind {
            ListKind::Bookmarks => self.ask_all(),
            ListKind::AllBookmarks => {
                self.list = None;
                (Vec::new(), self.open_list(ListKind::Bookmarks))
            }
            _ => (Vec::new(), Some(Message::new("only-bookmarks"))),
        }
    }

    /// Takes the bookmarks of all articles.
    pub(super) fn listed_all(&mut self, ticket: Ticket, all: Vec<Elsewhere>) -> Option<Message> {
        if self.asked_everywhere != Some(ticket) {
            return None;
        }
        self.asked_everywhere = None;
        // Whoever does something else by now is not disturbed.
        if self.prompt.is_some() || self.selection.is_some() {
            return None;
        }
        if all.is_empty() {
            return Some(Message::new("no-bookmarks"));
        }
        self.everywhere = all;
        let selected = self.everywhere.iter().position(|there| there.is_here).unwrap_or(0);
        self.list = Some(List { kind: ListKind::AllBookmarks, selected });
        self.refilter();
        None
    }

    /// Begins to type what the list is filtered by.
    pub(super) fn filter_list(&mut self, list: List) -> Option<Message> {
        if !Self::is_of_marks(list.kind) {
            return Some(Message::new("only-bookmarks"));
        }
        let text = self.filter.clone();
        self.open_prompt(PromptKind::Filter);
        if let Some(prompt) = &mut self.prompt {
            prompt.cursor = text.len();
            prompt.text = text;
        }
        None
    }

    /// Closes the list, and forgets what it was filtered by.
    pub(super) fn close_list(&mut self) {
        self.list = None;
        self.asked_everywhere = None;
        self.filter.clear();
        self.filtered.clear();
    }

    /// The notes on the page: the id of the bookmark, and what is written.
    pub(super) fn notes_on_page(&self) -> Vec<(String, String)> {
        let page = self.page();
        let seen = |at: u32| page.iter().any(|row| super::has_text(row) && row.text.contains(&at));
        let noted = self.bookmarks().iter().filter(|mark| !mark.note.is_empty());
        let noted = noted.filter(|mark| mark.range.as_ref().is_some_and(|range| seen(range.start)));
        noted.map(|mark| (mark.id.clone(), mark.note.clone())).collect()
    }
}

/// The quote of a bookmark with its note and tags.
fn told(mark: &Bookmark) -> String {
    let note = written(&mark.note, &mark.tags).replace('\n', " ");
    if note.is_empty() { mark.quote.clone() } else { format!("{note} — {}", mark.quote) }
}
