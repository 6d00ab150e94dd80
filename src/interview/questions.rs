//! Questions that are set apart and carry no label: paragraphs of one style (headings, bold,
//! italic, quoted, dashed, numbered) that mostly ask, with something else between them.

use std::collections::HashMap;
use std::ops::Range;

use super::Role;
use super::alone::alone;
use super::announced::{asks_some, is_announced};
use super::asides;
pub use super::asking::asks;
use super::asking::thanks;
use super::keyed::Text;
use super::leads;
use super::persons::{self, Persons};
use super::related::is_related;
use super::remarks::{
    is_long_heading, is_long_remark, is_sentence, is_statement, may_be_said, starts_with_dash,
};
pub use super::setting::{Piece, Question, Set, is_set, is_usual, numbered, set, sign};
use super::strays;
use super::throughout::throughout;
use super::tongue::says_you;
use crate::prose::{BlockId, Kind, Marker, Prose};

/// Paragraphs that are set apart in one way and ask.
#[derive(Clone, Debug)]
pub struct Questions {
    /// The way.
    pub set: Set,
    /// They, in text order.
    pub found: Vec<Question>,
    /// How many of those that are set apart so do ask, from 0 to 1.
    pub asking: f64,
    /// Whom they and their answers speak of.
    pub persons: Persons,
    /// Whether they hardly ask: paragraphs below which somebody's label stands each time.
    pub titles: bool,
}

/// What is known before questions are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    Nothing,
    /// Other sections of the article are an interview.
    Interview,
}

impl Known {
    /// The least questions that are believed.
    fn fewest(self) -> usize {
        match self {
            Self::Nothing => 4,
            Self::Interview => 2,
        }
    }
}

/// How many paragraphs are said by turns, in an article that says that it is a talk.
const IN_TURN: usize = 8;
/// How often a heading comes that is put to several.
const AGAIN: usize = 3;
/// How many lines of paragraphs are questions where others may be statements.
const LED: usize = 4;
/// The same where many lines of paragraphs are emphasised, and how many.
const DOUBTED: usize = 2;
const MOST_LED: usize = 8;

/// The paragraphs that may be questions or answers, with how they are set.
pub fn pieces(prose: &Prose, roles: &[Role], within: Range<u32>) -> Vec<Piece> {
    let (mut out, led) = read_pieces(prose, roles, within.clone(), false);
    if led >= DOUBTED {
        let (with_stated, all) = read_pieces(prose, roles, within, true);
        if led >= LED || all >= MOST_LED {
            out = with_stated;
        }
    }
    strays::one_dash(&mut out);
    out
}

/// The same, and how many lines of paragraphs are questions; with `stated`, some state.
fn read_pieces(
    prose: &Prose,
    roles: &[Role],
    within: Range<u32>,
    stated: bool,
) -> (Vec<Piece>, usize) {
    let mut count = 0;
    let all = throughout(prose, roles, &within);
    let first = prose.blocks().partition_point(|block| block.span.start < within.start);
    let blocks = prose.blocks().iter().enumerate().skip(first);
    let (mut out, mut below) = (Vec::new(), Vec::new());
    for (at, block) in blocks.take_while(|(_, block)| block.span.start < within.end) {
        let open = matches!(roles[at], Role::Text | Role::Section);
        if !open || !matches!(block.kind, Kind::Paragraph | Kind::Heading(_)) {
            continue;
        }
        let id = BlockId(at as u32);
        let content = prose.content(id);
        if asides::is_aside(prose, id) && !asks(prose.slice(content.clone())) {
            continue;
        }
        // Items with questions are a list of what to ask or to do; one with several is an answer
        // behind a dash, with all that follows it without a blank line.
        let bare = block.quote == 0 || all.quoted;
        let text = bare && block.depth == 0 && block.marker == Marker::None;
        let lines = bare && prose.breaks_in(content.clone()).len() > 1;
        let mut led = Vec::new();
        if text || lines {
            led = leads::pieces(prose, content.clone(), stated);
        }
        let asked = led.iter().filter(|piece| piece.set != Set::Plain).count();
        // An item that begins with its question is one of a list.
        let begins = led.first().is_none_or(|piece| piece.set != Set::Plain);
        if !text && asked < 2 && begins {
            led.clear();
        } else {
            count += asked;
        }
        if led.is_empty() {
            let begin = leads::below_title(prose, content.clone()).filter(|_| text);
            below.extend(begin.map(|(at, dash)| (out.len(), at, dash)));
            out.push(Piece { span: content, set: set(prose, id, all) });
        }
        out.extend(led);
    }
    leads::part_titles(&mut out, &below);
    (out, count)
}

/// The ways in which questions are set apart here, those with most of them first.
pub fn questions(text: &Text<'_>, pieces: &[Piece], known: Known) -> Vec<Questions> {
    let mut lengths: HashMap<Set, usize> = HashMap::new();
    for piece in pieces {
        *lengths.entry(piece.set).or_default() += piece.span.len();
    }
    let mut ways: Vec<Set> = lengths.keys().copied().collect();
    ways.sort_unstable();
    let mut out: Vec<Questions> =
        ways.into_iter().filter_map(|way| set_apart(text, pieces, way, &lengths, known)).collect();
    out.sort_by_key(|found| std::cmp::Reverse(found.found.len()));
    if out.is_empty() && known == Known::Nothing {
        out.extend(alone(text.prose, pieces, text.tongue));
    }
    out
}

fn set_apart(
    text: &Text<'_>,
    pieces: &[Piece],
    way: Set,
    lengths: &HashMap<Set, usize>,
    known: Known,
) -> Option<Questions> {
    let Text { prose, tongue, .. } = *text;
    // Quotes among questions are what others said, unless there are no other questions.
    if way == Set::Speech && !is_quoted_throughout(prose, pieces) {
        return None;
    }
    // Plain questions stand out only where all answers are set apart.
    if way == Set::Plain {
        let all: usize = lengths.values().sum();
        let marked = |set: Set| match set {
            Set::Plain => false,
            // What letters quote.
            Set::Sign(sign) => is_usual(sign),
            _ => true,
        };
        let most = lengths.iter().filter(|(set, _)| marked(**set)).map(|(_, n)| *n).max();
        if most.is_none_or(|most| most * 10 < all * 5) {
            return None;
        }
    }
    // Between block quotes that answer, whatever is printed plainly is said to somebody.
    let quotes = lengths.get(&Set::Quote).copied().unwrap_or_default();
    let few =
        |(set, of): (&Set, &usize)| matches!(set, Set::Plain | Set::Quote) || of * 10 < quotes;
    let quoted = way == Set::Plain && lengths.iter().all(few);
    let ask = |piece: &Piece| asks(prose.slice(piece.span.clone()).trim());
    let mut groups = groups(pieces, way);
    // Items one below the other are a list, and no questions with answers between them.
    // One that is all a link leads to what somebody else asked.
    if way == Set::Sign('•') {
        groups.retain(|group| group.len() == 1 && !is_link(prose, &group[0].span));
    }
    let asks: Vec<bool> = groups.iter().map(|group| group.iter().any(ask)).collect();
    let asking = asks.iter().filter(|&&asks| asks).count();
    let first = asks.iter().position(|&asks| asks)?;
    let last = asks.iter().rposition(|&asks| asks)?;
    // Dashes one below the other are both sides of a talk, or a story's.
    let many = groups.iter().filter(|group| group.len() > 1).count();
    if matches!(way, Set::Sign('―' | '—' | '─' | '–' | '−')) && many * 5 > groups.len() {
        return None;
    }
    // What stands before the first and behind the last is an introduction or a note.
    let share = asking as f64 / (last + 1 - first) as f64;
    let led = groups.iter().filter(|group| starts_with_dash(prose.slice(group[0].span.clone())));
    let dashed = led.count() * 5 >= groups.len() * 4;
    // Who asks may state as well, and titles are no sentences.
    let stated = matches!(way, Set::Bold | Set::Italic | Set::Quote | Set::Capitals)
        && are_sentences(prose, &groups[first..=last]);
    // Whoever talks with somebody asks less, and says as much.
    let within = |piece: &&Piece| {
        let end = groups[last].last().map_or(0, |piece| piece.span.end);
        (groups[first][0].span.start..end).contains(&piece.span.start)
    };
    let in_turn = || {
        let count = last + 1 - first;
        matches!(way, Set::Bold | Set::Italic)
            && count >= IN_TURN
            && pieces.iter().filter(within).count() <= count * 3
            && is_announced(text, groups[first][0].span.start)
    };
    // A dash before a paragraph is itself a mark of a question, where answers have none.
    let least = match way {
        Set::Sign('―' | '—' | '─' | '–' | '-' | '−') => 0.3,
        _ if dashed => 0.3,
        _ if in_turn() => 0.25,
        _ if stated => 0.35,
        Set::Heading(_) | Set::Italic => 0.5,
        _ => 0.6,
    };
    // Emphasis and a dash at once are two marks: fewer have to ask.
    let doubly = dashed && groups.len() >= 4 && !matches!(way, Set::Sign(_) | Set::Plain);
    let fewest = if doubly { 2 } else { known.fewest() };
    // Three are a short interview, where it is called one.
    let short = asking >= 2
        && last + 1 - first >= 3
        && share >= 0.6
        && !matches!(way, Set::Plain | Set::Sign(_));
    let begin = groups[first].first().map_or(0, |piece| piece.span.start);
    let few = asking < fewest && !(short && (is_announced(text, begin) || asks_some(text, begin)));
    if few || share < least {
        return None;
    }
    // Where there are headings, or nearly all that is set apart asks, little of that is a title.
    // What comes again and again is put to each who is asked, in a heading as well.
    let mut unasked: HashMap<&str, usize> = HashMap::new();
    for group in groups[first..].iter().filter(|group| !group.iter().any(ask)) {
        *unasked.entry(prose.slice(group[0].span.clone()).trim()).or_default() += 1;
    }
    let again = |piece: &Piece| {
        let count = unasked.get(prose.slice(piece.span.clone()).trim());
        is_heading(way) && share >= 0.7 && count.is_some_and(|&count| count >= AGAIN)
    };
    let unasked = (first..=last).filter(|&at| !asks[at] && !again(&groups[at][0])).count();
    let headed = pieces.iter().any(|piece| is_heading(piece.set)) || unasked <= 1;
    let number = |group: &&&[Piece]| is_numbered(prose, &group[0]);
    let counted = groups.iter().filter(number).count() * 10 >= groups.len() * 9;
    let in_turn = share < 0.6 && in_turn();
    let mut found = Vec::new();
    // The last that is said to somebody behind the last that asks.
    let mut trail = last;
    for (number, group) in groups.iter().enumerate() {
        // Behind the last that asks may come thanks, if something is said to them.
        let answered = || {
            let end = group.last().map_or(0, |piece| piece.span.end);
            let next = pieces.partition_point(|piece| piece.span.start < end);
            let leads = |piece: &Piece| {
                let text = prose.slice(piece.span.clone());
                text.split_once([':', '：']).is_some_and(|(name, _)| is_related(name))
            };
            pieces
                .get(next)
                .is_some_and(|piece| piece.set != way && !is_heading(piece.set) && !leads(piece))
        };
        // What has the mark of a question is one wherever it stands.
        let lead = prose.slice(group[0].span.clone());
        let marked = matches!(way, Set::Sign(_)) || dashed && starts_with_dash(lead);
        let marked = marked && (number > first || is_sentence(lead.trim()));
        let trails = number == last + 1 && !is_heading(way)
            // Among numbered questions the last ones may state.
            || number > last && counted && way == Set::Number
            // Who states as often as asking may well end so.
            || number == trail + 1
                && stated
                && asking >= LED
                && is_statement(lead.trim())
                && is_run_in(prose, group);
        // Who begins with a statement says it to somebody; an introduction does not.
        let opens = (stated || share >= 0.7 && !is_heading(way))
            && number + 1 == first
            && says_you(lead, tongue);
        let inside = (first..=last).contains(&number) || (trails || marked || opens) && answered();
        // Nobody need answer thanks.
        let thanked = || {
            let end = group.last().map_or(0, |piece| piece.span.end);
            let behind = &pieces[pieces.partition_point(|piece| piece.span.start < end)..];
            share >= 0.6
                && number == groups.len() - 1
                && group.len() == 1
                && thanks(lead.trim())
                && !behind.iter().any(|piece| piece.set == Set::Plain)
        };
        let again = group.len() == 1 && again(&group[0]);
        let inside = inside || again || number > last && thanked();
        if inside && number > last {
            trail = number;
        }
        // A heading among questions, and a bold line that is no sentence, are titles.
        let begin = group.iter().position(|piece| {
            let text = prose.slice(piece.span.clone()).trim();
            let long = text.chars().count() > 14;
            // What stands alone between answers and has so many words is no title.
            let bold = matches!(way, Set::Bold | Set::Italic);
            let within = first < number && number < last && group.len() == 1 && bold;
            let said = share >= 0.8 && within && is_long_remark(text);
            // Without a heading elsewhere it may be one; beside others it is hardly.
            let unmarked = share >= 0.8
                && (within || number == last + 1 && group.len() == 1 && way == Set::Bold)
                && headed
                && may_be_said(text);
            let said = said || unmarked || in_turn && group.len() == 1;
            let states = match way {
                Set::Heading(_) => {
                    let inside = first < number && number < last;
                    long && share >= 0.7
                        || inside && share >= 0.8 && unasked <= 1 && is_long_heading(text)
                        || (long || share >= 0.7)
                            && text.ends_with(['。', '！', '.'])
                            && is_statement(text)
                }
                Set::Sign(sign) => sign != '•',
                _ if dashed && starts_with_dash(text) => true,
                Set::Plain => quoted && group.len() <= LED && is_statement(text),
                Set::Capitals => text.split_whitespace().nth(5).is_some() || is_sentence(text),
                // Among numbered questions whatever has a number is one.
                _ if counted && is_numbered(prose, piece) => true,
                _ => said || is_sentence(text) && (long || is_statement(text)),
            };
            // What stands right above the first is an introduction, unless it is said to somebody.
            let introduces =
                number == first && !ask(piece) && group.len() > 1 && !says_you(text, tongue);
            ask(piece) || again || inside && states && !introduces
        });
        let (Some(begin), Some(last)) = (begin, group.last()) else { continue };
        let (at, end) = (group[begin].span.start, last.span.end);
        found.push(Question { at, text: at + sign(prose.slice(at..end), way), end });
    }
    strays::go_on(prose, pieces, way, &mut found);
    let persons = persons::persons(prose, &found, tongue);
    strays::add(prose, pieces, way, &mut found, tongue);
    Some(Questions { set: way, found, asking: share, persons, titles: false })
}

/// Whether what is said to a question stands in its paragraph.
fn is_run_in(prose: &Prose, group: &[Piece]) -> bool {
    group.last().is_some_and(|piece| {
        let end = prose.block_at(piece.span.start).map_or(0, |block| prose.content(block).end);
        prose.slice(piece.span.end.min(end)..end).chars().any(char::is_alphanumeric)
    })
}

/// Whether a piece has a number, printed or as an item of a list.
fn is_numbered(prose: &Prose, piece: &Piece) -> bool {
    let item = || {
        let block = prose.block_at(piece.span.start).map(|id| prose.block(id));
        block.is_some_and(|block| {
            block.span.start == piece.span.start && matches!(block.marker, Marker::Number(_))
        })
    };
    numbered(prose.slice(piece.span.clone()).trim_start()) || item()
}

/// Whether all letters of a stretch are a link's.
fn is_link(prose: &Prose, span: &Range<u32>) -> bool {
    let runs = prose.runs_in(span.clone()).iter().filter(|run| run.link.is_some());
    let linked: usize = runs.map(|run| run.span.len()).sum();
    linked > 0 && linked >= prose.slice(span.clone()).trim().len()
}

/// Whether nearly all groups are questions or statements.
fn are_sentences(prose: &Prose, groups: &[&[Piece]]) -> bool {
    let whole = |piece: &Piece| {
        let text = prose.slice(piece.span.clone()).trim();
        asks(text) || is_statement(text)
    };
    let said = groups.iter().filter(|group| group.iter().any(whole)).count();
    said * 10 >= groups.len() * 9
}

/// Whether a quote that begins a paragraph ends with it, nearly each time.
fn is_quoted_throughout(prose: &Prose, pieces: &[Piece]) -> bool {
    let of = pieces.iter().filter(|piece| piece.set == Set::Speech);
    let whole = of.clone().filter(|piece| {
        let text = prose.slice(piece.span.clone()).trim();
        let inner = text.char_indices().nth(1).map_or("", |(at, _)| &text[at..]);
        let closes = ['»', '”', '“', '」', '』', '"', '＂'];
        inner.ends_with(closes)
    });
    whole.count() * 10 >= of.count() * 9
}

fn is_heading(way: Set) -> bool {
    matches!(way, Set::Heading(_))
}

/// The longest stretches of pieces that are set in one way.
fn groups(pieces: &[Piece], way: Set) -> Vec<&[Piece]> {
    pieces.chunk_by(|a, b| (a.set == way) == (b.set == way)).filter(|g| g[0].set == way).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_behind_all_paragraphs() {
        let text = "# T\n\n**What do you do?**\n\nAnn Lee: I keep it.\n\n**Why do you keep it?**\n\nAnn Lee: I like it.\n\n**Where are you?**\n\n♪ Ann Lee: la ♪\n";
        super::super::read(crate::format::markdown::read(text));
    }

    #[test]
    fn what_asks() {
        for (text, want) in [
            ("你好吗？", true),
            ("“真的？”", true),
            ("お仕事は何ですか。", true),
            ("谈谈您的童年。", true),
            ("Tell us about the boats.", true),
            ("早年经历", false),
            ("How (and why)?", true),
            ("It is so.", false),
        ] {
            assert_eq!(asks(text), want, "{text}");
        }
    }
}
