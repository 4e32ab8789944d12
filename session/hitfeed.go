package session

import (
	"cmp"
	"context"
	"errors"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
)

// A hitFeed gives hits that were fetched before.
type hitFeed struct {
	m    *remote
	hits []sources.Hit // the first is the current row
}

func (m *merge) addHits(r *remote, hits []sources.Hit) {
	if len(hits) > 0 {
		m.add(&hitFeed{r, hits})
	}
}

func (f *hitFeed) ready() bool { return true }

func (f *hitFeed) key() Key { return f.m.key(&f.hits[0]) }

func (f *hitFeed) advance(context.Context) (bool, error) {
	f.hits = f.hits[1:]
	return len(f.hits) > 0, nil
}

func (f *hitFeed) read(*logs.Record) (*logs.Record, error) { return f.hits[0].Record, nil }

func (f *hitFeed) row(bool) batchRow { return batchRow{key: f.key(), rec: f.hits[0].Record} }

func (f *hitFeed) id() ID { return f.m.id(&f.hits[0]) }

func (f *hitFeed) source() string { return f.m.r.source.Name() }

func (m *remote) key(h *sources.Hit) Key { return Key{h.Time, m.place, h.Sequence} }

func (m *remote) id(h *sources.Hit) ID {
	return ID{Source: m.r.source.Name(), Place: m.place, Hit: h.ID}
}

// A streamFeed asks for hits page by page, upwards from start on. It keeps one
// page, and asks for the next while that is looked at. At the end its error is an
// errPartial where a part of the source did not answer.
type streamFeed struct {
	m     *remote
	start sources.Position
	page  sources.Page // its first hit is the current row
	asked bool
	ahead chan pageAhead // brings the next page; nil: it was not asked for
	lacks error          // hits may be missing; nil: they are not

	most, looked int // hits of the Searcher that are looked at, and that were, matching or not; most 0: all
}

// errLooked says that a streamFeed has looked at as many hits as it may.
var errLooked = errors.New("no more is looked at")

// pageAhead is a page that was asked for ahead of time.
type pageAhead struct {
	page  sources.Page
	found int              // hits, matching or not
	last  sources.Position // where the next one begins
	err   error
}

func (f *streamFeed) ready() bool { return f.asked && len(f.page.Hits) > 0 }

func (f *streamFeed) key() Key {
	if f.ready() {
		return f.m.key(&f.page.Hits[0])
	}
	return Key{f.start.Time, f.m.place, f.start.Sequence}
}

func (f *streamFeed) advance(ctx context.Context) (bool, error) {
	if f.ready() {
		f.page.Hits = f.page.Hits[1:]
	}
	for len(f.page.Hits) == 0 {
		if f.asked && f.page.End {
			return false, f.lacks
		}
		if f.most > 0 && f.looked >= f.most {
			return false, errLooked
		}
		got, err := f.next(ctx)
		if err != nil {
			return false, err
		}
		f.asked, f.page, f.start, f.lacks = true, got.page, got.last, cmp.Or(f.lacks, f.m.partial(&got.page))
		f.looked += got.found
		if !got.page.End {
			f.ahead = make(chan pageAhead, 1)
			go func(start sources.Position, to chan<- pageAhead) { to <- f.m.search(ctx, start) }(f.start, f.ahead)
		}
	}
	return true, nil
}

// next returns the next page.
func (f *streamFeed) next(ctx context.Context) (got pageAhead, err error) {
	if f.ahead == nil {
		got = f.m.search(ctx, f.start)
		return got, got.err
	}
	select {
	case got = <-f.ahead:
		return got, got.err
	case <-ctx.Done():
		return got, ctx.Err()
	}
}

func (f *streamFeed) read(*logs.Record) (*logs.Record, error) { return f.page.Hits[0].Record, nil }

func (f *streamFeed) row(bool) batchRow {
	return batchRow{key: f.key(), rec: f.page.Hits[0].Record}
}

func (f *streamFeed) id() ID { return f.m.id(&f.page.Hits[0]) }

func (f *streamFeed) source() string { return f.m.r.source.Name() }
