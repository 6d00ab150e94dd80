//! A passage that is being chosen: by sentence, paragraph and word with the keys, by character
//! with the mouse.
//!
//! It has a fixed end and one that moves. Where the moving end would pass the fixed one, the unit
//! between them stays chosen and becomes the fixed side, as in other visual selections.

use std::ops::Range;

use super::State;
use super::copying::Form;
use super::event::{Effect, MarkEdit};
use crate::command::Command;
use crate::interview::Role;
use crate::marks::Highlight;
use crate::prose::{BlockId, Kind};
use crate::text::sentence::sentences;
use crate::text::word::words;
use crate::typeset::body;
use crate::words::Message;

/// A passage that is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays, in bytes of the text.
    fixed: u32,
    /// The end that moves.
    moving: u32,
    /// The id of a lost bookmark that is to be placed here.
    placing: Option<String>,
}

/// In what steps the moving end goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Word,
    Sentence,
    Paragraph,
}

/// Which end of a unit is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Towards {
    Start,
    End,
}

impl Selection {
    /// The chosen bytes of the text.
    pub fn range(&self) -> Range<u32> {
        self.fixed.min(self.moving)..self.fixed.max(self.moving)
    }

    /// The bookmark that is to be placed here.
    pub fn placing(&self) -> Option<&str> {
        self.placing.as_deref()
    }

    fn is_forward(&self) -> bool {
        self.moving > self.fixed
    }
}

impl State {
    /// Begins on a sentence that is seen: that of the current hit, else the first that begins on
    /// the page, else the one at its top.
    pub(super) fn begin_selection(&mut self) -> Option<Message> {
        let Some(range) = self.sentence_in_sight() else {
            return Some(Message::new("no-sentence"));
        };
        self.select(range);
        None
    }

    /// Chooses these bytes; the end moves.
    pub(super) fn select(&mut self, range: Range<u32>) {
        let placing = self.selection.take().and_then(|selection| selection.placing);
        self.selection = Some(Selection { fixed: range.start, moving: range.end, placing });
    }

    /// Begins to place a lost bookmark by hand, near where its passage stood.
    pub(super) fn begin_placing(&mut self, id: String, stood: u32) -> Option<Message> {
        let text = self.interview().prose.text();
        let stood = text.floor_char_boundary(stood as usize) as u32;
        self.jump(self.galley.anchor_of(stood));
        let Some(range) = self.sentence_in_sight() else {
            return Some(Message::new("no-sentence"));
        };
        self.selection =
            Some(Selection { fixed: range.start, moving: range.end, placing: Some(id) });
        None
    }

    /// Carries out a command of the selection.
    pub(super) fn selection_command(
        &mut self,
        command: Command,
        number: u32,
        now: u64,
    ) -> (Vec<Effect>, Option<Message>) {
        use Towards::{End, Start};
        let Some(selection) = self.selection.clone() else { return (Vec::new(), None) };
        match command {
            Command::SelectNextSentence => self.extend(Unit::Sentence, End),
            Command::SelectPreviousSentence => self.extend(Unit::Sentence, Start),
            Command::SelectNextParagraph => self.extend(Unit::Paragraph, End),
            Command::SelectPreviousParagraph => self.extend(Unit::Paragraph, Start),
            Command::SelectNextWord => self.extend(Unit::Word, End),
            Command::SelectPreviousWord => self.extend(Unit::Word, Start),
            Command::SelectOtherEnd => {
                let Selection { fixed, moving, placing } = selection;
                self.selection = Some(Selection { fixed: moving, moving: fixed, placing });
                self.keep_in_sight(fixed);
            }
            Command::SelectAnew => self.select_anew(&selection),
            Command::SelectBookmark => return self.keep_selection(&selection, now),
            Command::SelectHighlight => {
                let Some(highlight) = Highlight::numbered(number) else {
                    return (Vec::new(), None);
                };
                return self.highlight_selection(&selection, highlight, now);
            }
            Command::SelectNote => return (Vec::new(), self.note_selection(&selection)),
            Command::SelectCopy => return self.copy_selection(&selection, Form::Sourced, now),
            Command::SelectCopyBare => return self.copy_selection(&selection, Form::Bare, now),
            Command::SelectRemove => return self.remove_in_selection(&selection),
            Command::SelectUndo => return self.undo(),
            Command::SelectRedo => return self.redo(),
            _ => self.selection = None,
        }
        (Vec::new(), None)
    }

    /// Begins again with the sentence at the moving end.
    fn select_anew(&mut self, selection: &Selection) {
        let at = if selection.is_forward() {
            self.interview().prose.text()[..selection.moving as usize]
                .char_indices()
                .next_back()
                .map_or(0, |(at, _)| at as u32)
        } else {
            selection.moving
        };
        if let Some(range) = self.sentence_of(at) {
            self.select(range);
        }
    }

    /// Bookmarks the passage, removes its bookmark, or places the lost one here.
    fn keep_selection(
        &mut self,
        selection: &Selection,
        now: u64,
    ) -> (Vec<Effect>, Option<Message>) {
        self.selection = None;
        match selection.placing.clone() {
            Some(id) => {
                let edit = MarkEdit { range: Some(selection.range()), ..MarkEdit::default() };
                (self.edit_bookmark(&id, edit), None)
            }
            None => self.toggle_passage(selection.range(), now),
        }
    }

    /// Bookmarks the passage with a highlight, or gives its bookmark that.
    fn highlight_selection(
        &mut self,
        selection: &Selection,
        highlight: Highlight,
        now: u64,
    ) -> (Vec<Effect>, Option<Message>) {
        self.selection = None;
        let range = selection.range();
        if self.bookmarks.is_asked(&range) {
            return (Vec::new(), Some(Message::new("still-saving")));
        }
        let effects = match self.bookmarks.of(&range).map(|mark| mark.id.clone()) {
            Some(id) => {
                let edit = MarkEdit { highlight: Some(highlight), ..MarkEdit::default() };
                self.edit_bookmark(&id, edit)
            }
            None => self.add_bookmark(range, String::new(), Vec::new(), highlight, now),
        };
        (effects, None)
    }

    /// Copies the passage; it lights up for a moment.
    fn copy_selection(
        &mut self,
        selection: &Selection,
        form: Form,
        now: u64,
    ) -> (Vec<Effect>, Option<Message>) {
        self.selection = None;
        self.bookmarks.show(selection.range(), now);
        self.copied(selection.range(), form)
    }

    /// Removes the bookmarks that touch the passage.
    fn remove_in_selection(&mut self, selection: &Selection) -> (Vec<Effect>, Option<Message>) {
        let range = selection.range();
        let touches = |at: &Range<u32>| at.start < range.end && range.start < at.end;
        let touched = self.bookmarks.all().iter();
        let touched = touched.filter(|mark| mark.range.as_ref().is_some_and(touches));
        let ids: Vec<String> = touched.map(|mark| mark.id.clone()).collect();
        if ids.is_empty() {
            return (Vec::new(), Some(Message::new("no-bookmark-here")));
        }
        self.selection = None;
        (ids.iter().flat_map(|id| self.remove_bookmark(id)).collect(), None)
    }

    fn extend(&mut self, unit: Unit, towards: Towards) {
        let Some(selection) = self.selection.clone() else { return };
        let Selection { fixed, moving, placing } = selection.clone();
        let edge = if selection.is_forward() { Edge::End } else { Edge::Start };
        let Some(to) = self.unit_edge(unit, edge, moving, towards) else {
            // Nothing that way on this side: the other side of the unit may be.
            return self.turn_around(unit, towards, &selection);
        };
        let passes = if selection.is_forward() { to <= fixed } else { to >= fixed };
        if passes {
            return self.turn_around(unit, towards, &selection);
        }
        self.selection = Some(Selection { fixed, moving: to, placing });
        self.keep_in_sight(to);
    }

    /// The moving end passes the fixed one; what was chosen stays so.
    fn turn_around(&mut self, unit: Unit, towards: Towards, selection: &Selection) {
        let (edge, begin) = match (towards, selection.is_forward()) {
            (Towards::Start, true) => (Edge::Start, selection.fixed),
            (Towards::End, false) => (Edge::End, selection.fixed),
            _ => return,
        };
        let Some(to) = self.unit_edge(unit, edge, begin, towards) else { return };
        let placing = selection.placing.clone();
        self.selection = Some(Selection { fixed: selection.moving, moving: to, placing });
        self.keep_in_sight(to);
    }

    /// The nearest edge of a unit before or behind a byte of the text.
    fn unit_edge(&self, unit: Unit, edge: Edge, from: u32, towards: Towards) -> Option<u32> {
        let prose = &self.interview().prose;
        let last = prose.blocks().len().checked_sub(1)? as u32;
        let here = prose.block_at(from).map_or(last, |block| block.0);
        let edges = |block: u32| {
            let ranges = self.units(unit, BlockId(block)).into_iter();
            ranges.map(move |range| if edge == Edge::Start { range.start } else { range.end })
        };
        match towards {
            Towards::End => (here..=last).find_map(|block| edges(block).find(|&at| at > from)),
            Towards::Start => {
                (0..=here).rev().find_map(|block| edges(block).rfind(|&at| at < from))
            }
        }
    }

    /// The units of a block that is seen, in bytes of the text.
    fn units(&self, unit: Unit, id: BlockId) -> Vec<Range<u32>> {
        let interview = self.interview();
        let unseen = matches!(interview.prose.block(id).kind, Kind::Image(_) | Kind::Rule)
            || interview.turn_of(id).is_some_and(|turn| {
                self.follow().is_some_and(|follow| interview.turn(turn).speaker != follow)
            });
        if unseen {
            return Vec::new();
        }
        let body = body(interview, id);
        let text = interview.prose.slice(body.clone());
        let place =
            |range: Range<usize>| body.start + range.start as u32..body.start + range.end as u32;
        match unit {
            Unit::Word => words(text).map(place).collect(),
            Unit::Sentence => sentences(text).map(place).collect(),
            Unit::Paragraph => {
                let start = text.len() - text.trim_start().len();
                let end = text.trim_end().len();
                (end > start).then(|| place(start..end)).into_iter().collect()
            }
        }
    }

    fn sentence_in_sight(&self) -> Option<Range<u32>> {
        let rows: Vec<_> = self.page().into_iter().filter(super::has_text).collect();
        let seen = |at: u32| rows.iter().any(|row| row.text.contains(&at));
        let search = self.search();
        let hit = search.current().and_then(|at| search.hits().get(at));
        if let Some(hit) = hit.filter(|hit| seen(hit.start)) {
            return self.sentence_of(hit.start);
        }
        let said = |row: &&crate::typeset::Row| {
            let role = self.interview().roles.get(row.anchor.block.index()).copied();
            !matches!(role, Some(Role::Title | Role::Field))
        };
        let text = rows.iter().filter(said);
        let begins = text.clone().find_map(|row| {
            let sentences = self.units(Unit::Sentence, row.anchor.block);
            sentences.into_iter().find(|sentence| row.text.contains(&sentence.start))
        });
        begins.or_else(|| self.sentence_at_top())
    }

    /// Scrolls as little as brings the end of the passage into sight, with a row beside it.
    pub(super) fn keep_in_sight(&mut self, offset: u32) {
        let page = self.page();
        let seen = |row: &crate::typeset::Row| {
            super::has_text(row) && (row.text.contains(&offset) || row.text.end == offset)
        };
        if page.iter().any(seen) {
            return;
        }
        let anchor = self.galley.settle(self.galley.anchor_of(offset));
        let height = i32::from(self.panes().text.height);
        self.top = if page.first().is_some_and(|row| anchor < row.anchor) {
            self.galley.step(anchor, -1.min(height - 1))
        } else {
            self.galley.step(anchor, 2 - height)
        };
    }
}
