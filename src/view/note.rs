//! The note that is being written: the passage it is on, the note, what tags there are.

use super::cells::Pen;
use super::overlay::border;
use super::palette::Palette;
use crate::reader::panes::Area;
use crate::reader::{Prompt, State};

/// Draws the note, and says where the cursor stands.
pub fn draw(
    state: &State,
    palette: &Palette,
    pen: &mut Pen<'_>,
    prompt: &Prompt,
) -> Option<(u16, u16)> {
    let area = state.note_area();
    pen.fill(area, palette.text);
    let inner = State::list_inner(area);
    if area.height < 2 || inner.width == 0 {
        return None;
    }
    border(palette, pen, area);
    let title = format!(" {} ", state.words().text("title-note"));
    pen.put_fit(area.x + 2, area.y, area.right() - 1, &title, palette.heading);
    let mut y = inner.y;
    if inner.height >= 4 {
        pen.put_fit(inner.x, y, inner.right(), &state.note_quote(), palette.dim);
        y += 1;
    }
    let hints = u16::from(inner.height >= 3);
    let room = Area { y, height: inner.bottom().saturating_sub(y + hints), ..inner };
    let cursor = draw_text(state, palette, pen, room, prompt);
    if hints > 0 {
        pen.put_fit(inner.x, inner.bottom() - 1, inner.right(), &hint(state), palette.dim);
    }
    cursor
}

fn draw_text(
    state: &State,
    palette: &Palette,
    pen: &mut Pen<'_>,
    area: Area,
    prompt: &Prompt,
) -> Option<(u16, u16)> {
    let rows = state.note_rows(&prompt.text, area.width);
    let (row, column) = state.note_cell(&prompt.text, &rows, prompt.cursor);
    let height = usize::from(area.height);
    let first = (row + 1).saturating_sub(height);
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(first)) {
        pen.put(area.x, y, area.right(), &prompt.text[row.clone()], palette.text);
    }
    let x = area.x + column.min(area.width.saturating_sub(1));
    (height > 0).then(|| (x, area.y + (row - first) as u16))
}

/// The tags that would complete the one being written, else the keys.
fn hint(state: &State) -> String {
    match state.completions() {
        Some((_, tags)) if !tags.is_empty() => {
            let tags: Vec<String> = tags.iter().take(12).map(|tag| format!("#{tag}")).collect();
            format!("Tab: {}", tags.join(" "))
        }
        _ => state.words().text("note-hint").into_owned(),
    }
}
