//! Whether questions are put to someone and answered by one: an interview says "you" when it asks
//! and "I" when it answers; a list of frequent questions and a guide with questions as headings do
//! the opposite, or neither.

use super::questions::Question;
use crate::prose::{Kind, Prose};

/// Shares, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Persons {
    /// Of the questions that say "you".
    pub you: f64,
    /// Of the questions that say "I".
    pub self_asked: f64,
    /// Of the answers that say "I".
    pub i: f64,
    /// Of the answers that have code in them.
    pub code: f64,
    /// Whether the language has such words and uses them.
    pub told: Told,
}

/// Whether words of person can be counted in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// The language leaves persons out, or is not known here.
    #[default]
    No,
    /// They can.
    Yes,
}

const YOU: &[&str] = &[
    "you", "your", "yours", "yourself", "you're", "you've", "you'd", "sie", "ihnen", "ihr", "ihre",
    "ihren", "ihrer", "ihrem", "du", "dich", "dir", "dein", "deine", "deinen", "deiner", "vous",
    "votre", "vos", "tu", "te", "toi", "ton", "usted", "ustedes", "você", "vocês", "lei", "вы",
    "вас", "вам", "ваш", "ваша", "ваши", "ваше", "ты", "тебя", "тебе",
];
const I: &[&str] = &[
    "i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself", "we", "our", "us", "we've",
    "we're", "ich", "mich", "mir", "mein", "meine", "meinen", "meiner", "wir", "uns", "je", "j'ai",
    "moi", "mon", "ma", "mes", "nous", "yo", "mi", "mis", "nos", "eu", "meu", "minha", "io", "mio",
    "mia", "noi", "я", "мы", "меня", "мне", "мой", "моя", "нас", "нам",
];

/// Counts the words of person in questions and in what follows each.
pub fn persons(prose: &Prose, questions: &[Question]) -> Persons {
    let blocks = prose.blocks();
    let (mut you, mut self_asked, mut i, mut code, mut eastern) =
        (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    for (number, question) in questions.iter().enumerate() {
        let asked = prose.slice(question.at..question.end);
        // At most some blocks of an answer: enough to hear who speaks.
        let next = questions.get(number + 1).map_or(prose.len(), |next| next.at);
        let first = blocks.partition_point(|block| block.span.end <= question.end);
        let answer = blocks[first..].iter().take(12).take_while(|block| block.span.start < next);
        let (mut said, mut coded) = (false, false);
        for block in answer {
            coded |= block.kind == Kind::Code;
            let from = block.span.start.max(question.end);
            said |= says(prose.slice(from..block.span.end), I, &['我', '俺', '咱', '私', '僕']);
        }
        you += u32::from(says(asked, YOU, &['你', '您', '妳']));
        self_asked += u32::from(says(asked, I, &['我']));
        i += u32::from(said);
        code += u32::from(coded);
        let apart = |c: char| matches!(c, 'ぁ'..='ヿ') || crate::text::script::is_hangul(c);
        eastern += u32::from(asked.chars().any(apart));
    }
    let all = f64::from(questions.len().max(1) as u32);
    let told = if f64::from(eastern) > all * 0.3 { Told::No } else { Told::Yes };
    Persons {
        you: f64::from(you) / all,
        self_asked: f64::from(self_asked) / all,
        i: f64::from(i) / all,
        code: f64::from(code) / all,
        told,
    }
}

impl Persons {
    /// Whether someone asks someone.
    pub fn is_talk(&self) -> bool {
        let reader_asks = self.self_asked >= 0.2 && self.self_asked > self.you && self.i < 0.6;
        let nobody = self.told == Told::Yes && self.you + self.i < 0.25;
        self.code <= 0.25 && !reader_asks && !nobody
    }
}

fn says(text: &str, words: &[&str], characters: &[char]) -> bool {
    text.contains(characters)
        || text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').any(|word| {
            word.len() < 12 && words.contains(&word.replace('’', "'").to_lowercase().as_str())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_spoken_of() {
        assert!(says("What do you do?", YOU, &[]));
        assert!(says("I’m fine", I, &[]));
        assert!(!says("It works", I, &[]));
        assert!(says("您好", YOU, &['您']));
    }
}
