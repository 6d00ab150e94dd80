//! Candidates → the turns of the whole document: hypotheses about how turns are marked are scored,
//! and the text is read again with the best and with the names it taught.

use std::collections::HashMap;
use std::ops::Range;

use super::evidence::{Evidence, Keyed, Names, Text, evidence, score};
use super::labels::{Candidate, Close, Form, Likeness, Mark, Place, asks, key, likeness};
use super::legend::Legend;
use super::questions::{self, Known, Piece, Questions, Set};
use super::reread::{reread, unnamed};
use super::{Hypothesis, Role};
use crate::prose::{Kind, Millis, Prose};

/// Where a turn begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The byte it begins at.
    pub at: u32,
    /// The byte its text begins at.
    pub text: u32,
    /// Who speaks.
    pub name: String,
    /// The label as printed.
    pub printed: String,
    /// When.
    pub time: Option<Millis>,
    /// What is odd about its label.
    pub odd: Option<&'static str>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Where turns begin, in text order.
    pub starts: Vec<Start>,
    /// How they are marked, in words.
    pub layout: String,
    /// What was thought of, the likeliest first.
    pub hypotheses: Vec<Hypothesis>,
}

/// How many forms are tried with each other.
const FORMS: usize = 10;
/// How many candidates are looked at to find the layout of a long text.
const SAMPLE: usize = 60_000;
/// The fewest turns that a section with a layout of its own has.
const SECTION: usize = 4;

/// How turns may be marked.
#[derive(Debug)]
enum Guess<'q> {
    /// Labels of these forms.
    Labels(Vec<Form>, Evidence),
    /// Questions with this name's label, and answers without.
    Asked(usize, Form),
    /// Questions set apart, and answers with this name's label.
    Answered(usize, &'q Questions),
    /// Questions set apart, and answers below them.
    Apart(&'q Questions),
}

/// Reads a document's turns.
pub fn infer(prose: &Prose, candidates: &[Candidate], roles: &[Role], legend: &Legend) -> Reading {
    let (mut text, keyed) = text(prose, candidates);
    text.told = legend.names().collect();
    let mut reading = choose(&text, &keyed, roles, 0..prose.len(), Known::Nothing);
    for span in silent(&text, &reading.starts) {
        let more = choose(&text, &keyed, roles, span, Known::Interview);
        if more.starts.len() >= SECTION {
            reading.starts.extend(more.starts);
            if !reading.layout.contains(&more.layout) {
                reading.layout = format!("{}; a section with {}", reading.layout, more.layout);
            }
            reading.hypotheses.extend(more.hypotheses);
        }
    }
    reading.starts.sort_by_key(|start| start.at);
    reading.starts.dedup_by_key(|start| start.at);
    reading
}

fn text<'a>(prose: &'a Prose, candidates: &'a [Candidate]) -> (Text<'a>, Vec<Keyed<'a>>) {
    let mut names = Names::default();
    let mut ids: HashMap<String, usize> = HashMap::new();
    let mut keyed = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let key = key(&candidate.name);
        let id = *ids.entry(key).or_insert_with_key(|key| {
            names.keys.push(key.clone());
            names.shown.push(candidate.name.clone());
            names.likeness.push(likeness(&candidate.name));
            names.keys.len() - 1
        });
        keyed.push(Keyed { id, candidate });
    }
    let bytes = prose.text().as_bytes();
    // A question mark before a letter is an address's.
    let ends = |at: &usize| !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    let mut marks: Vec<u32> =
        memchr::memchr_iter(b'?', bytes).filter(ends).map(|at| at as u32).collect();
    // Japanese asks with か and a full stop.
    for sign in ["？", "か。"] {
        marks.extend(memchr::memmem::find_iter(bytes, sign).map(|at| at as u32));
    }
    marks.sort_unstable();
    let blocks = prose.blocks().iter();
    let headings = blocks.filter(|block| matches!(block.kind, Kind::Heading(_)));
    let headings = headings.map(|block| block.span.start).collect();
    (Text { prose, names, marks, headings, told: Vec::new() }, keyed)
}

/// The sections in which nobody was found to speak, while others have turns.
fn silent(text: &Text<'_>, starts: &[Start]) -> Vec<Range<u32>> {
    if starts.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<Range<u32>> = Vec::new();
    let ends = text.headings.iter().copied().skip(1).chain(std::iter::once(text.prose.len()));
    for (begin, end) in text.headings.iter().copied().zip(ends) {
        let from = starts.partition_point(|start| start.at < begin);
        let speaks = starts.get(from).is_some_and(|start| start.at < end);
        if speaks {
            continue;
        }
        match out.last_mut().filter(|last| last.end == begin) {
            Some(last) => last.end = end,
            None => out.push(begin..end),
        }
    }
    out
}

/// Finds how turns are marked in a part of the text, and reads them.
fn choose(
    text: &Text<'_>,
    keyed: &[Keyed<'_>],
    roles: &[Role],
    span: Range<u32>,
    known: Known,
) -> Reading {
    let from = keyed.partition_point(|keyed| keyed.candidate.start < span.start);
    let to = keyed.partition_point(|keyed| keyed.candidate.start < span.end);
    let keyed = &keyed[from..to];
    let pieces = questions::pieces(text.prose, roles, span.clone());
    let ways = questions::questions(text.prose, &pieces, known);
    let mut guesses: Vec<(f64, Guess<'_>)> = Vec::new();
    let sample = &keyed[..keyed.len().min(SAMPLE)];
    labels(text, sample, &span, &mut guesses);
    for (score, guess) in guesses.iter_mut().filter(|(score, _)| *score > 0.0) {
        let Guess::Labels(forms, found) = guess else { continue };
        let starts = reread(text, sample, forms, found);
        if let Some(added) = asked_between(text, &starts, &ways, &pieces) {
            *score += added.len() as f64 * 0.85;
        }
    }
    singles(text, sample, &pieces, &ways, &mut guesses);
    apart(text.prose, &ways, &span, known, &mut guesses);
    guesses.sort_by(|a, b| b.0.total_cmp(&a.0));
    let hypotheses = guesses
        .iter()
        .take(12)
        .map(|(score, guess)| Hypothesis { layout: reasons(text, guess), score: *score })
        .collect();
    let Some((score, guess)) = guesses.first().filter(|(score, _)| *score > 0.0) else {
        return Reading { hypotheses, ..Reading::default() };
    };
    debug_assert!(*score > 0.0);
    let mut layout = words(text, guess);
    let starts = match guess {
        Guess::Labels(forms, found) => {
            // What a sample taught holds for all.
            let length = span.end - span.start;
            let all = if keyed.len() > sample.len() {
                Some(evidence(text, keyed, forms, span.start, length))
            } else {
                None
            };
            let mut starts = reread(text, keyed, forms, all.as_ref().unwrap_or(found));
            if let Some(added) = asked_between(text, &starts, &ways, &pieces) {
                let added = added.into_iter().map(|start| with_label(keyed, start));
                layout.push_str(", questions without a label");
                starts.extend(added);
            }
            // One name alone, or hardly a turn, is no talk.
            let names: std::collections::HashSet<String> =
                starts.iter().map(|start| key(&start.name)).collect();
            let timed = starts.iter().filter(|start| start.time.is_some()).count();
            if names.len() < 2 && timed * 2 < starts.len() || starts.len() < 4 {
                return Reading { hypotheses, ..Reading::default() };
            }
            starts
        }
        Guess::Asked(id, form) => below(text, keyed, *id, *form, &pieces),
        Guess::Answered(id, way) => {
            let of = keyed.iter().filter(|keyed| keyed.id == *id);
            let mut starts: Vec<Start> = of.map(|keyed| Start::from(keyed.candidate)).collect();
            starts.dedup_by_key(|start| start.at);
            let open = unlabelled(&starts, way);
            starts.extend(open);
            starts
        }
        Guess::Apart(way) => question_and_answer(text.prose, way, &pieces),
    };
    let mut starts = starts;
    starts.sort_by_key(|start| start.at);
    Reading { starts, layout, hypotheses }
}

/// Labels of one form, and of two together.
fn labels(
    text: &Text<'_>,
    keyed: &[Keyed<'_>],
    span: &Range<u32>,
    out: &mut Vec<(f64, Guess<'_>)>,
) {
    let mut counts: HashMap<Form, u32> = HashMap::new();
    for keyed in keyed {
        *counts.entry(keyed.candidate.form).or_default() += 1;
    }
    let mut forms: Vec<(Form, u32)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    forms.sort_by_key(|(form, count)| (std::cmp::Reverse(*count), *form));
    forms.truncate(FORMS);
    let mut try_out = |forms: Vec<Form>| {
        let found = evidence(text, keyed, &forms, span.start, span.end - span.start);
        let score = score(&found, text, &forms) * if forms.len() > 1 { 0.97 } else { 1.0 };
        // What has no chance is not worth a line of the explanation.
        if score > 0.0 || forms.len() == 1 && found.again > 3 {
            out.push((score, Guess::Labels(forms, found)));
        }
    };
    for (at, (one, _)) in forms.iter().enumerate() {
        try_out(vec![*one]);
        for (two, count) in &forms[at + 1..] {
            // A few of another form are odd ones, not a layout.
            let most = forms[at].1;
            if count * 5 >= most {
                try_out(vec![*one, *two]);
            }
        }
    }
}

/// One name alone: who asks above answers without a label, or answers below such questions.
fn singles<'q>(
    text: &Text<'_>,
    keyed: &[Keyed<'_>],
    pieces: &[Piece],
    ways: &'q [Questions],
    out: &mut Vec<(f64, Guess<'q>)>,
) {
    let mut counts: HashMap<(usize, Form), u32> = HashMap::new();
    for keyed in keyed {
        *counts.entry((keyed.id, keyed.candidate.form)).or_default() += 1;
    }
    let mut often: Vec<((usize, Form), u32)> =
        counts.into_iter().filter(|(_, count)| *count >= 3).collect();
    often.sort_by_key(|(which, count)| (std::cmp::Reverse(*count), *which));
    for ((id, form), count) in often.into_iter().take(8) {
        let of = || keyed.iter().filter(|keyed| keyed.id == id && keyed.candidate.form == form);
        let name = text.names.keys[id].as_str();
        let believed = text.names.likeness[id] != Likeness::Phrase;
        if count >= 4 && believed && !super::labels::answers(name) {
            let asking =
                of().filter(|keyed| asks_there(text, pieces, keyed.candidate)).count() as f64;
            let share = asking / f64::from(count);
            let answered = below(text, keyed, id, form, pieces).len() as f64 - f64::from(count);
            let whole =
                form.mark != Mark::Plain || asks(name) || matches!(form.close, Close::Bracket);
            if whole
                && answered >= f64::from(count) * 0.7
                && (share >= 0.6 || asks(name) && share >= 0.3)
            {
                out.push((
                    (f64::from(count) + answered) * 0.8 * share.max(0.6),
                    Guess::Asked(id, form),
                ));
            }
        }
        if !believed || asks(name) {
            continue;
        }
        let starts: Vec<Start> = of().map(|keyed| Start::from(keyed.candidate)).collect();
        // `Answer:` below questions is a list of frequent ones, or a survey, unless people talk.
        let word = super::labels::answers(name);
        for way in ways.iter().filter(|way| !word || way.persons.is_talk()) {
            let open = unlabelled(&starts, way);
            let preceded = starts.iter().filter(|start| {
                open.iter().any(|question| {
                    question.at < start.at && !between(pieces, question.at, start.at)
                })
            });
            let share = preceded.count() as f64 / f64::from(count);
            if share >= 0.6 && open.len() * 2 >= starts.len() {
                let all = starts.len() + open.len().min(starts.len() * 2);
                out.push((all as f64 * 0.75 * way.asking, Guess::Answered(id, way)));
            }
        }
    }
}

/// Whether more than one piece stands between two places.
fn between(pieces: &[Piece], from: u32, to: u32) -> bool {
    let first = pieces.partition_point(|piece| piece.span.start < from);
    let last = pieces.partition_point(|piece| piece.span.start < to);
    last.saturating_sub(first) > 2
}

/// Questions and answers that carry no name: the speakers are `Q` and `A`.
fn apart<'q>(
    prose: &Prose,
    ways: &'q [Questions],
    span: &Range<u32>,
    known: Known,
    out: &mut Vec<(f64, Guess<'q>)>,
) {
    for way in ways {
        let Some(first) = way.found.first() else { continue };
        let coverage = f64::from(span.end - first.at) / f64::from((span.end - span.start).max(1));
        let talk = match (known, way.set) {
            // In an interview the questions of a section need not speak of persons.
            (Known::Interview, Set::Bold | Set::Italic | Set::Heading(_)) => way.asking >= 0.75,
            (_, Set::Plain | Set::Number) => way.persons.is_surely_talk(),
            // A list of questions is one to think about.
            (_, Set::Sign('•')) => false,
            _ => way.persons.is_talk(),
        };
        let talk = talk && coverage >= 0.3 && !prose.is_empty();
        let score = if talk { way.found.len() as f64 * 2.0 * way.asking * 0.65 } else { 0.0 };
        out.push((score, Guess::Apart(way)));
    }
}

/// Whether the paragraph behind a label asks.
fn asks_there(text: &Text<'_>, pieces: &[Piece], candidate: &Candidate) -> bool {
    let at = pieces.partition_point(|piece| piece.span.end <= candidate.end);
    let Some(piece) = pieces.get(at) else { return false };
    let from = candidate.end.clamp(piece.span.start, piece.span.end);
    questions::asks(text.prose.slice(from..piece.span.end).trim())
}

/// The labelled questions of one name, and the answers below them.
fn below(
    text: &Text<'_>,
    keyed: &[Keyed<'_>],
    id: usize,
    form: Form,
    pieces: &[Piece],
) -> Vec<Start> {
    let of: Vec<&Candidate> =
        keyed.iter().filter(|keyed| keyed.id == id).map(|keyed| keyed.candidate).collect();
    let mut starts: Vec<Start> = Vec::new();
    for (number, candidate) in of.iter().enumerate() {
        if candidate.form != form && candidate.form.close != form.close {
            continue;
        }
        starts.push(Start::from(*candidate));
        let next = of.get(number + 1).map_or(text.prose.len(), |next| next.start);
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
        if let Some(piece) = pieces.get(at).filter(|piece| piece.span.start < next) {
            starts.push(unnamed(piece.span.start, piece.span.start, "A"));
        }
    }
    starts.sort_by_key(|start| start.at);
    starts.dedup_by_key(|start| start.at);
    starts
}

/// The questions of a way that have no label, as turns.
fn unlabelled(starts: &[Start], way: &Questions) -> Vec<Start> {
    let open = way.found.iter().filter(|question| {
        let at = starts.partition_point(|start| start.at < question.at);
        starts.get(at).is_none_or(|start| start.at >= question.end)
    });
    open.map(|question| unnamed(question.at, question.text, "Q")).collect()
}

/// A question with the label that it has after all, if it is a word for one who asks.
fn with_label(keyed: &[Keyed<'_>], start: Start) -> Start {
    let at = keyed.partition_point(|keyed| keyed.candidate.start < start.at);
    let here = keyed[at..].iter().take_while(|keyed| keyed.candidate.start == start.at);
    let mut labelled = here.filter(|keyed| asks(&key(&keyed.candidate.name)));
    labelled.next().map_or(start, |keyed| Start::from(keyed.candidate))
}

/// Questions without a label between labelled turns, where nearly all of them are answered by one.
fn asked_between(
    text: &Text<'_>,
    starts: &[Start],
    ways: &[Questions],
    pieces: &[Piece],
) -> Option<Vec<Start>> {
    let asker = starts.iter().filter(|start| asks(&key(&start.name))).count();
    for way in ways {
        let open = unlabelled(starts, way);
        let ends = way.found.iter();
        let found: Vec<&questions::Question> =
            ends.filter(|question| open.iter().any(|start| start.at == question.at)).collect();
        let answered = |question: &&&questions::Question| {
            let at = starts.partition_point(|start| start.at < question.end);
            starts.get(at).is_some_and(|start| {
                let first = pieces.partition_point(|piece| piece.span.start < question.end);
                let last = pieces.partition_point(|piece| piece.span.start < start.at);
                last <= first + 1
            })
        };
        let asking = |question: &&&questions::Question| {
            questions::asks(text.prose.slice(question.at..question.end).trim())
        };
        let count = found.iter().filter(answered).count();
        let asking = found.iter().filter(asking).count();
        let enough =
            if asker > 0 { found.len() * 3 >= asker } else { found.len() * 5 >= starts.len() };
        if found.len() >= 3 && enough && count * 4 >= found.len() * 3 && asking * 2 >= found.len() {
            return Some(open);
        }
    }
    None
}

fn question_and_answer(prose: &Prose, way: &Questions, pieces: &[Piece]) -> Vec<Start> {
    let mut starts = Vec::new();
    for (number, question) in way.found.iter().enumerate() {
        starts.push(unnamed(question.at, question.text, "Q"));
        let next = way.found.get(number + 1).map(|next| next.at);
        let answer = pieces.get(pieces.partition_point(|piece| piece.span.start < question.end));
        if let Some(answer) = answer.filter(|piece| next.is_none_or(|next| piece.span.start < next))
        {
            let at = answer.span.start;
            // Both may begin with a dash, as talk does in print.
            let dash = match answer.set {
                Set::Sign('–' | '—' | '―') => {
                    questions::sign(prose.slice(answer.span.clone()), answer.set)
                }
                _ => 0,
            };
            starts.push(unnamed(at, at + dash, "A"));
        }
    }
    starts
}

impl From<&Candidate> for Start {
    fn from(candidate: &Candidate) -> Self {
        Self {
            at: candidate.start,
            text: candidate.end,
            name: candidate.name.clone(),
            printed: candidate.printed.clone(),
            time: candidate.time,
            odd: None,
        }
    }
}

/// The words for a guess, with what spoke for or against it.
fn reasons(text: &Text<'_>, guess: &Guess<'_>) -> String {
    let words = words(text, guess);
    let percent = |share: f64| (share * 100.0).round();
    match guess {
        Guess::Labels(_, found) => format!(
            "{words} ({} labels of {} names, {} of names that come once; {} % change, {} % of paragraphs, {} ask)",
            found.again,
            found.names,
            found.once,
            percent(found.alternation),
            percent(found.density),
            found.asking
        ),
        Guess::Apart(way) | Guess::Answered(_, way) => format!(
            "{words} ({} questions, {} % ask; “you” in {} % of them, “I” in {} %, “I” in {} % of the answers, code in {} %)",
            way.found.len(),
            percent(way.asking),
            percent(way.persons.you),
            percent(way.persons.self_asked),
            percent(way.persons.i),
            percent(way.persons.code)
        ),
        Guess::Asked(..) => words,
    }
}

fn words(text: &Text<'_>, guess: &Guess<'_>) -> String {
    match guess {
        Guess::Labels(forms, _) => {
            let forms: Vec<String> = forms.iter().map(|form| form_words(*form)).collect();
            forms.join(" and ")
        }
        Guess::Asked(id, form) => {
            format!(
                "questions by {} as {}, answers without a label",
                text.names.keys[*id],
                form_words(*form)
            )
        }
        Guess::Answered(id, way) => {
            format!(
                "questions {} without a label, answers labelled {}",
                set_words(way.set),
                text.names.keys[*id]
            )
        }
        Guess::Apart(way) => {
            format!("questions {}, answers below them, no labels", set_words(way.set))
        }
    }
}

fn form_words(form: Form) -> String {
    let mark = match form.mark {
        Mark::Plain => "plain labels",
        Mark::Label => "bold labels",
        Mark::Line => "labels in bold lines",
    };
    let close = match form.close {
        Close::Colon => " with a colon",
        Close::Stop => " with a stop",
        Close::Dash => " with a dash",
        Close::Bracket => " in brackets",
        Close::Cell => " in a column",
        Close::Gap => " without a colon",
        Close::Own => " on lines of their own",
        Close::Timed => " with a time on lines of their own",
    };
    let place = match form.place {
        Place::Text => "",
        Place::Heading => " in headings",
        Place::Quote => " in block quotes",
        Place::Item => " in list items",
        Place::Middle => " within lines",
    };
    format!("{mark}{close}{place}")
}

fn set_words(set: Set) -> String {
    match set {
        Set::Heading(level) => format!("as headings of level {level}"),
        Set::Bold => "in bold".to_owned(),
        Set::Italic => "in italics".to_owned(),
        Set::Quote => "in block quotes".to_owned(),
        Set::Sign(sign) => format!("behind {sign}"),
        Set::Number => "with numbers".to_owned(),
        Set::Plain => "in plain paragraphs".to_owned(),
    }
}
