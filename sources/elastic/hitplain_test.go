package elastic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"reflect"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// plainAnswer reads an answer as encoding/json does.
func plainAnswer(b []byte) (*answer, error) {
	a := &answer{}
	return a, json.Unmarshal(b, a)
}

// plainHit makes a hit of a document in the plain way, in memory of its own.
func plainHit(s *Source, c *catalog, f *found) (sources.Hit, error) {
	raw := []byte(f.Source)
	if len(raw) == 0 {
		var err error
		if raw, err = json.Marshal(ofValues(f.Fields)); err != nil {
			return sources.Hit{}, err
		}
	}
	if bytes.ContainsAny(raw, "\r\n") {
		var line bytes.Buffer
		if json.Compact(&line, raw) == nil {
			raw = line.Bytes()
		}
	}
	raw = append(raw, '\n')
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
	return sources.Hit{Position: f.Position, ID: f.Index + "/" + f.DocID, Record: r}, nil
}

// plainHits are the hits of an answer in the plain way.
func plainHits(s *Source, c *catalog, body []byte) ([]sources.Hit, error) {
	a, err := plainAnswer(body)
	if err != nil {
		return nil, err
	}
	var out []sources.Hit
	for i := range a.Hits.Hits {
		h := &a.Hits.Hits[i]
		f, ok := c.place(h, true)
		if !ok {
			return nil, fmt.Errorf("hit %d has no place", i)
		}
		sum := fnv.New64a()
		_, _ = sum.Write([]byte(h.Index + "/" + h.DocID))
		f.Sequence = f.seqNo()<<hashBits | int64(sum.Sum64()%hashes)
		hit, err := plainHit(s, c, &f)
		if err != nil {
			return nil, err
		}
		out = append(out, hit)
	}
	return out, nil
}

// quickHits are the same in the quick way.
func quickHits(s *Source, c *catalog, body []byte, shared bool) (out []sources.Hit, err error) {
	a := &answer{}
	if !a.quick(body) {
		return nil, fmt.Errorf("left to encoding/json: %.300q", body)
	}
	d := decoder{s: s, c: c, room: room{shared: shared}}
	out = make([]sources.Hit, 0, len(a.Hits.Hits))
	for i := range a.Hits.Hits {
		f, ok := c.place(&a.Hits.Hits[i], true)
		if !ok {
			return nil, fmt.Errorf("hit %d has no place", i)
		}
		hit, err := d.hit(&f)
		if err != nil {
			return nil, err
		}
		out = append(out, hit)
	}
	return out, nil
}

// sameHit holds two hits to be alike in all that others can see of them.
func sameHit(t *testing.T, got, want *sources.Hit) {
	t.Helper()
	a, b := *got.Record, *want.Record
	a.SetScratch(nil)
	b.SetScratch(nil)
	if len(b.Attrs) == 0 {
		a.Attrs, b.Attrs = a.Attrs[:0:0], nil
		if len(a.Attrs) == 0 {
			a.Attrs = nil
		}
	}
	if got.Position != want.Position || got.ID != want.ID || !reflect.DeepEqual(a, b) {
		t.Fatalf("quick %+v %q %+v\nplain %+v %q %+v", got.Position, got.ID, a, want.Position, want.ID, b)
	}
}
