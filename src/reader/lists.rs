//! The lists that lie over the page: what is in them, what is chosen, where an entry leads.

use std::path::PathBuf;

use super::State;
use super::event::Effect;
use super::notes::NoteOn;
use super::sections::depth;
use super::turns::{OutlineItem, Way};
use crate::command::{Command, Context};
use crate::interview::SpeakerId;
use crate::interview::correct::Correction;
use crate::interview::outline::question;
use crate::marks::Highlight;
use crate::typeset::Anchor;
use crate::words::Message;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Who speaks.
    Speakers,
    /// Whom a speaker is to be merged into.
    Merge(SpeakerId),
    /// Sections and questions.
    Outline,
    /// Key points and sections, with the article's head.
    Summary,
    /// The bookmarks of this article.
    Bookmarks,
    /// The bookmarks of all articles.
    AllBookmarks,
    /// Whether another article is this one.
    Doubt,
    /// The notes, links and images on the page.
    Links,
    /// The keys.
    Help,
}

/// A list over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// Which.
    pub kind: ListKind,
    /// The chosen entry.
    pub selected: usize,
}

/// An entry of a list, in three columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What stands before it: a key, a speaker, a turn.
    pub lead: String,
    /// What it is.
    pub text: String,
    /// What stands at the right edge.
    pub tail: String,
    /// Whose colour it has.
    pub speaker: Option<SpeakerId>,
    /// How far it is moved in, in steps.
    pub level: u8,
    /// How the bookmark that it is, or that is in it, is highlighted.
    pub highlight: Option<Highlight>,
}

/// Where an entry leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a place in the text.
    Place(Anchor),
    /// To a speaker's next turn.
    Speaker(SpeakerId),
    /// To an address outside.
    Address(String),
    /// To where a passage stood that is not found again.
    Neighbourhood(Anchor),
    /// To the note of the bookmark with this id.
    Note(String),
    /// To a bookmark in another article.
    Article {
        /// Where the article was last read, if that is known here.
        file: Option<PathBuf>,
        /// Its title.
        title: String,
        /// The id of the bookmark.
        mark: String,
    },
    /// To a decision whether an article is this one.
    Decision {
        /// Whether it is.
        same: bool,
    },
    /// To other speakers.
    Correction(Correction),
    /// Nowhere.
    Nowhere,
}

impl State {
    /// How many entries a list has.
    pub fn list_len(&self, kind: ListKind) -> usize {
        match kind {
            ListKind::Speakers => self.interview().speakers.len(),
            ListKind::Merge(speaker) => self.merge_choices(speaker),
            ListKind::Doubt => 2,
            ListKind::Outline => self.outline().len(),
            ListKind::Summary => self.summary_items(),
            ListKind::Bookmarks | ListKind::AllBookmarks => self.marks_listed(),
            ListKind::Links => self.notes_on_page().len() + self.links_on_page().len(),
            ListKind::Help => self.help_rows().len(),
        }
    }

    /// One entry of a list; an empty one where there is none. The summary draws itself.
    pub fn entry(&self, kind: ListKind, at: usize) -> Entry {
        match kind {
            ListKind::Speakers => self.speaker_entry(at),
            ListKind::Merge(speaker) => self.merge_entry(speaker, at),
            ListKind::Doubt => self.doubt_entry(at),
            ListKind::Outline => self.outline_entry(at),
            ListKind::Bookmarks | ListKind::AllBookmarks => self.mark_entry(kind, at),
            ListKind::Links => self.link_entry(at),
            ListKind::Help => self.help_rows().into_iter().nth(at).unwrap_or_default(),
            ListKind::Summary => Entry::default(),
        }
    }

    /// Where an entry leads.
    pub fn target(&self, kind: ListKind, at: usize) -> Target {
        match kind {
            ListKind::Speakers => Target::Speaker(SpeakerId(at as u16)),
            ListKind::Merge(speaker) => self.merge_target(speaker, at),
            ListKind::Doubt => self.doubt_target(at),
            ListKind::Outline => match self.outline().get(at) {
                Some(&item) => Target::Place(self.galley.start_of(self.block_of(item))),
                None => Target::Nowhere,
            },
            ListKind::Summary => self.summary_target(at),
            ListKind::Bookmarks | ListKind::AllBookmarks => self.mark_target(kind, at),
            ListKind::Links => self.link_target(at),
            ListKind::Help => Target::Nowhere,
        }
    }

    /// Opens a list with the entry chosen that the reader is at.
    pub(super) fn open_list(&mut self, kind: ListKind) -> Option<Message> {
        let empty = match kind {
            ListKind::Speakers => "no-speakers",
            ListKind::Outline => "no-outline",
            ListKind::Bookmarks => "no-bookmarks",
            ListKind::Links => "no-links",
            ListKind::Summary
            | ListKind::Help
            | ListKind::Merge(_)
            | ListKind::Doubt
            | ListKind::AllBookmarks => "",
        };
        if kind == ListKind::Bookmarks && self.bookmarks().is_empty() && self.unanswered() > 0 {
            return Some(Message::new("unsaved").with("count", self.unanswered() as i64));
        }
        let is_empty = match kind {
            ListKind::Bookmarks => self.bookmarks().is_empty(),
            _ => !empty.is_empty() && self.list_len(kind) == 0,
        };
        if is_empty {
            return Some(Message::new(empty));
        }
        self.filter.clear();
        self.list = Some(List { kind, selected: 0 });
        self.refilter();
        self.list = Some(List { kind, selected: self.first_choice(kind) });
        None
    }

    /// Carries out a command of the list.
    pub(super) fn list_command(
        &mut self,
        command: Command,
        count: u32,
    ) -> (Vec<Effect>, Option<Message>) {
        let Some(list) = self.list else { return (Vec::new(), None) };
        let last = self.list_len(list.kind).saturating_sub(1);
        let page = usize::from(self.size.rows / 2).max(1);
        let to = match command {
            Command::ListNext => list.selected + count as usize,
            Command::ListPrevious => list.selected.saturating_sub(count as usize),
            Command::ListPageDown => list.selected + page,
            Command::ListPageUp => list.selected.saturating_sub(page),
            Command::ListFirst => 0,
            Command::ListLast => last,
            Command::ListChoose => return self.choose(list),
            Command::ListFollow => return (Vec::new(), self.follow_chosen(list)),
            Command::ListRename => return (Vec::new(), self.rename_chosen(list)),
            Command::ListMerge => return (Vec::new(), self.merge_chosen(list)),
            Command::ListRemove => return self.remove_chosen(list),
            Command::ListEdit => return (Vec::new(), self.edit_chosen(list)),
            Command::ListHighlight => return self.highlight_chosen(list, count),
            Command::ListPlace => return (Vec::new(), self.place_chosen(list)),
            Command::ListAll => return self.list_all(list),
            Command::ListFilter => return (Vec::new(), self.filter_list(list)),
            Command::ListUndo => return self.undo(),
            Command::ListRedo => return self.redo(),
            // What was filtered out comes back first.
            _ if !self.filter.is_empty() => {
                self.filter.clear();
                self.refilter();
                return (Vec::new(), None);
            }
            _ => {
                self.close_list();
                return (Vec::new(), None);
            }
        };
        self.list = Some(List { selected: to.min(last), ..list });
        (Vec::new(), None)
    }

    /// Goes where a list's chosen entry leads.
    pub(super) fn choose(&mut self, list: List) -> (Vec<Effect>, Option<Message>) {
        match self.target(list.kind, list.selected) {
            Target::Place(anchor) => {
                self.close_list();
                self.jump(anchor);
                (Vec::new(), None)
            }
            Target::Neighbourhood(anchor) => {
                self.close_list();
                self.jump(anchor);
                (Vec::new(), Some(Message::new("passage-lost")))
            }
            Target::Note(id) => {
                self.close_list();
                self.open_note(NoteOn::Bookmark(id));
                (Vec::new(), None)
            }
            Target::Article { .. } if self.unanswered() > 0 => {
                let count = self.unanswered() as i64;
                (Vec::new(), Some(Message::new("unsaved").with("count", count)))
            }
            Target::Article { file: Some(file), mark, .. } => {
                (vec![Effect::OpenArticle(file, mark)], None)
            }
            Target::Article { title, .. } => {
                (Vec::new(), Some(Message::new("article-unknown").with("title", title)))
            }
            Target::Speaker(speaker) => {
                self.list = None;
                (Vec::new(), self.jump_to_speaker(speaker))
            }
            Target::Address(url) => {
                self.list = None;
                let said = Message::new("opening").with("url", url.clone());
                (vec![Effect::Open(url)], Some(said))
            }
            Target::Decision { same } => (self.decide(same), None),
            Target::Correction(correction) => self.merge(correction),
            Target::Nowhere => {
                self.list = None;
                (Vec::new(), None)
            }
        }
    }

    /// Goes to a speaker's next turn, or their first when there is none behind the page.
    pub(super) fn jump_to_speaker(&mut self, speaker: SpeakerId) -> Option<Message> {
        let begin = self.top;
        let said = self.go_speaker(speaker, Way::Next).map(|none| {
            let Some(&first) = self.index.of[speaker.index()].first() else { return none };
            self.top = self.start_of_turn(first);
            Message::new("speaker-from-start")
        });
        let end = std::mem::replace(&mut self.top, begin);
        self.jump(end);
        said
    }

    fn follow_chosen(&mut self, list: List) -> Option<Message> {
        if list.kind != ListKind::Speakers {
            return None;
        }
        let speaker = SpeakerId(list.selected as u16);
        self.list = None;
        let follow = (self.follow() != Some(speaker)).then_some(speaker);
        Some(self.set_follow(follow))
    }

    fn first_choice(&self, kind: ListKind) -> usize {
        let here = self.galley.settle(self.top);
        let before = |len: usize, anchor: &dyn Fn(usize) -> Option<Anchor>| {
            let (mut low, mut high) = (0, len);
            while low < high {
                let middle = low + (high - low) / 2;
                match anchor(middle) {
                    Some(anchor) if anchor <= here => low = middle + 1,
                    _ => high = middle,
                }
            }
            low.saturating_sub(1)
        };
        let place = |kind, at| match self.target(kind, at) {
            Target::Place(anchor) => Some(anchor),
            _ => None,
        };
        match kind {
            ListKind::Speakers => self.current_speaker().map_or(0, SpeakerId::index),
            ListKind::Outline | ListKind::Bookmarks => {
                before(self.list_len(kind), &|at| place(kind, at))
            }
            // With points it opens at its beginning: the head and the points are what is asked for.
            ListKind::Summary if !self.interview().summary.is_empty() => 0,
            ListKind::Summary => self.current_summary_item().unwrap_or(0),
            ListKind::Links
            | ListKind::Help
            | ListKind::Merge(_)
            | ListKind::Doubt
            | ListKind::AllBookmarks => 0,
        }
    }

    fn speaker_entry(&self, at: usize) -> Entry {
        let Some(speaker) = self.interview().speakers.get(at) else { return Entry::default() };
        let id = SpeakerId(at as u16);
        let share = (self.share(id) * 100.0).round() as i64;
        let turns = Message::new("turns").with("turns", i64::from(speaker.turns));
        Entry {
            lead: if at < 9 { (at + 1).to_string() } else { String::new() },
            text: self.cast_name(id),
            tail: format!("{}  {share:>3}%", self.words().say(&turns)),
            speaker: Some(id),
            ..Entry::default()
        }
    }

    fn outline_entry(&self, at: usize) -> Entry {
        let interview = self.interview();
        match self.outline().get(at) {
            Some(OutlineItem::Section(section)) => {
                let here = *section as usize;
                let (tail, highlight) = self.marks_below(at);
                let section = &interview.sections[here];
                Entry {
                    text: section.title.clone(),
                    level: depth(interview, section) as u8,
                    tail,
                    highlight,
                    ..Entry::default()
                }
            }
            Some(OutlineItem::Question(turn)) => {
                let text = interview.prose.slice(question(interview, *turn));
                let (tail, highlight) = self.marks_below(at);
                Entry {
                    tail,
                    highlight,
                    lead: (turn.0 + 1).to_string(),
                    text: text.chars().take(200).collect(),
                    speaker: Some(interview.turn(*turn).speaker),
                    level: 1,
                }
            }
            None => Entry::default(),
        }
    }

    /// How many bookmarks stand between an item of the outline and the next, and how the first of
    /// them is highlighted.
    fn marks_below(&self, at: usize) -> (String, Option<Highlight>) {
        let prose = &self.interview().prose;
        let start = |at: usize| {
            let block = self.block_of(*self.outline().get(at)?);
            Some(prose.block(block).span.start)
        };
        let (from, to) = (start(at).unwrap_or(0), start(at + 1).unwrap_or(prose.len()));
        let mut below = self.bookmarks().iter().filter(|mark| {
            mark.range.as_ref().is_some_and(|range| (from..to.max(from)).contains(&range.start))
        });
        let highlight = below.next().map(|mark| mark.highlight);
        let count = below.count() + usize::from(highlight.is_some());
        (if count > 1 { count.to_string() } else { String::new() }, highlight)
    }

    /// The keys, with an empty row and a title between contexts.
    fn help_rows(&self) -> Vec<Entry> {
        let mut rows = Vec::new();
        for context in Context::ALL {
            if !rows.is_empty() {
                rows.push(Entry::default());
            }
            let title = match context {
                Context::Reading => "keys-reading",
                Context::Selection => "keys-selection",
                Context::List => "keys-list",
                Context::Prompt => "keys-prompt",
            };
            rows.push(Entry { text: self.words().text(title).into_owned(), ..Entry::default() });
            for row in self.keymap().rows(context) {
                rows.push(Entry {
                    lead: row.chords.join(" "),
                    text: self.words().sentence(row.command).into_owned(),
                    level: 1,
                    ..Entry::default()
                });
            }
        }
        rows
    }
}
