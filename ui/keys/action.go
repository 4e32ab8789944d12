// Package keys holds what every key does, as data: the table of bindings from
// which the screen acts, and from which footer, help, palette, `lx keys` and the
// configuration are made.
//
// A key is named as Bubble Tea names it: "j", "G", "ctrl+d", "pgdown", "space", "enter", "shift+tab".
package keys

// A Mode is where keys have their meaning.
type Mode string

// The views, and the boxes over them.
const (
	Logs      Mode = "logs"
	Strip     Mode = "strip" // the two rows above the list, when they have the focus
	Details   Mode = "details"
	Histogram Mode = "histogram"
	Levels    Mode = "levels"
	Fields    Mode = "fields"
	Bookmarks Mode = "bookmarks"
	Sources   Mode = "sources"
	Open      Mode = "open" // what there is to explore, before anything is
	Help      Mode = "help"
	Text      Mode = "text" // every line of text that is typed: filter, search, palette, note
)

// Views are the modes that show something and are no box of text.
var Views = []Mode{Logs, Strip, Details, Histogram, Levels, Fields, Bookmarks, Sources, Open, Help}

var tables = []Mode{Levels, Fields, Bookmarks, Sources}

// An Action is what a key does, by the name that the palette and the configuration know.
type Action string

// The actions, in the order of the table.
const (
	Down        Action = "down"
	Up          Action = "up"
	PageDown    Action = "page-down"
	PageUp      Action = "page-up"
	HalfDown    Action = "half-page-down"
	HalfUp      Action = "half-page-up"
	Space       Action = "page-or-pause"
	Top         Action = "top"
	Bottom      Action = "bottom"
	Follow      Action = "follow"
	Left        Action = "left"
	Right       Action = "right"
	LineStart   Action = "line-start"
	LineEnd     Action = "line-end"
	Search      Action = "search"
	NextHit     Action = "next-hit"
	PreviousHit Action = "previous-hit"

	Filter        Action = "filter"
	Level         Action = "level"
	Range         Action = "range"
	Keep          Action = "keep"
	Drop          Action = "drop"
	Back          Action = "back"
	Forward       Action = "forward"
	NextError     Action = "next-error"
	PreviousError Action = "previous-error"
	LessContext   Action = "less-context"
	MoreContext   Action = "more-context"
	SameSource    Action = "same-source"
	Everything    Action = "everything"
	Trace         Action = "trace"
	OldestLate    Action = "oldest-late"

	Enter          Action = "open"
	Close          Action = "close"
	Quit           Action = "quit"
	Focus          Action = "focus"
	ShowLogs       Action = "show-logs"
	ShowHistogram  Action = "show-histogram"
	ShowLevels     Action = "show-levels"
	ShowFields     Action = "show-fields"
	ShowBookmarks  Action = "show-bookmarks"
	ShowSources    Action = "show-sources"
	Side           Action = "side"
	ZoomIn         Action = "zoom-in"
	ZoomOut        Action = "zoom-out"
	Select         Action = "select"
	NextRecord     Action = "next-record"
	PreviousRecord Action = "previous-record"
	Sort           Action = "sort"
	Reverse        Action = "reverse"

	Mark         Action = "bookmark"
	NextMark     Action = "next-bookmark"
	PreviousMark Action = "previous-bookmark"
	Note         Action = "note"
	Copy         Action = "copy"
	CopyJSON     Action = "copy-json"
	Save         Action = "save"

	Time    Action = "time"
	Wrap    Action = "wrap"
	Raw     Action = "raw"
	Again   Action = "ask-again"
	Palette Action = "palette"
	HelpFor Action = "help"
	Repaint Action = "repaint"
	Suspend Action = "suspend"

	Apply      Action = "apply"
	Cancel     Action = "cancel"
	Complete   Action = "complete"
	Uncomplete Action = "complete-back"
	Older      Action = "older"
	Newer      Action = "newer"
	Turn       Action = "turn"
)
