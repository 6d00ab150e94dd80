//! Phrases that are looked for in very many texts: all of them in one pass (Aho and Corasick), by a
//! searcher that is made once.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A fixed list of phrases.
#[derive(Debug)]
pub struct Phrases {
    all: &'static [&'static str],
    /// None where none could be made: then each phrase is looked for.
    searcher: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    /// Those phrases.
    pub const fn new(all: &'static [&'static str]) -> Self {
        Self { all, searcher: OnceLock::new() }
    }

    /// All of them.
    pub fn all(&self) -> &'static [&'static str] {
        self.all
    }

    /// Those that stand anywhere in a text, in the order of the list.
    pub fn within(&self, text: &str) -> Vec<&'static str> {
        // Most texts have none.
        if !self.are_in(text) {
            return Vec::new();
        }
        self.all.iter().copied().filter(|phrase| text.contains(phrase)).collect()
    }

    /// Whether one of them stands anywhere in a text.
    pub fn are_in(&self, text: &str) -> bool {
        match self.searcher() {
            Some(searcher) => searcher.is_match(text),
            None => self.all.iter().any(|phrase| text.contains(phrase)),
        }
    }

    fn searcher(&self) -> Option<&AhoCorasick> {
        // Cheaper to make than one without failures, as most texts are short; of its ways to match
        // only this one passes over bytes that begin no phrase by many at once.
        let make = || {
            AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .match_kind(MatchKind::LeftmostFirst)
                .build(self.all)
                .ok()
        };
        self.searcher.get_or_init(make).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn those_that_stand_in_a_text() {
        static ALL: Phrases = Phrases::new(&["灯塔", "sea", "海"]);
        let within = |text| ALL.within(text);
        assert_eq!(within("海上的灯塔"), ["灯塔", "海"]);
        assert_eq!(within("overseas"), ["sea"]);
        assert!(ALL.are_in("seaside 灯") && !ALL.are_in("灯") && !ALL.are_in(""));
    }
}
