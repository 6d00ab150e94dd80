//! Titles before names, as records of a house print whoever speaks.

/// Whether a text is a title and a name, as records of a house print whoever speaks: `Mr. Koo`,
/// `Mrs. Hale of New York`, `The Chairman`.
pub fn is_titled(text: &str) -> bool {
    const TITLES: &[&str] = &[
        "Mr.",
        "Mrs.",
        "Ms.",
        "Miss",
        "Dr.",
        "Senator",
        "Representative",
        "Chairman",
        "Chairwoman",
        "Judge",
        "Justice",
        "Secretary",
        "Governor",
        "Mayor",
        "General",
        "Admiral",
    ];
    const OFFICES: &[&str] =
        &["The Chairman", "The Chairwoman", "The Chair", "The Clerk", "The Speaker", "The Court"];
    let mut words = text.split(' ');
    let title = words.next().unwrap_or_default();
    let capital = |word: &str| word.starts_with(char::is_uppercase) || word == "of";
    OFFICES.contains(&text)
        || TITLES.contains(&title) && (1..=4).contains(&words.clone().count()) && words.all(capital)
}
