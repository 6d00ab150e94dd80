//! Two buffers → the bytes that turn one screen into the other.
//!
//! A frame is one write inside a synchronized update (mode 2026), and asks the terminal nothing.
//! Where terminals may disagree with us about a character's width, the cursor is placed anew
//! behind it, so that a mistake stays in its cell.

use std::fmt::Write as _;

use crate::reader::Size;
use crate::view::FOLLOWER;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

/// What the terminal shows.
#[derive(Debug)]
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    /// Whether `shown` is what the terminal shows.
    known: Known,
    /// Where the cursor is shown: column and row, from 0.
    cursor: Option<(u16, u16)>,
    frame: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Yes,
    No,
}

/// Whether the cursor was placed in this row.
#[derive(Clone, Copy)]
enum Moved {
    Yes,
    No,
}

/// How the cells are printed now.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

impl Screen {
    /// A screen of which nothing is known.
    pub fn new(size: Size) -> Self {
        let shown = Buffer::empty(Rect::new(0, 0, size.columns, size.rows));
        Self { next: shown.clone(), shown, known: Known::No, cursor: None, frame: String::new() }
    }

    /// Changes the size; the next frame draws everything.
    pub fn resize(&mut self, size: Size) {
        self.shown = Buffer::empty(Rect::new(0, 0, size.columns, size.rows));
        self.next = self.shown.clone();
        self.known = Known::No;
    }

    /// Forgets what the terminal shows; the next frame draws everything.
    pub fn forget(&mut self) {
        self.known = Known::No;
    }

    /// The bytes that make the terminal show what `draw` puts into an empty buffer, and the cursor
    /// where it says (column and row, from 0); none when it does already.
    pub fn frame(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>) -> &[u8] {
        self.next.reset();
        let area = self.next.area;
        let cursor = if area.is_empty() { None } else { draw(&mut self.next) };
        let cursor = cursor.filter(|&(x, y)| x < area.width && y < area.height);
        let out = &mut self.frame;
        out.clear();
        out.push_str("\x1b[?2026h");
        let head = out.len();
        if self.known == Known::No {
            out.push_str("\x1b[?25l\x1b[0m\x1b[2J");
            self.cursor = None;
            self.shown.reset();
        }
        let pen = changes(&self.shown, &self.next, out);
        if pen != PLAIN {
            out.push_str("\x1b[0m");
        }
        match (self.cursor, cursor) {
            (Some(_), None) => out.push_str("\x1b[?25l"),
            // Printing moved it.
            (before, Some((x, y))) if before != cursor || out.len() > head => {
                let _ = write!(out, "\x1b[{};{}H\x1b[?25h", y + 1, x + 1);
            }
            _ => {}
        }
        std::mem::swap(&mut self.shown, &mut self.next);
        self.known = Known::Yes;
        self.cursor = cursor;
        if out.len() == head {
            return &[];
        }
        out.push_str("\x1b[?2026l");
        out.as_bytes()
    }
}

/// Writes the cells of `next` that differ from `shown`; returns the pen at the end.
fn changes(shown: &Buffer, next: &Buffer, out: &mut String) -> Pen {
    let columns = usize::from(next.area.width);
    let mut pen = PLAIN;
    if columns == 0 || shown.area != next.area {
        return pen;
    }
    let rows = shown.content.chunks_exact(columns).zip(next.content.chunks_exact(columns));
    for (row, (before, after)) in rows.enumerate() {
        changed_row(row, before, after, &mut pen, out);
    }
    pen
}

fn changed_row(row: usize, before: &[Cell], after: &[Cell], pen: &mut Pen, out: &mut String) {
    // Where the cursor is for certain, in this row; and the next character of `before`.
    let mut cursor = None;
    // Whether what was just printed may be wider than we think, and lie over what stands behind it.
    let mut spilt = false;
    let mut moved = Moved::No;
    let mut old = 0;
    let mut column = 0;
    while column < after.len() {
        while old < column {
            old += width_at(before, old);
        }
        let cell = &after[column];
        let width = width_at(after, column);
        // Halves of wide clusters are nothing by themselves: one that begins elsewhere is another.
        let same = old == column
            && !spilt
            && before[column] == *cell
            && width_at(before, column) == width
            && cell.diff_option != CellDiffOption::AlwaysUpdate;
        spilt = false;
        if same || cell.diff_option == CellDiffOption::Skip {
            column += width;
            continue;
        }
        if cursor != Some(column) {
            // Within a row the column alone is shorter.
            let _ = match moved {
                Moved::No => write!(out, "\x1b[{};{}H", row + 1, column + 1),
                Moved::Yes => write!(out, "\x1b[{}G", column + 1),
            };
            moved = Moved::Yes;
        }
        set_pen(pen, cell, out);
        // The view forces the width of what terminals may disagree about.
        let certain = !matches!(cell.diff_option, CellDiffOption::ForcedWidth(_));
        if width > 1 && !certain {
            // A terminal that takes it for narrow leaves what is in its second cell: a blank.
            let _ = write!(out, "{:width$}\x1b[{}G", "", column + 1);
        }
        match cell.symbol() {
            // Something was drawn over the cluster it belonged to.
            FOLLOWER => out.extend(std::iter::repeat_n(' ', width)),
            symbol => out.push_str(symbol),
        }
        column += width;
        cursor = certain.then_some(column);
        spilt = !certain;
    }
}

/// How many cells what is at `column` takes: the view marks those that a wide cluster covers.
fn width_at(row: &[Cell], column: usize) -> usize {
    let followers = row[column + 1..].iter().take_while(|cell| cell.symbol() == FOLLOWER).count();
    1 + followers
}

fn set_pen(pen: &mut Pen, cell: &Cell, out: &mut String) {
    let want = Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
    if *pen == want {
        return;
    }
    out.push_str("\x1b[");
    let mut separator = "";
    let mut put = |out: &mut String, code: &str| {
        out.push_str(separator);
        out.push_str(code);
        separator = ";";
    };
    // What is switched off one by one differs between terminals (21, 22); what is added does not.
    let mut from = *pen;
    if !want.modifier.contains(from.modifier) {
        put(out, "0");
        from = PLAIN;
    }
    for (flag, code) in MODIFIERS {
        if want.modifier.contains(flag) && !from.modifier.contains(flag) {
            put(out, code);
        }
    }
    if want.fg != from.fg {
        put(out, &colour(want.fg, Ground::Fore));
    }
    if want.bg != from.bg {
        put(out, &colour(want.bg, Ground::Back));
    }
    out.push('m');
    *pen = want;
}

/// ECMA-48 8.3.117 (SGR).
const MODIFIERS: [(Modifier, &str); 9] = [
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

#[derive(Clone, Copy)]
enum Ground {
    Fore,
    Back,
}

fn colour(colour: Color, ground: Ground) -> String {
    let (base, bright, extended) = match ground {
        Ground::Fore => (30, 90, 38),
        Ground::Back => (40, 100, 48),
    };
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(index) => return format!("{extended};5;{index}"),
        Color::Rgb(r, g, b) => return format!("{extended};2;{r};{g};{b}"),
    };
    code.to_string()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use proptest::prelude::*;
    use ratatui::style::Style;
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    const SIZE: Size = Size { columns: 12, rows: 2 };

    /// Writes a symbol as the view does: followers behind it, and a forced width where it is not
    /// Han, kana or ASCII.
    fn cell(buffer: &mut Buffer, x: u16, y: u16, symbol: &str, width: u16, style: Style) {
        buffer[(x, y)].set_symbol(symbol).set_style(style);
        let certain = symbol.chars().all(|c| matches!(c, ' '..='~' | 'ァ'..='ヺ' | '一'..='鿿'));
        if !certain && let Some(width) = NonZeroU16::new(width) {
            buffer[(x, y)].set_diff_option(CellDiffOption::ForcedWidth(width));
        }
        for x in x + 1..x + width {
            buffer[(x, y)].set_symbol(FOLLOWER).set_style(style);
        }
    }

    fn put(buffer: &mut Buffer, row: u16, text: &str, style: Style) {
        let mut column = 0;
        for c in text.chars() {
            let symbol = c.to_string();
            let width = symbol.width() as u16;
            cell(buffer, column, row, &symbol, width, style);
            column += width;
        }
    }

    fn frame(screen: &mut Screen, draw: impl FnOnce(&mut Buffer)) -> String {
        let drawn = screen.frame(|buffer| {
            draw(buffer);
            None
        });
        String::from_utf8(drawn.to_vec()).unwrap()
    }

    fn begun() -> Screen {
        let mut screen = Screen::new(SIZE);
        frame(&mut screen, |_| {});
        screen
    }

    #[test]
    fn the_first_frame_clears_and_draws_what_is_not_blank() {
        let mut screen = Screen::new(SIZE);
        let out = frame(&mut screen, |buffer| put(buffer, 1, "你好ab", Style::new()));
        assert_eq!(out, "\x1b[?2026h\x1b[?25l\x1b[0m\x1b[2J\x1b[2;1H你好ab\x1b[?2026l");
        let out = frame(&mut screen, |buffer| put(buffer, 1, "你好ab", Style::new()));
        assert_eq!(out, "");
        screen.forget();
        let out = frame(&mut screen, |buffer| put(buffer, 1, "你好ab", Style::new()));
        assert_eq!(out, "\x1b[?2026h\x1b[?25l\x1b[0m\x1b[2J\x1b[2;1H你好ab\x1b[?2026l");
    }

    #[test]
    fn only_what_changed_is_sent() {
        let mut screen = begun();
        frame(&mut screen, |buffer| put(buffer, 0, "abcdef", Style::new()));
        let out = frame(&mut screen, |buffer| put(buffer, 0, "abXdeY", Style::new()));
        assert_eq!(out, "\x1b[?2026h\x1b[1;3HX\x1b[6GY\x1b[?2026l");
    }

    #[test]
    fn a_narrow_character_clears_both_halves_of_a_wide_one() {
        let mut screen = begun();
        frame(&mut screen, |buffer| put(buffer, 0, "中文", Style::new()));
        let out = frame(&mut screen, |buffer| put(buffer, 0, "a", Style::new()));
        assert_eq!(out, "\x1b[?2026h\x1b[1;1Ha   \x1b[?2026l");
    }

    #[test]
    fn the_cursor_is_placed_anew_behind_what_terminals_disagree_about() {
        let mut screen = begun();
        let out = frame(&mut screen, |buffer| put(buffer, 0, "a“b", Style::new()));
        assert_eq!(out, "\x1b[?2026h\x1b[1;1Ha“\x1b[3Gb\x1b[?2026l");
        let mut screen = begun();
        let out = frame(&mut screen, |buffer| {
            cell(buffer, 0, 0, "“", 2, Style::new());
            buffer[(2, 0)].set_symbol("b");
        });
        assert_eq!(out, "\x1b[?2026h\x1b[1;1H  \x1b[1G“\x1b[3Gb\x1b[?2026l");
    }

    #[test]
    fn what_stands_behind_them_is_printed_again() {
        let mut screen = begun();
        frame(&mut screen, |buffer| put(buffer, 0, "abcd", Style::new()));
        let out = frame(&mut screen, |buffer| put(buffer, 0, "a“cd", Style::new()));
        assert_eq!(out, "\x1b[?2026h\x1b[1;2H“\x1b[3Gc\x1b[?2026l");
    }

    #[test]
    fn a_follower_of_nothing_is_blank() {
        let mut screen = begun();
        frame(&mut screen, |buffer| put(buffer, 0, "abcd", Style::new()));
        let out = frame(&mut screen, |buffer| {
            put(buffer, 0, "abcd", Style::new());
            buffer[(0, 0)].set_symbol(FOLLOWER);
        });
        assert_eq!(out, "\x1b[?2026h\x1b[1;1H \x1b[?2026l");
    }

    #[test]
    fn the_cursor_is_shown_where_it_is_wanted_and_else_hidden() {
        let mut screen = begun();
        let mut frame = |cursor| String::from_utf8(screen.frame(|_| cursor).to_vec()).unwrap();
        assert_eq!(frame(Some((3, 1))), "\x1b[?2026h\x1b[2;4H\x1b[?25h\x1b[?2026l");
        assert_eq!(frame(Some((3, 1))), "");
        assert_eq!(frame(Some((4, 1))), "\x1b[?2026h\x1b[2;5H\x1b[?25h\x1b[?2026l");
        assert_eq!(frame(Some((40, 1))), "\x1b[?2026h\x1b[?25l\x1b[?2026l");
        assert_eq!(frame(None), "");
    }

    #[test]
    fn styles() {
        let mut screen = begun();
        let bold = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
        let blue = Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(9));
        let out = frame(&mut screen, |buffer| {
            put(buffer, 0, "a", bold);
            buffer[(1, 0)].set_symbol("b").set_style(blue);
            buffer[(2, 0)].set_symbol("c");
        });
        let want =
            "\x1b[?2026h\x1b[1;1H\x1b[1;31ma\x1b[0;38;2;1;2;3;48;5;9mb\x1b[39;49mc\x1b[?2026l";
        assert_eq!(out, want);
    }

    #[test]
    fn a_screen_of_no_cells_is_drawn() {
        let mut screen = Screen::new(Size { columns: 0, rows: 0 });
        assert_eq!(frame(&mut screen, |_| {}), "\x1b[?2026h\x1b[?25l\x1b[0m\x1b[2J\x1b[?2026l");
    }

    fn terminal() -> vt100::Parser {
        let cells = |count| NonZeroU16::new(count).unwrap();
        vt100::Parser::new(cells(SIZE.rows), cells(SIZE.columns), 0)
    }

    /// A buffer made of such symbols, drawn one over the other in any order.
    fn buffers() -> impl Strategy<Value = Vec<Vec<(u16, u16, &'static str, bool)>>> {
        let symbol = prop::sample::select(vec!["a", "中", "“", "한", "█", " ", "ア", "b"]);
        let cell = (0..SIZE.columns, 0..SIZE.rows, symbol, any::<bool>());
        prop::collection::vec(prop::collection::vec(cell, 0..24), 1..6)
    }

    fn paint(buffer: &mut Buffer, cells: &[(u16, u16, &str, bool)]) {
        for &(x, y, symbol, styled) in cells {
            let width = symbol.width() as u16;
            if x + width > SIZE.columns {
                continue;
            }
            let style = Style::new().bg(if styled { Color::Blue } else { Color::Reset });
            for at in [x, x + width] {
                mend(buffer, at, y);
            }
            for at in x..x + width {
                buffer[(at, y)].reset();
            }
            cell(buffer, x, y, symbol, width, style);
        }
    }

    /// No half of a wide character is left, as the view's writer sees to.
    fn mend(buffer: &mut Buffer, x: u16, y: u16) {
        if x < SIZE.columns && buffer[(x, y)].symbol() == FOLLOWER {
            buffer[(x, y)].set_symbol(" ");
            buffer[(x - 1, y)].set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
    }

    proptest! {
        #[test]
        fn a_frame_from_any_screen_shows_what_a_full_one_shows(frames in buffers()) {
            let mut screen = Screen::new(SIZE);
            let mut kept = terminal();
            for cells in &frames {
                let draw = |buffer: &mut Buffer| {
                    paint(buffer, cells);
                    None
                };
                kept.process(screen.frame(draw));
                let mut fresh = terminal();
                fresh.process(Screen::new(SIZE).frame(draw));
                for y in 0..SIZE.rows {
                    for x in 0..SIZE.columns {
                        let shown = kept.screen().cell(y, x).map(|c| (blank(c.contents()), c.bgcolor()));
                        let want = fresh.screen().cell(y, x).map(|c| (blank(c.contents()), c.bgcolor()));
                        prop_assert_eq!(shown, want, "{},{}", x, y);
                    }
                }
            }
        }
    }

    fn blank(contents: &str) -> String {
        if contents.is_empty() { " ".into() } else { contents.into() }
    }
}
