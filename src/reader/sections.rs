//! An article in which nobody speaks, read by its sections: they stand where the speakers would.

use super::State;
use super::panes::Area;
use super::turns::Way;
use crate::interview::{Interview, Section};
use crate::typeset::Anchor;
use crate::words::Message;

/// How the sections stand in their pane, a row each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionRows {
    /// The first row of them on the screen.
    pub y: u16,
    /// The first that is shown.
    pub first: usize,
    /// How many are shown.
    pub count: usize,
}

/// How far sections are moved in: from 0, by how many levels each is below the highest.
pub fn depth(interview: &Interview, section: &Section) -> u16 {
    let highest = interview.sections.iter().map(|section| section.level).min().unwrap_or(1);
    u16::from((section.level - highest.min(section.level)).min(3))
}

impl State {
    /// How the sections stand in their pane; the current one is in sight.
    pub fn section_rows(&self, area: Area) -> SectionRows {
        let sections = self.interview().sections.len();
        let y = area.y + u16::from(area.height >= 6) * 2;
        let count = sections.min(usize::from(area.bottom().saturating_sub(y)));
        let current = self.current_section().unwrap_or(0);
        let first = current.saturating_sub(count / 2).min(sections - count);
        SectionRows { y, first, count }
    }

    /// The section that the top of the page stands in, by its place in the sections.
    pub fn current_section(&self) -> Option<usize> {
        let block = self.galley.settle(self.top).block;
        self.interview().sections.partition_point(|section| section.block <= block).checked_sub(1)
    }

    /// The first row of a section.
    pub(super) fn start_of_section(&self, section: usize) -> Anchor {
        self.galley.start_of(self.interview().sections[section].block)
    }

    /// Goes `count` sections on or back; back from the middle of one goes to its beginning first.
    pub(super) fn go_section(&mut self, way: Way, count: u32) -> Option<Message> {
        let Some(last) = self.interview().sections.len().checked_sub(1) else {
            return Some(Message::new("no-sections"));
        };
        let here = self.galley.settle(self.top);
        let sections = &self.interview().sections;
        // The gap before a heading is not of its section yet.
        let begun = sections.partition_point(|section| self.galley.start_of(section.block) <= here);
        let begins = begun > 0 && self.start_of_section(begun - 1) == here;
        let count = count.max(1) as usize;
        let to = match way {
            Way::Next => Some(begun + count - 1).filter(|&to| to <= last),
            Way::Previous => begun.checked_sub(count + usize::from(begins)),
        };
        match to {
            Some(section) => {
                self.top = self.start_of_section(section);
                None
            }
            None if way == Way::Next => Some(Message::new("last-section")),
            None => Some(Message::new("first-section")),
        }
    }
}
