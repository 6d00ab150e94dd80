//! Whether a name is another one with a mistake in it.

/// Whether a key is a known one with a mistake in it: one letter wrong, missing, too many, or two
/// exchanged. Short names are not guessed at: they may be two people's.
pub fn is_misspelt(name: &str, known: &str) -> bool {
    let letters = |name: &str| name.chars().collect::<Vec<char>>();
    is_slip(&letters(name), &letters(known))
}

/// The same, letter by letter.
pub fn is_slip(name: &[char], known: &[char]) -> bool {
    let (length, other) = (name.len(), known.len());
    if !is_one_off(name, known) {
        return false;
    }
    let han = known.iter().any(|&c| crate::text::script::is_han_or_kana(c));
    let least = if han { 3 } else { 5 };
    // `说话人1` and `说话人2` are two.
    let digits = |name: &[char]| -> String { name.iter().filter(|c| c.is_ascii_digit()).collect() };
    // A missing or an additional letter is likelier a mistake than another one in its place.
    length.max(other) >= least
        && (length != other || other > least || !han)
        && digits(name) == digits(known)
}

/// Whether two names of Han or hangul, of two or three characters, differ in one that is not the first.
pub fn is_one_character_off(name: &str, known: &str) -> bool {
    let letters = |name: &str| name.chars().collect::<Vec<char>>();
    is_character_off(&letters(name), &letters(known))
}

/// The same, letter by letter.
pub fn is_character_off(name: &[char], known: &[char]) -> bool {
    let east =
        |&c: &char| crate::text::script::is_han_or_kana(c) || crate::text::script::is_hangul(c);
    name.len() == known.len()
        && (2..=3).contains(&name.len())
        && name[0] == known[0]
        && name.iter().chain(known).all(east)
        && name.iter().zip(known).filter(|(a, b)| a != b).count() == 1
}

/// Whether two names of three letters or more differ in a letter that only one has twice: `ana`, `anna`.
pub fn is_doubled(name: &[char], known: &[char]) -> bool {
    let single = |name: &[char]| {
        let mut out = name.to_vec();
        out.dedup();
        out
    };
    name.len().min(known.len()) >= 3 && name.len() != known.len() && single(name) == single(known)
}

/// Whether two texts differ in one letter, or in two that are exchanged.
fn is_one_off(a: &[char], b: &[char]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[before..], &b[before..]);
    let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - behind], &b[..b.len() - behind]) {
        ([a, c], [b, d]) => a == d && c == b,
        (a, b) => a.len().max(b.len()) == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_misspelt, is_one_off};

    #[test]
    fn one_off_is_a_distance_of_one() {
        let texts = ["", "a", "ab", "ba", "abc", "acb", "bac", "abd", "abcd", "aab", "aa", "bcd"];
        for (one, other) in texts.iter().flat_map(|one| texts.map(|other| (*one, other))) {
            let letters = |text: &str| text.chars().collect::<Vec<char>>();
            let want = strsim::osa_distance(one, other) == 1;
            assert_eq!(is_one_off(&letters(one), &letters(other)), want, "{one} {other}");
        }
    }

    #[test]
    fn mistakes_and_other_people() {
        for (name, known, want) in [
            ("西尾さ", "西尾", true),
            ("calloway", "caloway", true),
            ("callowey", "calloway", true),
            ("王刚", "王强", false),
            ("王建国", "王建军", false),
            ("ann", "anna", false),
            ("说话人1", "说话人2", false),
            ("speaker1", "speaker2", false),
            ("达里奥·阿莫帝", "达里奥·阿莫迪", true),
        ] {
            assert_eq!(is_misspelt(name, known), want, "{name}");
        }
    }
}
