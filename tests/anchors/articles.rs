//! The articles whose passages are looked for: the guide and the fixtures of one language after
//! another, and two made of few sentences that come back all the time. `FANGTAN_ARTICLES` names a
//! folder with others.

use std::fs;
use std::path::{Path, PathBuf};

use super::changes::Dice;

/// An article.
pub struct Article {
    /// What it is called in the table.
    pub name: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

impl Article {
    /// Its length in characters.
    pub fn length(&self) -> usize {
        self.paragraphs.iter().map(|paragraph| paragraph.chars().count() + 1).sum()
    }

    /// The article up to about `most` characters.
    pub fn shortened(mut self, most: usize) -> Self {
        while self.length() > most {
            self.paragraphs.pop();
        }
        self
    }
}

/// The articles.
pub fn articles() -> Vec<Article> {
    if let Some(folder) = std::env::var_os("FANGTAN_ARTICLES") {
        let files = files(Path::new(&folder), |name| !name.ends_with(".truth.json"));
        let named = |file: PathBuf| {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            article(&name, &[file])
        };
        return files.into_iter().map(named).filter(|article| article.length() > 3000).collect();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let of = |languages: &'static [&'static str]| {
        let is = move |name: &str| {
            !name.ends_with(".turns") && languages.iter().any(|start| name.starts_with(start))
        };
        let name = languages.join(" ").replace('-', "");
        article(&format!("fixtures {name}"), &files(&root.join("tests/interviews"), is))
    };
    vec![
        article("guide.zh", &[root.join("assets/guide.zh.md")]),
        article("guide.en", &[root.join("assets/guide.en.md")]),
        of(&["zh-"]),
        of(&["zht-", "ja-"]),
        of(&["ko-"]),
        of(&["de-", "ru-"]),
        of(&["es-", "fr-", "it-"]),
        of(&["en-p", "en-t"]),
        repetitive("repetitive zh", &CHINESE, &mut Dice::new(&[1])),
        repetitive("repetitive en", &ENGLISH, &mut Dice::new(&[2])),
    ]
}

fn files(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of articles");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        file.is_file() && is_wanted(&file.file_name().unwrap_or_default().to_string_lossy())
    });
    files.sort();
    files
}

/// The paragraphs of some files as one article.
fn article(name: &str, files: &[PathBuf]) -> Article {
    let mut paragraphs = Vec::new();
    for file in files {
        let source = fangtan::source::open(file, None).expect("a file that is read");
        let extension = file.extension().and_then(|extension| extension.to_str());
        let interview = fangtan::interview::read(fangtan::format::read(&source.text, extension));
        for line in interview.prose.text().lines() {
            // What the program drops where it stands alone would part the traces from the text.
            let kept = |c: &char| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FE0F}' | '\u{FFFC}');
            let line: String = line.chars().filter(kept).collect();
            let line = line.trim();
            if !line.is_empty() {
                paragraphs.push(line.to_owned());
            }
        }
    }
    Article { name: name.to_owned(), paragraphs }
}

/// What a repetitive interview is made of: questions, short answers, and the parts of sentences.
struct Stock {
    labels: [&'static str; 2],
    questions: [&'static str; 5],
    answers: [&'static str; 8],
    parts: [[&'static str; 8]; 4],
    end: &'static str,
}

const CHINESE: Stock = Stock {
    labels: ["记者：", "老周："],
    questions: ["后来呢？", "您当时怎么想？", "为什么？", "能具体讲讲吗？", "是这样吗？"],
    answers: [
        "对。",
        "是的。",
        "对，对。",
        "嗯。",
        "没有。",
        "我不知道。",
        "就是这样。",
        "对，没错。",
    ],
    parts: [
        [
            "那年冬天",
            "第二年春天",
            "后来",
            "师傅走了以后",
            "有一天晚上",
            "涨水那几天",
            "搬家之前",
            "我记得",
        ],
        [
            "我在码头",
            "他在桥下",
            "我们在车间里",
            "邻居在院子里",
            "我一个人在船上",
            "师傅在灯下",
            "老张在仓库",
            "两个徒弟在岸边",
        ],
        [
            "修好了一只",
            "找到了一只",
            "弄丢了一只",
            "拆开过一只",
            "卖掉了一只",
            "送走了一只",
            "看见了一只",
            "做了一只",
        ],
        [
            "停了十年的座钟",
            "没有指针的怀表",
            "漏水的木船",
            "旧收音机",
            "会走路的玩具鸟",
            "生锈的铁锚",
            "发黄的航海图",
            "刻着名字的罗盘",
        ],
    ],
    end: "。",
};

const ENGLISH: Stock = Stock {
    labels: ["Q: ", "MARA: "],
    questions: ["And then?", "What did you think?", "Why?", "Could you say more?", "Is that so?"],
    answers: [
        "Yes.",
        "No.",
        "Right, right.",
        "Yes, exactly.",
        "I don't know.",
        "Well.",
        "That's it.",
        "Sure.",
    ],
    parts: [
        [
            "That winter ",
            "In the spring ",
            "Later on ",
            "After he left ",
            "One night ",
            "When the water rose ",
            "Before we moved ",
            "As I recall ",
        ],
        [
            "I was at the pier and ",
            "he stood under the bridge and ",
            "we were in the shop and ",
            "a neighbour came by and ",
            "I was alone on the boat and ",
            "she sat by the lamp and ",
            "old Tom was in the store and ",
            "two of the boys ",
        ],
        [
            "mended a ",
            "found a ",
            "lost a ",
            "took apart a ",
            "sold a ",
            "gave away a ",
            "saw a ",
            "built a ",
        ],
        [
            "clock that had stopped for years",
            "watch without hands",
            "leaking rowing boat",
            "wireless set",
            "toy bird that walked",
            "rusty anchor",
            "yellow chart",
            "compass with a name on it",
        ],
    ],
    end: ". ",
};

fn repetitive(name: &str, stock: &Stock, dice: &mut Dice) -> Article {
    let mut paragraphs = Vec::new();
    for _ in 0..160 {
        paragraphs.push(format!("{}{}", stock.labels[0], dice.one(&stock.questions)));
        let mut said = stock.labels[1].to_owned();
        if dice.throw(60) {
            said.push_str(dice.one(&stock.answers));
        }
        if stock.end.ends_with(' ') {
            said.push(' ');
        }
        for _ in 0..dice.below(4) {
            for parts in &stock.parts {
                said.push_str(dice.one(parts));
            }
            said.push_str(stock.end);
        }
        let said = said.trim().to_owned();
        if said.chars().count() > stock.labels[1].trim().chars().count() {
            paragraphs.push(said);
        }
    }
    Article { name: name.to_owned(), paragraphs }
}
