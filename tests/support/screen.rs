//! The reader in memory: keys in, picture out, and a disk that always works.
#![allow(dead_code, reason = "each target uses its own part")]

use std::fmt::Write as _;
use std::sync::Arc;

use fangtan::interview::Interview;
use fangtan::keymap::{Code, Key, Keymap};
use fangtan::reader::{Bookmark, Effect, Event, MarkChange, MarkEdit, Setup, Size, State, update};
use fangtan::settings::{Depth, Settings, Theme};
use fangtan::text::Clean;
use fangtan::text::fold::find_all;
use fangtan::text::width::Profile;
use fangtan::view::{self, FOLLOWER, Look};
use fangtan::words::{Lang, Words};
use ratatui::buffer::Buffer;

/// A reader without a terminal, on a clock of its own.
pub struct Screen {
    pub state: State,
    pub depth: Depth,
    pub effects: Vec<Effect>,
    now: u64,
    /// All bookmarks there ever were.
    kept: Vec<Bookmark>,
    answering: bool,
}

/// The guide.
pub fn guide(lang: Lang) -> Interview {
    let text = match lang {
        Lang::Zh => include_str!("../../assets/guide.zh.md"),
        Lang::En => include_str!("../../assets/guide.en.md"),
    };
    fangtan::interview::read(fangtan::format::markdown::read(text))
}

/// The guide on a screen.
pub fn open(lang: Lang, columns: u16, rows: u16) -> Screen {
    open_with(lang, columns, rows, Profile::NARROW)
}

/// The same in another terminal.
pub fn open_with(lang: Lang, columns: u16, rows: u16, profile: Profile) -> Screen {
    open_article(guide(lang), lang, Size { columns, rows }, profile)
}

/// An article in a terminal.
pub fn open_article(article: Interview, lang: Lang, size: Size, profile: Profile) -> Screen {
    open_set(article, lang, size, profile, Settings::default())
}

/// The same, by these settings.
pub fn open_set(
    article: Interview,
    lang: Lang,
    size: Size,
    profile: Profile,
    settings: Settings,
) -> Screen {
    let setup = Setup {
        interview: Arc::new(article),
        name: Clean::line("guide"),
        keymap: Arc::new(Keymap::default()),
        words: Arc::new(Words::new(lang)),
        settings,
        themes: Theme::built_in(),
        profile,
        size,
        begin: None,
        messages: Vec::new(),
    };
    Screen {
        state: State::new(setup),
        depth: Depth::True,
        effects: Vec::new(),
        now: 0,
        kept: Vec::new(),
        answering: true,
    }
}

impl Screen {
    /// What it asks for stays unanswered from now on.
    pub fn alone(mut self) -> Self {
        self.answering = false;
        self
    }

    /// Presses keys, one after the other: `gg`, `]`, `<Enter>`, `<Ctrl-o>`.
    pub fn press(mut self, keys: &str) -> Self {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            let key = match named {
                Some((name, behind)) => {
                    rest = behind;
                    name.parse().unwrap()
                }
                None => {
                    rest = &rest[c.len_utf8()..];
                    Key::plain(Code::Char(c))
                }
            };
            self.event(Event::Key(key));
        }
        self
    }

    /// Something happens; what it asks for is answered at once.
    pub fn event(&mut self, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            let effects = update(&mut self.state, self.now, event);
            self.effects.extend(effects.iter().cloned());
            let answering = self.answering;
            for effect in effects.into_iter().filter(|_| answering) {
                match effect {
                    Effect::Find(ticket, query) => {
                        let hits = find_all(self.state.interview().prose.text(), &query, 10_000);
                        events.push(Event::Found(ticket, hits));
                    }
                    Effect::Mark(ticket, change) => {
                        let kept = self.keep(change);
                        events.push(Event::Marked(ticket, Ok(kept)));
                    }
                    // Only this article is in this memory.
                    Effect::ListAll(ticket) if self.kept.is_empty() => {
                        events.push(Event::ListedAll(ticket, Vec::new()));
                    }
                    Effect::Correct(ticket, _) => {
                        events.push(Event::Corrected(ticket, Ok(())));
                    }
                    _ => {}
                }
            }
        }
    }

    /// What a disk that always works makes of a change.
    fn keep(&mut self, change: MarkChange) -> Option<Bookmark> {
        match change {
            MarkChange::Add { range, note, tags, highlight } => {
                let quote = self.state.interview().prose.slice(range.clone()).to_owned();
                let id = (self.kept.len() + 1).to_string();
                let range = Some(range);
                self.kept.push(Bookmark {
                    id,
                    range,
                    quote,
                    note,
                    tags,
                    highlight,
                    ..Bookmark::default()
                });
                self.kept.last().cloned()
            }
            MarkChange::Edit(id, edit) => {
                let mark = self.kept.iter_mut().find(|mark| mark.id == id)?;
                let MarkEdit { note, tags, highlight, range, .. } = edit;
                mark.note = note.unwrap_or(std::mem::take(&mut mark.note));
                mark.tags = tags.unwrap_or(std::mem::take(&mut mark.tags));
                mark.highlight = highlight.unwrap_or(mark.highlight);
                mark.range = range.or(mark.range.take());
                Some(mark.clone())
            }
            MarkChange::Remove(_) => None,
            MarkChange::Restore(id) => self.kept.iter().find(|mark| mark.id == id).cloned(),
        }
    }

    /// Lets time pass.
    pub fn wait(mut self, ms: u64) -> Self {
        self.now += ms;
        self.event(Event::Wake);
        self
    }

    /// The picture.
    pub fn draw(&self) -> Buffer {
        let Size { columns, rows } = self.state.size();
        let mut buffer = Buffer::empty(view::rect(columns, rows));
        view::draw(&self.state, Look { depth: self.depth }, &mut buffer);
        buffer
    }

    /// The characters on the screen; `|` ends each row.
    pub fn text(&self) -> String {
        let buffer = self.draw();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            for x in 0..buffer.area.width {
                out.push_str(buffer[(x, y)].symbol());
            }
            out.push_str("|\n");
        }
        out
    }

    /// The characters, and below them a letter for the style of each cell.
    pub fn styled(&self) -> String {
        let buffer = self.draw();
        let mut out = self.text();
        let mut styles = Vec::new();
        out.push('\n');
        for y in 0..buffer.area.height {
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                if cell.symbol() == FOLLOWER {
                    out.push(' ');
                    continue;
                }
                let style = format!("{:?} on {:?} {:?}", cell.fg, cell.bg, cell.modifier);
                let at = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
                    styles.push(style);
                    styles.len() - 1
                });
                let letter = if at == 0 { '.' } else { char::from(b'a' + (at as u8 - 1) % 26) };
                out.push(letter);
            }
            out.push_str("|\n");
        }
        for (at, style) in styles.iter().enumerate().skip(1) {
            let letter = char::from(b'a' + (at as u8 - 1) % 26);
            let _ = write!(out, "\n{letter} {style}");
        }
        out.push('\n');
        out
    }
}
