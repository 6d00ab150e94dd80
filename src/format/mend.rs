//! Mends emphasis that CommonMark leaves as asterisks.
//!
//! CommonMark 0.31, 6.2: a closing `**` behind punctuation must be followed by a blank or by
//! punctuation. Chinese has no blanks, so `**张三：**你好` stays as it is written; so do bold runs
//! with a blank inside their asterisks. Both are what exporters write. Such pairs become `<b>`.

use std::borrow::Cow;

/// The source with such pairs mended. Line ends stay where they are.
pub fn mend(source: &str) -> Cow<'_, str> {
    match joined(source) {
        Cow::Borrowed(source) => mend_emphasis(source),
        Cow::Owned(source) => Cow::Owned(mend_emphasis(&source).into_owned()),
    }
}

/// The longest address that is mended, in bytes.
const ADDRESS: usize = 2048;

/// The source with addresses of links and images in one line: exporters wrap them. The line ends
/// come behind them, so that lines keep their numbers.
fn joined(source: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for at in memchr::memmem::find_iter(source.as_bytes(), b"](http") {
        if at < copied {
            continue;
        }
        let rest = &source[at + 2..source.floor_char_boundary(at + 2 + ADDRESS)];
        let Some(end) =
            rest.find([')', ' ', '\t', '<', '"']).filter(|&end| rest[end..].starts_with(')'))
        else {
            continue;
        };
        let address = &rest[..end];
        let breaks = address.matches('\n').count();
        if breaks == 0 || address.contains("\n\n") {
            continue;
        }
        out.push_str(&source[copied..at + 2]);
        out.extend(address.chars().filter(|c| !c.is_whitespace()));
        out.push(')');
        out.push_str(&"\n".repeat(breaks));
        copied = at + 2 + end + 1;
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    out.push_str(&source[copied..]);
    Cow::Owned(out)
}

fn mend_emphasis(source: &str) -> Cow<'_, str> {
    if memchr::memmem::find(source.as_bytes(), b"**").is_none() {
        return Cow::Borrowed(source);
    }
    let mut out = String::new();
    let mut copied = 0;
    let mut fence: Option<&str> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_start();
        match fence {
            Some(mark) if bare.starts_with(mark) => fence = None,
            Some(_) => {}
            None if bare.starts_with("```") => fence = Some("```"),
            None if bare.starts_with("~~~") => fence = Some("~~~"),
            None if line.contains("**") => {
                if let Some(mended) = mend_line(line) {
                    out.push_str(&source[copied..start]);
                    out.push_str(&mended);
                    copied = at;
                }
            }
            None => {}
        }
    }
    if copied == 0 {
        return Cow::Borrowed(source);
    }
    out.push_str(&source[copied..]);
    Cow::Owned(out)
}

/// The line mended; `None` where there is nothing to mend.
fn mend_line(line: &str) -> Option<String> {
    if matches!(line.trim(), "**" | "****") {
        // Empty bold, over one line or two.
        return Some(if line.ends_with('\n') { "\n".to_owned() } else { String::new() });
    }
    let marks = asterisks(line);
    if marks.len() < 2 || !marks.len().is_multiple_of(2) {
        return None;
    }
    // `**张****三：**`: editors close bold and open it again.
    let joints = marks[1..].chunks_exact(2).filter(|next| next[0] + 2 == next[1]);
    let joints: Vec<usize> = joints.map(|next| next[0]).collect();
    if !joints.is_empty() {
        let (mut joined, mut copied) = (String::with_capacity(line.len()), 0);
        for at in joints {
            joined.push_str(&line[copied..at]);
            copied = at + 4;
        }
        joined.push_str(&line[copied..]);
        return Some(mend_pairs(&joined).unwrap_or(joined));
    }
    mend_pairs(line)
}

/// The line with the pairs mended that CommonMark leaves.
fn mend_pairs(line: &str) -> Option<String> {
    let marks = asterisks(line);
    let mut out = String::with_capacity(line.len() + 16);
    let mut copied = 0;
    for pair in marks.chunks_exact(2) {
        let (open, close) = (pair[0], pair[1]);
        let inner = &line[open + 2..close];
        let trimmed = inner.trim_matches([' ', '\u{3000}', '\u{A0}', '\t']);
        if trimmed.is_empty() {
            out.push_str(&line[copied..open]);
            copied = close + 2;
            continue;
        }
        let before = line[..open].chars().next_back();
        let after = line[close + 2..].chars().next();
        let opens = flanks(before, inner.chars().next());
        let closes = flanks(after, inner.chars().next_back());
        if opens && closes {
            continue;
        }
        out.push_str(&line[copied..open]);
        out.push_str("<b>");
        out.push_str(trimmed);
        out.push_str("</b>");
        copied = close + 2;
    }
    (copied > 0).then(|| {
        out.push_str(&line[copied..]);
        out
    })
}

/// Whether asterisks between `outside` and `inside` open or close towards `inside`.
fn flanks(outside: Option<char>, inside: Option<char>) -> bool {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    !blank(inside) && (!mark(inside) || blank(outside) || mark(outside))
}

/// Where the `**` of a line stand, outside of code spans; longer runs of asterisks are none.
fn asterisks(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|&&b| b == b'`').count();
                let rest = &line[at + ticks..];
                at += ticks + rest.find(&"`".repeat(ticks)).map_or(0, |end| end + ticks);
            }
            b'*' => {
                let run = bytes[at..].iter().take_while(|&&b| b == b'*').count();
                match run {
                    2 => out.push(at),
                    4 => out.extend([at, at + 2]),
                    _ => {}
                }
                at += run;
            }
            _ => at += 1,
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn an_address_over_two_lines_is_one() {
        assert_eq!(mend("![a](http://x.org/a?b=c\n&d=e)f\n"), "![a](http://x.org/a?b=c&d=e)\nf\n");
        for same in ["[a](http://x.org\n\n)", "[a](http://x.org and\n)", "[a](http://x.org)\n"] {
            assert_eq!(mend(same), same);
        }
    }

    #[test]
    fn what_commonmark_leaves_is_mended_and_the_rest_is_not() {
        for (source, want) in [
            ("**张三：**你好", "<b>张三：</b>你好"),
            ("他说**（括号）**之后", "他说<b>（括号）</b>之后"),
            ("是**“疯狂”**的", "是<b>“疯狂”</b>的"),
            ("** 林红：**好", "<b>林红：</b>好"),
            ("**甲：**好**重点**吗", "<b>甲：</b>好**重点**吗"),
            ("**张三：** 你好", "**张三：** 你好"),
            ("**张三**：你好", "**张三**：你好"),
            ("**  \n**\n\n文", "\n\n\n文"),
            ("`**张三：**你`", "`**张三：**你`"),
            ("2**3**4", "2**3**4"),
            ("**张****三****：** 你", "**张三：** 你"),
            ("**甲****乙：**你", "<b>甲乙：</b>你"),
            ("```\n**张三：**你\n```\n", "```\n**张三：**你\n```\n"),
        ] {
            assert_eq!(mend(source), want);
        }
    }
}
