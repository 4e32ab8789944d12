package elastic

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lxlog/lx/sources"
)

// An answer is what a server says to a search for hits.
type answer struct {
	TimedOut bool   `json:"timed_out"`
	Shards   shards `json:"_shards"`
	Hits     struct {
		Hits answeredHits `json:"hits"`
	} `json:"hits"`
}

// answeredHits are the hits of one answer, maxSize at most.
type answeredHits []answeredHit

// UnmarshalJSON implements json.Unmarshaler.
func (h *answeredHits) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	switch begin, err := d.Token(); {
	case err != nil:
		return err
	case begin == nil: // null
		return nil
	case begin != json.Delim('['):
		return fmt.Errorf("hits that are no list but %v", begin)
	}
	*h = answeredHits{}
	for d.More() {
		if len(*h) == maxSize {
			return fmt.Errorf("an answer of more than %d hits", maxSize)
		}
		var hit answeredHit
		if err := d.Decode(&hit); err != nil {
			return err
		}
		*h = append(*h, hit)
	}
	return nil
}

// answeredHit is one document of an answer.
type answeredHit struct {
	Index  string                       `json:"_index"`
	DocID  string                       `json:"_id"`
	Sort   []json.RawMessage            `json:"sort"`
	Source json.RawMessage              `json:"_source"`
	Fields map[string][]json.RawMessage `json:"fields"`
}

// appendID appends the document's identity within the source.
func (h *answeredHit) appendID(b []byte) []byte {
	return append(append(append(b, h.Index...), '/'), h.DocID...)
}

// shards says how the parts of the indices answered.
type shards struct {
	shardCounts
	Failures []struct {
		Index  string `json:"index"`
		Reason cause  `json:"reason"`
	} `json:"failures"`
}

// size is how many hits to ask for where n would be of use.
func (s *Source) size(c *catalog, n int) int {
	n = min(n, maxSize)
	for _, most := range []int64{c.size.most.Load(), c.size.window.Load()} {
		if most > 0 {
			n = min(n, int(most))
		}
	}
	return max(n, 1)
}

// grow has twice as much asked for the next time, where a page of so many bytes leaves room for more.
func (p *pageSizes) grow(bytes int) {
	if most := p.most.Load(); most > 0 && most <= maxSize && bytes < pageBytes/4 {
		p.most.Store(2 * most)
	}
}

// askFrom asks for hits of a region behind a cursor.
func (w *pageWalk) askFrom(ctx context.Context, timed bool, at sources.Position, bound int64, size int) (*answer, error) {
	query := slices.Concat(w.query, w.regionClause(timed))
	if bound != noWindow {
		query = append(query, w.c.windowClause(bound))
	}
	body := object{
		"size":             size,
		"query":            all(query),
		"_source":          true,
		"track_total_hits": false,
		"timeout":          w.s.searchTime(),
		"sort":             w.c.sort(timed, w.r.Backward),
		"search_after":     searchAfter(timed, at),
	}
	values := w.c.size.bare.Load()
	if values {
		body["docvalue_fields"] = w.c.valueFields()
	}
	out := &answer{}
	if err := w.s.find(ctx, w.c, w.shard, body, out); err != nil {
		return nil, err
	}
	for i := range out.Shards.Failures { // one of several indices gives fewer hits at once
		f := &failure{Status: http.StatusBadRequest, Reason: plain(out.Shards.Failures[i].Reason.said().Reason), server: w.s.o.Name}
		if n := resultWindow(f); n > 0 && n < size {
			return nil, f
		}
	}
	if bare := out.bare(); bare != "" {
		if w.c.size.bare.Store(true); !values && len(w.c.values) > 0 {
			return w.askFrom(ctx, timed, at, bound, size)
		}
		w.notes.add(plain(bare) + " keeps no _source: its records are made of the fields that it has values of")
	}
	w.notes.add(out.Shards.note())
	w.page.Partial = w.page.Partial || out.TimedOut || out.Shards.missing() > 0
	if out.TimedOut {
		w.notes.add("the search was cut off after " + w.s.o.Timeout.String() + ": some records may be missing; narrow the time range")
	}
	if len(out.Hits.Hits) > 0 {
		return out, nil
	}
	switch note := out.Shards.note(); {
	case out.TimedOut:
		return nil, fmt.Errorf("%s found nothing within %s and gave up: narrow the time range, or set a longer timeout", w.s.o.Name, w.s.o.Timeout)
	case w.shard == anyShard && out.Shards.Total == 0: // they are gone since the catalog was read
		w.s.forget()
		return nil, w.s.noIndex(ctx)
	case note != "" && len(w.page.Hits) == 0:
		return nil, errors.New(w.s.o.Name + ": " + note)
	}
	return out, nil
}

// bare names an index of which a document came without its source.
func (a *answer) bare() string {
	for i := range a.Hits.Hits {
		if len(a.Hits.Hits[i].Source) == 0 {
			return a.Hits.Hits[i].Index
		}
	}
	return ""
}

// note says what did not answer, "" where all did.
func (s *shards) note() string {
	missing := s.missing()
	if missing <= 0 {
		return ""
	}
	text := fmt.Sprintf("%d of %d shards failed", missing, s.Total)
	if len(s.Failures) > 0 {
		f := &s.Failures[0]
		text += fmt.Sprintf(": %s: %s", plain(f.Index), plain(f.Reason.said().Reason))
	}
	return text
}

func (w *pageWalk) regionClause(timed bool) list {
	if !timed {
		return list{w.c.untimedClause()}
	}
	if c := w.c.timedClause(); c != nil {
		return list{c}
	}
	return nil
}

// sort is the order of a region's documents.
func (c *catalog) sort(timed, backward bool) list {
	order, missing := "asc", "_first"
	if backward {
		order, missing = "desc", "_last"
	}
	number := object{"_seq_no": object{"order": order}}
	if !timed {
		return list{number}
	}
	by := object{"order": order, "missing": missing, "unmapped_type": "date", "mode": "min"}
	if c.nanos {
		by["numeric_type"] = "date_nanos"
	}
	return list{object{c.timeField: by}, number}
}

func searchAfter(timed bool, at sources.Position) list {
	if !timed {
		return list{at.Sequence}
	}
	return list{at.Time, at.Sequence}
}

// searchTime is when the server is to answer with what it has: before the client gives up.
func (s *Source) searchTime() string {
	d := s.o.Timeout - s.o.Timeout/10
	return strconv.FormatInt(max(d.Milliseconds(), 1), 10) + "ms"
}

// preference has the same copies of the shards asked each time, where there are
// several: what one copy shows another may not show yet. Elasticsearch 7 knows no way to
// say so of a shard by its number: see steady.
func (c *catalog) preference(shard int) string {
	same := customPreference
	if c.openSearch {
		same = "_primary_first"
	}
	switch {
	case shard == anyShard:
		return same
	case c.steady():
		return "_shards:" + strconv.Itoa(shard) + "|" + same
	}
	return "_shards:" + strconv.Itoa(shard)
}

// steady reports whether questions to shards by their numbers go to the same copies each time.
func (c *catalog) steady() bool { return c.openSearch || !strings.HasPrefix(c.version, "7.") }

// customPreference is the same for all questions of this process.
var customPreference = "lx-" + strconv.FormatInt(time.Now().UnixNano(), 36)

// valueFields are what to ask for beside the source of documents that have none.
func (c *catalog) valueFields() list {
	var out list
	for _, name := range c.values {
		f := object{"field": name}
		if kind := c.mapping.Fields[name].Type; kind == "date" || kind == "date_nanos" {
			f["format"] = "strict_date_optional_time_nanos"
		}
		out = append(out, f)
	}
	return out
}
