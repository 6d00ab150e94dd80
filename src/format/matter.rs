//! Front matter → fields: YAML's `key: value` lines between two `---`, TOML between two `+++`, or a
//! JSON object before everything else. The items of a list become one value; what is nested deeper is
//! passed over.

use serde_json::Value;

use crate::text::Clean;

/// The fields in their order: key in lower case, and value.
pub type Fields = Vec<(String, String)>;

/// The front matter at the beginning of a text, and how many bytes it takes; none where the text
/// begins otherwise.
pub fn front_matter(text: &str) -> (Fields, usize) {
    if text.trim_start().starts_with('{') {
        return json(text).unwrap_or_default();
    }
    let first = text.lines().next().unwrap_or_default();
    match first.trim_end() {
        "---" => {}
        "+++" => return toml(text, first.len()).unwrap_or_default(),
        _ => return (Fields::new(), 0),
    }
    let mut fields = Fields::new();
    // The key of a list, and whether an item of it was met.
    let mut list: Option<(String, bool)> = None;
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
            let value = unquoted(value.trim());
            list = value.is_empty().then(|| (key.trim().to_lowercase(), false));
            if !value.is_empty() && !matches!(value, "|" | ">" | "[]" | "null") {
                fields.push(field(key, value));
            }
        } else if let Some((key, begun)) = &mut list
            && let Some(item) = line.trim_start().strip_prefix("- ")
        {
            // `- name: Jane Roe`, with what else is known of her below.
            let item = item.trim();
            let item = unquoted(item.strip_prefix("name:").unwrap_or(item).trim());
            match fields.last_mut().filter(|_| *begun) {
                Some((_, items)) => {
                    items.push_str(", ");
                    items.push_str(&Clean::line(item).into_string());
                }
                None => fields.push(field(key, item)),
            }
            *begun = true;
        } else if !line.is_empty() && !line.starts_with([' ', '-', '#', '\t']) {
            // No field: two rules with prose between them.
            return (Fields::new(), 0);
        }
    }
    (Fields::new(), 0)
}

/// A value without its quotes.
fn unquoted(value: &str) -> &str {
    let quoted = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    quoted('"').or_else(|| quoted('\'')).unwrap_or(value)
}

/// The fields of a TOML head.
fn toml(text: &str, first: usize) -> Option<(Fields, usize)> {
    let from = line_end(text, first);
    let end = text[from..].find("\n+++")? + from + 1;
    let table: toml::Table = text[from..end].parse().ok()?;
    let fields = table.iter().filter_map(|(key, value)| {
        let value = match value {
            toml::Value::String(value) => value.clone(),
            toml::Value::Array(items) => {
                let items: Vec<&str> = items.iter().filter_map(toml::Value::as_str).collect();
                Some(items.join(", ")).filter(|items| !items.is_empty())?
            }
            toml::Value::Datetime(value) => value.to_string(),
            _ => return None,
        };
        Some(field(key, &value))
    });
    let rest = end + 3;
    Some((
        fields.collect(),
        line_end(text, text[rest..].find('\n').map_or(text.len(), |n| rest + n)),
    ))
}

/// The fields of a JSON head; text must follow, else it is a JSON file.
fn json(text: &str) -> Option<(Fields, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let Some(Ok(Value::Object(object))) = values.next() else { return None };
    let taken = values.byte_offset();
    let rest = &text[taken..];
    // The head ends with its line.
    let newline = rest.find('\n').filter(|&end| rest[..end].trim().is_empty())?;
    if rest.trim().is_empty() {
        return None;
    }
    let fields = object.iter().filter_map(|(key, value)| {
        let items = value.as_array().map(|items| items.iter().filter_map(Value::as_str));
        let items = items.map(|items| items.collect::<Vec<&str>>().join(", "));
        let value = items.as_deref().filter(|items| !items.is_empty()).or(value.as_str())?;
        Some(field(key, value))
    });
    Some((fields.collect(), taken + newline + 1))
}

fn field(key: &str, value: &str) -> (String, String) {
    (key.trim().to_lowercase(), Clean::line(value).into_string())
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
        assert_eq!(fields[1], ("tags".to_owned(), "a".to_owned()));
        assert_eq!(fields[2], ("url".to_owned(), "https://x.org/a?b=c".to_owned()));
        assert_eq!(&text[taken..], "正文");
        let (fields, _) = front_matter("---\ntags:\n- 'a'\n- b: c\n\nx:\n  y: z\n---\n");
        assert_eq!(fields, [("tags".to_owned(), "a, b: c".to_owned())]);
        assert_eq!(front_matter("---\n一段话\n---\n"), (Vec::new(), 0));
        assert_eq!(front_matter("---\ntitle: x\n"), (Vec::new(), 0));
        assert_eq!(front_matter("正文"), (Vec::new(), 0));
        let title = vec![("title".to_owned(), "甲".to_owned())];
        let text = "+++\ntitle = \"甲\"\ntags = [1]\n+++\n正文";
        assert_eq!(front_matter(text), (title.clone(), text.len() - "正文".len()));
        let text = "{\n \"title\": \"甲\", \"draft\": null\n}\n正文";
        assert_eq!(front_matter(text), (title, text.len() - "正文".len()));
        assert_eq!(front_matter("{\"a\":\"b\"}éx\n正文"), (Vec::new(), 0));
        for broken in ["+++\n", "+++\nx\n+++\n", "{\n", "{\n}\n", "{\n\"a\": 1\n}\n"] {
            assert_eq!(front_matter(broken).0, Vec::new(), "{broken}");
        }
    }
}
