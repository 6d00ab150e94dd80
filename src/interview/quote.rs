//! A passage → what a citation of it can say: the text as it is to be copied, and where it is from.

use std::ops::Range;

use super::{Interview, Role, SpeakerId, TurnId, media};
use crate::prose::{BlockId, Kind, Marker, Millis, OBJECT};
use crate::text::clean::clean;

/// A passage with its source. Every text in it is clean; only [`text`](Quote::text) has more than
/// one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The passage: paragraphs parted by an empty line, lines as the author ended them, images left
    /// out. Where it crosses turns each begins with the speaker's name.
    pub text: String,
    /// Who speaks in it, in order of their first word there.
    pub speakers: Vec<String>,
    /// The article's title.
    pub title: Option<String>,
    /// Who wrote or published it.
    pub author: Option<String>,
    /// When it was published, as it says.
    pub date: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was said.
    pub time: Option<Millis>,
    /// The address that plays the recording from there.
    pub recording: Option<String>,
    /// The language of the article, as a BCP 47 tag.
    pub language: Option<&'static str>,
}

/// The passage of the bytes in `range`, white space at its ends left out. A range that lies outside
/// the text, or off a character boundary, is made to fit.
///
/// The label of the first turn is left out where the passage begins inside what is said, or stays
/// in one turn; labels are put as the speakers are called now, not as they are printed.
pub fn quote(interview: &Interview, range: Range<u32>) -> Quote {
    let range = fit(interview, range);
    let pieces = pieces(interview, &range);
    let front = &interview.front;
    let time = pieces.first().and_then(|piece| interview.time_at(piece.block));
    let mut speakers: Vec<SpeakerId> = Vec::new();
    for turn in pieces.iter().filter_map(|piece| piece.turn) {
        let speaker = interview.turn(turn).speaker;
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    Quote {
        text: joined(interview, &range, &pieces),
        speakers: speakers.iter().map(|&id| interview.speaker(id).name.clone()).collect(),
        title: front.title.clone(),
        author: front.author.clone(),
        date: front.published.clone(),
        url: front.url.clone(),
        time,
        recording: front.media.as_deref().zip(time).and_then(|(at, time)| media::at(at, time)),
        language: interview.language,
    }
}

/// Whether a language writes Han or kana, with punctuation as wide as they are.
pub fn is_east_asian(language: Option<&str>) -> bool {
    matches!(language, Some("zh" | "ja"))
}

/// What a passage has of one block.
struct Piece<'a> {
    block: BlockId,
    turn: Option<TurnId>,
    /// Whether it holds the block's text from its beginning.
    whole_start: bool,
    text: &'a str,
}

fn fit(interview: &Interview, range: Range<u32>) -> Range<u32> {
    let text = interview.prose.text();
    let start = text.floor_char_boundary(range.start as usize);
    let end = text.ceil_char_boundary(range.end as usize).max(start);
    start as u32..end as u32
}

/// The text of each block that the passage touches, without labels, images and rules.
fn pieces<'a>(interview: &'a Interview, range: &Range<u32>) -> Vec<Piece<'a>> {
    let prose = &interview.prose;
    let Some(first) = prose.block_at(range.start) else { return Vec::new() };
    let blocks = (first.0..prose.blocks().len() as u32).map(BlockId);
    let mut pieces = Vec::new();
    for block in blocks.take_while(|&id| prose.block(id).span.start < range.end) {
        if matches!(prose.block(block).kind, Kind::Image(_) | Kind::Rule) {
            continue;
        }
        let body = body(interview, block);
        let start = body.start.max(range.start);
        let end = body.end.min(range.end);
        if start >= end {
            continue;
        }
        let text = prose.slice(start..end);
        if text.chars().all(|c| c.is_whitespace() || c == OBJECT) {
            continue;
        }
        let lead = prose.slice(body.start..start);
        let turn = interview.turn_of(block);
        pieces.push(Piece { block, turn, whole_start: lead.trim().is_empty(), text });
    }
    pieces
}

/// A block's text without the label of the turn that it opens.
fn body(interview: &Interview, id: BlockId) -> Range<u32> {
    let content = interview.prose.content(id);
    let turn = interview.turn_of(id).map(|turn| interview.turn(turn));
    match turn.filter(|turn| turn.blocks.start == id) {
        Some(turn) => turn.label.end.clamp(content.start, content.end)..content.end,
        None => content,
    }
}

fn joined(interview: &Interview, range: &Range<u32>, pieces: &[Piece<'_>]) -> String {
    let crosses = pieces.windows(2).any(|two| two[0].turn != two[1].turn);
    let mut out = String::new();
    let mut before: Option<&Piece<'_>> = None;
    for piece in pieces {
        out.push_str(before.map_or("", |before| between(interview, before, piece)));
        let opens = match before {
            Some(before) => before.turn != piece.turn,
            None => begins_turn(interview, range, piece),
        };
        if let Some(turn) = piece.turn.filter(|_| crosses && opens) {
            out.push_str(&label(interview, turn));
        }
        if piece.whole_start {
            match interview.prose.block(piece.block).marker {
                Marker::None => {}
                Marker::Bullet => out.push_str("- "),
                Marker::Number(number) => out.push_str(&format!("{number}. ")),
            }
        }
        out.extend(piece.text.chars().filter(|&c| c != OBJECT));
        before = Some(piece);
    }
    // A block ends before blanks and line ends that an image left behind, too.
    let lines: Vec<&str> = out.trim().split('\n').map(str::trim_end).collect();
    clean(&lines.join("\n")).into_owned()
}

/// Whether a passage that begins with this piece begins with what its turn says.
fn begins_turn(interview: &Interview, range: &Range<u32>, piece: &Piece<'_>) -> bool {
    let Some(turn) = piece.turn.map(|turn| interview.turn(turn)) else { return false };
    let start = body(interview, turn.blocks.start).start;
    range.start <= start || piece.block == turn.blocks.start && piece.whole_start
}

/// The name of a turn's speaker as a label.
fn label(interview: &Interview, turn: TurnId) -> String {
    let name = &interview.speaker(interview.turn(turn).speaker).name;
    let colon = if is_east_asian(interview.language) { "：" } else { ": " };
    format!("{name}{colon}")
}

/// What stands between two pieces: nothing where one paragraph was taken apart, a line end between
/// the items of a list, else an empty line.
fn between(interview: &Interview, before: &Piece<'_>, after: &Piece<'_>) -> &'static str {
    let prose = &interview.prose;
    let last = prose.block(before.block);
    let block = prose.block(after.block);
    let next = before.block.next() == after.block;
    if before.turn != after.turn {
        "\n\n"
    } else if next && !prose.slice(last.span.clone()).ends_with('\n') {
        ""
    } else if last.depth > 0 && block.depth > 0 && block.marker != Marker::None
        || next && is_field(interview, before.block) && is_field(interview, after.block)
    {
        "\n"
    } else {
        "\n\n"
    }
}

fn is_field(interview: &Interview, block: BlockId) -> bool {
    interview.roles.get(block.index()) == Some(&Role::Field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;
    use crate::interview::correct::{Correction, Corrections, corrected};

    const TALK: &str = "# 灯塔与夜航\n\n作者：夜读\n\n发布时间：2024-12-21\n\n\
        原文链接：https://a.example/1\n\n音频：https://a.example/1.mp3\n\n\
        **主持人（00:10）：** 灯亮多久？要守\n一整夜吗？\n\n\
        **守塔人（01:02:03）：** 十秒一次。\n\n![灯](https://a.example/x.jpg)\n\n\
        * 风\n* 潮水\n\n一夜四千次。\n\n\
        **主持人（01:02:30）：** 谁数过？\n\n**守塔人（01:03:00）：** 我数过。\n";

    fn talk() -> Interview {
        crate::interview::read(format::read(TALK, Some("md")))
    }

    /// The bytes from one text to another, both included.
    fn bytes(interview: &Interview, from: &str, to: &str) -> Range<u32> {
        let text = interview.prose.text();
        let start = text.find(from).unwrap();
        let end = start + text[start..].find(to).unwrap() + to.len();
        start as u32..end as u32
    }

    fn of(from: &str, to: &str) -> Quote {
        let interview = talk();
        let range = bytes(&interview, from, to);
        quote(&interview, range)
    }

    #[test]
    fn a_sentence_with_all_that_is_known_of_it() {
        let quote = of("十秒", "一次。");
        assert_eq!(
            quote,
            Quote {
                text: "十秒一次。".to_owned(),
                speakers: vec!["守塔人".to_owned()],
                title: Some("灯塔与夜航".to_owned()),
                author: Some("夜读".to_owned()),
                date: Some("2024-12-21".to_owned()),
                url: Some("https://a.example/1".to_owned()),
                time: Some(Millis(3_723_000)),
                recording: Some("https://a.example/1.mp3#t=3723".to_owned()),
                language: Some("zh"),
            }
        );
    }

    #[test]
    fn paragraphs_lists_and_images_within_a_turn() {
        assert_eq!(of("要守", "夜吗？").text, "要守一整夜吗？");
        assert_eq!(of("一次", "四千次").text, "一次。\n\n- 风\n- 潮水\n\n一夜四千次");
        assert_eq!(of("水", "四千次").text, "水\n\n一夜四千次");
    }

    #[test]
    fn a_passage_that_crosses_turns_names_who_speaks() {
        // It begins inside what the first one says, so only the others are named.
        let crossing = of("四千次。", "我数过。");
        assert_eq!(crossing.text, "四千次。\n\n主持人：谁数过？\n\n守塔人：我数过。");
        assert_eq!(crossing.speakers, ["守塔人", "主持人"]);
        // The first label is put where the passage begins with the turn.
        for from in ["谁数", "主持人（01:02:30"] {
            assert_eq!(of(from, "我数过。").text, "主持人：谁数过？\n\n守塔人：我数过。");
        }
        // One turn alone has its name in the citation.
        assert_eq!(of("主持人（01:02:30", "谁数过？").text, "谁数过？");
    }

    #[test]
    fn names_are_those_the_reader_gave() {
        let interview = talk();
        let mut corrections = Corrections::default();
        let (speaker, name) = ("守塔人".to_owned(), "沈若水".to_owned());
        corrections.add(&Correction::Name { speaker, name });
        let interview = corrected(interview, &corrections);
        let range = bytes(&interview, "谁数", "我数过。");
        let quote = quote(&interview, range);
        assert_eq!(quote.text, "主持人：谁数过？\n\n沈若水：我数过。");
        assert_eq!(quote.speakers, ["主持人", "沈若水"]);
    }

    #[test]
    fn latin_text_and_ranges_that_do_not_fit() {
        let text = "**Ann:** How long is a *night*?\n\n**Ben:** It has eight hours.\n\n\
            **Ann:** And the lamp?\n\n**Ben:** It has the same.\n";
        let interview = crate::interview::read(format::read(text, Some("md")));
        let all = quote(&interview, 0..u32::MAX);
        assert_eq!(
            all.text,
            "Ann: How long is a night?\n\nBen: It has eight hours.\n\n\
             Ann: And the lamp?\n\nBen: It has the same."
        );
        assert_eq!(all.title, None);
        let interview = talk();
        let start = interview.prose.text().find("十秒").unwrap() as u32;
        assert_eq!(quote(&interview, start + 1..start + 4).text, "十秒");
        assert_eq!(quote(&interview, u32::MAX..u32::MAX).text, "");
        assert_eq!(quote(&Interview::default(), 0..9).text, "");
    }

    #[test]
    fn a_paragraph_that_was_taken_apart_is_one() {
        let long = "夜里的灯每十秒亮一次。".repeat(2000);
        let interview = crate::interview::read(format::read(&long, Some("md")));
        assert!(interview.prose.blocks().len() > 1);
        assert_eq!(quote(&interview, 0..interview.prose.len()).text, long);
    }
}
