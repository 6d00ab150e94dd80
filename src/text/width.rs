//! Text → cells: how wide a grapheme cluster stands on this terminal. Nothing else measures width.
//!
//! The base is the `unicode-width` crate. Two things depend on the terminal: East Asian Ambiguous
//! characters (UAX #11), which [`Ambiguous`] decides, and sequences of several characters, whose
//! policy is [`sequence`].

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::ambiguous::is_ambiguous;

/// How wide the terminal draws East Asian Ambiguous characters: `“ ” — … · ①`, `é`, `─`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One cell.
    #[default]
    Narrow,
    /// Two cells.
    Wide,
}

/// The cells, 0 to 2, of one grapheme cluster. A control character has none.
pub fn cluster(g: &str, ambiguous: Ambiguous) -> u16 {
    let mut chars = g.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some(c), None) => single(c, ambiguous),
        _ => sequence(g, ambiguous),
    }
}

/// The cells of `text`; `u16::MAX` if there are more.
pub fn width(text: &str, ambiguous: Ambiguous) -> u16 {
    clusters(text, ambiguous).fold(0, |sum: u16, (_, _, cells)| sum.saturating_add(cells))
}

/// The grapheme clusters (UAX #29) of `text` in order: the byte where each begins, itself, and its
/// cells.
pub fn clusters(text: &str, ambiguous: Ambiguous) -> impl Iterator<Item = (usize, &str, u16)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let length = first_cluster(&text[at..]);
        let g = &text[at..at + length];
        at += length;
        (length > 0).then(|| (at - length, g, cluster(g, ambiguous)))
    })
}

/// The bytes of the grapheme cluster that `text` begins with; 0 for an empty text.
pub fn first_cluster(text: &str) -> usize {
    match text.as_bytes() {
        [] => 0,
        [_] | [0x20..=0x7E, 0x00..=0x7F, ..] => 1,
        // Two Han characters, or one before ASCII: no rule of UAX #29 joins them.
        [0xE4..=0xE9, _, _] | [0xE4..=0xE9, _, _, 0x00..=0x7F | 0xE4..=0xE9, ..] => 3,
        _ => text.graphemes(true).next().map_or(0, str::len),
    }
}

/// `text` in at most so many cells: as it is if it fits, else cut at a grapheme cluster with
/// `ellipsis` behind it. An ellipsis wider than `cells` is left out.
pub fn fit<'a>(text: &'a str, cells: u16, ambiguous: Ambiguous, ellipsis: &str) -> Cow<'a, str> {
    let tail = Some(width(ellipsis, ambiguous)).filter(|&tail| tail <= cells);
    let room = cells - tail.unwrap_or(0);
    let (mut used, mut cut) = (0, 0);
    for (at, g, wide) in clusters(text, ambiguous) {
        used += wide;
        if used > cells {
            let kept = text[..cut].trim_end();
            return match tail {
                Some(_) => Cow::Owned(format!("{kept}{ellipsis}")),
                None => Cow::Borrowed(kept),
            };
        }
        if used <= room {
            cut = at + g.len();
        }
    }
    Cow::Borrowed(text)
}

fn single(c: char, ambiguous: Ambiguous) -> u16 {
    match u32::from(c) {
        0x20..=0x7E => 1,
        0x3041..=0x3096 | 0x30A1..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xFF01..=0xFF60 => {
            2
        }
        _ => match c.width() {
            Some(1) if ambiguous == Ambiguous::Wide && is_ambiguous(c) => 2,
            Some(cells @ 0..=2) => cells as u16,
            Some(_) => 2,
            None => 0,
        },
    }
}

/// The cells of a cluster of several characters: no terminal that joins them gives it more than two.
fn sequence(g: &str, ambiguous: Ambiguous) -> u16 {
    // Selectors of East Asian quote forms (Unicode 16): every terminal measured ignores them.
    let g = g.trim_end_matches(['\u{FE00}', '\u{FE01}']);
    let plain = g.width().min(2) as u16;
    let base = g.chars().next().map_or(0, |c| single(c, ambiguous));
    plain.max(base)
}

/// What stands for text that was cut off.
pub fn ellipsis(ambiguous: Ambiguous) -> &'static str {
    match ambiguous {
        Ambiguous::Narrow => "…",
        Ambiguous::Wide => "..",
    }
}

#[cfg(test)]
mod tests {
    use super::Ambiguous::{Narrow, Wide};
    use super::*;

    #[test]
    fn cells_by_terminal() {
        for (text, narrow, wide) in [
            ("", 0, 0),
            ("a", 1, 1),
            ("中", 2, 2),
            ("𠀀", 2, 2),
            ("，", 2, 2),
            ("한", 2, 2),
            ("“", 1, 2),
            ("…", 1, 2),
            ("·", 1, 2),
            ("é", 1, 2),
            ("e\u{301}", 1, 1),
            ("“\u{FE01}", 1, 2),
            ("ｶ", 1, 1),
            ("ｶﾞ", 2, 2),
            ("か\u{3099}", 2, 2),
            ("각", 2, 2),
            ("😀", 2, 2),
            ("👩‍💻", 2, 2),
            ("👍🏽", 2, 2),
            ("🇨🇳", 2, 2),
            ("\n", 0, 0),
            ("\u{7}", 0, 0),
            ("\u{301}", 0, 0),
            ("\u{3000}", 2, 2),
        ] {
            assert_eq!((cluster(text, Narrow), cluster(text, Wide)), (narrow, wide), "{text:?}");
        }
    }

    #[test]
    fn a_text_is_the_sum_of_its_clusters() {
        assert_eq!(width("他说：“OK”", Narrow), 10);
        assert_eq!(width("他说：“OK”", Wide), 12);
        assert_eq!(width(&"中".repeat(40_000), Narrow), u16::MAX);
    }

    #[test]
    fn clusters_are_those_of_the_standard() {
        for text in [
            "a中b，“c”",
            "中\u{301}国\u{FE00}a\u{308}中",
            "中\u{E0100}文",
            "🇨🇳🇺🇸🇨 👩‍💻x\u{200d}中\u{3099}",
            "각a\u{1100}\u{1161}\u{11A8}नि क्षि\u{0600}中ｶﾞﾞ\r\n\u{7F}\n\u{301}",
        ] {
            let ours: Vec<_> = clusters(text, Narrow).map(|(at, g, _)| (at, g)).collect();
            assert_eq!(ours, text.grapheme_indices(true).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_text_is_cut_to_fit() {
        for (text, cells, want) in [
            ("主持人Mark", 10, "主持人Mark"),
            ("主持人Mark", 9, "主持人Ma…"),
            ("主持人Mark", 5, "主持…"),
            ("主持人Mark", 4, "主…"),
            ("主 持人", 4, "主…"),
            ("主持", 1, "…"),
            ("主持", 0, ""),
            ("", 0, ""),
        ] {
            assert_eq!(fit(text, cells, Narrow, "…"), want, "{cells}");
        }
        assert_eq!(fit("主持人", 4, Wide, "…"), "主…");
        assert_eq!(fit("ab", 1, Wide, "…"), "a");
        assert_eq!(fit("主持人", 5, Wide, "..."), "主...");
    }
}
