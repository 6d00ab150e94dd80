//! Which files are one article, through the built program: bookmarks made in one are there in
//! another, or are not. What an article is called and where it stands has no say in it.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const GUIDE: &str = include_str!("../assets/guide.zh.md");
const LONG: &str =
    "http://mp.weixin.qq.com/s?__biz=MzA3MDk1NA==&mid=2651&idx=1&sn=0af3&chksm=84c6#rd";

/// A home of its own, in which articles lie and bookmarks are made.
struct Reader {
    dir: TempDir,
}

impl Reader {
    fn new() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn run(&self, arguments: &[&str]) -> String {
        let home = self.dir.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fangtan"));
        command.args(arguments).env_clear().env("HOME", home).env("LANG", "C").current_dir(home);
        command.env("XDG_DATA_HOME", home.join("data")).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Bookmarks the passages.
    fn mark(&self, file: &Path, quotes: &[String]) {
        for quote in quotes {
            self.run(&["marks", "add", file.to_str().unwrap(), "--quote", quote]);
        }
    }

    /// What became of each bookmark that is there in the file, in the order of the text.
    #[track_caller]
    fn found(&self, file: &Path) -> Vec<String> {
        let json = self.run(&["marks", "list", file.to_str().unwrap(), "--json"]);
        let rows: Vec<Value> = serde_json::from_str(&json).unwrap();
        rows.iter().map(|row| row["found"].as_str().unwrap().to_owned()).collect()
    }

    #[track_caller]
    fn has_all(&self, file: &Path) {
        assert_eq!(self.found(file), ["exact"; 3], "{}", file.display());
    }

    #[track_caller]
    fn has_none(&self, file: &Path) {
        assert_eq!(self.found(file), [""; 0], "{}", file.display());
    }
}

/// An interview, for saving it in several formats.
#[derive(Clone)]
struct Talk {
    title: &'static str,
    url: Option<String>,
    turns: Vec<(String, String)>,
}

impl Talk {
    /// The turns of the guide: the first half of them, or the second, by the same speakers.
    fn half(number: usize) -> Self {
        let turns: Vec<_> = GUIDE
            .split("\n\n")
            .filter_map(|block| {
                let block = block.replace('\n', "");
                let (name, said) = block.strip_prefix("**")?.split_once("：**")?;
                Some((name.to_owned(), said.trim().to_owned()))
            })
            .collect();
        let half = turns.len() / 2;
        let turns = turns[number * half..(number + 1) * half].to_vec();
        Self { title: "夜谈：怎么读一篇访谈", url: None, turns }
    }

    fn at(&self, url: &str) -> Self {
        Self { url: Some(url.to_owned()), ..self.clone() }
    }

    /// Three passages of it.
    fn quotes(&self) -> Vec<String> {
        let long = self.turns.iter().filter(|(_, said)| said.chars().count() > 60);
        let quotes: Vec<String> = long
            .step_by(5)
            .take(3)
            .map(|(_, said)| said.chars().skip(9).take(25).collect())
            .collect();
        assert_eq!(quotes.len(), 3);
        quotes
    }

    /// So many of a thousand characters exchanged.
    fn edited(&self, thousandths: u32) -> Self {
        let mut state = 7_u32;
        let mut dice = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        let mut edit = |c: char| match dice() % 1000 < thousandths {
            true => char::from_u32(0x4E00 + dice() % 0x4000).unwrap(),
            false => c,
        };
        let turns = self.turns.iter();
        let turns = turns.map(|(name, said)| (name.clone(), said.chars().map(&mut edit).collect()));
        Self { turns: turns.collect(), ..self.clone() }
    }

    fn markdown(&self) -> String {
        let url = self.url.as_ref().map(|url| format!("原文链接: {url}\n\n")).unwrap_or_default();
        let turns = self.turns.iter().map(|(name, said)| format!("**{name}：** {said}\n\n"));
        format!("# {}\n\n{url}{}", self.title, turns.collect::<String>())
    }

    /// Plain text in lines of so many characters.
    fn text(&self, width: usize) -> String {
        let mut out = format!("{}\n\n", self.title);
        for (name, said) in &self.turns {
            let chars: Vec<char> = format!("{name}：{said}").chars().collect();
            for line in chars.chunks(width) {
                out.extend(line);
                out.push('\n');
            }
            out.push('\n');
        }
        out
    }

    /// A page as a browser saves it, with what stands around an article.
    fn page(&self) -> String {
        let turns = self.turns.iter().map(|(name, said)| {
            let said = said.replace('&', "&amp;").replace('<', "&lt;").replace('`', "");
            format!("<p><strong>{name}：</strong>{said}</p>\n")
        });
        format!(
            "<!doctype html><html><head><meta charset=utf-8><title>{0}</title></head><body>\
             <nav><a href=/>首页</a> <a href=/about>关于我们</a></nav><article><h1>{0}</h1>\n{1}\
             <p>长按二维码，关注本刊，每周五读一篇长谈。</p></article>\
             <footer>版权所有，不得转载</footer></body></html>",
            self.title,
            turns.collect::<String>()
        )
    }
}

/// A reader with three bookmarks in `a.md`.
fn marked(talk: &Talk) -> Reader {
    let reader = Reader::new();
    let file = reader.file("a.md", talk.markdown());
    reader.mark(&file, &talk.quotes());
    reader.has_all(&file);
    reader
}

#[test]
fn a_file_may_be_moved_and_renamed_and_stored_otherwise() {
    let talk = Talk::half(0);
    let text = talk.markdown();
    let reader = marked(&talk);
    fs::remove_file(reader.dir.path().join("a.md")).unwrap();
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let (gb18030, ..) = encoding_rs::GB18030.encode(&text);
    for (name, bytes) in [
        ("else/where/a.md", text.clone().into_bytes()),
        ("b.md", text.clone().into_bytes()),
        ("crlf.md", text.replace('\n', "\r\n").into_bytes()),
        ("gb18030.md", gb18030.into_owned()),
        ("utf-16.md", utf16(&text)),
        ("bom.md", format!("\u{FEFF}{text}").into_bytes()),
    ] {
        reader.has_all(&reader.file(name, bytes));
    }
}

#[test]
fn an_article_may_be_saved_in_another_format() {
    let talk = Talk::half(0);
    let reader = marked(&talk);
    reader.has_all(&reader.file("page.html", talk.page()));
    reader.has_all(&reader.file("one-line.txt", talk.text(usize::MAX)));
    reader.has_all(&reader.file("wrapped.txt", talk.text(40)));
    let exported = reader.run(&["export", "--to", "txt", "a.md"]);
    reader.has_all(&reader.file("exported.txt", exported));
}

#[test]
fn an_article_may_be_edited_cut_down_and_made_longer() {
    let talk = Talk::half(0);
    let reader = marked(&talk);
    let edited = reader.found(&reader.file("edited.md", talk.edited(50).markdown()));
    assert_eq!(edited.len(), 3);
    assert!(!edited.contains(&"lost".to_owned()), "{edited:?}");
    let mut longer = talk.clone();
    longer.turns.extend(Talk::half(1).turns);
    reader.has_all(&reader.file("longer.md", longer.markdown()));
    // A third of the turns is gone, and a passage that stood there is called lost, not dropped.
    let mut shorter = talk.clone();
    let quotes = talk.quotes();
    let mut number = 0;
    shorter.turns.retain(|(_, said)| {
        number += 1;
        number % 3 != 0 && !said.contains(&quotes[1])
    });
    let found = reader.found(&reader.file("shorter.md", shorter.markdown()));
    assert_eq!(found.len(), 3);
    assert!(found.contains(&"lost".to_owned()), "{found:?}");
}

/// So many of a thousand characters that at another address it might as well be another article:
/// about 0.6 of its shingles are left.
const HEAVILY: u32 = 100;

#[test]
fn what_the_text_leaves_open_the_address_decides() {
    let talk = Talk::half(0);
    let there = |one: &str, other: &str| {
        let reader = marked(&talk.at(one));
        let file = reader.file("b.md", talk.at(other).edited(HEAVILY).markdown());
        let count = reader.found(&file).len();
        assert!(count == 0 || count == 3, "{count}");
        count == 3
    };
    for variant in [
        LONG,
        "https://mp.weixin.qq.com/s?__biz=MzA3MDk1NA==&mid=2651&idx=1&sn=0af3&chksm=84c6#rd",
        "http://mp.weixin.qq.com/s?__biz=MzA3MDk1NA==&mid=2651&idx=1&sn=0af3&chksm=ffff&scene=21#rd",
        "http://mp.weixin.qq.com/s?idx=1&mid=2651&__biz=MzA3MDk1NA==#wechat_redirect",
        "http://mp.weixin.qq.com/s?__biz=MzA3MDk1NA%3D%3D&amp;mid=2651&amp;idx=1&amp;sn=0af3",
    ] {
        assert!(there(LONG, variant), "{variant}");
    }
    assert!(there("https://a.org/talk?id=7", "http://www.a.org/talk/?utm_source=x&id=7&fbclid=y"));
    assert!(there("https://mp.weixin.qq.com/s/AbC", "http://mp.weixin.qq.com/s/AbC?scene=1#rd"));
    for (one, other) in [
        (LONG, "http://mp.weixin.qq.com/s?__biz=MzA3MDk1NA==&mid=2651&idx=2&sn=0af3"),
        (LONG, "https://mp.weixin.qq.com/s/AbC"),
        ("https://mp.weixin.qq.com/s/AbC", "https://mp.weixin.qq.com/s/Abc"),
        ("https://a.org/talk?id=7", "https://a.org/talk?id=8"),
    ] {
        assert!(!there(one, other), "{one} {other}");
    }
}

#[test]
fn the_same_text_is_the_same_at_any_address() {
    let talk = Talk::half(0);
    let reader = marked(&talk.at(LONG));
    for url in ["https://mp.weixin.qq.com/s/AbC", "https://elsewhere.example.org/7"] {
        reader.has_all(&reader.file("b.md", talk.at(url).markdown()));
    }
    reader.has_all(&reader.file("c.md", talk.markdown()));
}

#[test]
fn another_article_never_gets_its_bookmarks() {
    let (talk, other) = (Talk::half(0), Talk::half(1));
    let reader = marked(&talk.at(LONG));
    // By the same speakers, under the same title and the same file name.
    reader.has_none(&reader.file("a.md", other.markdown()));
    // With its address.
    reader.has_none(&reader.file("lie.md", other.at(LONG).markdown()));
    let market = include_str!("interviews/zh-night-market.md");
    reader.has_none(&reader.file("market/a.md", market));
    reader.has_none(&reader.file("market.md", format!("原文链接: {LONG}\n\n{market}")));
    // A few lines with a copied address: the address is a good part of them.
    let small = |said: [&str; 3]| {
        let [one, two, three] = said;
        format!(
            "原文链接: https://example.org/a/b/c/d/e/f/g?id=123456\n\n\
             **林舟：** {one}\n\n**周砚：** {two}\n\n**林舟：** {three}\n"
        )
    };
    let first = reader.file("p.md", small(["海是什么颜色？", "看你站在哪里。", "我站在这里。"]));
    reader.run(&["marks", "add", first.to_str().unwrap(), "--quote", "看你站在哪里。"]);
    reader.has_none(&reader.file("q.md", small(["你养过蜂吗？", "养过两箱。", "后来呢？"])));
    // They are still there, in the list of all.
    let all: Vec<Value> = serde_json::from_str(&reader.run(&["marks", "list", "--json"])).unwrap();
    assert_eq!(all.len(), 4);
}

#[test]
fn the_next_one_of_a_series_never_gets_the_bookmarks_of_the_one_before() {
    // Each begins with the same preface, of about a fifth of its text.
    let (mut one, mut two) = (Talk::half(0), Talk::half(1));
    let (preface, rest) = two.turns.split_at(two.turns.len() / 5);
    let preface = preface.to_vec();
    two.turns = rest.to_vec();
    for talk in [&mut one, &mut two] {
        talk.turns.splice(0..0, preface.iter().cloned());
    }
    let reader = marked(&one.at("https://a.org/show/41"));
    reader.has_none(&reader.file("same-name/a.md", two.markdown()));
    reader.has_none(&reader.file("two.md", two.at("https://a.org/show/42").markdown()));
    reader.has_none(&reader.file("copied.md", two.at("https://a.org/show/41").markdown()));
}
