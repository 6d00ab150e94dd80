//! Where turns begin → turns: who speaks in which blocks, and how much.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::asides;
use super::ends::{self, Ends, is_title, unquoted};
use super::labels::{is_clock, key, leading_time, lone_time};
use super::people::People;
use super::start::{Marked, Start};
use super::tail;
use super::{Interview, Note, Role, Section, Speaker, SpeakerId, Turn};
use crate::prose::{BlockId, Kind, Millis, Prose};
use crate::text::parallel::shares;

/// The level of a section whose title is no heading.
const LEVEL: u8 = 4;
/// The most people that are told apart.
const MOST: usize = u16::MAX as usize;

/// What the starts of turns come to.
#[derive(Debug, Default)]
pub struct Found {
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// The turns, in text order.
    pub turns: Vec<Turn>,
    /// What was odd.
    pub notes: Vec<Note>,
    /// How the paragraphs of the text end.
    pub style: Ends,
}

/// The turns that begin at `starts`; the text is split there already, and at `stops`, where
/// somebody begins to speak who is not named.
pub fn turns(
    prose: &Prose,
    roles: &mut [Role],
    starts: &[Start],
    stops: &[u32],
    people: &People,
) -> Found {
    let speaker = |names: &Vec<String>| Speaker {
        name: names[0].clone(),
        aliases: names[1..].to_vec(),
        part: None,
        turns: 0,
        characters: 0,
    };
    let speakers: Vec<Speaker> = people.names.iter().take(MOST).map(speaker).collect();
    let firsts: Vec<(BlockId, u32)> =
        starts.iter().filter_map(|start| Some((prose.block_at(start.at)?, start.text))).collect();
    let style = Ends::of(prose, &firsts);
    let blocks = prose.blocks().len();
    let (first, last) = match (firsts.first(), firsts.last()) {
        (Some(first), Some(last)) => (first.0.index(), last.0.index() + 1),
        _ => (blocks, blocks),
    };
    tail::mark_likely(prose, roles, 0..first);
    tail::mark_likely(prose, roles, last..blocks);
    let reading = Reading { prose, starts, stops, people, speakers: &speakers, firsts, style };
    let open: &[Role] = roles;
    // An empty text has neither blocks nor starts.
    let shares = shares(reading.firsts.len(), |share| reading.share(share, open));
    let mut found = Found { style, turns: Vec::with_capacity(starts.len()), ..Found::default() };
    let mut told: HashSet<&str> = HashSet::new();
    for share in shares {
        roles[share.from..share.from + share.roles.len()].copy_from_slice(&share.roles);
        found.turns.extend(share.turns);
        // What is told once is not told again.
        let new = share.notes.into_iter().filter(|(of, _)| of.is_none_or(|of| told.insert(of)));
        found.notes.extend(new.map(|(_, note)| note));
    }
    quiet(prose, roles, &found.turns);
    Found { speakers, ..found }
}

/// What turns are read from.
struct Reading<'a> {
    prose: &'a Prose,
    starts: &'a [Start],
    stops: &'a [u32],
    people: &'a People,
    speakers: &'a [Speaker],
    /// The block that each turn begins with, and the byte that its text begins at.
    firsts: Vec<(BlockId, u32)>,
    style: Ends,
}

/// Turns that follow each other.
#[derive(Default)]
struct Share<'a> {
    turns: Vec<Turn>,
    /// What was odd; with the name of whom it is told of once.
    notes: Vec<(Option<&'a str>, Note)>,
    /// The first block of them, and the roles of theirs.
    from: usize,
    roles: Vec<Role>,
}

impl<'a> Reading<'a> {
    /// The turns of some starts.
    fn share(&self, within: Range<usize>, roles: &[Role]) -> Share<'a> {
        let Self { prose, starts, people, .. } = *self;
        let blocks = prose.blocks().len();
        let begin = |at: usize| self.firsts.get(at).map_or(blocks, |first| first.0.index());
        let from = begin(within.start);
        let roles = roles[from..begin(within.end).max(from)].to_vec();
        let mut share = Share { from, roles, ..Share::default() };
        let mut told: HashSet<&str> = HashSet::new();
        for number in within {
            let (start, first) = (&starts[number], self.firsts[number].0);
            let next = self.firsts.get(number + 1).map(|next| next.0);
            let most = next.unwrap_or(BlockId(blocks as u32));
            if most <= first {
                continue;
            }
            let end = self.end(&mut share, start, first..most, next.is_none());
            let id = SpeakerId(people.of[number].min(MOST - 1) as u16);
            let line = prose.block(first).line;
            let name = &self.speakers[id.index()].name;
            let label = &start.label;
            if people.of[number] >= MOST {
                if told.insert("") {
                    let text =
                        format!("more than {MOST} people speak; the others are taken for “{name}”");
                    share.notes.push((Some(""), Note { line, text }));
                }
            } else if *name != label.name
                && !told.contains(label.name.as_str())
                // `A1` where the number is the speaker's.
                && key(name) != key(&label.printed)
            {
                told.insert(&label.name);
                let text = format!("“{}” is taken for “{name}”", label.name);
                share.notes.push((Some(&label.name), Note { line, text }));
            }
            if start.marked == Marked::Oddly {
                let text =
                    format!("“{}”: a label that is marked otherwise than most", label.printed);
                share.notes.push((None, Note { line, text }));
            }
            let begin = prose.block(first).span.start;
            share.turns.push(Turn {
                speaker: id,
                blocks: first..end,
                label: begin..start.text.clamp(begin, prose.content(first).end),
                printed: printed(prose.slice(begin..start.text.max(begin)), start),
                time: time(prose, first, start),
            });
        }
        share
    }

    /// Where a turn ends that begins with the first block of `within`; gives its blocks their roles.
    fn end(
        &self,
        share: &mut Share<'_>,
        start: &Start,
        within: Range<BlockId>,
        last: bool,
    ) -> BlockId {
        let prose = self.prose;
        let Range { start: first, end: most } = within;
        // Something is left to a label that is alone on its line, whatever its words.
        let alone = start.text >= prose.content(first).end;
        let least = (first.0 + 1 + u32::from(alone)).min(most.0);
        let (from, roles) = (share.from, &mut share.roles);
        for role in &mut roles[first.index() + 1 - from..least as usize - from] {
            if *role == Role::Promotion {
                *role = Role::Text;
            }
        }
        let stop = self.stops.get(self.stops.partition_point(|&stop| stop <= start.at));
        let stop = stop.and_then(|&stop| prose.block_at(stop)).filter(|&stop| stop < most);
        let role = |at: u32| roles[at as usize - from];
        let end = match stop {
            Some(stop) => stop.max(BlockId(first.0 + 1)),
            None => ends::end(prose, role, first..most, last, least, self.style),
        };
        let end = unquoted(prose, first, end).unwrap_or(end);
        for at in first.0..end.0 {
            let role = &mut roles[at as usize - from];
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
        // Who only nods has no other words: below a label alone, what is done is what is said.
        let own = &mut roles[first.index() + 1 - from..end.index() - from];
        if alone && !own.contains(&Role::Turn) {
            let below = (first.0 + 1..end.0).map(BlockId);
            let done = below.zip(own).find(|(id, role)| {
                let text = prose.slice(prose.content(*id));
                let copy = prose.content(*id).end <= start.text;
                **role == Role::Aside && !copy && lone_time(text).is_none()
            });
            if let Some((_, role)) = done {
                *role = Role::Turn;
            }
        }
        end
    }
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

/// The headings that are no turn's label, and the titles between turns.
pub fn sections(prose: &Prose, roles: &mut [Role], turns: &[Turn], style: Ends) -> Vec<Section> {
    let mut sections = Vec::new();
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

/// How many characters a turn has, blanks aside.
pub fn characters(interview: &Interview, turn: &Turn) -> u32 {
    let mut characters = 0;
    for block in turn.blocks.start.0..turn.blocks.end.0 {
        let id = BlockId(block);
        let said = matches!(interview.roles[id.index()], Role::Turn | Role::Section);
        if !said || !matches!(interview.prose.block(id).kind, Kind::Paragraph | Kind::Code) {
            continue;
        }
        let content = interview.prose.content(id);
        let begin = content.start.max(turn.label.end.min(content.end));
        characters += characters_of(interview.prose.slice(begin..content.end));
    }
    characters
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
    fn who_only_nods_has_said_so() {
        let read = interview(
            "### 林舟：\n\n冷吗？\n\n### 周砚：\n\n（點頭）\n\n### 林舟：\n\n走嗎？\n\n\
             ### 周砚：\n\n（笑）\n\n走。\n\n### 林舟：\n\n好。\n\n### 周砚：\n\n好。\n",
        );
        let spoken = |turn: &super::Turn| {
            let blocks = turn.blocks.start.index()..turn.blocks.end.index();
            let own = blocks.filter(|&at| read.roles[at] == Role::Turn);
            let text = |at: usize| read.prose.slice(read.prose.content(BlockId(at as u32)));
            own.map(text).collect::<Vec<&str>>().join("")
        };
        let all: Vec<String> = read.turns.iter().map(spoken).collect();
        assert!(all[1].contains("點頭"), "{all:?}");
        assert!(!all[3].contains("笑") && all[3].contains("走。"), "{all:?}");
    }

    /// Shares of turns are read apart: what is said of a name is said once, in the order of the text.
    #[test]
    fn very_many_turns_are_read_as_few_are() {
        let talk = "**Ann Lee:** Why?\n\n**Bo Dal:** So.\n\n**Ann:** Oh?\n\n**Bo:** Yes, so.\n\n";
        let (few, many) = (interview(&talk.repeat(3)), interview(&talk.repeat(9000)));
        assert_eq!((few.turns.len(), many.turns.len()), (12, 36_000));
        let notes = |read: &Interview| {
            read.notes.iter().map(|note| (note.line, note.text.clone())).collect::<Vec<_>>()
        };
        assert_eq!(notes(&few), notes(&many));
        assert_eq!(many.roles.iter().filter(|&&role| role == Role::Turn).count(), 36_000);
        let (one, last) = (said(&few), said(&many));
        assert_eq!(one[..12], last[35_988..]);
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
        let Found { speakers, turns, notes, .. } = turns(&prose, &mut roles, &starts, &[], &people);
        assert_eq!((speakers.len(), turns.len(), notes.len()), (MOST, 4, 1));
        assert!(notes[0].text.starts_with("more than 65535 people speak"), "{notes:?}");
        assert_eq!(notes[0].line, 5);
    }
}
