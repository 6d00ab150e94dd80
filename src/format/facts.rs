//! What a page says of its article: title, author, date, address, recording.

use super::Fields;
use super::attributes::decode;
use super::media::{KEY as MEDIA, address, player};
use super::page::Element;
use super::tags::{Tag, Token};
use crate::text::Clean;

/// The facts of a page: those of its article's own elements, then those of its head.
pub fn facts(text: &str, tokens: &[Token], elements: &[Element<'_>]) -> Fields {
    let mut facts = Facts(Fields::new());
    if of_id(text, tokens, elements, "js_content").is_some() {
        wechat(text, tokens, elements, &mut facts);
    }
    let mut title = None;
    // Whether the tags are in an audio or a video element.
    let mut playing = false;
    for (at, token) in tokens.iter().enumerate() {
        let tag = match token {
            Token::Open(tag) => tag,
            Token::Close(tag) => {
                playing &= !matches!(&*tag.name(text), "audio" | "video");
                continue;
            }
            Token::Text(_) => continue,
        };
        let attribute = |name: &str| tag.attribute(text, name).unwrap_or_default();
        match &*tag.name(text) {
            "title" if title.is_none() => {
                if let Some(Token::Text(range)) = tokens.get(at + 1) {
                    title = Some(decode(&text[range.clone()]));
                }
            }
            "meta" => meta(text, tag, &mut facts),
            "link" if attribute("rel") == "canonical" => facts.put("url", &attribute("href")),
            "time" if !attribute("datetime").is_empty() => {
                facts.put("date", &attribute("datetime"));
            }
            name @ ("audio" | "video") => {
                playing = true;
                facts.recording(address(&attribute("src")));
                if name == "audio" {
                    facts.recording(address(&attribute("data-src")));
                }
            }
            "source" if playing => facts.recording(address(&attribute("src"))),
            "iframe" => {
                facts.recording(player(&attribute("src")));
                facts.recording(player(&attribute("data-src")));
            }
            _ => {}
        }
    }
    facts.put("title", &title.unwrap_or_default());
    facts.0
}

/// What is known so far; the first that is said of anything stays.
struct Facts(Fields);

impl Facts {
    fn put(&mut self, name: &str, value: &str) {
        let value = Clean::line(value).into_string().trim().to_owned();
        if !value.is_empty() && !self.0.iter().any(|(known, _)| known == name) {
            self.0.push((name.to_owned(), value));
        }
    }

    fn recording(&mut self, address: Option<String>) {
        self.put(MEDIA, &address.unwrap_or_default());
    }
}

fn meta(text: &str, tag: &Tag, facts: &mut Facts) {
    let names = ["property", "name", "itemprop"];
    let Some(key) = names.iter().find_map(|name| tag.attribute(text, name)) else { return };
    let Some(content) = tag.attribute(text, "content") else { return };
    match key.to_ascii_lowercase().as_str() {
        "og:title" | "twitter:title" => facts.put("title", &content),
        "author" | "article:author" | "og:article:author" | "dc.creator" => {
            facts.put("author", &content);
        }
        "article:published_time" | "date" | "datepublished" | "dc.date" | "pubdate" => {
            facts.put("date", &content);
        }
        "og:url" => facts.put("url", &content),
        "og:audio"
        | "og:audio:url"
        | "og:audio:secure_url"
        | "og:video"
        | "og:video:url"
        | "og:video:secure_url"
        | "twitter:player:stream" => facts.recording(address(&content)),
        _ => {}
    }
}

/// The facts of an article of WeChat: they are in elements of their own, or in its scripts.
fn wechat(text: &str, tokens: &[Token], elements: &[Element<'_>], facts: &mut Facts) {
    for (name, id, variable) in [
        ("title", "activity-name", "var msg_title"),
        ("author", "js_name", "var nickname"),
        ("date", "publish_time", "var createTime"),
    ] {
        let shown = of_id(text, tokens, elements, id).unwrap_or_default();
        facts.put(name, &shown);
        if shown.trim().is_empty() {
            facts.put(name, &assigned(text, variable).unwrap_or_default());
        }
    }
}

/// The text of the element that has an id.
fn of_id(text: &str, tokens: &[Token], elements: &[Element<'_>], id: &str) -> Option<String> {
    // Most pages have none of it.
    memchr::memmem::find(text.as_bytes(), id.as_bytes())?;
    let has = |element: &&Element| match &tokens[element.tokens.start] {
        Token::Open(tag) => tag.attribute(text, "id").as_deref() == Some(id),
        _ => false,
    };
    let element = elements.iter().find(has)?;
    let words = tokens[element.tokens.clone()].iter().filter_map(|token| match token {
        Token::Text(range) => Some(decode(&text[range.clone()])),
        _ => None,
    });
    Some(words.collect())
}

/// The text that a script assigns to a variable.
fn assigned(text: &str, variable: &str) -> Option<String> {
    let at = memchr::memmem::find(text.as_bytes(), variable.as_bytes())?;
    let rest = text[at + variable.len()..].lines().next()?;
    let value = rest.trim_start().strip_prefix('=')?;
    let open = value.find(['"', '\''])?;
    let quote = value[open..].chars().next()?;
    Some(decode(value[open + 1..].split(quote).next()?))
}

#[cfg(test)]
mod tests {
    use crate::format::page::read;

    fn field(text: &str, name: &str) -> Option<String> {
        let fields = read(text).fields;
        fields.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    #[test]
    fn facts_of_wechat() {
        let page = "<html><head><title></title><script>\nvar nickname = htmlDecode(\"夜航&amp;灯\");\nvar createTime = '2026-01-02 08:20';\n</script></head>\
                    <body><h1 id=\"activity-name\">\n 灯塔夜谈 \n</h1><a id=js_name></a><em id=publish_time></em>\
                    <div id=js_content style=\"visibility: hidden\"><p>林舟：好。</p></div></body></html>";
        assert_eq!(field(page, "title").as_deref(), Some("灯塔夜谈"));
        assert_eq!(field(page, "author").as_deref(), Some("夜航&灯"));
        assert_eq!(field(page, "date").as_deref(), Some("2026-01-02 08:20"));
        assert!(read(page).prose.text().contains("林舟：好。"));
    }

    #[test]
    fn recordings() {
        for (body, want) in [
            ("<audio src=/a.mp3></audio>", Some("/a.mp3")),
            ("<video><source src=\"https://a.org/v.mp4\"></video>", Some("https://a.org/v.mp4")),
            (
                "<iframe src=\"//www.youtube.com/embed/x\"></iframe>",
                Some("https://www.youtube.com/embed/x"),
            ),
            ("<iframe src=\"https://ads.example.org/x\"></iframe>", None),
            ("<meta property=og:video content=https://a.org/v>", Some("https://a.org/v")),
            ("<picture><source src=a.png></picture>", None),
        ] {
            assert_eq!(field(&format!("<html>{body}<p>好"), "media").as_deref(), want, "{body}");
        }
    }
}
