//! Whether a blank stands between Han and Latin: kept as in the source, inserted or stripped, on the
//! screen only.
//!
//! CLREQ 3.2.2 asks for a quarter of a Han between the two; a cell is half a Han, so there is no
//! right answer, and the source's own is the default. Marks of punctuation are never touched.

/// What becomes of the blanks between Han and Latin letters or digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// What the source has.
    #[default]
    Keep,
    /// A blank where there is none.
    Insert,
    /// No blank.
    Strip,
}

/// Whether two characters are Han and a Latin letter or digit, in either order.
pub fn is_seam(before: char, after: char) -> bool {
    is_han(before) && after.is_ascii_alphanumeric()
        || before.is_ascii_alphanumeric() && is_han(after)
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::is_seam;

    #[test]
    fn only_han_beside_a_letter_or_digit() {
        for (before, after, want) in [
            ('中', 'A', true),
            ('9', '年', true),
            ('，', 'A', false),
            ('A', '”', false),
            ('中', '文', false),
            ('か', 'A', false),
            ('中', '%', false),
        ] {
            assert_eq!(is_seam(before, after), want, "{before}{after}");
        }
    }
}
