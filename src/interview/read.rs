//! [`Document`] → [`Interview`]: front matter, summary and tail first, then labels, then turns.

use std::collections::HashMap;

use super::infer::{Reading, Start, infer};
use super::labels::{candidates, key};
use super::{
    Interview, Note, Part, Role, Section, Speaker, SpeakerId, Turn, front, language, summary, tail,
};
use crate::format::{Document, Voice};
use crate::prose::{BlockId, Kind, Prose};

/// Reads a document as an interview. It never fails: an article that is none has no turns.
pub fn read(document: Document) -> Interview {
    let Document { mut prose, fields, format, voices } = document;
    prose.split(&front::cuts(&prose));
    let mut roles = vec![Role::Text; prose.blocks().len()];
    let front_matter = front::front(&prose, &fields, &mut roles);
    let mut points = summary::points(&prose, &mut roles);
    tail::mark(&prose, &mut roles);
    let closed = |id: BlockId| {
        roles[id.index()] != Role::Text || prose.block(id).marker != crate::prose::Marker::None
    };
    let reading = if voices.is_empty() {
        let found = candidates(&prose, closed);
        infer(&prose, &found, &roles)
    } else {
        given(voices)
    };
    let cuts: Vec<u32> = reading.starts.iter().map(|start| start.at).collect();
    let ends: Vec<u32> = prose.blocks().iter().map(|block| block.span.end).collect();
    prose.split(&cuts);
    roles = spread(&roles, &ends, &prose);
    for point in &mut points {
        let begin = ends[..point.block.index()].last().copied().unwrap_or(0);
        point.block = prose.block_at(begin).unwrap_or_default();
    }
    let (speakers, turns, notes) = turns(&prose, &mut roles, &reading.starts);
    let sections = sections(&prose, &mut roles);
    let language = language::language(prose.text());
    let mut interview = Interview {
        prose,
        front: front_matter,
        speakers,
        turns,
        summary: points,
        sections,
        roles,
        notes,
        language,
        format,
        layout: reading.layout,
    };
    count(&mut interview);
    parts(&mut interview);
    interview
}

/// The turns that the format itself marks.
fn given(voices: Vec<Voice>) -> Reading {
    let start = |Voice { at, name, time }: Voice| Start {
        at,
        text: at,
        printed: String::new(),
        name,
        time,
    };
    Reading {
        starts: voices.into_iter().map(start).collect(),
        layout: "marked by the format".to_owned(),
    }
}

/// The roles of blocks that were split: each part has the role of the whole.
fn spread(roles: &[Role], ends: &[u32], prose: &Prose) -> Vec<Role> {
    let mut old = 0;
    prose
        .blocks()
        .iter()
        .map(|block| {
            while ends[old] <= block.span.start {
                old += 1;
            }
            roles[old]
        })
        .collect()
}

fn turns(
    prose: &Prose,
    roles: &mut [Role],
    starts: &[Start],
) -> (Vec<Speaker>, Vec<Turn>, Vec<Note>) {
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut ids: HashMap<String, SpeakerId> = HashMap::new();
    let mut turns = Vec::with_capacity(starts.len());
    let mut notes = Vec::new();
    for (number, start) in starts.iter().enumerate() {
        let Some(first) = prose.block_at(start.at) else { continue };
        let next = starts.get(number + 1).and_then(|next| prose.block_at(next.at));
        let most = next.unwrap_or(BlockId(prose.blocks().len() as u32));
        if most <= first {
            continue;
        }
        let end = end(prose, roles, first, most, next.is_none());
        let known = ids.len();
        let id =
            *ids.entry(key(&start.name)).or_insert(SpeakerId(known.min(u16::MAX.into()) as u16));
        if id.index() == speakers.len() {
            speakers.push(Speaker {
                name: start.name.clone(),
                aliases: Vec::new(),
                part: None,
                turns: 0,
                characters: 0,
            });
        }
        let speaker = &mut speakers[id.index()];
        if speaker.name != start.name && !speaker.aliases.contains(&start.name) {
            speaker.aliases.push(start.name.clone());
            let text = format!("“{}” is taken for “{}”", start.name, speaker.name);
            notes.push(Note { line: prose.block(first).line, text });
        }
        let begin = prose.block(first).span.start;
        for at in first.0..end.0 {
            if matches!(roles[at as usize], Role::Text | Role::Summary) {
                roles[at as usize] = Role::Turn;
            }
        }
        turns.push(Turn {
            speaker: id,
            blocks: first..end,
            label: begin..start.text.clamp(begin, prose.content(first).end),
            printed: start.printed.clone(),
            time: start.time.or(prose.block(first).time),
        });
    }
    (speakers, turns, notes)
}

/// Where a turn ends that begins with `first`: before `most`, and before the headings, rules and
/// promotions that lead to what comes behind it. The last one ends with the first of these.
fn end(prose: &Prose, roles: &[Role], first: BlockId, most: BlockId, last: bool) -> BlockId {
    let outside = |at: u32| {
        matches!(prose.blocks()[at as usize].kind, Kind::Heading(_))
            || matches!(roles[at as usize], Role::Promotion | Role::Related)
    };
    if last {
        return BlockId((first.0 + 1..most.0).find(|&at| outside(at)).unwrap_or(most.0));
    }
    let mut end = most.0;
    let border = |at: u32| outside(at) || prose.blocks()[at as usize].kind == Kind::Rule;
    while end > first.0 + 1 && border(end - 1) {
        end -= 1;
    }
    BlockId(end)
}

fn sections(prose: &Prose, roles: &mut [Role]) -> Vec<Section> {
    let mut sections = Vec::new();
    for (at, block) in prose.blocks().iter().enumerate() {
        let Kind::Heading(level) = block.kind else { continue };
        if roles[at] == Role::Title {
            continue;
        }
        if matches!(roles[at], Role::Text | Role::Turn) {
            roles[at] = Role::Section;
        }
        let id = BlockId(at as u32);
        let title = prose.slice(prose.content(id)).replace('\n', " ");
        sections.push(Section { title, level, block: id });
    }
    sections
}

/// How much each speaker says.
fn count(interview: &mut Interview) {
    for at in 0..interview.turns.len() {
        let turn = &interview.turns[at];
        let mut characters = 0;
        for block in turn.blocks.start.0..turn.blocks.end.0 {
            let id = BlockId(block);
            if !matches!(interview.prose.block(id).kind, Kind::Paragraph | Kind::Code)
                || interview.roles[id.index()] == Role::Aside
            {
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

/// Who asks and who answers: by the words of a label, else by how often turns ask and how short
/// they are.
fn parts(interview: &mut Interview) {
    const HOSTS: &[&str] = &[
        "主持",
        "记者",
        "記者",
        "采访",
        "採訪",
        "问",
        "問",
        "interviewer",
        "host",
        "moderator",
        "q",
    ];
    let mut asking = vec![0_u32; interview.speakers.len()];
    for turn in &interview.turns {
        let last = BlockId(turn.blocks.end.0 - 1);
        let text = interview.prose.slice(interview.prose.content(last));
        let asks = text.trim_end_matches(['”', '"', ' ', '」']).ends_with(['?', '？']);
        asking[turn.speaker.index()] += u32::from(asks);
    }
    let all: u32 = interview.speakers.iter().map(|speaker| speaker.characters).sum();
    let turns = interview.turns.len().max(1) as f64;
    let mean = f64::from(all) / turns;
    let mut hosts = 0;
    for (speaker, asking) in interview.speakers.iter_mut().zip(asking) {
        let name = speaker.name.to_lowercase();
        let said = HOSTS
            .iter()
            .any(|word| if word.len() < 4 { name == *word } else { name.contains(word) });
        let share = f64::from(asking) / f64::from(speaker.turns.max(1));
        let length = f64::from(speaker.characters) / f64::from(speaker.turns.max(1));
        if said || speaker.turns >= 2 && share >= 0.45 && length < mean * 0.8 {
            speaker.part = Some(Part::Host);
            hosts += 1;
        }
    }
    if hosts > 0 && hosts < interview.speakers.len() {
        for speaker in interview.speakers.iter_mut().filter(|speaker| speaker.part.is_none()) {
            speaker.part = Some(Part::Guest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interview(text: &str) -> Interview {
        read(crate::format::markdown::read(text))
    }

    fn shown(text: &str) -> Vec<(String, String)> {
        let interview = interview(text);
        interview
            .turns
            .iter()
            .map(|turn| {
                let name = interview.speaker(turn.speaker).name.clone();
                let end = interview.prose.blocks()[turn.blocks.end.index() - 1].span.end;
                (name, interview.prose.slice(turn.label.end..end).trim().replace('\n', "/"))
            })
            .collect()
    }

    fn talk(label: impl Fn(&str) -> String) -> String {
        let turns =
            [("林舟", "你好吗？"), ("周砚", "好。"), ("林舟", "真的？"), ("周砚", "真的。")];
        turns.iter().map(|(name, text)| format!("{}{text}\n\n", label(name))).collect()
    }

    #[test]
    fn every_label_of_issue_and_exporter() {
        for label in [
            |name: &str| format!("**{name}：** "),
            |name: &str| format!("**{name}：**\n"),
            |name: &str| format!("**{name}**："),
            |name: &str| format!("**{name}：**"),
            |name: &str| format!("{name}："),
            |name: &str| format!("{name}: "),
            |name: &str| format!("**{name}:** "),
        ] {
            let text = talk(label);
            let want =
                [("林舟", "你好吗？"), ("周砚", "好。"), ("林舟", "真的？"), ("周砚", "真的。")];
            let want: Vec<_> =
                want.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(shown(&text), want, "{text}");
        }
    }

    #[test]
    fn lines_of_one_paragraph_are_turns() {
        let text = "问：一？\n答：二，\n还是二。\n问：三？\n答：四。\n";
        let want = [("问", "一？"), ("答", "二，还是二。"), ("问", "三？"), ("答", "四。")];
        let want: Vec<_> = want.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(shown(text), want);
    }

    #[test]
    fn what_follows_belongs_to_the_turn() {
        let text = "# 题\n\n引言。\n\n## 全文\n\n**甲：** 一？\n\n**乙：** 二。\n\n接着**强调：**说。\n\n- 项\n\n> 引\n\n![](i.png)\n\n### 中间\n\n**甲：** 三？\n\n**乙：** 四。\n\n**关注公众号，看更多**\n\n## 往期精选\n\n1. [x](y)\n";
        let interview = interview(text);
        let shown = shown(text);
        assert_eq!(shown.len(), 4);
        assert_eq!(shown[1].1, "二。//接着强调：说。//项//引//\u{FFFC}".replace("//", "/"));
        assert_eq!(shown[3].1, "四。");
        let image = interview.prose.images()[0].block;
        assert_eq!(interview.turn_of(image), Some(super::super::TurnId(1)));
        let titles: Vec<_> = interview.sections.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(titles, ["全文", "中间", "往期精选"]);
        assert_eq!(interview.speakers[0].part, Some(Part::Host));
        assert_eq!(interview.speakers[1].part, Some(Part::Guest));
        assert_eq!(interview.speakers[1].turns, 2);
    }

    #[test]
    fn an_article_may_end_in_an_interview() {
        let article = "正文一段，讲灯塔，也讲海。\n\n".repeat(60);
        let names = ["甲一", "乙二", "丙三", "丁四"];
        let mut text = format!("# 文章\n\n{article}");
        for question in ["你是谁", "从哪来", "去哪里", "还回来吗", "何时"] {
            text.push_str(&format!("**Q. {question}？**\n\n"));
            for name in names {
                text.push_str(&format!("**{name}** : 我说说{question}。\n\n"));
            }
        }
        let shown = shown(&text);
        assert_eq!(shown.len(), 25);
        assert_eq!(shown[0], ("Q".to_owned(), "你是谁？".to_owned()));
        assert_eq!(shown[4], ("丁四".to_owned(), "我说说你是谁。".to_owned()));
    }

    #[test]
    fn letters_before_a_stop_are_labels_where_they_come_again() {
        let text =
            "Q1. 你是谁？\n\nA. 我是甲。\n\nQ2. 去哪？\n\nA. 乙地。\n\nQ3. 走吗？\n\nA. 走。\n";
        let shown = shown(text);
        let names: Vec<_> = shown.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), 6, "{shown:?}");
        assert_eq!(shown[1].1, "我是甲。");
        assert_eq!(
            super::super::read(crate::format::markdown::read("A. 一\n\nB. 二\n\nA. 三\n\nC. 四\n"))
                .turns,
            []
        );
    }

    #[test]
    fn an_article_is_no_interview() {
        for text in [
            "# 文章\n\n**优点：** 快。\n\n**缺点：** 贵。\n\n**注意：** 小心。\n\n正文一段。\n",
            "**Note:** a\n\n**Warning:** b\n\n**Note:** c\n\n**Warning:** d\n",
            "## 安装\n\n步骤：一\n\n## 使用\n\n步骤：二\n",
            "他说：好。\n\n正文很长。\n\n她说：不。\n",
            "",
        ] {
            assert_eq!(shown(text), [], "{text}");
        }
    }

    #[test]
    fn questions_without_labels() {
        let text = "**你是谁？**\n\n我是甲。\n\n**从哪来？**\n\n乙地。\n\n很远。\n\n**去哪？**\n\n丙地。\n\n**还回来吗？**\n\n回来。\n";
        let shown = shown(text);
        assert_eq!(shown.len(), 8);
        assert_eq!(shown[2], ("Q".to_owned(), "从哪来？".to_owned()));
        assert_eq!(shown[3], ("A".to_owned(), "乙地。/很远。".to_owned()));
    }
}
