//! The width of text in cells.

/// How many cells a terminal gives to East Asian Ambiguous characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One.
    #[default]
    Narrow,
    /// Two.
    Wide,
}

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;
/// c
pub fn clusters(text: &str, _a: Ambiguous) -> impl Iterator<Item = (usize, &str, u16)> {
    text.grapheme_indices(true).map(|(o, g)| (o, g, g.width().min(2) as u16))
}
/// w
pub fn width(text: &str, a: Ambiguous) -> usize {
    clusters(text, a).map(|c| usize::from(c.2)).sum()
}
/// f
pub fn fit<'a>(text: &'a str, cells: u16, a: Ambiguous, _e: &str) -> Cow<'a, str> {
    let mut w = 0;
    for (o, _, c) in clusters(text, a) {
        w += c;
        if w > cells {
            return Cow::Borrowed(&text[..o]);
        }
    }
    Cow::Borrowed(text)
}
/// e
pub fn ellipsis(a: Ambiguous) -> &'static str {
    match a {
        Ambiguous::Narrow => "…",
        Ambiguous::Wide => "..",
    }
}
