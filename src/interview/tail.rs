//! What stands around an interview and is no part of it: promotions and related lists.

use std::borrow::Cow;
use std::ops::Range;

use super::Role;
use super::labels::is_name;
use super::questions;
use crate::prose::{BlockId, Kind, Prose, Style};
use crate::text::parallel::each;
use crate::text::phrases::Phrases;
use crate::text::script::is_han_or_kana;

/// Words by which a publisher asks to be followed.
static PROMOTIONS: Phrases = Phrases::new(&[
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
    "this episode is brought to you by",
    "this episode is sponsored by",
    "this podcast is brought to you by",
    "support for this podcast",
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
    "подписывайтесь на",
    "iscriviti alla",
    "apúntate",
    "lesen sie auch",
    "leer más",
    "também:",
    "延伸閱讀",
    "延伸阅读",
    "相关阅读",
    "点击阅读",
]);

/// Those of them that are said every day: they count where the text calls for something.
const DAILY: &[&str] = &["点赞", "在看", "转发给"];

/// What a call begins with.
static CALLS: Phrases = Phrases::new(&[
    "点个",
    "点亮",
    "点击",
    "欢迎",
    "歡迎",
    "长按",
    "長按",
    "扫码",
    "扫描",
    "掃碼",
    "关注",
    "關注",
    "设为",
    "设🌟",
    "加入",
    "转发",
    "分享",
    "别忘",
    "记得",
    "右下角",
    "动动",
]);

/// The longest call that is no more than a call, in characters.
const CALL: usize = 30;

/// Headings of lists that lead elsewhere.
static RELATED: Phrases = Phrases::new(&[
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
    "함께 보면 좋은 글",
    "함께 읽으면 좋은 글",
    "you may also like",
]);

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

/// Whether a line is the head of a list that leads elsewhere.
pub fn is_related(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let text = text.trim().trim_end_matches([':', '：']).to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.len() < 40 && RELATED.all().contains(&text)
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

/// The longest text that promotes or heads something, in bytes, with the blanks around it.
const LONG: usize = 256;

/// Whether a block promotes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Promotes {
    No,
    /// It has the words.
    Maybe,
    /// It calls for it, and does nothing else.
    Surely,
}

fn promotion(prose: &Prose, id: BlockId) -> Promotes {
    let text = prose.slice(prose.content(id)).trim();
    if text.len() >= 240 {
        return Promotes::No;
    }
    if is_marked(text) {
        return Promotes::Surely;
    }
    // A sentence is no promotion; most blocks are passed over by this alone.
    let sentence = text.ends_with(['.', '?', '。', '？'])
        || text.contains(['。', '？'])
        || text.contains(". ");
    let leads = linked(prose, id);
    if sentence && leads == Leads::Nowhere && !is_boxed(prose, id) && !is_link(prose, id) {
        return Promotes::No;
    }
    let lower = lower(text);
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !"🌟".contains(c));
    let behind = |words: &&str| {
        let rest = bare.strip_prefix(*words).filter(|_| words.len() > 6)?;
        let parted = leads == Leads::Away || rest.starts_with([':', '：', '|', '｜', '\n']);
        Some(if parted { Promotes::Surely } else { Promotes::Maybe })
            .filter(|_| parted || rest.starts_with([' ', '\u{3000}']))
    };
    let named = match RELATED.are_in(bare) {
        true => RELATED.all().iter().find_map(behind).unwrap_or(Promotes::No),
        false => Promotes::No,
    };
    if named == Promotes::Surely || is_all_calls(bare) {
        return Promotes::Surely;
    }
    let call = || CALLS.all().iter().any(|call| bare.starts_with(call));
    let known = PROMOTIONS
        .within(bare)
        .into_iter()
        .filter(|words| has_words(bare, words))
        .filter(|words| !DAILY.contains(words) || CALLS.are_in(bare));
    let mut surely = Promotes::No;
    for words in known {
        let wide = words.starts_with(is_han_or_kana);
        // `À lire aussi`: a short word may stand before it.
        let near = bare.find(words).is_some_and(|at| at <= 3);
        let opens = leads == Leads::Away || if wide { call() } else { near };
        let apart = is_set_off(prose, id) || wide && bare.chars().count() <= CALL;
        if opens && (apart || bare.len() == words.len()) && !is_labelled(text) {
            return Promotes::Surely;
        }
        surely = Promotes::Maybe;
    }
    if surely == Promotes::No { named } else { surely }
}

/// A text in lower case. Most have no letters to change, by their first bytes.
fn lower(text: &str) -> Cow<'_, str> {
    let cased = |b: u8| b.is_ascii_uppercase() || matches!(b, 0xC3..=0xE1);
    if text.bytes().any(cased) { text.to_lowercase().into() } else { text.into() }
}

/// `【广告】…`, `[Sponsored] …`: a publisher must say so.
fn is_marked(text: &str) -> bool {
    const WORDS: &[&str] =
        &["广告", "廣告", "推广", "推廣", "広告", "광고", "advertisement", "sponsored"];
    let inner = text.strip_prefix(['【', '［', '[', '〔']);
    let end = |inner: &str| inner.find(['】', '］', ']', '〕']);
    inner
        .and_then(|inner| Some(inner[..end(inner)?].trim().to_lowercase()))
        .is_some_and(|word| WORDS.contains(&word.as_str()))
}

/// Whether a text begins like a turn, or a line below its first does.
fn is_labelled(text: &str) -> bool {
    let label = |line: &str| line.chars().take(12).any(|c| matches!(c, ':' | '：'));
    let name = text.split_once([':', '：']).is_some_and(|(name, _)| {
        let lower = name.to_lowercase();
        let calls = PROMOTIONS.are_in(&lower) || CALLS.are_in(&lower);
        is_name(name.trim()) && !calls
    });
    name || text.lines().skip(1).any(label)
}

/// Whether a block is a quote that begins with emphasis: a box between paragraphs.
fn is_boxed(prose: &Prose, id: BlockId) -> bool {
    let content = prose.content(id);
    let strong =
        |at: u32| prose.runs_in(at..at + 1).iter().any(|run| run.style.contains(Style::STRONG));
    prose.block(id).quote > 0 && content.start < content.end && strong(content.start)
}

/// `点赞 | 在看 | 转发`: nothing but the signs below an article.
fn is_all_calls(text: &str) -> bool {
    let signs = ["点赞", "在看", "转发", "分享", "收藏", "留言", "赞"];
    let of = |word: &str| signs.contains(&word);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // Most texts begin otherwise.
    let begin = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    signs.iter().any(|sign| begin.starts_with(sign)) && words.clone().all(of) && words.count() > 1
}

/// Whether a text has some words, whole ones where blanks part words.
fn has_words(text: &str, words: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() && !is_han_or_kana(c);
    let open =
        |c: Option<char>, word: Option<char>| !(c.is_some_and(joins) && word.is_some_and(joins));
    // `suscrib` is the stem of many.
    let stem = ["suscríb", "suscrib"].contains(&words);
    text.match_indices(words).any(|(at, _)| {
        open(text[..at].chars().next_back(), words.chars().next())
            && (stem || open(text[at + words.len()..].chars().next(), words.chars().next_back()))
    })
}

/// Whether a block is all link.
fn is_link(prose: &Prose, id: BlockId) -> bool {
    if prose.links().is_empty() {
        return false;
    }
    let content = prose.content(id);
    let runs = prose.runs_in(content.clone()).iter();
    let linked: usize = runs.filter(|run| run.link.is_some()).map(|run| run.span.len()).sum();
    linked * 10 > content.len() * 7
}

/// Whether a block is set off from what is said: emphasised, quoted, a heading, or with a link.
fn is_set_off(prose: &Prose, id: BlockId) -> bool {
    let block = prose.block(id);
    let content = prose.content(id);
    let runs = || prose.runs_in(content.clone()).iter();
    let emphasis = Style::STRONG.union(Style::EMPHASIS);
    let marked: usize =
        runs().filter(|run| run.style.intersects(emphasis)).map(|run| run.span.len()).sum();
    block.quote > 0
        || matches!(block.kind, Kind::Heading(_))
        || marked * 10 > content.len() * 7
        || runs().any(|run| run.link.is_some())
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
