//! Lists that lead elsewhere: what their heads are called, and what is all link.

use crate::prose::{BlockId, Prose};
use crate::text::phrases::Phrases;

/// Headings of lists that lead elsewhere.
pub static RELATED: Phrases = Phrases::new(&[
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
    "read also",
    "čtěte také",
    "čítajte tiež",
    "lees ook",
    "zobacz też",
    "czytaj także",
    "les også",
    "läs också",
    "læs også",
    "lire aussi",
    "延伸閱讀",
    "also in this issue",
    "in this issue",
    "more in this issue",
    "from the archive",
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

/// Whether a line is the head of a list that leads elsewhere.
pub fn is_related(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let text = text.trim().trim_end_matches([':', '：']).to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    text.len() < 40 && RELATED.all().contains(&text)
}

/// Whether a block is all link.
pub fn is_link(prose: &Prose, id: BlockId) -> bool {
    if prose.links().is_empty() {
        return false;
    }
    let content = prose.content(id);
    let runs = prose.runs_in(content.clone()).iter();
    let linked: usize = runs.filter(|run| run.link.is_some()).map(|run| run.span.len()).sum();
    linked * 10 > content.len() * 7
}
