//! `&State` → ratatui `Buffer`.

use ratatui::buffer::Buffer;

use crate::reader::State;

/// Draws the whole screen.
pub fn draw(state: &State, buffer: &mut Buffer) {
    let _ = (state, buffer);
}
