//! The article as rows at one measure: typeset block by block as it is looked at, and remembered.
//!
//! Laws, tested as properties: the anchored character is on the first row at every measure; a
//! [`step`](Galley::step) there and back returns; no step or screen typesets more blocks than it
//! shows. No count of all rows exists anywhere.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::Measure;
use super::rows::{Anchor, Follow, Row, Shows, Stop, rows};
use crate::interview::Interview;
use crate::prose::BlockId;

/// How many blocks are remembered before all are forgotten.
const REMEMBERED: usize = 2048;

/// An article at one measure.
#[derive(Debug)]
pub struct Galley {
    interview: Arc<Interview>,
    measure: Measure,
    follow: Follow,
    memo: RefCell<HashMap<BlockId, Rc<[Row]>>>,
    typeset: Cell<usize>,
}

/// A row of a block.
struct Cursor {
    block: BlockId,
    rows: Rc<[Row]>,
    at: usize,
}

impl Galley {
    /// The article at `measure`; nothing is typeset yet.
    pub fn new(interview: Arc<Interview>, measure: Measure, follow: Follow) -> Self {
        Self { interview, measure, follow, memo: RefCell::default(), typeset: Cell::new(0) }
    }

    /// The measure.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// Who is followed.
    pub fn follow(&self) -> Follow {
        self.follow
    }

    /// How many blocks were typeset so far: what the cost of a movement is counted in.
    pub fn typeset_count(&self) -> usize {
        self.typeset.get()
    }

    /// The rows from the one that holds `anchor` on, `height` of them or as many as there are.
    pub fn screen(&self, anchor: Anchor, height: u16) -> Vec<Row> {
        let mut screen = Vec::with_capacity(usize::from(height));
        let Some(mut cursor) = self.cursor(anchor) else { return screen };
        while screen.len() < usize::from(height) {
            screen.push(cursor.rows[cursor.at].clone());
            if !self.forward(&mut cursor) {
                break;
            }
        }
        screen
    }

    /// The anchor of the row that is `by` rows behind (before, if negative) the one that holds
    /// `anchor`; the first or the last row where there are not so many.
    pub fn step(&self, anchor: Anchor, by: i32) -> Anchor {
        let Some(mut cursor) = self.cursor(anchor) else { return anchor };
        for _ in 0..by.unsigned_abs() {
            let moved = if by < 0 { self.backward(&mut cursor) } else { self.forward(&mut cursor) };
            if !moved {
                break;
            }
        }
        cursor.rows[cursor.at].anchor
    }

    /// The anchor of the row that holds `anchor`.
    pub fn settle(&self, anchor: Anchor) -> Anchor {
        self.step(anchor, 0)
    }

    /// How many rows, `most` at most, stand from the one that holds `anchor` to the end.
    pub fn rows_left(&self, anchor: Anchor, most: u16) -> u16 {
        self.screen(anchor, most).len() as u16
    }

    /// The last row of the article.
    pub fn last(&self) -> Anchor {
        let blocks = self.interview.prose.blocks().len() as u32;
        let end = self.interview.prose.len();
        let Some(block) = blocks.checked_sub(1).map(BlockId) else { return Anchor::default() };
        self.settle(Anchor { block, stop: Stop::Text(end) })
    }

    /// The anchor of a byte of the text: its line, or the nameplate where it begins a turn.
    pub fn anchor_of(&self, offset: u32) -> Anchor {
        let prose = &self.interview.prose;
        let Some(block) = prose.block_at(offset) else { return Anchor::default() };
        if offset <= prose.block(block).span.start {
            return self.start_of(block);
        }
        Anchor { block, stop: Stop::Text(offset) }
    }

    /// Where a block begins on the page: its nameplate or first line, without the gap before.
    pub fn start_of(&self, block: BlockId) -> Anchor {
        let rows = self.rows(block);
        let row = rows.iter().find(|row| row.shows != Shows::Gap);
        row.map_or(Anchor { block, stop: Stop::Lead(0) }, |row| row.anchor)
    }

    /// The byte of the text that an anchor stands for: what is kept of it between sessions.
    pub fn offset_of(&self, anchor: Anchor) -> u32 {
        match anchor.stop {
            Stop::Text(offset) => offset,
            Stop::Lead(_) => {
                let blocks = self.interview.prose.blocks();
                blocks.get(anchor.block.index()).map_or(0, |block| block.span.start)
            }
        }
    }

    /// The rows of a block.
    pub fn rows(&self, block: BlockId) -> Rc<[Row]> {
        if let Some(rows) = self.memo.borrow().get(&block) {
            return Rc::clone(rows);
        }
        let rows = rows(&self.interview, block, &self.measure, self.follow);
        self.typeset.set(self.typeset.get() + 1);
        let mut memo = self.memo.borrow_mut();
        if memo.len() >= REMEMBERED {
            memo.clear();
        }
        memo.insert(block, Rc::clone(&rows));
        rows
    }

    /// The row that holds an anchor: of a block without rows (folded away), the last row before.
    fn cursor(&self, anchor: Anchor) -> Option<Cursor> {
        let count = self.interview.prose.blocks().len() as u32;
        let block = BlockId(anchor.block.0.min(count.checked_sub(1)?));
        let rows = self.rows(block);
        if !rows.is_empty() {
            let at = rows.partition_point(|row| row.anchor <= anchor).saturating_sub(1);
            return Some(Cursor { block, rows, at });
        }
        let mut cursor = Cursor { block, rows, at: 0 };
        (self.backward(&mut cursor) || self.forward(&mut cursor)).then_some(cursor)
    }

    fn forward(&self, cursor: &mut Cursor) -> bool {
        if cursor.at + 1 < cursor.rows.len() {
            cursor.at += 1;
            return true;
        }
        let mut block = cursor.block;
        while block.index() + 1 < self.interview.prose.blocks().len() {
            block = self.after(block);
            let rows = self.rows(block);
            if !rows.is_empty() {
                *cursor = Cursor { block, rows, at: 0 };
                return true;
            }
        }
        false
    }

    fn backward(&self, cursor: &mut Cursor) -> bool {
        if cursor.at > 0 {
            cursor.at -= 1;
            return true;
        }
        let mut block = cursor.block;
        while block.0 > 0 {
            block = self.before(block);
            let rows = self.rows(block);
            if let Some(at) = rows.len().checked_sub(1) {
                *cursor = Cursor { block, rows, at };
                return true;
            }
        }
        false
    }

    /// The block behind one; a folded turn is passed over without looking at its blocks.
    fn after(&self, block: BlockId) -> BlockId {
        match self.folded(block) {
            Some(blocks) if blocks.end.index() < self.interview.prose.blocks().len() => blocks.end,
            _ => block.next(),
        }
    }

    fn before(&self, block: BlockId) -> BlockId {
        let before = BlockId(block.0 - 1);
        self.folded(before).map_or(before, |blocks| blocks.start)
    }

    fn folded(&self, block: BlockId) -> Option<std::ops::Range<BlockId>> {
        let follow = self.follow?;
        let turn = self.interview.turn(self.interview.turn_of(block)?);
        (turn.speaker != follow).then(|| turn.blocks.clone())
    }
}
