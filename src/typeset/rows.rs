//! One block × measure → its rows: the gap and nameplate before it, then its lines.

use std::ops::Range;
use std::rc::Rc;

use super::Measure;
use super::glyphs::verbatim;
use super::lines::{code_lines, lines};
use crate::interview::{Interview, Role, SpeakerId, TurnId};
use crate::prose::{Block, BlockId, Kind, Marker};
use crate::text::width::width;

/// A place in the text that a row can begin at. The derived order is the order of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// The block.
    pub block: BlockId,
    /// Where in it.
    pub stop: Stop,
}

/// A place in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stop {
    /// The rows before its text, from 0.
    Lead(u8),
    /// A byte of the article's text.
    Text(u32),
}

impl Default for Stop {
    fn default() -> Self {
        Self::Lead(0)
    }
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Nothing: it parts two blocks.
    Gap,
    /// Who speaks from here on.
    Nameplate(TurnId),
    /// A whole turn of someone who is not followed.
    Folded(TurnId),
    /// The first line of a block; a list item's marker stands before it.
    First,
    /// A later line of a block.
    Later,
    /// An image, by its place in the article's images.
    Image(u32),
    /// A thematic break.
    Rule,
}

/// A row of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it begins.
    pub anchor: Anchor,
    /// What it shows.
    pub shows: Shows,
    /// The bytes of the article's text on it; the turn's first text on a folded row.
    pub text: Range<u32>,
    /// The cells before its text.
    pub indent: u16,
}

/// Who is read: everyone, or one speaker with the others folded to a row a turn.
pub type Follow = Option<SpeakerId>;

/// The cells that one level of list or quotation takes.
const STEP: u16 = 2;

/// The rows of a block.
pub fn rows(interview: &Interview, id: BlockId, measure: &Measure, follow: Follow) -> Rc<[Row]> {
    let block = interview.prose.block(id);
    let turn = interview.turn_of(id);
    let opens = turn.filter(|&turn| interview.turn(turn).blocks.start == id);
    let folded = turn.filter(|&turn| follow.is_some_and(|s| interview.turn(turn).speaker != s));
    let body = body(interview, id);
    let mut rows = Vec::new();
    let lead = |rows: &mut Vec<Row>, shows, text| {
        let stop = Stop::Lead(rows.len() as u8);
        rows.push(Row { anchor: Anchor { block: id, stop }, shows, text, indent: 0 });
    };
    if let Some(turn) = folded {
        if opens.is_some() {
            if parted_when_folded(interview, id, follow) {
                lead(&mut rows, Shows::Gap, body.start..body.start);
            }
            lead(&mut rows, Shows::Folded(turn), first_text(interview, turn));
        }
        return rows.into();
    }
    if has_gap(interview, id, measure) {
        lead(&mut rows, Shows::Gap, block.span.start..block.span.start);
    }
    if let Some(turn) = opens {
        lead(&mut rows, Shows::Nameplate(turn), block.span.start..block.span.start);
    }
    let (first, rest) = indents(block, measure);
    match block.kind {
        Kind::Image(image) => push(&mut rows, id, Shows::Image(image), body, first),
        Kind::Rule => push(&mut rows, id, Shows::Rule, body, first),
        _ if body.is_empty() => {}
        kind => {
            let text = interview.prose.slice(body.clone());
            let filled = match kind {
                Kind::Code => code_lines(text, *measure, first, rest),
                _ => {
                    let verbatim = verbatim(&interview.prose, &body, measure);
                    lines(text, *measure, first, rest, &verbatim)
                }
            };
            for (number, line) in filled.into_iter().enumerate() {
                let (shows, indent) =
                    if number == 0 { (Shows::First, first) } else { (Shows::Later, rest) };
                let text = body.start + line.text.start..body.start + line.text.end;
                push(&mut rows, id, shows, text, indent);
            }
        }
    }
    rows.into()
}

fn push(rows: &mut Vec<Row>, block: BlockId, shows: Shows, text: Range<u32>, indent: u16) {
    let anchor = Anchor { block, stop: Stop::Text(text.start) };
    rows.push(Row { anchor, shows, text, indent });
}

/// The bytes of a block that are set as text: without the label of the turn that it opens.
pub fn body(interview: &Interview, id: BlockId) -> Range<u32> {
    let content = interview.prose.content(id);
    let Some(turn) = interview.turn_of(id) else { return content };
    let turn = interview.turn(turn);
    if turn.blocks.start != id {
        return content;
    }
    turn.label.end.clamp(content.start, content.end)..content.end
}

/// The first text of a turn, for the row that stands for all of it.
pub fn first_text(interview: &Interview, turn: TurnId) -> Range<u32> {
    let blocks = interview.turn(turn).blocks.clone();
    let mut id = blocks.start;
    while id < blocks.end {
        let body = body(interview, id);
        if !body.is_empty()
            && !matches!(interview.prose.block(id).kind, Kind::Image(_) | Kind::Rule)
        {
            return body;
        }
        id = id.next();
    }
    let start = interview.prose.block(blocks.start).span.start;
    start..start
}

/// The cells before the first and before the later lines of a block.
fn indents(block: &Block, measure: &Measure) -> (u16, u16) {
    // A narrow page keeps two thirds of its columns for the text, however deep the lists.
    let most = measure.columns / 3;
    let quote = u16::from(block.quote) * STEP;
    let inner = quote + u16::from(block.depth.saturating_sub(1)) * STEP;
    let hang = match (block.depth, block.marker) {
        (0, _) => 0,
        (_, Marker::Number(_)) => width(&marker(block), measure.profile),
        _ => STEP,
    };
    let code = if block.kind == Kind::Code { STEP } else { 0 };
    let all = (inner + hang + code).min(most);
    let paragraph = block.kind == Kind::Paragraph && block.depth == 0 && block.quote == 0;
    let indent = if paragraph && measure.indent <= most { measure.indent } else { 0 };
    (all + indent, all)
}

/// What stands before the first line of a list item, with the blank behind it.
pub fn marker(block: &Block) -> String {
    match block.marker {
        Marker::None => String::new(),
        Marker::Bullet => "- ".to_owned(),
        Marker::Number(number) => format!("{number}. "),
    }
}

/// Whether an empty row stands before a block.
fn has_gap(interview: &Interview, id: BlockId, measure: &Measure) -> bool {
    let Some(before) = id.0.checked_sub(1).map(BlockId) else { return false };
    let (block, last) = (interview.prose.block(id), interview.prose.block(before));
    let field = |id: BlockId| interview.roles.get(id.index()) == Some(&Role::Field);
    if field(id) && field(before) {
        return false;
    }
    let turn = interview.turn_of(id);
    let opens = |id: BlockId| {
        interview.turn_of(id).is_some_and(|turn| interview.turn(turn).blocks.start == id)
    };
    if opens(id) {
        return true;
    }
    // A label alone in its block: the nameplate stands right above this text.
    if turn.is_some() && opens(before) && body(interview, before).is_empty() {
        return false;
    }
    // The items of a list stand together, and so does a paragraph that a split took apart.
    let item = block.depth > 0 && last.depth > 0 && block.marker != Marker::None;
    let part = !interview.prose.slice(last.span.clone()).ends_with('\n');
    // Closely set paragraphs stand together; headings and images keep their distance.
    let both = [block, last].iter().all(|block| block.kind == Kind::Paragraph);
    !(item || part || both && measure.leading == 0)
}

/// Whether an empty row stands before a folded turn: only behind someone who is followed, or
/// behind what is no turn.
fn parted_when_folded(interview: &Interview, id: BlockId, follow: Follow) -> bool {
    let Some(before) = id.0.checked_sub(1).map(BlockId) else { return false };
    match interview.turn_of(before) {
        Some(turn) => Some(interview.turn(turn).speaker) == follow,
        None => true,
    }
}
