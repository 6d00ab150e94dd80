//! What a line end inside a paragraph of the source becomes: nothing or a space.
//!
//! CSS Text Module Level 3, 4.1.3 “Segment Break Transformation Rules”, plus what Chinese practice
//! adds: quotes and dashes that Chinese shares with Latin count as East Asian beside East Asian
//! text, and there is never a space before closing or behind any fullwidth punctuation.

use super::script::{is_han_or_kana, is_shared_punctuation, is_wide_east_asian};

/// What stands between the last character of one source line and the first of the next.
pub fn join(before: char, after: char) -> &'static str {
    if before == '\u{200B}' || after == '\u{200B}' {
        return "";
    }
    let wide = |c: char, other: char| {
        is_wide_east_asian(c) || is_shared_punctuation(c) && is_wide_east_asian(other)
    };
    let punctuation = |c: char| is_wide_east_asian(c) && !is_han_or_kana(c);
    if wide(before, after) && wide(after, before) || punctuation(before) || punctuation(after) {
        ""
    } else {
        " "
    }
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn the_table() {
        for (before, after, want) in [
            ('性', '这', ""),
            ('o', 'A', " "),
            ('c', '将', " "),
            ('个', '“', ""),
            ('”', '的', ""),
            ('议', '，', ""),
            ('c', '，', ""),
            ('。', 'A', ""),
            ('국', '어', " "),
            ('中', '😀', " "),
            ('·', '阿', ""),
            ('’', 't', " "),
            ('ア', 'イ', ""),
        ] {
            assert_eq!(join(before, after), want, "{before}|{after}");
        }
    }
}
