//! Which file an article was last read from, so that a list of all bookmarks can open it. This is
//! local to the device and stands in the log of places; an article is never known by it.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::document::{DocumentKeys, Likeness};
use super::record::{Op, Record};
use super::{Article, Home, places};

/// The file that an article was last read from; it need not be there any more.
///
/// # Errors
/// A log that is there and cannot be read.
pub fn file_of(home: &Home, keys: &DocumentKeys) -> io::Result<Option<PathBuf>> {
    Ok(files_of(home, [keys])?.remove(&keys.hash))
}

/// The same of several articles at once, by the hash in their keys: the log is read once.
///
/// # Errors
/// A log that is there and cannot be read.
pub fn files_of<'a>(
    home: &Home,
    articles: impl IntoIterator<Item = &'a DocumentKeys>,
) -> io::Result<HashMap<String, PathBuf>> {
    let newest = places::newest(home, Op::File)?;
    let edition = |keys: &DocumentKeys| {
        let same = |record: &&Record| {
            record.doc.as_ref().is_some_and(|doc| doc.keys.likeness(keys) == Likeness::Same)
        };
        newest.values().filter(same).max_by_key(|record| record.t)
    };
    let file = |keys: &DocumentKeys| {
        let record = edition(keys)?;
        Some((keys.hash.clone(), PathBuf::from(record.file.as_ref()?)))
    };
    Ok(articles.into_iter().filter_map(file).collect())
}

/// Writes down at `now` (ms since 1970) which file an article is read from, an absolute path; what
/// is known already is not written again.
///
/// # Errors
/// Why it could not; `InvalidInput` for a path that is not absolute or no UTF-8, which a line
/// cannot hold.
pub fn keep_file(
    home: &Home,
    now: i64,
    keys: &DocumentKeys,
    title: Option<&str>,
    path: &Path,
) -> io::Result<()> {
    let text = path
        .to_str()
        .filter(|_| path.is_absolute())
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no absolute path in UTF-8"))?;
    let known = places::newest(home, Op::File)?.remove(&keys.hash);
    if known.is_some_and(|known| known.file.as_deref() == Some(text)) {
        return Ok(());
    }
    let article = Article { title: title.map(str::to_owned), url: None, keys: keys.clone() };
    let head = Record::new(&keys.hash, now, Op::File);
    places::keep(home, &Record { doc: Some(article.into()), file: Some(text.to_owned()), ..head })
}
