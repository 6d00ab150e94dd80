//! Whether the terminal's background is dark or light.

use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, background_color};

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

/// Asks the terminal by OSC 11; `None` when it does not say, or `TERM` is `dumb`. Takes as long as
/// the terminal takes to answer, at most 100 ms.
pub(super) fn ask() -> Option<Background> {
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    let colour = background_color(options).ok()?;
    Some(if colour.perceived_lightness() > 0.5 { Background::Light } else { Background::Dark })
}
