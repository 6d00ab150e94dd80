//! The recording that an article belongs to: its address, wherever a format names it.

use super::Fields;
use crate::text::Clean;

/// The key of the field that holds the address.
pub const KEY: &str = "media";

/// Fields whose value is the address of a recording, as they are named in front matter and JSON:
/// small letters and digits only.
const NAMES: &[&str] = &[
    "media",
    "mediaurl",
    "audio",
    "audiourl",
    "audiofile",
    "video",
    "videourl",
    "videofile",
    "youtube",
    "youtubeurl",
    "youtubeid",
    "enclosure",
    "enclosureurl",
    "mp3",
    "mp3url",
    "recording",
];

/// Players that are embedded, by a part of their address.
const PLAYERS: &[&str] = &[
    "youtube.com/embed",
    "youtube-nocookie.com/embed",
    "player.bilibili.com",
    "player.vimeo.com",
    "open.spotify.com/embed",
    "w.soundcloud.com/player",
    "embed.podcasts.apple.com",
    "xiaoyuzhoufm.com",
    "v.qq.com",
];

/// Adds the address of the recording that some field holds, under [`KEY`].
pub fn add(fields: &mut Fields) {
    let found = fields.iter().find_map(|(name, value)| named(name, value));
    fields.retain(|(name, _)| name != KEY);
    if let Some(address) = found {
        fields.push((KEY.to_owned(), address));
    }
}

/// The address that a field of this name and value holds.
pub fn named(name: &str, value: &str) -> Option<String> {
    let name: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if !NAMES.contains(&name.as_str()) {
        return None;
    }
    let value = value.trim();
    let id = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.starts_with("youtube") && value.len() == 11 && value.chars().all(id) {
        return Some(format!("https://www.youtube.com/watch?v={value}"));
    }
    address(value)
}

/// A text as the address of a recording, clean; `None` where it is none.
pub fn address(text: &str) -> Option<String> {
    let text = Clean::line(text).into_string();
    let text = text.trim();
    if let Some(rest) = text.strip_prefix("//") {
        return Some(format!("https://{rest}"));
    }
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let other = matches!(scheme.as_deref(), Some("data" | "blob" | "javascript" | "about"));
    let like = !text.is_empty() && !text.contains(char::is_whitespace) && text.contains(['/', '.']);
    (like && !other).then(|| text.to_owned())
}

/// The address of a player in a page, if it is one.
pub fn player(source: &str) -> Option<String> {
    PLAYERS.iter().any(|player| source.contains(player)).then(|| address(source)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_recordings() {
        for (name, value, want) in [
            ("audio", "https://example.org/a.mp3", Some("https://example.org/a.mp3")),
            ("Video_URL", "//example.org/v", Some("https://example.org/v")),
            ("youtube", "abcdefghij_", Some("https://www.youtube.com/watch?v=abcdefghij_")),
            ("enclosure", "talk.mp3", Some("talk.mp3")),
            ("audio", "true", None),
            ("audio", "data:audio/mp3;base64,AA/A", None),
            ("audio", "javascript:a.b", None),
            ("title", "https://example.org/a.mp3", None),
        ] {
            assert_eq!(named(name, value).as_deref(), want, "{name}: {value}");
        }
        let mut fields = vec![("video".to_owned(), "https://a.org/v\u{1b}[2J".to_owned())];
        add(&mut fields);
        assert_eq!(fields[1], (KEY.to_owned(), "https://a.org/v\u{FFFD}[2J".to_owned()));
        assert_eq!(
            player("//player.bilibili.com/x?a=1"),
            Some("https://player.bilibili.com/x?a=1".to_owned())
        );
        assert_eq!(player("https://ads.example.org/"), None);
    }
}
