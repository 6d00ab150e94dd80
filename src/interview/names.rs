//! A name → what comparing it with others takes, worked out once: whether two names may be one's.

use std::collections::HashMap;

pub use super::honours::Title;
use super::honours::{is_kin, plain};
use super::labels::{Likeness, answers, asks, key, likeness};

/// A name with its forms.
#[derive(Clone, Debug)]
pub struct Named {
    /// As it is printed.
    pub shown: String,
    /// Without titles and honours.
    pub plain: String,
    /// The title or honour.
    pub title: Option<Title>,
    /// The words of `plain`, in lower case.
    pub words: Vec<String>,
    key: String,
    likeness: Likeness,
    /// How many characters `plain` has.
    length: usize,
    /// Whether `plain` is Han, kana or hangul.
    pub han: bool,
    /// The letters, where they may be somebody's initials.
    letters: Option<String>,
    /// The first letters of the words, and of those with a capital.
    firsts: String,
    main: String,
}

/// Whether a name is another one with a post before it: `《晨報》記者周硯`.
pub fn follows_post(long: &str, name: &str) -> bool {
    let before = long.strip_suffix(name).unwrap_or_default();
    let post = ["記者", "记者", "編輯", "编辑", "主持人"].iter().any(|post| before.ends_with(post));
    post && name.chars().nth(1).is_some()
}

impl Named {
    /// The forms of a name.
    pub fn new(shown: &str) -> Self {
        let key = key(shown);
        let (plain, title) = plain(shown);
        let han = plain
            .chars()
            .all(|c| crate::text::script::is_han_or_kana(c) || crate::text::script::is_hangul(c));
        let parts = plain.split([' ', '-', '·', '・', '\'', '’']);
        let parts = parts.filter_map(|part| part.chars().next());
        let firsts: String = parts.clone().collect::<String>().to_lowercase();
        let main: String = parts.filter(|c| c.is_uppercase()).collect::<String>().to_lowercase();
        let capital = shown.chars().next().is_some_and(char::is_uppercase);
        let letters = || -> String { shown.chars().filter(|c| c.is_alphabetic()).collect() };
        let letters = (capital && !matches!(key.as_str(), "q" | "a"))
            .then(letters)
            .filter(|letters| (1..=4).contains(&letters.chars().count()))
            .map(|letters| letters.to_lowercase());
        Self {
            shown: shown.to_owned(),
            title,
            words: words(&plain),
            likeness: likeness(shown),
            length: plain.chars().count(),
            han,
            letters,
            firsts,
            main,
            key,
            plain,
        }
    }

    /// Whether it is a short form of another: first or last name, initials, first letter.
    pub fn is_short_for(&self, long: &Self) -> bool {
        let longer = long.length > self.length;
        let part = || {
            self.is_part(long)
                || self.is_initials(long)
                || self.is_letter(long)
                || follows_post(&long.shown, &self.shown)
        };
        self.is_honoured(long) || longer && (part() || self.is_initialled(long))
    }

    /// Whether two names differ in an honour that only one has: `楢崎さん` and `楢崎`. `Mr. Hale` and
    /// `Mrs. Hale` are two people.
    pub fn is_honoured(&self, other: &Self) -> bool {
        self.plain == other.plain
            && self.shown != other.shown
            && (self.plain == self.shown || other.plain == other.shown)
    }

    /// `P` for `Pregunta`, `Ερ.` for `Ερώτηση`: the beginning of a word for one who asks or answers.
    fn is_letter(&self, long: &Self) -> bool {
        let word = |key: &str| asks(key) || answers(key);
        let key = self.key.trim_end_matches('·');
        // `Interviewerin` is another one than `Interviewer`.
        let cut = key.chars().count() <= 4 && self.shown.ends_with('.') && word(key);
        (key.chars().count() == 1 || cut) && long.key.starts_with(key) && word(&long.key)
    }

    /// `T. Gale` for `Tom Gale`: an initial with its stop, and the same surname.
    pub fn is_initialled(&self, long: &Self) -> bool {
        let [first, surname] = self.words.as_slice() else { return false };
        let letter = first.trim_end_matches('.');
        let one = letter.chars().count() == 1 && self.shown.contains('.');
        let others = long.words.split_last();
        one && others.is_some_and(|(last, others)| {
            last == surname && others.iter().any(|word| word.starts_with(letter))
        })
    }

    /// `Aaron` or `Wirdum` for `Aaron van Wirdum`, `李` for `李怀宇`, `李老师` for `李怀宇`.
    fn is_part(&self, long: &Self) -> bool {
        let pronoun = ["我", "你", "他", "她", "您", "I", "He", "She"].contains(&&*self.shown);
        let phrase = long.likeness == Likeness::Phrase && long.shown.chars().count() > 4;
        // `采访者` has no first name `采访`.
        let word = self.likeness == Likeness::Word
            || long.likeness == Likeness::Word
            || asks(&long.key)
            || answers(&long.key);
        if pronoun || word || phrase || self.plain.is_empty() {
            return false;
        }
        if long.han && long.length <= 6 {
            return self.han
                && (long.plain.starts_with(&self.plain) && self.length < 3
                    || given(&long.plain) == self.plain
                    || is_kin(&self.shown, &long.plain));
        }
        match self.words.as_slice() {
            [] => false,
            [one] => {
                long.words.first() == Some(one)
                    || long.words.last() == Some(one)
                    || long.words.len() > 2 && long.words.contains(one)
            }
            several => several.iter().all(|word| long.words.contains(word)),
        }
    }

    /// `AvW` for `Aaron van Wirdum`, `L.S.` for `Lotte Sand`.
    pub fn is_initials(&self, long: &Self) -> bool {
        let Some(letters) = &self.letters else { return false };
        let one = letters.chars().count() == 1;
        if !one && long.firsts.chars().count() < 2 {
            return false;
        }
        *letters == long.firsts
            || *letters == long.main
            || one && long.firsts.starts_with(letters.as_str())
    }

    /// Whether it is the beginning of another name of Han or hangul, whatever its length.
    pub fn begins(&self, long: &Self) -> bool {
        self.han && long.han && self.length < long.length && long.plain.starts_with(&self.plain)
    }

    /// Whether it is the family name of another: its last word, or its first character.
    pub fn is_family(&self, long: &Self) -> bool {
        if long.han {
            return self.length == 1 && long.plain.starts_with(&self.plain);
        }
        self.words.len() == 1 && self.words.last() == long.words.last()
    }

    /// Whether two names say that they are two people's: another number or letter, or a relative.
    pub fn is_another(&self, long: &Self) -> bool {
        let numbers =
            |name: &Self| -> String { name.key.chars().filter(|c| c.is_numeric()).collect() };
        numbers(self) != numbers(long) || self.is_counted(long) || self.is_relative(long)
    }

    /// `学生` and `学生甲`, `学生甲` and `学生乙`, `Student A` and `Student B`.
    fn is_counted(&self, long: &Self) -> bool {
        const COUNT: &str = "甲乙丙丁戊己庚辛一二三四五六七八九十";
        let split = |name: &Self| -> Option<(String, char)> {
            let last = name.key.chars().next_back().filter(|&c| COUNT.contains(c))?;
            let before = name.key.strip_suffix(last)?;
            (before.chars().count() > 1).then(|| (before.to_owned(), last))
        };
        let letter = |name: &Self| -> Option<String> {
            let last = name.words.last().filter(|_| name.words.len() > 1)?;
            (last.chars().count() == 1).then(|| last.clone())
        };
        if let (Some(one), Some(other)) = (letter(self), letter(long)) {
            return one != other && self.words.len() == long.words.len();
        }
        match (split(self), split(long)) {
            (Some(one), Some(other)) => one.0 == other.0 && one.1 != other.1,
            (None, Some((before, _))) => before == self.key,
            (Some((before, _)), None) => before == long.key,
            (None, None) => false,
        }
    }

    /// `张三` and `张三妻子`, `Hale` and `Mother of Hale`.
    fn is_relative(&self, long: &Self) -> bool {
        let kin = |name: &Self| {
            name.words.iter().any(|word| KIN.contains(&word.as_str()))
                || KIN_BEHIND.iter().any(|kin| name.shown.ends_with(kin) && name.shown != *kin)
        };
        let one = ["妻", "夫", "母", "父", "儿", "女", "兄", "弟", "姐", "妹", "子"];
        let behind = long.shown.strip_prefix(&self.shown).filter(|_| self.length > 1);
        kin(self) != kin(long) || behind.is_some_and(|behind| one.contains(&behind))
    }

    /// What its short forms are found by.
    fn whole(&self) -> Vec<String> {
        let first = |text: &str, count| text.chars().take(count).collect::<String>();
        let mut out = self.words.clone();
        out.extend([self.plain.clone(), self.firsts.clone(), self.main.clone()]);
        out.extend([first(&self.firsts, 1), first(&self.key, 1)]);
        if self.han {
            out.extend([first(&self.plain, 1), first(&self.plain, 2)]);
            out.push(given(&self.plain).to_owned());
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// What it is found by as a short form.
    fn short(&self) -> Vec<String> {
        let mut out = vec![self.plain.clone(), self.key.clone()];
        out.extend(self.letters.iter().chain(self.words.first()).cloned());
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// Names among which the short and the whole forms of others are looked for, by what both share:
/// each with each takes too long where they are many.
#[derive(Debug, Default)]
pub struct Index {
    names: Vec<Named>,
    whole: HashMap<String, Vec<usize>>,
    short: HashMap<String, Vec<usize>>,
}

impl Index {
    /// An index of names.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut out = Self::default();
        for name in names.map(Named::new) {
            let at = out.names.len();
            for form in name.whole() {
                out.whole.entry(form).or_default().push(at);
            }
            for form in name.short() {
                out.short.entry(form).or_default().push(at);
            }
            out.names.push(name);
        }
        out
    }

    /// Whether a name is a short form of one of these, or one of these is one of it.
    pub fn has_form_of(&self, name: &Named) -> bool {
        let of = |found: Option<&Vec<usize>>, fits: &dyn Fn(&Named) -> bool| {
            found.is_some_and(|found| found.iter().any(|&at| fits(&self.names[at])))
        };
        name.short().iter().any(|form| of(self.whole.get(form), &|long| name.is_short_for(long)))
            || name
                .whole()
                .iter()
                .any(|form| of(self.short.get(form), &|short| short.is_short_for(name)))
    }
}

/// Relatives, as words of a name.
const KIN: &[&str] = &[
    "wife",
    "husband",
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "son",
    "daughter",
    "brother",
    "sister",
    "widow",
    "widower",
    "aunt",
    "uncle",
    "grandmother",
    "grandfather",
    "mutter",
    "vater",
    "ehefrau",
    "ehemann",
    "tochter",
    "sohn",
    "bruder",
    "schwester",
    "femme",
    "mari",
    "mère",
    "père",
    "esposa",
    "esposo",
    "madre",
    "padre",
    "hija",
    "hijo",
    "hermana",
    "hermano",
    "moglie",
    "marito",
];

/// Relatives, as the end of a name.
const KIN_BEHIND: &[&str] = &[
    "妻子",
    "夫人",
    "太太",
    "丈夫",
    "母亲",
    "母親",
    "父亲",
    "父親",
    "妈妈",
    "媽媽",
    "爸爸",
    "儿子",
    "兒子",
    "女儿",
    "女兒",
    "哥哥",
    "弟弟",
    "姐姐",
    "妹妹",
    "爱人",
    "愛人",
    "老公",
    "老婆",
    "爷爷",
    "爺爺",
    "奶奶",
    "外公",
    "外婆",
    "家属",
    "家屬",
    "遗孀",
    "の妻",
    "の母",
    "の父",
    "어머니",
    "아버지",
    "아내",
    "남편",
];

/// A name of Han without the family name.
fn given(name: &str) -> &str {
    const COMPOUND: &[&str] = &[
        "남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "欧阳", "歐陽", "司马",
        "司馬", "上官", "诸葛", "諸葛", "司徒", "慕容", "皇甫", "令狐", "尉迟", "尉遲", "夏侯",
    ];
    // `선우진` may be 선 and 우진: a given name of two characters follows.
    let compound = COMPOUND.iter().find_map(|family| name.strip_prefix(family));
    if let Some(given) = compound.filter(|given| given.chars().count() == 2) {
        return given;
    }
    let mut characters = name.chars();
    characters.next();
    characters.as_str()
}

fn words(name: &str) -> Vec<String> {
    name.split([' ', '·', '・', '-', '\u{3000}'])
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether a name is a first and a last one.
pub fn is_whole(name: &str) -> bool {
    let words = name.split_whitespace();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    (2..=4).contains(&words.clone().count())
        && words.clone().all(|word| word.chars().all(|c| c.is_alphabetic() || "'’.-".contains(c)))
        && words.filter(|word| capital(word)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_finds_what_comparing_each_finds() {
        let names = [
            "李怀宇",
            "李",
            "怀宇",
            "李老师",
            "Ann Lee",
            "Ann",
            "Lee",
            "AL",
            "A.L.",
            "Mr. Lee",
            "M",
            "Aaron van Wirdum",
            "AvW",
            "AW",
            "van Wirdum",
            "Pregunta",
            "P",
            "R",
            "Q",
            "A",
            "记者",
            "楢崎さん",
            "楢崎",
            "Jean-Luc O’Neil",
            "JLON",
            "Neil",
            "P1",
            "S10",
            "学生",
            "学生甲",
        ];
        let named: Vec<Named> = names.iter().map(|name| Named::new(name)).collect();
        for known in &named {
            let index = Index::new(std::iter::once(&*known.shown));
            for name in &named {
                let want = name.is_short_for(known) || known.is_short_for(name);
                assert_eq!(index.has_form_of(name), want, "{} {}", name.shown, known.shown);
            }
        }
    }

    #[test]
    fn numbers_letters_and_relatives_are_others() {
        for (short, long, want) in [
            ("P1", "P10", true),
            ("Student", "Student 2", true),
            ("学生", "学生甲", true),
            ("张三", "张三母亲", true),
            ("李", "李太太", true),
            ("王", "王一", false),
            ("Sjors", "Sjors P", false),
            ("Smith", "John Smith", false),
        ] {
            assert_eq!(Named::new(short).is_another(&Named::new(long)), want, "{short} {long}");
        }
    }
}
