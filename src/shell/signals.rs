//! Signals → flags and a byte in the pipe; and what follows when one is obeyed.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rustix::process::{
    Pid, Signal, getpgrp, getpid, getsid, kill_current_process_group, kill_process,
};
use signal_hook::SigId;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::{flag, low_level};

use super::wake::Pipe;

/// The signals that came and were not looked at yet.
#[derive(Debug, Default)]
pub struct Signals {
    ending: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    again: Arc<AtomicBool>,
    size: Arc<AtomicBool>,
    ids: Vec<SigId>,
}

impl Signals {
    /// Catches them from now on; each writes a byte into `pipe`.
    ///
    /// # Errors
    /// When the system refuses a handler.
    pub fn catch(pipe: &Pipe) -> io::Result<Self> {
        let mut signals = Self::default();
        // The flag is registered first: it is set before the byte wakes the loop.
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
            let ending = Arc::clone(&signals.ending);
            signals.ids.push(flag::register_usize(signal, ending, signal.unsigned_abs() as usize)?);
        }
        let flags = [
            (SIGTSTP, Arc::clone(&signals.stop)),
            (SIGCONT, Arc::clone(&signals.again)),
            (SIGWINCH, Arc::clone(&signals.size)),
        ];
        for (signal, flag) in flags {
            signals.ids.push(flag::register(signal, flag)?);
        }
        for signal in [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH] {
            signals.ids.push(low_level::pipe::register(signal, pipe.writer()?)?);
        }
        Ok(signals)
    }

    /// The signal that ends us, if one came.
    pub fn ending(&self) -> Option<i32> {
        match self.ending.load(Ordering::SeqCst) {
            0 => None,
            signal => i32::try_from(signal).ok(),
        }
    }

    /// Whether we are to stop; asked once.
    pub fn stop(&self) -> bool {
        self.stop.swap(false, Ordering::SeqCst)
    }

    /// Whether we were stopped and go on; asked once.
    pub fn again(&self) -> bool {
        self.again.swap(false, Ordering::SeqCst)
    }

    /// Whether the terminal's size changed; asked once.
    pub fn size(&self) -> bool {
        self.size.swap(false, Ordering::SeqCst)
    }

    /// Stops this process, and its whole group as Ctrl-Z in a cooked terminal would: the other
    /// ends of a pipeline stop with it, and so does a script that waits for it. Returns when
    /// something lets it go on.
    pub fn suspend(&self) {
        // The others get SIGTSTP; our own handler catches it, so we stop ourselves by SIGSTOP.
        let _ = kill_current_process_group(Signal::TSTP);
        let _ = kill_process(getpid(), Signal::STOP);
        self.stop();
        self.again();
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for id in self.ids.drain(..) {
            low_level::unregister(id);
        }
    }
}

/// Whether someone could let us go on once we stopped. The group of a session's leader is orphaned
/// (POSIX, 3.264): nobody does job control for it, and a terminal whose only program stops is
/// frozen. That is why the kernel drops SIGTSTP there; SIGSTOP it would not drop.
pub fn may_stop() -> bool {
    getsid(None::<Pid>).is_ok_and(|session| session != getpgrp())
}

/// Ends this process by `signal`, with its default action, so that the exit status tells.
pub fn end_by(signal: i32) {
    let _ = low_level::emulate_default_handler(signal);
}

/// Ends this process as a hang-up does.
pub fn end_by_hangup() {
    end_by(SIGHUP);
}
