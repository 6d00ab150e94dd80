//! A user's keymap.toml over the keys that are there, key by key.

use std::collections::BTreeMap;

use toml::Spanned;

use super::{Binding, Key, Keymap, Warning};
use crate::command::{Command, Context};
use crate::words::Message;

type Tables = BTreeMap<Spanned<String>, Spanned<BTreeMap<Spanned<String>, Spanned<toml::Value>>>>;

impl Keymap {
    /// Lays the bindings of a `keymap.toml` over these. A key of the user's wins over every key
    /// that begins with it or that it begins with; `"nothing"` takes a key away. What is wrong
    /// changes nothing and is a warning.
    pub fn overlay(&mut self, text: &str, file: &str) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut warn = |at: usize, message: Message| {
            let line = line_at(text, at);
            let message = message.with("file", file).with("line", line as i64);
            warnings.push(Warning { file: file.to_owned(), line, message });
        };
        let tables: Tables = match toml::from_str(text) {
            Ok(tables) => tables,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                warn(at, Message::new("toml-error").with("why", error.message()));
                return warnings;
            }
        };
        let mut tables: Vec<_> = tables.into_iter().collect();
        tables.sort_by_key(|(name, _)| name.span().start);
        for (name, table) in tables {
            let Some(context) = Context::ALL.into_iter().find(|c| c.name() == name.get_ref())
            else {
                let near = nearest(name.get_ref(), Context::ALL.iter().map(|c| c.name()));
                let said = Message::new("keymap-table").with("name", name.get_ref().as_str());
                warn(name.span().start, said.with("near", near));
                continue;
            };
            let mut rows: Vec<_> = table.into_inner().into_iter().collect();
            rows.sort_by_key(|(chord, _)| chord.span().start);
            for (chord, value) in rows {
                if let Err((at, message)) = self.bind(context, &chord, &value) {
                    warn(at, message);
                }
            }
        }
        warnings.sort_by_key(|warning| warning.line);
        warnings
    }

    fn bind(
        &mut self,
        context: Context,
        chord: &Spanned<String>,
        value: &Spanned<toml::Value>,
    ) -> Result<(), (usize, Message)> {
        let keys: Option<Vec<Key>> =
            chord.get_ref().split_whitespace().map(|key| key.parse().ok()).collect();
        let keys = keys.filter(|keys| !keys.is_empty()).ok_or_else(|| {
            let said = Message::new("keymap-key").with("name", chord.get_ref().as_str());
            (chord.span().start, said)
        })?;
        let at = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            let said = Message::new("keymap-command").with("name", value.get_ref().to_string());
            return Err((at, said.with("near", "nothing")));
        };
        let clashes = |binding: &Binding| {
            binding.context == context
                && (binding.chord.starts_with(&keys) || keys.starts_with(&binding.chord))
        };
        if text == "nothing" {
            self.bindings.retain(|binding| binding.context != context || binding.chord != keys);
            return Ok(());
        }
        let (name, number) = match text.split_once(' ') {
            Some((name, number)) => (name, Some(number.trim().parse().ok())),
            None => (text, None),
        };
        let here = |command: &Command| command.context() == context;
        let Some(command) = Command::named(name).filter(here) else {
            let names = Command::ALL.iter().filter(|c| here(c)).map(|c| c.name());
            let near = nearest(name, names.chain(["nothing"]));
            return Err((at, Message::new("keymap-command").with("name", name).with("near", near)));
        };
        let number = match number {
            Some(Some(number)) if number > 0 => Some(number),
            None if !command.takes_number() => None,
            _ => return Err((at, Message::new("keymap-number").with("name", text))),
        };
        self.bindings.retain(|binding| !clashes(binding));
        self.bindings.push(Binding { context, chord: keys, command, number });
        Ok(())
    }
}

fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|&&b| b == b'\n').count() + 1
}

/// The name most like one that is not known.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> &'a str {
    let score = |known: &str| (strsim::jaro_winkler(name, known) * 1e6) as u64;
    known.max_by_key(|known| score(known)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Resolved;

    fn overlay(text: &str) -> (Keymap, Vec<(usize, &'static str)>) {
        let mut keymap = Keymap::default();
        let warnings = keymap.overlay(text, "k.toml");
        (keymap, warnings.into_iter().map(|w| (w.line, w.message.id)).collect())
    }

    fn reading(keymap: &Keymap, key: &str) -> Resolved {
        keymap.resolve(Context::Reading, &[], key.parse().unwrap())
    }

    #[test]
    fn the_user_s_keys_win() {
        let (keymap, warnings) = overlay(
            "[reading]\n\"q\" = \"nothing\"\n\"J\" = \"line-down 5\"\n\"g\" = \"article-end\"\n\"z q\" = \"quit\"\n",
        );
        assert_eq!(warnings, []);
        assert_eq!(reading(&keymap, "q"), Resolved::Unbound);
        assert_eq!(reading(&keymap, "J"), Resolved::Command(Command::LineDown, Some(5)));
        assert_eq!(reading(&keymap, "g"), Resolved::Command(Command::ArticleEnd, None));
        assert!(matches!(reading(&keymap, "z"), Resolved::Pending(_)));
        assert_eq!(reading(&keymap, "j"), Resolved::Command(Command::LineDown, None));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let (keymap, warnings) = overlay(
            "[reading]\n\"j\" = \"line-dwon\"\n\"Hyper-x\" = \"quit\"\n\"x\" = 3\n\n[readin]\n\"j\" = \"quit\"\n[list]\n\"y\" = \"quit\"\n\"w\" = \"list-next 0\"\n",
        );
        assert_eq!(
            warnings,
            [
                (2, "keymap-command"),
                (3, "keymap-key"),
                (4, "keymap-command"),
                (6, "keymap-table"),
                (9, "keymap-command"),
                (10, "keymap-number")
            ]
        );
        assert_eq!(reading(&keymap, "j"), Resolved::Command(Command::LineDown, None));
        assert_eq!(overlay("[reading\n").1, [(1, "toml-error")]);
    }

    #[test]
    fn the_nearest_name() {
        assert_eq!(nearest("line-dwon", Command::ALL.iter().map(|c| c.name())), "line-down");
    }
}
