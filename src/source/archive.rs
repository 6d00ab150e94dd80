//! A zip archive that holds a book → its texts, one behind another. Which is read in what order is
//! for the format to know.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Error, MOST};

/// What stands before the name of a member, on a line of its own, before its text: U+001C, the
/// file separator of ASCII. No member's text has it.
pub const MEMBER: char = '\u{1C}';

/// How many members are looked at.
const MEMBERS: usize = 10_000;
/// The most bytes that a member may grow by, for each byte of the archive: a book does not.
const GROWTH: u64 = 200;
/// The endings of the names of members that are text.
const TEXTS: &[&str] = &[".xhtml", ".html", ".htm", ".xml", ".opf"];

/// Whether bytes are a zip archive (APPNOTE 4.3.7).
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The texts of a book: of each its name behind [`MEMBER`], a line end, the text, a line end.
///
/// # Errors
/// [`Error::Binary`] where the archive holds no book, or is damaged; [`Error::Long`].
pub fn text(bytes: &[u8]) -> Result<String, Error> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::Binary)?;
    let most = MOST.min(bytes.len() as u64 * GROWTH);
    let mut out = String::new();
    let mut book = false;
    for at in 0..archive.len().min(MEMBERS) {
        let Ok(member) = archive.by_index(at) else { continue };
        let Ok(name) = member.name() else { continue };
        let name = name.replace([MEMBER, '\n', '\r'], "");
        let lower = name.to_ascii_lowercase();
        if !TEXTS.iter().any(|ending| lower.ends_with(ending)) {
            continue;
        }
        book |= lower == "meta-inf/container.xml";
        let mut content = Vec::new();
        // A damaged member is read as far as it goes.
        let _ = member.take(most + 1).read_to_end(&mut content);
        if out.len() as u64 + content.len() as u64 > most {
            return Err(Error::Long);
        }
        let content = String::from_utf8_lossy(&content).replace(MEMBER, "\u{FFFD}");
        out.push(MEMBER);
        out.push_str(&name);
        out.push('\n');
        out.push_str(content.trim_start_matches('\u{FEFF}'));
        out.push('\n');
    }
    if book { Ok(out) } else { Err(Error::Binary) }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::super::decode;
    use super::*;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_texts_of_a_book() {
        let book = zip(&[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", b"<container/>"),
            ("a.png", b"\x89PNG"),
            ("b.xhtml", "<p>好\r\n\u{1C}".as_bytes()),
        ]);
        let text = decode(book.clone(), None).unwrap().text;
        let want = "\u{1C}META-INF/container.xml\n<container/>\n\u{1C}b.xhtml\n<p>好\n\u{FFFD}\n";
        assert_eq!(text, want);
        for cut in 0..book.len() {
            let _ = decode(book[..cut].to_vec(), None);
        }
    }

    #[test]
    fn what_is_no_book_and_what_grows() {
        assert!(matches!(decode(zip(&[("a.txt", b"a")]), None), Err(Error::Binary)));
        let bomb = zip(&[("META-INF/container.xml", &vec![b' '; 1 << 20])]);
        assert!(matches!(decode(bomb, None), Err(Error::Long)));
    }
}
