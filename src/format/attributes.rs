//! The attributes of tags, and references to characters.

/// The attributes of a tag, in order: name and value as they are written (HTML 13.1.2.3). A name
/// without a value has an empty one.
pub fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
        if rest.is_empty() {
            return None;
        }
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/' | '>');
        // A name may begin with `=`, so that none is empty.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(ends).map_or(rest.len(), |at| first + at);
        let (name, behind) = rest.split_at(end);
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            rest = behind;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let (value, behind) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => {
                let ends = |c: char| c.is_ascii_whitespace() || c == '>';
                value.split_at(value.find(ends).unwrap_or(value.len()))
            }
        };
        rest = behind;
        Some((name, value))
    })
}

/// The value of an attribute, character references decoded.
pub fn attribute(tag: &str, wanted: &str) -> Option<String> {
    attributes(tag).find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, v)| decode(v))
}

/// Decodes character references (HTML 13.2.5.72). What only keeps words together is a space.
pub fn decode(text: &str) -> String {
    let text = htmlize::unescape(text).into_owned();
    if text.contains('\u{A0}') { text.replace('\u{A0}', " ") } else { text }
}
