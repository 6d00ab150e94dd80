//! The mouse: the wheel scrolls, a click goes where what is under it leads; in the text it chooses.

use super::State;
use super::event::{Effect, Gesture, Mouse};
use super::lists::{List, ListKind, Target};
use super::panes::Area;
use crate::interview::SpeakerId;
use crate::words::Message;

/// How many rows a turn of the wheel scrolls.
const WHEEL: i32 = 3;

/// How the speakers stand in their pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerRows {
    /// The first row of them on the screen.
    pub y: u16,
    /// The rows that each takes.
    pub each: u16,
    /// The first that is shown.
    pub first: usize,
    /// How many are shown.
    pub count: usize,
}

impl State {
    /// How the speakers stand in their pane: two rows each where there is room, and the current
    /// one always among them.
    pub fn speaker_rows(&self, area: Area) -> SpeakerRows {
        let speakers = self.interview().speakers.len();
        let y = area.y + u16::from(area.height >= 6) * 2;
        let room = usize::from(area.bottom().saturating_sub(y));
        let each = if speakers * 3 <= room + 1 {
            3
        } else if speakers * 2 <= room {
            2
        } else {
            1
        };
        let count = speakers.min(room / each.max(1));
        let current = self.current_speaker().map_or(0, SpeakerId::index);
        let first = (current + 1).saturating_sub(count);
        SpeakerRows { y, each: each as u16, first, count }
    }

    /// The rows of a list's entries inside its border, and the first entry shown.
    pub fn list_window(&self, list: List, height: u16) -> usize {
        let len = self.list_len(list.kind);
        let height = usize::from(height);
        list.selected.saturating_sub(height / 2).min(len.saturating_sub(height))
    }

    /// Takes a mouse event.
    pub(super) fn point(&mut self, mouse: Mouse, now: u64) -> (Vec<Effect>, Option<Message>) {
        match mouse.gesture {
            Gesture::WheelDown => self.wheel(WHEEL),
            Gesture::WheelUp => self.wheel(-WHEEL),
            // What is being written is not lost by a click.
            Gesture::Press | Gesture::Drag if self.note_on.is_some() => {}
            Gesture::Press if self.list.is_some() => return self.press_list(mouse),
            Gesture::Press => {
                self.press_text(mouse, now);
                return self.press(mouse);
            }
            Gesture::Drag if self.list.is_some() => {}
            Gesture::Drag if self.pressed.is_some() => self.drag_text(mouse),
            Gesture::Drag => self.press_strip(mouse),
            Gesture::Release => {}
        }
        (Vec::new(), None)
    }

    fn wheel(&mut self, rows: i32) {
        let Some(list) = self.list else {
            self.scroll(rows);
            return;
        };
        let last = self.list_len(list.kind).saturating_sub(1);
        let selected = list.selected.saturating_add_signed(rows as isize).min(last);
        self.list = Some(List { selected, ..list });
    }

    fn press(&mut self, mouse: Mouse) -> (Vec<Effect>, Option<Message>) {
        let panes = self.panes();
        let Mouse { column, row, .. } = mouse;
        let left = panes.speakers.filter(|area| area.contains(column, row));
        if let Some(area) = left.filter(|_| self.interview().turns.is_empty()) {
            let rows = self.section_rows(area);
            let at = row.checked_sub(rows.y).map(usize::from).filter(|&at| at < rows.count);
            if let Some(at) = at {
                self.jump(self.start_of_section(rows.first + at));
            }
        } else if let Some(area) = left {
            let rows = self.speaker_rows(area);
            let at = row.checked_sub(rows.y).map(|row| usize::from(row / rows.each));
            if let Some(at) = at.filter(|&at| at < rows.count) {
                return (Vec::new(), self.jump_to_speaker(SpeakerId((rows.first + at) as u16)));
            }
        }
        if let Some(area) = panes.summary.filter(|area| area.contains(column, row)) {
            let lines = self.summary(area.width.saturating_sub(2), area.height, None);
            let line = lines.get(usize::from(row - area.y));
            if let Some(item) = line.and_then(|line| line.item)
                && let Target::Place(anchor) = self.summary_target(item)
            {
                self.jump(anchor);
            }
        }
        self.press_strip(mouse);
        (Vec::new(), None)
    }

    fn press_strip(&mut self, mouse: Mouse) {
        let strip = self.panes().strip;
        let Some(area) = strip.filter(|area| area.contains(mouse.column, mouse.row)) else {
            return;
        };
        let offset = self.strip_offset(mouse.row - area.y, area.height);
        let offset = self.interview().prose.text().floor_char_boundary(offset as usize) as u32;
        let to = self.galley.anchor_of(offset);
        match mouse.gesture {
            Gesture::Press => self.jump(to),
            _ => self.top = self.galley.settle(to),
        }
    }

    /// A click on an entry chooses it; a click beside the list closes it.
    fn press_list(&mut self, mouse: Mouse) -> (Vec<Effect>, Option<Message>) {
        let Some(list) = self.list else { return (Vec::new(), None) };
        let area = self.list_area(list);
        if !area.contains(mouse.column, mouse.row) {
            self.close_list();
            return (Vec::new(), None);
        }
        let inner = State::list_inner(area);
        if !inner.contains(mouse.column, mouse.row) {
            return (Vec::new(), None);
        }
        let row = usize::from(mouse.row - inner.y);
        let at = match list.kind {
            ListKind::Summary => {
                let lines = self.summary(inner.width, inner.height, Some(list.selected));
                lines.get(row).and_then(|line| line.item)
            }
            _ => {
                let at = self.list_window(list, inner.height) + row;
                (at < self.list_len(list.kind)).then_some(at)
            }
        };
        match at {
            Some(selected) => self.choose(List { selected, ..list }),
            None => (Vec::new(), None),
        }
    }

    /// Where a list lies.
    pub fn list_area(&self, list: List) -> Area {
        let rows = match list.kind {
            ListKind::Summary => u16::MAX,
            kind => u16::try_from(self.list_len(kind)).unwrap_or(u16::MAX),
        };
        super::panes::overlay(self.size, 84, rows.saturating_add(2))
    }

    /// A list without its border.
    pub fn list_inner(area: Area) -> Area {
        Area {
            x: area.x + 2.min(area.width / 2),
            y: area.y + 1.min(area.height),
            width: area.width.saturating_sub(4),
            height: area.height.saturating_sub(2),
        }
    }
}
