//! Text → where a line may end: UAX #14 with what Chinese practice adds.
//!
//! The base is the `unicode-linebreak` crate (Unicode 15.0). On it stand
//! - LB15a, LB15b, LB19a and LB30 of later versions: blanks inside guillemets belong to them, curly
//!   quotes beside East Asian text open and close, and a fullwidth bracket is no part of the word
//!   beside it;
//! - CLREQ 3.1 and GB/T 15834: no line begins with a closing mark, a connector, `·` or `…` or ends
//!   with an opening mark, blanks between or not; a lone `—` follows what it belongs to; `/`
//!   between Han stays inside a line;
//! - KLREQ: Korean breaks at its blanks;
//! - no break inside a grapheme cluster (UAX #29), and none inside `C++`.

use unicode_linebreak::{BreakClass, break_property, linebreaks};

use super::script::{is_hangul, is_wide_east_asian};
use super::width::first_cluster;

/// The bytes where a line of `text` may end and the next begin, ascending, without the two ends
/// of the text. Blanks stand before an opportunity. `text` is one line, without line ends.
pub fn opportunities(text: &str) -> impl Iterator<Item = usize> {
    let mut base = linebreaks(text).map(|(at, _)| at).peekable();
    let mut around = Around::default();
    let mut boundary = 0;
    let mut chars = text.char_indices();
    let mut ahead = text.chars();
    ahead.next();
    std::iter::from_fn(move || {
        for (at, c) in chars.by_ref() {
            around.before_last = std::mem::replace(&mut around.last, around.next);
            if !(is_hangul(around.letter) && is_mark(around.last)) {
                around.letter = around.last;
            }
            around.next = c;
            around.after_next = ahead.next();
            if !is_blank(around.last) {
                around.before_ink = around.before_last;
                around.ink = around.last;
            }
            let base = base.next_if_eq(&at).is_some();
            if at == 0 || !around.may_break(base) {
                continue;
            }
            while boundary < at {
                boundary += first_cluster(&text[boundary..]);
            }
            if boundary == at {
                return Some(at);
            }
        }
        None
    })
}

/// Whether no line begins with `c`: a closing mark, a pause or stop, a connector, `·` or `…`.
pub fn never_begins_line(c: char) -> bool {
    use BreakClass::*;
    match c {
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' => true,
        '\0'..='\u{7F}' | '\u{4E00}'..='\u{9FFF}' => false,
        '”' | '’' | '·' | '・' | '～' | '〜' | '‧' | '－' | '％' => true,
        _ => matches!(
            break_property(u32::from(c)),
            ClosePunctuation
                | CloseParenthesis
                | Exclamation
                | InfixSeparator
                | NonStarter
                | ConditionalJapaneseStarter
                | Inseparable
        ),
    }
}

/// Whether no line ends with `c`: an opening mark.
pub fn never_ends_line(c: char) -> bool {
    match c {
        '(' | '[' | '{' | '“' | '‘' => true,
        '\0'..='\u{7F}' | '\u{4E00}'..='\u{9FFF}' => false,
        _ => break_property(u32::from(c)) == BreakClass::OpenPunctuation,
    }
}

/// Whether `c` is a blank that is dropped where a line ends.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}')
}

/// The characters around a place in the text; blanks stand before its beginning.
struct Around {
    before_last: char,
    last: char,
    /// `last`, or the syllable that carries it.
    letter: char,
    /// The one before `ink`.
    before_ink: char,
    /// The last that is no blank.
    ink: char,
    next: char,
    after_next: Option<char>,
}

impl Default for Around {
    fn default() -> Self {
        Self {
            before_last: ' ',
            last: ' ',
            letter: ' ',
            before_ink: ' ',
            ink: ' ',
            next: ' ',
            after_next: None,
        }
    }
}

impl Around {
    /// Whether a line may break here, when UAX #14 says `base`.
    fn may_break(&self, base: bool) -> bool {
        if !base && self.last.is_ascii() && self.next.is_ascii() {
            return false;
        }
        let han = |c| matches!(c, '\u{4E00}'..='\u{9FFF}');
        if han(self.last) && han(self.next) {
            return base;
        }
        !self.is_forbidden() && (base || self.is_quote_edge() || self.is_bracket_edge())
    }

    /// CLREQ and GB/T 15834, against UAX #14.
    fn is_forbidden(&self) -> bool {
        let Self { before_last, last, next, after_next, .. } = *self;
        let after_next = after_next.unwrap_or(' ');
        if is_blank(next) || never_begins_line(next) || never_ends_line(self.ink) {
            return true;
        }
        if self.is_inside_guillemets() || self.is_inside_korean_word() {
            return true;
        }
        match (last, next) {
            ('—', '—') | ('+', '+') | ('#', '#') => true,
            ('／', _) | (_, '／') => true,
            ('/', _) => is_east_asian(before_last) || is_east_asian(next),
            (_, '—') => after_next != '—',
            _ => false,
        }
    }

    /// LB15a and LB15b: blanks behind `«` and before `»`, where they open and close.
    fn is_inside_guillemets(&self) -> bool {
        let opens = matches!(self.ink, '«' | '‹')
            && (is_blank(self.before_ink) || never_ends_line(self.before_ink));
        let closes = matches!(self.next, '»' | '›')
            && self.after_next.is_none_or(|c| is_blank(c) || never_begins_line(c));
        is_blank(self.last) && (opens || closes)
    }

    /// KLREQ: Korean breaks at its blanks, not between syllables, nor between a syllable and
    /// what is written to it: a letter, a digit, a bracket or sign that closes.
    fn is_inside_korean_word(&self) -> bool {
        use BreakClass::{CloseParenthesis, CombiningMark, Postfix, Quotation};
        let Self { last, letter, next, .. } = *self;
        let closes = || {
            let class = break_property(u32::from(last));
            matches!(class, CloseParenthesis | CombiningMark | Postfix | Quotation)
        };
        let is_letter = |c: char| c.is_alphanumeric() && !is_wide_east_asian(c);
        is_hangul(next) && (is_letter(last) || closes()) || is_hangul(letter) && is_letter(next)
    }

    /// LB19a: before an opening and behind a closing curly quote that stands beside East Asian text.
    fn is_quote_edge(&self) -> bool {
        let Self { before_last, last, next, after_next, .. } = *self;
        match (last, next) {
            (_, '“' | '‘') if !is_text(last) && !never_begins_line(last) => false,
            ('”' | '’', '“' | '‘') => {
                is_east_asian(before_last) || after_next.is_some_and(is_east_asian)
            }
            (_, '“' | '‘') => is_east_asian(last) || after_next.is_some_and(is_east_asian),
            ('”', _) if is_text(next) => is_east_asian(before_last) || is_east_asian(next),
            ('’', _) => is_east_asian(next),
            _ => false,
        }
    }

    /// LB30: between a word and a fullwidth bracket.
    fn is_bracket_edge(&self) -> bool {
        let opens = never_ends_line(self.next) && is_east_asian(self.next);
        let closes = never_begins_line(self.last) && is_east_asian(self.last);
        opens && is_word(self.last) || closes && is_word(self.next)
    }
}

/// AL, HL and NU, which LB30 names.
fn is_word(c: char) -> bool {
    use BreakClass::{Alphabetic, HebrewLetter, Numeric};
    c.is_alphanumeric()
        || matches!(break_property(u32::from(c)), Alphabetic | HebrewLetter | Numeric)
}

fn is_mark(c: char) -> bool {
    break_property(u32::from(c)) == BreakClass::CombiningMark
}

fn is_east_asian(c: char) -> bool {
    is_wide_east_asian(c) && !is_blank(c)
}

/// Whether `c` stands for itself in a line: no blank, no glue, no joiner, no mark on another.
fn is_text(c: char) -> bool {
    c.is_alphanumeric() || is_east_asian(c) || never_ends_line(c) || c == '—'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        let mut out = text.to_owned();
        for at in opportunities(text).collect::<Vec<_>>().into_iter().rev() {
            out.insert(at, '|');
        }
        out
    }

    #[test]
    fn every_rule_by_example() {
        for want in [
            "",
            "a",
            "两|个",
            // LB19a
            "他|说|“好|的”|然|后",
            "他|说：|“好|的。”|然|后",
            "为|是|“疯|狂”|的",
            "“好。”|“走。”",
            "她|说：|“他|说|‘行’。”|完",
            "这|叫|“Scaling |Law”|吗",
            "用|“AI”|写",
            "don’t |say |“yes” |now",
            "我|——|“不”|——|他",
            // LB30
            "RSP|（风|险）|AI",
            "见|（上|文），|（下|文）",
            "f(x) |g[y]",
            // connectors and dashes
            "达|里|奥·|阿|莫|迪",
            "汤|姆・|布|朗",
            "3～|5|天，|北|京—|上|海",
            "他|来|了|——|真|的|吗",
            "等|等……|然|后……|走",
            "他/她|和|甲／乙",
            "https://|x.io/|a/|b?|c=1",
            // LB15a, LB15b
            "dit |« bonjour », |puis",
            // blanks
            "你|好 ，|世 |界",
            "（ 你 |好 ）。",
            "“ 你|好 ”|的",
            "Home · |About — |x",
            // words, numbers, names with signs
            "用|C++和|C#|写|了|50%|的|GPT-4o，|10℃",
            "2024|年|12:30|花|$100|或|10,000|元|的|五|十％",
            "state-|of-|the-|art",
            // kana, Hangul, emoji
            "ちょっ|と|コー|ヒー々",
            "그는 |갔다",
            "AI가 |3개의 |(새) |길을 |“열다”라고 |50%의",
            "서울·|부산은 |中|国|과 |멀다",
            "好|👩‍💻|好|🇨🇳|🇺🇸|❤️|好",
            "中\u{301}|文 \u{301}x",
        ] {
            let text = want.replace('|', "");
            assert_eq!(marked(&text), want);
        }
    }

    #[test]
    fn marks_at_the_edges_of_lines() {
        for c in "。，、；：？！）》」』】〕〉”’…·％.,;:!?)]}～・ー々っ".chars()
        {
            assert!(never_begins_line(c), "{c}");
            assert!(!never_ends_line(c), "{c}");
        }
        for c in "（《「『【〔〈“‘([{".chars() {
            assert!(never_ends_line(c), "{c}");
            assert!(!never_begins_line(c), "{c}");
        }
        for c in "a中あ한—-/ 1\"'😀".chars() {
            assert!(!never_begins_line(c) && !never_ends_line(c), "{c}");
        }
    }
}
