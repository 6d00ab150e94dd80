//! The who-spoke-when strip at the right edge: a column of marks, a column of colours.

use super::cells::Pen;
use super::palette::Palette;
use crate::reader::State;
use crate::reader::panes::Area;

/// Draws the strip.
pub fn draw(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area) {
    let strip = state.strip(area.height);
    let (marks, colours) = (area.x, area.right() - 1);
    for (y, cell) in (area.y..area.bottom()).zip(&strip.cells) {
        match cell.speaker {
            None => pen.put(colours, y, area.right(), pen.chrome("·", "."), palette.dim),
            Some(id) => match palette.speaker_fill(id) {
                Some(fill) => pen.put(colours, y, area.right(), " ", fill),
                None => {
                    let key = char::from_digit(id.0.into(), 36)
                        .map_or('#', |_| char::from_digit(u32::from(id.0) + 1, 36).unwrap_or('#'));
                    let key = key.to_string();
                    pen.put(colours, y, area.right(), &key, palette.dim)
                }
            },
        };
    }
    let page = state.page();
    let extent = match (page.first(), page.last()) {
        (Some(first), Some(last)) => {
            let shown = first.text.start..last.text.end.max(first.text.start + 1);
            state.strip_rows(&shown, area.height)
        }
        _ => 0..0,
    };
    for row in 0..area.height {
        let hit = state.has_hit(row, area.height);
        let shown = extent.contains(&row);
        let sign = if shown { pen.chrome("┃", "|") } else { "-" };
        let style = if hit { palette.hit } else { palette.extent };
        if hit || shown {
            pen.put(marks, area.y + row, colours, sign, style);
        }
    }
    for mark in state.bookmarks() {
        if let Some(range) = &mark.range {
            let row = state.strip_rows(range, area.height).start;
            pen.put(marks, area.y + row, colours, pen.chrome("◆", "*"), palette.mark_sign);
        }
    }
}
