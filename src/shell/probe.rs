//! Asks the terminal how wide it draws what terminals disagree about: [`Profile`].
//!
//! One batch: on an empty first row each text is printed at the first column and the cursor's
//! position asked for (ECMA-48 CPR); the row is erased, and a last question that every terminal
//! answers (DA1) ends it. The answers come in the order of the questions. In a multiplexer it is the
//! multiplexer that answers: what it thinks of a width is what counts there.

use std::fmt::Write as _;

use super::background::Asked;
use crate::text::width::{Ambiguous, Joins, Profile};

/// How long after the question an answer is still taken, in ms.
pub const PATIENCE: u64 = 500;
/// How long the first page waits for it, in ms: local terminals answer within 1, those that answer
/// once a frame within 35.
pub const MOMENT: u64 = 60;
/// The columns that the widest answer needs.
pub const ROOM: u16 = 12;

/// What is printed, and what it tells when it takes two cells.
const TEXTS: [(&str, Tells); 7] = [
    ("中", Tells::Han),
    ("“", Tells::Ambiguous),
    ("❤\u{FE0F}", Tells::Joins(Joins::PRESENTATION)),
    ("👩\u{200D}💻", Tells::Joins(Joins::ZWJ)),
    ("👍🏽", Tells::Joins(Joins::SKIN_TONE)),
    ("1\u{FE0F}\u{20E3}", Tells::Joins(Joins::KEYCAP)),
    ("🇨🇳", Tells::Joins(Joins::FLAG)),
];

#[derive(Clone, Copy)]
enum Tells {
    Han,
    Ambiguous,
    Joins(Joins),
}

/// What a terminal answered to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Where the cursor is: row and column, from 1 (CPR).
    Position(u16, u16),
    /// What it is (DA1): the end of a batch.
    Attributes,
}

/// What the answers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it draws how wide.
    pub profile: Profile,
    /// The cells of a Han character: 2, unless the terminal is not in UTF-8.
    pub han: u16,
}

/// A batch that was asked.
#[derive(Debug)]
pub struct Probe {
    widths: Vec<u16>,
    /// Whether an end of an earlier batch is still to come.
    stray: Asked,
}

/// The bytes that ask.
pub fn questions() -> String {
    let mut out = String::from("\x1b[0m\x1b[H\x1b[2K");
    for (text, _) in TEXTS {
        // Writing to a string cannot fail.
        let _ = write!(out, "\x1b[H{text}\x1b[6n");
    }
    out.push_str("\x1b[H\x1b[2K\x1b[c");
    out
}

impl Probe {
    /// A batch that was asked just now; `earlier` says whether the one before it was answered.
    pub fn new(earlier: Asked) -> Self {
        Self { widths: Vec::new(), stray: earlier }
    }

    /// Takes an answer; the verdict when it was the last. What is missing, or no answer to these
    /// questions, gives no verdict: `Some(None)`.
    pub fn take(&mut self, answer: Answer) -> Option<Option<Verdict>> {
        match answer {
            Answer::Position(row, column) => {
                // Row 0 stands for an answer to nothing we asked.
                let width = if row == 1 { column.saturating_sub(1) } else { 0 };
                self.widths.push(width);
                None
            }
            Answer::Attributes if self.widths.is_empty() && self.stray == Asked::InVain => {
                self.stray = Asked::Answered;
                None
            }
            Answer::Attributes => Some(self.verdict()),
        }
    }

    fn verdict(&self) -> Option<Verdict> {
        if self.widths.len() != TEXTS.len() || self.widths.contains(&0) {
            return None;
        }
        let mut verdict =
            Verdict { profile: Profile { joins: Joins::empty(), ..Profile::NARROW }, han: 2 };
        for (&width, (_, tells)) in self.widths.iter().zip(TEXTS) {
            match tells {
                Tells::Han => verdict.han = width,
                Tells::Ambiguous if width == 2 => verdict.profile.ambiguous = Ambiguous::Wide,
                Tells::Joins(joins) if width == 2 => {
                    verdict.profile.joins |= joins;
                }
                _ => {}
            }
        }
        // A terminal that is not in UTF-8 counts bytes: nothing else it says means anything.
        if verdict.han != 2 {
            verdict.profile = Profile::NARROW;
        }
        Some(verdict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(widths: &[u16]) -> Option<Verdict> {
        let mut probe = Probe::new(Asked::Answered);
        for width in widths {
            assert_eq!(probe.take(Answer::Position(1, width + 1)), None);
        }
        probe.take(Answer::Attributes).unwrap()
    }

    #[test]
    fn answers_in_their_order() {
        let narrow = verdict(&[2, 1, 1, 4, 4, 1, 2]).unwrap();
        assert_eq!(narrow, Verdict { profile: Profile::NARROW, han: 2 });
        let wide = verdict(&[2, 2, 2, 2, 2, 2, 2]).unwrap().profile;
        assert_eq!(wide, Profile { ambiguous: Ambiguous::Wide, joins: Joins::all() });
        let flags = verdict(&[2, 1, 1, 10, 4, 1, 4]).unwrap().profile;
        assert!(!flags.joins.contains(Joins::FLAG));
    }

    #[test]
    fn missing_and_senseless_answers_are_no_verdict() {
        assert_eq!(verdict(&[]), None);
        assert_eq!(verdict(&[2, 2]), None);
        assert_eq!(verdict(&[2, 2, 2, 2, 2, 2, 2, 2]), None);
        assert_eq!(verdict(&[0, 0, 0, 0, 0, 0, 0]), None);
        let mut probe = Probe::new(Asked::Answered);
        for _ in TEXTS {
            assert_eq!(probe.take(Answer::Position(7, 3)), None);
        }
        assert_eq!(probe.take(Answer::Attributes), Some(None));
    }

    #[test]
    fn the_end_of_an_earlier_batch_is_not_ours() {
        let mut probe = Probe::new(Asked::InVain);
        assert_eq!(probe.take(Answer::Attributes), None);
        for width in [2, 2, 1, 4, 4, 1, 2] {
            probe.take(Answer::Position(1, width + 1));
        }
        let verdict = probe.take(Answer::Attributes).unwrap().unwrap();
        assert_eq!(verdict.profile, Profile::WIDE);
    }

    #[test]
    fn a_terminal_that_counts_bytes_is_told() {
        let verdict = verdict(&[3, 3, 6, 11, 8, 7, 8]).unwrap();
        assert_eq!(verdict, Verdict { profile: Profile::NARROW, han: 3 });
    }
}
