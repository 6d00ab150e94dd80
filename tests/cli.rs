//! The built program: exit codes, help in both languages, and the subcommands that need no terminal.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program in a home of its own.
fn fangtan(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fangtan"));
    command.args(arguments).env_clear().env("HOME", home).env("LANG", "C").current_dir(home);
    command.stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    let home = tempfile::tempdir().expect("a temporary directory");
    fangtan(home.path(), arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn help_is_in_the_language_that_is_asked_for() {
    for (arguments, wants) in [
        (
            &["--help"][..],
            &["Usage: fangtan", "Commands:", "Options:", "Examples:", "--keymap"][..],
        ),
        (&["--lang", "zh", "--help"], &["用法： fangtan", "命令:", "选项:", "例子：", "./guide"]),
        (&["print", "-h", "--lang=zh"], &["用法： fangtan print", "--width <N>", "宽度"]),
        (&["export", "--help"], &["Usage: fangtan export", "--to <FORMAT>"]),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        for want in wants {
            assert!(text(&output.stdout).contains(want), "{want}: {}", text(&output.stdout));
        }
        assert!(!text(&output.stdout).contains("cli-"), "{}", text(&output.stdout));
    }
}

#[test]
fn the_locale_chooses_the_language() {
    let home = tempfile::tempdir().unwrap();
    let output = fangtan(home.path(), &["--help"]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(text(&output.stdout).contains("用法"), "{}", text(&output.stdout));
}

#[test]
fn options_stand_before_or_behind_the_command() {
    let behind = run(&["keys", "--lang", "zh"]);
    let before = run(&["--lang", "zh", "keys"]);
    assert_eq!(before.status.code(), Some(0), "{}", text(&before.stderr));
    assert!(text(&before.stdout).contains("下一页"), "{}", text(&before.stdout));
    assert_eq!(before.stdout, behind.stdout);
    let guide = run(&["--lang=en", "guide"]);
    assert_eq!(guide.status.code(), Some(0), "{}", text(&guide.stderr));
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    for arguments in [
        &["a.md", "b.md"][..],
        &["a.md", "keys"],
        &["--lang", "zh", "a.md", "keys"],
        &["--color", "blue", "keys"],
        &["marks"],
        &["print"],
        &["export", "a.md", "--to", "pdf"],
        &["completions"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_done_ends_with_1_and_says_why_on_one_line() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("夹")).unwrap();
    for (arguments, want) in [
        (&["print", "no\u{1b}[2J.md"][..], "fangtan: no\u{FFFD}[2J.md: there is no such file"),
        (&["夹"], "fangtan: 夹: this is a directory"),
        (&["keys", "--keymap", "none.toml"], "fangtan: none.toml: it is not there"),
        (&["夹", "--lang", "zh"], "fangtan: 夹：这是一个目录"),
    ] {
        let output = fangtan(home.path(), arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let told = text(&output.stderr);
        assert!(told.starts_with(want) && told.lines().count() == 1, "{told}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn keys_are_those_in_force() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("conf");
    std::fs::create_dir_all(config.join("fangtan")).unwrap();
    let own = "[reading]\n'F9' = 'line-down 5'\n'Q' = 'qiut'\n";
    std::fs::write(config.join("fangtan/keymap.toml"), own).unwrap();
    let keys = |arguments: &[&str]| {
        fangtan(home.path(), arguments).env("XDG_CONFIG_HOME", &config).output().unwrap()
    };
    let output = keys(&["keys"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("F9"), "{}", text(&output.stdout));
    let told = text(&output.stderr);
    assert!(told.contains("keymap.toml:3: ") && told.contains("quit"), "{told}");
    let json = keys(&["keys", "--json", "--lang", "zh"]);
    let entries: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let entries = entries.as_array().unwrap();
    let entry = |key: &str| entries.iter().find(|entry| entry["keys"] == key).unwrap();
    assert_eq!(entry("j")["sentence"], "向下滚动一行");
    assert_eq!((&entry("F9")["command"], &entry("F9")["number"]), (&"line-down".into(), &5.into()));
    let output = keys(&["keys", "--keymap", "/dev/null", "--json"]);
    assert!(!text(&output.stdout).contains("F9"), "--keymap takes its place");
}

#[test]
fn shells_and_man_are_served() {
    for (arguments, want) in [
        (&["completions", "bash"][..], "complete -F _fangtan"),
        (&["completions", "zsh"], "#compdef fangtan"),
        (&["completions", "fish"], "complete -c fangtan"),
        (&["man"], ".TH fangtan 1"),
        (&["man", "--lang", "zh"], "访谈"),
        (&["--version"], concat!("fangtan ", env!("CARGO_PKG_VERSION"))),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(text(&output.stdout).contains(want), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = tempfile::tempdir().unwrap();
    for arguments in [&["keys"][..], &["print", "guide.md"], &["--help"]] {
        std::fs::write(home.path().join("guide.md"), "很长的一段。\n\n".repeat(50_000)).unwrap();
        let mut child = fangtan(home.path(), arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn without_a_terminal_an_article_is_printed() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(
        home.path().join("a.md"),
        "问：好吗？\n\n答：好。\n\n问：真的？\n\n答：真的。\n",
    )
    .unwrap();
    let opened = fangtan(home.path(), &["a.md"]).output().unwrap();
    let printed = fangtan(home.path(), &["print", "a.md"]).output().unwrap();
    assert_eq!(opened.status.code(), Some(0));
    assert!(text(&opened.stdout).contains("好。"));
    assert_eq!(text(&opened.stdout), text(&printed.stdout));
}

#[test]
fn hypotheses_are_exported_where_they_are_asked_for() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let article = "# 海\n\n**问：** 冬天呢？\n\n**于丹：** 灰的。\n\n**问：** 怕吗？\n\n**于丹：** 怕过。\n\n**问：** 还去？\n\n**于丹：** 去。\n";
    std::fs::write(home.path().join("a.md"), article).expect("it is written");
    let export = |more: &[&str]| -> serde_json::Value {
        let arguments = [&["export", "a.md", "--to", "json"], more].concat();
        let out = fangtan(home.path(), &arguments).output().expect("the program runs");
        assert!(out.status.success(), "{}", text(&out.stderr));
        serde_json::from_slice(&out.stdout).expect("JSON")
    };
    let plain = export(&[]);
    assert!(plain.get("hypotheses").is_none());
    let told = export(&["--explain"]);
    let hypotheses = told["hypotheses"].as_array().expect("a list");
    assert_eq!(told["turns"], plain["turns"]);
    assert_eq!(told["turns"].as_array().map(Vec::len), Some(6));
    let layout = plain["layout"].as_str().expect("words");
    assert!(hypotheses[0]["layout"].as_str().is_some_and(|words| words.starts_with(layout)));
    let scores: Vec<f64> = hypotheses.iter().filter_map(|one| one["score"].as_f64()).collect();
    assert!(scores[0] > 0.0 && scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}
