//! The terminal's life: entered once, left on every way out.
//!
//! What the terminal was like is kept in one static place, so that a panic can leave it, too.
//! Leaving twice does nothing; every step of it is tried even when one before it failed.

use std::io::{self, Write as _};
use std::panic::PanicHookInfo;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::Command;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen,
};
use rustix::termios::Termios;

use super::clipboard;
use super::tty::Tty;
use super::wake::Waker;
use crate::reader::MouseOwner;
use crate::text::clean::clean;

/// Alternate screen, no cursor, pastes in brackets, and no wrapping at the right margin, where a
/// terminal may think a character wider than we do.
fn entering() -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = EnterAlternateScreen.write_ansi(&mut out);
    let _ = Hide.write_ansi(&mut out);
    let _ = EnableBracketedPaste.write_ansi(&mut out);
    let _ = DisableLineWrap.write_ansi(&mut out);
    out
}

/// The other way round; first an ST, which ends a sequence that was cut off. The cursor is shown
/// last, on the normal screen.
fn leaving() -> String {
    let mut out = String::from("\x1b\\");
    let _ = ResetColor.write_ansi(&mut out);
    let _ = EndSynchronizedUpdate.write_ansi(&mut out);
    let _ = DisableBracketedPaste.write_ansi(&mut out);
    let _ = EnableLineWrap.write_ansi(&mut out);
    let _ = LeaveAlternateScreen.write_ansi(&mut out);
    let _ = Show.write_ansi(&mut out);
    out
}

/// Presses, drags and the wheel (1000, 1002), in decimal (1006); not every motion (1003), which
/// crossterm would ask for as well.
const CAPTURE: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const RELEASE: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// How long a terminal that takes no output may keep us from leaving.
const PATIENCE: Duration = Duration::from_millis(300);

struct Life {
    tty: Arc<Tty>,
    cooked: Termios,
}

static LIFE: Mutex<Option<Life>> = Mutex::new(None);
static FAULT: Mutex<Option<String>> = Mutex::new(None);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Enters: raw mode, alternate screen, bracketed paste, the mouse if it is to be ours. When it was
/// entered before (something stopped us and let us go on), the same again, and what it was like
/// before the first time is kept.
///
/// # Errors
/// When the terminal refuses; [`leave`] is due all the same.
pub fn enter(tty: &Arc<Tty>, mouse: MouseOwner) -> io::Result<()> {
    let mut life = lock(&LIFE);
    let cooked = match life.take() {
        Some(life) => life.cooked,
        None => tty.modes()?,
    };
    let mut raw = cooked.clone();
    raw.make_raw();
    tty.set_modes(&raw)?;
    *life = Some(Life { tty: Arc::clone(tty), cooked });
    drop(life);
    tty.write_within(entering().as_bytes(), PATIENCE)?;
    point(tty, mouse)
}

/// Gives the mouse to its owner.
///
/// # Errors
/// When the terminal is gone or takes no output.
pub fn point(tty: &Tty, mouse: MouseOwner) -> io::Result<()> {
    let sequence = match mouse {
        MouseOwner::Reader => CAPTURE,
        MouseOwner::Terminal => RELEASE,
    };
    tty.write_within(sequence.as_bytes(), PATIENCE)
}

/// Leaves the terminal as it was before the first [`enter`]. One that a shell has taken back is
/// left to the shell.
pub fn leave() {
    let Some(life) = lock(&LIFE).take() else { return };
    if !life.tty.is_ours() {
        return;
    }
    let out = format!("{RELEASE}{}", leaving());
    // Both are tried; there is nobody left to tell when they fail.
    let _ = life.tty.write_within(out.as_bytes(), PATIENCE);
    let _ = life.tty.set_modes(&life.cooked);
}

/// Makes panics leave the terminal before they say anything. In another thread than this one the
/// message is kept for [`fault`], and this thread is woken: only it writes to the terminal. Threads
/// that can be done without end alone.
pub fn hook_panics(waker: Waker) {
    let own = thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        let message = message(info);
        if thread::current().id() == own {
            leave();
            // Standard error may be closed; then nobody is told.
            let _ = writeln!(io::stderr(), "fangtan: {message}");
            return;
        }
        if !is_spared(thread::current().name()) {
            lock(&FAULT).get_or_insert(message);
            waker.wake();
        }
    }));
}

/// Whether a thread can be done without: the clipboard's, and those of other crates, which have no
/// name. An odd `DISPLAY` makes them panic.
fn is_spared(name: Option<&str>) -> bool {
    matches!(name, None | Some(clipboard::THREAD))
}

/// What another thread said when it panicked, clean.
pub fn fault() -> Option<String> {
    lock(&FAULT).take()
}

fn message(info: &PanicHookInfo<'_>) -> String {
    clean(&info.to_string()).into_owned()
}
