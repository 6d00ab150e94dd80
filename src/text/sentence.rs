//! Sentences: what a bookmark holds.
//!
//! UAX #29 ends a sentence inside Chinese quotes, so the rule is our own: a sentence ends behind
//! `。！？!?…` with the closing marks that follow, behind an ASCII full stop before a blank and a
//! capital, and at a line end.

use std::ops::Range;

/// The sentence that holds the byte at `offset`, without the white space around it. The end of the
/// text belongs to the last sentence.
pub fn sentence_at(text: &str, offset: usize) -> Range<usize> {
    let mut last = 0..0;
    for sentence in sentences(text) {
        if sentence.start > offset && !last.is_empty() {
            break;
        }
        last = sentence;
        if last.end > offset {
            break;
        }
    }
    last
}

/// The sentences of a text, in order, without the white space around them; none is empty.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < text.len() {
            let end = from + end(&text[from..]);
            let piece = &text[from..end];
            let start = from + (piece.len() - piece.trim_start().len());
            from = end;
            let stop = start + piece.trim().len();
            if stop > start {
                return Some(start..stop);
            }
        }
        None
    })
}

/// Where the first sentence of a text ends.
fn end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ended = match c {
            '\n' => return at + 1,
            '。' | '！' | '？' | '!' | '?' | '｡' => true,
            '…' => chars.peek().is_none_or(|&(_, next)| is_closing(next)),
            '.' => is_full_stop(&text[..at], &text[at + 1..]),
            _ => false,
        };
        if !ended {
            continue;
        }
        let mut behind = at + c.len_utf8();
        while let Some((at, c)) = chars.next_if(|&(_, c)| is_closing(c) || is_end(c)) {
            behind = at + c.len_utf8();
        }
        return behind;
    }
    text.len()
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '｡')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | '」' | '』' | '）' | ')' | '》' | '】' | ']')
}

/// Whether an ASCII full stop ends a sentence: not in `3.5`, `e.g.`, `Mr. Smith` or `J. Doe`.
fn is_full_stop(before: &str, after: &str) -> bool {
    let behind = after.trim_start_matches(is_closing);
    if behind.is_empty() || behind.starts_with('\n') {
        return true;
    }
    if !behind.starts_with(' ') {
        return false;
    }
    let opens =
        |c: char| c.is_uppercase() || c.is_numeric() || !c.is_ascii() || "\"'([".contains(c);
    if !behind.trim_start().chars().next().is_none_or(opens) {
        return false;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or("");
    let title = ["Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Jr", "Sr", "vs", "No", "e.g", "i.e", "cf"];
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    !(initial || title.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn chinese() {
        assert_eq!(
            cut("他说：“走吧。”然后走了！！真的？是……不是"),
            ["他说：“走吧。”", "然后走了！！", "真的？", "是……不是"]
        );
        assert_eq!(cut("一行\n二行"), ["一行", "二行"]);
    }

    #[test]
    fn english() {
        assert_eq!(
            cut("Mr. Smith paid 3.5 dollars. “Why?” he asked J. Doe. I left."),
            ["Mr. Smith paid 3.5 dollars.", "“Why?”", "he asked J. Doe.", "I left."]
        );
        assert_eq!(cut("See e.g. this. Then go."), ["See e.g. this.", "Then go."]);
    }

    #[test]
    fn the_sentence_at_a_place() {
        let text = " 一。二三。 四";
        let at = |offset| &text[sentence_at(text, offset)];
        assert_eq!(at(0), "一。");
        assert_eq!(at(1), "一。");
        assert_eq!(at(7), "二三。");
        assert_eq!(at(text.len()), "四");
        assert_eq!(sentence_at("", 0), 0..0);
    }
}
