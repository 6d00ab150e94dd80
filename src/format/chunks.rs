//! A long Markdown text → chunks that can be parsed one by one, and shares of them that can be
//! parsed at once. Where they end depends on the text alone, and never on the machine.

/// The least bytes of a chunk.
const CHUNK: usize = 256 * 1024;
/// The least bytes of a share.
const SHARE: usize = 4 << 20;

/// Chunks of a text that follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share<'a> {
    /// The line of the first one's beginning.
    pub line: u32,
    /// They.
    pub chunks: &'a [&'a str],
}

/// The chunks of a text; a text that is not long is one.
pub fn chunks(text: &str) -> Vec<&str> {
    let mut chunks = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (chunk, behind) = rest.split_at(end_of_first(rest));
        chunks.push(chunk);
        rest = behind;
    }
    chunks
}

/// The shares of chunks of which the first begins on `line`.
pub fn shares<'a>(chunks: &'a [&'a str], mut line: u32) -> impl Iterator<Item = Share<'a>> {
    let mut rest = chunks;
    std::iter::from_fn(move || {
        let (mut bytes, mut count) = (0, 0);
        while bytes < SHARE && count < rest.len() {
            bytes += rest[count].len();
            count += 1;
        }
        let (chunks, behind) = rest.split_at(count);
        let share = Share { line, chunks };
        let lines = |chunk: &&str| memchr::memchr_iter(b'\n', chunk.as_bytes()).count() as u32;
        line += chunks.iter().map(lines).sum::<u32>();
        rest = behind;
        (!chunks.is_empty()).then_some(share)
    })
}

/// Where the first chunk of a text ends: behind a blank line outside of fences, HTML and lists.
fn end_of_first(text: &str) -> usize {
    if text.len() <= CHUNK * 2 {
        return text.len();
    }
    // No chunk ends before that, and without a fence all that counts of it is its last line.
    let before = &text[..text.floor_char_boundary(CHUNK)];
    let has = |mark: &str| memchr::memmem::find(before.as_bytes(), mark.as_bytes()).is_some();
    let fenced = has("```") || has("~~~");
    let lines = memchr::memrchr_iter(b'\n', before.as_bytes());
    let from = if fenced { 0 } else { { lines }.nth(1).map_or(0, |end| end + 1) };
    let (mut at, mut fence, mut blank) = (from, None, false);
    for line in text[from..].split_inclusive('\n') {
        let bare = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let begins = blank && fence.is_none() && bare.len() == line.len();
        let plain = !bare.starts_with(['-', '*', '+', '>', '<', '\n', '\r'])
            || bare.starts_with("**")
            || bare.starts_with("<p");
        if at >= CHUNK && begins && plain && !bare.starts_with(|c: char| c.is_ascii_digit()) {
            return at;
        }
        // A fence that is never closed must not hold all of a long text in one tree.
        if at >= CHUNK * 16 && begins {
            return at;
        }
        blank = bare.trim_end().is_empty();
        at += line.len();
    }
    text.len()
}
