//! The table of every verb the reader understands. One row is at once the enum's variant, its name
//! in `keymap.toml` and its sentence in help, README and `fangtan keys`.

/// Where a key is read: what stands on the screen decides what it may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// The page.
    Reading,
    /// A passage that is being chosen.
    Selection,
    /// A list that lies over the page: speakers, outline, summary, bookmarks, help.
    List,
    /// What is being typed: a search, a place to go to, a name, a note.
    Prompt,
}

impl Context {
    /// All of them, in the order of `keymap.toml`.
    pub const ALL: [Self; 4] = [Self::Reading, Self::Selection, Self::List, Self::Prompt];

    /// The name of its table in `keymap.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Selection => "selection",
            Self::List => "list",
            Self::Prompt => "prompt",
        }
    }
}

macro_rules! commands {
    ($( $(#[doc = $sentence:literal])+ $context:ident $variant:ident = $name:literal, )+) => {
        /// A verb of the reader.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $( $(#[doc = $sentence])+ $variant, )+ }

        impl Command {
            /// All of them, in the order of the table.
            pub const ALL: &[Self] = &[ $( Self::$variant, )+ ];

            /// Its name in `keymap.toml`, in kebab case.
            pub fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ }
            }

            /// Its sentence, in English.
            pub fn sentence(self) -> &'static str {
                match self { $( Self::$variant => concat!($($sentence),+).trim_ascii(), )+ }
            }

            /// Where it has a meaning.
            pub fn context(self) -> Context {
                match self { $( Self::$variant => Context::$context, )+ }
            }
        }
    };
}

commands! {
    /// Scroll down a row.
    Reading LineDown = "line-down",
    /// Scroll up a row.
    Reading LineUp = "line-up",
    /// Go down a page.
    Reading PageDown = "page-down",
    /// Go up a page.
    Reading PageUp = "page-up",
    /// Go down half a page.
    Reading HalfPageDown = "half-page-down",
    /// Go up half a page.
    Reading HalfPageUp = "half-page-up",
    /// Go to the beginning.
    Reading ArticleStart = "article-start",
    /// Go to the end.
    Reading ArticleEnd = "article-end",
    /// Go to a turn (57), a share (40%) or a time (1:02:03).
    Reading GoTo = "go-to",
    /// Go to the next turn, or section where nobody speaks.
    Reading NextTurn = "next-turn",
    /// Go to the previous turn, or section.
    Reading PreviousTurn = "previous-turn",
    /// Go to the same speaker's next turn.
    Reading NextTurnSameSpeaker = "next-turn-same-speaker",
    /// Go to the same speaker's previous turn.
    Reading PreviousTurnSameSpeaker = "previous-turn-same-speaker",
    /// Go to the next turn of the speaker with this number.
    Reading SpeakerNext = "speaker-next",
    /// Go to the previous turn of the speaker with this number.
    Reading SpeakerPrevious = "speaker-previous",
    /// List the speakers.
    Reading Speakers = "speakers",
    /// Show or hide the pane of speakers or sections.
    Reading ToggleSpeakers = "toggle-speakers",
    /// Follow the current speaker only; again: everyone.
    Reading FollowSpeaker = "follow-speaker",
    /// List the sections and questions.
    Reading Outline = "outline",
    /// Show the summary.
    Reading Summary = "summary",
    /// Bookmark the sentence at the top; again: remove it.
    Reading Bookmark = "bookmark",
    /// Choose a passage, beginning with a sentence on the page.
    Reading Select = "select",
    /// Write a note on the sentence at the top.
    Reading Note = "note",
    /// Undo the last change to a bookmark.
    Reading Undo = "undo",
    /// Do again what was undone.
    Reading Redo = "redo",
    /// List the bookmarks.
    Reading Bookmarks = "bookmarks",
    /// Go to the next bookmark.
    Reading NextBookmark = "next-bookmark",
    /// Copy the sentence at the top, with where it is from.
    Reading Copy = "copy",
    /// Copy the sentence at the top, without its source.
    Reading CopyBare = "copy-bare",
    /// Search.
    Reading Search = "search",
    /// Go to the next hit.
    Reading NextHit = "next-hit",
    /// Go to the previous hit.
    Reading PreviousHit = "previous-hit",
    /// Open a note, a link or an image on the page.
    Reading OpenLink = "open-link",
    /// Open the recording where this was said.
    Reading OpenTime = "open-time",
    /// Go back to where a jump began.
    Reading JumpBack = "jump-back",
    /// Go forward again.
    Reading JumpForward = "jump-forward",
    /// Set the text in shorter lines.
    Reading Narrower = "narrower",
    /// Set the text in longer lines.
    Reading Wider = "wider",
    /// Change to the next theme.
    Reading NextTheme = "next-theme",
    /// Leave the mouse to the terminal, or take it back.
    Reading ToggleMouse = "toggle-mouse",
    /// Show the keys.
    Reading Help = "help",
    /// Draw the screen again.
    Reading Redraw = "redraw",
    /// Suspend; `fg` comes back.
    Reading Suspend = "suspend",
    /// Clear the hits and the notice.
    Reading Dismiss = "dismiss",
    /// Leave; the place is kept.
    Reading Quit = "quit",
    /// Go on to the end of the next sentence.
    Selection SelectNextSentence = "select-next-sentence",
    /// Go back by a sentence.
    Selection SelectPreviousSentence = "select-previous-sentence",
    /// Go on to the end of the paragraph, then of the next.
    Selection SelectNextParagraph = "select-next-paragraph",
    /// Go back by a paragraph.
    Selection SelectPreviousParagraph = "select-previous-paragraph",
    /// Go on by a word, or a Han character.
    Selection SelectNextWord = "select-next-word",
    /// Go back by a word, or a Han character.
    Selection SelectPreviousWord = "select-previous-word",
    /// Move the other end from now on.
    Selection SelectOtherEnd = "select-other-end",
    /// Begin again with the sentence at the end that moves.
    Selection SelectAnew = "select-anew",
    /// Bookmark the passage; one that is bookmarked: remove it.
    Selection SelectBookmark = "select-bookmark",
    /// Bookmark the passage with this kind of highlight.
    Selection SelectHighlight = "select-highlight",
    /// Bookmark the passage with a note.
    Selection SelectNote = "select-note",
    /// Copy the passage, with where it is from.
    Selection SelectCopy = "select-copy",
    /// Copy the passage, without its source.
    Selection SelectCopyBare = "select-copy-bare",
    /// Remove the bookmarks in the passage.
    Selection SelectRemove = "select-remove",
    /// Undo the last change to a bookmark.
    Selection SelectUndo = "select-undo",
    /// Do again what was undone.
    Selection SelectRedo = "select-redo",
    /// Choose no passage.
    Selection SelectCancel = "select-cancel",
    /// Go to the next entry.
    List ListNext = "list-next",
    /// Go to the previous entry.
    List ListPrevious = "list-previous",
    /// Go down a page of entries.
    List ListPageDown = "list-page-down",
    /// Go up a page of entries.
    List ListPageUp = "list-page-up",
    /// Go to the first entry.
    List ListFirst = "list-first",
    /// Go to the last entry.
    List ListLast = "list-last",
    /// Go where the entry leads.
    List ListChoose = "list-choose",
    /// Follow the chosen speaker only.
    List ListFollow = "list-follow",
    /// Rename the chosen speaker.
    List ListRename = "list-rename",
    /// Merge the chosen speaker into another, or part them.
    List ListMerge = "list-merge",
    /// Remove the chosen bookmark.
    List ListRemove = "list-remove",
    /// Write the note of the chosen bookmark.
    List ListEdit = "list-edit",
    /// Give the chosen bookmark this kind of highlight.
    List ListHighlight = "list-highlight",
    /// Place a bookmark that was not found, by hand.
    List ListPlace = "list-place",
    /// List the bookmarks of all articles, or of this one.
    List ListAll = "list-all",
    /// Show only entries with these words.
    List ListFilter = "list-filter",
    /// Undo the last change to a bookmark.
    List ListUndo = "list-undo",
    /// Do again what was undone.
    List ListRedo = "list-redo",
    /// Close the list.
    List ListClose = "list-close",
    /// Accept the line.
    Prompt PromptAccept = "prompt-accept",
    /// Give the line up.
    Prompt PromptCancel = "prompt-cancel",
    /// Delete the character before the cursor.
    Prompt PromptDelete = "prompt-delete",
    /// Delete the character behind the cursor.
    Prompt PromptDeleteForward = "prompt-delete-forward",
    /// Delete the word before the cursor.
    Prompt PromptDeleteWord = "prompt-delete-word",
    /// Delete all before the cursor in its line.
    Prompt PromptClear = "prompt-clear",
    /// Move the cursor left.
    Prompt PromptLeft = "prompt-left",
    /// Move the cursor right.
    Prompt PromptRight = "prompt-right",
    /// Move the cursor to the beginning.
    Prompt PromptStart = "prompt-start",
    /// Move the cursor to the end.
    Prompt PromptEnd = "prompt-end",
    /// Take the line typed before this one; in a note go up.
    Prompt PromptOlder = "prompt-older",
    /// Take the line typed after this one; in a note go down.
    Prompt PromptNewer = "prompt-newer",
    /// Begin a new line in a note.
    Prompt PromptNewLine = "prompt-new-line",
    /// Complete the tag at the cursor.
    Prompt PromptComplete = "prompt-complete",
}

impl Command {
    /// The command of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// Whether a number stands behind it in `keymap.toml`: of a speaker (`speaker-next 1`) or of a
    /// kind of highlight.
    pub fn takes_number(self) -> bool {
        matches!(
            self,
            Self::SpeakerNext | Self::SpeakerPrevious | Self::SelectHighlight | Self::ListHighlight
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let mut names: Vec<_> = Command::ALL.iter().map(|command| command.name()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(names.iter().all(|name| name.bytes().all(|b| b == b'-' || b.is_ascii_lowercase())));
    }

    #[test]
    fn sentences_are_short_sentences() {
        for command in Command::ALL {
            let sentence = command.sentence();
            assert!(sentence.ends_with('.') && sentence.len() <= 60, "{sentence}");
        }
    }
}
