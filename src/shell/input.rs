//! Bytes from the terminal → keys, mouse events and pastes.
//!
//! Answers to questions never become keys: those that are waited for are kept apart, others (a
//! colour, too late) are swallowed whole. Half a
//! sequence waits for the rest; what is no sequence we know is dropped whole, too (ECMA-48 5.4:
//! parameter, intermediate and final bytes).

use super::probe::Answer;
use crate::keymap::{Code, Key};
use crate::reader::{Event, Gesture, Mouse};
use crate::text::clean::clean;

const ESC: u8 = 0x1B;
const BEL: u8 = 0x07;
const PASTE_END: &[u8] = b"\x1b[201~";
/// The longest control sequence (bytes) and control string that are waited for.
const LONGEST: usize = 64;
const LONGEST_STRING: usize = 4096;
/// The longest paste that is kept, in bytes; the rest of it is dropped.
const LONGEST_PASTE: usize = 1 << 20;

/// Takes bytes as they arrive, in pieces of any size.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    paste: Option<Vec<u8>>,
    /// What the terminal answered.
    answers: Vec<Answer>,
    /// What is too long to be kept, and dropped up to its end.
    endless: Option<Endless>,
}

/// A sequence without an end in sight.
#[derive(Clone, Copy, Debug)]
enum Endless {
    Sequence,
    String,
}

/// What the beginning of the bytes is.
enum Step {
    /// Not whole yet.
    Wait,
    /// That many bytes, which mean this.
    Take(usize, Option<Event>),
    /// That many bytes, which answer a question.
    Answer(usize, Answer),
    /// That many bytes, after which a paste begins.
    Paste(usize),
    /// Two bytes, and what comes up to its end.
    Endless(Endless),
}

impl Decoder {
    /// Takes `bytes` and puts what they mean behind `events`.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        self.bytes.extend_from_slice(bytes);
        let mut start = 0;
        loop {
            if self.paste.is_some() {
                let Some(taken) = self.take_paste(start, events) else { break };
                start += taken;
                continue;
            }
            if let Some(endless) = self.endless {
                let Some(taken) = endless.end(&self.bytes[start..]) else {
                    start = self.bytes.len();
                    break;
                };
                start += taken;
                self.endless = None;
            }
            match step(&self.bytes[start..]) {
                Step::Wait => break,
                Step::Take(taken, event) => {
                    start += taken;
                    events.extend(event);
                }
                Step::Answer(taken, answer) => {
                    start += taken;
                    // Nobody asks often; who sends many is no terminal.
                    if self.answers.len() < 64 {
                        self.answers.push(answer);
                    }
                }
                Step::Paste(taken) => {
                    start += taken;
                    self.paste = Some(Vec::new());
                }
                Step::Endless(endless) => {
                    start += 2;
                    self.endless = Some(endless);
                }
            }
        }
        self.bytes.drain(..start.min(self.bytes.len()));
    }

    /// What the terminal answered since this was last called.
    pub fn answers(&mut self) -> Vec<Answer> {
        std::mem::take(&mut self.answers)
    }

    /// How long (ms) to wait for the rest of what has begun; `None` when nothing has. A lone ESC
    /// may be the Escape key; a longer beginning is surely a sequence, on a slow line.
    pub fn patience(&self) -> Option<u64> {
        match (&self.paste, &self.endless, &self.bytes[..]) {
            (Some(_), ..) => Some(2000),
            (_, Some(_), _) => Some(500),
            (.., []) => None,
            (.., [ESC]) => Some(30),
            (.., [ESC, _]) => Some(200),
            _ => Some(500),
        }
    }

    /// The rest did not come: what is there is a key, or nothing.
    pub fn give_up(&mut self, events: &mut Vec<Event>) {
        self.endless = None;
        let bytes = std::mem::take(&mut self.bytes);
        if let Some(mut paste) = self.paste.take() {
            keep(&mut paste, &bytes);
            events.push(pasted(&paste));
            return;
        }
        match bytes[..] {
            [ESC] => events.push(Event::Key(Key::plain(Code::Escape))),
            [ESC, byte @ 0x20..0x7F] => events.push(Event::Key(alt(char::from(byte)))),
            _ => {}
        }
    }

    /// Moves bytes from `start` into the paste; `None` when they are used up.
    fn take_paste(&mut self, start: usize, events: &mut Vec<Event>) -> Option<usize> {
        let paste = self.paste.as_mut()?;
        let rest = &self.bytes[start..];
        if let Some(end) = rest.windows(PASTE_END.len()).position(|window| window == PASTE_END) {
            keep(paste, &rest[..end]);
            events.push(pasted(paste));
            self.paste = None;
            return Some(end + PASTE_END.len());
        }
        // The end of it may have arrived in part.
        let part = (1..PASTE_END.len()).rev().find(|&n| rest.ends_with(&PASTE_END[..n]));
        let whole = rest.len() - part.unwrap_or(0);
        keep(paste, &rest[..whole]);
        self.bytes.drain(start..start + whole);
        None
    }
}

impl Endless {
    /// How many of the bytes belong to it, if its end is among them.
    fn end(self, bytes: &[u8]) -> Option<usize> {
        match self {
            // An ESC ends both: the end of a string begins with it, as whatever comes behind one
            // that was cut off.
            Self::String => {
                let end = bytes.iter().position(|&byte| byte == BEL || byte == ESC)?;
                Some(end + usize::from(bytes[end] == BEL))
            }
            Self::Sequence => {
                let end = bytes.iter().position(|byte| !(0x20..0x40).contains(byte))?;
                Some(end + usize::from((0x40..0x7F).contains(&bytes[end])))
            }
        }
    }
}

fn keep(paste: &mut Vec<u8>, bytes: &[u8]) {
    let room = LONGEST_PASTE.saturating_sub(paste.len());
    paste.extend_from_slice(&bytes[..bytes.len().min(room)]);
}

fn pasted(bytes: &[u8]) -> Event {
    Event::Paste(clean(&String::from_utf8_lossy(bytes)).into_owned())
}

fn alt(c: char) -> Key {
    Key { alt: true, ..Key::plain(Code::Char(c)) }
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] | [ESC] => Step::Wait,
        [ESC, b'[', ..] => control_sequence(bytes),
        [ESC, b']' | b'P' | b'_' | b'^' | b'X', ..] => control_string(bytes),
        // The end of a string whose beginning was dropped.
        [ESC, b'\\', ..] => Step::Take(2, None),
        [ESC, b'O'] => Step::Wait,
        [ESC, b'O', last, ..] => {
            let key = if *last == b'M' { Some(Code::Enter) } else { letter(*last) };
            Step::Take(3, key.map(|code| Event::Key(Key::plain(code))))
        }
        [ESC, ESC, ..] => Step::Take(1, Some(Event::Key(Key::plain(Code::Escape)))),
        [ESC, rest @ ..] => match plain(rest) {
            Step::Take(taken, Some(Event::Key(key))) => {
                Step::Take(taken + 1, Some(Event::Key(Key { alt: true, ..key })))
            }
            Step::Take(taken, event) => Step::Take(taken + 1, event),
            other => other,
        },
        _ => plain(bytes),
    }
}

/// A character, or a control character as the key that sends it.
fn plain(bytes: &[u8]) -> Step {
    let ctrl = |c: u8| Key { ctrl: true, ..Key::plain(Code::Char(char::from(c))) };
    let key = match bytes[0] {
        b'\r' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x08 | 0x7F => Key::plain(Code::Backspace),
        0 => ctrl(b' '),
        byte @ 0x01..=0x1A => ctrl(byte - 1 + b'a'),
        byte @ 0x1B..=0x1F => ctrl(byte + 0x40),
        byte @ 0x20..=0x7E => Key::plain(Code::Char(char::from(byte))),
        _ => return character(bytes),
    };
    Step::Take(1, Some(Event::Key(key)))
}

/// A character that is not ASCII; bytes that are no UTF-8 are dropped.
fn character(bytes: &[u8]) -> Step {
    let piece = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(piece) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(&piece[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(error) => {
            return match error.error_len() {
                Some(bad) => Step::Take(bad, None),
                None => Step::Wait,
            };
        }
    };
    match valid.chars().next() {
        Some(c) => Step::Take(
            c.len_utf8(),
            (!c.is_control()).then(|| Event::Key(Key::plain(Code::Char(c)))),
        ),
        None => Step::Take(1, None),
    }
}

/// OSC, DCS, APC, PM, SOS: up to BEL or ST.
fn control_string(bytes: &[u8]) -> Step {
    for at in 2..bytes.len() {
        match bytes[at] {
            BEL => return Step::Take(at + 1, None),
            ESC => match bytes.get(at + 1) {
                Some(b'\\') => return Step::Take(at + 2, None),
                Some(_) => return Step::Take(at, None),
                None => return Step::Wait,
            },
            _ => {}
        }
    }
    if bytes.len() > LONGEST_STRING { Step::Endless(Endless::String) } else { Step::Wait }
}

fn control_sequence(bytes: &[u8]) -> Step {
    let body = &bytes[2..];
    // Two of the oldest break the grammar: the Linux console's F1 and X10's mouse.
    match body {
        [b'['] | [b'M'] | [b'M', _] | [b'M', _, _] => return Step::Wait,
        [b'[', last @ b'A'..=b'E', ..] => {
            let key = Key::plain(Code::Function(last - b'A' + 1));
            return Step::Take(4, Some(Event::Key(key)));
        }
        [b'M', _, _, _, ..] => return Step::Take(6, None),
        _ => {}
    }
    let Some(end) = body.iter().position(|byte| !(0x20..0x40).contains(byte)) else {
        return if body.len() > LONGEST { Step::Endless(Endless::Sequence) } else { Step::Wait };
    };
    let last = body[end];
    if !(0x40..0x7F).contains(&last) {
        // Cut off: the byte begins something new.
        return Step::Take(2 + end, None);
    }
    let taken = 2 + end + 1;
    let parameters = &body[..end];
    if let Some(mouse) = parameters.strip_prefix(b"<") {
        return Step::Take(taken, gesture(mouse, last).map(Event::Mouse));
    }
    if last == b'c' && parameters.starts_with(b"?") {
        return Step::Answer(taken, Answer::Attributes);
    }
    let numbers = numbers(parameters);
    if let ([row, column], b'R') = (&numbers[..], last) {
        return Step::Answer(taken, Answer::Position(*row, *column));
    }
    if last == b'~' && numbers == [200] {
        return Step::Paste(taken);
    }
    Step::Take(taken, key(&numbers, last).map(Event::Key))
}

/// The parameters as numbers; none when there is something else among them.
fn numbers(parameters: &[u8]) -> Vec<u16> {
    let Ok(text) = std::str::from_utf8(parameters) else { return Vec::new() };
    if text.is_empty() {
        return Vec::new();
    }
    let numbers: Option<Vec<u16>> = text
        .split(';')
        .map(|number| if number.is_empty() { Some(0) } else { number.parse().ok() })
        .collect();
    numbers.unwrap_or_else(|| vec![u16::MAX])
}

fn key(numbers: &[u16], last: u8) -> Option<Key> {
    // `1;5A`: the second number is 1 and a bit each for Shift, Alt and Control.
    let modifiers = numbers.get(1).map_or(0, |number| number.saturating_sub(1));
    let code = match (numbers, last) {
        ([] | [1, _], b'Z') => Code::BackTab,
        // `1;1R` would be a cursor position: its report and F3 look the same.
        ([_, ..], b'R') => return None,
        ([] | [1] | [1, _], _) if last != b'~' => letter(last)?,
        ([number] | [number, _], b'~') => numbered(*number)?,
        _ => return None,
    };
    Some(Key { code, alt: modifiers & 2 != 0, ctrl: modifiers & 4 != 0 })
}

fn letter(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::Function(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u16) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::Function(number as u8 - 10),
        17..=21 => Code::Function(number as u8 - 11),
        23 | 24 => Code::Function(number as u8 - 12),
        _ => return None,
    })
}

/// xterm's SGR mouse report: button, column, row, and `M` for down or `m` for up.
fn gesture(parameters: &[u8], last: u8) -> Option<Mouse> {
    let [button, column, row] = numbers(parameters)[..] else { return None };
    // Bits 2 to 4 are Shift, Alt and Control.
    let gesture = match (button & !0b1_1100, last) {
        (0, b'M') => Gesture::Press,
        (0, b'm') => Gesture::Release,
        (32, b'M') => Gesture::Drag,
        (64, b'M') => Gesture::WheelUp,
        (65, b'M') => Gesture::WheelDown,
        _ => return None,
    };
    Some(Mouse { gesture, column: column.saturating_sub(1), row: row.saturating_sub(1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the bytes mean, and once more one byte at a time.
    fn decoded(bytes: &[u8]) -> Vec<String> {
        let mut whole = Vec::new();
        Decoder::default().feed(bytes, &mut whole);
        let mut pieces = Vec::new();
        let mut decoder = Decoder::default();
        for byte in bytes {
            decoder.feed(std::slice::from_ref(byte), &mut pieces);
        }
        assert_eq!(names(&whole), names(&pieces), "{:?}", String::from_utf8_lossy(bytes));
        names(&whole)
    }

    fn names(events: &[Event]) -> Vec<String> {
        events
            .iter()
            .map(|event| match event {
                Event::Key(key) => {
                    let ctrl = if key.ctrl { "C-" } else { "" };
                    let alt = if key.alt { "A-" } else { "" };
                    match key.code {
                        Code::Char(c) => format!("{ctrl}{alt}{c}"),
                        code => format!("{ctrl}{alt}{code:?}"),
                    }
                }
                Event::Mouse(mouse) => {
                    format!("{:?}@{},{}", mouse.gesture, mouse.column, mouse.row)
                }
                Event::Paste(text) => format!("<{text}>"),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn keys() {
        for (bytes, want) in [
            (&b"jG "[..], &["j", "G", " "][..]),
            ("字é".as_bytes(), &["字", "é"]),
            (b"\r\t\x7f\x08", &["Enter", "Tab", "Backspace", "Backspace"]),
            (b"\x0f\x03\x00\x1c", &["C-o", "C-c", "C- ", "C-\\"]),
            (b"\x1b1\x1bm\x1b\x0f", &["A-1", "A-m", "C-A-o"]),
            ("\x1b字".as_bytes(), &["A-字"]),
            (b"\x1b[A\x1bOB\x1b[1;5C\x1b[1;3D", &["Up", "Down", "C-Right", "A-Left"]),
            (b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1bOH", &["Home", "End", "Home", "End", "Home"]),
            (b"\x1b[5~\x1b[6~\x1b[2~\x1b[3;5~", &["PageUp", "PageDown", "Insert", "C-Delete"]),
            (
                b"\x1b[Z\x1bOP\x1b[[B\x1b[15~\x1b[24~",
                &["BackTab", "Function(1)", "Function(2)", "Function(5)", "Function(12)"],
            ),
        ] {
            assert_eq!(decoded(bytes), want, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn the_mouse() {
        let bytes = b"\x1b[<64;1;1M\x1b[<65;10;300M\x1b[<0;5;6M\x1b[<32;6;6M\x1b[<0;6;6m\x1b[<2;1;1M\x1b[<66;1;1M";
        let want = ["WheelUp@0,0", "WheelDown@9,299", "Press@4,5", "Drag@5,5", "Release@5,5"];
        assert_eq!(decoded(bytes), want);
    }

    #[test]
    fn a_paste_is_text_and_never_keys() {
        assert_eq!(decoded(b"\x1b[200~q\x1b[31m\r\nm\x1b[201~j"), ["<q\u{FFFD}[31m\nm>", "j"]);
        assert_eq!(decoded("\x1b[200~中文\x1b[20\x1b[201~".as_bytes()), ["<中文\u{FFFD}[20>"]);
    }

    #[test]
    fn a_paste_is_kept_up_to_its_limit() {
        let mut events = Vec::new();
        let mut decoder = Decoder::default();
        decoder.feed(b"\x1b[200~", &mut events);
        for _ in 0..40 {
            decoder.feed(&[b'x'; 65_536], &mut events);
        }
        decoder.feed(b"\x1b[201~j", &mut events);
        let [Event::Paste(text), Event::Key(_)] = &events[..] else { panic!("{}", events.len()) };
        assert_eq!(text.len(), LONGEST_PASTE);
    }

    #[test]
    fn late_answers_are_no_keys() {
        for bytes in [
            &b"\x1b]11;rgb:0000/0000/0000\x07j"[..],
            b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\j",
            b"\x1b[?62;22cj",
            b"\x1b[12;40Rj",
            b"\x1b[1;1Rj",
            b"\x1b[?2026;2$yj",
            b"\x1bP>|XTerm(370)\x1b\\j",
            b"\x1b[M !!j",
            b"\x1b[Ij",
            b"\x1b[99;99;99~j",
            b"\xff\x80\xc3(j"
                .split_at(2)
                .0
                .iter()
                .copied()
                .chain(*b"j")
                .collect::<Vec<_>>()
                .as_slice(),
        ] {
            assert_eq!(decoded(bytes), ["j"], "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn answers_are_kept_apart() {
        let mut decoder = Decoder::default();
        let mut events = Vec::new();
        decoder.feed(b"j\x1b[1;3R\x1b[12;140Rk\x1b[?62;22c", &mut events);
        assert_eq!(names(&events), ["j", "k"]);
        let want = [Answer::Position(1, 3), Answer::Position(12, 140), Answer::Attributes];
        assert_eq!(decoder.answers(), want);
        assert_eq!(decoder.answers(), []);
    }

    #[test]
    fn a_cut_sequence_does_not_swallow_the_next() {
        assert_eq!(decoded(b"\x1b[1;\x1b[Aj"), ["Up", "j"]);
        assert_eq!(decoded(b"\x1b]11;rgb\x1b[Aj"), ["Up", "j"]);
    }

    #[test]
    fn what_waits_becomes_a_key_or_nothing() {
        for (bytes, want) in [
            (&b"\x1b"[..], &["Escape"][..]),
            (b"\x1b]", &["A-]"]),
            (b"\x1bO", &["A-O"]),
            (b"\x1b[", &["A-["]),
            (b"\x1b]11;rgb:", &[]),
            (b"\x1b[1;", &[]),
            (b"\xe4\xb8", &[]),
        ] {
            let mut events = Vec::new();
            let mut decoder = Decoder::default();
            decoder.feed(bytes, &mut events);
            assert!(events.is_empty() && decoder.patience().is_some());
            decoder.give_up(&mut events);
            assert_eq!(names(&events), want);
            assert_eq!(decoder.patience(), None);
        }
    }

    #[test]
    fn what_is_endless_is_dropped_up_to_its_end() {
        for (head, tail) in
            [(&b"\x1b["[..], &b"Rj"[..]), (b"\x1b]", b"\x07j"), (b"\x1bP", b"\x1b\\j")]
        {
            let mut decoder = Decoder::default();
            let mut events = Vec::new();
            decoder.feed(head, &mut events);
            for _ in 0..1000 {
                decoder.feed(&[b'1'; 100], &mut events);
                assert!(decoder.bytes.len() <= LONGEST_STRING + 200);
            }
            assert!(decoder.patience().is_some());
            decoder.feed(tail, &mut events);
            assert_eq!(names(&events), ["j"]);
            assert_eq!(decoder.patience(), None);
        }
    }
}
