//! An interview → its typeset text: rows of cells, no escape sequences, no trailing blanks.

use std::io::{self, Write};

use super::failure::Failure;
use super::load::Loaded;
use super::options::Options;
use super::out::Out;
use crate::interview::Interview;
use crate::prose::{BlockId, Marker};
use crate::text::width::{Joins, Profile, shown, width};
use crate::typeset::{Measure, Row, Shows, glyphs, marker, rows, verbatim};
use crate::view::image_label;
use crate::words::Words;

/// Prints an article at `columns` cells: the terminal's where none are given, 80 where there is no
/// terminal.
pub fn run(loaded: &Loaded, options: &Options, columns: Option<u16>) -> Result<(), Failure> {
    let columns = columns.or_else(crate::shell::columns).unwrap_or(80);
    let settings = &options.settings;
    let profile = Profile { ambiguous: settings.ambiguous.unwrap_or_default(), joins: Joins::SAFE };
    let measure = settings.measure(columns, profile);
    Out::new().with(|out| write(&loaded.interview, &measure, &options.words, out))
}

/// Writes the article at a measure, a row a line, block by block: nothing is kept.
///
/// # Errors
/// Whatever `out` says.
pub fn write(
    interview: &Interview,
    measure: &Measure,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut row_text = String::new();
    for id in (0..interview.prose.blocks().len() as u32).map(BlockId) {
        for row in rows(interview, id, measure, None).iter() {
            row_text.clear();
            fill(interview, measure, words, row, &mut row_text);
            row_text.truncate(row_text.trim_end().len());
            row_text.push('\n');
            out.write_all(row_text.as_bytes())?;
        }
    }
    Ok(())
}

fn fill(interview: &Interview, measure: &Measure, words: &Words, row: &Row, out: &mut String) {
    match row.shows {
        Shows::Gap | Shows::Folded(_) => {}
        Shows::Nameplate(id) => {
            let turn = interview.turn(id);
            out.push_str(&interview.speaker(turn.speaker).name);
            out.push_str(&format!("  {}", id.0 + 1));
            if let Some(time) = turn.time {
                out.push_str(&format!("  {}", time.clock()));
            }
            cut(out, measure);
        }
        Shows::Image(image) => {
            indent(row.indent, out);
            out.push_str(&image_label(interview, words, image));
            cut(out, measure);
        }
        Shows::Rule => (0..measure.columns.min(20)).for_each(|_| out.push('-')),
        Shows::First | Shows::Later => {
            let block = interview.prose.block(row.anchor.block);
            let mut cells = row.indent;
            for _ in 0..u16::from(block.quote).min(row.indent / 2) {
                out.push_str("> ");
                cells -= 2;
            }
            let sign = match (row.shows, block.marker) {
                (Shows::First, Marker::Bullet | Marker::Number(_)) => marker(block),
                _ => String::new(),
            };
            let sign_cells = width(&sign, measure.profile);
            if sign_cells <= cells {
                indent(cells - sign_cells, out);
                out.push_str(&sign);
            } else {
                indent(cells, out);
            }
            let text = interview.prose.slice(row.text.clone());
            for glyph in glyphs(text, measure, &verbatim(&interview.prose, &row.text, measure)) {
                indent(glyph.lead, out);
                if glyph.cells > 0 {
                    out.push_str(&shown(glyph.text, measure.profile));
                }
            }
        }
    }
}

fn indent(cells: u16, out: &mut String) {
    (0..cells).for_each(|_| out.push(' '));
}

/// Cuts a row of the program's own making to the measure.
fn cut(out: &mut String, measure: &Measure) {
    let ellipsis = crate::text::width::ellipsis(measure.profile);
    let text = crate::text::width::fit(out, measure.columns, measure.profile, ellipsis);
    if let std::borrow::Cow::Owned(text) = text {
        *out = text;
    }
}
