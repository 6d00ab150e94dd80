//! The summary pane: the article's head, its key points and its sections, as lines of cells.

use super::State;
use super::lists::Target;
use super::sections::depth;
use super::turns::OutlineItem;
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

/// The lines at one width.
#[derive(Debug)]
pub struct Cached {
    width: u16,
    lines: std::rc::Rc<[SummaryLine]>,
}

impl State {
    /// The summary in lines of at most `width` cells.
    pub fn summary_lines(&self, width: u16) -> std::rc::Rc<[SummaryLine]> {
        let mut kept = self.summary.borrow_mut();
        if let Some(cached) = kept.iter().find(|cached| cached.width == width) {
            return std::rc::Rc::clone(&cached.lines);
        }
        // The pane and the list over it.
        if kept.len() > 1 {
            kept.remove(0);
        }
        let lines: std::rc::Rc<[SummaryLine]> = self.set_summary(width).into();
        kept.push(Cached { width, lines: std::rc::Rc::clone(&lines) });
        lines
    }

    /// The first line to show of a summary that is longer than the pane: the current section, or
    /// the chosen item, stays in sight.
    pub fn summary_scroll(&self, lines: &[SummaryLine], height: u16, item: Option<usize>) -> usize {
        if item == Some(0) {
            return 0;
        }
        let shown = item.or_else(|| self.current_summary_item());
        let height = usize::from(height);
        let Some(last) = lines.iter().rposition(|line| line.item.is_some() && line.item == shown)
        else {
            return 0;
        };
        if last < height || lines.len() <= height {
            return 0;
        }
        (last + 1 + height / 3).min(lines.len()) - height
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

    fn set_summary(&self, width: u16) -> Vec<SummaryLine> {
        let interview = self.interview();
        let words = self.words();
        let mut out = Page { lines: Vec::new(), width, profile: self.profile() };
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
        if !interview.summary.is_empty() {
            out.head(&words.text("key-points"));
        }
        for (item, point) in interview.summary.iter().enumerate() {
            let number = format!("{}. ", item + 1);
            let indent = number.len() as u16;
            let lead = if point.title.is_empty() { &point.text } else { &point.title };
            let part = if point.title.is_empty() { SummaryPart::Text } else { SummaryPart::Lead };
            out.hanging(part, &number, lead, indent, item);
            if !point.title.is_empty() {
                out.add(SummaryPart::Text, &point.text, indent, Some(item));
            }
        }
        let sections = (0..interview.sections.len() as u32).map(OutlineItem::Section);
        let items: Vec<OutlineItem> = match interview.summary.len() {
            0 => self.outline().to_vec(),
            _ => sections.collect(),
        };
        let asked = items.iter().any(|item| matches!(item, OutlineItem::Question(_)));
        if asked {
            out.head(&words.text("questions"));
            out.add(SummaryPart::Field, &words.text("from-the-questions"), 0, None);
        } else if !items.is_empty() {
            out.head(&words.text("sections"));
        }
        // The numbers of turns stand below each other.
        let digits = interview.turns.len().to_string().len();
        for (at, item) in items.into_iter().enumerate() {
            let item_number = interview.summary.len() + at;
            match item {
                OutlineItem::Section(section) => {
                    let section = &interview.sections[section as usize];
                    let indent = 2 + depth(interview, section) * 2;
                    out.add(SummaryPart::Section, &section.title, indent, Some(item_number));
                }
                OutlineItem::Question(question) => {
                    let question = &self.index.questions[question as usize];
                    let number = format!("{:>digits$} ", question.turn.0 + 1);
                    let text = interview.prose.slice(question.range.clone());
                    out.question(&number, text, item_number);
                }
            }
        }
        out.lines
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
