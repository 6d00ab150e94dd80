//! The same for very many things: by several threads at once where that is worth it. What comes out
//! does not depend on how many there are.

use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// How many things one thread looks at in a row.
const SHARE: usize = 16_384;

/// What `read` gives for each of `items`, in order.
pub fn map<I: Send, T: Send>(items: Vec<I>, read: impl Fn(I) -> T + Sync + Send) -> Vec<T> {
    match threads().filter(|_| items.len() > 1) {
        Some(pool) => pool.install(|| items.into_par_iter().map(read).collect()),
        None => items.into_iter().map(read).collect(),
    }
}

/// What `read` gives for shares of `0..count`, in order; all of a few things are one share.
pub fn shares<T: Send>(count: usize, read: impl Fn(Range<usize>) -> T + Sync + Send) -> Vec<T> {
    let begins = (0..count.max(1)).step_by(SHARE);
    map(begins.map(|from| from..count.min(from + SHARE)).collect(), read)
}

/// What `read` gives for each of `0..count`, in order.
pub fn each<T: Send>(count: usize, read: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
    shares(count, |share| share.map(&read).collect::<Vec<T>>()).into_iter().flatten().collect()
}

/// The threads; none where the system gives none.
fn threads() -> Option<&'static ThreadPool> {
    static THREADS: OnceLock<Option<ThreadPool>> = OnceLock::new();
    THREADS.get_or_init(|| ThreadPoolBuilder::new().build().ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::{SHARE, each};

    #[test]
    fn all_of_them_in_order() {
        for count in [0, 1, SHARE, SHARE + 1, SHARE * 3 + 7] {
            assert!(each(count, |at| at * 2).into_iter().eq((0..count).map(|at| at * 2)));
        }
    }
}
