//! What an article is recognised by: the hash of its normalised text, else how many shingles it
//! shares, and its canonical address, which says how many these must be. Never its path.

mod address;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::interview::Interview;
use crate::interview::passage::normal;

/// How many hashes of shingles are kept.
const SKETCH: usize = 128;

/// How many characters a shingle has.
const SHINGLE: usize = 5;

/// From this much of the shorter text in the longer one on they are one article, when nothing is
/// known of their addresses. Measured: 5 % of the characters edited leave 0.75 of the shingles,
/// 30 % of the paragraphs deleted 0.99; another text by the same speakers has 0.03.
const LOWEST: f64 = 0.5;
/// The same when their addresses are one, as they are after 12 % of the characters were edited
/// (0.5 of the shingles) or some more. It is no lower because an address may be copied: the articles
/// of a series that all give its page share their preface, but mostly no more than that.
const LOWEST_ADDRESSED: f64 = 0.4;
/// The same when both have an address, but not one: a copy elsewhere, which is a copy, or the next
/// one of a series with a long preface.
const LOWEST_ELSEWHERE: f64 = 0.7;
/// From this much on it cannot be told.
const DOUBTFUL: f64 = 0.2;

/// How many shingles of the shorter text have to be compared: less than that are a text of a few
/// lines, or less than a quarter of the longer one, as a quotation or one of a collection is. Half
/// as many do when the addresses are one.
const ENOUGH: usize = 32;

/// What an article is recognised by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentKeys {
    /// Its canonical address: `wx:<__biz>/<mid>/<idx>` for WeChat, else without scheme and what
    /// says where the reader came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// SHA-256 of its normalised text, in hexadecimal digits.
    pub hash: String,
    /// The smallest hashes of its shingles, sorted; on disk only where the log has none yet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sketch: Vec<u32>,
}

/// Whether two articles are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They are.
    Same,
    /// It cannot be told.
    Unsure,
    /// They are not.
    Different,
}

impl DocumentKeys {
    /// The keys of an article; linear in its text.
    pub fn of(interview: &Interview) -> Self {
        let mut hash = Sha256::new();
        let mut window = [0_u32; SHINGLE];
        let (mut seen, mut bytes) = (0_usize, [0; 4]);
        let mut sketch = std::collections::BTreeSet::new();
        let mut buffer = Vec::with_capacity(1 << 16);
        normal::each(interview.prose.text(), |c| {
            buffer.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
            if buffer.len() > 1 << 15 {
                hash.update(&buffer);
                buffer.clear();
            }
            window.rotate_left(1);
            window[SHINGLE - 1] = u32::from(c);
            seen += 1;
            if seen >= SHINGLE {
                let shingle = mix(&window);
                if sketch.len() < SKETCH {
                    sketch.insert(shingle);
                } else if sketch.last().is_some_and(|&most| shingle < most)
                    && sketch.insert(shingle)
                {
                    sketch.pop_last();
                }
            }
        });
        hash.update(&buffer);
        Self {
            url: interview.front.url.as_deref().and_then(address::canonical),
            hash: hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
            sketch: sketch.into_iter().collect(),
        }
    }

    /// Whether these are the keys of the same article.
    ///
    /// An address alone is not believed: it is what the article says of itself, and it may be
    /// copied. A text without a single shingle, such as an empty one, says nothing either.
    pub fn likeness(&self, other: &Self) -> Likeness {
        let address = self.url.as_ref().zip(other.url.as_ref());
        let address = address.map(|(one, other)| address::is_same(one, other));
        let addressed = address == Some(true);
        // A bookmark of another program knows the address only, and there it is believed: where an
        // article lies about it, the passage is not in it, and is lost rather than put elsewhere.
        if self.hash.is_empty() || other.hash.is_empty() {
            return if addressed { Likeness::Same } else { Likeness::Different };
        }
        // One of both may have lost its sketch with a line of the log.
        let has_text = !self.sketch.is_empty() || !other.sketch.is_empty();
        if self.hash == other.hash && (addressed || has_text) {
            return Likeness::Same;
        }
        let lowest = match address {
            // Of a short text the copied address itself is a good part.
            Some(true) if self.is_short() || other.is_short() => LOWEST_ELSEWHERE,
            Some(true) => LOWEST_ADDRESSED,
            Some(false) => LOWEST_ELSEWHERE,
            None => LOWEST,
        };
        let enough = if addressed { ENOUGH / 2 } else { ENOUGH };
        let (contained, of) = self.contained(other);
        if contained >= lowest && of >= enough {
            Likeness::Same
        } else if addressed || contained >= DOUBTFUL {
            Likeness::Unsure
        } else {
            Likeness::Different
        }
    }

    /// How much of the shorter text is in the longer one, from 0 to 1, and of how many shingles
    /// of the shorter one that is told.
    ///
    /// Below the lower of both sketches' largest hashes, both have every hash of their texts:
    /// a sample of each by the same rule (bottom-k sketches: A. Broder, "On the resemblance and
    /// containment of documents", 1997; E. Cohen and H. Kaplan, 2007). Its sizes are to each other
    /// as the texts' are, so nothing is assumed about the lengths.
    fn contained(&self, other: &Self) -> (f64, usize) {
        let reach = self.reach().min(other.reach());
        let sample = |keys: &Self| keys.sketch.partition_point(|&hash| hash <= reach);
        let (one, two) = (&self.sketch[..sample(self)], &other.sketch[..sample(other)]);
        let both = one.iter().filter(|hash| two.binary_search(hash).is_ok()).count();
        let shorter = one.len().min(two.len());
        (both as f64 / shorter.max(1) as f64, shorter)
    }

    /// Whether the sketch has all shingles of the text.
    fn is_short(&self) -> bool {
        self.sketch.len() < SKETCH
    }

    /// Up to which hash the sketch has every shingle of the text.
    fn reach(&self) -> u32 {
        match self.sketch.last() {
            Some(&last) if self.sketch.len() >= SKETCH => last,
            _ => u32::MAX,
        }
    }

    /// The keys of an article of which nothing but the address is known, as a bookmark of another
    /// program has them; without any for what is no address.
    pub fn of_address(url: &str) -> Self {
        Self { url: address::canonical(url), ..Self::default() }
    }
}

/// A hash of a shingle that spreads (the finaliser of MurmurHash3 over a product sum).
fn mix(window: &[u32; SHINGLE]) -> u32 {
    let sum = window.iter().fold(0x9E37_79B9_7F4A_7C15_u64, |sum, &c| {
        (sum ^ u64::from(c)).wrapping_mul(0xFF51_AFD7_ED55_8CCD).rotate_left(29)
    });
    ((sum ^ (sum >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> DocumentKeys {
        DocumentKeys::of(&crate::interview::read(crate::format::markdown::read(text)))
    }

    const GUIDE: &str = include_str!("../../assets/guide.zh.md");

    /// `count` paragraphs of own text, each one different, of some 40 characters.
    fn paragraphs(name: &str, count: usize) -> Vec<String> {
        let paragraph = |n: usize| {
            let word = |salt: usize| {
                let hash = mix(&[n as u32, salt as u32, name.chars().next().unwrap().into(), 7, 9]);
                GUIDE.chars().filter(|c| *c > '\u{4E00}').nth(hash as usize % 3000).unwrap()
            };
            (0..40).map(word).collect::<String>() + "。"
        };
        (0..count).map(paragraph).collect()
    }

    fn of(parts: &[&[String]]) -> DocumentKeys {
        keys(&parts.concat().join("\n\n"))
    }

    #[test]
    fn edited_text_is_the_same() {
        let guide = keys(GUIDE);
        let edited = GUIDE.replace("回合", "段落").replace("屏", "页");
        assert_ne!(guide.hash, keys(&edited).hash);
        assert_eq!(guide.likeness(&keys(&edited)), Likeness::Same);
    }

    /// Of equal lengths or not: what counts is how much of the shorter one is in the longer.
    #[test]
    fn cut_down_or_made_longer_it_is_the_same() {
        let (text, more) = (paragraphs("甲", 200), paragraphs("乙", 200));
        let whole = of(&[&text]);
        for kept in [140, 120, 100] {
            let scattered: Vec<String> =
                (0..200).filter(|n| n * 7 % 200 < kept).map(|n| text[n].clone()).collect();
            for cut in [of(&[&scattered]), of(&[&text[200 - kept..]])] {
                let (contained, _) = whole.contained(&cut);
                assert!(contained > 0.95, "{kept} {contained}");
                assert_eq!(whole.likeness(&cut), Likeness::Same, "{kept}");
                assert_eq!(cut.likeness(&whole), Likeness::Same, "{kept}");
            }
        }
        assert_eq!(whole.likeness(&of(&[&text, &more])), Likeness::Same);
    }

    #[test]
    fn what_an_article_shares_with_another_decides() {
        let (text, more) = (paragraphs("甲", 200), paragraphs("乙", 200));
        let whole = of(&[&text]);
        for (shared, want) in [
            (70, Likeness::Unsure),
            (60, Likeness::Unsure),
            (20, Likeness::Different),
            (0, Likeness::Different),
        ] {
            let other = of(&[&text[..shared], &more[shared..]]);
            assert_eq!(whole.likeness(&other), want, "{shared}: {:?}", whole.contained(&other));
        }
    }

    #[test]
    fn an_address_says_how_much_must_be_shared() {
        let (text, more) = (paragraphs("甲", 200), paragraphs("乙", 200));
        let at = |url: &str, keys: DocumentKeys| DocumentKeys { url: Some(url.into()), ..keys };
        let (one, other) = (of(&[&text]), of(&[&text[..90], &more[90..]]));
        assert_eq!(one.likeness(&other), Likeness::Unsure);
        assert_eq!(
            at("a.org/1", one.clone()).likeness(&at("a.org/2", other.clone())),
            Likeness::Unsure
        );
        assert_eq!(at("a.org/1", one.clone()).likeness(&other), Likeness::Unsure);
        assert_eq!(at("a.org/1", one).likeness(&at("www.a.org/1", other)), Likeness::Same);
    }

    /// The next one of a series: a preface that never changes, and another talk. With addresses of
    /// their own, not even a preface of half the text makes them one; a copied address neither.
    #[test]
    fn a_series_with_one_preface_is_asked_about_and_never_merged() {
        let preface = paragraphs("序", 50);
        let talk = |name, count| of(&[&preface, &paragraphs(name, count)]);
        let at = |address: &str, keys: DocumentKeys| DocumentKeys {
            url: Some(address.to_owned()),
            ..keys
        };
        let (one, two) = (talk("一", 100), talk("二", 100));
        assert_eq!(one.likeness(&two), Likeness::Unsure);
        let (short, other) = (talk("一", 35), talk("二", 35));
        assert_eq!(
            at("example.org/1", short.clone()).likeness(&at("example.org/2", other)),
            Likeness::Unsure
        );
        let copied = (at("example.org/1", talk("一", 300)), at("example.org/1", talk("二", 300)));
        assert_eq!(copied.0.likeness(&copied.1), Likeness::Unsure);
        // The same talk on another site is the same.
        let there = at("example.com/x", short.clone());
        assert_eq!(at("example.org/1", short).likeness(&there), Likeness::Same);
    }

    #[test]
    fn a_quotation_or_a_collection_is_asked_about() {
        let (text, more) = (paragraphs("甲", 20), paragraphs("乙", 200));
        let (one, all) = (of(&[&text]), of(&[&more[..100], &text, &more[100..]]));
        assert_eq!(one.likeness(&all), Likeness::Unsure);
        assert_eq!(all.likeness(&one), Likeness::Unsure);
    }

    #[test]
    fn texts_of_a_few_words_are_the_same_when_they_are_equal() {
        let (one, two) = (keys("**甲：** 好，明天见。\n"), keys("**甲：** 好，明天见吧。\n"));
        assert_eq!(one.likeness(&one), Likeness::Same);
        assert_eq!(one.likeness(&two), Likeness::Unsure);
        assert_ne!(keys("**甲：** 好。\n").likeness(&keys("**乙：** 不。\n")), Likeness::Same);
    }

    #[test]
    fn empty_texts_are_the_same_only_at_one_address() {
        let (one, two) = (keys(""), keys("![](a.png)\n"));
        assert_eq!(one.hash, two.hash);
        assert_eq!(one.likeness(&two), Likeness::Different);
        assert_eq!(DocumentKeys::default().likeness(&DocumentKeys::default()), Likeness::Different);
        let at = |keys| DocumentKeys { url: Some("example.org/a".into()), ..keys };
        assert_eq!(at(one.clone()).likeness(&at(two.clone())), Likeness::Same);
        assert_eq!(at(one).likeness(&two), Likeness::Different);
        assert_eq!(at(two).likeness(&keys(GUIDE)), Likeness::Different);
    }

    /// What is on disk: the meaning of a hash and the numbers of a sketch never change.
    #[test]
    fn keys_are_those_of_older_records() {
        let keys = keys("**甲：** 今天读什么？\n\n**乙：** 读一篇访谈。\n");
        let json = serde_json::to_value(&keys).unwrap();
        let known = serde_json::json!({
            "hash": "8399466bb4cf27ea8b5afcb3725cc15b3c093b9287986d6b4004327c000889e1",
            "sketch": [17922798, 293722947, 600608346, 805997909, 1310446165, 1742374540, 2523683085_u32, 2904263908_u32, 2913771929_u32, 3101323126_u32, 3259228178_u32, 3589507050_u32],
        });
        assert_eq!(json, known);
        let old: DocumentKeys = serde_json::from_value(known).unwrap();
        assert_eq!(old.likeness(&keys), Likeness::Same);
    }

    #[test]
    fn an_address_alone_leads_to_its_article_and_no_other() {
        let text = "---\ntitle: 海\nurl: https://a.example/talk?utm_source=x\n---\n\n一段。\n";
        let article = keys(text);
        let known = DocumentKeys::of_address("http://A.example/talk#two");
        assert!(
            known.likeness(&article) == Likeness::Same
                && article.likeness(&known) == Likeness::Same
        );
        assert!(
            DocumentKeys::of_address("https://a.example/other").likeness(&article)
                != Likeness::Same
        );
        let nothing = DocumentKeys::of_address("urn:x:1");
        assert!(
            nothing.likeness(&nothing) != Likeness::Same
                && nothing.likeness(&article) != Likeness::Same
        );
    }

    #[test]
    fn another_article_is_another_even_when_its_address_lies() {
        let other = format!(
            "{}\n{}",
            GUIDE.lines().take(8).collect::<Vec<_>>().join("\n"),
            include_str!("../../assets/guide.en.md")
        );
        assert_eq!(keys(GUIDE).likeness(&keys("**甲：** 别的\n")), Likeness::Different);
        let (guide, other) = (keys(GUIDE), keys(&other));
        assert_eq!(guide.url, other.url);
        assert_eq!(guide.likeness(&other), Likeness::Unsure);
    }
}
