//! How far the reader is, and how long the rest takes.

use super::State;
use crate::interview::{Interview, SpeakerId};
use crate::settings::Settings;

/// How much of a text is counted to tell how long it takes, in bytes.
const SAMPLE: usize = 1 << 20;

/// How far the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The turn at the top of the page, from 1; behind the last turn it stays, before the first it is
    /// 0.
    pub turn: u32,
    /// How many turns there are.
    pub turns: u32,
    /// Who speaks.
    pub speaker: Option<SpeakerId>,
    /// How much of the text is read when this page is, in per cent.
    pub percent: u8,
    /// How long the rest behind this page takes, in minutes, rounded up.
    pub minutes_left: u32,
}

/// How long a text takes to read, in minutes, rounded up: characters a minute where the script has
/// no words between blanks, words a minute elsewhere.
pub fn minutes(interview: &Interview, settings: &Settings) -> u32 {
    let text = interview.prose.text();
    // A book is as its first part is: counting all of 60 MB would delay the first page.
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let (characters, words) = lengths(sample);
    let scale = text.len() as f64 / sample.len().max(1) as f64;
    let minutes = characters as f64 / f64::from(settings.characters_per_minute.max(1))
        + words as f64 / f64::from(settings.words_per_minute.max(1));
    (minutes * scale).ceil() as u32
}

/// The Han characters, kana and Hangul syllables in a text, and the words of other scripts.
fn lengths(text: &str) -> (u64, u64) {
    use crate::text::script::{is_han_or_kana, is_hangul};
    let (mut characters, mut words) = (0, 0);
    let mut in_word = false;
    for c in text.chars() {
        let letter = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() };
        let wide = !c.is_ascii() && (is_han_or_kana(c) || is_hangul(c));
        characters += u64::from(wide);
        let word = letter && !wide;
        words += u64::from(word && !in_word);
        in_word = word || in_word && matches!(c, '\'' | '’' | '-' | '_' | '.' | '/');
    }
    (characters, words)
}

impl State {
    /// How long the article takes to read, in minutes.
    pub fn minutes(&self) -> u32 {
        self.index.minutes
    }

    /// How far the reader is.
    pub fn progress(&self) -> Progress {
        let interview = self.interview();
        let page = self.page();
        let length = interview.prose.len().max(1);
        let end = page.last().map_or(0, |row| {
            let block = interview.prose.block(row.anchor.block);
            let content = interview.prose.content(row.anchor.block);
            if row.text.end >= content.end { block.span.end } else { row.text.end }
        });
        let share = f64::from(end) / f64::from(length);
        let turn = self.current_turn();
        Progress {
            turn: turn.map_or(self.turns_begun() as u32, |turn| turn.0 + 1),
            turns: interview.turns.len() as u32,
            speaker: turn.map(|turn| interview.turn(turn).speaker),
            percent: (share * 100.0).floor().clamp(0.0, 100.0) as u8,
            minutes_left: ((1.0 - share) * f64::from(self.minutes())).ceil() as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{lengths, minutes};
    use crate::interview::Interview;
    use crate::settings::Settings;

    fn read(text: &str) -> Interview {
        crate::interview::read(crate::format::markdown::read(text))
    }

    #[test]
    fn minutes_by_the_scripts_of_the_text() {
        let settings =
            Settings { characters_per_minute: 400, words_per_minute: 240, ..Settings::default() };
        let (han, latin) = ("灯亮了一夜。".repeat(800), "a lamp burns on ".repeat(600));
        let kana = "ひかりが".repeat(1000);
        for (text, want) in
            [(han.clone(), 10), (latin.clone(), 10), (kana, 10), (format!("{han}\n\n{latin}"), 20)]
        {
            assert_eq!(minutes(&read(&text), &settings), want);
        }
    }

    #[test]
    fn characters_and_words() {
        assert_eq!(lengths("用 GPT-4o 写了3篇文章，don’t worry."), (6, 4));
        assert_eq!(lengths("ひらがな 한국어"), (7, 0));
    }
}
