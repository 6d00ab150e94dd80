//! What stands between the paragraphs of turns and is said by nobody: stage directions, captions,
//! and the marks of an end.

use super::cast::is_roll;
use super::labels::{leading_time, lone_time};
use crate::format::plain::is_byline;
use crate::prose::{BlockId, Kind, Prose, Style};

/// The longest stage direction, in characters.
const LONGEST: usize = 100;
/// The longest remark in italics, in characters.
const REMARK: usize = 80;
/// The longest caption, in characters.
const CAPTION: usize = 120;

/// Whether a block of a turn is a stage direction on a line of its own, or an image's caption.
pub fn is_aside(prose: &Prose, id: BlockId) -> bool {
    let block = prose.block(id);
    if block.kind != Kind::Paragraph {
        return false;
    }
    let text = prose.slice(prose.content(id)).trim();
    is_direction(text)
        || is_footnote(text)
        || is_starred(text)
        || is_marked_caption(text)
        || lone_time(text).is_some()
        || is_caption(prose, id, text)
}

/// `（笑）`, `[background music]`, `♪ ♪`.
pub fn is_direction(text: &str) -> bool {
    let text = without_stamp(text);
    if text.len() > LONGEST * 4 || text.chars().count() > LONGEST {
        return false;
    }
    let pairs = [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】'), ('［', '］'), ('〔', '〕')];
    let inside = pairs.iter().any(|&(open, close)| {
        text.strip_prefix(open)
            .and_then(|rest| rest.trim_end_matches(['。', '.']).strip_suffix(close))
            .is_some_and(|inner| !inner.contains([open, close]) && !inner.is_empty())
    });
    inside || text.starts_with('♪') && text.ends_with('♪') || is_byline(text)
}

/// `[^name]: text`: what extended Markdown puts below the text.
fn is_footnote(text: &str) -> bool {
    let name = text.strip_prefix("[^").and_then(|rest| rest.split_once("]:"));
    name.is_some_and(|(name, _)| !name.is_empty() && !name.contains([']', ' ', '\n']))
}

/// `*Reminder: the shell protects the virus.`: what a star in the text points to.
fn is_starred(text: &str) -> bool {
    text.strip_prefix(['*', '†', '‡'])
        .is_some_and(|note| note.starts_with(char::is_alphanumeric) && !note.contains('*'))
}

/// A text without the time stamp before it.
fn without_stamp(text: &str) -> &str {
    match leading_time(text) {
        (taken, Some(_)) => text[taken..].trim_start(),
        _ => text,
    }
}

/// `【写真】…`, `［图一］…`: a caption where the image is not.
fn is_marked_caption(text: &str) -> bool {
    // `▲ …/사진=…`: a triangle and a credit.
    let credit = ["사진", "写真", "摄影", "攝影", "图源", "圖源", "撮影"];
    if text.starts_with(['▲', '△']) && credit.iter().any(|word| text.contains(word)) {
        return text.chars().count() <= CAPTION;
    }
    let Some(inner) = text.strip_prefix(['【', '［', '[', '（', '(']) else { return false };
    let words = ["写真", "図", "图", "圖", "照片", "Photo", "Image", "Figure", "Foto"];
    words.iter().any(|word| inner.starts_with(word)) && text.chars().count() <= CAPTION
}

/// A short line right behind an image that is set apart or says whose the picture is.
fn is_caption(prose: &Prose, id: BlockId, text: &str) -> bool {
    const OPEN: &[&str] = &[
        "图：", "图说", "圖說", "图:", "圖：", "圖:", "图源", "圖源", "图片", "圖片", "图 ",
        "图为", "圖為", "图｜", "圖｜", "图/", "▲", "△", "摄影", "攝影", "Photo", "Image",
        "Picture", "Credit", "Foto", "Bild", "写真", "사진", "照片",
    ];
    let before = id.0.checked_sub(1).map(|at| prose.block(BlockId(at)).kind);
    let Some(Kind::Image(image)) = before else { return false };
    if text.chars().count() > CAPTION {
        return false;
    }
    // What the image itself says is under it.
    if prose.images().get(image as usize).is_some_and(|image| image.alt == text) {
        return true;
    }
    let credit = [
        "Foto:",
        "Photo:",
        "Foto :",
        "Photo :",
        "Photograph:",
        "摄影：",
        "攝影：",
        "图源",
        "写真：",
    ];
    if credit.iter().any(|word| text.contains(word)) {
        return true;
    }
    if OPEN.iter().any(|word| text.starts_with(word)) || text.ends_with(['摄', '攝']) {
        return true;
    }
    is_italic(prose, id)
}

/// Whether a paragraph behind the first of a turn is a remark of the one who wrote it down: short,
/// and all italic where the turn is not.
pub fn is_remark(prose: &Prose, first: BlockId, id: BlockId) -> bool {
    let short = prose.slice(prose.content(id)).chars().nth(REMARK).is_none();
    short
        && prose.block(id).kind == Kind::Paragraph
        && is_italic(prose, id)
        && !is_italic(prose, first)
}

/// Whether a block sets a scene: all italic, right below a heading, or a line of who takes part in
/// what follows.
pub fn is_scene(prose: &Prose, id: BlockId) -> bool {
    let before = id.0.checked_sub(1).map(|at| prose.block(BlockId(at)).kind);
    matches!(before, Some(Kind::Heading(_)))
        && prose.block(id).kind == Kind::Paragraph
        && (is_italic(prose, id) || is_roll(prose.slice(prose.content(id)).trim()))
}

fn is_italic(prose: &Prose, id: BlockId) -> bool {
    let content = prose.content(id);
    let runs = prose.runs_in(content.clone()).iter();
    let italic = runs.filter(|run| run.style.contains(Style::EMPHASIS));
    let length = italic.map(|run| run.span.len()).sum::<usize>();
    length > 0 && length + 4 >= content.len()
}

/// `—— END ——`, `（完）`, `全文完`.
pub fn is_end(text: &str) -> bool {
    let text = text.trim();
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    // `♦`, and the notice of rights.
    let sign = ["♦", "■", "◆", "●", "∎", "□", "⁂"].contains(&text) || text.starts_with(['©', 'ⓒ']);
    sign || matches!(
        bare,
        "完" | "END"
            | "End"
            | "end"
            | "全文完"
            | "The End"
            | "THE END"
            | "Fin"
            | "FIN"
            | "文完"
            | "FIN."
            | "끝"
            | "终"
            | "終"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_star_points_to() {
        for text in ["*Reminder: it floats.", "†Ann's boat.", "‡чя;"] {
            assert!(is_starred(text), "{text}");
        }
        for text in ["*laughs* Yes.", "* an item", "*", "‡", "", "好"] {
            assert!(!is_starred(text), "{text}");
        }
    }

    #[test]
    fn directions_and_ends() {
        for (text, want) in [
            ("（笑）", true),
            ("[background music]", true),
            ("(Laughter.)", true),
            ("（笑）好。", false),
            ("(a) und (b)", false),
            ("好。", false),
        ] {
            assert_eq!(is_direction(text), want, "{text}");
        }
        for (text, want) in [("—— END ——", true), ("（完）", true), ("完了。", false)]
        {
            assert_eq!(is_end(text), want, "{text}");
        }
    }
}
