//! Whether two articles are one, where their texts do not tell: what readers said.
//!
//! `{"op":"same","doc":{…},"other":{"url":…,"hash":…},"same":true}`. The last one holds. What was
//! said of two texts holds for them whatever else speaks against it, and for later editions of
//! them where it is in doubt.

use std::io;

use ulid::Ulid;

use super::document::{DocumentKeys, Likeness};
use super::record::{Op, Record};
use super::{Article, Home, Marks};

/// What was said of two articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    one: DocumentKeys,
    other: DocumentKeys,
    same: bool,
}

impl Decided {
    /// Whether it was said of exactly these two texts.
    fn names(&self, a: &str, b: &str) -> bool {
        let (one, other) = (&*self.one.hash, &*self.other.hash);
        (one, other) == (a, b) || (one, other) == (b, a)
    }

    /// Whether it was said of editions of these two.
    fn is_of(&self, a: &DocumentKeys, b: &DocumentKeys) -> bool {
        let alike = |a: &DocumentKeys, b: &DocumentKeys| a.likeness(b) == Likeness::Same;
        alike(&self.one, a) && alike(&self.other, b) || alike(&self.one, b) && alike(&self.other, a)
    }

    fn likeness(&self) -> Likeness {
        if self.same { Likeness::Same } else { Likeness::Different }
    }
}

impl Marks {
    /// The articles with bookmarks of which it cannot be told whether they are the one with these
    /// keys, and of which nobody said it, each with the number of its bookmarks.
    pub fn doubtful(&self, keys: &DocumentKeys) -> Vec<(Article, usize)> {
        let mut counts: Vec<(usize, &Article, usize)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for mark in &self.all {
            let Some(number) = self.articles.number(&mark.article.keys) else { continue };
            let at = *places.entry(number).or_insert_with(|| {
                counts.push((number, &mark.article, 0));
                counts.len() - 1
            });
            counts[at].2 += 1;
        }
        let mut doubtful: Vec<(Article, usize)> = Vec::new();
        for (number, article, count) in counts {
            let Some(theirs) = self.articles.keys(number) else { continue };
            if self.likeness(theirs, keys) != Likeness::Unsure {
                continue;
            }
            // Editions of one article are asked about once.
            let known = doubtful
                .iter_mut()
                .find(|(known, _)| self.likeness(&known.keys, theirs) == Likeness::Same);
            match known {
                Some((_, sum)) => *sum += count,
                None => doubtful.push((article.clone(), count)),
            }
        }
        doubtful
    }

    /// Writes down at `now` (ms since 1970) whether an article is the one with the keys `other`; it
    /// is safe on disk when this returns.
    ///
    /// # Errors
    /// Why it is not; then nothing of it is in the log.
    pub fn decide(
        &mut self,
        home: &Home,
        now: i64,
        article: Article,
        other: &DocumentKeys,
        same: bool,
    ) -> io::Result<()> {
        let record = Record {
            doc: Some(article.into()),
            other: Some(Box::new(other.clone())),
            same: Some(same),
            ..Record::new(&Ulid::generate().to_string(), now, Op::Same)
        };
        self.write(home, vec![record.clone()])?;
        self.heed_decision(record);
        Ok(())
    }

    pub(super) fn heed_decision(&mut self, record: Record) {
        let (Some(doc), Some(other), Some(same)) = (record.doc, record.other, record.same) else {
            return;
        };
        let mut decided = Decided { one: doc.keys, other: *other, same };
        self.articles.complete(&mut decided.one);
        self.articles.complete(&mut decided.other);
        self.decided.push(decided);
    }

    /// Whether two articles are one, by what was said and by their texts.
    pub(super) fn likeness(&self, a: &DocumentKeys, b: &DocumentKeys) -> Likeness {
        if a.hash == b.hash {
            return a.likeness(b);
        }
        let last = |decided: Option<&Decided>| decided.map(Decided::likeness);
        last(self.decided.iter().rev().find(|decided| decided.names(&a.hash, &b.hash)))
            .unwrap_or_else(|| match alike(a, b) {
                Likeness::Unsure => {
                    last(self.decided.iter().rev().find(|decided| decided.is_of(a, b)))
                        .unwrap_or(Likeness::Unsure)
                }
                told => told,
            })
    }
}

/// Whether two articles are one, by their texts. Most have nothing in common, which is seen at once.
fn alike(a: &DocumentKeys, b: &DocumentKeys) -> Likeness {
    let addressed = a.url.is_some() && a.url == b.url;
    let (mut rest, mut shared) = (&*b.sketch, false);
    for hash in &a.sketch {
        let below = rest.iter().take_while(|other| *other < hash).count();
        rest = &rest[below..];
        shared |= rest.first() == Some(hash);
    }
    match addressed || shared || a.hash == b.hash {
        true => a.likeness(b),
        false => Likeness::Different,
    }
}
