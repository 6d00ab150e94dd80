//! A pattern and a text → where the text comes nearest to the pattern.
//!
//! Myers' bit-parallel matching (G. Myers, "A fast bit-vector algorithm for approximate string
//! matching based on dynamic programming", JACM 46, 1999): one word operation row per character
//! of text, whatever the number of errors.

/// The most characters of a pattern that are compared; the rest is left out.
pub const LONGEST: usize = 128;

/// How many distinct places of the table below are kept per character: a power of two, at least
/// twice [`LONGEST`].
const SLOTS: usize = 512;

/// A pattern made ready for matching.
pub struct Pattern {
    /// For each character of the pattern, the bits where it stands; open addressing.
    table: Box<[(char, u128); SLOTS]>,
    length: u32,
}

/// How many errors (characters put in, left out or exchanged) a match that ends here has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// How many characters of the text were read.
    pub end: usize,
    /// The errors of the best match that ends there.
    pub errors: u32,
}

impl Pattern {
    /// Makes the first [`LONGEST`] characters ready. `None` when there are none.
    pub fn new(pattern: impl Iterator<Item = char>) -> Option<Self> {
        let mut made = Self { table: Box::new([('\0', 0); SLOTS]), length: 0 };
        for c in pattern.take(LONGEST) {
            let slot = made.slot(c);
            made.table[slot].0 = c;
            made.table[slot].1 |= 1 << made.length;
            made.length += 1;
        }
        (made.length > 0).then_some(made)
    }

    /// Its length in characters.
    pub fn len(&self) -> u32 {
        self.length
    }

    /// The errors of the best match that ends behind each character of `text`, given to `each`.
    pub fn scan(&self, text: impl Iterator<Item = char>, each: impl FnMut(Hit)) {
        self.run(text, 0, each);
    }

    /// The end of the best match that begins where `text` begins; of several, the one whose length
    /// is nearest to the pattern's.
    pub fn prefix(&self, text: impl Iterator<Item = char>) -> Hit {
        let mut best = Hit { end: 0, errors: self.length };
        let off = |end: usize| end.abs_diff(self.length as usize);
        // The first row of the matrix grows, so that the match cannot begin later.
        self.run(text, 1, |hit| {
            if (hit.errors, off(hit.end)) < (best.errors, off(best.end)) {
                best = hit;
            }
        });
        best
    }

    /// The fewest errors anywhere in `text`.
    pub fn best(&self, text: impl Iterator<Item = char>) -> u32 {
        let mut best = self.length;
        self.scan(text, |hit| best = best.min(hit.errors));
        best
    }

    /// How many characters `text` shares with the pattern from its beginning on.
    pub fn shared(&self, text: impl Iterator<Item = char>) -> u32 {
        let alike = text
            .take(self.length as usize)
            .enumerate()
            .take_while(|&(at, c)| self.table[self.slot(c)].1 >> at & 1 == 1);
        alike.count() as u32
    }

    fn run(&self, text: impl Iterator<Item = char>, carry: u128, mut each: impl FnMut(Hit)) {
        let last = 1u128 << (self.length - 1);
        let (mut plus, mut minus) = (u128::MAX, 0u128);
        let mut errors = self.length;
        for (at, c) in text.enumerate() {
            let equal = self.table[self.slot(c)].1;
            let vertical = equal | minus;
            let horizontal = ((equal & plus).wrapping_add(plus) ^ plus) | equal;
            let mut up = minus | !(horizontal | plus);
            let mut down = plus & horizontal;
            if up & last != 0 {
                errors += 1;
            } else if down & last != 0 {
                errors -= 1;
            }
            up = (up << 1) | carry;
            down <<= 1;
            plus = down | !(vertical | up);
            minus = up & vertical;
            each(Hit { end: at + 1, errors });
        }
    }

    fn slot(&self, c: char) -> usize {
        let mut slot = (u32::from(c).wrapping_mul(0x9E37_79B1) >> 23) as usize;
        while self.table[slot].1 != 0 && self.table[slot].0 != c {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The matrix of edit distances, written out; `fixed` when a match begins at the text's begin.
    fn matrix(pattern: &[char], text: &[char], fixed: u32) -> Vec<u32> {
        let mut column: Vec<u32> = (0..=pattern.len() as u32).collect();
        let mut last = Vec::new();
        for (at, c) in text.iter().enumerate() {
            let mut next = vec![(at as u32 + 1) * fixed];
            for row in 0..pattern.len() {
                let change = column[row] + u32::from(pattern[row] != *c);
                next.push(change.min(column[row + 1] + 1).min(next[row] + 1));
            }
            last.push(next[pattern.len()]);
            column = next;
        }
        last
    }

    proptest! {
        #[test]
        fn it_equals_the_matrix(pattern in "[甲乙ab]{1,140}", text in "[甲乙abc]{0,200}") {
            let made = Pattern::new(pattern.chars()).unwrap();
            let pattern: Vec<char> = pattern.chars().take(LONGEST).collect();
            let text: Vec<char> = text.chars().collect();
            for fixed in [0, 1] {
                let mut errors = Vec::new();
                made.run(text.iter().copied(), fixed.into(), |hit| errors.push(hit.errors));
                prop_assert_eq!(errors, matrix(&pattern, &text, fixed));
            }
        }
    }

    #[test]
    fn the_end_of_the_nearest_match() {
        let pattern = Pattern::new("能源问题".chars()).unwrap();
        assert_eq!(pattern.prefix("能原问题很大".chars()), Hit { end: 4, errors: 1 });
        assert_eq!(pattern.best("这里说能源的问题吧".chars()), 1);
        assert!(Pattern::new("".chars()).is_none());
    }
}
