//! How far a label is like somebody's name, by its form alone.

use super::name::key;
use super::words::{answers, asks, is_anyone};

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

/// The commonest surnames of one character.
const SURNAMES: &str = "于王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫朱马馬胡郭林何高梁郑鄭罗羅宋谢謝唐韩韓曹许許邓鄧冯馮曾程蔡彭潘袁董苏蘇叶葉吕呂魏蒋蔣田杜丁沈姜范江傅钟鐘卢盧汪戴崔任陆陸廖姚方金邱夏谭譚韦韋贾賈邹鄒石熊孟秦阎閻薛侯雷白龙龍段郝孔邵史毛万萬顾顧赖賴武康贺賀严嚴尹钱錢施牛洪龚龔葛莫汤湯庄莊凌童舒屈柯梅樊霍翁倪涂佟裴祝蔺藺阮骆駱瞿甄耿狄邢窦竇苗鲍鮑颜顏卜齐齊伍芦蘆晏邬鄔鞠邝鄺冼麦麥岑聂聶柳殷祁辜褚娄婁";

/// Whether a name is written as a Chinese one is: a surname and one or two characters.
pub fn has_surname(name: &str) -> bool {
    (2..=3).contains(&name.chars().count())
        && name.starts_with(|c| SURNAMES.contains(c))
        && name.chars().all(crate::text::script::is_han_or_kana)
}

/// Whether a name ends as those of papers, sites and programmes do in Chinese.
pub fn is_medium(name: &str) -> bool {
    const ENDS: &[&str] = &[
        "周刊",
        "週刊",
        "月刊",
        "日报",
        "日報",
        "晚报",
        "晚報",
        "新闻",
        "新聞",
        "杂志",
        "雜誌",
        "社区",
        "社區",
        "书评",
        "書評",
        "传媒",
        "傳媒",
        "电台",
        "電台",
        "播客",
        "编辑部",
        "編輯部",
        "网",
        "網",
        "报",
        "報",
    ];
    let named = name.chars().nth(2).is_some() && name.chars().nth(10).is_none();
    named && ENDS.iter().any(|end| name.ends_with(end))
}

/// Characters of grammar: names hardly have them, phrases before a colon do.
fn is_grammar(c: char) -> bool {
    matches!(
        c,
        '的' | '是'
            | '我'
            | '你'
            | '您'
            | '这'
            | '這'
            | '那'
            | '说'
            | '說'
            | '了'
            | '在'
            | '就'
            | '也'
            | '不'
            | '有'
            | '吗'
            | '呢'
            | '么'
            | '麼'
            | '但'
            | '所'
            | '比'
            | '如'
            | '其'
            | '换'
            | '換'
            | '把'
            | '被'
            | '让'
            | '讓'
            | '要'
            | '会'
            | '會'
            | '能'
            | '可'
            | '很'
            | '都'
            | '还'
            | '還'
            | '又'
            | '再'
            | '于'
            | '於'
            | '则'
            | '則'
            | '与'
            | '為'
    )
}

/// Whether a name is a word for one who asks or answers, and [`likeness`] says so.
pub fn is_word(name: &str) -> bool {
    is_word_by(name, &key(name))
}

fn is_word_by(name: &str, folded: &str) -> bool {
    let letter = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_lowercase());
    !letter && (asks(folded) || answers(folded))
}

/// What a name is like, by its form alone.
pub fn likeness(name: &str) -> Likeness {
    let folded = key(name);
    if is_word_by(name, &folded) {
        return Likeness::Word;
    }
    // `说话人 2`, as recognisers of speech print it.
    if is_anyone(folded.trim_end_matches(|c: char| c.is_ascii_digit())) {
        return Likeness::Person;
    }
    let han = name.chars().filter(|&c| crate::text::script::is_han_or_kana(c)).count();
    if han > 0 {
        // What given names have as well; a surname comes before it, which may be of grammar, too.
        let (surname, given) = (SURNAMES, "在有如会會能可与為为於于");
        let calls = [
            "点击", "關注", "关注", "扫码", "扫描", "欢迎", "歡迎", "长按", "回看", "更多", "往期",
            "转载", "本文", "合作", "投稿", "下载", "来源", "例子", "言之", "如下", "参见", "总之",
        ];
        let ordinal = name.strip_prefix('第').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        });
        let named = (2..=3).contains(&han)
            && name.starts_with(|c| surname.contains(c))
            && name.chars().skip(1).all(|c| !is_grammar(c) || given.contains(c));
        let spoken = name.chars().any(is_grammar) && !name.contains(['·', '・']);
        let phrase = ordinal
            || calls.iter().any(|word| name.contains(word))
            || spoken && !named
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
    // `openSUSE` has a capital, too; scripts without case have none.
    let capital = |word: &str| {
        let first = word.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(|c| !c.is_lowercase()) || word.chars().any(char::is_uppercase)
    };
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
    // `(iii)`, `第三`: items of a list.
    let roman = name.chars().all(|c| "ivxIVX".contains(c));
    if roman && name.len() > 1 || name == "i" || name == "I" {
        return Likeness::Phrase;
    }
    // `r1`: variables.
    let digit = name.contains(|c: char| c.is_ascii_digit());
    if digit && name.len() <= 3 && name.starts_with(|c: char| c.is_ascii_lowercase()) {
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
