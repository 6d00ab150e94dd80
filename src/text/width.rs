//! How many cells a grapheme cluster takes: the one place that says so.
//!
//! UAX #11 through `unicode-width`, with East_Asian_Width=Ambiguous as the terminal has it. A
//! cluster takes 0, 1 or 2 cells.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::ambiguous::AMBIGUOUS;

/// How many cells a terminal gives to East Asian Ambiguous characters: `“`, `—`, `…`, `·`, `é`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One.
    #[default]
    Narrow,
    /// Two.
    Wide,
}

/// The cells of one grapheme cluster, at most 2.
pub fn cluster(cluster: &str, ambiguous: Ambiguous) -> u16 {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return 0 };
    match (u32::from(first), chars.next()) {
        (0x20..=0x7E, None) => 1,
        (0x4E00..=0x9FFF | 0x3001..=0x3029 | 0x3041..=0x3096 | 0x30A1..=0x30FA, None) => 2,
        (0xFF01..=0xFF60 | 0xAC00..=0xD7A3, None) => 2,
        (_, None) => single(first, ambiguous),
        // A halfwidth kana with its sound mark takes the cells of both.
        (0xFF66..=0xFF9D, Some('\u{FF9E}' | '\u{FF9F}')) => 2,
        // Quotes with a variation selector are drawn as the quotes alone.
        (0x2018..=0x201D, Some('\u{FE00}' | '\u{FE01}')) => single(first, ambiguous),
        (_, Some(_)) => {
            let base = single(first, ambiguous);
            let all = UnicodeWidthStr::width(cluster).min(2) as u16;
            if is_ambiguous(first) && ambiguous == Ambiguous::Wide { base } else { all }
        }
    }
}

/// The cells of a text on one line: the sum of its clusters.
pub fn width(text: &str, ambiguous: Ambiguous) -> usize {
    if text.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return text.len();
    }
    clusters(text, ambiguous).map(|(_, _, cells)| usize::from(cells)).sum()
}

/// The clusters of a text: where each begins (bytes), itself, its cells.
pub fn clusters(text: &str, ambiguous: Ambiguous) -> impl Iterator<Item = (usize, &str, u16)> {
    text.grapheme_indices(true).map(move |(at, text)| (at, text, cluster(text, ambiguous)))
}

/// A text cut to at most `cells` cells, with `ellipsis` in its place where something was cut off;
/// borrowed where it fits.
pub fn fit<'a>(text: &'a str, cells: u16, ambiguous: Ambiguous, ellipsis: &str) -> Cow<'a, str> {
    let room = usize::from(cells);
    let reserve = room.saturating_sub(width(ellipsis, ambiguous));
    let (mut used, mut kept) = (0, 0);
    for (at, cluster, cells) in clusters(text, ambiguous) {
        used += usize::from(cells);
        if used > room {
            let dots = if width(ellipsis, ambiguous) <= room { ellipsis } else { "" };
            return Cow::Owned(format!("{}{dots}", text[..kept].trim_end()));
        }
        if used <= reserve {
            kept = at + cluster.len();
        }
    }
    Cow::Borrowed(text)
}

/// What stands for text that was cut off.
pub fn ellipsis(ambiguous: Ambiguous) -> &'static str {
    match ambiguous {
        Ambiguous::Narrow => "…",
        Ambiguous::Wide => "..",
    }
}

fn single(c: char, ambiguous: Ambiguous) -> u16 {
    if ambiguous == Ambiguous::Wide && is_ambiguous(c) {
        return 2;
    }
    c.width().unwrap_or(0).min(2) as u16
}

/// Whether a character is East_Asian_Width=Ambiguous.
pub fn is_ambiguous(c: char) -> bool {
    let c = u32::from(c);
    let at = AMBIGUOUS.partition_point(|&(_, last)| last < c);
    AMBIGUOUS.get(at).is_some_and(|&(first, _)| first <= c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        for (text, narrow, wide) in [
            ("a", 1, 1),
            ("中", 2, 2),
            ("，", 2, 2),
            ("“", 1, 2),
            ("…", 1, 2),
            ("·", 1, 2),
            ("é", 1, 2),
            ("e\u{301}", 1, 1),
            ("α", 1, 2),
            ("─", 1, 2),
            ("ｶﾞ", 2, 2),
            ("ｱ", 1, 1),
            ("한", 2, 2),
            ("한", 2, 2),
            ("か\u{3099}", 2, 2),
            ("😀", 2, 2),
            ("👩‍💻", 2, 2),
            ("🇨🇳", 2, 2),
            ("“\u{FE01}", 1, 2),
            ("\u{FFFD}", 1, 2),
            ("\n", 0, 0),
        ] {
            assert_eq!(cluster(text, Ambiguous::Narrow), narrow, "{text} narrow");
            assert_eq!(cluster(text, Ambiguous::Wide), wide, "{text} wide");
        }
    }

    #[test]
    fn a_cut_text_says_so() {
        let fit = |text, cells| fit(text, cells, Ambiguous::Narrow, "…").into_owned();
        assert_eq!(fit("访谈阅读器", 10), "访谈阅读器");
        assert_eq!(fit("访谈阅读器", 9), "访谈阅读…");
        assert_eq!(fit("访谈阅读器", 8), "访谈阅…");
        assert_eq!(fit("访谈", 1), "…");
        assert_eq!(fit("访谈", 0), "");
    }
}
