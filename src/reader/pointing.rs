//! The mouse in the text: what character is under it, and the passage it drags.

use std::ops::Range;

use super::State;
use super::event::Mouse;
use super::panes::Area;
use crate::text::word::words;
use crate::typeset::{Row, Shows, body, glyphs, verbatim};

/// How soon a click follows the one before to count with it, in ms.
const AGAIN: u64 = 400;

/// Where the button went down in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pressed {
    /// The character, in bytes of the text.
    at: Range<u32>,
    /// The cell.
    cell: (u16, u16),
    /// When, in ms.
    when: u64,
    /// How many clicks have followed each other here.
    count: u8,
    /// Whether the mouse has dragged a passage since.
    dragged: bool,
}

impl State {
    /// The button goes down in the text: a second click chooses the word, a third the sentence.
    pub(super) fn press_text(&mut self, mouse: Mouse, now: u64) {
        let area = self.panes().text;
        if !area.contains(mouse.column, mouse.row) {
            self.pressed = None;
            return;
        }
        let Some(at) = self.character_at(mouse) else { return };
        let cell = (mouse.column, mouse.row);
        let count = match self.pressed.take() {
            Some(last) if last.cell == cell && now.saturating_sub(last.when) <= AGAIN => {
                last.count % 3 + 1
            }
            _ => 1,
        };
        let chosen = match count {
            2 => Some(self.word_of(&at)),
            3 => self.sentence_of(at.start),
            _ => None,
        };
        match chosen.filter(|range| !range.is_empty()) {
            Some(range) => self.select(range),
            // A passage that is to be placed is not given up by a click.
            None if self.selection.as_ref().is_some_and(|s| s.placing().is_none()) => {
                self.selection = None;
            }
            None => {}
        }
        self.pressed = Some(Pressed { at, cell, when: now, count, dragged: false });
    }

    /// The mouse drags: the passage goes from where the button went down to where it is now, both
    /// characters in it. Over the edge of the page the page scrolls.
    pub(super) fn drag_text(&mut self, mouse: Mouse) {
        let Some(pressed) = self.pressed.clone() else { return };
        if !pressed.dragged && pressed.cell == (mouse.column, mouse.row) {
            return;
        }
        let area = self.panes().text;
        if mouse.row < area.y {
            self.scroll(-1);
        } else if mouse.row >= area.bottom() {
            self.scroll(1);
        }
        let Some(at) = self.character_at(mouse) else { return };
        let range = if at.start >= pressed.at.start {
            pressed.at.start..at.end.max(pressed.at.end)
        } else {
            at.start..pressed.at.end
        };
        if !range.is_empty() {
            self.select(range);
        }
        self.pressed = Some(Pressed { dragged: true, ..pressed });
    }

    /// The character under the mouse, in bytes of the text; beside a line its nearest end, beside
    /// the page the nearest line.
    fn character_at(&self, mouse: Mouse) -> Option<Range<u32>> {
        let area = self.panes().text;
        let page = self.page();
        let last = page.len().checked_sub(1)?;
        let at = usize::from(mouse.row.saturating_sub(area.y)).min(last);
        // On a row that stands for a folded turn nothing is read, and so nothing chosen.
        let with_text =
            |row: &&Row| matches!(row.shows, Shows::First | Shows::Later) && !row.text.is_empty();
        let row = &page[at];
        if with_text(&row) {
            return Some(self.character_in(row, area, mouse.column));
        }
        // Between two paragraphs: the end of what stands before, else the beginning of what comes.
        if let Some(before) = page[..at].iter().rev().find(with_text) {
            return Some(before.text.end..before.text.end);
        }
        page[at..].iter().find(with_text).map(|row| row.text.start..row.text.start)
    }

    fn character_in(&self, row: &Row, area: Area, column: u16) -> Range<u32> {
        let prose = &self.interview().prose;
        let measure = self.galley.measure();
        let text = prose.slice(row.text.clone());
        let mut x = area.x + row.indent;
        if column < x {
            return row.text.start..row.text.start;
        }
        let verbatim = verbatim(prose, &row.text, measure);
        for glyph in glyphs(text, measure, &verbatim) {
            x += glyph.lead + glyph.cells;
            if column < x {
                let start = row.text.start + glyph.at as u32;
                return start..start + glyph.text.len() as u32;
            }
        }
        row.text.end..row.text.end
    }

    /// The word that holds a character.
    fn word_of(&self, at: &Range<u32>) -> Range<u32> {
        let interview = self.interview();
        let Some(block) = interview.prose.block_at(at.start) else { return at.clone() };
        let body = body(interview, block);
        let text = interview.prose.slice(body.clone());
        let place =
            |range: Range<usize>| body.start + range.start as u32..body.start + range.end as u32;
        let mut words = words(text).map(place);
        words.find(|word| word.contains(&at.start)).unwrap_or(at.clone())
    }
}
