//! What pandoc adds to Markdown → Markdown: spans `[text]{…}`, fenced divs `:::` and attributes
//! behind headings and images. Web pages that were saved through it are full of them. What kramdown
//! adds is of that kind: `{: .class }` behind a paragraph.

use std::borrow::Cow;

/// The longest list of attributes, in bytes.
const ATTRIBUTES: usize = 600;

/// The source without them; line ends stay where they are.
pub fn plain(source: &str) -> Cow<'_, str> {
    let spans = ["]{.", "]{#", "]{style", "){.", "){:", "*{:", "){width", "{#", ":::"];
    let has = |signs: &str| memchr::memmem::find(source.as_bytes(), signs.as_bytes()).is_some();
    let list = memchr::memchr(b'{', source.as_bytes()).is_some();
    let spans = spans.iter().any(|span| (list || !span.contains('{')) && has(span));
    if !(spans || list && has("{:")) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut fence = false;
    for line in source.split_inclusive('\n') {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fence = !fence;
        }
        let markup = is_list(line) || spans && bare.starts_with(":::");
        if markup && !fence {
            out.push_str(if line.ends_with('\n') { "\n" } else { "" });
        } else if fence || !spans {
            out.push_str(line);
        } else {
            without_attributes(line, &mut out);
        }
    }
    Cow::Owned(out)
}

/// Whether a line is a list of attributes alone, as kramdown has them: `{: .class #id key="value"}`.
fn is_list(line: &str) -> bool {
    let bare = line.trim();
    let list = bare.strip_prefix("{:").and_then(|rest| rest.strip_suffix('}')).map(str::trim);
    let named =
        |list: &str| list.starts_with(['.', '#']) && list[1..].starts_with(char::is_alphabetic);
    line.len() - line.trim_start().len() < 4
        && list.is_some_and(|list| {
            !list.contains(['{', '}']) && (named(list) || list == "toc" || list.contains("=\""))
        })
}

/// A line without attributes, and without the brackets of spans that have some.
fn without_attributes(line: &str, out: &mut String) {
    // The brackets that are open, by where they stand in `out`.
    let mut open: Vec<usize> = Vec::new();
    let heading = line.trim_start().starts_with('#');
    let mut rest = line;
    while let Some(at) = rest.find(['[', ']', '{', '\\', '`']) {
        out.push_str(&rest[..at]);
        let here = &rest[at..];
        let mut taken = 1;
        match here.as_bytes()[0] {
            b'[' => {
                open.push(out.len());
                out.push('[');
            }
            b']' => match (open.pop(), attributes(&here[1..])) {
                (Some(begin), Some(length)) if !out[..begin].ends_with('!') => {
                    out.remove(begin);
                    taken += length;
                }
                _ => out.push(']'),
            },
            // Behind an image, a link or a heading.
            b'{' if out.ends_with([')', ' '])
                || heading
                || out.ends_with('*') && here.starts_with("{:") =>
            {
                match attributes(here) {
                    Some(length) => taken = length,
                    None => out.push('{'),
                }
            }
            b'\\' => {
                taken = 1 + here[1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&here[..taken]);
            }
            b'`' => {
                let ticks = here.bytes().take_while(|&b| b == b'`').count();
                let end =
                    here[ticks..].find(&here[..ticks]).map_or(ticks, |end| ticks + end + ticks);
                taken = end;
                out.push_str(&here[..taken]);
            }
            _ => out.push('{'),
        }
        rest = &here[taken..];
    }
    out.push_str(rest);
}

/// How many bytes a list of attributes takes: `{#id .class key="value"}`, `{: .class }`.
fn attributes(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('{')?;
    let end = inner[..inner.floor_char_boundary(ATTRIBUTES)].find('}')?;
    let list = &inner[..end];
    // kramdown's; `{:.2}` and `{:#x}` say how a number is printed.
    if let Some(list) = list.strip_prefix(':') {
        let named = |sign: char| {
            let list = list.trim_start();
            list.strip_prefix(sign).is_some_and(|name| name.starts_with(char::is_alphabetic))
        };
        let apart = list.starts_with(' ');
        let of =
            named('.') && (apart || list.len() > 2) || apart && named('#') || list.contains("=\"");
        return of.then_some(end + 2);
    }
    let attribute = list.starts_with(['.', '#'])
        || list.contains("=\"")
        || list.contains('=') && !list.contains(' ');
    attribute.then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn spans_divs_and_attributes() {
        for (source, want) in [
            ("[**1. 为什么？**]{style=\"color: red;\"}\n", "**1. 为什么？**\n"),
            ("# 题 {#activity-name .title}\n", "# 题 \n"),
            ("![](a.png){.rich width=\"6\"}\n", "![](a.png)\n"),
            ("[[阿莫]{.meta} [志]{#js_name}]{.list} *5月*\n", "阿莫 志 *5月*\n"),
            (":::  {.x}\n好\n:::\n", "\n好\n\n"),
            ("[链接](u) 与 {括号} `a]{.b}` [x]{.y}\n", "[链接](u) 与 {括号} `a]{.b}` x\n"),
            ("```\n[a]{.b}\n:::\n```\n", "```\n[a]{.b}\n:::\n```\n"),
            ("![](a.png){: .align-left}\n*好*{: .x }\n", "![](a.png)\n*好*\n"),
            ("好。\n{: .interviewer }\n", "好。\n\n"),
            ("{:toc}\n好 {:.2} {:?}\n    {:.x}\n", "\n好 {:.2} {:?}\n    {:.x}\n"),
            ("# 题\n`{:?}` x{a=b}\n", "# 题\n`{:?}` x{a=b}\n"),
            ("[a", "[a"),
        ] {
            assert_eq!(plain(source), want);
        }
    }
}
