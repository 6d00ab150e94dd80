//! The marks of one article, for the reader: its place and bookmarks, found again in its text.

use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::interview::Interview;
use crate::interview::correct::{Correction, Corrections, corrected};
use crate::interview::passage::{Found, Searcher, Selector, select, select_at};
use crate::marks::{self, Article, DocumentKeys, Draft, Home, Mark, Marks, Preferences};
use crate::reader::{Bookmark, Doubt, Elsewhere, MarkChange, Recalled};
use crate::shell::Ledger;
use crate::text::Clean;
use crate::text::clean::clean;
use crate::words::Message;

/// The marks of an article that was read from this file, if from one.
pub fn ledger(interview: Arc<Interview>, file: Option<PathBuf>) -> Box<dyn Ledger> {
    Box::new(ArticleLedger {
        interview,
        file,
        home: Home::of_user(),
        keys: DocumentKeys::default(),
        marks: Marks::default(),
        doubtful: Vec::new(),
        placed: HashMap::new(),
    })
}

struct ArticleLedger {
    interview: Arc<Interview>,
    file: Option<PathBuf>,
    home: Option<Home>,
    keys: DocumentKeys,
    marks: Marks,
    /// The articles that may be this one.
    doubtful: Vec<DocumentKeys>,
    /// What the passages of bookmarks were before they were placed by hand, by their ids.
    placed: HashMap<String, Vec<Selector>>,
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
fn unread(marks: &Marks) -> Option<Message> {
    let (file, why) = marks.unread.first()?;
    Some(Message::new("marks-unread").with("why", format!("{}: {why}", file.display())))
}

/// What is wrong with the logs: the first that cannot be read, else the first damaged line.
pub fn damaged(marks: &Marks) -> Option<Message> {
    if let Some(unread) = unread(marks) {
        return Some(unread);
    }
    let first = marks.damage.first()?;
    Some(
        Message::new("marks-damaged")
            .with("file", first.file.display().to_string())
            .with("line", first.line)
            .with("lines", marks.damage.len()),
    )
}

/// An article with the speakers that its reader said.
pub fn as_corrected(interview: Interview) -> Interview {
    // Who has no home, or marks that cannot be read, gets the article as it is.
    let home = Home::of_user().filter(marks::may_have_corrections);
    let marks = home.and_then(|home| Marks::load(&home).ok()).unwrap_or_default();
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
    fn shown(&self, mark: &Mark, found: &Found, stood: u32) -> Bookmark {
        let line = |text: &str| Clean::line(text).into_string();
        Bookmark {
            id: mark.id.clone(),
            range: found.range(),
            is_near: matches!(found, Found::Near(_)),
            stood,
            quote: line(&mark.selector.exact),
            speaker: mark.selector.speaker.as_deref().map(line),
            note: clean(&mark.note).into_owned(),
            tags: mark.tags.iter().map(|tag| line(tag)).collect(),
            highlight: mark.highlight,
        }
    }

    /// The bookmarks of the article, found again in its text.
    fn bookmarks(&self) -> Vec<Bookmark> {
        let searcher = Searcher::new(&self.interview);
        let found = |mark: &Mark| {
            let stood = searcher.neighbourhood(&mark.selector);
            self.shown(mark, &searcher.find(&mark.selector), stood)
        };
        self.marks.of(&self.keys).into_iter().map(found).collect()
    }

    /// A bookmark, found again in the text.
    fn found(&self, mark: &Mark) -> Bookmark {
        let searcher = Searcher::new(&self.interview);
        let found = searcher.find(&mark.selector);
        self.shown(mark, &found, searcher.neighbourhood(&mark.selector))
    }

    /// Whether a change is to a bookmark that there is not.
    fn is_gone(&self, change: &MarkChange) -> bool {
        match change {
            MarkChange::Edit(id, _) | MarkChange::Restore(id) => {
                !self.marks.all.iter().any(|mark| mark.id == *id)
            }
            MarkChange::Add { .. } | MarkChange::Remove(_) => false,
        }
    }

    /// Remembers which file the article is read from, if from one. Where that fails the list of
    /// all bookmarks cannot open it, and nothing else.
    fn keep_file(&self, home: &Home) {
        if let Some(file) = &self.file {
            let title = self.interview.front.title.as_deref();
            let _ = marks::keep_file(home, now(), &self.keys, title, file);
        }
    }

    /// The tags of all bookmarks, the commonest first.
    fn tags(&self) -> Vec<String> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for tag in self.marks.all.iter().flat_map(|mark| &mark.tags) {
            *counts.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<(&str, usize)> = counts.into_iter().collect();
        tags.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
        tags.into_iter().map(|(tag, _)| Clean::line(tag).into_string()).collect()
    }
}

impl Ledger for ArticleLedger {
    fn place(&mut self) -> Option<u32> {
        self.keys = DocumentKeys::of(&self.interview);
        let place = marks::place(self.home.as_ref()?, &self.keys).ok()??;
        Searcher::new(&self.interview).find(&place).range().map(|range| range.start)
    }

    fn recall(&mut self) -> Recalled {
        let Some(home) = &self.home else { return Recalled::default() };
        let mut trouble = None;
        match Marks::load(home) {
            Ok(marks) => self.marks = marks,
            Err(error) => {
                trouble = Some(Message::new("marks-unread").with("why", error.to_string()));
            }
        }
        let doubtful = self.marks.doubtful(&self.keys);
        let doubt = |(article, count): &(Article, usize)| Doubt {
            title: Clean::line(article.title.as_deref().unwrap_or_default()).into_string(),
            count: *count,
        };
        let doubts = doubtful.iter().map(doubt).collect();
        self.doubtful = doubtful.into_iter().map(|(article, _)| article.keys).collect();
        Recalled {
            bookmarks: self.bookmarks(),
            corrections: self.marks.corrections(&self.keys),
            tags: self.tags(),
            doubts,
            preferences: self.marks.preferences(&self.keys),
            trouble: trouble.or_else(|| damaged(&self.marks)),
        }
    }

    fn mark(&mut self, change: &MarkChange) -> Result<Option<Bookmark>, Message> {
        let Some(home) = &self.home else { return Err(not_saved(&no_home())) };
        let note = |marks: &Marks, id: &str| {
            marks.all.iter().find(|mark| mark.id == id).map(|mark| mark.note.clone())
        };
        let id = match change {
            MarkChange::Edit(id, _) => id.as_str(),
            _ => "",
        };
        let seen = note(&self.marks, id);
        self.marks.refresh(home).map_err(|error| not_saved(&error))?;
        let there = note(&self.marks, id);
        let kept = match change {
            MarkChange::Add { range, note, tags, highlight } => {
                let draft = Draft {
                    article: article(&self.interview, self.keys.clone()),
                    selector: select(&self.interview, range.clone()),
                    note: note.clone(),
                    tags: tags.clone(),
                    highlight: *highlight,
                };
                let kept = self.marks.add(home, now(), draft);
                if kept.is_ok() {
                    self.keep_file(home);
                }
                kept.map(Some)
            }
            MarkChange::Edit(id, edit) => {
                let place = |range: &Range<u32>| select(&self.interview, range.clone());
                // What was written elsewhere meanwhile, and not seen here, is not written over.
                let note = match (&edit.note, there) {
                    (Some(new), Some(there)) if seen.as_ref() != Some(&there) => {
                        if there.contains(new.as_str()) {
                            None
                        } else {
                            Some(format!("{there}\n{new}"))
                        }
                    }
                    (note, _) => note.clone(),
                };
                let before = self.marks.all.iter().find(|mark| mark.id == *id);
                let before = before.map(|mark| mark.selector.clone());
                let placed = match (&edit.range, edit.is_back) {
                    (Some(range), _) => {
                        self.placed.entry(id.clone()).or_default().extend(before);
                        Some(place(range))
                    }
                    (None, true) => self.placed.get_mut(id).and_then(Vec::pop),
                    (None, false) => None,
                };
                let change = marks::Change {
                    note,
                    tags: edit.tags.clone(),
                    highlight: edit.highlight,
                    selector: placed,
                };
                self.marks.edit(home, now(), id, change).map(Some)
            }
            MarkChange::Remove(id) => self.marks.remove(home, now(), id).map(|()| None),
            MarkChange::Restore(id) => self.marks.restore(home, now(), id).map(Some),
        };
        match kept {
            Ok(kept) => Ok(kept.map(|mark| self.found(&mark))),
            // Trying again would not bring it back.
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.is_gone(change) => {
                Ok(None)
            }
            Err(error) => Err(not_saved(&error)),
        }
    }

    fn decide(
        &mut self,
        doubt: usize,
        same: bool,
    ) -> Result<(Vec<Bookmark>, Corrections), Message> {
        let Some(home) = &self.home else { return Err(not_saved(&no_home())) };
        if let Some(other) = self.doubtful.get(doubt) {
            let article = article(&self.interview, self.keys.clone());
            let decided = self.marks.decide(home, now(), article, other, same);
            decided.map_err(|error| not_saved(&error))?;
        }
        Ok((self.bookmarks(), self.marks.corrections(&self.keys)))
    }

    fn prefer(&mut self, preferences: &Preferences) -> Result<(), Message> {
        let Some(home) = &self.home else { return Err(not_saved(&no_home())) };
        let article = article(&self.interview, self.keys.clone());
        let kept = self.marks.prefer(home, now(), article, preferences);
        kept.map_err(|error| not_saved(&error))
    }

    fn list_all(&mut self) -> Vec<Elsewhere> {
        if let Some(home) = &self.home {
            // What cannot be read again is as it was.
            let _ = self.marks.refresh(home);
        }
        let here: HashSet<&str> =
            self.marks.of(&self.keys).into_iter().map(|mark| mark.id.as_str()).collect();
        let mut all: Vec<&Mark> = self.marks.all.iter().collect();
        let order = |mark: &Mark| {
            let article = &mark.article;
            (article.title.clone(), article.keys.hash.clone(), mark.selector.start)
        };
        all.sort_by_cached_key(|mark| order(mark));
        let articles: HashMap<&str, &DocumentKeys> =
            all.iter().map(|mark| (&*mark.article.keys.hash, &mark.article.keys)).collect();
        let files = self.home.as_ref();
        let files = files.and_then(|home| marks::files_of(home, articles.into_values()).ok());
        let mut files = files.unwrap_or_default();
        files.retain(|_, file| file.is_file());
        let listed = |mark: &&Mark| Elsewhere {
            mark: self.shown(mark, &Found::Lost, 0),
            title: Clean::line(mark.article.title.as_deref().unwrap_or_default()).into_string(),
            file: files.get(&mark.article.keys.hash).cloned(),
            is_here: here.contains(mark.id.as_str()),
        };
        all.iter().map(listed).collect()
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
        self.keep_file(home);
        marks::keep_place(home, now(), &self.keys, at).map_err(|error| not_saved(&error))
    }
}
