//! The last row: where the reader is, what is being typed, what there is to say.

use std::ops::Range;

use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::cells::Pen;
use super::palette::Palette;
use crate::reader::panes::Area;
use crate::reader::{Prompt, PromptKind, State};
use crate::text::width::{Profile, width};
use crate::typeset::{Measure, lines};
use crate::words::Message;

/// How many rows above the last what is said may take; never more than a quarter of the page.
const MOST: usize = 3;

/// Draws the row, and says where the cursor stands while a line is typed.
pub fn draw(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area) -> Option<(u16, u16)> {
    let right = right(state);
    let cells = width(&right, pen.profile());
    let mut end = area.right();
    // The place gives way to what is said where there is no room for both.
    let prompt = state.prompt().filter(|prompt| prompt.kind != PromptKind::Note);
    let busy = prompt.is_some() || state.notice().is_some() || state.selection().is_some();
    if cells + 2 < area.width && (!busy || area.width >= cells + 30) {
        end = area.right() - cells - 1;
        pen.put(end, area.y, area.right(), &right, palette.status);
        end = end.saturating_sub(1);
    }
    if let Some(prompt) = prompt {
        return Some(typed(state, palette, pen, Area { width: end - area.x, ..area }, prompt));
    }
    let mut x = area.x + u16::from(area.width > 20);
    if state.unsaved() > 0 && state.notice().is_none() {
        let said = Message::new("unsaved").with("count", state.unsaved() as i64);
        x = pen.put_fit(x, area.y, end, &state.words().say(&said), palette.warning) + 1;
    }
    if let Some(notice) = state.notice() {
        say(pen, area, x..end, &state.words().say(notice), palette.notice);
        return None;
    }
    match chosen(state) {
        Some(said) => say(pen, area, x..end, &said, palette.accent),
        None => {
            pen.put_fit(x, area.y, end, &left(state), palette.status);
        }
    }
    None
}

/// Says something in full: what has no room in the row takes rows of the page above it.
fn say(pen: &mut Pen<'_>, area: Area, x: Range<u16>, text: &str, style: Style) {
    let measure = Measure::new(x.end.saturating_sub(x.start).max(1), pen.profile());
    let rows = lines(text, measure, 0, 0, &[]);
    let above = (rows.len() - 1).min(MOST).min(usize::from(area.y / 4)) as u16;
    if above == 0 {
        pen.put_fit(x.start, area.y, x.end, text, style);
        return;
    }
    let all = Area { y: area.y - above, height: above + 1, ..area };
    pen.fill(Area { height: above, ..all }, Style::new());
    for (y, row) in (all.y..all.bottom()).zip(&rows) {
        let last = y + 1 == all.bottom();
        let end = if last { text.len() } else { row.text.end as usize };
        pen.put_fit(x.start, y, x.end, &text[row.text.start as usize..end], style);
    }
}

/// What can be done with the passage that is being chosen.
fn chosen(state: &State) -> Option<String> {
    let selection = state.selection()?;
    let range = selection.range();
    let count = state.interview().prose.slice(range).chars().filter(|c| *c != '\n').count() as i64;
    let id = if selection.placing().is_some() { "selection-placing" } else { "selection" };
    Some(state.words().say(&Message::new(id).with("count", count)))
}

/// Where the reader is: turn, speaker, hit.
fn left(state: &State) -> String {
    let words = state.words();
    let progress = state.progress();
    let mut parts = Vec::new();
    if progress.turns > 0 {
        let turn = Message::new("status-turn")
            .with("turn", i64::from(progress.turn))
            .with("turns", i64::from(progress.turns));
        parts.push(words.say(&turn));
    }
    if let (0, Some(section)) = (progress.turns, state.current_section()) {
        let place = Message::new("status-section")
            .with("section", section as i64 + 1)
            .with("sections", state.interview().sections.len() as i64);
        parts.push(words.say(&place));
    }
    if let Some(speaker) = progress.speaker {
        parts.push(state.interview().speaker(speaker).name.clone());
    }
    if let Some(follow) = state.follow() {
        let name = state.interview().speaker(follow).name.clone();
        parts.push(words.say(&Message::new("status-follow").with("name", name)));
    }
    let search = state.search();
    if let (Some(at), count) = (search.current(), search.hits().len()) {
        let hit = Message::new("status-hit")
            .with("hit", at as i64 + 1)
            .with("hits", count as i64)
            .with("query", search.query());
        parts.push(words.say(&hit));
    }
    parts.join("  ")
}

/// How far the reader is, at the right edge.
fn right(state: &State) -> String {
    let progress = state.progress();
    let pending: Vec<String> = state.pending().iter().map(ToString::to_string).collect();
    let percent = i64::from(progress.percent);
    let left = match progress.minutes_left {
        0 => Message::new("status-end").with("percent", percent),
        minutes => {
            let left = Message::new("status-left").with("percent", percent);
            left.with("minutes", i64::from(minutes))
        }
    };
    let left = state.words().say(&left);
    if pending.is_empty() { left } else { format!("{}  {left}", pending.join(" ")) }
}

/// The end of a line that is too long: as much of it as fits in front of the cursor.
fn fitting_end(line: &str, room: u16, profile: Profile) -> &str {
    let mut cells = 0_u16;
    let mut from = line.len();
    for (at, cluster) in line.grapheme_indices(true).rev() {
        cells = cells.saturating_add(width(cluster, profile));
        if cells > room {
            break;
        }
        from = at;
    }
    &line[from..]
}

fn typed(
    state: &State,
    palette: &Palette,
    pen: &mut Pen<'_>,
    area: Area,
    prompt: &Prompt,
) -> (u16, u16) {
    let sign = match prompt.kind {
        PromptKind::Search => "/".to_owned(),
        PromptKind::GoTo => ":".to_owned(),
        PromptKind::Filter => "/".to_owned(),
        PromptKind::Note => String::new(),
        PromptKind::Rename(speaker) => {
            let said = Message::new("rename").with("name", state.name_in_text(speaker));
            state.words().say(&said)
        }
    };
    let mut x = pen.put_fit(area.x, area.y, area.x + area.width / 2, &sign, palette.accent);
    let room = area.right().saturating_sub(x + 1);
    let before = &prompt.text[..prompt.cursor];
    let from = before.len() - fitting_end(before, room, pen.profile()).len();
    x = pen.put(x, area.y, area.right(), &prompt.text[from..prompt.cursor], palette.text);
    let cursor = (x.min(area.right().saturating_sub(1)), area.y);
    x = pen.put(x, area.y, area.right(), &prompt.text[prompt.cursor..], palette.text);
    if let (PromptKind::Search, Some(at)) = (prompt.kind, state.search().current()) {
        let count = format!("  {}/{}", at + 1, state.search().hits().len());
        pen.put(x, area.y, area.right(), &count, palette.dim);
    } else if prompt.text.is_empty() && prompt.kind != PromptKind::Search {
        let hint = match prompt.kind {
            PromptKind::GoTo => "go-to-hint",
            PromptKind::Filter => "filter-hint",
            _ => "rename-hint",
        };
        pen.put(x + 1, area.y, area.right(), &state.words().text(hint), palette.dim);
    }
    cursor
}
