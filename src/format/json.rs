//! JSON of transcription services and podcasts → [`Document`].
//!
//! No service is listed by name: the transcript is the array of objects with most text in them,
//! speakers before none and sentences before words. Arrays that are called segments, or whose
//! pieces end in the middle of sentences, are cues: what one speaker says in several of them is one
//! turn.

use super::piece::{Names, Piece, is_stop, string};
use super::transcript::{Pieces, is_sentence, transcript};
use super::value::{Object, Value};
use super::{Document, Fields, Voice, cues, media};
use crate::prose::{Builder, Kind, Millis, Place, Style};
use crate::text::Clean;

/// The facts of an article, and the names of the fields that hold them.
const FACTS: &[(&str, &[&str])] = &[
    ("title", &["title", "episodetitle", "headline"]),
    ("author", &["author", "authors", "byline", "publisher"]),
    ("date", &["date", "published", "publishdate", "pubdate", "publishedat", "datepublished"]),
    ("url", &["url", "link", "permalink", "canonicalurl"]),
    ("summary", &["summary", "abstract", "tldr"]),
];

/// The silence between two cues that ends a paragraph, in ms.
const PAUSE: u64 = 2500;
/// From this length on a paragraph of cues ends behind the next sentence, in bytes.
const LONG: usize = 600;

/// Reads a text as JSON, one value or one a line; `None` when it is no JSON or has no transcript.
pub fn read(text: &str) -> Option<Document> {
    let bare = text.trim_start_matches('\u{FEFF}').trim_start();
    if !bare.starts_with(['{', '[']) {
        return None;
    }
    let values: Result<Vec<Value<'_>>, _> =
        serde_json::Deserializer::from_str(bare).into_iter::<Value<'_>>().collect();
    let mut values = values.ok()?;
    let whole = if values.len() == 1 { values.pop()? } else { Value::Array(values) };
    document_of(whole, Builder::new())
}

/// The transcript that is somewhere in a value, and what stands behind it.
pub fn document_of(whole: Value<'_>, behind: Builder) -> Option<Document> {
    let mut names = Names::default();
    let transcript = transcript(&whole, &mut names)?;
    let kind = transcript.kind();
    let mut pieces = transcript.pieces;
    names.take_voices(&pieces);
    for piece in &mut pieces {
        piece.speaker = piece.speaker.take().map(|speaker| names.of(&speaker));
        piece.speaker = piece.speaker.take().filter(|name| !name.trim().is_empty());
    }
    in_seconds(&mut pieces);
    let fields = whole.as_object().map(fields).unwrap_or_default();
    // It takes more room than the text: the article need not be made beside it.
    drop(whole);
    Some(document(&pieces, kind, fields, behind))
}

/// What an object around a transcript, or one beside it, says of the article.
fn fields(whole: &Object<'_>) -> Fields {
    let mut fields = Fields::new();
    let beside = whole.iter().filter_map(|(_, value)| value.as_object());
    for object in std::iter::once(whole).chain(beside) {
        for (name, names) in FACTS {
            let value = string(object, names).map(|value| Clean::line(&value).into_string());
            if let Some(value) = value.filter(|value| !value.is_empty())
                && !fields.iter().any(|(known, _)| known == name)
            {
                fields.push(((*name).to_owned(), value));
            }
        }
        for (name, value) in object.iter() {
            let address = match value {
                Value::String(address) => Some(address.to_string()),
                Value::Object(object) => string(object, &["url", "src", "href"]),
                _ => None,
            };
            let found = address.and_then(|address| media::named(name, &address));
            if let Some(address) = found.filter(|_| !fields.iter().any(|(k, _)| k == media::KEY)) {
                fields.push((media::KEY.to_owned(), address));
            }
        }
    }
    if let Some(name) = string(whole, &["name"])
        && !fields.iter().any(|(known, _)| known == "title")
    {
        fields.push(("title".to_owned(), Clean::line(&name).into_string()));
    }
    fields
}

/// Times in ms as seconds: nobody says less than a character a second for long.
fn in_seconds(pieces: &mut [Piece]) {
    let times = pieces.iter().filter_map(|piece| piece.start);
    let last = times.fold(0.0, f64::max);
    let characters: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
    let clock = pieces.iter().any(|piece| piece.clock);
    if clock || last < 1000.0 || last < characters as f64 * 2.0 {
        return;
    }
    for piece in pieces {
        piece.start = piece.start.map(|time| time / 1000.0);
        piece.end = piece.end.map(|time| time / 1000.0);
    }
}

fn is_sound(piece: &Piece) -> bool {
    cues::is_sound(piece.text.trim())
}

fn document(pieces: &[Piece], kind: Pieces, fields: Fields, behind: Builder) -> Document {
    let mut builder = Builder::new();
    let mut voices: Vec<Voice> = Vec::new();
    for (fact, kind) in [("title", Kind::Heading(1)), ("summary", Kind::Paragraph)] {
        if let Some((_, value)) = fields.iter().find(|(name, _)| name == fact) {
            builder.open(kind, Place { line: 1, ..Place::default() });
            builder.text(value, Style::PLAIN);
            builder.close();
        }
    }
    // Where few have no speaker, nobody is known to say these; where many have none, a name stays
    // until the next one.
    let said = || pieces.iter().filter(|piece| !piece.heading);
    let unnamed = said().filter(|piece| piece.speaker.is_none() && !is_sound(piece));
    let nobody = unnamed.count() * 4 <= said().count();
    let (mut length, mut ended, mut sentence) = (0, None, true);
    let mut sounded = false;
    for piece in pieces {
        let start = piece.start.map(|seconds| Millis((seconds * 1000.0).round() as u64));
        let place = Place { line: 1, time: start, ..Place::default() };
        if piece.heading {
            builder.open(Kind::Heading(2), place);
            builder.text(&piece.text.replace('\n', " "), Style::PLAIN);
            builder.close();
            length = 0;
            continue;
        }
        let pause =
            start.zip(ended).is_some_and(|(start, end): (Millis, Millis)| start.0 > end.0 + PAUSE);
        let same = |name: &String| voices.last().is_some_and(|voice| voice.name == *name);
        let sound = piece.speaker.is_none() && is_sound(piece);
        let none = String::new();
        let stop = piece.speaker.is_none() && !sound && nobody && !voices.is_empty();
        let named = piece.speaker.as_ref().or_else(|| stop.then_some(&none));
        let turn = named.filter(|name| kind == Pieces::Turns || !same(name));
        // A sound is a paragraph of its own, so that it is seen to be no word of the speaker's.
        let apart = kind == Pieces::Turns || pause || length > LONG && sentence || length == 0;
        let apart = std::mem::replace(&mut sounded, sound) || sound || apart;
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
                if !is_stop(line) {
                    builder.soft_break();
                }
                builder.text(line.trim(), Style::PLAIN);
            }
        }
        length += piece.text.len();
        sentence = is_sentence(&piece.text);
        ended = piece.end.map(|seconds| Millis((seconds * 1000.0).round() as u64));
    }
    if !behind.is_empty() {
        builder.rule(Place { line: 1, ..Place::default() });
        builder.append(behind);
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
        let clock = r#"[{"speaker":"A","time":"0:05","text":"So?"},{"speaker":"B","time":"1:05:00","text":"So."}]"#;
        assert_eq!(turns(clock)[1].1, Some(3_900_000));
        let lines = "{\"speaker\": 0, \"text\": \"One sentence.\"}\n{\"speaker\": 1, \"text\": \"Two sentences.\"}\n";
        let expected =
            want(&[("Speaker 0", None, "One sentence."), ("Speaker 1", None, "Two sentences.")]);
        assert_eq!(turns(lines), expected);
    }

    #[test]
    fn words_elements_and_nested_sentences() {
        // Words with a tag of who says them, beside the whole text: speech services.
        let google = r#"{"results":[{"alternatives":[{"transcript":"is it so yes it is","confidence":0.9,"words":[
            {"word":"is","startTime":"1s","speakerTag":1},{"word":"it","startTime":"1.5s","speakerTag":1},
            {"word":"so?","startTime":"2s","speakerTag":1},{"word":"yes","startTime":"3s","speakerTag":2},
            {"word":"it","startTime":"3.2s","speakerTag":2},{"word":"is","startTime":"3.4s","speakerTag":2}]}]}]}"#;
        let expected =
            want(&[("Speaker 1", Some(1000), "is it so?"), ("Speaker 2", Some(3000), "yes it is")]);
        assert_eq!(turns(google), expected);
        let items = r#"{"results":{"transcripts":[{"transcript":"Is it? Yes it is."}],"items":[
            {"type":"pronunciation","alternatives":[{"content":"Is"}],"start_time":"0.5","speaker_label":"spk_0"},
            {"type":"pronunciation","alternatives":[{"content":"it"}],"start_time":"0.9","speaker_label":"spk_0"},
            {"type":"punctuation","alternatives":[{"content":"?"}],"speaker_label":"spk_0"},
            {"type":"pronunciation","alternatives":[{"content":"Yes"}],"start_time":"2","speaker_label":"spk_1"},
            {"type":"punctuation","alternatives":[{"content":"."}],"speaker_label":"spk_1"}]}}"#;
        assert_eq!(
            turns(items),
            want(&[("spk_0", Some(500), "Is it?"), ("spk_1", Some(2000), "Yes.")])
        );
        let monologues = r#"{"speakers":[{"id":1,"name":"周砚"}],"monologues":[
            {"speaker":0,"elements":[{"type":"text","value":"Is","ts":0.5,"end_ts":0.8},{"type":"punct","value":" "},{"type":"text","value":"it"},{"type":"punct","value":"?"}]},
            {"speaker":1,"elements":[{"type":"text","value":"Yes","ts":2.5},{"type":"punct","value":"."}]}]}"#;
        assert_eq!(
            turns(monologues),
            want(&[("Speaker 0", Some(500), "Is it?"), ("周砚", Some(2500), "Yes.")])
        );
        let paragraphs = r#"{"results":{"channels":[{"alternatives":[{"transcript":"One. Two. Three.","words":[{"word":"one","start":0.1},{"word":"two"},{"word":"three"},{"word":"x"}],
            "paragraphs":{"transcript":"One. Two. Three.","paragraphs":[
            {"sentences":[{"text":"One.","start":0.1},{"text":"Two.","start":1}],"speaker":0,"start":0.1},
            {"sentences":[{"text":"Three.","start":2}],"speaker":1,"start":2}]}}]}]}}"#;
        assert_eq!(
            turns(paragraphs),
            want(&[("Speaker 0", Some(100), "One. Two."), ("Speaker 1", Some(2000), "Three.")])
        );
    }

    #[test]
    fn tables_of_names_questions_and_facts() {
        let text = r#"{"metadata":{"title":"灯塔夜谈","author":"夜航","audio_url":"https://example.org/a.mp3"},"summary":"两人说灯。",
            "participants":{"a":"林舟","b":{"name":"周砚"}},
            "lines":[{"speakerId":"a","text":"你好吗？"},{"speakerId":"b","text":"好。"}]}"#;
        assert_eq!(turns(text), want(&[("林舟", None, "你好吗？"), ("周砚", None, "好。")]));
        let fields = read(text).unwrap().fields;
        let want_fields = [
            ("summary", "两人说灯。"),
            ("title", "灯塔夜谈"),
            ("author", "夜航"),
            ("media", "https://example.org/a.mp3"),
        ];
        assert_eq!(fields, want_fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let told = interview(read(text).unwrap()).summary;
        assert_eq!(told[0].text, "两人说灯。");
        let pairs =
            r#"[{"question":"你好吗？","answer":"好。"},{"question":"真的？","answer":"真的。"}]"#;
        assert_eq!(turns(pairs).len(), 4);
        let messages = r#"{"messages":[{"from":"林舟","content":["你好", "吗？"]},{"from":"周砚","content":["好。"]}]}"#;
        assert_eq!(turns(messages)[0].2, "你好吗？");
        let times = r#"[{"from":0.5,"to":1,"speaker":"A","text":"One."},{"from":2,"to":3,"speaker":"B","text":"Two."}]"#;
        assert_eq!(turns(times), want(&[("A", Some(500), "One."), ("B", Some(2000), "Two.")]));
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

    #[test]
    fn what_nobody_is_named_for_is_nobody_s() {
        let text = r#"{"segments":[{"speaker":"A","text":"Where are you"},{"speaker":null,"text":"(music)"},
            {"speaker":"A","text":"now?"},{"speaker":"B","text":"At sea."},{"speaker":"","text":"Somebody else."},
            {"speaker":"B","text":"In winter."},{"speaker":"A","text":"So."},{"speaker":"B","text":"Yes."}]}"#;
        let found = turns(text);
        let said: Vec<_> =
            found.iter().map(|(name, _, said)| (name.as_str(), said.as_str())).collect();
        assert_eq!(
            said,
            [
                ("A", "Where are you/(music)/now?"),
                ("B", "At sea."),
                ("B", "In winter."),
                ("A", "So."),
                ("B", "Yes.")
            ]
        );
        let read = interview(read(text).unwrap());
        assert_eq!(read.speakers[0].characters, 11 + 4 + 3);
    }
}
