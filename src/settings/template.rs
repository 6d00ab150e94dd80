//! `copy_template` → what a passage is copied as.
//!
//! A template is text with fields in braces, `{title}`. What stands in brackets, `[，《{title}》]`,
//! is a group: it is left out when none of its fields is known. Groups may stand in groups. Where
//! nothing stands before a group in the one around it, its leading blanks, commas and the like are
//! left out, too, so that a list of groups needs no rule for its first one. `\` takes its meaning
//! from the character behind it, and `\n` is a line end.

use crate::interview::quote::{Quote, is_east_asian};
use crate::keymap::nearest;
use crate::text::clean::clean;
use crate::words::Message;

/// Speaker, title, author, date, time and address behind a Chinese or Japanese passage.
const WIDE: &str = r"{text}[\n\n—— [{speaker}][，《{title}》][，{author}][，{date}][，{time}][，{url}][ {recording}]]";
/// The same behind any other.
const NARROW: &str = r"{text}[\n\n— [{speaker}][, “{title}”][, {author}][, {date}][, {time}][, {url}][ {recording}]]";

/// How deep groups may stand in each other.
const DEEPEST: usize = 16;

/// Something that a template may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    /// The passage.
    Text,
    /// Who speaks in it.
    Speaker,
    /// The article's title.
    Title,
    /// Who wrote or published it.
    Author,
    /// When it was published.
    Date,
    /// Its address.
    Url,
    /// When it was said, as a clock shows it.
    Time,
    /// The address that plays the recording from there.
    Recording,
}

impl Field {
    /// All of them, by name.
    const ALL: [(&str, Self); 8] = [
        ("text", Self::Text),
        ("speaker", Self::Speaker),
        ("title", Self::Title),
        ("author", Self::Author),
        ("date", Self::Date),
        ("url", Self::Url),
        ("time", Self::Time),
        ("recording", Self::Recording),
    ];

    /// What a passage has for it; `None` where it is not known.
    fn of(self, quote: &Quote) -> Option<String> {
        let value = match self {
            Self::Text => Some(quote.text.clone()),
            Self::Speaker => {
                let comma = if is_east_asian(quote.language) { "、" } else { ", " };
                Some(quote.speakers.join(comma))
            }
            Self::Title => quote.title.clone(),
            Self::Author => quote.author.clone(),
            Self::Date => quote.date.clone(),
            Self::Url => quote.url.clone(),
            Self::Time => quote.time.map(|time| time.clock()),
            Self::Recording => quote.recording.clone(),
        };
        value.filter(|value| !value.trim().is_empty())
    }
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field),
    Group(Vec<Part>),
}

/// What a passage is copied as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

/// What is wrong in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such field.
    Field(String),
    /// This bracket or brace has no other half, or stands too deep.
    Bracket(char),
    /// It would leave the passage out.
    NoText,
}

impl Fault {
    /// What to say about it.
    pub fn message(&self) -> Message {
        match self {
            Self::Field(name) => Message::new("template-field")
                .with("field", name.as_str())
                .with("near", nearest(name, Field::ALL.iter().map(|(name, _)| *name))),
            Self::Bracket(bracket) => {
                Message::new("template-bracket").with("bracket", bracket.to_string())
            }
            Self::NoText => Message::new("template-no-text"),
        }
    }
}

impl Template {
    /// The one for articles in a language, where the reader has none.
    pub fn of_language(language: Option<&str>) -> Self {
        let text = if is_east_asian(language) { WIDE } else { NARROW };
        // A test reads both.
        Self::read(text).unwrap_or(Self(vec![Part::Field(Field::Text)]))
    }

    /// The template that `text` is.
    ///
    /// # Errors
    /// The first thing that is wrong in it.
    pub fn read(text: &str) -> Result<Self, Fault> {
        // The groups that are open, outermost first; the template itself is the first of them.
        let mut open: Vec<Vec<Part>> = vec![Vec::new()];
        let mut chars = text.chars();
        let mut has_text = false;
        while let Some(c) = chars.next() {
            let part = match c {
                '\\' => Part::Text(match chars.next() {
                    Some('n') => "\n".to_owned(),
                    Some(other) => other.to_string(),
                    None => "\\".to_owned(),
                }),
                '{' => {
                    let (name, rest) = chars.as_str().split_once('}').ok_or(Fault::Bracket('{'))?;
                    let name = name.trim();
                    let known = Field::ALL.iter().find(|(known, _)| *known == name);
                    let &(_, field) = known.ok_or_else(|| Fault::Field(name.to_owned()))?;
                    has_text |= field == Field::Text;
                    chars = rest.chars();
                    Part::Field(field)
                }
                '}' => return Err(Fault::Bracket('}')),
                '[' if open.len() > DEEPEST => return Err(Fault::Bracket('[')),
                '[' => {
                    open.push(Vec::new());
                    continue;
                }
                ']' => match open.pop() {
                    Some(group) if !open.is_empty() => Part::Group(group),
                    _ => return Err(Fault::Bracket(']')),
                },
                _ => Part::Text(c.to_string()),
            };
            let Some(group) = open.last_mut() else { return Err(Fault::Bracket(']')) };
            match (group.last_mut(), part) {
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
                (_, part) => group.push(part),
            }
        }
        let template = open.pop().filter(|_| open.is_empty()).ok_or(Fault::Bracket('['))?;
        if has_text { Ok(Self(template)) } else { Err(Fault::NoText) }
    }

    /// What a passage is copied as: clean, without white space at its end, so that a shell that it
    /// is pasted into does not run it at once.
    pub fn render(&self, quote: &Quote) -> String {
        let filled = fill(&self.0, quote);
        clean(&filled.text).trim_end().to_owned()
    }
}

/// A group that was filled in.
#[derive(Default)]
struct Filled {
    text: String,
    /// Whether it has fields, and whether one of them is known.
    fields: bool,
    known: bool,
}

fn fill(parts: &[Part], quote: &Quote) -> Filled {
    let mut out = Filled::default();
    for part in parts {
        match part {
            Part::Text(text) => out.text.push_str(text),
            Part::Field(field) => {
                let value = field.of(quote);
                out.fields = true;
                out.known |= value.is_some();
                out.text.push_str(&value.unwrap_or_default());
            }
            Part::Group(group) => {
                let group = fill(group, quote);
                out.fields |= group.fields;
                if group.known || !group.fields {
                    let lead = if out.known { "" } else { SEPARATORS };
                    out.text.push_str(group.text.trim_start_matches(|c| lead.contains(c)));
                }
                out.known |= group.known;
            }
        }
    }
    out
}

/// What parts the groups of a list. A line end is none: it is meant.
const SEPARATORS: &str = " \u{3000},;:|/·，、；：";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Millis;

    fn quote() -> Quote {
        Quote {
            text: "十秒一次。".to_owned(),
            speakers: vec!["守塔人".to_owned(), "主持人".to_owned()],
            title: Some("灯塔与夜航".to_owned()),
            author: Some("夜读".to_owned()),
            date: Some("2024-12-21".to_owned()),
            url: Some("https://a.example/1".to_owned()),
            time: Some(Millis(3_723_000)),
            recording: Some("https://a.example/1.mp3#t=3723".to_owned()),
            language: Some("zh"),
        }
    }

    fn render(template: &str, quote: &Quote) -> String {
        Template::read(template).unwrap().render(quote)
    }

    #[test]
    fn the_templates_for_chinese_and_for_other_text() {
        let wide = Template::of_language(Some("zh"));
        assert_eq!(
            wide.render(&quote()),
            "十秒一次。\n\n—— 守塔人、主持人，《灯塔与夜航》，夜读，2024-12-21，1:02:03，\
             https://a.example/1 https://a.example/1.mp3#t=3723"
        );
        let latin = Quote {
            text: "Every ten seconds.".to_owned(),
            speakers: vec!["Ann".to_owned(), "Ben".to_owned()],
            title: Some("Lights".to_owned()),
            author: None,
            time: None,
            recording: None,
            language: Some("en"),
            ..quote()
        };
        let narrow = Template::of_language(Some("en"));
        assert_eq!(
            narrow.render(&latin),
            "Every ten seconds.\n\n— Ann, Ben, “Lights”, 2024-12-21, https://a.example/1"
        );
        for template in [WIDE, NARROW] {
            assert!(Template::read(template).is_ok());
        }
    }

    #[test]
    fn what_is_not_known_goes_with_its_separators() {
        let wide = Template::of_language(Some("zh"));
        let text = Quote { text: "灯".to_owned(), language: Some("zh"), ..Quote::default() };
        assert_eq!(wide.render(&text), "灯");
        let url = Some("https://a.example".to_owned());
        let without_speaker = Quote { url: url.clone(), ..text.clone() };
        assert_eq!(wide.render(&without_speaker), "灯\n\n—— https://a.example");
        let title = Some("题".to_owned());
        assert_eq!(
            wide.render(&Quote { title, url, ..text }),
            "灯\n\n—— 《题》，https://a.example"
        );
    }

    #[test]
    fn groups_escapes_and_line_ends() {
        let quote = Quote { author: None, ..quote() };
        for (template, want) in [
            ("{text}", "十秒一次。"),
            ("> { text }", "> 十秒一次。"),
            ("{text}[ ({author})]", "十秒一次。"),
            (r"{text}\n\[{title}\]", "十秒一次。\n[灯塔与夜航]"),
            (r"\{x\} {text} \\", r"{x} 十秒一次。 \"),
            ("{text}\\", "十秒一次。\\"),
            ("{text} [always] {author}", "十秒一次。 always"),
            ("{text}[; [{author}, ][{date}]]", "十秒一次。; 2024-12-21"),
            // Nothing that a shell would run at once.
            ("{text}\n\\n\r\n", "十秒一次。"),
        ] {
            assert_eq!(render(template, &quote), want, "{template}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (template, want) in [
            ("{text} {titel}", Fault::Field("titel".to_owned())),
            ("{text} {", Fault::Bracket('{')),
            ("{text} }", Fault::Bracket('}')),
            ("{text} [{title}", Fault::Bracket('[')),
            ("{text} {title}]", Fault::Bracket(']')),
            ("", Fault::NoText),
            ("{title}", Fault::NoText),
        ] {
            assert_eq!(Template::read(template), Err(want), "{template}");
        }
        assert!(Template::read(&format!("{}{{text}}{}", "[".repeat(99), "]".repeat(99))).is_err());
    }

    #[test]
    fn what_a_template_says_is_clean() {
        let quote = Quote { title: Some("a\u{1b}]52;c;eA==\u{7}b".to_owned()), ..quote() };
        let out = render("\u{1b}[31m]{text}{title}", &quote);
        assert!(!out.chars().any(|c| c.is_control()), "{out:?}");
        let out = render("{text}\u{202e}\u{7}", &quote);
        assert_eq!(out, "十秒一次。\u{FFFD}\u{FFFD}");
    }
}
