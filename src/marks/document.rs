//! What an article is recognised by: its canonical address, the hash of its normalised text, and
//! the overlap of its shingles. Never its path.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::interview::Interview;
use crate::interview::passage::normal;

/// How many hashes of shingles are kept.
const SKETCH: usize = 128;

/// How many characters a shingle has.
const SHINGLE: usize = 5;

/// What an article is recognised by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentKeys {
    /// Its canonical address: `wx:<__biz>/<mid>/<idx>` for WeChat, else without scheme, tracking
    /// and fragment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// SHA-256 of its normalised text, in hexadecimal digits.
    pub hash: String,
    /// The smallest hashes of its shingles, sorted.
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
            url: interview.front.url.as_deref().and_then(canonical),
            hash: hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
            sketch: sketch.into_iter().collect(),
        }
    }

    /// Whether these are the keys of the same article. An address alone is not believed: it is
    /// what the article says of itself.
    pub fn likeness(&self, other: &Self) -> Likeness {
        if self.hash == other.hash {
            return Likeness::Same;
        }
        let overlap = self.overlap(other);
        let addressed = self.url.is_some() && self.url == other.url;
        if overlap >= 0.5 || addressed && overlap >= 0.2 {
            Likeness::Same
        } else if addressed || overlap >= 0.2 {
            Likeness::Unsure
        } else {
            Likeness::Different
        }
    }

    /// How much of the one is in the other, from 0 to 1, by their sketches.
    fn overlap(&self, other: &Self) -> f64 {
        let mut all: Vec<u32> = self.sketch.iter().chain(&other.sketch).copied().collect();
        all.sort_unstable();
        all.dedup();
        all.truncate(SKETCH);
        if all.is_empty() {
            return 0.0;
        }
        let in_both = |hash: &&u32| {
            self.sketch.binary_search(hash).is_ok() && other.sketch.binary_search(hash).is_ok()
        };
        let jaccard = all.iter().filter(in_both).count() as f64 / all.len() as f64;
        2.0 * jaccard / (1.0 + jaccard)
    }

    /// The keys of an article of which nothing but the address is known, as a bookmark of another
    /// program has them; without any for what is no address.
    pub fn of_address(url: &str) -> Self {
        Self { url: canonical(url), ..Self::default() }
    }

    /// Whether a bookmark with these keys is looked for in the article with the others.
    ///
    /// An address that stands alone is believed here, and only here: where an article lies about
    /// its own, the passage is not in it, and is said to be lost rather than put elsewhere.
    pub fn is_same(&self, other: &Self) -> bool {
        match self.hash.is_empty() || other.hash.is_empty() {
            true => self.url.is_some() && self.url == other.url,
            false => self.likeness(other) == Likeness::Same,
        }
    }
}

/// A hash of a shingle that spreads (the finaliser of MurmurHash3 over a product sum).
fn mix(window: &[u32; SHINGLE]) -> u32 {
    let sum = window.iter().fold(0x9E37_79B9_7F4A_7C15_u64, |sum, &c| {
        (sum ^ u64::from(c)).wrapping_mul(0xFF51_AFD7_ED55_8CCD).rotate_left(29)
    });
    ((sum ^ (sum >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53) >> 32) as u32
}

/// The canonical form of an address; `None` for what is none.
fn canonical(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let pairs: Vec<(&str, &str)> =
        query.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let value = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    if path.starts_with("mp.weixin.qq.com/s")
        && let (Some(biz), Some(mid), Some(idx)) = (value("__biz"), value("mid"), value("idx"))
    {
        return Some(format!("wx:{biz}/{mid}/{idx}"));
    }
    let tracks = |key: &str| {
        key.starts_with("utm_")
            || matches!(key, "from" | "scene" | "spm" | "fbclid" | "gclid" | "ref" | "share")
    };
    let mut kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !tracks(pair.split('=').next().unwrap_or(pair)))
        .collect();
    kept.sort_unstable();
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let mut out = format!("{}/{}", host.to_lowercase(), path.trim_end_matches('/'));
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> DocumentKeys {
        DocumentKeys::of(&crate::interview::read(crate::format::markdown::read(text)))
    }

    const GUIDE: &str = include_str!("../../assets/guide.zh.md");

    #[test]
    fn addresses() {
        let wx = Some("wx:MzA=/1/2".to_owned());
        assert_eq!(
            canonical("http://mp.weixin.qq.com/s?__biz=MzA=&mid=1&idx=2&sn=a&chksm=b#rd"),
            wx
        );
        assert_eq!(canonical("https://mp.weixin.qq.com/s?idx=2&scene=21&mid=1&__biz=MzA="), wx);
        assert_eq!(
            canonical("https://mp.weixin.qq.com/s/AbC"),
            Some("mp.weixin.qq.com/s/AbC".into())
        );
        assert_eq!(
            canonical("HTTP://A.org/x/?utm_source=y&b=1&a=2#z"),
            canonical("https://a.org/x?a=2&b=1")
        );
        assert_eq!(canonical("javascript:1"), None);
    }

    #[test]
    fn the_same_article_in_other_clothes() {
        let guide = keys(GUIDE);
        assert_eq!(
            guide.likeness(&keys(&GUIDE.replace('\n', "\r\n").replace("\r\n", "\n"))),
            Likeness::Same
        );
        let edited = GUIDE.replace("回合", "段落").replace("屏", "页");
        assert_ne!(guide.hash, keys(&edited).hash);
        assert_eq!(guide.likeness(&keys(&edited)), Likeness::Same);
    }

    #[test]
    fn an_address_alone_leads_to_its_article_and_no_other() {
        let text = "---\ntitle: 海\nurl: https://a.example/talk?utm_source=x\n---\n\n一段。\n";
        let article = keys(text);
        let known = DocumentKeys::of_address("http://A.example/talk#two");
        assert!(known.is_same(&article) && article.is_same(&known));
        assert!(!DocumentKeys::of_address("https://a.example/other").is_same(&article));
        let nothing = DocumentKeys::of_address("urn:x:1");
        assert!(!nothing.is_same(&nothing) && !nothing.is_same(&article));
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
