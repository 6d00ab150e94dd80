//! Which characters are East Asian: the one table that joining, breaking and measuring ask.

/// Whether `c` is a Han character, a kana or another wide East Asian letter; not Hangul, not
/// punctuation.
pub fn is_han_or_kana(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3038..=0x303C | 0x3041..=0x3096
        | 0x309D..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x3105..=0x312F | 0x31A0..=0x31BF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F | 0x1B000..=0x1B16F | 0x20000..=0x3FFFF)
}

/// Whether `c` is a Hangul syllable or letter.
pub fn is_hangul(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xFFA1..=0xFFDC)
}

/// Whether `c` is punctuation or a letter that is full or wide (East_Asian_Width F or W) and
/// neither Hangul nor emoji: `，` `（` `「` `Ａ` and the like, besides Han and kana.
pub fn is_wide_east_asian(c: char) -> bool {
    is_han_or_kana(c)
        || matches!(u32::from(c), 0x2329 | 0x232A | 0x3000..=0x303E | 0x3099..=0x309C | 0x30A0 | 0x30FB | 0x3200..=0x33FF
            | 0xFE10..=0xFE19 | 0xFE30..=0xFE6F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6)
}

/// Whether `c` is punctuation whose width depends on the terminal and which Chinese shares with
/// Latin: curly quotes, dashes, the ellipsis and the middle dot.
pub fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '―' | '…' | '⋯' | '·' | '‧')
}
