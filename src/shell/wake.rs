//! A pipe that wakes the loop: signals and other threads write a byte into it.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::pipe::{PipeFlags, pipe_with};

use crate::reader::Event;

/// The end that the loop waits on.
#[derive(Debug)]
pub struct Pipe {
    read: OwnedFd,
    write: Arc<OwnedFd>,
}

/// The end that wakes it.
#[derive(Clone, Debug)]
pub struct Waker(Arc<OwnedFd>);

/// Brings the reader an event from another thread.
#[derive(Clone, Debug)]
pub struct Post {
    events: Sender<Event>,
    waker: Waker,
}

impl Pipe {
    /// A pipe that neither end ever waits for.
    ///
    /// # Errors
    /// When no more files can be opened.
    pub fn new() -> io::Result<Self> {
        let (read, write) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        Ok(Self { read, write: Arc::new(write) })
    }

    /// The end that wakes it.
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.write))
    }

    /// A writing end as a file of its own, for a signal handler.
    ///
    /// # Errors
    /// When no more files can be opened.
    pub fn writer(&self) -> io::Result<OwnedFd> {
        self.write.try_clone()
    }

    /// A way for events from other threads, and where they come out.
    pub fn post(&self) -> (Post, Receiver<Event>) {
        let (events, inbox) = mpsc::channel();
        (Post { events, waker: self.waker() }, inbox)
    }

    /// Takes the bytes out, so that the next wait waits.
    pub fn drain(&self) {
        let mut bytes = [0; 64];
        while rustix::io::read(&self.read, &mut bytes).is_ok_and(|count| count == bytes.len()) {}
    }
}

impl AsFd for Pipe {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.read.as_fd()
    }
}

impl Waker {
    /// Wakes the loop. A full pipe has woken it already.
    pub fn wake(&self) {
        let _ = rustix::io::write(&self.0, &[0]);
    }
}

impl Post {
    /// Brings `event` to the reader; one who has left does not miss it.
    pub fn send(&self, event: Event) {
        if self.events.send(event).is_ok() {
            self.waker.wake();
        }
    }
}
