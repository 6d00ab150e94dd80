//! Whether a block promotes something: what a publisher puts between and behind what is said.

use std::borrow::Cow;

use super::labels::is_name;
use super::related::{RELATED, is_link};
use crate::prose::{BlockId, Kind, Prose, Style};
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

/// What the buttons below an article begin with, of which each sends it somewhere.
const SHARE: &[&str] = &[
    "share on ",
    "share this",
    "share via ",
    "partager sur ",
    "compartir en ",
    "compartilhar no ",
    "condividi su ",
    "tweet this",
];

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

/// The longest text that promotes or heads something, in bytes, with the blanks around it.
pub const LONG: usize = 256;

/// Whether a block promotes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promotes {
    /// It does not.
    No,
    /// It has the words.
    Maybe,
    /// It calls for it, and does nothing else.
    Surely,
}

pub fn promotion(prose: &Prose, id: BlockId) -> Promotes {
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
    let shared = !sentence && SHARE.iter().any(|words| bare.starts_with(words));
    if named == Promotes::Surely || is_all_calls(bare) || shared {
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
pub fn is_labelled(text: &str) -> bool {
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
