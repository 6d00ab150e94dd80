//! The key points that an article gives itself, under a heading that says so.

use super::{Point, Role};
use crate::prose::{BlockId, Kind, Marker, Prose, Style};

const HEADINGS: &[&str] = &[
    "内容提要",
    "内容摘要",
    "內容提要",
    "內容摘要",
    "摘要",
    "要点",
    "要點",
    "核心观点",
    "核心觀點",
    "核心要点",
    "主要观点",
    "本文要点",
    "重点摘要",
    "提要",
    "划重点",
    "金句",
    "summary",
    "key takeaways",
    "takeaways",
    "key points",
    "tl;dr",
    "tldr",
    "highlights",
    "in brief",
    "at a glance",
];

/// The points, and their blocks marked in `roles`.
pub fn points(prose: &Prose, roles: &mut [Role]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut at = 0;
    let count = prose.blocks().len();
    while at < count && !is_heading(prose, BlockId(at as u32)) {
        at += 1;
    }
    let begin = at + 1;
    if begin >= count {
        return points;
    }
    let end = (begin..count)
        .find(|&at| matches!(prose.blocks()[at].kind, Kind::Heading(_)))
        .unwrap_or(count);
    let listed = (begin..end).any(|at| prose.blocks()[at].marker != Marker::None);
    // Without a list there may be some paragraphs; more are a section of the article.
    if !listed && end - begin > 8 {
        return points;
    }
    for (at, role) in roles.iter_mut().enumerate().take(end).skip(begin) {
        let id = BlockId(at as u32);
        let block = prose.block(id);
        if block.kind != Kind::Paragraph || *role != Role::Text {
            continue;
        }
        let begins = block.marker != Marker::None && block.depth == 1 || !listed;
        if begins {
            *role = Role::Summary;
            points.push(point(prose, id));
        } else if let Some(last) = points.last_mut().filter(|_| block.depth > 0) {
            *role = Role::Summary;
            last.text.push('\n');
            last.text.push_str(prose.slice(prose.content(id)));
        }
    }
    points
}

fn is_heading(prose: &Prose, id: BlockId) -> bool {
    if !matches!(prose.block(id).kind, Kind::Heading(_)) {
        return false;
    }
    let text = prose.slice(prose.content(id)).to_lowercase();
    let head = text.split([':', '：', '｜', '|', '—']).next().unwrap_or(&text).trim();
    HEADINGS.contains(&head)
}

fn point(prose: &Prose, id: BlockId) -> Point {
    let content = prose.content(id);
    let lead = prose
        .runs_in(content.clone())
        .first()
        .filter(|run| run.span.start <= content.start && run.style.contains(Style::STRONG))
        .map_or(content.start, |run| run.span.end.min(content.end));
    let marks = [':', '：', ' ', '—', '-', '。', '.'];
    let title = prose.slice(content.start..lead).trim_end_matches(marks).trim();
    let text = prose.slice(lead..content.end).trim_start_matches([':', '：', ' ', '—', '-']);
    Point { title: title.to_owned(), text: text.trim().to_owned(), block: id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_with_and_without_a_lead() {
        let text = "# 题\n\n## 内容提要: 一次访谈\n\n  1. **先学步子:** 一行一行。\n  2. 没有标题的一条\n\n     接着说\n\n## 全文\n\n1. 不是要点\n";
        let prose = crate::format::markdown::read(text).prose;
        let mut roles = vec![Role::Text; prose.blocks().len()];
        let points = points(&prose, &mut roles);
        let shown: Vec<_> = points.iter().map(|p| (p.title.as_str(), p.text.as_str())).collect();
        assert_eq!(shown, [("先学步子", "一行一行。"), ("", "没有标题的一条\n接着说")]);
        assert_eq!(roles[2..5], [Role::Summary; 3]);
        assert_eq!(roles[6], Role::Text);
    }
}
