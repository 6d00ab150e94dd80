//! keymap.toml ↔ [`Command`] ↔ help rows.

pub mod key;

pub use key::{Code, Key};

/// The keys in force.
#[derive(Debug)]
pub struct Keymap;
/** */
pub enum Resolved {
    /** */
    Command(crate::command::Command, Option<u32>),
    /** */
    Pending(Vec<Key>),
    /** */
    Unbound,
}
/** */
pub struct HelpRow {
    /** */
    pub chords: Vec<String>,
    /** */
    pub command: crate::command::Command,
}
impl Keymap {
    /** */
    pub fn resolve(&self, _: crate::command::Context, _: &[Key], _: Key) -> Resolved {
        Resolved::Unbound
    }
    /** */
    pub fn rows(&self, _: crate::command::Context) -> Vec<HelpRow> {
        vec![]
    }
}
impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.code)
    }
}
