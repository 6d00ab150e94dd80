//! Wikitext, as MediaWiki has it, → Markdown: bold names, headings, links, and lists of definitions
//! in which wikis print questions and answers. Lines stay where they are.

use std::borrow::Cow;

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
    let heading = |line: &str| {
        let line = line.trim();
        line.len() > 5 && line.starts_with("==") && line.ends_with("==")
    };
    let marks = |line: &str| {
        usize::from(line.contains("'''"))
            + usize::from(line.contains("[[") && line.contains("]]"))
            + usize::from(heading(line)) * 2
            + usize::from(line.starts_with("{{"))
    };
    let terms = text.lines().filter(|line| line.starts_with(';')).take(LEAST).count();
    let told = text.lines().filter(|line| line.starts_with(':')).take(LEAST).count();
    let definitions = terms == LEAST && told == LEAST;
    let all: usize = text.lines().map(marks).sum();
    if !definitions && all < LEAST || all == 0 {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut template = 0_usize;
    let mut before = "";
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        let end = &line[bare.len()..];
        let opened = bare.matches("{{").count();
        let closed = bare.matches("}}").count();
        // What a template is told is no text.
        if template > 0 || bare.trim_start().starts_with("{{") {
            template = (template + opened).saturating_sub(closed);
            out.push_str(end);
            continue;
        }
        push(bare, before, &mut out);
        out.push_str(end);
        before = bare;
    }
    Some(Cow::Owned(out))
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
        let taken = if here.starts_with("'''''") {
            out.push_str("***");
            5
        } else if here.starts_with("'''") {
            out.push_str("**");
            3
        } else if here.starts_with("''") {
            out.push('*');
            2
        } else if let Some(inner) = here.strip_prefix("[[")
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
        } else if here.starts_with("<ref") {
            let end = here.find("</ref>").map(|end| end + "</ref>".len());
            end.or_else(|| here.find("/>").map(|end| end + 2)).unwrap_or(1)
        } else {
            out.push_str(&here[..1]);
            1
        };
        rest = &here[taken..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_wikis_print() {
        let of = |text: &str| plain(text).map(|text| text.into_owned());
        assert_eq!(
            of("{{Box\n|a=b\n}}\n== Talk ==\n'''Ann''': I ''like'' [[Page|it]].<ref>no</ref>\n")
                .as_deref(),
            Some("\n\n\n## Talk\n**Ann**: I *like* it.\n")
        );
        assert_eq!(
            of("'''Ann''' keeps [[bees]].\n\n; Why?\n:Because.\n:And so.\n\n;When?\n: Now.\n; Where?\n: Here.\n").as_deref(),
            Some("**Ann** keeps bees.\n\n**Why?**\n<br><br>Because.\n<br><br>And so.\n\n**When?**\n<br><br>Now.\n**Where?**\n<br><br>Here.\n")
        );
        assert_eq!(of("# T\n\nIt's '''x''' [[a]] [[b]]\n"), None);
        assert_eq!(of("Plain words.\n"), None);
    }
}
