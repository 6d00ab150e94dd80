//! Legends of one line: `燕=燕京书评，牟=牟钰`, `問：記者　答：版主`, `[Air] -> Airwalk`.

use super::labels::is_name;
use super::legend::{COLONS, SHORT};

/// Between a label and who it stands for, in legends of those who have other names.
pub const ARROWS: [&str; 3] = ["->", "→", "=>"];

/// `燕=燕京书评，牟=牟钰` and `問：記者　答：版主`: nothing but two or more definitions.
pub fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let text =
        text.trim().trim_matches(['（', '）', '(', ')', '【', '】', '[', ']', '*', '。', '.', '※']);
    let text = match text.split_once(COLONS) {
        // `注：燕=…`, `下文中：…`
        Some((_, rest))
            if rest.contains(['=', '＝'])
                && !text[..text.len() - rest.len()].contains(['=', '＝']) =>
        {
            rest
        }
        _ => text,
    };
    let text = &unbracketed(text);
    // `[Air] -> Airwalk`
    let arrow = ARROWS.iter().find(|sign| text.contains(**sign));
    let text = &match arrow {
        Some(sign) => text.replace(sign, "=").replace(['[', ']'], ""),
        None => text.clone(),
    };
    let signs: &[char] = if text.contains(['=', '＝']) { &['=', '＝'] } else { COLONS };
    // Those who have other names write them as `Air/Polka`.
    let loose: &[char] = match arrow {
        Some(_) => &['\n'],
        None => &['，', ',', '；', ';', '、', '\u{3000}', '\n', '|', '/'],
    };
    let mut out = Vec::new();
    for part in
        text.split(loose).flat_map(|part| part.split("  ")).flat_map(|part| by_sign(part, signs))
    {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let (short, full) = part.split_once(signs)?;
        let (short, full) = (short.trim().trim_matches(['“', '”', '"', '「', '」']), full.trim());
        // `呂＝呂海樹（潛水教練）`: what somebody is belongs to no name.
        let bracket = full.find(['（', '(']).filter(|&at| at > 0);
        let full = full[..bracket.unwrap_or(full.len())].trim_end();
        // `黃：碼頭雨夜失足的黃小姐`: one character out of who it is.
        let part = || short.chars().count() == 1 && !short.is_ascii() && full.contains(short);
        let name = full.rfind(short).map_or("", |at| &full[at..]);
        let part = signs.contains(&':') && !is_name(full) && part() && is_name(name);
        let full = if part { name } else { full };
        let told = signs.contains(&'=') || is_name(full);
        // What a box in the text is has no name: `灰匣：本刊附加資料`.
        if !told && out.len() >= 2 && is_name(short) && full.chars().count() <= SHORT {
            continue;
        }
        let fits = told
            && (1..=SHORT).contains(&short.chars().count())
            && (1..=24).contains(&full.chars().count());
        if !fits || !is_name(short) || full.ends_with(['。', '？', '?', '！']) {
            return None;
        }
        out.push((short.to_owned(), full.to_owned()));
    }
    // With colons it may be a very short turn: then the definitions are more than one a line.
    (out.len() >= 2).then_some(out)
}

/// A text without what stands in brackets: who somebody is has commas and colons of its own. All
/// blanks are of one kind.
fn unbracketed(text: &str) -> String {
    let mut deep = 0_u32;
    let keep = |c: &char| {
        deep += u32::from(matches!(c, '（' | '('));
        let keep = deep == 0;
        deep = deep.saturating_sub(u32::from(matches!(c, '）' | ')')));
        keep
    };
    text.chars().filter(keep).map(|c| if c == '\u{A0}' { ' ' } else { c }).collect()
}

/// Definitions that only blanks part: `燕=燕京书评 牟=牟钰`.
fn by_sign<'a>(part: &'a str, signs: &[char]) -> Vec<&'a str> {
    if !signs.contains(&'=') || part.matches(signs).count() < 2 {
        return vec![part];
    }
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in part.match_indices(signs).skip(1) {
        let Some(gap) = part[from..at].rfind(' ') else { continue };
        out.push(&part[from..from + gap]);
        from += gap + 1;
    }
    out.push(&part[from..]);
    out
}
