//! The readings of one source line: each function knows one way of parting a label from its text.

use super::label::Labels;
use super::likeness::{Likeness, is_word, likeness};
use super::line::{Line, OWN, STOP, head, is_colon};
use super::name::{LONGEST, bare};
use super::parted::{dash, gap};
use super::stamp::{ends_in_half, leading_time, lone_time, without_time};
use super::titles::{is_place, is_titled};
use super::{Candidate, Close, Form, Mark, Place};

/// The longest label before a stop that is only one where it is a word: `采访者、`, `Q12．`, in bytes.
const WORD: usize = 24;

/// Bars of full width that stand between a label and what is said.
const BARS: [char; 4] = ['丨', '｜', '∣', '│'];

impl<'a> Line<'a> {
    /// A candidate whose label is `label` and whose text begins behind `behind` bytes.
    pub fn candidate(
        &self,
        labels: &mut Labels<'a>,
        label: &'a str,
        behind: usize,
        close: Close,
        mark: Mark,
    ) -> Option<Candidate> {
        let (printed, inner) = without_time(label.trim());
        // `2:30--3:00 PM: Tea`
        if self.range && ["am", "pm"].iter().any(|half| printed.eq_ignore_ascii_case(half)) {
            return None;
        }
        let label = labels.of(printed)?;
        let rest = &self.text[behind..];
        let (taken, time) = leading_time(rest);
        let said = rest[taken..].trim_start_matches([' ', '\u{3000}', '\u{A0}', '\n']);
        // Asterisks that nothing closes are no text.
        let lone = || said.lines().next().is_some_and(|line| line.matches('*').count() == 1);
        let adorned = self.from > self.start;
        let unclosed = said.starts_with("**") || adorned && said.starts_with('*') && lone();
        let said = if unclosed { said.trim_start_matches(['*', ' ']) } else { said };
        let said = if close == Close::Stop { behind_dash(said) } else { said };
        // `**Ann**丨Well`
        let said = if close == Close::Gap { said.trim_start_matches(BARS) } else { said };
        let end = self.from + (behind + rest.len() - said.len()) as u32;
        Some(Candidate {
            start: self.start,
            end,
            form: Form { mark, close, place: self.place },
            label,
            time: inner.or(self.time).or(time),
        })
    }
}

/// What is said behind a dash that follows the stop of a label, as in `H. P. — Well`.
fn behind_dash(said: &str) -> &str {
    let rest = said.strip_prefix(['—', '–', '―']).unwrap_or(said);
    if rest.starts_with([' ', '\u{A0}']) { rest.trim_start_matches([' ', '\u{A0}']) } else { said }
}

/// Puts the readings of a line behind `out`, the likelier first.
pub fn read<'a>(line: &Line<'a>, labels: &mut Labels<'a>, out: &mut Vec<Candidate>) {
    if line.length == 0 {
        return;
    }
    let signs = line.signs;
    if signs.colon.is_some() {
        out.extend(colon(line, labels));
    }
    out.extend(bracket(line, labels));
    if signs.border {
        out.extend(cell(line, labels));
    }
    // Behind a whole sentence there is no label, unless it is emphasised.
    let emphasised = line.bold > 0;
    if signs.stop || signs.sentence && emphasised {
        out.extend(stop(line, labels));
    }
    // Behind a long line nothing is alone on it.
    if !line.is_long() {
        out.extend(timed(line, labels).or_else(|| own(line, labels)));
    }
    if signs.close {
        out.extend(closed(line, labels));
    }
    out.extend(gap(line, labels));
    if signs.dash {
        out.extend(dash(line, labels));
    }
}

/// `Name：text`, the colon inside of the emphasis or behind it.
pub fn colon<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    let head = line.head;
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let first = line.signs.colon?;
    let (at, sign) = head[first..]
        .char_indices()
        .filter(|(_, c)| is_colon(*c))
        .map(|(at, c)| (first + at, c))
        // Not the one inside of a time.
        .find(|&(at, c)| {
            let behind = head[at + c.len_utf8()..].chars().next();
            !(digit(head[..at].chars().next_back()) && digit(behind))
        })?;
    if at > line.length {
        return None;
    }
    let behind = at + sign.len_utf8();
    let rest = &line.text[behind..];
    // A line that was wrapped within a sentence.
    let before = line.before.trim_end();
    let ends = ['.', '!', '?', ':', '"', '”', ')', '。', '！', '？', '：', '」', '』', '…', '）'];
    let within = !before.is_empty() && !before.ends_with(ends);
    if within && line.bold == 0 && line.text.starts_with(|c: char| c.is_lowercase()) {
        return None;
    }
    // `（编者注：…）` is a remark, `（记者：…）` a question from among many.
    if line.text.starts_with(['（', '(', '[', '【'])
        && !line.text[..at].contains(['）', ')', ']', '】'])
    {
        let word = line.text[..at].trim_start_matches(['（', '(']);
        // A byline is no sentence: `（记者：王五）`.
        let own = line.own().trim_end();
        let inner = own.trim_end_matches(['）', ')']);
        let said = inner.len() < own.len() && inner.ends_with(['。', '？', '！', '…', '?', '!']);
        let asked = word.len() < at && is_word(word) && said;
        let candidate = || line.candidate(labels, word, behind, Close::Colon, Mark::Plain);
        return asked.then(candidate).flatten();
    }
    if line.is_closed_in_brackets(at, behind) {
        return None;
    }
    // `〈题〉：…` and `首页＞新闻＞…`
    if matches!(sign, '〉' | '＞')
        && (line.text[..at].contains(['〈', '＜']) || rest.contains(sign))
    {
        return None;
    }
    // `//` behind a colon is an address; a colon between letters is `std::vec` or `key:value`.
    // The second one behind an emphasised label is a slip: `**Name:**: text`.
    let twice =
        line.bold == behind && rest.starts_with(sign) && !rest[sign.len_utf8()..].starts_with(sign);
    // `:)` smiles.
    let smiles =
        rest.starts_with([')', '(']) && rest[1..].chars().next().is_none_or(char::is_whitespace);
    // `Name:: text`; `std::vec` has no blank.
    let doubled = rest.starts_with(": ") && !line.text.starts_with(|c: char| c.is_lowercase());
    if smiles || rest.starts_with("//") || !twice && !doubled && rest.starts_with([':', '/']) {
        return None;
    }
    // The second sign may be another colon than the first: `林舟：: 你好`.
    let second = rest.chars().next().filter(|_| twice || doubled);
    let behind = behind + second.map_or(0, char::len_utf8);
    // `Name: | text`: a cell of its own.
    let bar = line.text[behind..].strip_prefix(" | ").map_or(0, |_| " | ".len());
    let behind = behind + bar;
    let rest = &line.text[behind..];
    let mark = match line.bold {
        0 => Mark::Plain,
        bold if bold >= line.text.len() && !rest.trim().is_empty() => Mark::Line,
        bold if bold > behind && !rest[..bold - behind].trim().is_empty() => Mark::Line,
        _ => Mark::Label,
    };
    line.candidate(labels, &line.text[..at], behind, Close::Colon, mark)
}

/// `[Name] text`, `【Name】text`, `(Name) text`.
fn bracket<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    const PAIRS: &[(char, char)] = &[
        ('[', ']'),
        ('(', ')'),
        ('【', '】'),
        ('（', '）'),
        ('〔', '〕'),
        ('［', '］'),
        ('<', '>'),
        ('〈', '〉'),
    ];
    let open = line.text.chars().next()?;
    let (_, close) = PAIRS.iter().find(|(begin, _)| *begin == open)?;
    let head = line.head;
    let at = head.find(*close)?;
    let behind = at + close.len_utf8();
    let rest = line.text[behind..].trim_start_matches([' ', '\u{3000}']);
    // A colon behind it is the label's; `:wave:` is said.
    let rest = rest
        .strip_prefix(':')
        .filter(|rest| {
            !rest.starts_with(char::is_alphabetic) || rest.starts_with(|c: char| !c.is_ascii())
        })
        .or_else(|| rest.strip_prefix('：'))
        .unwrap_or(rest)
        .trim_start_matches([' ', '\u{3000}']);
    // `(iii)`, `(b)`: an item of a list.
    let label = line.text[open.len_utf8()..at].trim();
    // `<@nick>`: how a chat marks those who may do more.
    let label = match open {
        // `<v Ann>`: WebVTT's, in a text that was made from one.
        '<' => label
            .strip_prefix("v ")
            .unwrap_or_else(|| label.trim_start_matches(['@', '+', '%', '&', '~', ' '])),
        _ => label,
    };
    let item = label.chars().all(|c| "ivxIVX".contains(c))
        || label.len() == 1 && !matches!(label, "Q" | "A");
    let item = item || open == '<' && is_element(label);
    // Alone on its line it is a stage direction.
    if item || rest.is_empty() || behind >= line.length {
        return None;
    }
    let taken = line.text.len() - rest.len();
    let mark = mark(line, at);
    line.candidate(labels, label, taken, Close::Bracket, mark)
}

/// Whether what stands in angles is an element of HTML, and nobody.
fn is_element(name: &str) -> bool {
    const ELEMENTS: &[&str] = &[
        "head", "body", "html", "div", "span", "table", "thead", "tbody", "tr", "td", "th", "ul",
        "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "img", "nav", "main", "header",
        "footer", "section", "article", "aside", "form", "input", "button", "label", "script",
        "style", "video", "audio", "canvas", "svg", "template", "slot", "strong", "em", "code",
    ];
    name.contains('/') || ELEMENTS.contains(&name)
}

/// `Name | text`: the cells of a row; a number or a time may stand before the name.
fn cell<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    let (mut from, mut time) = (0, None);
    for _ in 0..3 {
        let head = head(&line.text[from..]);
        let at = head.find(" | ")?;
        // Emphasis that goes on up to a colon: `**Ann Lee | House of Ink**:` is one label.
        let emphasised = line.text.split_at_checked(line.bold).unwrap_or_default();
        if line.bold > from + at + " | ".len()
            && (emphasised.0.trim_end().ends_with(is_colon) || emphasised.1.starts_with(is_colon))
        {
            return None;
        }
        let label = &head[..at];
        let (taken, stamp) = leading_time(label);
        let number = label.trim().chars().all(|c| c.is_ascii_digit() || c == '.' || c == '#');
        if number
            || stamp.is_some()
                && label[taken..].trim().trim_matches(['-', '–']).len() < 12
                && !label[taken..].chars().any(char::is_alphabetic)
        {
            from += at + 3;
            time = time.or(stamp);
            continue;
        }
        let mut found =
            line.candidate(labels, label, from + at + 3, Close::Cell, mark(line, at))?;
        // `Name | 00:12 | text`
        let rest = line.text.get((found.end - line.from) as usize..)?;
        if let Some(inner) = rest.trim_start().strip_prefix("| ") {
            found.end = line.from + (line.text.len() - inner.len()) as u32;
        }
        found.time = found.time.or(time);
        return Some(found);
    }
    None
}

/// `Q) text`: a word for one who asks or answers before a bracket that nothing opens.
fn closed<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    let head = line.own_head();
    let at = head.find([')', '）'])?;
    let bracket = head[at..].chars().next()?;
    let behind = at + bracket.len_utf8();
    let apart = bracket == '）' || line.text[behind..].starts_with(char::is_whitespace);
    let word = head[..at].trim_end_matches(|c: char| c.is_ascii_digit());
    (apart && is_word(bare(word)))
        .then(|| line.candidate(labels, &head[..at], behind, Close::Stop, mark(line, at)))?
}

/// `Mr. HALE. Text`, `**Pregunta.** text`, `Q. text`, `问、text`.
fn stop<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    // A line that was wrapped within a sentence may begin with capitals.
    let wrapped = line.before.trim_end().ends_with(|c: char| c.is_lowercase() || c == ',');
    let head = line.own_head();
    let near = if line.bold > 0 { head.len() } else { head.len().min(STOP + 1) };
    // They are ASCII, or begin with a byte that nothing else but punctuation and kana does.
    let lead = |&(_, byte): &(usize, u8)| matches!(byte, b'.' | 0xE3 | 0xEF);
    let stops = head.bytes().take(near).enumerate().filter(lead);
    let stops = stops.filter_map(|(at, _)| head[at..].chars().next().map(|c| (at, c)));
    let stops = stops.filter(|&(at, c)| match c {
        '。' => line.bold > 0,
        _ => at <= STOP && matches!(c, '.' | '．' | '、'),
    });
    for (at, c) in stops.take(4) {
        let mut behind = at + c.len_utf8();
        let mut rest = &line.text[behind..];
        // `P.- Text`
        if let Some(inner) =
            rest.strip_prefix(['-', '–', '—']).filter(|inner| inner.starts_with(' '))
        {
            behind += rest.len() - inner.len();
            rest = inner;
        }
        let apart =
            rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || !c.is_ascii());
        let emphasised = line.bold > 0 && line.bold >= at && line.bold <= behind + 1;
        // `Enq. : text`: a word cut short, and its colon.
        if rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']).starts_with([':', '：']) {
            continue;
        }
        // What is told before a comma is longer than a word for one who asks.
        let before = &head[..at];
        let loud = || {
            let last = before.split_whitespace().next_back().unwrap_or_default();
            !last.contains(char::is_lowercase) || is_titled(before)
        };
        // Brackets may hold whatever is not the name.
        let bracketed = || before.contains(['(', '（', '[', '【', '<', '［', '〔', '〈']);
        let short = emphasised || at <= WORD || c == '.' && loud() || bracketed();
        if !apart || !short {
            continue;
        }
        let name = bare(&head[..at]);
        let last = head[..at].rsplit(' ').next().unwrap_or_default();
        let title = ["mr", "mrs", "ms", "dr", "st", "prof", "hon", "jr", "sr", "vs", "no"];
        let titled = title.iter().any(|title| last.eq_ignore_ascii_case(title));
        if name.is_empty() || titled || is_initial(name, rest) || is_place(&line.text[..behind]) {
            continue;
        }
        let word = c != '。' && is_word(name);
        let letters = name.split_whitespace().next_back().unwrap_or(name);
        let capitals = letters.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !letters.chars().any(char::is_lowercase)
            && letters.chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
        let titled = c == '.' && line.place == Place::Text && is_titled(&head[..at]);
        if emphasised || word || capitals && c == '.' && !wrapped || titled {
            // The stop behind initials is theirs: `H.P.`
            let initials = c == '.' && letters == name && letters.contains('.');
            let at = if initials { behind } else { at };
            return line.candidate(labels, &head[..at], behind, Close::Stop, mark(line, at));
        }
    }
    None
}

/// Whether a letter before a stop is the first of somebody's initials: `R. Q.: …`.
fn is_initial(name: &str, rest: &str) -> bool {
    let mut next = rest.trim_start().chars();
    let capital = next.next().is_some_and(char::is_uppercase);
    name.chars().count() == 1 && capital && next.next() == Some('.')
}

/// `Name 00:12` and nothing else on the line, or the time on the next.
fn timed<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    let own = line.own().trim();
    // The last cell of a row has nothing behind it to say.
    if own.chars().count() > OWN || line.cell || line.signs.border && own.contains(" | ") {
        return None;
    }
    let (label, time) = without_time(own);
    // Something is said behind the time.
    let last = own.chars().next_back().unwrap_or(' ');
    if time.is_some()
        && !own.ends_with(label)
        && !(last.is_ascii_digit() || "])）】］".contains(last) || ends_in_half(own))
    {
        return None;
    }
    if time.is_some() || line.time.is_some() {
        // What ends as a sentence is said at that time.
        let word = label.rsplit(' ').next().unwrap_or(label);
        let unknown = label.chars().all(|c| matches!(c, '?' | '？'));
        let says = !unknown && label.ends_with([',', '?', '!', '。', '，', '？', '！', '…'])
            || label.ends_with('.') && word.chars().count() > 3;
        let named = (unknown || label.chars().any(char::is_alphabetic))
            && !label.contains([':', '：'])
            && !says;
        return named.then(|| {
            line.candidate(labels, own, line.length, Close::Timed, mark(line, own.len()))
        })?;
    }
    let rest = line.text[line.length..].trim_start_matches([' ', '\n']);
    let next =
        &rest[..rest.find([' ', '\n']).unwrap_or(rest.len()).min(rest.floor_char_boundary(16))];
    lone_time(next)?;
    let behind = line.text.len() - rest.len() + next.len();
    let mut found =
        line.candidate(labels, own, line.length, Close::Timed, mark(line, own.len()))?;
    let gap = line.text[behind..].len() - line.text[behind..].trim_start().len();
    found.end = line.from + (behind + gap) as u32;
    found.time = lone_time(next);
    Some(found)
}

/// A name alone on its line.
pub fn own<'a>(line: &Line<'a>, labels: &mut Labels<'a>) -> Option<Candidate> {
    let own = line.own().trim_end();
    let characters = own.chars().count();
    let part = line.bold > 0 && line.bold < own.len();
    // What is emphasised as a whole may have several roles in it.
    let longest = if line.bold >= own.len() { OWN } else { LONGEST };
    if part
        || characters > longest
        || own.contains([':', '：'])
        || own.ends_with(['.', ',', '、', '-', '—', '：', ':', '》', '」'])
    {
        return None;
    }
    // So does a sentence; a transcriber may not know who speaks: `???`.
    if own.ends_with(['。', '？', '！', '?', '!', '…', '；'])
        && !own.chars().all(|c| matches!(c, '?' | '？'))
    {
        return None;
    }
    // A line that only an exporter broke is part of a sentence.
    let rest = line.text[line.length..].trim_start();
    let before = line.before.trim_end_matches([' ', '\u{3000}']);
    let ended = before.is_empty()
        || before
            .ends_with(['\n', '。', '！', '？', '.', '!', '?', '…', '”', '」', '"', ')', '）']);
    let goes_on = rest.starts_with([
        '，', '。', '、', '；', '：', ',', '.', ';', ':', ')', '）', '》', '」', '”',
    ]) || rest.starts_with(|c: char| c.is_lowercase());
    // One that the author broke is not.
    let broken = line.own().ends_with('\n');
    if line.bold == 0 && (!ended || goes_on && !broken) {
        return None;
    }
    let name = bare(own);
    let han = name
        .chars()
        .any(|c| crate::text::script::is_han_or_kana(c) || crate::text::script::is_hangul(c));
    let marked = line.bold >= own.len() || line.place == Place::Heading;
    let short = if han { name.chars().count() <= 8 } else { name.split_whitespace().count() <= 4 };
    if !short || !marked && likeness(name) == Likeness::Phrase {
        return None;
    }
    line.candidate(labels, own, line.length, Close::Own, mark(line, own.len()))
}

/// The emphasis of a label that ends `at` bytes into a line.
pub fn mark(line: &Line<'_>, at: usize) -> Mark {
    match line.bold {
        0 => Mark::Plain,
        bold if bold > at + 6 && bold >= line.text.len() => Mark::Line,
        _ => Mark::Label,
    }
}
