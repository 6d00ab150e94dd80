//! The times of the recording: going to one, and the address that plays from here.

use super::State;
use super::lists::{List, ListKind};
use crate::interview::media;
use crate::prose::{BlockId, Millis};
use crate::typeset::Anchor;
use crate::words::Message;

impl State {
    /// The last turn or paragraph that was said at `time` or before it, else the first with a time;
    /// `None` in an article without times.
    pub(super) fn place_at(&self, time: Millis) -> Option<Anchor> {
        let blocks = (0..self.interview().prose.blocks().len() as u32).map(BlockId);
        let timed =
            || blocks.clone().filter_map(|id| self.interview().time_of(id).map(|time| (id, time)));
        let before = timed().filter(|&(_, said)| said <= time).max_by_key(|&(_, said)| said);
        before.or_else(|| timed().next()).map(|(block, _)| self.galley.start_of(block))
    }

    /// When the top of the page was said: the last time in its turn, or before it where nobody
    /// speaks.
    fn time_here(&self) -> Option<Millis> {
        self.interview().time_at(self.galley.settle(self.top).block)
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
