//! What is underlined or in a colour → what is emphasised by it.

use std::ops::Range;

use super::{BlockId, Kind, Prose, Run, Style};

/// How many paragraphs without a colour are set apart among those with one, at least.
const FEW: usize = 4;

/// Makes the lesser part strong: what has a colour, or what asks and has none among paragraphs that
/// have one.
/// Where more than half of the text is in a colour, the colour is the text's.
pub fn settle(prose: &mut Prose) {
    let tinted = |run: &&Run| run.style.contains(Style::TINTED);
    let length: usize = prose.runs.iter().filter(tinted).map(|run| run.span.len()).sum();
    if length == 0 {
        return;
    }
    let apart = length * 2 <= prose.text.len();
    let plain = if apart { Vec::new() } else { without_colour(prose) };
    for run in prose.runs.iter_mut().filter(|run| run.style.contains(Style::TINTED)) {
        run.style.remove(Style::TINTED);
        run.style.set(Style::STRONG, apart || run.style.contains(Style::STRONG));
    }
    strengthen(prose, &plain);
    prose.runs.retain(|run| run.style != Style::PLAIN || run.link.is_some());
    // What is alike now is one stretch.
    prose.runs.dedup_by(|run, before| {
        let one = run.span.start == before.span.end
            && run.style == before.style
            && run.link == before.link;
        if one {
            before.span.end = run.span.end;
        }
        one
    });
}

/// The paragraphs without any colour among those that are all in one: from the one above the first
/// to the last between two.
fn without_colour(prose: &Prose) -> Vec<Range<u32>> {
    let (mut out, mut behind, mut within) = (Vec::new(), Vec::new(), false);
    for at in 0..prose.blocks.len() as u32 {
        let (id, block) = (BlockId(at), &prose.blocks[at as usize]);
        if block.kind != Kind::Paragraph {
            continue;
        }
        let content = prose.content(id);
        let first = prose.runs.partition_point(|run| run.span.end <= content.start);
        let runs = prose.runs[first..].iter().take_while(|run| run.span.start < content.end);
        let tinted = runs.filter(|run| run.style.contains(Style::TINTED));
        let length: usize = tinted.map(|run| run.span.len()).sum();
        if length == 0 {
            // What stands above the first belongs to it; what is further above does not.
            if !within {
                behind.clear();
            }
            behind.push(content);
        } else if length >= content.len() {
            within = true;
            out.append(&mut behind);
        }
    }
    // Among much that is in several colours they are nothing of their own, nor where something is
    // strong already.
    let asks =
        |content: &&Range<u32>| prose.slice((*content).clone()).trim_end().ends_with(['?', '？']);
    let strong = prose.runs.iter().filter(|run| run.style.contains(Style::STRONG)).count();
    let asking = out.iter().filter(asks).count();
    if out.len() < FEW || asking * 3 < out.len() * 2 || strong * 2 > out.len() {
        out.clear();
    }
    out
}

/// Makes stretches strong, which follow each other in text order.
fn strengthen(prose: &mut Prose, stretches: &[Range<u32>]) {
    if stretches.is_empty() {
        return;
    }
    let mut gaps = Vec::new();
    for stretch in stretches {
        let first = prose.runs.partition_point(|run| run.span.end <= stretch.start);
        let mut from = stretch.start;
        for run in &mut prose.runs[first..] {
            if run.span.start >= stretch.end {
                break;
            }
            run.style.insert(Style::STRONG);
            gaps.push(from..run.span.start);
            from = run.span.end;
        }
        gaps.push(from..stretch.end);
    }
    let gaps = gaps.into_iter().filter(|gap| gap.start < gap.end);
    prose.runs.extend(gaps.map(|span| Run { span, style: Style::STRONG, link: None }));
    prose.runs.sort_by_key(|run| run.span.start);
}

#[cfg(test)]
mod tests {
    use crate::format::read;
    use crate::prose::Style;

    fn strong(html: &str) -> Vec<String> {
        let prose = read(html, Some("html")).prose;
        let runs = prose.runs().iter().filter(|run| run.style.contains(Style::STRONG));
        runs.map(|run| prose.slice(run.span.clone()).to_owned()).collect()
    }

    #[test]
    fn the_lesser_part_is_set_apart() {
        let blue = |text: &str| format!("<p style='color:#224488'>{text}</p>");
        let one = format!("<p>Long enough to be more than that</p>{}", blue("Why?"));
        assert_eq!(strong(&one), ["Why?"]);
        let turns: String = (0..5)
            .map(|at| format!("<p>Why <i>{at}</i>?</p>{}", blue("Because of the ice.")))
            .collect();
        let asked = strong(&format!("<p>We met.</p>{turns}<p>The end.</p>"));
        assert_eq!(asked.concat(), "Why 0?Why 1?Why 2?Why 3?Why 4?");
    }

    #[test]
    fn a_page_in_one_colour_has_nothing_set_apart() {
        assert!(strong("<p style='color:#224488'>All of it is blue.</p><p>No.</p>").is_empty());
    }
}
