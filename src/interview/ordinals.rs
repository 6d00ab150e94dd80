//! Numbers before questions without a label, `3. ` or `（三）`: they count the questions, as `Q3:`
//! does, and are no part of what is said.

use super::start::Start;
use crate::prose::{Marker, Prose};

/// The fewest questions in a row whose numbers climb.
const FEWEST: usize = 3;

/// Starts whose unnamed questions begin behind their numbers, where nearly all of these climb by one
/// or begin anew.
pub fn without_ordinals(prose: &Prose, mut starts: Vec<Start>) -> Vec<Start> {
    let counted = |(at, start): (usize, &Start)| {
        // Behind a label that is printed a number is said.
        if start.label.name != "Q" || !start.label.printed.is_empty() {
            return None;
        }
        // An answer may begin where the label of a question has not ended.
        let end = starts.get(at + 1).map_or(prose.len(), |next| next.at.max(start.text));
        // The number of an item is no part of the text.
        let item = prose.block_at(start.at).and_then(|block| match prose.block(block).marker {
            Marker::Number(number) => Some((number, 0)),
            _ => None,
        });
        let printed = || ordinal(prose.slice(start.text..end).lines().next()?);
        let (number, taken) = item.or_else(printed)?;
        Some((at, number, taken))
    };
    let found: Vec<(usize, u32, usize)> = starts.iter().enumerate().filter_map(counted).collect();
    // Of two kinds of digits the lesser is said: `二、三线城市的市场怎么样？`
    let han = |at: usize| prose.slice(starts[at].text..prose.len()).trim_start().starts_with(HAN);
    let counts = found.iter().filter(|(at, ..)| han(*at)).count();
    let found: Vec<_> = found
        .iter()
        .copied()
        .filter(|(at, _, taken)| *taken == 0 || han(*at) == (counts * 2 > found.len()))
        .collect();
    // So is one that does not fit among its neighbours.
    let follows = |at: usize| found[at].1 == found[at - 1].1 + 1;
    let fits = |at: &usize| {
        found[*at].1 == 1 || *at > 0 && follows(*at) || *at + 1 < found.len() && follows(*at + 1)
    };
    let counted: Vec<usize> = (0..found.len()).filter(fits).collect();
    if counted.len() < FEWEST || counted.len() * 10 < found.len() * 8 {
        return starts;
    }
    for (at, _, taken) in counted.into_iter().map(|at| found[at]) {
        starts[at].text += taken as u32;
    }
    starts
}

/// The Chinese digits, from that of ten on.
const HAN: [char; 10] = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// The blanks beside a number: editors put fixed ones, print wide ones.
const BLANKS: [char; 3] = [' ', '\u{A0}', '\u{3000}'];

/// The number that a line begins with, and its bytes: digits, full width or Chinese, between
/// brackets or before a stop, a comma that parts a list, a bracket or a colon. Behind it something is said.
fn ordinal(line: &str) -> Option<(u32, usize)> {
    const OPENS: [char; 5] = ['(', '（', '[', '#', '第'];
    let inner = line.trim_start().trim_start_matches(OPENS);
    let digits = |c: char| value(c).is_some();
    let rest = inner.trim_start_matches(digits);
    let number = number(&inner[..inner.len() - rest.len()])?;
    let close =
        |c| matches!(c, '.' | '．' | '、' | ')' | '）' | ']' | ':' | '：' | '/' | '问' | '問');
    let behind = rest.trim_start_matches(BLANKS);
    let said = behind.trim_start_matches(close);
    // `1.5`, `12:30`, `3/4`.
    if said.len() == behind.len() || said.starts_with(|c: char| c.is_numeric()) {
        return None;
    }
    let said = said.trim_start_matches(BLANKS);
    said.starts_with(|c: char| !c.is_whitespace()).then_some((number, line.len() - said.len()))
}

fn value(c: char) -> Option<u32> {
    let han = || HAN.iter().position(|&han| han == c).map(|at| at as u32);
    let wide = || ('０'..='９').contains(&c).then(|| u32::from(c) - u32::from('０'));
    c.to_digit(10).or_else(wide).or_else(han)
}

/// The number that up to three digits are; `二十三` is one as well.
fn number(digits: &str) -> Option<u32> {
    let count = digits.chars().count();
    if !(1..=3).contains(&count) {
        return None;
    }
    if let Some((tens, ones)) = digits.split_once('十') {
        let of = |part: &str, none| match part.chars().next() {
            Some(c) => value(c),
            None => Some(none),
        };
        return Some(of(tens, 1)? * 10 + of(ones, 0)?);
    }
    digits.chars().try_fold(0, |number, c| Some(number * 10 + value(c)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_their_forms() {
        for (line, want) in [
            ("1. Why?", Some((1, 3))),
            ("3.\u{A0}Why?", Some((3, 4))),
            ("12) Why?", Some((12, 4))),
            ("(3) Why?", Some((3, 4))),
            ("#4: Why?", Some((4, 4))),
            ("（二十三）为什么？", Some((23, 15))),
            ("十、为什么？", Some((10, 6))),
            ("第三问：为什么？", Some((3, 12))),
            ("３．为什么？", Some((3, 6))),
            ("2: Why?", Some((2, 3))),
            ("2024年，为什么？", None),
            ("1.5 times what?", None),
            ("12:30 or later?", None),
            ("三年来如何？", None),
            ("3.", None),
            ("", None),
        ] {
            assert_eq!(ordinal(line), want, "{line}");
        }
    }

    #[test]
    fn numbers_that_count_the_questions() {
        let texts = |text: &str| {
            let interview = super::super::read(crate::format::markdown::read(text));
            let said = interview.turns.iter().map(|turn| {
                let text = &interview.prose.text()[turn.label.end as usize..];
                text.lines().next().unwrap_or_default().to_owned()
            });
            said.step_by(2).collect::<Vec<String>>()
        };
        let of = |numbers: [&str; 4]| {
            let turn = |number| format!("**{number}Why do you stay?**\n\nI like it.\n\n");
            numbers.map(turn).concat()
        };
        assert_eq!(texts(&of(["1) ", "2) ", "3)", "4) "])), ["Why do you stay?"; 4]);
        assert_eq!(texts(&of(["1) ", "2) ", "1) ", ""])), ["Why do you stay?"; 4]);
        assert_eq!(texts(&of(["7) ", "2) ", "5) ", "3) "]))[1], "2) Why do you stay?");
        assert_eq!(texts(&of(["1) ", "2) ", "", ""]))[1], "2) Why do you stay?");
    }
}
