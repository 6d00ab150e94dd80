//! [`Document`] → [`Interview`]: front matter, summary and tail first, then labels, then turns.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::beside::beside;
use super::chevrons::SIGN;
use super::frequent;
use super::infer::{Reading, infer};
use super::labels::{Label, candidates};
use super::legend::{Legend, legend};
use super::offices::bearers;
use super::people::people;
use super::start::Start;
use super::turns::{Found, sections, turns};
use super::{Interview, Role, announced, front, language, parts, summary, tail};
use crate::format::{Document, Voice};
use crate::prose::{BlockId, Prose};

/// Reads a document as an interview. It never fails: an article that is none has no turns.
pub fn read(document: Document) -> Interview {
    let Document { mut prose, fields, format, mut voices } = document;
    // Where somebody speaks whom the format does not name.
    let stops: Vec<u32> =
        voices.extract_if(.., |voice| voice.name.is_empty()).map(|v| v.at).collect();
    prose.split(&front::cuts(&prose));
    let language = language::language(prose.text());
    let mut roles = vec![Role::Text; prose.blocks().len()];
    let front_matter = front::front(&prose, &fields, &mut roles);
    let mut points = summary::points(&prose, &fields, &mut roles);
    tail::mark(&prose, &mut roles);
    let legend = if voices.is_empty() { legend(&prose, &roles) } else { Legend::default() };
    let mut reading = if voices.is_empty() {
        let title = front_matter.title.as_deref().unwrap_or_default();
        let again = |id: BlockId| !title.is_empty() && prose.slice(prose.content(id)) == title;
        let beside = beside(&prose, &roles);
        let lists = frequent::lists(&prose, &roles, title);
        let roles = without(&prose, &roles, &lists);
        let closed = |id: BlockId| {
            roles[id.index()] != Role::Text
                || legend.lines().contains(&id)
                || beside.contains(&id)
                || again(id)
        };
        let found = candidates(&prose, closed);
        infer(&prose, &found, &roles, &legend, announced::head(&fields), language)
    } else {
        given(voices)
    };
    let mut labels = HashSet::new();
    for start in &reading.starts {
        labels.insert(start.label.key.as_str());
    }
    let legend = legend.of(&labels).with(bearers(&reading.starts));
    let mut people = people(&prose, &reading.starts, &legend);
    let unnamed = reading.starts.first().is_some_and(|start| start.label.name == SIGN);
    if matches!(format, "srt" | "vtt") && !unnamed {
        one_turn_each(&mut reading.starts, &mut people.of, &stops);
    }
    let ends: Vec<u32> = prose.blocks().iter().map(|block| block.span.end).collect();
    prose.split(&reading.starts.iter().map(|start| start.at).collect::<Vec<u32>>());
    roles = spread(&roles, &ends, &prose);
    for point in &mut points {
        let begin = ends[..point.block.index()].last().copied().unwrap_or(0);
        point.block = prose.block_at(begin).unwrap_or_default();
    }
    drop(ends);
    let Found { speakers, turns, notes, style } =
        turns(&prose, &mut roles, &reading.starts, &stops, &people);
    if let Some(first) = turns.first().filter(|_| points.is_empty()) {
        points = summary::stressed(&prose, &roles, first.blocks.start);
    }
    let sections = sections(&prose, &mut roles, &turns, style);
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
        hypotheses: reading.hypotheses,
    };
    parts::parts(&mut interview);
    interview
}

/// The roles of blocks for whoever looks for turns: in these stretches there are none.
fn without<'a>(prose: &Prose, roles: &'a [Role], stretches: &[Range<u32>]) -> Cow<'a, [Role]> {
    let mut out = Cow::Borrowed(roles);
    for stretch in stretches {
        let blocks = prose.blocks();
        let first = blocks.partition_point(|block| block.span.start < stretch.start);
        let end = blocks.partition_point(|block| block.span.start < stretch.end);
        out.to_mut()[first..end].fill(Role::Related);
    }
    out
}

/// The cues of one speaker are one turn, where nobody else speaks between them.
fn one_turn_each(starts: &mut Vec<Start>, of: &mut Vec<usize>, stops: &[u32]) {
    let until = |at: usize| stops.partition_point(|&stop| stop < starts[at].at);
    let keep: Vec<bool> = (0..of.len())
        .map(|at| at == 0 || of[at] != of[at - 1] || until(at) > until(at - 1))
        .collect();
    let mut kept = keep.iter();
    starts.retain(|_| kept.next().copied().unwrap_or(true));
    let mut kept = keep.iter();
    of.retain(|_| kept.next().copied().unwrap_or(true));
}

/// The turns that the format itself marks.
fn given(voices: Vec<Voice>) -> Reading {
    // Names that are one without what stands in brackets are several people's.
    let mut bare: HashMap<String, HashSet<&str>> = HashMap::new();
    for voice in &voices {
        if let Some(name) = without_brackets(&voice.name) {
            bare.entry(name.to_owned()).or_default().insert(&voice.name);
        }
    }
    let alone: HashSet<String> =
        bare.into_iter().filter(|(_, whole)| whole.len() == 1).map(|(name, _)| name).collect();
    let mut labels: HashMap<String, Arc<Label>> = HashMap::new();
    let new = |name: &String| {
        // A bare number gets a word before it.
        if !name.is_empty() && name.bytes().all(|digit| digit.is_ascii_digit()) {
            return Arc::new(Label::new(name, &format!("Speaker {name}")));
        }
        let bare = without_brackets(name).filter(|bare| alone.contains(*bare));
        Arc::new(bare.map_or_else(|| Label::unprinted(name), |bare| Label::new(name, bare)))
    };
    let mut start = |Voice { at, name, time }: Voice| {
        let label = labels.entry(name).or_insert_with_key(new);
        Start { time, ..Start::new(at, at, Arc::clone(label)) }
    };
    Reading {
        starts: voices.into_iter().map(&mut start).collect(),
        layout: "marked by the format".to_owned(),
        hypotheses: Vec::new(),
    }
}

/// A name without what it says in brackets of who that is: `Ann Lee (host)`.
fn without_brackets(name: &str) -> Option<&str> {
    let (bare, _) = name.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
    Some(bare.trim()).filter(|bare| bare.chars().any(char::is_alphabetic))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::Part;

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
    fn dashes_by_turns() {
        let text = "— ¿Quién es?\n\n— Yo.\n\n— ¿De dónde viene?\n\n— Del mar.\n\nY de más lejos.\n\n— ¿Y adónde va?\n\n— A casa.\n\n— ¿Vuelve?\n\n— Mañana.\n";
        let shown = shown(text);
        assert_eq!(shown.len(), 8);
        assert_eq!(shown[2], ("Q".to_owned(), "¿De dónde viene?".to_owned()));
        assert_eq!(shown[3], ("A".to_owned(), "Del mar./Y de más lejos.".to_owned()));
    }

    #[test]
    fn questions_without_labels() {
        let text = "**你是谁？**\n\n我是甲。\n\n**从哪来？**\n\n乙地。\n\n我走了很远。\n\n**去哪？**\n\n丙地。\n\n**还回来吗？**\n\n回来。\n";
        let shown = shown(text);
        assert_eq!(shown.len(), 8);
        assert_eq!(shown[2], ("Q".to_owned(), "从哪来？".to_owned()));
        assert_eq!(shown[3], ("A".to_owned(), "乙地。/我走了很远。".to_owned()));
    }
}
