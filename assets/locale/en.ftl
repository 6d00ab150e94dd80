# The program's own words in English. The commands' sentences stand in src/command.rs.

## The panes
image = image { $number }
key-points = Key points
sections = Sections
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
lost = not found

## The status line
status-turn = turn { $turn }/{ $turns }
status-follow = only { $name }
status-hit = “{ $query }” { $hit }/{ $hits }
status-left = { $percent }%  { $minutes } min left
unsaved = Not saved yet: { $count }
go-to-hint = 57, 40%, 1:02:03

## Over the page
title-speakers = Speakers
title-outline = Outline
title-summary = Summary
title-bookmarks = Bookmarks
title-links = Links on this page
title-help = Keys
keys-reading = On the page
keys-list = In a list
keys-prompt = In a line being typed

## Notices
no-turns = No turns in this article
last-turn = This is the last turn
first-turn = This is the first turn
last-turn-of = No later turn of { $name }
first-turn-of = No earlier turn of { $name }
no-such-speaker = No speaker has the number { $number }
nobody-speaks = Nobody speaks here
following = Only { $name }; the others are folded. The same key again: everyone
following-everyone = Everyone again
no-room-for-speakers = No room for the speaker pane here; it shows on 70 columns
no-outline = No sections and no questions here
no-links = No link and no image on this page
opening = Opening { $url }
no-such-place = “{ $place }” is no place; try 57, 40% or 1:02:03
no-such-turn = There are { $turns } turns
no-times = This article has no times
no-search = Nothing to search for yet; / begins a search
no-hits = “{ $query }” is not in the text
search-from-start = Went on from the beginning
search-from-end = Went on from the end
no-jump-back = No earlier jump
no-jump-forward = No later jump
theme = Theme { $name }
mouse-released = The mouse is the terminal's: it selects text
mouse-captured = The mouse is the reader's: wheel and clicks
bookmarked = Bookmarked: { $quote }
bookmark-removed = Bookmark removed
no-sentence = No sentence on this page
no-bookmarks = No bookmarks yet; m sets one
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
theme-colour = { $file }:{ $line }: { $name } = { $value } is no colour of a theme; write NAME = "#rrggbb"
