//! The language of most of a text, by its script.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::script::{is_han_or_kana, is_hangul};

/// How many characters are looked at.
const SAMPLE: usize = 200_000;

/// Words that only one of the languages has, and has often.
const WORDS: &[(&str, &[&str])] = &[
    ("en", &["the", "and", "that", "you", "was"]),
    ("de", &["und", "der", "nicht", "ist", "ich"]),
    ("fr", &["les", "est", "pas", "une", "que"]),
    ("es", &["los", "pero", "como", "una", "que"]),
    ("pt", &["não", "uma", "você", "que", "com"]),
    ("it", &["che", "non", "sono", "una", "della"]),
    ("nl", &["het", "een", "niet", "ik", "zijn"]),
    ("pl", &["nie", "się", "jest", "że", "jak"]),
    ("sv", &["och", "att", "inte", "jag", "är"]),
    ("da", &["og", "ikke", "jeg", "af", "hvad"]),
    ("nb", &["og", "ikke", "jeg", "av", "hva"]),
    ("cs", &["jsem", "není", "že", "aby", "jako"]),
    ("fi", &["että", "mutta", "niin", "hän", "mitä"]),
    ("tr", &["bir", "için", "çok", "ben", "ama"]),
    ("ca", &["amb", "però", "és", "això", "els"]),
];

/// The longest of them, in bytes.
const LONGEST: usize = 5;
/// The languages that have each, by their place in [`WORDS`].
static OF: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut of: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, (_, words)) in WORDS.iter().enumerate() {
        for word in *words {
            of.entry(word).or_default().push(at);
        }
    }
    of
});

/// The BCP 47 tag of the language; `None` where the script does not tell.
pub fn language(text: &str) -> Option<&'static str> {
    let (mut han, mut kana, mut hangul, mut latin) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut greek = 0_u32;
    let (mut cyrillic, mut ukrainian, mut russian, mut other) = (0_u32, 0_u32, 0_u32, 0_u32);
    for c in text.chars().take(SAMPLE) {
        match c {
            'a'..='z' | 'A'..='Z' => latin += 1,
            'ぁ'..='ヿ' => kana += 1,
            'Ͱ'..='Ͽ' | 'ἀ'..='῾' => greek += 1,
            'Ѐ'..='ӿ' => {
                cyrillic += 1;
                ukrainian += u32::from("іїєґІЇЄҐ".contains(c));
                russian += u32::from("ыэёЫЭЁ".contains(c));
                other += u32::from("қғұүөәһңјљњћђѓќџЈЉЊЋЂ".contains(c));
            }
            _ if is_hangul(c) => hangul += 1,
            _ if is_han_or_kana(c) => han += 1,
            _ => {}
        }
    }
    // A Han character says as much as a word of five letters.
    let east = han + kana + hangul;
    if east * 3 > latin / 2 {
        return match () {
            () if hangul > han + kana => Some("ko"),
            () if kana * 8 > han => Some("ja"),
            () if han > 0 => Some("zh"),
            () => None,
        };
    }
    if greek > latin && greek > cyrillic {
        return Some("el");
    }
    if cyrillic > latin {
        // Many languages are written so: each has letters that the others have not.
        return match () {
            () if other * 100 > cyrillic => None,
            () if ukrainian * 50 > cyrillic && russian * 100 < cyrillic => Some("uk"),
            () if russian > 0 => Some("ru"),
            () => None,
        };
    }
    let end = text.floor_char_boundary(SAMPLE);
    let mut counts = [0_u32; WORDS.len()];
    let words = text[..end].split(|c: char| !c.is_alphabetic());
    for of in words.filter(|word| word.len() <= LONGEST).filter_map(|word| OF.get(word)) {
        for &at in of {
            counts[at] += 1;
        }
    }
    let best =
        counts.iter().enumerate().max_by_key(|&(at, count)| (count, std::cmp::Reverse(at)))?;
    (*best.1 > 0).then(|| WORDS[best.0].0)
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn no_word_is_longer_than_the_longest() {
        let words = super::WORDS.iter().flat_map(|(_, words)| *words);
        assert_eq!(words.map(|word| word.len()).max(), Some(super::LONGEST));
    }

    #[test]
    fn by_script_and_words() {
        for (text, want) in [
            ("我们用 GPT-4o 和 Claude 写文章", Some("zh")),
            ("それはとても良い本です", Some("ja")),
            ("한국어로 쓴 글입니다", Some("ko")),
            ("You know that the man was here and left", Some("en")),
            ("Ich weiß nicht, was der Mann ist und will", Some("de")),
            ("Nie wiem, jak to jest, że się nie udało", Some("pl")),
            ("Ik weet niet of het een goed idee was", Some("nl")),
            ("Я не знаю, что это такое, или вы", Some("ru")),
            ("Мен не екенін білмеймін, қайда", None),
            ("Не знам какво е това и защо го няма", None),
            ("Δεν ξέρω τι είναι και πού πήγε", Some("el")),
            ("Я не знаю, що це таке і чому її немає", Some("uk")),
            ("1234 —", None),
        ] {
            assert_eq!(language(text), want, "{text}");
        }
    }
}
