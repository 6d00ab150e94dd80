//! The summary pane: the article's head, its key points and its sections, as lines of cells.

use super::State;
use super::lists::Target;
use super::sections::depth;
use super::turns::OutlineItem;
use crate::interview::outline::question;
use crate::text::width::{Profile, ellipsis, fit};
use crate::typeset::{Measure, lines};
use crate::words::Message;

/// What a line of the summary is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummaryPart {
    /// The article's title.
    Title,
    /// Author, date, address, length.
    Field,
    /// A heading of the pane's own.
    Head,
    /// A key point's lead.
    Lead,
    /// A key point's text.
    Text,
    /// A section.
    Section,
    /// A question.
    Question,
    /// Nothing.
    Blank,
}

/// A line of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLine {
    /// What it is.
    pub part: SummaryPart,
    /// Its text, no wider than the pane.
    pub text: String,
    /// The cells before it.
    pub indent: u16,
    /// Which of the items that can be chosen it belongs to: the points and then the sections, or
    /// the outline where the article makes no points.
    pub item: Option<usize>,
}

impl State {
    /// As much of the summary as is shown in a pane of this size, in cells: where it is longer, the
    /// chosen item, or the one that the reader is at, stays in sight. Only what is shown, and a page
    /// before it, is set.
    pub fn summary(&self, width: u16, height: u16, chosen: Option<usize>) -> Vec<SummaryLine> {
        let height = usize::from(height);
        let last = self.summary_items();
        let shown = chosen.or_else(|| self.current_summary_item()).map_or(0, |item| item + 1);
        // The parts up to the one that is shown, from the back: part 0 is the head.
        let mut before = Vec::new();
        let mut first = shown.min(last) + 1;
        while first > 0 && before.len() <= height {
            first -= 1;
            let mut part = self.set_part(first, width);
            part.append(&mut before);
            before = part;
        }
        let mut behind = Vec::new();
        let mut next = shown + 1;
        while next <= last && behind.len() < height {
            behind.append(&mut self.set_part(next, width));
            next += 1;
        }
        let from_the_top = chosen == Some(0) || first == 0 && before.len() <= height;
        if !from_the_top {
            let ahead = behind.len().min(height / 3);
            let over = (before.len() + ahead).saturating_sub(height);
            before.drain(..over.min(before.len()));
        }
        before.append(&mut behind);
        before.truncate(height);
        before
    }

    /// How many items of the summary can be chosen.
    pub(super) fn summary_items(&self) -> usize {
        match self.interview().summary.len() {
            0 => self.outline().len(),
            points => points + self.interview().sections.len(),
        }
    }

    /// The item that the reader is at.
    pub fn current_summary_item(&self) -> Option<usize> {
        let points = self.interview().summary.len();
        if points > 0 {
            return self.current_section().map(|section| points + section);
        }
        let block = self.galley.settle(self.top).block;
        self.outline().partition_point(|&item| self.block_of(item) <= block).checked_sub(1)
    }

    /// Where an item leads.
    pub(super) fn summary_target(&self, item: usize) -> Target {
        let interview = self.interview();
        let points = interview.summary.len();
        let block = match interview.summary.get(item) {
            Some(point) => Some(point.block),
            None if points == 0 => self.outline().get(item).map(|&item| self.block_of(item)),
            None => interview.sections.get(item - points).map(|section| section.block),
        };
        block.map_or(Target::Nowhere, |block| Target::Place(self.galley.start_of(block)))
    }

    /// The lines of a part of the summary: its head, or an item, counted from 1.
    fn set_part(&self, part: usize, width: u16) -> Vec<SummaryLine> {
        let mut out = Page { lines: Vec::new(), width, profile: self.profile() };
        match part.checked_sub(1) {
            None => self.set_head(&mut out),
            Some(item) => self.set_item(&mut out, item),
        }
        out.lines
    }

    fn set_head(&self, out: &mut Page) {
        let interview = self.interview();
        let words = self.words();
        let front = &interview.front;
        out.add(SummaryPart::Title, front.title.as_deref().unwrap_or(self.name()), 0, None);
        for field in [&front.author, &front.published, &front.place].into_iter().flatten() {
            out.add(SummaryPart::Field, field, 0, None);
        }
        let length = Message::new("length")
            .with("turns", interview.turns.len() as i64)
            .with("speakers", interview.speakers.len() as i64)
            .with("minutes", i64::from(self.minutes()));
        out.add(SummaryPart::Field, &words.say(&length), 0, None);
        let asks = |item: &OutlineItem| matches!(item, OutlineItem::Question(_));
        if !interview.summary.is_empty() {
            out.head(&words.text("key-points"));
        } else if self.outline().iter().any(asks) {
            out.head(&words.text("questions"));
            out.add(SummaryPart::Field, &words.text("from-the-questions"), 0, None);
        } else if !self.outline().is_empty() {
            out.head(&words.text("sections"));
        }
    }

    fn set_item(&self, out: &mut Page, item: usize) {
        let interview = self.interview();
        let points = interview.summary.len();
        if let Some(point) = interview.summary.get(item) {
            let number = format!("{}. ", item + 1);
            let indent = number.len() as u16;
            let lead = if point.title.is_empty() { &point.text } else { &point.title };
            let part = if point.title.is_empty() { SummaryPart::Text } else { SummaryPart::Lead };
            out.hanging(part, &number, lead, indent, item);
            if !point.title.is_empty() {
                out.add(SummaryPart::Text, &point.text, indent, Some(item));
            }
            return;
        }
        if points > 0 && item == points {
            out.head(&self.words().text("sections"));
        }
        let entry = match points {
            0 => self.outline().get(item).copied(),
            _ => Some(OutlineItem::Section((item - points) as u32)),
        };
        match entry {
            Some(OutlineItem::Section(section)) => {
                let section = &interview.sections[section as usize];
                let indent = 2 + depth(interview, section) * 2;
                out.add(SummaryPart::Section, &section.title, indent, Some(item));
            }
            Some(OutlineItem::Question(turn)) => {
                // The numbers of turns stand below each other.
                let digits = interview.turns.len().to_string().len();
                let number = format!("{:>digits$} ", turn.0 + 1);
                out.question(&number, interview.prose.slice(question(interview, turn)), item);
            }
            None => {}
        }
    }
}

struct Page {
    lines: Vec<SummaryLine>,
    width: u16,
    profile: Profile,
}

impl Page {
    fn head(&mut self, text: &str) {
        self.lines.push(SummaryLine {
            part: SummaryPart::Blank,
            text: String::new(),
            indent: 0,
            item: None,
        });
        self.add(SummaryPart::Head, text, 0, None);
    }

    fn add(&mut self, part: SummaryPart, text: &str, indent: u16, item: Option<usize>) {
        let indent = indent.min(self.width / 2);
        if text.is_empty() {
            return;
        }
        let measure = Measure::new(self.width, self.profile);
        for line in lines(text, measure, indent, indent, &[]) {
            let text = text[line.text.start as usize..line.text.end as usize].to_owned();
            self.lines.push(SummaryLine { part, text, indent, item });
        }
    }

    /// A question in at most two lines, its turn's number before it.
    fn question(&mut self, number: &str, text: &str, item: usize) {
        let indent = (2 + number.len() as u16).min(self.width / 2);
        let text: String = text.chars().take(usize::from(self.width) * 3).collect();
        let text = text.replace('\n', " ");
        let measure = Measure::new(self.width, self.profile);
        let set = lines(&text, measure, indent, indent, &[]);
        let room = self.width.saturating_sub(indent);
        let part = SummaryPart::Question;
        for (at, line) in set.iter().take(2).enumerate() {
            let all = text[line.text.start as usize..].trim_end();
            let (text, indent) = match at {
                0 => {
                    let first = &text[line.text.start as usize..line.text.end as usize];
                    (format!("{number}{first}"), indent.saturating_sub(number.len() as u16))
                }
                _ => (fit(all, room, self.profile, ellipsis(self.profile)).into_owned(), indent),
            };
            self.lines.push(SummaryLine { part, text, indent, item: Some(item) });
        }
    }

    fn hanging(&mut self, part: SummaryPart, lead: &str, text: &str, indent: u16, item: usize) {
        let first = self.lines.len();
        self.add(part, text, indent, Some(item));
        if let Some(line) = self.lines.get_mut(first) {
            line.text.insert_str(0, lead);
            line.indent = line.indent.saturating_sub(indent);
        }
    }
}
