//! The times of the recording: going to one, and the address that plays from here.

use super::State;
use super::lists::{List, ListKind};
use crate::interview::media;
use crate::prose::{BlockId, Millis};
use crate::typeset::Anchor;
use crate::words::Message;

impl State {
    /// When a block was said: its own time, or that of the turn it opens.
    fn time_of(&self, block: BlockId) -> Option<Millis> {
        let interview = self.interview();
        interview.prose.block(block).time.or_else(|| {
            let turn = interview.turn(interview.turn_of(block)?);
            turn.time.filter(|_| turn.blocks.start == block)
        })
    }

    /// The last turn or paragraph that was said at `time` or before it, else the first with a time;
    /// `None` in an article without times.
    pub(super) fn place_at(&self, time: Millis) -> Option<Anchor> {
        let blocks = (0..self.interview().prose.blocks().len() as u32).map(BlockId);
        let timed = || blocks.clone().filter_map(|id| self.time_of(id).map(|time| (id, time)));
        let before = timed().filter(|&(_, said)| said <= time).max_by_key(|&(_, said)| said);
        before.or_else(|| timed().next()).map(|(block, _)| self.galley.start_of(block))
    }

    /// When the top of the page was said: the last time in its turn, or before it where nobody
    /// speaks.
    fn time_here(&self) -> Option<Millis> {
        let here = self.galley.settle(self.top).block;
        let from = match self.current_turn() {
            Some(turn) => self.interview().turn(turn).blocks.start.0,
            None => 0,
        };
        (from..=here.0).rev().map(BlockId).find_map(|block| self.time_of(block))
    }

    /// The address that plays the recording from the top of the page on, and its time; `None` where
    /// the recording or the time is not known.
    pub(super) fn recording_here(&self) -> Option<(Millis, String)> {
        let address = self.interview().front.media.as_deref()?;
        let time = self.time_here()?;
        media::at(address, time).map(|address| (time, address))
    }

    /// Lists the links of the page with the recording chosen: its address is seen before it opens.
    pub(super) fn open_time(&mut self) -> Option<Message> {
        let address = self.interview().front.media.as_deref();
        if address.and_then(|address| media::at(address, Millis(0))).is_none() {
            return Some(Message::new("no-recording"));
        }
        if self.recording_here().is_none() {
            return Some(Message::new("no-time-here"));
        }
        let last = self.list_len(ListKind::Links).saturating_sub(1);
        self.list = Some(List { kind: ListKind::Links, selected: last });
        None
    }
}
