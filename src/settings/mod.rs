//! config.toml and the themes, as data.

/// What a reader may change.
#[derive(Clone, Debug, Default)]
pub struct Settings;

/// Colours, by what they are for.
#[derive(Clone, Debug, Default)]
pub struct Theme;
