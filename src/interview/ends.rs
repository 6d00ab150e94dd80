//! Where a turn ends: before the headings, titles, rules and promotions that lead to what comes
//! behind it.

use std::ops::Range;

use super::Role;
use super::asides;
use super::credits;
use super::labels::lone_time;
use super::questions;
use crate::prose::{BlockId, Kind, Prose, Style};
use crate::text::parallel::shares;

/// How many blocks may stand behind the rule that ends an interview.
const FOOT: usize = 16;

/// Where a turn in a block quote ends: what stands outside is somebody else's.
pub fn unquoted(prose: &Prose, first: BlockId, end: BlockId) -> Option<BlockId> {
    if prose.block(first).quote == 0 {
        return None;
    }
    (first.0 + 1..end.0).map(BlockId).find(|&id| prose.block(id).quote == 0)
}

/// Where a turn ends that begins with `first`: before `most`, and before the headings, rules and
/// promotions that lead to what comes behind it. The last one ends with the first of these.
pub fn end(
    prose: &Prose,
    role: impl Fn(u32) -> Role,
    within: Range<BlockId>,
    last: bool,
    least: u32,
    style: Ends,
) -> BlockId {
    let Range { start: first, end: most } = within;
    let outside = |at: u32| {
        matches!(prose.blocks()[at as usize].kind, Kind::Heading(_))
            || matches!(role(at), Role::Promotion | Role::Related)
    };
    if last {
        let foot = |at: u32| {
            let text = prose.slice(prose.content(BlockId(at)));
            let rule = prose.blocks()[at as usize].kind == Kind::Rule;
            let near = (most.0 - at) as usize <= FOOT;
            near && (rule || credits::is_credit(text) || asides::is_end(text))
        };
        return BlockId(
            (first.0 + 1..most.0).find(|&at| outside(at) || foot(at)).unwrap_or(most.0),
        );
    }
    let mut end = most.0;
    let border = |at: u32| {
        outside(at)
            || prose.blocks()[at as usize].kind == Kind::Rule
            || is_title(prose, first, BlockId(at), style)
            || asides::is_scene(prose, BlockId(at))
            || lone_time(prose.slice(prose.content(BlockId(at)))).is_some()
    };
    while end > least && border(end - 1) {
        end -= 1;
    }
    BlockId(end)
}

/// The longest line that is taken for a title, in characters.
const TITLE: usize = 24;

/// The marks that sentences and their parts end with.
const ENDS: [char; 21] = [
    '。', '？', '！', '.', '?', '!', '…', '，', ',', '；', ';', '：', ':', '”', '"', '」', ')',
    '）', '~', '—', '』',
];
/// The signs that titles begin with.
const SIGNS: [char; 12] = ['◆', '■', '●', '▍', '○', '◇', '□', '▌', '★', '☆', '※', '＃'];
/// How many lines a title has at most.
const LINES: u32 = 3;

/// How the paragraphs of a text end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ends {
    /// Nearly all of them with a sentence: a short one that does not is something else.
    Closed,
    /// As it comes.
    #[default]
    Open,
}

impl Ends {
    /// Of the paragraphs that surely are no titles: those that a turn begins with, and long ones.
    /// `firsts` are the former, with where their text begins.
    pub fn of(prose: &Prose, firsts: &[(BlockId, u32)]) -> Self {
        let begin = firsts.first().map_or(0, |(first, _)| first.index());
        let counts = shares(prose.blocks().len() - begin, |share| {
            Self::count(prose, begin + share.start..begin + share.end, firsts)
        });
        let (all, open) =
            counts.into_iter().fold((0, 0), |(all, open), (a, b)| (all + a, open + b));
        if open * 10 <= all { Self::Closed } else { Self::Open }
    }

    /// How many such paragraphs there are among some blocks, and how many end otherwise than with a
    /// sentence.
    fn count(prose: &Prose, within: Range<usize>, firsts: &[(BlockId, u32)]) -> (usize, usize) {
        let from = firsts.partition_point(|(first, _)| first.index() < within.start);
        let mut firsts = firsts[from..].iter().peekable();
        let (mut all, mut open) = (0, 0);
        for at in within {
            let id = BlockId(at as u32);
            let first = firsts.next_if(|(first, _)| *first == id);
            let block = prose.block(id);
            if block.kind != Kind::Paragraph || block.depth != 0 {
                continue;
            }
            let content = prose.content(id);
            // What is left behind a label.
            let from =
                first.map_or(content.start, |(_, text)| *text.clamp(&content.start, &content.end));
            let text = prose.slice(from..content.end).trim();
            let counts =
                if first.is_some() { !text.is_empty() } else { text.chars().nth(TITLE).is_some() };
            if counts {
                all += 1;
                open += usize::from(!text.ends_with(ENDS));
            }
        }
        (all, open)
    }
}

/// Whether a paragraph behind all others of a turn that begins with `first` is the title of what
/// follows: short, no sentence, and what stands before it and its like are sentences.
pub fn is_title(prose: &Prose, first: BlockId, id: BlockId, style: Ends) -> bool {
    if !is_short(prose, id) {
        return false;
    }
    let before = (1..=LINES).filter_map(|lines| id.0.checked_sub(lines).map(BlockId));
    let text = |id: BlockId| prose.slice(prose.content(id)).trim_end();
    if !is_marked(prose, id) {
        // Only its shortness says so: the turn before it has to be complete.
        let mut own = before.take_while(|&before| before >= first);
        return style == Ends::Closed
            && own.find(|&id| id == first || !is_short(prose, id)).is_some_and(|other| {
                prose.block(other).kind != Kind::Paragraph
                    || text(other).ends_with(ENDS) && !text(other).ends_with(['，', ',', '、'])
            });
    }
    let other = { before }.find(|&before| !is_short(prose, before));
    other.is_some_and(|other| {
        prose.block(other).kind != Kind::Paragraph || text(other).ends_with(ENDS)
    })
}

/// Whether something but its length says that a line is a title.
fn is_marked(prose: &Prose, id: BlockId) -> bool {
    let text = prose.slice(prose.content(id)).trim();
    // `―― 休憩 ――`
    let dash = |c: char| "―—–-─~～*＊=＝·".contains(c);
    if text.starts_with(dash) && text.ends_with(dash) {
        return true;
    }
    questions::is_set(prose, prose.content(id), Style::STRONG)
        || questions::numbered(text)
        || text.starts_with(SIGNS)
}

/// Whether a paragraph is like a line of a title.
fn is_short(prose: &Prose, id: BlockId) -> bool {
    let block = prose.block(id);
    let text = prose.slice(prose.content(id)).trim();
    let short = (2..=TITLE).contains(&text.chars().count());
    if lone_time(text).is_some() {
        return false;
    }
    let ends = if is_marked(prose, id) {
        text.ends_with(['。', '？', '.', '?', '；', '，'])
    } else {
        text.ends_with(ENDS)
    };
    block.kind == Kind::Paragraph && block.depth == 0 && block.quote == 0 && short && !ends
}
