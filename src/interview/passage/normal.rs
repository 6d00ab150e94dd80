//! Text → the text that passages are compared by: what re-exporting, re-wrapping and changing the
//! width of punctuation leave alone.
//!
//! The rules: compatibility decomposition character by character (UAX #15 NFKD without
//! reordering; Hangul syllables stay whole), lower case, one kind of double quote, single quote,
//! dash and dot, a run of dashes or of dots is one; white space, `* _ # >`, invisible characters
//! and U+FFFC are dropped. They are part of what a document's keys mean on disk: changing them
//! changes every text hash.

use std::ops::Range;

/// How many source bytes lie between two notes of where the normal text stands.
const STRIDE: usize = 512;

/// A text in its normal form, with the way back.
#[derive(Debug)]
pub struct Normal<'a> {
    source: &'a str,
    text: String,
    /// Pairs of byte offsets (normal, source), sorted; normalising can begin anew at each.
    stops: Vec<(u32, u32)>,
}

impl<'a> Normal<'a> {
    /// Normalises `source`: linear in its length.
    pub fn of(source: &'a str) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut stops = vec![(0, 0)];
        let mut next = STRIDE;
        let mut fold = Fold::default();
        for (at, c) in source.char_indices() {
            if at >= next && fold.is_fresh() {
                stops.push((text.len() as u32, at as u32));
                next = at + STRIDE;
            }
            fold.put(c, &mut |c| text.push(c));
        }
        Self { source, text, stops }
    }

    /// The normal text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source bytes that a stretch of the normal text was made of, dropped characters at its
    /// ends left out.
    pub fn source(&self, range: Range<usize>) -> Range<u32> {
        let start = self.made(range.start).start;
        let end = if range.is_empty() { start } else { self.made(range.end - 1).end };
        start..end
    }

    /// About how many bytes of normal text are made by the source up to the byte `at`: right to
    /// some hundred bytes.
    pub fn reached(&self, at: u32) -> usize {
        let stop = self.stops.partition_point(|&(_, source)| source <= at).max(1);
        let (normal, source) = self.stops[stop - 1];
        (normal as usize + (at - source) as usize).min(self.text.len())
    }

    /// The bytes of the source character that made the normal byte at `at`.
    fn made(&self, at: usize) -> Range<u32> {
        let stop = self.stops.partition_point(|&(normal, _)| normal as usize <= at);
        let (normal, from) = self.stops[stop.max(1) - 1];
        let mut reached = normal as usize;
        let mut fold = Fold::default();
        for (offset, c) in self.source[from as usize..].char_indices() {
            fold.put(c, &mut |c| reached += c.len_utf8());
            if reached > at {
                let start = from + offset as u32;
                return start..start + c.len_utf8() as u32;
            }
        }
        let end = self.source.len() as u32;
        end..end
    }
}

/// The normal form of a short text.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, |c| out.push(c));
    out
}

/// Gives `put` each character of the normal form of `text`.
pub fn each(text: &str, mut put: impl FnMut(char)) {
    let mut fold = Fold::default();
    for c in text.chars() {
        fold.put(c, &mut put);
    }
}

/// What the next character depends on: a dash or dot given before it.
#[derive(Default)]
struct Fold {
    run: Option<char>,
}

impl Fold {
    fn is_fresh(&self) -> bool {
        self.run.is_none()
    }

    fn put(&mut self, c: char, put: &mut impl FnMut(char)) {
        match c {
            '\u{4E00}'..='\u{9FFF}'
            | '\u{3041}'..='\u{304B}'
            | '\u{AC00}'..='\u{D7A3}'
            | 'a'..='z'
            | '0'..='9' => {
                self.run = None;
                put(c);
            }
            'A'..='Z' => {
                self.run = None;
                put(c.to_ascii_lowercase());
            }
            '，' => {
                self.run = None;
                put(',');
            }
            _ if c.is_ascii() => self.folded(c, put),
            _ => unicode_normalization::char::decompose_compatible(c, |c| {
                c.to_lowercase().for_each(|c| self.folded(c, put));
            }),
        }
    }

    fn folded(&mut self, c: char, put: &mut impl FnMut(char)) {
        let Some(c) = unified(c) else { return };
        if !matches!(c, '-' | '.') {
            self.run = None;
        } else if self.run.replace(c) == Some(c) {
            return;
        }
        put(c);
    }
}

/// One character for those that exporters exchange; `None` for those they add and drop.
fn unified(c: char) -> Option<char> {
    Some(match c {
        '*' | '_' | '#' | '>' => return None,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => return None,
        '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFFC}' => return None,
        c if c.is_whitespace() => return None,
        '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '〝' | '〞' | '〟' => {
            '"'
        }
        '‘' | '’' | '‚' | '‛' | '`' | '´' | '′' => '\'',
        '‐'..='―' | '−' | '─' | '━' | '~' | '〜' => '-',
        '。' => '.',
        '、' => ',',
        '•' | '・' | '‧' | '∙' => '·',
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exporters_may_differ() {
        for (one, other) in [
            ("“你好”，他说：\nＡＢＣ １２３！", "「你好」, 他说:abc123!"),
            ("这样——就好……对吧", "这样--就好...对吧"),
            ("**强调** _这里_", "强调这里"),
            ("café ｶﾞ", "cafe\u{301}ガ"),
            ("don’t\u{200B} stop", "don't stop"),
        ] {
            assert_eq!(normal(one), normal(other), "{one} {other}");
        }
        assert_ne!(normal("能源"), normal("能原"));
        assert_eq!(normal(" * \u{FFFC}\n"), "");
    }

    #[test]
    fn every_stretch_leads_back_to_its_source() {
        let source = "他说：　**“Ａ……Ｂ”** —— 好。 ".repeat(60);
        let normal = Normal::of(&source);
        assert!(normal.stops.len() > 2);
        let mut expected = Vec::new();
        for (at, c) in source.char_indices() {
            if let 'Ａ' | '他' | '好' = c {
                expected.push(at as u32..(at + c.len_utf8()) as u32);
            }
        }
        let found: Vec<_> = normal
            .text()
            .char_indices()
            .filter(|(_, c)| matches!(c, 'a' | '他' | '好'))
            .map(|(at, c)| normal.source(at..at + c.len_utf8()))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(normal.source(0..normal.text().len()).start, 0);
    }
}
