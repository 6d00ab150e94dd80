//! `Interview` + what a reader corrects in its speakers → the same article with other speakers.
//!
//! A speaker is known by the name in the text, folded as labels are, so that a correction outlives
//! the article's next export. The text and its turns stay as they are; who they belong to changes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::labels::key;
use super::{Interview, Speaker, SpeakerId};
use crate::text::Clean;

/// What a reader says of one speaker; as a record it has its operation under `op`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Correction {
    /// They are called otherwise; an empty name gives the text's own back.
    Name {
        /// The name in the text.
        speaker: String,
        /// The new name.
        name: String,
    },
    /// They are someone else; an empty `into` parts them again.
    Merge {
        /// The name in the text.
        speaker: String,
        /// The other's name in the text.
        into: String,
    },
}

impl Correction {
    /// Whether a later one says something else of the same.
    pub fn is_undone_by(&self, later: &Self) -> bool {
        match (self, later) {
            (Self::Name { speaker: old, .. }, Self::Name { speaker: new, .. })
            | (Self::Merge { speaker: old, .. }, Self::Merge { speaker: new, .. }) => {
                key(old) == key(new)
            }
            _ => false,
        }
    }
}

/// All that a reader said of the speakers of one article; of two that disagree the later holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    names: HashMap<String, String>,
    merges: HashMap<String, String>,
}

impl Corrections {
    /// Takes one more; its text is cleaned.
    pub fn add(&mut self, correction: &Correction) {
        let (table, speaker, value) = match correction {
            Correction::Name { speaker, name } => (&mut self.names, speaker, name),
            Correction::Merge { speaker, into } => (&mut self.merges, speaker, into),
        };
        let value = Clean::line(value).into_string();
        match value.trim() {
            "" => table.remove(&key(speaker)),
            value => table.insert(key(speaker), value.to_owned()),
        };
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.merges.is_empty()
    }

    /// What someone is called whom the text calls `name`.
    pub fn called<'a>(&'a self, name: &'a str) -> &'a str {
        let mut name = name;
        let root = self.root(&key(name), |_| true);
        if root != key(name) {
            let into = self.merges.values().find(|into| key(into) == root);
            name = into.map_or(name, String::as_str);
        }
        self.names.get(&root).map_or(name, String::as_str)
    }

    /// Whom a speaker is taken for in the end, as keys. Of speakers that were merged in a circle,
    /// on two devices, it is the one whose key comes first.
    fn root(&self, speaker: &str, is_there: impl Fn(&str) -> bool) -> String {
        let mut chain = vec![speaker.to_owned()];
        while let Some(next) = self.merges.get(&chain[chain.len() - 1]).map(|into| key(into)) {
            if !is_there(&next) {
                break;
            }
            if let Some(again) = chain.iter().position(|known| *known == next) {
                return chain[again..].iter().min().cloned().unwrap_or(next);
            }
            chain.push(next);
        }
        chain.pop().unwrap_or_default()
    }
}

/// The speakers as the text has them, which corrections are applied to again and again.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    speakers: Vec<Speaker>,
    turns: Vec<SpeakerId>,
    /// Who each of them is now.
    now: Vec<SpeakerId>,
    /// Who gives each of those now their name.
    roots: Vec<usize>,
}

impl Cast {
    /// The speakers of an interview that nothing was corrected in.
    pub fn of(interview: &Interview) -> Self {
        let ids = (0..interview.speakers.len() as u16).map(SpeakerId);
        Self {
            speakers: interview.speakers.clone(),
            turns: interview.turns.iter().map(|turn| turn.speaker).collect(),
            now: ids.collect(),
            roots: (0..interview.speakers.len()).collect(),
        }
    }

    /// The name in the text that a speaker of now is known by.
    pub fn name(&self, speaker: SpeakerId) -> &str {
        let root = self.roots.get(speaker.index()).and_then(|&root| self.speakers.get(root));
        root.map_or("", |speaker| speaker.name.as_str())
    }

    /// The names in the text of those who were merged into a speaker of now.
    pub fn merged(&self, speaker: SpeakerId) -> impl Iterator<Item = &str> {
        let root = self.roots.get(speaker.index()).copied();
        let theirs = self.now.iter().enumerate().filter(move |&(_, &now)| now == speaker);
        theirs
            .filter(move |&(at, _)| Some(at) != root)
            .map(|(at, _)| self.speakers[at].name.as_str())
    }

    /// Who someone of the text is now, by their name there.
    pub fn now(&self, name: &str) -> Option<SpeakerId> {
        let name = key(name);
        let at = self.speakers.iter().position(|speaker| key(&speaker.name) == name)?;
        self.now.get(at).copied()
    }

    /// Gives an interview, of which this is the cast, the speakers that the corrections say.
    pub fn correct(&mut self, interview: &mut Interview, corrections: &Corrections) {
        let keys: Vec<String> = self.speakers.iter().map(|speaker| key(&speaker.name)).collect();
        let place: HashMap<&str, usize> =
            keys.iter().enumerate().rev().map(|(at, key)| (key.as_str(), at)).collect();
        let root =
            |key: &String| place[corrections.root(key, |other| place.contains_key(other)).as_str()];
        let roots: Vec<usize> = keys.iter().map(root).collect();
        self.roots.clear();
        self.now.clear();
        // In order of their first turn, which may be that of one who was merged.
        for &root in &roots {
            let known = self.roots.iter().position(|&known| known == root);
            self.now.push(SpeakerId(known.unwrap_or(self.roots.len()) as u16));
            if known.is_none() {
                self.roots.push(root);
            }
        }
        let mut speakers: Vec<Speaker> =
            self.roots.iter().map(|&root| self.speakers[root].clone()).collect();
        for (at, speaker) in self.speakers.iter().enumerate() {
            let root = roots[at];
            if root == at {
                continue;
            }
            let into = &mut speakers[self.now[at].index()];
            into.turns += speaker.turns;
            into.characters = into.characters.saturating_add(speaker.characters);
            into.part = into.part.or(speaker.part);
            into.aliases.push(speaker.name.clone());
            into.aliases.extend(speaker.aliases.iter().cloned());
        }
        for (speaker, &root) in speakers.iter_mut().zip(&self.roots) {
            if let Some(name) = corrections.names.get(&keys[root]) {
                let own = std::mem::replace(&mut speaker.name, name.clone());
                speaker.aliases.insert(0, own);
            }
            let mut seen = vec![speaker.name.clone()];
            speaker.aliases.retain(|alias| {
                let new = !seen.contains(alias);
                seen.push(alias.clone());
                new
            });
        }
        interview.speakers = speakers;
        for (turn, speaker) in interview.turns.iter_mut().zip(&self.turns) {
            turn.speaker = self.now[speaker.index()];
        }
    }
}

/// The interview with the speakers that the corrections say.
#[must_use]
pub fn corrected(mut interview: Interview, corrections: &Corrections) -> Interview {
    if !corrections.is_empty() {
        Cast::of(&interview).correct(&mut interview, corrections);
    }
    interview
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Part;

    const TALK: &str = "# 三人谈\n\n**主持人：** 开始吗？\n\n**甲：** 好。\n\n**嘉宾 B：** 我先说。\n\n**主持人：** 请？\n\n**甲：** 说完了。\n\n**嘉宾 B：** 再见。\n";

    fn read(text: &str) -> Interview {
        crate::interview::read(crate::format::markdown::read(text))
    }

    fn name(speaker: &str, name: &str) -> Correction {
        Correction::Name { speaker: speaker.into(), name: name.into() }
    }

    fn merge(speaker: &str, into: &str) -> Correction {
        Correction::Merge { speaker: speaker.into(), into: into.into() }
    }

    fn after(corrections: &[Correction]) -> Interview {
        let mut all = Corrections::default();
        corrections.iter().for_each(|correction| all.add(correction));
        corrected(read(TALK), &all)
    }

    fn names(interview: &Interview) -> Vec<&str> {
        interview.speakers.iter().map(|speaker| speaker.name.as_str()).collect()
    }

    #[test]
    fn a_new_name_keeps_the_old_one_as_an_alias() {
        // The name is folded as labels are.
        let interview = after(&[name("嘉宾Ｂ", " 周砚\u{1b} ")]);
        assert_eq!(names(&interview), ["主持人", "甲", "周砚\u{FFFD}"]);
        assert_eq!(interview.speakers[2].aliases, ["嘉宾 B"]);
        assert_eq!(&*interview.turns[2].printed, "嘉宾 B");
        let back = after(&[name("嘉宾 B", "周砚"), name("嘉宾 B", "")]);
        assert_eq!((names(&back), back.speakers.len()), (vec!["主持人", "甲", "嘉宾 B"], 3));
        assert!(back.speakers[2].aliases.is_empty());
    }

    #[test]
    fn who_is_merged_gives_their_turns_away() {
        let plain = read(TALK);
        let interview = after(&[merge("甲", "嘉宾 B"), name("嘉宾 B", "周砚")]);
        assert_eq!(names(&interview), ["主持人", "周砚"]);
        let both = &interview.speakers[1];
        assert_eq!(both.turns, 4);
        assert_eq!(both.characters, plain.speakers[1].characters + plain.speakers[2].characters);
        assert_eq!(both.aliases, ["嘉宾 B", "甲"]);
        assert_eq!(both.part, Some(Part::Guest));
        let turns: Vec<u16> = interview.turns.iter().map(|turn| turn.speaker.0).collect();
        assert_eq!(turns, [0, 1, 1, 0, 1, 1]);
        // They stay turns of their own, with the blocks they had.
        assert!(interview.turns.iter().zip(&plain.turns).all(|(a, b)| a.blocks == b.blocks));
        assert_eq!(names(&after(&[merge("甲", "嘉宾 B"), merge("甲", "")])), names(&plain));
    }

    #[test]
    fn a_merge_goes_through_others_and_a_circle_has_an_end() {
        let interview = after(&[merge("甲", "嘉宾 B"), merge("嘉宾 B", "主持人")]);
        assert_eq!(names(&interview), ["主持人"]);
        assert_eq!(interview.speakers[0].turns, 6);
        let circle = [merge("甲", "嘉宾 B"), merge("嘉宾 B", "甲")];
        assert_eq!(names(&after(&circle)), ["主持人", "嘉宾 B"]);
        assert_eq!(names(&after(&[merge("甲", "甲")])), ["主持人", "甲", "嘉宾 B"]);
        // Whoever is not in the article is not in the way.
        assert_eq!(names(&after(&[merge("甲", "丁"), name("丁", "x")])), names(&read(TALK)));
    }

    #[test]
    fn what_someone_is_called_without_the_article() {
        let mut all = Corrections::default();
        assert_eq!(all.called("甲"), "甲");
        all.add(&merge("甲", "嘉宾 B"));
        assert_eq!(all.called("甲"), "嘉宾 B");
        all.add(&name("嘉宾 B", "周砚"));
        assert_eq!((all.called("甲"), all.called("嘉宾B")), ("周砚", "周砚"));
    }

    #[test]
    fn a_cast_knows_who_was_merged_and_forgets_it_again() {
        let mut interview = read(TALK);
        let mut cast = Cast::of(&interview);
        let mut all = Corrections::default();
        all.add(&merge("主持人", "甲"));
        cast.correct(&mut interview, &all);
        assert_eq!(names(&interview), ["甲", "嘉宾 B"]);
        assert_eq!(cast.name(SpeakerId(0)), "甲");
        assert_eq!(cast.merged(SpeakerId(0)).collect::<Vec<_>>(), ["主持人"]);
        assert_eq!(cast.now("主持人"), Some(SpeakerId(0)));
        cast.correct(&mut interview, &Corrections::default());
        assert_eq!(names(&interview), ["主持人", "甲", "嘉宾 B"]);
        assert_eq!(cast.merged(SpeakerId(1)).count(), 0);
    }
}
