//! Builds a [`Prose`]: cleans, joins source lines, tiles blocks.

use std::ops::Range;

use super::tint::settle;
use super::{Block, BlockId, Image, Kind, Link, Marker, Millis, Prose, Run, Style};
use crate::text::clean::{Clean, clean};
use crate::text::join::join;

/// The most bytes a block of running text may have; longer ones are cut behind a sentence.
pub const LONGEST: usize = 16 * 1024;

/// The character that stands for a block without text of its own.
pub const OBJECT: char = '\u{FFFC}';

/// The containers a block stands in, and what is known of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
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

/// Takes an article piece by piece, in text order, from whatever parser reads it. All text may be
/// hostile: it is cleaned here, once, on its way into the model.
#[derive(Debug, Default)]
pub struct Builder {
    prose: Prose,
    open: Option<(Kind, Place, usize)>,
    /// A source line end whose replacement waits for the next character.
    soft: bool,
    link: Option<(String, usize)>,
}

impl Builder {
    /// An empty article.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a block, and ends the one before. Images and rules have methods of their own.
    pub fn open(&mut self, kind: Kind, place: Place) {
        self.close();
        self.open = Some((kind, place, self.prose.text.len()));
    }

    /// The bytes of the text so far: where the next block begins.
    pub fn len(&self) -> u32 {
        self.prose.len()
    }

    /// Whether there is no text yet.
    pub fn is_empty(&self) -> bool {
        self.prose.is_empty()
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Adds text to the open block; opens a paragraph where there is none.
    pub fn text(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        if self.open.is_none() {
            self.open(Kind::Paragraph, Place::default());
        }
        let text = clean(text);
        let mut text: &str = &text;
        let begin = self.open.as_ref().map_or(0, |open| open.2);
        let code = matches!(self.open, Some((Kind::Code, ..)));
        let mut joined = None;
        if !code {
            if self.soft || self.prose.text.len() == begin || self.prose.text.ends_with('\n') {
                text = text.trim_start_matches([' ', '\n']);
            }
            let Some(after) = text.chars().next() else { return };
            if std::mem::take(&mut self.soft) && self.prose.text.len() > begin {
                let kept = self.prose.text.trim_end_matches(' ').len().max(begin);
                self.prose.text.truncate(kept);
                self.clip_runs();
                if let Some(before) = self.prose.text[begin..].chars().next_back()
                    && before != '\n'
                {
                    joined = Some(self.prose.text.len());
                    self.prose.text.push_str(join(before, after));
                }
                self.prose.breaks.push(self.prose.text.len() as u32);
            }
        }
        // What is emphasised on both lines is so between them.
        let last = self.prose.runs.last();
        let joined = joined.filter(|&at| {
            self.link.is_none()
                && last.is_some_and(|run| run.span.end as usize == at && run.style == style)
        });
        let start = joined.unwrap_or(self.prose.text.len());
        self.prose.text.push_str(text);
        if style != Style::PLAIN || self.link.is_some() {
            self.run(start, style);
        }
    }

    /// Ends a source line inside the open block.
    pub fn soft_break(&mut self) {
        self.soft = true;
    }

    /// Ends a line of the open block for good.
    pub fn hard_break(&mut self) {
        let Some(&(_, _, begin)) = self.open.as_ref() else { return };
        self.soft = false;
        self.trim(begin);
        if self.prose.text.len() > begin {
            self.prose.text.push('\n');
            self.prose.breaks.push(self.prose.text.len() as u32);
        }
    }

    /// What follows, until [`link_end`](Self::link_end), leads to `url`.
    pub fn link_start(&mut self, url: &str) {
        self.link_end();
        self.link = Some((Clean::line(url).into_string(), self.prose.text.len()));
    }

    /// Ends the link.
    pub fn link_end(&mut self) {
        let Some((url, start)) = self.link.take() else { return };
        let end = self.prose.text.len();
        let id = self.prose.links.len() as u32;
        let mut start = self.prose.text.floor_char_boundary(start.min(end));
        while self.prose.text[start..end].starts_with([' ', '\n']) {
            start += 1;
        }
        if start == end {
            return;
        }
        let runs = self.prose.runs.iter_mut().rev();
        for run in runs.take_while(|run| run.span.end as usize > start) {
            run.link = Some(id);
        }
        self.prose.links.push(Link { span: start as u32..end as u32, url });
    }

    /// Adds an image as a block of its own; inside an open block, the rest of that one follows as
    /// another.
    pub fn image(&mut self, alt: &str, url: &str, place: Place) {
        let rest = self.open.map(|(kind, place, _)| (kind, place));
        self.close();
        let alt = Clean::line(alt).into_string();
        let id = self.prose.images.len() as u32;
        let block = BlockId(self.prose.blocks.len() as u32);
        let shown = if alt.is_empty() { OBJECT.to_string() } else { alt.clone() };
        self.whole(Kind::Image(id), place, &shown);
        self.prose.images.push(Image { block, alt, url: Clean::line(url).into_string() });
        if let Some((kind, place)) = rest {
            self.open(kind, Place { marker: Marker::None, ..place });
        }
        if let Some((_, start)) = &mut self.link {
            *start = self.prose.text.len();
        }
    }

    /// Adds a thematic break.
    pub fn rule(&mut self, place: Place) {
        self.close();
        self.whole(Kind::Rule, place, OBJECT.encode_utf8(&mut [0; 4]));
    }

    /// Ends the open block; one without text leaves nothing.
    pub fn close(&mut self) {
        let Some((kind, place, begin)) = self.open.take() else { return };
        let url = self.link.take();
        self.soft = false;
        self.trim(begin);
        if let Some((url, start)) = url {
            self.link = Some((url.clone(), start.min(self.prose.text.len())));
            self.link_end();
            self.link = Some((url, self.prose.text.len()));
        }
        if self.prose.text.len() > begin {
            self.push(kind, place, begin);
        }
        if let Some((_, start)) = &mut self.link {
            *start = self.prose.text.len();
        }
    }

    /// Adds all that others have taken, in order, behind what this one has.
    pub fn append_all(&mut self, all: Vec<Self>) {
        // As much room as they need: doubled, a long article has room for two.
        let sum = |of: fn(&Prose) -> usize| all.iter().map(|more| of(&more.prose)).sum();
        self.prose.text.reserve_exact(sum(|prose| prose.text.len()));
        self.prose.blocks.reserve_exact(sum(|prose| prose.blocks.len()));
        self.prose.runs.reserve_exact(sum(|prose| prose.runs.len()));
        all.into_iter().for_each(|more| self.append(more));
    }

    /// Adds all that another has taken, behind what this one has.
    pub fn append(&mut self, mut more: Self) {
        self.close();
        more.close();
        let (ours, more) = (&mut self.prose, more.prose);
        let (text, links, images) =
            (ours.text.len() as u32, ours.links.len() as u32, ours.images.len() as u32);
        let blocks = ours.blocks.len() as u32;
        let moved = |span: Range<u32>| span.start + text..span.end + text;
        ours.text.push_str(&more.text);
        ours.blocks.extend(more.blocks.into_iter().map(|block| Block {
            kind: match block.kind {
                Kind::Image(id) => Kind::Image(id + images),
                kind => kind,
            },
            span: moved(block.span),
            ..block
        }));
        ours.runs.extend(more.runs.into_iter().map(|run| Run {
            span: moved(run.span),
            link: run.link.map(|link| link + links),
            ..run
        }));
        let link = |link: Link| Link { span: moved(link.span), ..link };
        ours.links.extend(more.links.into_iter().map(link));
        let image = |image: Image| Image { block: BlockId(image.block.0 + blocks), ..image };
        ours.images.extend(more.images.into_iter().map(image));
        ours.breaks.extend(more.breaks.into_iter().map(|at| at + text));
    }

    /// The article.
    pub fn finish(mut self) -> Prose {
        self.close();
        let mut prose = self.prose;
        settle(&mut prose);
        let mut cuts = Vec::new();
        for block in prose.blocks.iter().filter(|block| block.span.len() > LONGEST) {
            let (start, end) = (block.span.start as usize, block.span.end as usize);
            cuts.extend(cut(&prose.text[start..end]).iter().map(|at| (start + at) as u32));
        }
        prose.index();
        prose.split(&cuts);
        prose.text.shrink_to_fit();
        prose
    }

    fn whole(&mut self, kind: Kind, place: Place, text: &str) {
        let begin = self.prose.text.len();
        self.prose.text.push_str(text);
        self.push(kind, place, begin);
    }

    fn push(&mut self, kind: Kind, place: Place, begin: usize) {
        self.prose.text.push('\n');
        let Place { line, quote, depth, marker, time } = place;
        let span = begin as u32..self.prose.text.len() as u32;
        self.prose.blocks.push(Block {
            kind,
            span,
            closed: true,
            line,
            quote,
            depth,
            marker,
            time,
        });
    }

    /// Takes white space off the end of the open block.
    fn trim(&mut self, begin: usize) {
        let kept = begin + self.prose.text[begin..].trim_end_matches([' ', '\n']).len();
        self.prose.text.truncate(kept);
        // A link that has begun behind what is gone begins here.
        if let Some((_, start)) = &mut self.link {
            *start = (*start).min(kept);
        }
        self.clip_runs();
        while self.prose.breaks.last().is_some_and(|&at| at as usize >= kept.max(begin + 1)) {
            self.prose.breaks.pop();
        }
    }

    fn clip_runs(&mut self) {
        let end = self.prose.text.len() as u32;
        while self.prose.runs.last().is_some_and(|run| run.span.start >= end) {
            self.prose.runs.pop();
        }
        if let Some(run) = self.prose.runs.last_mut() {
            run.span.end = run.span.end.min(end);
        }
        // Links end with blanks, too.
        while self.prose.links.last().is_some_and(|link| link.span.start >= end) {
            self.prose.links.pop();
        }
        if let Some(link) = self.prose.links.last_mut() {
            link.span.end = link.span.end.min(end);
        }
    }

    fn run(&mut self, start: usize, style: Style) {
        let span = start as u32..self.prose.text.len() as u32;
        let begin = self.open.as_ref().map_or(0, |open| open.2 as u32);
        if let Some(last) = self.prose.runs.last_mut()
            && last.span.end == span.start
            && last.span.start >= begin
            && last.style == style
            && last.link.is_none()
            && self.link.as_ref().is_none_or(|(_, from)| last.span.start as usize >= *from)
        {
            last.span.end = span.end;
        } else {
            self.prose.runs.push(Run { span, style, link: None });
        }
    }
}

/// Where to cut text that is longer than a block may be: behind a sentence, else a space, else a
/// character.
fn cut(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut from = 0;
    while text.len() - from > LONGEST {
        let mut end = from + LONGEST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let window = &text[from..end];
        let sentence = window
            .char_indices()
            .rev()
            .take(LONGEST / 4)
            .find(|(_, c)| matches!(c, '。' | '！' | '？' | '\n'))
            .map(|(at, c)| at + c.len_utf8());
        let at = sentence.or_else(|| window.rfind(' ').map(|at| at + 1)).unwrap_or(window.len());
        from += at.max(1);
        cuts.push(from);
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiled(prose: &Prose) {
        let mut at = 0;
        for block in prose.blocks() {
            assert_eq!(block.span.start, at);
            assert!(block.span.end > at);
            assert_eq!(block.closed, prose.slice(block.span.clone()).ends_with('\n'));
            at = block.span.end;
        }
        assert_eq!(at, prose.len());
        for pair in prose.runs().windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "{:?}", prose.runs());
        }
    }

    #[test]
    fn source_lines_join() {
        let mut b = Builder::new();
        b.open(Kind::Paragraph, Place::default());
        b.text("圆桌会议 ", Style::STRONG);
        b.soft_break();
        b.text(" ，公开", Style::PLAIN);
        b.soft_break();
        b.text("Dario", Style::PLAIN);
        b.soft_break();
        b.text("Amodei  ", Style::EMPHASIS);
        let prose = b.finish();
        assert_eq!(prose.text(), "圆桌会议，公开 Dario Amodei\n");
        assert_eq!(prose.slice(prose.runs()[0].span.clone()), "圆桌会议");
        assert_eq!(prose.slice(prose.runs()[1].span.clone()), "Amodei");
        tiled(&prose);
    }

    #[test]
    fn an_image_parts_a_paragraph_and_a_link_goes_on() {
        let mut b = Builder::new();
        b.open(Kind::Paragraph, Place::default());
        b.link_start("https://example.org/");
        b.text("前", Style::PLAIN);
        b.image("", "i.png", Place::default());
        b.text("后", Style::STRONG);
        b.link_end();
        b.text("。", Style::PLAIN);
        let prose = b.finish();
        assert_eq!(prose.text(), "前\n\u{FFFC}\n后。\n");
        assert_eq!(prose.images()[0].block, BlockId(1));
        assert_eq!(prose.links().len(), 2);
        assert_eq!(prose.slice(prose.links()[1].span.clone()), "后");
        assert_eq!(prose.runs()[1].link, Some(1));
        tiled(&prose);
    }

    #[test]
    fn empty_blocks_leave_nothing_and_long_ones_are_cut() {
        let mut b = Builder::new();
        b.open(Kind::Paragraph, Place::default());
        b.text("  ", Style::STRONG);
        b.hard_break();
        b.open(Kind::Paragraph, Place::default());
        b.text(&"你好。".repeat(9000), Style::STRONG);
        let prose = b.finish();
        assert!(prose.blocks().len() >= 5);
        assert!(prose.blocks().iter().all(|block| block.span.len() <= LONGEST));
        assert_eq!(prose.runs().len(), prose.blocks().len());
        tiled(&prose);
    }

    #[test]
    fn one_behind_another_is_as_one() {
        let take = |b: &mut Builder, name: &str| {
            b.open(Kind::Paragraph, Place { line: 3, ..Place::default() });
            b.text(name, Style::STRONG);
            b.soft_break();
            b.text("说", Style::PLAIN);
            b.link_start("https://example.org/");
            b.text("话", Style::EMPHASIS);
            b.link_end();
            b.image("图", "i.png", Place::default());
            b.close();
        };
        let (mut one, mut first, mut second) = (Builder::new(), Builder::new(), Builder::new());
        take(&mut one, "甲：");
        take(&mut one, "乙：");
        take(&mut first, "甲：");
        take(&mut second, "乙：");
        first.append(second);
        let (one, both) = (one.finish(), first.finish());
        assert_eq!(one.text(), both.text());
        assert_eq!(one.blocks(), both.blocks());
        assert_eq!(one.runs(), both.runs());
        assert_eq!(one.links(), both.links());
        assert_eq!(one.images(), both.images());
        assert_eq!(one.breaks(), both.breaks());
    }

    #[test]
    fn a_link_that_ends_in_blanks_ends_with_its_text() {
        let mut b = Builder::new();
        b.open(Kind::Paragraph, Place::default());
        b.link_start("https://example.org/");
        b.text("看这里  ", Style::PLAIN);
        b.link_end();
        b.soft_break();
        b.hard_break();
        let prose = b.finish();
        assert_eq!(prose.slice(prose.links()[0].span.clone()), "看这里");
        tiled(&prose);
    }

    #[test]
    fn a_split_keeps_runs_and_images_in_their_blocks() {
        let mut b = Builder::new();
        b.open(Kind::Paragraph, Place { line: 3, ..Place::default() });
        b.text("甲：", Style::STRONG);
        b.text("一", Style::PLAIN);
        b.soft_break();
        b.text("乙：二", Style::STRONG);
        b.image("图", "x", Place::default());
        let mut prose = b.finish();
        prose.split(&[9, 9, 12]);
        assert_eq!(prose.blocks().len(), 4);
        assert_eq!(prose.block(BlockId(1)).line, 4);
        assert_eq!(prose.images()[0].block, BlockId(3));
        assert_eq!(prose.runs().len(), 3);
        tiled(&prose);
    }

    #[test]
    fn a_link_behind_a_blank_that_is_trimmed() {
        let mut builder = Builder::new();
        builder.open(Kind::Paragraph, Place::default());
        builder.text("序 ", Style::PLAIN);
        builder.link_start("u");
        builder.hard_break();
        builder.text("第一章", Style::PLAIN);
        builder.link_end();
        let prose = builder.finish();
        let link = &prose.links()[0];
        assert_eq!(prose.slice(link.span.clone()).trim(), "第一章");
    }
}
