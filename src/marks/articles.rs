//! The articles that records speak of, each once, so that a text is compared with an article and
//! not with each of its bookmarks.

use std::collections::HashMap;

use super::Marks;
use super::document::{DocumentKeys, Likeness};

/// Articles by number.
#[derive(Clone, Debug, Default)]
pub struct Articles {
    list: Vec<DocumentKeys>,
    /// Their numbers, by the hash of their text; an article may have had two addresses.
    numbers: HashMap<String, Vec<usize>>,
    /// The last sketch of each text.
    sketches: HashMap<String, Vec<u32>>,
}

impl Articles {
    /// Takes the sketch out of the keys of a record that is later than those before it.
    pub fn learn(&mut self, keys: &mut DocumentKeys) {
        if !keys.sketch.is_empty() {
            self.sketches.insert(keys.hash.clone(), std::mem::take(&mut keys.sketch));
        }
    }

    /// Gives keys the sketch that any record has for their text.
    pub fn complete(&self, keys: &mut DocumentKeys) {
        if keys.sketch.is_empty()
            && let Some(sketch) = self.sketches.get(&keys.hash)
        {
            keys.sketch.clone_from(sketch);
        }
    }

    /// The number of an article; a new one for one that is not known.
    pub fn index(&mut self, keys: &DocumentKeys) -> usize {
        if let Some(at) = self.number(keys) {
            return at;
        }
        self.list.push(keys.clone());
        self.numbers.entry(keys.hash.clone()).or_default().push(self.list.len() - 1);
        self.list.len() - 1
    }

    /// The number of an article that is known.
    pub fn number(&self, keys: &DocumentKeys) -> Option<usize> {
        self.numbers.get(&keys.hash)?.iter().copied().find(|&at| self.list[at] == *keys)
    }

    /// An article by its number.
    pub fn keys(&self, number: usize) -> Option<&DocumentKeys> {
        self.list.get(number)
    }
}

/// Which articles are one with a text; each is compared when it is asked for, and once.
pub struct Same<'a> {
    marks: &'a Marks,
    keys: &'a DocumentKeys,
    /// By number.
    known: Vec<Option<bool>>,
}

impl Same<'_> {
    /// Whether the article of that number is.
    pub fn is(&mut self, number: usize) -> bool {
        let article = self.marks.articles.list.get(number);
        let (Some(article), Some(known)) = (article, self.known.get_mut(number)) else {
            return false;
        };
        let same = || self.marks.likeness(article, self.keys) == Likeness::Same;
        *known.get_or_insert_with(same)
    }

    /// Whether the article with these keys is.
    pub fn has(&mut self, keys: &DocumentKeys) -> bool {
        match self.marks.articles.number(keys) {
            Some(number) => self.is(number),
            None => self.marks.likeness(keys, self.keys) == Likeness::Same,
        }
    }
}

impl Marks {
    /// Which articles are one with the text that has these keys.
    pub(super) fn same<'a>(&'a self, keys: &'a DocumentKeys) -> Same<'a> {
        Same { marks: self, keys, known: vec![None; self.articles.list.len()] }
    }
}
