//! Closing asterisks behind the break of a line: editors end bold where the cursor stands, be it at
//! the beginning of the next line, and CommonMark (0.31, 6.2) closes nothing behind a blank.

use std::borrow::Cow;

use super::fences::Fences;

/// The source with such asterisks at the end of the line they belong to.
pub fn lagging(source: &str) -> Cow<'_, str> {
    // What HTML or a formula keeps as it is has asterisks of its own.
    if !source.contains("\n**") || source.contains("<pre") || source.contains("$$") {
        return Cow::Borrowed(source);
    }
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut fences = Fences::default();
    let mut out = String::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let code = fences.pass(line);
        let next = lines.get(at + 1).and_then(|next| next.strip_prefix("**"));
        let rest = next.filter(|rest| !code && opens(line) && !rest.contains("**"));
        let Some(rest) = rest.filter(|rest| closes(rest)) else {
            out.push_str(line);
            at += 1;
            continue;
        };
        let bold = line.trim_end();
        out.push_str(bold);
        out.push_str("**");
        out.push_str(&line[bold.len()..]);
        out.push_str(rest);
        at += 2;
    }
    if out == source { Cow::Borrowed(source) } else { Cow::Owned(out) }
}

/// Whether asterisks before this close what is bold, and open nothing.
fn closes(rest: &str) -> bool {
    let opening = |c: char| c.is_alphanumeric() || "*([{（［【「『《〈“‘«„\"'".contains(c);
    rest.trim().is_empty() || !rest.starts_with(opening) && !rest.contains('|')
}

/// Whether bold begins with a line and does not end on it.
fn opens(line: &str) -> bool {
    let inner = line.strip_prefix("**").unwrap_or_default();
    inner.starts_with(|c: char| !c.is_whitespace() && c != '*') && !inner.contains("**")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_ends_with_its_line() {
        for (source, want) in [
            ("**Hur?  \n**– Så.\n", "**Hur?**  \n– Så.\n"),
            ("**Hur?\n**\nSå.\n", "**Hur?**\n\nSå.\n"),
            ("**Hur?**\n**Så.**\n", "**Hur?**\n**Så.**\n"),
            ("**two\nlines**\n", "**two\nlines**\n"),
            ("```\n**Hur?\n** x\n```\n", "```\n**Hur?\n** x\n```\n"),
            ("**a\n**b c\n", "**a\n**b c\n"),
            ("**a\n***\n", "**a\n***\n"),
            ("**（注一）甲\n**（注二）乙\n", "**（注一）甲\n**（注二）乙\n"),
            ("**Hur?\n**", "**Hur?**\n"),
        ] {
            assert_eq!(lagging(source), want, "{source}");
        }
    }
}
