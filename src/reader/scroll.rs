//! Movement by rows, and jumps that can be taken back.

use super::State;
use crate::typeset::Anchor;

/// How many jumps are remembered.
const JUMPS: usize = 100;

impl State {
    /// Scrolls by rows; the last row of the article goes no higher than the last of the page.
    pub(super) fn scroll(&mut self, rows: i32) {
        let height = self.panes().text.height;
        let to = self.galley.step(self.top, rows);
        if rows <= 0 {
            self.top = to;
            return;
        }
        if self.galley.rows_left(to, height) == height {
            self.top = to;
            return;
        }
        let last_page = self.last_page();
        if last_page > self.top {
            self.top = last_page;
        }
    }

    /// Where the page begins that ends the article.
    pub(super) fn last_page(&self) -> Anchor {
        let height = i32::from(self.panes().text.height);
        self.galley.step(self.galley.last(), 1 - height)
    }

    /// The rows that a page moves by: one stays in sight.
    pub(super) fn page_rows(&self) -> i32 {
        i32::from(self.panes().text.height.saturating_sub(1).max(1))
    }

    /// Goes to `to` in a way that `jump-back` takes back.
    pub(super) fn jump(&mut self, to: Anchor) {
        let to = self.galley.settle(to);
        if to == self.galley.settle(self.top) {
            return;
        }
        self.remember();
        self.top = to;
    }

    /// Remembers where the reader is, as the beginning of a jump.
    pub(super) fn remember(&mut self) {
        self.forward.clear();
        if self.back.last() != Some(&self.top) {
            self.back.push(self.top);
        }
        if self.back.len() > JUMPS {
            self.back.remove(0);
        }
    }

    /// Goes to where the last jump began; false when there was none.
    pub(super) fn jump_back(&mut self) -> Option<()> {
        let to = self.back.pop()?;
        self.forward.push(self.top);
        self.top = to;
        Some(())
    }

    /// Takes the last `jump_back` back.
    pub(super) fn jump_forward(&mut self) -> Option<()> {
        let to = self.forward.pop()?;
        self.back.push(self.top);
        self.top = to;
        Some(())
    }

    /// Goes to a byte of the text, and leaves it in sight without moving where it already is.
    pub(super) fn reveal(&mut self, offset: u32) {
        let seen = self.page().iter().any(|row| super::has_text(row) && row.text.contains(&offset));
        if seen {
            return;
        }
        let anchor = self.galley.settle(self.galley.anchor_of(offset));
        let above = i32::from(self.panes().text.height / 4);
        self.top = self.galley.step(anchor, -above);
    }
}
