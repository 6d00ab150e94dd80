//! The marks of one article, for the reader: its place and bookmarks, found again in its text.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::interview::Interview;
use crate::interview::correct::{Correction, Corrections, corrected};
use crate::interview::passage::{Searcher, select, select_at};
use crate::marks::{self, Article, DocumentKeys, Draft, Highlight, Home, Mark, Marks};
use crate::reader::Bookmark;
use crate::shell::{Ledger, Recalled};
use crate::text::Clean;
use crate::words::Message;

/// The marks of an article.
pub fn ledger(interview: Arc<Interview>) -> Box<dyn Ledger> {
    Box::new(ArticleLedger {
        interview,
        home: Home::of_user(),
        keys: DocumentKeys::default(),
        marks: Marks::default(),
    })
}

struct ArticleLedger {
    interview: Arc<Interview>,
    home: Option<Home>,
    keys: DocumentKeys,
    marks: Marks,
}

/// An article, as its bookmarks know it.
pub fn article(interview: &Interview, keys: DocumentKeys) -> Article {
    let front = &interview.front;
    Article { title: front.title.clone(), url: front.url.clone(), keys }
}

/// Now, in ms since 1970.
pub fn now() -> i64 {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
}

/// The first log that cannot be read.
pub fn unread(marks: &Marks) -> Option<Message> {
    let (file, why) = marks.unread.first()?;
    Some(Message::new("marks-unread").with("why", format!("{}: {why}", file.display())))
}

/// An article with the speakers that its reader said.
pub fn as_corrected(interview: Interview) -> Interview {
    // Who has no home, or marks that cannot be read, gets the article as it is.
    let marks = Home::of_user().and_then(|home| Marks::load(&home).ok()).unwrap_or_default();
    let said = match marks.has_corrections() {
        true => marks.corrections(&DocumentKeys::of(&interview)),
        false => Corrections::default(),
    };
    corrected(interview, &said)
}

/// Why something was not kept.
pub fn not_saved(error: &io::Error) -> Message {
    Message::new("not-saved").with("why", error.to_string())
}

fn no_home() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "no home directory")
}

impl ArticleLedger {
    fn shown(&self, mark: &Mark, range: Option<Range<u32>>) -> Bookmark {
        Bookmark {
            id: mark.id.clone(),
            range,
            quote: Clean::line(&mark.selector.exact).into_string(),
            note: Clean::line(&mark.note).into_string(),
        }
    }

    fn trouble(&self) -> Option<Message> {
        if let Some(unread) = unread(&self.marks) {
            return Some(unread);
        }
        let first = self.marks.damage.first()?;
        Some(
            Message::new("marks-damaged")
                .with("file", first.file.display().to_string())
                .with("line", first.line)
                .with("lines", self.marks.damage.len()),
        )
    }
}

impl Ledger for ArticleLedger {
    fn recall(&mut self) -> Recalled {
        self.keys = DocumentKeys::of(&self.interview);
        let Some(home) = &self.home else { return Recalled::default() };
        let mut trouble = None;
        match Marks::load(home) {
            Ok(marks) => self.marks = marks,
            Err(error) => {
                trouble = Some(Message::new("marks-unread").with("why", error.to_string()));
            }
        }
        let searcher = Searcher::new(&self.interview);
        let bookmarks = self
            .marks
            .of(&self.keys)
            .into_iter()
            .map(|mark| self.shown(mark, searcher.find(&mark.selector).range()))
            .collect();
        let place = marks::place(home, &self.keys).ok().flatten();
        let place = place.and_then(|place| searcher.find(&place).range());
        Recalled {
            bookmarks,
            corrections: self.marks.corrections(&self.keys),
            place: place.map(|range| range.start),
            trouble: trouble.or_else(|| self.trouble()),
        }
    }

    fn add(&mut self, range: Range<u32>) -> Result<Bookmark, Message> {
        let Some(home) = &self.home else { return Err(not_saved(&no_home())) };
        let draft = Draft {
            article: article(&self.interview, self.keys.clone()),
            selector: select(&self.interview, range.clone()),
            note: String::new(),
            tags: Vec::new(),
            highlight: Highlight::default(),
        };
        let mark = self.marks.add(home, now(), draft).map_err(|error| not_saved(&error))?;
        Ok(self.shown(&mark, Some(range)))
    }

    fn remove(&mut self, id: &str) -> Result<(), Message> {
        let Some(home) = &self.home else { return Err(not_saved(&no_home())) };
        self.marks.remove(home, now(), id).map_err(|error| not_saved(&error))
    }

    fn correct(&mut self, correction: &Correction) -> Result<(), Message> {
        let Some(home) = &self.home else { return Err(not_saved(&no_home())) };
        let article = article(&self.interview, self.keys.clone());
        let kept = self.marks.correct(home, now(), article, correction.clone());
        kept.map_err(|error| not_saved(&error))
    }

    fn keep_place(&mut self, place: u32) -> Result<(), Message> {
        let Some(home) = &self.home else { return Err(not_saved(&no_home())) };
        let at = select_at(&self.interview, place);
        marks::keep_place(home, now(), &self.keys, at).map_err(|error| not_saved(&error))
    }
}
