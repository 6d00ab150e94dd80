//! Ids of bookmarks and addresses of articles ↔ IRIs (RFC 3987), as annotations name things.

use sha2::{Digest, Sha256};
use ulid::Ulid;

use crate::marks::Article;

/// The IRI of a bookmark. A ULID is a UUID written otherwise, and can be read back from it.
pub fn of_mark(id: &str) -> String {
    match Ulid::from_string(id) {
        Ok(ulid) if ulid.to_string() == id => urn(ulid.to_bytes()),
        _ => hashed("mark", id),
    }
}

/// The id of the bookmark that an annotation becomes: the one it was exported by, else a ULID that
/// its own name always gives.
pub fn to_mark(name: &str) -> String {
    let uuid = name.strip_prefix("urn:uuid:").map(|uuid| uuid.replace('-', ""));
    let bits = uuid.filter(|uuid| uuid.len() == 32);
    let bits = bits.and_then(|uuid| u128::from_str_radix(&uuid, 16).ok());
    // Every 128 bits are a ULID.
    let bytes = bits.map_or_else(|| first_half("annotation", name), u128::to_be_bytes);
    Ulid::from_bytes(bytes).to_string()
}

/// An IRI that a text always gives, for one use of it.
pub fn hashed(what: &str, text: &str) -> String {
    let mut bytes = first_half(what, text);
    // RFC 9562, 5.8: a UUID of one's own making.
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    urn(bytes)
}

/// What an article is called: its address, else the hash of its text (RFC 6920, 7).
pub fn of_article(article: &Article) -> String {
    let address = article.url.as_deref().and_then(iri);
    address.unwrap_or_else(|| match article.keys.hash.as_str() {
        "" => hashed("article", article.title.as_deref().unwrap_or_default()),
        hash => format!("nih:sha-256;{hash}"),
    })
}

/// An address as an IRI: what may not stand in one is escaped. `None` without a scheme.
fn iri(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !named || rest.is_empty() {
        return None;
    }
    // Square brackets belong to addresses of hosts alone.
    let host = rest
        .strip_prefix("//")
        .map_or(0, |host| 2 + host.find(['/', '?', '#']).unwrap_or(host.len()));
    let mut out = format!("{scheme}:");
    let (mut in_fragment, mut buffer) = (false, [0; 4]);
    for (at, c) in rest.char_indices() {
        let stays = match c {
            '%' => {
                let digits = rest.as_bytes().get(at + 1..at + 3);
                digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
            }
            '#' => !std::mem::replace(&mut in_fragment, true),
            '[' | ']' => at < host,
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
            // Neither controls nor private use nor what will never be a character (2.2, ucschar).
            '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'.. => false,
            '\u{FDD0}'..='\u{FDEF}' | '\u{FFF0}'..='\u{FFFF}' => false,
            c => c.is_ascii_graphic() || !c.is_ascii() && c as u32 & 0xFFFE != 0xFFFE,
        };
        if stays {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut buffer).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

fn urn(bytes: [u8; 16]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}

/// The first 16 bytes of a hash of a text, in one use of it.
fn first_half(what: &str, text: &str) -> [u8; 16] {
    let hash = Sha256::digest(format!("fangtan {what}\0{text}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_there_and_back() {
        let id = "01JFM4Z5Q8V6X3T2W1R0N9M8K7";
        assert_eq!(of_mark(id), "urn:uuid:0193e84f-96e8-d9ba-3d0b-81c02a9a2267");
        assert_eq!(to_mark(&of_mark(id)), id);
        let (one, other) = (to_mark("https://hypothes.is/a/x"), to_mark("https://hypothes.is/a/y"));
        assert!(one != other && Ulid::from_string(&one).is_ok());
        assert_eq!(one, to_mark("https://hypothes.is/a/x"));
        assert!(of_mark("no ulid").starts_with("urn:uuid:"));
        assert_ne!(of_mark("no ulid"), of_mark("no ulid "));
    }

    #[test]
    fn addresses_become_iris() {
        for (address, want) in [
            ("https://a.example/谈话?x=1#二", Some("https://a.example/谈话?x=1#二")),
            ("https://a.example/a b|c#d#e", Some("https://a.example/a%20b%7Cc#d%23e")),
            ("http://[::1]/x[1]%zz%41", Some("http://[::1]/x%5B1%5D%25zz%41")),
            ("https://a.example/\u{FFFD}", Some("https://a.example/%EF%BF%BD")),
            ("a.example/x", None),
            ("：//", None),
        ] {
            assert_eq!(iri(address).as_deref(), want, "{address}");
        }
        let mut article = Article { url: Some("无".into()), ..Article::default() };
        assert!(of_article(&article).starts_with("urn:uuid:"));
        article.keys.hash = "ab".repeat(32);
        assert_eq!(of_article(&article), format!("nih:sha-256;{}", article.keys.hash));
    }
}
