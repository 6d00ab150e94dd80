//! An article as one immutable, clean string with sorted tables of ranges over it.
//!
//! Every room after `format` works on this: offsets are bytes (`u32`) into [`Prose::text`], and
//! there is no tree, so depth cannot overflow a stack. The blocks tile the text in order; a block
//! ends in at most one `\n`, which is not part of its [`content`](Prose::content).

mod build;
mod steps;
mod tint;

pub use build::{Builder, LONGEST, OBJECT, Place};

use std::ops::Range;

use bitflags::bitflags;
use steps::Steps;

/// The number of a block, in text order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

impl BlockId {
    /// The block's place in [`Prose::blocks`].
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The block behind this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// A time in the recording, in milliseconds from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub u64);

impl Millis {
    /// As a clock shows it: `2:05`, `1:02:03`.
    pub fn clock(self) -> String {
        let seconds = self.0 / 1000;
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        match hours {
            0 => format!("{minutes}:{seconds:02}"),
            _ => format!("{hours}:{minutes:02}:{seconds:02}"),
        }
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Running text; a `\n` in it is a hard break.
    Paragraph,
    /// Preformatted text, one source line to a line.
    Code,
    /// An image, by its place in [`Prose::images`]; its text is its alternative text, or U+FFFC.
    Image(u32),
    /// A thematic break; its text is U+FFFC.
    Rule,
}

/// What stands before the first line of a list item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marker {
    /// Nothing: no list item, or a later block of one.
    #[default]
    None,
    /// A bullet.
    Bullet,
    /// A number.
    Number(u32),
}

/// A block: a paragraph, a heading, an image … with the containers it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the text, the closing `\n` included.
    pub span: Range<u32>,
    /// Whether its last byte is a `\n`, as it is unless the block was cut there. Kept here because
    /// in a long text each look at a block's last byte is one at far memory.
    pub closed: bool,
    /// The 1-based source line it begins on.
    pub line: u32,
    /// How many block quotes it stands in.
    pub quote: u8,
    /// How many lists it stands in.
    pub depth: u8,
    /// The list marker before it.
    pub marker: Marker,
    /// The time it was said at.
    pub time: Option<Millis>,
}

bitflags! {
    /// How a stretch of text is emphasised.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Style: u8 {
        /// Strong emphasis (bold).
        const STRONG = 1;
        /// Emphasis (italic).
        const EMPHASIS = 2;
        /// Code.
        const CODE = 4;
        /// Struck out.
        const STRUCK = 8;
        /// Underlined, or in a colour. While an article is built: where little of it is, it is
        /// strong, else it is plain.
        const TINTED = 16;
    }
}

impl Style {
    /// No emphasis.
    pub const PLAIN: Self = Self::empty();
}

/// A stretch of text that is not plain: emphasised, or a link, or both. Runs are sorted, do not
/// overlap and do not cross a block's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its bytes in the text.
    pub span: Range<u32>,
    /// Its emphasis.
    pub style: Style,
    /// Its place in [`Prose::links`].
    pub link: Option<u32>,
}

/// A link: its text is in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its text's bytes.
    pub span: Range<u32>,
    /// Where it leads; cleaned, any scheme.
    pub url: String,
}

/// An image; it has a block of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The block that stands for it.
    pub block: BlockId,
    /// Its alternative text, cleaned; may be empty.
    pub alt: String,
    /// Where it is; cleaned, any scheme.
    pub url: String,
}

/// The text of an article with its tables. Made by a [`Builder`], immutable but for
/// [`split`](Prose::split).
#[derive(Clone, Debug, Default)]
pub struct Prose {
    text: String,
    blocks: Vec<Block>,
    runs: Vec<Run>,
    links: Vec<Link>,
    images: Vec<Image>,
    breaks: Vec<u32>,
    steps: Tables,
}

/// The steps of each table that is looked up by place.
#[derive(Clone, Debug, Default)]
struct Tables {
    blocks: Steps,
    runs: Steps,
    breaks: Steps,
}

impl Prose {
    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its length in bytes.
    pub fn len(&self) -> u32 {
        self.text.len() as u32
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// All blocks, in text order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// All runs, in text order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// All links, in text order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// All images, in text order.
    pub fn images(&self) -> &[Image] {
        &self.images
    }

    /// Where a source line began within a paragraph: offsets in text order.
    pub fn breaks(&self) -> &[u32] {
        &self.breaks
    }

    /// One block.
    ///
    /// # Panics
    /// If the article has no such block.
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The bytes of a block without the `\n` that ends it.
    pub fn content(&self, id: BlockId) -> Range<u32> {
        let block = self.block(id);
        block.span.start..block.span.end - u32::from(block.closed)
    }

    /// The bytes of blocks that follow each other.
    ///
    /// # Panics
    /// If the article has no such blocks.
    pub fn span_of(&self, blocks: Range<usize>) -> Range<u32> {
        match &self.blocks[blocks] {
            [] => 0..0,
            [only] => only.span.clone(),
            [first, .., last] => first.span.start..last.span.end,
        }
    }

    /// The text in a range of bytes.
    pub fn slice(&self, range: Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    /// The block that holds a byte; the last one for the end of the text. `None` when empty.
    pub fn block_at(&self, offset: u32) -> Option<BlockId> {
        let after = self
            .steps
            .blocks
            .before(&self.blocks, offset.saturating_add(1), |block| block.span.start);
        (after > 0).then(|| BlockId(after as u32 - 1))
    }

    /// The runs that touch a range.
    pub fn runs_in(&self, range: Range<u32>) -> &[Run] {
        let from =
            self.steps.runs.before(&self.runs, range.start.saturating_add(1), |run| run.span.end);
        let touching = |run: &Run| run.span.start < range.end;
        &self.runs[from..from + count(&self.runs[from..], touching)]
    }

    /// The source line breaks inside a range.
    pub fn breaks_in(&self, range: Range<u32>) -> &[u32] {
        let from = self.steps.breaks.before(&self.breaks, range.start, |&at| at);
        &self.breaks[from..from + count(&self.breaks[from..], |&at| at < range.end)]
    }

    /// Cuts blocks so that one begins at each of `cuts` (sorted offsets on character boundaries;
    /// those that already begin a block, or lie outside the text, change nothing). The later part
    /// keeps kind and containers and loses marker and time. Run this before taking block numbers.
    pub fn split(&mut self, cuts: &[u32]) {
        // Most cuts begin a block already: without others all tables stay as they are.
        let cuts = &self.cuts_within(cuts)[..];
        let (Some(&first), Some(&last)) = (cuts.first(), cuts.last()) else { return };
        for image in &mut self.images {
            let begin = self.blocks[image.block.index()].span.start;
            image.block.0 += cuts.partition_point(|&at| at < begin) as u32;
        }
        let from = self.blocks.partition_point(|block| block.span.end <= first);
        let to = self.blocks.partition_point(|block| block.span.start < last);
        let mut blocks = Vec::with_capacity(to - from + cuts.len());
        let mut open = cuts.iter().copied().peekable();
        for block in &self.blocks[from..to] {
            let mut block = block.clone();
            while let Some(at) = open.next_if(|&at| at < block.span.end) {
                let lines = self.breaks_in(block.span.start..at + 1).len() as u32;
                let rest = Block {
                    span: at..block.span.end,
                    line: block.line + lines,
                    marker: Marker::None,
                    time: None,
                    ..block.clone()
                };
                block.span.end = at;
                block.closed = self.text.as_bytes().get(at as usize - 1) == Some(&b'\n');
                blocks.push(std::mem::replace(&mut block, rest));
            }
            blocks.push(block);
        }
        self.blocks.splice(from..to, blocks);
        let from = self.runs.partition_point(|run| run.span.end <= first);
        let to = self.runs.partition_point(|run| run.span.start < last);
        let mut runs = Vec::with_capacity(to - from);
        let mut at = 0;
        for run in &self.runs[from..to] {
            let mut run = run.clone();
            at += cuts[at..].iter().take_while(|&&cut| cut <= run.span.start).count();
            while let Some(&cut) = cuts.get(at).filter(|&&cut| cut < run.span.end) {
                let rest = Run { span: cut..run.span.end, ..run.clone() };
                run.span.end = cut;
                runs.push(std::mem::replace(&mut run, rest));
                at += 1;
            }
            runs.push(run);
        }
        self.runs.splice(from..to, runs);
        self.index();
    }

    /// Makes the steps of the tables as they are now.
    fn index(&mut self) {
        let length = self.text.len();
        self.steps = Tables {
            blocks: Steps::new(self.blocks.iter().map(|block| block.span.start), length),
            runs: Steps::new(self.runs.iter().map(|run| run.span.end), length),
            breaks: Steps::new(self.breaks.iter().copied(), length),
        };
    }

    /// Those of sorted offsets that lie inside of a block that can be cut, each once.
    fn cuts_within(&self, cuts: &[u32]) -> Vec<u32> {
        let mut blocks = self.blocks.iter().peekable();
        let mut within = |at: &u32| {
            while blocks.next_if(|block| block.span.end <= *at).is_some() {}
            blocks.peek().is_some_and(|block| {
                block.span.start < *at && !matches!(block.kind, Kind::Image(_) | Kind::Rule)
            })
        };
        let mut cuts: Vec<u32> = cuts.iter().copied().filter(|at| within(at)).collect();
        cuts.dedup();
        cuts
    }
}

/// How many entries at the beginning of a sorted table fit; a few, most often.
fn count<T>(table: &[T], fits: impl Fn(&T) -> bool) -> usize {
    let near = table.len().min(8);
    match table[..near].iter().position(|entry| !fits(entry)) {
        Some(count) => count,
        None => near + table[near..].partition_point(fits),
    }
}

#[cfg(test)]
mod tests {
    use super::Millis;

    #[test]
    fn clocks() {
        for (millis, want) in [(0, "0:00"), (125_999, "2:05"), (3_723_000, "1:02:03")] {
            assert_eq!(Millis(millis).clock(), want);
        }
    }
}
