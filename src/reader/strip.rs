//! The who-spoke-when strip: the whole article in as many cells as the page is high.

use std::ops::Range;

use super::State;
use crate::interview::SpeakerId;

/// A cell of the strip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StripCell {
    /// Who has most of the text in this stretch; `None` where no turn has any.
    pub speaker: Option<SpeakerId>,
}

/// The strip at one height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// A cell a row, from the beginning of the article to its end.
    pub cells: Vec<StripCell>,
}

impl State {
    /// The strip at `height` rows; made once for each height.
    pub fn strip(&self, height: u16) -> Strip {
        let height = usize::from(height);
        let mut kept = self.strip.borrow_mut();
        match &*kept {
            Some(strip) if strip.cells.len() == height => strip.clone(),
            _ => kept.insert(self.paint(height)).clone(),
        }
    }

    /// The rows of a strip of `height` rows that a range of the text falls on.
    pub fn strip_rows(&self, range: &Range<u32>, height: u16) -> Range<u16> {
        let length = u64::from(self.interview().prose.len().max(1));
        let row = |offset: u32| u64::from(offset) * u64::from(height) / length;
        let last = height.saturating_sub(1);
        let first = (row(range.start) as u16).min(last);
        let end = (row(range.end.saturating_sub(1)) as u16).min(last);
        first..end.max(first) + 1
    }

    /// Whether a search hit begins in the stretch that a row of the strip stands for.
    pub fn has_hit(&self, row: u16, height: u16) -> bool {
        let stretch = self.strip_offset(row, height)..self.strip_offset(row + 1, height);
        let hits = self.search().hits();
        let first = hits.partition_point(|hit| hit.start < stretch.start);
        hits.get(first).is_some_and(|hit| hit.start < stretch.end.max(stretch.start + 1))
    }

    /// The byte of the text at the beginning of a row of the strip.
    pub(super) fn strip_offset(&self, row: u16, height: u16) -> u32 {
        let length = u64::from(self.interview().prose.len());
        (length * u64::from(row) / u64::from(height.max(1))) as u32
    }

    fn paint(&self, height: usize) -> Strip {
        let interview = self.interview();
        let mut cells = vec![StripCell::default(); height];
        if height == 0 || interview.turns.is_empty() {
            return Strip { cells };
        }
        let length = u64::from(interview.prose.len().max(1));
        let mut shares = vec![0_u64; interview.speakers.len()];
        let mut turn = 0;
        for (row, cell) in cells.iter_mut().enumerate() {
            let start = length * row as u64 / height as u64;
            let end = length * (row as u64 + 1) / height as u64;
            shares.fill(0);
            while let Some(this) = interview.turns.get(turn) {
                let first = interview.prose.block(this.blocks.start).span.start;
                let last = interview.prose.blocks()[this.blocks.end.index() - 1].span.end;
                let covered = u64::from(last).min(end).saturating_sub(u64::from(first).max(start));
                shares[this.speaker.index()] += covered;
                if u64::from(last) > end {
                    break;
                }
                turn += 1;
            }
            let most = shares
                .iter()
                .enumerate()
                .max_by_key(|&(at, &share)| (share, std::cmp::Reverse(at)));
            cell.speaker =
                most.filter(|&(_, &share)| share > 0).map(|(at, _)| SpeakerId(at as u16));
        }
        Strip { cells }
    }
}
