//! Hypotheses about how the turns of a text are marked, with their scores.

use std::collections::HashMap;

use super::announced::{asks_some, is_announced, is_titled_so, names_one};
use super::answers::{below, unlabelled, with_follow_ups};
use super::between::asked_between;
use super::chevrons::chevrons;
use super::evidence::evidence;
use super::initials::is_capitals;
use super::keyed::{Keyed, Text};
use super::labels::{
    Candidate, Close, Form, Likeness, Mark, Place, answers, asks, has_surname, is_medium,
};
use super::persons::Apart;
use super::questions::{self, Known, Piece, Questions, Set, is_usual};
use super::reread::reread;
use super::scoring::score;
use super::start::Start;
use super::tongue::says_i;
use super::view::{Guess, View, dashed};

/// How many forms are tried with each other.
const FORMS: usize = 10;
/// The fewest questions above labels that tell.
const SHORT: usize = 3;
/// How many questions nobody puts to readers or in a letter.
const MANY: usize = 20;
/// The same where nearly all are put to somebody.
const SOME: usize = 14;
/// How many answers speak of oneself where people are asked the same, and no report is made.
const OWN: f64 = 0.3;
/// How many names are tried alone.
const NAMES: usize = 8;

/// The guesses, the likeliest first; a score of 0 is none.
pub fn guesses(view: &View<'_>) -> Vec<(f64, Guess)> {
    let mut out = Vec::new();
    labels(view, &mut out);
    for (score, guess) in out.iter_mut().filter(|(score, _)| *score > 0.0) {
        let Guess::Labels(forms, found) = guess else { continue };
        let starts = reread(view.text, view.keyed, forms, found);
        if let Some(added) = asked_between(view, &starts) {
            *score += added.len() as f64 * 0.85;
        }
    }
    singles(view, &mut out);
    apart(view, &mut out);
    dashes(view, &mut out);
    out.extend(chevrons(view).map(|(score, _)| (score, Guess::Chevrons)));
    out.sort_by(|a, b| b.0.total_cmp(&a.0));
    out
}

/// Labels of one form, and of two together.
fn labels(view: &View<'_>, out: &mut Vec<(f64, Guess)>) {
    let View { text, keyed, span, .. } = view;
    let mut counts: HashMap<Form, u32> = HashMap::new();
    // Emphasis within a line makes no layout where it goes on behind the colon: points are made so.
    let point = |form: &Form| form.place == Place::Middle && form.mark == Mark::Line;
    for form in keyed.iter().map(|keyed| keyed.candidate.form).filter(|form| !point(form)) {
        *counts.entry(form).or_default() += 1;
    }
    let mut forms: Vec<(Form, u32)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    forms.sort_by_key(|(form, count)| (std::cmp::Reverse(*count), *form));
    forms.truncate(FORMS);
    let mut try_out = |forms: Vec<Form>| {
        let mut found = evidence(text, keyed, &forms, span);
        // What is asked above each is answered, in quotes or not.
        if found.quoted > 0.5 && are_asked(view, &forms) {
            found.quoted = 0.0;
        }
        let score =
            score(&found, text, &forms, view.known) * if forms.len() > 1 { 0.97 } else { 1.0 };
        // What has no chance is not worth a line of the explanation.
        if score > 0.0 || forms.len() == 1 && found.again > 3 {
            out.push((score, Guess::Labels(forms, Box::new(found))));
        }
    };
    for (at, (one, _)) in forms.iter().enumerate() {
        try_out(vec![*one]);
        for (two, count) in &forms[at + 1..] {
            // A few of another form are odd ones, not a layout.
            let most = forms[at].1;
            // Who asks in headings asks once where each of many answers.
            let heads = two.place == Place::Heading && two.close == Close::Colon;
            if count * 5 >= most || heads && count * 8 >= most {
                try_out(vec![*one, *two]);
            }
        }
    }
}

/// One name alone: who asks above answers without a label, or answers below such questions.
fn singles(view: &View<'_>, out: &mut Vec<(f64, Guess)>) {
    let View { text, keyed, pieces, ways, .. } = view;
    let mut counts: HashMap<(usize, Form), u32> = HashMap::new();
    for keyed in *keyed {
        *counts.entry((keyed.id, keyed.candidate.form)).or_default() += 1;
    }
    let mut names: HashMap<usize, u32> = HashMap::new();
    for ((id, _), count) in &counts {
        *names.entry(*id).or_default() += count;
    }
    let mut often: Vec<((usize, Form), u32)> =
        counts.into_iter().filter(|(_, count)| *count >= 3).collect();
    often.sort_by_key(|(which, count)| (std::cmp::Reverse(*count), *which));
    for ((id, form), count) in often.into_iter().take(NAMES) {
        let of = || keyed.iter().filter(|keyed| keyed.id == id && keyed.candidate.form == form);
        let name = text.names.keys[id].as_str();
        let believed = text.names.likeness[id] != Likeness::Phrase;
        if count >= 4 && believed && !answers(name) {
            let asking =
                of().filter(|keyed| asks_there(text, pieces, keyed.candidate)).count() as f64;
            let share = asking / f64::from(count);
            let answers = below(view, id, form);
            // Where the answers have a label of their own, it is no such talk.
            let labelled = |start: &&Start| {
                let at = keyed.partition_point(|keyed| keyed.candidate.start < start.at);
                let here = keyed[at..].iter().take_while(|keyed| keyed.candidate.start == start.at);
                let mut others = here.filter(|keyed| keyed.id != id);
                others.any(|keyed| names.get(&keyed.id).is_some_and(|&count| count > 2))
            };
            let named =
                answers.iter().filter(|start| start.label.name == "A").filter(labelled).count();
            let answered = answers.len() as f64 - f64::from(count) - 2.0 * named as f64;
            let whole =
                matches!(form.close, Close::Colon | Close::Stop | Close::Bracket) || asks(name);
            let marked = form.mark != Mark::Plain || form.place == Place::Heading;
            let whole = whole && (marked || asks(name) || form.close == Close::Bracket);
            // Who hardly ever says anything but a question, and is answered, asks: however marked.
            // A word may as well be put before what there is to think about.
            let only = count >= 8 && share >= 0.85 && answered >= f64::from(count) * 0.85;
            let only = only && matches!(form.close, Close::Colon | Close::Dash);
            let whole =
                whole || only && is_somebody(&text.names.shown[id]) && own(view, &answers) >= 0.25;
            // Whose answers alone are set in quotes: however marked, each is a question.
            let quoted =
                of().filter(|keyed| is_quoted_below(pieces, keyed.candidate)).count() as f64;
            let whole = whole
                || form.close == Close::Colon
                    && quoted >= f64::from(count) * 0.9
                    && own(view, &answers) >= 0.5;
            // Who stands before many lines that are emphasised, and before nothing else, asks.
            let lines =
                form.mark == Mark::Line && count >= 8 && answered >= f64::from(count) * 0.85;
            // The press says what there is to be talked of as often as it asks.
            let often = asks(name) && count >= 12 && share >= 0.1;
            let asked = share >= 0.6 || (asks(name) || lines) && share >= 0.3 || often;
            if whole && answered >= f64::from(count) * 0.7 && asked {
                // Those without a label between them are this one's as well.
                let all = with_follow_ups(view, &text.names.shown[id], answers.clone()).len();
                let more = all.saturating_sub(answers.len()) as f64;
                out.push((
                    (f64::from(count) + answered + more) * 0.8 * share.max(0.6),
                    Guess::Asked(id, form),
                ));
            }
        }
        if !believed || asks(name) {
            continue;
        }
        let starts: Vec<Start> = of().map(|keyed| Start::from(keyed.candidate)).collect();
        // `Answer:` below questions is a list of frequent ones, or a survey, unless people talk.
        let word = answers(name);
        let marked = ways.iter().filter(|way| way.set != Set::Alone);
        let talk = |way: &&Questions| !word || way.persons.is_talk(Apart::Headings, way.asking);
        for way in marked.filter(talk) {
            let open = unlabelled(&starts, way);
            let preceded = starts.iter().filter(|start| {
                let behind = open.partition_point(|question| question.at < start.at);
                let last = behind.checked_sub(1).map(|last| open[last].at);
                last.is_some_and(|at| !between(pieces, at, start.at))
            });
            let share = preceded.count() as f64 / f64::from(count);
            if share >= 0.6 && open.len() * 2 >= starts.len() {
                let all = starts.len() + open.len().min(starts.len() * 2);
                out.push((all as f64 * 0.75 * way.asking, Guess::Answered(id, form, way.set)));
            }
        }
    }
}

/// Whether a name is no word: capitals, be it one, a surname, or a first and a last name.
fn is_somebody(name: &str) -> bool {
    let words = name.split_whitespace();
    let whole = (2..=4).contains(&words.clone().count())
        && words.clone().all(|word| word.starts_with(char::is_uppercase));
    let letter = name.len() == 1 && name.starts_with(char::is_uppercase);
    letter || is_capitals(name) || whole || has_surname(name) || is_medium(name)
}

/// How many of those who answer speak of themselves, from 0 to 1.
fn own(view: &View<'_>, answers: &[Start]) -> f64 {
    let said = |start: &&Start| {
        let at = view.pieces.partition_point(|piece| piece.span.end <= start.text);
        let text = view.pieces.get(at).map(|piece| view.text.prose.slice(piece.span.clone()));
        text.is_some_and(|text| says_i(text, view.text.tongue))
    };
    let of = answers.iter().filter(|start| start.label.name == "A");
    match of.clone().count() {
        0 => 1.0,
        count => of.filter(said).count() as f64 / count as f64,
    }
}

/// Whether more than one piece stands between two places.
fn between(pieces: &[Piece], from: u32, to: u32) -> bool {
    let first = pieces.partition_point(|piece| piece.span.start < from);
    let last = pieces.partition_point(|piece| piece.span.start < to);
    last.saturating_sub(first) > 2
}

/// Paragraphs behind a dash, of which every second asks.
fn dashes(view: &View<'_>, out: &mut Vec<(f64, Guess)>) {
    let said = dashed(&view.pieces);
    let asks = |at: usize| {
        let of = said.iter().skip(at).step_by(2);
        let asking = of
            .clone()
            .filter(|piece| questions::asks(view.text.prose.slice(piece.span.clone()).trim()));
        asking.count() as f64 / of.count().max(1) as f64
    };
    if said.len() >= 8 {
        let (first, second) = (asks(0), asks(1));
        let talk = first >= 0.6 && second <= 0.3;
        out.push((if talk { said.len() as f64 * 0.6 } else { 0.0 }, Guess::Dashes));
    }
}

/// Questions and answers that carry no name: the speakers are `Q` and `A`.
fn apart(view: &View<'_>, out: &mut Vec<(f64, Guess)>) {
    let View { text, ways, span, known, .. } = view;
    for way in ways.iter().filter(|way| !way.titles) {
        let Some(first) = way.found.first() else { continue };
        let coverage = f64::from(span.end - first.at) / f64::from((span.end - span.start).max(1));
        let talk = match (*known, way.set) {
            // In an interview the questions of a section need not speak of persons.
            (Known::Interview, Set::Bold | Set::Italic | Set::Heading(_)) => way.asking >= 0.75,
            // Plain questions and quoted answers: hardly anything else is printed so.
            (_, Set::Plain) if is_answered_in(view, way, Set::Speech) => way.asking >= 0.7,
            // The same of quoted paragraphs, where answers speak of themselves.
            (_, Set::Plain) if is_answered_in(view, way, Set::Quote) => {
                let told = way.persons.we >= 0.5
                    && (is_announced(text, first.at) || asks_some(text, first.at));
                way.persons.is_surely_talk(way.asking) || way.asking >= 0.7 && told
            }
            // Nor hardly anything in an interview whose answers are emphasised.
            (_, Set::Plain | Set::Number)
                if is_answered_in(view, way, Set::Bold)
                    || is_answered_in(view, way, Set::Italic) =>
            {
                let told = way.persons.you >= 0.3
                    && way.persons.we >= 0.4
                    && way.asking >= 0.6
                    && is_announced(text, first.at);
                way.persons.is_surely_talk(way.asking) || told
            }
            // A letter asks so, too, and an essay its readers.
            (_, Set::Alone) => {
                let persons = &way.persons;
                let many =
                    way.found.len() >= MANY || persons.is_only_asked() && way.found.len() >= SOME;
                persons.is_beyond_doubt() && (persons.bids >= 0.15 || many)
                    || (persons.is_beyond_doubt() || persons.is_told_beyond_doubt())
                        && is_announced(text, first.at)
            }
            // So does a story, and notes.
            (_, Set::Speech | Set::Framed('(' | '（')) => {
                way.persons.is_surely_talk(way.asking) && is_announced(text, first.at)
            }
            (_, Set::Framed(_)) => way.persons.is_surely_talk(way.asking),
            // What is said in quotes below each is said by somebody.
            (_, Set::Sign('•')) if way.persons.quoted >= 0.7 => way.asking >= 0.7,
            // Letters quote what they answer.
            (_, Set::Sign('>')) => {
                way.persons.is_surely_talk(way.asking) && names_one(text, first.at)
            }
            // Stories part their scenes so.
            (_, Set::Sign(sign)) if !is_usual(sign) => {
                way.persons.is_surely_talk(way.asking) && is_announced(text, first.at)
            }
            (_, Set::Plain | Set::Number | Set::Sign('•')) => {
                way.persons.is_surely_talk(way.asking)
            }
            (_, Set::Heading(_)) => way.persons.is_talk(Apart::Headings, way.asking),
            _ if is_run_in(view, way) => {
                // Reports have the same parts again and again.
                let form =
                    recurs(view, way) && way.persons.i < OWN && !is_announced(text, first.at);
                way.persons.is_talk(Apart::RunIn, way.asking) && !form
            }
            _ => way.persons.is_talk(Apart::Paragraphs, way.asking),
        };
        // Where many state instead of asking, more has to speak for a talk.
        let clear = way.persons.is_clearly_talk(way.asking);
        let told = || {
            way.persons.may_be_talk(way.asking)
                && is_announced(text, first.at)
                && (!way.persons.are_few() || is_titled_so(text))
        };
        let weak = matches!(
            way.set,
            Set::Plain | Set::Alone | Set::Speech | Set::Framed(_) | Set::Number | Set::Sign('•')
        );
        let sure = !weak && told();
        // A guide speaks to its reader; so does somebody whose name stands in the title.
        let advises = way.persons.advises() && !is_announced(text, first.at);
        let talk = (talk && clear || sure) && coverage >= 0.3 && !advises;
        // Questions that begin with one name have a label.
        let labelled = if asked_by_one(view, way) { 0.5 } else { 1.0 };
        let score = way.found.len() as f64 * 2.0 * way.asking * 0.65 * labelled;
        out.push((if talk { score } else { 0.0 }, Guess::Apart(way.set)));
    }
}

/// Whether nearly all questions that are set apart have a label of these forms right below.
fn are_asked(view: &View<'_>, forms: &[Form]) -> bool {
    let begins = |at: u32| {
        let first = view.keyed.partition_point(|keyed| keyed.candidate.start < at);
        let here = view.keyed[first..].iter().take_while(|keyed| keyed.candidate.start == at);
        here.into_iter().any(|keyed| forms.contains(&keyed.candidate.form))
    };
    view.ways.iter().any(|way| {
        let labelled = way.found.iter().filter(|question| {
            let next = view.pieces.partition_point(|piece| piece.span.start < question.end);
            view.pieces.get(next).is_some_and(|piece| begins(piece.span.start))
        });
        matches!(way.set, Set::Heading(_) | Set::Bold | Set::Italic)
            && way.asking >= 0.7
            && way.found.len() >= SHORT
            && labelled.count() * 10 >= way.found.len() * 7
    })
}

/// Whether most questions of a way begin with the label of one who asks.
fn asked_by_one(view: &View<'_>, way: &Questions) -> bool {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for question in &way.found {
        let at = view.keyed.partition_point(|keyed| keyed.candidate.start < question.at);
        let here = view.keyed[at..].iter().take_while(|keyed| keyed.candidate.start == question.at);
        let colon = |keyed: &&Keyed<'_>| keyed.candidate.form.close == Close::Colon;
        if let Some(keyed) = here.into_iter().find(colon) {
            *counts.entry(keyed.id).or_default() += 1;
        }
    }
    counts.values().any(|&count| count >= 3 && count * 2 > way.found.len())
}

/// Whether most questions of a way stand before their answers on one line.
fn is_run_in(view: &View<'_>, way: &Questions) -> bool {
    let prose = view.text.prose;
    let goes_on = |question: &&questions::Question| {
        let block = prose.block_at(question.at).map(|block| prose.content(block));
        let rest = block.map_or("", |block| prose.slice(question.end.min(block.end)..block.end));
        !rest.trim().is_empty() && prose.breaks_in(question.end..question.end + 1).is_empty()
    };
    way.found.iter().filter(goes_on).count() * 2 > way.found.len()
}

/// Whether most questions of a way come again and again.
fn recurs(view: &View<'_>, way: &Questions) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for question in &way.found {
        let asked = view.text.prose.slice(question.text..question.end).trim();
        *counts.entry(asked).or_default() += 1;
    }
    let again: usize = counts.values().filter(|&&count| count >= 3).sum();
    again * 2 > way.found.len()
}

/// Whether nearly all questions of a way have a paragraph of one kind right below them.
fn is_answered_in(view: &View<'_>, way: &Questions, set: Set) -> bool {
    let answered = way.found.iter().filter(|question| {
        let next = view.pieces.partition_point(|piece| piece.span.start < question.end);
        view.pieces.get(next).is_some_and(|piece| piece.set == set)
    });
    answered.count() * 10 >= way.found.len() * 7
}

/// Whether a block quote stands right below the paragraph of a label.
fn is_quoted_below(pieces: &[Piece], candidate: &Candidate) -> bool {
    let at = pieces.partition_point(|piece| piece.span.end <= candidate.end);
    let next = pieces.get(at + 1).is_some_and(|piece| piece.set == Set::Quote);
    next && pieces[at].set != Set::Quote
}

/// Whether the paragraph behind a label asks.
fn asks_there(text: &Text<'_>, pieces: &[Piece], candidate: &Candidate) -> bool {
    let at = pieces.partition_point(|piece| piece.span.end <= candidate.end);
    let Some(piece) = pieces.get(at) else { return false };
    let from = candidate.end.clamp(piece.span.start, piece.span.end);
    questions::asks(text.prose.slice(from..piece.span.end).trim())
}
