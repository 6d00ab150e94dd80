//! fangtan (访谈): a terminal reader for long-form interviews.
//!
//! A file becomes clean text ([`source`]), the text a [`Prose`](prose::Prose) with tables over it
//! ([`format`]), the prose an [`Interview`](interview::Interview) of speakers and turns
//! ([`interview`]). [`typeset`] fills lines of cells from it, [`reader`] keeps the place and takes
//! every event, [`view`] draws a screen from the reader's state alone, and [`shell`] owns the
//! terminal. A room names only rooms that stand before it here.

pub mod text;
pub mod prose;
pub mod source;
pub mod format;
pub mod interview;
pub mod typeset;
pub mod command;
pub mod words;
pub mod keymap;
pub mod settings;
pub mod marks;
pub mod reader;
pub mod view;
pub mod shell;
pub mod cli;
