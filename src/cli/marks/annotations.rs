//! Bookmarks → a collection of annotations by the W3C Web Annotation Data Model (Recommendation of
//! 23 February 2017), which [`annotated`](super::annotated) takes back with nothing lost.

use serde::Serialize;

use super::layout::json;
use super::moment::Moment;
use super::names;
use crate::marks::Mark;

/// The context of the model.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// What our own members are named by in full: `fangtan:turn` and the like.
const OWN: &str = "urn:uuid:6f0c2c8e-3b0f-8b52-9d0e-5f1d1f0a7c41#";

/// Bookmarks as a collection of one page.
pub fn written<'a>(label: &str, marks: impl Iterator<Item = &'a Mark>) -> String {
    let items: Vec<Annotation<'_>> = marks.map(annotation).collect();
    // It is named by its oldest bookmark, so that it keeps its name while it grows.
    let oldest = items.iter().map(|item| item.own_id).min().unwrap_or_default();
    let (id, page) = (names::hashed("collection", oldest), names::hashed("page", oldest));
    let is_empty = items.is_empty();
    json(&Collection {
        context: (CONTEXT, Own { fangtan: OWN }),
        kind: "AnnotationCollection",
        label,
        total: items.len(),
        // Pages have an annotation at least.
        first: (!is_empty).then(|| Page {
            id: page.clone(),
            kind: "AnnotationPage",
            part_of: id.clone(),
            start_index: 0,
            items,
        }),
        last: (!is_empty).then_some(page),
        id,
    })
}

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: (&'static str, Own),
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: &'a str,
    total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Page<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

#[derive(Serialize)]
struct Own {
    fangtan: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    part_of: String,
    start_index: u32,
    items: Vec<Annotation<'a>>,
}

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    created: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<Moment>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Body<'a>>,
    target: Target<'a>,
    #[serde(rename = "fangtan:id")]
    own_id: &'a str,
    #[serde(rename = "fangtan:highlight")]
    highlight: u8,
    #[serde(rename = "fangtan:turn", skip_serializing_if = "Option::is_none")]
    turn: Option<u32>,
    #[serde(rename = "fangtan:speaker", skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
    #[serde(rename = "fangtan:article")]
    article: Article<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
    format: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: String,
    /// Either finds the passage (4.2: more than one selector are alternatives).
    selector: (Quote<'a>, Position),
}

#[derive(Serialize)]
struct Quote<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

#[derive(Serialize)]
struct Position {
    #[serde(rename = "type")]
    kind: &'static str,
    start: u32,
    end: u32,
}

/// What the article is recognised by. Its address, as it was written, may be none by RFC 3987.
#[derive(Serialize)]
struct Article<'a> {
    #[serde(rename = "fangtan:title", skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(rename = "fangtan:address", skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(rename = "fangtan:url", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(rename = "fangtan:hash")]
    hash: &'a str,
    #[serde(rename = "fangtan:sketch")]
    sketch: &'a [u32],
}

fn annotation(mark: &Mark) -> Annotation<'_> {
    let body = |purpose, value| Body { kind: "TextualBody", purpose, format: "text/plain", value };
    let note = (!mark.note.is_empty()).then(|| body("commenting", mark.note.as_str()));
    let tags = mark.tags.iter().map(|tag| body("tagging", tag.as_str()));
    let (selector, article) = (&mark.selector, &mark.article);
    Annotation {
        id: names::of_mark(&mark.id),
        kind: "Annotation",
        motivation: match (mark.note.is_empty(), mark.tags.is_empty()) {
            (false, _) => "commenting",
            (true, false) => "tagging",
            (true, true) => "highlighting",
        },
        created: Moment(mark.created),
        modified: mark.edited.map(Moment),
        body: note.into_iter().chain(tags).collect(),
        target: Target {
            kind: "SpecificResource",
            source: names::of_article(article),
            selector: (
                Quote {
                    kind: "TextQuoteSelector",
                    exact: &selector.exact,
                    prefix: &selector.prefix,
                    suffix: &selector.suffix,
                },
                Position { kind: "TextPositionSelector", start: selector.start, end: selector.end },
            ),
        },
        own_id: &mark.id,
        highlight: mark.highlight.number(),
        turn: selector.turn,
        speaker: selector.speaker.as_deref(),
        article: Article {
            title: article.title.as_deref(),
            address: article.url.as_deref(),
            url: article.keys.url.as_deref(),
            hash: &article.keys.hash,
            sketch: &article.keys.sketch,
        },
    }
}
