//! Questions between labelled turns that have no label, or one of another kind.

use std::collections::{HashMap, HashSet};

use super::alone::{is_question, only_asks};
use super::answers::{unlabelled, with_labels};
use super::questions::{self, Piece, Question, Set};
use super::start::Start;
use super::view::View;

/// Questions without a label between labelled turns, where nearly all of them are answered by one.
pub fn asked_between(view: &View<'_>, starts: &[Start]) -> Option<Vec<Start>> {
    let View { text, pieces, ways, .. } = view;
    let asker = starts.iter().filter(|start| start.label.asks).count();
    let mut known: Vec<Start> = Vec::new();
    let is_apart = |set: Set| matches!(set, Set::Heading(_) | Set::Bold | Set::Italic);
    let apart =
        ways.iter().filter(|way| is_apart(way.set)).map(|way| unlabelled(starts, way).len());
    let apart: usize = apart.sum();
    for way in ways.iter().filter(|way| way.set != Set::Alone) {
        let mut open = unlabelled(starts, way);
        // What stands right below a label is said by whoever has it.
        open.retain(|question| {
            let before = starts.partition_point(|start| start.at <= question.at);
            let label = before.checked_sub(1).map(|at| &starts[at]);
            label.is_none_or(|label| {
                let said = text.prose.slice(label.text.min(question.at)..question.at);
                said.chars().any(char::is_alphanumeric)
            })
        });
        let is_open = |question: &&Question| {
            open.binary_search_by_key(&question.at, |start| start.at).is_ok()
        };
        let ends = way.found.iter();
        let found: Vec<&Question> = ends.filter(|question| is_open(question)).collect();
        let answered = |question: &&&Question| {
            let at = starts.partition_point(|start| start.at < question.end);
            starts.get(at).is_some_and(|start| {
                let first = pieces.partition_point(|piece| piece.span.start < question.end);
                let last = pieces.partition_point(|piece| piece.span.start < start.at);
                last <= first + 1
            })
        };
        let asking = |question: &&&Question| {
            questions::asks(text.prose.slice(question.at..question.end).trim())
        };
        let count = found.iter().filter(answered).count();
        let asking = found.iter().filter(asking).count();
        let enough =
            if asker > 0 { found.len() * 3 >= asker } else { found.len() * 5 >= starts.len() };
        // Behind a long dash each is a question by its form, where an answer follows.
        let long = match way.set {
            Set::Sign('―' | '—' | '─') => true,
            Set::Sign('-') => found.iter().all(|question| {
                text.prose.slice(question.at..question.end).trim_start().starts_with("--")
            }),
            _ => false,
        };
        let dashed = long && count * 10 >= found.len() * 9;
        // Where each is answered by a label, and many are, fewer have to ask, or to be there.
        let whole = count == found.len();
        let stated = whole && found.len() >= 8 && asking * 3 >= found.len();
        let asks = asking * 2 >= found.len() || dashed || stated;
        let enough =
            enough || whole && found.len() * 8 >= starts.len() && asking * 5 >= found.len() * 3;
        let enough =
            enough || dashed && asking * 3 >= found.len() && found.len() * 12 >= starts.len();
        let heading = matches!(way.set, Set::Heading(_)) && asking * 10 >= found.len() * 9;
        let answered = count * 4 >= found.len() * 3 || heading && count * 3 >= found.len() * 2;
        // Where no label asks, what is set apart and answered each time is put to all who have one.
        let set_apart = is_apart(way.set);
        let put = || {
            set_apart
                && count * 10 >= found.len() * 9
                && apart * 12 >= starts.len()
                && asking * 5 >= found.len() * 2
                && nobody_is_asker(view, starts, |piece| {
                    ways.iter().any(|way| piece.set == way.set)
                })
        };
        // Questions that are set apart in another way than those known.
        let more = || {
            known.is_empty() || matches!(way.set, Set::Heading(_)) && count * 10 >= found.len() * 9
        };
        if found.len() >= 3
            && answered
            && more()
            && (enough && asks || asker == 0 && put())
            && !are_sections(view, starts, way.set, &found)
            && !(asker == 0
                && (!enough || matches!(way.set, Set::Heading(_)))
                && go_on(view, starts, &found))
        {
            let mut asked = with_labels(view, open);
            // Where questions have a label after all, what has none is said by whoever speaks.
            let bare = asked.iter().filter(|start| start.label.printed.is_empty()).count();
            if bare * 5 <= asked.len() * 2 {
                asked.retain(|start| !start.label.printed.is_empty());
            }
            known.extend(asked);
        }
    }
    if !known.is_empty() {
        known.sort_by_key(|start| start.at);
        known.dedup_by_key(|start| start.at);
        return Some(known);
    }
    headed(view, starts).or_else(|| signed(view, starts)).or_else(|| plain(view, starts))
}

/// Whether headings that ask are titles of sections: whoever has the label below asks as well.
fn are_sections(view: &View<'_>, starts: &[Start], set: Set, found: &[&Question]) -> bool {
    let View { text, pieces, .. } = view;
    let asks = |question: &&&Question| {
        let at = starts.partition_point(|start| start.at < question.end);
        let end = starts.get(at + 1).map_or(0, |next| next.at);
        let said = pieces.partition_point(|piece| piece.span.start < end).checked_sub(1);
        let said = said.map(|at| pieces[at].span.clone());
        // `You know?` and `…, right?` ask nothing.
        let whole = |text: &str| {
            let words = |stops: &[char]| {
                let end = text.trim_end_matches(['?', '？', ' ']);
                let last = end.rsplit(stops).next().unwrap_or(end);
                if last.is_ascii() { last.split_whitespace().count() } else { usize::MAX }
            };
            let stops = ['?', '？', '.', '。', '!', '！'];
            questions::asks(text) && words(&stops) > 3 && words(&[',']) > 1
        };
        said.is_some_and(|said| said.start >= question.end && whole(text.prose.slice(said).trim()))
    };
    matches!(set, Set::Heading(_)) && found.iter().filter(asks).count() * 2 >= found.len()
}

/// The fewest that are marked by a dash or a bullet, where most of them state.
const SIGNED: usize = 8;

/// Single paragraphs behind a dash or a bullet, each with a label right below and in nobody's turn
/// else: who asks so may state as often as ask.
fn signed(view: &View<'_>, starts: &[Start]) -> Option<Vec<Start>> {
    let View { text, pieces, .. } = view;
    let first = starts.first()?;
    let begins = |at: u32| starts.binary_search_by_key(&at, |start| start.at).is_ok();
    let sign = |piece: &Piece| {
        matches!(piece.set, Set::Sign('•' | '-' | '–' | '—' | '―' | '─' | '−'))
            && !begins(piece.span.start)
    };
    let from = pieces.partition_point(|piece| piece.span.start < first.at).saturating_sub(1);
    let of: Vec<usize> = (from..pieces.len()).filter(|&at| sign(&pieces[at])).collect();
    let answered = |at: &&usize| pieces.get(**at + 1).is_some_and(|next| begins(next.span.start));
    let asks = |at: &&usize| questions::asks(text.prose.slice(pieces[**at].span.clone()).trim());
    let (count, asking) = (of.iter().filter(answered).count(), of.iter().filter(asks).count());
    let whole = count * 10 >= of.len() * 9 && asking * 4 >= of.len();
    (of.len() >= SIGNED && whole && nobody_asks(view, starts, sign)).then(|| {
        let question = |at: usize| {
            let Piece { span, set } = &pieces[at];
            let said = text.prose.slice(span.clone());
            Start::question(span.start, span.start + questions::sign(said, *set))
        };
        with_labels(view, of.into_iter().map(question).collect())
    })
}

/// Headings that ask, each with labelled answers below, where nobody of those who are labelled does.
fn headed(view: &View<'_>, starts: &[Start]) -> Option<Vec<Start>> {
    let View { text, pieces, .. } = view;
    let (first, last) = (starts.first()?, starts.last()?);
    let ask = |from: u32, to: u32| questions::asks(text.prose.slice(from..to).trim());
    if !nobody_asks(view, starts, |piece| matches!(piece.set, Set::Heading(_))) {
        return None;
    }
    let begins = |at: u32| starts.binary_search_by_key(&at, |start| start.at).is_ok();
    let heading =
        |piece: &&Piece| matches!(piece.set, Set::Heading(_)) && !begins(piece.span.start);
    let before = pieces.partition_point(|piece| piece.span.start < first.at).checked_sub(1)?;
    let level = Some(pieces[before].set).filter(|_| heading(&&pieces[before]))?;
    let found: Vec<&Piece> = pieces[before..]
        .iter()
        .take_while(|piece| piece.span.start < last.at)
        .filter(|piece| piece.set == level && heading(piece))
        .collect();
    let answered = found.iter().filter(|piece| {
        let next = pieces.partition_point(|other| other.span.start <= piece.span.start);
        pieces.get(next).is_some_and(|next| begins(next.span.start))
    });
    let asks = found.iter().filter(|piece| ask(piece.span.start, piece.span.end)).count();
    let whole = answered.count() == found.len();
    // Headings of which each stands above a name that is one as well; and those below which each
    // speaks once, several a time: a title of a section has no such answers.
    let named = || {
        let set = |start: &Start| {
            let at = pieces.partition_point(|piece| piece.span.end <= start.at);
            pieces.get(at).map(|piece| piece.set)
        };
        starts.iter().all(|start| set(start) == Some(level))
    };
    let round = |at: usize| {
        let end = found.get(at + 1).map_or(u32::MAX, |next| next.span.start);
        let from = starts.partition_point(|start| start.at < found[at].span.start);
        let to = starts.partition_point(|start| start.at < end);
        let keys: HashSet<&str> = starts[from..to].iter().map(|it| &*it.label.key).collect();
        keys.len() >= 3 && keys.len() == to - from
    };
    let rounds = || (0..found.len()).filter(|&at| round(at)).count() * 5 >= found.len() * 4;
    let asked = asks * 10 >= found.len() * 7
        || asks * 4 >= found.len() && named()
        || asks * 3 >= found.len() && rounds();
    (found.len() >= 3 && asks >= 2 && whole && asked).then(|| {
        let at = found.iter().map(|piece| piece.span.start);
        with_labels(view, at.map(|at| Start::question(at, at)).collect())
    })
}

/// Whether two people talk over what stands between their turns, as over titles of sections: who has
/// spoken last asks, or the other one goes on each time.
fn go_on(view: &View<'_>, starts: &[Start], found: &[&Question]) -> bool {
    let two = |question: &&Question| {
        let next = starts.partition_point(|start| start.at < question.end);
        starts.get(next.checked_sub(1)?..=next)
    };
    let around: Vec<&[Start]> = found.iter().filter_map(two).collect();
    let asked = around.iter().filter(|two| asks_last(view, two, |piece| piece.set != Set::Plain));
    let keys: HashSet<&str> = starts.iter().map(|start| &*start.label.key).collect();
    let other = |two: &&[Start]| two[0].label.key != two[1].label.key;
    let long = starts.len() > found.len() * 3;
    asked.count() * 4 > around.len()
        || keys.len() == 2 && long && found.len() >= 4 && around.iter().all(other)
}

/// Whether none of those who have labels asks most of the time when they speak, beside what is set
/// apart.
fn nobody_is_asker(view: &View<'_>, starts: &[Start], apart: impl Fn(&Piece) -> bool) -> bool {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for two in starts.windows(2) {
        let (all, asking) = counts.entry(&two[0].label.key).or_default();
        *all += 1;
        *asking += usize::from(asks_last(view, two, &apart));
    }
    counts.values().all(|(all, asking)| asking * 5 <= all * 2)
}

/// Whether the last that is said between two starts asks, beside what is set apart.
fn asks_last(view: &View<'_>, two: &[Start], apart: impl Fn(&Piece) -> bool) -> bool {
    let View { text, pieces, .. } = view;
    let from = pieces.partition_point(|piece| piece.span.end <= two[0].text);
    let to = pieces.partition_point(|piece| piece.span.start < two[1].at);
    let of = pieces.get(from..to).unwrap_or_default();
    let said = of.iter().rfind(|piece| !apart(piece));
    said.is_some_and(|piece| questions::asks(text.prose.slice(piece.span.clone()).trim()))
}

/// Whether none of those who have labels asks, beside what is set apart and may have none.
fn nobody_asks(view: &View<'_>, starts: &[Start], apart: impl Fn(&Piece) -> bool) -> bool {
    let asking = starts.windows(2).filter(|two| asks_last(view, two, &apart)).count();
    starts.len() >= 6 && asking * 8 <= starts.len()
}

/// Whether the questions stand behind what several have said, none of them much more often than the
/// others: they are nobody's of those.
fn are_put_to_all(starts: &[Start], questions: impl Iterator<Item = u32>) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut all = 0;
    for at in questions {
        let last = starts.partition_point(|start| start.at < at).checked_sub(1);
        if let Some(last) = last {
            *counts.entry(&starts[last].label.key).or_default() += 1;
            all += 1;
        }
    }
    all >= 5 && counts.values().all(|&count| count * 3 <= all * 2)
}

/// Plain paragraphs that only ask, right above a label each time and before the first one, where
/// nobody of those who are labelled asks.
fn plain(view: &View<'_>, starts: &[Start]) -> Option<Vec<Start>> {
    let View { text, pieces, .. } = view;
    let first = starts.first()?;
    let begins = |at: u32| starts.binary_search_by_key(&at, |start| start.at).is_ok();
    // What stands right below a label is said by whoever has it.
    let below = |at: u32| {
        let label = starts.partition_point(|start| start.at <= at).checked_sub(1);
        label.is_some_and(|label| {
            let from = starts[label].text.min(at);
            !text.prose.slice(from..at).chars().any(char::is_alphanumeric)
        })
    };
    let question = |piece: &Piece| {
        let at = piece.span.start;
        // A line above the label that it is answered under.
        let line = || begins(piece.span.end) && only_asks(text.prose, piece);
        !begins(at) && !below(at) && (is_question(text.prose, piece) || line())
    };
    let before = pieces.partition_point(|piece| piece.span.start < first.at).checked_sub(1)?;
    let apart = |piece: &Piece| piece.span.start > first.at && question(piece);
    if !nobody_asks(view, starts, apart) {
        return None;
    }
    let of = (before..pieces.len()).filter(|&at| question(&pieces[at]));
    // The first is put before anybody speaks, or each time somebody else has spoken last.
    if !question(&pieces[before])
        && !are_put_to_all(starts, of.clone().map(|at| pieces[at].span.start))
    {
        return None;
    }
    let answered = |at: &usize| pieces.get(at + 1).is_some_and(|next| begins(next.span.start));
    let found: Vec<&Piece> = of.clone().filter(answered).map(|at| &pieces[at]).collect();
    (found.len() >= 3 && found.len() == of.count()).then(|| {
        let at = found.iter().map(|piece| piece.span.start);
        with_labels(view, at.map(|at| Start::question(at, at)).collect())
    })
}
