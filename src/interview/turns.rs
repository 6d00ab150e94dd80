//! Where turns begin → turns: who speaks in which blocks, and how much.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::asides;
use super::credits;
use super::labels::{is_clock, key, leading_time, lone_time};
use super::people::People;
use super::questions;
use super::start::{Marked, Start};
use super::tail;
use super::{Interview, Note, Role, Section, Speaker, SpeakerId, Turn};
use crate::prose::{BlockId, Kind, Millis, Prose, Style};
use crate::text::parallel::each;

/// How many blocks may stand behind the rule that ends an interview.
const FOOT: usize = 16;
/// The most people that are told apart.
const MOST: usize = u16::MAX as usize;

/// The turns that begin at `starts`; the text is split there already, and at `stops`, where
/// somebody begins to speak who is not named.
pub fn turns(
    prose: &Prose,
    roles: &mut [Role],
    starts: &[Start],
    stops: &[u32],
    people: &People,
) -> (Vec<Speaker>, Vec<Turn>, Vec<Note>) {
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut turns = Vec::with_capacity(starts.len());
    let mut notes = Vec::new();
    for names in people.names.iter().take(MOST) {
        speakers.push(Speaker {
            name: names[0].clone(),
            aliases: names[1..].to_vec(),
            part: None,
            turns: 0,
            characters: 0,
        });
    }
    let mut told: HashSet<&str> = HashSet::new();
    let mut crowd = false;
    let firsts: Vec<(BlockId, u32)> =
        starts.iter().filter_map(|start| Some((prose.block_at(start.at)?, start.text))).collect();
    let style = Ends::of(prose, firsts.iter().copied());
    let blocks = prose.blocks().len();
    let (first, last) = match (firsts.first(), firsts.last()) {
        (Some(first), Some(last)) => (first.0.index(), last.0.index() + 1),
        _ => (blocks, blocks),
    };
    tail::mark_likely(prose, roles, 0..first);
    tail::mark_likely(prose, roles, last..blocks);
    // An empty text has neither blocks nor starts.
    for (number, (start, &(first, _))) in starts.iter().zip(&firsts).enumerate() {
        let next = firsts.get(number + 1).map(|next| next.0);
        let most = next.unwrap_or(BlockId(prose.blocks().len() as u32));
        if most <= first {
            continue;
        }
        // Something is left to a label that is alone on its line, whatever its words.
        let alone = start.text >= prose.content(first).end;
        let least = (first.0 + 1 + u32::from(alone)).min(most.0);
        for role in &mut roles[first.index() + 1..least as usize] {
            if *role == Role::Promotion {
                *role = Role::Text;
            }
        }
        let stop = stops.get(stops.partition_point(|&stop| stop <= start.at));
        let stop = stop.and_then(|&stop| prose.block_at(stop)).filter(|&stop| stop < most);
        let end = match stop {
            Some(stop) => stop.max(BlockId(first.0 + 1)),
            None => end(prose, roles, first..most, next.is_none(), least, style),
        };
        let end = unquoted(prose, first, end).unwrap_or(end);
        let id = SpeakerId(people.of[number].min(MOST - 1) as u16);
        let line = prose.block(first).line;
        let speaker = &speakers[id.index()];
        if people.of[number] >= MOST {
            if !crowd {
                notes.push(Note {
                    line,
                    text: format!(
                        "more than {MOST} people speak; the others are taken for “{}”",
                        speaker.name
                    ),
                });
            }
            crowd = true;
        } else if speaker.name != start.label.name
            // `A1` where the number is the speaker's.
            && key(&speaker.name) != key(&start.label.printed)
            && told.insert(&start.label.name)
        {
            notes.push(Note {
                line,
                text: format!("“{}” is taken for “{}”", start.label.name, speaker.name),
            });
        }
        if start.marked == Marked::Oddly {
            let text =
                format!("“{}”: a label that is marked otherwise than most", start.label.printed);
            notes.push(Note { line, text });
        }
        let begin = prose.block(first).span.start;
        for at in first.0..end.0 {
            let role = &mut roles[at as usize];
            if matches!(role, Role::Text | Role::Summary) {
                let id = BlockId(at);
                // The label once more.
                let copy = at > first.0 && prose.content(id).end <= start.text;
                let aside = copy
                    || at > first.0
                        && (asides::is_aside(prose, id)
                            || asides::is_remark(prose, first, id)
                            || is_stamped(prose, first) && is_stamped(prose, id));
                *role = if aside { Role::Aside } else { Role::Turn };
            }
        }
        turns.push(Turn {
            speaker: id,
            blocks: first..end,
            label: begin..start.text.clamp(begin, prose.content(first).end),
            printed: printed(prose.slice(begin..start.text.max(begin)), start),
            time: time(prose, first, start),
        });
    }
    quiet(prose, roles, &turns);
    (speakers, turns, notes)
}

/// The label of a turn as printed: where no name is, the dash that stands for one.
fn printed(before: &str, start: &Start) -> Arc<str> {
    let sign = before.trim();
    let dash = !sign.is_empty() && sign.chars().all(|c| matches!(c, '—' | '―' | '─'));
    match &start.label.printed {
        none if none.is_empty() && dash => sign.into(),
        printed => Arc::clone(printed),
    }
}

/// The times between turns are nobody's words.
fn quiet(prose: &Prose, roles: &mut [Role], turns: &[Turn]) {
    for turn in turns {
        let Some(before) = turn.blocks.start.index().checked_sub(1) else { continue };
        let block = BlockId(before as u32);
        if roles[before] == Role::Text && lone_time(prose.slice(prose.content(block))).is_some() {
            roles[before] = Role::Aside;
        }
    }
}

/// When a turn was said: by its label, else by the lines around this. A clock's time is none: it
/// does not say where in a recording that is.
fn time(prose: &Prose, first: BlockId, start: &Start) -> Option<Millis> {
    let block = prose.block(first);
    // A label without text may end behind what its block holds.
    let end = prose.content(first).end;
    let at = start.at.min(end);
    let label = prose.slice(at..start.text.clamp(at, end));
    if let Some(time) = start.time {
        return Some(time).filter(|_| !is_clock(label));
    }
    let alone = start.text >= prose.content(first).end;
    let below = || alone.then(|| lone(prose, first.0 + 1)).flatten();
    let above = || first.0.checked_sub(1).and_then(|before| lone(prose, before));
    block.time.or_else(below).or_else(above)
}

/// Whether a clock's time stands before a block: in a chat, one without a name is its program's.
fn is_stamped(prose: &Prose, id: BlockId) -> bool {
    let text = prose.slice(prose.content(id));
    let (taken, time) = leading_time(text);
    time.is_some() && is_clock(&text[..taken])
}

/// The time in a recording that a block is nothing but.
fn lone(prose: &Prose, at: u32) -> Option<Millis> {
    let block = prose.blocks().get(at as usize).filter(|block| block.kind == Kind::Paragraph)?;
    let text = prose.slice(block.span.clone());
    lone_time(text).filter(|_| !is_clock(text))
}

/// Where a turn in a block quote ends: what stands outside is somebody else's.
fn unquoted(prose: &Prose, first: BlockId, end: BlockId) -> Option<BlockId> {
    if prose.block(first).quote == 0 {
        return None;
    }
    (first.0 + 1..end.0).map(BlockId).find(|&id| prose.block(id).quote == 0)
}

/// Where a turn ends that begins with `first`: before `most`, and before the headings, rules and
/// promotions that lead to what comes behind it. The last one ends with the first of these.
fn end(
    prose: &Prose,
    roles: &[Role],
    within: Range<BlockId>,
    last: bool,
    least: u32,
    style: Ends,
) -> BlockId {
    let Range { start: first, end: most } = within;
    let outside = |at: u32| {
        matches!(prose.blocks()[at as usize].kind, Kind::Heading(_))
            || matches!(roles[at as usize], Role::Promotion | Role::Related)
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
/// The level of a section whose title is no heading.
const LEVEL: u8 = 4;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    /// Nearly all of them with a sentence: a short one that does not is something else.
    Closed,
    /// As it comes.
    Open,
}

impl Ends {
    /// Of the paragraphs that surely are no titles: those that a turn begins with, and long ones.
    fn of(prose: &Prose, firsts: impl Iterator<Item = (BlockId, u32)>) -> Self {
        let mut firsts = firsts.peekable();
        let begin = firsts.peek().map_or(0, |(first, _)| first.index());
        let (mut all, mut open) = (0_usize, 0_usize);
        for at in begin..prose.blocks().len() {
            let id = BlockId(at as u32);
            let content = prose.content(id);
            let first = firsts.next_if(|(first, _)| *first == id);
            // What is left behind a label.
            let from =
                first.map_or(content.start, |(_, text)| text.clamp(content.start, content.end));
            let text = prose.slice(from..content.end).trim();
            let block = prose.block(id);
            let counts =
                if first.is_some() { !text.is_empty() } else { text.chars().nth(TITLE).is_some() };
            if block.kind == Kind::Paragraph && block.depth == 0 && counts {
                all += 1;
                open += usize::from(!text.ends_with(ENDS));
            }
        }
        if open * 10 <= all { Self::Closed } else { Self::Open }
    }
}

/// Whether a paragraph behind all others of a turn that begins with `first` is the title of what
/// follows: short, no sentence, and what stands before it and its like are sentences.
fn is_title(prose: &Prose, first: BlockId, id: BlockId, style: Ends) -> bool {
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

/// The headings that are no turn's label, and the titles between turns.
pub fn sections(prose: &Prose, roles: &mut [Role], turns: &[Turn]) -> Vec<Section> {
    let mut sections = Vec::new();
    let style = Ends::of(prose, turns.iter().map(|turn| (turn.blocks.start, turn.label.end)));
    for (at, block) in prose.blocks().iter().enumerate() {
        let between = || {
            if roles[at] != Role::Text {
                return false;
            }
            let behind = turns.partition_point(|turn| turn.blocks.start.index() <= at);
            let before = behind.checked_sub(1).and_then(|before| turns.get(before));
            behind < turns.len()
                && before.is_some_and(|turn| turn.blocks.end.index() <= at)
                && before.is_some_and(|turn| {
                    is_title(prose, turn.blocks.start, BlockId(at as u32), style)
                })
        };
        let level = match block.kind {
            Kind::Heading(level) => level,
            Kind::Paragraph if between() => LEVEL,
            _ => continue,
        };
        if roles[at] == Role::Title {
            continue;
        }
        let id = BlockId(at as u32);
        let opens = turns.binary_search_by_key(&id, |turn| turn.blocks.start);
        // A heading that is a question is one of the outline's lines; a name is none.
        if opens.is_ok_and(|turn| !turns[turn].label.is_empty()) {
            continue;
        }
        if matches!(roles[at], Role::Text | Role::Turn) {
            roles[at] = Role::Section;
        }
        let title = prose.slice(prose.content(id)).replace('\n', " ");
        sections.push(Section { title, level, block: id });
    }
    sections
}

/// How much each speaker says.
pub fn count(interview: &mut Interview) {
    let said = each(interview.turns.len(), |at| {
        let turn = &interview.turns[at];
        let mut characters = 0;
        for block in turn.blocks.start.0..turn.blocks.end.0 {
            let id = BlockId(block);
            let said = matches!(interview.roles[id.index()], Role::Turn | Role::Section);
            if !said || !matches!(interview.prose.block(id).kind, Kind::Paragraph | Kind::Code) {
                continue;
            }
            let content = interview.prose.content(id);
            let text = interview
                .prose
                .slice(content.start.max(turn.label.end.min(content.end))..content.end);
            characters += characters_of(text);
        }
        characters
    });
    for (turn, characters) in interview.turns.iter().zip(said) {
        let speaker = &mut interview.speakers[turn.speaker.index()];
        speaker.turns += 1;
        speaker.characters = speaker.characters.saturating_add(characters);
    }
}

/// The characters of a text without blanks and line ends. Byte by byte, for speed: characters are
/// counted by their first bytes (UTF-8).
fn characters_of(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let begins = |b: u8| (b & 0xC0 != 0x80) & (b != b' ') & (b != b'\n');
    // Few enough at once that a byte holds how many there are: then several are looked at in one
    // step.
    let of = |few: &[u8]| few.iter().map(|&b| u8::from(begins(b))).sum::<u8>();
    let all: u32 = bytes.chunks(usize::from(u8::MAX)).map(|few| u32::from(of(few))).sum();
    let wide = memchr::memmem::find_iter(bytes, "\u{3000}").count();
    all - wide as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::labels::Label;
    use crate::interview::read;

    fn interview(text: &str) -> Interview {
        read(crate::format::markdown::read(text))
    }

    fn said(read: &Interview) -> Vec<&str> {
        let text = |turn: &super::Turn| {
            let end = read.prose.blocks()[turn.blocks.end.index() - 1].span.end;
            read.prose.slice(turn.label.end..end).trim()
        };
        read.turns.iter().map(text).collect()
    }

    #[test]
    fn short_paragraphs_are_text_where_none_is_closed() {
        let read = interview(
            "**王明：** 我喜欢大海\n\n尤其是冬天\n\n**记者：** 为什么\n\n**王明：** 安静\n\n没有人\n\n**记者：** 好的\n",
        );
        assert!(read.sections.is_empty(), "{:?}", read.sections);
        assert_eq!(said(&read)[0], "我喜欢大海\n尤其是冬天");
        let read = interview(
            "**Tom:** Because\n\nOf the sea\n\n**Ann:** Why?\n\n**Tom:** It is wide.\n\n**Ann:** Is it?\n\n**Tom:** Yes.\n\n**Ann:** So.\n\n**Tom:** Well.\n",
        );
        assert!(read.sections.is_empty(), "{:?}", read.sections);
        // Where all are closed, it is a title.
        let read = interview(
            "**王明：** 我喜欢大海。\n\n冬天的海\n\n**记者：** 为什么？\n\n**王明：** 安静。\n\n**记者：** 好的。\n",
        );
        assert_eq!(read.sections[0].title, "冬天的海");
    }

    #[test]
    fn a_time_between_turns_is_that_of_the_next() {
        let read = interview(
            "**Tom:** Because.\n\n[00:01:30]\n\n**Ann:** Why?\n\n**Tom:** Well.\n\n[00:02:00]\n\n**Ann:** So.\n",
        );
        assert!(read.sections.is_empty());
        let times: Vec<_> = read.turns.iter().map(|turn| turn.time.map(|t| t.0)).collect();
        assert_eq!(times, [None, Some(90_000), None, Some(120_000)]);
        assert_eq!(said(&read), ["Because.", "Why?", "Well.", "So."]);
    }

    #[test]
    fn messages_of_a_chat() {
        let says = ["hi", "hello, you", "where are you?", "at the sea", "in winter?", "yes"];
        let stamps: [fn(&str, usize) -> String; 6] = [
            |name, at| format!("{name} 2024-05-06 10:0{at}\n"),
            |name, at| format!("{name} 10:0{at}\n"),
            |name, at| format!("[2024/5/6, 10:0{at}:22] {name}: "),
            |name, at| format!("06/05/2024, 10:0{at} - {name}: "),
            |name, at| format!("5/6/24, 10:0{at} PM - {name}: "),
            |name, at| format!("06.05.24, 10:0{at} - {name}: "),
        ];
        for (form, stamp) in stamps.iter().enumerate() {
            for apart in ["\n", "\n\n"] {
                let mut text = String::new();
                if form == 3 {
                    text += "06/05/2024, 10:00 - Messages are end-to-end encrypted\n";
                }
                for (at, say) in says.iter().chain(&says).enumerate().take(9) {
                    let name = ["Ann Lee", "Bob"][at % 2];
                    text += &format!("{}{say}{apart}", stamp(name, at + 1));
                }
                for read in [read(crate::format::plain::read(&text)), interview(&text)] {
                    let names: Vec<_> = read.speakers.iter().map(|s| s.name.as_str()).collect();
                    assert_eq!(names, ["Ann Lee", "Bob"], "{text}");
                    assert_eq!(read.turns.len(), 9, "{text}");
                    assert_eq!(said(&read)[1], "hello, you", "{text}");
                    assert!(form == 1 || read.turns.iter().all(|turn| turn.time.is_none()));
                }
            }
        }
    }

    #[test]
    fn a_crowd_is_told_of_once() {
        let document = crate::format::markdown::read("a\n\nb\n\nc\n\nd\n");
        let prose = document.prose;
        let start = |(at, block): (usize, &crate::prose::Block)| {
            let label = Arc::new(Label::unprinted(&format!("S{at}")));
            Start::new(block.span.start, block.span.start, label)
        };
        let starts: Vec<Start> = prose.blocks().iter().enumerate().map(start).collect();
        let names = (0..MOST + 2).map(|at| vec![format!("S{at}")]).collect();
        let people = People { of: vec![0, 1, MOST, MOST + 1], names };
        let mut roles = vec![Role::Text; prose.blocks().len()];
        let (speakers, turns, notes) = turns(&prose, &mut roles, &starts, &[], &people);
        assert_eq!((speakers.len(), turns.len(), notes.len()), (MOST, 4, 1));
        assert!(notes[0].text.starts_with("more than 65535 people speak"), "{notes:?}");
        assert_eq!(notes[0].line, 5);
    }
}
