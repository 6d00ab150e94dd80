//! Standard output, which may be closed at any time.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use super::failure::Failure;

/// A buffered standard output whose closing is a quiet end.
#[derive(Debug)]
pub struct Out {
    inner: BufWriter<StdoutLock<'static>>,
}

impl Out {
    /// Standard output.
    pub fn new() -> Self {
        Self { inner: BufWriter::with_capacity(1 << 16, io::stdout().lock()) }
    }

    /// Writes all of it, and flushes.
    pub fn bytes(self, bytes: &[u8]) -> Result<(), Failure> {
        self.with(|out| out.write_all(bytes))
    }

    /// Lets `write` write, and flushes.
    pub fn with(
        mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        match write(&mut self.inner).and_then(|()| self.inner.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::closed_pipe()),
            Err(error) => {
                let _ = writeln!(io::stderr(), "fangtan: standard output: {error}");
                Err(Failure::said())
            }
        }
    }
}
