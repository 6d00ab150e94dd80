//! A key press, in our own terms, and its name in `keymap.toml` (`j`, `Ctrl-o`, `Alt-1`, `Space`).

use std::fmt;
use std::str::FromStr;

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

/// The keys that have a name.
const NAMES: &[(&str, Code)] = &[
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Esc", Code::Escape),
    ("Tab", Code::Tab),
    ("BackTab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
];

impl Key {
    /// The key alone.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// The key as terminals send it: they send the same for Ctrl-i and Tab, Ctrl-m and Enter,
    /// Ctrl-[ and Esc.
    #[must_use]
    pub fn normal(self) -> Self {
        let code = match (self.ctrl, self.code) {
            (true, Code::Char('i' | 'I')) => Code::Tab,
            (true, Code::Char('m' | 'M')) => Code::Enter,
            (true, Code::Char('[')) => Code::Escape,
            (true, Code::Char(c)) => {
                return Self { code: Code::Char(c.to_ascii_lowercase()), ..self };
            }
            _ => return self,
        };
        Self { code, ctrl: false, alt: self.alt }
    }

    /// The key that was meant by someone whose input method writes fullwidth characters: `：` is
    /// `:`, `】` is `]`.
    #[must_use]
    pub fn halfwidth(self) -> Self {
        let Code::Char(c) = self.code else { return self };
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '【' | '「' => '[',
            '】' | '」' => ']',
            '『' => '{',
            '』' => '}',
            '、' => '/',
            '‘' | '’' => '\'',
            '\u{3000}' => ' ',
            c => c,
        };
        Self { code: Code::Char(c), ..self }
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let (mut ctrl, mut alt, mut rest) = (false, false, name);
        loop {
            let prefix = |prefix: &str| {
                let head = rest.get(..prefix.len())?;
                let tail = &rest[prefix.len()..];
                (head.eq_ignore_ascii_case(prefix) && !tail.is_empty()).then_some(tail)
            };
            if let Some(tail) = prefix("Ctrl-") {
                (ctrl, rest) = (true, tail);
            } else if let Some(tail) = prefix("Alt-") {
                (alt, rest) = (true, tail);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() => Code::Char(c),
            _ => named(rest).ok_or(())?,
        };
        Ok(Self { code, ctrl, alt }.normal())
    }
}

fn named(name: &str) -> Option<Code> {
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    let number: u8 = name.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=24).contains(&number).then_some(Code::Function(number))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            Code::Function(number) => write!(f, "F{number}"),
            code => match (NAMES.iter().find(|(_, known)| *known == code), code) {
                (Some((name, _)), _) => f.write_str(name),
                (None, Code::Char(c)) => write!(f, "{c}"),
                (None, _) => Ok(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_there_and_back() {
        for name in
            ["j", "G", "Space", "Esc", "Ctrl-o", "Alt-1", "Ctrl-Alt-x", "F12", "-", "Ctrl--", "'"]
        {
            let key: Key = name.parse().unwrap();
            assert_eq!(key.to_string(), name);
        }
        for (name, same) in
            [("ctrl-I", "Tab"), ("Ctrl-m", "Enter"), ("pagedown", "PageDown"), ("CTRL-O", "Ctrl-o")]
        {
            assert_eq!(name.parse::<Key>(), same.parse());
        }
        for name in ["", "jj", "Ctrl-", "F0", "Hyper-x"] {
            assert_eq!(name.parse::<Key>(), Err(()), "{name}");
        }
    }

    #[test]
    fn an_input_method_does_not_get_in_the_way() {
        for (typed, meant) in [('：', ':'), ('】', ']'), ('？', '?'), ('ｊ', 'j'), ('、', '/')]
        {
            assert_eq!(Key::plain(Code::Char(typed)).halfwidth(), Key::plain(Code::Char(meant)));
        }
    }
}
