# The program's own words in English. The commands' sentences stand in src/command.rs.

## The panes
image = image { $number }
key-points = Key points
sections = Sections
questions = Questions
from-the-questions = As they are asked; the article has no summary
turns = { $turns } { $turns ->
    [one] turn
   *[other] turns
}
speakers-count = { $speakers } { $speakers ->
    [one] speaker
   *[other] speakers
}
length = { $turns ->
    [0] { "" }
   *[other] { $turns } turns, { $speakers } speakers,{ " " }
}{ $minutes } min
together = together { $turns }
part-again = Part again: { $name }
recording-at = Recording, { $time }
lost = not found

## The status line
status-turn = turn { $turn }/{ $turns }
status-section = section { $section }/{ $sections }
status-follow = only { $name }
status-hit = hit { $hit }/{ $hits }: { $query }
status-end = { $percent }%
status-left = { $percent }%  { $minutes } min left
terminal-not-utf8 = This terminal gives 中 { $cells } cells: it is not in UTF-8
unsaved = Not saved yet: { $count }
go-to-hint = 57, 40%, 1:02:03
rename = { $name } is called{" "}
rename-hint = nothing: as in the text
a-note = note
note-hint = Enter keeps it, Alt-Enter begins a line, # tags
title-doubt = Is this “{ $title }” with its { $count } bookmarks?
doubt-same = Yes: its bookmarks belong here
doubt-other = No: it is another article
bookmarks-joined = { $count } bookmarks of it are here now
filter-hint = words, or #tag
selection = Chosen: { $count } characters   j k sentence  l h word  m 1-4 mark  a note  y copy
selection-placing = Place the lost passage here: choose, then m ({ $count } characters)

## Over the page
title-speakers = Speakers
title-merge = { $name } is in truth
title-outline = Outline
title-summary = Summary
title-bookmarks = Bookmarks
title-all-bookmarks = Bookmarks of all articles
title-note = Note
title-links = Links on this page
title-help = Keys
keys-reading = On the page
keys-selection = While choosing a passage
keys-list = In a list
keys-prompt = In a line being typed

## Notices
no-turns = No turns in this article
no-speakers = No speakers here: the article is no interview
last-turn = This is the last turn
first-turn = This is the first turn
last-turn-of = No later turn of { $name }
first-turn-of = No earlier turn of { $name }
first-section = No section before this one
last-section = This is the last section
no-such-speaker = No speaker has the number { $number }
nobody-speaks = Nobody speaks here
following = Only { $name }; the others are folded. The same key again: everyone
following-everyone = Everyone again
no-room-for-speakers = No room for this pane here; it shows on 70 columns
only-speakers = That is for the list of speakers: s
renamed = { $old } is now called { $name }
name-taken = { $name } is another speaker; m merges the two
merged = { $name } is { $other } now; m on { $other } parts them again
parted = { $other } is a speaker again
nobody-else = There is nobody else to merge with
no-sections = Neither speakers nor sections in this article
no-outline = No sections and no questions here
no-links = No link and no image on this page
opening = Opening { $url }
no-such-place = “{ $place }” is no place; try 57, 40% or 1:02:03
no-such-turn = There are { $turns } turns
no-times = This article has no times
no-recording = This article does not say where its recording is
no-time-here = No time is known for this place
no-search = Nothing to search for yet; / begins a search
no-hits = “{ $query }” is not in the text
search-from-start = Went on from the beginning
search-from-end = Went on from the end
no-jump-back = No earlier jump
no-jump-forward = No later jump
theme = Theme { $name }
mouse-released = The mouse is the terminal's: it selects text
mouse-captured = The mouse is the reader's: wheel and clicks
measure = { $cells } cells a line
bookmarked = Bookmarked: { $quote }
bookmark-removed = Bookmark removed
bookmark-changed = Bookmark changed
bookmark-restored = Bookmark brought back: { $quote }
bookmark-gone = This bookmark was removed elsewhere
nothing-to-undo = Nothing to undo
nothing-to-redo = Nothing to do again
no-bookmark-here = No bookmark in this passage
only-bookmarks = That is for the list of bookmarks: M
open-it-first = That is in another article; Enter opens it
article-unknown = Where “{ $title }” is has not been seen here; open its file once
article-not-opened = { $file } cannot be opened
copied = Copied { $characters } { $characters ->
    [one] character
   *[other] characters
}
copied-tmux = In tmux's buffer, and sent to the terminal's clipboard: { $characters } { $characters ->
    [one] character
   *[other] characters
}
copied-tmux-only = In tmux's buffer only: { $characters } characters are too many for the terminal's clipboard
copy-sent = Sent to the terminal's clipboard (OSC 52): { $characters } { $characters ->
    [one] character
   *[other] characters
}
copy-too-long = Not copied: { $kilobytes } kB are too long for the terminal's clipboard
copy-failed = Not copied: the terminal takes no output
nothing-to-copy = No text here to copy
no-sentence = No sentence on this page
no-bookmarks = No bookmarks yet; m sets one
speaker-from-start = Went on from their first turn
place-behind = You stopped further on: jump back goes there
still-saving = This sentence is still being saved
unsaved-at-end = { $count ->
    [one] One change to the bookmarks
   *[other] { $count } changes to the bookmarks
} could not be saved: the disk refused
bookmarks-from-start = Went on from the first bookmark
passage-lost = This passage is not in the text any more

## The user's files
toml-error = { $file }:{ $line }: { $why }
keymap-table = { $file }:{ $line }: there is no table [{ $name }]; did you mean [{ $near }]?
keymap-key = { $file }:{ $line }: “{ $name }” is no key
keymap-command = { $file }:{ $line }: there is no command { $name } here; did you mean { $near }?
keymap-number = { $file }:{ $line }: “{ $name }” needs a number from 1, or none
setting-unknown = { $file }:{ $line }: there is no setting { $name }; did you mean { $near }?
setting-value = { $file }:{ $line }: { $name } cannot be { $value }; it may be { $want }
template-field = { $file }:{ $line }: { $name } has no field { $field }; did you mean { $near }?
template-bracket = { $file }:{ $line }: a { $bracket } in { $name } has no other half; write \{ $bracket } for the character
template-no-text = { $file }:{ $line }: { $name } leaves the passage out: there is no {"{text}"} in it
theme-colour = { $file }:{ $line }: { $name } = { $value } is no colour of a theme; write NAME = "#rrggbb"
unread = { $file }: { $why }; check the file and its permissions
not-there = it is not there
no-such-theme = There is no theme { $name }; there are { $names }

## Opening
open-missing = { $file }: there is no such file; check the path
open-denied = { $file }: it may not be read; check its permissions
open-directory = { $file }: this is a directory; name a file in it
open-device = { $file }: this is neither a file nor a pipe; name a text file
open-long = { $file }: longer than 1 GiB; cut it into parts
open-empty = { $file }: there is no text in it
open-binary = { $file }: this is no text file; if it is one, name its encoding with --encoding
no-such-encoding = --encoding: there is no encoding { $name }; try utf-8, gb18030, big5, shift_jis or euc-kr
decoded = Decoded from { $encoding }; --encoding overrides
decoded-damaged = { $places ->
    [one] One place is
   *[other] { $places } places are
} damaged and shown as �
open-refused = Not opened: { $url } is neither http, https nor mailto
open-failed = Could not open { $url }
no-terminal = no terminal to read in; try fangtan print FILE
terminal-failed = the terminal failed: { $why }
failed = it failed: { $why }

## The command line
cli-about = Reads long interviews: who speaks, turn by turn, typeset for the terminal
cli-examples =
    Examples:
      fangtan interview.md               read it; ? shows the keys, q leaves
      fangtan                            read the guide
      curl -s URL | fangtan -            read from standard input
      fangtan print interview.md --width 72 | less
      fangtan export interview.md --to json
      fangtan marks list
      fangtan marks export interview.md --to md
    
    A file that is named like a command is opened as ./guide.
    config.toml and keymap.toml stand in the configuration directory (~/.config/fangtan).
cli-commands = Commands
cli-options = Options
cli-file = The article; - is standard input
cli-guide = Read the guide: an interview about reading interviews
cli-print = Print the typeset text, without escape sequences
cli-width = The width in cells; without it the terminal's, else 80
cli-export = Print the interview's structure
cli-to = The format
cli-explain = With JSON: list the layouts that were considered, with their scores
cli-marks = Bookmarks on the command line
cli-marks-list = List the bookmarks of an article, or all, in text order
cli-marks-file = The article; without it the bookmarks of all
cli-marks-add = Bookmark a passage; prints its id when it is safe on disk
cli-marks-edit = Change the note, the tags or the highlight of a bookmark
cli-marks-remove = Remove a bookmark
cli-marks-export = Print bookmarks, of an article or all: a document to keep (md), all of them for another home (json), or W3C annotations (w3c)
cli-marks-to = The format; md is for people, json and w3c can be imported again
cli-marks-import = Take bookmarks from an exported file, ours or of another annotation program; again is harmless
cli-import-file = JSON of marks export, W3C annotations or a Hypothesis export; - is standard input
cli-quote = The passage, as it stands in the text
cli-note = A note
cli-edit-note = The new note; "" for none
cli-tag = A tag; may be given several times
cli-edit-tag = A tag in the place of all it has; may be given several times, "" for none
cli-filter-tag = Only those with this tag; with all, if given several times
cli-search = Only those with this in passage, note, tags, speaker or title
cli-highlight = The kind of highlight, 1 to 4
cli-id = The bookmark's id
cli-json = As JSON
cli-keys = List the keys in force, with what they do
cli-completions = Print the completions for a shell
cli-shell = The shell
cli-man = Print the man page
cli-ambiguous = The width of ambiguous characters such as “ ” — …: auto, 1 or 2
cli-lang = The language of the program's own words
cli-encoding = Read the file in this encoding
cli-color = When to use colours
cli-config = Read this file instead of config.toml
cli-keymap = Read this file instead of keymap.toml
cli-two-jobs = Name the file behind the command: { $command } { $file }
cli-usage = Usage:
cli-arguments = Arguments
cli-help = Print help
cli-version = Print the version

## Marks
not-saved = Not saved: { $why }; trying again
not-written = Not saved: { $why }; see to the data directory and its disk, then do it again
marks-damaged = { $lines ->
    [one] One damaged line is
   *[other] { $lines } damaged lines are
} kept aside in the marks; the first: { $file }:{ $line }
marks-unread = The marks cannot be read: { $why }
no-home = no home directory to keep marks in; set HOME or XDG_DATA_HOME
no-such-mark = there is no bookmark { $id }; fangtan marks list shows them
quote-not-found = { $file }: “{ $quote }” is not in the text; quote it as it stands there
untitled = Untitled
passage-near = since edited in the text
passage-gone = not in the text any more
imported = { $added } added, { $changed } changed, { $same } already there{ $passed ->
    [0] { "" }
    [one] ; one annotation without a passage passed over
   *[other] ; { $passed } annotations without a passage passed over
}
import-bad = { $file }:{ $line }: { $why }; mend this line or export again, nothing was imported
import-encoding = { $file }: not UTF-8 text; name its encoding with --encoding, nothing was imported
import-later = { $file }: written by a later fangtan; update this one, nothing was imported
import-unknown = { $file }: neither bookmarks nor annotations; give what marks export or an annotation program wrote
import-no-quotes = { $file }: no annotation in it quotes a passage; export with TextQuoteSelector
