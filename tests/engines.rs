//! Frames in terminal engines that disagree about widths: every glyph stands in its cell, and
//! nothing of an earlier frame is left.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/screen.rs"]
mod screen;

use std::num::NonZeroU16;
use std::sync::Arc;

use alacritty_terminal::event::VoidListener;
use alacritty_terminal::grid::Dimensions;
use alacritty_terminal::index::{Column, Line};
use alacritty_terminal::term::cell::Flags;
use alacritty_terminal::term::{Config, Term};
use alacritty_terminal::vte::ansi::Processor;
use fangtan::interview::Interview;
use fangtan::reader::Size;
use fangtan::shell::Screen as Painter;
use fangtan::text::width::{Ambiguous, Joins, Profile};
use fangtan::view::{self, FOLLOWER, Look};
use fangtan::words::Lang;
use ratatui::buffer::Buffer;
use screen::{Screen, guide, open_article};
use tattoy_wezterm_term::color::ColorPalette;
use tattoy_wezterm_term::{Terminal, TerminalConfiguration, TerminalSize};

const SIZE: Size = Size { columns: 80, rows: 24 };

/// What terminals disagree about, in one page: an interview of its own.
const HARD: &str = "# 宽窄各不相同\n\n\
    **甲：** 他说：“好的……”——然后走了·真的。① ② ★ → ½ é α я × ÷ °C ※ ● ○ ◆。\n\n\
    **乙 ❤️ 😀：** 心 ❤️ 心 ☺️ 家 👩‍👩‍👧‍👦 人 👩🏽‍💻 手 👍🏽 键 1️⃣ 旗 🇨🇳 🇯🇵 尾 ✈︎ ⌚︎ 完。\n\n\
    **甲：** 半角 ｶﾞｷﾞ 合字 か\u{3099} 合成 e\u{301}a\u{308} 谚文 \u{1112}\u{1161}\u{11AB} 印地 नमस्ते 泰 ภาษาไทย 阿 سلام 完。\n\n\
    - 列表“一”\n- 列表·二\n\n> 引文……\n\n`码 ❤️` **粗——** *斜“引”*\n\n";

/// A terminal of 80 × 24.
trait Engine {
    fn feed(&mut self, bytes: &[u8]);

    /// What stands in the cells, row by row: a character and what is on it, a blank, or nothing when
    /// it is the second half of what stands before.
    fn grid(&self) -> Vec<Vec<String>>;
}

/// All cells of a screen.
fn grid(cell: impl Fn(u16, u16) -> String) -> Vec<Vec<String>> {
    let row = |y| (0..SIZE.columns).map(|x| cell(x, y)).collect();
    (0..SIZE.rows).map(row).collect()
}

struct Vt100(vt100::Parser);

impl Engine for Vt100 {
    fn feed(&mut self, bytes: &[u8]) {
        self.0.process(bytes);
    }

    fn grid(&self) -> Vec<Vec<String>> {
        grid(|column, row| {
            let cell = self.0.screen().cell(row, column).unwrap();
            match cell.contents() {
                "" if cell.is_wide_continuation() => String::new(),
                "" => " ".to_owned(),
                contents => contents.to_owned(),
            }
        })
    }
}

struct Alacritty(Term<VoidListener>, Processor);

struct Cells;

impl Dimensions for Cells {
    fn total_lines(&self) -> usize {
        usize::from(SIZE.rows)
    }

    fn screen_lines(&self) -> usize {
        usize::from(SIZE.rows)
    }

    fn columns(&self) -> usize {
        usize::from(SIZE.columns)
    }
}

impl Engine for Alacritty {
    fn feed(&mut self, bytes: &[u8]) {
        self.1.advance(&mut self.0, bytes);
    }

    fn grid(&self) -> Vec<Vec<String>> {
        grid(|column, row| {
            let cell = &self.0.grid()[Line(i32::from(row))][Column(usize::from(column))];
            if cell.flags.contains(Flags::WIDE_CHAR_SPACER) {
                return String::new();
            }
            let marks = cell.zerowidth().unwrap_or_default();
            std::iter::once(&cell.c).chain(marks).collect()
        })
    }
}

struct Wezterm(Terminal);

#[derive(Debug)]
struct Wide(bool);

impl TerminalConfiguration for Wide {
    fn color_palette(&self) -> ColorPalette {
        ColorPalette::default()
    }

    fn unicode_version(&self) -> tattoy_wezterm_term::UnicodeVersion {
        let mut version = tattoy_wezterm_term::UnicodeVersion::new(14);
        version.ambiguous_are_wide = self.0;
        version
    }
}

impl Engine for Wezterm {
    fn feed(&mut self, bytes: &[u8]) {
        self.0.advance_bytes(bytes);
    }

    fn grid(&self) -> Vec<Vec<String>> {
        let screen = self.0.screen();
        let rows = screen.phys_range(&(0..i64::from(SIZE.rows)));
        let lines = screen.lines_in_phys_range(rows);
        let row = |line: &tattoy_wezterm_term::Line| {
            let mut row = vec![" ".to_owned(); usize::from(SIZE.columns)];
            for cell in line.visible_cells() {
                let at = cell.cell_index();
                row[at] = cell.str().to_owned();
                let end = (at + cell.width()).min(row.len());
                row[(at + 1).min(end)..end].fill(String::new());
            }
            row
        };
        lines.iter().map(row).collect()
    }
}

fn vt100() -> Box<dyn Engine> {
    let cells = |count| NonZeroU16::new(count).unwrap();
    Box::new(Vt100(vt100::Parser::new(cells(SIZE.rows), cells(SIZE.columns), 0)))
}

fn alacritty() -> Box<dyn Engine> {
    let term = Term::new(Config::default(), &Cells, VoidListener);
    Box::new(Alacritty(term, Processor::new()))
}

fn wezterm(wide: bool) -> Box<dyn Engine> {
    let size = TerminalSize {
        rows: usize::from(SIZE.rows),
        cols: usize::from(SIZE.columns),
        ..TerminalSize::default()
    };
    let sink = Box::new(std::io::sink());
    Box::new(Wezterm(Terminal::new(size, Arc::new(Wide(wide)), "test", "1", sink)))
}

/// The frames that are shown one after the other: the keys before each.
const FRAMES: [&str; 8] = ["", "jjj", "?", "<Esc>", " ", "s", "<Esc>f", "gg"];

fn shows_every_frame(name: &str, engine: &mut dyn Engine, profile: Profile, article: Interview) {
    let row = "x".repeat(usize::from(SIZE.columns));
    engine.feed(b"\x1b[?7l");
    for y in 0..SIZE.rows {
        engine.feed(format!("\x1b[{};1H{row}", y + 1).as_bytes());
    }
    let mut painter = Painter::new(SIZE);
    let mut reader: Screen = open_article(article, Lang::Zh, SIZE, profile);
    for (number, keys) in FRAMES.iter().enumerate() {
        reader = reader.press(keys);
        let bytes = painter
            .frame(|buffer| view::draw(&reader.state, Look { depth: reader.depth }, buffer))
            .to_vec();
        engine.feed(&bytes);
        let wrong = misplaced(engine, &reader.draw());
        assert!(wrong.is_empty(), "{name}, frame {number} ({keys}):\n{}", wrong.join("\n"));
    }
}

/// The cells that do not show what is meant.
fn misplaced(engine: &dyn Engine, meant: &Buffer) -> Vec<String> {
    let mut wrong = Vec::new();
    let grid = engine.grid();
    for y in 0..meant.area.height {
        for x in 0..meant.area.width {
            let want = meant[(x, y)].symbol();
            let got = grid[usize::from(y)][usize::from(x)].clone();
            // Behind a cluster that the engine thinks narrow stands a blank.
            let fits = match want {
                FOLLOWER => got.trim().is_empty() || is_part(&left(meant, x, y), &got),
                _ => got == want || is_part(want, &got),
            };
            if !fits {
                wrong.push(format!("{x},{y}: {want:?} is {got:?}"));
            }
        }
    }
    wrong
}

/// The cluster that covers a cell.
fn left(meant: &Buffer, x: u16, y: u16) -> String {
    let at = (0..x).rev().find(|&at| meant[(at, y)].symbol() != FOLLOWER).unwrap_or(x);
    meant[(at, y)].symbol().to_owned()
}

/// Whether an engine that takes a sequence apart shows a part of it.
fn is_part(cluster: &str, got: &str) -> bool {
    cluster.chars().count() > 1 && !got.is_empty() && cluster.contains(got)
}

fn hard() -> Interview {
    fangtan::interview::read(fangtan::format::markdown::read(&HARD.repeat(4)))
}

#[test]
fn in_engines_with_narrow_ambiguous_characters() {
    for article in [hard(), guide(Lang::Zh), guide(Lang::En)] {
        for (name, mut engine) in
            [("vt100", vt100()), ("alacritty", alacritty()), ("wezterm", wezterm(false))]
        {
            shows_every_frame(name, &mut *engine, Profile::NARROW, article.clone());
        }
    }
}

#[test]
fn in_an_engine_with_wide_ambiguous_characters() {
    for article in [hard(), guide(Lang::Zh), guide(Lang::En)] {
        shows_every_frame("wezterm", &mut *wezterm(true), Profile::WIDE, article);
    }
}

#[test]
fn in_an_engine_that_joins_some_sequences() {
    let joins = Joins::SAFE.union(Joins::PRESENTATION).union(Joins::KEYCAP);
    let profile = Profile { ambiguous: Ambiguous::Narrow, joins };
    shows_every_frame("vt100", &mut *vt100(), profile, hard());
}

/// A wrong profile garbles no more than the cells that are wrong: everything else stands.
#[test]
fn with_the_wrong_profile_all_han_stand_where_they_are_meant() {
    for (mut engine, profile) in [(wezterm(true), Profile::NARROW), (wezterm(false), Profile::WIDE)]
    {
        let mut painter = Painter::new(SIZE);
        let reader = open_article(hard(), Lang::Zh, SIZE, profile);
        let bytes = painter
            .frame(|buffer| view::draw(&reader.state, Look { depth: reader.depth }, buffer))
            .to_vec();
        engine.feed(&bytes);
        let meant = reader.draw();
        let grid = engine.grid();
        for y in 0..SIZE.rows {
            for x in 0..SIZE.columns {
                let want = meant[(x, y)].symbol();
                if want.chars().all(|c| matches!(c, '一'..='鿿')) && want != FOLLOWER {
                    assert_eq!(grid[usize::from(y)][usize::from(x)], want, "{x},{y}");
                }
            }
        }
    }
}

#[test]
fn the_engines_differ_and_a_wrong_glyph_is_found() {
    let cells = |mut engine: Box<dyn Engine>, text: &str| {
        engine.feed(text.as_bytes());
        engine.grid()[0].iter().position(|cell| cell == "|").unwrap()
    };
    assert_eq!(cells(wezterm(true), "“|"), 2);
    assert_eq!(cells(wezterm(false), "“|"), 1);
    assert_eq!(cells(vt100(), "❤\u{FE0F}|"), 2);
    assert_eq!(cells(alacritty(), "❤\u{FE0F}|"), 1);

    let mut engine = vt100();
    let reader = open_article(hard(), Lang::Zh, SIZE, Profile::NARROW);
    let mut painter = Painter::new(SIZE);
    engine.feed(
        painter.frame(|buffer| view::draw(&reader.state, Look { depth: reader.depth }, buffer)),
    );
    assert_eq!(misplaced(&*engine, &reader.draw()), [""; 0]);
    engine.feed("\x1b[9;41H中".as_bytes());
    assert!(!misplaced(&*engine, &reader.draw()).is_empty());
}

#[test]
fn a_popup_cuts_no_han_in_half_at_any_column() {
    // The list's edge falls on both halves of the Han below it, as the screen grows by a column.
    for columns in 60..76 {
        let size = Size { columns, rows: 24 };
        let cells = |count| NonZeroU16::new(count).unwrap();
        let mut engine = vt100::Parser::new(cells(24), cells(columns), 0);
        let mut painter = Painter::new(size);
        let mut reader = open_article(guide(Lang::Zh), Lang::Zh, size, Profile::NARROW);
        for keys in [":20<Enter>", "s", "<Esc>", "o", "<Esc>"] {
            reader = reader.press(keys);
            engine.process(
                painter.frame(|buffer| {
                    view::draw(&reader.state, Look { depth: reader.depth }, buffer)
                }),
            );
            let meant = reader.draw();
            for (y, row) in engine.screen().rows(0, columns).enumerate() {
                let symbols = (0..columns).map(|x| meant[(x, y as u16)].symbol());
                let want: String = symbols.filter(|symbol| *symbol != FOLLOWER).collect();
                assert_eq!(row.trim_end(), want.trim_end(), "{columns} columns, {keys}, row {y}");
            }
        }
    }
}
