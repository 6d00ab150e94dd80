//! YAML front matter → fields: `key: value` lines between two `---`. Nested values are passed over.

use crate::text::Clean;

/// The fields in their order: key in lower case, and value.
pub type Fields = Vec<(String, String)>;

/// The front matter at the beginning of a text, and how many bytes it takes; none where the text
/// begins otherwise.
pub fn front_matter(text: &str) -> (Fields, usize) {
    let Some(first) = text.lines().next().filter(|line| line.trim_end() == "---") else {
        return (Fields::new(), 0);
    };
    let mut fields = Fields::new();
    let mut at = line_end(text, first.len());
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
        let line = text[at..end].trim_end();
        at = line_end(text, end);
        if line == "---" || line == "..." {
            return (fields, at);
        }
        let pair = line.split_once(':').filter(|_| !line.starts_with([' ', '-', '#']));
        if let Some((key, value)) = pair {
            let value = value.trim();
            let quoted = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
            let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value);
            if !value.is_empty() && !matches!(value, "|" | ">" | "[]" | "null") {
                fields.push((key.trim().to_lowercase(), Clean::line(value).into_string()));
            }
        } else if !line.is_empty() && !line.starts_with([' ', '-', '#', '\t']) {
            // No field: two rules with prose between them.
            return (Fields::new(), 0);
        }
    }
    (Fields::new(), 0)
}

fn line_end(text: &str, at: usize) -> usize {
    (at + 1).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_what_is_none() {
        let text = "---\nTitle: \"一：二\"\ntags:\n  - a\nurl: https://x.org/a?b=c\n---\n正文";
        let (fields, taken) = front_matter(text);
        assert_eq!(fields[0], ("title".to_owned(), "一：二".to_owned()));
        assert_eq!(fields[1], ("url".to_owned(), "https://x.org/a?b=c".to_owned()));
        assert_eq!(&text[taken..], "正文");
        assert_eq!(front_matter("---\n一段话\n---\n"), (Vec::new(), 0));
        assert_eq!(front_matter("---\ntitle: x\n"), (Vec::new(), 0));
        assert_eq!(front_matter("正文"), (Vec::new(), 0));
    }
}
