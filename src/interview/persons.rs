//! Whether questions are put to someone and answered by one: an interview says "you" when it asks
//! and "I" when it answers; a list of frequent questions and a guide with questions as headings do
//! the opposite, or neither.

use super::setting::Question;
use super::tongue::{Tongue, addresses, says_i, says_we};
use crate::prose::{Kind, Prose, Style};
use crate::text::phrases::Phrases;

/// Shares, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Persons {
    /// Of the questions that say "you".
    pub you: f64,
    /// Of the questions that say "I".
    pub self_asked: f64,
    /// Of the questions that say "I" without "you", and do not tell what whoever asks has heard.
    pub own: f64,
    /// Of the answers that say "I".
    pub i: f64,
    /// Of the answers that say "I" or "we".
    pub we: f64,
    /// Of the answers that have code in them.
    pub code: f64,
    /// Of the answers that have words of code in a line.
    pub inline: f64,
    /// Of the answers that begin with a quote or a dash, as what is said does in print.
    pub quoted: f64,
    /// Of the questions that ask somebody to tell.
    pub bids: f64,
    /// Of the answers that say "you".
    pub advised: f64,
    /// How far the language uses such words.
    pub told: Told,
    /// How many questions there are.
    pub count: usize,
}

/// How far words of person tell in a text's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// The language leaves persons out.
    #[default]
    No,
    /// How verbs end says whether a question is put to somebody; pronouns are left out.
    Politely,
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

/// What is said to somebody who is to tell.
static BIDS: Phrases = Phrases::new(&[
    "介绍一下",
    "介紹一下",
    "谈谈",
    "談談",
    "聊聊",
    "说说",
    "說說",
    "讲讲",
    "講講",
    "分享一下",
    "tell us",
    "tell me",
    "tell our",
    "could you describe",
    "can you describe",
    "talk about your",
    "how did you come",
    "how did you get into",
    "what inspired you",
    "教えて",
    "聞かせて",
    "말씀해",
    "들려",
    "소개해",
]);

/// How many paragraphs ask where a talk does, in an article that says so.
const MANY: usize = 12;
/// How many questions are looked at, about: enough for shares of all.
const HEARD: usize = 512;

/// What whoever asks says of themselves before they ask: in small letters.
static REPORTS: Phrases = Phrases::new(&[
    "我听说",
    "我聽說",
    "我看",
    "我注意到",
    "我想问",
    "我想問",
    "我想知道",
    "我知道",
    "我记得",
    "我記得",
    "我发现",
    "我發現",
    "我读",
    "我讀",
    "i heard",
    "i hear ",
    "i've heard",
    "i read",
    "i've read",
    "i saw",
    "i've seen",
    "i see ",
    "i know",
    "i noticed",
    "i understand",
    "i was told",
    "i think",
    "i believe",
    "i remember",
    "i'd like",
    "i would like",
    "i want to",
    "i have to ask",
    "i guess",
    "i wonder",
    "i'm curious",
    "i am curious",
    "ich habe gehört",
    "ich habe gelesen",
    "ich weiß",
    "ich glaube",
    "habe ich gehört",
    "habe ich gelesen",
]);

/// Whether who asks tells what they have heard or want to know.
fn reports(asked: &str) -> bool {
    REPORTS.are_in(&asked.to_lowercase().replace('’', "'"))
}

/// Whether a Korean question ends as papers put them to somebody; who asks oneself wonders: `할까?`.
fn is_put(asked: &str) -> bool {
    const ENDS: &[&str] =
        &["니까", "나", "는데", "은데", "궁금하다", "달라", "어떤가", "건가", "던가"];
    let asked = asked.trim_end_matches(['?', '.', '…', ' ', '’', '”', '"', '\'']);
    ENDS.iter().any(|end| asked.ends_with(end))
}

/// Counts the words of person in questions and in what follows each.
pub fn persons(prose: &Prose, questions: &[Question], tongue: Tongue) -> Persons {
    let blocks = prose.blocks();
    let (mut you, mut self_asked, mut i, mut we, mut code) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    let (mut inline, mut quoted, mut bids, mut advised) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut own = 0_u32;
    let heard = questions.len().min(HEARD);
    // Here and there: at equal distances a talk may be alike.
    let place = |at: usize| if heard < questions.len() { at * 7919 % questions.len() } else { at };
    for number in (0..heard).map(place) {
        let question = &questions[number];
        let asked = prose.slice(question.at..question.end);
        // At most some blocks of an answer: enough to hear who speaks.
        let next = questions.get(number + 1).map_or(prose.len(), |next| next.at);
        let first = blocks.partition_point(|block| block.span.end <= question.end);
        let answer = blocks[first..].iter().take(12).take_while(|block| block.span.start < next);
        let (mut said, mut ours, mut coded, mut words) = (false, false, false, false);
        let mut yours = false;
        let begin = prose.slice(question.end..next.max(question.end)).trim_start();
        // English prints no talk behind dashes.
        let dashed = tongue == Some("en") && begin.starts_with(['—', '–', '―', '‒']);
        quoted += u32::from(begin.starts_with(OPENS) && !dashed);
        for block in answer {
            coded |= block.kind == Kind::Code;
            // A block may hold the next question as well: what is said to that one is not said here.
            let from = block.span.start.max(question.end);
            let text = prose.slice(from..block.span.end.min(next).max(from));
            let to = block.span.end.min(next).max(from);
            words |= prose.runs_in(from..to).iter().any(|run| run.style.contains(Style::CODE));
            said |= says_i(text, tongue);
            yours |= addresses(text, tongue);
            ours |= says_we(text, tongue);
        }
        let put = addresses(asked, tongue);
        you += u32::from(put || tongue == Some("ko") && is_put(asked));
        bids += u32::from(BIDS.are_in(&asked.to_lowercase()));
        let of_self = says_i(asked, tongue);
        self_asked += u32::from(of_self);
        own += u32::from(of_self && !put && !reports(asked));
        i += u32::from(said);
        advised += u32::from(yours);
        we += u32::from(said || ours);
        code += u32::from(coded);
        inline += u32::from(words);
    }
    let all = f64::from(heard.max(1) as u32);
    let told = match tongue {
        Some("en" | "de" | "zh") => Told::Yes,
        Some("nl") => Told::Yes,
        Some("fr" | "es" | "it" | "pt" | "ru" | "uk" | "pl" | "cs" | "sv" | "da" | "nb" | "el") => {
            Told::Partly
        }
        Some("ko") => Told::Politely,
        _ => Told::No,
    };
    Persons {
        you: f64::from(you) / all,
        self_asked: f64::from(self_asked) / all,
        own: f64::from(own) / all,
        i: f64::from(i) / all,
        we: f64::from(we) / all,
        code: f64::from(code) / all,
        inline: f64::from(inline) / all,
        quoted: f64::from(quoted) / all,
        bids: f64::from(bids) / all,
        advised: f64::from(advised) / all,
        told,
        count: questions.len(),
    }
}

impl Persons {
    /// Whether someone asks someone beyond doubt, where questions are hardly set apart.
    pub fn is_surely_talk(&self, asking: f64) -> bool {
        self.told == Told::Yes
            && self.you >= 0.3
            && self.i >= 0.5
            && self.is_talk(Apart::Headings, asking)
    }

    /// The same where questions are not set apart at all: essays ask their readers as well.
    pub fn is_beyond_doubt(&self) -> bool {
        self.told == Told::Yes
            && self.you >= 0.5
            && self.i >= 0.6
            && self.self_asked <= 0.3
            && self.code <= 0.1
    }

    /// The same in an article that says that it is a talk: nearly all answers speak of themselves,
    /// or as many as in a language that leaves such words out; where they are not known, many ask.
    pub fn is_told_beyond_doubt(&self) -> bool {
        match self.told {
            Told::Yes => {
                let you = self.you.max(0.5);
                self.you >= 0.35 && self.i >= 0.9 && Self { you, ..*self }.is_beyond_doubt()
            }
            Told::Partly => {
                self.you >= 0.25 && self.we >= 0.4 && self.self_asked <= 0.3 && self.code <= 0.1
            }
            Told::No | Told::Politely => self.count >= MANY && self.code <= 0.1,
        }
    }

    /// Whether nearly all questions are put to somebody, and nobody asks for themselves.
    pub fn is_only_asked(&self) -> bool {
        self.you >= 0.7 && self.self_asked <= 0.05
    }

    /// Whether nothing speaks against a talk in an article that says that it is one.
    pub fn may_be_talk(&self, asking: f64) -> bool {
        asking >= 0.6 && self.self_asked <= self.you + 0.3 && self.code <= 0.25
    }

    /// Whether questions are few and hardly put to anybody: then the title has to say what they are.
    pub fn are_few(&self) -> bool {
        self.told == Told::Yes && self.count < 4 && self.you < 0.3
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
    pub fn is_talk(&self, apart: Apart, asking: f64) -> bool {
        if apart == Apart::RunIn {
            return self.is_talk_run_in();
        }
        let many = apart == Apart::Paragraphs
            && (self.you >= 0.4 && self.we >= 0.5
                || self.i >= 0.5
                    && self.asks_others()
                    && (self.told != Told::Yes
                        || self.you >= 0.12
                        || self.own == 0.0 && self.i >= 0.7)
                || self.you >= 0.15
                    && self.i >= 0.2
                    && self.you + self.i >= 0.6
                    && self.asks_others());
        // Many headings that all ask, and are answered by one, or asked of some.
        let whole = asking >= 0.8
            && (self.count >= 8
                && self.you >= 0.45
                && self.we >= 0.6
                && self.self_asked * 2.0 <= self.you
                || self.count >= 6
                    && self.you >= 0.5
                    && self.i >= 0.2
                    && self.self_asked * 2.0 <= self.you
                || self.count >= 5 && self.i >= 0.8 && self.self_asked <= 0.1 && asking >= 0.9
                // Hardly anybody bids a reader tell.
                || self.count >= 4
                    && self.bids >= 0.2
                    && self.you >= 0.5
                    && self.we >= 0.7
                    && self.self_asked <= 0.2);
        let spoken = many
            || whole
            || match self.told {
                Told::No => true,
                // A report's headings wonder; who is met is asked.
                Told::Politely => apart == Apart::Paragraphs || self.you >= 0.1 || self.i >= 0.5,
                Told::Partly => {
                    self.you + self.i >= 0.25
                        && (apart == Apart::Paragraphs || self.you >= 0.1 || self.i >= 0.6)
                }
                Told::Yes => self.you >= 0.18 && self.i >= 0.35 && self.asks_others(),
            };
        spoken && self.code <= 0.25
    }

    /// Whether questions that are set apart between others with a label are put to somebody as well.
    pub fn may_follow(&self, asking: f64) -> bool {
        let told = self.i >= 0.5 && self.self_asked <= self.you + 0.3 && self.code <= 0.25;
        told || self.is_talk(Apart::Paragraphs, asking)
    }

    /// Whether who asks speaks of others more than of themselves: essays ask in the name of whoever
    /// writes them.
    fn asks_others(&self) -> bool {
        self.own * 2.0 <= self.you
            || self.you >= 0.5 && self.self_asked <= self.you + 0.3
            || self.i >= 0.9 && self.self_asked <= self.you
    }

    /// Who always speaks of "you", and hardly ever of "I", advises a reader.
    pub fn advises(&self) -> bool {
        self.count >= 6 && self.advised >= 0.9 && self.i < 0.4 && self.we < 0.7
    }

    /// The same where questions begin the paragraphs of their answers, as the notes of a program
    /// and checklists have them: somebody is asked and says "I", or what is said is in quotes. In a
    /// language whose words of person are not known here, only quotes tell.
    fn is_talk_run_in(&self) -> bool {
        let persons = self.you * 3.0 >= 1.0 && self.we >= 0.5 && self.self_asked <= 0.2;
        (persons || self.quoted >= 0.7) && self.code + self.inline == 0.0
    }
}

/// What a quote or a dash before what is said looks like.
const OPENS: [char; 12] = ['«', '»', '“', '”', '„', '"', '「', '『', '—', '–', '―', '‒'];

#[cfg(test)]
mod tests {

    #[test]
    fn questions_that_begin_their_answers() {
        for (text, turns) in [
            // An interview.
            (
                "**您何时来的？** 我八三年来的。\n\n**您一个人住吗？** 我有狗。\n\n**怕不怕？** 我怕风。\n\n**还走吗？** 不走。\n",
                8,
            ),
            (
                "**Zašto?** „Zbog mora.“\n\n**Kada?** „Davno.“\n\n**Kako?** „Polako.“\n\n**Još?** „Da.“\n",
                8,
            ),
            // The notes of a program, a checklist, a list of what is asked often.
            (
                "**What is this?** A file system that I wrote.\n\n**Is it fast?** I measured it.\n\n**Can I use it?** Yes, I do.\n\n**Why C?** I like C.\n",
                0,
            ),
            (
                "**Do you run it?** I do: `make`.\n\n**Do you test it?** I do.\n\n**Do you sell it?** I do not.\n\n**Are you sure?** I am.\n",
                0,
            ),
            (
                "1. **Who is your buddy?** I will send it.\n2. **Where do you sit?** Next to me.\n3. **Do you have a laptop?** Ask me.\n4. **What is your login?** I print it.\n",
                0,
            ),
            (
                "**护照带了吗？** 我上次就忘了。\n\n**门窗关好了吗？** 我再看一遍。\n\n**煤气关了吗？** 我邻居出过事。\n\n**充电器呢？** 我放在口袋。\n",
                0,
            ),
            (
                "**送料は？** 全国五百円です。\n\n**返品は？** 七日以内に。\n\n**支払いは？** カードです。\n\n**電話は？** ございません。\n",
                0,
            ),
        ] {
            let interview = super::super::read(crate::format::markdown::read(text));
            assert_eq!(interview.turns.len(), turns, "{text}");
            for turn in &interview.turns {
                let said = &interview.prose.text()[turn.label.end as usize..];
                assert!(!said.starts_with(' '), "{text}");
            }
        }
    }
}
