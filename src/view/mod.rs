//! `&State` → ratatui `Buffer`: every screenful is a pure function of the state.

mod body;
mod cells;
mod note;
mod overlay;
mod palette;
mod sections;
mod speakers;
mod status;
mod strip;
mod summary;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use body::image_label;
pub use cells::{FOLLOWER, Pen};
pub use palette::Palette;

use crate::reader::panes::Area;
use crate::reader::{PromptKind, State};
use crate::settings::Depth;

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many colours.
    pub depth: Depth,
}

/// Draws the whole screen, and says where the cursor stands if it is to be seen.
pub fn draw(state: &State, look: Look, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let palette = Palette::new(state.theme(), look.depth);
    let area = buffer.area;
    let screen = state.panes().screen;
    buffer.reset();
    if screen.width > area.width || screen.height > area.height || screen.is_empty() {
        return None;
    }
    let mut pen = Pen::new(buffer, state.profile());
    let panes = state.panes();
    body::draw(state, &palette, &mut pen);
    if let Some(area) = panes.speakers {
        match state.interview().turns.is_empty() {
            true => sections::draw(state, &palette, &mut pen, area),
            false => speakers::draw(state, &palette, &mut pen, area),
        }
        rule(&palette, &mut pen, area.right(), area);
    }
    if let Some(area) = panes.strip {
        strip::draw(state, &palette, &mut pen, area);
    }
    if let Some(area) = panes.summary {
        rule(&palette, &mut pen, area.x - 1, area);
        let inner = Area { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        summary::draw(state, &palette, &mut pen, inner, None);
    }
    if let Some(list) = state.list() {
        overlay::draw(state, &palette, &mut pen, *list);
    }
    let cursor = panes.status.and_then(|area| status::draw(state, &palette, &mut pen, area));
    match state.prompt().filter(|prompt| prompt.kind == PromptKind::Note) {
        Some(prompt) => note::draw(state, &palette, &mut pen, prompt),
        None => cursor,
    }
}

/// The line between two panes.
fn rule(palette: &Palette, pen: &mut Pen<'_>, x: u16, beside: Area) {
    let line = pen.chrome("│", "|");
    for y in beside.y..beside.bottom() {
        pen.put(x, y, x + 1, line, palette.border);
    }
}

/// The buffer's rectangle for a size.
pub fn rect(columns: u16, rows: u16) -> Rect {
    Rect::new(0, 0, columns, rows)
}
