//! Colours by what they are for, as data: two themes are built in, a user's stand in `themes/` of
//! the configuration directory.

use std::collections::BTreeMap;
use std::path::Path;

use super::colour::Rgb;
use crate::keymap::Warning;
use crate::words::Message;

/// The colours of a screen. Text and background are the terminal's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name: the file's, without the ending.
    pub name: String,
    /// Whether it is for a dark background.
    pub dark: bool,
    /// The speakers', in their order.
    pub speakers: Vec<Rgb>,
    /// What is of less weight.
    pub dim: Rgb,
    /// Headings and titles.
    pub heading: Rgb,
    /// Links.
    pub link: Rgb,
    /// Code.
    pub code: Rgb,
    /// Quotations.
    pub quote: Rgb,
    /// Lines between panes.
    pub border: Rgb,
    /// What the reader is at.
    pub accent: Rgb,
    /// Notices.
    pub notice: Rgb,
    /// What needs attention.
    pub warning: Rgb,
    /// The sign of a bookmark.
    pub mark: Rgb,
    /// Behind a bookmarked passage, by its kind of highlight.
    pub highlights: [Rgb; 4],
    /// The text of a bookmarked passage.
    pub highlight_text: Rgb,
    /// Behind a search hit.
    pub hit: Rgb,
    /// Behind the search hit that the reader stands on.
    pub hit_current: Rgb,
    /// The text of a search hit.
    pub hit_text: Rgb,
    /// The text of the search hit that the reader stands on.
    pub hit_current_text: Rgb,
    /// Behind what is shown for a moment.
    pub flash: Rgb,
    /// The text of what is shown for a moment.
    pub flash_text: Rgb,
}

/// A theme's file.
#[derive(serde::Deserialize)]
struct File {
    dark: Option<bool>,
    speakers: Option<Vec<String>>,
    #[serde(flatten)]
    colours: BTreeMap<String, toml::Value>,
}

impl Theme {
    /// The themes that are built in, the dark one first.
    pub fn built_in() -> Vec<Self> {
        let blank = Self::blank();
        [
            ("ink", include_str!("../../assets/themes/ink.toml")),
            ("paper", include_str!("../../assets/themes/paper.toml")),
        ]
        .into_iter()
        .map(|(name, text)| {
            Self::read(name, text, std::slice::from_ref(&blank)).unwrap_or(blank.clone())
        })
        .collect()
    }

    /// All themes, those in `directory` behind those built in; a user's may replace one that is
    /// built in by its name. What cannot be read is a warning.
    pub fn all(directory: Option<&Path>) -> (Vec<Self>, Vec<Warning>) {
        let mut themes = Self::built_in();
        let built_in = themes.clone();
        let mut warnings = Vec::new();
        let entries = directory.and_then(|directory| std::fs::read_dir(directory).ok());
        let mut paths: Vec<_> =
            entries.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "toml")) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let file = path.display().to_string();
            let text = match std::fs::read_to_string(path) {
                Ok(text) => text,
                Err(error) => {
                    let said = Message::new("toml-error").with("why", error.to_string());
                    let message = said.with("file", file.as_str()).with("line", 1);
                    warnings.push(Warning { file, line: 1, message });
                    continue;
                }
            };
            match Self::read(&name, &text, &built_in) {
                Ok(theme) => {
                    themes.retain(|known| known.name != name);
                    themes.push(theme);
                }
                Err((line, said)) => {
                    let message = said.with("file", file.as_str()).with("line", line as i64);
                    warnings.push(Warning { file, line, message });
                }
            }
        }
        (themes, warnings)
    }

    /// A theme of a file; what it leaves out is that of the base for the same background.
    fn read(name: &str, text: &str, bases: &[Self]) -> Result<Self, (usize, Message)> {
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            (line(at), Message::new("toml-error").with("why", error.message()))
        })?;
        let dark = file.dark.unwrap_or(true);
        let base = bases.iter().find(|base| base.dark == dark).or(bases.first());
        let mut theme = base.cloned().unwrap_or_else(Self::blank);
        name.clone_into(&mut theme.name);
        theme.dark = dark;
        let wrong = |key: &str, value: &str| {
            let at = text.find(key).unwrap_or(0);
            let said = Message::new("theme-colour").with("name", key).with("value", value);
            (line(at), said)
        };
        if let Some(speakers) = file.speakers {
            let colours: Option<Vec<Rgb>> = speakers.iter().map(|s| s.parse().ok()).collect();
            let colours = colours.filter(|colours| !colours.is_empty());
            theme.speakers = colours.ok_or_else(|| wrong("speakers", &speakers.join(" ")))?;
        }
        for (key, value) in &file.colours {
            let colour = value.as_str().and_then(|text| text.parse().ok());
            let (Some(slot), Some(colour)) = (theme.slot(key), colour) else {
                return Err(wrong(key, &value.to_string()));
            };
            *slot = colour;
        }
        Ok(theme)
    }

    fn slot(&mut self, name: &str) -> Option<&mut Rgb> {
        Some(match name {
            "dim" => &mut self.dim,
            "heading" => &mut self.heading,
            "link" => &mut self.link,
            "code" => &mut self.code,
            "quote" => &mut self.quote,
            "border" => &mut self.border,
            "accent" => &mut self.accent,
            "notice" => &mut self.notice,
            "warning" => &mut self.warning,
            "mark" => &mut self.mark,
            "highlight_1" => &mut self.highlights[0],
            "highlight_2" => &mut self.highlights[1],
            "highlight_3" => &mut self.highlights[2],
            "highlight_4" => &mut self.highlights[3],
            "highlight_text" => &mut self.highlight_text,
            "hit" => &mut self.hit,
            "hit_current" => &mut self.hit_current,
            "hit_text" => &mut self.hit_text,
            "hit_current_text" => &mut self.hit_current_text,
            "flash" => &mut self.flash,
            "flash_text" => &mut self.flash_text,
            _ => return None,
        })
    }

    fn blank() -> Self {
        let grey = Rgb(0x80, 0x80, 0x80);
        Self {
            name: String::new(),
            dark: true,
            speakers: vec![grey],
            dim: grey,
            heading: grey,
            link: grey,
            code: grey,
            quote: grey,
            border: grey,
            accent: grey,
            notice: grey,
            warning: grey,
            mark: grey,
            highlights: [grey; 4],
            highlight_text: grey,
            hit: grey,
            hit_current: grey,
            hit_text: grey,
            hit_current_text: grey,
            flash: grey,
            flash_text: grey,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.1 relative luminance.
    fn luminance(Rgb(r, g, b): Rgb) -> f64 {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The distance in CIE Lab (CIE 76).
    fn distance(a: Rgb, b: Rgb) -> f64 {
        let lab = |Rgb(r, g, b): Rgb| {
            let part = |c: u8| {
                let c = f64::from(c) / 255.0;
                if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            };
            let (r, g, b) = (part(r), part(g), part(b));
            let f = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
            let x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
            let y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
            let z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
            [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
        };
        let (a, b) = (lab(a), lab(b));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn speakers_are_readable_and_told_apart() {
        for theme in Theme::built_in() {
            assert!(theme.speakers.len() >= 8, "{}", theme.name);
            let backgrounds = if theme.dark {
                [Rgb(0, 0, 0), Rgb(0x1E, 0x1E, 0x2E)]
            } else {
                [Rgb(255, 255, 255), Rgb(0xFD, 0xF6, 0xE3)]
            };
            let texts = [theme.dim, theme.heading, theme.link, theme.code, theme.warning];
            for colour in theme.speakers.iter().chain(&texts) {
                for background in backgrounds {
                    let seen = contrast(*colour, background);
                    assert!(seen >= 4.5, "{} {colour:?} on {background:?}: {seen:.2}", theme.name);
                }
            }
            for (at, a) in theme.speakers.iter().enumerate() {
                for b in &theme.speakers[..at] {
                    let apart = distance(*a, *b);
                    assert!(apart >= 18.0, "{} {a:?} {b:?}: {apart:.1}", theme.name);
                }
            }
            assert!(contrast(theme.hit, theme.hit_text) >= 4.5, "{}", theme.name);
            assert!(contrast(theme.hit_current, theme.hit_current_text) >= 4.5, "{}", theme.name);
            assert!(contrast(theme.flash, theme.flash_text) >= 4.5, "{}", theme.name);
            for (at, a) in theme.highlights.iter().enumerate() {
                assert!(contrast(*a, theme.highlight_text) >= 4.5, "{} {a:?}", theme.name);
                for b in &theme.highlights[..at] {
                    let apart = distance(*a, *b);
                    assert!(apart >= 18.0, "{} {a:?} {b:?}: {apart:.1}", theme.name);
                }
            }
        }
    }

    #[test]
    fn a_user_s_theme_fills_up_from_the_built_in_one() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        write("mine.toml", "dark = false\ndim = \"#112233\"\n");
        write("bad.toml", "dark = false\n\nhit = \"yellow\"\n");
        write("odd.toml", "colour = \"#112233\"\n");
        write("notes.txt", "x");
        let (themes, warnings) = Theme::all(Some(dir.path()));
        assert_eq!(themes.iter().map(|t| &*t.name).collect::<Vec<_>>(), ["ink", "paper", "mine"]);
        assert_eq!(themes[2].dim, Rgb(0x11, 0x22, 0x33));
        assert_eq!(themes[2].link, themes[1].link);
        let said: Vec<_> = warnings.iter().map(|w| (w.line, w.message.id)).collect();
        assert_eq!(said, [(3, "theme-colour"), (1, "theme-colour")]);
    }
}
