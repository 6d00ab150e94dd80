//! Captions, SubRip or WebVTT → [`Document`]: cues become paragraphs, and the times stay.
//!
//! What a cue says of its speaker is kept: a voice tag (WebVTT 5.1.6) or a name in brackets that
//! comes again names a turn for certain, a label before a colon is left to be found as in any text.

use std::collections::{HashMap, HashSet};

use super::cues::{Cue, Kept, Mark, called, cues, is_sound, is_unnamed, names, pair, parts};
use super::{Document, Voice};
use crate::prose::{Builder, Kind, Millis, Place, Style};
use crate::text::Clean;
use crate::text::script::is_wide_east_asian;

/// The silence between two cues that ends a paragraph, in ms.
const PAUSE: u64 = 2500;
/// From this length on a paragraph ends behind the next sentence, in bytes.
const LONG: usize = 600;
/// The longest label that is looked for before a colon, in bytes.
const LABEL: usize = 60;
/// How often a label comes that has no blank behind its colon.
const AGAIN: usize = 3;

/// Whether a text is in WebVTT or SubRip.
pub fn is_captions(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if is_webvtt(text) {
        return true;
    }
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let number = first.trim().parse::<u32>().is_ok();
    times(first).is_some() || number && lines.next().is_some_and(|line| times(line).is_some())
}

/// Whether a text begins with the signature of WebVTT (4.1).
fn is_webvtt(text: &str) -> bool {
    text.strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// Reads captions.
pub fn read(text: &str) -> Document {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let (format, kept) =
        if is_webvtt(text) { ("vtt", Kept::ToBlank) } else { ("srt", Kept::ToNext) };
    let cues = cues(text, kept);
    let tight = tight(&cues);
    let mut reading = Reading {
        names: names(&cues),
        unnamed: is_unnamed(&cues),
        pair: pair(&cues),
        labels: repeated(&cues, &tight),
        tight,
        ..Reading::default()
    };
    for cue in &cues {
        reading.cue(cue);
    }
    let Reading { builder, voices, .. } = reading;
    let title = header(text).map(|title| ("title".to_owned(), Clean::line(title).into_string()));
    Document { prose: builder.finish(), fields: title.into_iter().collect(), format, voices }
}

/// What stands behind the signature of WebVTT: `WEBVTT - Title` (4.1 allows any text there; without
/// the dash it is some program's).
fn header(text: &str) -> Option<&str> {
    let line = text.strip_prefix("WEBVTT")?.lines().next()?;
    let title = line.trim_start().strip_prefix(['-', '–', '—'])?.trim();
    title.contains(char::is_alphabetic).then_some(title)
}

/// The paragraph that is being filled.
#[derive(Debug, Default)]
struct Reading {
    builder: Builder,
    voices: Vec<Voice>,
    /// The names that stand in brackets.
    names: Vec<String>,
    /// The names that stand behind some of the `>>`.
    pair: Option<[String; 2]>,
    /// Whether none of the `>>` has a name: they stay, and are found as in any text.
    unnamed: bool,
    /// When the last cue ended.
    end: Option<Millis>,
    /// The bytes of the paragraph so far, and whether a sentence ends there.
    length: usize,
    sentence: bool,
    /// The labels that stand before every cue, where they do.
    labels: Vec<String>,
    /// The labels that have no blank behind their colon.
    tight: HashSet<String>,
}

impl Reading {
    fn cue(&mut self, cue: &Cue<'_>) {
        let start = cue.start;
        let pause = self.end.is_some_and(|last| start.0 > last.0 + PAUSE);
        let mut parted = pause || self.length > LONG && self.sentence;
        let names = std::mem::take(&mut self.names);
        let dash = |line: &&&str| plain(line).starts_with(['-', '–', '—']);
        let several = cue.lines.iter().filter(dash).count() > 1;
        for (voice, text) in cue.lines.iter().flat_map(|line| voices(line)) {
            for part in parts(&text, &names) {
                let (voice, text) = match voice.as_deref().or(part.name) {
                    Some(name) => (Some(Clean::line(name).into_string()), part.text),
                    None => match self.repeated(part.text) {
                        Some((name, said)) => (Some(name), said),
                        None => self.other(part.mark, part.text),
                    },
                };
                let label = labelled(text, &self.tight);
                let text = label.unwrap_or(text);
                let turn = part.mark != Mark::None || label.is_some();
                // Two speak without a name: neither is the one who was named last.
                let nobody = several && part.mark == Mark::Other && label.is_none();
                let voice = voice.or_else(|| (nobody && !self.voices.is_empty()).then(String::new));
                let sound = is_sound(text);
                let new = |name: &String| self.voices.last().is_none_or(|last| last.name != *name);
                if let Some(name) = voice.filter(new) {
                    self.open(start, cue.line);
                    let at = self.builder.len();
                    self.voices.push(Voice { at, name, time: Some(start) });
                } else if turn || parted || self.length == 0 || sound {
                    self.open(start, cue.line);
                }
                parted = sound;
                if text.is_empty() {
                    continue;
                }
                self.builder.soft_break();
                if self.unnamed && part.mark == Mark::Chevrons {
                    self.builder.text(">> ", Style::PLAIN);
                }
                self.builder.text(text, Style::PLAIN);
                self.length += text.len();
                self.sentence = text.ends_with(['.', '?', '!', '。', '？', '！', '…']);
            }
        }
        // What comes behind a sound begins anew.
        self.length = if parted { 0 } else { self.length };
        self.names = names;
        self.end = Some(cue.end);
    }

    /// Who speaks where each cue has a label, and what is said.
    fn repeated<'t>(&self, text: &'t str) -> Option<(String, &'t str)> {
        let (name, said) = named(text, &self.tight)?;
        let known = self.labels.iter().any(|label| label == name);
        known.then(|| (Clean::line(name).into_string(), said))
    }

    /// Who speaks behind `>>` where two do, and what is said.
    fn other<'t>(&self, mark: Mark, text: &'t str) -> (Option<String>, &'t str) {
        let Some([one, two]) = self.pair.as_ref().filter(|_| mark == Mark::Chevrons) else {
            return (None, text);
        };
        if let Some((name, said)) =
            called(text).filter(|(name, _)| [one, two].contains(&&(*name).to_owned()))
        {
            return (Some(Clean::line(name).into_string()), said);
        }
        let last = self.voices.last().map(|voice| voice.name.as_str());
        let other = if last == Some(one.as_str()) { two } else { one };
        (Some(Clean::line(other).into_string()), text)
    }

    fn open(&mut self, start: Millis, line: u32) {
        self.builder.open(Kind::Paragraph, Place { line, time: Some(start), ..Place::default() });
        self.length = 0;
    }
}

/// The labels of a text whose cues repeat them while one speaks: then they are no words of a turn.
fn repeated(cues: &[Cue<'_>], tight: &HashSet<String>) -> Vec<String> {
    let lines: Vec<String> =
        cues.iter().filter_map(|cue| cue.lines.first()).map(|line| plain(line)).collect();
    let of: Vec<Option<&str>> = lines.iter().map(|line| Some(named(line, tight)?.0)).collect();
    // A cue without a label between two of one name goes on with what the first began.
    let again = of.windows(2).filter(|pair| pair[0].is_some() && pair[0] == pair[1]).count();
    let names: Vec<&str> = of.into_iter().flatten().collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    if again == 0 || counts.len() < 2 || names.len() * 5 < cues.len() * 2 {
        return Vec::new();
    }
    names.into_iter().map(str::to_owned).collect()
}

/// The name before a colon at the beginning of a line, and what is said behind it.
fn named<'t>(text: &'t str, tight: &HashSet<String>) -> Option<(&'t str, &'t str)> {
    let (name, said) = labelled(text, tight)?.split_once([':', '：'])?;
    let name = name.trim();
    let capital = |word: &str| word.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    // `Ann Lee (host)`
    let words = name.split(['(', '（', '[']).next().unwrap_or(name).split_whitespace();
    (words.clone().count() <= 4 && words.clone().next().is_some() && words.clone().all(capital))
        .then(|| (name, said.trim_start()))
}

/// A line of a cue at its voice tags: who speaks from there on, and what.
fn voices(line: &str) -> Vec<(Option<String>, String)> {
    let mut out = Vec::new();
    let mut rest = line;
    let mut voice = None;
    while let Some(at) = rest.find("<v") {
        let tag = &rest[at + 2..];
        let Some(end) = tag.find('>').filter(|_| tag.starts_with([' ', '.', '\t'])) else { break };
        if at > 0 {
            out.push((voice.take(), plain(&rest[..at])));
        }
        // `<v.loud Esme>`: classes stand before the name.
        let name = tag[..end].split_once([' ', '\t']).map(|(_, name)| plain(name));
        voice = name.filter(|name| !name.is_empty());
        rest = &tag[end + 1..];
    }
    out.push((voice, plain(rest)));
    out
}

/// A text without tags, with its character references decoded (WebVTT 4.2.2).
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Whether what closes a tag may still come, so that no text is searched again and again.
    let (mut angles, mut braces) = (true, true);
    while let Some(at) = rest.find(['<', '{']) {
        let inner = &rest[at + 1..];
        // `a < b` and braces in a text stay; `{\an8}` is a position.
        let (open, close, comes, is_tag) = if rest.as_bytes()[at] == b'<' {
            let named = |c: char| c.is_ascii_alphanumeric() || c == '/';
            ('<', '>', &mut angles, inner.starts_with(named))
        } else {
            ('{', '}', &mut braces, inner.starts_with('\\'))
        };
        out.push_str(&rest[..at]);
        let end = if is_tag && *comes { inner.find(close) } else { None };
        *comes &= !is_tag || end.is_some();
        match end {
            Some(end) => rest = &inner[end + 1..],
            None => {
                out.push(open);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    for (reference, text) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ] {
        if out.contains('&') {
            out = out.replace(reference, text);
        }
    }
    out.trim().to_owned()
}

/// A text before and behind its first colon, without the dash before it.
fn parted(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim_start_matches(['-', '–', '—']).trim_start();
    let head = &bare[..bare.floor_char_boundary(LABEL)];
    Some(bare.split_at(head.find([':', '：'])?))
}

/// Whether a colon is set apart from what is said; in `12:30` and `http://` it is not.
fn is_apart(rest: &str) -> bool {
    rest.starts_with('：') || rest[1..].starts_with(' ') || rest.len() == 1
}

/// The labels in Han whose colon is that of ASCII with no blank behind it. So are fields, but those
/// who speak come again, and there are two of them.
fn tight(cues: &[Cue<'_>]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in cues.iter().flat_map(|cue| &cue.lines) {
        let line = plain(line);
        if let Some((name, rest)) = parted(&line)
            && name.ends_with(is_wide_east_asian)
            && !is_apart(rest)
        {
            *counts.entry(name.to_owned()).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= AGAIN);
    let several = counts.len() > 1;
    counts.into_keys().filter(|_| several).collect()
}

/// A text that begins with a label, without the dash before it.
fn labelled<'t>(text: &'t str, tight: &HashSet<String>) -> Option<&'t str> {
    let (name, rest) = parted(text)?;
    let apart = is_apart(rest) || tight.contains(name);
    let bare = &text[text.len() - name.len() - rest.len()..];
    (apart && (1..=5).contains(&name.split_whitespace().count())).then_some(bare)
}

/// The times of a cue: `00:01:02,345 --> 00:01:05,678`, hours left out, a dot for the comma; what
/// stands behind them are settings.
pub fn times(line: &str) -> Option<(Millis, Millis)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((time(start.trim())?, time(end)?))
}

/// A time stamp: `1:02:03.5`, `02:03`, `123.4` seconds.
pub fn time(text: &str) -> Option<Millis> {
    let mut seconds = 0_f64;
    for part in text.split(':') {
        let part: f64 = part.trim().replace(',', ".").parse().ok()?;
        if !part.is_finite() || part < 0.0 {
            return None;
        }
        seconds = seconds * 60.0 + part;
    }
    (seconds < 1e9).then_some(Millis((seconds * 1000.0).round() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::{Interview, read as interview};
    use crate::prose::BlockId;

    fn turns(text: &str) -> Vec<(String, u64, String)> {
        assert!(is_captions(text));
        let read: Interview = interview(read(text));
        let said = |blocks: std::ops::Range<BlockId>, from: u32| -> String {
            let end = read.prose.block(BlockId(blocks.end.0 - 1)).span.end;
            read.prose.slice(from..end).trim().replace('\n', "/")
        };
        read.turns
            .iter()
            .map(|turn| {
                let name = read.speaker(turn.speaker).name.clone();
                let time = turn.time.map_or(u64::MAX, |time| time.0);
                (name, time, said(turn.blocks.clone(), turn.label.end))
            })
            .collect()
    }

    #[test]
    fn voices_of_webvtt() {
        let text = "WEBVTT - 夜谈\n\nNOTE 不念\n\n1\n00:01.000 --> 00:04.000 align:start\n<v.loud 林舟>你好吗？\n\n\
                    00:04.000 --> 00:05.000\n<v 周砚><i>好</i> &amp; 不好。\n\n00:05.000 --> 00:06.500\n<v 周砚>真的。\n\n\
                    00:20.000 --> 00:21.000\n<v 周砚>又来了。</v>\n\n00:22.000 --> 00:23.000\n<v 林舟>走吧。<v 周砚>走。\n";
        let want = [
            ("林舟", 1000, "你好吗？"),
            ("周砚", 4000, "好 & 不好。真的。/又来了。"),
            ("林舟", 22_000, "走吧。"),
            ("周砚", 22_000, "走。"),
        ];
        let want = want.map(|(name, time, text)| (name.to_owned(), time, text.to_owned()));
        assert_eq!(turns(text), want);
    }

    #[test]
    fn labels_in_han_without_a_blank_come_again() {
        let srt = |lines: &[&str]| -> String {
            let cue =
                |(at, line)| format!("{at}\n00:00:{at:02},000 --> 00:00:{at:02},900\n{line}\n\n");
            (1..).zip(lines).map(cue).collect()
        };
        let fields = ["现在时间:十二点", "比分:三比二", "比分:四比二", "现在时间:一点", "天气:晴"];
        assert_eq!(turns(&srt(&fields)), []);
        assert_eq!(read(&srt(&fields)).prose.blocks().len(), 1);
        let said = ["林舟:你今天好吗？", "周砚:我很好，谢谢你。"].repeat(3);
        assert_eq!(turns(&srt(&said)).len(), 6);
    }

    #[test]
    fn two_without_a_name_are_not_the_one_before() {
        let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Is it?\n\n00:02.000 --> 00:03.000\n- one\n- two\n\n\
                    00:03.000 --> 00:04.000\n<v Ann>So.\n\n00:04.000 --> 00:05.000\n<v Ben>Yes.\n";
        let want = [("Ann", 1000, "Is it?"), ("Ann", 3000, "So."), ("Ben", 4000, "Yes.")];
        let want = want.map(|(name, time, text)| (name.to_owned(), time, text.to_owned()));
        assert_eq!(turns(text), want);
    }

    #[test]
    fn labels_of_subrip() {
        let text = "1\n00:00:00,100 --> 00:00:02,000\nAnna: When you first\nget started, it is\n\n2\n00:00:02,000 --> 00:00:03,000\nhard. {\\an8}Very.\n\n\
                    3\n00:00:03,000 --> 00:00:04,000\nBen: Is it?\n\n4\n00:00:04,000 --> 00:00:05,000\nAnna: Yes.\n\n5\n00:00:05,000 --> 01:00:06,000\nBen: a < b\n";
        let want = [
            ("Anna", 100, "When you first get started, it is hard. Very."),
            ("Ben", 3000, "Is it?"),
            ("Anna", 4000, "Yes."),
            ("Ben", 5000, "a < b"),
        ];
        let want = want.map(|(name, time, text)| (name.to_owned(), time, text.to_owned()));
        assert_eq!(turns(text), want);
    }

    #[test]
    fn what_is_no_caption() {
        for text in ["", "1\n\n2\n", "1. 一\n2. 二\n", "他说 00:01 --> 00:02\n"] {
            assert!(!is_captions(text), "{text}");
        }
        assert_eq!(turns("WEBVTT\n\n00:00.000 --> 00:01.000\n没有名字的话。\n"), []);
        assert_eq!(turns("WEBVTT\n\n99:99:99:99 --> x\n\n--> \n"), []);
    }

    fn said(text: &str) -> Vec<String> {
        assert!(is_captions(text), "{text}");
        read(text).prose.text().lines().map(str::to_owned).collect()
    }

    #[test]
    fn marks_of_speakers() {
        let cue = |at: u32, text: &str| {
            format!("00:00:{at:02}.000 --> 00:00:{:02}.000\n{text}\n\n", at + 1)
        };
        let text = format!(
            "WEBVTT\n\n{}{}",
            cue(1, ">> ANNA: Is it?\nIt is. >> BEN: No."),
            cue(2, ">> CARL: Well.")
        );
        assert_eq!(said(&text), ["ANNA: Is it? It is.", "BEN: No.", "CARL: Well."]);
        let text = format!(
            "WEBVTT\n\n{}{}",
            cue(1, "- 你好吗？\n- 好。"),
            cue(2, "- Anna: So.\n-Ben: 好")
        );
        assert_eq!(said(&text), ["- 你好吗？", "- 好。", "Anna: So.", "Ben: 好"]);
        let lines = ["[Anna] One.", "[Ben]: Two.", "[MUSIC] la", "(Anna) three", "[Ben] Four."];
        let text: String = (1..).zip(lines).map(|(at, line)| cue(at, line)).collect();
        let want = [
            ("Anna", 1000, "One."),
            ("Ben", 2000, "Two. [MUSIC] la"),
            ("Anna", 4000, "three"),
            ("Ben", 5000, "Four."),
        ];
        let want = want.map(|(name, time, text)| (name.to_owned(), time, text.to_owned()));
        assert_eq!(turns(&text), want);
    }

    #[test]
    fn two_who_are_named_once_and_a_sound() {
        let cue = |at: u32, text: &str| {
            format!("00:00:{at:02}.000 --> 00:00:{:02}.000\n{text}\n\n", at + 1)
        };
        let lines =
            [">> ANNA LI: One.", ">> BEN: Two.", "[LAUGHTER]", "So.", "&gt;&gt; Three? >> Four."];
        let text: String = (1..).zip(lines).map(|(at, line)| cue(at, line)).collect();
        let want = [
            ("ANNA LI", 1000, "One."),
            ("BEN", 2000, "Two./[LAUGHTER]/So."),
            ("ANNA LI", 5000, "Three?"),
            ("BEN", 5000, "Four."),
        ];
        let want = want.map(|(name, time, text)| (name.to_owned(), time, text.to_owned()));
        assert_eq!(turns(&text), want);
    }

    #[test]
    fn lines_that_roll_up_are_read_once() {
        let mut text = "WEBVTT\nKind: captions\n\n".to_owned();
        let lines = ["灯塔上的人", "每天夜里写信", "写了很多年", "没有寄出去"];
        for (at, pair) in lines.windows(2).enumerate() {
            let at = at * 2;
            text += &format!(
                "00:0{at}.000 --> 00:0{}.990\n{}\n<00:0{at}.100><c>{}</c>\n\n",
                at + 1,
                pair[0],
                pair[1]
            );
            text += &format!("00:0{}.990 --> 00:0{}.000\n{}\n \n\n", at + 1, at + 2, pair[1]);
        }
        assert_eq!(said(&text), ["灯塔上的人每天夜里写信写了很多年没有寄出去"]);
        // Said twice by someone is said twice.
        let twice =
            "1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:02,000 --> 00:00:03,000\nNo.\n";
        assert_eq!(said(twice), ["No. No."]);
    }

    #[test]
    fn what_writers_of_captions_leave_out() {
        let text = "\u{FEFF}\n1\r\n100:00:01,000 --> 100:00:02,000\r\nIn the year\r\n1984\r\n2\r\n100:00:02,000 --> 100:00:03,000\r\nwe left\r\n\r\nthe island.\r\n\r\n";
        assert_eq!(said(text), ["In the year 1984 we left the island."]);
        assert_eq!(read(text).prose.blocks()[0].time, Some(Millis(360_001_000)));
        let text = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\nSTYLE\n::cue { color: red }\n\n\
                    REGION\nid:a\n\nNOTE 00:00.000 --> 00:01.000\n00:00.000 --> 00:01.000\nno\n\na name\n00:01.000 --> 00:02.000\nYes.\n00:02.000 --> 00:03.000\nSo.\n";
        assert_eq!(said(text), ["Yes. So."]);
        assert_eq!(said("00:01.000 --> 00:02.000\nYes.\n"), ["Yes."]);
    }

    #[test]
    fn what_is_never_closed_is_not_searched_again() {
        for again in ["<v ", "<a", "<", "{\\", "{", ">> ", "<v a>", "[A] "] {
            let _ = read(&format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{}", again.repeat(30_000)));
        }
    }

    #[test]
    fn times_in_every_form() {
        for (text, want) in [
            ("00:01:02,345", Some(62_345)),
            ("01:02.5", Some(62_500)),
            ("0:00:13.9", Some(13_900)),
            ("7", Some(7000)),
            ("-1:00", None),
            ("inf", None),
            ("", None),
        ] {
            assert_eq!(time(text).map(|time| time.0), want, "{text}");
        }
    }
}
