//! Bytes → an interview, as the program reads them, and what must hold of each.

use fangtan::format::{self, Document};
use fangtan::interview::{self, Interview};
use fangtan::source;

/// Reads bytes as text in the format that a file of this extension would be taken for.
pub fn named(bytes: &[u8], extension: &str) {
    let text = String::from_utf8_lossy(bytes);
    check(&interview::read(format::read(&text, Some(extension))));
}

/// Reads bytes as text in one format, whatever they look like.
pub fn forced(bytes: &[u8], read: fn(&str) -> Document) {
    let text = String::from_utf8_lossy(bytes);
    check(&interview::read(read(&text)));
}

/// Reads bytes as a file: encodings and archives included.
pub fn file(bytes: &[u8]) {
    if let Ok(source) = source::decode(bytes.to_vec(), None) {
        check(&interview::read(format::read(&source.text, None)));
    }
}

/// The laws of `docs/ARCHITECTURE.md` that every interview keeps.
fn check(interview: &Interview) {
    let prose = &interview.prose;
    let mut at = 0;
    for block in prose.blocks() {
        assert_eq!(block.span.start, at, "blocks tile the text");
        assert!(block.span.end > at, "no block is empty");
        assert!(prose.text().is_char_boundary(block.span.end as usize));
        at = block.span.end;
    }
    assert_eq!(at, prose.len(), "blocks tile the text to its end");
    assert_eq!(interview.roles.len(), prose.blocks().len());
    let shown = |c: char| !c.is_control() || c == '\n';
    assert!(prose.text().chars().all(shown), "only clean text is shown");
    for pair in prose.runs().windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "runs are sorted");
    }
    for run in prose.runs() {
        assert!(run.span.start < run.span.end && run.span.end <= prose.len());
        prose.slice(run.span.clone());
    }
    for link in prose.links() {
        prose.slice(link.span.clone());
    }
    for image in prose.images() {
        prose.block(image.block);
    }
    let mut end = 0;
    for turn in &interview.turns {
        assert!(turn.blocks.start.0 >= end && turn.blocks.end > turn.blocks.start);
        end = turn.blocks.end.0;
        interview.speaker(turn.speaker);
        assert_eq!(turn.label.start, prose.block(turn.blocks.start).span.start);
        prose.slice(turn.label.clone());
    }
    assert!(end as usize <= prose.blocks().len(), "turns are in the text");
    let turns: u32 = interview.speakers.iter().map(|speaker| speaker.turns).sum();
    assert_eq!(turns as usize, interview.turns.len());
    for id in interview
        .sections
        .iter()
        .map(|it| it.block)
        .chain(interview.summary.iter().map(|it| it.block))
    {
        prose.block(id);
    }
}
