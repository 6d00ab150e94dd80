//! Those who take part, as the head of an article tells of them: who is behind the word for the one
//! who asks (`主持人 秦霜（…）`, `司会＝真壁亮`), and lists of names with what each does.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::Role;
use super::asking;
use super::credits::is_credit;
use super::fields::is_field;
use super::labels::{Likeness, asks, is_name, key, likeness};
use super::tongue::says_i;
use crate::prose::{BlockId, Kind, Prose};
use crate::text::script::{is_han_or_kana, is_hangul};

/// How many blocks from the beginning may tell of people.
const REACH: usize = 48;
/// The most that a list says of somebody, in characters; who introduces themselves says more.
const SAID: usize = 60;
/// The longest list of those who take part: a longer one is of something else.
const MOST: usize = 40;
/// How many bytes of a text are searched for the labels of those who are listed.
const READ: usize = 1 << 20;
/// The longest line that does, in characters.
const LONGEST: usize = 120;
/// The blanks and signs behind a name that part it from what its bearer does.
const PARTS: [char; 14] =
    ['（', '(', '［', '[', '\u{3000}', '：', ':', '＝', '=', '—', '–', '｜', '|', '，'];

/// What stands behind a label.
const ENDS: [char; 4] = [':', '：', '\u{3000}', '|'];
/// How far into a line a label ends at most, in characters.
const NAME: usize = 44;

/// What the head of an article says of those who take part.
#[derive(Debug, Default)]
pub struct Cast {
    /// Words for those who ask, each with a name.
    pub chairs: Vec<(String, String)>,
    /// Names of a list.
    pub listed: Vec<String>,
    /// The blocks of lists that look like turns.
    pub lines: Vec<BlockId>,
}

/// A line that names somebody.
#[derive(Debug)]
struct Member {
    block: BlockId,
    name: String,
    /// How much is said of them, in characters.
    length: usize,
    /// Whether they say it themselves: no list says "I".
    speaks: bool,
}

/// Those who take part.
pub fn cast(prose: &Prose, roles: &[Role]) -> Cast {
    let mut out = Cast::default();
    let mut run: Vec<Member> = Vec::new();
    let heads = OnceCell::new();
    let mut asked = 0;
    for (at, role) in roles.iter().enumerate().take(REACH) {
        let id = BlockId(at as u32);
        if prose.block(id).kind != Kind::Paragraph || *role != Role::Text {
            end(prose, &heads, &mut run, &mut out);
            continue;
        }
        let text = prose.slice(prose.content(id));
        // An introduction may ask once; then the talk begins.
        asked += u32::from(asking::asks(text));
        if asked > 1 {
            break;
        }
        // A list of lines right below each other ends at a blank line.
        let line = |id: BlockId| prose.block(id).line;
        if let [.., one, last] = &run[..]
            && line(last.block) <= line(one.block) + 1
            && line(id) > line(BlockId(id.0.saturating_sub(1))) + 1
        {
            end(prose, &heads, &mut run, &mut out);
        }
        for line in lines(prose, id) {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let found = member(line);
            let again = |member: &Member| found.as_ref() == Some(&member.name);
            if let Some(chair) = chair(line) {
                out.listed.push(chair.1.clone());
                out.chairs.push(chair);
            } else if run.iter().any(again) {
                // Who comes again in a paragraph speaks there.
                run.retain(|member| member.block != id);
                end(prose, &heads, &mut run, &mut out);
            } else if let Some(name) = found {
                // One more than the most says that it is too long.
                if run.len() <= MOST {
                    let (length, speaks) = (line.chars().count(), says_i(line, None));
                    run.push(Member { block: id, name, length, speaks });
                }
            } else {
                end(prose, &heads, &mut run, &mut out);
            }
        }
    }
    end(prose, &heads, &mut run, &mut out);
    out
}

/// The source lines of a block: between Han a line end leaves no character in the text.
fn lines(prose: &Prose, id: BlockId) -> impl Iterator<Item = &str> {
    let content = prose.content(id);
    let breaks = prose.breaks_in(content.start + 1..content.end).iter().copied();
    let mut from = content.start;
    breaks.chain(std::iter::once(content.end)).map(move |to| {
        let line = prose.slice(from..to);
        from = to;
        line
    })
}

/// Ends a list; one name alone is none.
fn end<'a>(
    prose: &'a Prose,
    heads: &OnceCell<HashMap<&'a str, u32>>,
    run: &mut Vec<Member>,
    out: &mut Cast,
) {
    let of = std::mem::take(run);
    if !(2..=MOST).contains(&of.len()) {
        return;
    }
    // Whole names that never speak, and whose short forms do: a list, and no turns.
    let heads = heads.get_or_init(|| labelled(prose));
    let speaks = |name: &str| heads.get(name).copied().unwrap_or(0);
    let silent = of
        .iter()
        .all(|member| speaks(&member.name) <= 1 && member.length <= SAID && !member.speaks);
    let short = of.iter().filter(|member| shorts(&member.name).iter().any(|s| speaks(s) >= 2));
    if silent && short.count() * 2 >= of.len() {
        out.lines.extend(of.iter().map(|member| member.block));
    }
    out.listed.extend(of.into_iter().map(|member| member.name));
}

/// What lines begin with as with a label, and how many do.
fn labelled(prose: &Prose) -> HashMap<&str, u32> {
    let mut out = HashMap::new();
    let near = prose.blocks().iter().take_while(|block| (block.span.start as usize) < READ);
    for line in (0..near.count() as u32).flat_map(|at| lines(prose, BlockId(at))) {
        let line = line.trim_end().trim_start_matches([' ', '\u{3000}', '-', '*', '•']);
        let signs = line.char_indices().take(NAME).filter(|(_, c)| ENDS.contains(c));
        let whole = Some(line.len()).filter(|_| line.chars().nth(NAME).is_none());
        for at in signs.map(|(at, _)| at).chain(whole) {
            *out.entry(line[..at].trim_end_matches([' ', '\u{A0}'])).or_default() += 1;
        }
    }
    out
}

/// The short forms of a name that labels have.
fn shorts(name: &str) -> Vec<String> {
    if name.chars().all(|c| is_han_or_kana(c) || is_hangul(c)) {
        let characters: Vec<char> = name.chars().collect();
        let families = (1..characters.len()).map(|end| characters[..end].iter().collect());
        return families.chain(std::iter::once(characters[1..].iter().collect())).collect();
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    words.first().into_iter().chain(words.last()).map(|word| (*word).to_owned()).collect()
}

/// Names behind the words for those who take part: `聞き手：桐生正也、三好あかね`, `出席者：` and a name
/// to a line.
pub fn named(text: &str, out: &mut Vec<String>) {
    const TAKE_PART: &[&str] = &[
        "聞き手",
        "話し手",
        "語り手",
        "出席者",
        "参加者",
        "登壇者",
        "出演",
        "参会人",
        "与会者",
        "与会嘉宾",
        "嘉宾",
        "嘉賓",
        "本期嘉宾",
        "主持人",
        "主持",
        "采访人",
        "访谈人",
        "受访人",
        "受访者",
        "受訪者",
        "口述",
        "口述者",
        "对谈人",
        "對談人",
        "与谈人",
        "與談人",
        "对话",
        "guests",
        "guest",
        "hosts",
        "host",
        "participants",
        "panelists",
        "panel",
        "witnesses",
        "interviewer",
        "interviewee",
        "speakers",
        "members present",
        "also present",
        "moderator",
        "참석자",
        "진행",
        "대담",
        "teilnehmer",
        "участники",
    ];
    let Some((word, names)) = text.split_once(['：', ':']) else { return };
    let word: String = word.chars().filter(|c| !c.is_whitespace() || c.is_ascii()).collect();
    if !TAKE_PART.contains(&word.trim().to_lowercase().as_str()) || names.chars().count() > 300 {
        return;
    }
    let mut depth = 0_usize;
    let flat: String = names
        .chars()
        .map(|c| {
            match c {
                '（' | '(' | '[' | '［' => depth += 1,
                '）' | ')' | ']' | '］' => depth = depth.saturating_sub(1),
                _ if depth == 0 => return c,
                _ => {}
            }
            ' '
        })
        .collect();
    for part in flat.split(['、', '，', ',', '；', ';', '\n', '/', '／', '.', '。']) {
        let part = part.trim();
        // The next field of a block is no name.
        let one = !part.contains([':', '：']) && part.chars().count() > 1;
        if one && is_name(part) && out.len() < 40 {
            out.push(part.to_owned());
        }
    }
}

/// `司会＝真壁亮（本誌編集部）`, `主持人 秦霜（编辑部主任）`: a word for the one who asks, and a name.
fn chair(line: &str) -> Option<(String, String)> {
    if line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let at = line.find([' ', '\u{3000}', '＝', '=', '／', '/', '|', '：', ':'])?;
    let word = line[..at].trim();
    let sign = line[at..].chars().next()?;
    let rest =
        line[at..].trim_start_matches([' ', '\u{3000}', '＝', '=', '／', '/', '|', '：', ':']);
    let end = rest.find(['（', '(', '［', '[', '\u{3000}', '，', '、', ',']).unwrap_or(rest.len());
    let name = rest[..end].trim();
    // With a colon it may be a turn, unless brackets say what its bearer is.
    let initials = |inner: &str| inner.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    let bracket = rest[end..].starts_with(['（', '(', '［', '['])
        && !initials(rest[end..].trim_matches(['（', '(', '［', '[', '）', ')', '］', ']', ' ']))
        && rest.trim_end_matches(['。', '.']).ends_with(['）', ')', '］', ']']);
    let told = bracket || matches!(sign, '＝' | '=' | '／' | '/' | '|');
    let fits = word.chars().count() > 1 && asks(&key(word)) && is_person(name);
    (fits && told).then(|| (word.to_owned(), name.to_owned()))
}

/// `汐見修（しおみ・おさむ）　りんご農家`, `한도윤 : 백엔드 엔지니어`: a name, and what its bearer does.
fn member(line: &str) -> Option<String> {
    if line.chars().nth(LONGEST).is_some() || line.contains(['？', '?', '“']) {
        return None;
    }
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let at = line.find(PARTS).or_else(|| line.find(" - ")).or_else(|| line.find(", "))?;
    let at = at + given(&line[at..]);
    let name = line[..at].trim();
    let rest = &line[at..];
    // `高瀬航一さん（水先人会）に聞く` is a title.
    let goes_on = rest.starts_with(['（', '('])
        && rest.find(['）', ')']).is_some_and(|end| {
            let width = rest[end..].chars().next().map_or(0, char::len_utf8);
            rest[end + width..].starts_with(|c| ('ぁ'..='ん').contains(&c))
        });
    let says = rest.chars().any(char::is_alphanumeric);
    (is_person(name) && says && !goes_on && !is_credit(line)).then(|| name.to_owned())
}

/// How many bytes a given name takes that a wide blank parts from the family's: `倉橋　徹（…）`.
fn given(text: &str) -> usize {
    let Some(rest) = text.strip_prefix('\u{3000}') else { return 0 };
    let end = rest.find(PARTS).unwrap_or(rest.len());
    let east = rest[..end].chars().all(|c| is_han_or_kana(c) || is_hangul(c));
    let fits = (1..=3).contains(&rest[..end].chars().count()) && east;
    // Behind it brackets or another blank say what they do.
    if fits && end < rest.len() { '\u{3000}'.len_utf8() + end } else { 0 }
}

/// `Auf dem Podium: Dr. Nuray Tekin und Holger Stamm`: a line of two names or more, with the word for
/// what they are.
pub fn is_roll(line: &str) -> bool {
    let Some((word, names)) = line.split_once([':', '：']) else { return false };
    let short = word.chars().count() < 40 && line.chars().nth(LONGEST).is_none();
    if !short || line.contains(['?', '？']) {
        return false;
    }
    let (mut names, mut parts) = (names.to_owned(), 0);
    for and in [" and ", " und ", " et ", " y ", " e ", " en ", " och ", " i ", " и ", "、", "，"]
    {
        names = names.replace(and, ",");
    }
    let mut all = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    all.all(|name| {
        parts += 1;
        let bare = ["Dr. ", "Prof. ", "Mr. ", "Ms. ", "Mrs. "];
        is_person(bare.iter().find_map(|title| name.strip_prefix(title)).unwrap_or(name))
    }) && parts > 1
}

/// Whether a text is somebody's whole name by its form.
pub fn is_person(name: &str) -> bool {
    let length = name.chars().count();
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let east = |c: char| is_han_or_kana(c) || is_hangul(c);
    let long = if bare.chars().all(|c| east(c) || matches!(c, '·' | '・')) {
        (2..=7).contains(&bare.chars().count())
    } else {
        let words = name.split_whitespace().count();
        (2..=4).contains(&words)
            && name.split_whitespace().all(|word| {
                word.starts_with(char::is_uppercase) || matches!(word, "von" | "van" | "de" | "der")
            })
            && !name.contains(|c: char| c.is_ascii_digit())
    };
    // `取材・文`, `高瀬さん`
    let word = asks(&key(name))
        || name.split(['・', '·', '/', '／']).any(is_field)
        || ["さん", "氏", "님", "씨"].iter().any(|honour| name.ends_with(honour));
    long && length <= 40 && !word && is_name(name) && likeness(name) == Likeness::Person
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_in_the_chair() {
        for (line, want) in [
            ("主持人 秦霜（本刊编辑部主任）", Some("秦霜")),
            ("司会＝真壁亮（本誌編集部）", Some("真壁亮")),
            ("Moderator: Ann Vale (The Post)", Some("Ann Vale")),
            ("司会　編集部", None),
            ("主持人：欢迎", None),
            ("主持人 你好（笑）", None),
        ] {
            assert_eq!(chair(line).map(|(_, name)| name).as_deref(), want, "{line}");
        }
    }

    #[test]
    fn a_list_ends_with_its_paragraph() {
        let text = "座談会　灯台の明日\n\n出席者\n汐見修（しおみ・おさむ）　りんご農家\n三好あかね（みよし・あかね）　灯台守\n司会＝真壁亮（本誌編集部）\n\n真壁　今日はありがとうございます。\n汐見　りんごを作っています。\n三好　灯台にいます。\n真壁　灯台の仕事はどうですか。\n三好　静かです。\n汐見　うらやましいですね。\n真壁　りんごのほうは。\n汐見　うるさいです。\n";
        let prose = crate::format::plain::read(text).prose;
        let cast = cast(&prose, &vec![Role::Text; prose.blocks().len()]);
        assert_eq!(cast.listed[..3], ["真壁亮", "汐見修", "三好あかね"]);
        assert_eq!(cast.lines.len(), 2);
    }

    #[test]
    fn rolls_of_a_part() {
        assert!(is_roll("Auf dem Podium: Dr. Nuray Tekin und Holger Stamm"));
        assert!(is_roll("嘉宾：周砚、李怀宇"));
        assert!(!is_roll("Ann Vale: Ben Roe"));
        assert!(!is_roll("Ann: Yes, no and Maybe Later"));
    }

    #[test]
    fn who_takes_part() {
        for (line, want) in [
            ("汐見修（しおみ・おさむ）　りんご農家", Some("汐見修")),
            ("한도윤 : 검색 플랫폼팀 백엔드 엔지니어.", Some("한도윤")),
            ("Ann Vale, harbour master", Some("Ann Vale")),
            ("– Lotte Sand (Kapitänin)", Some("Lotte Sand")),
            ("小笠原　守（元「しおさい」船長）", Some("小笠原　守")),
            ("高瀬航一（水先人会）に聞く", None),
            ("文・構成：三崎ほたる", None),
            ("Why: because", None),
            ("问：你好吗？", None),
        ] {
            assert_eq!(member(line).as_deref(), want, "{line}");
        }
    }
}
