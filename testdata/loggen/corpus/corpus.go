// Package corpus writes the log of a made-up shop of small services: any number of records in any of some formats, the
// same bytes for the same Options, and with them the Truth that a correct reader must find. The rate of records follows
// a wave of an hour, and one incident multiplies the errors of one service.
package corpus

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"time"
)

// Rate is the usual mean of records a second of log time.
const Rate = 400

// Start is the usual time before the first record.
var Start = time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC)

// Options say which corpus to write.
type Options struct {
	Format  string // one of Formats
	Records int
	Seed    uint64
	Start   time.Time // zero: Start
	Rate    float64   // mean records a second of log time; 0: Rate
}

// An event is one record before it is formatted.
type event struct {
	at       time.Time
	level    string
	service  string
	host     string
	trace    string
	span     string
	message  string
	duration int // ms
	status   int
	endpoint string
}

// WriteFile writes a corpus to a file that was last modified when its last record was written: a reader dates stamps
// without a year by it.
func WriteFile(name string, o Options) (Truth, error) {
	f, err := os.Create(name)
	if err != nil {
		return Truth{}, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	truth, err := Write(w, o)
	if err := errors.Join(err, w.Flush(), f.Close()); err != nil {
		return truth, err
	}
	return truth, os.Chtimes(name, truth.Last, truth.Last)
}

// Write writes a corpus to w, which keeps its errors until it is flushed.
func Write(w *bufio.Writer, o Options) (Truth, error) {
	write := formats[o.Format]
	if write == nil {
		return Truth{}, fmt.Errorf("no format %q, only %v", o.Format, Formats())
	}
	if o.Start.IsZero() {
		o.Start = Start
	}
	if o.Rate == 0 {
		o.Rate = Rate
	}
	truth := newTruth(o)
	s := &shop{r: rand.New(rand.NewPCG(o.Seed, 0x6c78)), o: o, at: o.Start, incident: truth.Incident}
	for range o.Records {
		e, shape := s.next()
		truth.add(&e, shape, write(w, &e))
		if s.finish() {
			truth.traces.end(e.trace)
		}
	}
	truth.finish()
	return truth.Truth, nil
}

// A shop makes events.
type shop struct {
	r        *rand.Rand
	o        Options
	at       time.Time // of the event before
	incident [2]time.Time
	open     []string // ids of traces that go on
	current  int      // index in open of the event before
}

// next makes one event and says which of shapes it has. The order in which it draws from r decides about every byte.
func (s *shop) next() (e event, shape int) {
	r := s.r
	wave := 1 + 0.5*math.Sin(2*math.Pi*s.at.Sub(s.o.Start).Minutes()/60)
	s.at = s.at.Add(time.Duration(r.ExpFloat64() / (s.o.Rate * wave) * float64(time.Second)))
	pick := r.IntN(allWeights)
	for pick >= shapes[shape].weight {
		pick -= shapes[shape].weight
		shape++
	}
	if s.at.After(s.incident[0]) && s.at.Before(s.incident[1]) && r.IntN(4) == 0 {
		shape = declined
	}
	e = event{at: s.at, level: shapes[shape].level, status: 200}
	e.service = services[r.IntN(len(services))]
	e.message = shapes[shape].message(r)
	e.duration = r.IntN(2500)
	e.endpoint = endpoints[r.IntN(len(endpoints))]
	if shape == declined {
		e.service = "payment"
	}
	if e.level == "ERROR" {
		e.status = 500 + r.IntN(4)
	}
	e.host = e.service + "-" + strconv.Itoa(r.IntN(4))
	if len(s.open) == 0 || len(s.open) < 200 && r.IntN(6) == 0 {
		s.open = append(s.open, fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64()))
	}
	s.current = r.IntN(len(s.open))
	e.trace, e.span = s.open[s.current], fmt.Sprintf("%016x", r.Uint64())
	return e, shape
}

// finish decides whether the trace of the event before ends with it.
func (s *shop) finish() bool {
	if s.r.IntN(7) != 0 {
		return false
	}
	last := len(s.open) - 1
	s.open[s.current] = s.open[last]
	s.open = s.open[:last]
	return true
}
