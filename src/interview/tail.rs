//! What stands around an interview and is no part of it: promotions and related lists.

use std::ops::Range;

use super::Role;
use super::promotion::{LONG, Promotes, is_labelled, promotion};
use super::questions;
use super::related::{is_link, is_related};
use crate::prose::{BlockId, Kind, Prose};
use crate::text::parallel::each;

/// The longest title in a list that leads elsewhere, in characters.
const TITLE: usize = 120;

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

/// Marks promotions and related lists in `roles`: what nobody would say.
pub fn mark(prose: &Prose, roles: &mut [Role]) {
    let mut related = Related::No;
    let open: &[Role] = roles;
    let looks = each(open.len(), |at| {
        let id = BlockId(at as u32);
        let content = prose.content(id);
        // Most blocks are passed over by their length.
        if content.len() > LONG {
            return Looks::default();
        }
        let text = prose.slice(content);
        let promotes = || promotion(prose, id) == Promotes::Surely;
        Looks {
            heads: is_head(prose, id) && is_related(text),
            advertised: is_advertised(text),
            ad: text == AD,
            promotes: open[at] == Role::Text && promotes(),
        }
    });
    let ads = looks.iter().filter(|looks| looks.ad).take(RARE + 1).count() <= RARE;
    for (at, (role, looks)) in roles.iter_mut().zip(&looks).enumerate() {
        let id = BlockId(at as u32);
        let block = prose.block(id);
        let heading = matches!(block.kind, Kind::Heading(_));
        if looks.heads {
            related = if heading { Related::ToHeading } else { Related::Listed };
        } else if heading
            || related == Related::Listed && !is_item(prose, id)
            || related == Related::ToHeading && goes_on(prose, id)
        {
            related = Related::No;
        }
        // Below a question it is the answer.
        let asked = || {
            let before = at.checked_sub(1).map(|at| prose.content(BlockId(at as u32)));
            before.is_some_and(|before| questions::asks(prose.slice(before).trim()))
        };
        if *role == Role::Text && (looks.advertised && !asked() || ads && looks.ad) {
            *role = Role::Promotion;
        } else if related != Related::No && *role == Role::Text {
            *role = Role::Related;
        } else if *role == Role::Text && looks.promotes {
            *role = Role::Promotion;
        }
    }
}

/// What a block is like by itself.
#[derive(Clone, Copy, Debug, Default)]
struct Looks {
    /// It may head a list that leads elsewhere.
    heads: bool,
    /// It is the word over an advertisement, or [`AD`].
    advertised: bool,
    ad: bool,
    /// It surely promotes something.
    promotes: bool,
}

/// The short word for an advertisement, and how often it stands alone at most where it is no one's
/// initials.
const AD: &str = "AD";
const RARE: usize = 2;

/// Whether a line is nothing but the word that stands over an advertisement, and no sentence.
fn is_advertised(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "anzeige",
        "werbung",
        "publicité",
        "publicidad",
        "pubblicità",
        "publicidade",
        "advertisement",
        "sponsored",
        "реклама",
        "广告",
        "廣告",
        "広告",
        "광고",
        "annons",
        "reklame",
    ];
    text.len() < 24
        && !text.trim_end().ends_with(['.', '。', '．', '!', '！', '?', '？', '…'])
        && WORDS
            .contains(&text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
}

/// Whether a paragraph below a list that leads elsewhere is the article's again: the block before it
/// is an item or a link, and it has a label, or is too long for a title.
fn goes_on(prose: &Prose, id: BlockId) -> bool {
    let before = id.0.checked_sub(1).map(BlockId);
    let text = prose.slice(prose.content(id)).trim();
    let own = prose.block(id).kind == Kind::Paragraph && !is_item(prose, id);
    own && before.is_some_and(|before| is_item(prose, before))
        && (is_labelled(text) || text.chars().nth(TITLE).is_some())
}

/// Marks what may be a promotion among `blocks`, outside of the turns or behind the last label:
/// within a talk somebody may have said it.
pub fn mark_likely(prose: &Prose, roles: &mut [Role], blocks: Range<usize>) {
    for at in blocks {
        if roles[at] == Role::Text && promotion(prose, BlockId(at as u32)) != Promotes::No {
            roles[at] = Role::Promotion;
        }
    }
}

/// Whether a block is an item of a list, a picture, or all link.
fn is_item(prose: &Prose, id: BlockId) -> bool {
    let block = prose.block(id);
    block.depth > 0 || matches!(block.kind, Kind::Image(_)) || is_link(prose, id)
}

/// Whether a block may be the head of a list: a heading, or a short line.
fn is_head(prose: &Prose, id: BlockId) -> bool {
    let block = prose.block(id);
    matches!(block.kind, Kind::Heading(_)) || block.depth == 0 && prose.content(id).len() < 40
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

    #[test]
    fn what_is_marked_as_one_is_a_promotion() {
        let text = "【广告】全年订阅八折，点击了解。\n\n[Sponsored] A rope for every boat.\n\n【林舟】广告很多。\n";
        assert_eq!(roles(text), [Role::Promotion, Role::Promotion, Role::Text]);
    }

    #[test]
    fn what_somebody_says_is_no_promotion() {
        let likely = |text: &str| {
            let prose = crate::format::markdown::read(text).prose;
            let mut roles = vec![Role::Text; prose.blocks().len()];
            let blocks = 0..roles.len();
            mark_likely(&prose, &mut roles, blocks);
            roles[0]
        };
        for text in [
            "**周海生：** 我在看海",
            "我在看海",
            "我给每条船都点赞！",
            "Bob: We had to get our visas first.",
            "Bob: sign up for a class!",
            "sign up for a class!",
            "in our newsletter office",
            "Read more books!",
        ] {
            assert_eq!(roles(text), [Role::Text], "{text}");
        }
        for text in ["我在看海", "我给每条船都点赞！", "We forget our visas!", "Get our visas."]
        {
            assert_eq!(likely(text), Role::Text, "{text}");
        }
        for text in
            ["点赞 | 在看", "点个在看吧", "**Subscribe now!**", "长按识别二维码", "> Follow us!"]
        {
            assert_eq!(roles(text), [Role::Promotion], "{text}");
        }
        for text in ["喜欢的话，记得点赞", "You can sign up for a class!"] {
            assert_eq!((roles(text)[0], likely(text)), (Role::Text, Role::Promotion), "{text}");
        }
    }

    #[test]
    fn a_talk_keeps_its_turns() {
        let text = "**记者：** 你在做什么？\n\n**周海生：** 我在看海\n\n**记者：** 船呢？\n\n**周海生：** 我给每条船都点赞！\n\n**记者：** 然后？\n\n**周海生：** 回家。\n";
        assert_eq!(crate::interview::read(crate::format::markdown::read(text)).turns.len(), 6);
        let text = "Ann: Where did you go?\n\nBob: We had to get our visas first.\n\nAnn: And then?\n\nBob: sign up for a class!\n\nAnn: Where?\n\nBob: in our newsletter office.\n";
        assert_eq!(crate::interview::read(crate::format::markdown::read(text)).turns.len(), 6);
    }
}
