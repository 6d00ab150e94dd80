//! What generators of sites fill in → Markdown: short codes (`{{< figure src="a.png" >}}`) and tags
//! of Liquid (`{% include a.html %}`). Pictures and films are kept, words in quotes as well; what is
//! left is for a program, and no reader. Lines stay where they are.

use super::fences::Fences;
use super::html::attribute;

/// The longest tag, in bytes.
const TAG: usize = 2_000;

/// The most bytes of a link's address before a tag in it.
const NEAR: usize = 512;

/// How tags begin and end.
const SIGNS: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// What a picture is called, as a part of the tag's name.
const PICTURES: &[&str] = &["figure", "fig", "img", "image", "picture", "photo"];

/// The parameters that hold words for a reader.
const WORDS: &[&str] = &["title", "text", "content", "quote", "caption", "footer", "author"];

/// The text as Markdown, if it has such tags.
pub fn plain(text: &str) -> Option<String> {
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    if !SIGNS.iter().any(|(open, close)| has(open) && has(close)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut fences = Fences::default();
    // Behind the last tag that was taken, which may end lines below.
    let mut from = 0;
    // A comment that has no end hides nothing.
    let last = memchr::memmem::rfind(text.as_bytes(), b"endcomment");
    let mut hidden = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if end <= from {
            start = end;
            continue;
        }
        if start >= from && hidden.is_none() && fences.pass(line) {
            out.push_str(line);
            (start, from) = (end, end);
            continue;
        }
        from = from.max(start);
        while let Some((at, behind, name, inner)) = next(text, from, end) {
            let before = &text[from..at];
            if hidden.is_none() {
                out.push_str(before);
            }
            from = behind;
            match hidden {
                Some(close) if name == close => hidden = None,
                Some(_) => {}
                None if name == "comment" && last > Some(at) => hidden = Some("endcomment"),
                None => out.push_str(&shown(name, inner, &out)),
            }
            // A tag of several lines leaves as many.
            out.extend(text[at..behind].matches('\n'));
        }
        if from < end {
            let rest = &text[from..end];
            out.push_str(if hidden.is_none() { rest } else { rest.trim_matches(|c| c != '\n') });
            from = end;
        }
        start = end;
    }
    Some(out)
}

/// The next tag that begins in a line, outside of code: where it begins, what is behind it, its name
/// and its parameters.
fn next(text: &str, from: usize, end: usize) -> Option<(usize, usize, &str, &str)> {
    let line = text.get(from..end)?;
    // Whether code is open, up to which byte of the line.
    let (mut code, mut counted) = (false, 0);
    for found in memchr::memchr_iter(b'{', line.as_bytes()) {
        let here = &text[from + found..];
        let Some((open, close)) = SIGNS.iter().find(|(open, _)| here.starts_with(open)) else {
            continue;
        };
        code ^= memchr::memchr_iter(b'`', &line.as_bytes()[counted..found]).count() % 2 == 1;
        counted = found;
        let near = &here[open.len()..];
        let near = &near[..near.floor_char_boundary(TAG)];
        let Some(length) = near.find(close).filter(|_| !code) else { continue };
        // `{% isbn('4756', 'A title') %}`: what only its site can say.
        if near[..length].contains("('") {
            continue;
        }
        let inner = near[..length].trim_matches(['-', ' ', '\n', '\t', '\r', '/']);
        let closes = near.trim_start().starts_with('/');
        let (name, inner) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let at = from + found;
        let behind = at + open.len() + length + close.len();
        return Some((at, behind, if closes { "" } else { name }, inner.trim()));
    }
    None
}

/// What a reader sees of a tag, behind what stands before it.
fn shown(name: &str, inner: &str, before: &str) -> String {
    let first = || {
        let bare = inner.split_whitespace().next().unwrap_or_default();
        let quoted = |quote: char| inner.strip_prefix(quote)?.split(quote).next();
        let quoted = quoted('"').or_else(|| quoted('\''));
        quoted.unwrap_or(if bare.contains('=') { "" } else { bare }).to_owned()
    };
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
    let line = near.rsplit('\n').next().unwrap_or_default();
    let target = line.rfind("](").is_some_and(|at| !line[at..].contains(')'));
    if target {
        return first();
    }
    let small = name.to_ascii_lowercase();
    let id = || attribute(inner, "id").unwrap_or_else(first);
    let address = match small.as_str() {
        "youtube" => Some(format!("https://www.youtube.com/watch?v={}", id())),
        "vimeo" => Some(format!("https://vimeo.com/{}", id())),
        "audio" | "video" => attribute(inner, "src").or_else(|| Some(first())),
        _ => None,
    };
    if let Some(address) = address.filter(|address| !address.contains(char::is_whitespace)) {
        return if address.contains("://") { format!("<{address}>") } else { String::new() };
    }
    // `{% include image.html url="a.png" %}`
    let included = || first().trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let picture = |name: &str| PICTURES.iter().any(|word| name.starts_with(word));
    let included = small == "include" && picture(&included());
    if included || picture(&small) {
        let source =
            ["src", "url", "path", "file", "link"].iter().find_map(|name| attribute(inner, name));
        let source = source.unwrap_or_else(|| if included { String::new() } else { first() });
        let words = ["caption", "title", "alt"].iter().find_map(|name| attribute(inner, name));
        let words = words.unwrap_or_default().replace(['[', ']', '\n'], " ");
        let plain = !source.is_empty() && !source.contains(char::is_whitespace);
        return if plain { format!("![{words}]({source})") } else { words };
    }
    match small.as_str() {
        "highlight" => format!("```{}", first()),
        "endhighlight" => "```".to_owned(),
        "include" | "assign" | "if" | "for" | "set" | "elsif" | "unless" => String::new(),
        _ => {
            let words = WORDS.iter().filter_map(|name| attribute(inner, name));
            words.filter(|words| words.contains(' ')).collect::<Vec<_>>().join(" ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn tags_of_generators() {
        for (text, want) in [
            (
                "### {{< figure src=\"/a.png\" alt=\"Ann\" >}} Ann Lee\n",
                "### ![Ann](/a.png) Ann Lee\n",
            ),
            ("a\n\n{{< youtube 0abc >}}\n", "a\n\n<https://www.youtube.com/watch?v=0abc>\n"),
            ("{{% notice %}}\nKept.\n{{% /notice %}}\n", "\nKept.\n\n"),
            ("{{< figure\n  src=\"a.png\"\n>}}\nb\n", "![](a.png)\n\n\nb\n"),
            (
                "See [it]({{< ref \"/b\" >}}) and [c]({% post_url 2020-a %}).\n",
                "See [it](/b) and [c](2020-a).\n",
            ),
            ("{% comment %}no\nno{% endcomment %}yes\n", "\nyes\n"),
            ("{% include a.html title=\"b c\" %}\n**Ann:** Hi.\n", "\n**Ann:** Hi.\n"),
            (
                "Use `{% raw %}` or\n```\n{% raw %}\n```\n{% raw %}x\n",
                "Use `{% raw %}` or\n```\n{% raw %}\n```\nx\n",
            ),
            ("{% highlight rust %}\nfn\n{% endhighlight %}\n", "```rust\nfn\n```\n"),
            ("{{< quote text=\"She came late\" >}}\n", "She came late\n"),
            ("{{< open\n{% open\n %}\n", "{{< open\n\n\n"),
            ("{% include image.html url=\"/a.png\" description=\"\" %}\n", "![](/a.png)\n"),
            ("{% comment %}kept\n", "kept\n"),
            ("[{% isbn('4', 'A b') %}]\n", "[{% isbn('4', 'A b') %}]\n"),
            ("{{ site.title }} {{< a >}}{{< \n", "{{ site.title }} {{< \n"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(want), "{text}");
        }
        assert_eq!(plain("{{ a }} {% b\n"), None);
    }
}
