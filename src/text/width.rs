//! The width of text in cells.
