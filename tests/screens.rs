//! Screens of the guide as golden files: keys in, picture out. `INSTA_UPDATE=always cargo test
//! --test screens` writes them anew; look at every change.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/screen.rs"]
mod screen;

use fangtan::keymap::Keymap;
use fangtan::reader::{Event, Size};
use fangtan::settings::{Depth, Theme};
use fangtan::text::width::Profile;
use fangtan::view::FOLLOWER;
use fangtan::words::Lang;
use screen::{open, open_with};

macro_rules! golden {
    ($name:expr, $screen:expr) => {
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $screen);
        });
    };
}

#[test]
fn the_first_page_at_every_size() {
    for (columns, rows) in [(140, 40), (80, 24), (60, 20), (40, 12), (20, 5)] {
        for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            let name = format!("first-{columns}x{rows}-{tag}");
            golden!(name.as_str(), open(lang, columns, rows).text());
        }
    }
}

#[test]
fn a_page_in_the_middle_at_every_size() {
    for (columns, rows) in [(140, 40), (80, 24), (60, 20), (40, 12)] {
        for (lang, tag) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            let name = format!("middle-{columns}x{rows}-{tag}");
            golden!(name.as_str(), open(lang, columns, rows).press(":12<Enter>jj").text());
        }
    }
}

#[test]
fn colours() {
    let screen = |theme: &str, depth| {
        let mut screen = open(Lang::Zh, 120, 24).press(":9<Enter>m/书签<Enter>");
        while screen.state.theme().name != theme {
            screen = screen.press("t");
        }
        screen.depth = depth;
        screen.wait(10_000).styled()
    };
    for theme in Theme::built_in() {
        golden!(format!("colours-{}", theme.name).as_str(), screen(&theme.name, Depth::True));
    }
    let first = &Theme::built_in()[0].name;
    golden!("colours-256", screen(first, Depth::Ansi256));
    golden!("colours-16", screen(first, Depth::Ansi16));
    golden!("colours-none", screen(first, Depth::None));
}

#[test]
fn what_lies_over_the_page() {
    for (name, keys) in [
        ("speakers", "s"),
        ("rename", "sjr"),
        ("merge", "sjm"),
        ("outline", ":20<Enter>o"),
        ("summary", "i"),
        ("bookmarks", ":3<Enter>m:9<Enter>mM"),
        ("help", "?"),
        ("help-end", "?G"),
        ("search", "/书签"),
        ("search-next", "/书签<Enter>nn"),
        ("go-to", ":"),
        ("follow", ":9<Enter>f"),
        ("no-speakers", "S"),
        ("pending", "g"),
        ("bookmarked", ":9<Enter>m"),
        ("links", ":1<Enter>[<Enter>"),
    ] {
        let wide = open(Lang::Zh, 80, 24).press(keys).text();
        golden!(format!("over-{name}-80x24").as_str(), wide);
        let narrow = open(Lang::Zh, 40, 12).press(keys).text();
        golden!(format!("over-{name}-40x12").as_str(), narrow);
    }
    golden!("over-help-en-80x24", open(Lang::En, 80, 24).press("?").text());
    golden!("over-summary-140x40", open(Lang::Zh, 140, 40).press("ij").text());
}

/// An article of the tests' own in a terminal.
fn open_text(text: &str, columns: u16, rows: u16) -> screen::Screen {
    let article = fangtan::interview::read(fangtan::format::markdown::read(text));
    screen::open_article(article, Lang::Zh, Size { columns, rows }, Profile::NARROW)
}

#[test]
fn an_article_that_is_no_interview() {
    let mut text = "# 论灯\n\n作者：守塔人\n\n灯是一个承诺：有人醒着。\n\n".to_owned();
    for (level, title) in [
        (2, "第一盏灯"),
        (3, "油与芯"),
        (3, "谁来剪灯花，一个漫长的冬夜里要剪多少次"),
        (2, "第二盏灯"),
        (3, "透镜"),
        (2, "灯灭以后"),
    ] {
        let body = format!("说到{title}，守塔人数着台阶上楼，在日志里写下风向。").repeat(7);
        text.push_str(&format!("{} {title}\n\n{body}\n\n", "#".repeat(level)));
    }
    for (columns, rows) in [(140, 40), (80, 24), (40, 12)] {
        let name = format!("essay-{columns}x{rows}");
        golden!(name.as_str(), open_text(&text, columns, rows).press("]]").text());
    }
}

#[test]
fn questions_stand_for_a_summary() {
    let mut text = "# 夜谈\n\n".to_owned();
    for (number, asked) in [
        "您还记得第一次上灯塔的那个晚上吗？",
        "那么在没有电话、没有电台的年月里，船上的人究竟靠什么知道自己已经驶过了这一段最危险的水道？",
        "后来呢？",
        "灯灭了以后，您想念的是灯还是人？",
    ]
    .into_iter()
    .enumerate()
    {
        if number == 2 {
            text.push_str("## 后来\n\n");
        }
        text.push_str(&format!("**主持人：** 原来如此。{asked}\n\n"));
        text.push_str(&format!("**守塔人：** {}\n\n", "灯每十秒亮一次。".repeat(14)));
    }
    golden!("questions-140x40", open_text(&text, 140, 40).press(":4<Enter>").text());
    golden!("questions-40x12", open_text(&text, 40, 12).press(":4<Enter>i").text());
}

#[test]
fn a_terminal_with_wide_ambiguous_characters() {
    let screen = open_with(Lang::Zh, 80, 24, Profile::WIDE).press(":9<Enter>m");
    golden!("ambiguous-wide", screen.text());
    // Nothing of the program's own making is drawn with a character of two widths.
    let buffer = open_with(Lang::Zh, 120, 24, Profile::WIDE).press("?").draw();
    for cell in buffer.content() {
        let c = cell.symbol().chars().next().unwrap_or(' ');
        assert!(!('\u{2500}'..='\u{25FF}').contains(&c), "{c}");
    }
}

#[test]
fn every_cell_belongs_to_a_whole_cluster() {
    for columns in 1..150 {
        let mut screen = open(Lang::Zh, columns, 24).press(":9<Enter>");
        for keys in ["", "s", "<Esc>i", "<Esc>?", "<Esc>f"] {
            screen = screen.press(keys);
            let buffer = screen.draw();
            for y in 0..24 {
                let mut x = 0;
                while x < columns {
                    let symbol = buffer[(x, y)].symbol();
                    assert_ne!(symbol, FOLLOWER, "half a cluster at {x},{y} of {columns} ({keys})");
                    let cells = fangtan::text::width::width(symbol, Profile::NARROW).max(1);
                    assert!(x + cells <= columns, "{symbol} over the edge of {columns}");
                    for follower in x + 1..x + cells {
                        assert_eq!(buffer[(follower, y)].symbol(), FOLLOWER);
                    }
                    x += cells;
                }
            }
        }
    }
}

#[test]
fn no_size_breaks_it() {
    for columns in [0, 1, 2, 3, 5, 8, 13, 20, 30, 69, 70, 109, 110, 300] {
        for rows in [0, 1, 2, 3, 5, 6, 12, 100] {
            let mut screen = open(Lang::Zh, 80, 24).press(":9<Enter>");
            screen.event(Event::Resize(Size { columns, rows }));
            for keys in ["jjkd", "s", "j<Esc>", "i", "<Esc>?", "<Esc>/书", "<Enter>", "f", "GS"] {
                screen = screen.press(keys);
                screen.draw();
            }
            for keys in ["Ssjr", "<Ctrl-u>", "名<Enter>", "m", "<Enter>", "mG<Enter>", "<Esc>T"] {
                screen = screen.press(keys);
                screen.draw();
            }
            let mut essay = open_text("# 题\n\n## 一\n\n话\n\n### 二\n\n话\n", columns, rows);
            for keys in ["]", "]", "S", "i", "<Esc>o"] {
                essay = essay.press(keys);
                essay.draw();
            }
        }
    }
}

#[test]
fn a_resize_keeps_the_place() {
    let mut screen = open(Lang::Zh, 120, 40).press(":12<Enter>jjj");
    let before = screen.text();
    for columns in [41, 60, 200, 20, 120] {
        screen.event(Event::Resize(Size { columns, rows: 40 }));
    }
    assert_eq!(screen.text(), before);
}

#[test]
fn every_default_key_does_something() {
    for context in fangtan::command::Context::ALL {
        let before = match context {
            fangtan::command::Context::Reading => ":20<Enter>jj",
            fangtan::command::Context::Selection => ":20<Enter>jjv",
            fangtan::command::Context::List => ":20<Enter>s",
            fangtan::command::Context::Prompt => ":20<Enter>/a b",
        };
        for binding in Keymap::default().bindings().iter().filter(|b| b.context == context) {
            let mut screen = open(Lang::Zh, 80, 24).press(before);
            for key in &binding.chord {
                screen.event(Event::Key(*key));
            }
            screen.draw();
        }
    }
}
