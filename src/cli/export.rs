//! `fangtan export`: the interview's structure as JSON, Markdown or plain text.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::failure::Failure;
use super::load::Loaded;
use super::out::Out;
use super::rendition::{markdown, plain};
use crate::interview::{Interview, Part, Role, TurnId};
use crate::prose::{BlockId, Kind};
use crate::typeset::body;

/// Prints the interview in a format: `json`, `md` or `txt`.
pub fn run(loaded: &Loaded, to: &str, explain: Explain) -> Result<(), Failure> {
    let interview = &loaded.interview;
    Out::new().with(|out| match to {
        "md" => markdown(interview, out),
        "txt" => plain(interview, out),
        _ => json(interview, explain, out),
    })
}

/// Whether the JSON lists what was thought of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explain {
    /// It does not.
    No,
    /// With the hypotheses and their scores.
    Yes,
}

#[derive(Serialize)]
struct Article<'a> {
    title: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<&'a str>,
    place: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    format: &'a str,
    layout: &'a str,
    speakers: Vec<Speaker<'a>>,
    summary: Vec<Point<'a>>,
    sections: Vec<Section<'a>>,
    turns: Turns<'a>,
    images: Vec<Image<'a>>,
    links: Vec<Link<'a>>,
    notes: Vec<String>,
    media: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hypotheses: Option<Vec<Hypothesis<'a>>>,
}

#[derive(Serialize)]
struct Hypothesis<'a> {
    layout: &'a str,
    score: f64,
}

#[derive(Serialize)]
struct Speaker<'a> {
    name: &'a str,
    aliases: &'a [String],
    role: Option<&'static str>,
    turns: u32,
    characters: u32,
}

#[derive(Serialize)]
struct Point<'a> {
    title: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Section<'a> {
    title: &'a str,
    level: u8,
    first_turn: Option<u32>,
}

#[derive(Serialize)]
struct Turn<'a> {
    index: u32,
    speaker: &'a str,
    label: &'a str,
    text: String,
    time: Option<f64>,
    section: Option<usize>,
}

#[derive(Serialize)]
struct Image<'a> {
    alt: &'a str,
    url: &'a str,
    turn: Option<u32>,
}

#[derive(Serialize)]
struct Link<'a> {
    text: &'a str,
    url: &'a str,
    turn: Option<u32>,
}

/// Writes the interview as one JSON object; every key is there.
fn json(interview: &Interview, explain: Explain, out: &mut dyn Write) -> io::Result<()> {
    let prose = &interview.prose;
    let turn_at = |block: BlockId| interview.turn_of(block).map(|turn| turn.0);
    let front = &interview.front;
    let article = Article {
        title: front.title.as_deref(),
        author: front.author.as_deref(),
        published: front.published.as_deref(),
        place: front.place.as_deref(),
        url: front.url.as_deref(),
        language: interview.language,
        format: interview.format,
        layout: &interview.layout,
        speakers: interview
            .speakers
            .iter()
            .map(|speaker| Speaker {
                name: &speaker.name,
                aliases: &speaker.aliases,
                role: speaker.part.map(|part| match part {
                    Part::Host => "host",
                    Part::Guest => "guest",
                }),
                turns: speaker.turns,
                characters: speaker.characters,
            })
            .collect(),
        summary: interview
            .summary
            .iter()
            .map(|point| Point { title: &point.title, text: &point.text })
            .collect(),
        sections: interview
            .sections
            .iter()
            .enumerate()
            .map(|(at, section)| {
                let behind = interview.sections[at + 1..].iter();
                // A section ends where one of its level or above begins.
                let next = { behind }.find(|next| next.level <= section.level).map(|s| s.block);
                let first = interview.turns.partition_point(|t| t.blocks.start < section.block);
                let inside = interview
                    .turns
                    .get(first)
                    .filter(|turn| next.is_none_or(|next| turn.blocks.start < next));
                let first_turn = inside.map(|_| first as u32);
                Section { title: &section.title, level: section.level, first_turn }
            })
            .collect(),
        turns: Turns(interview),
        images: prose
            .images()
            .iter()
            .map(|image| Image { alt: &image.alt, url: &image.url, turn: turn_at(image.block) })
            .collect(),
        links: prose
            .links()
            .iter()
            .map(|link| Link {
                text: prose.slice(link.span.clone()),
                url: &link.url,
                turn: prose.block_at(link.span.start).and_then(turn_at),
            })
            .collect(),
        notes: interview
            .notes
            .iter()
            .map(|note| format!("line {}: {}", note.line, note.text))
            .collect(),
        media: front.media.as_deref(),
        hypotheses: (explain == Explain::Yes).then(|| {
            let hypotheses = interview.hypotheses.iter();
            let score = |score: f64| (score * 100.0).round() / 100.0;
            hypotheses.map(|h| Hypothesis { layout: &h.layout, score: score(h.score) }).collect()
        }),
    };
    serde_json::to_writer_pretty(&mut *out, &article)?;
    out.write_all(b"\n")
}

/// The turns of an interview, made one by one as they are written.
struct Turns<'a>(&'a Interview);

impl Serialize for Turns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(interview) = *self;
        serializer.collect_seq(interview.turns.iter().enumerate().map(|(at, turn)| {
            let name = interview.speaker(turn.speaker).name.as_str();
            Turn {
                index: at as u32,
                speaker: name,
                label: if turn.printed.is_empty() { name } else { &turn.printed },
                text: turn_text(interview, TurnId(at as u32)),
                time: turn.time.map(|time| time.0 as f64 / 1000.0),
                section: section_at(interview, turn.blocks.start),
            }
        }))
    }
}

/// The section that a block stands in.
fn section_at(interview: &Interview, block: BlockId) -> Option<usize> {
    interview.sections.partition_point(|section| section.block <= block).checked_sub(1)
}

/// The paragraphs of a turn, without label, headings, images and stage directions, an empty line between them.
fn turn_text(interview: &Interview, id: TurnId) -> String {
    let turn = interview.turn(id);
    let blocks = turn.blocks.clone();
    let mut out = String::new();
    for block in (blocks.start.0..blocks.end.0).map(BlockId) {
        let kind = interview.prose.block(block).kind;
        let opens = block == blocks.start;
        let aside =
            matches!(interview.roles[block.index()], Role::Aside | Role::Promotion | Role::Related);
        let text = !aside && matches!(kind, Kind::Paragraph | Kind::Code)
            || opens && matches!(kind, Kind::Heading(_));
        let text = if text { interview.prose.slice(body(interview, block)).trim() } else { "" };
        if !text.is_empty() {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            out.push_str(text);
        }
    }
    out
}
