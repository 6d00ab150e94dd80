//! A transcript in JSON whose fields are not called as such: what is said, and who says it, by the
//! values. `{"Ann": "…"}` and `["Ann", "…"]` are such pieces, too.

use std::collections::{HashMap, HashSet};

use super::piece::Piece;
use super::value::Value;
use crate::text::Clean;

/// The fewest pieces that are a talk.
const FEWEST: usize = 6;
/// The most who talk.
const NAMES: usize = 24;
/// The longest name, in characters.
const LONGEST: usize = 40;
/// The least that is said in a piece, on average, in characters.
const SAID: usize = 12;

/// The pieces of an array that is a talk by its values.
pub fn pieces(array: &[Value<'_>]) -> Option<Vec<Piece>> {
    if array.len() < FEWEST {
        return None;
    }
    let pairs = array.iter().map(pair).collect::<Option<Vec<_>>>().or_else(|| columns(array))?;
    is_talk(&pairs).then(|| {
        let piece = |(name, text): (&str, &str)| Piece {
            speaker: Some(Clean::line(name).into_string()),
            text: text.to_owned(),
            ..Piece::default()
        };
        pairs.into_iter().map(piece).collect()
    })
}

/// `{"Ann": "…"}` or `["Ann", "…"]`.
fn pair<'v>(value: &'v Value<'_>) -> Option<(&'v str, &'v str)> {
    match value {
        Value::Object(object) => {
            let mut all = object.iter();
            let (name, text) = all.next()?;
            all.next().is_none().then_some((name, text.as_str()?))
        }
        Value::Array(list) => match &list[..] {
            [name, text] => Some((name.as_str()?, text.as_str()?)),
            _ => None,
        },
        _ => None,
    }
}

/// The fields with the longest texts, and those with names that come again.
fn columns<'v>(array: &'v [Value<'_>]) -> Option<Vec<(&'v str, &'v str)>> {
    let mut lengths: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut values: HashMap<&str, HashSet<&str>> = HashMap::new();
    for object in array.iter().filter_map(Value::as_object) {
        for (name, value) in object.iter() {
            let Some(text) = value.as_str() else { continue };
            let (count, length) = lengths.entry(name).or_default();
            (*count, *length) = (*count + 1, *length + text.len());
            let known = values.entry(name).or_default();
            if known.len() <= NAMES {
                known.insert(text);
            }
        }
    }
    let everywhere = |count: usize| count * 10 >= array.len() * 9;
    let full = lengths.iter().filter(|(_, (count, _))| everywhere(*count));
    let (said, _) = full.clone().max_by_key(|(name, (_, length))| (*length, **name))?;
    let named = full.clone().filter(|(name, _)| {
        let known = &values[**name];
        let short = known.iter().all(|text| text.chars().nth(LONGEST).is_none());
        *name != said && short && (2..=NAMES).contains(&known.len())
    });
    // Who speaks has more names than there are kinds of pieces.
    let (name, _) = named.max_by_key(|(name, _)| (values[**name].len(), **name))?;
    let field = |value: &'v Value<'_>, wanted: &str| {
        value.as_object()?.iter().find(|(name, _)| *name == wanted)?.1.as_str()
    };
    let of = array.iter().filter_map(|value| Some((field(value, name)?, field(value, said)?)));
    Some(of.collect())
}

/// Whether some talk by turns, and some ask.
fn is_talk(pairs: &[(&str, &str)]) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in pairs {
        *counts.entry(name).or_default() += 1;
    }
    let again: usize = counts.values().filter(|count| **count > 1).sum();
    let changes = pairs.windows(2).filter(|two| two[0].0 != two[1].0).count();
    let asking = pairs.iter().filter(|(_, text)| text.contains(['?', '？'])).count();
    // One asks, and one answers; of kinds of things each does.
    let share = |name: &str| {
        let of = pairs.iter().filter(|(other, _)| *other == name);
        let asks = of.clone().filter(|(_, text)| text.contains(['?', '？'])).count();
        asks as f64 / of.count().max(1) as f64
    };
    let shares: Vec<f64> = counts.keys().map(|name| share(name)).collect();
    let parted = shares.iter().any(|&asks| asks >= 0.4) && shares.iter().any(|&asks| asks <= 0.35);
    let said: usize = pairs.iter().map(|(_, text)| text.chars().count()).sum();
    let capital = |c: char| c.is_alphabetic() && !c.is_lowercase();
    let names =
        counts.keys().all(|name| name.starts_with(capital) && name.chars().nth(LONGEST).is_none());
    pairs.len() >= FEWEST
        && names
        && parted
        && (2..=NAMES).contains(&counts.len())
        && again * 10 >= pairs.len() * 8
        && changes * 2 >= pairs.len()
        && asking * 7 >= pairs.len()
        && said >= pairs.len() * SAID
}

#[cfg(test)]
mod tests {
    use crate::format::read;

    fn names(text: &str) -> Vec<String> {
        read(text, Some("json")).voices.into_iter().map(|voice| voice.name).collect()
    }

    #[test]
    fn fields_by_their_values() {
        let said = ["Who rings the bell at night?", "Nobody does any more."];
        let three = |piece: fn(&str, &str) -> String| {
            let two = [piece("Ann Lee", said[0]), piece("Bo", said[1])].join(",");
            [&two[..]; 3].join(",")
        };
        for text in [
            format!("[{}]", three(|name, said| format!(r#"{{"{name}":"{said}"}}"#))),
            format!("[{}]", three(|name, said| format!(r#"["{name}","{said}"]"#))),
            format!(
                r#"{{"title":"Bells","dialogue":[{}]}}"#,
                three(|name, said| format!(r#"{{"kind":"say","voice":"{name}","said":"{said}"}}"#))
            ),
        ] {
            assert_eq!(names(&text), ["Ann Lee", "Bo", "Ann Lee", "Bo", "Ann Lee", "Bo"], "{text}");
        }
        let goods =
            |name: &str| format!(r#"{{"sort":"{name}","about":"It is made of good wood."}}"#);
        let goods = [goods("chair"), goods("table")].join(",");
        assert!(names(&format!("[{}]", [&goods[..]; 4].join(","))).is_empty());
        let quiz = |of: &str| format!(r#"{{"of":"{of}","ask":"Which of them is the longest?"}}"#);
        let quiz = [quiz("Rivers"), quiz("Hills")].join(",");
        assert!(names(&format!("[{}]", [&quiz[..]; 4].join(","))).is_empty());
    }
}
