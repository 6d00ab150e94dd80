//! Untrusted text → text that a terminal can only show.
//!
//! Runs after parsing, because entities decode to control characters (`&#27;`). The rules, from
//! UTS #36 and UAX #9: every control character and every Bidi_Control becomes a visible U+FFFD;
//! what is invisible is dropped; joiners and variation selectors stay where emoji and scripts need
//! them; a grapheme cluster keeps at most [`MARKS`] combining marks.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// How many combining marks one cluster keeps.
pub const MARKS: usize = 8;

/// Text that went through [`clean`], on one line: no control characters at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clean(String);

impl Clean {
    /// Cleans `text` and puts it on one line.
    pub fn line(text: &str) -> Self {
        let text = clean(text);
        let line: Vec<&str> = text.split('\n').map(str::trim).filter(|s| !s.is_empty()).collect();
        Self(line.join(" "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What becomes of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Mark,
    Drop,
    Space,
    Tab,
    Newline,
    /// Ends a line, and is not `\n`.
    Separate,
    Return,
    Replace,
    /// Stays where both neighbours need it.
    Join,
    /// Stays behind a character that is not ASCII.
    Select,
}

/// Cleans `text`; `\n` is the only control character that is left.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_harmless(text) { Cow::Borrowed(text) } else { Cow::Owned(rewrite(text)) }
}

fn is_harmless(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut marks) = (0, 0);
    while at < bytes.len() {
        // Letters and Han, which most characters are, need no look at the character.
        match bytes[at] {
            b' '..=b'~' => {
                (at, marks) = (at + 1, 0);
                continue;
            }
            0xE4..=0xE9 => {
                (at, marks) = (at + 3, 0);
                continue;
            }
            _ => {}
        }
        // `，` and its like, and `。`.
        if bytes[at..].starts_with(&[0xEF, 0xBC]) || bytes[at..].starts_with(&[0xE3, 0x80, 0x82]) {
            (at, marks) = (at + 3, 0);
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        match fate(c) {
            Fate::Keep => marks = 0,
            Fate::Newline => {}
            Fate::Mark if marks < MARKS => marks += 1,
            _ => return false,
        }
        at += c.len_utf8();
    }
    true
}

fn rewrite(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut marks = 0;
    let mut before = '\n';
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or('\n');
        let put = match fate(c) {
            Fate::Keep | Fate::Newline => Some(c),
            Fate::Mark => {
                marks += 1;
                (marks <= MARKS).then_some(c)
            }
            Fate::Separate => Some('\n'),
            Fate::Drop => None,
            Fate::Space => Some(' '),
            Fate::Tab => {
                out.push_str("   ");
                Some(' ')
            }
            Fate::Return => (after != '\n').then_some('\n'),
            Fate::Replace => Some('\u{FFFD}'),
            Fate::Join => (joins(before) && joins(after)).then_some(c),
            Fate::Select => (!before.is_ascii() || matches!(before, '0'..='9' | '#' | '*'))
                .then_some(c)
                .filter(|_| marks == 0),
        };
        if let Some(c) = put {
            out.push(c);
            if !matches!(fate(c), Fate::Mark | Fate::Join | Fate::Select) {
                marks = 0;
            }
            before = c;
        }
    }
    out
}

/// Whether a joiner beside this character has an effect worth keeping: emoji, and the scripts
/// whose shapes depend on joiners (Arabic, Syriac, the Brahmic ones, Mongolian).
fn joins(c: char) -> bool {
    matches!(u32::from(c),
        0x0600..=0x077F | 0x08A0..=0x08FF | 0x0900..=0x0DFF | 0x0F00..=0x109F | 0x1780..=0x18AF
        | 0x2190..=0x21FF | 0x2300..=0x27BF | 0x2B00..=0x2BFF | 0x200D | 0xFE0F
        | 0x1F000..=0x1FAFF)
}

fn fate(c: char) -> Fate {
    let c = u32::from(c);
    match c {
        0x20..=0x7E | 0x3001..=0x302F | 0x3041..=0x3098 | 0x309B..=0x3163 | 0x3165..=0xD7FF => {
            // The four tone marks in this stretch are combining.
            if matches!(c, 0x302A..=0x302F) { Fate::Mark } else { Fate::Keep }
        }
        0x0A => Fate::Newline,
        0x0D => Fate::Return,
        0x09 => Fate::Tab,
        0x00..=0x1F | 0x7F..=0x9F => Fate::Replace,
        0x00AD
        | 0x034F
        | 0x17B4..=0x17B5
        | 0x180E
        | 0x200B
        | 0x2060..=0x2064
        | 0x206A..=0x206F
        | 0xFEFF
        | 0xFFF0..=0xFFFB
        | 0xE0000..=0xE001F
        | 0xE0080..=0xE00FF
        | 0xE01F0..=0xE0FFF => Fate::Drop,
        0x061C | 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069 => Fate::Replace,
        0x115F..=0x1160 | 0x3164 | 0xFFA0 => Fate::Space,
        0x1680 | 0x2000..=0x200A | 0x202F | 0x205F => Fate::Space,
        0x2028 | 0x2029 => Fate::Separate,
        0x200C | 0x200D => Fate::Join,
        0xFE00..=0xFE0F | 0xE0020..=0xE007F | 0xE0100..=0xE01EF => Fate::Select,
        0x0300..=0x036F
        | 0x0483..=0x0489
        | 0x0591..=0x05BD
        | 0x0610..=0x061A
        | 0x064B..=0x065F
        | 0x0E31
        | 0x0E34..=0x0E3A
        | 0x0E47..=0x0E4E
        | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF
        | 0x20D0..=0x20FF
        | 0x3099..=0x309A
        | 0xFE20..=0xFE2F => Fate::Mark,
        // What Chinese is punctuated with.
        0xFF01..=0xFF5E => Fate::Keep,
        // Every other mark that extends a cluster counts as one: it has no width of its own.
        0x0370.. if extends(c) => Fate::Mark,
        _ => Fate::Keep,
    }
}

/// Whether a character of a rarer script has no width of its own.
fn extends(c: u32) -> bool {
    !matches!(c, 0x2010..=0x2FFF | 0x3000..=0xDFFF | 0xF900..=0xFDFF | 0x1F000..=0x3FFFF)
        && char::from_u32(c).is_some_and(|c| unicode_width::UnicodeWidthChar::width(c) == Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let text = format!("a{c}b");
            let out = clean(&text);
            assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{c:?}");
            let bidi = |c: char| matches!(u32::from(c), 0x061C | 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069);
            assert!(!out.chars().any(bidi), "{c:?}");
        }
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        for text in [
            "他说：“好的。”\n然后",
            "naïve café",
            "👩‍💻 ❤️ 🇨🇳 1️⃣",
            "한국어 ひらがな ｶﾞ",
            "A\u{A0}B　C",
            "می‌خواهم",
        ] {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn hidden_and_hostile_characters() {
        for (text, want) in [
            ("a\u{1b}[31mb", "a\u{FFFD}[31mb"),
            ("a\tb", "a    b"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("a\u{202e}b", "a\u{FFFD}b"),
            ("a\u{200b}b\u{feff}c\u{ad}d", "abcd"),
            ("a\u{2028}b", "a\nb"),
            ("x\u{200d}y", "xy"),
            ("\u{3164}", " "),
        ] {
            assert_eq!(clean(text), want, "{text:?}");
        }
        let bomb = format!("e{}x", "\u{301}".repeat(1000));
        assert_eq!(clean(&bomb).chars().count(), 2 + MARKS);
        assert_eq!(clean(&clean(&bomb)), clean(&bomb));
    }

    #[test]
    fn a_line_has_no_line_end() {
        assert_eq!(Clean::line(" a\r\n b\u{85}c ").as_str(), "a b\u{FFFD}c");
    }
}
