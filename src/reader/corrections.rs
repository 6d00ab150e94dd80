//! Speakers that the reader renames and merges: at once on the screen, and on disk when it can.

use std::sync::Arc;

use super::State;
use super::event::{Effect, Ticket};
use super::lists::{Entry, List, ListKind, Target};
use super::prompt::PromptKind;
use super::turns::Index;
use crate::interview::SpeakerId;
use crate::interview::correct::{Cast, Correction, Corrections};
use crate::typeset::Galley;
use crate::words::Message;

/// Who speaks in the text, and what the reader said of them.
#[derive(Debug)]
pub struct Casting {
    cast: Cast,
    said: Corrections,
}

impl Casting {
    /// The cast of an article that nothing was corrected in.
    pub fn new(cast: Cast) -> Self {
        Self { cast, said: Corrections::default() }
    }
}

/// A choice in the list that `m` opens on a speaker.
enum Choice {
    /// They are another speaker.
    Into(SpeakerId),
    /// Someone who was merged into them, by the name in the text, is no more.
    Part(String),
}

impl State {
    /// A speaker's name, and in brackets the names in the text that it stands for.
    pub(super) fn cast_name(&self, speaker: SpeakerId) -> String {
        let name = &self.interview().speaker(speaker).name;
        let own = self.casting.cast.name(speaker);
        let own = (own != name).then_some(own);
        let others: Vec<&str> = own.into_iter().chain(self.casting.cast.merged(speaker)).collect();
        if others.is_empty() { name.clone() } else { format!("{name} ({})", others.join(", ")) }
    }

    /// The name that the text gives a speaker.
    pub fn name_in_text(&self, speaker: SpeakerId) -> &str {
        self.casting.cast.name(speaker)
    }

    /// Begins to rename the chosen speaker.
    pub(super) fn rename_chosen(&mut self, list: List) -> Option<Message> {
        if list.kind != ListKind::Speakers {
            return Some(Message::new("only-speakers"));
        }
        let speaker = SpeakerId(list.selected as u16);
        let name = self.interview().speaker(speaker).name.clone();
        self.open_prompt(PromptKind::Rename(speaker));
        if let Some(prompt) = &mut self.prompt {
            prompt.cursor = name.len();
            prompt.text = name;
        }
        None
    }

    /// Gives a speaker another name; without one, the text's own.
    pub(super) fn rename(
        &mut self,
        speaker: SpeakerId,
        name: &str,
    ) -> (Vec<Effect>, Option<Message>) {
        let old = self.interview().speaker(speaker).name.clone();
        let own = self.name_in_text(speaker).to_owned();
        let name = name.trim();
        let name = if name.is_empty() { own.as_str() } else { name };
        if name == old {
            return (Vec::new(), None);
        }
        let known = |at: usize| self.interview().speakers[at].name == name;
        if (0..self.interview().speakers.len()).any(|at| at != speaker.index() && known(at)) {
            return (Vec::new(), Some(Message::new("name-taken").with("name", name)));
        }
        let said = Message::new("renamed").with("old", old).with("name", name);
        let name = if name == own { String::new() } else { name.to_owned() };
        (self.correct(Correction::Name { speaker: own, name }), Some(said))
    }

    /// Asks whom the chosen speaker is to be merged into.
    pub(super) fn merge_chosen(&mut self, list: List) -> Option<Message> {
        if list.kind != ListKind::Speakers {
            return Some(Message::new("only-speakers"));
        }
        let kind = ListKind::Merge(SpeakerId(list.selected as u16));
        if self.list_len(kind) == 0 {
            return Some(Message::new("nobody-else"));
        }
        self.list = Some(List { kind, selected: 0 });
        None
    }

    /// How many choices there are for a speaker: all others, and those merged into them.
    pub(super) fn merge_choices(&self, speaker: SpeakerId) -> usize {
        self.interview().speakers.len() - 1 + self.casting.cast.merged(speaker).count()
    }

    fn merge_choice(&self, speaker: SpeakerId, at: usize) -> Option<Choice> {
        let others = self.interview().speakers.len() - 1;
        if at < others {
            return Some(Choice::Into(SpeakerId((at + usize::from(at >= speaker.index())) as u16)));
        }
        let mut merged = self.casting.cast.merged(speaker);
        merged.nth(at - others).map(|name| Choice::Part(name.to_owned()))
    }

    /// A choice as an entry: who, and how many turns they have together.
    pub(super) fn merge_entry(&self, speaker: SpeakerId, at: usize) -> Entry {
        match self.merge_choice(speaker, at) {
            Some(Choice::Into(other)) => {
                let turns = |id| i64::from(self.interview().speaker(id).turns);
                let both = Message::new("together").with("turns", turns(speaker) + turns(other));
                Entry {
                    lead: (other.index() + 1).to_string(),
                    text: self.cast_name(other),
                    tail: self.words().say(&both),
                    speaker: Some(other),
                    ..Entry::default()
                }
            }
            Some(Choice::Part(name)) => {
                let text = self.words().say(&Message::new("part-again").with("name", name));
                Entry { text, speaker: Some(speaker), ..Entry::default() }
            }
            None => Entry::default(),
        }
    }

    /// What a choice means.
    pub(super) fn merge_target(&self, speaker: SpeakerId, at: usize) -> Target {
        let name = |id| self.name_in_text(id).to_owned();
        match self.merge_choice(speaker, at) {
            Some(Choice::Into(other)) => {
                Target::Correction(Correction::Merge { speaker: name(speaker), into: name(other) })
            }
            Some(Choice::Part(name)) => {
                Target::Correction(Correction::Merge { speaker: name, into: String::new() })
            }
            None => Target::Nowhere,
        }
    }

    /// Merges or parts, and goes back to the list of speakers.
    pub(super) fn merge(&mut self, correction: Correction) -> (Vec<Effect>, Option<Message>) {
        let Correction::Merge { speaker, into } = &correction else { return (Vec::new(), None) };
        let shown = |state: &Self, name: &str| {
            let now = state.casting.cast.now(name);
            now.map_or(name.to_owned(), |id| state.interview().speaker(id).name.clone())
        };
        let (id, name, speaker) = if into.is_empty() {
            ("parted", String::new(), speaker.clone())
        } else {
            ("merged", shown(self, speaker), into.clone())
        };
        let effects = self.correct(correction);
        let now = self.casting.cast.now(&speaker);
        let other = shown(self, &speaker);
        let selected = now.map_or(0, SpeakerId::index);
        self.list = Some(List { kind: ListKind::Speakers, selected });
        (effects, Some(Message::new(id).with("name", name).with("other", other)))
    }

    /// Takes a correction, and asks the disk to keep it.
    fn correct(&mut self, correction: Correction) -> Vec<Effect> {
        self.casting.said.add(&correction);
        self.recast();
        let ticket = self.ticket();
        self.bookmarks.ask_correction(ticket, correction.clone());
        vec![Effect::Correct(ticket, correction)]
    }

    /// Takes the disk's answer to a correction.
    pub(super) fn kept_correction(
        &mut self,
        ticket: Ticket,
        answer: Result<(), Message>,
    ) -> Option<Message> {
        self.bookmarks.answer(ticket, answer)?.err()
    }

    /// Takes what earlier sessions said; what was said meanwhile stands over it.
    pub(super) fn recall_corrections(&mut self, mut said: Corrections) {
        for correction in self.bookmarks.asked_corrections() {
            said.add(correction);
        }
        if said != self.casting.said {
            self.casting.said = said;
            self.recast();
        }
    }

    /// Gives the article the speakers that were said. Rows stay where they are: only who they
    /// belong to changes. Who is followed or chosen stays so, as whoever they are now.
    fn recast(&mut self) {
        let chosen = |kind| match kind {
            ListKind::Merge(speaker) => Some(speaker),
            _ => None,
        };
        let listed = self.list.and_then(|list| match list.kind {
            ListKind::Speakers => Some(SpeakerId(list.selected as u16)),
            kind => chosen(kind),
        });
        let renamed = self.prompt.as_ref().and_then(|prompt| match prompt.kind {
            PromptKind::Rename(speaker) => Some(speaker),
            _ => None,
        });
        let casting = &mut self.casting;
        let text = |id: Option<SpeakerId>| id.map(|id| casting.cast.name(id).to_owned());
        let before = [text(self.galley.follow()), text(listed), text(renamed)];
        let mut interview = Arc::unwrap_or_clone(Arc::clone(&self.setup.interview));
        casting.cast.correct(&mut interview, &casting.said);
        let [follow, listed, renamed] =
            before.map(|name| name.and_then(|name| casting.cast.now(&name)));
        self.setup.interview = Arc::new(interview);
        self.index = Index::new(&self.setup.interview, &self.setup.settings);
        self.strip.take();
        let measure = *self.galley.measure();
        self.galley = Galley::new(Arc::clone(&self.setup.interview), measure, follow);
        if let Some(speaker) = listed {
            let selected = speaker.index();
            self.list = Some(List { kind: ListKind::Speakers, selected });
        }
        if let (Some(prompt), Some(speaker)) = (&mut self.prompt, renamed) {
            prompt.kind = PromptKind::Rename(speaker);
        }
    }
}
