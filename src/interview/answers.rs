//! Questions and answers of which one has no label: where their turns begin.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::evidence::Keyed;
use super::labels::{Candidate, Close, Form, Label, Likeness, asks};
use super::names::Named;
use super::questions::{self, Piece, Question, Questions, Set};
use super::start::Start;
use super::view::{View, dashed};
use crate::prose::Prose;

/// The labelled questions of one name, and the answers below them.
pub fn below(view: &View<'_>, id: usize, form: Form) -> Vec<Start> {
    let View { text, keyed, pieces, .. } = view;
    let of: Vec<&Candidate> =
        keyed.iter().filter(|keyed| keyed.id == id).map(|keyed| keyed.candidate).collect();
    let mut starts: Vec<Start> = Vec::new();
    for (number, candidate) in of.iter().enumerate() {
        if candidate.form != form && candidate.form.close != form.close {
            continue;
        }
        starts.push(Start::from(*candidate));
        // A line may have several readings.
        let mut later = of[number + 1..].iter().map(|next| next.start);
        let next = later.find(|&next| next > candidate.start).unwrap_or(text.prose.len());
        let mut at = pieces
            .partition_point(|piece| piece.span.end <= candidate.end.max(candidate.start + 1));
        // A label alone, then the question, then the answer.
        let asked = pieces.get(at).map(|piece| piece.set);
        at += 1;
        while let Some(piece) = pieces.get(at)
            && Some(piece.set) == asked
            && asked != Some(Set::Plain)
        {
            at += 1;
        }
        let answer = pieces.get(at).filter(|piece| piece.span.start < next);
        // What stands below the next heading answers nothing.
        let above = |at: u32| text.headings.partition_point(|&heading| heading <= at);
        if let Some(piece) = answer.filter(|p| above(p.span.start) == above(candidate.start)) {
            starts.push(Start::answer(piece.span.start, piece.span.start));
        }
    }
    starts.sort_by_key(|start| start.at);
    starts.dedup_by_key(|start| start.at);
    starts
}

/// The questions of a way, and the answers that a name's label stands before: in the name's other
/// forms as well, `Mathilde Drouet` and then `M. D.`.
pub fn asked_and_labelled(view: &View<'_>, id: usize, form: Form, way: &Questions) -> Vec<Start> {
    let View { text, keyed, .. } = view;
    let name = Named::new(&text.names.shown[id]);
    let first = way.found.first().map_or(0, |question| question.at);
    let told = |other: usize| {
        let key = &text.names.keys[other];
        text.same.iter().any(|(a, b)| *a == text.names.keys[id] && b == key)
    };
    let same = |other: usize| {
        let long = Named::new(&text.names.shown[other]);
        // One letter may be anybody's.
        let letter =
            long.shown.chars().filter(|c| c.is_alphabetic()).count() < 2 && long.shown.is_ascii();
        if letter || text.names.likeness[other] == Likeness::Phrase {
            return told(other);
        }
        let fits = name.is_short_for(&long) || long.is_short_for(&name);
        fits && !name.is_another(&long) && !long.is_another(&name) || told(other)
    };
    let mut looked: HashMap<usize, bool> = HashMap::new();
    let takes = |keyed: &&Keyed<'_>| {
        // What is marked otherwise is a label among the questions; before them, it heads a portrait.
        let alike = keyed.candidate.form == form;
        (alike || keyed.id == id && keyed.candidate.start > first)
            && (keyed.id == id || *looked.entry(keyed.id).or_insert_with(|| same(keyed.id)))
    };
    let of = keyed.iter().filter(takes);
    let mut starts: Vec<Start> = of.map(|keyed| Start::from(keyed.candidate)).collect();
    starts.dedup_by_key(|start| start.at);
    starts.extend(with_labels(view, unlabelled(&starts, way)));
    starts
}

/// The questions of a way that have no label, as turns.
pub fn unlabelled(starts: &[Start], way: &Questions) -> Vec<Start> {
    let open = way.found.iter().filter(|question| {
        let at = starts.partition_point(|start| start.at < question.at);
        starts.get(at).is_none_or(|start| start.at >= question.end)
    });
    open.map(|question| Start::question(question.at, question.text)).collect()
}

/// Questions without a label between labelled turns, where nearly all of them are answered by one.
pub fn asked_between(view: &View<'_>, starts: &[Start]) -> Option<Vec<Start>> {
    let View { text, pieces, ways, .. } = view;
    let asker = starts.iter().filter(|start| asks(&start.label.key)).count();
    for way in ways {
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
        if found.len() >= 3 && enough && count * 4 >= found.len() * 3 && asks {
            let mut asked = with_labels(view, open);
            // Where questions have a label after all, what has none is said by whoever speaks.
            let bare = asked.iter().filter(|start| start.label.printed.is_empty()).count();
            if bare * 5 <= asked.len() * 2 {
                asked.retain(|start| !start.label.printed.is_empty());
            }
            return Some(asked);
        }
    }
    headed(view, starts)
}

/// Headings that ask, each with labelled answers below, where nobody of those who are labelled does.
fn headed(view: &View<'_>, starts: &[Start]) -> Option<Vec<Start>> {
    let View { text, pieces, .. } = view;
    let (first, last) = (starts.first()?, starts.last()?);
    let ask = |from: u32, to: u32| questions::asks(text.prose.slice(from..to).trim());
    let said = |two: &[Start]| {
        let from = pieces.partition_point(|piece| piece.span.end <= two[0].text);
        let to = pieces.partition_point(|piece| piece.span.start < two[1].at);
        let of = pieces.get(from..to).unwrap_or_default();
        of.iter().rfind(|piece| !matches!(piece.set, Set::Heading(_)))
    };
    let asking =
        starts.windows(2).filter_map(said).filter(|piece| ask(piece.span.start, piece.span.end));
    if starts.len() < 6 || asking.count() * 8 > starts.len() {
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
    let whole = answered.count() == found.len() && asks * 10 >= found.len() * 7;
    (found.len() >= 3 && asks >= 2 && whole).then(|| {
        let at = found.iter().map(|piece| piece.span.start);
        with_labels(view, at.map(|at| Start::question(at, at)).collect())
    })
}

/// Questions and answers with the labels that either side has after all, one of many a name.
pub fn with_names(view: &View<'_>, starts: Vec<Start>) -> Vec<Start> {
    let (questions, answers): (Vec<Start>, Vec<Start>) =
        starts.into_iter().partition(|start| start.label.name == "Q");
    let mut all = with_labels(view, questions);
    all.extend(with_labels(view, answers));
    all.sort_by_key(|start| start.at);
    all
}

/// Questions with the labels that they have after all: words for one who asks, or the names of
/// whoever asks most of them.
fn with_labels(view: &View<'_>, open: Vec<Start>) -> Vec<Start> {
    let View { text, keyed, .. } = view;
    let labelled = |start: &Start| {
        // It may stand on a line of its own above the question.
        let above = |keyed: &&Keyed<'_>| {
            let Candidate { start: from, end, .. } = *keyed.candidate;
            from == start.at
                || end <= start.at
                    && text.prose.block_at(from) == text.prose.block_at(start.at)
                    && text.prose.slice(end..start.at).trim().is_empty()
        };
        let to = keyed.partition_point(|keyed| keyed.candidate.start <= start.at);
        let here = keyed[..to].iter().rev().take(4).filter(above);
        here.filter(|keyed| {
            asks(&keyed.candidate.label.key)
                || keyed.candidate.form.close == Close::Colon
                    && text.names.likeness[keyed.id] != Likeness::Phrase
        })
        .max_by_key(|keyed| asks(&keyed.candidate.label.key))
    };
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let labels: Vec<Option<&Keyed<'_>>> = open.iter().map(labelled).collect();
    for keyed in labels.iter().flatten() {
        *counts.entry(keyed.id).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or(0);
    // Each of many may ask once: `《晚报》记者：`, `Ann Lee, Evening News:`.
    let all = labels.iter().flatten().count();
    let named = most >= 3 && most * 2 >= open.len() || all >= 4 && all * 10 >= open.len() * 9;
    let label = |(start, label): (Start, Option<&Keyed<'_>>)| match label {
        Some(keyed) if named || asks(&keyed.candidate.label.key) => Start::from(keyed.candidate),
        _ => start,
    };
    open.into_iter().zip(labels).map(label).collect()
}

/// Answers without a label below questions whose answers mostly have one: they are the only other
/// speaker's, or of nobody who is named.
pub fn answered_without(view: &View<'_>, starts: &[Start]) -> Vec<Start> {
    let begins = |at: u32| starts.binary_search_by_key(&at, |start| start.at).is_ok();
    let Some(way) = view.ways.iter().find(|way| {
        let asked = way.found.iter().filter(|question| begins(question.at)).count();
        asked >= 3 && asked * 10 >= way.found.len() * 9
    }) else {
        return Vec::new();
    };
    let questions: HashSet<u32> = way.found.iter().map(|question| question.at).collect();
    let mut names: Vec<&Start> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    // One who asks elsewhere answers nothing here.
    let answers =
        starts.iter().filter(|start| !questions.contains(&start.at) && !asks(&start.label.key));
    for start in answers.filter(|start| seen.insert(&start.label.key)) {
        // Of several, nobody is known to say it.
        if names.len() > 1 {
            break;
        }
        let name = Named::new(&start.label.name);
        let same = |known: &&mut &Start| {
            let known = Named::new(&known.label.name);
            known.shown == name.shown || known.is_short_for(&name) || name.is_short_for(&known)
        };
        match names.iter_mut().find(same) {
            Some(known) if known.label.name.len() < start.label.name.len() => *known = start,
            Some(_) => {}
            None => names.push(start),
        }
    }
    let open: Vec<Start> = way
        .found
        .iter()
        .enumerate()
        .filter_map(|(number, question)| {
            let next = way.found.get(number + 1)?.at;
            let behind = starts.partition_point(|start| start.at <= question.at);
            if !begins(question.at) || starts.get(behind).is_none_or(|start| start.at != next) {
                return None;
            }
            let piece = view.pieces.partition_point(|piece| piece.span.start < question.end);
            let piece = view.pieces.get(piece).filter(|piece| piece.span.start < next)?;
            let text = view.text.prose.slice(piece.span.clone());
            let said = matches!(piece.set, Set::Plain | Set::Speech) && is_said(text.trim());
            let at = piece.span.start;
            said.then(|| match names[..] {
                [one] => Start::new(at, at, Arc::new(Label::unprinted(&one.label.name))),
                _ => Start::answer(at, at),
            })
        })
        .collect();
    // Where more than a few have none, they are questions of another kind.
    if open.len() * 4 <= way.found.len() { open } else { Vec::new() }
}

/// The starts with those of answers whose label was forgotten, where two talk by turns: one asks, a
/// paragraph follows that does not, and the same one asks again.
pub fn answered_by_the_other(view: &View<'_>, mut starts: Vec<Start>) -> Vec<Start> {
    let View { text, pieces, .. } = view;
    let mut keys: Vec<&str> = starts.iter().map(|start| start.label.key.as_str()).collect();
    let changes = keys.windows(2).filter(|two| two[0] != two[1]).count();
    keys.sort_unstable();
    keys.dedup();
    let &[one, two] = &keys[..] else { return starts };
    if starts.len() < 8 || changes * 10 < (starts.len() - 1) * 9 {
        return starts;
    }
    let asking = |piece: &Piece| questions::asks(text.prose.slice(piece.span.clone()).trim());
    let within = |from: u32, to: u32| {
        let from = pieces.partition_point(|piece| piece.span.end <= from);
        let to = pieces.partition_point(|piece| piece.span.start < to);
        pieces.get(from..to).unwrap_or_default()
    };
    let asks = |key: &str| {
        let of = starts.windows(2).filter(|two| two[0].label.key == key);
        let (mut all, mut asked) = (0, 0);
        for two in of {
            all += 1;
            asked += usize::from(within(two[0].text, two[1].at).first().is_some_and(asking));
        }
        all > 2 && asked * 10 >= all * 7
    };
    let (asker, other) = match (asks(one), asks(two)) {
        (true, false) => (one, two),
        (false, true) => (two, one),
        _ => return starts,
    };
    let Some(label) = starts.iter().find(|start| start.label.key == other) else { return starts };
    let label = Arc::new(Label::unprinted(&label.label.name));
    let more: Vec<Start> = starts
        .windows(2)
        .filter(|two| two.iter().all(|start| start.label.key == asker))
        .filter_map(|two| match within(two[0].text, two[1].at) {
            [question, answer, ..] if asking(question) && !asking(answer) => {
                let text = text.prose.slice(answer.span.clone());
                let said = matches!(answer.set, Set::Plain | Set::Speech) && is_said(text.trim());
                let at = answer.span.start;
                said.then(|| Start::new(at, at, Arc::clone(&label)))
            }
            _ => None,
        })
        .collect();
    starts.extend(more);
    starts.sort_by_key(|start| start.at);
    starts
}

/// Whether a paragraph may be what somebody says: captions end without a stop, and notes say what
/// they are.
fn is_said(text: &str) -> bool {
    let end = text.trim_end_matches(['”', '"', '」', '』', ')', '）', ' ', '*', '»']);
    end.ends_with(['。', '.', '！', '!', '…', '？', '?', '～', '—', ':', '：'])
        && !["编者", "編者", "注：", "图：", "圖："].iter().any(|note| text.starts_with(note))
}

/// The questions of a way, and what stands below each.
pub fn question_and_answer(prose: &Prose, way: &Questions, pieces: &[Piece]) -> Vec<Start> {
    let mut starts = Vec::new();
    for (number, question) in way.found.iter().enumerate() {
        starts.push(Start::question(question.at, question.text));
        let next = way.found.get(number + 1).map(|next| next.at);
        let answer = pieces.get(pieces.partition_point(|piece| piece.span.start < question.end));
        let said = |piece: &&Piece| {
            let text = prose.slice(piece.span.clone());
            next.is_none_or(|next| piece.span.start < next)
                && text.chars().any(char::is_alphanumeric)
        };
        if let Some(answer) = answer.filter(said) {
            let at = answer.span.start;
            // Both may begin with a dash, as talk does in print.
            let dash = match answer.set {
                Set::Sign(_) => questions::sign(prose.slice(answer.span.clone()), answer.set),
                _ => 0,
            };
            // Behind a question on the same line there is a blank.
            let said = prose.slice(at + dash..answer.span.end);
            let blank = (said.len() - said.trim_start().len()) as u32;
            starts.push(Start::answer(at, at + dash + blank));
        }
    }
    starts
}

/// What is said behind dashes, by two in turn.
pub fn by_turns(prose: &Prose, pieces: &[Piece]) -> Vec<Start> {
    let turns: [fn(u32, u32) -> Start; 2] = [Start::question, Start::answer];
    let said = dashed(pieces).into_iter().zip(turns.into_iter().cycle());
    said.map(|(piece, start)| {
        let at = piece.span.start;
        let dash = questions::sign(prose.slice(piece.span.clone()), piece.set);
        start(at, at + dash)
    })
    .collect()
}
