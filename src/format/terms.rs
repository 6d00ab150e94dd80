//! Lists of definitions as Markdown's extensions write them, `Ann` and `: What I say.` on the line
//! below, and names in angles: the speakers of a talk are such. CommonMark reads the ones as one
//! paragraph and the others as elements of HTML.

use std::borrow::Cow;
use std::collections::HashMap;

use super::components::COMPONENTS;
use super::fences::Fences;
use super::html::is_element;

/// The longest term, in bytes.
const LONGEST: usize = 80;
/// The longest one that is a question.
const QUESTION: usize = 800;
/// The most names in angles.
const NAMES: usize = 24;
/// The fewest that are a list.
const FEWEST: usize = 4;

/// The source with each term before its definition, in a paragraph of its own; a dash that stands
/// for whoever asks has no colon. Lines keep their numbers.
pub fn terms(source: &str) -> Cow<'_, str> {
    if memchr::memmem::find(source.as_bytes(), b"\n:").is_none() {
        return Cow::Borrowed(source);
    }
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut fences = Fences::default();
    for (at, line) in lines.iter().enumerate() {
        if fences.pass(line) || definition(line).is_none() {
            continue;
        }
        let blank = at > 0 && lines[at - 1].trim().is_empty();
        let term = at.checked_sub(1 + usize::from(blank));
        if let Some(term) = term.filter(|&term| is_term(lines[term])) {
            places.push((term, at));
        }
    }
    if places.len() < FEWEST {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut next = 0;
    for (term, at) in places {
        out.extend(lines[next..term].iter().copied());
        out.push_str(&"\n".repeat(at - term));
        let name = lines[term].trim().trim_end_matches([':', '：']);
        // A question, and what is said to it, are paragraphs.
        if asks(name) {
            out.push_str(&format!("**{}**<br><br>", name.replace(['*', '_'], "")));
            out.push_str(definition(lines[at]).unwrap_or_default());
            next = at + 1;
            // More that is said to it.
            while let Some(more) = lines.get(next).and_then(|line| definition(line)) {
                out.push_str("<br><br>");
                out.push_str(more);
                next += 1;
            }
            continue;
        }
        out.push_str(name);
        // `**Note:**` has its own.
        let closed = name.trim_end_matches(['*', '_']).ends_with([':', '：']);
        out.push_str(match (is_dash(name), closed) {
            (true, _) => "",
            (_, true) => " ",
            _ => ": ",
        });
        out.push_str(definition(lines[at]).unwrap_or_default());
        next = at + 1;
    }
    out.extend(lines[next..].iter().copied());
    Cow::Owned(out)
}

/// The source with names in angles, `<Ann> What I say.`, where Markdown would take them for elements
/// of HTML: they begin lines, again and again, and nothing ends them.
pub fn names(source: &str) -> Cow<'_, str> {
    let name = |line: &str| {
        let (name, said) = line.strip_prefix('<')?.split_once('>')?;
        let named = name.starts_with(char::is_uppercase)
            && name.chars().count() <= LONGEST / 4
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '’'));
        // `<P>` and `<LI>` are what they are in capitals.
        let element = is_element(&name.to_lowercase());
        (named && !element && said.starts_with(' ')).then(|| name.to_owned())
    };
    if memchr::memmem::find(source.as_bytes(), b"\n<").is_none() {
        return Cow::Borrowed(source);
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut fences = Fences::default();
    for line in source.lines() {
        if !fences.pass(line)
            && let Some(name) = name(line)
        {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > 1);
    let few = (2..=NAMES).contains(&counts.len()) && counts.values().sum::<usize>() >= FEWEST;
    if !few || counts.keys().any(|name| source.contains(&format!("</{name}>"))) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len() + source.len() / 64);
    let mut fences = Fences::default();
    for line in source.split_inclusive('\n') {
        let code = fences.pass(line);
        if !code && name(line).is_some_and(|name| counts.contains_key(&name)) {
            out.push('\\');
        }
        out.push_str(line);
    }
    Cow::Owned(out)
}

/// The source without the elements that say who asks and who answers, where names with colons stand
/// in them: `<interviewer>Ann</interviewer>: Why?`. They mark what is there, and are no speakers.
pub fn tagged(source: &str) -> Cow<'_, str> {
    let known = |name: &str| COMPONENTS.iter().any(|(component, _)| *component == name);
    if memchr::memmem::find(source.as_bytes(), b">:").is_none() {
        return Cow::Borrowed(source);
    }
    let labels = memchr::memmem::find_iter(source.as_bytes(), b">:").filter(|&at| {
        let near = &source[source.ceil_char_boundary(at.saturating_sub(LONGEST))..at];
        near.rfind("</").is_some_and(|open| known(&near[open + 2..]))
    });
    if labels.take(FEWEST).count() < FEWEST {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let near = &here[1..here.floor_char_boundary(LONGEST).max(1)];
        let tag = near.find('>').filter(|&end| known(near[..end].trim_start_matches('/')));
        match tag {
            Some(end) => rest = &here[end + 2..],
            None => {
                out.push('<');
                rest = &here[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What stands behind the colon that a definition begins with.
fn definition(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(':')?;
    let said = rest.trim_start_matches([' ', '\t', '\u{3000}']);
    (said.len() < rest.len() && !said.trim().is_empty()).then_some(said)
}

/// Whether a term ends in the mark of a question.
fn asks(term: &str) -> bool {
    term.trim_end_matches(['*', '_', ' ']).ends_with(['?', '？'])
}

/// Whether a line may be a term: no more than a name, a dash, or a question.
fn is_term(line: &str) -> bool {
    let bare = line.trim();
    line.len() <= if asks(bare) { QUESTION } else { LONGEST }
        && !line.starts_with([' ', '\t', ':', '#', '>', '<'])
        && !line.contains('|')
        && !["- ", "* ", "+ "].iter().any(|item| line.starts_with(item))
        && (is_dash(bare) && !bare.starts_with('-') || bare.chars().any(char::is_alphanumeric))
}

fn is_dash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '—' | '―' | '─' | '–' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_angles_are_no_elements() {
        let text = "<Ann> Why?\n\n<Bo> So.\n\n<Ann> **Oh?** <b>x</b>\n\n<Bo> Yes.\n";
        assert_eq!(names(text), text.replace("<Ann>", "\\<Ann>").replace("<Bo>", "\\<Bo>"));
        let (html, code) = ("<LI> a\n<Pre> b\n".repeat(4), format!("```\n{text}```\n"));
        for text in [
            &text.replace("Yes.", "Yes.</Bo>")[..],
            "<Ann> a\n<Ann> b\n",
            "<",
            "<A",
            "",
            &html,
            &code,
        ] {
            assert_eq!(names(text), text);
        }
    }

    #[test]
    fn elements_around_names_are_no_speakers() {
        let text = "<question><interviewer>Ann</interviewer>: Why?</question>\n".repeat(2)
            + &"<answer><interviewee>Bo</interviewee>: So <b>it</b> <is.</answer>\n".repeat(2);
        let want = "Ann: Why?\n".repeat(2) + &"Bo: So <b>it</b> <is.\n".repeat(2);
        assert_eq!(tagged(&text), want);
        for text in ["<answer>Ann</answer>: a\n", "<answer", "<", "<é>:", ""] {
            assert_eq!(tagged(text), text);
        }
    }

    #[test]
    fn terms_stand_before_what_they_say() {
        let text =
            "——\n: 几点？\n**周砚**\n: 天黑。\n: 冬天早。\n\nZoe:\n\n:   Yes.\n——\n: 怕吗？\n";
        let want = "\n——几点？\n\n**周砚**: 天黑。\n: 冬天早。\n\n\n\nZoe: Yes.\n\n——怕吗？\n";
        assert_eq!(terms(text), want);
        let code = format!("```\n{text}```\n");
        for text in [&code[..], "a\n: b\n", "", ": a\n: b\n: c\n: d\n"] {
            assert_eq!(terms(text), text);
        }
        for text in ["- a\n: b\n", "a\n:b\n", "1 | 2\n\n: A table\n\n", "# A\n: b\n"] {
            let text = text.repeat(FEWEST);
            assert_eq!(terms(&text), text);
        }
        let asked = "Où est-il ?\n: Là.\n\n".repeat(4);
        assert_eq!(terms(&asked), "\n**Où est-il ?**<br><br>Là.\n\n".repeat(4));
        assert_eq!(terms(&"**Note:**\n: Mind.\n".repeat(4)), "\n**Note:** Mind.\n".repeat(4));
    }
}
