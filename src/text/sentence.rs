//! Text → sentences, for Chinese and Latin punctuation alike.
//!
//! UAX #29 leaves the closing quote of `“好。”他说` to the next sentence only in some cases and ends
//! one at every `Mr.`; the rules here are: `。！？` and `…` end a sentence together with the closing
//! quotes and brackets behind them, unless a comma, colon or semicolon follows; `. ! ?` do so before
//! a blank or East Asian text, unless a lower-case letter follows or the stop belongs to an
//! abbreviation, an initial or a number; a line end always does.

use std::ops::Range;

use super::script::{is_hangul, is_wide_east_asian};

/// The sentence that holds the byte `offset` of `text`, as bytes without white space around it.
///
/// Between two sentences of a line it is the next one, behind the last of a line the last one; in
/// a blank line, or in an empty text, it is an empty range.
pub fn sentence_at(text: &str, offset: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let offset = offset.min(text.len());
    let start = memchr::memrchr(b'\n', &bytes[..offset]).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', &bytes[offset..]).map_or(text.len(), |at| offset + at);
    let mut found = start..start;
    for sentence in sentences(&text[start..end]) {
        found = start + sentence.start..start + sentence.end;
        if offset < found.end {
            break;
        }
    }
    found
}

/// The sentences of `text` in order, as bytes without white space around them; none is empty.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = text.len() - text[at..].trim_start().len();
        at = start + first_end(&text[start..]);
        (start < at).then(|| start..start + text[start..at].trim_end().len())
    })
}

/// Where the first sentence of `text` ends, in bytes.
fn first_end(text: &str) -> usize {
    let (mut from, mut quotes) = (0, 0);
    while let Some(found) = text[from..].find(|c| c == '\n' || is_stop(c)) {
        let at = from + found;
        if text[at..].starts_with('\n') {
            return at;
        }
        let behind_stops = text[at..].trim_start_matches(is_stop);
        // A straight quote opens or closes: the one that makes the quotes of the sentence even closes.
        quotes += text[from..at].bytes().filter(|&b| b == b'"').count();
        let opens = quotes % 2 == 0 && behind_stops.starts_with('"');
        let after = match opens {
            true => behind_stops,
            false => behind_stops.trim_start_matches(is_closing),
        };
        from = text.len() - behind_stops.len();
        if ends(&text[..at], &text[at..from], after) {
            return text.len() - after.len();
        }
    }
    text.len()
}

/// Whether a sentence ends between `before` with its `stops` (and closing marks) and `after`.
fn ends(before: &str, stops: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else { return true };
    if is_pause(next) {
        return false;
    }
    if stops.contains(['。', '！', '？', '．', '｡']) {
        return true;
    }
    let blank = next.is_whitespace();
    if !blank && !is_east_asian(next) && !matches!(next, '“' | '‘' | '—') {
        return stops.contains('…') && next.is_uppercase();
    }
    let follower = after.trim_start_matches([' ', '\u{A0}', '\u{3000}']).chars().next();
    if follower.is_some_and(|c| c.is_lowercase() || is_pause(c)) {
        return false;
    }
    stops != "." || !is_abbreviation(before, follower)
}

/// Whether the word at the end of `before` takes its full stop inside a sentence that goes on with
/// `follower`.
fn is_abbreviation(before: &str, follower: Option<char>) -> bool {
    let start = before.rfind(|c: char| !c.is_ascii_alphabetic() && c != '.');
    let word = start
        .map_or(before, |at| before[at..].trim_start_matches(|c: char| !c.is_ascii_alphabetic()));
    const TITLES: [&str; 18] = [
        "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Jr", "Sr", "vs", "Gen", "Sen", "Rep", "Gov", "Mt",
        "Lt", "Col", "Capt", "cf",
    ];
    const BEFORE_NUMBERS: [&str; 6] = ["No", "Fig", "Vol", "pp", "Ch", "approx"];
    let letters = word.split('.').all(|part| part.len() == 1);
    let initials =
        letters && word != "I" && (word.len() > 1 || word.starts_with(char::is_uppercase));
    initials
        || TITLES.contains(&word)
        || BEFORE_NUMBERS.contains(&word) && follower.is_some_and(char::is_numeric)
}

fn is_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '…' | '⋯' | '.' | '!' | '?' | '．' | '｡' | '‼' | '⁇' | '⁈' | '⁉'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '」'
            | '』'
            | '】'
            | '）'
            | '》'
            | '〉'
            | '〕'
            | '﹂'
            | '﹄'
            | '»'
            | ')'
            | ']'
            | '"'
            | '\''
    )
}

fn is_pause(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':')
}

fn is_east_asian(c: char) -> bool {
    is_wide_east_asian(c) || is_hangul(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn chinese() {
        for (text, want) in [
            ("他来了。我走了！真的？", vec!["他来了。", "我走了！", "真的？"]),
            ("他说：“好的。”然后走了。", vec!["他说：“好的。”", "然后走了。"]),
            ("“走吧！”“不。”", vec!["“走吧！”", "“不。”"]),
            ("他问“为什么？”，没人答。", vec!["他问“为什么？”，没人答。"]),
            ("（见下文。）下文很长；但有用。", vec!["（见下文。）", "下文很长；但有用。"]),
            ("我想……也许吧。", vec!["我想……", "也许吧。"]),
            ("什么？！你再说一遍。", vec!["什么？！", "你再说一遍。"]),
            (
                "涨了3.5%。GPT-4.5很好用.真的!对吧?对",
                vec!["涨了3.5%。", "GPT-4.5很好用.", "真的!", "对吧?", "对"],
            ),
            ("「行。」彼は言った。", vec!["「行。」", "彼は言った。"]),
            ("他走了。\"我也走。\"她说。", vec!["他走了。", "\"我也走。\"", "她说。"]),
            ("没有句号", vec!["没有句号"]),
            ("甲\n乙。 \n\n 丙", vec!["甲", "乙。", "丙"]),
        ] {
            assert_eq!(cut(text), want);
        }
    }

    #[test]
    fn latin() {
        for (text, want) in [
            ("He came. I left! Really? Yes.", vec!["He came.", "I left!", "Really?", "Yes."]),
            (
                "Dr. Li met J. K. Smith. They talked.",
                vec!["Dr. Li met J. K. Smith.", "They talked."],
            ),
            (
                "In the U.S. Senate, e.g. now. So do I. Then",
                vec!["In the U.S. Senate, e.g. now.", "So do I.", "Then"],
            ),
            ("“Why?” he asked. “No.” She left.", vec!["“Why?” he asked.", "“No.”", "She left."]),
            (
                "It is 3.5 m. See a.b.c or x.io/?v=1 ok.",
                vec!["It is 3.5 m.", "See a.b.c or x.io/?v=1 ok."],
            ),
            (
                "Well... maybe. Wait… What? (Yes.) No.",
                vec!["Well... maybe.", "Wait…", "What?", "(Yes.)", "No."],
            ),
            ("그는 갔다. 나도 갔다.", vec!["그는 갔다.", "나도 갔다."]),
        ] {
            assert_eq!(cut(text), want);
        }
    }

    #[test]
    fn the_sentence_at_an_offset() {
        let text = "甲。 乙。\n\n丙";
        for (offset, want) in [
            (0, "甲。"),
            (1, "甲。"),
            (5, "甲。"),
            (6, "乙。"),
            (7, "乙。"),
            (13, "乙。"),
            (14, ""),
            (15, "丙"),
            (18, "丙"),
            (99, "丙"),
        ] {
            assert_eq!(&text[sentence_at(text, offset)], want, "{offset}");
        }
        assert_eq!(sentence_at("", 3), 0..0);
    }
}
