//! What stands around an interview and is no part of it: promotions and related lists.

use super::Role;
use crate::prose::{BlockId, Kind, Prose};

/// Words by which a publisher asks to be followed.
const PROMOTIONS: &[&str] = &[
    "关注公众号",
    "關注公眾號",
    "设为星标",
    "设🌟标",
    "扫码关注",
    "长按关注",
    "点击关注",
    "点击上方",
    "长按识别",
    "扫描二维码",
    "加入社群",
    "欢迎关注",
    "关注我们",
    "点赞",
    "在看",
    "转发给",
    "follow our account",
    "follow us",
    "subscribe to our",
    "subscribe now",
    "sign up for our",
    "join our newsletter",
    "like and subscribe",
    "from our partners",
    "our newsletter",
    "sign up for",
    "get our",
    "suscríb",
    "suscrib",
    "abonnez",
    "à lire aussi",
    "lire aussi",
    "read also",
    "see also:",
    "jetzt abonnieren",
    "lesen sie auch",
    "leer más",
    "também:",
    "延伸閱讀",
    "延伸阅读",
    "相关阅读",
    "点击阅读",
];

/// Headings of lists that lead elsewhere.
const RELATED: &[&str] = &[
    "往期精选",
    "往期推荐",
    "往期回顾",
    "往期",
    "推荐阅读",
    "延伸阅读",
    "相关阅读",
    "相关文章",
    "精彩回顾",
    "更多阅读",
    "猜你喜欢",
    "延伸閱讀",
    "推薦閱讀",
    "相關文章",
    "related",
    "related articles",
    "related posts",
    "related stories",
    "related reading",
    "further reading",
    "read more",
    "read next",
    "more stories",
    "more from us",
    "recommended reading",
    "más información",
    "leer también",
    "te puede interesar",
    "читайте также",
    "lesen sie auch",
    "mehr zum thema",
    "à lire aussi",
    "sur le même sujet",
    "leia também",
    "leggi anche",
    "関連記事",
    "관련기사",
    "관련 기사",
    "you may also like",
];

/// How far a list that leads elsewhere goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Related {
    /// There is none.
    No,
    /// Below a heading: to the next one.
    ToHeading,
    /// Below a line: as long as there are items and links.
    Listed,
}

/// Marks promotions and related lists in `roles`.
pub fn mark(prose: &Prose, roles: &mut [Role]) {
    let mut related = Related::No;
    for (at, role) in roles.iter_mut().enumerate() {
        let id = BlockId(at as u32);
        let block = prose.block(id);
        let text = prose.slice(prose.content(id));
        let heading = matches!(block.kind, Kind::Heading(_));
        if is_related(text) && is_head(prose, id) {
            related = if heading { Related::ToHeading } else { Related::Listed };
        } else if heading || related == Related::Listed && !is_item(prose, id) {
            related = Related::No;
        }
        if related != Related::No && *role == Role::Text {
            *role = Role::Related;
        } else if *role == Role::Text && is_promotion(text, linked(prose, id)) {
            *role = Role::Promotion;
        }
    }
}

/// Whether a block is an item of a list, a picture, or all link.
fn is_item(prose: &Prose, id: BlockId) -> bool {
    let block = prose.block(id);
    let content = prose.content(id);
    let runs = prose.runs_in(content.clone()).iter();
    let linked: usize = runs.filter(|run| run.link.is_some()).map(|run| run.span.len()).sum();
    block.depth > 0 || matches!(block.kind, Kind::Image(_)) || linked * 10 > content.len() * 7
}

/// Whether a block may be the head of a list: a heading, or a short line.
fn is_head(prose: &Prose, id: BlockId) -> bool {
    let block = prose.block(id);
    matches!(block.kind, Kind::Heading(_)) || block.depth == 0 && prose.content(id).len() < 40
}

/// Whether a line is the head of a list that leads elsewhere.
pub fn is_related(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let text = text.trim().trim_end_matches([':', '：']).to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.len() < 40 && RELATED.contains(&text)
}

/// How a block leads elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// It does not.
    Nowhere,
    /// Set apart in a quote, with a link.
    Away,
}

fn linked(prose: &Prose, id: BlockId) -> Leads {
    let set = prose.block(id).quote > 0;
    let link = || prose.runs_in(prose.content(id)).iter().any(|run| run.link.is_some());
    if set && link() { Leads::Away } else { Leads::Nowhere }
}

fn is_promotion(text: &str, leads: Leads) -> bool {
    // A sentence is no promotion; most blocks are passed over by this alone.
    let sentence = text.contains(['。', '？']) || text.contains(". ");
    if text.len() >= 240 || sentence && leads == Leads::Nowhere {
        return false;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let named = RELATED.iter().any(|words| {
        words.len() > 6
            && bare.strip_prefix(words).is_some_and(|rest| {
                leads == Leads::Away
                    || rest.starts_with([':', '：', ' ', '\u{3000}', '|', '｜', '\n'])
            })
    });
    named || PROMOTIONS.iter().any(|words| lower.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str) -> Vec<Role> {
        let prose = crate::format::markdown::read(text).prose;
        let mut roles = vec![Role::Text; prose.blocks().len()];
        mark(&prose, &mut roles);
        roles
    }

    #[test]
    fn promotions_and_related_lists() {
        use Role::{Promotion, Related, Text};
        assert_eq!(
            roles(
                "**👉关注公众号，每周一篇**\n\n他说关注公众号没有用。\n\n##  往期精选\n\n1. [甲](x)\n2. [乙](y)\n\n## 后记\n\n文\n"
            ),
            [Promotion, Text, Related, Related, Related, Text, Text]
        );
        assert_eq!(roles("## Related\n\n- a\n"), [Related, Related]);
        assert_eq!(roles("My related work is long. Read more of it.\n"), [Text]);
    }
}
