//! What the command line, config.toml and keymap.toml say together.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::failure::Failure;
use crate::keymap::{Keymap, Warning};
use crate::settings::{self, Settings, Theme};
use crate::text::width::Ambiguous;
use crate::words::{Lang, Message, Words};

/// The options of a run.
#[derive(Debug)]
pub struct Options {
    /// The settings, the command line's over the file's.
    pub settings: Settings,
    /// The keys.
    pub keymap: Keymap,
    /// The program's own words.
    pub words: Words,
    /// The name of the encoding to read in.
    pub encoding: Option<String>,
    /// What is wrong in the user's files.
    pub warnings: Vec<Warning>,
    directory: Option<PathBuf>,
}

impl Options {
    /// What the matches and the user's files say. A file that was named and cannot be read is a
    /// failure; one in the configuration directory that cannot is a warning.
    pub fn of(matches: &ArgMatches, words: Words) -> Result<Self, Failure> {
        let directory = settings::directory();
        let mut warnings = Vec::new();
        let (mut settings, mut keymap) = (Settings::default(), Keymap::default());
        if let Some((text, file)) = user_file(matches, "config", &directory, &words, &mut warnings)?
        {
            let (read, wrong) = Settings::read(&text, &file);
            settings = read;
            warnings.extend(wrong);
        }
        if let Some((text, file)) = user_file(matches, "keymap", &directory, &words, &mut warnings)?
        {
            warnings.extend(keymap.overlay(&text, &file));
        }
        let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
        match text("ambiguous") {
            Some("1") => settings.ambiguous = Some(Ambiguous::Narrow),
            Some("2") => settings.ambiguous = Some(Ambiguous::Wide),
            Some(_) => settings.ambiguous = None,
            None => {}
        }
        if let Some(when) = text("color").and_then(|when| when.parse().ok()) {
            settings.color = when;
        }
        // The words were chosen by the command line or the locale; config.toml comes between them.
        let asked: Option<Lang> = text("lang").and_then(|lang| lang.parse().ok());
        let words = match asked.or(settings.lang) {
            Some(lang) if lang != words.lang() => Words::new(lang),
            _ => words,
        };
        let encoding = text("encoding").map(ToOwned::to_owned);
        Ok(Self { settings, keymap, words, encoding, warnings, directory })
    }

    /// All themes, the one in force first, for a background that is dark unless it is known to be
    /// light; and what is wrong with the user's.
    pub fn themes(&self, light: bool) -> (Vec<Theme>, Vec<Warning>) {
        let directory = self.directory.as_ref().map(|directory| directory.join("themes"));
        let (mut themes, mut warnings) = Theme::all(directory.as_deref());
        let wanted = self.settings.theme.as_ref();
        let named = wanted.and_then(|name| themes.iter().position(|theme| theme.name == *name));
        if let (Some(name), None) = (wanted, named) {
            let names: Vec<&str> = themes.iter().map(|theme| theme.name.as_str()).collect();
            let said = Message::new("no-such-theme").with("name", name.as_str());
            let message = said.with("names", names.join(", "));
            warnings.push(Warning { file: String::new(), line: 0, message });
        }
        let first = named.or_else(|| themes.iter().position(|theme| theme.dark != light));
        themes.rotate_left(first.unwrap_or(0));
        (themes, warnings)
    }
}

/// The text of `config.toml` or `keymap.toml`, and its name.
fn user_file(
    matches: &ArgMatches,
    name: &str,
    directory: &Option<PathBuf>,
    words: &Words,
    warnings: &mut Vec<Warning>,
) -> Result<Option<(String, String)>, Failure> {
    let unread = |path: &Path, why: String| {
        Message::new("unread").with("file", path.display().to_string()).with("why", why)
    };
    if let Some(path) = matches.get_one::<OsString>(name).map(PathBuf::from) {
        let text = match settings::text_of(&path) {
            Ok(Some(text)) => text,
            Ok(None) => {
                let why = words.text("not-there").into_owned();
                return Err(Failure::new(unread(&path, why), words));
            }
            Err(error) => return Err(Failure::new(unread(&path, error.to_string()), words)),
        };
        return Ok(Some((text, path.display().to_string())));
    }
    let Some(path) = directory.as_ref().map(|dir| dir.join(format!("{name}.toml"))) else {
        return Ok(None);
    };
    match settings::text_of(&path) {
        Ok(text) => Ok(text.map(|text| (text, path.display().to_string()))),
        Err(error) => {
            let file = path.display().to_string();
            warnings.push(Warning { file, line: 0, message: unread(&path, error.to_string()) });
            Ok(None)
        }
    }
}
