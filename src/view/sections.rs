//! The pane of sections, where nobody speaks: a heading a row, moved in by its level.

use super::cells::Pen;
use super::palette::Palette;
use crate::reader::panes::Area;
use crate::reader::{State, depth};

/// Draws the pane.
pub fn draw(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area) {
    let interview = state.interview();
    let inner = Area { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let rows = state.section_rows(area);
    if rows.y > area.y {
        let title = state.words().text("sections");
        pen.put_fit(inner.x, inner.y, inner.right(), &title, palette.heading);
    }
    let current = state.current_section();
    let shown = interview.sections.iter().enumerate().skip(rows.first).take(rows.count);
    for (y, (at, section)) in (rows.y..).zip(shown) {
        let style = if current == Some(at) { palette.accent } else { palette.text };
        if current == Some(at) {
            pen.put(area.x, y, inner.x, pen.chrome("▸", ">"), palette.accent);
        }
        let x = inner.x + depth(interview, section) * 2;
        pen.put_fit(x, y, inner.right(), &section.title, style);
    }
}
