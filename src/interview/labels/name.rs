//! What in a label is a name, and which spellings are one name.

use super::super::fields::is_field;
use super::likeness::{Likeness, is_word, likeness};
use super::role::{is_role, is_role_of};
use super::words::{NUMBERED, answers, asks, is_anyone};

/// The most characters a name may have.
pub const LONGEST: usize = 40;

/// The most characters that the name of a magazine in quotes has.
const HOUSE: usize = 8;

/// A label without role, number, honours and ornaments around its name.
pub fn bare(label: &str) -> &str {
    let ornaments = [
        '【', '】', '[', ']', '*', '_', '|', '■', '●', '◆', '▍', '〔', '〕', '［', '］', '<', '>',
        '＞', '丨', '｜', '∣', '│',
    ];
    let label = unlisted(label.trim()).trim_matches(ornaments).trim();
    // `「暗礁」`: a magazine's name.
    let label = match label.strip_prefix('「').and_then(|rest| rest.strip_suffix('」')) {
        Some(inner) if !inner.contains(['「', '」']) && inner.chars().count() <= HOUSE => inner,
        _ => label,
    };
    // `答（陈）`: who of several answers.
    if let Some((word, rest)) = label.split_once(['（', '('])
        && answers(&key(word))
        && let Some(inner) = rest.trim_end().strip_suffix(['）', ')'])
        && likeness(inner) == Likeness::Person
        && is_name(inner)
    {
        return inner.trim();
    }
    // `委員長（真壁亮君）`: minutes of assemblies name whoever bears the office.
    if let Some(inner) = label.strip_suffix('）').and_then(|rest| rest.split_once('（'))
        && inner.1.ends_with('君')
        && inner.1.chars().count() > 2
        && is_name(inner.1)
    {
        return inner.1;
    }
    let name = match label.find(['（', '(', '[', '【', '<', '［', '〔', '〈']) {
        Some(at) if at > 0 => &label[..at],
        // `(role) Name`
        Some(0) => label.find(['）', ')', ']', '】', '］']).map_or(label, |end| {
            let width = label[end..].chars().next().map_or(1, char::len_utf8);
            if label[end + width..].trim().is_empty() { label } else { &label[end + width..] }
        }),
        _ => label,
    };
    // `「灯塔杂志」·张三`: of whom somebody is.
    let house =
        name.contains('·').then(|| name.split_once("」·").or_else(|| name.split_once("》·")));
    let name = match house.flatten() {
        Some((house, rest)) if house.starts_with(['「', '《']) && !rest.trim().is_empty() => rest,
        _ => name,
    };
    // `Entrevistado/a`, `Interviewer/in`: of either sex.
    let name = match name.split_once('/') {
        Some((word, "a" | "as" | "o" | "in" | "-in" | "innen" | "e" | "-e" | "rice" | "trice"))
            if is_word(word) =>
        {
            word
        }
        _ => name,
    };
    // `Name, role`: what stands before the comma is a name of its own.
    let name = match name.split_once([',', '，', '|', '/', '／']) {
        Some((before, behind)) if is_role(before, behind) => before,
        _ => name,
    };
    let name = name.trim_matches([
        ' ', '\u{3000}', '\u{A0}', '-', '–', '—', '，', ',', '«', '»', '(', ')', '（', '）',
    ]);
    // `主持人 骆一川`
    match name.split_once([' ', '\u{3000}']) {
        Some((word, rest)) if is_role_of(word, rest) => rest.trim(),
        _ => unnumbered(name),
    }
}

/// A label without the number of a list before it: `1. 记者`, `（2）问`, `3、Q`.
fn unlisted(label: &str) -> &str {
    let inner = label.trim_start_matches(['(', '（', '[', '#']);
    let digits = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = inner.len() - digits.len();
    if number == 0 || number > 3 {
        return label;
    }
    match digits.strip_prefix(['.', '、', '．', ')', '）', ']']) {
        Some(rest) if rest.chars().any(char::is_alphabetic) => rest.trim_start(),
        _ => label,
    }
}

/// `Q8 follow-up` as `Q`, `问题三` as `问题`: questions are numbered, who asks them is not.
fn unnumbered(name: &str) -> &str {
    split(name).map_or(name, |(word, _)| word)
}

/// Whether numbers behind words are written with a character.
fn is_numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '①'..='⑩' | '零')
        || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// A word for a question or an answer, and what stands from its number on.
fn split(name: &str) -> Option<(&str, &str)> {
    let at = name.find(is_numeral)?;
    let word = name[..at].trim_end_matches([' ', '.', '#', '第', '-', '\u{3000}']);
    // `嘉宾1` and `嘉宾2` are two people.
    (!word.is_empty() && NUMBERED.contains(&key(word).as_str())).then(|| (word, &name[at..]))
}

/// The number of a question or an answer in its label as printed, and nothing else: `2` in `A2`.
pub fn number(label: &str) -> Option<u32> {
    let (_, rest) = split(unlisted(label.trim()))?;
    key(rest).parse().ok()
}

/// Whether a text may be the name of someone who speaks: short, without the marks of a sentence,
/// and no field of front matter.
pub fn is_name(name: &str) -> bool {
    let characters = name.chars().count();
    // `???`: somebody whom the transcriber did not know.
    if (2..=5).contains(&characters) && name.chars().all(|c| matches!(c, '?' | '？')) {
        return true;
    }
    if characters == 0
        || characters > LONGEST
        || name.chars().any(is_sentence) && !has_nickname(name)
        || !name.chars().any(char::is_alphabetic)
        || name.contains(" | ")
        || name.contains('｜')
        || is_field(name) && !may_speak(name)
    {
        return false;
    }
    // A date, a number, a bracket that is not closed.
    let open = name.matches(['（', '(', '[', '【', '《']).count()
        != name.matches(['）', ')', ']', '】', '》']).count();
    let quoted = name.starts_with(['\'', '‘', '’', '「', '『', '-', '«']);
    if is_date(name)
        || is_stopped(name)
        || tells(name, characters)
        || open
        || quoted
        || name.starts_with("Dear ")
        || name.starts_with(|c: char| c.is_ascii_digit()) && !is_handle(name)
    {
        return false;
    }
    let han = name.chars().filter(|&c| crate::text::script::is_han_or_kana(c)).count();
    if han > 0 { han <= 14 && characters <= 24 } else { name.split_whitespace().count() <= 5 }
}

/// Whether a name that begins with a digit is one that somebody has taken: `3D Addict`, `2Pac`,
/// `0xB10C`.
fn is_handle(name: &str) -> bool {
    // An address has more digits, or no letters.
    if let Some(rest) = name.strip_prefix("0x") {
        return (3..=5).contains(&rest.len())
            && rest.bytes().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
            && rest.starts_with(|c: char| c.is_ascii_uppercase())
            && rest.contains(|c: char| c.is_ascii_digit());
    }
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    name.len() - rest.len() <= 2
        && rest.len() >= 3
        && rest.starts_with(|c: char| c.is_ascii_uppercase())
        && rest.split(' ').all(|word| word.starts_with(char::is_uppercase))
}

/// Whether a text ends with the stop of a sentence: `No.`, `It is.`; that of `Jr.` and of initials is
/// their own.
fn is_stopped(name: &str) -> bool {
    const OWN: &[&str] = &[
        "jr", "sr", "esq", "inc", "ltd", "co", "corp", "st", "dr", "prof", "phd", "int", "resp",
        "ques", "ans", "anon", "enq",
    ];
    let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
    // `Корр.`, `Ερ.`: in these scripts labels are often cut short.
    let short = !name.contains(' ') && !name.is_ascii() && name.chars().count() <= 6;
    last.strip_suffix('.').is_some_and(|word| {
        word.chars().nth(1).is_some() && !word.contains('.') && !OWN.contains(&word) && !short
    })
}

/// Whether what stands in quotes within a name is what somebody is called: `Ann "Red" Lee`.
fn has_nickname(name: &str) -> bool {
    let mut parts = name.split(['"', '“', '”']);
    let (Some(first), Some(nickname), Some(last)) = (parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let capital =
        |part: &str| part.trim().starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    // `“Red” Lee` as well.
    let begins = first.is_empty() || capital(first);
    parts.next().is_none()
        && begins
        && capital(nickname)
        && capital(last)
        && !name.chars().any(|c| is_sentence(c) && !matches!(c, '"' | '“' | '”'))
}

/// Whether a word that fields have is a speaker's as well: `嘉宾`, `编辑`, `Guest 2`. A label
/// recurs, a field does not.
fn may_speak(name: &str) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || " #一二三四五六七八九十".contains(c);
    let word = key(name.trim_end_matches(numeral));
    // `PS` may be somebody's initials; a postscript comes once.
    asks(&word) || answers(&word) || is_anyone(&word) || name == "PS"
}

/// `星期一, 04/22/2019`, `Sat Feb 11`: when, and not who.
fn is_date(name: &str) -> bool {
    const DAYS: &[&str] = &[
        "星期",
        "月",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Jan ",
        "Feb ",
        "Mar ",
        "Apr ",
        "May ",
        "Jun ",
        "Jul ",
        "Aug ",
        "Sep ",
        "Oct ",
        "Nov ",
        "Dec ",
        "Mon. ",
        "Tue. ",
        "Wed. ",
        "Thu. ",
        "Fri. ",
        "Sat. ",
        "Sun. ",
    ];
    let digits = name.chars().filter(char::is_ascii_digit).count();
    digits >= 4 && name.contains(['/', '-', ':', '年', '月', ','])
        || digits >= 6
        || matches!(name, "a.m." | "p.m." | "UTC" | "GMT" | "CET" | "CEST" | "上午" | "下午")
        || (digits > 0 || name.contains(',')) && DAYS.iter().any(|day| name.contains(day))
}

/// `他说`, `she asked`: what a story says before it quotes.
fn tells(name: &str, characters: usize) -> bool {
    const TELL: &[&str] = &[
        "说道", "說道", "写道", "寫道", "问道", "問道", "表示", "认为", "認為", "指出", "告诉",
        "告訴", "解释", "解釋", "补充", "補充", "喊道", "笑道", "答道", "介绍", "介紹", "回忆",
        "回憶", "强调", "強調", "坦言", "感叹", "写着", "心想", "说过", "常说", "又说", "还说",
        "就说",
    ];
    const SAY: &[&str] = &[
        " said",
        " says",
        " asked",
        " replied",
        " added",
        " wrote",
        " explained",
        " told me",
        " answered",
    ];
    characters > 1 && name.ends_with(['说', '說'])
        || characters > 2 && (name.ends_with('道') || TELL.iter().any(|verb| name.ends_with(verb)))
        || SAY.iter().any(|verb| name.ends_with(verb))
}

pub fn is_sentence(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '؟'
            | '；'
            | '…'
            | '"'
            | '!'
            | '?'
            | ';'
            | '='
            | '{'
            | '}'
            | '$'
            | '\\'
            | '%'
            | '→'
            | '+'
            | '`'
            | '“'
            | '”'
            | '，'
            | '\u{FFFC}'
            | '¿'
            | '¡'
    )
}

/// The names in a label that several share: `张三、李四`, `A & B`; none where it is one name.
pub fn shared(name: &str) -> Vec<&str> {
    // Most labels are one name.
    if !name.contains(['、', '&', '＆', '+', '/', '／', '和', '与', '與', ' ']) {
        return Vec::new();
    }
    let parts: Vec<&str> = name
        .split(['、', '&', '＆', '+', '/', '／', '和', '与', '與'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" y "))
        .map(str::trim)
        .collect();
    if parts.len() > 1 && parts.iter().all(|part| !part.is_empty()) { parts } else { Vec::new() }
}

/// The form in which two spellings of a name are one.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut characters = name.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            _ if c.is_whitespace() => {}
            // `Mr.` and `Mr`.
            '.' if characters.peek().is_none_or(|next| next.is_whitespace()) => {}
            '.' | '·' | '•' | '‧' | '・' => out.push('·'),
            // Most names are plain letters or Han: no tables needed.
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            '\u{4E00}'..='\u{9FFF}' => out.push(c),
            _ => match crate::text::fold::fold_char(c) {
                '·' | '•' | '‧' | '・' | '.' => out.push('·'),
                c if c.is_whitespace() => {}
                c => out.extend(c.to_lowercase()),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        assert_eq!(key("迈克·陈"), key("迈克・陈 "));
        assert_eq!(key("Zhou Yan"), key("ZHOU YAN"));
    }

    #[test]
    fn names_that_begin_with_a_digit() {
        for name in ["3D Addict", "2Pac", "0xB10C"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["0x1f3a", "0xCAFE", "0xDEADBEEF", "12 people", "2021-03-04"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn the_name_in_a_label() {
        for (label, want) in [
            ("周砚（CEO）", "周砚"),
            ("1. 记者", "记者"),
            ("Q8 follow-up", "Q"),
            ("问题三", "问题"),
            ("Speaker 1", "Speaker 1"),
            ("说话人 2", "说话人 2"),
            ("Ann Lee, editor", "Ann Lee"),
            ("Ann Lee, @ann_1", "Ann Lee"),
            ("Anna Berg, C++ Developer, Oslo", "Anna Berg"),
            ("Анна Берг, редактор", "Анна Берг"),
            ("Então, a pergunta", "Então, a pergunta"),
            ("as ever, so it is", "as ever, so it is"),
            ("Ann, Ben, Cy", "Ann, Ben, Cy"),
            ("Ann Lee, Ben Hur, Dan Ray", "Ann Lee, Ben Hur, Dan Ray"),
            ("Jane Berg, Emma, Harbour Classics", "Jane Berg, Emma, Harbour Classics"),
            ("Günter Berg, Der Turm", "Günter Berg, Der Turm"),
            ("【何镜】", "何镜"),
            ("(host) Ann", "Ann"),
            ("A & B", "A & B"),
        ] {
            assert_eq!(bare(label), want, "{label}");
        }
    }

    #[test]
    fn the_number_of_a_label() {
        for (label, want) in [
            ("A2", Some(2)),
            ("Q8 follow-up", None),
            ("嘉宾1", None),
            ("A", None),
            ("答 3", Some(3)),
        ] {
            assert_eq!(number(label), want, "{label}");
        }
    }

    #[test]
    fn what_is_like_a_name() {
        for (name, want) in [
            ("记者", Likeness::Word),
            ("嘉宾", Likeness::Word),
            ("于丹", Likeness::Person),
            ("于是", Likeness::Phrase),
            ("说话人1", Likeness::Person),
            ("周砚", Likeness::Person),
            ("三联生活周刊", Likeness::Person),
            ("Sjors van Wirdum", Likeness::Person),
            ("THE COURT", Likeness::Person),
            ("换句话说", Likeness::Phrase),
            ("The answer is", Likeness::Phrase),
        ] {
            assert_eq!(likeness(name), want, "{name}");
        }
        for no in ["他说", "母亲问道", "she asked", "发布时间", "2024", "一句话。"] {
            assert!(!is_name(no), "{no}");
        }
        assert_eq!(shared("张三、李四"), ["张三", "李四"]);
        assert_eq!(shared("Ann and Ben"), ["Ann", "Ben"]);
        assert!(shared("Ann").is_empty());
    }
}
