//! Legends: what the text itself says about short labels: `燕=燕京书评`, `問：記者　答：版主`,
//! `李怀宇（简称“李”，下同）`, `Ruth Calloway (RC)`.

use std::collections::{HashMap, HashSet};

use super::Role;
use super::cast::{self, cast};
use super::initials::{are_initials, is_capitals};
use super::labels::{Likeness, asks, is_name, key, likeness};
use super::pairs::{ARROWS, pairs};
use crate::prose::{BlockId, Kind, Prose};

/// The longest line that may be a legend, in characters.
const LONGEST: usize = 120;
/// The longest short label, in characters.
pub const SHORT: usize = 8;
/// What stands between a label and who it is.
pub const COLONS: &[char] = &['：', ':', '﹕'];
/// The words that a short label stands behind in brackets.
const SHORTENS: &[&str] = &[
    "简称",
    "簡稱",
    "下称",
    "下稱",
    "以下为",
    "以下、",
    "以下「",
    "以下『",
    "以下：",
    "以下“",
    "hereafter",
    "hereinafter",
    "이하",
    "im Folgenden",
    "ci-après",
    "en adelante",
];
/// How many people a head lists at most; more are no talk.
const LISTED: usize = 64;
/// How many blocks are looked through.
const REACH: usize = 400;

/// Short labels and whole names.
#[derive(Clone, Debug, Default)]
pub struct Legend {
    full: HashMap<String, String>,
    /// Who is behind a word for the one who asks; the word itself is nobody's name.
    chairs: HashMap<String, String>,
    lines: Vec<BlockId>,
    listed: Vec<String>,
}

impl Legend {
    /// The whole name of a label, by its key.
    pub fn full(&self, key: &str) -> Option<&str> {
        self.full.get(key).or_else(|| self.chairs.get(key)).map(String::as_str)
    }

    /// The names that it tells of, short ones and whole ones, as keys.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.full.iter().flat_map(|(short, full)| [short.clone(), key(full)])
    }

    /// Its short names, each with the whole one, as keys.
    pub fn pairs(&self) -> impl Iterator<Item = (String, String)> {
        self.full.iter().map(|(short, full)| (short.clone(), key(full)))
    }

    /// The blocks that are legends and no turns.
    pub fn lines(&self) -> &[BlockId] {
        &self.lines
    }

    /// The whole names of those who take part, as a list in the head gives them.
    pub fn listed(&self) -> &[String] {
        &self.listed
    }

    /// Adds who bears the offices on labels, where nothing else says it.
    pub fn with(mut self, bearers: HashMap<String, String>) -> Self {
        for (office, name) in bearers {
            self.chairs.entry(office).or_insert(name);
        }
        self
    }

    /// Keeps only what defines one of these labels.
    pub fn of(mut self, labels: &HashSet<&str>) -> Self {
        self.full.retain(|short, _| labels.contains(short.as_str()));
        self.chairs.retain(|word, _| labels.contains(word.as_str()));
        self
    }
}

/// The legends of a text.
pub fn legend(prose: &Prose, roles: &[Role]) -> Legend {
    let mut out = Legend::default();
    let opened = opened(prose);
    for (at, role) in roles.iter().enumerate().take(REACH) {
        let id = BlockId(at as u32);
        if prose.block(id).kind != Kind::Paragraph || *role != Role::Text {
            continue;
        }
        let text = prose.slice(prose.content(id));
        if text.chars().nth(LONGEST).is_none()
            && let Some(pairs) = pairs(text)
            && (text.contains(['=', '＝'])
                || text.contains("->")
                || !pairs.iter().any(|(short, _)| is_spoken(&opened, id, short)))
        {
            out.lines.push(id);
            for (short, full) in pairs {
                // Somebody's name may begin with one: `是＝是枝裕和`.
                let rest = VERBS.iter().find_map(|verb| full.strip_prefix(verb));
                let rest =
                    rest.filter(|rest| !rest.trim().is_empty() && !full.starts_with(&*short));
                let full = rest.unwrap_or(&full);
                out.full.entry(key(&short)).or_insert(full.trim().to_owned());
            }
        }
        // Who speaks again has said this.
        if !speaks_again(&opened, id, text) {
            cast::named(text, &mut out.listed);
        }
        for (short, full) in shortened(text).into_iter().chain(quoted(text)) {
            out.full.entry(key(&short)).or_insert(full);
        }
    }
    defined(prose, roles, &opened, &mut out);
    let cast = cast(prose, roles);
    for (word, name) in cast.chairs {
        out.chairs.entry(key(&word)).or_insert(name);
    }
    out.listed.extend(cast.listed);
    out.listed.truncate(LISTED);
    out.lines.extend(cast.lines);
    out
}

/// The first and the last block that begins with each label, with a colon behind it.
fn opened(prose: &Prose) -> HashMap<&str, (BlockId, BlockId)> {
    let mut out = HashMap::new();
    for at in 0..prose.blocks().len().min(REACH) as u32 {
        let id = BlockId(at);
        if let Some((label, _)) = prose.slice(prose.content(id)).split_once(COLONS) {
            out.entry(label.trim()).or_insert((id, id)).1 = id;
        }
    }
    out
}

/// Whether a label has begun a block before this one: it is defined before it is used, so that
/// `答：写过，给狗的` is a turn where `答：` has spoken before.
fn is_spoken(opened: &HashMap<&str, (BlockId, BlockId)>, id: BlockId, label: &str) -> bool {
    opened.get(label).is_some_and(|&(first, _)| first < id)
}

/// Whether the label of a block begins a later one, or comes again in its own.
fn speaks_again(opened: &HashMap<&str, (BlockId, BlockId)>, id: BlockId, text: &str) -> bool {
    let Some((label, rest)) = text.split_once(COLONS) else { return false };
    let again = |at: usize| rest[at + label.len()..].starts_with(COLONS);
    opened.get(label.trim()).is_some_and(|&(_, last)| last > id)
        || !label.is_empty() && rest.match_indices(label).any(|(at, _)| again(at))
}

/// Lines one below the other of which each defines a label: `说话人1：周牧（主播）`.
fn defined(
    prose: &Prose,
    roles: &[Role],
    opened: &HashMap<&str, (BlockId, BlockId)>,
    out: &mut Legend,
) {
    let blocks = prose.blocks().len().min(REACH);
    let mut run: Vec<(BlockId, String, String)> = Vec::new();
    for at in 0..=blocks {
        let id = BlockId(at as u32);
        let open = roles.get(at).is_some_and(|role| *role == Role::Text)
            && at < blocks
            && prose.block(id).kind == Kind::Paragraph;
        let text = if open { prose.slice(prose.content(id)).trim() } else { "" };
        let chair = || chair(text).filter(|_| !run.is_empty());
        let unspoken = |found: &(String, String)| !is_spoken(opened, id, &found.0);
        let found = definition(text)
            .or_else(|| pointed(text))
            .filter(unspoken)
            .or_else(|| attendee(text))
            .or_else(chair);
        match found {
            Some((short, full)) if run.iter().all(|(_, known, _)| *known != short) => {
                run.push((id, short, full));
            }
            _ => {
                for (id, short, full) in if run.len() > 1 { run.drain(..) } else { run.drain(..0) }
                {
                    // A label that never comes again defines nothing.
                    let again =
                        memchr::memmem::find_iter(prose.text().as_bytes(), short.as_bytes());
                    if again.take(3).count() > 1 {
                        out.lines.push(id);
                        if full.is_empty() {
                            continue;
                        }
                        out.full.entry(key(&short)).or_insert(full);
                    }
                }
                run.clear();
            }
        }
    }
}

/// `小笠原　守（元船長）`: someone who takes part, with what they are; it defines no label.
fn attendee(text: &str) -> Option<(String, String)> {
    let name = text.split(['（', '(']).next()?.trim();
    let role = text.ends_with(['）', ')']) && text.chars().count() < 60 && name != text;
    let (family, given) = name.split_once('\u{3000}')?;
    let fits = is_name(family) && (1..=6).contains(&given.trim().chars().count());
    (role && fits).then(|| (family.to_owned(), String::new()))
}

/// `司会　編集部` below those who take part: who asks, and no turn of theirs.
fn chair(text: &str) -> Option<(String, String)> {
    let (word, who) = text.trim().split_once('\u{3000}')?;
    let short = who.chars().count() <= 12 && !who.contains(['。', '？', '、', '，']);
    (asks(&key(word)) && short).then(|| (word.to_owned(), String::new()))
}

/// `A：周牧（主播）`: a label, and nothing but a name.
fn definition(text: &str) -> Option<(String, String)> {
    let (short, rest) = text.trim().split_once(['：', ':', '﹕', '=', '＝'])?;
    let name = rest.trim();
    let name = name[..name.find(['（', '(', '，', ',']).unwrap_or(name.len())].trim();
    let han = name.chars().all(|c| crate::text::script::is_han_or_kana(c) || c == '·');
    let length = name.chars().count();
    let like = if han { (2..=4).contains(&length) } else { name.split_whitespace().count() >= 2 };
    // `問：《晨報》記者`: what the one is who asks.
    let roles =
        ["记者", "記者", "主持人", "主持", "编辑", "編輯", "编辑部", "編輯部", "採訪者", "采访者"];
    let role = asks(&key(short)) && roles.iter().any(|role| name.ends_with(role)) && length <= 20;
    if role && text.chars().count() < 40 {
        return Some((short.trim().to_owned(), String::new()));
    }
    let fits = is_name(short.trim()) && short.chars().count() <= SHORT && like && is_name(name);
    (fits && likeness(name) == Likeness::Person && text.chars().count() < 40)
        .then(|| (short.trim().to_owned(), name.to_owned()))
}

/// `[Air] -> Airwalk/Polka`: a label and who it points to, as those write who have other names.
fn pointed(text: &str) -> Option<(String, String)> {
    let (short, full) = ARROWS.iter().find_map(|sign| text.trim().split_once(sign))?;
    let short = short.trim().trim_matches(['[', ']', '(', ')', '（', '）', '【', '】']);
    let full = full.trim();
    let fits = is_name(short) && short.chars().count() <= SHORT && full.chars().count() <= 40;
    // Who it is need not be written as a name.
    let name = if likeness(full) == Likeness::Person { full } else { "" };
    (fits && !full.is_empty()).then(|| (short.to_owned(), name.to_owned()))
}

/// What says in Han that a label stands for somebody.
const VERBS: [&str; 6] = ["代表", "为", "為", "指", "即", "是"];

/// `「連」為訪談人連以謙`, `“燕”代表燕京书评`.
fn quoted(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (at, open) in text.char_indices().filter(|(_, c)| matches!(c, '「' | '“' | '"' | '‘'))
    {
        let inner = &text[at + open.len_utf8()..];
        let Some(end) = inner.find(['」', '”', '"', '’']).filter(|&end| end > 0 && end < 16)
        else {
            continue;
        };
        let short = &inner[..end];
        let behind = inner[end..].trim_start_matches(['」', '”', '"', '’', ' ']);
        let signs = ["=", "＝", "stands for", "is"];
        let mut verbs = VERBS.iter().chain(&signs);
        let Some(rest) = verbs.find_map(|verb| behind.strip_prefix(verb)) else { continue };
        let phrase = rest
            .split(['，', '、', '。', '；', ',', ';', '.', '）', ')'])
            .next()
            .unwrap_or(rest)
            .trim();
        if let Some(full) = named(short, phrase) {
            out.push((short.to_owned(), full));
        }
    }
    out
}

/// The name in a phrase that a short label stands for: the one that begins or ends with it.
fn named(short: &str, phrase: &str) -> Option<String> {
    let characters: Vec<char> = phrase.chars().collect();
    if characters.len() > 12 || short.chars().count() > 2 || !is_name(short) {
        return None;
    }
    let at = phrase.find(short)?;
    let tail = &phrase[at..];
    if (2..=4).contains(&tail.chars().count()) {
        return Some(tail.to_owned());
    }
    let last = characters.len().saturating_sub(3);
    (tail == short && characters.len() > 1).then(|| characters[last..].iter().collect())
}

/// `李怀宇（简称“李”，下同）`, `Ruth Calloway (RC)`, `以下简称“访”`.
fn shortened(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (at, open) in text.char_indices().filter(|(_, c)| matches!(c, '（' | '(')) {
        let inner = &text[at + open.len_utf8()..];
        let Some(end) = inner.find(['）', ')']).filter(|&end| end < 80) else { continue };
        let inner = &inner[..end];
        let word =
            SHORTENS.iter().find_map(|word| inner.find(word).map(|at| &inner[at + word.len()..]));
        let short = match word {
            Some(rest) => {
                let rest = rest.trim_start_matches([
                    ':', '：', ' ', '为', '為', '“', '"', '「', '‘', '『', '作', ',',
                ]);
                &rest[..rest
                    .find(['”', '"', '」', '’', '』', '，', ',', '；', '、'])
                    .unwrap_or(rest.len())]
            }
            None if is_capitals(inner) => inner,
            // `内田繁（以下内田）`
            None if is_part_below(inner, &text[..at]) => &inner["以下".len()..],
            // `陈秋水（陈）`
            None if is_char_of(inner, &text[..at]) => inner,
            // `Dame Frances Loe (Chair)`: kept only if it is a label.
            None if inner.is_ascii()
                && is_name(inner)
                && name_before(&text[..at]).contains(' ') =>
            {
                inner
            }
            None => continue,
        };
        let (short, full) = (short.trim(), name_before(&text[..at]).trim());
        // `作曲家簡如沛（以下簡稱「簡」）`
        let full = match full.find(short) {
            Some(from) if !short.is_ascii() && full[from..].chars().count() > 1 => &full[from..],
            _ => full,
        };
        let role = short.is_ascii() && !is_capitals(short);
        let told = word.is_some() || role || !short.is_ascii() || are_initials(short, full);
        if !short.is_empty()
            && short.chars().count() <= SHORT
            && told
            && is_name(full)
            && full != short
        {
            out.push((short.to_owned(), full.to_owned()));
        }
    }
    out
}

/// Whether a bracket says that a part of the name before it stands for it below.
fn is_part_below(inner: &str, before: &str) -> bool {
    let part = inner.strip_prefix("以下").unwrap_or_default();
    !part.is_empty() && name_before(before).starts_with(part)
}

/// Whether a bracket holds nothing but the first character of the name before it.
fn is_char_of(inner: &str, before: &str) -> bool {
    let name = name_before(before);
    let length = name.chars().count();
    inner.chars().count() == 1 && (2..=4).contains(&length) && name.starts_with(inner)
}

/// The name that a text ends with: its last Han characters, or its last words in capitals.
fn name_before(text: &str) -> &str {
    let text = text.trim_end();
    let han = |c: char| {
        crate::text::script::is_han_or_kana(c)
            || crate::text::script::is_hangul(c)
            || matches!(c, '·' | '・' | '‧' | '•')
    };
    if text.ends_with(han) {
        let start = text.trim_end_matches(han).len();
        return &text[start..];
    }
    let parted = |c: char| matches!(c, '（' | '）' | '、' | '，' | '；' | '。' | '：');
    let text = text.rsplit(parted).next().unwrap_or(text);
    let mut start = text.len();
    for word in text.split(' ').rev().take(4) {
        let particle = matches!(word, "van" | "von" | "de" | "der" | "la");
        let closed = start < text.len() && word.ends_with([':', ',', ';', '.']) && word.len() > 3;
        if !word.starts_with(char::is_uppercase) && !particle || closed {
            break;
        }
        start = start.saturating_sub(word.len() + usize::from(start < text.len()));
    }
    text[start..].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_definitions() {
        for (text, want) in [
            ("燕=燕京书评 牟=牟钰", Some(vec![("燕", "燕京书评"), ("牟", "牟钰")])),
            ("（访＝访谈者，程＝程小雨）", Some(vec![("访", "访谈者"), ("程", "程小雨")])),
            (
                "問：眾新聞記者　答：求驗傳媒版主",
                Some(vec![("問", "眾新聞記者"), ("答", "求驗傳媒版主")]),
            ),
            (
                "黃：碼頭雨夜失足的那位好心的燈塔看守人黃小姐　眾：眾新聞",
                Some(vec![("黃", "黃小姐"), ("眾", "眾新聞")]),
            ),
            ("注：Q=林舟；A=周砚", Some(vec![("Q", "林舟"), ("A", "周砚")])),
            ("记者：你好吗？", None),
            ("他说：好，我说：不", None),
        ] {
            let found = pairs(text);
            let found = found.as_ref().map(|pairs| {
                pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>()
            });
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn who_has_spoken_is_not_defined_any_more() {
        for text in [
            "甲：你好吗？\n\n乙：很好。\n\n甲：写过信吗？\n\n乙：愿意，只有一个条件：不寄。\n",
            "甲：你好吗？\n\n乙：很好。\n\n甲：写过一封，给狗的。\n\n乙：读过两遍，没看懂。\n",
        ] {
            let prose = crate::format::markdown::read(text).prose;
            let found = legend(&prose, &vec![Role::Text; prose.blocks().len()]);
            assert_eq!((found.lines(), found.full("乙")), (&[][..], None), "{text}");
        }
        // Behind the talk a legend with its own sign is one still.
        let text = "甲：你好吗？\n\n乙：很好。\n\n甲=林舟，乙=周砚\n";
        let prose = crate::format::markdown::read(text).prose;
        let found = legend(&prose, &vec![Role::Text; prose.blocks().len()]);
        assert_eq!(found.full("乙"), Some("周砚"));
    }

    #[test]
    fn names_with_a_short_form() {
        let of = |text| shortened(text).into_iter().next().map(|(a, b)| format!("{a}={b}"));
        assert_eq!(of("李怀宇（简称“李”，下同）：好").as_deref(), Some("李=李怀宇"));
        assert_eq!(of("We met Ruth Calloway (RC) in").as_deref(), Some("RC=Ruth Calloway"));
        assert_eq!(of("The BBC (UK) said"), None);
        assert_eq!(
            of("Members present: Dame Frances Loe (Chair); Lord Hask").as_deref(),
            Some("Chair=Dame Frances Loe")
        );

        assert_eq!(of("他（笑）说"), None);
        let of =
            |text| quoted(text).into_iter().map(|(a, b)| format!("{a}={b}")).collect::<Vec<_>>();
        assert_eq!(of("「連」為訪談人連以謙，「彬」為其子施文彬"), ["連=連以謙", "彬=施文彬"]);
    }
}
