//! Search: where a query stands in a text, whatever its case, width and quotation marks.
//!
//! A query with a capital letter is taken at its word (smart case). Results are bytes of the text
//! as it is.

use std::ops::Range;

use memchr::memmem;

/// How much of the text is folded at a time, in bytes.
const CHUNK: usize = 1 << 16;

/// Where `query` stands in `text`, in text order, without overlaps, `most` at the most. White space
/// in the query matches one or more blanks, and never a line end.
pub fn find_all(text: &str, query: &str, most: usize) -> Vec<Range<u32>> {
    let query = query.trim();
    if query.is_empty() {
        return Vec::new();
    }
    let case = if query.chars().any(char::is_uppercase) { Case::Kept } else { Case::Folded };
    if case == Case::Folded && query.chars().all(has_one_form) {
        return memmem::find_iter(text.as_bytes(), query)
            .take(most)
            .map(|at| at as u32..(at + query.len()) as u32)
            .collect();
    }
    let needle = Folded::new(query, 0, case).text;
    let finder = memmem::Finder::new(&needle);
    let mut hits: Vec<Range<u32>> = Vec::new();
    let mut from = 0;
    while from < text.len() && hits.len() < most {
        // Chunks end at a line end, over which no hit reaches.
        let floor = text.floor_char_boundary((from + CHUNK).min(text.len()));
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[floor..]).map_or(text.len(), |n| floor + n + 1);
        let chunk = Folded::new(&text[from..end], from as u32, case);
        for at in finder.find_iter(chunk.text.as_bytes()).take(most - hits.len()) {
            hits.push(chunk.source(at)..chunk.source(at + needle.len()));
        }
        from = end;
    }
    hits
}

/// Whether letters of both cases are the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Kept,
    Folded,
}

/// Text folded, and where each of its bytes is from.
struct Folded {
    text: String,
    /// Pairs of (folded, source) offsets at which their difference changes.
    shifts: Vec<(u32, u32)>,
}

impl Folded {
    fn new(source: &str, base: u32, case: Case) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut shifts = vec![(0, base)];
        let mut drift = i64::from(base);
        let mut blank = false;
        for (at, c) in source.char_indices() {
            let here = base + at as u32;
            if i64::from(here) - text.len() as i64 != drift {
                drift = i64::from(here) - text.len() as i64;
                shifts.push((text.len() as u32, here));
            }
            let c = fold_width(c);
            if c == ' ' && std::mem::replace(&mut blank, c == ' ') {
                continue;
            }
            blank = c == ' ';
            match case {
                Case::Kept => text.push(c),
                Case::Folded if c.is_ascii() => text.push(c.to_ascii_lowercase()),
                Case::Folded => text.extend(c.to_lowercase()),
            }
        }
        let end = base + source.len() as u32;
        shifts.push((text.len() as u32, end));
        Self { text, shifts }
    }

    /// The source offset of a folded one.
    fn source(&self, at: usize) -> u32 {
        let at = at as u32;
        let shift = self.shifts.partition_point(|&(folded, _)| folded <= at) - 1;
        let (folded, source) = self.shifts[shift];
        source + (at - folded)
    }
}

/// Fullwidth ASCII as ASCII, halfwidth kana as kana, quotes and dashes as one of their kind.
pub fn fold_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        '“' | '”' | '「' | '」' | '『' | '』' | '„' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        '—' | '–' | '―' | '−' => '-',
        '。' => '.',
        '、' => ',',
        '・' => '·',
        c => c,
    }
}

/// Whether no other character folds to the same as this one.
fn has_one_form(c: char) -> bool {
    crate::text::script::is_han_or_kana(c) || crate::text::script::is_hangul(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits<'a>(text: &'a str, query: &str) -> Vec<&'a str> {
        find_all(text, query, 100)
            .into_iter()
            .map(|hit| &text[hit.start as usize..hit.end as usize])
            .collect()
    }

    #[test]
    fn forms_of_the_same() {
        assert_eq!(hits("访谈里的访谈", "访谈"), ["访谈", "访谈"]);
        assert_eq!(hits("ＧＰＴ-4 gpt－4 GPT—4", "gpt-4"), ["ＧＰＴ-4", "gpt－4", "GPT—4"]);
        assert_eq!(hits("Gpt GPT", "GPT"), ["GPT"]);
        assert_eq!(hits("说“好”、「好」", "\"好\""), ["“好”", "「好」"]);
        assert_eq!(hits("a  b a\nb", "a b"), ["a  b"]);
        assert_eq!(hits("İstanbul x", "x"), ["x"]);
        assert_eq!(hits("50％的人", "50%的"), ["50％的"]);
        assert!(hits("任何", " ").is_empty());
    }

    #[test]
    fn hits_in_a_long_text_are_where_they_are() {
        let line = "ＡＢＣ 这一行很长，有 Word。\n";
        let text = line.repeat(5000);
        let found = find_all(&text, "word", usize::MAX);
        assert_eq!(found.len(), 5000);
        assert!(found.iter().all(|hit| &text[hit.start as usize..hit.end as usize] == "Word"));
        assert_eq!(find_all(&text, "word", 7).len(), 7);
    }
}
