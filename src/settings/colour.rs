//! How many colours there are, and what a colour becomes with fewer.

use std::str::FromStr;

use anstyle::RgbColor;
use anstyle_lossy::palette;

/// A colour of 24 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourWhen {
    /// As the terminal and `NO_COLOR` say.
    #[default]
    Auto,
    /// In any case.
    Always,
    /// Not at all.
    Never,
}

/// How many colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None.
    None,
    /// The 16 of the terminal's palette.
    Ansi16,
    /// The 256 of xterm.
    Ansi256,
    /// 24 bits.
    True,
}

/// A colour as the terminal is told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own.
    Default,
    /// By its number among 16.
    Ansi(u8),
    /// By its number among 256.
    Indexed(u8),
    /// By its parts.
    Rgb(Rgb),
}

/// What the environment says of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// `TERM`.
    pub term: Option<String>,
    /// `COLORTERM`.
    pub colorterm: Option<String>,
    /// `NO_COLOR`; one that is empty says nothing (no-color.org).
    pub no_color: Option<String>,
}

impl Terminal {
    /// As the environment has it.
    pub fn of_environment() -> Self {
        let var = |name| std::env::var(name).ok();
        Self { term: var("TERM"), colorterm: var("COLORTERM"), no_color: var("NO_COLOR") }
    }

    /// Whether it can draw a screen at all.
    pub fn is_dumb(&self) -> bool {
        matches!(self.term.as_deref(), None | Some("" | "dumb"))
    }
}

impl Depth {
    /// How many colours there are.
    pub fn of(when: ColourWhen, terminal: &Terminal) -> Self {
        let term = terminal.term.as_deref().unwrap_or_default();
        let asked_not = terminal.no_color.as_deref().is_some_and(|value| !value.is_empty());
        match when {
            ColourWhen::Never => return Self::None,
            ColourWhen::Auto if asked_not || terminal.is_dumb() => return Self::None,
            _ => {}
        }
        let many = matches!(terminal.colorterm.as_deref(), Some("truecolor" | "24bit"));
        let direct = ["-direct", "kitty", "alacritty", "foot", "ghostty", "wezterm"];
        if many || direct.iter().any(|name| term.contains(name)) {
            Self::True
        } else if term.contains("256color") {
            Self::Ansi256
        } else if term.starts_with("vt") && !term.contains("color") {
            Self::None
        } else {
            Self::Ansi16
        }
    }

    /// The colour nearest to `rgb` that there is.
    pub fn lower(self, rgb: Rgb) -> Colour {
        let Rgb(r, g, b) = rgb;
        let color = RgbColor(r, g, b);
        match self {
            Self::None => Colour::Default,
            Self::Ansi16 => {
                let ansi = anstyle_lossy::rgb_to_ansi(color, palette::DEFAULT);
                Colour::Ansi(anstyle::Ansi256Color::from_ansi(ansi).index())
            }
            Self::Ansi256 => Colour::Indexed(anstyle_lossy::rgb_to_xterm(color).index()),
            Self::True => Colour::Rgb(rgb),
        }
    }
}

impl FromStr for Rgb {
    type Err = ();

    /// `#rrggbb`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or(())?;
        let part = |at: usize| {
            let part = digits.get(at..at + 2).ok_or(())?;
            u8::from_str_radix(part, 16).map_err(|_| ())
        };
        Ok(Self(part(0)?, part(2)?, part(4)?))
    }
}

impl FromStr for ColourWhen {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "auto" => Ok(Self::Auto),
            "always" => Ok(Self::Always),
            "never" => Ok(Self::Never),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_colours() {
        let terminal = |term: &str, colorterm: &str, no_color: &str| Terminal {
            term: Some(term.to_owned()),
            colorterm: (!colorterm.is_empty()).then(|| colorterm.to_owned()),
            no_color: Some(no_color.to_owned()),
        };
        for (term, colorterm, no_color, want) in [
            ("xterm-256color", "truecolor", "", Depth::True),
            ("xterm-256color", "", "", Depth::Ansi256),
            ("xterm", "", "", Depth::Ansi16),
            ("screen", "", "", Depth::Ansi16),
            ("dumb", "truecolor", "", Depth::None),
            ("vt100", "", "", Depth::None),
            ("xterm-256color", "truecolor", "1", Depth::None),
        ] {
            let terminal = terminal(term, colorterm, no_color);
            assert_eq!(Depth::of(ColourWhen::Auto, &terminal), want, "{terminal:?}");
            assert_eq!(Depth::of(ColourWhen::Never, &terminal), Depth::None);
        }
        let always = Depth::of(ColourWhen::Always, &terminal("xterm-256color", "", "1"));
        assert_eq!(always, Depth::Ansi256);
    }

    #[test]
    fn fewer_colours() {
        let red = Rgb(0xF0, 0x10, 0x10);
        assert_eq!(Depth::None.lower(red), Colour::Default);
        assert!(matches!(Depth::Ansi16.lower(red), Colour::Ansi(1 | 9)));
        assert!(matches!(Depth::Ansi256.lower(red), Colour::Indexed(16..)));
        assert_eq!("#f01010".parse(), Ok(red));
        assert_eq!("f01010".parse::<Rgb>(), Err(()));
        assert_eq!("#中1010".parse::<Rgb>(), Err(()));
    }
}
