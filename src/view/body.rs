//! The page: the running head, then rows of the galley.

use std::ops::Range;

use ratatui::style::Style;

use super::cells::Pen;
use super::palette::Palette;
use crate::interview::{Interview, Role, TurnId};
use crate::marks::Highlight;
use crate::prose::{self, Kind, Marker};
use crate::reader::panes::{Area, GUTTER};
use crate::reader::{Selection, State};
use crate::text::width::width;
use crate::typeset::{Row, Shows, glyphs, marker, verbatim};
use crate::words::{Message, Words};

/// Draws the running head and the page.
pub fn draw(state: &State, palette: &Palette, pen: &mut Pen<'_>) {
    let panes = state.panes();
    let page = state.page();
    if let Some(area) = panes.head {
        head(state, palette, pen, area, &page);
    }
    for (at, row) in page.iter().enumerate() {
        let area = Area { y: panes.text.y + at as u16, height: 1, ..panes.text };
        draw_row(state, palette, pen, area, row);
    }
}

/// Who is speaking, when the beginning of their turn has scrolled away; else the section or title,
/// unless the page begins with it.
fn head(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area, page: &[Row]) {
    let interview = state.interview();
    let turn = page.first().and_then(|row| match row.shows {
        Shows::Nameplate(_) | Shows::Folded(_) => None,
        shows => {
            let turn = interview.turn_of(row.anchor.block)?;
            // The gap before a turn is not of it yet; one between its paragraphs is.
            let opens = interview.turn(turn).blocks.start == row.anchor.block;
            (shows != Shows::Gap || !opens).then_some(turn)
        }
    });
    if let Some(turn) = turn {
        nameplate(state, palette, pen, area, turn, Plate::Running);
        return;
    }
    let begins = page.iter().find(|row| row.shows != Shows::Gap).is_some_and(|row| {
        let block = row.anchor.block;
        interview.roles.get(block.index()) == Some(&Role::Title)
            || row.shows == Shows::First
                && matches!(interview.prose.block(block).kind, Kind::Heading(_))
    });
    if begins {
        return;
    }
    let section = state.current_section().map(|at| interview.sections[at].title.as_str());
    let title = interview.front.title.as_deref().unwrap_or(state.name());
    pen.put_fit(area.x, area.y, area.right(), section.unwrap_or(title), palette.dim);
}

/// Whether a nameplate begins a turn or stands over the rest of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plate {
    Opening,
    Running,
}

fn nameplate(
    state: &State,
    palette: &Palette,
    pen: &mut Pen<'_>,
    area: Area,
    turn: TurnId,
    plate: Plate,
) {
    let interview = state.interview();
    let this = interview.turn(turn);
    let name = &interview.speaker(this.speaker).name;
    let number = format!(" {}", turn.0 + 1);
    let time = this.time.map_or_else(String::new, |time| format!("  {}", time.clock()));
    let sign = if plate == Plate::Running { pen.chrome(" ↑", " ^") } else { "" };
    let tail = width(&number, pen.profile()) + width(&time, pen.profile()) + 2;
    let end = area.right().saturating_sub(tail).max(area.x + 4).min(area.right());
    let style = palette.speaker(this.speaker);
    let mut x = pen.put_fit(area.x, area.y, end, name, style);
    for text in [number.as_str(), time.as_str(), sign] {
        x = pen.put(x, area.y, area.right(), text, palette.dim);
    }
}

fn draw_row(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area, row: &Row) {
    match row.shows {
        Shows::Gap => {}
        Shows::Nameplate(turn) => {
            nameplate(state, palette, pen, area, turn, Plate::Opening);
        }
        Shows::Folded(turn) => folded(state, palette, pen, area, turn, row),
        Shows::Image(image) => picture(state, palette, pen, area, row, image),
        Shows::Rule => {
            let sign = pen.chrome("─", "-");
            for x in area.x..area.right() {
                pen.put(x, area.y, area.right(), sign, palette.border);
            }
        }
        Shows::First | Shows::Later => line(state, palette, pen, area, row),
    }
}

fn folded(
    state: &State,
    palette: &Palette,
    pen: &mut Pen<'_>,
    area: Area,
    turn: TurnId,
    row: &Row,
) {
    let interview = state.interview();
    let speaker = interview.turn(turn).speaker;
    let half = area.x + area.width / 2;
    let name = &interview.speaker(speaker).name;
    let x = pen.put_fit(area.x, area.y, half, name, palette.speaker(speaker));
    let text = interview.prose.slice(row.text.clone());
    let text: String = text.chars().take(usize::from(area.width)).collect();
    let text = text.replace('\n', " ");
    pen.put_fit(x + 1, area.y, area.right(), &text, palette.dim);
    // A passage that goes over a folded turn takes it along.
    let chosen = state
        .selection()
        .map(Selection::range)
        .filter(|chosen| chosen.start < row.text.end && row.text.start < chosen.end);
    if chosen.is_some() {
        pen.tint(area.x, area.y, area.right(), palette.selection);
    }
}

fn picture(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area, row: &Row, image: u32) {
    let label = image_label(state.interview(), state.words(), image);
    pen.put_fit(area.x + row.indent, area.y, area.right(), &label, palette.dim);
}

/// The row that stands for an image: its number, and its alternative text or its host.
pub fn image_label(interview: &Interview, words: &Words, image: u32) -> String {
    let this = &interview.prose.images()[image as usize];
    let host = this.url.split("://").nth(1).and_then(|rest| rest.split(['/', '?']).next());
    let what = if this.alt.is_empty() { host.unwrap_or_default() } else { &this.alt };
    let label = words.say(&Message::new("image").with("number", i64::from(image) + 1));
    format!("[{label}] {what}").trim_end().to_owned()
}

fn line(state: &State, palette: &Palette, pen: &mut Pen<'_>, area: Area, row: &Row) {
    let interview = state.interview();
    let block = interview.prose.block(row.anchor.block);
    let role = interview.roles.get(row.anchor.block.index()).copied().unwrap_or_default();
    let base = match (block.kind, role) {
        (_, Role::Promotion | Role::Related | Role::Field) => palette.dim,
        (_, Role::Aside) => palette.dim.patch(palette.emphasis),
        (Kind::Heading(_), _) => palette.heading,
        (Kind::Code, _) => palette.code,
        _ if block.quote > 0 => palette.quote,
        _ => palette.text,
    };
    for level in 0..u16::from(block.quote) {
        if level * 2 + 2 <= row.indent {
            let bar = pen.chrome("│", "|");
            pen.put(area.x + level * 2, area.y, area.right(), bar, palette.border);
        }
    }
    if row.shows == Shows::First && block.marker != Marker::None {
        let sign = marker(block);
        let cells = width(&sign, pen.profile());
        let x = area.x + row.indent.saturating_sub(cells);
        pen.put(x, area.y, area.x + row.indent, &sign, palette.dim);
    }
    let marks = state.marked_in(&row.text);
    if !marks.is_empty() && area.x >= GUTTER {
        let sign = match state.has_note(&row.text) {
            true => pen.chrome("✎", "n"),
            false => pen.chrome("▎", "|"),
        };
        pen.put(area.x - GUTTER, area.y, area.x, sign, palette.mark_sign);
    }
    let looks = Looks {
        base,
        palette,
        runs: interview.prose.runs_in(row.text.clone()),
        hits: state.search().hits_in(&row.text),
        current: state.search().current().and_then(|at| state.search().hits().get(at)),
        marks: &marks,
        flash: state.flash(),
        selection: state.selection().map(Selection::range),
    };
    let text = interview.prose.slice(row.text.clone());
    let mut x = area.x + row.indent;
    let measure = state.galley().measure();
    let verbatim = verbatim(&interview.prose, &row.text, measure);
    let mut last = None;
    for glyph in glyphs(text, measure, &verbatim) {
        let at = row.text.start + glyph.at as u32;
        // A blank that was put in looks as both sides do.
        if glyph.lead > 0 {
            let before = looks.at(last.unwrap_or(at));
            let style = if before == looks.at(at) { before } else { looks.base };
            pen.put(x, area.y, x + glyph.lead, " ", style);
            x += glyph.lead;
        }
        if glyph.cells > 0 {
            pen.cluster(x, area.y, glyph.text, glyph.cells, looks.at(at));
            x += glyph.cells;
        }
        last = Some(at);
    }
}

/// How the characters of a row look.
struct Looks<'a> {
    base: Style,
    palette: &'a Palette,
    runs: &'a [prose::Run],
    hits: &'a [Range<u32>],
    current: Option<&'a Range<u32>>,
    marks: &'a [(Range<u32>, Highlight)],
    flash: Option<&'a Range<u32>>,
    selection: Option<Range<u32>>,
}

impl Looks<'_> {
    fn at(&self, offset: u32) -> Style {
        let palette = self.palette;
        let mut style = self.base;
        let run = self.runs.partition_point(|run| run.span.end <= offset);
        if let Some(run) = self.runs.get(run).filter(|run| run.span.contains(&offset)) {
            for (bit, look) in [
                (prose::Style::STRONG, palette.strong),
                (prose::Style::EMPHASIS, palette.emphasis),
                (prose::Style::CODE, palette.code),
                (prose::Style::STRUCK, palette.struck),
            ] {
                if run.style.contains(bit) {
                    style = style.patch(look);
                }
            }
            if run.link.is_some() {
                style = style.patch(palette.link);
            }
        }
        // Of several that overlap, the one that was made of the least text is seen.
        let over = self.marks.iter().filter(|(mark, _)| mark.contains(&offset));
        if let Some((_, highlight)) = over.min_by_key(|(mark, _)| mark.end - mark.start) {
            style = style.patch(palette.mark(*highlight));
        }
        if self.flash.is_some_and(|flash| flash.contains(&offset)) {
            style = style.patch(palette.flash);
        }
        if let Some(hit) = self.hits.iter().find(|hit| hit.contains(&offset)) {
            let current = self.current == Some(hit);
            style = style.patch(if current { palette.hit_current } else { palette.hit });
        }
        if self.selection.as_ref().is_some_and(|chosen| chosen.contains(&offset)) {
            style = style.patch(palette.selection);
        }
        style
    }
}
