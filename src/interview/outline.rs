//! `Interview` → its questions: the sentences in which hosts ask, as they stand in the text.

use std::ops::Range;

use super::{Interview, Part, Role, Speaker, TurnId};
use crate::prose::{BlockId, Kind};
use crate::text::sentence::sentences;

/// The turns that ask: those of hosts, where they have text; where no one is known for a host,
/// those that end in a question. What they ask is found when it is shown, see [`question`]: a book
/// of questions opens as fast as any other.
pub fn questions(interview: &Interview) -> Vec<TurnId> {
    let is_host = |speaker: &Speaker| speaker.part == Some(Part::Host) || speaker.name == "Q";
    let hosts: Vec<bool> = interview.speakers.iter().map(is_host).collect();
    let hosted = hosts.contains(&true);
    let is_question = |id: TurnId| {
        let mut texts = texts(interview, id);
        match hosted {
            true => hosts[interview.turn(id).speaker.index()] && texts.any(|text| !text.is_empty()),
            false => texts.last().is_some_and(|text| asks(interview.prose.slice(text))),
        }
    };
    (0..interview.turns.len() as u32).map(TurnId).filter(|&id| is_question(id)).collect()
}

/// The bytes of the sentence that stands for a turn: the last one that ends in a question mark,
/// else the first one.
///
/// # Panics
/// If the interview has no such turn.
pub fn question(interview: &Interview, id: TurnId) -> Range<u32> {
    let mut first = None;
    let mut asked = None;
    for text in texts(interview, id) {
        let words = interview.prose.slice(text.clone());
        let range = |sentence: Range<usize>| {
            text.start + sentence.start as u32..text.start + sentence.end as u32
        };
        if first.is_none() {
            first = sentences(words).next().map(range);
        }
        // Most paragraphs ask nothing, and are not taken apart.
        if words.contains(['?', '？']) {
            let last = sentences(words).filter(|sentence| asks(&words[sentence.clone()])).last();
            asked = last.map(range).or(asked);
        }
    }
    let end = interview.turn(id).label.end;
    asked.or(first).unwrap_or(end..end)
}

/// What is said in a turn, block by block: without its label, images and asides.
fn texts(interview: &Interview, id: TurnId) -> impl Iterator<Item = Range<u32>> {
    let turn = interview.turn(id);
    (turn.blocks.start.0..turn.blocks.end.0).map(BlockId).filter_map(|block| {
        let opens = block == turn.blocks.start;
        let kind = interview.prose.block(block).kind;
        let aside = interview.roles.get(block.index()) == Some(&Role::Aside);
        let said = kind == Kind::Paragraph || opens && matches!(kind, Kind::Heading(_));
        let content = interview.prose.content(block);
        let from = if opens { turn.label.end.min(content.end) } else { content.start };
        (said && !aside).then_some(from..content.end)
    })
}

/// Whether a sentence ends in a question mark, closing marks behind it or not.
fn asks(sentence: &str) -> bool {
    let closing = ['”', '’', '"', '\'', '」', '』', '）', ')', '!', '！', '…', ' '];
    sentence.trim_end_matches(closing).ends_with(['?', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(u32, String)> {
        let interview = crate::interview::read(crate::format::markdown::read(text));
        let text = |turn| interview.prose.slice(question(&interview, turn)).to_owned();
        questions(&interview).into_iter().map(|turn| (turn.0 + 1, text(turn))).collect()
    }

    #[test]
    fn the_last_sentence_that_asks_else_the_first() {
        let text = "# 题\n\n**主持人：** 您好。第一盏灯是谁点的？我一直想问：“后来呢？”谢谢。\n\n\
                    **守塔人：** 是我吗？不是。\n\n**主持人：** 原来如此。请接着讲。\n\n**守塔人：** 好。\n\n\
                    **主持人：** 换个话题。\n\n风大的时候怎么办？\n\n**守塔人：** 等。\n";
        assert_eq!(
            shown(text),
            [
                (1, "我一直想问：“后来呢？”".to_owned()),
                (3, "原来如此。".to_owned()),
                (5, "风大的时候怎么办？".to_owned()),
            ]
        );
    }

    #[test]
    fn without_a_host_those_ask_who_end_in_a_question() {
        let text = "# 题\n\n**甲：** 灯亮了吗？亮了。\n\n**乙：** 亮了。你看见没有？\n\n**甲：** 看见了。\n\n**乙：** 好。\n";
        let mut interview = crate::interview::read(crate::format::markdown::read(text));
        interview.speakers.iter_mut().for_each(|speaker| speaker.part = None);
        let turns = questions(&interview);
        assert_eq!(turns, [TurnId(1)]);
        assert_eq!(interview.prose.slice(question(&interview, turns[0])), "你看见没有？");
    }

    #[test]
    fn without_turns_there_are_none() {
        assert_eq!(shown("# An essay\n\nWhat is a lamp? A lamp is a lamp.\n"), []);
    }
}
