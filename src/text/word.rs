//! Words: the smallest step in which a passage is chosen.
//!
//! The boundaries are those of UAX #29 (Unicode word boundaries), without a dictionary: a Han
//! character is a word of its own, a katakana word, a Hangul eojeol and a Latin word with its
//! apostrophe are one each, and so is every punctuation mark. One rule is added: a run of hiragana
//! (UAX #29 parts them) is one word. White space is no word.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The words of a text in order; none is empty or white space.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut bounds = text.split_word_bound_indices().peekable();
    std::iter::from_fn(move || {
        let (at, word) = bounds.by_ref().find(|(_, word)| !word.trim().is_empty())?;
        let mut end = at + word.len();
        if is_hiragana(word) {
            while let Some((at, next)) = bounds.next_if(|(_, next)| is_hiragana(next)) {
                end = at + next.len();
            }
        }
        Some(at..end)
    })
}

fn is_hiragana(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{3041}'..='\u{309F}' | 'ー'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        words(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn words_of_every_script() {
        assert_eq!(cut("她说“可以”。"), ["她", "说", "“", "可", "以", "”", "。"]);
        assert_eq!(cut("don't stop 3.5% "), ["don't", "stop", "3.5", "%"]);
        assert_eq!(cut("カメラをもって行く"), ["カメラ", "をもって", "行", "く"]);
        assert_eq!(cut("등대가 있다"), ["등대가", "있다"]);
        assert_eq!(cut("e\u{301}te\u{301} 👩‍👩‍👧🇨🇳"), ["e\u{301}te\u{301}", "👩‍👩‍👧", "🇨🇳"]);
        assert_eq!(cut(" \n "), Vec::<&str>::new());
    }
}
