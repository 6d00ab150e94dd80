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
    let lines = || source.split_inclusive('\n');
    let lags = |(line, next): (&str, &str)| opens(line) && rest(next).is_some();
    if !lines().zip(lines().skip(1)).any(lags) {
        return Cow::Borrowed(source);
    }
    let lines: Vec<&str> = lines().collect();
    let mut fences = Fences::default();
    let mut out = String::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let code = fences.pass(line);
        let next = lines.get(at + 1).filter(|_| !code && opens(line));
        let Some(rest) = next.and_then(|next| rest(next)) else {
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

/// What stands behind asterisks that a line begins with, if they close what is bold and open nothing.
fn rest(line: &str) -> Option<&str> {
    let opening = |c: char| c.is_alphanumeric() || "*([{（［【「『《〈“‘«„\"'".contains(c);
    let closes = |rest: &&str| {
        let apart = !rest.starts_with(opening) && !rest.contains('|') && !rest.contains("**");
        rest.trim().is_empty() || apart
    };
    line.strip_prefix("**").filter(closes)
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
