//! Frequent questions: articles and sections that call themselves so are asked and answered by
//! nobody, unless whoever answers speaks of themselves.

use std::ops::Range;

use super::Role;
use super::asking::asks;
use super::labels;
use super::tongue::{says_i, says_you};
use crate::prose::{Block, Kind, Prose};
use crate::text::phrases::Phrases;

/// What such lists are called.
static CALLED: Phrases = Phrases::new(&[
    "faq",
    "faqs",
    "frequently asked",
    "common questions",
    "常见问题",
    "常見問題",
    "常见问答",
    "常見問答",
    "よくある質問",
    "よくあるご質問",
    "よくあるお問い合わせ",
    "よくある問い合わせ",
    "자주 묻는 질문",
    "자주 하는 질문",
    "häufige fragen",
    "häufig gestellte fragen",
    "foire aux questions",
    "questions fréquentes",
    "questions fréquemment",
    "preguntas frecuentes",
    "domande frequenti",
    "perguntas frequentes",
    "частые вопросы",
    "часто задаваемые",
    "частозадаваемые",
    "najczęściej zadawane",
    "najczęstsze pytania",
    "veelgestelde vragen",
    "sık sorulan",
]);
/// What lists of questions are called that those will hear who look for work; whatever is answered
/// there is a sample.
static PREPARED: Phrases = Phrases::new(&[
    "interview questions",
    "面试题",
    "面試題",
    "面试问题",
    "面試問題",
    "面试常",
    "面接質問",
    "面接の質問",
    "面接で聞かれる",
    "面接でよく聞かれる",
    "면접 질문",
    "면접질문",
    "questions d'entretien d'embauche",
    "preguntas de entrevista",
    "perguntas de entrevista",
    "fragen im vorstellungsgespräch",
    "domande da colloquio",
    "вопросы на собеседовании",
]);
/// What the parts of their answers are called, in small letters.
const PARTS: &[&str] = &[
    "sample answer",
    "example answer",
    "model answer",
    "why they ask",
    "why they ask it",
    "why ask it",
    "why we ask",
    "what they want to hear",
    "参考回答",
    "参考答案",
    "考察点",
    "踩雷回答",
    "示例回答",
    "回答示例",
    "回答范例",
    "參考回答",
    "回答例",
    "模範回答",
    "面接官の意図",
    "모범 답변",
    "답변 예시",
];
/// How often one of those stands in such a list at least.
const PARTED: usize = 3;

/// Whether the parts of sample answers are labelled again and again.
fn has_parts(prose: &Prose) -> bool {
    let part = |block: &&Block| {
        let text = prose.slice(block.span.clone()).trim_start();
        text.split_once([':', '：']).is_some_and(|(name, _)| {
            name.len() < 48 && PARTS.contains(&name.trim().to_lowercase().as_str())
        })
    };
    prose.blocks().iter().take(MOST * 8).filter(part).nth(PARTED - 1).is_some()
}

/// The longest line that is a name of such a list without being a heading, in characters.
const LINE: usize = 40;
/// The same with a colon behind it.
const NAME: usize = 10;
/// How many blocks from the beginning are looked at for such lines.
const REACH: usize = 400;
/// How many paragraphs of a list are looked at.
const MOST: usize = 400;
/// How many of the answers say "I", at least, where somebody answers.
const OWN: f64 = 0.12;

/// The stretches of a text that are lists of frequent questions, in its order.
pub fn lists(prose: &Prose, roles: &[Role], title: &str) -> Vec<Range<u32>> {
    let blocks = prose.blocks();
    let mut out: Vec<Range<u32>> = Vec::new();
    if is_prepared(title) || has_parts(prose) {
        out.push(0..prose.len());
        return out;
    }
    if is_called(title) {
        out.push(0..prose.len());
    } else {
        for (at, block) in blocks.iter().enumerate() {
            let inside = out.last().is_some_and(|last| last.end > block.span.start);
            if let Some(level) = level(prose, at, block).filter(|_| !inside) {
                let rest = &blocks[at + 1..];
                let end = rest.iter().find(|b| matches!(b.kind, Kind::Heading(l) if l <= level));
                out.push(block.span.start..end.map_or(prose.len(), |end| end.span.start));
            }
        }
    }
    out.retain(|list| !is_spoken(prose, roles, list));
    out
}

/// The level of a block that names such a list.
fn level(prose: &Prose, at: usize, block: &Block) -> Option<u8> {
    let text = || prose.slice(block.span.clone()).trim();
    match block.kind {
        Kind::Heading(level) => is_called(text()).then_some(level),
        Kind::Paragraph if at < REACH && block.depth == 0 => {
            let text = text();
            // `FAQ:`
            let named = text.chars().nth(NAME).is_none() && text.ends_with([':', '：']);
            let line = text.chars().nth(LINE).is_none() && !text.ends_with(['.', '。', ':', '：']);
            let line = line || named;
            (line && !asks(text) && is_called(text)).then_some(6)
        }
        _ => None,
    }
}

/// Whether a title says that questions for those stand below it who look for work: somebody's own
/// are `interview questions with Ann Lee`.
fn is_prepared(title: &str) -> bool {
    let small = title.to_lowercase();
    let with = |word: &str| title.split_once(word).map(|(_, rest)| rest.trim_start());
    let somebody = [" with ", " for ", " to "].iter().any(|word| {
        with(word).is_some_and(|rest| {
            let sample = ["sample", "answer", "example"];
            let sample = sample.iter().any(|word| rest.to_lowercase().starts_with(word));
            rest.starts_with(char::is_uppercase) && !sample
        })
    });
    let prepared = [
        "front-end",
        "frontend",
        "back-end",
        "backend",
        "javascript",
        "python",
        "java",
        "react",
        "css",
        "sql",
        "developer",
        "engineer",
        "programming",
        "behavioral",
        "behavioural",
        "list of",
        "common",
        "top ",
        "most",
        "best",
        "answers",
        "prepare",
        "tips",
        "asked",
        "typical",
        "technical",
        "coding",
        "job",
        " ask",
    ];
    // Nobody's own answers are samples.
    let jobs = ["answers", "engineer", "developer", "manager", "analyst", "designer"];
    let somebody = somebody && !jobs.iter().any(|word| small.contains(word));
    let english = small.contains("interview questions");
    let prepared = prepared.iter().any(|word| small.contains(word)) && !somebody;
    // `前端面试整理`, and no talk with somebody.
    let list = ["题", "題", "八股", "整理", "汇总", "总结", "準備", "准备", "攻略"];
    let talk = ["访", "訪", "对话", "對話", "对谈"];
    let prepares = (small.contains("面试") || small.contains("面試"))
        && list.iter().any(|word| small.contains(word))
        && !talk.iter().any(|word| small.contains(word));
    prepares || PREPARED.are_in(&small) && (!english || prepared)
}

/// Whether a title says that frequent questions stand below it.
fn is_called(title: &str) -> bool {
    if title.chars().nth(120).is_some() {
        return false;
    }
    let title = title.to_lowercase();
    let parts = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    CALLED.within(&title).into_iter().any(|words| {
        title.match_indices(words).any(|(at, _)| {
            parts(title[..at].chars().next_back())
                && parts(title[at + words.len()..].chars().next())
        })
    })
}

/// Whether those who answer in a list speak of themselves.
fn is_spoken(prose: &Prose, roles: &[Role], list: &Range<u32>) -> bool {
    let first = prose.blocks().partition_point(|block| block.span.start < list.start);
    let within = prose.blocks()[first..].iter().zip(&roles[first..]);
    let within = within.take_while(|(block, _)| block.span.start < list.end);
    let paragraphs = within
        .filter(|(block, role)| block.kind == Kind::Paragraph && **role == Role::Text)
        .map(|(block, _)| prose.slice(block.span.clone()).trim())
        .filter(|text| !asks(text))
        .take(MOST);
    let (mut all, mut own) = (0_u32, 0_u32);
    for text in paragraphs {
        all += 1;
        // `在“我的订单”中`: what is written on a button says nobody.
        let text = unquoted(text);
        own += u32::from(says_i(&text, None) || speaks(&text));
    }
    own > 1 && f64::from(own) >= f64::from(all) * OWN && is_put(prose, list)
}

/// Whether the questions of a list have a label, or some of them say "you": whoever writes a page asks
/// in the name of its visitors.
fn is_put(prose: &Prose, list: &Range<u32>) -> bool {
    let (mut asked, mut put) = (0_u32, 0_u32);
    let first = prose.blocks().partition_point(|block| block.span.start < list.start);
    let within = prose.blocks()[first..].iter().take_while(|block| block.span.start < list.end);
    for block in within.take(MOST) {
        let text = prose.slice(block.span.clone()).trim();
        let name = text.split_once([':', '：']).map_or("", |(name, _)| name);
        let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let labelled = (1..=LINE).contains(&name.chars().count()) && !asks(name)
            || labels::asks(&labels::key(word));
        if asks(text) || labelled {
            asked += 1;
            put += u32::from(labelled || says_you(text, None));
        }
    }
    put * 4 >= asked
}

/// A text without what is quoted in it.
fn unquoted(text: &str) -> String {
    let (mut out, mut depth) = (String::with_capacity(text.len()), 0_u32);
    for c in text.chars() {
        match c {
            '“' | '「' | '『' | '«' | '„' | '《' | '【' => depth += 1,
            '”' | '」' | '』' | '»' | '》' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    // All of an answer may stand in quotes.
    if out.trim().is_empty() { text.to_owned() } else { out }
}

/// Whether a text says "I" in a language that seldom does, or in which it is the verb's.
fn speaks(text: &str) -> bool {
    const JAPANESE: &[&str] =
        &["私は", "私が", "私の", "私も", "僕", "俺", "わたし", "ぼく", "自分"];
    const WORDS: &[&str] = &[
        "저는", "제가", "저도", "저의", "나는", "내가", "나도", "제", "내", "나의", "soy", "estoy",
        "tengo", "creo", "he", "sono", "ho", "sou", "estou", "tenho", "acho", "mnie", "mój",
        "moja", "jestem", "byłem", "byłam", "mam", "ik", "mij", "mijn", "ben", "benim", "jag",
        "mig", "min",
    ];
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    JAPANESE.iter().any(|word| text.contains(word)) || words.any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lists_are_called() {
        for (title, want) in [
            ("FAQ", true),
            ("FAQs about the ferry", true),
            ("よくあるご質問｜加湿器", true),
            ("Häufige Fragen zur Karte", true),
            ("Faqir Khan", false),
            ("问题", false),
        ] {
            assert_eq!(is_called(title), want, "{title}");
        }
    }

    #[test]
    fn what_is_asked_of_those_who_look_for_work() {
        for (title, want) in [
            ("The 7 most common interview questions (with sample answers)", true),
            ("12 Interview Questions With Sample Answers", true),
            ("面接でよく聞かれる質問と回答例", true),
            ("前端面试题整理", true),
            ("40 Interview Questions for Platform Engineers (with sample answers)", true),
            ("Ten interview questions for Ann Lee", false),
            ("Ann Lee Interview Questions For example.org", false),
            ("An interview with Ann Lee", false),
        ] {
            assert_eq!(is_prepared(title), want, "{title}");
        }
    }

    #[test]
    fn somebody_may_answer_them() {
        let of = |answer: &str| {
            let text = format!("# FAQ\n\n**Q. Why?**\n\nA. {answer}\n\n").repeat(3);
            let prose = crate::format::markdown::read(&text).prose;
            lists(&prose, &vec![Role::Text; prose.blocks().len()], "FAQ").len()
        };
        assert_eq!(of("Check the plug."), 1);
        assert_eq!(of("Because I like it."), 0);
    }
}
