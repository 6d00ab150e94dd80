//! The summary pane, and the same as a list over the page.

use super::cells::Pen;
use super::palette::Palette;
use crate::reader::panes::Area;
use crate::reader::{State, SummaryPart};

/// Draws the summary; `chosen` is the item chosen in the list, `None` in the pane.
pub fn draw(
    state: &State,
    palette: &Palette,
    pen: &mut Pen<'_>,
    area: Area,
    chosen: Option<usize>,
) {
    let lines = state.summary(area.width, area.height, chosen);
    let here = state.current_summary_item();
    for (y, (at, line)) in (area.y..).zip(lines.iter().enumerate()) {
        let place = matches!(line.part, SummaryPart::Section | SummaryPart::Question);
        let current = place && here.is_some() && line.item == here;
        let style = match line.part {
            SummaryPart::Title | SummaryPart::Head => palette.heading,
            SummaryPart::Field => palette.dim,
            SummaryPart::Lead => palette.strong,
            _ if current => palette.accent,
            SummaryPart::Text
            | SummaryPart::Section
            | SummaryPart::Question
            | SummaryPart::Blank => palette.text,
        };
        let begins = at == 0 || lines[at - 1].item != line.item;
        if current && begins {
            pen.put(area.x, y, area.right(), pen.chrome("▸", ">"), palette.accent);
        }
        pen.put(area.x + line.indent, y, area.right(), &line.text, style);
        if chosen.is_some() && chosen == line.item {
            pen.tint(area.x, y, area.right(), palette.chosen);
        }
    }
}
