//! The address of a recording + a time in it → the address that plays from there.

use crate::prose::Millis;

/// The address that plays the recording at `address` from `time` on; `None` unless it is `http` or
/// `https`. YouTube and Bilibili take a parameter, any other recording a media fragment (W3C Media
/// Fragments 1.0, 4.2.1).
pub fn at(address: &str, time: Millis) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let seconds = time.0 / 1000;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let path = rest.split(['?', '#']).next()?;
    let is = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
    let (page, fragment) = address.split_once('#').map_or((address, ""), |(page, f)| (page, f));
    let parameter = |name: &str, value: &str| {
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let hash = if fragment.is_empty() || fragment.contains('=') {
            String::new()
        } else {
            format!("#{fragment}")
        };
        format!("{path}?{}{hash}", with(query, name, value))
    };
    Some(if is("youtube.com") && path.ends_with("/watch") {
        parameter("t", &format!("{seconds}s"))
    } else if (is("youtube.com") || is("youtube-nocookie.com")) && path.contains("/embed/") {
        parameter("start", &seconds.to_string())
    } else if is("youtu.be") || is("youtube.com") || is("bilibili.com") || is("b23.tv") {
        parameter("t", &seconds.to_string())
    } else {
        // A fragment without a name is a place on a page, and is no fragment of a recording.
        let named = if fragment.contains('=') { fragment } else { "" };
        format!("{page}#{}", with(named, "t", &seconds.to_string()))
    })
}

/// A list of parameters with another value for one of them.
fn with(list: &str, name: &str, value: &str) -> String {
    let others = list.split('&').filter(|pair| {
        let known = pair.split('=').next().unwrap_or(pair);
        !known.is_empty() && known != name && !(name == "t" && known == "start")
    });
    let new = format!("{name}={value}");
    others.chain([new.as_str()]).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_play_from_there() {
        for (address, want) in [
            ("https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=a&t=62s"),
            ("https://m.youtube.com/watch?t=5&v=a", "https://m.youtube.com/watch?v=a&t=62s"),
            ("https://www.youtube.com/live/a", "https://www.youtube.com/live/a?t=62"),
            ("https://www.youtube.com/embed/a", "https://www.youtube.com/embed/a?start=62"),
            ("https://youtu.be/a?si=b", "https://youtu.be/a?si=b&t=62"),
            (
                "https://www.bilibili.com/video/BV1?p=2",
                "https://www.bilibili.com/video/BV1?p=2&t=62",
            ),
            ("http://a.example/x.mp3", "http://a.example/x.mp3#t=62"),
            ("https://a.example/x.mp4?k=1#track=2&t=9", "https://a.example/x.mp4?k=1#track=2&t=62"),
            ("https://a.example/ep/3#listen", "https://a.example/ep/3#t=62"),
            ("https://notyoutube.com/watch?v=a", "https://notyoutube.com/watch?v=a#t=62"),
        ] {
            assert_eq!(at(address, Millis(62_999)).as_deref(), Some(want));
        }
        for address in ["ftp://a/x.mp3", "javascript://a", "x.mp3", "file:///x.mp3", ""] {
            assert_eq!(at(address, Millis(0)), None, "{address}");
        }
    }
}
