//! An object of a JSON transcript → what is said in it, who says it and when: by the names of its
//! fields, whatever service wrote them.

use std::collections::{HashMap, HashSet};

use super::captions::time;
use super::value::{Object, Value};
use crate::text::Clean;
use crate::text::join::join;

/// The names of fields, the likelier first: small letters and digits only.
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "transcript",
    "utterance",
    "sentence",
    "caption",
    "message",
    "speech",
    "line",
    "display",
    "punctuatedword",
    "value",
    "words",
    "word",
];
/// Fields that hold the text in pieces, or in several readings of which the first is the likeliest.
const NESTED: &[&str] = &[
    "sentences",
    "elements",
    "alternatives",
    "nbest",
    "words",
    "tokens",
    "items",
    "lines",
    "paragraphs",
    "segments",
    "content",
    "text",
    "body",
];
const SPEAKER: &[&str] = &[
    "speakername",
    "speaker",
    "speakerlabel",
    "speakertag",
    "speakerid",
    "spk",
    "participant",
    "participantname",
    "name",
    "displayname",
    "author",
    "who",
    "role",
    "sender",
    "username",
    "user",
    "from",
];
const TIME: &[&str] = &[
    "start",
    "starttime",
    "startseconds",
    "startms",
    "timestamp",
    "time",
    "begin",
    "from",
    "ts",
    "offset",
];
const END: &[&str] = &["end", "endtime", "endseconds", "endms", "to", "stop", "endts"];
/// Fields of objects that stand between what is said and are titles of what follows.
const HEADING: &[&str] = &["header", "heading", "title", "section", "chapter"];
const QUESTION: &[&str] = &["question", "q"];
const ANSWER: &[&str] = &["answer", "a"];

/// Whether a field of this name holds what is said.
pub fn has_text(name: &str) -> bool {
    TEXT.contains(&folded(name).as_str())
}

/// Whether a field of this name holds who says it.
pub fn has_speaker(name: &str) -> bool {
    SPEAKER.contains(&folded(name).as_str())
}

/// Fields that hold what there is to an object.
const INNER: &[&str] = &["data", "attributes", "fields", "props", "payload"];
/// What the names of lists have in them where others speak than in the article.
const BESIDE: &[&str] =
    &["comment", "clip", "quot", "testimonial", "review", "faq", "highlight", "repl"];

/// Whether a list of this name holds what others say of it.
pub fn is_beside(name: &str) -> bool {
    let name = folded(name);
    BESIDE.iter().any(|beside| name.contains(beside))
}

/// How deep a piece's text is looked for.
const DEEPEST: u8 = 2;

/// A piece of a transcript.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// What is said.
    pub text: String,
    /// Who says it: a name, or the key of one.
    pub speaker: Option<String>,
    /// What it says of the voice: where speakers are numbers, their names.
    pub voice: Option<String>,
    /// When it begins, in the file's unit.
    pub start: Option<f64>,
    /// When it ends.
    pub end: Option<f64>,
    /// Whether its times say what their unit is: `0:44`.
    pub clock: bool,
    /// Whether it is the title of what follows.
    pub heading: bool,
}

/// The pieces that a value is: one, or a question and its answer.
pub fn pieces(value: &Value<'_>) -> Vec<Piece> {
    let Some(object) = value.as_object() else { return Vec::new() };
    if let (Some(question), Some(answer)) = (string(object, QUESTION), string(object, ANSWER)) {
        let piece = |name: &str, text: String| Piece {
            text,
            speaker: Some(name.to_owned()),
            ..Piece::default()
        };
        return vec![piece("Q", question), piece("A", answer)];
    }
    let said = piece(object, DEEPEST).filter(|piece| !piece.text.trim().is_empty());
    // A kind of piece, and what there is to it.
    let within = || {
        let inner = INNER.iter().filter_map(|name| field(object, &[name])?.as_object());
        let mut inner = inner.filter_map(|inner| piece(inner, 0));
        inner.find(|piece| piece.speaker.is_some() && !piece.text.trim().is_empty())
    };
    let said = said.or_else(within);
    let title = || {
        let text = string(object, HEADING).filter(|text| !text.trim().is_empty())?;
        let (start, clock) = (field(object, TIME).and_then(seconds), is_clock(object));
        Some(Piece { text, start, clock, heading: true, ..Piece::default() })
    };
    said.or_else(title).into_iter().collect()
}

/// A question or an answer that has an object of its own.
pub fn half(value: &Value<'_>) -> Option<Piece> {
    let object = value.as_object()?;
    [("Q", QUESTION), ("A", ANSWER)].into_iter().find_map(|(name, names)| {
        let text = string(object, names).filter(|text| !text.trim().is_empty())?;
        Some(Piece { text, speaker: Some(name.to_owned()), ..Piece::default() })
    })
}

fn piece(object: &Object<'_>, deep: u8) -> Option<Piece> {
    let number = |names: &[&str]| field(object, names).and_then(seconds);
    let (start, end) = (number(TIME), number(END));
    let (clock, speaker) = (is_clock(object), speaker(object));
    if let Some(text) = string(object, TEXT) {
        let voice = string(object, &["voice"]).map(|voice| Clean::line(&voice).into_string());
        return Some(Piece { text, speaker, voice, start, end, clock, heading: false });
    }
    if deep == 0 {
        return None;
    }
    let arrays = || object.iter().filter_map(|(key, value)| Some((key, value.as_array()?)));
    let named = |name: &&str| arrays().find(|(key, _)| is_called(key, name));
    // Whatever it is called, a list of nothing but texts is what is said.
    let text = |value: &Value<'_>| {
        value
            .as_object()
            .is_some_and(|it| string(it, TEXT).is_some() && self::speaker(it).is_none())
    };
    let other = || {
        let all = |list: &[Value<'_>]| !list.is_empty() && list.iter().all(text);
        arrays().find(|(key, list)| !is_beside(key) && all(list))
    };
    NESTED.iter().filter_map(named).chain(other().filter(|_| speaker.is_some())).find_map(
        |(key, within)| {
            let several = matches!(&*folded(key), "alternatives" | "nbest");
            let within = if several { &within[..within.len().min(1)] } else { within };
            let parts: Vec<Piece> = within
                .iter()
                .filter_map(|value| match value {
                    Value::String(text) => {
                        Some(Piece { text: text.to_string(), ..Piece::default() })
                    }
                    value => piece(value.as_object()?, deep - 1),
                })
                .collect();
            let text = joined(&parts);
            (!text.trim().is_empty()).then(|| Piece {
                voice: None,
                heading: false,
                clock: clock || parts.iter().any(|part| part.clock),
                text,
                speaker: speaker.clone(),
                start: start.or_else(|| parts.iter().find_map(|part| part.start)),
                end: end.or_else(|| parts.iter().rev().find_map(|part| part.end)),
            })
        },
    )
}

/// Texts one behind another: as they are where they bring their blanks, else as words are put.
fn joined(parts: &[Piece]) -> String {
    let blanks = parts.iter().any(|part| part.text != part.text.trim());
    let mut out = String::new();
    for part in parts {
        let ends = out.chars().next_back().zip(part.text.chars().next());
        if let Some((before, after)) = ends.filter(|_| !blanks && !is_stop(&part.text)) {
            out.push_str(join(before, after));
        }
        out.push_str(&part.text);
    }
    out
}

/// Whether a text stands close to the word before it.
pub fn is_stop(text: &str) -> bool {
    text.starts_with(['.', ',', '?', '!', ';', ':', '%', ')', '’']) || text.starts_with("'s")
}

fn speaker(object: &Object<'_>) -> Option<String> {
    SPEAKER.iter().find_map(|name| {
        let (_, value) =
            object.iter().find(|(key, value)| is_called(key, name) && **value != Value::Null)?;
        let text = match value {
            Value::String(text) => text.to_string(),
            Value::Number(number) if name.starts_with("sp") && !number.is_f64() => {
                number.to_string()
            }
            // `"speaker": {"name": …}`
            Value::Object(object) => string(object, &["name", "displayname", "label", "id"])?,
            _ => return None,
        };
        // `from` is a time as often as a name.
        if *name == "from" && time(&text).is_some() {
            return None;
        }
        let text = Clean::line(&text).into_string();
        let text = text.trim().trim_end_matches([':', '：']).trim_end();
        (!text.is_empty()).then(|| text.to_owned())
    })
}

/// The names that a table beside a transcript gives to the keys of its speakers.
#[derive(Debug, Default)]
pub struct Names(HashMap<String, String>);

impl Names {
    /// Takes a field that may be such a table: a list of objects or of names, or a map.
    pub fn take(&mut self, name: &str, value: &Value<'_>) {
        const TABLES: &[&str] =
            &["speakers", "participants", "people", "speakernames", "speakermap", "persons"];
        if !TABLES.contains(&name) {
            return;
        }
        let named = |value: &Value<'_>| match value {
            Value::String(name) => Some(name.to_string()),
            Value::Object(object) => string(object, &["name", "displayname", "fullname"]),
            _ => None,
        };
        let mut put = |key: String, value: &Value<'_>| {
            if let Some(name) = named(value).map(|name| Clean::line(&name).into_string())
                && !name.is_empty()
            {
                self.0.entry(key).or_insert(name);
            }
        };
        match value {
            Value::Object(table) => {
                for (key, value) in table.iter() {
                    put(key.to_owned(), value);
                }
            }
            Value::Array(list) => {
                for (at, value) in list.iter().enumerate() {
                    let ids = ["id", "speakerid", "label", "key", "spk", "speaker", "index"];
                    let key = value.as_object().and_then(|object| field(object, &ids));
                    put(
                        match key {
                            Some(Value::String(key)) => key.to_string(),
                            Some(Value::Number(key)) => key.to_string(),
                            _ => at.to_string(),
                        },
                        value,
                    );
                }
            }
            _ => {}
        }
    }

    /// Takes the names that stand beside the numbers of speakers, where each has one of its own.
    pub fn take_voices(&mut self, pieces: &[Piece]) {
        let mut of: HashMap<&str, &str> = HashMap::new();
        for piece in pieces {
            let (Some(speaker), Some(voice)) = (&piece.speaker, &piece.voice) else { return };
            let number = speaker.bytes().all(|b| b.is_ascii_digit());
            let named = voice.chars().any(char::is_alphabetic);
            if !number || !named || *of.entry(speaker).or_insert(voice) != voice {
                return;
            }
        }
        let names: HashSet<&&str> = of.values().collect();
        if names.len() == of.len() {
            self.0.extend(of.into_iter().map(|(key, name)| (key.to_owned(), name.to_owned())));
        }
    }

    /// The name of a speaker.
    pub fn of(&self, speaker: &str) -> String {
        self.0.get(speaker).cloned().unwrap_or_else(|| speaker.to_owned())
    }
}

fn seconds(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => time(text.trim().trim_end_matches('s')).map(|t| t.0 as f64 / 1000.0),
        _ => None,
    }
    .filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
}

/// Whether an object says when it begins as a clock does.
fn is_clock(object: &Object<'_>) -> bool {
    field(object, TIME).and_then(Value::as_str).is_some_and(|time| time.contains(':'))
}

/// The first field that is there, by names without case, `_` and `-`.
fn field<'a, 'v>(object: &'a Object<'v>, names: &[&str]) -> Option<&'a Value<'v>> {
    names.iter().find_map(|name| {
        object
            .iter()
            .find(|(key, value)| is_called(key, name) && **value != Value::Null)
            .map(|(_, v)| v)
    })
}

/// The first field that is there and holds a text.
pub fn string(object: &Object<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let texts = object.iter().filter(|(key, _)| is_called(key, name));
        texts.filter_map(|(_, value)| value.as_str()).next().map(str::to_owned)
    })
}

/// Whether a field has a name, without regard to case, `_` and `-`.
fn is_called(field: &str, name: &str) -> bool {
    let letters = field.bytes().filter(u8::is_ascii_alphanumeric);
    letters.map(|b| b.to_ascii_lowercase()).eq(name.bytes())
}

/// A name as names of fields are compared.
pub fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
