//! Letters in capitals → whether they are a name's initials.

/// Whether a text is a few capitals, stops between them aside.
pub fn is_capitals(text: &str) -> bool {
    (2..=5).contains(&text.len())
        && text.chars().filter(|c| c.is_ascii_uppercase()).count() >= 2
        && text.chars().all(|c| c.is_ascii_alphabetic() || c == '.')
}

/// Whether letters are a name's initials; the names in the middle may be left out.
pub fn are_initials(letters: &str, name: &str) -> bool {
    let letters = letters.replace('.', "").to_lowercase();
    let all = initials(name);
    let ends = all.starts_with(letters.chars().next().unwrap_or(' '))
        && all.chars().next_back() == letters.chars().next_back();
    let mut rest = all.chars();
    ends && letters.chars().all(|letter| rest.any(|c| c == letter))
}

fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|word| word.chars().next()).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_name() {
        for (letters, name, want) in [
            ("WAS", "Wendell Aubrey Stroud", true),
            ("WS", "Wendell Aubrey Stroud", true),
            ("W.S.", "Wendell Stroud", true),
            ("WA", "Wendell Aubrey Stroud", false),
            ("SW", "Wendell Stroud", false),
            ("UK", "Wendell Stroud", false),
        ] {
            assert_eq!(is_capitals(letters) && are_initials(letters, name), want, "{letters}");
        }
    }
}
