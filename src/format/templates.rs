//! What generators of sites fill in → Markdown: short codes (`{{< figure src="a.png" >}}`) and tags
//! of Liquid (`{% include a.html %}`). Pictures, films, who speaks and the words in quotes are kept;
//! what is left is for a program, and no reader. Lines stay where they are.

use super::components::COMPONENTS;
use super::fences::Fences;

/// The longest tag, in bytes.
const TAG: usize = 2_000;
/// The most bytes of a link's address before a tag in it.
const NEAR: usize = 512;

/// How tags begin and end.
const SIGNS: &[(&str, &str)] = &[("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// What a picture is called, as the beginning of the tag's name.
const PICTURES: &[&str] = &["figure", "fig", "img", "image", "picture", "photo"];
/// Where its address stands, and where its caption does.
const SOURCES: &[&str] = &["src", "url", "path", "file", "link", "image"];
const CAPTIONS: &[&str] = &["caption", "title", "description", "attr"];
/// Parameters of other tags that hold no words for a reader.
const MUTE: &[&str] = &[
    "class", "style", "id", "alt", "src", "href", "url", "path", "link", "width", "height",
    "sizes", "date", "type", "lang", "file", "image", "icon", "color", "target", "rel",
];
/// Tags whose parameters are for a program.
const PROGRAMS: &[&str] = &[
    "assign",
    "if",
    "elsif",
    "else",
    "unless",
    "for",
    "case",
    "when",
    "capture",
    "set",
    "ref",
    "relref",
    "param",
    "partial",
    "gist",
    "tweet",
    "x",
    "instagram",
    "post_url",
    "link",
    "render",
    "extends",
    "block",
    "import",
];

/// A tag, and where it stands.
struct Tag<'a> {
    at: usize,
    behind: usize,
    /// Whether it is one that ends another: `{{< /quote >}}`.
    closes: bool,
    name: &'a str,
    inner: &'a str,
}

/// The text as Markdown, if it has such tags.
pub fn plain(text: &str) -> Option<String> {
    let begins = |at: usize| SIGNS.iter().any(|(open, _)| text[at..].starts_with(open));
    memchr::memchr_iter(b'{', text.as_bytes()).find(|&at| begins(at))?;
    // Behind the last end of one no tag begins.
    let find = |sign: &str| memchr::memmem::find_iter(text.as_bytes(), sign).last();
    let last = SIGNS.iter().filter_map(|(_, close)| find(close)).max()?;
    // A comment and code that have no end hide nothing.
    let end_of = |names: &[&str]| names.iter().filter_map(|name| find(name)).max();
    let comment = end_of(&["{% endcomment", "{%- endcomment", "{%endcomment"]);
    let code = end_of(&["endhighlight", "{{< /highlight", "{{</highlight", "{{% /highlight"]);
    let mut out = String::with_capacity(text.len());
    let mut fences = Fences::default();
    // Behind the last tag that was taken, which may end lines below.
    let mut from = 0;
    let mut hidden = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if end <= from {
            start = end;
            continue;
        }
        let indented = line.starts_with("    ") || line.starts_with('\t');
        if start >= from && !hidden && (fences.pass(line) || indented || start > last) {
            out.push_str(line);
            (start, from) = (end, end);
            continue;
        }
        from = from.max(start);
        while let Some(tag) = next(text, from, end) {
            if !hidden {
                out.push_str(&text[from..tag.at]);
            }
            from = tag.behind;
            // Code between tags that have lines of their own has fences.
            let alone = line.trim().len() == tag.behind - tag.at;
            match tag.name {
                "endcomment" if hidden => hidden = false,
                _ if hidden => {}
                "comment" if comment > Some(tag.at) => hidden = true,
                "highlight" if alone && !tag.closes && code > Some(tag.at) => {
                    let language = tag.inner.split_whitespace().next().unwrap_or_default();
                    out.push_str(&format!("```{}", language.trim_matches(['"', '\''])));
                }
                "highlight" if alone && tag.closes => out.push_str("```"),
                "endhighlight" if alone => out.push_str("```"),
                "highlight" | "endhighlight" => {}
                _ => {
                    let words = shown(&tag, &out);
                    out.push_str(&words);
                }
            }
            // A tag of several lines leaves as many.
            out.extend(text[tag.at..tag.behind].matches('\n'));
        }
        if from < end {
            let rest = &text[from..end];
            out.push_str(if hidden { rest.trim_matches(|c| c != '\n') } else { rest });
            from = end;
        }
        start = end;
    }
    Some(out)
}

/// The next tag that begins in a line, outside of code.
fn next(text: &str, from: usize, end: usize) -> Option<Tag<'_>> {
    let line = text.get(from..end)?;
    // Whether code is open, up to which byte of the line.
    let (mut code, mut counted) = (false, 0);
    for found in memchr::memchr_iter(b'{', line.as_bytes()) {
        let here = &text[from + found..];
        let Some((open, close)) = SIGNS.iter().find(|(open, _)| here.starts_with(open)) else {
            continue;
        };
        let ticks = line[counted..found].split(|c| c != '`').filter(|run| !run.is_empty());
        code ^= ticks.count() % 2 == 1;
        counted = found;
        if code || line[..found].ends_with('\\') {
            continue;
        }
        let near = &here[open.len()..];
        let near = &near[..near.floor_char_boundary(TAG)];
        let Some(length) = near.find(close) else { continue };
        let inner = &near[..length];
        // What has no end is no tag; `{% isbn('4756', 'A title') %}` is what only its site can say.
        let blank = inner.contains("\n\n") || inner.contains("\n\r\n");
        if blank || inner.contains("{%") || inner.contains("{{") || inner.contains("('") {
            continue;
        }
        let behind = from + found + open.len() + length + close.len();
        let inner = inner.trim_matches('-').trim();
        let closes = inner.starts_with('/');
        // `{{< a />}}` has no end of its own.
        let inner = inner.trim_start_matches(['/', ' ']);
        let inner = inner.strip_suffix(" /").unwrap_or(inner);
        let (name, inner) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        return Some(Tag { at: from + found, behind, closes, name, inner: inner.trim() });
    }
    None
}

/// The parameters of a tag, each with its name; those without one have an empty name.
fn parameters(inner: &str) -> Vec<(&str, String)> {
    let mut out = Vec::new();
    let mut rest = inner.trim_start();
    while let Some(first) = rest.chars().next() {
        let quote = |c: char| matches!(c, '"' | '\'' | '`');
        let bare = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let named = !quote(first) && rest[bare..].trim_start().starts_with('=');
        let name = if named { &rest[..bare] } else { "" };
        if named {
            rest = rest[bare..].trim_start()[1..].trim_start();
        }
        let (value, behind) = match rest.chars().next() {
            Some(open) if quote(open) => quoted(&rest[1..], open),
            _ => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        // What has neither quotes nor a name is a word of a program's.
        let mark = if !named && !quote(first) { "·" } else { name };
        out.push((mark, value));
        rest = behind.trim_start();
    }
    out
}

/// What stands before the quote that ends a parameter, and what behind.
fn quoted(text: &str, close: char) -> (String, &str) {
    let mut out = String::new();
    let mut signs = text.char_indices();
    while let Some((at, c)) = signs.next() {
        match c {
            '\\' if text[at + 1..].starts_with([close, '\\']) => {
                out.extend(signs.next().map(|(_, c)| c));
            }
            _ if c == close => return (out, &text[at + c.len_utf8()..]),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    (out, "")
}

/// What a reader sees of a tag, behind what stands before it.
fn shown(tag: &Tag<'_>, before: &str) -> String {
    let small = tag.name.to_ascii_lowercase();
    let voice = COMPONENTS.iter().any(|(component, _)| *component == small);
    if tag.closes {
        return if voice { format!("</{small}>") } else { String::new() };
    }
    let parameters = parameters(tag.inner);
    let first = || parameters.first().filter(|(name, _)| matches!(*name, "" | "·"));
    let first = || first().map_or("", |(_, value)| value.as_str());
    let value = |names: &[&str]| {
        let of = |wanted: &&str| parameters.iter().find(|(name, _)| name == wanted);
        names.iter().find_map(of).map(|(_, value)| value.as_str())
    };
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
    let line = near.rsplit('\n').next().unwrap_or_default();
    if line.rfind("](").is_some_and(|at| !line[at..].contains(')')) {
        return first().to_owned();
    }
    if voice && value(&["name", "speaker", "who"]).is_some()
        || voice && parameters.is_empty() && !matches!(small.as_str(), "message" | "turn")
    {
        let names = ["name", "speaker", "who"].iter().find_map(|name| value(&[name]));
        let name =
            names.map_or_else(String::new, |name| format!(" name=\"{}\"", name.replace('"', "")));
        return format!("<{small}{name}>");
    }
    let id = || value(&["id"]).unwrap_or_else(first);
    let address = match small.as_str() {
        "youtube" => Some(format!("https://www.youtube.com/watch?v={}", id())),
        "vimeo" => Some(format!("https://vimeo.com/{}", id())),
        "audio" | "video" => Some(value(&["src"]).unwrap_or_else(first).to_owned()),
        _ => None,
    };
    if let Some(address) = address.filter(|address| !address.contains(char::is_whitespace)) {
        return if address.contains("://") { format!("<{address}>") } else { String::new() };
    }
    // `{% include image.html url="a.png" %}`
    let picture = |name: &str| PICTURES.iter().any(|word| name.starts_with(word));
    let included = small == "include" && {
        let file = first().trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        picture(&file)
    };
    if included || picture(&small) {
        let source = value(SOURCES).unwrap_or_else(|| if included { "" } else { first() });
        let mut words: Vec<&str> = CAPTIONS.iter().filter_map(|name| value(&[name])).collect();
        words.extend(unnamed(&parameters).filter(|words| words.contains(' ')));
        words.extend(value(&["alt"]).filter(|_| words.is_empty()));
        words.retain(|words| !words.trim().is_empty());
        words.dedup();
        let words = words.join(" ").replace(['[', ']'], " ");
        let plain = !source.is_empty() && !source.contains(char::is_whitespace);
        return if plain { format!("![{words}]({source})") } else { words };
    }
    if PROGRAMS.contains(&small.as_str()) {
        return String::new();
    }
    let named = parameters.iter().filter(|(name, value)| {
        !matches!(*name, "" | "·")
            && !MUTE.contains(name)
            && (value.contains(' ') || !value.is_ascii())
            && !value.contains("://")
    });
    let named = named.map(|(_, value)| value.as_str());
    let words = unnamed(&parameters).filter(|value| !value.contains(['/', '@', '{']));
    words.chain(named).collect::<Vec<_>>().join(" ")
}

/// The values in quotes that have no name, and are no address.
fn unnamed<'a>(parameters: &'a [(&str, String)]) -> impl Iterator<Item = &'a str> {
    let of = parameters.iter().filter(|(name, value)| name.is_empty() && !value.contains("://"));
    of.map(|(_, value)| value.as_str())
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
            ("a\n\n{{< youtube 0abc- >}}\n", "a\n\n<https://www.youtube.com/watch?v=0abc->\n"),
            ("{{% notice %}}\nKept.\n{{% /notice %}}\n", "\nKept.\n\n"),
            ("{{< figure\n  src=\"a.png\"\n>}}\nb\n", "![](a.png)\n\n\nb\n"),
            (
                "See [it]({{< ref \"/b\" >}}) and [c]({% post_url 2020-a %}).\n",
                "See [it](/b) and [c](2020-a).\n",
            ),
            ("{% comment %}no\nno{% endcomment %}yes\n", "\nyes\n"),
            ("{% include a.html %}\n**Ann:** Hi.\n", "\n**Ann:** Hi.\n"),
            ("{% include image.html url=\"/a.png\" description=\"\" %}\n", "![](/a.png)\n"),
            ("{{ site.title }} {{< a >}}{{< \n", "{{ site.title }} {{< \n"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(want), "{text}");
        }
        assert_eq!(plain("{{ a }} {% b\n"), None);
    }

    #[test]
    fn words_for_a_reader_stay() {
        for (text, want) in [
            ("{{< quote text=\"She came late\" >}}\n", "She came late\n"),
            ("{{< question \"Where to?\" >}}\n", "Where to?\n"),
            (
                "{{< qa q=\"Where to?\" a=\"To sea, I\\\"d say\" class=\"a b\" >}}\n",
                "Where to? To sea, I\"d say\n",
            ),
            ("{% include q.html text=\"Where to?\" %}\n", "Where to?\n"),
            ("H{{< sub \"2\" >}}O\n", "H2O\n"),
            (
                "{{< figure src=\"a.png\" title=\"The\nsea\" caption=\"At night\" >}}\n",
                "![At night The sea](a.png)\n\n",
            ),
            ("{% image_of \"a.png\" \"card\" \"Ann at sea\" %}\n", "![Ann at sea](a.png)\n"),
            (
                "{{< speaker name=\"Ann Lee\" >}}Hi.{{< /speaker >}}\n",
                "<speaker name=\"Ann Lee\">Hi.</speaker>\n",
            ),
            ("[{% isbn('4', 'A b') %}]\n", "[{% isbn('4', 'A b') %}]\n"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn code_is_spared_and_what_has_no_end_hides_nothing() {
        for (text, want) in [
            (
                "Use `{% raw %}` or ``{{< a >}}``\n```\n{% raw %}\n```\n{% raw %}x\n",
                "Use `{% raw %}` or ``{{< a >}}``\n```\n{% raw %}\n```\nx\n",
            ),
            ("{% highlight rust %}\nfn\n{% endhighlight %}\n", "```rust\nfn\n```\n"),
            ("{{< highlight go >}}\nfn\n{{< /highlight >}}\nb\n", "```go\nfn\n```\nb\n"),
            ("{{< highlight go >}}\nb {% a %}\n", "\nb \n"),
            ("Run {% highlight js %}x{% endhighlight %} now.\n", "Run x now.\n"),
            ("{% comment %}kept\n\nendcomment\n", "kept\n\nendcomment\n"),
            ("{{< open\n{% open\n %}\n", "{{< open\n\n\n"),
            ("{% open\n\nb %}\n", "{% open\n\nb %}\n"),
            ("\\{% x %}\n    {% x %}\n", "\\{% x %}\n    {% x %}\n"),
        ] {
            assert_eq!(plain(text).as_deref(), Some(want), "{text}");
        }
    }
}
