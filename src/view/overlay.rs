//! A list over the page: a border, a title, its entries.

use super::cells::Pen;
use super::palette::Palette;
use super::summary;
use crate::reader::panes::Area;
use crate::reader::{Entry, List, ListKind, State};
use crate::text::width::width;
use crate::words::Message;

/// Draws a list.
pub fn draw(state: &State, palette: &Palette, pen: &mut Pen<'_>, list: List) {
    let area = state.list_area(list);
    pen.fill(area, palette.text);
    frame(state, palette, pen, area, list);
    let inner = State::list_inner(area);
    if list.kind == ListKind::Summary {
        summary::draw(state, palette, pen, inner, Some(list.selected));
        return;
    }
    let first = state.list_window(list, inner.height);
    let last = (first + usize::from(inner.height)).min(state.list_len(list.kind));
    let entries: Vec<Entry> = (first..last).map(|at| state.entry(list.kind, at)).collect();
    let cells = |text: &str| width(text, pen.profile());
    let lead = entries.iter().map(|entry| cells(&entry.lead)).max().unwrap_or(0);
    let lead = lead.min(inner.width / 3);
    for (at, entry) in entries.iter().enumerate() {
        let row = Area { y: inner.y + at as u16, height: 1, ..inner };
        draw_entry(palette, pen, row, entry, lead, list.kind);
        if first + at == list.selected && list.kind != ListKind::Help {
            pen.tint(row.x, row.y, row.right(), palette.chosen);
        }
    }
}

fn draw_entry(
    palette: &Palette,
    pen: &mut Pen<'_>,
    row: Area,
    entry: &Entry,
    lead: u16,
    kind: ListKind,
) {
    let name = entry.speaker.map(|id| palette.speaker(id));
    let plain = entry.lead.is_empty() && entry.speaker.is_none();
    let title = plain && (kind == ListKind::Outline || entry.tail.is_empty());
    let mut x = row.x;
    // A bookmark shows its kind; what has bookmarks in it, that it has.
    let is_mark = kind != ListKind::Outline && entry.highlight.is_some();
    if let Some(highlight) = entry.highlight.filter(|_| is_mark) {
        let sign = highlight.number().to_string();
        x = pen.put(x, row.y, row.right(), &sign, palette.mark(highlight)) + 1;
    }
    if lead > 0 && !title {
        let style = name.unwrap_or(palette.accent);
        pen.put_fit(x, row.y, x + lead, &entry.lead, style);
        x += lead + 2;
    }
    let mut end = row.right();
    if !entry.tail.is_empty() {
        let cells = width(&entry.tail, pen.profile());
        let at = end.saturating_sub(cells).max(x);
        pen.put(at, row.y, end, &entry.tail, palette.dim);
        end = at.saturating_sub(1);
    }
    if entry.highlight.is_some() && !is_mark && end > x {
        end -= 1;
        pen.put(end, row.y, end + 1, pen.chrome("◆", "*"), palette.mark_sign);
        end = end.saturating_sub(1);
    }
    let style = if title { palette.heading } else { palette.text };
    let indent = if title { u16::from(entry.level) * 2 } else { 0 };
    let text = entry.text.replace('\n', " ");
    pen.put_fit(x + indent, row.y, end, &text, style);
}

fn frame(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area, list: List) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    border(palette, pen, area);
    let right = area.right() - 1;
    let bottom = area.bottom() - 1;
    let words = state.words();
    let title = match list.kind {
        ListKind::Speakers => words.text("title-speakers"),
        ListKind::Merge(speaker) => {
            let name = state.interview().speaker(speaker).name.clone();
            words.say(&Message::new("title-merge").with("name", name)).into()
        }
        ListKind::Doubt => words.say(&state.doubt()).into(),
        ListKind::Outline => words.text("title-outline"),
        ListKind::Summary => words.text("title-summary"),
        ListKind::Bookmarks => words.text("title-bookmarks"),
        ListKind::AllBookmarks => words.text("title-all-bookmarks"),
        ListKind::Links => words.text("title-links"),
        ListKind::Help => words.text("title-help"),
    };
    let filter = state.filter();
    let title = match filter.is_empty() {
        true => format!(" {title} "),
        false => format!(" {title} / {filter} "),
    };
    pen.put_fit(area.x + 2, area.y, right, &title, palette.heading);
    let count = state.list_len(list.kind);
    if count > 1 && list.kind != ListKind::Help {
        let place = format!(" {}/{count} ", list.selected + 1);
        let cells = width(&place, pen.profile());
        if area.width > cells + 4 {
            pen.put(right - 1 - cells, bottom, right, &place, palette.dim);
        }
    }
}

/// The border around an area of at least 2 × 2 cells.
pub fn border(palette: &Palette, pen: &mut Pen<'_>, area: Area) {
    let style = palette.border;
    let (across, down) = (pen.chrome("─", "-"), pen.chrome("│", "|"));
    let corners =
        [pen.chrome("┌", "+"), pen.chrome("┐", "+"), pen.chrome("└", "+"), pen.chrome("┘", "+")];
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    for x in area.x..=right {
        pen.cluster(x, area.y, across, 1, style);
        pen.cluster(x, bottom, across, 1, style);
    }
    for y in area.y..=bottom {
        pen.cluster(area.x, y, down, 1, style);
        pen.cluster(right, y, down, 1, style);
    }
    for (corner, (x, y)) in corners.into_iter().zip([
        (area.x, area.y),
        (right, area.y),
        (area.x, bottom),
        (right, bottom),
    ]) {
        pen.cluster(x, y, corner, 1, style);
    }
}
