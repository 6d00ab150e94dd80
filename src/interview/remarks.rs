//! Whether a text is something that somebody says, or a title: by its length and how it ends.

use crate::text::script::is_han_or_kana;

/// The longest title, in characters; half of it where words are not parted.
const TITLE: usize = 72;

/// Whether a text ends with a stop, as no title does.
pub fn is_statement(text: &str) -> bool {
    let end = without_aside(text).trim_end_matches(['”', '"', '」', '』', ' ', '*']);
    end.ends_with(['。', '！', '!', '…']) || end.ends_with('.') && end.contains(' ')
}

/// A text without the `[laughs]` or `（笑）` at its end.
fn without_aside(text: &str) -> &str {
    let inner = text.trim_end().strip_suffix([')', '）', ']', '】']);
    let open = inner.and_then(|inner| inner.rfind(['(', '（', '[', '【']));
    match open.filter(|at| text[*at..].chars().count() <= 16) {
        Some(open) => text[..open].trim_end(),
        None => text,
    }
}

/// Whether a text is a statement, or too long for a title.
pub fn is_remark(text: &str) -> bool {
    text.chars().nth(14).is_some() && is_statement(text) || text.chars().nth(TITLE / 2).is_some()
}

/// Whether a text has more words than most titles, and no mark of the end of a sentence: a question
/// whose mark was forgotten, or what somebody says to be answered.
pub fn may_be_said(text: &str) -> bool {
    let words = if text.chars().any(is_han_or_kana) {
        text.chars().nth(HAN - 1).is_some()
    } else {
        text.split_whitespace().nth(WORDS - 1).is_some()
    };
    words && is_no_title(text)
}

/// Whether a heading has more words than the name of a section, where others of its kind ask.
pub fn is_long_heading(text: &str) -> bool {
    let han = text.chars().filter(|&c| is_han_or_kana(c)).count();
    (han >= HAN / 2 || han == 0 && text.split_whitespace().nth(3).is_some()) && is_no_title(text)
}

/// From how many words or characters of Han on a text is long for a title.
const WORDS: usize = 6;
const HAN: usize = 14;

/// Whether a text is long for a title and is neither quoted nor parted by a colon, as titles are.
pub fn is_long_remark(text: &str) -> bool {
    let long = if text.chars().any(is_han_or_kana) { TITLE / 2 } else { TITLE };
    text.chars().nth(long).is_some() && is_no_title(text)
}

fn is_no_title(text: &str) -> bool {
    let quotes = ['“', '"', '«', '„', '「', '『', '‘', '\''];
    !text.starts_with(quotes)
        && !text.contains([':', '：', '|', '©'])
        && text.contains(char::is_lowercase) | text.chars().any(is_han_or_kana)
        && !["Photo", "Foto", "Image", "图", "圖", "摄", "攝"]
            .iter()
            .any(|word| text.contains(word))
}

/// Whether a text ends as a sentence does.
pub fn is_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['”', '"', '」', '』', ')', '）', ' ', '*']);
    end.ends_with(['。', '.', '！', '!', '…', '：', ':', '—', '？', '?', '～'])
}

/// Whether a text begins with a dash.
pub fn starts_with_dash(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\u{3000}', '\u{A0}']);
    text.starts_with(['―', '—', '─', '–', '−', '-']) || text.starts_with('ー')
}
