//! keymap.toml ↔ [`Command`] ↔ help rows.

pub mod key;

pub use key::{Code, Key};

/// The keys in force.
#[derive(Debug)]
pub struct Keymap;
