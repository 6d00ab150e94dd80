//! Colons that lost their label: exporters part an emphasised name from the colon behind it by an
//! empty line.

use std::borrow::Cow;

use super::fences::Fences;

/// The longest emphasised line that is a label, in bytes.
const LONGEST: usize = 80;

/// The source with the empty lines between a label and its colon put before the label.
pub fn colons(source: &str) -> Cow<'_, str> {
    if !["\n：", " ：", "\u{3000}："].iter().any(|begin| source.contains(begin)) {
        return Cow::Borrowed(source);
    }
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut fences = Fences::default();
    let mut out: Vec<&str> = Vec::with_capacity(lines.len());
    let mut moved = false;
    for line in lines {
        if !fences.pass(line) && line.trim_start().starts_with('：') {
            let blank = out.iter().rev().take_while(|line| line.trim().is_empty()).count();
            let at = out.len() - blank;
            if blank > 0 && at.checked_sub(1).is_some_and(|label| is_label(out[label])) {
                out[at - 1..].rotate_left(1);
                moved = true;
            }
        }
        out.push(line);
    }
    if moved { Cow::Owned(out.concat()) } else { Cow::Borrowed(source) }
}

/// Whether a line is short, and all of it emphasised.
fn is_label(line: &str) -> bool {
    let line = line.trim();
    let inner = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    line.len() <= LONGEST && inner.is_some_and(|name| !name.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_go_before_the_label() {
        for (source, want) in [
            ("甲\n\n**林舟** \n\n ：好\n接着说\n", "甲\n\n\n**林舟** \n ：好\n接着说\n"),
            ("**林舟**\n：好\n", "**林舟**\n：好\n"),
            ("林舟\n\n：好\n", "林舟\n\n：好\n"),
            ("```\n**林舟**\n\n：好\n```\n", "```\n**林舟**\n\n：好\n```\n"),
            ("\n\n：好\n", "\n\n：好\n"),
        ] {
            assert_eq!(colons(source), want, "{source}");
        }
    }
}
