//! What a real terminal draws, against what was meant. These run inside a terminal that
//! `tests/terminals/run.sh` opens; without it they are ignored.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/screen.rs"]
mod screen;

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::sync::Arc;

use fangtan::prose::BlockId;
use fangtan::text::width::{Ambiguous, Joins, Profile, clusters, shown};
use fangtan::typeset::{Galley, Measure};
use fangtan::view::FOLLOWER;
use fangtan::words::Lang;
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use screen::{guide, open_with};

/// The terminal that this process runs in, in raw mode until it is dropped.
struct Terminal {
    file: File,
    cooked: rustix::termios::Termios,
}

impl Terminal {
    fn open() -> Self {
        let file = OpenOptions::new().read(true).write(true).open("/dev/tty").unwrap();
        let cooked = tcgetattr(&file).unwrap();
        let mut raw = cooked.clone();
        raw.make_raw();
        tcsetattr(&file, OptionalActions::Now, &raw).unwrap();
        Self { file, cooked }
    }

    /// The cells that the terminal gives to a text that is printed on an empty row, by the
    /// cursor's position behind it.
    fn cells(&mut self, text: &str) -> u16 {
        write!(self.file, "\x1b[2;1H\x1b[2K{text}\x1b[6n").unwrap();
        let mut answer = Vec::new();
        let mut byte = [0];
        while byte != *b"R" {
            self.file.read_exact(&mut byte).unwrap();
            answer.push(byte[0]);
        }
        let answer = String::from_utf8(answer).unwrap();
        let column = answer.trim_end_matches('R').rsplit(';').next().unwrap();
        column.parse::<u16>().unwrap() - 1
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.file, OptionalActions::Now, &self.cooked);
    }
}

#[test]
#[ignore = "runs inside a real terminal: tests/terminals/run.sh"]
fn every_line_of_the_guide_has_the_cells_that_were_meant() {
    let mut terminal = Terminal::open();
    let ambiguous = if terminal.cells("“") == 2 { Ambiguous::Wide } else { Ambiguous::Narrow };
    let profile = Profile { ambiguous, joins: Joins::SAFE };
    let (mut lines, mut wrong) = (0, Vec::new());
    for lang in [Lang::Zh, Lang::En] {
        let article = Arc::new(guide(lang));
        let galley = Galley::new(Arc::clone(&article), Measure::new(76, profile), None);
        for block in 0..article.prose.blocks().len() as u32 {
            for row in galley.rows(BlockId(block)).iter() {
                let text = article.prose.slice(row.text.clone());
                if text.is_empty() {
                    continue;
                }
                let meant: u16 = clusters(text, profile).map(|(_, _, cells)| cells).sum();
                let printed: String =
                    clusters(text, profile).map(|(_, g, _)| shown(g, profile)).collect();
                let cells = terminal.cells(&printed);
                lines += 1;
                if cells != meant {
                    wrong.push(format!("{meant} cells were meant, {cells} drawn: {text}"));
                }
            }
        }
    }
    drop(terminal);
    println!("{ambiguous:?}: {lines} lines, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "reads what tests/terminals/run.sh captured"]
fn the_captured_rows_are_those_that_were_meant() {
    let path = std::env::var("FANGTAN_CAPTURE").unwrap();
    let number = |name: &str| std::env::var(name).unwrap().parse::<u16>().unwrap();
    let (columns, rows) = (number("FANGTAN_COLUMNS"), number("FANGTAN_ROWS"));
    let profile = if number("FANGTAN_AMBIGUOUS") == 2 { Profile::WIDE } else { Profile::NARROW };
    let meant = open_with(Lang::Zh, columns, rows, profile).draw();
    let captured = std::fs::read_to_string(path).unwrap();
    let mut captured = captured.lines();
    let mut wrong = Vec::new();
    for y in 0..rows {
        let symbols = (0..columns).map(|x| meant[(x, y)].symbol()).filter(|s| *s != FOLLOWER);
        let want: String = symbols.collect();
        let got = captured.next().unwrap_or_default();
        if want.trim_end() != got.trim_end() {
            wrong.push(format!("row {y}:\n  {}\n  {}", want.trim_end(), got.trim_end()));
        }
    }
    println!("{rows} rows, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "meant, and captured:\n{}", wrong.join("\n"));
}
