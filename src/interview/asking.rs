//! Whether a text asks, by its words: the marks of questions, and how those end that have none.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::text::phrases::Phrases;
use crate::text::script::is_hangul;

/// Whether a text asks, by how it ends.
pub fn asks(text: &str) -> bool {
    let end = text.trim_end_matches([
        '”', '"', '」', '』', ')', '）', '】', ' ', '*', '»', '\u{A0}', '’', '—', '…',
    ]);
    if end.ends_with(['?', '？', '؟', '⁈', '⁇', '\u{37E}']) {
        return true;
    }
    // Greek has another mark.
    if let Some(words) = end.strip_suffix(';')
        && words.ends_with(|c: char| matches!(c, 'Ͱ'..='Ͽ' | 'ἀ'..='῾'))
    {
        return true;
    }
    // A question with a remark behind it, or in brackets.
    let tail = end.len().saturating_sub(120);
    let tail = &end[end.ceil_char_boundary(tail)..];
    if end.len() < 400 && (has_mark(tail) && !tail.contains("://") || invites(text)) {
        return true;
    }
    let words = [
        "ですか。",
        "ますか。",
        "でしょうか。",
        "たか。",
        "ですか",
        "でしょうか",
        "ませんか。",
        "吗",
        "嗎",
        "呢",
        "吗。",
        "呢。",
        "요。?",
        "까요.",
        "나요.",
        "나요",
        "까요",
        "니까",
        "까.",
        "나.",
        "나요.",
        "냐.",
        "니까.",
        "는데.",
        "은데.",
        "다면.",
        "라면.",
        "달라.",
        "는데",
        "는지",
        "했나",
        "있나",
        "없나",
        "었나",
        "았나",
        "땠나",
        "였나",
        "되나",
        "궁금하다.",
        "궁금하다",
        "궁금합니다.",
        "궁금해요.",
        "궁금합니다",
        "궁금해요",
        "듣고 싶다.",
        "듣고 싶습니다.",
    ];
    // What stands before the stop, if any; most sentences are passed over by it.
    let stem = end.trim_end_matches(['。', '.']);
    let may = stem.ends_with(|c: char| "か吗嗎呢까나냐니데면라지다요은는가".contains(c));
    may && (words.iter().any(|word| end.ends_with(word)) || asks_in_korean(end) || breaks_off(end))
}

/// Whether a short text is no more than thanks, or good wishes, at the end of a talk.
pub fn thanks(text: &str) -> bool {
    text.chars().nth(THANKED).is_none() && THANKS.are_in(&text.to_lowercase())
}

/// The longest text that only thanks, in characters.
const THANKED: usize = 90;
static THANKS: Phrases = Phrases::new(&[
    "谢谢",
    "謝謝",
    "感谢",
    "感謝",
    "ありがとう",
    "감사합니다",
    "고맙습니다",
    "thank you",
    "thanks",
    "merci",
    "gracias",
    "grazie",
    "danke",
    "vielen dank",
    "herzlichen dank",
    "obrigad",
    "bedankt",
    "dank je",
    "dank u",
    "díky",
    "děkuj",
    "dzięk",
    "спасибо",
    "дякую",
    "takk for",
    "tack för",
    "tak for",
    "kiitos",
]);

/// Whether a text has a question mark.
fn has_mark(text: &str) -> bool {
    static WIDE: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("？"));
    memchr::memchr(b'?', text.as_bytes()).is_some() || WIDE.find(text.as_bytes()).is_some()
}

/// `힘들었던 때는.`, `앞으로 계획은.`: a topic, and nothing said of it.
fn breaks_off(text: &str) -> bool {
    let Some(stem) = text.strip_suffix('.') else { return false };
    let Some(noun) = stem.strip_suffix(['은', '는']) else { return false };
    let long = stem.chars().count() > 3 && noun.contains(' ');
    // `없는.`, `않은.` describe, and stand before a noun as a rule: a title cut short.
    long && noun.ends_with(is_hangul) && !noun.ends_with(['있', '없', '않', '하', '되'])
}

/// `어떤가.`, `생각인가.`: newspapers ask so, whatever the verb is.
fn asks_in_korean(text: &str) -> bool {
    let stem = text.trim_end_matches('.').strip_suffix('가');
    let last = stem.and_then(|stem| stem.chars().next_back()).filter(|&c| is_hangul(c));
    // The syllable before it ends in ㄴ (Unicode 3.12: 28 finals to a vowel, ㄴ is the fourth).
    last.is_some_and(|c| (u32::from(c)).checked_sub(0xAC00).is_some_and(|at| at % 28 == 4))
}

/// Whether a text invites to tell something: `请介绍一下……`, `Tell me about …`.
fn invites(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| !c.is_alphabetic());
    start.starts_with(|c| INITIALS.contains(c)) && OPEN.iter().any(|word| start.starts_with(word))
        || bids(text)
        || text.chars().nth(159).is_none() && WITHIN.are_in(text)
}

/// `简单介绍下自己吧`, `再推荐一本书吧。`: short, and asks for something to be told.
fn bids(text: &str) -> bool {
    const VERBS: [&str; 10] =
        ["介绍", "介紹", "推荐", "推薦", "分享", "聊", "谈", "談", "说说", "讲讲"];
    let end = text.trim_end_matches(['。', '！', '~', '～', ' ', '”', '」']);
    // `那我就从头聊聊吧` answers.
    let own = || ["我们", "我們"].iter().fold(end.to_owned(), |end, us| end.replace(us, ""));
    let other = ["无聊", "無聊", "谈不", "談不"];
    let whom = ["你", "您", "自己", "自我", "大家", "我们", "我們"];
    end.ends_with('吧')
        && !other.iter().any(|word| end.contains(word))
        && !own().contains('我')
        && whom.iter().any(|word| end.contains(word))
        && end.chars().nth(BID).is_none()
        && VERBS.iter().any(|verb| end.contains(verb))
}

/// The longest text that only bids, in characters.
const BID: usize = 48;

/// What invitations begin with, and their first letters: most texts are passed over by these.
const INITIALS: &str = "TDPWILEBSCHRFOVA请請谈談说說聊介讲講给給跟和向推РОП";
const OPEN: &[&str] = &[
    "Tell ",
    "Describe ",
    "Please ",
    "Walk us",
    "Walk me",
    "Take us",
    "Introduce ",
    "Talk about",
    "Talk us",
    "Let's talk",
    "Erzähl",
    "Beschreib",
    "Stell",
    "Cuént",
    "Háblan",
    "Describ",
    "Racontez",
    "Parlez",
    "Décrivez",
    "Conte ",
    "Fale ",
    "Descreva",
    "Raccont",
    "Parlaci",
    "请",
    "請",
    "谈谈",
    "談談",
    "说说",
    "說說",
    "聊聊",
    "介绍",
    "介紹",
    "讲讲",
    "講講",
    "给大家",
    "給大家",
    "跟大家",
    "和大家",
    "向大家",
    "推荐一",
    "推薦一",
    "推荐几",
    "Расскажите",
    "Опишите",
    "Поделитесь",
    "Розкажіть",
    "Опишіть",
    "Поділіться",
    "Opowiedz",
    "Proszę opow",
    "Vyprávěj",
    "Povězte",
    "Vertel ",
    "Berätta ",
    "Fortell ",
    "Fortæl ",
    "Anlatır ",
];
/// What they have in them.
static WITHIN: Phrases = Phrases::new(&[
    "Tell us",
    "Tell me",
    "tell us",
    "introduce yourself",
    "Please introduce",
    "能不能",
    "能否",
    "可否",
    "请您",
    "請您",
    "请你",
    "請你",
    "请问",
    "請問",
    "谈一谈",
    "談一談",
    "介绍一下",
    "介紹一下",
    "讲一讲",
    "说一说",
    "聊一聊",
    "谈谈",
    "分享一下",
    "教えて",
    "お聞かせ",
    "お願いします",
    "ください。",
    "소개해",
    "소개를",
    "자기소개",
    "부탁",
    "말씀해",
    "들려주",
    "could you",
    "can you",
    "would you",
    "tell us",
    "tell me",
    "what is your",
    "do you",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invitations_begin_with_their_initials() {
        for word in OPEN {
            assert!(
                word.starts_with(|c| INITIALS.contains(c)) && asks(&format!("{word}x.")),
                "{word}"
            );
        }
        assert!(!asks("Tables are set.") && !asks("他走了。"));
        assert!(asks("简单介绍下自己吧。") && asks("跟我们聊聊吧"));
        assert!(!asks("那我就从头聊聊吧。") && !asks("这太无聊了吧。"));
    }

    #[test]
    fn newspapers_ask_without_a_mark() {
        for (text, want) in [
            ("38년 동안 가장 힘들었던 때는.", true),
            ("기억에 남는 승객이 있다면.", true),
            ("7번 노선은 내년에 없어질 수도 있다는데.", true),
            ("마지막 말을 해달라.", true),
            ("운행수첩을 매일 썼다고 들었다.", false),
            ("아무도 없는.", false),
            ("그는.", false),
        ] {
            assert_eq!(asks(text), want, "{text}");
        }
    }
}
