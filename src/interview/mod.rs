//! `Prose` → [`Interview`]: who speaks when, and what stands around it.
//!
//! Building one never fails: what is odd becomes a [`Note`]. An article that is no interview has
//! no turns and is read by its sections.

mod above;
mod alone;
mod announced;
mod answers;
mod asides;
mod asking;
mod bare;
mod beside;
mod between;
mod cast;
mod chevrons;
mod counted;
mod credits;
mod ends;
mod evidence;
pub mod correct;
mod explain;
mod fields;
mod forgotten;
mod frequent;
mod front;
mod guesses;
mod heads;
mod honours;
mod infer;
mod initials;
mod inline;
mod keyed;
mod labels;
mod known;
mod language;
mod lead_ins;
mod leads;
mod legend;
pub mod passage;
mod pairs;
mod parts;
mod people;
mod persons;
mod promotion;
pub mod media;
mod mute;
mod names;
mod offices;
mod once;
mod opening;
mod ordinals;
pub mod outline;
mod questions;
pub mod quote;
mod read;
mod related;
mod remarks;
mod reread;
mod scoring;
mod setting;
mod spelling;
mod start;
mod strays;
mod summary;
mod tail;
mod tally;
mod throughout;
mod times;
mod title;
mod tongue;
mod turns;
mod view;

use std::ops::Range;
use std::sync::Arc;

pub use read::read;

use crate::prose::{BlockId, Millis, Prose};

/// The number of a speaker, in order of their first turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(pub u16);

/// The number of a turn, in text order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TurnId(pub u32);

impl SpeakerId {
    /// The speaker's place in [`Interview::speakers`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl TurnId {
    /// The turn's place in [`Interview::turns`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An article read as an interview.
#[derive(Clone, Debug, Default)]
pub struct Interview {
    /// The text.
    pub prose: Prose,
    /// What is known of the article.
    pub front: Front,
    /// Who speaks, in order of their first turn.
    pub speakers: Vec<Speaker>,
    /// Who spoke when; their blocks are sorted and do not overlap.
    pub turns: Vec<Turn>,
    /// The key points that the article itself gives.
    pub summary: Vec<Point>,
    /// The headings, without the article's title.
    pub sections: Vec<Section>,
    /// What each block is to the interview; as long as `prose.blocks()`.
    pub roles: Vec<Role>,
    /// What was odd, in source order.
    pub notes: Vec<Note>,
    /// The language of most of the text, as a BCP 47 tag: `zh`, `ja`, `ko`, `en` …
    pub language: Option<&'static str>,
    /// The format it was in: `markdown`, `html`, `srt`, `vtt`, `json`.
    pub format: &'static str,
    /// How the turns are marked, in words.
    pub layout: String,
    /// What was thought of how they are marked, the likeliest first.
    pub hypotheses: Vec<Hypothesis>,
}

/// A way in which the turns might be marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    /// The way, in words.
    pub layout: String,
    /// How likely it is, against the others; 0 where it is none.
    pub score: f64,
}

/// What is known of an article. Every text in it is clean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The title.
    pub title: Option<String>,
    /// Who wrote or published it.
    pub author: Option<String>,
    /// When it was published, as it says.
    pub published: Option<String>,
    /// Where it was published, as it says.
    pub place: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The address of its cover image.
    pub cover: Option<String>,
    /// The address of the recording.
    pub media: Option<String>,
}

/// Someone who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The name they are shown by.
    pub name: String,
    /// Other names the text gives them.
    pub aliases: Vec<String>,
    /// What they do in the interview, where it can be told.
    pub part: Option<Part>,
    /// How many turns are theirs.
    pub turns: u32,
    /// How many characters they say, white space not counted.
    pub characters: u32,
}

/// What a speaker does in an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Asks.
    Host,
    /// Answers.
    Guest,
}

/// A turn: what one speaker says until the next one speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whose it is.
    pub speaker: SpeakerId,
    /// Its blocks, follow-on paragraphs and images included.
    pub blocks: Range<BlockId>,
    /// The bytes of its label, from the start of its first block to the start of its text: colon
    /// and the space behind it included. Empty where nothing in the text says the name.
    pub label: Range<u32>,
    /// The label as printed, without markup, colon and time, one text for all turns with it; or the
    /// dash that stands for one.
    pub printed: Arc<str>,
    /// When it was said.
    pub time: Option<Millis>,
}

/// A key point of the article's own summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its bold lead, without the closing colon; empty where there is none.
    pub title: String,
    /// The rest of it.
    pub text: String,
    /// Where it stands.
    pub block: BlockId,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its text.
    pub title: String,
    /// Its level, 1 to 6.
    pub level: u8,
    /// Where it stands.
    pub block: BlockId,
}

/// What a block is to the interview.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// The article's title.
    Title,
    /// A line of front matter: author, date, address.
    Field,
    /// An advertisement of the publisher's; dim.
    Promotion,
    /// A key point.
    Summary,
    /// A heading.
    Section,
    /// Text outside of turns.
    #[default]
    Text,
    /// Text of a turn.
    Turn,
    /// A related list or its heading; dim.
    Related,
    /// A stage direction on a line of its own: text of the turn, dim.
    Aside,
}

/// Something odd in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The 1-based source line.
    pub line: u32,
    /// What is odd there.
    pub text: String,
}

impl Interview {
    /// The turn that a block belongs to.
    pub fn turn_of(&self, block: BlockId) -> Option<TurnId> {
        let after = self.turns.partition_point(|turn| turn.blocks.start <= block);
        let turn = after.checked_sub(1)?;
        self.turns[turn].blocks.contains(&block).then_some(TurnId(turn as u32))
    }

    /// One turn.
    ///
    /// # Panics
    /// If the interview has no such turn.
    pub fn turn(&self, id: TurnId) -> &Turn {
        &self.turns[id.index()]
    }

    /// One speaker.
    ///
    /// # Panics
    /// If the interview has no such speaker.
    pub fn speaker(&self, id: SpeakerId) -> &Speaker {
        &self.speakers[id.index()]
    }
}
