//! The languages the program speaks, and which of them the system asks for.

use std::fmt;
use std::str::FromStr;

use unic_langid::LanguageIdentifier;

/// A language of the program's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese, in simplified characters.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The one the system's locale asks for: Chinese for `zh…`, else English.
    pub fn of_locale() -> Self {
        sys_locale::get_locale().map_or(Self::En, |tag| Self::of_tag(&tag))
    }

    /// The one for a BCP 47 tag or a POSIX locale name (`zh-Hans-CN`, `zh_TW.UTF-8`).
    pub fn of_tag(tag: &str) -> Self {
        let language = tag.split(['-', '_', '.']).next().unwrap_or(tag);
        if language.eq_ignore_ascii_case("zh") { Self::Zh } else { Self::En }
    }

    /// Its name on the command line: `zh` or `en`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    pub(super) fn tag(self) -> LanguageIdentifier {
        self.name().parse().unwrap_or_default()
    }
}

/// A language the program does not speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLang;

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected zh or en")
    }
}

impl std::error::Error for UnknownLang {}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(name: &str) -> Result<Self, UnknownLang> {
        Self::ALL.into_iter().find(|lang| lang.name() == name).ok_or(UnknownLang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_locales_are_chinese_and_all_others_english() {
        for (tag, want) in [
            ("zh", Lang::Zh),
            ("zh-Hans-CN", Lang::Zh),
            ("zh_TW.UTF-8", Lang::Zh),
            ("ZH", Lang::Zh),
            ("zha", Lang::En),
            ("ja-JP", Lang::En),
            ("C", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(Lang::of_tag(tag), want, "{tag}");
        }
        assert_eq!("zh".parse(), Ok(Lang::Zh));
        assert_eq!("fr".parse::<Lang>(), Err(UnknownLang));
    }
}
