//! The cues of captions, as they stand in the file, and what in their lines marks a speaker.

use std::collections::HashMap;

use super::captions::{plain, times};
use crate::prose::Millis;

/// A cue.
#[derive(Clone, Debug)]
pub struct Cue<'a> {
    /// When it begins.
    pub start: Millis,
    /// When it ends.
    pub end: Millis,
    /// The 1-based source line of its times.
    pub line: u32,
    /// Its lines, without those that only repeat the cue before.
    pub lines: Vec<&'a str>,
}

/// Up to where a cue's text reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Up to a blank line (WebVTT 6.1); what stands between cues is none of theirs.
    ToBlank,
    /// Up to the next cue: SubRip knows no comments, and its writers leave blank lines inside.
    ToNext,
}

/// The cues of a text, in its order.
pub fn cues(text: &str, kept: Kept) -> Vec<Cue<'_>> {
    let mut cues: Vec<Cue<'_>> = Vec::new();
    // Whether lines are the last cue's, and whether they are a comment's or a style's.
    let (mut within, mut aside) = (false, false);
    for (line, number) in text.lines().zip(1..) {
        let bare = line.trim();
        if bare.is_empty() {
            within &= kept == Kept::ToNext;
            aside = false;
        } else if let Some((start, end)) = times(bare).filter(|_| !aside) {
            // The number of the next cue, where no blank line stands before it.
            if within && let Some(last) = cues.last_mut() {
                last.lines.pop_if(|line| line.bytes().all(|b| b.is_ascii_digit()));
            }
            cues.push(Cue { start, end, line: number, lines: Vec::new() });
            within = true;
        } else if within && let Some(last) = cues.last_mut() {
            last.lines.push(bare);
        } else if kept == Kept::ToBlank {
            let word = bare.split([' ', '\t', ':']).next();
            aside |= matches!(word, Some("NOTE" | "STYLE" | "REGION"));
        }
    }
    unroll(&mut cues);
    cues
}

/// Takes out lines that the cue before has shown already: what is heard by a machine rolls up line
/// by line. Who says the same twice keeps it: this is done where most cues do it.
fn unroll(cues: &mut [Cue<'_>]) {
    let said = |cue: &Cue<'_>| -> Vec<String> {
        cue.lines.iter().map(|line| plain(line)).filter(|line| !line.is_empty()).collect()
    };
    let repeated = |before: &[String], lines: &[String]| {
        let most = before.len().min(lines.len()).min(4);
        (1..=most).rev().find(|&n| before[before.len() - n..] == lines[..n]).unwrap_or(0)
    };
    let mut before = Vec::new();
    let mut counts = Vec::with_capacity(cues.len());
    for cue in cues.iter() {
        let lines = said(cue);
        counts.push(repeated(&before, &lines));
        before = lines;
    }
    let rolling = counts.iter().filter(|&&count| count > 0).count();
    if rolling < 3 || rolling * 5 < cues.len() * 2 {
        return;
    }
    for (cue, count) in cues.iter_mut().zip(counts) {
        cue.lines.retain(|line| !plain(line).is_empty());
        cue.lines.drain(..count);
    }
}

/// The names in brackets that lines begin with, where these are speakers: two of them come again,
/// and they are no sounds.
pub fn names(cues: &[Cue<'_>]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for line in cues.iter().flat_map(|cue| &cue.lines) {
        if let Some((name, _)) = bracketed(line) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > 1);
    let all: usize = counts.values().sum();
    if counts.len() < 2 || all * 10 < cues.len() {
        return Vec::new();
    }
    counts.into_keys().map(str::to_owned).collect()
}

/// A name in brackets at the beginning of a line, and what is said behind it.
fn bracketed(line: &str) -> Option<(&str, &str)> {
    const SOUNDS: &[&str] = &[
        "music",
        "applause",
        "laugh",
        "chuckl",
        "inaudible",
        "crosstalk",
        "silence",
        "pause",
        "sigh",
        "cough",
        "noise",
        "cheer",
        "sound",
        "foreign",
        "unintelligible",
        "音",
        "掌",
        "笑",
        "听不",
    ];
    let close = match line.chars().next()? {
        '[' => ']',
        '(' => ')',
        '（' => '）',
        '【' => '】',
        _ => return None,
    };
    let open = line.chars().next().map_or(0, char::len_utf8);
    let (name, said) = line[open..].split_once(close)?;
    let said = said.trim_start_matches([':', '：', ' ']);
    let lower = name.to_lowercase();
    let named = (1..=40).contains(&name.chars().count())
        && name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && !SOUNDS.iter().any(|sound| lower.contains(sound));
    (named && !said.is_empty()).then_some((name, said))
}

/// A stretch of a line that one speaker says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What is said.
    pub text: &'a str,
    /// The name of the speaker, where brackets say it.
    pub name: Option<&'a str>,
    /// What stands before it.
    pub mark: Mark,
}

/// What says that someone else begins to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing does.
    None,
    /// `>>`.
    Chevrons,
    /// A dash, or a name in brackets.
    Other,
}

/// The two names that stand behind `>>`, where only some of these have one: then each of the others
/// says that it is the other's turn.
pub fn pair(cues: &[Cue<'_>]) -> Option<[String; 2]> {
    let mut names: Vec<String> = Vec::new();
    let mut bare = 0;
    for line in cues
        .iter()
        .flat_map(|cue| &cue.lines)
        .filter(|line| line.contains("&gt;") || line.contains(">>"))
    {
        let line = plain(line);
        for part in parts(&line, &[]).into_iter().filter(|part| part.mark == Mark::Chevrons) {
            match called(part.text) {
                Some((name, _)) if names.iter().any(|known| known == name) => {}
                Some((name, _)) => names.push(name.to_owned()),
                None => bare += 1,
            }
        }
    }
    let pair = <[String; 2]>::try_from(names).ok()?;
    (bare > 0).then_some(pair)
}

/// How often `>>` stands somewhere where none has a name, for it to say that it is another's turn.
const AGAIN: usize = 8;

/// Whether somebody else speaks behind each `>>`, and none says who.
pub fn is_unnamed(cues: &[Cue<'_>]) -> bool {
    let lines = cues.iter().flat_map(|cue| &cue.lines).map(|line| plain(line));
    // A voice's tag says who.
    if cues.iter().flat_map(|cue| &cue.lines).any(|line| line.contains("<v")) {
        return false;
    }
    let mut count = 0;
    for line in lines.filter(|line| line.contains(">>")) {
        for part in parts(&line, &[]).iter().filter(|part| part.mark == Mark::Chevrons) {
            if called(part.text).is_some() {
                return false;
            }
            count += 1;
        }
    }
    count >= AGAIN
}

/// `NAME: what is said` in capitals, as behind `>>`.
pub fn called(text: &str) -> Option<(&str, &str)> {
    let (name, said) = text.split_once(':')?;
    let capital = name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase);
    (capital && name.len() <= 40).then_some((name.trim(), said.trim_start()))
}

/// Whether a line is a sound, and no one's words: all of it is in brackets, or music.
pub fn is_sound(line: &str) -> bool {
    if !line.is_empty() && line.chars().all(|c| matches!(c, '♪' | '♫' | ' ')) {
        return true;
    }
    [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】')].iter().any(|(open, close)| {
        let inner = line.strip_prefix(*open).and_then(|line| line.strip_suffix(*close));
        inner.is_some_and(|inner| !inner.contains([*open, *close]))
    })
}

/// A line at the marks of speakers: `>>` anywhere, a dash or a name in brackets at its beginning.
pub fn parts<'a>(line: &'a str, names: &[String]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    for (number, text) in line.split(">>").enumerate() {
        let text = text.trim_start_matches('>').trim();
        if text.is_empty() && (number == 0 || number > 1) && line.contains(">>") {
            continue;
        }
        let named = bracketed(text).filter(|(name, _)| names.iter().any(|known| known == name));
        let dash = ["- ", "– ", "— "].iter().any(|dash| text.starts_with(dash))
            || text.starts_with('-') && text[1..].starts_with(char::is_alphabetic);
        parts.push(match named {
            Some((name, said)) => Part { text: said, name: Some(name), mark: Mark::Other },
            None if number > 0 => Part { text, name: None, mark: Mark::Chevrons },
            None if dash => Part { text, name: None, mark: Mark::Other },
            None => Part { text, name: None, mark: Mark::None },
        });
    }
    parts
}
