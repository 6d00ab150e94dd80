//! Names → people: which labels are one person's, and by which name the person is shown.
//!
//! Two names are one person's only where the text supports it: a legend says so, or one is the
//! other's first name, last name, initials or misspelling, no third name fits as well, and the two
//! do not talk to each other.

use std::collections::HashMap;

use super::infer::Start;
use super::labels::{Likeness, answers, asks, key, likeness};
use super::legend::Legend;
use super::reread::is_misspelt;

/// From how many names on they are not compared: it is no talk any more.
const MOST: usize = 400;

/// Who speaks at each start, and their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The person of each start, by place in `names`.
    pub of: Vec<usize>,
    /// Each person's names, the one they are shown by first; people in order of their first turn.
    pub names: Vec<Vec<String>>,
}

/// A name that stands on labels.
#[derive(Debug)]
struct Name {
    key: String,
    shown: String,
    count: u32,
    /// The names right before and behind it, with how often.
    beside: HashMap<usize, u32>,
}

/// Sorts the names of starts into people.
pub fn people(starts: &[Start], legend: &Legend) -> People {
    let mut names: Vec<Name> = Vec::new();
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut of = Vec::with_capacity(starts.len());
    for start in starts {
        let key = key(&start.name);
        let id = *ids.entry(key).or_insert_with_key(|key| {
            let shown = start.name.clone();
            names.push(Name { key: key.clone(), shown, count: 0, beside: HashMap::new() });
            names.len() - 1
        });
        names[id].count += 1;
        if let Some(&last) = of.last()
            && last != id
        {
            *names[id].beside.entry(last).or_default() += 1;
            *names[last].beside.entry(id).or_default() += 1;
        }
        of.push(id);
    }
    // Who each name is another name of.
    let mut whole: Vec<usize> = (0..names.len()).collect();
    let compared = if names.len() > MOST { 0 } else { names.len() };
    for short in 0..compared {
        let fits: Vec<usize> = (0..names.len())
            .filter(|&long| long != short && !is_compound(&names, long))
            .filter(|&long| is_other_name(&names, short, long, legend))
            .collect();
        // People who talk to each other are two.
        if let [long] = fits[..]
            && whole[long] != short
            && names[short].beside.get(&long).copied().unwrap_or(0) * 5 <= names[short].count * 6
        {
            whole[short] = long;
        }
    }
    let root = |mut id: usize| {
        for _ in 0..names.len() {
            id = whole[id];
        }
        id
    };
    let mut people = People::default();
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    for id in of {
        let known = numbers.len();
        let number = *numbers.entry(root(id)).or_insert(known);
        if number == known {
            let shown = names[root(id)].shown.clone();
            let full = legend.full(&names[root(id)].key).map(str::to_owned);
            let full = full.or_else(|| listed(&names, root(id), legend));
            people.names.push(full.into_iter().chain(std::iter::once(shown)).collect());
        }
        let shown = &names[id].shown;
        if !people.names[number].contains(shown) {
            people.names[number].push(shown.clone());
        }
        people.of.push(number);
    }
    people
}

/// Whether a name is those of several others together: `하늘·경민`.
fn is_compound(names: &[Name], id: usize) -> bool {
    let parts: Vec<&str> =
        names[id].shown.split(['·', '・', '、', '&', '/']).map(str::trim).collect();
    let other = |part: &&str| {
        let mut others = names.iter().enumerate().filter(|(other, _)| *other != id);
        others.any(|(_, name)| name.shown == *part)
    };
    parts.len() > 1 && parts.iter().all(other)
}

/// The whole name that a list of those who take part has for a label, if it has just one, and no
/// other label is as good.
fn listed(names: &[Name], id: usize, legend: &Legend) -> Option<String> {
    let short = &names[id].shown;
    let mut fits = legend.listed().iter().filter(|long| is_short_for(short, long));
    let full = fits.next()?;
    let others =
        names.iter().filter(|name| name.shown != *short && is_short_for(&name.shown, full));
    let known = names.iter().any(|name| name.shown == *full);
    (fits.all(|other| other == full) && others.count() == 0 && !known).then(|| full.clone())
}

/// Whether `short` is another name of `long`.
fn is_other_name(names: &[Name], short: usize, long: usize, legend: &Legend) -> bool {
    let (a, b) = (&names[short], &names[long]);
    if legend.full(&a.key).is_some_and(|full| key(full) == b.key) {
        return true;
    }
    // Of two that differ in an honour, the one that comes more often stays.
    if is_honoured(&a.shown, &b.shown) {
        return (a.count, long) < (b.count, short);
    }
    if is_short_for(&a.shown, &b.shown) {
        return true;
    }
    is_misspelt(&a.key, &b.key) && b.count >= 3 && a.count <= 2 && b.count >= a.count * 3
}

/// Whether one name is a short form of another: first or last name, initials, first letter.
pub fn is_short_for(short: &str, long: &str) -> bool {
    let longer = plain(long).chars().count() > plain(short).chars().count();
    is_honoured(short, long)
        || longer && (is_part(short, long) || is_initials(short, long) || is_letter(short, long))
}

/// Whether two names differ in an honour that only one has: `楢崎さん` and `楢崎`. `Mr. Hale` and
/// `Mrs. Hale` are two people.
fn is_honoured(one: &str, other: &str) -> bool {
    let (a, b) = (plain(one), plain(other));
    a == b && one != other && (a == one || b == other)
}

/// `P` for `Pregunta`: the first letter of a word for one who asks or answers.
fn is_letter(short: &str, long: &str) -> bool {
    let (short, long) = (key(short), key(long));
    short.chars().count() == 1 && (asks(&long) || answers(&long)) && long.starts_with(&short)
}

/// `Aaron` or `Wirdum` for `Aaron van Wirdum`, `李` for `李怀宇`, `李老师` for `李怀宇`.
fn is_part(short: &str, long: &str) -> bool {
    let pronoun = ["我", "你", "他", "她", "您", "I", "He", "She"].contains(&short);
    let phrase = likeness(long) == Likeness::Phrase && long.chars().count() > 4;
    if pronoun || likeness(short) == Likeness::Word || likeness(long) == Likeness::Word || phrase {
        return false;
    }
    let han = |name: &str| {
        name.chars()
            .all(|c| crate::text::script::is_han_or_kana(c) || crate::text::script::is_hangul(c))
    };
    let (short, long) = (plain(short), plain(long));
    if short.is_empty() || short == long {
        return short == long && !short.is_empty();
    }
    if han(&long) && long.chars().count() <= 6 {
        let given: String = long.chars().skip(1).collect();
        return han(&short)
            && (long.starts_with(&short) && short.chars().count() < 3 || given == short);
    }
    let words: Vec<String> = words(&long);
    let own: Vec<String> = self::words(&short);
    match own.as_slice() {
        [] => false,
        [one] => {
            words.first() == Some(one)
                || words.last() == Some(one)
                || words.len() > 2 && words.contains(one)
        }
        several => {
            words.windows(several.len()).any(|window| window == several)
                || several.iter().all(|word| words.contains(word))
        }
    }
}

fn words(name: &str) -> Vec<String> {
    name.split([' ', '·', '・', '-', '\u{3000}'])
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A name without titles and honours: `Mr. Hale` as `Hale`, `李老师` as `李`, `田中さん` as `田中`.
fn plain(name: &str) -> String {
    const BEFORE: &[&str] = &[
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "prof.",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sir",
        "professor",
        "herr",
        "frau",
        "m.",
        "mme",
        "sr.",
        "sra.",
        "señor",
        "señora",
        "judge",
        "justice",
        "senator",
    ];
    const BEHIND: &[&str] = &[
        "老师",
        "老師",
        "先生",
        "女士",
        "教授",
        "博士",
        "院士",
        "导演",
        "導演",
        "医生",
        "醫生",
        "律师",
        "律師",
        "记者",
        "記者",
        "さん",
        "氏",
        "様",
        "くん",
        "ちゃん",
        "님",
        "씨",
        "同学",
        "师傅",
        "师父",
        "主任",
        "院长",
        "总",
        "總",
    ];
    let name = name.trim();
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && BEFORE.contains(&words[0].to_lowercase().as_str()) {
        words.remove(0);
    }
    let mut name = words.join(" ");
    for honour in BEHIND {
        if let Some(rest) = name.strip_suffix(honour).filter(|rest| !rest.is_empty()) {
            name = rest.trim().to_owned();
            break;
        }
    }
    match name.strip_prefix(['老', '小']) {
        Some(rest) if rest.chars().count() == 1 => rest.to_owned(),
        _ => name,
    }
}

/// `AvW` for `Aaron van Wirdum`, `L.S.` for `Lotte Sand`.
fn is_initials(short: &str, long: &str) -> bool {
    if matches!(key(short).as_str(), "q" | "a") {
        return false;
    }
    let letters: String = short.chars().filter(|c| c.is_alphabetic()).collect();
    let count = letters.chars().count();
    if !(1..=4).contains(&count) || !short.chars().next().is_some_and(char::is_uppercase) {
        return false;
    }
    let long = plain(long);
    let words: Vec<&str> =
        long.split([' ', '-', '·', '・', '\'', '’']).filter(|word| !word.is_empty()).collect();
    if words.len() < 2 && count > 1 {
        return false;
    }
    let firsts = |words: &[&str]| -> String {
        words.iter().filter_map(|word| word.chars().next()).collect()
    };
    let all = firsts(&words).to_lowercase();
    let main: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .collect();
    let letters = letters.to_lowercase();
    letters == all
        || letters == firsts(&main).to_lowercase()
        || count == 1 && all.starts_with(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(labels: &[&str]) -> Vec<String> {
        let start = |(at, name): (usize, &&str)| Start {
            at: at as u32,
            text: at as u32,
            name: (*name).to_owned(),
            printed: String::new(),
            time: None,
            odd: None,
        };
        let starts: Vec<Start> = labels.iter().enumerate().map(start).collect();
        people(&starts, &Legend::default()).names.iter().map(|names| names.join("=")).collect()
    }

    #[test]
    fn one_person_by_several_names() {
        for (labels, want) in [
            (&["李怀宇", "葛兆光", "李", "葛", "李", "葛"][..], &["李怀宇=李", "葛兆光=葛"][..]),
            (
                &["Ann Lee", "Ben Roe", "Ann", "Ben", "AL", "BR"],
                &["Ann Lee=Ann=AL", "Ben Roe=Ben=BR"],
            ),
            (
                &["Aaron van Wirdum", "Sjors P", "AvW", "SP"],
                &["Aaron van Wirdum=AvW", "Sjors P=SP"],
            ),
            (&["記者", "黎曉瑩", "記者", "曉瑩", "記者"], &["記者", "黎曉瑩=曉瑩"]),
            (&["Pregunta", "Respuesta", "P", "R"], &["Pregunta=P", "Respuesta=R"]),
            (&["楢崎さん", "聞き手", "楢崎", "聞き手", "楢崎"], &["楢崎=楢崎さん", "聞き手"]),
            (&["记者", "王小波", "记者", "王老师"], &["记者", "王小波=王老师"]),
            (
                &["MR. HALE", "Ann Ortega", "James Hale", "Ms. Ortega"],
                &["James Hale=MR. HALE", "Ann Ortega=Ms. Ortega"],
            ),
            (
                &["Calloway", "Lind", "Calloway", "Lind", "Calloway", "Lind", "Caloway"],
                &["Calloway=Caloway", "Lind"],
            ),
        ] {
            assert_eq!(of(labels), want);
        }
    }

    #[test]
    fn two_people_stay_two() {
        for labels in [
            &["王刚", "王强", "王刚", "王强"][..],
            // Two fit, so neither is meant.
            &["Ann Lee", "Ann Roe", "Ann Lee", "Ann Roe", "Ann"],
            &["Mr. Hale", "Mrs. Hale", "Mr. Hale", "Mrs. Hale"],
            // They talk to each other.
            &["John Smith", "Smith", "John Smith", "Smith", "John Smith", "Smith"],
            &["说话人 1", "说话人 2", "说话人 1", "说话人 2", "说话人 1", "说话人 2", "说话人 1"],
        ] {
            let mut names: Vec<&str> = labels.to_vec();
            names.sort_unstable();
            names.dedup();
            assert_eq!(of(labels).len(), names.len(), "{labels:?}");
        }
    }
}
