//! The same for very many things: by several threads at once where that is worth it. What comes out
//! does not depend on how many there are.

use std::ops::Range;

use rayon::prelude::*;

/// How many things one thread looks at in a row.
const SHARE: usize = 16_384;

/// What `read` gives for shares of `0..count`, in order; all of a few things are one share.
pub fn shares<T: Send>(count: usize, read: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let share = |from: usize| from..count.min(from + SHARE);
    if count <= SHARE {
        return vec![read(0..count)];
    }
    (0..count.div_ceil(SHARE)).into_par_iter().map(|at| read(share(at * SHARE))).collect()
}

/// What `read` gives for each of `0..count`, in order.
pub fn each<T: Send>(count: usize, read: impl Fn(usize) -> T + Sync) -> Vec<T> {
    shares(count, |share| share.map(&read).collect::<Vec<T>>()).into_iter().flatten().collect()
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
