//! Where turns begin → turns: who speaks in which blocks, and how much.

use std::collections::HashSet;

use super::asides;
use super::front;
use super::infer::Start;
use super::labels::{key, lone_time};
use super::people::People;
use super::questions;
use super::{Interview, Note, Role, Section, Speaker, SpeakerId, Turn};
use crate::prose::{BlockId, Kind, Millis, Prose, Style};

/// How many blocks may stand behind the rule that ends an interview.
const FOOT: usize = 16;
/// The most people that are told apart.
const MOST: usize = u16::MAX as usize;

/// The turns that begin at `starts`; the text is split there already.
pub fn turns(
    prose: &Prose,
    roles: &mut [Role],
    starts: &[Start],
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
    for (number, start) in starts.iter().enumerate() {
        let Some(first) = prose.block_at(start.at) else { continue };
        let next = starts.get(number + 1).and_then(|next| prose.block_at(next.at));
        let most = next.unwrap_or(BlockId(prose.blocks().len() as u32));
        if most <= first {
            continue;
        }
        let end = end(prose, roles, first, most, next.is_none(), start.text);
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
        } else if speaker.name != start.name
            // `A1` where the number is the speaker's.
            && key(&speaker.name) != key(&start.printed)
            && told.insert(&start.name)
        {
            notes.push(Note {
                line,
                text: format!("“{}” is taken for “{}”", start.name, speaker.name),
            });
        }
        if let Some(odd) = start.odd {
            notes.push(Note { line, text: format!("“{}”: {odd}", start.printed) });
        }
        let begin = prose.block(first).span.start;
        for at in first.0..end.0 {
            let role = &mut roles[at as usize];
            if matches!(role, Role::Text | Role::Summary) {
                let id = BlockId(at);
                let aside = at > first.0
                    && (asides::is_aside(prose, id) || asides::is_remark(prose, first, id));
                *role = if aside { Role::Aside } else { Role::Turn };
            }
        }
        turns.push(Turn {
            speaker: id,
            blocks: first..end,
            label: begin..start.text.clamp(begin, prose.content(first).end),
            printed: start.printed.clone(),
            time: start.time.or(prose.block(first).time).or_else(|| below(prose, first, start)),
        });
    }
    (speakers, turns, notes)
}

/// The time on the line below a label that is alone on its own.
fn below(prose: &Prose, first: BlockId, start: &Start) -> Option<Millis> {
    let alone = start.text >= prose.content(first).end;
    let next = prose.blocks().get(first.index() + 1).filter(|_| alone)?;
    lone_time(prose.slice(next.span.clone()))
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
    first: BlockId,
    most: BlockId,
    last: bool,
    text: u32,
) -> BlockId {
    let outside = |at: u32| {
        matches!(prose.blocks()[at as usize].kind, Kind::Heading(_))
            || matches!(roles[at as usize], Role::Promotion | Role::Related)
    };
    if last {
        let foot = |at: u32| {
            let text = prose.slice(prose.content(BlockId(at)));
            let rule = prose.blocks()[at as usize].kind == Kind::Rule;
            let near = (most.0 - at) as usize <= FOOT;
            near && (rule || front::is_credit(text) || asides::is_end(text))
        };
        return BlockId(
            (first.0 + 1..most.0).find(|&at| outside(at) || foot(at)).unwrap_or(most.0),
        );
    }
    // Something is left to a label that is alone on its line.
    let least = first.0 + 1 + u32::from(text >= prose.content(first).end);
    let mut end = most.0;
    let border = |at: u32| {
        outside(at)
            || prose.blocks()[at as usize].kind == Kind::Rule
            || is_title(prose, BlockId(at))
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

/// Whether a paragraph behind all others of a turn is the title of what follows: short, no
/// sentence, and what stands before it and its like are sentences.
fn is_title(prose: &Prose, id: BlockId) -> bool {
    if !is_short(prose, id) {
        return false;
    }
    let before = (1..=LINES).map(|lines| id.0.checked_sub(lines).map(BlockId));
    let other = before.flatten().find(|&before| !is_short(prose, before));
    other.is_some_and(|other| {
        let text = prose.slice(prose.content(other)).trim_end();
        prose.block(other).kind != Kind::Paragraph || text.ends_with(ENDS)
    })
}

/// Whether a paragraph is like a line of a title.
fn is_short(prose: &Prose, id: BlockId) -> bool {
    let block = prose.block(id);
    let text = prose.slice(prose.content(id)).trim();
    let short = (2..=TITLE).contains(&text.chars().count());
    let bold = questions::is_set(prose, prose.content(id), Style::STRONG);
    let marked = bold || questions::numbered(text) || text.starts_with(SIGNS);
    let ends = if marked {
        text.ends_with(['。', '？', '.', '?', '；', '，'])
    } else {
        text.ends_with(ENDS)
    };
    block.kind == Kind::Paragraph && block.depth == 0 && block.quote == 0 && short && !ends
}

/// The headings that are no turn's label, and the titles between turns.
pub fn sections(prose: &Prose, roles: &mut [Role], turns: &[Turn]) -> Vec<Section> {
    let mut sections = Vec::new();
    for (at, block) in prose.blocks().iter().enumerate() {
        let between = || {
            let behind = turns.partition_point(|turn| turn.blocks.start.index() <= at);
            let before = behind.checked_sub(1).and_then(|before| turns.get(before));
            behind < turns.len()
                && roles[at] == Role::Text
                && before.is_some_and(|turn| turn.blocks.end.index() <= at)
                && is_title(prose, BlockId(at as u32))
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
    for at in 0..interview.turns.len() {
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
        let speaker = &mut interview.speakers[turn.speaker.index()];
        speaker.turns += 1;
        speaker.characters = speaker.characters.saturating_add(characters);
    }
}

/// The characters of a text without blanks and line ends. Byte by byte, for speed: characters are
/// counted by their first bytes (UTF-8).
fn characters_of(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let all = bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count();
    let blanks = bytes.iter().filter(|&&b| b == b' ' || b == b'\n').count();
    let wide = memchr::memmem::find_iter(bytes, "\u{3000}").count();
    (all - blanks - wide) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_told_of_once() {
        let document = crate::format::markdown::read("a\n\nb\n\nc\n\nd\n");
        let prose = document.prose;
        let start = |(at, block): (usize, &crate::prose::Block)| Start {
            at: block.span.start,
            text: block.span.start,
            name: format!("S{at}"),
            printed: String::new(),
            time: None,
            odd: None,
        };
        let starts: Vec<Start> = prose.blocks().iter().enumerate().map(start).collect();
        let names = (0..MOST + 2).map(|at| vec![format!("S{at}")]).collect();
        let people = People { of: vec![0, 1, MOST, MOST + 1], names };
        let mut roles = vec![Role::Text; prose.blocks().len()];
        let (speakers, turns, notes) = turns(&prose, &mut roles, &starts, &people);
        assert_eq!((speakers.len(), turns.len(), notes.len()), (MOST, 4, 1));
        assert!(notes[0].text.starts_with("more than 65535 people speak"), "{notes:?}");
        assert_eq!(notes[0].line, 5);
    }
}
