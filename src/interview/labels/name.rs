//! What in a label is a name, and which spellings are one name.

use super::super::front::is_field;

/// The most characters a name may have.
pub const LONGEST: usize = 40;

/// Labels of those who ask, in the languages of interviews; compared as [`key`]s.
const ASK: &[&str] = &[
    "q",
    "question",
    "questioner",
    "interviewer",
    "host",
    "moderator",
    "reporter",
    "journalist",
    "问",
    "問",
    "问题",
    "問題",
    "提问",
    "提問",
    "记者",
    "記者",
    "记",
    "記",
    "主持",
    "主持人",
    "采访者",
    "採訪者",
    "采访人",
    "访谈者",
    "訪談者",
    "访谈人",
    "采访",
    "编辑部",
    "访",
    "追问",
    "聞き手",
    "インタビュアー",
    "司会",
    "司会者",
    "編集部",
    "질문",
    "기자",
    "문",
    "진행자",
    "사회자",
    "frage",
    "moderation",
    "pregunta",
    "p",
    "entrevistador",
    "entrevistadora",
    "pergunta",
    "domanda",
    "d",
    "vraag",
    "вопрос",
    "intervieweuse",
    "intervieweur",
    "redaktion",
    "redaktor",
    "questiondupublic",
];

/// Labels of those who answer.
const ANSWER: &[&str] = &[
    "a",
    "answer",
    "guest",
    "interviewee",
    "答",
    "回答",
    "受访者",
    "受訪者",
    "被访者",
    "嘉宾",
    "嘉賓",
    "답",
    "대답",
    "답변",
    "antwort",
    "respuesta",
    "r",
    "resposta",
    "risposta",
    "réponse",
    "reponse",
    "antwoord",
    "ответ",
    "回答者",
    "respondent",
    "thewitness",
    "witness",
];

/// Labels of several people, or of nobody in particular: they may come once.
const ANYONE: &[&str] = &[
    "both",
    "all",
    "everyone",
    "everybody",
    "audience",
    "audiencemember",
    "voice",
    "voices",
    "announcer",
    "narrator",
    "unknown",
    "unknownspeaker",
    "crowd",
    "together",
    "众人",
    "眾人",
    "全体",
    "全體",
    "大家",
    "齐声",
    "两人",
    "兩人",
    "三人",
    "观众",
    "觀眾",
    "听众",
    "聽眾",
    "台下",
    "现场",
    "旁白",
    "读者",
    "讀者",
    "网友",
    "会場",
    "会場から",
    "一同",
    "全員",
    "参加者",
    "청중",
    "모두",
    "beide",
    "alle",
    "publikum",
    "público",
    "todos",
    "todas",
    "tous",
    "public",
    "tutti",
    "зал",
    "все",
    "оба",
];

/// Whether a label says that several speak, or anyone.
pub fn is_anyone(key: &str) -> bool {
    ANYONE.contains(&key)
}

/// What a name is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// A phrase that may be a name: it has to recur often.
    Phrase,
    /// Someone's name, by its form.
    Person,
    /// A word for one who asks or answers.
    Word,
}

/// Whether a label says "the one who asks".
pub fn asks(key: &str) -> bool {
    ASK.contains(&key)
}

/// Whether a label says "the one who answers".
pub fn answers(key: &str) -> bool {
    ANSWER.contains(&key)
}

/// What a name is like, by its form alone.
pub fn likeness(name: &str) -> Likeness {
    let folded = key(name);
    let letter = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_lowercase());
    if !letter && (asks(&folded) || answers(&folded)) {
        return Likeness::Word;
    }
    let han = name.chars().filter(|&c| crate::text::script::is_han_or_kana(c)).count();
    if han > 0 {
        // Characters of grammar: names hardly have them, phrases before a colon do.
        let grammar = "的是我你您这這那说說了在就也不有吗呢么麼但所比如其换換把被让讓要会會能可很都还還又再就于於则則与為";
        let calls = [
            "点击", "關注", "关注", "扫码", "扫描", "欢迎", "歡迎", "长按", "回看", "更多", "往期",
            "转载", "本文", "合作", "投稿", "下载", "来源",
        ];
        let phrase = calls.iter().any(|word| name.contains(word))
            || name.chars().any(|c| grammar.contains(c)) && !name.contains(['·', '・'])
            || name.contains('、');
        return if phrase && name.chars().count() > 1 {
            Likeness::Phrase
        } else {
            Likeness::Person
        };
    }
    let particle = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "von"
                | "van"
                | "de"
                | "der"
                | "den"
                | "da"
                | "di"
                | "du"
                | "del"
                | "della"
                | "la"
                | "le"
                | "el"
                | "al"
                | "bin"
                | "ten"
                | "ter"
                | "y"
                | "e"
                | "the"
                | "of"
                | "and"
                | "&"
                | "und"
                | "et"
                | "zu"
                | "dos"
                | "das"
        )
    };
    let capital =
        |word: &str| word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    let mut words = name.split_whitespace();
    let first = words.next().is_some_and(|word| capital(word) || particle(word));
    let mut others = words.peekable();
    // Code and addresses: `wiki.example.org`, `test_c`.
    if name.contains(['_', '@', '/']) && !name.contains(' ') && !name.starts_with("SPEAKER")
        || name.split('.').skip(1).any(|part| part.starts_with(|c: char| c.is_lowercase()))
    {
        return Likeness::Phrase;
    }
    // `a.` and `b:` are items of a list.
    if name.len() == 1 && name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Likeness::Phrase;
    }
    // A word alone may be a nickname, whatever its case.
    let alone = others.peek().is_none();
    let rest = others.all(|word| capital(word) || particle(word));
    let small = [
        "and", "or", "but", "so", "then", "thus", "also", "now", "here", "yes", "no", "that",
        "this", "it",
    ];
    if small.contains(&name.to_lowercase().as_str()) {
        return Likeness::Phrase;
    }
    if alone || first && rest { Likeness::Person } else { Likeness::Phrase }
}

/// A label without role, number, honours and ornaments around its name.
pub fn bare(label: &str) -> &str {
    let ornaments = [
        '【', '】', '[', ']', '*', '_', '|', '■', '●', '◆', '▍', '〔', '〕', '［', '］', '<', '>',
        '＞',
    ];
    let label = unlisted(label.trim()).trim_matches(ornaments).trim();
    // `答（陈）`: who of several answers.
    if let Some((word, rest)) = label.split_once(['（', '('])
        && answers(&key(word))
        && let Some(inner) = rest.trim_end().strip_suffix(['）', ')'])
        && likeness(inner) == Likeness::Person
        && is_name(inner)
    {
        return inner.trim();
    }
    let name = match label.find(['（', '(', '[', '【', '<', '［', '〔', '〈']) {
        Some(at) if at > 0 => &label[..at],
        // `(role) Name`
        Some(0) => label.find(['）', ')', ']', '】', '］']).map_or(label, |end| {
            let width = label[end..].chars().next().map_or(1, char::len_utf8);
            if label[end + width..].trim().is_empty() { label } else { &label[end + width..] }
        }),
        _ => label,
    };
    // `Name, role`: what stands before the comma is a name of its own.
    let name = match name.split_once([',', '，', '|', '/', '／']) {
        Some((before, behind)) if is_role(before, behind) => before,
        _ => name,
    };
    let name = name.trim_matches([
        ' ', '\u{3000}', '\u{A0}', '-', '–', '—', '，', ',', '«', '»', '(', ')', '（', '）',
    ]);
    unnumbered(name)
}

/// Whether what stands behind the comma in a label is the role of who is named before it.
fn is_role(before: &str, behind: &str) -> bool {
    let few = (1..=4).contains(&behind.split_whitespace().count());
    let sentence = |c: char| is_sentence(c) || c.is_ascii_digit() || matches!(c, '.' | ',');
    let latin = before.trim().chars().count() > 1 && before.is_ascii();
    latin && few && !behind.contains(sentence) && likeness(before.trim()) == Likeness::Person
}

/// A label without the number of a list before it: `1. 记者`, `（2）问`, `3、Q`.
fn unlisted(label: &str) -> &str {
    let inner = label.trim_start_matches(['(', '（', '[', '#']);
    let digits = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = inner.len() - digits.len();
    if number == 0 || number > 3 {
        return label;
    }
    match digits.strip_prefix(['.', '、', '．', ')', '）', ']']) {
        Some(rest) if rest.chars().any(char::is_alphabetic) => rest.trim_start(),
        _ => label,
    }
}

/// `Q8 follow-up` as `Q`, `问题三` as `问题`: questions are numbered, who asks them is not.
fn unnumbered(name: &str) -> &str {
    let numeral = |c: char| c.is_numeric() || "一二三四五六七八九十百零".contains(c);
    let Some(at) = name.find(numeral) else { return name };
    let word = name[..at].trim_end_matches([' ', '.', '#', '第', '-', '\u{3000}']);
    let folded = key(word);
    if !word.is_empty() && (asks(&folded) || answers(&folded)) { word } else { name }
}

/// Whether a text may be the name of someone who speaks: short, without the marks of a sentence,
/// and no field of front matter.
pub fn is_name(name: &str) -> bool {
    let characters = name.chars().count();
    if characters == 0 || characters > LONGEST || is_field(name) {
        return false;
    }
    if name.contains(" | ")
        || name.contains('｜')
        || name.chars().any(is_sentence)
        || !name.chars().any(char::is_alphabetic)
    {
        return false;
    }
    // A date, a number, a bracket that is not closed.
    let open = name.matches(['（', '(', '[', '【']).count()
        != name.matches(['）', ')', ']', '】']).count();
    let quoted = name.starts_with(['\'', '‘', '’', '「', '『', '-', '«']);
    let date = name.chars().filter(char::is_ascii_digit).count() >= 4
        || [
            "星期",
            "月",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ]
        .iter()
        .any(|word| name.contains(word) && name.contains(|c: char| c.is_ascii_digit() || c == ','));
    if date
        || tells(name, characters)
        || open
        || quoted
        || name.starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let han = name.chars().filter(|&c| crate::text::script::is_han_or_kana(c)).count();
    if han > 0 { han <= 14 && characters <= 24 } else { name.split_whitespace().count() <= 5 }
}

/// `他说`, `she asked`: what a story says before it quotes.
fn tells(name: &str, characters: usize) -> bool {
    const TELL: &[&str] = &[
        "说道", "說道", "写道", "寫道", "问道", "問道", "表示", "认为", "認為", "指出", "告诉",
        "告訴", "解释", "解釋", "补充", "補充", "喊道", "笑道", "答道", "介绍", "介紹", "回忆",
        "回憶", "强调", "強調", "坦言", "感叹", "写着", "心想", "说过", "常说", "又说", "还说",
        "就说",
    ];
    const SAY: &[&str] = &[
        " said",
        " says",
        " asked",
        " replied",
        " added",
        " wrote",
        " explained",
        " told me",
        " answered",
    ];
    characters > 1 && name.ends_with(['说', '說'])
        || characters > 2 && (name.ends_with('道') || TELL.iter().any(|verb| name.ends_with(verb)))
        || SAY.iter().any(|verb| name.ends_with(verb))
}

fn is_sentence(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '；'
            | '…'
            | '"'
            | '!'
            | '?'
            | ';'
            | '='
            | '{'
            | '}'
            | '$'
            | '\\'
            | '%'
            | '→'
            | '+'
            | '`'
            | '“'
            | '”'
            | '，'
            | '\u{FFFC}'
            | '¿'
            | '¡'
    )
}

/// The names in a label that several share: `张三、李四`, `A & B`; none where it is one name.
pub fn shared(name: &str) -> Vec<&str> {
    let parts: Vec<&str> = name
        .split(['、', '&', '＆', '+', '/', '／', '和', '与', '與'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" y "))
        .map(str::trim)
        .collect();
    if parts.len() > 1 && parts.iter().all(|part| !part.is_empty()) { parts } else { Vec::new() }
}

/// The form in which two spellings of a name are one.
pub fn key(name: &str) -> String {
    let fold = |c| match crate::text::fold::fold_char(c) {
        '·' | '•' | '‧' | '・' | '.' => '·',
        c => c,
    };
    name.chars().map(fold).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        assert_eq!(key("迈克·陈"), key("迈克・陈 "));
        assert_eq!(key("Zhou Yan"), key("ZHOU YAN"));
    }

    #[test]
    fn the_name_in_a_label() {
        for (label, want) in [
            ("周砚（CEO）", "周砚"),
            ("1. 记者", "记者"),
            ("Q8 follow-up", "Q"),
            ("问题三", "问题"),
            ("Speaker 1", "Speaker 1"),
            ("说话人 2", "说话人 2"),
            ("Ann Lee, editor", "Ann Lee"),
            ("【何镜】", "何镜"),
            ("(host) Ann", "Ann"),
            ("A & B", "A & B"),
        ] {
            assert_eq!(bare(label), want, "{label}");
        }
    }

    #[test]
    fn what_is_like_a_name() {
        for (name, want) in [
            ("记者", Likeness::Word),
            ("周砚", Likeness::Person),
            ("三联生活周刊", Likeness::Person),
            ("Sjors van Wirdum", Likeness::Person),
            ("THE COURT", Likeness::Person),
            ("换句话说", Likeness::Phrase),
            ("The answer is", Likeness::Phrase),
        ] {
            assert_eq!(likeness(name), want, "{name}");
        }
        for no in ["他说", "母亲问道", "she asked", "作者", "2024", "一句话。"] {
            assert!(!is_name(no), "{no}");
        }
        assert_eq!(shared("张三、李四"), ["张三", "李四"]);
        assert_eq!(shared("Ann and Ben"), ["Ann", "Ben"]);
        assert!(shared("Ann").is_empty());
    }
}
