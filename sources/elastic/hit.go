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

// A decoder makes records of documents, one after the other. It belongs to one goroutine.
type decoder struct {
	s    *Source
	c    *catalog
	room room
}

// hit decodes a document. The record shares memory with those decoded before and
// after it, where the room says so, and with nothing else.
func (d *decoder) hit(f *found) (sources.Hit, error) {
	doc := []byte(f.Source)
	if len(doc) == 0 {
		var err error
		if doc, err = json.Marshal(ofValues(f.Fields)); err != nil {
			return sources.Hit{}, fmt.Errorf("BUG: values are no JSON: %w", err)
		}
	}
	if bytes.IndexByte(doc, '\n') >= 0 || bytes.IndexByte(doc, '\r') >= 0 { // between its members: in texts they are escaped
		var line bytes.Buffer
		if json.Compact(&line, doc) == nil {
			doc = line.Bytes()
		}
	}
	text := d.room.bytes(len(doc) + 1 + len(f.Index) + 1 + len(f.DocID))
	text = append(append(text, doc...), '\n') // as a line of a file ends
	line := text[:len(text):len(text)]
	text = f.appendID(text)
	id := logs.Borrow(text[len(line):])
	r := d.room.record(text)
	jsonFormat().Decode(line, r)
	r.Resource = d.c.resource
	if len(line) > logs.MaxDecode {
		cutTexts(r)
	}
	d.s.override(r)
	d.room.keep(r)
	if f.Time == logs.NoTime || r.Time < f.Time || uint64(r.Time-f.Time) >= uint64(milli) {
		r.Time, r.Guessed = f.Time, 0
	}
	return sources.Hit{Position: f.Position, ID: id, Record: r}, nil
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
