//! How the reader sets this article: what they changed of it is kept with the article.

use super::State;
use super::event::Effect;
use super::panes::Side;
use crate::marks::Preferences;

/// How long after a change it is kept, in ms: who tries widths tries several.
const KEEP: u64 = 2000;

/// What of it was chosen for this article, and what of that is kept.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    now: Preferences,
    kept: Preferences,
    due: Option<u64>,
}

impl Chosen {
    /// When it is due to be kept.
    pub fn due(&self) -> Option<u64> {
        self.due
    }
}

impl State {
    /// Sets the article as it was set the last time.
    pub(super) fn recall_preferences(&mut self, preferences: Preferences) {
        let Preferences { measure, theme, speakers } = &preferences;
        let named = |theme: &str| self.setup.themes.iter().position(|known| known.name == theme);
        if let Some(at) = theme.as_deref().and_then(named) {
            self.theme = at;
        }
        if let Some(measure) = *measure {
            let [least, most] = crate::settings::MEASURES;
            self.setup.settings.measure = measure.clamp(least, most);
        }
        match *speakers {
            Some(true) => self.side = Side::Shown,
            Some(false) => self.side = Side::Hidden,
            None => {}
        }
        self.relay(self.follow());
        self.chosen = Chosen { now: preferences.clone(), kept: preferences, due: None };
    }

    /// Something of it was changed for this article.
    pub(super) fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) {
        change(&mut self.chosen.now);
    }

    /// What is not kept yet; `None` when all is.
    pub fn preferences_to_keep(&self) -> Option<Preferences> {
        (self.is_recalled && self.chosen.now != self.chosen.kept).then(|| self.chosen.now.clone())
    }

    pub(super) fn keep_preferences(&mut self, now: u64, effects: &mut Vec<Effect>) {
        let Some(preferences) = self.preferences_to_keep() else {
            self.chosen.due = None;
            return;
        };
        match self.chosen.due {
            None => self.chosen.due = Some(now + KEEP),
            Some(due) if due <= now => {
                self.chosen.kept = preferences.clone();
                self.chosen.due = None;
                effects.push(Effect::KeepPreferences(preferences));
            }
            Some(_) => {}
        }
    }
}
