//! The one writer of cells: clusters at the width that [`text::width`](crate::text::width) says,
//! never over an edge, never half of a wide one.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::style::Style;

use crate::reader::panes::Area;
use crate::text::width::{Ambiguous, Profile, clusters, ellipsis, fit, shown};

/// Writes into a buffer.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    profile: Profile,
}

impl<'a> Pen<'a> {
    /// Writes into `buffer` for such a terminal.
    pub fn new(buffer: &'a mut Buffer, profile: Profile) -> Self {
        Self { buffer, profile }
    }

    /// What the terminal draws how wide.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// A sign of the program's own: `narrow`, or `plain` (ASCII) where `narrow` would be wide.
    pub fn chrome(&self, narrow: &'static str, plain: &'static str) -> &'static str {
        match self.profile.ambiguous {
            Ambiguous::Narrow => narrow,
            Ambiguous::Wide => plain,
        }
    }

    /// What stands for text that was cut off.
    pub fn ellipsis(&self) -> &'static str {
        ellipsis(self.profile)
    }

    /// Writes text from `(x, y)` on, up to the column before `end`; returns the column behind it.
    /// A cluster that does not fit whole is left out, and all behind it.
    pub fn put(&mut self, mut x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        for (_, cluster, cells) in clusters(text, self.profile) {
            if cells == 0 {
                continue;
            }
            if x.saturating_add(cells) > end {
                break;
            }
            self.cluster(x, y, cluster, cells, style);
            x += cells;
        }
        x
    }

    /// Writes text in at most `end - x` cells, with an ellipsis where it is cut.
    pub fn put_fit(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let room = end.saturating_sub(x);
        let text = fit(text, room, self.profile, self.ellipsis());
        self.put(x, y, end, &text, style)
    }

    /// Writes one cluster that takes `cells` cells.
    pub fn cluster(&mut self, x: u16, y: u16, cluster: &str, cells: u16, style: Style) {
        let area = self.buffer.area;
        if y >= area.bottom() || x.saturating_add(cells) > area.right() || cells == 0 {
            return;
        }
        let cluster = &*shown(cluster, self.profile);
        self.mend_left(x, y);
        self.mend_right(x + cells, y);
        for at in x + 1..x + cells {
            let cell = &mut self.buffer[(at, y)];
            cell.reset();
            cell.set_symbol(FOLLOWER).set_style(style);
        }
        let cell = &mut self.buffer[(x, y)];
        cell.reset();
        cell.set_symbol(cluster).set_style(style);
        if !is_certain(cluster)
            && let Some(cells) = NonZeroU16::new(cells)
        {
            cell.set_diff_option(CellDiffOption::ForcedWidth(cells));
        }
    }

    /// Fills a rectangle with blanks.
    pub fn fill(&mut self, area: Area, style: Style) {
        for y in area.y..area.bottom() {
            for x in area.x..area.right() {
                self.cluster(x, y, " ", 1, style);
            }
        }
    }

    /// Adds a style to a stretch of a row.
    pub fn tint(&mut self, x: u16, y: u16, end: u16, style: Style) {
        let area = self.buffer.area;
        if y < area.bottom() {
            for x in x..end.min(area.right()) {
                self.buffer[(x, y)].set_style(style);
            }
        }
    }

    /// A wide cluster that the cell at `x` belongs to the second half of goes.
    fn mend_left(&mut self, x: u16, y: u16) {
        let mut at = x;
        while at > 0 && self.buffer[(at, y)].symbol() == FOLLOWER {
            at -= 1;
            self.blank(at, y);
        }
    }

    /// The rest of a wide cluster whose first cell is overwritten goes.
    fn mend_right(&mut self, x: u16, y: u16) {
        let mut at = x;
        while at < self.buffer.area.right() && self.buffer[(at, y)].symbol() == FOLLOWER {
            self.blank(at, y);
            at += 1;
        }
    }

    fn blank(&mut self, x: u16, y: u16) {
        let cell = &mut self.buffer[(x, y)];
        let (fg, bg) = (cell.fg, cell.bg);
        cell.reset();
        cell.set_symbol(" ");
        cell.fg = fg;
        cell.bg = bg;
    }
}

/// The symbol of a cell that a wide cluster before it covers.
pub const FOLLOWER: &str = "";

/// Whether every terminal gives a cluster the width that ratatui does: ASCII, Han, kana and
/// fullwidth forms.
fn is_certain(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    matches!(u32::from(c), 0x20..=0x7E | 0x3001..=0x3029 | 0x3030..=0x303E | 0x3041..=0x3096
        | 0x30A1..=0x30FF | 0x4E00..=0x9FFF | 0xFF01..=0xFF60)
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    fn row(buffer: &Buffer) -> String {
        (0..buffer.area.width)
            .map(|x| match buffer[(x, 0)].symbol() {
                FOLLOWER => "<",
                symbol => symbol,
            })
            .collect()
    }

    #[test]
    fn a_wide_cluster_never_stands_half() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 7, 1));
        let mut pen = Pen::new(&mut buffer, Profile::NARROW);
        assert_eq!(pen.put(0, 0, 7, "中文字符", Style::new()), 6);
        pen.put(3, 0, 5, "|x", Style::new());
        assert_eq!(row(&buffer), "中< |x  ");
    }

    #[test]
    fn the_width_is_the_profile_s() {
        for (profile, want) in [(Profile::NARROW, 3), (Profile::WIDE, 6)] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
            let mut pen = Pen::new(&mut buffer, profile);
            assert_eq!(pen.put(0, 0, 8, "“a”", Style::new()), want - u16::from(want == 6));
        }
    }
}
