//! What could not be done, as one line on standard error.

use std::io::Write;
use std::process::ExitCode;

use crate::text::Clean;
use crate::words::{Message, Words};

/// Why it could not be done.
#[derive(Debug)]
pub struct Failure {
    line: Option<String>,
    code: u8,
}

impl Failure {
    /// It could not be done: exit code 1.
    pub fn new(message: Message, words: &Words) -> Self {
        Self { line: Some(words.say(&message)), code: 1 }
    }

    /// The command line cannot be carried out here: exit code 2.
    pub fn usage(message: Message, words: &Words) -> Self {
        Self { code: 2, ..Self::new(message, words) }
    }

    /// It was said already.
    pub fn said() -> Self {
        Self { line: None, code: 1 }
    }

    /// Nobody reads what we write any more: that is an end, and no failure.
    pub fn closed_pipe() -> Self {
        Self { line: None, code: 0 }
    }

    /// Says it, and gives the exit code.
    pub fn report(self) -> ExitCode {
        if let Some(line) = self.line {
            // A standard error that is closed hears nothing.
            let _ = writeln!(std::io::stderr(), "fangtan: {}", Clean::line(&line));
        }
        ExitCode::from(self.code)
    }
}
