//! The notation of Aozora Bunko, the Japanese archive of texts: what it says of the print goes, so
//! that the text is left. Readings stay, as `兎《うさぎ》`: a terminal has no other place for them.

use std::borrow::Cow;

/// What its legend is headed by.
const LEGEND: &str = "【テキスト中に現れる記号について】";
/// How far from the beginning the legend stands, in bytes.
const HEAD: usize = 8 << 10;
/// The longest note, in bytes; what is longer was never closed.
const LONGEST: usize = 600;

/// The text without notes `［＃…］`, the signs `｜` before what a reading is of, and their legend.
/// Lines keep their numbers.
pub fn plain(text: &str) -> Cow<'_, str> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let Some(legend) = head.find(LEGEND) else { return Cow::Borrowed(text) };
    let is_rule = |line: &str| line.len() > 10 && line.trim_end().chars().all(|c| c == '-');
    let mut out = String::with_capacity(text.len());
    // The legend stands between two rules.
    let mut rules: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > legend + HEAD {
            break;
        }
        if is_rule(line) {
            rules.push((at, at + line.len()));
        }
        at += line.len();
    }
    let before = rules.iter().rfind(|rule| rule.0 < legend);
    let behind = rules.iter().find(|rule| rule.0 > legend);
    let told = before.zip(behind).map_or(0..0, |(before, behind)| before.0..behind.1);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if told.contains(&at) {
            out.push('\n');
        } else {
            unmarked(line, &mut out);
        }
        at += line.len();
    }
    Cow::Owned(out)
}

/// Puts a line without its marks behind `out`.
fn unmarked(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find(['｜', '［']) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let close = match mark.chars().next() {
            Some('［') if mark.starts_with("［＃") => {
                mark[..mark.floor_char_boundary(LONGEST)].find('］')
            }
            Some('｜') => Some(0),
            _ => None,
        };
        let width = '［'.len_utf8();
        rest = match close.filter(|&close| close < LONGEST) {
            Some(close) => &mark[close + width..],
            None => {
                out.push_str(&mark[..width]);
                &mark[width..]
            }
        };
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn notes_go() {
        let rule = "-".repeat(40);
        let text = format!(
            "題\n\n{rule}\n【テキスト中に現れる記号について】\n《》：ルビ\n{rule}\n｜人間《にんげん》は［＃「は」に傍点］［一］《\n"
        );
        assert_eq!(plain(&text), "題\n\n\n\n\n\n人間《にんげん》は［一］《\n");
        assert_eq!(plain("《題》\n"), "《題》\n");
    }
}
