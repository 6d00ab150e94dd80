//! Names → people: which labels are one person's, and by which name the person is shown.
//!
//! Two names are one person's only where the text supports it: a legend says so, or one is the
//! other's first name, last name, initials or misspelling, no third name fits as well, and the two
//! do not talk to each other.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use super::counted::counted;
use super::labels::{asks, key, shared};
use super::legend::Legend;
use super::names::{Named, Title};
use super::spelling::{is_misspelt, is_one_character_off};
use super::start::Start;
use crate::prose::Prose;
use crate::text::maps::Map;

/// From how many names on they are not compared: it is no talk any more.
const MOST: usize = 400;
/// How many bytes of a text are searched for a name.
const READ: usize = 1 << 20;

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
    forms: Named,
    count: u32,
    /// The starts that it stands at.
    places: Vec<usize>,
    /// The names right before and behind it, with how often.
    beside: Map<usize, u32>,
    /// Whether the text has it elsewhere than on labels, where that was asked.
    told: OnceCell<bool>,
}

/// Sorts the names of starts into people.
pub fn people(prose: &Prose, starts: &[Start], legend: &Legend) -> People {
    let numbers = counted(starts);
    let mut names: Vec<Name> = Vec::new();
    let mut ids: Map<String, usize> = Map::default();
    let mut of = Vec::with_capacity(starts.len());
    for (at, (start, number)) in starts.iter().zip(&numbers).enumerate() {
        let label = &*start.label;
        let (shown, key) = match number {
            Some(number) => {
                let shown = format!("{}{number}", label.name);
                let key = key(&shown);
                (Cow::Owned(shown), Cow::Owned(key))
            }
            None => (Cow::Borrowed(&*label.name), Cow::Borrowed(&*label.key)),
        };
        let id = ids.get(&*key).copied().unwrap_or_else(|| {
            names.push(Name {
                key: key.clone().into_owned(),
                forms: Named::new(&shown),
                count: 0,
                places: Vec::new(),
                beside: Map::default(),
                told: OnceCell::new(),
            });
            ids.insert(key.into_owned(), names.len() - 1);
            names.len() - 1
        });
        names[id].count += 1;
        names[id].places.push(at);
        if let Some(&last) = of.last()
            && last != id
        {
            *names[id].beside.entry(last).or_default() += 1;
            *names[last].beside.entry(id).or_default() += 1;
        }
        of.push(id);
    }
    let known: Vec<Named> = legend.listed().iter().map(|name| Named::new(name)).collect();
    let roots = roots(prose, &names, legend, &known);
    let mut people = People::default();
    let mut numbers: Map<usize, usize> = Map::default();
    for id in of {
        let known_people = numbers.len();
        let root = roots[id];
        let number = *numbers.entry(root).or_insert(known_people);
        if number == known_people {
            let shown = names[root].forms.shown.clone();
            let full = legend.full(&names[root].key).map(str::to_owned);
            let full = full.or_else(|| listed(&names, root, &known));
            let full = full.or_else(|| cased(&names[root], &known));
            people.names.push(full.into_iter().chain(std::iter::once(shown)).collect());
        }
        let shown = &names[id].forms.shown;
        if !people.names[number].contains(shown) {
            people.names[number].push(shown.clone());
        }
        people.of.push(number);
    }
    people
}

/// Which name each is another name of in the end; most are their own.
fn roots(prose: &Prose, names: &[Name], legend: &Legend, known: &[Named]) -> Vec<usize> {
    let mut whole: Vec<usize> = (0..names.len()).collect();
    if names.len() > MOST {
        return whole;
    }
    let root = |whole: &[usize], mut id: usize| {
        while whole[id] != id {
            id = whole[id];
        }
        id
    };
    let listed = Listed::new(names, known);
    let compound: Vec<bool> = (0..names.len()).map(|id| is_compound(names, id)).collect();
    // Again with what the first round has found: one who is misspelt once is not two that fit.
    for short in (0..names.len()).chain(0..names.len()) {
        if whole[short] != short {
            continue;
        }
        let mut fits: Vec<usize> = (0..names.len())
            .filter(|&long| long != short && !compound[long])
            .filter(|&long| {
                is_other_name(names, short, long, legend)
                    || is_slip_of(prose, names, short, long, &listed)
            })
            .map(|long| root(&whole, long))
            .collect();
        fits.sort_unstable();
        fits.dedup();
        // People who talk to each other are two.
        if let [long] = fits[..]
            && root(&whole, long) != short
            && names[short].beside.get(&long).copied().unwrap_or(0) * 5 <= names[short].count * 6
            && (is_told(names, short, long, legend) || !are_two(names, short, long))
        {
            whole[short] = long;
        }
    }
    (0..names.len()).map(|id| root(&whole, id)).collect()
}

/// Whether a legend says that one name stands for the other.
fn is_told(names: &[Name], short: usize, long: usize, legend: &Legend) -> bool {
    legend.full(&names[short].key).is_some_and(|full| key(full) == names[long].key)
}

/// Whether two names that may be one person's are used as two people's are: by turns, with others
/// between, throughout the talk.
fn are_two(names: &[Name], short: usize, long: usize) -> bool {
    let (a, b) = (&names[short], &names[long]);
    let least = a.count.min(b.count);
    let changes = || changes(&a.places, &b.places);
    // `Mr. Hale` where there is a `Mrs. Hale`: nobody knows who `Hale` and `James Hale` are.
    let other = |name: &Name| {
        let sexes = (a.forms.title, name.forms.title);
        name.forms.plain == a.forms.plain
            && matches!(
                sexes,
                (Some(Title::Man), Some(Title::Woman)) | (Some(Title::Woman), Some(Title::Man))
            )
    };
    if names.iter().any(other) {
        return true;
    }
    // `谢妻` beside `谢`: a relative.
    let kin = b.forms.shown.strip_prefix(a.forms.shown.as_str()).unwrap_or_default();
    if a.count >= 3 && KIN.contains(&kin) {
        return true;
    }
    // `Hale` and `Mr. Hale`.
    if a.forms.is_honoured(&b.forms) {
        return false;
    }
    match (a.forms.title, b.forms.title) {
        // The press gives the whole name once, and `Mrs. Hale` from then on. `M.` may be a letter.
        (Some(Title::Man | Title::Woman), None) => {
            let letter = a.forms.shown.starts_with("M. ") && b.forms.shown.starts_with('M');
            !letter && (b.count > 2 || least > 1 && changes() > 2)
        }
        (Some(Title::Anyone), None) => least > 1 && changes() > 2,
        _ if a.forms.is_initialled(&b.forms) => least > 1 && changes() > 2,
        _ if a.forms.is_family(&b.forms) => false,
        _ if a.forms.is_initials(&b.forms) && a.forms.shown.chars().count() > 1 => false,
        _ => least > 2 && changes() > 3,
    }
}

/// Whose words stand behind somebody's name as a relative's.
const KIN: &[&str] = &[
    "妻", "妻子", "太太", "夫人", "夫", "母", "母亲", "母親", "父", "父亲", "父親", "女", "女儿",
    "女兒", "子", "儿子", "兒子", "兄", "弟", "姐", "妹", "媳", "婿", "孙", "孫", "妈", "媽", "爸",
];

/// How often one of two names stands where the other one did last.
fn changes(a: &[usize], b: &[usize]) -> usize {
    let mut all: Vec<(usize, bool)> = a.iter().map(|&at| (at, true)).collect();
    all.extend(b.iter().map(|&at| (at, false)));
    all.sort_unstable();
    all.windows(2).filter(|two| two[0].1 != two[1].1).count()
}

/// Whether a name is those of several others together: `하늘·경민`, `Ann Lee and Ben`.
fn is_compound(names: &[Name], id: usize) -> bool {
    let mut parts = shared(&names[id].forms.shown);
    // `张和平` is one.
    if parts.is_empty() || parts.iter().any(|part| part.chars().nth(1).is_none()) {
        let several = names[id].forms.shown.split(['·', '・', '、', '&', '/']);
        parts = several.map(str::trim).collect();
    }
    let other = |part: &&str| {
        let mut others = names.iter().enumerate().filter(|(other, _)| *other != id);
        others.any(|(_, name)| name.forms.shown == *part)
    };
    parts.len() > 1 && parts.iter().all(other)
}

/// The whole name that a list of those who take part has for a label, if it has just one, and no
/// other label is as good.
fn listed(names: &[Name], id: usize, known: &[Named]) -> Option<String> {
    let short = &names[id].forms;
    let fit = |short: &Named, long: &Named| {
        !short.is_another(long) && (short.is_short_for(long) || short.begins(long))
    };
    let mut fits = known.iter().filter(|long| fit(short, long));
    let full = fits.next()?;
    let mut others = names.iter().map(|name| &name.forms);
    let alone = !others.clone().any(|name| name.shown != short.shown && fit(name, full));
    let known = others.any(|name| name.shown == full.shown);
    (alone && fits.all(|other| other.shown == full.shown) && !known).then(|| full.shown.clone())
}

/// `Ann Vale` of the list for a label in capitals.
fn cased(name: &Name, known: &[Named]) -> Option<String> {
    let capitals = !name.forms.shown.contains(char::is_lowercase) && name.forms.words.len() > 1;
    let mut same = known.iter().filter(|long| key(&long.shown) == name.key);
    let full = same.find(|long| long.shown.contains(char::is_lowercase))?;
    capitals.then(|| full.shown.clone())
}

/// Whether `short` is another name of `long`.
fn is_other_name(names: &[Name], short: usize, long: usize, legend: &Legend) -> bool {
    let (a, b) = (&names[short], &names[long]);
    if is_told(names, short, long, legend) {
        return true;
    }
    // `Ann "Red" Lee` is whom others call `Red`.
    let quotes = ['"', '“', '”'];
    if let Some(nickname) = b.forms.shown.split(quotes).nth(1).map(str::trim)
        && names.iter().any(|name| name.forms.shown == nickname)
    {
        return a.forms.shown == nickname;
    }
    // Of two that differ in an honour, the one that comes more often stays.
    if a.forms.is_honoured(&b.forms) {
        return (a.count, long) < (b.count, short);
    }
    if a.forms.is_short_for(&b.forms) {
        return !a.forms.is_another(&b.forms);
    }
    if a.count == 1
        && b.count >= 3
        && !a.beside.contains_key(&long)
        && lacks_its_capital(&a.forms.shown, &b.forms.shown)
    {
        return true;
    }
    // Who comes again is another one, but for accents.
    let mistake = a.count == 1 || a.count == 2 && unaccented(&a.key) == unaccented(&b.key);
    mistake
        && b.count >= 3
        && b.count >= a.count * 3
        && is_misspelt(&a.key, &b.key)
        && !a.forms.is_another(&b.forms)
}

/// Whether a name is the first word of another one, or all of it, without its first letter: `dam`
/// for `Adam Hale`. No name of a cased script begins with a small letter by itself.
fn lacks_its_capital(name: &str, known: &str) -> bool {
    let small = name.chars().next().is_some_and(char::is_lowercase);
    let mut rest = known.chars();
    small
        && name.chars().nth(1).is_some()
        && rest.next().is_some_and(char::is_uppercase)
        && rest
            .as_str()
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Who of the names on labels is listed as taking part.
struct Listed {
    of: Vec<bool>,
    /// How many are not.
    others: usize,
    /// Whether there is a list.
    any: bool,
}

impl Listed {
    fn new(names: &[Name], known: &[Named]) -> Self {
        let keys: HashSet<String> = known.iter().map(|long| key(&long.shown)).collect();
        let listed = |name: &Name| {
            asks(&name.key)
                || keys.contains(&name.key)
                || known.iter().any(|long| name.forms.is_short_for(long))
        };
        let of: Vec<bool> = if known.len() > 1 {
            names.iter().map(listed).collect()
        } else {
            vec![false; names.len()]
        };
        let others = of.iter().filter(|listed| !**listed).count();
        Self { of, others, any: known.len() > 1 }
    }

    /// Whether a name is the only one that is not listed.
    fn lacks_only(&self, id: usize) -> bool {
        self.any && !self.of[id] && self.others == 1
    }
}

/// Whether a name of one place is another one with a wrong character, `周竹清` for `周竹青`. Names so
/// alike are more often two people's, sisters' or brothers', whatever they do: nobody else may be
/// left, and the text may not speak of the name.
fn is_slip_of(prose: &Prose, names: &[Name], short: usize, long: usize, listed: &Listed) -> bool {
    let (a, b) = (&names[short], &names[long]);
    a.count == 1
        && b.count >= 3
        && !a.beside.contains_key(&long)
        && (names.len() == 3 || listed.lacks_only(short))
        && a.key.chars().nth(2).is_some()
        && is_one_character_off(&a.key, &b.key)
        && !a.forms.is_another(&b.forms)
        && !a.told.get_or_init(|| is_told_of(prose, a))
}

/// Whether a text has a name more often than its labels do.
fn is_told_of(prose: &Prose, name: &Name) -> bool {
    let bytes = &prose.text().as_bytes()[..prose.text().len().min(READ)];
    let mut found = memchr::memmem::find_iter(bytes, name.forms.shown.as_bytes());
    found.nth(name.count as usize).is_some()
}

/// A key without accents.
fn unaccented(key: &str) -> String {
    key.nfd().filter(|&c| !unicode_normalization::char::is_combining_mark(c)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::interview::labels::Label;

    fn of(labels: &[&str]) -> Vec<String> {
        let start = |(at, name): (usize, &&str)| {
            Start::new(at as u32, at as u32, Arc::new(Label::unprinted(name)))
        };
        let starts: Vec<Start> = labels.iter().enumerate().map(start).collect();
        let prose = crate::prose::Builder::new().finish();
        people(&prose, &starts, &Legend::default())
            .names
            .iter()
            .map(|names| names.join("="))
            .collect()
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
            // The whole name once, and the short one from then on.
            (
                &["I", "Ann Hale", "I", "Mrs. Hale", "I", "Mrs. Hale", "I", "Mrs. Hale"],
                &["I", "Ann Hale=Mrs. Hale"],
            ),
            // The family name by turns with the whole one.
            (
                &["I", "John Smith", "I", "Smith", "I", "John Smith", "I", "Smith"],
                &["I", "John Smith=Smith"],
            ),
            (&["记者", "王小波", "记者", "王老师"], &["记者", "王小波=王老师"]),
            // Two at once are nobody's whole name.
            (
                &["Ann Hale", "Rook", "Ann Hale", "Rook", "Ann Hale and Rook", "Rook"],
                &["Ann Hale", "Rook", "Ann Hale and Rook"],
            ),
            // A mistake is not a second one that the short name may stand for.
            (
                &[
                    "记",
                    "欧阳竹青",
                    "记",
                    "欧阳老师",
                    "记",
                    "欧阳竹清",
                    "记",
                    "欧阳竹青",
                    "记",
                    "欧阳竹青",
                ],
                &["记", "欧阳竹青=欧阳老师=欧阳竹清"],
            ),
            // Nobody else is left whose name it may be.
            (
                &["记者", "周竹青", "记者", "周竹青", "记者", "周竹清", "记者", "周竹青"],
                &["记者", "周竹青=周竹清"],
            ),
            (&["采访者", "周砚", "采访者", "周砚", "采访"], &["采访者", "周砚", "采访"]),
            (
                &["MR. HALE", "Ann Ortega", "James Hale", "Ms. Ortega"],
                &["James Hale=MR. HALE", "Ann Ortega=Ms. Ortega"],
            ),
            (
                &["Calloway", "Lind", "Calloway", "Lind", "Calloway", "Lind", "Caloway"],
                &["Calloway=Caloway", "Lind"],
            ),
            // The first letter is lost.
            (
                &["Adam Hale", "Ann Roe", "Adam Hale", "Ann Roe", "Adam Hale", "Ann Roe", "dam"],
                &["Adam Hale=dam", "Ann Roe"],
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
            // Always with somebody between.
            &["I", "李怀宇", "I", "李老师", "I", "李怀宇", "I", "李老师"],
            &["I", "James Hale", "I", "Mrs. Hale", "I", "James Hale", "I", "Mrs. Hale"],
            &["I", "Ann Hale", "I", "Ann Hale", "I", "Ann Hale", "I", "Mr. Hale"],
            &["James Hale", "I", "Mr. Hale", "I", "Mrs. Hale"],
            // A man and a woman who ask.
            &["Interviewer", "Ann Roe", "Interviewerin", "Ann Roe", "Interviewer", "Interviewerin"],
            // Who answers the other is not the same.
            &["Jana", "Ben", "Jana", "Ben", "Jana", "ana", "Jana"],
            &[
                "Tom Gale",
                "J. Smith",
                "John Smith",
                "J. Smith",
                "Tom Gale",
                "John Smith",
                "J. Smith",
            ],
            &["访", "谢", "访", "谢", "访", "谢", "谢妻", "访", "谢"],
            // A slip in a name of two is a sister, whatever she does.
            &["记者", "王丽", "记者", "王丽", "记者", "王莉", "记者", "王丽"],
            &[
                "主持人",
                "陈思远",
                "主持人",
                "李文",
                "主持人",
                "陈思达",
                "主持人",
                "陈思远",
                "主持人",
                "陈思远",
            ],
            // Numbers, letters and relatives are other people.
            &["Moderator", "P1", "P2", "P1", "Moderator", "P10", "P3", "P10"],
            &["I", "Student", "I", "Student 2", "I", "Student"],
            &["I", "学生", "I", "学生甲", "I", "学生"],
            &["I", "学生代表甲", "I", "学生代表甲", "I", "学生代表甲", "I", "学生代表乙"],
            &["I", "Speaker A", "I", "Speaker A", "I", "Speaker A", "I", "Speaker B"],
            &["记者", "张三", "记者", "张三妻子", "记者", "张三"],
            &["I", "Hale", "I", "Mother of Hale", "I"],
            // Who comes again is no mistake.
            &["Maria", "I", "Maria", "Mario", "Maria", "I", "Maria", "Mario", "Maria", "Maria"],
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
