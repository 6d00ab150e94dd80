//! An address → the system's program for it.
//!
//! It is passed as one argument, never through a shell, and only when it is of a kind that cannot
//! start a program here.

use std::process::{Command, Stdio};
use std::thread;

use super::wake::Post;
use crate::reader::Event;
use crate::words::{Argument, Message};

/// Opens `url` from a thread of its own; says so when it may not or cannot be opened.
pub fn open(url: String, post: Post) {
    if !is_safe(&url) {
        post.send(Event::Say(message("open-refused", url)));
        return;
    }
    let spawned = thread::Builder::new().name("opener".into()).spawn({
        let post = post.clone();
        let url = url.clone();
        move || {
            if !open::commands(&url).into_iter().any(succeeds) {
                post.send(Event::Say(message("open-failed", url)));
            }
        }
    });
    if spawned.is_err() {
        post.send(Event::Say(message("open-failed", String::from("…"))));
    }
}

fn message(id: &'static str, url: String) -> Message {
    let url = crate::text::Clean::line(&url).into_string();
    Message { id, arguments: vec![("url", Argument::Text(url))] }
}

/// Whether it is `http`, `https` or `mailto`, has something behind that, and no blanks or control
/// characters, which a browser's wrapper script might take apart.
fn is_safe(url: &str) -> bool {
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return false;
    }
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|host| !host.is_empty()),
        "mailto" => !rest.is_empty(),
        _ => false,
    }
}

/// Runs one candidate without the terminal. Some openers stay until the program they started ends;
/// this thread waits for them, so that none is left as a zombie.
fn succeeds(mut command: Command) -> bool {
    detach(&mut command);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// In a process group of its own neither Ctrl-Z nor our end by a signal reaches it.
fn detach(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_start_nothing_here() {
        for url in
            ["https://a.example/b?c=d#e", "HTTP://a", "mailto:a@b.example", "https://例.example/字"]
        {
            assert!(is_safe(url), "{url}");
        }
        for url in [
            "",
            "-x",
            "--help",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ftp://a",
            "https:",
            "https://",
            "http:-x",
            "mailto:",
            "https://a b",
            "https://a\nb",
            "https://a\u{1b}[31m",
            "a.example",
            "'; touch p",
        ] {
            assert!(!is_safe(url), "{url}");
        }
    }
}
