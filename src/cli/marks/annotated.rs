//! Annotations → bookmarks: those of the W3C model, ours and others', and what Hypothesis exports
//! and answers.
//!
//! An annotation without a quote (of a whole page, an answer to another) marks no passage and is
//! passed over. What other programs say beyond quote, note, tags and times is not kept.

use serde_json::Value;

use super::moment::Moment;
use super::names;
use super::plain_tag;
use crate::interview::passage::Selector;
use crate::marks::{Article, DocumentKeys, Highlight, Mark};

/// An annotation as a bookmark.
#[derive(Debug)]
pub struct Annotated {
    /// The bookmark; made in 1970 where that is not known.
    pub mark: Mark,
    /// When it was made, in ms since 1970.
    pub created: Option<i64>,
}

/// The annotations in a value: a collection, a page, a list, an answer, or one alone. `None` for
/// what is nothing of the kind.
pub fn annotations(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(all) => {
            let alike = all.iter().all(|one| one.is_object());
            alike.then(|| all.iter().collect())
        }
        Value::Object(members) => {
            for name in ["items", "annotations", "rows"] {
                if let Some(all @ Value::Array(_)) = members.get(name) {
                    return annotations(all);
                }
            }
            match members.get("first") {
                Some(first @ Value::Object(_)) => annotations(first),
                _ if members.contains_key("target") => Some(vec![value]),
                // A collection of nothing has no page.
                _ => (members.get("total")?.as_u64()? == 0).then(Vec::new),
            }
        }
        _ => None,
    }
}

/// The passages of an annotation, one for each target with a quote.
pub fn annotated(annotation: &Value) -> Vec<Annotated> {
    let targets = each(annotation.get("target"));
    let quoted = targets.filter_map(|target| Some((target, selector(target.get("selector")?)?)));
    let quoted: Vec<(&Value, Selector)> = quoted.collect();
    let single = quoted.len() == 1;
    let passages = quoted.into_iter().enumerate();
    passages
        .map(|(at, (target, selector))| {
            let place = if single { String::new() } else { format!("#{at}") };
            bookmark(annotation, target, selector, &place)
        })
        .collect()
}

fn bookmark(annotation: &Value, target: &Value, selector: Selector, place: &str) -> Annotated {
    let time = |name: &str| {
        let text = annotation.get(name)?.as_str()?;
        Moment::try_from(text.to_owned()).ok().map(|moment| moment.0)
    };
    let created = time("created");
    let edited = time("modified").or_else(|| time("updated"));
    let article = article(annotation, target);
    let (note, tags) = said(annotation);
    let name = text(annotation, &["id", "@id"]).map(|name| format!("{name}{place}"));
    let id = text(annotation, &["fangtan:id"]).filter(|_| place.is_empty());
    let id = id.map(ToOwned::to_owned).unwrap_or_else(|| {
        // Without a name it is known by what it says of what.
        let url = article.url.as_deref().unwrap_or_default();
        let all = [url, &selector.prefix, &selector.exact, &selector.suffix, &note].join("\n");
        names::to_mark(&name.unwrap_or(all))
    });
    let number = |name: &str| u32::try_from(annotation.get(name)?.as_u64()?).ok();
    let mark = Mark {
        id,
        article,
        selector: Selector {
            turn: number("fangtan:turn"),
            speaker: text(annotation, &["fangtan:speaker"]).map(ToOwned::to_owned),
            ..selector
        },
        note,
        tags,
        highlight: number("fangtan:highlight").and_then(Highlight::numbered).unwrap_or_default(),
        created: created.unwrap_or_default(),
        edited: edited.filter(|&edited| Some(edited) != created || is_ours(annotation)),
    };
    Annotated { mark, created }
}

/// Whether an annotation is one that we exported.
fn is_ours(annotation: &Value) -> bool {
    annotation.get("fangtan:id").is_some()
}

/// What an annotation says: its note and its tags.
fn said(annotation: &Value) -> (String, Vec<String>) {
    let (mut notes, mut tags) = (Vec::new(), Vec::new());
    let whole: Vec<&str> = purposes(annotation.get("motivation"));
    for body in each(annotation.get("body")) {
        let Some(value) = text(body, &["value", "chars"]) else { continue };
        let own = purposes(body.get("purpose"));
        let purposes = if own.is_empty() { &whole } else { &own };
        match purposes.as_slice() {
            ["tagging"] => tags.push(value),
            _ => notes.push(value),
        }
    }
    notes.extend(text(annotation, &["bodyValue"]));
    // Hypothesis has its own names for both.
    notes.extend(text(annotation, &["text"]));
    tags.extend(each(annotation.get("tags")).filter_map(Value::as_str));
    let note = match is_ours(annotation) {
        true => notes.join("\n\n"),
        false => notes.iter().map(|note| note.trim()).collect::<Vec<_>>().join("\n\n"),
    };
    let mut kept: Vec<String> = Vec::new();
    for tag in tags {
        let tag = if is_ours(annotation) { tag } else { plain_tag(tag) };
        if is_ours(annotation) || !tag.is_empty() && !kept.iter().any(|known| known == tag) {
            kept.push(tag.to_owned());
        }
    }
    (note, kept)
}

/// Motivations without their prefix, of both versions of the model.
fn purposes(value: Option<&Value>) -> Vec<&str> {
    let all = each(value).filter_map(|one| one.as_str().or_else(|| text(one, &["id", "@id"])));
    all.map(|name| name.rsplit([':', '#', '/']).next().unwrap_or(name)).collect()
}

/// The article that an annotation is of. One of another program is known by its address alone.
fn article(annotation: &Value, target: &Value) -> Article {
    let own = annotation.get("fangtan:article");
    if let Some(own) = own.filter(|_| is_ours(annotation)) {
        let text = |name: &str| text(own, &[name]).map(ToOwned::to_owned);
        let sketch = each(own.get("fangtan:sketch")).filter_map(Value::as_u64);
        return Article {
            title: text("fangtan:title"),
            url: text("fangtan:address"),
            keys: DocumentKeys {
                url: text("fangtan:url"),
                hash: text("fangtan:hash").unwrap_or_default(),
                sketch: sketch.filter_map(|hash| u32::try_from(hash).ok()).collect(),
            },
        };
    }
    let source = each(target.get("source")).next();
    let address =
        source.and_then(|source| source.as_str().or_else(|| text(source, &["id", "@id"])));
    let address = address.or_else(|| text(annotation, &["uri"]));
    let title = each(annotation.get("document").and_then(|document| document.get("title")))
        .find_map(Value::as_str)
        .or_else(|| {
            source.and_then(|source| text(source, &["dc:title", "title", "name", "label"]))
        });
    Article {
        title: title.map(ToOwned::to_owned),
        url: address.map(ToOwned::to_owned),
        keys: address.map(DocumentKeys::of_address).unwrap_or_default(),
    }
}

/// The passage that selectors select, by the first quote among them.
fn selector(value: &Value) -> Option<Selector> {
    let mut all = Vec::new();
    collect(value, 0, &mut all);
    let of_type = |name: &str| {
        all.iter()
            .copied()
            .find(|one| each(one.get("type")).any(|kind| kind.as_str() == Some(name)))
    };
    let quote = of_type("TextQuoteSelector")?;
    let part = |name: &str| text(quote, &[name]).unwrap_or_default().to_owned();
    let position = of_type("TextPositionSelector");
    let point = |name: &str| {
        let point = position.and_then(|position| position.get(name)?.as_u64());
        point.and_then(|point| u32::try_from(point).ok()).unwrap_or_default()
    };
    let selector = Selector {
        exact: part("exact"),
        prefix: part("prefix"),
        suffix: part("suffix"),
        start: point("start"),
        end: point("end"),
        ..Selector::default()
    };
    (!selector.exact.trim().is_empty()).then_some(selector)
}

/// All selectors in a value: alternatives, and what one is refined by.
fn collect<'a>(value: &'a Value, depth: u8, out: &mut Vec<&'a Value>) {
    if depth > 8 {
        return;
    }
    for one in each(Some(value)) {
        out.push(one);
        for name in ["refinedBy", "items"] {
            if let Some(inner) = one.get(name) {
                collect(inner, depth + 1, out);
            }
        }
    }
}

/// The values of a member that may be one or a list.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let values = match value {
        Some(Value::Array(all)) => all.as_slice(),
        Some(Value::Null) | None => &[],
        Some(one) => std::slice::from_ref(one),
    };
    values.iter()
}

/// The first of these members that is a string.
fn text<'a>(value: &'a Value, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| value.get(name)?.as_str())
}
