//! Notes: what is written on a passage, with `#` tags in it.

use std::ops::Range;

use super::State;
use super::event::{Effect, MarkEdit};
use super::panes::{Area, overlay};
use super::prompt::PromptKind;
use super::selection::Selection;
use crate::marks::Highlight;
use crate::text::fold::fold_char;
use crate::text::width::width;
use crate::typeset::{Measure, lines};
use crate::words::Message;

/// What a note is written on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteOn {
    /// On a passage that is not bookmarked yet.
    Passage(Range<u32>),
    /// On the bookmark with this id.
    Bookmark(String),
}

impl State {
    /// Writes the note of the bookmark or sentence at the top of the page.
    pub(super) fn note_at_top(&mut self) -> Option<Message> {
        if let Some(id) = self.bookmark_at_top() {
            self.open_note(NoteOn::Bookmark(id));
            return None;
        }
        match self.sentence_at_top() {
            Some(range) => {
                self.note_on_passage(range);
                None
            }
            None => Some(Message::new("no-sentence")),
        }
    }

    /// Writes a note on the chosen passage.
    pub(super) fn note_selection(&mut self, selection: &Selection) -> Option<Message> {
        self.note_on_passage(selection.range());
        None
    }

    fn note_on_passage(&mut self, range: Range<u32>) {
        let on = match self.bookmarks.of(&range) {
            Some(mark) => NoteOn::Bookmark(mark.id.clone()),
            None => NoteOn::Passage(range),
        };
        self.open_note(on);
    }

    /// Opens the note on something, the cursor at its end.
    pub(super) fn open_note(&mut self, on: NoteOn) {
        let text = match &on {
            NoteOn::Passage(_) => String::new(),
            NoteOn::Bookmark(id) => self
                .bookmarks
                .get(id)
                .map(|mark| written(&mark.note, &mark.tags))
                .unwrap_or_default(),
        };
        self.note_on = Some(on);
        self.open_prompt(PromptKind::Note);
        self.set_prompt(&text);
    }

    /// Keeps the note as it was written.
    pub(super) fn accept_note(&mut self, text: &str, now: u64) -> (Vec<Effect>, Option<Message>) {
        let Written { note, tags } = read(text);
        // It may have been bookmarked since the note was begun.
        let on = match self.note_on.take() {
            Some(NoteOn::Passage(range)) => Some(match self.bookmarks.of(&range) {
                Some(mark) => NoteOn::Bookmark(mark.id.clone()),
                None => NoteOn::Passage(range),
            }),
            on => on,
        };
        match on {
            Some(NoteOn::Passage(range)) if self.bookmarks.is_asked(&range) => {
                // Its bookmark has no id yet; what was typed waits for it.
                self.open_note(NoteOn::Passage(range));
                self.set_prompt(text);
                (Vec::new(), Some(Message::new("still-saving")))
            }
            Some(NoteOn::Passage(range)) => {
                self.selection = None;
                (self.add_bookmark(range, note, tags, Highlight::First, now), None)
            }
            Some(NoteOn::Bookmark(id)) => {
                self.selection = None;
                let Some(mark) = self.bookmarks.get(&id) else {
                    return (Vec::new(), Some(Message::new("bookmark-gone")));
                };
                if text == written(&mark.note, &mark.tags) {
                    return (Vec::new(), None);
                }
                let kept = mark.tags.iter().filter(|tag| !is_tag(tag)).cloned();
                let tags = tags.into_iter().chain(kept).collect();
                let edit = MarkEdit { note: Some(note), tags: Some(tags), ..MarkEdit::default() };
                (self.edit_bookmark(&id, edit), None)
            }
            None => (Vec::new(), None),
        }
    }

    /// The passage that a note is written on, for the line above it.
    pub fn note_quote(&self) -> String {
        let range = match &self.note_on {
            Some(NoteOn::Passage(range)) => Some(range.clone()),
            Some(NoteOn::Bookmark(id)) => {
                let Some(mark) = self.bookmarks.get(id) else { return String::new() };
                match &mark.range {
                    Some(range) => Some(range.clone()),
                    None => return mark.quote.clone(),
                }
            }
            None => None,
        };
        let prose = &self.interview().prose;
        range.map_or(String::new(), |range| {
            prose.slice(range).chars().take(400).map(|c| if c == '\n' { ' ' } else { c }).collect()
        })
    }

    /// Where the note is written: a border, the quote, the note, the hints.
    pub fn note_area(&self) -> Area {
        let columns = overlay(self.size, 64, 3).width.saturating_sub(4);
        let text = self.prompt.as_ref().map_or("", |prompt| &prompt.text);
        let rows = self.note_rows(text, columns).len() as u16;
        overlay(self.size, 64, rows.max(3).saturating_add(4))
    }

    /// The rows of a note in so many columns, as bytes of its text.
    pub fn note_rows(&self, text: &str, columns: u16) -> Vec<Range<usize>> {
        let measure = Measure::new(columns.max(2), self.profile());
        let rows = lines(text, measure, 0, 0, &[]).into_iter();
        rows.map(|line| line.text.start as usize..line.text.end as usize).collect()
    }

    /// The row and column of a place in a note that is set in these rows.
    pub fn note_cell(&self, text: &str, rows: &[Range<usize>], at: usize) -> (usize, u16) {
        let row = rows.partition_point(|row| row.start <= at).saturating_sub(1);
        let start = rows.get(row).map_or(0, |row| row.start);
        (row, width(&text[start..at.max(start)], self.profile()))
    }

    /// Moves the cursor of a note by a row.
    pub(super) fn move_in_note(&mut self, by: isize) {
        let columns = self.note_area().width.saturating_sub(4);
        let Some(prompt) = &self.prompt else { return };
        let rows = self.note_rows(&prompt.text, columns);
        let (row, column) = self.note_cell(&prompt.text, &rows, prompt.cursor);
        let Some(to) = row.checked_add_signed(by).and_then(|row| rows.get(row)) else { return };
        let mut cursor = to.start;
        for (at, cluster, cells) in
            crate::text::width::clusters(&prompt.text[to.clone()], self.profile())
        {
            if width(&prompt.text[to.start..to.start + at], self.profile()) + cells > column {
                break;
            }
            cursor = to.start + at + cluster.len();
        }
        if let Some(prompt) = &mut self.prompt {
            prompt.cursor = cursor;
        }
    }

    /// The tags that complete what stands before the cursor of a note: where the tag begins, and
    /// the tags, those in this article first.
    pub fn completions(&self) -> Option<(usize, Vec<String>)> {
        let prompt = self.prompt.as_ref().filter(|prompt| prompt.kind == PromptKind::Note)?;
        let (start, typed) = match &prompt.completing {
            Some((start, typed, _)) => (*start, typed.clone()),
            None => {
                let before = &prompt.text[..prompt.cursor];
                let start = tag_before(before)?;
                (start, before[start..].to_owned())
            }
        };
        let typed: String = typed.chars().map(fold_char).collect();
        let here = self.bookmarks().iter().flat_map(|mark| &mark.tags);
        let mut found: Vec<String> = Vec::new();
        for tag in here.chain(&self.tags) {
            let folded: String = tag.chars().map(fold_char).collect();
            if folded.starts_with(&typed) && !found.contains(tag) {
                found.push(tag.clone());
            }
        }
        Some((start, found))
    }

    /// Puts the next tag that fits at the cursor.
    pub(super) fn complete_tag(&mut self) {
        let Some((start, tags)) = self.completions() else { return };
        let Some(prompt) = &mut self.prompt else { return };
        let nth = prompt.completing.as_ref().map_or(0, |(.., nth)| nth + 1);
        let Some(tag) = tags.get(nth % tags.len().max(1)) else { return };
        let typed = match prompt.completing.take() {
            Some((_, typed, _)) => typed,
            None => prompt.text[start..prompt.cursor].to_owned(),
        };
        prompt.text.replace_range(start..prompt.cursor, tag);
        prompt.cursor = start + tag.len();
        prompt.completing = Some((start, typed, nth));
    }
}

/// A note and its tags, as one reads them in what is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Written {
    note: String,
    tags: Vec<String>,
}

/// Takes a text apart: `#` words are tags; a line of nothing but tags is no part of the note.
fn read(text: &str) -> Written {
    let mut written = Written::default();
    let mut lines = Vec::new();
    for line in text.lines() {
        let tags = tags(line);
        let bare = line.chars().filter(|c| !c.is_whitespace() && *c != '#' && *c != '＃').count()
            == tags.iter().map(|tag| tag.chars().count()).sum::<usize>();
        if tags.is_empty() || !bare {
            lines.push(line.trim_end());
        }
        for tag in tags {
            if !written.tags.iter().any(|known| known == tag) {
                written.tags.push(tag.to_owned());
            }
        }
    }
    written.note = lines.join("\n").trim().to_owned();
    written
}

/// A note with those of its tags behind it that do not stand in it.
pub(super) fn written(note: &str, all: &[String]) -> String {
    let inside = tags(note);
    let behind: Vec<String> = all
        .iter()
        .filter(|tag| is_tag(tag) && !inside.contains(&tag.as_str()))
        .map(|tag| format!("#{tag}"))
        .collect();
    match (note.is_empty(), behind.is_empty()) {
        (_, true) => note.to_owned(),
        (true, false) => behind.join(" "),
        (false, false) => format!("{note}\n{}", behind.join(" ")),
    }
}

/// The tags in a text, without `#`.
fn tags(text: &str) -> Vec<&str> {
    text.match_indices(['#', '＃'])
        .filter(|&(at, _)| opens(&text[..at]))
        .filter_map(|(at, sign)| {
            let rest = &text[at + sign.len()..];
            let tag = &rest[..rest.find(|c: char| !is_of_tag(c)).unwrap_or(rest.len())];
            tag.chars().any(|c| !c.is_numeric()).then_some(tag)
        })
        .collect()
}

/// Whether a tag can be written behind `#`; those of other programs may have blanks and signs.
fn is_tag(tag: &str) -> bool {
    tag.chars().all(is_of_tag) && tag.chars().any(|c| !c.is_numeric())
}

/// Whether a tag may begin behind a text: not in `C#`. Chinese needs no blank there.
fn opens(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '&')
}

fn is_of_tag(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '·' | '\u{300}'..='\u{36F}')
}

/// Where the tag begins that is being written at the end of `text`, behind its `#`.
fn tag_before(text: &str) -> Option<usize> {
    let from = text.rfind(['#', '＃'])?;
    let start = from + text[from..].chars().next().map_or(1, char::len_utf8);
    (opens(&text[..from]) && text[start..].chars().all(is_of_tag)).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_and_its_tags() {
        for (text, note, tags) in [
            ("很重要", "很重要", vec![]),
            ("很重要 #能源，再看", "很重要 #能源，再看", vec!["能源"]),
            ("第一行\n\n第二行\n#能源 #policy", "第一行\n\n第二行", vec!["能源", "policy"]),
            ("#a #b\n文", "文", vec!["a", "b"]),
            ("see C# and #1", "see C# and #1", vec![]),
            ("＃标签", "", vec!["标签"]),
            ("很好#能源#政策", "很好#能源#政策", vec!["能源", "政策"]),
            ("#能源#政策", "", vec!["能源", "政策"]),
        ] {
            let written = read(text);
            assert_eq!(
                (&*written.note, written.tags),
                (note, tags.iter().map(|t: &&str| (*t).to_owned()).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_was_written_is_read_the_same() {
        for (note, tags) in [
            ("文\n二", vec!["a"]),
            ("", vec!["a", "b"]),
            ("x #a y", vec!["a", "c"]),
            ("文", vec![]),
        ] {
            let tags: Vec<String> = tags.into_iter().map(str::to_owned).collect();
            let again = read(&written(note, &tags));
            assert_eq!((again.note.as_str(), again.tags), (note, tags));
        }
    }

    #[test]
    fn the_tag_being_written() {
        for (text, want) in
            [("文 #能", Some(5)), ("#", Some(1)), ("文 #能 ", None), ("C#", None), ("", None)]
        {
            assert_eq!(tag_before(text), want, "{text}");
        }
    }
}
