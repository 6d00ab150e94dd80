//! The title of an article: its first heading, or the line that announces the talk.

use crate::prose::{BlockId, Kind, Prose};

/// The block that is the title: the first heading of the first level, or the one that all begins
/// with where no other has its level.
pub fn title(prose: &Prose) -> Option<usize> {
    let blocks = prose.blocks();
    let level = |kind: Kind| match kind {
        Kind::Heading(level) => Some(level),
        _ => None,
    };
    let first = blocks.iter().position(|block| level(block.kind) == Some(1));
    let opens = || {
        let (first, rest) = blocks.split_first()?;
        let own = level(first.kind)?;
        rest.iter().all(|block| level(block.kind).is_none_or(|other| other > own)).then_some(0)
    };
    first.or_else(opens)
}

/// `Interview with …` below a first line in capitals, which is whose interview it is.
///
/// It stands before the first line that `is_field` takes.
pub fn announced(
    prose: &Prose,
    heading: usize,
    is_field: impl Fn(&str) -> bool,
) -> Option<(usize, String)> {
    const WORDS: &[&str] = &[
        "interview with ",
        "oral history interview with ",
        "an interview with ",
        "conversation with ",
        "a conversation with ",
        "interview mit ",
        "gespräch mit ",
        "entretien avec ",
        "entrevista a ",
        "entrevista con ",
        "entrevista com ",
        "intervista a ",
        "intervista con ",
        "интервью с ",
    ];
    let first = prose.slice(prose.content(BlockId(heading as u32)));
    if first.contains(char::is_lowercase) || first.split_whitespace().count() < 3 {
        return None;
    }
    let lines = prose.blocks().iter().enumerate().skip(heading + 1).take(4);
    let mut lines = lines.take_while(|(_, block)| !is_field(prose.slice(block.span.clone())));
    lines.find_map(|(at, block)| {
        let text = prose.slice(block.span.clone()).trim();
        let lower = text.to_lowercase();
        let line = text.chars().nth(100).is_none() && !text.contains(['.', ':', '\n']);
        (line && WORDS.iter().any(|words| lower.starts_with(words))).then(|| (at, text.to_owned()))
    })
}
