//! What CSS says of emphasis: weight, slant, lines through a text, and colour.

use crate::prose::Style;

/// The emphasis of a style attribute.
pub fn emphasis(css: &str) -> Style {
    let mut style = Style::PLAIN;
    for declaration in css.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.trim().trim_end_matches("!important").trim_end().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "font-weight" => {
                let heavy = value.parse::<u32>().is_ok_and(|weight| weight >= 600);
                style.set(Style::STRONG, heavy || value.starts_with("bold"));
            }
            "font-style" => style.set(Style::EMPHASIS, value == "italic" || value == "oblique"),
            "text-decoration" | "text-decoration-line" => {
                style.set(Style::STRUCK, value.contains("line-through"));
            }
            "color" => style.set(Style::TINTED, is_tint(&value)),
            _ => {}
        }
    }
    style
}

/// How far the parts of a grey are from each other at most, of 255.
const GREY: u8 = 32;

/// Whether a value of CSS in small letters is a colour, and no grey.
pub fn is_tint(value: &str) -> bool {
    // The last words of the names of colours.
    const NAMED: &[&str] = &[
        "red",
        "blue",
        "green",
        "navy",
        "teal",
        "purple",
        "orange",
        "brown",
        "maroon",
        "magenta",
        "cyan",
        "olive",
        "crimson",
        "pink",
        "gold",
        "violet",
        "indigo",
        "aqua",
        "fuchsia",
        "lime",
        "coral",
        "tomato",
        "chocolate",
        "sienna",
        "orchid",
        "salmon",
        "yellow",
        "turquoise",
        "firebrick",
    ];
    let parts: Option<Vec<u8>> = if let Some(hex) = value.strip_prefix('#') {
        let wide = hex.len() >= 6;
        let digits = hex.bytes().take(if wide { 6 } else { 3 }).map(|b| (b as char).to_digit(16));
        let digits: Option<Vec<u32>> = digits.collect();
        digits.map(|of| match wide {
            true => of.chunks(2).map(|two| (two[0] * 16 + two[1]) as u8).collect(),
            false => of.iter().map(|one| (one * 17) as u8).collect(),
        })
    } else if let Some((_, inner)) =
        value.split_once('(').filter(|(name, _)| name.starts_with("rgb"))
    {
        let numbers = inner.split([',', ' ', '/', ')']).filter(|part| !part.is_empty());
        numbers.take(3).map(|part| part.trim().parse::<f32>().ok().map(|of| of as u8)).collect()
    } else {
        return value.chars().all(|c| c.is_ascii_lowercase())
            && NAMED.iter().any(|name| value.ends_with(name));
    };
    parts.filter(|parts| parts.len() == 3).is_some_and(|parts| {
        let (least, most) = (parts.iter().min(), parts.iter().max());
        least.zip(most).is_some_and(|(least, most)| most - least > GREY)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_emphasised() {
        let both = Style::STRONG | Style::EMPHASIS;
        assert_eq!(emphasis("font-weight: 700; Font-Style: ITALIC"), both);
        assert_eq!(emphasis("font-weight:normal;color:#333"), Style::PLAIN);
        assert_eq!(emphasis("color: rgb(0, 82, 255) !important"), Style::TINTED);
        for (value, want) in [
            ("red", true),
            ("#c00", true),
            ("#1e6fff", true),
            ("rgb(171 25 66)", true),
            ("#3e3e3e", false),
            ("rgb(62, 62, 62)", false),
            ("rgba(0,0,0,.9)", false),
            ("var(--ink)", false),
            ("#é1", false),
            ("#12", false),
            ("", false),
            ("inherit", false),
            ("windowtext", false),
            ("darkblue", true),
        ] {
            assert_eq!(is_tint(value), want, "{value}");
        }
    }
}
