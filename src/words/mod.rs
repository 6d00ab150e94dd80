//! [`Message`] → a sentence in Chinese or English: the only place where the program's own words
//! become text. The texts are `assets/locale/*.ftl`, built in; both languages have the same ids.

mod lang;
mod message;

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

pub use lang::{Lang, UnknownLang};
pub use message::{Argument, Message};

use crate::command::Command;

/// The words of one language.
pub struct Words {
    lang: Lang,
    texts: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of `lang`, from the texts that are built in.
    pub fn new(lang: Lang) -> Self {
        let source = match lang {
            Lang::Zh => include_str!("../../assets/locale/zh.ftl"),
            Lang::En => include_str!("../../assets/locale/en.ftl"),
        };
        let mut texts = FluentBundle::new_concurrent(vec![lang.tag()]);
        // The isolating marks would be bidi controls in the terminal.
        texts.set_use_isolating(false);
        let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(source.to_owned());
        texts.add_resource_overriding(resource);
        Self { lang, texts }
    }

    /// The language they are of.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A message, worded. An id that is not in the texts is shown as it is.
    pub fn say(&self, message: &Message) -> String {
        let mut arguments = FluentArgs::with_capacity(message.arguments.len());
        for (name, value) in &message.arguments {
            let value = match value {
                Argument::Text(text) => FluentValue::from(text.as_str()),
                Argument::Number(number) => FluentValue::from(*number),
            };
            arguments.set(*name, value);
        }
        self.pattern(message.id, Some(&arguments)).into_owned()
    }

    /// The text of an id that has no arguments.
    pub fn text<'a>(&'a self, id: &'a str) -> Cow<'a, str> {
        self.pattern(id, None)
    }

    /// A command's sentence.
    pub fn sentence(&self, command: Command) -> Cow<'_, str> {
        if self.lang == Lang::En {
            return Cow::Borrowed(command.sentence());
        }
        Cow::Owned(self.text(command.name()).into_owned())
    }

    fn pattern<'a>(&'a self, id: &'a str, arguments: Option<&FluentArgs<'_>>) -> Cow<'a, str> {
        let message = self.texts.get_message(id);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            return Cow::Borrowed(id);
        };
        // What cannot be filled in is shown by its name; there is nobody to tell.
        let mut errors = Vec::new();
        Cow::Owned(self.texts.format_pattern(pattern, arguments, &mut errors).into_owned())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("lang", &self.lang).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
