//! Whether questions are put to someone and answered by one: an interview says "you" when it asks
//! and "I" when it answers; a list of frequent questions and a guide with questions as headings do
//! the opposite, or neither.

use super::language::language;
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
    /// Of the answers that say "I" or "we".
    pub we: f64,
    /// Of the answers that have code in them.
    pub code: f64,
    /// How far the language uses such words.
    pub told: Told,
}

/// How far words of person tell in a text's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// The language leaves persons out.
    #[default]
    No,
    /// Verbs say them as well as pronouns.
    Partly,
    /// Questions and answers hardly do without them.
    Yes,
}

/// How questions are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// As paragraphs.
    Paragraphs,
    /// As headings.
    Headings,
    /// As the beginnings of paragraphs, which checklists have as well.
    RunIn,
}

const YOU: &[&str] = &[
    "you", "your", "yours", "yourself", "you're", "you've", "you'd", "sie", "ihnen", "ihr", "ihre",
    "ihren", "ihrer", "ihrem", "du", "dich", "dir", "dein", "deine", "deinen", "deiner", "vous",
    "votre", "vos", "tu", "te", "toi", "ton", "usted", "ustedes", "você", "vocês", "lei", "вы",
    "вас", "вам", "ваш", "ваша", "ваши", "ваше", "ты", "тебя", "тебе",
];
/// Of one person: guides say "we".
const I: &[&str] = &[
    "i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "myself", "ich", "mich", "mir", "mein",
    "meine", "meinen", "meiner", "je", "j'ai", "moi", "mon", "ma", "mes", "yo", "mi", "mis", "eu",
    "meu", "minha", "io", "mio", "mia", "я", "меня", "мне", "мой", "моя",
];

const WE: &[&str] =
    &["we", "our", "us", "we've", "we're", "we'd", "we'll", "wir", "uns", "unser", "unsere"];

/// Counts the words of person in questions and in what follows each.
pub fn persons(prose: &Prose, questions: &[Question]) -> Persons {
    let blocks = prose.blocks();
    let (mut you, mut self_asked, mut i, mut we, mut code) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    for (number, question) in questions.iter().enumerate() {
        let asked = prose.slice(question.at..question.end);
        // At most some blocks of an answer: enough to hear who speaks.
        let next = questions.get(number + 1).map_or(prose.len(), |next| next.at);
        let first = blocks.partition_point(|block| block.span.end <= question.end);
        let answer = blocks[first..].iter().take(12).take_while(|block| block.span.start < next);
        let (mut said, mut ours, mut coded) = (false, false, false);
        for block in answer {
            coded |= block.kind == Kind::Code;
            // A block may hold the next question as well: what is said to that one is not said here.
            let from = block.span.start.max(question.end);
            let text = prose.slice(from..block.span.end.min(next).max(from));
            said |= says_i(text);
            ours |= says(text, WE) || text.contains('我');
        }
        you += u32::from(says_you(asked));
        self_asked += u32::from(says_i(asked));
        i += u32::from(said);
        we += u32::from(said || ours);
        code += u32::from(coded);
    }
    let all = f64::from(questions.len().max(1) as u32);
    let told = match language(prose.text()) {
        Some("en" | "de" | "zh") => Told::Yes,
        Some("fr" | "es" | "it" | "pt") => Told::Partly,
        _ => Told::No,
    };
    Persons {
        you: f64::from(you) / all,
        self_asked: f64::from(self_asked) / all,
        i: f64::from(i) / all,
        we: f64::from(we) / all,
        code: f64::from(code) / all,
        told,
    }
}

impl Persons {
    /// Whether someone asks someone beyond doubt, where questions are hardly set apart.
    pub fn is_surely_talk(&self) -> bool {
        self.told == Told::Yes && self.you >= 0.3 && self.i >= 0.5 && self.is_talk(Apart::Headings)
    }

    /// Whether as much speaks for someone who asks someone as it must where only a share of the
    /// questions ask: the rest are statements, and checklists have those, too.
    pub fn is_clearly_talk(&self, asking: f64) -> bool {
        let least = match self.told {
            Told::Yes if asking < 0.5 => 0.8,
            Told::Yes if asking < 0.8 => 0.6,
            Told::Partly if asking < 0.5 => 0.5,
            _ => return true,
        };
        self.you + self.i >= least && self.self_asked <= self.you + 0.3
    }

    /// Whether someone asks someone: guides and lists of frequent questions do not say "you" when
    /// they ask, and surveys do not say "I" when they answer.
    ///
    /// Who speaks for others says "we"; that is believed only where questions are no headings,
    /// which guides have as well.
    pub fn is_talk(&self, apart: Apart) -> bool {
        let many = apart == Apart::Paragraphs
            && (self.you >= 0.4 && self.we >= 0.5
                || self.i >= 0.5 && self.self_asked <= self.you + 0.3);
        let spoken = many
            || match self.told {
                Told::No => true,
                Told::Partly if apart == Apart::RunIn => self.you + self.i >= 0.4,
                Told::Yes if apart == Apart::RunIn => {
                    self.i >= 0.5 && self.self_asked <= self.you + 0.3
                }
                Told::Partly => self.you + self.i >= 0.25,
                Told::Yes => {
                    self.you >= 0.18 && self.i >= 0.35 && self.self_asked <= self.you + 0.3
                }
            };
        spoken && self.code <= 0.25
    }
}

/// Whether a text says "you".
pub fn says_you(text: &str) -> bool {
    says(text, YOU) || text.contains(['你', '您', '妳'])
}

/// Whether a text says "I".
pub fn says_i(text: &str) -> bool {
    // 我们 is "we".
    let alone = |(at, _): (usize, &str)| {
        !text[at + '我'.len_utf8()..].starts_with(['们', '們', '国', '國'])
    };
    text.match_indices('我').any(alone) || text.contains(['俺', '咱']) || says(text, I)
}

fn says(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').any(|word| {
        word.len() < 12 && words.contains(&word.replace('’', "'").to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_spoken_of() {
        assert!(says("What do you do?", YOU));
        assert!(says_i("I’m fine"));
        assert!(!says_i("It works"));
        assert!(says_i("我想"));
        assert!(!says_i("我们想"));
    }
}
