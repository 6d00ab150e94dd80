//! How a reader wants an article to be set.

/// How a reader wants an article to be set; `None` is as in the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The widest line, in cells.
    pub measure: Option<u16>,
    /// The theme's name.
    pub theme: Option<String>,
    /// Whether the speakers are listed beside the page.
    pub speakers: Option<bool>,
}
