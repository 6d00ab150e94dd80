//! Lines that say who made an article: `编辑：某某`, `采访、撰文 | 某某`, `Das Gespräch führte …`.

use super::fields::is_field;
use super::front::has_field;
use super::labels::asks;

/// How lines begin that say who asked.
const BYLINES: &[&str] = &[
    "беседовал ",
    "беседовала ",
    "беседовали ",
    "интервью провел",
    "интервью провёл",
    "интервью взял",
    "rozmawiał ",
    "rozmawiała ",
    "rozmawiali ",
    "propos recueillis par ",
    "entretien réalisé par ",
    "das gespräch führte",
    "das interview führte",
    "die fragen stellte",
    "interviewed by ",
    "interview by ",
    "intervista di ",
    "intervista a cura di ",
    "entrevista de ",
    "entrevista por ",
];
/// The longest of such lines, in characters.
const LONGEST: usize = 60;

/// Whether a line says who made the article.
pub fn is_credit(text: &str) -> bool {
    let line = text.chars().nth(LONGEST).is_none() && !text.contains(['。', '？', '?', '！']);
    line && (has_field(text) || is_parted(text) || is_byline(text) || is_address(text))
}

/// `采访、撰文 | 某某`: the names of fields, a bar, and names.
fn is_parted(text: &str) -> bool {
    let Some((words, names)) = text.split_once(['|', '｜', '丨', '∣', '│']) else {
        return false;
    };
    let mut words =
        words.split(['、', '&', '＆', '/', '／', '·', '・', ' ']).filter(|w| !w.is_empty());
    let word = |word: &str| is_field(word) || asks(word) && word.chars().count() > 1;
    words.clone().next().is_some() && words.all(word) && !names.trim().is_empty()
}

/// `도은채 기자 dec@hanbit.example`: a name and where to write to.
fn is_address(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let last = words.next_back().unwrap_or_default().trim_matches(['(', ')', '<', '>', '[', ']']);
    let (name, host) = last.split_once('@').unwrap_or_default();
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii() && c != '@');
    plain(name) && plain(host) && host.contains('.') && !host.ends_with('.') && words.count() <= 4
}

fn is_byline(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    BYLINES.iter().any(|words| {
        let rest = text.strip_prefix(words).unwrap_or_default();
        !rest.trim().is_empty() && !rest.contains(". ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_made_it() {
        for (text, want) in [
            ("编辑：贺小满", true),
            ("采访、撰文 | 林晓舟", true),
            ("编辑 | 贺小满", true),
            ("Беседовала Инга Рассохина", true),
            ("Das Gespräch führte Ann Vale.", true),
            ("Interview by Ann Vale", true),
            ("도은채 기자 dec@hanbit.example.kr", true),
            ("Write to me at any time, it is ann@vale.example", false),
            ("茶 | 咖啡", false),
            ("Беседовала", false),
            ("编辑：你说呢？", false),
        ] {
            assert_eq!(is_credit(text), want, "{text}");
        }
    }
}
