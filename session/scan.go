package session

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/store"
)

// Scanned is how far scans of one view have come, for the next one to go on
// behind it. The zero value is that of nothing. It belongs to one goroutine.
type Scanned struct {
	// Gone is how many of the records that were given are no more: a file was
	// truncated, or there was no room for them.
	Gone int64

	v       *view
	version uint64 // of the store when all of it had been scanned; 0: it has not
	streams map[*store.Stream]*scannedStream
	remotes []scannedRemote // by those of the view

	mu sync.Mutex // guards the blocks while they are scanned
}

// ErrAnew says that what a scan gave before does not go together with what there
// is now: records were dated anew. Begin with a new Scanned, and forget what came of the old one.
var ErrAnew = errors.New("what was scanned has changed: begin anew")

// scannedStream is how far one stream was scanned.
type scannedStream struct {
	state  *store.StreamState // nil: there is more in it
	blocks []scannedBlock     // of the stream, in its order
}

// scannedBlock is how far one block was scanned.
type scannedBlock struct {
	id    uint64
	rows  int   // that were looked at
	given int64 // of them, so many records were given
	last  int64 // offset of the last of these
}

// scannedRemote is how far one Searcher's answer was scanned.
type scannedRemote struct {
	last  sources.Position // of the last record that was given, or looked at
	again time.Time        // before, it is not asked for more
}

// A portion is the rows of a block that are to be scanned.
type portion struct {
	b    *store.Block
	from int
	in   *scannedStream // nil: nobody goes on behind it
	at   int            // place of the block in that
}

// Scan implements View.
func (v *view) Scan(ctx context.Context, from *Scanned, made func() func(*logs.Record)) error {
	l := v.look()
	var todo []portion
	if from == nil {
		for _, b := range v.chosen(l, withOpen) {
			todo = append(todo, portion{b: b})
		}
	} else if err := from.portions(v, l, &todo); err != nil {
		return err
	}
	err := over(ctx, todo, func() func(context.Context, portion) error {
		w := &scanning{v: v, from: from, f: made()}
		return w.portion
	})
	if err != nil {
		return err
	}
	if from == nil {
		from = newScanned(v)
	} else {
		from.settle(l)
	}
	failed, err := from.scanRemotes(ctx, made)
	if err != nil {
		return err
	}
	return errors.Join(append(failed, v.unread.errors()...)...)
}

// scanning is what one goroutine does.
type scanning struct {
	v    *view
	from *Scanned
	f    func(*logs.Record)
	rd   store.Reader
	rec  logs.Record
}

// portion gives the records of a portion, and notes how far it came. The error is ctx's.
func (w *scanning) portion(ctx context.Context, p portion) error {
	s, err := w.v.selectRows(ctx, p.b, &w.rd)
	if err != nil {
		return err
	}
	done := scannedBlock{id: p.b.ID, rows: p.b.Summary.Rows}
	if s.c != nil {
		for i := s.next(p.from); i < s.c.Len(); i = s.next(i + 1) {
			if i&63 == 0 && ctx.Err() != nil {
				err, done.rows = ctx.Err(), i
				break
			}
			if err := w.rd.Decode(s.c, i, &w.rec); err != nil {
				w.v.unread.add(p.b.Stream.Name(), keyOf(s.c, i), err)
				continue
			}
			w.f(&w.rec)
			done.given, done.last = done.given+1, s.c.Offset(i)
		}
	}
	if p.in != nil {
		w.from.mu.Lock()
		defer w.from.mu.Unlock()
		was := &p.in.blocks[p.at]
		if done.given == 0 {
			done.last = was.last
		}
		done.given += was.given
		*was = done
	}
	return err
}

func newScanned(v *view) *Scanned {
	s := &Scanned{v: v, streams: map[*store.Stream]*scannedStream{}}
	for range v.remotes {
		s.remotes = append(s.remotes, scannedRemote{last: firstPosition})
	}
	return s
}

// portions appends what is new in a look since the last scan. The error is ErrAnew.
func (s *Scanned) portions(v *view, l *look, todo *[]portion) error {
	if s.v == nil {
		n := newScanned(v)
		s.v, s.streams, s.remotes = v, n.streams, n.remotes
	}
	if s.v != v {
		return ErrAnew
	}
	if s.version == l.Version && s.version > 0 {
		return nil
	}
	s.version = 0
	for _, d := range l.strands {
		in := s.streams[d.state.Stream]
		if in == nil {
			in = &scannedStream{}
			s.streams[d.state.Stream] = in
		}
		if in.state == d.state {
			continue
		}
		in.state = nil
		gone, ok := in.align(d.state.Blocks)
		if !ok {
			return ErrAnew
		}
		s.Gone += gone
		for i, b := range d.state.Blocks {
			switch done := &in.blocks[i]; {
			case done.rows == b.Summary.Rows:
			case v.selectsNone(b):
				done.rows = b.Summary.Rows
			default:
				*todo = append(*todo, portion{b, done.rows, in, i})
			}
		}
	}
	return nil
}

// align makes s.blocks those of the stream by now, and returns how many records
// that were given are gone with others. false: those that are there do not follow them.
func (s *scannedStream) align(blocks []*store.Block) (gone int64, ok bool) {
	known := s.blocks
	for len(known) > 0 && (len(blocks) == 0 || known[0].id != blocks[0].ID) {
		if k := known[0]; k.given > 0 && len(blocks) > 0 && k.last >= blocks[0].Summary.Offset {
			return 0, false
		}
		gone += known[0].given
		known = known[1:]
	}
	for i := range known {
		if i == len(blocks) || known[i].id != blocks[i].ID {
			return 0, false
		}
	}
	if len(known) < len(s.blocks) {
		known = slices.Clone(known)
	}
	for _, b := range blocks[len(known):] {
		known = append(known, scannedBlock{id: b.ID})
	}
	s.blocks = known
	return gone, true
}

// settle notes that all of a look has been scanned.
func (s *Scanned) settle(l *look) {
	s.version = l.Version
	for _, d := range l.strands {
		s.streams[d.state.Stream].state = d.state
	}
}

// scanRemotes gives what the view's Searchers have behind what was given, but for
// those that count by themselves. err is ctx's.
func (s *Scanned) scanRemotes(ctx context.Context, made func() func(*logs.Record)) (failed []error, err error) {
	var f func(*logs.Record)
	for i, r := range s.v.remotes {
		at := &s.remotes[i]
		now := s.v.s.o.Now()
		if r.r.faceter != nil || now.Before(at.again) {
			continue
		}
		if f == nil {
			f = made()
		}
		feed := &streamFeed{m: r, start: at.last}
		for {
			more, err := feed.advance(ctx)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				failed = append(failed, err)
			}
			if !more {
				break
			}
			at.last = feed.page.Hits[0].Position
			f(feed.page.Hits[0].Record)
		}
		at.again = now.Add(freshFor)
	}
	return failed, nil
}
