//! The terminal as a file: size, bytes in, bytes out, and whether it is still there.
//!
//! It is opened once more by name instead of using standard input and output: the open file is
//! then our own, so that it can be non-blocking without changing the shell's. A terminal that
//! takes no output, or half a key sequence, can therefore never keep a signal waiting.

use std::io;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::getpgrp;
use rustix::termios::{OptionalActions, Termios, isatty, tcgetattr, tcsetattr, ttyname};

use crate::reader::Size;

/// The largest screen that is drawn; a terminal may claim 65,535 × 65,535 cells.
const LARGEST: Size = Size { columns: 2000, rows: 1000 };
/// The most cells of it, in whole rows.
const CELLS: u32 = 500_000;

/// What a terminal of no known size is taken for (a serial line reports 0 × 0).
const USUAL: Size = Size { columns: 80, rows: 24 };

/// The terminal.
#[derive(Debug)]
pub struct Tty {
    file: OwnedFd,
}

/// What a wait ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// The terminal has bytes, or something else woke the wait, or its time was over.
    Go,
    /// The terminal is gone.
    Gone,
}

impl Tty {
    /// Opens the terminal behind standard output, input or error, else the controlling one.
    ///
    /// # Errors
    /// When there is none.
    pub fn open() -> io::Result<Self> {
        let standard = [rustix::stdio::stdout(), rustix::stdio::stdin(), rustix::stdio::stderr()];
        let named = standard.into_iter().filter_map(|fd| ttyname(fd, []).ok());
        for name in named.chain([c"/dev/tty".to_owned()]) {
            let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let Ok(file) = rustix::fs::open(&name, flags, Mode::empty()) else { continue };
            if isatty(&file) {
                return Ok(Self { file });
            }
        }
        Err(io::Error::from(Errno::NOTTY))
    }

    /// The size in cells, cut at 2,000 columns, 1,000 rows and 500,000 cells.
    pub fn size(&self) -> Size {
        let Ok(size) = rustix::termios::tcgetwinsize(&self.file) else { return USUAL };
        drawn(Size { columns: size.ws_col, rows: size.ws_row })
    }

    /// Whether we are the terminal's foreground: a background process that changes its settings is
    /// stopped by SIGTTOU.
    pub fn is_ours(&self) -> bool {
        // No answer: it is not our controlling terminal, and has no such rule for us.
        rustix::termios::tcgetpgrp(&self.file).map_or(true, |group| group == getpgrp())
    }

    /// The line discipline's settings.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn modes(&self) -> io::Result<Termios> {
        Ok(tcgetattr(&self.file)?)
    }

    /// Puts settings in force at once, without waiting for output to drain.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn set_modes(&self, modes: &Termios) -> io::Result<()> {
        Ok(tcsetattr(&self.file, OptionalActions::Now, modes)?)
    }

    /// Waits until the terminal has bytes, `other` has, or `time` is over; `None` waits for ever.
    /// A hang-up is looked for first: reading from a terminal that is gone gives nothing, at once,
    /// for ever.
    ///
    /// # Errors
    /// When waiting itself fails.
    pub fn wait(&self, other: BorrowedFd<'_>, time: Option<Duration>) -> io::Result<Ready> {
        let mut fds = [
            PollFd::new(&self.file, PollFlags::IN),
            PollFd::from_borrowed_fd(other, PollFlags::IN),
        ];
        let time = time.map(|time| Timespec {
            tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: time.subsec_nanos().into(),
        });
        match poll(&mut fds, time.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        Ok(if fds[0].revents().intersects(gone) { Ready::Gone } else { Ready::Go })
    }

    /// Reads what has arrived, at most `buffer.len()` bytes; 0 when nothing has.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match rustix::io::read(&self.file, buffer) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => Ok(count),
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes all of `bytes`. A terminal that is slow is waited for, until `other` has bytes.
    ///
    /// # Errors
    /// [`io::ErrorKind::Interrupted`] when `other` has bytes before all is written; others when
    /// the terminal is gone.
    pub fn write(&self, bytes: &[u8], other: BorrowedFd<'_>) -> io::Result<()> {
        self.write_while(bytes, |tty| {
            let mut fds = [
                PollFd::new(&tty.file, PollFlags::OUT),
                PollFd::from_borrowed_fd(other, PollFlags::IN),
            ];
            match poll(&mut fds, None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let writable = fds[0].revents().contains(PollFlags::OUT);
            if !writable && fds[1].revents().contains(PollFlags::IN) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            Ok(())
        })
    }

    /// Writes all of `bytes`, and gives up after `time`.
    ///
    /// # Errors
    /// [`io::ErrorKind::TimedOut`], or when the terminal is gone.
    pub fn write_within(&self, bytes: &[u8], time: Duration) -> io::Result<()> {
        let end = Instant::now() + time;
        self.write_while(bytes, |tty| {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            let left =
                Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
            match poll(&mut [PollFd::new(&tty.file, PollFlags::OUT)], Some(&left)) {
                Ok(_) | Err(Errno::INTR) => Ok(()),
                Err(error) => Err(error.into()),
            }
        })
    }

    fn write_while(
        &self,
        mut bytes: &[u8],
        mut wait: impl FnMut(&Self) -> io::Result<()>,
    ) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::write(&self.file, bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => wait(self)?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

/// Whether `error` says that the terminal is gone.
pub fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
        || matches!(Errno::from_io_error(error), Some(Errno::IO | Errno::NXIO | Errno::PIPE))
}

/// The part of a screen that is drawn.
fn drawn(size: Size) -> Size {
    if size.columns == 0 || size.rows == 0 {
        return USUAL;
    }
    let columns = size.columns.min(LARGEST.columns);
    let most = u16::try_from(CELLS / u32::from(columns)).unwrap_or(u16::MAX);
    Size { columns, rows: size.rows.min(LARGEST.rows).min(most) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_that_no_screen_has() {
        for (claimed, want) in [
            ((80, 24), (80, 24)),
            ((0, 0), (80, 24)),
            ((0, 50), (80, 24)),
            ((1, 1), (1, 1)),
            ((1, 65_535), (1, 1000)),
            ((500, 1000), (500, 1000)),
            ((65_535, 65_535), (2000, 250)),
        ] {
            let size = drawn(Size { columns: claimed.0, rows: claimed.1 });
            assert_eq!((size.columns, size.rows), want, "{claimed:?}");
        }
    }
}
