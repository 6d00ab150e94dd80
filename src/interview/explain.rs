//! Guesses in words, for the export and for whoever asks why.

use super::keyed::Text;
use super::labels::{Close, Form, Mark, Place};
use super::questions::Set;
use super::view::{Guess, View};

/// The words for a guess, with what spoke for or against it.
pub fn reasons(view: &View<'_>, guess: &Guess) -> String {
    let words = words(view.text, guess);
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
        Guess::Apart(set) | Guess::Answered(_, _, set) => match view.way(*set) {
            Some(way) => format!(
                "{words} ({} questions, {} % ask; “you” in {} % of them, “I” in {} %, “I” in {} % of the answers, code in {} %)",
                way.found.len(),
                percent(way.asking),
                percent(way.persons.you),
                percent(way.persons.self_asked),
                percent(way.persons.i),
                percent(way.persons.code)
            ),
            None => words,
        },
        Guess::Asked(..) | Guess::Dashes | Guess::Chevrons => words,
    }
}

/// The words for a guess.
pub fn words(text: &Text<'_>, guess: &Guess) -> String {
    match guess {
        Guess::Labels(forms, _) => {
            let forms: Vec<String> = forms.iter().map(|form| form_words(*form)).collect();
            forms.join(" and ")
        }
        Guess::Asked(id, form) => {
            format!(
                "questions by {} as {}, answers without a label",
                text.names.shown[*id],
                form_words(*form)
            )
        }
        Guess::Answered(id, _, set) => {
            format!(
                "questions {} without a label, answers labelled {}",
                set_words(*set),
                text.names.shown[*id]
            )
        }
        Guess::Chevrons => "`>>` before each turn, no labels".to_owned(),
        Guess::Dashes => "a dash before each turn, no labels".to_owned(),
        Guess::Apart(set) => {
            format!("questions {}, answers below them, no labels", set_words(*set))
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
        Set::Capitals => "in capitals".to_owned(),
        Set::Sign(sign) => format!("behind {sign}"),
        Set::Number => "with numbers".to_owned(),
        Set::Framed(open) => format!("within {open}"),
        Set::Speech => "in quotes".to_owned(),
        Set::Plain => "in plain paragraphs".to_owned(),
        Set::Alone => "in paragraphs that do nothing else".to_owned(),
    }
}
