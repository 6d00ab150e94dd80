//! What stands before a talk and looks like its turns: a list of those who take part, and what a
//! recorder or the notes of a show say of it; and a dialogue that an essay quotes at its beginning.

use std::collections::HashSet;
use std::ops::Range;

use super::Role;
use super::setting::is_set;
use super::start::Start;
use crate::prose::{BlockId, Kind, Prose, Style};

/// What the words themselves are headed by, where much stands before them.
const HEADS: &[&str] = &[
    "transcript",
    "full transcript",
    "episode transcript",
    "interview transcript",
    "transcription",
    "transkript",
    "trascrizione",
    "transcripción",
    "transcrição",
    "文字稿",
    "文字实录",
    "文字實錄",
    "文字记录",
    "文字紀錄",
    "逐字稿",
    "完整逐字稿",
    "全文逐字稿",
    "访谈实录",
    "访谈全文",
    "对话实录",
    "原文",
    "文字起こし",
    "書き起こし",
    "녹취록",
];
/// The most words of who somebody is, in characters.
const ROLE: usize = 40;
/// What the end of something said looks like.
const ENDS: [char; 13] = ['。', '？', '！', '.', '?', '!', '…', '”', '」', '"', '—', ')', '）'];

/// Starts from the head of the transcript on, where fewer stand before it than behind it.
pub fn from_the_transcript(prose: &Prose, mut starts: Vec<Start>) -> Vec<Start> {
    let Some(first) = starts.first().map(|start| start.at) else { return starts };
    // What stands before it is less than a third of all.
    let last = starts[starts.len() / 3].at;
    let from = prose.blocks().partition_point(|block| block.span.start <= first);
    let near = prose.blocks()[from..].iter().take_while(|block| block.span.start <= last);
    let head = { near }.find(|block| {
        let open = matches!(block.kind, Kind::Heading(_) | Kind::Paragraph);
        open && block.span.len() < 64 && is_head(prose.slice(block.span.clone()))
    });
    let Some(head) = head else { return starts };
    let before = starts.partition_point(|start| start.at < head.span.start);
    let (listed, said) = starts.split_at(before);
    // Words have times, and what is told of them before has none; or it is notes, and no sentences.
    let timed = said.iter().filter(|start| start.time.is_some()).count() * 10 >= said.len() * 8;
    let untimed = listed.iter().all(|start| start.time.is_none());
    let notes = listed.iter().filter(|start| !line(prose, start).ends_with(ENDS)).count();
    if before * 2 < said.len() && (timed && untimed || notes * 10 >= before * 7) {
        starts.drain(..before);
    }
    starts
}

/// The first line of what is said at a start, in its block.
fn line<'a>(prose: &'a Prose, start: &Start) -> &'a str {
    let end = prose.block_at(start.at).map_or(start.text, |block| prose.content(block).end);
    let said = prose.slice(start.text.min(end)..end);
    said.trim_start().lines().next().unwrap_or_default().trim()
}

fn is_head(text: &str) -> bool {
    let text = text
        .trim()
        .trim_matches(['【', '】', '[', ']', '#', '*', ':', '：', '—', '-', ' ', '▍', '■']);
    HEADS.contains(&text.trim().to_lowercase().as_str())
}

/// Starts without a list before the first of what is said: each once, with a few words of who that
/// is, and a heading behind it.
pub fn without_an_opening_list(prose: &Prose, mut starts: Vec<Start>) -> Vec<Start> {
    let ends = |line: &str| line.ends_with(ENDS) && !line.ends_with([')', '）']);
    let mut seen: HashSet<String> = HashSet::new();
    let listed = starts
        .iter()
        .take_while(|start| {
            let said = line(prose, start);
            let told = !said.is_empty() && said.chars().count() < ROLE && !ends(said);
            told && start.time.is_none()
                && !start.label.printed.is_empty()
                && seen.insert(start.label.key.clone())
        })
        .count();
    let others = starts.len() - listed;
    if listed < 2 || others <= listed * 2 {
        return starts;
    }
    // Whoever is listed speaks then.
    let speaks = |start: &Start| starts[listed..].iter().any(|it| it.label.key == start.label.key);
    let between = starts[listed - 1].at..starts[listed].at;
    let parted =
        prose.blocks().iter().take_while(|block| block.span.start < between.end).any(|block| {
            block.span.start > between.start && matches!(block.kind, Kind::Heading(_))
        });
    if parted && starts[..listed].iter().all(speaks) {
        starts.drain(..listed);
    }
    starts
}

/// The most turns of a dialogue that an essay quotes, how many times as much stands behind it, and how
/// much before it at most, in bytes.
const QUOTED: usize = 8;
const AROUND: usize = 5;
const BEFORE: usize = 120;

/// No starts, where they are few, all of what is said at them is in italics, little but the title
/// stands before, and an essay goes on behind that is not, or where they are quoted within one: it has
/// words of others, and is no talk.
pub fn without_an_epigraph(prose: &Prose, roles: &[Role], starts: Vec<Start>) -> Vec<Start> {
    let (Some(first), Some(last)) = (starts.first(), starts.last()) else { return starts };
    if starts.len() > QUOTED {
        return starts;
    }
    let id = |at: u32| prose.block_at(at).map_or(0, BlockId::index);
    let (from, end) = (id(first.at), id(last.at) + 1);
    let content = |at: usize| prose.content(BlockId(at as u32));
    let text = |at: &usize| roles[*at] == Role::Text && prose.blocks()[*at].kind == Kind::Paragraph;
    let italic = |at: usize| is_set(prose, content(at), Style::EMPHASIS);
    let length =
        |blocks: Range<usize>| -> usize { blocks.filter(text).map(|at| content(at).len()).sum() };
    let behind = (end..prose.blocks().len()).filter(text).filter(|&at| !italic(at));
    let (within, before) = (length(from..end), length(0..from));
    let behind: usize = behind.map(|at| content(at).len()).sum();
    let leads = (from..end).all(|at| text(&at) && italic(at)) && before <= BEFORE;
    // The same in block quotes, with as much of the essay on both sides.
    let boxed = (from..end).all(|at| text(&at) && prose.blocks()[at].quote > 0)
        && before.min(behind) > within;
    let around = if leads { behind } else { before + behind };
    let quoted = (leads || boxed) && around > within * AROUND;
    if quoted { Vec::new() } else { starts }
}

#[cfg(test)]
mod tests {
    use crate::format::markdown;
    use crate::interview::read;

    const TALK: &str = "**Ann:** So where did you grow up?\n\n**Ben:** By the sea.\n\n**Ann:** And when did you leave it?\n\n\
                        **Ben:** Never.\n\n**Ann:** Not once?\n\n**Ben:** Once, for bread.\n\n";

    fn turns(before: &str) -> usize {
        read(markdown::read(&format!("{before}{TALK}"))).turns.len()
    }

    #[test]
    fn greetings_are_said() {
        assert_eq!(
            turns("**Ann:** Welcome to the show, Ben\n\n**Ben:** Thanks for having me, Ann\n\n"),
            8
        );
    }

    #[test]
    fn a_list_of_speakers_is_not() {
        assert_eq!(
            turns(
                "## Speakers\n\n**Ann:** keeper of bees\n\n**Ben:** keeper of bells\n\n## Talk\n\n"
            ),
            6
        );
    }

    #[test]
    fn an_exchange_before_an_essay_is_none() {
        let asked = |mark: &str| {
            [
                "Q: Where do you live?",
                "A: In the lighthouse.",
                "Q: Since when?",
                "A: Since the storm.",
            ]
            .map(|said| format!("{mark}{said}{}\n\n", mark.trim_end_matches("## ")))
            .concat()
        };
        let essay = "Nobody meant to keep the lamp burning, and then everybody did. ".repeat(4);
        let essay = format!("{essay}\n\n").repeat(4);
        let count = |text: String| read(markdown::read(&text)).turns.len();
        assert_eq!(count(format!("{}{essay}", asked("*"))), 0);
        assert_eq!(count(format!("{}{essay}", asked(""))), 4);
        // Headings are no such exchange.
        assert_eq!(count(format!("{}{essay}", asked("## "))), 4);
    }

    #[test]
    fn turns_before_the_word_transcript_are_turns() {
        assert_eq!(turns("**Ann:** May we begin?\n\n**Ben:** Please do.\n\n## Transcript\n\n"), 8);
    }
}
