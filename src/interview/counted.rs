//! Labels with numbers → whose numbers they are: `Q1`, `A1`, `Q2`, `A2` number what is said, `A1` and
//! `A2` that come again and again are two who answer.

use std::collections::{HashMap, HashSet};

use super::labels::number;
use super::start::Start;

/// For each start the number that tells its speaker from others with the same word; none where it
/// has none, or where it is that of a question.
pub fn counted(starts: &[Start]) -> Vec<Option<u32>> {
    let mut numbers: Vec<Option<u32>> = starts
        .iter()
        // Only a word for a question or an answer loses its number.
        .map(|start| {
            let label = &*start.label;
            if *label.name == *label.printed { None } else { number(&label.printed) }
        })
        .collect();
    let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, start) in starts.iter().enumerate().filter(|(at, _)| numbers[*at].is_some()) {
        words.entry(&start.label.key).or_default().push(at);
    }
    let people: HashSet<usize> =
        words.into_values().filter(|of| are_people(starts, &numbers, of)).flatten().collect();
    for (at, number) in numbers.iter_mut().enumerate() {
        *number = number.filter(|_| people.contains(&at));
    }
    numbers
}

/// Whether the numbers behind one word are people's.
fn are_people(starts: &[Start], numbers: &[Option<u32>], of: &[usize]) -> bool {
    let mut counts: HashMap<Option<u32>, u32> = HashMap::new();
    for &at in of {
        *counts.entry(numbers[at]).or_default() += 1;
    }
    if counts.values().filter(|&&count| count > 1).count() < 2 {
        return false;
    }
    // `Q2` and `A2` stand together.
    let beside = |at: usize, other: Option<usize>| {
        other.is_some_and(|other| {
            numbers.get(other).is_some_and(|number| *number == numbers[at])
                && starts[other].label.name != starts[at].label.name
        })
    };
    let behind = of.iter().filter(|&&at| beside(at, at.checked_sub(1))).count();
    let before = of.iter().filter(|&&at| beside(at, Some(at + 1))).count();
    if behind.max(before) * 5 >= of.len() * 4 {
        return false;
    }
    // Numbers of questions climb, and begin again with a section; people's go up and down.
    let steps = || of.windows(2).map(|two| (numbers[two[0]], numbers[two[1]]));
    let changes = steps().filter(|(one, next)| one != next).count();
    let falls = steps().filter(|(one, next)| one > next).count();
    changes > 2 && falls * 10 >= changes * 3
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::interview::labels::Label;

    fn of(labels: &str) -> Vec<Option<u32>> {
        let start = |label: &str| {
            let name = label.trim_end_matches(|c: char| c.is_ascii_digit());
            Start::new(0, 0, Arc::new(Label::new(label, name)))
        };
        counted(&labels.split(' ').map(start).collect::<Vec<_>>())
    }

    #[test]
    fn numbers_of_people_come_again() {
        assert_eq!(of("Q A1 A2 Q A1 A2"), [None, Some(1), Some(2), None, Some(1), Some(2)]);
        assert!(of("Q1 A1 Q2 A2 Q3 A1 Q4 A2 Q5 A1")[1].is_some());
        for questions in [
            "Q1 A1 Q2 A2 Q3 A3",
            "Q1 A1 Q2 A2 Q1 A1 Q2 A2",
            "Q1 A Q2 A Q3 A Q4 A Q1 A Q2 A Q3 A Q4 A",
            "Q1 A Q1 A Q2 A Q2 A",
        ] {
            assert!(of(questions).iter().all(Option::is_none), "{questions}");
        }
    }
}
