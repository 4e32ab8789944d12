package format

import (
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
)

// Options say how bytes are to be read. The zero value detects the format of each record and takes UTC where no zone is written.
type Options struct {
	// Format is the one format of all records: a name of Names or of Patterns,
	// or itself a pattern. "" detects it for each record.
	Format string
	// Location is the zone of times that are written without one; nil is UTC.
	Location *time.Location
	// Patterns are the user's own formats by name: regular expressions (RE2) with
	// named groups, or grok patterns such as %{TIMESTAMP_ISO8601:timestamp}. They are tried before all others.
	Patterns map[string]string
}

// New returns an Indexer. An error names the pattern or format that is wrong.
func New(o Options) (*Indexer, error) {
	loc := o.Location
	if loc == nil {
		loc = time.UTC
	}
	layouts := slices.Clone(builtin)
	var own []int
	for _, name := range slices.Sorted(maps.Keys(o.Patterns)) {
		p, err := newPattern(name, o.Patterns[name])
		if err != nil {
			return nil, fmt.Errorf("format %s: %w", name, err)
		}
		own = append(own, len(layouts)+1)
		layouts = append(layouts, p)
	}
	if isPattern(o.Format) {
		p, err := newPattern("pattern", o.Format)
		if err != nil {
			return nil, fmt.Errorf("--format: %w", err)
		}
		layouts = append(layouts, p)
	}
	if len(layouts) > 255 {
		return nil, fmt.Errorf("%d formats of one's own are too many: at most %d", len(own), 255-len(builtin))
	}
	all := newSet(layouts)
	switch {
	case o.Format == "":
		all.try(own...).try(detected()...)
	case isPattern(o.Format):
		all.try(len(layouts))
	case o.Format == "plain":
	default:
		n, ok := all.numbers[o.Format]
		if !ok {
			return nil, fmt.Errorf("no format is named %q: there are %s", o.Format, strings.Join(slices.Sorted(maps.Keys(all.numbers)), ", "))
		}
		all.try(n)
		if all.list[n].joins() == joinLevel {
			all.try(all.numbers[levelLayout.id])
		}
		all.forced, all.within = n, newSet(layouts).try(detected()...)
	}
	all.plainAsked = o.Format == "plain"
	ix := &Indexer{layouts: all, loc: loc, s: newScanner(loc, all)}
	h := fnv.New64a()
	for _, name := range slices.Sorted(maps.Keys(o.Patterns)) {
		fmt.Fprintf(h, "%q %q\n", name, o.Patterns[name])
	}
	ix.parameters = fmt.Sprintf("v%d zone=%s format=%s patterns=%x", Version, loc, o.Format, h.Sum64())
	return ix, nil
}

// everything is the set of all built-in layouts, for decoding.
var everything = newSet(builtin).try(detected()...)

// Names returns the names of all formats, in the order in which they are tried, plain last.
func Names() []string {
	var out []string
	for _, l := range builtin {
		out = append(out, l.Name())
	}
	return append(out, "plain")
}

// detected are the numbers of the built-in layouts in everything's order.
func detected() []int {
	out := make([]int, len(builtin))
	for i := range out {
		out[i] = i + 1
	}
	return out
}

// Format implements logs.Indexer.
func (ix *Indexer) Format(name string) (logs.Format, bool) {
	outer, _, _ := strings.Cut(name, "+")
	n, ok := ix.layouts.numbers[outer]
	if !ok {
		return nil, false
	}
	return &decoding{ix.layouts.list[n], name, ix.layouts}, true
}

// decoding is a layout as the rest of the program uses it.
type decoding struct {
	layout
	name string
	set  *set
}

func (d *decoding) Name() string { return d.name }

func (d *decoding) Decode(raw []byte, r *logs.Record) {
	if w, ok := d.layout.(wrapper); ok {
		decodeWrapped(w, d.set, start(raw), r)
	} else {
		d.layout.Decode(start(raw), r)
	}
	r.Raw = raw
	if d.layout == layout(plainLayout) && !d.set.plainAsked {
		r.Marks |= logs.Unparsed
	}
}

// Explain implements logs.Indexer.
func (ix *Indexer) Explain(raw []byte, name string) string {
	outer, inner, _ := strings.Cut(name, "+")
	n, ok := ix.layouts.numbers[outer]
	if !ok {
		return ""
	}
	if n == 0 && ix.layouts.plainAsked {
		return "--format plain: the line is the message"
	}
	text := ix.layouts.list[n].why()
	if n != 0 && n == ix.layouts.forced {
		text = "--format " + outer + ": " + text
	}
	if m, ok := ix.layouts.numbers[inner]; ok && inner != "" {
		text += "; inside it " + ix.layouts.list[m].why()
	}
	if _, rest := cutLine(start(raw)); len(rest) > 0 {
		text += "; the lines after the first belong to it"
	}
	return text
}
