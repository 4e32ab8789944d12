package elastic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
	"unicode/utf8"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/format"
)

// jsonFormat decodes documents as it does the lines of a file.
var jsonFormat = sync.OnceValue(func() logs.Format {
	x, err := format.New(format.Options{Format: "json"})
	if err != nil {
		panic("BUG: " + err.Error())
	}
	f, _ := x.Format("json")
	return f
})

// hit decodes a document. The record borrows from nothing but its own bytes.
func (s *Source) hit(c *catalog, f *found) (sources.Hit, error) {
	raw := []byte(f.Source)
	if len(raw) == 0 {
		var err error
		if raw, err = json.Marshal(ofValues(f.Fields)); err != nil {
			return sources.Hit{}, fmt.Errorf("BUG: values are no JSON: %w", err)
		}
	}
	if bytes.ContainsAny(raw, "\r\n") { // between its members: in texts they are escaped
		var line bytes.Buffer
		if json.Compact(&line, raw) == nil {
			raw = line.Bytes()
		}
	}
	raw = append(raw, '\n') // as a line of a file ends
	r := &logs.Record{}
	r.Reset()
	jsonFormat().Decode(raw, r)
	r.Resource = c.resource
	if len(raw) > logs.MaxDecode {
		cutTexts(r)
	}
	s.override(r)
	if f.Time == logs.NoTime || r.Time < f.Time || uint64(r.Time-f.Time) >= uint64(milli) {
		r.Time, r.Guessed = f.Time, 0
	}
	return sources.Hit{Position: f.Position, ID: f.ID(), Record: r}, nil
}

// ofValues is a document made of the values of its fields. The second form of a
// field is left out, where it has the values of the first.
func ofValues(fields map[string][]json.RawMessage) map[string]any {
	out := map[string]any{}
	for name, values := range fields {
		switch len(values) {
		case 0:
		case 1:
			out[name] = values[0]
		default:
			out[name] = values
		}
	}
	return out
}

// cutTexts shortens what is too long to be shown; the bytes stay.
func cutTexts(r *logs.Record) {
	r.Marks |= logs.Cut
	r.Body = cutText(r.Body)
	for i := range r.Attrs {
		r.Attrs[i].Value.Str = cutText(r.Attrs[i].Value.Str)
	}
}

func cutText(s string) string {
	if len(s) <= logs.MaxDecode {
		return s
	}
	n := logs.MaxDecode
	for n > logs.MaxDecode-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
