//! Where the labels of links lead (CommonMark 4.7).

use std::collections::HashMap;

/// The link reference definitions of a text, by label: in one chunk they are the parser's, but a
/// link's may stand in another.
pub fn definitions(text: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut passed = 0;
    // Few lines have the signs between a label and where it leads.
    for at in memchr::memmem::find_iter(text.as_bytes(), "]:") {
        if at < passed {
            continue;
        }
        let begin = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end);
        passed = end;
        let line = &text[begin..end];
        let bare = line.trim_start();
        if line.len() - bare.len() > 3 {
            continue;
        }
        let Some((label, rest)) = bare.strip_prefix('[').and_then(|rest| rest.split_once("]:"))
        else {
            continue;
        };
        let Some(url) = rest.split_whitespace().next() else { continue };
        let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
        if !label.contains(['[', ']']) {
            found.entry(folded(label)).or_insert_with(|| url.to_owned());
        }
    }
    found
}

/// A link label as it is compared (CommonMark 4.7): without regard to case and to kinds of blanks.
pub fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
