//! A key press, in our own terms, and its name in `keymap.toml` (`j`, `Ctrl-o`, `Alt-1`, `Space`).

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character as it was typed, Shift already in it.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Escape,
    /// Tabulator; terminals send the same for Ctrl-i.
    Tab,
    /// Shift and tabulator.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// An arrow.
    Up,
    /// An arrow.
    Down,
    /// An arrow.
    Left,
    /// An arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    Function(u8),
}

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Whether Control was down.
    pub ctrl: bool,
    /// Whether Alt was down.
    pub alt: bool,
}

impl Key {
    /// The key alone.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }
}
