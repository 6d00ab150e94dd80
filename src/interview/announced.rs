//! Whether an article says of itself that it is an interview: in its front matter, in its title, or
//! shortly before the first question. Then less has to speak for a talk.

use std::ops::Range;

use super::keyed::Text;
use crate::format::Fields;
use crate::prose::{BlockId, Kind, Prose};

/// How many bytes before the first question are looked at.
const BEFORE: u32 = 2400;

/// Words for an interview, in small letters; those of alphabets stand at the beginning of a word.
const WORDS: &[&str] = &[
    "访谈",
    "訪談",
    "专访",
    "專訪",
    "采访",
    "採訪",
    "受访",
    "受訪",
    "对谈",
    "對談",
    "群访",
    "群訪",
    "对话实录",
    "的对话",
    "的谈话",
    "的談話",
    "聊了聊",
    "的對話",
    "答记者问",
    "答記者問",
    "答问录",
    "インタビュー",
    "インタヴュー",
    "に聞いた",
    "お話を伺",
    "話を聞いた",
    "対談",
    "座談会",
    "聞き手",
    "인터뷰",
    "대담",
    "interview",
    "q&a with",
    "q & a with",
    "q&a session",
    "q & a session",
    "ama with",
    "ama session",
    "ask me anything",
    "fireside chat",
    "transcript of",
    "in conversation with",
    "conversation with",
    "sat down with",
    "caught up with",
    "chatted with",
    "talked with",
    "talked to",
    "spoke with",
    "spoke to",
    "chat with",
    "sits down with",
    "catches up with",
    "chats with",
    "talks with",
    "speaks with",
    "conversation between",
    "our conversation",
    "discussion with",
    "entretien",
    "gespräch mit",
    "im gespräch",
    "conversamos con",
    "conversamos com",
    "hablamos con",
    "falamos com",
    "charlamos con",
    "abbiamo parlato con",
    "abbiamo intervistato",
    "in gesprek met",
    "gesprek met",
    "spraken met",
    "rozmawiamy z",
    "поговорили с",
    "разговор с",
    "entrevista",
    "intervista",
    "entrevue",
    "intervju",
    "wywiad",
    "rozmowa z",
    "rozhovor",
    "interjú",
    "haastattelu",
    "söyleşi",
    "röportaj",
    "interviu",
    "интервью",
    "інтерв",
    "беседа с",
    "συνέντευξη",
    "phỏng vấn",
    "wawancara",
];

/// What is said where people are asked for a place, or where questions are prepared or collected.
const OTHER: &[&str] = &[
    "interview question",
    "interview prep",
    "interview guide",
    "interview process",
    "interview tip",
    "job interview",
    "coding interview",
    "technical interview",
    "system design",
    "candidate",
    "hiring",
    "recruit",
    "faq",
    "frequently asked questions",
    "guidebook",
    "handbook",
    "指南",
    "攻略",
    "手册",
    "申请季",
    "面试",
    "面試",
    "面接",
    "面经",
    "招聘",
    "常见问题",
    "常見問題",
    "면접",
    "собеседован",
    "vorstellungsgespräch",
    "entretien d'embauche",
    "entrevista de trabajo",
    "entrevista de emprego",
];

/// What introduces a few questions to somebody, in small letters.
const ASKED: &[&str] = &[
    "a few questions",
    "some questions",
    "three questions",
    "our questions",
    "questions with",
    "questions to",
    "einige fragen",
    "ein paar fragen",
    "drei fragen",
    "fragen an",
    "quelques questions",
    "trois questions",
    "questions à",
    "algunas preguntas",
    "unas preguntas",
    "tres preguntas",
    "algumas perguntas",
    "três perguntas",
    "alcune domande",
    "qualche domanda",
    "tre domande",
    "enkele vragen",
    "paar vragen",
    "drie vragen",
    "vragen aan",
    "noen spørsmål",
    "tre spørsmål",
    "nogle spørgsmål",
    "tre spørgsmål",
    "några frågor",
    "tre frågor",
    "kilka pytań",
    "trzy pytania",
    "několik otázek",
    "tři otázky",
    "несколько вопросов",
    "три вопроса",
    "кілька запитань",
    "几个问题",
    "幾個問題",
    "三个问题",
    "三個問題",
    "いくつか質問",
    "3つの質問",
    "몇 가지 질문",
];
/// How many bytes before the first question introduce it.
const RIGHT_BEFORE: u32 = 400;

/// How many bytes of front matter are looked at.
const HEAD: usize = 2400;

/// What front matter says of the article, in small letters: all but its addresses and paths.
pub fn head(fields: &Fields) -> String {
    let is_path = |value: &str| value.contains('/') && !value.contains(char::is_whitespace);
    // What an article is about may be what was learnt from many interviews.
    let about = |key: &str| ["description", "summary", "excerpt", "abstract"].contains(&key);
    let of_many =
        |key: &str, value: &str| about(key) && value.to_lowercase().contains("interviews");
    let mut head = String::new();
    let said = fields.iter().filter(|(key, value)| !is_path(value) && !of_many(key, value));
    for (_, value) in said {
        head.push_str(&value.to_lowercase());
        head.push('\n');
    }
    head.truncate(head.floor_char_boundary(HEAD));
    head
}

/// Whether the text says right before the byte `first` that somebody is asked some questions.
pub fn asks_some(text: &Text<'_>, first: u32) -> bool {
    let prose = text.prose;
    let from = prose.text().floor_char_boundary(first.saturating_sub(RIGHT_BEFORE) as usize) as u32;
    let said = prose.slice(from..first).to_lowercase();
    ASKED.iter().any(|word| stands(&said, word)) && !OTHER.iter().any(|word| stands(&said, word))
}

/// What the section behind a talk is called in which its listeners ask, in small letters.
const LISTENERS: &[&str] = &[
    "q&a",
    "q & a",
    "q and a",
    "questions",
    "questions and answers",
    "audience questions",
    "questions from the audience",
    "q&a session",
    "fragen",
    "fragerunde",
    "fragen und antworten",
    "questions du public",
    "preguntas",
    "preguntas y respuestas",
    "perguntas e respostas",
    "domande e risposte",
    "вопросы и ответы",
    "вопросы",
    "问答",
    "問答",
    "问答环节",
    "問答環節",
    "提问",
    "提問",
    "提问环节",
    "提問環節",
    "观众提问",
    "觀眾提問",
    "现场提问",
    "現場提問",
    "现场问答",
    "互动问答",
    "質疑応答",
    "질의응답",
    "질의 응답",
];

/// Whether the heading right above the byte `first` says that listeners ask there.
pub fn listeners_ask(prose: &Prose, first: u32) -> bool {
    let above = prose.block_at(first).and_then(|id| id.0.checked_sub(1)).map(BlockId);
    above.filter(|&id| matches!(prose.block(id).kind, Kind::Heading(_))).is_some_and(|id| {
        let title = prose.slice(prose.content(id)).to_lowercase();
        LISTENERS.contains(&title.trim_matches(|c: char| !c.is_alphanumeric()))
    })
}

/// Whether the text says before the byte `first` that what follows is an interview.
pub fn is_announced(text: &Text<'_>, first: u32) -> bool {
    let prose = text.prose;
    let title = prose.blocks().iter().find(|block| matches!(block.kind, Kind::Heading(_)));
    // It may stand behind what is asked first.
    let title = title.map_or(0..0, |block| block.span.start.min(first)..block.span.end.min(first));
    let before =
        prose.block_at(first.saturating_sub(BEFORE)).map_or(0, |id| prose.block(id).span.start);
    let parts: [Range<u32>; 2] = [title, before.min(first)..first];
    let [title, before] = parts.map(|part| prose.slice(part).to_lowercase());
    let said = [&text.head, &title, &before];
    let has = |words: &[&str]| said.iter().any(|text| words.iter().any(|word| stands(text, word)));
    let talk = || title.is_empty() && text.head.lines().any(talks) || talks(&title);
    (has(WORDS) || talk()) && !has(OTHER)
}

/// Whether the text says before the byte `first` that there is an interview, or will be one.
pub fn names_one(text: &Text<'_>, first: u32) -> bool {
    let prose = text.prose;
    let from = prose.text().floor_char_boundary(first.saturating_sub(BEFORE) as usize) as u32;
    let said = prose.slice(from..first).to_lowercase();
    WORDS.iter().any(|word| stands(&said, word) || stands(&text.head, word))
}

/// `对话张三：…`, and no window of a program.
fn talks(title: &str) -> bool {
    let of = |word: &str| {
        title.split(['|', '｜', '丨', '：', ':']).find_map(|part| part.trim().strip_prefix(word))
    };
    let other = ["框", "系统", "系統", "机器", "機器", "模型", "生成", "式", "管理", "流"];
    of("对话").or_else(|| of("對話")).is_some_and(|with| {
        with.chars().any(char::is_alphabetic) && !other.iter().any(|other| with.starts_with(other))
    })
}

/// Whether the title or the front matter says that it is an interview.
pub fn is_titled_so(text: &Text<'_>) -> bool {
    let title = text.prose.blocks().iter().find(|block| matches!(block.kind, Kind::Heading(_)));
    let title = title.map_or("", |block| text.prose.slice(block.span.clone())).to_lowercase();
    let has =
        |words: &[&str]| words.iter().any(|word| stands(&title, word) || stands(&text.head, word));
    (has(WORDS) || talks(&title)) && !has(OTHER)
}

/// Whether the beginning of the text says that it is an interview.
pub fn begins_so(text: &Text<'_>) -> bool {
    is_announced(text, text.prose.text().floor_char_boundary(BEFORE as usize) as u32)
}

/// Whether a word stands in a text; one of an alphabet at the beginning of a word.
fn stands(text: &str, word: &str) -> bool {
    let begins = |at: usize| !text[..at].ends_with(|c: char| c.is_alphabetic());
    let alone = word.starts_with(|c: char| c.is_alphabetic() && c < '\u{1100}');
    text.match_indices(word).any(|(at, _)| !alone || begins(at))
}

#[cfg(test)]
mod tests {
    use super::super::keyed::keyed;
    use super::super::tongue::Tongue;
    use super::*;
    use crate::format::markdown;

    #[test]
    fn what_says_that_it_is_an_interview() {
        for (text, announced) in [
            ("# 专访：守塔人\n\n一段。\n", true),
            ("# 守塔人\n\n本刊采访了守塔人。\n", true),
            ("# The keeper\n\nWe sat down with her in May.\n", true),
            ("# The keeper\n\nAn Interview.\n", true),
            ("# 夜航｜对话守塔人\n\n一段。\n", true),
            ("# 对话框的样式\n\n一段。\n", false),
            ("# Die Wärterin\n\nEin Gespräch mit ihr.\n", true),
            ("# 前端面试题\n\n采访前先看。\n", false),
            ("# Interview questions\n\nLearn them.\n", false),
            ("# The lighthouse\n\nIt has a lamp; the preinterview does not count.\n", false),
        ] {
            let prose = markdown::read(text).prose;
            let (read, _) = keyed(&prose, &[], String::new(), Tongue::default());
            assert_eq!(is_announced(&read, prose.len()), announced, "{text}");
            assert!(!is_announced(&read, 0), "{text}");
        }
    }

    #[test]
    fn front_matter_says_it_as_well() {
        for (text, announced) in [
            ("---\ntitle: An interview\n---\n\nA paragraph.\n", true),
            ("---\ncategories:\n  - news\n  - entrevista\n---\n\nA paragraph.\n", true),
            ("---\ntitle: 对话守塔人\n---\n\n一段。\n", true),
            ("---\npermalink: /interview/keeper/\n---\n\nA paragraph.\n", false),
            ("---\ntags: [interview questions]\n---\n\nA paragraph.\n", false),
        ] {
            let document = markdown::read(text);
            let prose = document.prose;
            let (read, _) = keyed(&prose, &[], head(&document.fields), Tongue::default());
            assert_eq!(is_announced(&read, 0), announced, "{text}");
        }
    }
}
