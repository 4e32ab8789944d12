package elastic

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// A link measures the way to a server, to know whether answers are to come packed.
// Packing and unpacking take longer than a fast link saves by it, as that to a server
// on the same machine. A tunnel begins on the same machine, too: an address says nothing.
// It is safe for many goroutines.
type link struct {
	mu    sync.Mutex
	fast  int              // packed answers in a row that came fast
	slow  int              // unpacked ones in a row that did not
	again int              // how many more of the former are wanted, since the latter
	clock func() time.Time // nil: time.Now
}

const (
	packedRate = 20 << 20 // bytes a second that a server packs in any case: what comes as fast may come faster unpacked
	plainRate  = 80 << 20 // from which on packing costs more than it saves
	tunnelRate = 10 << 20 // below which one answer is enough to tell
	fastTimes  = 3        // answers that have to come fast: one may have waited somewhere on its way
	tellsRate  = 16 << 10 // bytes that an answer has to have to be counted
	mostAgain  = 100_000
)

// wantsPacked reports whether the next answer is to come packed.
func (l *link) wantsPacked() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fast < fastTimes+l.again
}

// saw takes notice of an answer: its bytes as they came, and how long they were waited for.
func (l *link) saw(bytes int64, took time.Duration, packed bool) {
	if bytes < tellsRate {
		return
	}
	rate := float64(bytes) / max(took, 1).Seconds()
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case packed && rate >= packedRate:
		l.fast++
	case packed:
		l.fast = 0
	case rate >= plainRate:
		l.slow = 0
	default:
		if l.slow++; l.slow > 1 || rate < tunnelRate {
			l.fast, l.slow, l.again = 0, 0, min(4*l.again+fastTimes, mostAgain)
		}
	}
}

func (l *link) now() time.Time {
	if l.clock != nil {
		return l.clock()
	}
	return time.Now()
}

// read returns the body of an answer, unpacked, of no more than most bytes and one more where there are any.
func (l *link) read(res *http.Response, most int64) ([]byte, error) {
	timed := &timedReader{from: res.Body, now: l.now}
	packed := strings.EqualFold(res.Header.Get("Content-Encoding"), "gzip")
	defer func() { l.saw(timed.bytes, timed.took, packed) }()
	var from io.Reader = timed
	if packed {
		z, err := gzip.NewReader(timed)
		if errors.Is(err, io.EOF) { // there is none
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		from = z
	}
	return io.ReadAll(io.LimitReader(from, most+1))
}

// A timedReader counts what it reads, and how long that is waited for.
type timedReader struct {
	from  io.Reader
	now   func() time.Time
	bytes int64
	took  time.Duration
}

// Read implements io.Reader.
func (r *timedReader) Read(p []byte) (int, error) {
	began := r.now()
	n, err := r.from.Read(p)
	r.took += r.now().Sub(began)
	r.bytes += int64(n)
	return n, err
}
