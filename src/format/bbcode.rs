//! BBCode, the markup of forums, → Markdown: `[b]Ann:[/b] Well.` Lines stay where they are.

use std::borrow::Cow;

/// From how many ends of bold text on a text is taken for a forum's.
const LEAST: usize = 2;
/// The longest title of a thread, in bytes.
const TITLE: usize = 240;
/// The longest tag, in bytes.
const TAG: usize = 200;

/// What stands for a tag in Markdown; elements that only dress their text are left out.
const TAGS: &[(&str, &str)] = &[
    ("b", "**"),
    ("i", "*"),
    ("u", ""),
    ("s", ""),
    ("size", ""),
    ("color", ""),
    ("font", ""),
    ("center", ""),
    ("left", ""),
    ("right", ""),
    ("justify", ""),
    ("indent", ""),
    ("quote", ""),
    ("spoiler", ""),
    ("url", ""),
    ("email", ""),
];

/// The text as Markdown, if it is BBCode.
pub fn plain(text: &str) -> Option<Cow<'_, str>> {
    let ends = memchr::memmem::find_iter(text.as_bytes(), "[/b]").take(LEAST).count();
    let begins = memchr::memmem::find_iter(text.as_bytes(), "[b]").take(LEAST).count();
    if ends < LEAST || begins < LEAST {
        return None;
    }
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    // Markdown and code have brackets of their own. Whoever marks names does so where lines begin.
    let lines = text.lines().filter(|line| line.trim_start().starts_with("[b]")).count();
    let all = memchr::memmem::find_iter(text.as_bytes(), "[b]").count();
    let closed = memchr::memmem::find_iter(text.as_bytes(), "[/b]").count();
    let link = ["](http", "](/", "](#", "](.", "](mailto"];
    let other =
        link.iter().any(|sign| has(sign)) || has("```") || has("\n# ") || text.starts_with('#');
    if other || lines < LEAST || lines * 3 < all || closed.abs_diff(all) * 5 > all {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'[', b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let here = &rest[at..];
        // Forums have no elements of HTML.
        if let Some(behind) = here.strip_prefix('<') {
            out.push_str("&lt;");
            rest = behind;
            continue;
        }
        let near = &here[..here.floor_char_boundary(TAG)];
        let taken = near.find(']').and_then(|end| {
            let inner = &here[1..end];
            let bare = inner.trim_start_matches('/');
            let (name, value) = bare.split_once('=').unwrap_or((bare, ""));
            let name = name.to_ascii_lowercase();
            // What is quoted of whom is no markup, nor is `[i]` without its end.
            if name == "quote" && !value.is_empty() || !has(&format!("[/{name}]")) {
                return None;
            }
            if name == "img" && !inner.starts_with('/') {
                let behind = &here[end + 1..];
                let near = &behind[..behind.floor_char_boundary(TAG * 4)];
                let close = near.to_ascii_lowercase().find("[/img]")?;
                out.push_str("![](");
                out.push_str(behind[..close].trim());
                out.push(')');
                return Some(end + 1 + close + "[/img]".len());
            }
            let (_, mark) = TAGS.iter().find(|(tag, _)| *tag == name)?;
            out.push_str(mark);
            Some(end + 1)
        });
        let taken = taken.unwrap_or_else(|| {
            out.push('[');
            1
        });
        rest = &here[taken..];
    }
    out.push_str(rest);
    // What a thread is called stands above its first post.
    let title = out.lines().next().unwrap_or_default().trim();
    let said = title.ends_with(['.', '!', '?', ':', '。', '！', '？', '：']);
    let words = !title.contains("**") && !title.starts_with(['!', '[']);
    if (1..=TITLE).contains(&title.len()) && words && !said {
        out.insert_str(0, "# ");
    }
    Some(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn tags_of_forums() {
        let of = |text: &str| plain(text).map(|text| text.into_owned());
        assert_eq!(
            of("[center][img]http://a.example/b.jpg[/img][/center]\n[b]Ann:[/b] Well [1].\n\n[b]Ben:[/b] [i]No[/i] [url=http://a.example]x[/url]\n")
                .as_deref(),
            Some("![](http://a.example/b.jpg)\n**Ann:** Well [1].\n\n**Ben:** *No* x\n")
        );
        assert_eq!(of("[b]one[/b] and [x"), None);
        assert_eq!(
            of("[b]a[/b]\n[b]b[/b] x[i] < [img]c [").as_deref(),
            Some("**a**\n**b** x[i] &lt; [img]c [")
        );
        assert_eq!(of("[b]a[/b] [b]b[/b] in `[b]`, [c](d)\n"), None);
    }
}
