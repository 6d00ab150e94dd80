//! Questions and answers of which one has no label: where their turns begin.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::keyed::Keyed;
use super::labels::{Candidate, Close, Form, Label, Likeness, Mark, asks};
use super::names::Named;
use super::questions::{self, Piece, Question, Questions, Set};
use super::spelling::is_misspelt;
use super::start::Start;
use super::view::{View, dashed};
use crate::prose::{Prose, Style};

/// How many lines below its first one a question takes.
const WRAPPED: usize = 3;
/// How often somebody comes who answers beside another.
const OFTEN: usize = 3;
/// How many lines a question has whose answer begins on the next one.
const ASKED: usize = 12;

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
            // An answer may be the next item of a list.
            && !matches!(piece.set, Set::Plain | Set::Sign(_) | Set::Number)
        {
            at += 1;
        }
        // A question that goes on below its line.
        let text_of = |piece: &Piece| text.prose.slice(piece.span.clone()).trim();
        let cut = |piece: &Piece| {
            !text_of(piece)
                .ends_with(['.', '?', '!', '。', '？', '！', '…', ':', '：', ')', '”', '"'])
        };
        let lines = pieces[at.min(pieces.len())..].iter().take(WRAPPED);
        let lines = lines.take_while(|piece| piece.span.start < next && piece.set == Set::Plain);
        let mut open = pieces.get(at - 1).is_some_and(cut);
        for (number, piece) in lines.enumerate() {
            if !open {
                break;
            }
            if questions::asks(text_of(piece)) {
                at += number + 1;
                break;
            }
            open = cut(piece);
        }
        let answer = pieces.get(at).filter(|piece| piece.span.start < next);
        // What stands below the next heading answers nothing.
        let above = |at: u32| text.headings.partition_point(|&heading| heading <= at);
        if let Some(piece) = answer.filter(|p| above(p.span.start) == above(candidate.start)) {
            starts.push(Start::answer(piece.span.start, piece.span.start));
        } else if let Some(at) = on_the_next_line(text.prose, candidate) {
            starts.push(Start::answer(at, at));
        }
    }
    starts.sort_by_key(|start| start.at);
    starts.dedup_by_key(|start| start.at);
    starts
}

/// Where an answer begins on the line below a question, in its paragraph.
fn on_the_next_line(prose: &Prose, candidate: &Candidate) -> Option<u32> {
    let content = prose.content(prose.block_at(candidate.start)?);
    let ends =
        |&&at: &&u32| prose.slice(candidate.end.min(at)..at).trim_end().ends_with(['?', '？']);
    prose.breaks_in(candidate.end..content.end).iter().take(ASKED).find(ends).copied()
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
        let slip = is_misspelt(&text.names.keys[other], &text.names.keys[id]);
        let fits = name.is_short_for(&long) || long.is_short_for(&name) || slip;
        fits && !name.is_another(&long) && !long.is_another(&name) || told(other)
    };
    // Somebody else answers as well, right below a question or behind another answer.
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for keyed in keyed.iter().filter(|keyed| keyed.candidate.form == form) {
        *counts.entry(keyed.id).or_default() += 1;
    }
    let other = |keyed: &Keyed<'_>| {
        // Who comes again and again need not be set off, nor stand anywhere.
        if form.close == Close::Colon
            && counts[&keyed.id] >= OFTEN
            && text.names.likeness[keyed.id] != Likeness::Phrase
        {
            return true;
        }
        let marked = form.mark == Mark::Label && form.close == Close::Colon;
        let at = view.pieces.partition_point(|piece| piece.span.end <= keyed.candidate.start);
        let above = at.checked_sub(1).map(|at| view.pieces[at].span.start);
        marked
            && text.names.likeness[keyed.id] == Likeness::Person
            && above.is_some_and(|above| {
                let asked = way.found.binary_search_by_key(&above, |question| question.at).is_ok();
                asked || is_labelled(view, above, form)
            })
    };
    let mut looked: HashMap<usize, bool> = HashMap::new();
    let takes = |keyed: &&Keyed<'_>| {
        // What is marked otherwise is a label among the questions; before them, it heads a portrait.
        let alike = keyed.candidate.form == form;
        (alike || keyed.id == id && keyed.candidate.start > first)
            && (keyed.id == id
                || *looked.entry(keyed.id).or_insert_with(|| same(keyed.id))
                || alike && keyed.candidate.start > first && other(keyed))
    };
    let of = keyed.iter().filter(takes);
    let mut starts: Vec<Start> = of.map(|keyed| Start::from(keyed.candidate)).collect();
    starts.dedup_by_key(|start| start.at);
    let mut open = unlabelled(&starts, way);
    open.extend(right_above(view, &starts, &open, way));
    starts.extend(with_labels(view, open));
    starts
}

/// Whether somebody's label of a form begins at a place.
fn is_labelled(view: &View<'_>, at: u32, form: Form) -> bool {
    let first = view.keyed.partition_point(|keyed| keyed.candidate.start < at);
    let here = view.keyed[first..].iter().take_while(|keyed| keyed.candidate.start == at);
    let person = |id: usize| view.text.names.likeness[id] == Likeness::Person;
    here.into_iter().any(|keyed| keyed.candidate.form == form && person(keyed.id))
}

/// How much of a paragraph is emphasised at least that is a question by its place, in percent.
const EMPHASISED: usize = 60;

/// Paragraphs right above labelled answers that ask without a mark, or are not emphasised as a whole,
/// where nearly all answers have a question of the way above them.
fn right_above(view: &View<'_>, answers: &[Start], asked: &[Start], way: &Questions) -> Vec<Start> {
    let View { text, pieces, .. } = view;
    let style = match way.set {
        Set::Bold => Style::STRONG,
        Set::Italic => Style::EMPHASIS,
        _ => return Vec::new(),
    };
    let above = |answer: &Start| {
        let at = pieces.partition_point(|piece| piece.span.start < answer.at);
        at.checked_sub(1).map(|at| &pieces[at])
    };
    let holds = |piece: &Piece, starts: &[Start]| {
        let next = starts.partition_point(|start| start.at < piece.span.start);
        starts.get(next).is_some_and(|start| start.at < piece.span.end)
    };
    let is_asked = |piece: &Piece| holds(piece, asked) || holds(piece, answers);
    let open: Vec<&Piece> = answers.iter().filter_map(above).filter(|it| !is_asked(it)).collect();
    if open.len() * 5 > answers.len() {
        return Vec::new();
    }
    let emphasised = |piece: &&&Piece| {
        let runs = text.prose.runs_in(piece.span.clone());
        let set = runs.iter().filter(|run| run.style.contains(style));
        let set: usize = set.map(|run| run.span.len()).sum();
        let asks = || questions::asks(text.prose.slice(piece.span.clone()).trim());
        piece.set == way.set || set * 100 >= piece.span.len() * EMPHASISED && asks()
    };
    let question = |piece: &&Piece| Start::question(piece.span.start, piece.span.start);
    open.iter().filter(emphasised).map(question).collect()
}

/// The questions of a way that have no label, as turns.
pub fn unlabelled(starts: &[Start], way: &Questions) -> Vec<Start> {
    let open = way.found.iter().filter(|question| {
        let at = starts.partition_point(|start| start.at < question.at);
        starts.get(at).is_none_or(|start| start.at >= question.end)
    });
    open.map(|question| Start::question(question.at, question.text)).collect()
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
pub fn with_labels(view: &View<'_>, open: Vec<Start>) -> Vec<Start> {
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
    without_dashes(prose, starts)
}

/// Starts whose answers begin behind a dash where nearly all have one: who is asked has it in print.
fn without_dashes(prose: &Prose, mut starts: Vec<Start>) -> Vec<Start> {
    let dash = |start: &Start| {
        let end = prose.block_at(start.at).map_or(start.text, |block| prose.content(block).end);
        let text = prose.slice(start.text.min(end)..end);
        let rest = text.strip_prefix(['–', '—', '―', '‒'])?.trim_start();
        // `–5 degrees`
        let said = !rest.is_empty() && !rest.starts_with(|c: char| c.is_numeric());
        said.then(|| (text.len() - rest.len()) as u32)
    };
    let answers = || starts.iter().filter(|start| start.label.name == "A");
    if answers().filter(|start| dash(start).is_some()).count() * 10 < answers().count() * 8 {
        return starts;
    }
    for start in starts.iter_mut().filter(|start| start.label.name == "A") {
        start.text += dash(start).unwrap_or_default();
    }
    starts
}

/// The fewest follow-up questions without a label.
const FOLLOWING: usize = 3;

/// The turns with the questions between them that are set apart and have no label, but are put to
/// somebody: as `name` asks them, and what stands below each.
pub fn with_follow_ups(view: &View<'_>, name: &str, mut starts: Vec<Start>) -> Vec<Start> {
    let View { text, pieces, ways, .. } = view;
    let last = starts.last().map_or(0, |start| start.at);
    let behind = text.headings.partition_point(|&heading| heading <= last);
    let end = text.headings.get(behind).copied().unwrap_or(u32::MAX);
    let apart = |way: &&Questions| {
        matches!(way.set, Set::Bold | Set::Italic)
            && !way.titles
            && way.persons.may_follow(way.asking)
    };
    for way in ways.iter().filter(apart) {
        let mut following = way.clone();
        following.found.retain(|question| {
            // In the sections behind the last label stands what is related.
            if question.at > end {
                return false;
            }
            let piece = pieces.partition_point(|piece| piece.span.end <= question.at);
            pieces.get(piece).is_some_and(|piece| piece.set == way.set)
        });
        let all = following.found.len();
        // What stands right below a label is said by whoever has it.
        following.found.retain(|question| {
            let next = starts.partition_point(|start| start.at <= question.at);
            let label = next.checked_sub(1).map(|at| &starts[at]);
            label.is_none_or(|label| {
                let said = text.prose.slice(label.text.min(question.at)..question.at);
                label.label.name == "A" || said.chars().any(char::is_alphanumeric)
            })
        });
        let open = following.found.len();
        if open < FOLLOWING || open * 3 < all * 2 {
            continue;
        }
        if open >= MANY {
            remarks(view, way, &starts, &mut following.found);
        }
        let asker = Arc::new(Label::unprinted(name));
        let mut more = question_and_answer(text.prose, &following, pieces);
        for start in more.iter_mut().filter(|start| start.label.name == "Q") {
            start.label = Arc::clone(&asker);
        }
        // What follows a question with a label may be one without, and no answer.
        let asked: HashSet<u32> =
            more.iter().filter(|start| start.label.name != "A").map(|start| start.at).collect();
        starts.retain(|start| !asked.contains(&start.at));
        starts.extend(more);
        starts.sort_by_key(|start| start.at);
        starts.dedup_by_key(|start| start.at);
    }
    starts
}

/// How many of them let short remarks in the same print be the asker's as well.
const MANY: usize = 8;
/// The longest such remark, in characters.
const REMARK: usize = 120;

/// Adds what the asker says between two answers without asking, `**Really.**`, in the print of the
/// questions, up to the last label.
fn remarks(view: &View<'_>, way: &Questions, starts: &[Start], found: &mut Vec<Question>) {
    let (Some(first), Some(last)) = (starts.first(), starts.last()) else { return };
    let said = |piece: &Piece| {
        let text = view.text.prose.slice(piece.span.clone()).trim();
        piece.set == way.set
            && (first.at..last.at).contains(&piece.span.start)
            && text.ends_with(['.', '!', '…', '。', '！', '”', '"'])
            && text.chars().nth(REMARK).is_none()
    };
    let more: Vec<Question> = view
        .pieces
        .windows(3)
        .filter(|of| said(&of[1]) && [&of[0], &of[2]].iter().all(|it| it.set == Set::Plain))
        .map(|of| of[1].span.clone())
        .filter(|span| starts.binary_search_by_key(&span.start, |start| start.at).is_err())
        .map(|span| Question { at: span.start, text: span.start, end: span.end })
        .filter(|more| found.binary_search_by_key(&more.at, |one| one.at).is_err())
        .collect();
    found.extend(more);
    found.sort_by_key(|question| question.at);
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

#[cfg(test)]
mod tests {
    use crate::format::markdown;
    use crate::interview::read;

    #[test]
    fn what_the_guest_asks_himself_is_no_follow_up() {
        let turn = |n: usize| {
            format!(
                "## Q{n}: How did you come to pier {n}?\n\nI came by boat, as everybody does.\n\n\
                 *So why did I stay there at all?*\n\nI never found out, and I never asked anybody.\n\n"
            )
        };
        let text: String = (1..=6).map(turn).collect();
        assert_eq!(read(markdown::read(&text)).turns.len(), 12);
        let put = text.replace("So why did I stay there at all?", "And why did you stay there?");
        assert_eq!(read(markdown::read(&put)).turns.len(), 24);
    }
}
