//! Text → Markdown that is read as that text (CommonMark 0.31, and what GitHub adds).

/// Text that Markdown reads as text; `\n` stays a line end.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Whether only blanks stand before this on the line.
    let mut bare = true;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let behind = rest.chars().next();
        let special = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' | '~' => true,
            // Inside of a word it is text (CommonMark 6.2).
            '_' => {
                let before = text[..at].chars().next_back();
                !(before.is_some_and(char::is_alphanumeric)
                    && behind.is_some_and(char::is_alphanumeric))
            }
            // A character by its name or number (2.5).
            '&' => behind.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
            // A heading's closing signs (4.2).
            '#' => {
                let line = rest.split('\n').next().unwrap_or_default();
                bare || line.trim_end().chars().all(|c| c == '#')
            }
            '>' | '+' | '-' | '=' | '|' => bare,
            ':' => bare && behind == Some('-'),
            '.' | ')' => {
                let line = text[..at].rsplit('\n').next().unwrap_or_default().trim_start();
                !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
            }
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        bare = c == '\n' || bare && c == ' ';
    }
    out
}

/// An address as a link to itself, where Markdown has a form for that (6.5); else as text.
pub fn linked(url: &str) -> String {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let named = (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    match named && !url.contains([' ', '<', '>']) {
        true => format!("<{url}>"),
        false => escaped(url),
    }
}
