//! A theme at what the terminal can show → styles, by what they are for.

use ratatui::style::{Color, Modifier, Style};

use crate::interview::SpeakerId;
use crate::marks::Highlight;
use crate::settings::{Colour, Depth, Rgb, Theme};

/// The styles of a screen.
#[derive(Clone, Debug)]
pub struct Palette {
    depth: Depth,
    speakers: Vec<Color>,
    /// Text of the article.
    pub text: Style,
    /// What is of less weight: numbers, dates, promotions.
    pub dim: Style,
    /// Headings and titles.
    pub heading: Style,
    /// Strong emphasis.
    pub strong: Style,
    /// Emphasis.
    pub emphasis: Style,
    /// Code.
    pub code: Style,
    /// Links.
    pub link: Style,
    /// Struck out.
    pub struck: Style,
    /// Quotations.
    pub quote: Style,
    /// Lines between panes.
    pub border: Style,
    /// A search hit.
    pub hit: Style,
    /// The search hit that the reader stands on.
    pub hit_current: Style,
    /// A bookmarked passage, by its kind of highlight.
    marks: [Style; 4],
    /// The passage that is being chosen.
    pub selection: Style,
    /// The sign of a bookmark.
    pub mark_sign: Style,
    /// A passage shown for a moment.
    pub flash: Style,
    /// The chosen entry of a list.
    pub chosen: Style,
    /// The status line.
    pub status: Style,
    /// A notice in the status line.
    pub notice: Style,
    /// What needs attention.
    pub warning: Style,
    /// What the reader is at.
    pub accent: Style,
    /// The stretch of the strip that the page shows.
    pub extent: Style,
}

impl Palette {
    /// The styles of `theme` in `depth` colours.
    pub fn new(theme: &Theme, depth: Depth) -> Self {
        let color = |rgb: Rgb| match lowered(depth, rgb) {
            // Of the sixteen, yellow cannot be read on a light background.
            Color::Indexed(3 | 11) if depth == Depth::Ansi16 && !theme.dark => Color::Reset,
            color => color,
        };
        let fg = |rgb: Rgb| Style::new().fg(color(rgb));
        let plain = depth == Depth::None;
        let on = |fore: Rgb, back: Rgb| match depth {
            Depth::None => Style::new().add_modifier(Modifier::REVERSED),
            _ => Style::new().fg(color(fore)).bg(color(back)),
        };
        let dim = if plain { Style::new().add_modifier(Modifier::DIM) } else { fg(theme.dim) };
        let link = if plain { Style::new() } else { fg(theme.link) };
        Self {
            depth,
            speakers: theme.speakers.iter().map(|&rgb| color(rgb)).collect(),
            text: Style::new(),
            dim,
            heading: fg(theme.heading).add_modifier(Modifier::BOLD),
            strong: Style::new().add_modifier(Modifier::BOLD),
            emphasis: Style::new().add_modifier(Modifier::ITALIC),
            code: fg(theme.code),
            link: link.add_modifier(Modifier::UNDERLINED),
            struck: Style::new().add_modifier(Modifier::CROSSED_OUT),
            quote: fg(theme.quote),
            border: fg(theme.border),
            hit: on(theme.hit_text, theme.hit),
            hit_current: on(theme.hit_current_text, theme.hit_current).add_modifier(Modifier::BOLD),
            marks: std::array::from_fn(|at| match depth {
                // Without colours the kinds differ by how they are set.
                Depth::None => Style::new().add_modifier(
                    Modifier::UNDERLINED
                        | [Modifier::empty(), Modifier::BOLD, Modifier::ITALIC, Modifier::DIM][at],
                ),
                _ => on(theme.highlight_text, theme.highlights[at]),
            }),
            selection: Style::new().add_modifier(Modifier::REVERSED),
            mark_sign: fg(theme.mark).add_modifier(Modifier::BOLD),
            flash: on(theme.flash_text, theme.flash),
            chosen: Style::new().add_modifier(Modifier::REVERSED),
            status: dim,
            notice: fg(theme.notice),
            warning: fg(theme.warning).add_modifier(Modifier::BOLD),
            accent: fg(theme.accent).add_modifier(Modifier::BOLD),
            extent: fg(theme.accent),
        }
    }

    /// A passage that is bookmarked so.
    pub fn mark(&self, highlight: Highlight) -> Style {
        self.marks[usize::from(highlight.number()) - 1]
    }

    /// Whether there are colours at all.
    pub fn has_colours(&self) -> bool {
        self.depth != Depth::None
    }

    /// A speaker's name.
    pub fn speaker(&self, speaker: SpeakerId) -> Style {
        let at = speaker.index();
        match self.speakers.get(at % self.speakers.len().max(1)) {
            Some(&color) if self.has_colours() => {
                let again = at >= self.speakers.len();
                let style = Style::new().fg(color).add_modifier(Modifier::BOLD);
                if again { style.add_modifier(Modifier::ITALIC) } else { style }
            }
            // Without colours speakers differ by their name and by how it is set.
            _ => Style::new().add_modifier(match at % 4 {
                0 => Modifier::BOLD,
                1 => Modifier::BOLD | Modifier::UNDERLINED,
                2 => Modifier::BOLD | Modifier::ITALIC,
                _ => Modifier::UNDERLINED,
            }),
        }
    }

    /// A cell filled with a speaker's colour; `None` without colours.
    pub fn speaker_fill(&self, speaker: SpeakerId) -> Option<Style> {
        let color = self.speakers.get(speaker.index() % self.speakers.len().max(1))?;
        self.has_colours().then(|| Style::new().bg(*color))
    }
}

fn lowered(depth: Depth, rgb: Rgb) -> Color {
    match depth.lower(rgb) {
        Colour::Default => Color::Reset,
        Colour::Ansi(number) | Colour::Indexed(number) => Color::Indexed(number),
        Colour::Rgb(Rgb(r, g, b)) => Color::Rgb(r, g, b),
    }
}
