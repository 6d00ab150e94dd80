//! A text → the control sequence OSC 52 (xterm, “Manipulate Selection Data”), as it has to be
//! wrapped to get through what stands between us and the terminal.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The most bytes of base64 that are sent: what terminals are known to take. They drop or cut more.
pub const LONGEST: usize = 100_000;

/// How many bytes GNU screen passes on in one piece; 768 is the most it takes.
const PIECE: usize = 500;

/// What stands between us and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// Nothing that is known.
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

impl Inside {
    /// Whether it is tmux.
    pub fn is_tmux(self) -> bool {
        self == Self::Tmux
    }
}

/// How many bytes of base64 a text is.
pub fn length(text: &str) -> usize {
    text.len().div_ceil(3) * 4
}

/// What to write; `None` for a text that is too long.
pub fn sequences(text: &str, inside: Inside) -> Option<String> {
    if length(text) > LONGEST {
        return None;
    }
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    Some(match inside {
        Inside::Nothing => plain,
        // tmux takes the first with `set-clipboard on`, and passes the second on with
        // `allow-passthrough on`; with both the terminal hears the same twice.
        Inside::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")),
        // What is passed on in pieces is one sequence again behind it. All of it is ASCII.
        Inside::Screen => {
            let mut out = String::with_capacity(plain.len() * 2);
            let mut rest = plain.as_str();
            while !rest.is_empty() {
                let (piece, behind) = rest.split_at(rest.len().min(PIECE));
                out.push_str("\x1bP");
                out.push_str(piece);
                out.push_str("\x1b\\");
                rest = behind;
            }
            out
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_for_what_stands_between() {
        let of = |inside| sequences("灯", inside).unwrap();
        assert_eq!(of(Inside::Nothing), "\x1b]52;c;54Gv\x07");
        assert_eq!(of(Inside::Tmux), "\x1b]52;c;54Gv\x07\x1bPtmux;\x1b\x1b]52;c;54Gv\x07\x1b\\");
        assert_eq!(of(Inside::Screen), "\x1bP\x1b]52;c;54Gv\x07\x1b\\");
    }

    #[test]
    fn screen_gets_pieces_that_are_the_whole_again() {
        let text = "夜里的灯每十秒亮一次。".repeat(500);
        let wrapped = sequences(&text, Inside::Screen).unwrap();
        let pieces: Vec<&str> = wrapped.split_terminator("\x1b\\").collect();
        assert!(pieces.iter().all(|piece| piece.len() <= PIECE + 2), "{}", pieces.len());
        let whole: String =
            pieces.iter().map(|piece| piece.strip_prefix("\x1bP").unwrap()).collect();
        assert_eq!(Some(whole), sequences(&text, Inside::Nothing));
    }

    #[test]
    fn a_text_is_sent_whole_or_not_at_all() {
        // 75,000 bytes are 100,000 of base64.
        assert!(sequences(&"灯".repeat(25_000), Inside::Nothing).is_some());
        assert_eq!(sequences(&format!("{}a", "灯".repeat(25_000)), Inside::Nothing), None);
        for (text, want) in [("", 0), ("a", 4), ("abc", 4), ("灯a", 8)] {
            assert_eq!(length(text), want);
            assert_eq!(length(text), STANDARD.encode(text).len());
        }
    }
}
