//! config.toml and the themes, as data, and where they stand.

mod colour;
mod template;
mod theme;

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

pub use colour::{Colour, ColourWhen, Depth, Rgb, Terminal};
pub use template::{Fault, Template};
pub use theme::Theme;

use crate::keymap::{Warning, nearest};
use crate::text::spacing::Spacing;
use crate::text::width::{Ambiguous, Profile};
use crate::typeset::Measure;
use crate::words::{Lang, Message};

/// The least and the most cells that a line of text may be set to have.
pub const MEASURES: [u16; 2] = [20, 200];

/// What a reader may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The most cells of a line of text, 20 to 200.
    pub measure: u16,
    /// The theme's name; without one it is chosen by the background.
    pub theme: Option<String>,
    /// What the terminal's background is.
    pub background: Background,
    /// The blanks between Han and Latin.
    pub spacing: Spacing,
    /// Whether a pause or stop may hang behind a full line.
    pub hanging: bool,
    /// Whether the first line of a paragraph begins two Han further right.
    pub indent: bool,
    /// The empty rows between the paragraphs of a turn, 0 or 1.
    pub line_spacing: u16,
    /// How wide ambiguous characters are; `None` is found out.
    pub ambiguous: Option<Ambiguous>,
    /// Whether the mouse is the reader's at first.
    pub mouse: bool,
    /// The language of the program's own words; without one it is the locale's.
    pub lang: Option<Lang>,
    /// When to use colours.
    pub color: ColourWhen,
    /// Whether the speaker pane is shown where there is room.
    pub speakers: bool,
    /// How fast Han, kana and Hangul are read, for the time that is left.
    pub characters_per_minute: u32,
    /// How fast other scripts are read, in words.
    pub words_per_minute: u32,
    /// What a passage is copied as; without one the article's language decides.
    pub copy_template: Option<Template>,
}

/// What the terminal's background is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Background {
    /// It is asked.
    #[default]
    Auto,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            measure: 76,
            theme: None,
            background: Background::Auto,
            spacing: Spacing::Keep,
            hanging: false,
            indent: false,
            line_spacing: 1,
            ambiguous: None,
            mouse: true,
            lang: None,
            color: ColourWhen::Auto,
            speakers: true,
            characters_per_minute: 400,
            words_per_minute: 240,
            copy_template: None,
        }
    }
}

impl Settings {
    /// The names of all settings.
    pub const NAMES: &[&str] = &[
        "measure",
        "theme",
        "background",
        "spacing",
        "hanging",
        "indent",
        "line_spacing",
        "ambiguous",
        "mouse",
        "lang",
        "color",
        "speakers",
        "characters_per_minute",
        "words_per_minute",
        "copy_template",
    ];

    /// The settings of a `config.toml`; what is wrong in it is left as it is by default and is a
    /// warning.
    pub fn read(text: &str, file: &str) -> (Self, Vec<Warning>) {
        let mut settings = Self::default();
        let mut warnings = Vec::new();
        let mut warn = |at: usize, message: Message| {
            let line =
                text.as_bytes()[..at.min(text.len())].iter().filter(|&&b| b == b'\n').count() + 1;
            let message = message.with("file", file).with("line", line as i64);
            warnings.push(Warning { file: file.to_owned(), line, message });
        };
        type Table = std::collections::BTreeMap<toml::Spanned<String>, toml::Spanned<toml::Value>>;
        let table: Table = match toml::from_str(text) {
            Ok(table) => table,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                warn(at, Message::new("toml-error").with("why", error.message()));
                return (settings, warnings);
            }
        };
        for (name, value) in table {
            let (at, value) = (value.span().start, value.into_inner());
            if !Self::NAMES.contains(&name.get_ref().as_str()) {
                let near = nearest(name.get_ref(), Self::NAMES.iter().copied());
                let said = Message::new("setting-unknown").with("name", name.get_ref().as_str());
                warn(name.span().start, said.with("near", near));
            } else if let Some(template) = template_of(name.get_ref(), &value) {
                match template {
                    Ok(template) => settings.copy_template = Some(template),
                    Err(fault) => warn(at, fault.message().with("name", name.get_ref().as_str())),
                }
            } else if let Err(want) = settings.set(name.get_ref(), &value) {
                let said = Message::new("setting-value").with("name", name.get_ref().as_str());
                warn(at, said.with("value", value.to_string()).with("want", want));
            }
        }
        warnings.sort_by_key(|warning| warning.line);
        (settings, warnings)
    }

    /// How an article is set in so many cells on such a terminal.
    pub fn measure(&self, columns: u16, profile: Profile) -> Measure {
        Measure {
            columns,
            profile,
            spacing: self.spacing,
            gutter: if self.hanging && columns >= 12 { 2 } else { 0 },
            indent: if self.indent { 4 } else { 0 },
            leading: self.line_spacing,
        }
    }

    /// Sets one; else says what it may be.
    fn set(&mut self, name: &str, value: &toml::Value) -> Result<(), &'static str> {
        let text = value.as_str();
        let number = value.as_integer();
        let speed = |want| {
            let number = number.and_then(|n| u32::try_from(n).ok());
            number.filter(|n| (20..=5000).contains(n)).ok_or(want)
        };
        match name {
            "measure" => {
                let number = number.and_then(|n| u16::try_from(n).ok());
                let [least, most] = MEASURES;
                self.measure = number.filter(|n| (least..=most).contains(n)).ok_or("20 .. 200")?;
            }
            "theme" => self.theme = Some(text.ok_or("\"ink\"")?.to_owned()),
            "background" => {
                self.background = match text {
                    Some("auto") => Background::Auto,
                    Some("dark") => Background::Dark,
                    Some("light") => Background::Light,
                    _ => return Err("\"auto\" \"dark\" \"light\""),
                }
            }
            "ambiguous" => {
                self.ambiguous = match (text, number) {
                    (Some("auto"), _) => None,
                    (_, Some(1)) | (Some("1"), _) => Some(Ambiguous::Narrow),
                    (_, Some(2)) | (Some("2"), _) => Some(Ambiguous::Wide),
                    _ => return Err("\"auto\" 1 2"),
                }
            }
            "spacing" => {
                self.spacing = match text {
                    Some("keep") => Spacing::Keep,
                    Some("insert") => Spacing::Insert,
                    Some("strip") => Spacing::Strip,
                    _ => return Err("\"keep\" \"insert\" \"strip\""),
                }
            }
            "hanging" => self.hanging = value.as_bool().ok_or("true false")?,
            "indent" => self.indent = value.as_bool().ok_or("true false")?,
            "line_spacing" => {
                let number = number.and_then(|n| u16::try_from(n).ok());
                self.line_spacing = number.filter(|n| *n <= 1).ok_or("0 1")?;
            }
            "mouse" => self.mouse = value.as_bool().ok_or("true false")?,
            "speakers" => self.speakers = value.as_bool().ok_or("true false")?,
            "lang" => {
                let lang = text.and_then(|text| text.parse().ok());
                self.lang = Some(lang.ok_or("\"zh\" \"en\"")?);
            }
            "color" => {
                let when = text.and_then(|text| text.parse().ok());
                self.color = when.ok_or("\"auto\" \"always\" \"never\"")?;
            }
            "characters_per_minute" => self.characters_per_minute = speed("20 .. 5000")?,
            "words_per_minute" => self.words_per_minute = speed("20 .. 5000")?,
            "copy_template" => return Err("'{text}'"),
            _ => {}
        }
        Ok(())
    }
}

/// The template that a setting holds; `None` where it is another one, or no text.
fn template_of(name: &str, value: &toml::Value) -> Option<Result<Template, Fault>> {
    (name == "copy_template").then(|| value.as_str().map(Template::read)).flatten()
}

/// The configuration directory; `None` without a home.
pub fn directory() -> Option<PathBuf> {
    ProjectDirs::from("", "", "fangtan").map(|dirs| dirs.config_dir().to_path_buf())
}

/// The text of a file in the configuration directory or one that was named; `None` when it is not
/// there.
///
/// # Errors
/// A file that is there and cannot be read as UTF-8.
pub fn text_of(path: &Path) -> std::io::Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_and_what_is_wrong() {
        let text = "measure = 64\nambiguous = 2\nlang = \"zh\"\nmose = true\nmouse = \"no\"\nbackground = \"light\"\nwords_per_minute = 1\n";
        let (settings, warnings) = Settings::read(text, "config.toml");
        assert_eq!(settings.measure, 64);
        assert_eq!(settings.ambiguous, Some(Ambiguous::Wide));
        assert_eq!(settings.lang, Some(Lang::Zh));
        assert_eq!(settings.background, Background::Light);
        assert!(settings.mouse);
        let said: Vec<_> = warnings.iter().map(|w| (w.line, w.message.id)).collect();
        assert_eq!(said, [(4, "setting-unknown"), (5, "setting-value"), (7, "setting-value")]);
        assert_eq!(Settings::read("", "c").0, Settings::default());
        assert_eq!(Settings::read("measure = \n", "c").1[0].line, 1);
    }

    #[test]
    fn a_template_that_is_wrong_is_a_warning() {
        let (settings, warnings) = Settings::read("copy_template = '> {text}'\n", "c");
        assert_eq!(settings.copy_template, Template::read("> {text}").ok());
        assert!(warnings.is_empty());
        for (value, want) in [
            ("'{text} {titel}'", "template-field"),
            ("'{text} [{title}'", "template-bracket"),
            ("'{title}'", "template-no-text"),
            ("true", "setting-value"),
        ] {
            let text = format!("measure = 64\ncopy_template = {value}\n");
            let (settings, warnings) = Settings::read(&text, "c");
            assert_eq!(settings.copy_template, None);
            let said: Vec<_> = warnings.iter().map(|w| (w.line, w.message.id)).collect();
            assert_eq!(said, [(2, want)]);
        }
    }
}
