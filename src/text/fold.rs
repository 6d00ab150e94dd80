//! Folding for search.
