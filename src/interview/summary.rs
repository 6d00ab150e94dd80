//! The key points that an article gives itself, under a heading that says so.

use super::{Point, Role};
use crate::format::{Fields, is_summary};
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

/// How long such a heading is at most, in bytes.
const LONGEST: usize = 32;
/// How many blocks from the beginning may hold the front matter's summary.
const REACH: usize = 6;
/// From how many sentences in bold on an introduction says its points so.
const BOLD: usize = 6;
/// The shortest sentence in bold that is a point, in characters.
const SENTENCE: usize = 12;

/// The points, and their blocks marked in `roles`; those of the front matter first.
pub fn points(prose: &Prose, fields: &Fields, roles: &mut [Role]) -> Vec<Point> {
    let mut points = told(prose, fields, roles);
    points.extend(headed(prose, roles));
    points
}

/// The summary of the front matter, which stands below the title.
fn told(prose: &Prose, fields: &Fields, roles: &mut [Role]) -> Vec<Point> {
    let Some((_, text)) = fields.iter().find(|(key, _)| is_summary(key)) else { return Vec::new() };
    let blocks = roles.iter_mut().enumerate().take(REACH.min(prose.blocks().len()));
    for (at, role) in blocks {
        let id = BlockId(at as u32);
        if prose.slice(prose.content(id)) == text {
            *role = Role::Summary;
            return vec![Point { title: String::new(), text: text.clone(), block: id }];
        }
    }
    Vec::new()
}

/// The points under a heading that says so.
fn headed(prose: &Prose, roles: &mut [Role]) -> Vec<Point> {
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
    let lone = prose.blocks()[at].kind == Kind::Paragraph;
    let signed = |at: usize| {
        let block = &prose.blocks()[at];
        block.marker != Marker::None || block.depth > 0 || has_sign(prose.slice(block.span.clone()))
    };
    // Below a line that is no heading only what is listed belongs to it.
    let ends = |at: &usize| match lone {
        true => !signed(*at),
        false => matches!(prose.blocks()[*at].kind, Kind::Heading(_)),
    };
    let end = (begin..count).find(ends).unwrap_or(count);
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

/// The sentences in bold of a long introduction, where there are no other points: what the article
/// itself sets apart before anyone speaks.
pub fn stressed(prose: &Prose, roles: &[Role], first: BlockId) -> Vec<Point> {
    let mut points = Vec::new();
    for (at, role) in roles.iter().enumerate().take(first.index()) {
        let id = BlockId(at as u32);
        if *role != Role::Text || prose.block(id).kind != Kind::Paragraph {
            continue;
        }
        let content = prose.content(id);
        for run in prose.runs_in(content.clone()) {
            let text = prose.slice(run.span.clone()).trim();
            let ends = text.ends_with(['。', '！', '.', '!', '；']);
            let least = if ends { SENTENCE } else { SENTENCE * 2 - 4 };
            let sentence = text.chars().nth(least).is_some();
            if run.style.contains(Style::STRONG) && run.link.is_none() && sentence {
                points.push(Point { title: String::new(), text: text.to_owned(), block: id });
            }
        }
    }
    // What takes up half of a text is no introduction.
    let long = prose.block(first).span.start > prose.len() / 5 * 2;
    if long || points.len() < BOLD { Vec::new() } else { points }
}

/// Whether a paragraph begins with a sign as lists do in plain text.
fn has_sign(text: &str) -> bool {
    text.trim_start()
        .starts_with(['◎', '●', '■', '◆', '•', '·', '▪', '★', '☆', '○', '▲', '➤', '※', '-', '*'])
}

fn is_heading(prose: &Prose, id: BlockId) -> bool {
    let content = prose.content(id);
    let paragraph = prose.block(id).kind == Kind::Paragraph;
    // Most paragraphs are passed over by their length.
    if paragraph && content.len() > LONGEST * 2 {
        return false;
    }
    let text = prose.slice(content);
    if paragraph {
        let bare = text.trim().trim_end_matches([':', '：']);
        return bare.len() <= LONGEST && HEADINGS.contains(&bare.to_lowercase().as_str());
    }
    if !matches!(prose.block(id).kind, Kind::Heading(_)) {
        return false;
    }
    let text = text.to_lowercase();
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
    let text = text.trim();
    let text = if has_sign(text) {
        text.trim_start_matches(|c: char| !c.is_alphanumeric() && !"“「《（(".contains(c))
    } else {
        text
    };
    Point { title: title.to_owned(), text: text.to_owned(), block: id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_with_and_without_a_lead() {
        let text = "# 题\n\n## 内容提要: 一次访谈\n\n  1. **先学步子:** 一行一行。\n  2. 没有标题的一条\n\n     接着说\n\n## 全文\n\n1. 不是要点\n";
        let prose = crate::format::markdown::read(text).prose;
        let mut roles = vec![Role::Text; prose.blocks().len()];
        let points = points(&prose, &Fields::new(), &mut roles);
        let shown: Vec<_> = points.iter().map(|p| (p.title.as_str(), p.text.as_str())).collect();
        assert_eq!(shown, [("先学步子", "一行一行。"), ("", "没有标题的一条\n接着说")]);
        assert_eq!(roles[2..5], [Role::Summary; 3]);
        assert_eq!(roles[6], Role::Text);
    }
}
