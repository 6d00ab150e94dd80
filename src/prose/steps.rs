//! Where in a sorted table the entries of each stretch of text begin: a look-up reads a few
//! entries that lie together, where a search through all of a long text's table reads one here and
//! one there.

/// The bytes of a stretch.
const STRETCH: usize = 1024;

/// For a table that is sorted by a place in the text.
#[derive(Clone, Debug, Default)]
pub struct Steps(Vec<u32>);

impl Steps {
    /// For the entries at `places` (sorted) of a text of `length` bytes.
    pub fn new(places: impl Iterator<Item = u32>, length: usize) -> Self {
        let mut steps = Vec::with_capacity(length / STRETCH + 2);
        let mut count = 0;
        for place in places {
            steps.resize(steps.len().max(place as usize / STRETCH + 1), count);
            count += 1;
        }
        steps.resize(steps.len().max(length / STRETCH + 2), count);
        Self(steps)
    }

    /// How many entries of the table stand before the byte `at`. Right without steps, too: then all
    /// of the table is searched.
    pub fn before<T>(&self, table: &[T], at: u32, place: impl Fn(&T) -> u32) -> usize {
        let stretch = at as usize / STRETCH;
        let step = |stretch: usize| self.0.get(stretch).map(|&count| count as usize);
        let from = step(stretch).unwrap_or(0);
        let to = step(stretch + 1).unwrap_or(table.len());
        from + table[from..to].partition_point(|entry| place(entry) < at)
    }
}

#[cfg(test)]
mod tests {
    use super::Steps;

    #[test]
    fn as_a_search_through_all_of_the_table() {
        let table: Vec<u32> = vec![0, 0, 7, 1023, 1024, 1024, 5000, 9000, 9001];
        let steps = Steps::new(table.iter().copied(), 9001);
        for at in 0..9100 {
            let want = table.partition_point(|&place| place < at);
            assert_eq!(steps.before(&table, at, |&place| place), want, "{at}");
            assert_eq!(Steps::default().before(&table, at, |&place| place), want, "{at}");
        }
        assert_eq!(Steps::new(std::iter::empty(), 0).before(&[0_u32; 0], 3, |&place| place), 0);
    }
}
