//! What a set of candidates is like that may be the labels of turns.

use std::collections::{HashMap, HashSet};
use std::ops::{Deref, Range};

use super::keyed::{Keyed, Text};
use super::labels::{Candidate, Close, Form, Likeness, Place, answers};
use super::tally::{Tally, chosen, tally};
use super::tongue::says_i;
use crate::prose::{BlockId, Kind, Prose};
use crate::text::maps::Map;

/// How far behind a label a question mark counts, in bytes.
const ASKED: u32 = 1200;

/// What a set of candidates is like.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The names on them.
    pub tally: Tally,
    /// How often the next recurring name is another one, from 0 to 1.
    pub alternation: f64,
    /// How much of the text stands behind the first of them, from 0 to 1.
    pub coverage: f64,
    /// How often a recurring name is followed by the one that follows it most, from 0 to 1.
    pub order: f64,
    /// Turns that ask.
    pub asking: u32,
    /// Whether a name is a word for one who asks or answers.
    pub words: u32,
    /// How many of the sections have each name once, in one order, from 0 to 1.
    pub form: f64,
    /// How many have times.
    pub timed: u32,
    /// How many lead to code, of all.
    pub code: f64,
    /// How many have their text in quotes, of all: a story quotes, an interview does not.
    pub quoted: f64,
    /// How many of the first are links, from 0 to 1: a list of where things are to be found has such lines.
    pub linked: f64,
    /// How many are phrases, of all.
    pub phrases: f64,
    /// How many of the turns of the name that asks most do ask, from 0 to 1.
    pub asker: f64,
    /// Whether that name comes often.
    pub asks_often: bool,
    /// How many of the first turns say "I", from 0 to 1.
    pub voice: f64,
    /// How many of the turns of those who answer by their word say "I", from 0 to 1.
    pub own: f64,
    /// Where one asks them all: whether each says whole sentences, and those who answer "I".
    pub round: bool,
    /// How many end their paragraph without a stop while what stands between them does not.
    pub cut: f64,
    /// How many of the first labels in columns have a word or a number beside them, and nothing said,
    /// from 0 to 1.
    pub listed: f64,
}

impl Deref for Evidence {
    type Target = Tally;

    fn deref(&self) -> &Tally {
        &self.tally
    }
}

/// How many turns are looked at for who speaks in them.
const HEARD: u32 = 64;
/// The same of those who answer by their word.
const ANSWERS: u32 = 1024;

/// What the candidates of some forms are like, in a part of the text.
pub fn evidence(
    text: &Text<'_>,
    keyed: &[Keyed<'_>],
    forms: &[Form],
    span: &Range<u32>,
) -> Evidence {
    let (from, length) = (span.start, span.end - span.start);
    let mut out = Evidence { tally: tally(text, keyed, forms), ..Evidence::default() };
    let likeness = &text.names.likeness;
    let found: Vec<&Keyed<'_>> = chosen(keyed, forms).collect();
    let (mut changes, mut code, mut quoted, mut phrases, mut linked) = (0, 0, 0, 0, 0);
    let mut askers = vec![0_u32; out.counts.len()];
    let (mut answered, mut own, mut voice) = (0_u32, 0_u32, 0_u32);
    let (mut clock, mut back): (Option<u64>, u32) = (None, 0);
    let mut last: Option<usize> = None;
    let mut followers: Map<(usize, usize), u32> = Map::default();
    let first = found.first().map_or(0, |keyed| keyed.candidate.start);
    let before = text.marks.partition_point(|&mark| mark < first);
    let mut marks = text.marks[before..].iter().copied().peekable();
    let mut heard = 0;
    for (at, keyed) in found.iter().enumerate() {
        if !out.recurs[keyed.id] {
            continue;
        }
        heard += 1;
        if let Some(time) = keyed.candidate.time {
            out.timed += 1;
            back += u32::from(clock.is_some_and(|clock| time.0 < clock));
            clock = Some(time.0);
        }
        if let Some(block) = text.prose.block_at(keyed.candidate.start) {
            code += u32::from(leads_to_code(text.prose, block, keyed.candidate));
            quoted += u32::from(is_quoted(text.prose, block, keyed.candidate));
        }
        let next = found.get(at + 1).map_or(from + length, |next| next.candidate.start);
        let near = next.min(keyed.candidate.end + ASKED);
        while marks.next_if(|&mark| mark < keyed.candidate.end).is_some() {}
        let asks = marks.peek().is_some_and(|&mark| mark < near);
        out.asking += u32::from(asks);
        askers[keyed.id] += u32::from(asks);
        let said = || {
            let end = text.prose.text().floor_char_boundary(near as usize) as u32;
            text.prose.slice(keyed.candidate.end.min(end)..end)
        };
        if heard <= HEARD {
            voice += u32::from(says_i(said(), text.tongue));
            let begin = keyed.candidate.start;
            let runs = text.prose.runs_in(begin..begin + 1);
            linked += u32::from(runs.iter().any(|run| run.link.is_some()));
        }
        if answered < ANSWERS && answers(&text.names.keys[keyed.id]) {
            answered += 1;
            own += u32::from(says_i(said(), text.tongue));
        }
        // `I:` and `B:`, interviewer and who is asked: a numeral does not come again.
        let letter = text.names.shown[keyed.id].chars().nth(1).is_none();
        phrases +=
            u32::from(likeness[keyed.id] == Likeness::Phrase && !out.framed[keyed.id] && !letter);
        changes += u32::from(last.is_some_and(|last| last != keyed.id));
        if let Some(last) = last {
            *followers.entry((last, keyed.id)).or_insert(0) += 1;
        }
        last = Some(keyed.id);
    }
    let steps = f64::from(out.again.saturating_sub(1).max(1));
    let mut most: HashMap<usize, u32> = HashMap::new();
    for ((name, _), count) in followers {
        let best = most.entry(name).or_default();
        *best = count.max(*best);
    }
    // The times of a talk go on; a timetable has one for each day.
    if back * 4 > out.timed.saturating_sub(1) {
        out.timed = 0;
    }
    out.order = f64::from(most.values().sum::<u32>()) / steps;
    out.alternation = f64::from(changes) / steps;
    let first = out.within.map_or(from + length, |(first, _)| first);
    out.coverage = f64::from(from + length - first) / f64::from(length.max(1));
    out.words = (0..out.counts.len())
        .filter(|&id| out.recurs[id] && likeness[id] == Likeness::Word)
        .count() as u32;
    out.phrases = f64::from(phrases) / f64::from(out.again.max(1));
    let asker = (0..askers.len())
        .filter(|&id| out.recurs[id])
        .map(|id| (f64::from(askers[id]) / f64::from(out.counts[id].max(1)), askers[id]))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    (out.asker, out.asks_often) = asker.map_or((0.0, false), |(share, asks)| (share, asks >= 3));
    out.voice = f64::from(voice) / f64::from(out.again.clamp(1, HEARD));
    out.own = f64::from(own) / f64::from(answered.max(1));
    out.code = f64::from(code) / f64::from(out.again.max(1));
    out.linked = f64::from(linked) / f64::from(out.again.clamp(1, HEARD));
    out.quoted = f64::from(quoted) / f64::from(out.again.max(1));
    out.cut = cut(text.prose, &found, &out.recurs);
    out.round = out.asks_a_round() && is_round(text, &found, &out.recurs);
    out.form = as_a_form(text, &found, &out.recurs);
    out.listed = listed(text.prose, &found);
    out
}

/// The shortest cell without a stop that something is said in, in bytes.
const CELL: usize = 60;

/// How many of the first labels in columns have nothing said in the cell beside them.
fn listed(prose: &Prose, found: &[&Keyed<'_>]) -> f64 {
    let rows = || {
        let columns = found.iter().filter(|keyed| keyed.candidate.form.close == Close::Cell);
        columns.take(HEARD as usize).filter_map(|keyed| {
            let end = prose.content(prose.block_at(keyed.candidate.start)?).end;
            let row = prose.slice(keyed.candidate.end.min(end)..end);
            row.split(['|', '\n']).map(str::trim).find(|cell| cell.contains(char::is_alphanumeric))
        })
    };
    let is_said = |cell: &&str| {
        let ends = ['.', '。', '?', '？', '؟', '!', '！', '…', '”', '」', '"', ')', '）', '»'];
        cell.ends_with(ends) || cell.len() >= CELL
    };
    let all = rows().count();
    if all == 0 { 0.0 } else { 1.0 - rows().filter(is_said).count() as f64 / all as f64 }
}

/// Whether nearly all labels have whole sentences behind them, and many of those that come once "I":
/// who presides over a programme reads out names and titles.
fn is_round(text: &Text<'_>, found: &[&Keyed<'_>], recurs: &[bool]) -> bool {
    let (mut whole, mut own, mut once) = (0, 0, 0);
    let prose = text.prose;
    for (at, keyed) in found.iter().enumerate() {
        let from = keyed.candidate.end;
        let next = found.get(at + 1).map_or(prose.len(), |next| next.candidate.start);
        let near = next.min(from.saturating_add(ASKED)).max(from);
        let said = prose.slice(from..prose.text().floor_char_boundary(near as usize) as u32);
        let first = said.trim_start().lines().next().unwrap_or_default().trim_end();
        let stops = ['。', '？', '！', '.', '?', '!', '…', '”', '」'];
        let long = first.chars().nth(SENTENCE).is_some();
        whole += usize::from(long && (first.ends_with(stops) || first.len() > ASKED as usize / 2));
        once += usize::from(!recurs[keyed.id]);
        own += usize::from(!recurs[keyed.id] && says_i(said, text.tongue));
    }
    whole * 10 >= found.len() * 8 && own * 10 >= once * 4
}

/// The shortest sentence, in characters.
const SENTENCE: usize = 10;

/// Whether code stands right behind a label.
fn leads_to_code(prose: &Prose, block: BlockId, candidate: &Candidate) -> bool {
    let next = prose.blocks().get(block.index() + 1);
    prose.content(block).end <= candidate.end + 80
        && next.is_some_and(|next| next.kind == Kind::Code)
}

/// Whether what stands behind a label begins with a quote and ends its paragraph with one.
fn is_quoted(prose: &Prose, block: BlockId, candidate: &Candidate) -> bool {
    let end = prose.content(block).end;
    let said = prose.slice(candidate.end.min(end)..end).trim();
    said.starts_with(['“', '"', '「', '『', '«'])
        && said.ends_with(['”', '"', '」', '』', '»', '。', '.'])
}

/// How many of the labelled paragraphs end without the mark of a sentence, where the paragraphs
/// between them have it: values of fields do, talk does not. 0 where it cannot be told.
fn cut(prose: &Prose, found: &[&Keyed<'_>], recurs: &[bool]) -> f64 {
    let blocks = prose.blocks();
    let ends = |at: usize| {
        let text = prose.slice(blocks[at].span.clone()).trim_end();
        text.ends_with(['.', '。', '?', '？', '؟', '!', '！', '”', '"', '」', '…', ')', '）', '»'])
    };
    let (mut cut, mut all, mut whole, mut between) = (0_u32, 0_u32, 0_u32, 0_u32);
    for keyed in found.iter().filter(|keyed| recurs[keyed.id]).take(64) {
        let Some(id) = prose.block_at(keyed.candidate.start) else { continue };
        if prose.content(id).end <= keyed.candidate.end {
            continue;
        }
        all += 1;
        cut += u32::from(!ends(id.index()));
        let labelled = |at: &usize| {
            let span = &blocks[*at].span;
            let next = found.partition_point(|keyed| keyed.candidate.start < span.start);
            found.get(next).is_some_and(|keyed| keyed.candidate.start < span.end)
        };
        let to = (id.index() + 4).min(blocks.len());
        let mut below = (id.index() + 1..to).take_while(|at| !labelled(at)).peekable();
        between += u32::from(below.peek().is_some());
        whole += u32::from(below.any(|at| blocks[at].kind == Kind::Paragraph && ends(at)));
    }
    if between < 3 || whole * 4 < between * 3 {
        0.0
    } else {
        f64::from(cut) / f64::from(all.max(1))
    }
}

/// How many of the sections with labels begin with the same one and have none of them twice.
fn as_a_form(text: &Text<'_>, found: &[&Keyed<'_>], recurs: &[bool]) -> f64 {
    let (mut sections, mut alike) = (0_u32, 0_u32);
    let mut firsts: HashMap<usize, u32> = HashMap::new();
    let section =
        |keyed: &&&Keyed<'_>| text.headings.partition_point(|&at| at <= keyed.candidate.start);
    // A label that is a heading begins its section by being one.
    let within =
        |keyed: &&&Keyed<'_>| recurs[keyed.id] && keyed.candidate.form.place != Place::Heading;
    let labels: Vec<&&Keyed<'_>> = found.iter().filter(within).collect();
    for labels in labels.chunk_by(|a, b| section(a) == section(b)) {
        sections += 1;
        *firsts.entry(labels[0].id).or_default() += 1;
        let mut seen = HashSet::new();
        alike += u32::from(labels.iter().all(|keyed| seen.insert(keyed.id)));
    }
    let first = firsts.values().max().copied().unwrap_or(0);
    if sections < 3 || f64::from(first) < f64::from(sections) * 0.75 {
        return 0.0;
    }
    f64::from(alike) / f64::from(sections)
}

#[cfg(test)]
mod tests {
    use crate::format::markdown;
    use crate::interview::read;

    fn turns(rows: &[(&str, &str)], times: usize) -> usize {
        let rows: String = rows.iter().map(|(a, b)| format!("| {a} | {b} |\n")).collect();
        let table = format!("| Who | What |\n| --- | --- |\n{}", rows.repeat(times));
        read(markdown::read(&format!("# Talk\n\n{table}"))).turns.len()
    }

    #[test]
    fn a_table_of_values_is_no_talk() {
        let rows = [("Lamps", "12"), ("Boats", "three, of wood"), ("Bells", "one")];
        assert_eq!(turns(&rows, 8), 0);
        let rows =
            [("Ann Lee", "And then?"), ("Ben Roe", "I left it there"), ("Ann Lee", "Did you?")];
        assert_eq!(turns(&rows, 8), 24);
    }
}
