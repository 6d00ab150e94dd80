//! Whether the terminal's background is dark or light.

use std::time::Duration;

use terminal_colorsaurus::{Error, QueryOptions, background_color};

/// How long the answer is waited for. Terminals that know no colours answer the second question
/// (device attributes) at once; only one that answers nothing, or is far away, needs all of it. A
/// later answer is swallowed by the decoder.
const PATIENCE: Duration = Duration::from_millis(100);

/// What a terminal's background is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Darker than the middle.
    Dark,
    /// Lighter than it.
    Light,
}

/// Whether a question got all its answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// Yes, or there was none.
    #[default]
    Answered,
    /// No: they may still come.
    InVain,
}

/// Asks the terminal by OSC 11; `None` when it does not say, or `TERM` is `dumb`. Takes as long as
/// the terminal takes to answer, at most 100 ms.
pub(super) fn ask() -> (Option<Background>, Asked) {
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match background_color(options) {
        Ok(colour) if colour.perceived_lightness() > 0.5 => {
            (Some(Background::Light), Asked::Answered)
        }
        Ok(_) => (Some(Background::Dark), Asked::Answered),
        Err(Error::Timeout(_)) => (None, Asked::InVain),
        Err(_) => (None, Asked::Answered),
    }
}
