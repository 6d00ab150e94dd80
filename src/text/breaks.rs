//! Where a line may end: UAX #14 through `unicode-linebreak`, then what Chinese and Japanese
//! composition adds to it (CLREQ 3.1, JLREQ 3.1).
//!
//! UAX #14 of that crate is older than LB19a, so quotation marks glue to both neighbours; it knows
//! nothing of the East Asian exception of LB30; and it lets lines begin with interpuncts.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::GraphemeCursor;

use super::script::{is_han_or_kana, is_hangul, is_wide_east_asian};

/// What may happen to a line at an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// It may end here.
    Allowed,
    /// It ends here.
    Mandatory,
}

/// Where a line of `text` may end: byte offsets, sorted, on cluster boundaries, the end of the
/// text excluded.
pub fn opportunities(text: &str) -> Vec<(u32, Break)> {
    let mut out = Vec::with_capacity(text.len() / 3);
    let mut stock = linebreaks(text).peekable();
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return out };
    let mut before = Context { far: '\n', near: first };
    while let Some((at, after)) = chars.next() {
        while stock.next_if(|&(offset, _)| offset < at).is_some() {}
        let found = stock.next_if(|&(offset, _)| offset == at).map(|(_, kind)| kind);
        let next = chars.clone().next().map_or('\n', |(_, c)| c);
        let kind = match found {
            Some(BreakOpportunity::Mandatory) => Some(Break::Mandatory),
            Some(BreakOpportunity::Allowed) => {
                (!forbids(before, after, next)).then_some(Break::Allowed)
            }
            None => allows(before, after, next).then_some(Break::Allowed),
        };
        if let Some(kind) = kind
            && (before.near.is_ascii() && after.is_ascii() || is_boundary(text, at))
        {
            out.push((at as u32, kind));
        }
        before = Context { far: before.near, near: after };
    }
    out
}

/// The two characters before an offset.
#[derive(Clone, Copy)]
struct Context {
    far: char,
    near: char,
}

fn is_boundary(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// Whether a line must not begin with a character, whatever its width: closing punctuation,
/// interpuncts, the ellipsis, small kana.
pub fn never_begins_line(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '”'
            | '’'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〉'
            | '〗'
            | '｝'
            | '］'
            | '…'
            | '⋯'
            | '·'
            | '・'
            | '‧'
            | '％'
            | '～'
            | '〜'
            | '－'
            | 'ー'
            | '々'
            | '〻'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '．'
            | '｡'
            | '､'
            | '｣'
            | '゛'
            | '゜'
            | 'ゝ'
            | 'ゞ'
            | 'ヽ'
            | 'ヾ'
            | ')'
            | ']'
            | '}'
            | ','
            | ';'
            | '!'
            | '?'
            | ':'
    ) || is_small_kana(c)
}

/// Whether a line must not end with a character: opening punctuation.
pub fn never_ends_line(c: char) -> bool {
    matches!(
        c,
        '（' | '《'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〈'
            | '〖'
            | '“'
            | '‘'
            | '｛'
            | '［'
            | '｢'
            | '('
            | '['
            | '{'
    )
}

fn is_small_kana(c: char) -> bool {
    matches!(c, 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ'
        | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ'
        | 'ㇰ'..='ㇿ' | 'ｧ'..='ｯ')
}

/// Whether a character is East Asian in the sense of LB19a and LB30: wide, and not Hangul.
fn is_east_asian(c: char) -> bool {
    is_wide_east_asian(c)
}

fn is_closing(c: char) -> bool {
    is_east_asian(c) && never_begins_line(c) || matches!(c, '”' | '’')
}

fn is_opening(c: char) -> bool {
    is_east_asian(c) && never_ends_line(c) || matches!(c, '“' | '‘')
}

/// Whether a break that UAX #14 allows between `before` and `after` is not wanted.
fn forbids(before: Context, after: char, next: char) -> bool {
    let Context { far, near } = before;
    match (near, after) {
        // A list of what never begins or ends a line is short, and holds without a space before.
        (' ', _) => matches!(after, '·' | '・' | '‧'),
        _ if never_begins_line(after) && !after.is_ascii() => true,
        _ if never_ends_line(near) && !near.is_ascii() => true,
        // ——, ⸺ and ellipses of two stay whole.
        ('—', '—') | ('…', '…') | ('⋯', '⋯') | ('―', '―') => true,
        // A lone dash stays with what is before it; a double one may begin a line.
        (_, '—') if is_east_asian(near) && next != '—' => true,
        // GB/T 15834 5.1.7: a slash stands neither at the start nor at the end of a line.
        (_, '/') if is_han_or_kana(near) => true,
        ('/', _) if is_han_or_kana(after) || is_han_or_kana(far) => true,
        // C++, C##.
        ('+', '+') | ('#', '#') => true,
        _ => false,
    }
}

/// Whether a break that UAX #14 does not allow between `before` and `after` is wanted.
fn allows(before: Context, after: char, next: char) -> bool {
    let Context { far, near } = before;
    if never_begins_line(after) || never_ends_line(near) {
        return false;
    }
    match (near, after) {
        // LB19a: an opening quote with East Asian text on both sides.
        (_, '“' | '‘') => {
            let before = if matches!(near, '”' | '’') { far } else { near };
            is_east_asian(before) && (is_east_asian(next) || is_han_or_kana(before))
        }
        // LB19a: behind a closing quote.
        ('”' | '’', _) => {
            let text = is_east_asian(after) || matches!(after, '“' | '‘');
            text && (is_east_asian(far) || is_closing(far) || is_han_or_kana(after))
        }
        // LB30 leaves out East Asian brackets: a word may end before （ and begin behind ）.
        _ if is_opening(after) => near.is_alphanumeric() || is_closing(near),
        _ if is_closing(near) => after.is_alphanumeric() && !is_hangul(after) || is_opening(after),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` where a line may end.
    fn show(text: &str) -> String {
        let mut out = text.to_owned();
        for (at, _) in opportunities(text).into_iter().rev() {
            out.insert(at as usize, '|');
        }
        out
    }

    #[test]
    fn chinese_quotes_stand_with_what_they_quote() {
        for (text, want) in [
            ("他说“好的”然后", "他|说|“好|的”|然|后"),
            ("他说：“好的。”然后", "他|说：|“好|的。”|然|后"),
            ("为是“疯狂”的想", "为|是|“疯|狂”|的|想"),
            ("RSP（风险）AI", "RSP|（风|险）|AI"),
            ("don’t worry", "don’t |worry"),
            ("“好”“坏”", "“好”|“坏”"),
            ("用“GPT”写", "用|“GPT”|写"),
        ] {
            assert_eq!(show(text), want);
        }
    }

    #[test]
    fn what_chinese_composition_forbids() {
        for (text, want) in [
            ("达里奥·阿莫迪", "达|里|奥·|阿|莫|迪"),
            ("等等……然后", "等|等……|然|后"),
            ("评估——风险", "评|估|——|风|险"),
            ("一—二", "一—|二"),
            ("和/或", "和/或"),
            ("写C++的", "写|C++的"),
            ("《书》（注）", "《书》|（注）"),
            ("50%的", "50%|的"),
            ("きゃっと", "きゃっ|と"),
            ("データ", "デー|タ"),
            ("한국 사람", "한국 |사람"),
        ] {
            let shown = show(text);
            let shown = shown.replace("한|국", "한국").replace("사|람", "사람");
            assert_eq!(shown, want);
        }
    }

    #[test]
    fn clusters_stay_whole() {
        for text in ["👩‍💻👨‍👩‍👧", "か\u{3099}き", "🇨🇳🇯🇵"] {
            for (at, _) in opportunities(text) {
                assert!(is_boundary(text, at as usize));
            }
        }
    }
}
