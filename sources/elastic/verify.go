package elastic

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/lxlog/lx/sources"
)

// verify compares the cursors with what there is. Of an index that was deleted and
// made again all is news; what else has lower numbers than before goes on from there:
// a copy that lags behind tells the same again, a shard that lost documents gives their numbers to others.
func (t *tracker) verify(ctx context.Context, now time.Time) error {
	made, err := t.s.settings(ctx)
	if err != nil {
		return err
	}
	st, err := t.standing(ctx)
	if err != nil {
		return err
	}
	t.verified, t.suspect = now, false
	t.wake(st, now)
	for _, name := range slices.Sorted(maps.Keys(t.known)) {
		was, is := t.uuids[name], made.uuids[name]
		if was != "" && is != "" && was != is || (was == "" || is == "") && t.isSmaller(name, st) {
			t.startOver(name, now)
		}
	}
	for at, c := range t.cursors {
		if last, ok := st.last[at]; !st.silent[at] && (!ok || last < c) {
			if !ok {
				last = -1
			}
			t.cursors[at] = last
		}
	}
	if made.copies && !t.copies { // since the last ones: what came before is not told again
		for _, seg := range t.segments {
			if now.Sub(seg.at) > shallow {
				seg.told = len(repeatedAfter)
			}
		}
	}
	t.copies = made.copies
	if made.uuids != nil {
		t.uuids = made.uuids
	}
	return nil
}

// isSmaller reports whether a shard of an index has so much smaller numbers than before that it must be another.
func (t *tracker) isSmaller(name string, st *standing) bool {
	return slices.ContainsFunc(t.numbers, func(number int) bool {
		at := shard{name, number}
		c := t.cursor(at)
		last, ok := st.last[at]
		return ok && !st.silent[at] && (last < c/2 || last < c-copyLags)
	})
}

// startOver has all of an index be news, which was made again.
func (t *tracker) startOver(name string, now time.Time) {
	maps.DeleteFunc(t.cursors, func(at shard, _ int64) bool { return at.index == name })
	for _, seg := range t.segments {
		seg.drop(name)
	}
	t.renumber, t.fresh = true, append(t.fresh, name)
	t.s.forget()
	t.to.Note(sources.Event{Source: t.s.o.Name, Time: now.UnixNano(), Kind: sources.Truncated, Text: plain(name) + " was made again: all that it has is told of"})
}

// wake begins to follow shards that answer now for the first time. What they had
// by then is no news, and what was asked for before lacks it.
func (t *tracker) wake(st *standing, now time.Time) {
	woken := map[shard]bool{}
	for at := range t.silent {
		if st.silent[at] {
			continue
		}
		delete(t.silent, at)
		woken[at] = true
		if last, ok := st.last[at]; ok {
			t.cursors[at] = last
		}
	}
	if len(woken) == 0 {
		return
	}
	t.watchGaps(st, now, func(at shard) bool { return woken[at] })
	t.told++
	t.to.Arrive(sources.News{Number: t.told})
}

// settings are what indices are made with, of those that a source has.
type settings struct {
	uuids  map[string]string // what tells indices of one name apart
	copies bool              // a shard has more than one, or may have
}

// settings asks for them; that some may not be asked is no error.
func (s *Source) settings(ctx context.Context) (settings, error) {
	unknown := settings{copies: true}
	c, err := s.catalog(ctx)
	if err != nil {
		return unknown, err
	}
	indices, err := s.readSettings(ctx, c.target)
	if _, refused := failed(err); refused || errors.Is(err, errTooLarge) {
		return unknown, nil
	}
	if err != nil {
		return unknown, err
	}
	out := settings{uuids: map[string]string{}}
	for name, of := range indices {
		out.uuids[name] = of.UUID
		out.copies = out.copies || of.Replicas != "0"
	}
	return out, nil
}

// indexSettings are what one index was made with, as the server writes it.
type indexSettings struct {
	UUID     string
	Replicas string `json:"number_of_replicas"`
	Closed   string `json:"verified_before_close"`
}

// readSettings asks what the indices of a target were made with, by name.
func (s *Source) readSettings(ctx context.Context, target []string) (map[string]indexSettings, error) {
	yes := true
	var names, paths []string
	for _, name := range []string{"index.uuid", "index.number_of_replicas", "index.verified_before_close"} {
		names, paths = append(names, name), append(paths, "*.settings."+name)
	}
	var answer map[string]struct{ Settings struct{ Index indexSettings } }
	err := s.client.answer(ctx, esapi.IndicesGetSettingsRequest{Index: target, Name: names, IgnoreUnavailable: &yes, AllowNoIndices: &yes, FilterPath: paths}, &answer)
	out := make(map[string]indexSettings, len(answer))
	for name, of := range answer {
		out[name] = of.Settings.Index
	}
	return out, err
}
