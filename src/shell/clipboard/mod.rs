//! A text → the clipboards that can be reached, and what is known of how that went.
//!
//! The system's clipboard comes first, because it says whether it took the text. The terminal gets
//! it after that, by OSC 52: one that takes it owns the clipboard then and keeps it when the reader
//! has left, which nothing but a clipboard manager does for a program of X11 or Wayland. Inside of
//! tmux, tmux is asked: it takes OSC 52 from programs only when it is set to, and its own client's
//! command always.

mod osc52;
mod surroundings;
mod system;
mod tmux;

use std::io;
use std::time::Duration;

use unicode_segmentation::UnicodeSegmentation as _;

use super::tty::Tty;
use crate::words::Message;
use surroundings::Surroundings;
use system::System;
pub use system::THREAD;

/// How long a terminal may take for the longest sequence.
const PATIENCE: Duration = Duration::from_secs(2);

/// Ends a sequence that was cut off: `!` is no base64, so that no half of a text is taken for all
/// of it, and CAN cancels (ECMA-48 8.3.6).
const CANCEL: &[u8] = b"!\x18";

/// The clipboards that can be reached from here.
#[derive(Debug)]
pub struct Clipboard {
    around: Surroundings,
    system: System,
}

/// What became of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Outcome {
    /// The system's clipboard has it.
    taken: bool,
    /// tmux has it.
    buffered: bool,
    /// It was sent to the terminal, which does not answer.
    sent: bool,
}

impl Clipboard {
    /// What the environment says.
    pub fn of_environment() -> Self {
        let around = Surroundings::of(|name| std::env::var_os(name));
        Self { around, system: System::default() }
    }

    /// Copies `text`, which is clean, and says what is known of it. Between frames only: it writes
    /// to the terminal. Takes up to some tenths of a second where something does not answer.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn copy(&mut self, text: &str, tty: &Tty) -> io::Result<Message> {
        let sequences = osc52::sequences(text, self.around.inside);
        let taken = self.around.display && self.system.copy(text.to_owned());
        let pass_on = sequences.is_some();
        let buffered = self.around.tmux && tmux::load(text.to_owned(), pass_on);
        let sent = match &sequences {
            None => false,
            // tmux has sent it on.
            Some(_) if buffered && self.around.inside.is_tmux() => true,
            Some(sequences) => send(sequences.as_bytes(), tty)?,
        };
        Ok(said(text, Outcome { taken, buffered, sent }))
    }

    /// Gives what is in the system's clipboard to a clipboard manager, if there is one.
    pub fn close(&mut self) {
        std::mem::take(&mut self.system).close();
    }
}

/// Whether the terminal took all of it.
fn send(sequences: &[u8], tty: &Tty) -> io::Result<bool> {
    match tty.write_within(sequences, PATIENCE) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => {
            // If this is not taken, either, the next frame has to wait, too.
            let _ = tty.write_within(CANCEL, PATIENCE);
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// What to say: never more than is known.
fn said(text: &str, outcome: Outcome) -> Message {
    let bytes = osc52::length(text);
    let id = match outcome {
        Outcome { taken: true, .. } => "copied",
        Outcome { buffered: true, sent: true, .. } => "copied-tmux",
        Outcome { buffered: true, .. } => "copied-tmux-only",
        Outcome { sent: true, .. } => "copy-sent",
        _ if bytes > osc52::LONGEST => {
            let kilobytes = bytes.div_ceil(1000);
            return Message::new("copy-too-long").with("kilobytes", kilobytes);
        }
        _ => return Message::new("copy-failed"),
    };
    Message::new(id).with("characters", text.graphemes(true).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_more_is_said_than_is_known() {
        let outcome = |taken, buffered, sent| Outcome { taken, buffered, sent };
        for (outcome, want) in [
            (outcome(true, false, true), "copied"),
            (outcome(true, true, true), "copied"),
            (outcome(false, true, true), "copied-tmux"),
            (outcome(false, true, false), "copied-tmux-only"),
            (outcome(false, false, true), "copy-sent"),
            (outcome(false, false, false), "copy-failed"),
        ] {
            assert_eq!(said("灯👩‍💻", outcome).id, want);
        }
        assert_eq!(
            said("灯👩‍💻", outcome(true, false, false)),
            Message::new("copied").with("characters", 2)
        );
        let long = "灯".repeat(30_000);
        assert_eq!(
            said(&long, outcome(false, false, false)),
            Message::new("copy-too-long").with("kilobytes", 120)
        );
        assert_eq!(said(&long, outcome(true, false, false)).id, "copied");
    }
}
