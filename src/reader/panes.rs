//! Where everything stands on the screen: a pure function of its size and the reader's choices,
//! asked by the view to draw and by the mouse to aim.

use super::event::Size;
use crate::interview::Interview;

/// From this width on all three panes stand side by side, in cells.
pub const THREE_PANES: u16 = 110;

/// From this width on the speakers stand beside the text, in cells.
pub const TWO_PANES: u16 = 70;

/// The strip at the right edge of the text: a column of marks and one of colours.
pub const STRIP: u16 = 2;

/// The column before the text in which a bookmark shows.
pub const GUTTER: u16 = 2;

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its first column.
    pub x: u16,
    /// Its first row.
    pub y: u16,
    /// Its columns.
    pub width: u16,
    /// Its rows.
    pub height: u16,
}

impl Area {
    /// The column behind its last.
    pub fn right(self) -> u16 {
        self.x + self.width
    }

    /// The row behind its last.
    pub fn bottom(self) -> u16 {
        self.y + self.height
    }

    /// Whether it has no cell.
    pub fn is_empty(self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// Whether a cell is in it.
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.right()).contains(&column) && (self.y..self.bottom()).contains(&row)
    }
}

/// Where the panes stand; an absent one is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The whole screen.
    pub screen: Area,
    /// The list at the left: of the speakers, or of the sections where nobody speaks.
    pub speakers: Option<Area>,
    /// The row over the text that says who is speaking, as wide as the text.
    pub head: Option<Area>,
    /// The text column: its width is the measure.
    pub text: Area,
    /// The who-spoke-when strip.
    pub strip: Option<Area>,
    /// The summary at the right.
    pub summary: Option<Area>,
    /// The last row of the screen.
    pub status: Option<Area>,
}

/// Whether a pane is to stand beside the text where there is room for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Shown.
    #[default]
    Shown,
    /// Hidden.
    Hidden,
}

/// Which panes are to stand beside the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// The list at the left.
    pub left: Side,
    /// The summary at the right.
    pub right: Side,
}

impl Sides {
    /// Those that an article has something for, the left one if it is wanted. Where nobody speaks
    /// the sections stand at the left, and need not stand at the right again.
    pub fn of(interview: &Interview, wanted: Side) -> Self {
        let side = |something| if something { Side::Shown } else { Side::Hidden };
        let spoken = !interview.turns.is_empty();
        let left = if spoken || !interview.sections.is_empty() { wanted } else { Side::Hidden };
        Self { left, right: side(spoken || !interview.summary.is_empty()) }
    }
}

/// The panes on a screen of `size`, with text no wider than `measure` cells.
pub fn panes(size: Size, measure: u16, sides: Sides) -> Panes {
    let Size { columns, rows } = size;
    let screen = Area { x: 0, y: 0, width: columns, height: rows };
    let status_rows = u16::from(rows >= 2);
    let height = rows - status_rows;
    let status = (status_rows > 0).then_some(Area { y: height, height: 1, ..screen });
    let mut left = 0;
    let mut right = columns;
    let mut speakers = None;
    let mut summary = None;
    if columns >= TWO_PANES && sides.left == Side::Shown {
        let width = (columns / 5).clamp(18, 26);
        speakers = Some(Area { x: 0, y: 0, width, height });
        left = width + 1;
    }
    if columns >= THREE_PANES && sides.right == Side::Shown {
        let width = (columns / 4).clamp(28, 40);
        right = columns - width;
        summary = Some(Area { x: right, y: 0, width, height });
        right -= 1;
    }
    let wide = right - left >= 24;
    let strip_width = if right - left >= 12 { STRIP } else { 0 };
    let strip = (strip_width > 0 && height > 0).then_some(Area {
        x: right - strip_width,
        y: 0,
        width: strip_width,
        height,
    });
    let gutter = if wide { GUTTER } else { 0 };
    let behind = u16::from(wide);
    let room = (right - left).saturating_sub(strip_width + gutter + behind);
    // An even number of cells holds whole Han characters.
    let width = if room >= 8 { room.min(measure) & !1 } else { room };
    let x = left + gutter + (room - width) / 2;
    let head_rows = u16::from(height >= 6);
    let head = (head_rows > 0).then_some(Area { x, y: 0, width, height: 1 });
    let text = Area { x, y: head_rows, width, height: height - head_rows };
    Panes { screen, speakers, head, text, strip, summary, status }
}

/// Where a list lies over the page: at most `width` × `height` cells, border included, in the
/// middle; all of a small screen.
pub fn overlay(size: Size, width: u16, height: u16) -> Area {
    let rows = size.rows - u16::from(size.rows >= 2);
    let width = if size.columns < 44 { size.columns } else { width.min(size.columns - 4) };
    let height = if rows < 10 { rows } else { height.min(rows - 2) };
    Area { x: (size.columns - width) / 2, y: (rows - height) / 2, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_its_panes_and_none_overlaps() {
        for columns in 0..200 {
            for rows in 0..60 {
                for (left, right) in [
                    (Side::Shown, Side::Shown),
                    (Side::Hidden, Side::Shown),
                    (Side::Shown, Side::Hidden),
                ] {
                    let p = panes(Size { columns, rows }, 76, Sides { left, right });
                    let inside = |area: Area| area.right() <= columns && area.bottom() <= rows;
                    assert!(inside(p.text), "{p:?}");
                    assert!(p.text.width <= 76);
                    assert!(rows == 0 || columns == 0 || !p.text.is_empty(), "{p:?}");
                    let all = [p.speakers, Some(p.text), p.strip, p.summary];
                    let mut x = 0;
                    for area in all.into_iter().flatten() {
                        assert!(inside(area) && area.x >= x, "{p:?}");
                        x = area.right();
                    }
                    let shown = columns >= THREE_PANES && right == Side::Shown;
                    assert_eq!(p.summary.is_some(), shown);
                    let shown = columns >= TWO_PANES && left == Side::Shown;
                    assert_eq!(p.speakers.is_some(), shown);
                }
            }
        }
    }

    #[test]
    fn the_text_stands_in_the_middle_and_keeps_to_the_measure() {
        let p = panes(
            Size { columns: 200, rows: 50 },
            76,
            Sides { left: Side::Hidden, right: Side::Shown },
        );
        assert_eq!(p.text.width, 76);
        let left = p.text.x;
        let right = p.strip.map_or(0, |strip| strip.x) - p.text.right();
        assert!(left.abs_diff(right) <= 2, "{left} {right}");
    }

    #[test]
    fn an_overlay_is_on_the_screen() {
        for columns in 0..120 {
            for rows in 0..40 {
                let area = overlay(Size { columns, rows }, 70, 30);
                assert!(area.right() <= columns && area.bottom() <= rows);
            }
        }
    }
}
