//! When something was said.

use super::Interview;
use crate::prose::{BlockId, Millis};

impl Interview {
    /// When a block was said: its own time, or that of the turn it opens.
    pub fn time_of(&self, block: BlockId) -> Option<Millis> {
        self.prose.block(block).time.or_else(|| {
            let turn = self.turn(self.turn_of(block)?);
            turn.time.filter(|_| turn.blocks.start == block)
        })
    }

    /// The last time that is known at a block or before it: in its turn, or anywhere before it
    /// where nobody speaks.
    pub fn time_at(&self, block: BlockId) -> Option<Millis> {
        let from = match self.turn_of(block) {
            Some(turn) => self.turn(turn).blocks.start.0,
            None => 0,
        };
        (from..=block.0).rev().map(BlockId).find_map(|block| self.time_of(block))
    }
}
