//! Wikitext, as MediaWiki has it, → Markdown: bold names, headings, links, and lists of definitions
//! in which wikis print questions and answers. Lines stay where they are.

use std::borrow::Cow;

/// The longest link or reference, in bytes.
const LINK: usize = 1200;
/// From how many marks of wikitext on a text is taken for it.
const LEAST: usize = 3;

/// The text as Markdown, if it is wikitext.
pub fn plain(text: &str) -> Option<Cow<'_, str>> {
    // Most texts have neither.
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    if !has("'''") && !has("[[") && !has("\n;") {
        return None;
    }
    // Markdown has headings, emphasis and links of its own.
    if has("**") || has("](") || has("\n# ") || text.starts_with("# ") {
        return None;
    }
    let other = ["\n## ", "\n- [", "```", "[[ ", "\n    "];
    if other.iter().any(|sign| has(sign)) || text.starts_with("## ") {
        return None;
    }
    let heading = |line: &str| {
        let line = line.trim();
        line.len() > 5 && line.starts_with("==") && line.ends_with("==") && !line.contains("===")
            || line.len() > 7 && line.starts_with("=== ") && line.ends_with(" ===")
    };
    let bold = text.lines().filter(|line| line.matches("'''").count() >= 2).take(LEAST).count();
    let linked = text.lines().any(|line| line.contains("[[") && line.contains("]]"));
    let asked = |line: &&str| line.starts_with(';') && line.trim_end().ends_with(['?', '？']);
    let asked = text.lines().filter(asked).take(LEAST).count();
    let told = text.lines().filter(|line| line.starts_with(':')).take(LEAST).count();
    let definitions = asked == LEAST && told == LEAST;
    let headed = text.lines().any(heading);
    if !(definitions || headed && (bold > 0 || linked) || bold == LEAST && linked) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    // Up to which line a template goes on: what it is told is no text.
    let mut within = 0;
    let mut before = "";
    for (at, line) in lines.iter().enumerate() {
        let bare = line.trim_end_matches(['\n', '\r']);
        if at >= within && bare.trim_start().starts_with("{{") {
            within = template(&lines[at..]).map_or(within, |count| at + count);
        }
        if at >= within {
            push(bare, before, &mut out);
            before = bare;
        }
        out.push_str(&line[bare.len()..]);
    }
    Some(Cow::Owned(out))
}

/// The most lines of a template.
const TEMPLATE: usize = 80;

/// How many lines the template takes that the first of them begins; none where it does not end, or
/// where something stands behind it.
fn template(lines: &[&str]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, line) in lines.iter().take(TEMPLATE).enumerate() {
        depth = (depth + line.matches("{{").count()).saturating_sub(line.matches("}}").count());
        if depth == 0 {
            // What has no fields may hold words.
            let fields = lines[..at].iter().any(|line| line.trim_start().starts_with('|'));
            return (fields && line.trim_end().ends_with("}}")).then_some(at + 1);
        }
    }
    None
}

/// Puts a line as Markdown behind `out`.
fn push(line: &str, before: &str, out: &mut String) {
    let bare = line.trim();
    let level = bare.bytes().take_while(|&b| b == b'=').count();
    if (2..=6).contains(&level) && bare.len() > level * 2 && bare.ends_with(&"=".repeat(level)) {
        out.push_str(&"#".repeat(level));
        out.push(' ');
        inline(bare[level..bare.len() - level].trim(), out);
        return;
    }
    if let Some(term) = line.strip_prefix(';') {
        out.push_str("**");
        inline(term.trim(), out);
        out.push_str("**");
        return;
    }
    if let Some(told) = line.strip_prefix(':') {
        // Each is a paragraph; a line above it that is none of them ends without a blank line.
        if !before.is_empty() {
            out.push_str("<br><br>");
        }
        inline(told.trim_start_matches([':', ' ']), out);
        return;
    }
    inline(line, out);
}

/// Puts text with emphasis and links as Markdown behind `out`.
fn inline(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['\'', '[', '<']) {
        out.push_str(&rest[..at]);
        let here = &rest[at..];
        let near = &here[..here.floor_char_boundary(LINK)];
        let taken = if here.starts_with("'''''") {
            out.push_str("***");
            5
        } else if here.starts_with("'''") {
            out.push_str("**");
            3
        } else if here.starts_with("''") {
            out.push('*');
            2
        } else if let Some(inner) = near.strip_prefix("[[")
            && let Some(end) = inner.find("]]")
        {
            let link = &inner[..end];
            let (page, shown) = link.rsplit_once('|').unwrap_or((link, link));
            // Pictures and categories are no words.
            let file = [
                "File:",
                "Image:",
                "Datei:",
                "Fichier:",
                "Archivo:",
                "Category:",
                "文件:",
                "分类:",
            ];
            if !file.iter().any(|file| page.starts_with(file)) {
                out.push_str(shown);
            }
            end + 4
        } else if let Some(length) = reference(near) {
            length
        } else if here.starts_with('<') && !here.starts_with("<br") {
            out.push_str("&lt;");
            1
        } else {
            out.push_str(&here[..1]);
            1
        };
        rest = &here[taken..];
    }
    out.push_str(rest);
}

/// How many bytes a reference takes: `<ref name="a" />`, `<ref>Lee 2010</ref>`.
fn reference(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("<ref").filter(|inner| inner.starts_with([' ', '>', '/']))?;
    let end = inner.find('>')?;
    if inner[..end].ends_with('/') {
        return Some("<ref".len() + end + 1);
    }
    text.find("</ref>").map(|end| end + "</ref>".len())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_wikis_print() {
        let of = |text: &str| plain(text).map(|text| text.into_owned());
        assert_eq!(
            of("{{Box\n|a=b\n}}\n== Talk ==\n'''Ann''': I ''like'' [[Page|it]].<ref name=\"a\" /> Yes.<ref>no</ref>\n")
                .as_deref(),
            Some("\n\n\n## Talk\n**Ann**: I *like* it. Yes.\n")
        );
        assert_eq!(
            of("'''Ann''' keeps [[bees]].\n\n; Why?\n:Because.\n:And so.\n\n;When?\n: Now.\n; Where?\n: Here.\n").as_deref(),
            Some("**Ann** keeps bees.\n\n**Why?**\n<br><br>Because.\n<br><br>And so.\n\n**When?**\n<br><br>Now.\n**Where?**\n<br><br>Here.\n")
        );
        assert_eq!(
            of("{{a\n'''Ann''': I [[b]]\n== c ==\nd <ref e\n").as_deref(),
            Some("{{a\n**Ann**: I b\n## c\nd &lt;ref e\n")
        );
        assert_eq!(of("# T\n\nIt's '''x''' [[a]] [[b]]\n"), None);
        assert_eq!(of("Plain words.\n"), None);
    }
}
