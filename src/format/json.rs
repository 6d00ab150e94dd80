//! JSON of transcription services and podcasts → [`Document`].
//!
//! No service is listed by name: the transcript is the array of objects with most text in a
//! text-like field, and the fields beside it say who and when. Arrays that are called segments, or
//! whose pieces end in the middle of sentences, are cues: what one speaker says in several of them
//! is one turn.

use serde_json::{Map, Value};

use super::captions::time;
use super::{Document, Voice};
use crate::prose::{Builder, Kind, Millis, Place, Style};
use crate::text::Clean;

/// The names of fields, the likelier first.
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "transcript",
    "utterance",
    "sentence",
    "caption",
    "message",
    "value",
];
const SPEAKER: &[&str] =
    &["speaker", "speakername", "speakerlabel", "name", "author", "who", "role", "from", "spk"];
const TIME: &[&str] =
    &["start", "starttime", "startseconds", "timestamp", "time", "begin", "from", "ts", "offset"];
const END: &[&str] = &["end", "endtime", "endseconds", "to", "stop"];
const TITLE: &[&str] = &["title", "episodetitle", "headline", "name"];

/// The silence between two cues that ends a paragraph, in ms.
const PAUSE: u64 = 2500;
/// From this length on a paragraph of cues ends behind the next sentence, in bytes.
const LONG: usize = 600;

/// A piece of a transcript.
#[derive(Debug)]
struct Piece {
    text: String,
    speaker: Option<String>,
    start: Option<f64>,
    end: Option<f64>,
}

/// Reads a text as JSON, one value or one a line; `None` when it is no JSON or has no transcript.
pub fn read(text: &str) -> Option<Document> {
    let bare = text.trim_start_matches('\u{FEFF}').trim_start();
    if !bare.starts_with(['{', '[']) {
        return None;
    }
    let values: Result<Vec<Value>, _> =
        serde_json::Deserializer::from_str(bare).into_iter::<Value>().collect();
    let mut values = values.ok()?;
    let whole = if values.len() == 1 { values.pop()? } else { Value::Array(values) };
    let (name, array) = transcript(&whole)?;
    let mut pieces: Vec<Piece> = array.iter().filter_map(piece).collect();
    in_seconds(&mut pieces);
    let mut fields = Vec::new();
    if let Some(title) = whole.as_object().and_then(|object| string(object, TITLE)) {
        fields.push(("title".to_owned(), Clean::line(&title).into_string()));
    }
    Some(document(&pieces, is_cues(&name, &pieces), fields))
}

/// What an array's pieces are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pieces {
    Turns,
    Cues,
}

/// The array of objects with most text, and the name it has.
fn transcript(whole: &Value) -> Option<(String, &Vec<Value>)> {
    let mut best: Option<(usize, String, &Vec<Value>)> = None;
    // serde_json reads at most 128 levels, so the way down is short.
    let mut open = vec![(String::new(), whole)];
    while let Some((name, value)) = open.pop() {
        match value {
            Value::Object(object) => {
                open.extend(object.iter().map(|(name, value)| (folded(name), value)));
            }
            // What a service heard word by word stands beside its sentences.
            Value::Array(_) if ["words", "tokens", "alternatives"].contains(&name.as_str()) => {}
            Value::Array(array) => {
                let text = |value: &Value| piece(value).map(|piece| piece.text.len());
                let texts: Vec<usize> = array.iter().filter_map(text).collect();
                let length: usize = texts.iter().sum();
                let most = best.as_ref().map_or(0, |(length, ..)| *length);
                if texts.len() * 2 > array.len() && length > most {
                    best = Some((length, name.clone(), array));
                }
                open.extend(array.iter().map(|value| (name.clone(), value)));
            }
            _ => {}
        }
    }
    best.map(|(_, name, array)| (name, array))
}

fn piece(value: &Value) -> Option<Piece> {
    let object = value.as_object()?;
    let text = string(object, TEXT).filter(|text| !text.trim().is_empty())?;
    let number = |names: &[&str]| field(object, names).and_then(seconds);
    Some(Piece { text, speaker: speaker(object), start: number(TIME), end: number(END) })
}

fn speaker(object: &Map<String, Value>) -> Option<String> {
    let value = field(object, SPEAKER)?;
    let name = match value {
        Value::String(name) => Clean::line(name).into_string(),
        Value::Number(number) => format!("Speaker {number}"),
        // `"speaker": {"name": …}`
        Value::Object(object) => {
            Clean::line(&string(object, &["name", "label", "id"])?).into_string()
        }
        _ => return None,
    };
    let name = name.trim().trim_end_matches([':', '：']).trim_end().to_owned();
    (!name.is_empty()).then_some(name)
}

fn seconds(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => time(text.trim().trim_end_matches('s')).map(|t| t.0 as f64 / 1000.0),
        _ => None,
    }
    .filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
}

/// The first field that is there, by names without case, `_` and `-`.
fn field<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| {
        object.iter().find(|(key, value)| folded(key) == *name && !value.is_null()).map(|(_, v)| v)
    })
}

fn string(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let texts = object.iter().filter(|(key, _)| folded(key) == *name);
        texts.filter_map(|(_, value)| value.as_str()).next().map(str::to_owned)
    })
}

fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Times in ms as seconds: nobody says less than a character a second for long.
fn in_seconds(pieces: &mut [Piece]) {
    let times = pieces.iter().filter_map(|piece| piece.start);
    let last = times.fold(0.0, f64::max);
    let characters: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
    if last < 1000.0 || last < characters as f64 * 2.0 {
        return;
    }
    for piece in pieces {
        piece.start = piece.start.map(|time| time / 1000.0);
        piece.end = piece.end.map(|time| time / 1000.0);
    }
}

/// Whether pieces are cues: by the array's name, or because most end within a sentence.
fn is_cues(name: &str, pieces: &[Piece]) -> Pieces {
    let cut = pieces.iter().filter(|piece| !is_sentence(&piece.text)).count();
    if ["segments", "cues", "captions", "chunks"].contains(&name) || cut * 2 > pieces.len() {
        Pieces::Cues
    } else {
        Pieces::Turns
    }
}

fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "”’」』)）\"'".contains(c));
    text.ends_with(['.', '?', '!', '。', '？', '！', '…', '—', '-'])
}

fn document(pieces: &[Piece], kind: Pieces, fields: super::Fields) -> Document {
    let mut builder = Builder::new();
    let mut voices: Vec<Voice> = Vec::new();
    if let Some((_, title)) = fields.first() {
        builder.open(Kind::Heading(1), Place { line: 1, ..Place::default() });
        builder.text(title, Style::PLAIN);
        builder.close();
    }
    let (mut length, mut ended, mut sentence) = (0, None, true);
    for piece in pieces {
        let start = piece.start.map(|seconds| Millis((seconds * 1000.0).round() as u64));
        let place = Place { line: 1, time: start, ..Place::default() };
        let pause =
            start.zip(ended).is_some_and(|(start, end): (Millis, Millis)| start.0 > end.0 + PAUSE);
        let same = |name: &String| voices.last().is_some_and(|voice| voice.name == *name);
        let turn = piece.speaker.as_ref().filter(|name| kind == Pieces::Turns || !same(name));
        let apart = kind == Pieces::Turns || pause || length > LONG && sentence || length == 0;
        if turn.is_some() || apart {
            builder.open(Kind::Paragraph, place);
            length = 0;
        }
        if let Some(name) = turn {
            voices.push(Voice { at: builder.len(), name: name.clone(), time: start });
        }
        for (number, paragraph) in piece.text.trim().split("\n\n").enumerate() {
            if number > 0 {
                builder.open(Kind::Paragraph, place);
            }
            for line in paragraph.lines() {
                builder.soft_break();
                builder.text(line.trim(), Style::PLAIN);
            }
        }
        length += piece.text.len();
        sentence = is_sentence(&piece.text);
        ended = piece.end.map(|seconds| Millis((seconds * 1000.0).round() as u64));
    }
    Document { prose: builder.finish(), fields, format: "json", voices }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::{Interview, read as interview};

    fn turns(text: &str) -> Vec<(String, Option<u64>, String)> {
        let read: Interview = interview(read(text).unwrap());
        read.turns
            .iter()
            .map(|turn| {
                let blocks = turn.blocks.start.index()..turn.blocks.end.index();
                let blocks = &read.prose.blocks()[blocks];
                let said: String =
                    blocks.iter().map(|block| read.prose.slice(block.span.clone())).collect();
                let time = turn.time.map(|time| time.0);
                let name = read.speaker(turn.speaker).name.clone();
                (name, time, said.trim().replace('\n', "/"))
            })
            .collect()
    }

    fn want(turns: &[(&str, Option<u64>, &str)]) -> Vec<(String, Option<u64>, String)> {
        turns
            .iter()
            .map(|(name, time, said)| ((*name).to_owned(), *time, (*said).to_owned()))
            .collect()
    }

    #[test]
    fn turns_of_a_transcript() {
        let text = r#"{"podcast":"夜读","title":"第三期","transcript":[{"text":"（音乐）"},
            {"timestamp":"0:00:13.9","speaker":"林舟","text":"你好吗？"},
            {"timestamp":"0:00:15","speaker":"林舟","text":"在听吗？"},
            {"timestamp":"0:01:00","speaker":"周砚：","text":"好。\n\n真的好。"},{"text":"（笑）"}]}"#;
        let expected = want(&[
            ("林舟", Some(13_900), "你好吗？"),
            ("林舟", Some(15_000), "在听吗？"),
            ("周砚", Some(60_000), "好。/真的好。/（笑）"),
        ]);
        assert_eq!(turns(text), expected);
        let read = interview(read(text).unwrap());
        assert_eq!(read.front.title.as_deref(), Some("第三期"));
    }

    #[test]
    fn cues_of_a_service_are_joined() {
        // Podcasting 2.0, and WhisperX with words in each segment.
        let podcast = r#"{"version":"1.0.0","segments":[{"speaker":"Anna","startTime":0.5,"endTime":2,"body":"When you"},
            {"speaker":"Anna","startTime":2,"endTime":3,"body":"start, listen."},
            {"speaker":"Ben","startTime":3,"endTime":4,"body":"Yes."},
            {"speaker":"Anna","startTime":9.5,"endTime":10,"body":"Good."}]}"#;
        let expected = want(&[
            ("Anna", Some(500), "When you start, listen."),
            ("Ben", Some(3000), "Yes."),
            ("Anna", Some(9500), "Good."),
        ]);
        assert_eq!(turns(podcast), expected);
        let whisper = r#"{"language":"zh","segments":[
            {"start":0,"end":1,"text":"你好","speaker":"SPEAKER_00","words":[{"word":"你","start":0},{"word":"好","start":0.5}]},
            {"start":1,"end":2,"text":"吗？","speaker":"SPEAKER_00","words":[]},
            {"start":2,"end":3,"text":"好。","speaker":"SPEAKER_01","words":[]}]}"#;
        let expected =
            want(&[("SPEAKER_00", Some(0), "你好吗？"), ("SPEAKER_01", Some(2000), "好。")]);
        assert_eq!(turns(whisper), expected);
    }

    #[test]
    fn milliseconds_numbers_and_lines() {
        let utterances = r#"{"text":"all","utterances":[{"speaker":"A","start":250,"end":4000,"text":"Hello there, everyone."},
            {"speaker":"B","start":904000,"end":905000,"text":"Hello."}]}"#;
        let expected =
            want(&[("A", Some(250), "Hello there, everyone."), ("B", Some(904_000), "Hello.")]);
        assert_eq!(turns(utterances), expected);
        let lines = "{\"speaker\": 0, \"text\": \"One sentence.\"}\n{\"speaker\": 1, \"text\": \"Two sentences.\"}\n";
        let expected =
            want(&[("Speaker 0", None, "One sentence."), ("Speaker 1", None, "Two sentences.")]);
        assert_eq!(turns(lines), expected);
    }

    #[test]
    fn without_speakers_it_is_read_without_turns() {
        let text = r#"{"segments":[{"start":0,"end":2,"text":"One."},{"start":60,"end":61,"text":"Two."}]}"#;
        assert_eq!(turns(text), []);
        let read = read(text).unwrap();
        assert_eq!(read.prose.text(), "One.\nTwo.\n");
    }

    #[test]
    fn what_is_no_transcript() {
        for text in
            ["", "[链接](https://example.org)", "{", "[1, 2]", "{\"a\": [{\"b\": 1}]}", "{}"]
        {
            assert!(read(text).is_none(), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&deep).is_none());
    }
}
