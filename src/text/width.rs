//! Text → cells: how wide a grapheme cluster stands on this terminal. Nothing else measures width.
//!
//! The base is the `unicode-width` crate. Two things depend on the terminal: East Asian Ambiguous
//! characters (UAX #11) and emoji sequences; the [`Profile`] says how it draws them.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::ambiguous::is_ambiguous;
pub use super::profile::{Ambiguous, Joins, Profile};

/// The cells, 0 to 2, of one grapheme cluster. A control character has none.
pub fn cluster(g: &str, profile: Profile) -> u16 {
    let mut chars = g.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some(c), None) => single(c, profile),
        _ => sequence(g, profile),
    }
}

/// The cells of `text`; `u16::MAX` if there are more.
pub fn width(text: &str, profile: Profile) -> u16 {
    clusters(text, profile).fold(0, |sum: u16, (_, _, cells)| sum.saturating_add(cells))
}

/// The grapheme clusters (UAX #29) of `text` in order: the byte where each begins, itself, and its
/// cells.
pub fn clusters(text: &str, profile: Profile) -> impl Iterator<Item = (usize, &str, u16)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let length = first_cluster(&text[at..]);
        let g = &text[at..at + length];
        at += length;
        (length > 0).then(|| (at - length, g, cluster(g, profile)))
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
pub fn fit<'a>(text: &'a str, cells: u16, profile: Profile, ellipsis: &str) -> Cow<'a, str> {
    let tail = Some(width(ellipsis, profile)).filter(|&tail| tail <= cells);
    let room = cells - tail.unwrap_or(0);
    let (mut used, mut cut) = (0, 0);
    for (at, g, wide) in clusters(text, profile) {
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

fn single(c: char, profile: Profile) -> u16 {
    match u32::from(c) {
        0x20..=0x7E => 1,
        0x3041..=0x3096 | 0x30A1..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xFF01..=0xFF60 => {
            2
        }
        _ => match c.width() {
            Some(1) if profile.ambiguous == Ambiguous::Wide && is_ambiguous(c) => 2,
            Some(cells @ 0..=2) => cells as u16,
            Some(_) => 2,
            None => 0,
        },
    }
}

/// The cells of a cluster of several characters: no terminal that joins them gives it more than two.
fn sequence(g: &str, profile: Profile) -> u16 {
    let shown = shown(g, profile);
    let mut chars = shown.chars();
    let (Some(c), Some(_)) = (chars.next(), chars.next()) else {
        return shown.chars().next().map_or(0, |c| single(c, profile));
    };
    let whole = shown.width().min(2) as u16;
    whole.max(single(c, profile))
}

/// A cluster as it is printed: without what this terminal would draw as a glyph of its own, or at
/// another width than we think. The source keeps all of it.
pub fn shown(g: &str, profile: Profile) -> Cow<'_, str> {
    let mut chars = g.chars();
    let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return Cow::Borrowed(g) };
    let joins = profile.joins;
    let regional = |c| matches!(c, '\u{1F1E6}'..='\u{1F1FF}');
    if regional(first) && regional(second) {
        return if joins.contains(Joins::FLAG) { Cow::Borrowed(g) } else { Cow::Owned(letters(g)) };
    }
    let mut end = g.len();
    if !joins.contains(Joins::ZWJ)
        && let Some(at) = g.find('\u{200D}')
        && is_pictograph(first)
    {
        end = at;
    }
    let kept = |c: char| match c {
        // Forms of East Asian quotes (Unicode 16), text presentation: terminals ignore them.
        '\u{FE00}' | '\u{FE01}' | '\u{FE0E}' => false,
        '\u{FE0F}' if g.contains('\u{20E3}') => joins.contains(Joins::KEYCAP),
        '\u{FE0F}' => joins.contains(Joins::PRESENTATION),
        '\u{20E3}' => joins.contains(Joins::KEYCAP),
        '\u{1F3FB}'..='\u{1F3FF}' => joins.contains(Joins::SKIN_TONE),
        _ => true,
    };
    let bare = g[first.len_utf8()..end].chars().all(kept);
    let head = first.len_utf8();
    let g = match (bare, end == g.len()) {
        (true, true) => Cow::Borrowed(g),
        (true, false) => Cow::Borrowed(&g[..end]),
        (false, _) => {
            let rest = g[head..end].chars().filter(|&c| kept(c));
            Cow::Owned(std::iter::once(first).chain(rest).collect())
        }
    };
    composed(g)
}

/// Letters with marks of their own as one character, where there is one (NFC): some terminals give
/// the mark cells.
fn composed(g: Cow<'_, str>) -> Cow<'_, str> {
    let mark = |c: char| matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{1160}'..='\u{11FF}');
    if g.chars().skip(1).any(mark) { Cow::Owned(g.nfc().collect()) } else { g }
}

/// A flag as the letters it stands for.
fn letters(g: &str) -> String {
    let letter = |c: char| u32::from(c).checked_sub(0x1F1E6).and_then(|at| u8::try_from(at).ok());
    g.chars().filter_map(letter).map(|at| char::from(b'A' + at.min(25))).collect()
}

/// Whether a character may begin an emoji sequence, roughly: the planes and blocks that have any.
fn is_pictograph(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2BFF | 0x3030..=0x303D | 0x3297..=0x3299 | 0x1F000..=0x1FAFF)
}

/// What stands for text that was cut off.
pub fn ellipsis(profile: Profile) -> &'static str {
    match profile.ambiguous {
        Ambiguous::Narrow => "…",
        Ambiguous::Wide => "..",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NARROW: Profile = Profile::NARROW;
    const WIDE: Profile = Profile::WIDE;

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
            // Shown as one character, é.
            ("e\u{301}", 1, 2),
            ("“\u{FE01}", 1, 2),
            ("ｶ", 1, 1),
            ("ｶﾞ", 2, 2),
            ("か\u{3099}", 2, 2),
            ("각", 2, 2),
            ("😀", 2, 2),
            ("👩‍💻", 2, 2),
            ("👍🏽", 2, 2),
            ("🇨🇳", 2, 2),
            ("🇨", 1, 1),
            ("❤\u{FE0F}", 1, 1),
            ("⌚\u{FE0E}", 2, 2),
            ("1\u{FE0F}\u{20E3}", 1, 1),
            ("👩‍👩‍👧‍👦", 2, 2),
            ("\n", 0, 0),
            ("\u{7}", 0, 0),
            ("\u{301}", 0, 0),
            ("\u{3000}", 2, 2),
        ] {
            assert_eq!((cluster(text, NARROW), cluster(text, WIDE)), (narrow, wide), "{text:?}");
        }
    }

    #[test]
    fn sequences_that_are_not_joined_are_shown_as_what_they_begin_with() {
        let heart = "❤\u{FE0F}";
        for (text, joins, want, cells) in [
            (heart, Joins::SAFE, "❤", 1),
            (heart, Joins::PRESENTATION, heart, 2),
            ("👩🏽‍💻", Joins::SAFE, "👩", 2),
            ("👩🏽‍💻", Joins::all(), "👩🏽‍💻", 2),
            ("👩🏽‍💻", Joins::SKIN_TONE, "👩🏽", 2),
            ("👩🏽‍💻", Joins::ZWJ, "👩‍💻", 2),
            ("1\u{FE0F}\u{20E3}", Joins::SAFE, "1", 1),
            ("1\u{FE0F}\u{20E3}", Joins::KEYCAP, "1\u{FE0F}\u{20E3}", 2),
            ("🇨🇳", Joins::SAFE, "🇨🇳", 2),
            ("🇨🇳", Joins::SAFE.difference(Joins::FLAG), "CN", 2),
            ("か\u{3099}", Joins::SAFE, "が", 2),
            ("ᄒ\u{1161}\u{11AB}", Joins::SAFE, "한", 2),
            ("“\u{FE01}", Joins::all(), "“", 1),
            ("क\u{94D}\u{200D}ष", Joins::SAFE, "क\u{94D}\u{200D}ष", 2),
        ] {
            let profile = Profile { joins, ..NARROW };
            assert_eq!(shown(text, profile), want, "{joins:?}");
            assert_eq!(cluster(text, profile), cells, "{text:?} {joins:?}");
        }
    }

    #[test]
    fn a_text_is_the_sum_of_its_clusters() {
        assert_eq!(width("他说：“OK”", NARROW), 10);
        assert_eq!(width("他说：“OK”", WIDE), 12);
        assert_eq!(width(&"中".repeat(40_000), NARROW), u16::MAX);
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
            let ours: Vec<_> = clusters(text, NARROW).map(|(at, g, _)| (at, g)).collect();
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
            assert_eq!(fit(text, cells, NARROW, "…"), want, "{cells}");
        }
        assert_eq!(fit("主持人", 4, WIDE, "…"), "主…");
        assert_eq!(fit("ab", 1, WIDE, "…"), "a");
        assert_eq!(fit("主持人", 5, WIDE, "..."), "主...");
    }
}
