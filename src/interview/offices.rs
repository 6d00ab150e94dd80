//! Labels that are a word for an office with its bearer in brackets: `The Chair (Ann Vale, Ferris):`,
//! `委員長（真壁亮君）`. From then on the word stands alone.

use std::collections::HashMap;

use super::cast::is_person;
use super::labels::{asks, has_surname, key};
use super::start::Start;
use crate::text::script::is_han_or_kana;

/// Words for offices, as their labels end, begin or are.
const OFFICES: &[&str] = &[
    "chair",
    "chairman",
    "chairwoman",
    "chairperson",
    "speaker",
    "president",
    "secretary",
    "minister",
    "moderator",
    "moderatorin",
    "vorsitzende",
    "vorsitzender",
    "präsident",
    "präsidentin",
    "président",
    "présidente",
    "presidente",
    "presidenta",
    "przewodniczący",
    "przewodnicząca",
    "prowadzący",
    "prowadząca",
    "председатель",
    "ведущий",
    "ведущая",
    "voorzitter",
    "ordförande",
];
/// Those of languages that write no blanks, as their labels end.
const EASTERN: &[&str] = &[
    "議員",
    "参考人",
    "証人",
    "主席",
    "主持人",
    "主持",
    "议长",
    "議長",
    "委员长",
    "委員長",
    "会长",
    "會長",
    "会長",
    "大臣",
    "部长",
    "部長",
    "司会",
    "司会者",
    "진행자",
    "사회자",
    "위원장",
    "의장",
    "장관",
];
/// Words that bodies have in their names, and people do not.
const BODIES: &[&str] = &[
    "radio",
    "university",
    "institute",
    "party",
    "press",
    "news",
    "times",
    "post",
    "magazine",
    "society",
    "association",
    "authority",
    "college",
    "council",
    "committee",
    "company",
    "group",
    "journal",
    "review",
    "department",
    "office",
    "ministry",
    "zeitung",
    "verlag",
    "the",
];

/// Who bears the offices that stand on labels, by the keys of the offices. One with two bearers has
/// none that could be told.
pub fn bearers(starts: &[Start]) -> HashMap<String, String> {
    let mut out: HashMap<String, Option<String>> = HashMap::new();
    for start in starts {
        let Some(name) = bearer(&start.label.printed) else { continue };
        let known = out.entry(start.label.key.clone()).or_insert_with(|| Some(name.to_owned()));
        if known.as_deref().is_some_and(|known| known != name) {
            *known = None;
        }
    }
    out.into_iter().filter_map(|(office, name)| Some((office, name?))).collect()
}

/// The name in brackets behind the word for an office.
fn bearer(printed: &str) -> Option<&str> {
    let (word, rest) = printed.trim_end_matches([':', '：', ' ']).split_once(['(', '（'])?;
    let inner = rest.trim_end().strip_suffix([')', '）'])?;
    let name = inner.split([',', '，', '、', ';', '；']).next().unwrap_or(inner).trim();
    let plain = name.strip_suffix(['君', '氏']).unwrap_or(name);
    let east = plain.chars().all(is_han_or_kana);
    // Between Han a body's name cannot be told from a person's but by the surname.
    let named = if east { plain.len() < name.len() || has_surname(plain) } else { !is_body(plain) };
    (is_office(word.trim()) && named && is_person(plain)).then_some(plain)
}

fn is_body(name: &str) -> bool {
    name.split_whitespace().any(|word| BODIES.contains(&word.to_lowercase().as_str()))
}

fn is_office(word: &str) -> bool {
    let lower = word.to_lowercase();
    let mut words = lower.split([' ', '-']);
    asks(&key(word)) && word.chars().count() > 1
        || words.any(|word| OFFICES.contains(&word))
        || EASTERN.iter().any(|office| word.ends_with(office))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_bears_an_office() {
        for (label, want) in [
            ("The Chair (Margaret Tolland, St. Brannock, Ind.)", Some("Margaret Tolland")),
            ("The Minister for Harbours (Ann Vale)", Some("Ann Vale")),
            ("主持人（李怀宇）", Some("李怀宇")),
            ("委員長（真壁亮君）", Some("真壁亮")),
            ("Moderator (Radio Nord)", None),
            ("记者（南方周末）", None),
            ("Ann Vale (Harbour Master)", None),
            ("The Chair", None),
        ] {
            assert_eq!(bearer(label), want, "{label}");
        }
    }
}
