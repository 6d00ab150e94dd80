//! What leads outside of a page: its links and images, the addresses of its front matter, and the
//! recording from there on.

use super::State;
use crate::interview::Role;
use crate::typeset::{Row, Shows};
use crate::words::Message;

impl State {
    /// The links and images on the page, then the recording: their text and where they lead.
    pub(super) fn links_on_page(&self) -> Vec<(String, String)> {
        let prose = &self.interview().prose;
        let mut links: Vec<(String, String)> = Vec::new();
        for row in self.page() {
            let found = match row.shows {
                Shows::Image(image) => {
                    let image = &prose.images()[image as usize];
                    vec![(image.alt.clone(), image.url.clone())]
                }
                _ => prose
                    .runs_in(row.text.clone())
                    .iter()
                    .filter_map(|run| run.link)
                    .map(|link| &prose.links()[link as usize])
                    .map(|link| (prose.slice(link.span.clone()).to_owned(), link.url.clone()))
                    .collect(),
            };
            for link in found {
                if !link.1.is_empty() && !links.contains(&link) {
                    links.push(link);
                }
            }
            for url in self.addresses_in(&row) {
                if !links.iter().any(|link| link.1 == url) {
                    links.push((String::new(), url));
                }
            }
        }
        if let Some((time, address)) = self.recording_here() {
            let said = Message::new("recording-at").with("time", time.clock());
            links.push((self.words().say(&said), address));
        }
        links
    }

    /// The addresses that stand as text in a row of front matter, which may show part of them.
    fn addresses_in(&self, row: &Row) -> Vec<String> {
        let interview = self.interview();
        let prose = &interview.prose;
        let field = interview.roles.get(row.anchor.block.index()) == Some(&Role::Field);
        if !field || !prose.slice(row.text.clone()).contains("://") {
            return Vec::new();
        }
        let line = prose.slice(prose.content(row.anchor.block));
        let front = &interview.front;
        let known = [&front.url, &front.media, &front.cover].into_iter().flatten();
        known.filter(|url| line.contains(url.as_str())).cloned().collect()
    }
}
