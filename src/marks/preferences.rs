//! How readers want one article to be read: records of the same logs as the bookmarks.
//!
//! `{"op":"set","doc":{…},"set":{"measure":60,"theme":null}}`: of each member the last one holds,
//! and null takes back what was said before.

use std::io;

use ulid::Ulid;

use super::document::DocumentKeys;
use super::record::{Op, Record, Wishes};
use super::{Article, Home, Marks};

/// How one article is to be read; `None` is as the settings say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The widest line, in cells.
    pub measure: Option<u16>,
    /// The theme's name.
    pub theme: Option<String>,
    /// Whether the speakers are listed beside the page.
    pub speakers: Option<bool>,
}

impl Preferences {
    fn take(&mut self, wishes: &Wishes) {
        if let Some(measure) = wishes.measure {
            self.measure = measure;
        }
        if let Some(theme) = &wishes.theme {
            self.theme.clone_from(theme);
        }
        if let Some(speakers) = wishes.speakers {
            self.speakers = speakers;
        }
    }

    /// What is otherwise than before.
    fn since(&self, before: &Self) -> Wishes {
        Wishes {
            measure: (self.measure != before.measure).then_some(self.measure),
            theme: (self.theme != before.theme).then(|| self.theme.clone()),
            speakers: (self.speakers != before.speakers).then_some(self.speakers),
        }
    }
}

/// What was said of how an article is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wished {
    /// The article's number.
    article: usize,
    wishes: Wishes,
}

impl Marks {
    /// How an article is to be read.
    pub fn preferences(&self, keys: &DocumentKeys) -> Preferences {
        let mut all = Preferences::default();
        let mut same = self.same(keys);
        let wished = self.wished.iter().filter(|wished| same.is(wished.article));
        wished.for_each(|wished| all.take(&wished.wishes));
        all
    }

    /// Writes down at `now` (ms since 1970) how an article is to be read, as far as it is otherwise
    /// than before; it is safe on disk when this returns.
    ///
    /// # Errors
    /// Why it is not; then nothing of it is in the log.
    pub fn prefer(
        &mut self,
        home: &Home,
        now: i64,
        article: Article,
        preferences: &Preferences,
    ) -> io::Result<()> {
        let wishes = preferences.since(&self.preferences(&article.keys));
        if wishes == Wishes::default() {
            return Ok(());
        }
        let record = Record {
            doc: Some(article.into()),
            set: Some(Box::new(wishes)),
            ..Record::new(&Ulid::generate().to_string(), now, Op::Set)
        };
        self.write(home, vec![record.clone()])?;
        self.heed_wishes(record);
        Ok(())
    }

    pub(super) fn heed_wishes(&mut self, record: Record) {
        let (Some(doc), Some(wishes)) = (record.doc, record.set) else { return };
        let article = self.number(doc.keys);
        self.wished.push(Wished { article, wishes: *wishes });
    }
}
