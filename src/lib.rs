//! fangtan: a terminal reader for long-form interviews.

pub mod interview;
pub mod prose;
pub mod text;
pub mod typeset;
