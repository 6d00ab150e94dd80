//! How likely it is that a set of candidates are the labels of turns.

use super::announced::listeners_ask;
use super::evidence::Evidence;
use super::keyed::Text;
use super::labels::{Close, Form, Likeness, Mark, Place, asks, has_surname, is_anyone};
use super::names::is_whole;
use super::questions::Known;
use super::tally::Tally;
use crate::text::script::is_han_or_kana;

/// How likely it is that these are the labels of turns; 0 where they are none.
pub fn score(evidence: &Evidence, text: &Text<'_>, forms: &[Form], known: Known) -> f64 {
    let section = known == Known::Interview;
    let Evidence { alternation, coverage, .. } = *evidence;
    let Tally { again, names, once, density, .. } = evidence.tally;
    let anyone =
        (0..evidence.counts.len()).any(|id| evidence.recurs[id] && is_anyone(&text.names.keys[id]));
    let known = anyone || evidence.words > 0 || evidence.timed * 2 > again;
    let timed = evidence.timed * 2 > again;
    let few = names >= 2
        && again >= 4
        && (names <= 3
            || again >= names * 3
                && (names <= 6
                    || again >= names * 5
                    || names <= 20 && evidence.asking * 5 >= again)
            || again >= names * 2 && (known || density > 0.5) && evidence.asking >= 2);
    // Words of a recogniser of speech that stand one below the other come again, too.
    let lone = forms.iter().any(|form| form.close == Close::Own && form.mark == Mark::Plain);
    let few = few && !(lone && names > 16);
    // A talk has one speaker: believed only where each label has a time.
    // So do the lines of a log, many in a paragraph.
    let few = few || names == 1 && timed && again >= 8 && density <= 2.0;
    // Somebody may speak for many paragraphs, each with the label.
    let alternates =
        alternation >= 0.4 || timed || density >= 0.7 && alternation >= 0.08 && evidence.asking > 0;
    // So do a few whose labels are set off, and who ask: each may have a translation below it.
    let bold = forms.iter().all(|form| form.mark == Mark::Label && form.close == Close::Colon);
    let alternates = alternates
        || bold
            && again >= 24
            && names <= 6
            && evidence.asking * 10 >= again
            && density >= 0.3
            && alternation >= 0.12;
    // The fields of a form come in one order, each as often as the others; people do not, unless
    // each answers every question.
    let asker =
        (0..evidence.counts.len()).any(|id| evidence.recurs[id] && asks(&text.names.keys[id]));
    // One who asks, by the word for it, and many who answer once each.
    let round = forms.len() == 1 && asker && evidence.asks_a_round() && evidence.round && {
        let once = (0..evidence.counts.len()).filter(|&id| evidence.counts[id] == 1);
        let named =
            |id: &usize| has_surname(&text.names.shown[*id]) || is_whole(&text.names.shown[*id]);
        once.clone().filter(named).count() * 10 >= once.count() * 6
    };
    let few = few || round;
    let alternates = alternates || round;
    let even = evidence.most * names * 2 <= again * 3;
    let listed = even && evidence.order > 0.85 && evidence.asking * 4 < again;
    let titles = forms.iter().any(|form| {
        form.place == Place::Heading && form.close == Close::Own && form.mark != Mark::Label
    });
    let form = (names >= 5 || names >= 3 && evidence.asking == 0) && listed && !asker
        || names >= 3 && listed && titles && !asker
        || evidence.form >= 0.7 && evidence.words == 0 && evidence.asking * 4 < again;
    // Whoever has a surname, and speaks in sentences, need not ask.
    let recurring = || (0..evidence.counts.len()).filter(|&id| evidence.recurs[id]);
    let surnames = || recurring().all(|id| has_surname(&text.names.shown[id]));
    // Many who are told of one thing, by their whole names, and say "I".
    let whole = recurring().filter(|&id| is_whole(&text.names.shown[id])).count();
    let told = evidence.voice >= 0.3
        && again >= 24
        && alternation >= 0.5
        && whole * 10 >= recurring().count() * 7;
    let people = again >= 12 && evidence.cut < 0.25 && (surnames() || told);
    // Two or three who change all the time and say "I", or of whom the article says that they talk.
    let named = |id: usize| {
        let name = &text.names.shown[id];
        is_whole(name) || has_surname(name) || text.names.likeness[id] == Likeness::Word
    };
    let turns = (2..=4).contains(&names) && again >= 6 && alternation >= 0.75 && density >= 0.5;
    let spoken = turns
        && evidence.phrases == 0.0
        && (density >= 0.75 && evidence.voice >= 0.4 && recurring().all(named)
            || evidence.voice >= 0.2 && text.is_announced() && recurring().all(named)
            || text.is_heard() && recurring().all(|id| is_whole(&text.names.shown[id])));
    let known = known || spoken;
    let few = few || told && again >= names * 3;
    // Who asks nearly always, and answers that say "I": a panel whose members answer in one order.
    let panel = evidence.asker >= 0.7 && evidence.asks_often && evidence.voice >= 0.15;
    let form = form && !panel;
    // Two whose names the text itself cuts short: `内田繁（以下内田）`.
    let defined = names >= 2
        && recurring().all(|id| {
            let han = text.names.shown[id].chars().all(is_han_or_kana);
            han && text.told.contains(&text.names.keys[id])
        });
    // Without one question it is a list of something, unless it is long, or has times.
    let known = known || people || defined;
    let mute = evidence.asking == 0 && !known && (again < 12 || evidence.order > 0.8);
    // An article may end in an interview; then its paragraphs are hardly anything else.
    // Questions of an audience behind a talk are few, and answered by somebody: frequent ones are not.
    let audience = evidence.words >= 2 && again >= 6 && density >= 0.5 && evidence.own >= 0.4;
    // So are they below a heading that says so, by whoever gave the talk.
    let asked_there = || {
        let named = names <= 4 && (anyone || recurring().all(|id| is_whole(&text.names.shown[id])));
        again >= 8
            && density >= 0.7
            && (evidence.words >= 2 && evidence.own >= 0.15 || evidence.words < 2 && named)
            && evidence.within.is_some_and(|(first, _)| listeners_ask(text.prose, first))
    };
    let spread = coverage >= 0.3 || again >= 12 && density >= 0.6 || audience || asked_there();
    // A form that prose has, too, must fill the text.
    let weight = forms.iter().map(|form| weight(*form)).fold(1.0, f64::min);
    let weak = weight < 0.9;
    // Newspapers ask without the mark of a question.
    let least = if evidence.words >= 2 { 8 } else { 12 };
    let presses = round || asker && alternation >= 0.9 && names >= 2 && again >= least;
    // Whole names that are set off, in an article that says what it is, speak for one another.
    let set_off = forms.iter().all(|form| form.mark == Mark::Label);
    let set_off = set_off && spoken && recurring().all(|id| is_whole(&text.names.shown[id]));
    let asked = evidence.asking >= 2 || presses || told || set_off;
    let filled = !weak || density >= 0.2 && asked && (evidence.most >= 3 || section);
    // Lists define words so, and link to what is not said: more of it must ask.
    let items = forms
        .iter()
        .any(|form| form.place == Place::Item && matches!(form.close, Close::Dash | Close::Own));
    let filled = filled && (!items || evidence.asking * 5 >= again);
    // A few labels far apart are headings, fields, or a table of contents.
    let sparse = again < 8 && density < 0.3 && !known || again < 6 && density < 0.5 && !known;
    // Of two who talk, one asks now and then; two fields do not.
    let least = if weak || again < 16 { 0.3 } else { 0.12 };
    // Where labels are all there is, or are marked and change all the time, and more than one or
    // two ask, people work with each other, or one label stands before each cue of theirs.
    let labels = forms.iter().all(|form| form.mark == Mark::Label);
    let full = (density >= 0.85 || labels && alternation >= 0.7 && once * 4 <= again)
        && again >= 24
        && names <= 6
        && (evidence.asking >= 4 || again >= 40 && evidence.asking >= 2);
    let silent = evidence.asker < least && !known && !full;
    // Some questions and answers without one "I", as lines of headings, are a guide's.
    let lines = forms.iter().any(|form| form.mark == Mark::Line);
    let nobody = lines && evidence.words == 2 && names == 2 && again < 12 && evidence.own == 0.0;
    // Words of code stand alone on their lines.
    let own = forms.iter().all(|form| form.mark == Mark::Plain)
        && forms.iter().any(|form| matches!(form.close, Close::Own | Close::Gap));
    let small = |id: usize| text.names.shown[id].starts_with(|c: char| c.is_ascii_lowercase());
    let code = own && recurring().filter(|&id| small(id)).count() * 2 >= recurring().count();
    // Two who write to each other need no stops.
    let two = names == 2 && alternation >= 0.9;
    let listed_there =
        evidence.listed > 0.5 && evidence.asking * 4 < again && evidence.words == 0 && !two;
    // Letters alone on their lines, and nobody asks, are a key to something.
    let letter = |id: usize| text.names.shown[id].len() == 1;
    let keyed = evidence.asking == 0
        && forms.iter().any(|form| form.close == Close::Own)
        && recurring().all(letter);
    let other = silent
        || keyed
        || code
        || nobody
        || !lines && evidence.cut > 0.75
        || evidence.phrases > 0.5
        || evidence.code > 0.3
        || evidence.linked > 0.5 && items
        || listed_there
        || evidence.quoted > 0.7 && evidence.words < 2
        || sparse;
    if other
        || form
        || mute
        || !few
        || !alternates
        || !spread
        || !filled
        || once * 2 > again && (evidence.filled < 0.75 || once > again) && !round
    {
        return 0.0;
    }
    let asking = if evidence.asking == 0 { 0.7 } else { 1.0 };
    let words = if evidence.words > 0 { 1.2 } else { 1.0 };
    if round {
        return f64::from(again + once) * 0.9 * weight * asking;
    }
    let purity = f64::from(again) / f64::from(again + once);
    f64::from(again) * alternation.max(0.5) * purity * weight * asking * words
}

/// How far a form is believed by itself.
fn weight(form: Form) -> f64 {
    let close = match (form.close, form.mark) {
        (Close::Colon | Close::Timed, _) => 1.0,
        (Close::Bracket | Close::Cell, _) | (Close::Stop | Close::Own, Mark::Label) => 0.95,
        (Close::Stop | Close::Own, _) => 0.8,
        (Close::Gap, Mark::Label) => 0.8,
        (Close::Gap | Close::Dash, _) => 0.7,
    };
    let place = match form.place {
        Place::Text | Place::Quote | Place::Heading => 1.0,
        Place::Item | Place::Middle => 0.9,
    };
    close * place
}
