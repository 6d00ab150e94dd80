//! Phrases that are looked for in very many texts: their searchers are made once.

use std::sync::OnceLock;

use memchr::memmem::Finder;

/// A fixed list of phrases.
#[derive(Debug)]
pub struct Phrases {
    all: &'static [&'static str],
    finders: OnceLock<Vec<Finder<'static>>>,
}

impl Phrases {
    /// Those phrases.
    pub const fn new(all: &'static [&'static str]) -> Self {
        Self { all, finders: OnceLock::new() }
    }

    /// All of them.
    pub fn all(&self) -> &'static [&'static str] {
        self.all
    }

    /// Those that stand anywhere in a text, in the order of the list.
    pub fn within<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'static str> + 'a {
        let finders = self.finders.get_or_init(|| self.all.iter().map(Finder::new).collect());
        // In plain letters there are only phrases of such.
        let plain = text.is_ascii();
        let stands = move |(phrase, finder): &(&&'static str, &Finder<'static>)| {
            (!plain || phrase.is_ascii()) && finder.find(text.as_bytes()).is_some()
        };
        self.all.iter().zip(finders).filter(stands).map(|(phrase, _)| *phrase)
    }

    /// Whether one of them stands anywhere in a text.
    pub fn are_in(&self, text: &str) -> bool {
        self.within(text).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn those_that_stand_in_a_text() {
        static ALL: Phrases = Phrases::new(&["灯塔", "sea", "海"]);
        let within = |text| ALL.within(text).collect::<Vec<_>>();
        assert_eq!(within("海上的灯塔"), ["灯塔", "海"]);
        assert_eq!(within("overseas"), ["sea"]);
        assert!(ALL.are_in("seaside 灯") && !ALL.are_in("灯") && !ALL.are_in(""));
    }
}
