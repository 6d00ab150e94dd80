//! Who asks and who answers: by the words of a label, else by how they speak.

use super::labels::{answers, asks, key};
use super::questions;
use super::turns::characters;
use super::{Interview, Part, Speaker, Turn};
use crate::prose::{BlockId, Kind};
use crate::text::parallel::each;

/// Words in the labels of those who ask; where a name holds one, it is a host's.
const HOSTS: &[&str] = &[
    "主持",
    "记者",
    "記者",
    "采访",
    "採訪",
    "访谈者",
    "提问",
    "提問",
    "interviewer",
    "moderator",
    "reporter",
    "journalist",
    "host)",
    "聞き手",
    "司会",
    "진행",
    "기자",
];

/// How much of a speaker's turns must ask for a host.
const ASKING: f64 = 0.4;
/// From how much on their turns may be as long as those of others, where nobody else asks much: a
/// short talk has a long welcome.
const ASKING_ALONE: f64 = 0.7;

/// Says of each speaker how much they say, and what they do, where it can be told.
pub fn parts(interview: &mut Interview) {
    let all: &Interview = interview;
    let said = each(all.turns.len(), |at| {
        let turn = &all.turns[at];
        (characters(all, turn), asks_at_last(all, turn))
    });
    let mut asking = vec![0_u32; interview.speakers.len()];
    for (turn, (characters, asks)) in interview.turns.iter().zip(said) {
        let speaker = &mut interview.speakers[turn.speaker.index()];
        speaker.turns += 1;
        speaker.characters = speaker.characters.saturating_add(characters);
        asking[turn.speaker.index()] += u32::from(asks);
    }
    let all: u32 = interview.speakers.iter().map(|speaker| speaker.characters).sum();
    let mean = f64::from(all) / interview.turns.len().max(1) as f64;
    let named = interview.speakers.iter().any(is_asker);
    let first = interview.turns.first().map(|turn| turn.speaker.index());
    let asks_first = interview
        .turns
        .first()
        .is_some_and(|turn| last_said(interview, turn).ends_with(['?', '？']));
    let mut hosts = 0;
    let share =
        |(speaker, asking): (&Speaker, u32)| f64::from(asking) / f64::from(speaker.turns.max(1));
    let shares: Vec<f64> = interview.speakers.iter().zip(asking).map(share).collect();
    for (at, speaker) in interview.speakers.iter_mut().enumerate() {
        let share = shares[at];
        let mut others = shares.iter().enumerate().filter(|&(other, _)| other != at);
        let alone = share >= ASKING_ALONE
            && shares.len() > 1
            && others.all(|(_, other)| other * 3.0 <= share);
        let length = f64::from(speaker.characters) / f64::from(speaker.turns.max(1));
        // Whose only turn opens the talk with a question is not asked anything.
        let opens = speaker.turns == 1 && asks_first && first == Some(at);
        let behaves =
            opens || speaker.turns >= 2 && share >= ASKING && (alone || length < mean * 0.9);
        // `A` answers where there is a `Q`; beside `B` it is a name.
        if is_asker(speaker) || behaves && !(named && answers(&key(&speaker.name))) {
            speaker.part = Some(Part::Host);
            hosts += 1;
        }
    }
    if hosts > 0 && hosts < interview.speakers.len() {
        for speaker in interview.speakers.iter_mut().filter(|speaker| speaker.part.is_none()) {
            speaker.part = Some(Part::Guest);
        }
    }
}

/// Whether a turn ends with a question.
fn asks_at_last(interview: &Interview, turn: &Turn) -> bool {
    questions::asks(last_said(interview, turn))
}

/// The last paragraph of a turn.
fn last_said<'a>(interview: &'a Interview, turn: &Turn) -> &'a str {
    let prose = &interview.prose;
    let mut blocks = (turn.blocks.start.0..turn.blocks.end.0).rev().map(BlockId);
    let last =
        blocks.find(|&id| matches!(prose.block(id).kind, Kind::Paragraph | Kind::Heading(_)));
    last.map_or("", |id| prose.slice(prose.content(id))).trim()
}

fn is_asker(speaker: &Speaker) -> bool {
    std::iter::once(&speaker.name).chain(&speaker.aliases).any(|name| {
        let name = key(name);
        asks(&name) || HOSTS.iter().any(|word| name.contains(word))
    })
}
