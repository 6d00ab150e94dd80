//! Line-break opportunities.
