//! The environment → which clipboards can be reached.

use std::ffi::OsString;

use super::osc52::Inside;

/// Which clipboards can be reached from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether this machine has a clipboard that the reader sees: there is a desktop, and we were
    /// not called from another machine.
    pub display: bool,
    /// Whether there is a tmux to ask.
    pub tmux: bool,
    /// What control sequences have to get through.
    pub inside: Inside,
}

impl Surroundings {
    /// What the environment says. A terminal that was started from inside of tmux or GNU screen has
    /// their variables, too, but says that it is another one.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let has = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default().to_string_lossy().into_owned();
        let tmux = has("TMUX");
        let inside = if term.starts_with("tmux") || tmux && term.starts_with("screen") {
            Inside::Tmux
        } else if has("STY") && term.starts_with("screen") {
            Inside::Screen
        } else {
            Inside::Nothing
        };
        let remote = has("SSH_CONNECTION") || has("SSH_TTY") || has("SSH_CLIENT");
        let desktop = cfg!(target_os = "macos") || has("DISPLAY") || has("WAYLAND_DISPLAY");
        Self { display: desktop && !remote, tmux, inside }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Surroundings {
        Surroundings::of(|name| {
            let mut all = variables.iter();
            all.find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn what_stands_between_us_and_the_terminal() {
        for (variables, tmux, inside) in [
            (&[("TERM", "xterm-256color")][..], false, Inside::Nothing),
            (&[("TERM", "screen"), ("TMUX", "/a,1,0")], true, Inside::Tmux),
            (&[("TERM", "tmux-256color"), ("TMUX", "/a,1,0")], true, Inside::Tmux),
            // From inside of tmux to another machine.
            (&[("TERM", "tmux-256color"), ("SSH_TTY", "/dev/pts/1")], false, Inside::Tmux),
            // A terminal that was started from inside of tmux.
            (&[("TERM", "xterm-kitty"), ("TMUX", "/a,1,0")], true, Inside::Nothing),
            (&[("TERM", "screen.xterm-256color"), ("STY", "1.a")], false, Inside::Screen),
            (&[("TERM", "xterm"), ("STY", "1.a")], false, Inside::Nothing),
            (&[("TERM", "screen")], false, Inside::Nothing),
        ] {
            let around = of(variables);
            assert_eq!((around.tmux, around.inside), (tmux, inside), "{variables:?}");
        }
    }

    #[cfg(not(target_os = "macos"))]
    #[test]
    fn whose_desktop_it_is() {
        for (variables, want) in [
            (&[][..], false),
            (&[("DISPLAY", "")], false),
            (&[("DISPLAY", ":0")], true),
            (&[("WAYLAND_DISPLAY", "wayland-0")], true),
            (&[("DISPLAY", "localhost:10.0"), ("SSH_CONNECTION", "a 1 b 2")], false),
        ] {
            assert_eq!(of(variables).display, want, "{variables:?}");
        }
    }
}
