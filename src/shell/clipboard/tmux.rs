//! tmux → its newest buffer, and the clipboard of the terminal that it runs in.
//!
//! `load-buffer -w` does both whatever `set-clipboard` and `allow-passthrough` are, and says whether
//! it did.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long the page waits for tmux.
const PATIENCE: Duration = Duration::from_millis(400);

/// Whether tmux took `text` into a buffer; with `pass_on` it is sent on to the terminal.
pub fn load(text: String, pass_on: bool) -> bool {
    let (outbox, answer) = mpsc::channel();
    let work = move || {
        let taken = run(&text, pass_on).unwrap_or(false);
        // Nobody waits any more when it took too long.
        let _ = outbox.send(taken);
    };
    thread::Builder::new().name("tmux".into()).spawn(work).is_ok()
        && answer.recv_timeout(PATIENCE).unwrap_or(false)
}

fn run(text: &str, pass_on: bool) -> std::io::Result<bool> {
    let mut command = Command::new("tmux");
    command.arg("load-buffer").args(pass_on.then_some("-w")).arg("-");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // Neither Ctrl-Z nor our end by a signal reaches it.
    command.process_group(0);
    let mut child = command.spawn()?;
    // Closed behind the text, which is how tmux knows its end.
    let written = child.stdin.take().map(|mut input| input.write_all(text.as_bytes()));
    let status = child.wait()?;
    Ok(status.success() && matches!(written, Some(Ok(()))))
}
