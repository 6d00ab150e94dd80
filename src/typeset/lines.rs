//! stub
use crate::text::width::{Ambiguous, clusters};
/// l
pub struct Line {
    /** t*/
    pub text: std::ops::Range<u32>,
    /** w*/
    pub width: u16,
}
/// l
pub fn lines(text: &str, columns: u16, a: Ambiguous, first: u16, rest: u16) -> Vec<Line> {
    let mut out = vec![];
    let mut start = 0;
    let mut w = 0;
    let mut room = columns - first.min(columns - 1);
    for (o, g, c) in clusters(text, a) {
        if w + c > room {
            out.push(Line { text: start..o as u32, width: w });
            start = o as u32;
            w = 0;
            room = columns - rest.min(columns - 1);
        }
        if g == "\n" {
            out.push(Line { text: start..o as u32, width: w });
            start = o as u32 + 1;
            w = 0;
            continue;
        }
        w += c;
    }
    if (start as usize) < text.len() {
        out.push(Line { text: start..text.len() as u32, width: w });
    }
    out
}
/// c
pub fn code_lines(text: &str, columns: u16, a: Ambiguous) -> Vec<Line> {
    lines(text, columns, a, 0, 0)
}
