//! Movement by turns, and following one speaker.

use super::State;
use super::progress::minutes;
use crate::interview::outline::questions;
use crate::interview::{Interview, SpeakerId, TurnId};
use crate::prose::BlockId;
use crate::settings::Settings;
use crate::typeset::Anchor;
use crate::words::Message;

/// Tables over the interview, made once.
#[derive(Debug)]
pub struct Index {
    /// The turns of each speaker, in text order.
    pub(super) of: Vec<Vec<TurnId>>,
    /// Sections and questions, in text order.
    outline: Vec<OutlineItem>,
    /// All that the speakers say, in characters.
    characters: u64,
    /// How long the article takes to read, in minutes.
    pub(super) minutes: u32,
}

/// An entry of the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineItem {
    /// A heading, by its place in the sections.
    Section(u32),
    /// A turn that asks.
    Question(TurnId),
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    Next,
    /// Towards the beginning.
    Previous,
}

impl Index {
    /// The tables of an interview.
    pub fn new(interview: &Interview, settings: &Settings) -> Self {
        let mut of = vec![Vec::new(); interview.speakers.len()];
        for (number, turn) in interview.turns.iter().enumerate() {
            of[turn.speaker.index()].push(TurnId(number as u32));
        }
        let outline = outline(interview);
        let characters = interview.speakers.iter().map(|s| u64::from(s.characters)).sum();
        Self { of, outline, characters, minutes: minutes(interview, settings) }
    }

    /// Sections and questions, in text order.
    pub fn outline(&self) -> &[OutlineItem] {
        &self.outline
    }

    /// All that the speakers say, in characters.
    pub fn characters(&self) -> u64 {
        self.characters
    }
}

/// Sections and questions, in text order; a heading that is a question stands there once.
fn outline(interview: &Interview) -> Vec<OutlineItem> {
    let mut outline = Vec::new();
    let mut sections = interview.sections.iter().enumerate().peekable();
    for turn in questions(interview) {
        let begin = interview.turn(turn).blocks.start;
        while let Some((section, _)) = sections.next_if(|(_, s)| s.block < begin) {
            outline.push(OutlineItem::Section(section as u32));
        }
        outline.push(OutlineItem::Question(turn));
        while sections.next_if(|(_, s)| s.block == begin).is_some() {}
    }
    outline.extend(sections.map(|(section, _)| OutlineItem::Section(section as u32)));
    outline
}

impl State {
    /// Where an entry of the outline begins.
    pub(super) fn block_of(&self, item: OutlineItem) -> BlockId {
        match item {
            OutlineItem::Section(section) => self.interview().sections[section as usize].block,
            OutlineItem::Question(turn) => self.interview().turn(turn).blocks.start,
        }
    }

    /// The outline.
    pub(super) fn outline(&self) -> &[OutlineItem] {
        self.index.outline()
    }

    /// A speaker's share of all that is said, from 0 to 1.
    pub fn share(&self, speaker: SpeakerId) -> f64 {
        let all = self.index.characters().max(1) as f64;
        f64::from(self.interview().speaker(speaker).characters) / all
    }

    /// The first row of a turn.
    pub(super) fn start_of_turn(&self, turn: TurnId) -> Anchor {
        self.galley.start_of(self.interview().turn(turn).blocks.start)
    }

    /// Goes `count` turns on or back; back from the middle of a turn goes to its beginning first.
    pub(super) fn go_turn(&mut self, way: Way, count: u32) -> Option<Message> {
        let Some(last) = self.interview().turns.len().checked_sub(1) else {
            return self.go_section(way, count);
        };
        let after = self.turns_begun();
        let begins = self.at_start_of_turn();
        let count = count.max(1) as usize;
        let to = match way {
            Way::Next => (after + count - 1 <= last).then(|| after + count - 1),
            Way::Previous => {
                let here = if begins { after.checked_sub(1) } else { Some(after) };
                here.and_then(|here| here.checked_sub(count))
            }
        };
        match to {
            Some(turn) => {
                self.top = self.start_of_turn(TurnId(turn as u32));
                None
            }
            None if way == Way::Next => Some(Message::new("last-turn")),
            None => Some(Message::new("first-turn")),
        }
    }

    /// Goes to a speaker's next or previous turn.
    pub(super) fn go_speaker(&mut self, speaker: SpeakerId, way: Way) -> Option<Message> {
        let after = TurnId(self.turns_begun() as u32);
        let begins = self.at_start_of_turn();
        let turns = &self.index.of[speaker.index()];
        let from = turns.partition_point(|&turn| turn < after);
        let to = match way {
            Way::Next => turns.get(from).copied(),
            Way::Previous => {
                let here = begins.then(|| TurnId(after.0.saturating_sub(1)));
                let passed = from - usize::from(from > 0 && here == Some(turns[from - 1]));
                passed.checked_sub(1).map(|at| turns[at])
            }
        };
        let name = self.interview().speaker(speaker).name.clone();
        match to {
            Some(turn) => {
                self.top = self.start_of_turn(turn);
                None
            }
            None if way == Way::Next => Some(Message::new("last-turn-of").with("name", name)),
            None => Some(Message::new("first-turn-of").with("name", name)),
        }
    }

    /// Goes to the next or previous turn of whoever speaks at the top of the page.
    pub(super) fn go_same_speaker(&mut self, way: Way) -> Option<Message> {
        match self.current_speaker().or_else(|| self.speaker_near(way)) {
            Some(speaker) => self.go_speaker(speaker, way),
            None => Some(Message::new("no-speakers")),
        }
    }

    /// Follows a speaker, or everyone again.
    pub(super) fn set_follow(&mut self, speaker: Option<SpeakerId>) -> Message {
        self.relay(speaker);
        match speaker {
            Some(speaker) => Message::new("following")
                .with("name", self.interview().speaker(speaker).name.clone()),
            None => Message::new("following-everyone"),
        }
    }

    /// The turn that begins the next speech, where the page begins outside of one.
    fn speaker_near(&self, way: Way) -> Option<SpeakerId> {
        let after = self.turns_begun();
        let turn = match way {
            Way::Next => after,
            Way::Previous => after.checked_sub(1)?,
        };
        self.interview().turns.get(turn).map(|turn| turn.speaker)
    }

    /// How many turns begin at or before the top of the page.
    pub(super) fn turns_begun(&self) -> usize {
        let block: BlockId = self.galley.settle(self.top).block;
        self.interview().turns.partition_point(|turn| turn.blocks.start <= block)
            - usize::from(self.before_its_nameplate())
    }

    /// Whether the page begins on the empty row before a turn, which is not in it yet.
    fn before_its_nameplate(&self) -> bool {
        let settled = self.galley.settle(self.top);
        let Some(turn) = self.interview().turn_of(settled.block) else { return false };
        settled < self.start_of_turn(turn)
    }

    /// Whether the page begins with the first row of a turn.
    fn at_start_of_turn(&self) -> bool {
        let settled = self.galley.settle(self.top);
        let turn = self.interview().turn_of(settled.block);
        turn.is_some_and(|turn| settled == self.start_of_turn(turn))
    }
}
