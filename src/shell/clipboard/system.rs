//! The system's clipboard, in a thread of its own: X11 and Wayland ask the program that copied for
//! the text whenever someone pastes, so it has to stay, and a display may not answer.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// The name of its thread.
pub const THREAD: &str = "clipboard";

/// How long the page waits for an answer.
const PATIENCE: Duration = Duration::from_millis(400);
/// How long the end waits for a clipboard manager.
const LAST: Duration = Duration::from_millis(500);

/// The system's clipboard; it is opened when something is copied.
#[derive(Debug, Default)]
pub struct System {
    desk: Option<Desk>,
}

#[derive(Debug)]
struct Desk {
    texts: Sender<String>,
    answers: Receiver<bool>,
    /// How many texts were not answered for in time.
    late: usize,
}

impl System {
    /// Whether the system's clipboard took the text. One that did not answer in time is not waited
    /// for again before it has.
    pub fn copy(&mut self, text: String) -> bool {
        if self.desk.is_none() {
            self.desk = Desk::open();
        }
        self.desk.as_mut().is_some_and(|desk| desk.copy(text))
    }

    /// Closes it. On X11 a clipboard manager is given the text before.
    pub fn close(self) {
        let Some(Desk { texts, answers, .. }) = self.desk else { return };
        drop(texts);
        let end = Instant::now() + LAST;
        // The other end goes when all is done.
        while answers.recv_timeout(end.saturating_duration_since(Instant::now())).is_ok() {}
    }
}

impl Desk {
    /// `None` when no thread is to be had.
    fn open() -> Option<Self> {
        let (texts, inbox) = mpsc::channel();
        let (outbox, answers) = mpsc::channel();
        let work = move || serve(&inbox, &outbox);
        thread::Builder::new().name(THREAD.into()).spawn(work).ok()?;
        Some(Self { texts, answers, late: 0 })
    }

    fn copy(&mut self, text: String) -> bool {
        while self.late > 0 && self.answers.try_recv().is_ok() {
            self.late -= 1;
        }
        if self.texts.send(text).is_err() {
            return false;
        }
        if self.late == 0
            && let Ok(taken) = self.answers.recv_timeout(PATIENCE)
        {
            return taken;
        }
        self.late += 1;
        false
    }
}

/// Copies what comes; one that could not be opened is tried again with the next text.
fn serve(inbox: &Receiver<String>, outbox: &Sender<bool>) {
    let mut board = None;
    for text in inbox {
        if board.is_none() {
            board = arboard::Clipboard::new().ok();
        }
        let taken = board.as_mut().is_some_and(|board| board.set_text(text).is_ok());
        if !taken {
            board = None;
        }
        if outbox.send(taken).is_err() {
            return;
        }
    }
}
