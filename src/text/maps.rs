//! Maps and sets for very many short keys. Their hasher is many times cheaper for those than the
//! standard library's; like that one it begins with a number of its own at each start, so that no
//! text can be made for it. Nothing depends on their order.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

/// A map.
pub type Map<K, V> = HashMap<K, V, RandomState>;
/// A set.
pub type Set<T> = HashSet<T, RandomState>;
