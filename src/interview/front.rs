//! Front matter: the title, and the lines that say who published what, when and where.

use super::fields::{Fact, fact};
use super::labels::trailing_date;
use super::title::{announced, title};
use super::{Front, Role};
use crate::format::Fields;
use crate::prose::{BlockId, Kind, Prose};

/// Whether a line begins with the name of a field and a colon.
pub fn has_field(text: &str) -> bool {
    field(text).is_some()
}

/// How many blocks from the beginning may hold fields.
const REACH: usize = 24;

/// Where lines of front matter begin inside of paragraphs: the text is to be split there, so that
/// each is a block.
pub fn cuts(prose: &Prose) -> Vec<u32> {
    let mut cuts = Vec::new();
    for at in 0..prose.blocks().len().min(REACH) as u32 {
        let id = BlockId(at);
        if prose.block(id).kind != Kind::Paragraph {
            continue;
        }
        let content = prose.content(id);
        // Beside a field a line of the same form is one as well, whatever its name.
        let breaks = prose.breaks_in(content.clone());
        let ends = breaks.iter().skip(1).copied().chain(std::iter::once(content.end));
        let like = |(start, end): (u32, u32)| is_like(prose.slice(start..end));
        let all = breaks.iter().copied().zip(ends).all(like);
        let known = |start: u32| field(prose.slice(start..content.end)).is_some();
        let first = prose.slice(content.clone()).lines().next().unwrap_or_default();
        let beside = || all && is_like(first) && breaks.iter().any(|&at| known(at));
        if !(known(content.start) || beside()) {
            continue;
        }
        for &start in breaks {
            if all || known(start) {
                cuts.push(start);
            }
        }
    }
    cuts
}

/// Whether the name of a field begins other blocks again and again: then somebody speaks.
fn recurs(prose: &Prose, id: BlockId) -> bool {
    let text = prose.slice(prose.content(id));
    let Some(end) = text.find([':', '：']) else { return false };
    let alike = |block: &&crate::prose::Block| {
        let other = prose.slice(block.span.clone());
        other.strip_prefix(&text[..end]).is_some_and(|rest| rest.starts_with([':', '：']))
    };
    prose.blocks().iter().take(4096).filter(alike).take(4).count() > 3
}

/// `首发：…`: a short name, a colon, and something behind it.
pub fn is_like(line: &str) -> bool {
    let Some((name, value)) = line.split_once([':', '：']) else { return false };
    let name = name.trim();
    (1..=12).contains(&name.chars().count()) && !name.contains(' ') && !value.trim().is_empty()
}

/// The facts of an article, and the roles of the blocks that say them.
pub fn front(prose: &Prose, fields: &Fields, roles: &mut [Role]) -> Front {
    let mut front = Front::default();
    let heading = title(prose);
    if let Some(at) = heading {
        roles[at] = Role::Title;
        let title = prose.slice(prose.content(BlockId(at as u32)));
        front.title = Some(title.replace('\n', " "));
    }
    if let Some((at, title)) =
        heading.and_then(|heading| announced(prose, heading, |line| field(line).is_some()))
    {
        roles[at] = Role::Title;
        front.title = Some(title);
    }
    for (at, role) in roles.iter_mut().enumerate().take(REACH) {
        let id = BlockId(at as u32);
        let block = prose.block(id);
        if block.kind != Kind::Paragraph || block.depth > 0 {
            continue;
        }
        // The fields stand before the first section.
        let mut before = prose.blocks()[..at].iter().enumerate();
        if before.any(|(at, b)| Some(at) != heading && matches!(b.kind, Kind::Heading(2..))) {
            break;
        }
        let Some((fact, value)) = field(prose.slice(prose.content(id))) else { continue };
        if recurs(prose, id) {
            continue;
        }
        let recording = (fact == Fact::Media).then(|| recording(prose, id, value));
        let value = match &recording {
            Some(address) => address.as_deref().unwrap_or_default(),
            None => value,
        };
        // Without an address it is a line of text like any other.
        if fact == Fact::Other || recording == Some(None) {
            continue;
        }
        *role = Role::Field;
        // `作者：某某　　2024-05-06`
        match trailing_date(value).filter(|(name, _)| fact == Fact::Author && !name.is_empty()) {
            Some((name, date)) => {
                front.set(fact, name);
                front.set(Fact::Published, date);
            }
            None => front.set(fact, value),
        }
    }
    for (key, value) in fields {
        if key == "title" {
            front.title.get_or_insert_with(|| value.clone());
        } else if let Some(fact) = fact(key) {
            front.set(fact, value);
        }
    }
    front
}

impl Front {
    fn set(&mut self, fact: Fact, value: &str) {
        let slot = match fact {
            Fact::Author => &mut self.author,
            Fact::Published => &mut self.published,
            Fact::Place => &mut self.place,
            Fact::Url => &mut self.url,
            Fact::Cover => &mut self.cover,
            Fact::Media => &mut self.media,
            Fact::Other => return,
        };
        let value = value.replace('\n', " ");
        let value = value.trim();
        if !value.is_empty() {
            slot.get_or_insert_with(|| value.to_owned());
        }
    }
}

/// The address of a recording in a field: as it is printed, else where its link leads.
fn recording(prose: &Prose, id: BlockId, value: &str) -> Option<String> {
    let is_address = |text: &&str| text.starts_with("http://") || text.starts_with("https://");
    let word = |text: &str| {
        let end = text.find(|c: char| c.is_whitespace() || "，。；）>".contains(c));
        text[..end.unwrap_or(text.len())].to_owned()
    };
    if let Some(at) = value.find("http").filter(|&at| is_address(&&value[at..])) {
        return Some(word(&value[at..]));
    }
    let links = prose.runs_in(prose.content(id)).iter().filter_map(|run| run.link);
    let urls = links.map(|link| prose.links()[link as usize].url.as_str());
    { urls }.find(is_address).map(ToOwned::to_owned)
}

/// The fact at the beginning of a line, and its value.
fn field(text: &str) -> Option<(Fact, &str)> {
    let line = text.split('\n').next().unwrap_or(text);
    let (name, value) = line.split_once([':', '：'])?;
    let name = name.trim();
    if name.chars().count() > 16 {
        return None;
    }
    Some((fact(name)?, value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Front, Vec<Role>) {
        let document = crate::format::markdown::read(text);
        let mut prose = document.prose;
        prose.split(&cuts(&prose));
        let mut roles = vec![Role::Text; prose.blocks().len()];
        (front(&prose, &document.fields, &mut roles), roles)
    }

    #[test]
    fn lines_of_an_exporter() {
        let (front, roles) = read(
            "# 题目\n\n文章作者: 某某\n发布时间: 2026-01-02 08:20\n发布地: 浙江\n原文链接: http://a.org/s?x=1#rd\n\n封面图链接: https://a.org/c\n\n正文\n",
        );
        assert_eq!(front.title.as_deref(), Some("题目"));
        assert_eq!(front.author.as_deref(), Some("某某"));
        assert_eq!(front.published.as_deref(), Some("2026-01-02 08:20"));
        assert_eq!(front.place.as_deref(), Some("浙江"));
        assert_eq!(front.url.as_deref(), Some("http://a.org/s?x=1#rd"));
        assert_eq!(front.cover.as_deref(), Some("https://a.org/c"));
        use Role::{Field, Text, Title};
        assert_eq!(roles, [Title, Field, Field, Field, Field, Field, Text]);
    }

    #[test]
    fn a_title_of_any_level() {
        let title = |text: &str| read(text).0.title;
        assert_eq!(title("## 题\n\n作者：某某\n\n### 节\n\n文\n").as_deref(), Some("题"));
        assert_eq!(read("## 题\n\n作者：某某\n\n文\n").0.author.as_deref(), Some("某某"));
        assert_eq!(title("## 一\n\n文\n\n## 二\n\n文\n"), None);
        assert_eq!(title("文\n\n## 一\n\n文\n"), None);
    }

    #[test]
    fn the_address_of_a_recording() {
        for (text, want) in [
            (
                "# 题\n\n视频：https://b.example/v?a=1 （完整版）\n\n正文\n",
                Some("https://b.example/v?a=1"),
            ),
            (
                "# 题\n\n播客：[点此收听](https://a.example/x.mp3)\n\n正文\n",
                Some("https://a.example/x.mp3"),
            ),
            ("---\nmedia: https://a.example/x.mp3\n---\n\n# T\n", Some("https://a.example/x.mp3")),
            ("# 题\n\n音频：一小时\n\n正文\n", None),
        ] {
            let (front, roles) = read(text);
            assert_eq!(front.media.as_deref(), want, "{text}");
            assert_eq!(roles.contains(&Role::Field), want.is_some() && !text.starts_with("---"));
        }
    }

    #[test]
    fn an_author_and_a_date() {
        let (front, _) = read("# 题\n\n作者：王小波　　2024-05-06\n\n正文\n");
        assert_eq!(front.author.as_deref(), Some("王小波"));
        assert_eq!(front.published.as_deref(), Some("2024-05-06"));
    }

    #[test]
    fn english_and_yaml() {
        let (front, _) =
            read("---\nauthor: Ann\ndate: 2026-01-02\n---\n\n# T\n\nSource: https://a.org\n");
        assert_eq!(front.author.as_deref(), Some("Ann"));
        assert_eq!(front.published.as_deref(), Some("2026-01-02"));
        assert_eq!(front.url.as_deref(), Some("https://a.org"));
        assert_eq!(read("一段话：没有\n").0, Front::default());
    }
}
