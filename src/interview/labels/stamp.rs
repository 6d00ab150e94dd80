//! Time stamps in and around labels: `00:12`, `[1:02:03.5]`, `(00:12)`, `12'30"`.

use crate::prose::Millis;

/// A label without the time stamp in it, and the time.
pub fn without_time(label: &str) -> (&str, Option<Millis>) {
    for (at, _) in label.char_indices().filter(|(_, c)| c.is_ascii_digit() || "[(（【".contains(*c))
    {
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
    let inner = text.trim_start_matches([' ', '[', '(', '（', '【', '*', '〓']);
    let begin = text.len() - inner.len();
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    let stamp = &inner[..inner.find(|c| !digits(c)).unwrap_or(inner.len())];
    let stamp = stamp.trim_end_matches([':', '.', ',']);
    let whole = stamp.split(['.', ',']).next().unwrap_or(stamp);
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
    let millis = seconds.saturating_mul(1000).saturating_add(fraction);
    let mut end = begin + stamp.len();
    end +=
        text[end..].len() - text[end..].trim_start_matches([']', ')', '）', '】', '*', '〓']).len();
    (end, Some(Millis(millis)))
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
