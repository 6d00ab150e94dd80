//! Mends emphasis that CommonMark leaves as asterisks, headings that it leaves as text, and years
//! that it takes for numbers of a list.
//!
//! CommonMark 0.31, 6.2: a closing `**` behind punctuation must be followed by a blank or by
//! punctuation. Chinese has no blanks, so `**张三：**你好` stays as it is written; so do bold runs
//! with a blank inside their asterisks. Both are what exporters write. Such pairs become `<b>`.

use std::borrow::Cow;

use super::colons::colons;
use super::fences::Fences;
use super::lagging::lagging;
use super::terms::{names, tagged, terms};
use crate::text::script::is_wide_east_asian;

/// The source with such pairs mended. Line ends stay where they are.
pub fn mend(source: &str) -> Cow<'_, str> {
    [lagging, colons, joined, names, tagged, terms, headings, years, dedented, mend_emphasis]
        .into_iter()
        .fold(Cow::Borrowed(source), |source, mend| match source {
            Cow::Borrowed(source) => mend(source),
            Cow::Owned(source) => match mend(&source) {
                Cow::Owned(mended) => Cow::Owned(mended),
                Cow::Borrowed(_) => Cow::Owned(source),
            },
        })
}

/// The source with a blank behind the signs of headings that have none, or one that CommonMark
/// (0.31, 4.2) does not know: older writers of Markdown took `##Title`, and French puts a fixed one.
fn headings(source: &str) -> Cow<'_, str> {
    let has = |begin: &str| has_line(source, begin);
    if !has("#") || !lines(source).any(|line| unspaced(line).is_some()) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len() + 64);
    let mut fences = Fences::default();
    for line in lines(source) {
        let code = fences.pass(line);
        match unspaced(line).filter(|_| !code) {
            Some(signs) => {
                out.push_str(&line[..signs]);
                out.push(' ');
                out.push_str(&line[signs..]);
            }
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

/// How many signs a line begins with that are a heading's without a blank behind them. One alone is
/// that of a tag.
fn unspaced(line: &str) -> Option<usize> {
    if !line.starts_with('#') {
        return None;
    }
    let signs = line.bytes().take_while(|&b| b == b'#').count();
    let next = line[signs..].chars().next()?;
    let fixed = matches!(next, '\u{A0}' | '\u{3000}' | '\u{202F}');
    let title = signs > 1 && (next.is_alphanumeric() || "“《【「『¿«".contains(next));
    (signs <= 6 && (fixed || title)).then_some(signs)
}

/// The source with a backslash before the stop of a year that a paragraph begins with: an answer may
/// be `1998. It was cold.`, which is the item of a list (CommonMark 0.31, 5.2) and has its number for
/// a mark. Years one below the other are a list.
fn years(source: &str) -> Cow<'_, str> {
    let digits = has_line(source, "1") || has_line(source, "2");
    // Where HTML keeps its lines, a backslash would be shown.
    let kept = memchr::memmem::find(source.as_bytes(), b"<pre").is_some();
    if !digits || kept || !lines(source).any(is_year) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len() + 64);
    let mut fences = Fences::default();
    let mut all = lines(source).peekable();
    let mut blank = true;
    while let Some(line) = all.next() {
        let code = fences.pass(line);
        let listed = all.peek().is_some_and(|next| is_year(next));
        if blank && !code && !listed && is_year(line) {
            out.push_str(&line[..YEAR]);
            out.push('\\');
            out.push_str(&line[YEAR..]);
        } else {
            out.push_str(line);
        }
        blank = line.trim().is_empty();
    }
    Cow::Owned(out)
}

/// How many digits a year has.
const YEAR: usize = 4;

/// Whether a text begins with a year of these centuries, a stop and a blank.
fn is_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [b'1', b'5'..=b'9', ..] | [b'2', b'0' | b'1', ..])
        && bytes.get(YEAR..YEAR + 2) == Some(b". ")
        && bytes[..YEAR].iter().all(u8::is_ascii_digit)
}

/// The source without the blanks before Han text that would make it code (CommonMark 0.31, 4.4):
/// who indents a paragraph by blanks, as print does, means no code.
fn dedented(source: &str) -> Cow<'_, str> {
    let wide = |line: &str| line.starts_with("    ") || line.starts_with('\t');
    let has = |begin: &str| has_line(source, begin);
    let indented = has("    ") || has("\t");
    if !indented || !lines(source).any(|line| wide(line) && is_han(line)) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut fences = Fences::default();
    // In a list the blanks belong to its items.
    let mut list = false;
    let lines: Vec<&str> = lines(source).collect();
    // Code may have a comment in Han: where one line is none, all around it are code.
    let prose = |line: &str| {
        let bare = line.trim_start();
        is_han(line)
            && !is_item(bare)
            && !bare.starts_with(['#', '/', '>', '-', '*', '<', '|', '`'])
    };
    for run in lines.chunk_by(|a, b| wide(a) == wide(b)) {
        let dedent = run.iter().all(|line| wide(line) && prose(line));
        for line in run {
            let code = fences.pass(line);
            let bare = line.trim_start_matches([' ', '\t']);
            if bare.len() == line.len() && !line.trim().is_empty() || is_item(bare) {
                list = is_item(bare);
            }
            out.push_str(if dedent && !code && !list { bare } else { line });
        }
    }
    Cow::Owned(out)
}

/// Whether a line begins an item of a list.
fn is_item(bare: &str) -> bool {
    let number = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let blank = |rest: &str| rest.starts_with([' ', '\t']);
    bare.strip_prefix(['-', '*', '+']).is_some_and(blank)
        || number.len() < bare.len() && number.starts_with(['.', ')'])
}

/// Whether most of a line is Han, kana or their marks, as no code is.
fn is_han(line: &str) -> bool {
    let line = line.split('\n').next().unwrap_or_default().trim();
    let han = line.chars().filter(|&c| is_wide_east_asian(c)).count();
    han >= 8 && han * 3 >= line.chars().count() * 2
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

/// Whether a line of a text begins so.
fn has_line(text: &str, begin: &str) -> bool {
    let behind = format!("\n{begin}");
    text.starts_with(begin) || memchr::memmem::find(text.as_bytes(), behind.as_bytes()).is_some()
}

/// The lines of a text, with their ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    let mut begin = 0;
    let rest = Some(text.len()).filter(|_| !text.is_empty() && !text.ends_with('\n'));
    ends.chain(rest).map(move |end| &text[std::mem::replace(&mut begin, end)..end])
}

fn mend_emphasis(source: &str) -> Cow<'_, str> {
    if memchr::memmem::find(source.as_bytes(), b"**").is_none() {
        return Cow::Borrowed(source);
    }
    let mut out = String::new();
    let mut copied = 0;
    let mut fences = Fences::default();
    let mut at = 0;
    let bold = memchr::memmem::Finder::new("**");
    for line in lines(source) {
        let start = at;
        at += line.len();
        if fences.pass(line) || bold.find(line.as_bytes()).is_none() {
            continue;
        }
        if let Some(mended) = mend_line(line) {
            out.push_str(&source[copied..start]);
            out.push_str(&mended);
            copied = at;
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
    let bare = line.trim();
    if matches!(bare, "**" | "****") {
        // Empty bold, over one line or two.
        return Some(if line.ends_with('\n') { "\n".to_owned() } else { String::new() });
    }
    // `***Right? ***`
    if let Some(inner) = bare.strip_prefix("***").and_then(|rest| rest.strip_suffix("***"))
        && inner != inner.trim()
        && !inner.trim().is_empty()
        && !inner.contains('*')
    {
        return Some(line.replacen(inner, inner.trim(), 1));
    }
    // Editors that do so twice.
    if let Some(once) = halved(line) {
        return Some(mend_line(&once).unwrap_or(once));
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
        return Some(mend_pairs(&joined, &asterisks(&joined)).unwrap_or(joined));
    }
    mend_pairs(line, &marks)
}

/// The line with half of the asterisks where eight stand within bold, between two letters:
/// `**张********三：**`. Elsewhere they stand for a word or for digits.
fn halved(line: &str) -> Option<String> {
    const TWICE: usize = 8;
    if !line.contains("********") || line.contains('`') {
        return None;
    }
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() || "：:".contains(c));
    let last = line.rfind("**").unwrap_or_default();
    let (mut out, mut bold, mut at, mut changed) = (String::new(), false, 0, false);
    while let Some(from) = line[at..].find('*').map(|from| at + from) {
        let run = line[from..].bytes().take_while(|&b| b == b'*').count();
        let (before, behind) = (&line[..from], &line[from + run..]);
        let joint = run == TWICE && bold && from + run <= last;
        let joint = joint && letter(before.chars().next_back()) && letter(behind.chars().next());
        bold ^= run % 4 == 2;
        changed |= joint;
        out.push_str(&line[at..from + if joint { TWICE / 2 } else { run }]);
        at = from + run;
    }
    out.push_str(&line[at..]);
    changed.then_some(out)
}

/// The line with the pairs of asterisks mended that CommonMark leaves.
fn mend_pairs(line: &str, marks: &[usize]) -> Option<String> {
    let raw = is_element(line);
    let mut out = String::new();
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
        if opens && closes && !raw {
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

/// Whether a line begins an element in which CommonMark (0.31, 4.6) reads no emphasis, although
/// sites' own readers do: `<p class="first">**Ann**: text</p>`.
fn is_element(line: &str) -> bool {
    const ELEMENTS: &[&str] = &["p", "div", "section", "li", "td", "dd", "center", "blockquote"];
    let Some(rest) = line.trim_start().strip_prefix('<') else { return false };
    let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(name))
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
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'\\', b'`', b'*', rest))
    {
        at += next;
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let ticks = bytes[at..].iter().take_while(|&&b| b == b'`').count();
                let (open, rest) = bytes[at..].split_at(ticks);
                let end = match ticks {
                    1 => memchr::memchr(b'`', rest),
                    _ => memchr::memmem::find(rest, open),
                };
                at += ticks + end.map_or(0, |end| end + ticks);
            }
            _ => {
                let run = bytes[at..].iter().take_while(|&&b| b == b'*').count();
                match run {
                    2 => out.push(at),
                    4 => out.extend([at, at + 2]),
                    _ => {}
                }
                at += run;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn three_asterisks_with_a_blank_inside() {
        assert_eq!(mend("***Right? ***\nYes.\n"), "***Right?***\nYes.\n");
        assert_eq!(mend("*** * ***\n"), "*** * ***\n");
    }

    #[test]
    fn han_behind_blanks_is_no_code() {
        let said = "甲：\n\n        听众朋友们，欢迎收听今天的节目。\n";
        assert_eq!(mend(said), "甲：\n\n听众朋友们，欢迎收听今天的节目。\n");
        for code in [
            "好：\n\n    # 首先安装所有需要的依赖包和工具\n    pip install foo\n",
            "好：\n\n    这里打印出用户的名字和年龄信息\n    foo serve\n",
            "- 甲\n\n      听众朋友们，欢迎收听今天的节目。\n",
            "*\t甲\n\n\t听众朋友们，欢迎收听今天的节目。\n",
        ] {
            assert_eq!(mend(code), code);
        }
    }

    #[test]
    fn asterisks_within_an_element() {
        assert_eq!(mend("<p class=x>**A**: b</p>\n"), "<p class=x><b>A</b>: b</p>\n");
        assert_eq!(mend("<pre>**A** b</pre>\n"), "<pre>**A** b</pre>\n");
    }

    #[test]
    fn years_are_no_numbers_of_a_list() {
        assert_eq!(mend("Wann?\n\n1998. Es war kalt.\n"), "Wann?\n\n1998\\. Es war kalt.\n");
        for same in [
            "1998. Es war kalt.\n2001. Es war warm.\n",
            "12. Es war kalt.\n",
            "1998.5 Meter\n",
            "Es war\n1998. Und kalt.\n",
            "```\n\n1998. Es war kalt.\n```\n",
        ] {
            assert_eq!(mend(same), same);
        }
    }

    #[test]
    fn headings_without_a_blank() {
        for (source, want) in [
            ("###你好吗？ ###\n好\n", "### 你好吗？ ###\n好\n"),
            ("a\n##\u{A0}Où ?\nb", "a\n## \u{A0}Où ?\nb"),
            ("#tag\n##' r\n#!\n#######x\n", "#tag\n##' r\n#!\n#######x\n"),
            ("```\n##no\n```\n##yes\n", "```\n##no\n```\n## yes\n"),
        ] {
            assert_eq!(mend(source), want);
        }
    }

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
            ("**甲********乙：** 你", "**甲乙：** 你"),
            ("************", "************"),
            ("it is ******** here", "it is ******** here"),
            ("密码********，**甲********乙：** 你", "密码********，**甲乙：** 你"),
            ("**甲：** john********doe **乙**", "**甲：** john********doe **乙**"),
            ("**甲：** 138********。", "**甲：** 138********。"),
            ("```\n**张三：**你\n```\n", "```\n**张三：**你\n```\n"),
        ] {
            assert_eq!(mend(source), want);
        }
    }
}
