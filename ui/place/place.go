// Package place remembers how a set of sources was looked at last: filter, range,
// what is shown, bookmarks; and the queries of before, whatever they were asked of.
package place

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/lxlog/lx/output"
)

// A Place is what is remembered of a set of sources. The zero Place is that of the first time.
type Place struct {
	Filter      string     `json:"filter,omitempty"`
	Level       string     `json:"level,omitempty"` // the least, as --level takes it
	Range       Range      `json:"range,omitzero"`
	Shown       []string   `json:"shown,omitempty"`        // columns, by the keys of their fields, in order
	Hidden      []string   `json:"hidden,omitempty"`       // columns that would stand there by themselves
	TimeDisplay string     `json:"time_display,omitempty"` // as the screen names it
	Wrap        bool       `json:"wrap,omitempty"`
	Context     int        `json:"context,omitempty"` // records around each match
	Bookmarks   []Bookmark `json:"bookmarks,omitempty"`
}

// A Range is a time range; the zero Range is all times.
type Range struct {
	Last time.Duration `json:"last,omitempty"` // up to now; not 0: From and To are not used
	From int64         `json:"from,omitempty"` // nanoseconds since 1970, 0 for no bound
	To   int64         `json:"to,omitempty"`   // the first that is not in it, 0 for no bound
}

// A Bookmark is a record that the user marked. It holds for the record of that
// identity whose bytes have that hash; any other record there is not meant.
type Bookmark struct {
	Source     string `json:"source"`
	Generation int    `json:"generation,omitempty"`
	Offset     int64  `json:"offset"`
	Hit        string `json:"hit,omitempty"` // its identity in an index; then there is no offset
	Time       int64  `json:"time"`          // order time, nanoseconds since 1970
	Hash       string `json:"hash"`          // Hash of its bytes
	Text       string `json:"text"`          // the beginning of the record, for people
	Note       string `json:"note,omitempty"`
}

// Hash is that of a record's bytes.
func Hash(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:12])
}

// identity is what makes two bookmarks one.
func (b Bookmark) identity() Bookmark {
	return Bookmark{Source: b.Source, Generation: b.Generation, Offset: b.Offset, Hit: b.Hit, Hash: b.Hash}
}

// Given says what the command line set.
type Given struct{ Filter, Level, Range, Columns, TimeDisplay, Wrap, Context bool }

// Under is the part of the place that the command line leaves open, and the words
// that tell the user of it, "" where nothing is restored that they would wonder
// about. The words are one harmless line.
func (p Place) Under(g Given) (Place, string) {
	keep(g.Filter, &p.Filter)
	keep(g.Level, &p.Level)
	keep(g.Range, &p.Range)
	keep(g.Columns, &p.Hidden)
	keep(g.Columns, &p.Shown)
	keep(g.TimeDisplay, &p.TimeDisplay)
	keep(g.Wrap, &p.Wrap)
	keep(g.Context, &p.Context)
	return p, p.words()
}

// keep empties what the command line gave.
func keep[T any](given bool, v *T) {
	if given {
		var zero T
		*v = zero
	}
}

const filterCells = 40 // of a restored filter, in the words about it

func (p Place) words() string {
	var what []string
	if p.Filter != "" {
		what = append(what, "filter "+ansi.Truncate(output.Clean(p.Filter, false), filterCells, "…"))
	}
	if p.Level != "" {
		what = append(what, "level "+output.Clean(p.Level, false))
	}
	if p.Range != (Range{}) {
		what = append(what, "time range")
	}
	hint := " (--fresh starts without)"
	if len(what) > 0 {
		hint = " (X shows all; --fresh starts without)"
	}
	if len(p.Shown)+len(p.Hidden) > 0 {
		what = append(what, "columns")
	}
	switch n := len(p.Bookmarks); n {
	case 0:
	case 1:
		what = append(what, "1 bookmark")
	default:
		what = append(what, fmt.Sprintf("%d bookmarks", n))
	}
	if len(what) == 0 {
		return ""
	}
	return "restored: " + strings.Join(what, ", ") + hint
}
