//! Choosing a passage, by key and by mouse: what is kept is exactly what was seen as chosen, in
//! text of all scripts, at two widths and however wide “ is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::path::Path;

use support::{Home, Seen, Session};
use unicode_normalization::UnicodeNormalization as _;

/// Han, Latin, emoji and combining characters, quotes that may be two cells wide, and lines that
/// break in between.
const TEXT: &str = "# 选字\n\n**林舟：** 他说“可以”。Cafe\u{301} opens at 7，别迟到！家人👩‍👩‍👧来了🇨🇳，还有 é 和 한국어。\
    \n\n**周砚：** 我把 naïve 写成 naive，没人发现……只有你。第二句在这里——很短。\n\n再来一段：ｶﾞ行与ガ行。\n\n\
    **林舟：** 还有吗？\n\n**周砚：** 没有了。\n\n**林舟：** 那好。\n\n**周砚：** 再见。\n";

/// The characters that show as chosen, row after row.
fn chosen(seen: &Seen) -> String {
    let screen = seen.terminal();
    let (rows, columns) = size(screen);
    let mut text = String::new();
    for row in 0..rows - 1 {
        for column in 0..columns {
            let cell = screen.cell(row, column).unwrap();
            if cell.inverse() && !cell.is_wide_continuation() {
                text.push_str(cell.contents());
            }
        }
    }
    text
}

/// The rows and columns of a screen.
fn size(screen: &vt100::Screen) -> (u16, u16) {
    let (rows, columns) = screen.size();
    (rows.into(), columns.into())
}

/// As it is on the screen: composed, without white space, as there is none where a line ends, and of
/// a family the first, as terminals do not agree about the rest.
fn close(text: &str) -> String {
    let text = text.replace("👩‍👩‍👧", "👩");
    text.nfc().filter(|c| !c.is_whitespace()).collect()
}

fn wait_chosen(session: &Session, want: &str) {
    let want = close(want);
    session.wait_for(&format!("{want} is chosen"), |seen| close(&chosen(seen)) == want);
}

fn quotes(home: &Home, path: &Path) -> Vec<String> {
    let list =
        home.command(&["marks".as_ref(), "list".as_ref(), path.as_os_str(), "--json".as_ref()]);
    let mut list = list;
    let out = list.output().unwrap();
    let rows: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let quote = |row: &serde_json::Value| row["quote"].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(quote).collect()
}

/// Every width at both widths of “.
fn everywhere(check: impl Fn(&Home, &Path, &Session)) {
    for columns in [34, 90] {
        for ambiguous in ["1", "2"] {
            let home = Home::new();
            let path = home.file("mixed.md", TEXT);
            let arguments = ["--ambiguous".as_ref(), ambiguous.as_ref(), path.as_os_str()];
            let session = home.session(&arguments).size(columns, 30).start();
            session.wait_for_text("再见");
            check(&home, &path, &session);
        }
    }
}

#[test]
fn by_key() {
    everywhere(|home, path, session| {
        session.press("v");
        wait_chosen(session, "他说“可以”。");
        // Two sentences on, a word back, and the beginning a word further.
        session.press("j");
        wait_chosen(session, "他说“可以”。Cafe\u{301} opens at 7，别迟到！");
        session.press("ho");
        session.press("l");
        wait_chosen(session, "说“可以”。Cafe\u{301} opens at 7，别迟到");
        session.press("m");
        session.wait_for_text("已加书签");
        // Across the turns: to the end of the paragraph and of the next.
        session.press("vJJ");
        wait_chosen(
            session,
            "他说“可以”。Cafe\u{301} opens at 7，别迟到！家人👩‍👩‍👧来了🇨🇳，还有 é 和 한국어。\
             我把 naïve 写成 naive，没人发现……只有你。第二句在这里——很短。",
        );
        session.press("K");
        session.press("3");
        session.wait_for("kept", |seen| seen.rows().iter().any(|row| row.contains("已加书签")));
        session.press("q");
        assert!(session.wait_exit().success());
        assert_eq!(
            quotes(home, path),
            [
                "他说“可以”。Cafe\u{301} opens at 7，别迟到！家人👩‍👩‍👧来了🇨🇳，还有 é 和 한국어。",
                "说“可以”。Cafe\u{301} opens at 7，别迟到",
            ]
        );
    });
}

#[test]
fn by_mouse() {
    everywhere(|home, path, session| {
        let drag = |from: &str, to: &str| {
            let place = |text: &str| {
                let seen = session.seen();
                let rows = seen.rows();
                let row = rows.iter().position(|row| row.contains(text)).unwrap();
                let screen = seen.terminal();
                let (_, columns) = size(screen);
                let is_it =
                    |&column: &u16| screen.cell(row as u16, column).unwrap().contents() == text;
                ((0..columns).find(is_it).unwrap() + 1, row + 1)
            };
            let ((x, y), (to_x, to_y)) = (place(from), place(to));
            session.press(format!("\x1b[<0;{x};{y}M\x1b[<32;{};{y}M", x + 1));
            session.press(format!("\x1b[<32;{to_x};{to_y}M\x1b[<0;{to_x};{to_y}m"));
        };
        drag("可", "👩");
        wait_chosen(session, "可以”。Cafe\u{301} opens at 7，别迟到！家人👩‍👩‍👧");
        session.press("m");
        session.wait_for_text("已加书签");
        wait_chosen(session, "");
        // Backwards, both ends in it.
        drag("只", "ï");
        wait_chosen(session, "ïve 写成 naive，没人发现……只");
        session.press("2");
        session.wait_for("kept", |seen| seen.shows("已加书签：ïve"));
        session.press("q");
        assert!(session.wait_exit().success());
        assert_eq!(
            quotes(home, path),
            ["可以”。Cafe\u{301} opens at 7，别迟到！家人👩‍👩‍👧", "ïve 写成 naive，没人发现……只"]
        );
    });
}

#[test]
fn a_double_click_chooses_a_word_and_a_triple_one_the_sentence() {
    let home = Home::new();
    let path = home.file("mixed.md", TEXT);
    let session = home.open(&[&path]);
    session.wait_for_text("naïve");
    let (column, row) = {
        let seen = session.seen();
        let row = seen.rows().iter().position(|row| row.contains("naïve")).unwrap();
        let screen = seen.terminal();
        let column = (0..80).find(|&x| screen.cell(row as u16, x).unwrap().contents() == "ï");
        (column.unwrap() + 1, row + 1)
    };
    let click = format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m");
    session.press(click.repeat(2));
    wait_chosen(&session, "naïve");
    session.press(click);
    wait_chosen(&session, "我把 naïve 写成 naive，没人发现……只有你。");
    session.press("\x1b");
    wait_chosen(&session, "");
}

#[test]
fn a_note_takes_input_and_paste_and_completes_its_tags() {
    let home = Home::new();
    let path = home.file("mixed.md", TEXT);
    let session = home.open(&[&path]);
    session.wait_for_text("naïve");
    session.press("va");
    session.wait_for_text("批注");
    session.press("要紧的一句\x1b\r#能源");
    session.wait_for_text("#能源");
    session.press("\r");
    session.wait_for_text("已加书签");
    // Another note completes the tag of the first; a paste keeps its lines.
    session.press("vja\x1b[200~贴上的\n两行\x1b[201~ #能");
    session.wait_for_text("Tab: #能源");
    session.press("\t\r");
    session.wait_for("the sign of a note", |seen| seen.shows("✎"));
    session.press("q");
    assert!(session.wait_exit().success());
    let mut list =
        home.command(&["marks".as_ref(), "list".as_ref(), path.as_os_str(), "--json".as_ref()]);
    let rows: serde_json::Value = serde_json::from_slice(&list.output().unwrap().stdout).unwrap();
    let notes: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["note"].as_str().unwrap(), row["tags"][0].as_str().unwrap()))
        .collect();
    assert_eq!(notes, [("要紧的一句", "能源"), ("贴上的\n两行 #能源", "能源")]);
}

#[test]
fn what_was_done_is_undone_and_done_again() {
    let home = Home::new();
    let path = home.file("mixed.md", TEXT);
    let session = home.open(&[&path]);
    session.wait_for_text("naïve");
    session.press("v2");
    session.wait_for_text("已加书签");
    session.press("U");
    session.wait_for_text("已删除书签");
    session.press("\x12");
    session.wait_for_text("书签已恢复");
    session.press("MA");
    session.wait_for_text("全部文章的书签");
    session.press("x");
    session.wait_for_text("已删除书签");
    // The list had no other entry, and is closed.
    session.press("U");
    session.wait_for_text("书签已恢复");
    session.press("q");
    assert!(session.wait_exit().success());
    assert_eq!(quotes(&home, &path), ["他说“可以”。"]);
}

#[test]
fn a_bookmark_of_another_article_opens_it_there() {
    let home = Home::new();
    let one = home.file("one.md", TEXT);
    let talk = (1..40).fold("# 远\n\n".to_owned(), |text, turn| {
        let name = if turn % 2 == 1 { "林舟" } else { "周砚" };
        text + &format!("**{name}：** 这是第{turn}段，讲的是灯塔。\n\n")
    });
    let two = home.file("two.md", talk);
    let session = home.open(&[&two]);
    session.wait_for_text("第1段");
    session.press(":30\r");
    session.wait_for_text("第30段");
    session.press("m");
    session.wait_for_text("已加书签");
    session.press("q");
    assert!(session.wait_exit().success());
    let session = home.open(&[&one]);
    session.wait_for_text("naïve");
    session.press("m");
    session.wait_for_text("已加书签");
    session.press("MA");
    session.wait_for_text("全部文章的书签");
    session.press("/灯塔\r");
    session.wait_for_text("第30段");
    session.press("\r");
    session.wait_for("the other article", |seen| {
        seen.shows("第31段") && !seen.shows("全部文章的书签")
    });
    session.press("q");
    assert!(session.wait_exit().success());
    assert_eq!(quotes(&home, &two), ["这是第30段，讲的是灯塔。"]);
}

#[test]
fn a_note_that_was_written_elsewhere_meanwhile_is_not_lost() {
    let home = Home::new();
    let path = home.file("mixed.md", TEXT);
    let file = path.to_str().unwrap();
    let mut add = home.command(&["marks", "add", file, "--quote", "别迟到！", "--note", "一"]);
    let id = String::from_utf8(add.output().unwrap().stdout).unwrap();
    let session = home.open(&[&path]);
    session.wait_for_text("✎");
    let mut edit = home.command(&["marks", "edit", id.trim(), "--note", "一，长批注"]);
    assert!(edit.status().unwrap().success());
    session.press("Me");
    session.wait_for_text("批注");
    session.press("二\r");
    session.wait_for_text("书签已改");
    // One that was removed elsewhere says so.
    assert!(home.command(&["marks", "remove", id.trim()]).status().unwrap().success());
    session.press("e三\r");
    session.wait_for_text("已在别处删除");
    session.press("qq");
    session.press("q");
    assert!(session.wait_exit().success());
    let log = std::fs::read_dir(home.path().join("data/fangtan/marks")).unwrap();
    let log = log.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
    assert!(log.collect::<String>().contains(r"一，长批注\n一二"));
}
