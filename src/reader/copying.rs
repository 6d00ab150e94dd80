//! A passage → what is copied: with where it is from, by the reader's template, or bare.

use std::ops::Range;

use super::State;
use super::event::Effect;
use crate::interview::quote::quote;
use crate::settings::Template;
use crate::words::Message;

/// What is copied of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The text with where it is from.
    Sourced,
    /// The text alone.
    Bare,
}

impl State {
    /// Copies the bytes of the text in `range`; what became of it is said when it is done.
    pub fn copied(&self, range: Range<u32>, form: Form) -> (Vec<Effect>, Option<Message>) {
        let quote = quote(self.interview(), range);
        // An empty text would empty the clipboard.
        if quote.text.is_empty() {
            return (Vec::new(), Some(Message::new("nothing-to-copy")));
        }
        let text = match (form, &self.settings().copy_template) {
            (Form::Bare, _) => quote.text,
            (Form::Sourced, Some(template)) => template.render(&quote),
            (Form::Sourced, None) => Template::of_language(quote.language).render(&quote),
        };
        (vec![Effect::Copy(text)], None)
    }

    /// Copies the sentence at the top of the page and shows it for a moment.
    pub(super) fn copy_sentence(&mut self, form: Form, now: u64) -> (Vec<Effect>, Option<Message>) {
        let Some(range) = self.sentence_at_top() else {
            return (Vec::new(), Some(Message::new("no-sentence")));
        };
        self.bookmarks.show(range.clone(), now);
        self.copied(range, form)
    }
}
