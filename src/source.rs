//! A path or standard input → decoded text. Nothing of it is trusted, and nothing is ever written.

mod archive;

pub use archive::MEMBER;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The most bytes that are read.
pub const MOST: u64 = 1 << 30;

/// A text that was read.
#[derive(Debug)]
pub struct Source {
    /// The text, without a byte order mark.
    pub text: String,
    /// How it was decoded.
    pub decoded: Decoded,
}

/// How a text was decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// It was UTF-8.
    Plain,
    /// It was UTF-8 but for this many places, where U+FFFD stands now.
    Damaged(usize),
    /// From another encoding; its name.
    From(&'static str),
}

/// Why a source cannot be read.
#[derive(Debug)]
pub enum Error {
    /// It is not there.
    Missing,
    /// It may not be read.
    Denied,
    /// It is a directory.
    Directory,
    /// It is neither a file nor a pipe.
    Device,
    /// It is longer than [`MOST`].
    Long,
    /// There is no text in it.
    Empty,
    /// It is no text: a picture, an archive, a program.
    Binary,
    /// There is no encoding of that name.
    Encoding(String),
    /// What the system says.
    Other(io::Error),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Other(error),
        }
    }
}

/// Reads a file or a named pipe, once and whole.
///
/// # Errors
/// See [`Error`].
pub fn open(path: &Path, encoding: Option<&str>) -> Result<Source, Error> {
    // The kind is asked first: opening a pipe that nobody writes to would wait.
    let kind = std::fs::metadata(path)?.file_type();
    check(kind)?;
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    check(metadata.file_type())?;
    if metadata.is_file() && metadata.len() > MOST {
        return Err(Error::Long);
    }
    read(file, metadata.len(), encoding)
}

/// Reads standard input to its end.
///
/// # Errors
/// See [`Error`].
pub fn standard_input(encoding: Option<&str>) -> Result<Source, Error> {
    read(io::stdin().lock(), 0, encoding)
}

fn check(kind: std::fs::FileType) -> Result<(), Error> {
    if kind.is_dir() {
        return Err(Error::Directory);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_block_device() || kind.is_char_device() || kind.is_socket() {
            return Err(Error::Device);
        }
    }
    Ok(())
}

fn read(from: impl Read, expected: u64, encoding: Option<&str>) -> Result<Source, Error> {
    let mut bytes = Vec::with_capacity(expected.min(MOST) as usize + 1);
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(Error::Long);
    }
    decode(bytes, encoding)
}

/// Decodes bytes: a book as the text of its [members](MEMBER); else by the encoding that is named, else by a byte order mark, else as UTF-8 when
/// nearly all of it is, else as UTF-16 when every second byte is zero, else by a guess.
///
/// # Errors
/// [`Error::Encoding`], [`Error::Empty`] and [`Error::Binary`].
pub fn decode(bytes: Vec<u8>, named: Option<&str>) -> Result<Source, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    if archive::is_archive(&bytes) {
        let text = archive::text(&bytes)?;
        return Ok(Source { text: unix_lines(text), decoded: Decoded::Plain });
    }
    let named = match named {
        Some(name) => {
            let found = Encoding::for_label(name.trim().as_bytes());
            Some(found.ok_or_else(|| Error::Encoding(name.to_owned()))?)
        }
        None => None,
    };
    if let Some(encoding) = named {
        let (text, _) = encoding.decode_with_bom_removal(&bytes);
        return Ok(Source { text: unix_lines(text.into_owned()), decoded: from(encoding) });
    }
    if let Some((encoding, _)) = Encoding::for_bom(&bytes)
        && encoding != UTF_8
    {
        let (text, _) = encoding.decode_with_bom_removal(&bytes);
        return Ok(Source { text: unix_lines(text.into_owned()), decoded: from(encoding) });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            let text = match text.strip_prefix('\u{FEFF}') {
                Some(rest) => rest.to_owned(),
                None => text,
            };
            return Ok(Source { text: unix_lines(text), decoded: Decoded::Plain });
        }
        Err(error) => error.into_bytes(),
    };
    if let Some(encoding) = utf_16(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        return Ok(Source { text: unix_lines(text.into_owned()), decoded: from(encoding) });
    }
    // A few bad bytes, or a file cut in the middle of a character, do not make it another encoding.
    let (broken, valid) = bytes.utf8_chunks().fold((0, 0), |(broken, valid), chunk| {
        let multi = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (broken + usize::from(!chunk.invalid().is_empty()), valid + multi)
    });
    if broken * 20 <= valid {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned();
        return Ok(Source { text: unix_lines(text), decoded: Decoded::Damaged(broken) });
    }
    if is_binary(&bytes) {
        return Err(Error::Binary);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    Ok(Source { text: unix_lines(text.into_owned()), decoded: from(encoding) })
}

fn from(encoding: &'static Encoding) -> Decoded {
    if encoding == UTF_8 { Decoded::Plain } else { Decoded::From(encoding.name()) }
}

/// UTF-16 without a byte order mark: nearly all text has ASCII or blanks, whose other byte is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = sample.len() / 2;
    if pairs < 4 || even.max(odd) * 10 < pairs || even.min(odd) * 8 > even.max(odd) {
        return None;
    }
    Some(if odd > even { UTF_16LE } else { UTF_16BE })
}

/// Whether bytes that are in no Unicode encoding have control characters all over: no text has.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(1 << 16)];
    // ESC switches between the alphabets of ISO-2022-JP.
    let control = |byte: &&u8| matches!(byte, 0..=8 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F);
    sample.iter().filter(control).count() * 50 > sample.len()
}

/// Line ends as `\n`.
fn unix_lines(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "主持人：你读过这篇访谈吗？\n嘉宾：读过，是在去年的一个晚上，读到很晚才睡。\n";

    fn decoded(bytes: Vec<u8>) -> (String, Decoded) {
        let source = decode(bytes, None).unwrap();
        (source.text, source.decoded)
    }

    #[test]
    fn encodings() {
        let utf_16 = |big: bool| -> Vec<u8> {
            let unit = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
            format!("{TEXT}And some Latin text, too.").encode_utf16().flat_map(unit).collect()
        };
        let with_bom = |bom: &[u8], bytes: &[u8]| [bom, bytes].concat();
        let latin = format!("{TEXT}And some Latin text, too.");
        assert_eq!(decoded(TEXT.into()), (TEXT.to_owned(), Decoded::Plain));
        assert_eq!(
            decoded(with_bom(b"\xEF\xBB\xBF", TEXT.as_bytes())),
            (TEXT.to_owned(), Decoded::Plain)
        );
        assert_eq!(decoded(utf_16(false)), (latin.clone(), Decoded::From("UTF-16LE")));
        assert_eq!(decoded(utf_16(true)), (latin.clone(), Decoded::From("UTF-16BE")));
        assert_eq!(
            decoded(with_bom(b"\xFF\xFE", &utf_16(false))),
            (latin, Decoded::From("UTF-16LE"))
        );
        let gbk = encoding_rs::GB18030.encode(TEXT).0.into_owned();
        let (text, how) = decoded(gbk.clone());
        assert_eq!(text, TEXT);
        assert!(matches!(how, Decoded::From("GBK" | "gb18030")), "{how:?}");
        assert_eq!(decode(gbk, Some("gb18030")).unwrap().text, TEXT);
        let big5 = encoding_rs::BIG5
            .encode("主持人：你讀過這篇訪談嗎？來賓：讀過，是在去年的一個晚上。")
            .0;
        assert_eq!(decoded(big5.into_owned()).1, Decoded::From("Big5"));
    }

    #[test]
    fn a_few_bad_bytes_are_still_utf_8() {
        let mut bytes = TEXT.repeat(5).into_bytes();
        bytes[40] = 0xFF;
        bytes.truncate(bytes.len() - 2);
        let (text, how) = decoded(bytes);
        assert!(text.starts_with("主持人：你读过") && text.contains('\u{FFFD}'));
        assert!(matches!(how, Decoded::Damaged(1..=4)), "{how:?}");
    }

    #[test]
    fn line_ends_and_errors() {
        assert_eq!(decoded(b"a\r\nb\rc\n".to_vec()).0, "a\nb\nc\n");
        assert!(matches!(decode(b" \n".to_vec(), None), Err(Error::Empty)));
        let picture: Vec<u8> = (0..4000_u32).map(|at| (at * at % 251) as u8).collect();
        assert!(matches!(decode(picture, None), Err(Error::Binary)));
        assert!(matches!(decode(b"a".to_vec(), Some("klingon")), Err(Error::Encoding(_))));
        assert!(matches!(open(Path::new("/"), None), Err(Error::Directory)));
        assert!(matches!(open(Path::new("/no/such/file"), None), Err(Error::Missing)));
        assert!(matches!(open(Path::new("/dev/null"), None), Err(Error::Device)));
    }
}
