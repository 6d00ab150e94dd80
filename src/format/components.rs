//! Who speaks in elements, by what they are called and by their classes.

use super::attributes::attribute;

/// Components that sites show an interview with (MDX), and whose words they hold where no attribute
/// says so. None is an element of HTML.
pub const COMPONENTS: &[(&str, &str)] = &[
    ("question", "Q"),
    ("answer", "A"),
    ("interviewer", "Interviewer"),
    ("interviewee", "Interviewee"),
    ("host", "Host"),
    ("guest", "Guest"),
    ("speaker", ""),
    ("speech", ""),
    ("turn", ""),
    ("utterance", ""),
    ("message", ""),
];

/// Words in the classes of elements in which somebody asks.
const WORDS: &[&str] =
    &["question", "questions", "interviewer", "frage", "pregunta", "domanda", "pergunta"];

/// What stands before such a word where it is asked of nobody.
const OTHER: &[&str] = &[
    "faq",
    "faqs",
    "quiz",
    "form",
    "poll",
    "survey",
    "card",
    "flash",
    "exam",
    "customer",
    "product",
    "review",
    "help",
    "support",
    "trivia",
    "accordion",
    "wiki",
];

/// Whether the name of a paragraph says that somebody asks in it: sites give many the same. Lists of
/// frequent questions number theirs.
pub fn is_named(id: &str) -> bool {
    let mut words = id.split(|c: char| !c.is_ascii_alphanumeric());
    let has =
        |words: &[&str], word: &str| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    let other = || id.split(['-', '_']).any(|part| has(OTHER, part));
    !id.contains(|c: char| c.is_ascii_digit()) && words.any(|word| has(WORDS, word)) && !other()
}

/// Whether the class of an element says that somebody asks in it, and nothing else is in it, or that
/// it is the name of who speaks: such are shown as what is emphasised is.
pub fn is_marked(element: &str, class: &str) -> bool {
    const NAMES: &[&str] = &["name", "speaker", "interviewee"];
    if is_name_box(element, class) {
        return true;
    }
    let has = |known: &[&str]| {
        let mut words = class.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| known.iter().any(|known| known.eq_ignore_ascii_case(word)))
    };
    // A box that has no other name holds nothing but the question.
    let alone = || WORDS.iter().any(|word| word.eq_ignore_ascii_case(class.trim()));
    matches!(element, "p" | "span" | "dt") && has(WORDS)
        || element == "div" && alone()
        || matches!(element, "ul" | "ol") && class.trim().eq_ignore_ascii_case("question")
        || matches!(element, "div" | "p") && class.split_whitespace().any(ends_asking)
        || element == "span" && has(NAMES)
        || element == "p" && has(&["speaker"])
}

/// Whether the name of a class ends in the part that asks, behind a stem that the other part shares:
/// `bubble--q`, `talk__question`. Lists of frequent questions have such as well, and say so.
fn ends_asking(class: &str) -> bool {
    const ENDS: &[&str] = &["q", "question", "ask", "interviewer"];
    let mut parts = class.rsplit(['-', '_']);
    let end = parts.next().unwrap_or(class);
    let stem: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let other = |part: &&str| OTHER.iter().any(|other| other.eq_ignore_ascii_case(part));
    ENDS.iter().any(|known| known.eq_ignore_ascii_case(end))
        && !stem.is_empty()
        && !stem.iter().any(other)
}

/// Whether an element is a box of a page that holds who speaks, and has no other class.
pub fn is_name_box(element: &str, class: &str) -> bool {
    const NAMES: &[&str] = &[
        "authorname",
        "author-name",
        "author_name",
        "speakername",
        "speaker-name",
        "speaker_name",
    ];
    element == "div" && NAMES.iter().any(|name| name.eq_ignore_ascii_case(class.trim()))
}

/// Who speaks in a component.
pub fn voice(component: &str, attributes: &str) -> Option<String> {
    let named = ["name", "speaker", "who", "author", "by", "from"];
    let name = named.iter().find_map(|wanted| attribute(attributes, wanted));
    let name = name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    // `{props.name}` is for the site to fill in.
    let known = |name: &String| name.chars().any(char::is_alphanumeric) && !name.contains('{');
    name.filter(known).or_else(|| {
        let (_, name) = COMPONENTS.iter().find(|(known, _)| *known == component)?;
        (!name.is_empty()).then(|| (*name).to_owned())
    })
}
