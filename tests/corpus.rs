//! Real interviews with their ground truth: what is found in them. They are not part of the project: where `../shared` is
//! absent, these tests say so and pass.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/shared.rs"]
mod shared;

use std::fs;

use fangtan::interview::{Interview, TurnId};
use fangtan::prose::{BlockId, Kind};
use serde_json::Value;
use shared::{read, shared};

#[test]
fn the_seed_article_is_read_as_it_is() {
    let Some(corpus) = shared("corpus") else { return };
    let interview = read(&corpus.join("zh-seed.md"));
    let front = &interview.front;
    assert!(front.title.as_deref().unwrap().starts_with("万字全文｜Anthropic联合创始人圆桌会议"));
    assert_eq!(front.author.as_deref(), Some("瓜哥AI新知"));
    assert_eq!(front.published.as_deref(), Some("2024-12-21 08:20"));
    assert_eq!(front.place.as_deref(), Some("浙江"));
    assert!(front.url.as_deref().unwrap().starts_with("http://mp.weixin.qq.com/s?__biz="));
    assert!(front.url.as_deref().unwrap().ends_with("#rd"));
    assert_eq!(interview.summary.len(), 7);
    assert!(interview.summary.iter().all(|p| !p.title.is_empty() && !p.text.is_empty()));
    let speakers: Vec<_> = interview.speakers.iter().map(|s| (s.name.as_str(), s.turns)).collect();
    let want = [
        ("主持人Mark", 24),
        ("Jared", 22),
        ("达里奥·阿莫迪", 23),
        ("克里斯", 9),
        ("Danielle", 18),
        ("汤姆·布朗", 7),
    ];
    assert_eq!(speakers, want);
    assert_eq!(interview.turns.len(), 103);
    let images = interview.prose.images();
    assert_eq!(images.len(), 25);
    for image in images {
        let turn = interview.turn_of(image.block).unwrap();
        let before = BlockId(image.block.0 - 1);
        assert_eq!(interview.turn_of(before), Some(turn));
    }
    let outside = |at: u32| {
        let block = interview.prose.block_at(at).unwrap();
        interview.turn_of(block).is_none()
    };
    let links: Vec<_> =
        interview.prose.links().iter().filter(|link| outside(link.span.start)).collect();
    assert_eq!(links.len(), 6);
}

/// Every article of the corpus: its id, its truth, and what is found in it.
fn articles() -> Vec<(String, Value, Interview)> {
    let Some(corpus) = shared("corpus") else { return Vec::new() };
    let mut paths: Vec<_> = fs::read_dir(&corpus).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(".truth.json"))
        .map(|path| {
            let truth: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let id = path.file_name().unwrap().to_string_lossy().replace(".truth.json", "");
            let found = read(&corpus.join(truth["file"].as_str().unwrap()));
            (id, truth, found)
        })
        .collect()
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"*_#>`\\\u{200b}\u{feff}".contains(*c)).collect()
}

fn name(text: &str) -> String {
    let mut out = squeeze(text).to_lowercase();
    out.retain(|c| !"：:()（）".contains(c));
    out
}

/// F1 of the turns: the longest common subsequence of those whose speaker and first twelve
/// characters are the truth's.
fn score(truth: &Value, interview: &Interview) -> f64 {
    let wanted: Vec<(String, String)> = truth["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| {
            let starts = squeeze(turn["starts"].as_str().unwrap()).chars().take(12).collect();
            (name(turn["speaker"].as_str().unwrap()), starts)
        })
        .collect();
    let found: Vec<(String, String, String)> = (0..interview.turns.len() as u32)
        .map(|at| {
            let turn = interview.turn(TurnId(at));
            let blocks = (turn.blocks.start.0..turn.blocks.end.0).map(BlockId);
            let text: String = blocks
                .filter(|&id| !matches!(interview.prose.block(id).kind, Kind::Image(_)))
                .map(|id| interview.prose.slice(fangtan::typeset::body(interview, id)))
                .collect();
            let speaker = name(&interview.speaker(turn.speaker).name);
            (speaker, name(&turn.printed), squeeze(&text).chars().take(40).collect())
        })
        .collect();
    if wanted.is_empty() || found.is_empty() {
        return f64::from(u8::from(wanted.is_empty() && found.is_empty()));
    }
    let mut best = vec![0_u32; found.len() + 1];
    for (speaker, starts) in &wanted {
        let mut row = best.clone();
        for (at, (own, printed, text)) in found.iter().enumerate() {
            let hit = text.starts_with(starts) && (own == speaker || printed == speaker);
            row[at + 1] = best[at + 1].max(row[at]).max(best[at] + u32::from(hit));
        }
        best = row;
    }
    2.0 * f64::from(best[found.len()]) / (wanted.len() + found.len()) as f64
}

#[test]
fn the_turns_of_the_corpus_are_found() {
    let mut rows: Vec<_> =
        articles().iter().map(|(id, truth, found)| (score(truth, found), id.clone())).collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (score, id) in &rows {
        println!("{score:6.3}  {id}");
    }
    let mean = rows.iter().map(|row| row.0).sum::<f64>() / rows.len() as f64;
    println!("mean {mean:.4}");
    for (score, id) in &rows {
        assert!(*score == 1.0 || id != "zh-seed" && !id.starts_with("neg-"), "{id}: {score}");
        assert!(*score >= 0.9, "{id}: {score}");
    }
    assert!(mean >= 0.985, "{mean}");
}

/// The title, the speakers in the order of their first turns, and whether there is a summary. The
/// truth lists each printed form of a name that begins a turn; its aliases say whose form it is.
#[test]
fn titles_speakers_and_summaries_of_the_corpus_are_found() {
    for (id, truth, found) in &articles() {
        if let Some(title) = truth["title"].as_str().filter(|title| !title.is_empty()) {
            assert_eq!(name(found.front.title.as_deref().unwrap_or("")), name(title), "{id}");
        }
        if let Some(wanted) = truth["has_summary"].as_bool() {
            assert_eq!(!found.summary.is_empty(), wanted, "{id}: has a summary");
        }
        let of = |form: &str| match truth["aliases"].as_object() {
            Some(aliases) => aliases
                .iter()
                .find(|(alias, _)| name(alias) == name(form))
                .map_or_else(|| name(form), |(_, whose)| name(whose.as_str().unwrap())),
            None => name(form),
        };
        let mut wanted: Vec<String> = Vec::new();
        for form in truth["speakers"].as_array().unwrap() {
            let whose = of(form.as_str().unwrap());
            if !wanted.contains(&whose) {
                wanted.push(whose);
            }
        }
        let speakers: Vec<_> = found
            .speakers
            .iter()
            .map(|speaker| {
                let forms = speaker.aliases.iter().map(|alias| of(alias));
                let mut forms = std::iter::once(of(&speaker.name)).chain(forms);
                forms.find(|form| wanted.contains(form)).unwrap_or_else(|| name(&speaker.name))
            })
            .collect();
        assert_eq!(speakers, wanted, "{id}");
    }
}
