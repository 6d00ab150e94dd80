//! stub
/// s
pub fn sentence_at(text: &str, offset: usize) -> std::ops::Range<usize> {
    let s = text[..offset].rfind('。').map_or(0, |a| a + 3);
    let e = text[offset..].find('。').map_or(text.len(), |a| offset + a + 3);
    s..e
}
