//! What one terminal cell is made of: clean text, grapheme clusters and their width in cells,
//! line-break opportunities, words, sentences, and folding for search. Knows no terminal and does no I/O.

pub mod ambiguous;
pub mod breaks;
pub mod clean;
pub mod fold;
pub mod join;
pub mod maps;
pub mod parallel;
pub mod phrases;
pub mod profile;
pub mod script;
pub mod sign;
pub mod sentence;
pub mod spacing;
pub mod width;
pub mod word;

pub use clean::Clean;
