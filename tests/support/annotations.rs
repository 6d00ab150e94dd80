//! What the W3C Web Annotation Data Model (Recommendation of 23 February 2017) says a collection and
//! its annotations MUST be, as far as they have these parts.

use std::collections::BTreeSet;

use serde_json::Value;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

const MOTIVATIONS: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];

/// Every member that the context defines and we may use; others need a prefix of their own.
const TERMS: [&str; 25] = [
    "@context",
    "id",
    "type",
    "label",
    "total",
    "first",
    "last",
    "partOf",
    "startIndex",
    "items",
    "motivation",
    "purpose",
    "created",
    "modified",
    "body",
    "value",
    "format",
    "target",
    "source",
    "selector",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
];

/// What is wrong with a collection; empty when nothing is.
pub fn faults(collection: &Value) -> Vec<String> {
    let mut faults = Faults::default();
    faults.collection(collection);
    faults.said
}

#[derive(Default)]
struct Faults {
    said: Vec<String>,
    ids: BTreeSet<String>,
}

impl Faults {
    fn must(&mut self, holds: bool, what: &str, value: &Value) {
        if !holds {
            self.said.push(format!("{what}: {value}"));
        }
    }

    /// 5.1
    fn collection(&mut self, value: &Value) {
        let contexts = each(&value["@context"]);
        self.must(contexts.iter().any(|one| *one == CONTEXT), "@context", &value["@context"]);
        // A single context is a string and no list.
        self.must(contexts.len() > 1 || value["@context"].is_string(), "@context", value);
        let prefixes: Vec<String> = contexts
            .iter()
            .filter_map(|one| one.as_object())
            .flat_map(|terms| terms.iter())
            .map(|(prefix, iri)| {
                // JSON-LD 1.1, 4.1.5: a prefix is an IRI that ends in a general delimiter.
                let text = iri.as_str().unwrap_or_default();
                let ends = text.ends_with([':', '/', '?', '#', '[', ']', '@']);
                self.must(ends && is_iri(iri), "a prefix", iri);
                format!("{prefix}:")
            })
            .collect();
        self.terms(value, &prefixes);
        self.identity(value, "AnnotationCollection");
        self.must(value["label"].is_string(), "label", &value["label"]);
        let total = value["total"].as_u64();
        self.must(total.is_some(), "total", &value["total"]);
        if total == Some(0) {
            self.must(value.get("first").is_none(), "a page of nothing", value);
            return;
        }
        let page = &value["first"];
        self.page(page, value);
        self.must(value["last"] == page["id"], "last", &value["last"]);
        let count = page["items"].as_array().map_or(0, Vec::len);
        self.must(total == Some(count as u64), "total", &value["total"]);
    }

    /// 5.2
    fn page(&mut self, value: &Value, collection: &Value) {
        self.identity(value, "AnnotationPage");
        self.must(value.get("@context").is_none(), "a context inside", value);
        self.must(value["partOf"] == collection["id"], "partOf", &value["partOf"]);
        self.must(value["startIndex"].as_u64() == Some(0), "startIndex", &value["startIndex"]);
        let items = value["items"].as_array();
        self.must(items.is_some_and(|items| !items.is_empty()), "items", &value["items"]);
        for item in items.into_iter().flatten() {
            self.annotation(item);
        }
    }

    /// 3.1 to 3.3
    fn annotation(&mut self, value: &Value) {
        self.identity(value, "Annotation");
        for name in ["created", "modified"] {
            if let Some(time) = value.get(name) {
                self.must(is_time(time), name, time);
            }
        }
        self.motivations(&value["motivation"]);
        for body in each(&value["body"]) {
            self.must(body["type"] == "TextualBody", "the type of a body", body);
            self.must(body["value"].is_string(), "the value of a body", body);
            self.motivations(&body["purpose"]);
        }
        let targets = each(&value["target"]);
        self.must(!targets.is_empty(), "a target", value);
        for target in targets {
            self.must(target["type"] == "SpecificResource", "the type of a target", target);
            self.must(is_iri(&target["source"]), "source", &target["source"]);
            for selector in each(&target["selector"]) {
                self.selector(selector);
            }
        }
    }

    /// 4.2.4 and 4.2.5
    fn selector(&mut self, value: &Value) {
        match value["type"].as_str() {
            Some("TextQuoteSelector") => {
                self.must(value["exact"].is_string(), "exact", value);
                for name in ["prefix", "suffix"] {
                    self.must(value.get(name).is_none_or(Value::is_string), name, value);
                }
            }
            Some("TextPositionSelector") => {
                let (start, end) = (value["start"].as_u64(), value["end"].as_u64());
                self.must(start.is_some() && start <= end, "a position", value);
            }
            _ => self.must(false, "the type of a selector", value),
        }
    }

    fn motivations(&mut self, value: &Value) {
        for one in each(value) {
            let known = one.as_str().is_some_and(|name| MOTIVATIONS.contains(&name));
            self.must(known, "a motivation", one);
        }
    }

    fn identity(&mut self, value: &Value, kind: &str) {
        self.must(each(&value["type"]).iter().any(|one| *one == kind), kind, &value["type"]);
        self.must(is_iri(&value["id"]), "an id", &value["id"]);
        let is_new = self.ids.insert(value["id"].to_string());
        self.must(is_new, "an id twice", &value["id"]);
    }

    /// Every member is one of the context's, or has a prefix that is declared.
    fn terms(&mut self, value: &Value, prefixes: &[String]) {
        match value {
            Value::Array(all) => all.iter().for_each(|one| self.terms(one, prefixes)),
            Value::Object(members) => {
                for (name, inner) in members {
                    let known = TERMS.contains(&name.as_str())
                        || prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()));
                    self.must(known, "a member without a meaning", &Value::from(name.as_str()));
                    if name != "@context" {
                        self.terms(inner, prefixes);
                    }
                }
            }
            _ => {}
        }
    }
}

fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    }
}

/// RFC 3987, 2.2, without the shape of authorities: a scheme, and characters that may stand in one.
fn is_iri(value: &Value) -> bool {
    let Some((scheme, rest)) = value.as_str().and_then(|text| text.split_once(':')) else {
        return false;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let escapes = rest
        .split('%')
        .skip(1)
        .all(|behind| behind.len() > 1 && behind.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit));
    let allowed = |c: char| match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c),
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => true,
        c => c >= '\u{10000}',
    };
    let urn = scheme != "urn"
        || rest.split_once('#').map_or(rest, |(name, _)| name).strip_prefix("uuid:").is_some_and(
            |uuid| {
                let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
                lengths == [8, 4, 4, 4, 12]
                    && uuid.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
            },
        );
    is_scheme && urn && escapes && rest.chars().all(allowed) && rest.matches('#').count() <= 1
}

/// An `xsd:dateTime` in UTC.
fn is_time(value: &Value) -> bool {
    let Some((date, time)) = value.as_str().and_then(|text| text.split_once('T')) else {
        return false;
    };
    let Some(time) = time.strip_suffix('Z') else { return false };
    let (time, part) = time.split_once('.').unwrap_or((time, "0"));
    let shape = |text: &str, by: char, lengths: &[usize]| {
        let parts: Vec<&str> = text.split(by).collect();
        parts.iter().map(|part| part.len()).eq(lengths.iter().copied())
            && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    shape(date, '-', &[4, 2, 2])
        && shape(time, ':', &[2, 2, 2])
        && !part.is_empty()
        && part.bytes().all(|byte| byte.is_ascii_digit())
}
