package keys

import "slices"

// A Binding is one action with its keys in some modes.
type Binding struct {
	Action Action
	Modes  []Mode
	Keys   []string // the first is the one that footer and help show
	Does   string   // for help and the palette
	Short  string   // for the footer; "" where it never stands there
	Weight int      // in the footer the heaviest stand first; 0: not there
}

// The groups that help shows, by their first action.
var groups = []struct {
	first Action
	name  string
}{
	{Down, "move"}, {Filter, "narrow down"}, {Enter, "look"}, {Mark, "keep"}, {Time, "screen"}, {Apply, "while typing"},
}

// The modes that rows of the table share.
var (
	logs   = []Mode{Logs}
	others = append([]Mode{Details, Help, Open}, tables...)
	lists  = append([]Mode{Logs}, others...)
	bars   = []Mode{Strip, Histogram}
	scoped = []Mode{Logs, Strip, Details, Histogram, Levels, Fields, Bookmarks}
	found  = append([]Mode{Logs, Details, Help, Open}, tables...) // where one searches
	shown  = Views[:8]                                            // from where one goes to other views
)

// table is what keys do by default. An action may stand in it several times, for
// modes in which it has other keys or another meaning.
func table() []Binding {
	return slices.Concat(moving(), narrowing(), looking(), keeping(), drawing(), typing())
}

func moving() []Binding {
	return []Binding{
		{Down, lists, []string{"j", "down", "ctrl+n"}, "down", "", 0},
		{Up, lists, []string{"k", "up", "ctrl+p"}, "up", "", 0},
		{PageDown, lists, []string{"pgdown", "ctrl+f"}, "a page down", "", 0},
		{PageUp, lists, []string{"b", "pgup"}, "a page up", "", 0},
		{HalfDown, lists, []string{"ctrl+d"}, "half a page down", "", 0},
		{HalfUp, lists, []string{"ctrl+u"}, "half a page up", "", 0},
		{Space, logs, []string{"space"}, "a page down; while following: pause", "page, pause", 20},
		{PageDown, others, []string{"space"}, "a page down", "", 0},
		{Top, lists, []string{"g", "home"}, "to the top", "", 0},
		{Bottom, logs, []string{"G", "end"}, "to the bottom, and follow", "newest", 25},
		{Bottom, others, []string{"G", "end"}, "to the bottom", "", 0},
		{Follow, logs, []string{"F"}, "follow on and off", "", 0},
		{Left, []Mode{Logs, Details}, []string{"h", "left"}, "sideways to the left", "", 0},
		{Right, []Mode{Logs, Details}, []string{"l", "right"}, "sideways to the right", "", 0},
		{LineStart, []Mode{Logs, Details}, []string{"0"}, "to the start of the lines", "", 0},
		{LineEnd, []Mode{Logs, Details}, []string{"$"}, "to the end of the lines", "", 0},
		{Left, bars, []string{"h", "left"}, "the bar before", "h l bar", 80},
		{Right, bars, []string{"l", "right"}, "the bar after", "", 0},
		{Left, []Mode{Fields}, []string{"h", "left"}, "hide the values of the field", "", 0},
		{Right, []Mode{Fields}, []string{"l", "right"}, "show the values of the field", "", 0},
		{LineStart, bars, []string{"0", "g", "home"}, "the first bar", "", 0},
		{LineEnd, bars, []string{"$", "G", "end"}, "the last bar", "", 0},
		{Search, found, []string{"/"}, "search", "search", 90},
		{NextHit, found, []string{"n"}, "the next hit", "", 0},
		{PreviousHit, found, []string{"N"}, "the hit before", "", 0},
	}
}

func narrowing() []Binding {
	return []Binding{
		{Filter, scoped, []string{"&", "f"}, "the filter bar; empty clears it", "filter", 100},
		{Level, scoped, []string{"L"}, "the least level: f e w i d t, a all", "", 0},
		{Range, scoped, []string{"r", "@"}, "the range of time", "range", 60},
		{Keep, []Mode{Logs, Details, Fields, Levels, Sources}, []string{"+", "="}, "keep only what is like this", "", 0},
		{Drop, []Mode{Logs, Details, Fields, Levels, Sources}, []string{"-"}, "leave out what is like this", "", 0},
		{Back, scoped, []string{"<", "["}, "the filter before", "", 0},
		{Forward, scoped, []string{">", "]"}, "the filter after", "", 0},
		{NextError, logs, []string{"e"}, "the next error", "", 0},
		{PreviousError, logs, []string{"E"}, "the error before", "", 0},
		{LessContext, logs, []string{",", "{"}, "less context around each record", "", 0},
		{MoreContext, logs, []string{".", "}"}, "more context around each record", "context", 40},
		{SameSource, logs, []string{"x"}, "all records of this service or file; again: back", "", 0},
		{Everything, logs, []string{"X"}, "all records of everything, filters off; again: back", "", 0},
		{Trace, []Mode{Logs, Details}, []string{"t"}, "the records of this record's trace", "trace", 70},
		{OldestLate, logs, []string{"B"}, "the oldest late record above", "", 0},
	}
}

func looking() []Binding {
	return []Binding{
		{Enter, logs, []string{"enter"}, "the details of the record", "details", 80},
		{Enter, bars, []string{"enter"}, "the records of the bar", "records", 90},
		{Enter, []Mode{Levels, Fields, Sources}, []string{"enter"}, "the records of it", "records", 90},
		{Enter, []Mode{Details}, []string{"enter"}, "fold and unfold the value", "", 0},
		{Enter, []Mode{Bookmarks}, []string{"enter"}, "go there", "go there", 90},
		{Enter, []Mode{Open}, []string{"enter"}, "open it", "open", 90},
		{Close, Views, []string{"esc", "q"}, "close; q at the root quits", "close", 10},
		{Close, []Mode{Help}, []string{"?", "H"}, "close; q at the root quits", "", 0},
		{Focus, []Mode{Logs, Strip, Details}, []string{"tab"}, "between list, strip and the details at the side", "", 0},
		{ShowLogs, shown, []string{"1"}, "logs", "", 0},
		{ShowHistogram, shown, []string{"2", "i"}, "histogram", "", 0},
		{ShowLevels, shown, []string{"3"}, "levels", "", 0},
		{ShowFields, shown, []string{"5"}, "fields", "", 0},
		{ShowBookmarks, shown, []string{"9"}, "bookmarks", "", 0},
		{ShowSources, shown, []string{"S"}, "sources", "", 0},
		{Side, []Mode{Logs, Details}, []string{"p"}, "details at the side", "", 0},
		{ZoomIn, bars, []string{"z", "+", "="}, "fewer minutes, more of each", "z Z zoom", 70},
		{ZoomOut, bars, []string{"Z", "-"}, "more minutes", "", 0},
		{ZoomIn, logs, []string{"z"}, "the strip: fewer minutes, more of each", "", 0},
		{ZoomOut, logs, []string{"Z"}, "the strip: more minutes", "", 0},
		{Select, logs, []string{"v"}, "select records", "", 0},
		{Select, bars, []string{"v"}, "select a range of time", "select", 60},
		{NextRecord, []Mode{Details}, []string{"J"}, "the next record", "J K record", 90},
		{PreviousRecord, []Mode{Details}, []string{"K"}, "the record before", "", 0},
		{Sort, tables, []string{"o"}, "sort by the next column", "sort", 50},
		{Reverse, tables, []string{"O"}, "sort the other way round", "", 0},
	}
}

func keeping() []Binding {
	return []Binding{
		{Mark, []Mode{Logs, Details}, []string{"m"}, "bookmark", "", 0},
		{NextMark, logs, []string{"u"}, "the next bookmark", "", 0},
		{PreviousMark, logs, []string{"U"}, "the bookmark before", "", 0},
		{Note, []Mode{Logs, Details, Bookmarks}, []string{"M"}, "a note on the record", "", 0},
		{Mark, []Mode{Bookmarks}, []string{"m"}, "take the bookmark away", "remove", 80},
		{Copy, logs, []string{"y"}, "copy the record's lines, or those selected", "", 0},
		{Copy, []Mode{Details, Fields}, []string{"y"}, "copy the value", "copy", 70},
		{Copy, []Mode{Bookmarks}, []string{"y"}, "copy the bookmark with its note", "copy", 40},
		{CopyJSON, []Mode{Logs, Details}, []string{"Y"}, "copy the record as JSON", "", 0},
		{Save, scoped, []string{"s"}, "save what matches into a file", "", 0},
	}
}

func drawing() []Binding {
	return []Binding{
		{Time, []Mode{Logs, Details}, []string{"T"}, "how times are shown: local, UTC, as written, relative, since the record before", "", 0},
		{Wrap, []Mode{Logs, Details}, []string{"w"}, "wrap long lines", "", 0},
		{Raw, []Mode{Details}, []string{"o"}, "the record as fields, as JSON, as the bytes that came", "JSON, raw", 50},
		{Again, shown, []string{"R"}, "ask again", "", 0},
		{Palette, Views, []string{":"}, "commands by name, a time or a line to go to", "commands", 30},
		{HelpFor, Views[:9], []string{"?", "H"}, "these keys", "keys", 35},
		{Repaint, Views, []string{"ctrl+l"}, "draw the screen anew", "", 0},
		{Suspend, Views, []string{"ctrl+z"}, "to the shell; fg comes back", "", 0},
	}
}

func typing() []Binding {
	return []Binding{
		{Apply, []Mode{Text}, []string{"enter"}, "apply", "apply", 90},
		{Cancel, []Mode{Text}, []string{"esc", "ctrl+c"}, "close, as it was before", "close", 20},
		{Complete, []Mode{Text}, []string{"tab"}, "complete", "complete", 80},
		{Uncomplete, []Mode{Text}, []string{"shift+tab"}, "complete, the choice before", "", 0},
		{Older, []Mode{Text}, []string{"up"}, "typed before", "", 0},
		{Newer, []Mode{Text}, []string{"down"}, "typed after", "", 0},
		{Turn, []Mode{Text}, []string{"ctrl+t"}, "turn search into filter and back", "search or filter", 50},
	}
}

// lessKeys are those of the preset "less" that differ.
var lessKeys = map[Mode]map[Action][]string{
	Logs: {
		Down:      {"j", "e", "down", "ctrl+n", "ctrl+e"},
		Up:        {"k", "y", "up", "ctrl+p", "ctrl+y"},
		PageUp:    {"b", "pgup", "ctrl+b"},
		HalfDown:  {"d", "ctrl+d"},
		HalfUp:    {"u", "ctrl+u"},
		NextError: {"]"}, PreviousError: {"["},
		Back: {"<"}, Forward: {">"},
		Copy:     {"c"},
		NextMark: {"'"}, PreviousMark: {"\""},
		Top: {"g", "home"},
	},
}
