//! A query and a text → where it stands, whatever the width, case or kind of quote.
//!
//! Case counts if the query has an upper-case letter. A run of blanks matches any run of blanks,
//! never a line end.

use std::ops::Range;

use memchr::memmem::Finder;

use super::script::{is_han_or_kana, is_hangul};

/// The first `limit` places where `query` stands in `text`, as bytes, ascending and apart. A blank
/// query stands nowhere.
///
/// Linear in the text. A query of Han alone is looked for as it is; any other in a folded copy of
/// some 64 KiB of lines at a time. Places behind the first 4 GiB are not found.
pub fn find_all(text: &str, query: &str, limit: usize) -> Vec<Range<u32>> {
    let text = up_to(text, u32::MAX as usize);
    let case = match query.chars().any(|c| unify(c).is_uppercase()) {
        true => Case::Counts,
        false => Case::Folds,
    };
    let mut needle = String::new();
    fold_into(query, case, &mut needle);
    if needle.trim().is_empty() {
        return Vec::new();
    }
    let finder = Finder::new(needle.as_bytes());
    if query.chars().all(stands_for_itself) {
        let places = finder.find_iter(text.as_bytes()).take(limit);
        return places.map(|at| range(at, at + needle.len())).collect();
    }
    let mut found = Vec::new();
    let (mut start, mut folded) = (0, String::new());
    while start < text.len() && found.len() < limit {
        let part = lines_of(&text[start..]);
        folded.clear();
        fold_into(part, case, &mut folded);
        let mut steps = Steps { text: part, case, at: 0, folded: 0 };
        for at in finder.find_iter(folded.as_bytes()).take(limit - found.len()) {
            let from = start + steps.source_of(at);
            found.push(range(from, start + steps.source_of(at + needle.len())));
        }
        start += part.len();
    }
    found
}

/// What `c` is to a search that ignores case: ASCII for its fullwidth forms, katakana for
/// halfwidth, `"` `'` for quotes, `-` for dashes, a space for blanks; lower case.
pub fn fold_char(c: char) -> char {
    folded(c, Case::Folds)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Counts,
    Folds,
}

fn folded(c: char, case: Case) -> char {
    let c = unify(c);
    if case == Case::Counts {
        return c;
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn unify(c: char) -> char {
    const KATAKANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
    match c {
        '\u{FF61}'..='\u{FF9F}' => {
            let at = (u32::from(c) - 0xFF61) as usize;
            KATAKANA.chars().nth(at).map_or(c, unify)
        }
        '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' | '〝' | '〞' | '«' | '»' | '＂' => {
            '"'
        }
        '‘' | '’' | '‚' | '‛' | '＇' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' => '-',
        '\t' | '\u{A0}' | '\u{3000}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether no other character is folded to `c`.
fn stands_for_itself(c: char) -> bool {
    is_hangul(c) || is_han_or_kana(c) && !matches!(c, '\u{30A0}'..='\u{30FF}' | '\u{FF61}'..)
}

/// The whole lines within the first 64 KiB of `text`, or its first line if that is longer: no
/// place spans two lines.
fn lines_of(text: &str) -> &str {
    const PART: usize = 64 * 1024;
    let bytes = text.as_bytes();
    if bytes.len() <= PART {
        return text;
    }
    let end = memchr::memrchr(b'\n', &bytes[..PART])
        .or_else(|| memchr::memchr(b'\n', bytes))
        .map_or(text.len(), |at| at + 1);
    &text[..end]
}

fn fold_into(text: &str, case: Case, out: &mut String) {
    let mut steps = Steps { text, case, at: 0, folded: 0 };
    while let Some(c) = steps.next() {
        out.push(c);
    }
}

/// A walk over a text and its folded form side by side.
struct Steps<'a> {
    text: &'a str,
    case: Case,
    /// Bytes of the text behind the walk.
    at: usize,
    /// Bytes of the folded form behind the walk.
    folded: usize,
}

impl Steps<'_> {
    /// Where in the text the folded form is so many bytes long; not before the last answer.
    fn source_of(&mut self, folded: usize) -> usize {
        while self.folded < folded && self.next().is_some() {}
        self.at
    }

    /// The next folded character; a run of blanks is one.
    fn next(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        let c = rest.chars().next()?;
        self.at += c.len_utf8();
        let c = match c {
            '\u{4E00}'..='\u{9FFF}' | 'a'..='z' | '\n' => c,
            'A'..='Z' if self.case == Case::Folds => c.to_ascii_lowercase(),
            '!'..='~' => c,
            _ => folded(c, self.case),
        };
        if c == ' ' {
            let blanks = self.text[self.at..].trim_start_matches(|c| unify(c) == ' ');
            self.at = self.text.len() - blanks.len();
        }
        self.folded += c.len_utf8();
        Some(c)
    }
}

fn up_to(text: &str, end: usize) -> &str {
    let mut end = end.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Bytes of a text of at most 4 GiB.
fn range(start: usize, end: usize) -> Range<u32> {
    start as u32..end as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, query: &str) -> Vec<&'a str> {
        let places = find_all(text, query, 99);
        places.into_iter().map(|at| &text[at.start as usize..at.end as usize]).collect()
    }

    #[test]
    fn what_matches_what() {
        for (text, query, want) in [
            ("访谈，访谈者", "访谈", vec!["访谈", "访谈"]),
            ("GPT gpt Ｇｐｔ ＧＰＴ", "gpt", vec!["GPT", "gpt", "Ｇｐｔ", "ＧＰＴ"]),
            ("GPT gpt Ｇｐｔ ＧＰＴ", "GPT", vec!["GPT", "ＧＰＴ"]),
            ("GPT gpt", "ＧＰＴ", vec!["GPT"]),
            ("他说“好” \"好\" 「好」", "\"好\"", vec!["“好”", "\"好\"", "「好」"]),
            ("don’t don't", "don‘t", vec!["don’t", "don't"]),
            ("ｱﾝｽ アンス", "アンス", vec!["ｱﾝｽ", "アンス"]),
            ("a–b a—b a-b", "a-b", vec!["a–b", "a—b", "a-b"]),
            ("a b a   b a\u{3000}b a\nb ab", "a  b", vec!["a b", "a   b", "a\u{3000}b"]),
            ("好\n访谈 AI", "谈 ai", vec!["谈 AI"]),
            ("涨了50％的", "50%的", vec!["50％的"]),
            ("ÉCOLE İ", "école", vec!["ÉCOLE"]),
            ("aaaa", "aa", vec!["aa", "aa"]),
            ("abc", "", vec![]),
            ("a c", "  ", vec![]),
            ("", "a", vec![]),
        ] {
            assert_eq!(found(text, query), want, "{query:?} in {text:?}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_through_all_its_parts() {
        let line = "「Ａ」  的B\n";
        let text = line.repeat(20_000);
        let places = find_all(&text, "\"a\" 的b", usize::MAX);
        assert_eq!(places.len(), 20_000);
        let length = line.len() as u32;
        for (i, place) in (0u32..).zip(&places) {
            assert_eq!(*place, i * length..(i + 1) * length - 1);
        }
        assert_eq!(find_all(&text, "b", 15_000), {
            let at = |i| i * length + length - 2;
            (0..15_000).map(|i| at(i)..at(i) + 1).collect::<Vec<_>>()
        });
        assert_eq!(find_all(&text, "的", 3).len(), 3);
    }

    #[test]
    fn one_character() {
        for (c, want) in [
            ('Ａ', 'a'),
            ('ｱ', 'ア'),
            ('“', '"'),
            ('—', '-'),
            ('\u{A0}', ' '),
            ('中', '中'),
            ('İ', 'İ'),
        ] {
            assert_eq!(fold_char(c), want);
        }
    }
}
