//! The address that an article gives for itself → the form that its variants have in common.
//!
//! Two addresses are one when they differ in what RFC 3986 §6.2.2 and §6.2.3 let differ (case of
//! scheme, host and percent-encoding, encoding of unreserved characters, default port; characters
//! beyond ASCII are encoded as RFC 3987 §3.1 says), in scheme, `www.` or `m.`, a slash at the end,
//! the order of parameters, and parameters that only say where the reader came from. That much may
//! be taken as equal because an address alone is never believed: see
//! [`DocumentKeys::likeness`](super::DocumentKeys::likeness).

/// Parameters that say where the reader came from: those that Firefox strips
/// (`privacy.query_stripping.strip_list`), and those of the places that interviews are shared in:
/// WeChat, Weibo, Bilibili, Alibaba's `spm`, X, Instagram, YouTube.
const TRACKING: &[&str] = &[
    "__hsfp",
    "__hssc",
    "__hstc",
    "__s",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "dclid",
    "fbclid",
    "feature",
    "from",
    "gbraid",
    "gclid",
    "igsh",
    "igshid",
    "isappinstalled",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "nsukey",
    "ref",
    "ref_src",
    "ref_url",
    "s_cid",
    "scene",
    "share",
    "share_medium",
    "share_source",
    "share_token",
    "si",
    "spm",
    "spm_id_from",
    "twclid",
    "vd_source",
    "vero_id",
    "wbraid",
    "yclid",
];

/// The canonical form of an address: `wx:<__biz>/<mid>/<idx>` for WeChat, whose other parameters
/// (`chksm`, `scene`, `sn`, `#rd`) change with every share; else without scheme. `None` for what
/// is no address on the web, or names a site and no article in it.
pub fn canonical(url: &str) -> Option<String> {
    // Saved pages keep the address as it was escaped in an attribute.
    let url = url.trim().replace("&amp;", "&");
    let mut rest = on_the_web(&url)?;
    while let Some(inner) = archived(rest) {
        rest = inner;
    }
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host_of(host);
    let path = path.trim_end_matches('/');
    if host.is_empty() {
        return None;
    }
    if host == "mp.weixin.qq.com"
        && let Some(key) = wechat(path, query)
    {
        return Some(key);
    }
    let mut kept: Vec<String> =
        query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair)).map(encoded).collect();
    kept.sort_unstable();
    // `#!/talk/7` and `#/talk/7` are routes of pages that are programs; others lead into the page.
    let route = fragment.strip_suffix('/').unwrap_or(fragment);
    let route = if route.starts_with(['!', '/']) { route } else { "" };
    if path.is_empty() && kept.is_empty() && route.is_empty() {
        return None;
    }
    let mut out = format!("{host}/{}", encoded(path));
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    if !route.is_empty() {
        out.push('#');
        out.push_str(&encoded(route));
    }
    Some(out)
}

/// Whether two canonical addresses are one, also when an older program wrote one of them down by
/// fewer rules.
pub fn is_same(one: &str, other: &str) -> bool {
    let renewed = |url: &str| canonical(&format!("https://{url}"));
    one == other || renewed(one).is_some_and(|url| renewed(other) == Some(url))
}

/// What stands behind the scheme.
fn on_the_web(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    web.then_some(rest)
}

/// The address that a copy in the Internet Archive is of, behind its scheme.
fn archived(rest: &str) -> Option<&str> {
    let (_time, inner) = rest.strip_prefix("web.archive.org/web/")?.split_once('/')?;
    on_the_web(inner)
}

fn host_of(authority: &str) -> String {
    let host = authority.rsplit_once('@').map_or(authority, |(_user, host)| host).to_lowercase();
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(&host);
    let host = host.trim_end_matches('.');
    let bare = host.strip_prefix("www.").or_else(|| host.strip_prefix("m."));
    encoded(bare.filter(|bare| bare.contains('.')).unwrap_or(host))
}

/// The article's own numbers. Short addresses, `/s/xxxx`, have none and equal only themselves.
fn wechat(path: &str, query: &str) -> Option<String> {
    let value = |names: [&str; 2]| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, _)| names.contains(name)).map(|(_, value)| value)
    };
    // Until 2014 they were called otherwise.
    if !matches!(path, "s" | "mp/appmsg/show") {
        return None;
    }
    let biz = value(["__biz", "__biz"])?.replace("%3D", "=").replace("%3d", "=");
    let (mid, idx) = (value(["mid", "appmsgid"])?, value(["idx", "itemidx"])?);
    Some(format!("wx:{biz}/{mid}/{idx}"))
}

fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair);
    name.starts_with("utm_") || TRACKING.contains(&name)
}

/// RFC 3986 §6.2.2: unreserved characters as they are, hexadecimal digits in upper case, and
/// RFC 3987 §3.1: what is beyond ASCII encoded.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|&b| char::from(b).to_digit(16));
    let mut at = 0;
    while at < bytes.len() {
        let (byte, escaped) = match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => ((high * 16 + low) as u8, true),
            (byte, ..) => (byte, false),
        };
        at += if escaped { 3 } else { 1 };
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if unreserved || !escaped && byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(addresses: &[&str]) {
        for other in &addresses[1..] {
            assert_eq!(canonical(addresses[0]), canonical(other), "{} {other}", addresses[0]);
        }
        let form = canonical(addresses[0]).unwrap();
        assert!(is_same(&form, &form));
    }

    #[track_caller]
    fn different(one: &str, other: &str) {
        assert_ne!(canonical(one), canonical(other), "{one} {other}");
    }

    #[test]
    fn an_article_of_wechat_is_its_three_numbers() {
        same(&[
            "http://mp.weixin.qq.com/s?__biz=MzA3MDk==&mid=2651&idx=2&sn=ab&chksm=84c6#rd",
            "https://mp.weixin.qq.com/s?__biz=MzA3MDk==&mid=2651&idx=2&sn=ab&scene=21#wechat_redirect",
            "https://MP.weixin.qq.com:443/s/?idx=2&mid=2651&__biz=MzA3MDk%3D%3D",
            "https://mp.weixin.qq.com/s?__biz=MzA3MDk==&amp;mid=2651&amp;idx=2&amp;sn=ab",
            "http://mp.weixin.qq.com/mp/appmsg/show?__biz=MzA3MDk==&appmsgid=2651&itemidx=2&sign=1",
            "https://web.archive.org/web/20210101000000/http://mp.weixin.qq.com/s?__biz=MzA3MDk==&mid=2651&idx=2",
        ]);
        let of = canonical("https://mp.weixin.qq.com/s?__biz=MzA3MDk==&mid=2651&idx=2");
        assert_eq!(of.as_deref(), Some("wx:MzA3MDk==/2651/2"));
        for other in ["mid=2651&idx=1", "mid=2652&idx=2", "mid=2651"] {
            let other = format!("https://mp.weixin.qq.com/s?__biz=MzA3MDk==&{other}");
            assert_ne!(of, canonical(&other), "{other}");
        }
        // Another host that says the same is no WeChat.
        different(
            "https://mp.weixin.qq.com/s?__biz=A&mid=1&idx=1",
            "https://mp.weixin.qq.com.example.org/s?__biz=A&mid=1&idx=1",
        );
    }

    #[test]
    fn a_short_address_equals_itself() {
        same(&[
            "https://mp.weixin.qq.com/s/AbC-d_e",
            "http://mp.weixin.qq.com/s/AbC-d_e?scene=1#rd",
        ]);
        different("https://mp.weixin.qq.com/s/AbC-d_e", "https://mp.weixin.qq.com/s/abC-d_e");
    }

    #[test]
    fn what_may_differ_in_an_address() {
        same(&[
            "https://example.org/a?b=1&c=2",
            "HTTP://Example.ORG:80/a/?c=2&b=1#part-3",
            "https://www.example.org:443/a?b=1&utm_source=x&c=2&fbclid=3",
            "https://m.example.org./a?b=1&c=2&spm=1.2&vd_source=9",
            "https://user@example.org/%61?b=1&c=2",
            "https://web.archive.org/web/2020id_/http://www.example.org/a?b=1&c=2",
        ]);
        same(&[
            "https://example.org/访谈/一%2f二",
            "https://example.org/%e8%ae%bf%e8%B0%88/%E4%B8%80%2F%E4%BA%8C",
        ]);
        same(&["https://example.org/#!/talk/7", "http://example.org/#!/talk/7/"]);
    }

    #[test]
    fn what_may_not() {
        for (one, other) in [
            ("https://example.org/talk?id=7", "https://example.org/talk?id=8"),
            ("https://example.org/talk/7", "https://example.org/talk/77"),
            ("https://example.org/Talk", "https://example.org/talk"),
            ("https://example.org/#!/talk/7", "https://example.org/#!/talk/8"),
            ("https://example.org:8080/a", "https://example.org/a"),
            ("https://zh.example.org/a", "https://ja.example.org/a"),
            ("https://example.org/a%2Fb", "https://example.org/a/b"),
            ("https://m.org/a", "https://org/a"),
        ] {
            different(one, other);
        }
    }

    #[test]
    fn what_names_no_article() {
        for url in [
            "javascript:1",
            "file:///tmp/a.md",
            "ftp://example.org/a",
            "https://",
            "https:///a",
            "https://example.org",
            "http://www.example.org/",
            "https://example.org/?utm_source=x#top",
            "https://web.archive.org/web/2020/https://example.org/",
            "",
        ] {
            assert_eq!(canonical(url), None, "{url}");
        }
    }

    #[test]
    fn an_address_of_an_older_program_is_still_known() {
        assert!(is_same("www.example.org/a?b=1", "example.org/a?b=1"));
        assert!(is_same("wx:MzA=/1/2", "wx:MzA=/1/2"));
        assert!(!is_same("wx:MzA=/1/2", "wx:MzA=/1/3"));
        assert!(!is_same("example.org/a", "example.org/b"));
        assert!(!is_same("", "example.org"));
    }

    #[test]
    fn a_hostile_address_ends() {
        let deep = format!("https://{}", "web.archive.org/web/1/http://".repeat(20_000));
        assert_eq!(canonical(&deep), None);
        assert_eq!(canonical("https://a.org/%zz%4%e8").as_deref(), Some("a.org/%zz%4%E8"));
    }
}
