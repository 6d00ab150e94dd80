//! Where a sign of punctuation stands in a long text.

/// Where `sign` stands in a text, in bytes. It is looked for by its last byte: the first ones of `：`
/// are those of `，` as well, which Chinese has everywhere.
pub fn places(text: &str, sign: &'static str) -> impl Iterator<Item = usize> {
    let (text, sign) = (text.as_bytes(), sign.as_bytes());
    let last = sign.last().copied().unwrap_or_default();
    memchr::memchr_iter(last, text)
        .filter(move |&at| text[..=at].ends_with(sign))
        .map(move |at| at + 1 - sign.len())
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn where_signs_stand() {
        let text = "问：好？答：好，“？”か。嚚か？";
        for sign in ["：", "？", "か。", "か", "?", "“？”"] {
            let want: Vec<usize> = text.match_indices(sign).map(|(at, _)| at).collect();
            assert_eq!(places(text, sign).collect::<Vec<_>>(), want, "{sign}");
        }
    }
}
