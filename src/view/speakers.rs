//! The speaker pane: number key, name, turns, share of the text as a bar of cells.

use super::cells::Pen;
use super::palette::Palette;
use crate::interview::SpeakerId;
use crate::reader::State;
use crate::reader::panes::Area;
use crate::text::width::width;
use crate::words::Message;

/// Draws the pane.
pub fn draw(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area) {
    let interview = state.interview();
    let inner = Area { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let rows = state.speaker_rows(area);
    if rows.y > area.y {
        let said = Message::new("speakers-count").with("speakers", interview.speakers.len() as i64);
        let title = state.words().say(&said);
        pen.put_fit(inner.x, inner.y, inner.right(), &title, palette.heading);
    }
    let current = state.current_speaker();
    let most = (0..interview.speakers.len())
        .map(|at| state.share(SpeakerId(at as u16)))
        .fold(0.0_f64, f64::max);
    for at in rows.first..rows.first + rows.count {
        let id = SpeakerId(at as u16);
        let y = rows.y + (at - rows.first) as u16 * rows.each;
        name(state, palette, pen, inner, y, id);
        if current == Some(id) {
            pen.put(area.x, y, inner.x, pen.chrome("▸", ">"), palette.accent);
        }
        if rows.each > 1 {
            bar(state, palette, pen, inner, y + 1, id, most);
        }
    }
}

fn name(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area, y: u16, id: SpeakerId) {
    let speaker = state.interview().speaker(id);
    let key = if id.index() < 9 { (id.index() + 1).to_string() } else { " ".to_owned() };
    let turns = speaker.turns.to_string();
    let end = area.right().saturating_sub(width(&turns, pen.profile()) + 1);
    let folded = state.follow().is_some_and(|follow| follow != id);
    let style = if folded { palette.dim } else { palette.speaker(id) };
    let x = pen.put(area.x, y, end, &key, palette.dim);
    pen.put_fit(x + 1, y, end, &speaker.name, style);
    pen.put(end + 1, y, area.right(), &turns, palette.dim);
}

fn bar(
    state: &State,
    palette: &Palette,
    pen: &mut Pen<'_>,
    area: Area,
    y: u16,
    id: SpeakerId,
    most: f64,
) {
    let share = state.share(id);
    let percent = format!("{:>3}%", (share * 100.0).round());
    let start = area.x + 2;
    let room = area.right().saturating_sub(start + percent.len() as u16 + 1);
    let cells = (share / most.max(f64::MIN_POSITIVE) * f64::from(room)).round() as u16;
    let cells = if share > 0.0 { cells.clamp(1, room.max(1)) } else { 0 };
    for x in start..(start + cells).min(area.right()) {
        match palette.speaker_fill(id) {
            Some(fill) => pen.cluster(x, y, " ", 1, fill),
            None => pen.cluster(x, y, "=", 1, palette.dim),
        }
    }
    let x = area.right().saturating_sub(percent.len() as u16);
    pen.put(x, y, area.right(), &percent, palette.dim);
}
