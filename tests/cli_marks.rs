//! `fangtan marks` as people and scripts call it: the built program, in homes of their own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/annotations.rs"]
mod annotations;
mod support;

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::os::unix::ffi::OsStringExt;
use std::process::{Output, Stdio};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};
use support::Home;

const TALK: &str = "---\ntitle: 三问 *海* & 风\nauthor: 南舟\ndate: 2024-05-06 07:08\n\
    url: https://sea.example/talks/三问?utm_source=x\n---\n\n\
    **林舟** 00:00:05\n\n海是什么颜色？\n\n\
    **周砚** 00:00:12\n\n灰的，有时候绿，要看风从哪一边来。\n\n\
    第二段里有 a_b_c 与 \\<标签\\> 和 \\&amp; 号，说的是 2 \\* 3。\n\n\
    **林舟** 00:01:40\n\n那还会再去吗？\n\n\
    **周砚** 00:01:44\n\n会去，风大也去，雨大也去，一直到灯塔不亮为止。\n";

const OTHER: &str = "# 另一谈\n\n**甲：** 早上好，你来得很早。\n\n**乙：** 早上好，路上没有人。\n\n\
    **甲：** 坐吧。\n\n**乙：** 好，谢谢。\n";

fn told(output: &Output) -> (Option<i32>, &str, &str) {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// What `fangtan marks …` does in English.
fn marks<A: AsRef<OsStr>>(home: &Home, arguments: &[A]) -> Output {
    let mut all: Vec<OsString> = vec!["--lang".into(), "en".into(), "marks".into()];
    all.extend(arguments.iter().map(|argument| argument.as_ref().to_owned()));
    home.command(&all).current_dir(home.path()).output().unwrap()
}

/// What it prints; it must succeed and be silent otherwise.
#[track_caller]
fn printed<A: AsRef<OsStr>>(home: &Home, arguments: &[A]) -> String {
    let output = marks(home, arguments);
    let (code, out, err) = told(&output);
    assert_eq!((code, err), (Some(0), ""));
    out.to_owned()
}

/// Two articles and four bookmarks, one of them edited; the ids of those of the first.
fn marked() -> (Home, [String; 3]) {
    let home = Home::new();
    home.file("talk.md", TALK);
    home.file("other.md", OTHER);
    let add =
        |arguments: &[&str]| printed(&home, &[&["add"], arguments].concat()).trim_end().to_owned();
    let late =
        add(&["talk.md", "--quote", "风大也去，雨大也去", "--tag", "风", "--tag", "#长 标签"]);
    add(&["other.md", "--quote", "路上没有人", "--note", "*早*"]);
    let two = add(&["talk.md", "--quote", "绿，要看风从哪一边来。", "--highlight", "3"]);
    let early = add(&["talk.md", "--quote", "海是什么颜色？", "--note", "问一\n# 问二\n\n> 问三"]);
    printed(&home, &["edit", &two, "--note", "改过"]);
    (home, [early, two, late])
}

fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn listed(home: &Home, arguments: &[&str]) -> Vec<Value> {
    let text = printed(home, &[&["list", "--json"], arguments].concat());
    value(&text).as_array().unwrap().clone()
}

/// What a home has below it.
fn files(home: &Home) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(home.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_edited_is_what_is_given() {
    let (home, [early, _, late]) = marked();
    let find = |id: &str| listed(&home, &[]).into_iter().find(|mark| mark["id"] == id).unwrap();
    assert_eq!(find(&late)["tags"], json!(["风", "长 标签"]));
    assert_eq!((&find(&late)["highlight"], &find(&late)["edited"]), (&json!(1), &Value::Null));
    printed(&home, &["edit", &late.to_lowercase(), "--tag", "x", "--tag", " #x", "--tag", "y"]);
    printed(&home, &["edit", &late, "--highlight", "4"]);
    let mark = find(&late);
    assert_eq!((&mark["tags"], &mark["highlight"]), (&json!(["x", "y"]), &json!(4)));
    assert!(mark["edited"].is_string());
    printed(&home, &["edit", &early, "--note", "", "--tag", ""]);
    assert_eq!((&find(&early)["note"], &find(&early)["tags"]), (&json!(""), &json!([])));
    for (arguments, code) in [
        (&["edit", early.as_str()][..], 2),
        (&["edit", "--note", "x"], 2),
        (&["edit", &early, "--highlight", "5"], 2),
        (&["add", "talk.md", "--quote", "海", "--highlight", "0"], 2),
        (&["export"], 2),
        (&["export", "--to", "pdf"], 2),
        (&["import"], 2),
        (&["edit", "NOBODY", "--note", "x"], 1),
        (&["remove", "NOBODY"], 1),
        (&["export", "none.md", "--to", "md"], 1),
        (&["import", "none.json"], 1),
    ] {
        let output = marks(&home, arguments);
        let (got, out, err) = told(&output);
        assert_eq!((got, out), (Some(code), ""), "{arguments:?}");
        assert!(code == 2 || err.lines().count() == 1 && err.starts_with("fangtan: "), "{err}");
    }
}

#[test]
fn lists_are_narrowed_by_tag_and_text() {
    let (home, [early, two, late]) = marked();
    let ids = |arguments: &[&str]| -> Vec<String> {
        let id = |mark: &Value| mark["id"].as_str().unwrap().to_owned();
        listed(&home, arguments).iter().map(id).collect()
    };
    assert_eq!(ids(&["talk.md"]), [early.as_str(), two.as_str(), late.as_str()]);
    assert_eq!(ids(&["--tag", "#风"]), [late.as_str()]);
    assert_eq!(ids(&["--tag", "风", "--tag", "长 标签"]), [late.as_str()]);
    assert!(ids(&["--tag", "风", "--tag", "无"]).is_empty());
    assert_eq!(ids(&["--search", "改过"]), [two.as_str()]);
    assert_eq!(ids(&["--search", "周砚"]), [two.as_str(), late.as_str()]);
    assert_eq!(ids(&["--search", "三问"]).len(), 3);
    assert_eq!(ids(&["--search", "雨大也去", "talk.md"]), [late.as_str()]);
    let text = printed(&home, &["list", "--search", "问一"]);
    let want = format!("三问 *海* & 风\n{early}  1  林舟  海是什么颜色？  [问一 # 问二 > 问三]\n");
    assert_eq!(text, want);
    assert_eq!(printed(&home, &["list", "--tag", "无"]), "");
    let exported = printed(&home, &["export", "--to", "json", "--tag", "风"]);
    assert_eq!(value(&exported)["marks"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_exported_comes_back_with_nothing_lost() {
    let (home, _) = marked();
    for format in ["json", "w3c"] {
        let first = printed(&home, &["export", "--to", format]);
        assert_eq!(first, printed(&home, &["export", "--to", format]));
        let there = Home::new();
        there.file("all.json", &first);
        let import = |want: &str| assert_eq!(printed(&there, &["import", "all.json"]), want);
        import("4 added, 0 changed, 0 already there\n");
        assert_eq!(printed(&there, &["export", "--to", format]), first, "{format}");
        let log = || {
            let dir = std::fs::read_dir(there.path().join("data/fangtan/marks")).unwrap();
            std::fs::read(dir.map(|entry| entry.unwrap().path()).next().unwrap()).unwrap()
        };
        let before = log();
        import("0 added, 0 changed, 4 already there\n");
        assert_eq!(log(), before, "what is there is not written again");
        // Both ways lose nothing, so each gives the other.
        let other = if format == "json" { "w3c" } else { "json" };
        let here = printed(&home, &["export", "--to", other]);
        assert_eq!(printed(&there, &["export", "--to", other]), here);
        // It is found in the article again.
        there.file("moved.md", TALK);
        let found: Vec<Value> = listed(&there, &["moved.md"]);
        assert!(found.len() == 3 && found.iter().all(|mark| mark["found"] == "exact"));
    }
}

#[test]
fn of_two_states_the_later_one_stays() {
    let (home, [_, two, late]) = marked();
    let old = printed(&home, &["export", "--to", "json"]);
    home.file("old.json", &old);
    printed(&home, &["edit", &two, "--note", "再改"]);
    printed(&home, &["remove", &late]);
    let said = printed(&home, &["import", "old.json"]);
    assert_eq!(said, "1 added, 0 changed, 3 already there\n");
    let note = |home: &Home| {
        let mut all = listed(home, &[]).into_iter();
        all.find(|mark| mark["id"] == two.as_str()).unwrap()["note"].clone()
    };
    assert_eq!(note(&home), "再改");
    let there = Home::new();
    there.file("old.json", &old);
    there.file("new.json", printed(&home, &["export", "--to", "json"]));
    printed(&there, &["import", "old.json"]);
    assert_eq!(printed(&there, &["import", "new.json"]), "0 added, 1 changed, 3 already there\n");
    assert_eq!(note(&there), "再改");
    // An edit by hand counts when it says that it is new.
    let hand = old.replace("\"*早*\"", "\"晚\"");
    there.file("hand.json", &hand);
    assert_eq!(printed(&there, &["import", "hand.json"]), "0 added, 0 changed, 4 already there\n");
    let new = hand.replace("\"edited\": null", "\"edited\": \"2999-01-01T00:00:00Z\"");
    there.file("hand.json", new);
    assert_eq!(printed(&there, &["import", "hand.json"]), "0 added, 1 changed, 3 already there\n");
    let mut zh = there.command(&["marks", "import", "-"]);
    let mut zh = zh.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    zh.stdin.take().unwrap().write_all(old.as_bytes()).unwrap();
    let output = zh.wait_with_output().unwrap();
    assert_eq!(told(&output).1, "新增 0 条，更新 0 条，已有 4 条\n");
}

#[test]
fn annotations_are_what_the_model_says_they_must_be() {
    let (home, _) = marked();
    // What our own bookmarks do not have: no address, a name that is no ULID, a broken address.
    let odd = |id: &str, url: Option<&str>, hash: &str| {
        json!({ "id": id, "quote": "一句", "created": "2020-01-01T00:00:00Z",
            "article": { "title": "无", "url": url, "keys": { "hash": hash } } })
    };
    let more = json!({ "fangtan": "marks", "version": 1, "marks": [
        odd("手写的", None, &"0a".repeat(32)),
        odd("2", Some("https://a.example/a b|\u{FFFD}#x#y%"), ""),
        odd("3", Some("没有协议"), ""),
    ] });
    home.file("more.json", more.to_string());
    assert_eq!(printed(&home, &["import", "more.json"]), "3 added, 0 changed, 0 already there\n");
    for arguments in [
        &["export", "--to", "w3c"][..],
        &["export", "talk.md", "--to", "w3c"],
        &["export", "--to", "w3c", "--tag", "无"],
    ] {
        let collection = value(&printed(&home, arguments));
        assert_eq!(annotations::faults(&collection), [""; 0], "{arguments:?}");
    }
    let all = printed(&home, &["export", "--to", "w3c"]);
    let collection = value(&all);
    assert_eq!(collection["total"], 7);
    let of_talk = value(&printed(&home, &["export", "talk.md", "--to", "w3c"]));
    assert_eq!(of_talk["label"], "三问 *海* & 风");
    let first = &of_talk["first"]["items"][0];
    assert_eq!(first["motivation"], "commenting");
    assert_eq!(first["target"]["source"], "https://sea.example/talks/三问?utm_source=x");
    assert_eq!(first["target"]["selector"][0]["exact"], "海是什么颜色？");
    // The odd ones come back, too; so does a collection of nothing.
    let there = Home::new();
    there.file("all.json", &all);
    there.file("none.json", printed(&there, &["export", "--to", "w3c"]));
    assert_eq!(printed(&there, &["import", "none.json"]), "0 added, 0 changed, 0 already there\n");
    printed(&there, &["import", "all.json"]);
    assert_eq!(printed(&there, &["export", "--to", "w3c"]), all);
    assert_eq!(
        printed(&there, &["export", "--to", "json"]),
        printed(&home, &["export", "--to", "json"])
    );
}

#[test]
fn the_checker_of_annotations_sees_what_is_wrong() {
    let (home, _) = marked();
    let good = value(&printed(&home, &["export", "--to", "w3c"]));
    let breaks: [(&str, Value); 9] = [
        ("/id", json!("no iri")),
        ("/@context", json!(["http://www.w3.org/ns/anno.jsonld"])),
        ("/total", json!(3)),
        ("/first/items/1/id", good["first"]["items"][0]["id"].clone()),
        ("/first/items/0/type", json!("Note")),
        ("/first/items/0/created", json!("2024-01-01 10:00")),
        ("/first/items/0/target/source", json!("a b")),
        ("/first/items/0/target/selector/1/start", json!(-1)),
        ("/first/items/0/target/selector/0/exact", Value::Null),
    ];
    for (place, bad) in breaks {
        let mut broken = good.clone();
        *broken.pointer_mut(place).unwrap() = bad;
        assert!(!annotations::faults(&broken).is_empty(), "{place}");
    }
}

/// What the Hypothesis client exports, with three of its kinds: a passage with a note, a note on
/// the page, an answer.
fn hypothesis(text: &str, updated: &str) -> String {
    let target = json!([{ "source": "https://sea.example/talks/三问", "selector": [
        { "type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0,
          "endContainer": "/p[1]", "endOffset": 9 },
        { "type": "TextPositionSelector", "start": 4321, "end": 4330 },
        { "type": "TextQuoteSelector", "exact": "要看风从哪一边来", "prefix": "绿，", "suffix": "。" },
    ] }]);
    let bare = json!([{ "source": "https://sea.example/talks/三问" }]);
    let uri = "https://sea.example/talks/三问";
    json!({ "export_date": "2025-01-01T00:00:00Z", "client_version": "1.0", "annotations": [
        { "id": "q7Zt3", "created": "2024-06-01T10:00:00.123456+00:00", "updated": updated,
          "user": "acct:a@b", "uri": uri, "text": text, "tags": ["风", " #风", "看"],
          "target": target, "document": { "title": ["三问"] }, "group": "__world__" },
        { "id": "page", "created": "2024-06-01T11:00:00Z", "updated": "2024-06-01T11:00:00Z",
          "uri": uri, "text": "整页", "tags": [], "target": bare },
        { "id": "reply", "created": "2024-06-01T11:00:00Z", "updated": "2024-06-01T11:00:00Z",
          "uri": uri, "text": "答", "tags": [], "references": ["q7Zt3"], "target": bare },
    ] })
    .to_string()
}

#[test]
fn annotations_of_other_programs_come_to_their_article() {
    let home = Home::new();
    home.file("talk.md", TALK);
    home.file("h.json", hypothesis("一个注", "2024-06-01T10:00:00.123456+00:00"));
    let said = printed(&home, &["import", "h.json"]);
    assert_eq!(
        said,
        "1 added, 0 changed, 0 already there; 2 annotations without a passage passed over\n"
    );
    let found = listed(&home, &["talk.md"]);
    assert_eq!(found.len(), 1);
    let mark = &found[0];
    assert_eq!((&mark["quote"], &mark["found"]), (&json!("要看风从哪一边来"), &json!("exact")));
    assert_eq!((&mark["note"], &mark["tags"]), (&json!("一个注"), &json!(["风", "看"])));
    assert_eq!(
        (&mark["created"], &mark["edited"]),
        (&json!("2024-06-01T10:00:00.123Z"), &Value::Null)
    );
    assert_eq!((&mark["speaker"], &mark["article"]["title"]), (&json!("周砚"), &json!("三问")));
    let id = mark["id"].as_str().unwrap();
    assert!(id.len() == 26 && id.chars().all(|c| c.is_ascii_alphanumeric()));
    assert!(printed(&home, &["import", "h.json"]).starts_with("0 added, 0 changed, 1 already"));
    home.file("h.json", hypothesis("改了", "2024-07-01T10:00:00Z"));
    assert!(printed(&home, &["import", "h.json"]).starts_with("0 added, 1 changed, 0 already"));
    let again = &listed(&home, &["talk.md"])[0];
    assert_eq!((&again["id"], &again["note"]), (&json!(id), &json!("改了")));
    // An article that only says it has that address does not have the passage.
    home.file(
        "liar.md",
        OTHER.replacen("# 另一谈", "---\nurl: https://sea.example/talks/三问\n---\n\n# 另一谈", 1),
    );
    let lost = listed(&home, &["liar.md"]);
    assert!(lost.len() == 1 && lost[0]["found"] == "lost");
    home.file("stranger.md", OTHER);
    assert!(listed(&home, &["stranger.md"]).is_empty());
    // They can go on as annotations.
    let exported = printed(&home, &["export", "--to", "w3c"]);
    assert_eq!(annotations::faults(&value(&exported)), [""; 0]);
    let there = Home::new();
    there.file("w.json", &exported);
    printed(&there, &["import", "w.json"]);
    assert_eq!(printed(&there, &["export", "--to", "w3c"]), exported);
}

#[test]
fn annotations_have_many_shapes() {
    let quote = json!({ "type": "TextQuoteSelector", "exact": "早上好" });
    let page = json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://x.example/p",
        "type": "AnnotationPage", "items": [
        { "id": "http://x.example/1", "type": "Annotation", "motivation": "tagging",
          "body": { "type": "TextualBody", "value": "招呼" },
          "target": { "source": "http://x.example/a", "selector": quote } },
        { "id": "http://x.example/2", "type": ["Annotation"], "bodyValue": "话",
          "target": [
            { "source": { "id": "http://x.example/a" }, "selector": { "type": "FragmentSelector",
              "value": "p1", "refinedBy": quote } },
            { "source": "http://x.example/b", "selector": [quote] } ] },
        { "type": "Annotation", "body": ["http://x.example/note", { "type": "TextualBody",
          "value": "一" }, { "type": "TextualBody", "value": "二", "purpose": ["oa:tagging"] }],
          "target": { "source": "urn:isbn:1", "selector": quote } },
    ] });
    let home = Home::new();
    home.file("page.json", page.to_string());
    home.file("list.json", page["items"].to_string());
    home.file("rows.json", json!({ "total": 3, "rows": page["items"] }).to_string());
    home.file("one.json", page["items"][0].to_string());
    assert_eq!(printed(&home, &["import", "page.json"]), "4 added, 0 changed, 0 already there\n");
    for (file, count) in [("page.json", 4), ("list.json", 4), ("rows.json", 4), ("one.json", 1)] {
        let want = format!("0 added, 0 changed, {count} already there\n");
        assert_eq!(printed(&home, &["import", file]), want, "{file}");
    }
    let mut said: Vec<(String, Value, Value)> = listed(&home, &[])
        .into_iter()
        .map(|mark| {
            (mark["note"].to_string(), mark["tags"].clone(), mark["article"]["url"].clone())
        })
        .collect();
    said.sort_by_key(|(note, _, url)| (note.clone(), url.to_string()));
    let want = [
        ("\"\"", json!(["招呼"]), "http://x.example/a"),
        ("\"一\"", json!(["二"]), "urn:isbn:1"),
        ("\"话\"", json!([]), "http://x.example/a"),
        ("\"话\"", json!([]), "http://x.example/b"),
    ];
    assert_eq!(said, want.map(|(note, tags, url)| (note.to_owned(), tags, json!(url))));
}

#[test]
fn a_bad_file_is_told_on_one_line_and_changes_nothing() {
    let (full, _) = marked();
    let good = printed(&full, &["export", "--to", "json"]);
    let lines = |count: usize| good.lines().take(count).collect::<Vec<_>>().join("\n");
    let quoteless = good.replacen("\"quote\"", "\"quotes\"", 1);
    let texts: [(&str, Vec<u8>, &str); 12] = [
        ("empty.json", b"".to_vec(), "empty.json: "),
        ("text.json", "只是文字".into(), "text.json:1: "),
        ("cut.json", lines(20).into(), "cut.json:20: "),
        ("quote.json", quoteless.into(), ": missing field `quote`"),
        ("blank.json", good.replacen("海是什么颜色？", " ", 1).into(), "is empty"),
        (
            "time.json",
            good.replacen("\"created\": \"2", "\"created\": \"x2", 1).into(),
            "is no time",
        ),
        (
            "later.json",
            good.replacen("\"version\": 1", "\"version\": 2", 1).into(),
            "later fangtan",
        ),
        ("number.json", "7".into(), "neither bookmarks nor annotations"),
        ("object.json", "{\"a\": [1]}".into(), "neither bookmarks nor annotations"),
        (
            "pages.json",
            "[{\"id\": \"x\", \"target\": \"http://a.example\"}]".into(),
            "quotes a passage",
        ),
        ("gbk.json", b"{\"fangtan\": \"\xB7\xC3\xCC\xB8\xB7\xC3\xCC\xB8\"}".to_vec(), "not UTF-8"),
        ("deep.json", "[".repeat(100_000).into(), "deep.json:1: "),
    ];
    let home = Home::new();
    for (name, text, want) in texts {
        home.file(name, text);
        let output = marks(&home, &["import", name]);
        let (code, out, err) = told(&output);
        assert_eq!((code, out), (Some(1), ""), "{name}");
        assert!(err.starts_with(&format!("fangtan: {name}")), "{err}");
        assert!(err.contains(want) && err.lines().count() == 1, "{err}");
    }
    assert!(!files(&home).contains(&"data".to_owned()), "nothing is written");
    let line = good.lines().position(|line| line.contains("\"created\"")).unwrap() + 1;
    let output = marks(&home, &["import", "time.json"]);
    assert!(told(&output).2.contains(&format!("time.json:{line}: ")), "{}", told(&output).2);
}

#[test]
fn what_cannot_be_written_is_told_and_not_there() {
    let (home, [early, ..]) = marked();
    let before = printed(&home, &["export", "--to", "json"]);
    home.file("more.json", before.replace(&early, "01JFM4Z5Q8V6X3T2W1R0N9M8K7"));
    // No log can be named without the device's id.
    let device = home.path().join("data/fangtan/device");
    std::fs::remove_file(&device).unwrap();
    std::fs::create_dir(&device).unwrap();
    for arguments in [
        &["import", "more.json"][..],
        &["edit", &early, "--note", "x"],
        &["remove", &early],
        &["add", "talk.md", "--quote", "海是"],
    ] {
        let output = marks(&home, arguments);
        let (code, out, err) = told(&output);
        assert_eq!((code, out, err.lines().count()), (Some(1), "", 1), "{arguments:?}");
        assert!(err.starts_with("fangtan: Not saved: "), "{err}");
    }
    assert_eq!(printed(&home, &["export", "--to", "json"]), before);
}

/// A document as CommonMark and GitHub's additions read it: quotes by paragraph, and all text.
fn parsed(markdown: &str) -> (Vec<Vec<String>>, Vec<String>, String) {
    let (mut quotes, mut titles, mut rest) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quote, mut is_title) = (false, false);
    for event in Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES,
    ) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => {
                is_quote = true;
                quotes.push(Vec::new());
            }
            Event::End(TagEnd::BlockQuote(_)) => is_quote = false,
            Event::Start(Tag::Heading { .. }) => {
                is_title = true;
                titles.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => is_title = false,
            Event::Start(Tag::Paragraph) if is_quote => {
                quotes.last_mut().unwrap().push(String::new())
            }
            Event::End(TagEnd::Paragraph) if !is_quote => rest.push_str("\n\n"),
            Event::Text(text) => match (is_quote, is_title) {
                (true, _) => quotes.last_mut().unwrap().last_mut().unwrap().push_str(&text),
                (_, true) => titles.last_mut().unwrap().push_str(&text),
                _ => rest.push_str(&text),
            },
            Event::HardBreak => rest.push('\n'),
            Event::Start(Tag::Paragraph | Tag::Strong | Tag::Emphasis | Tag::Link { .. })
            | Event::End(_) => {}
            other => panic!("{other:?} in\n{markdown}"),
        }
    }
    (quotes, titles, rest)
}

#[test]
fn a_document_reads_as_what_was_marked() {
    let (home, _) = marked();
    let text = printed(&home, &["export", "talk.md", "--to", "md"]);
    let want = "# 三问 \\*海\\* & 风\n\n\
        南舟 · 2024-05-06 07:08 · <https://sea.example/talks/三问?utm_source=x>\n\n\
        **林舟** · 0:05\n\n> 海是什么颜色？\n\n问一\\\n\\# 问二\n\n\\> 问三\n\n\
        **周砚** · 0:12\n\n> 绿，要看风从哪一边来。\n\n改过\n\n\
        **周砚** · 1:44\n\n> 风大也去，雨大也去\n\n#风 #长-标签\n";
    assert_eq!(text, want);
    assert!(include_str!("../docs/passages.md").contains(&text), "docs/passages.md shows it");
    // Without the file: all articles, by title, and what is known without it.
    let all = printed(&home, &["export", "--to", "md"]);
    let (_, titles, rest) = parsed(&all);
    assert_eq!(titles, ["三问 *海* & 风", "另一谈"]);
    assert!(rest.contains("问一\n# 问二\n\n> 问三\n\n") && rest.contains("*早*"), "{rest}");
    assert!(!rest.contains("0:05") && !all.contains("南舟"), "{all}");
    assert_eq!(printed(&Home::new(), &["export", "--to", "md"]), "");
}

#[test]
fn whatever_a_passage_has_in_it_comes_out_of_the_document() {
    let quotes = [
        "# 井号 #",
        "- 减号",
        "+ 加",
        "1. 一",
        "2) 二",
        "> 尖",
        "* 星 *星* **星**",
        "_下_ 划_线_ a_b",
        "`码` ``码``",
        "[链](http://a.example) ![图](x)",
        "[x]: http://a.example",
        "<b>标签</b> <!-- -->",
        "&amp; &#35; &copy; AT&T",
        "~~删~~ 好~来~",
        "a | b\n--- | ---\n1 | 2",
        "|a|\n|-|",
        ":-- | :--",
        "题\n===",
        "题\n---",
        "***",
        "```\nlet a;\n```",
        "    缩进",
        "  - 两格",
        "\\*反\\",
        "行尾两格  \n下一行",
        "https://a.example/x_y_z",
        "[ ] 待办",
        "[^1] 注",
        "！[x]",
        "甲：\n乙：好\n\n丙",
        "“引”*号*，后",
        "#标签",
        "12345. 数",
        "a\u{3000}\u{3000}b",
        "《书》_斜_。",
        "$x$ ^y^ {z}",
        "==亮== --破折",
    ];
    let marks: Vec<Value> = quotes
        .iter()
        .enumerate()
        .map(|(at, quote)| {
            json!({ "id": format!("{at:03}"), "quote": quote, "note": quote, "start": at,
                "article": { "title": "全 # *部* #", "keys": { "hash": "h" } },
                "created": "2024-01-01T00:00:00Z" })
        })
        .collect();
    let home = Home::new();
    let all = json!({ "fangtan": "marks", "version": 1, "marks": marks }).to_string();
    home.file("all.json", all);
    printed(&home, &["import", "all.json"]);
    let (read, titles, rest) = parsed(&printed(&home, &["export", "--to", "md"]));
    assert_eq!(titles, ["全 # *部* #"]);
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
        lines.map(ToOwned::to_owned).collect()
    };
    assert_eq!(read, quotes.map(lines));
    for quote in quotes {
        let note: Vec<&str> = quote.lines().map(str::trim).collect();
        assert!(rest.contains(&note.join("\n")), "{quote} in\n{rest}");
    }
}

#[test]
fn an_article_that_was_edited_or_annotated_elsewhere_has_one_head() {
    let (home, _) = marked();
    home.file("talk.md", TALK.replace("那还会再去吗？", "那么，还会再去一次吗？"));
    printed(&home, &["add", "talk.md", "--quote", "还会再去一次吗"]);
    home.file("h.json", hypothesis("一个注", "2024-06-01T10:00:00Z"));
    printed(&home, &["import", "h.json"]);
    let text = printed(&home, &["export", "--to", "md"]);
    let (quotes, titles, _) = parsed(&text);
    assert_eq!(titles, ["三问 *海* & 风", "另一谈"]);
    assert_eq!(quotes.len(), 6, "{text}");
    // A stranger of that title has a head of its own.
    home.file("stranger.md", "# 另一谈\n\n山里的路很窄，走的人也少，雾散了才看得见。\n");
    printed(&home, &["add", "stranger.md", "--quote", "雾散了才看得见"]);
    let (_, titles, _) = parsed(&printed(&home, &["export", "--to", "md"]));
    assert_eq!(titles.len(), 3, "{titles:?}");
}

#[test]
fn an_edit_changes_its_own_lines_only() {
    let (home, [early, two, _]) = marked();
    for (format, most) in [("md", 2), ("json", 2), ("w3c", 2)] {
        let before = printed(&home, &["export", "--to", format]);
        assert_eq!(before, printed(&home, &["export", "--to", format]));
        printed(&home, &["edit", &two, "--note", &format!("为了 {format}")]);
        let after = printed(&home, &["export", "--to", format]);
        let (old, new): (Vec<&str>, Vec<&str>) =
            (before.lines().collect(), after.lines().collect());
        assert_eq!(old.len(), new.len());
        let changed = old.iter().zip(&new).filter(|(old, new)| old != new).count();
        assert!((1..=most).contains(&changed), "{format}: {changed}");
    }
    let before = printed(&home, &["export", "--to", "md"]);
    printed(&home, &["remove", &early]);
    let after = printed(&home, &["export", "--to", "md"]);
    let (head, tail) = before.split_once("**林舟**").unwrap();
    assert!(after.starts_with(head) && tail.ends_with(after.strip_prefix(head).unwrap()));
}

#[test]
fn what_was_edited_in_the_text_or_left_it_is_still_in_the_document() {
    let (home, _) = marked();
    let now = TALK
        .replace("海是什么颜色？", "你好。")
        .replace("风大也去，雨大也去，一直", "风大也去，下雨也去，一直");
    home.file("talk.md", now);
    let text = printed(&home, &["export", "talk.md", "--to", "md"]);
    let near = "**周砚** · 1:44 · *since edited in the text*\n\n> 风大也去，雨大也去\n";
    let gone = "**林舟** · *not in the text any more*\n\n> 海是什么颜色？\n\n问一";
    assert!(text.contains(near) && text.contains(gone), "{text}");
    let zh = home
        .command(&["marks", "export", "talk.md", "--to", "md"])
        .current_dir(home.path())
        .output();
    assert!(told(&zh.unwrap()).1.contains("*原文里已经没有这一段*"));
    let table = printed(&home, &["list", "talk.md"]);
    assert!(table.contains("  ~ 风大也去") && table.contains("  ? 海是"), "{table}");
}

#[test]
fn speakers_are_called_as_their_reader_calls_them() {
    let (home, _) = marked();
    let exported = value(&printed(&home, &["export", "talk.md", "--to", "json"]));
    let keys = &exported["marks"][0]["article"]["keys"];
    // A line of the log without a check sum was written by hand, and counts.
    let said = json!({ "v": 1, "id": "A", "t": 1, "n": 99, "op": "name", "speaker": "周砚",
        "name": "老周*", "doc": { "keys": keys } });
    home.file("data/fangtan/marks/hand.jsonl", format!("{said}\n"));
    for arguments in [&["export", "talk.md", "--to", "md"][..], &["export", "--to", "md"]] {
        let text = printed(&home, arguments);
        assert!(text.contains("**老周\\***") && !text.contains("周砚"), "{text}");
    }
    assert!(printed(&home, &["list"]).contains("  老周*  "));
    // What goes to another home has the name in the text.
    let json = printed(&home, &["export", "--to", "json"]);
    assert!(json.contains("\"speaker\": \"周砚\"") && !json.contains("老周"));
}

#[test]
fn file_names_are_bytes() {
    let (home, _) = marked();
    let name = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
    let (article, export) = (name(b"\xFF talk\n.md"), name(b"\xFE.json"));
    std::fs::write(home.path().join(&article), TALK).unwrap();
    let to = |format: &str| {
        [OsStr::new("export"), article.as_os_str(), OsStr::new("--to"), OsStr::new(format)]
            .map(ToOwned::to_owned)
    };
    let json = printed(&home, &to("json"));
    assert_eq!(value(&json)["marks"].as_array().unwrap().len(), 3);
    std::fs::write(home.path().join(&export), &json).unwrap();
    let import = [OsString::from("import"), export.clone()];
    assert_eq!(printed(&home, &import), "0 added, 0 changed, 3 already there\n");
    std::fs::write(home.path().join(&export), "{").unwrap();
    let output = marks(&home, &import);
    let (code, _, err) = told(&output);
    assert!(code == Some(1) && err.starts_with("fangtan: \u{FFFD}.json:1: "), "{err}");
}

#[test]
fn help_and_completions_know_the_new_commands() {
    let home = Home::new();
    for (lang, want) in
        [("en", "Usage: fangtan marks export"), ("zh", "用法： fangtan marks export")]
    {
        let output = home.command(&["marks", "export", "--help", "--lang", lang]).output().unwrap();
        let (code, out, _) = told(&output);
        assert!(code == Some(0) && out.contains(want) && out.contains("w3c"), "{out}");
        assert!(!out.contains("cli-"), "{out}");
    }
    let output = home.command(&["completions", "bash"]).output().unwrap();
    assert!(told(&output).1.contains("--highlight"));
}
