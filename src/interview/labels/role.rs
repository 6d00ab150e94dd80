//! What stands before a name or behind it and says what somebody is: `Ann Lee, editor`, `市水务局局长 罗敏`.

use super::likeness::{Likeness, likeness};
use super::name::{is_sentence, key};
use super::words::asks;

/// Whether a word for one who asks stands before that one's name.
pub fn is_role_of(word: &str, rest: &str) -> bool {
    let han = rest.chars().all(|c| crate::text::script::is_han_or_kana(c) || c == '·');
    let length = rest.trim().chars().count();
    let post = || POSTS.iter().any(|post| word.ends_with(post));
    word.chars().count() > 1 && (asks(&key(word)) || post()) && han && (2..=5).contains(&length)
}

/// How posts end that stand before the names of those who have them: `市水务局局长 罗敏`.
const POSTS: &[&str] = &[
    "记者",
    "記者",
    "预报员",
    "專員",
    "专员",
    "委員",
    "局长",
    "主任",
    "院长",
    "部长",
    "书记",
    "市长",
    "省长",
    "县长",
    "区长",
    "司长",
    "处长",
    "厅长",
    "会长",
    "校长",
    "所长",
    "馆长",
    "社长",
    "台长",
    "经理",
    "董事长",
    "董事",
    "总裁",
    "总监",
    "总编",
    "主编",
    "发言人",
    "秘书长",
    "主席",
    "教授",
    "研究员",
    "律师",
    "医生",
    "工程师",
    "嘉宾",
    "局長",
    "主任委員",
    "院長",
    "部長",
    "書記",
    "市長",
    "縣長",
    "會長",
    "校長",
    "所長",
    "館長",
    "社長",
    "經理",
    "董事長",
    "總裁",
    "總監",
    "主編",
    "發言人",
    "秘書長",
    "主席",
    "教授",
    "研究員",
    "律師",
    "醫師",
    "工程師",
    "來賓",
];

/// Words for what somebody does, which tell several roles from whatever else is listed.
const ROLES: &[&str] = &[
    "developer",
    "engineer",
    "designer",
    "manager",
    "director",
    "editor",
    "founder",
    "co-founder",
    "ceo",
    "cto",
    "professor",
    "researcher",
    "scientist",
    "analyst",
    "architect",
    "writer",
    "journalist",
    "student",
    "lead",
    "разработчик",
    "инженер",
    "редактор",
    "директор",
    "основатель",
];

/// Whether what stands behind the comma in a label tells of who is named before it: a role, several,
/// or where that one is to be found.
pub fn is_role(before: &str, behind: &str) -> bool {
    use crate::text::script::{is_han_or_kana, is_hangul};
    let before = before.trim();
    let parted = !before.chars().any(|c| is_han_or_kana(c) || is_hangul(c));
    let role = |part: &str| {
        let part = part.trim();
        let sentence = |c: char| is_sentence(c) && c != '+' || c.is_ascii_digit() || c == '.';
        let few = (1..=4).contains(&part.split_whitespace().count())
            && part.chars().filter(|&c| is_han_or_kana(c)).count() <= 8;
        // `@ann`, `ann.example`
        let small =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        let site = part.split('.').count() > 1 && part.chars().all(small) && !part.ends_with('.');
        let handle = part.starts_with('@') && !part.contains(char::is_whitespace) || site;
        handle || few && !part.contains(sentence)
    };
    let parts = behind.split([',', '，']);
    let several = parts.clone().nth(1).is_some();
    let whole = before.contains(' ');
    let capitals = before.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    // Several words in a row are a sentence's, or several people, or a book and its publisher's.
    let told = |part: &str| {
        let part = part.trim().to_lowercase();
        part.starts_with('@') || part.split(' ').any(|word| ROLES.contains(&word))
    };
    // What begins a sentence in English is known by its likeness; in others it may be a word.
    let small = behind.trim_start().starts_with(char::is_lowercase);
    let named = match several {
        true => capitals && { parts.clone() }.any(told),
        false => before.is_ascii() || whole && capitals && small,
    };
    parted
        && named
        && before.chars().count() > 1
        && { parts }.all(role)
        && likeness(before) == Likeness::Person
}
