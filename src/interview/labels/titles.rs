//! Titles before names, as records of a house print whoever speaks, and what has their stops.

/// Titles and offices that stand before a name.
const TITLES: &[&str] = &[
    "Mr.",
    "Mrs.",
    "Ms.",
    "Miss",
    "Dr.",
    "Prof.",
    "Rev.",
    "Hon.",
    "Sen.",
    "Rep.",
    "Gen.",
    "Lt.",
    "Col.",
    "Capt.",
    "Sgt.",
    "Senator",
    "Representative",
    "Congressman",
    "Congresswoman",
    "Delegate",
    "Chairman",
    "Chairwoman",
    "Chair",
    "Judge",
    "Justice",
    "Secretary",
    "Governor",
    "Mayor",
    "General",
    "Admiral",
    "Colonel",
    "Major",
    "Captain",
    "Commander",
    "Lieutenant",
    "Sergeant",
    "Chief",
    "Officer",
    "Sheriff",
    "Marshal",
    "Inspector",
    "Superintendent",
    "Commissioner",
    "Administrator",
    "Director",
    "Deputy",
    "Ambassador",
    "Minister",
    "President",
    "Chancellor",
    "Provost",
    "Dean",
    "Professor",
    "Doctor",
    "Reverend",
    "Bishop",
    "Rabbi",
    "Father",
    "Sister",
    "Councilman",
    "Councilwoman",
    "Councilmember",
    "Alderman",
    "Supervisor",
    "Trustee",
    "Treasurer",
    "Counsel",
];

/// Whether a word is a title, in whatever case.
pub fn is_rank(word: &str) -> bool {
    TITLES.iter().any(|title| title.eq_ignore_ascii_case(word))
}

/// Whether a text is a title and a name, as records of a house print whoever speaks: `Mr. Koo`,
/// `Mrs. Hale of New York`, `The Chairman`.
pub fn is_titled(text: &str) -> bool {
    const OFFICES: &[&str] =
        &["The Chairman", "The Chairwoman", "The Chair", "The Clerk", "The Speaker", "The Court"];
    let mut words = text.split(' ');
    let title = words.next().unwrap_or_default();
    let capital = |word: &str| word.starts_with(char::is_uppercase) || word == "of";
    OFFICES.contains(&text)
        || TITLES.contains(&title) && (1..=4).contains(&words.clone().count()) && words.all(capital)
}

/// Whether stops are those of a country, or of a half of the day: `U.S. Government`.
pub fn is_place(text: &str) -> bool {
    const SHORT: &[&str] = &["U.S.", "U.K.", "E.U.", "U.N.", "D.C.", "A.M.", "P.M.", "U.S.A."];
    SHORT.iter().any(|short| short.eq_ignore_ascii_case(text.trim()))
}
