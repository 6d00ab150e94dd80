//! Time stamps in and around labels: `00:12`, `[1:02:03.5]`, `(00:12)`, and those of chats, with a
//! date before the time or a half of the day behind it: `[2024/5/6, 10:01:22 PM]`.

use crate::prose::Millis;

/// A label without the time stamp in it, and the time.
pub fn without_time(label: &str) -> (&str, Option<Millis>) {
    // Every time has one between digits; most labels have none.
    let bytes = label.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut colons = memchr::memchr_iter(b':', bytes);
    if !colons.any(|at| at > 0 && digit(at - 1) && digit(at + 1)) {
        return (label, None);
    }
    let may_begin = |c: char| matches!(c, '0'..='9' | '[' | '(' | '（' | '【' | '［');
    for (at, _) in label.char_indices().filter(|&(_, c)| may_begin(c)) {
        let (taken, time) = leading_time(&label[at..]);
        if let Some(time) = time {
            let before =
                label[..at].trim_end_matches([' ', '-', '–', '|', ',', '·', '\u{3000}', '@']);
            let behind = label[at + taken..].trim();
            return if before.is_empty() { (behind, Some(time)) } else { (before, Some(time)) };
        }
        if label[at..].starts_with(|c: char| c.is_ascii_digit())
            && label[at..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(':')
        {
            break;
        }
    }
    (label, None)
}

/// A time stamp at the beginning of a text: how many bytes it takes, brackets around it included,
/// and the time. `m:ss` is the shortest form; a number alone is none.
pub fn leading_time(text: &str) -> (usize, Option<Millis>) {
    let inner = text.trim_start_matches([' ', '[', '(', '（', '【', '［', '*', '〓']);
    let dated = date_before_time(inner);
    let inner = &inner[dated..];
    if !inner.starts_with(|c: char| c.is_ascii_digit()) {
        return (0, None);
    }
    let begin = text.len() - inner.len();
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    let stamp = &inner[..inner.find(|c| !digits(c)).unwrap_or(inner.len())];
    let stamp = stamp.trim_end_matches([':', '.', ',']);
    let whole = stamp.split(['.', ',']).next().unwrap_or(stamp);
    if !whole.contains(':') {
        return (0, None);
    }
    let parts: Option<Vec<u64>> = whole.split(':').map(|part| part.parse().ok()).collect();
    let Some(parts) = parts.filter(|parts| (2..=3).contains(&parts.len())) else {
        return (0, None);
    };
    if parts[1..].iter().any(|&part| part >= 60)
        || whole.rsplit(':').next().is_none_or(|s| s.len() != 2)
    {
        return (0, None);
    }
    let seconds =
        parts.iter().fold(0_u64, |all, part| all.saturating_mul(60).saturating_add(*part));
    let fraction = stamp.get(whole.len() + 1..).and_then(|f| format!("0.{f}").parse::<f64>().ok());
    let fraction = fraction.map_or(0, |f| (f * 1000.0) as u64);
    let half = half(inner, stamp.len(), parts[0]);
    // A clock's time without seconds is one of hours and minutes.
    let clock = dated > 0 || half.is_some();
    let seconds = if clock && parts.len() == 2 { seconds.saturating_mul(60) } else { seconds };
    let seconds = match half {
        Some((_, Half::Second)) if parts[0] < 12 => seconds.saturating_add(12 * 3600),
        Some((_, Half::First)) if parts[0] == 12 => seconds.saturating_sub(12 * 3600),
        _ => seconds,
    };
    let millis = seconds.saturating_mul(1000).saturating_add(fraction);
    let mut end = begin + stamp.len() + half.map_or(0, |(taken, _)| taken);
    end += text[end..].len()
        - text[end..].trim_start_matches([']', ')', '）', '】', '］', '*', '〓']).len();
    (end, Some(Millis(millis)))
}

/// The halves of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    First,
    Second,
}

/// `AM` or `p.m.` behind the `at` bytes of a time: how many bytes it takes. A label `PM:` is none.
fn half(text: &str, at: usize, hour: u64) -> Option<(usize, Half)> {
    if !(1..=12).contains(&hour) {
        return None;
    }
    let rest = &text[at..];
    let word = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
    for (names, half) in
        [(["am", "a.m.", "a. m."], Half::First), (["pm", "p.m.", "p. m."], Half::Second)]
    {
        for name in names.iter().rev() {
            let Some(found) = word.get(..name.len()) else { continue };
            let behind = &word[name.len()..];
            let apart =
                !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '：'));
            if found.eq_ignore_ascii_case(name) && apart {
                return Some((rest.len() - behind.len(), half));
            }
        }
    }
    None
}

/// Whether a text ends in a time and the half of a day.
pub fn ends_in_half(text: &str) -> bool {
    let text = text.trim_end_matches([']', ')', '）', '】', '］']);
    let Some(at) = text.rfind(|c: char| c.is_ascii_digit()) else { return false };
    half(text, at + 1, 1).is_some_and(|(taken, _)| at + 1 + taken == text.len())
}

/// How many bytes a date and the signs behind it take, where a time comes next.
fn date_before_time(text: &str) -> usize {
    let Some(date) = leading_date(text) else { return 0 };
    let rest = &text[date..];
    let mut time = rest.trim_start_matches([',', ' ', '\u{3000}', '\u{A0}', '\u{202F}']);
    if time.len() == rest.len() && !rest.starts_with('T') && !text[..date].ends_with('日') {
        return 0;
    }
    time = time.strip_prefix('T').unwrap_or(time);
    for part in ["上午", "下午", "早上", "中午", "晚上", "凌晨"] {
        time = time.strip_prefix(part).map_or(time, str::trim_start);
    }
    if time.starts_with(|c: char| c.is_ascii_digit()) { text.len() - time.len() } else { 0 }
}

/// How many bytes a date at the beginning of a text takes: `2024-05-06`, `6/5/24`, `06.05.2024`,
/// `2024年5月6日`.
pub fn leading_date(text: &str) -> Option<usize> {
    let number = |from: usize| {
        let digits = text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let value: u32 = text[from..from + digits].parse().ok().filter(|_| digits <= 4)?;
        Some((value, digits, from + digits))
    };
    let (first, width, at) = number(0)?;
    let sign = text[at..].chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
    let (second, _, at) = number(at + sign.len_utf8())?;
    let next = text[at..].chars().next()?;
    if next != if sign == '年' { '月' } else { sign } {
        return None;
    }
    let (third, last, mut at) = number(at + next.len_utf8())?;
    if sign == '年' {
        at += text[at..].strip_prefix('日').map(|_| '日'.len_utf8())?;
    }
    let month_and_day =
        |a: u32, b: u32| (1..=12).contains(&a.min(b)) && (1..=31).contains(&a.max(b));
    let year_first = width == 4 && second <= 12 && month_and_day(second, third);
    let year_last = width <= 2 && matches!(last, 2 | 4) && month_and_day(first, second);
    (year_first || year_last).then_some(at)
}

/// A text without the date at its end, and the date, a time included.
pub fn trailing_date(text: &str) -> Option<(&str, &str)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let apart = !before.is_alphanumeric();
        before = c;
        if !apart || !c.is_ascii_digit() {
            continue;
        }
        let (taken, time) = leading_time(&text[at..]);
        let taken = time.map(|_| taken).or_else(|| leading_date(&text[at..]));
        if taken.is_some_and(|taken| text[at + taken..].trim().is_empty()) && has_date(&text[at..])
        {
            let sign = |c: char| c.is_whitespace() || ",，|｜·/（([".contains(c);
            return Some((text[..at].trim_end_matches(sign), text[at..].trim()));
        }
    }
    None
}

/// Whether a stamp in a text has a date, or a half of the day: then it is a clock's, and no offset
/// from the beginning of a recording.
pub fn is_clock(text: &str) -> bool {
    let (taken, time) = match text.find(|c: char| c.is_ascii_digit()) {
        Some(at) => leading_time(&text[at..]),
        None => (0, None),
    };
    let at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let halved = text[at..at + taken].contains(['m', 'M']);
    time.is_some() && halved || has_date(text)
}

fn has_date(text: &str) -> bool {
    let mut before = ' ';
    text.char_indices().any(|(at, c)| {
        let apart = !before.is_ascii_digit();
        before = c;
        apart && c.is_ascii_digit() && leading_date(&text[at..]).is_some()
    })
}

/// The time, where a line is nothing but a time stamp (or two, from and to).
pub fn lone_time(line: &str) -> Option<Millis> {
    let line = line.trim();
    if line.len() > 40 {
        return None;
    }
    let (taken, time) = leading_time(line);
    let rest = line[taken..].trim_start_matches([' ', '-', '–', '—', '>', '~', '→', ':', '：']);
    let (second, _) = leading_time(rest);
    time.filter(|_| rest[second..].trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_halves_of_the_day() {
        let clock = |hour: u64, minute: u64| Some(Millis((hour * 60 + minute) * 60_000));
        for (text, want) in [
            ("2024-05-06 10:01", (16, clock(10, 1))),
            ("[2024/5/6, 10:01:00] Ann", (20, clock(10, 1))),
            ("06/05/2024, 10:01 - Ann", (17, clock(10, 1))),
            ("06.05.24, 10:01 - Ann", (15, clock(10, 1))),
            ("5/6/24, 10:01\u{202F}PM - Ann", (18, clock(22, 1))),
            ("12:01 a.m. Ann", (10, clock(0, 1))),
            ("2024年5月6日 10:01", (21, clock(10, 1))),
            ("01:10 PM: well", (5, Some(Millis(70_000)))),
            ("2024-05-06", (0, None)),
            ("1.2.300 10:01", (0, None)),
            ("1999-2004 10:01", (0, None)),
        ] {
            assert_eq!(leading_time(text), want, "{text}");
        }
        assert_eq!(without_time("李雷 2024-05-06 10:01"), ("李雷", clock(10, 1)));
        assert_eq!(without_time("Ann, 5/6/24 1:02 PM"), ("Ann", clock(13, 2)));
        assert!(is_clock("[06/05/2024, 10:01] Ann: ") && is_clock("Ann 10:01 AM"));
        assert!(!is_clock("Ann 00:12") && !is_clock("[1:02:03.5] Sam: "));
    }

    #[test]
    fn a_date_at_the_end() {
        assert_eq!(trailing_date("王小波　　2024-05-06"), Some(("王小波", "2024-05-06")));
        assert_eq!(trailing_date("Ann, 6/5/2024 10:01"), Some(("Ann", "6/5/2024 10:01")));
        assert_eq!(trailing_date("王小波"), None);
        assert_eq!(trailing_date("2024-05-06 王小波"), None);
    }
}
