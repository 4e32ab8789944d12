package demo

import (
	"iter"
	"math"
	"time"
)

// Options are what a shop is made from; equal ones make equal bytes.
type Options struct {
	Seed     uint64
	Start    time.Time     // of the first line, about; 1970 or later
	Duration time.Duration // what comes later is not written; 0: it goes on without an end
	Rate     float64       // lines a second, about, on average of a day; 0: DefaultRate
	Incident time.Duration // when it begins, counted from Start
	For      time.Duration // how long it lasts; 0: there is none
}

// DefaultRate is a rate, in lines a second, at which lines can just be followed.
const DefaultRate = 10

// linesPerVisit is how many lines one visit leaves, in thousandths, on average outside of the incident.
const linesPerVisit = 2940

// A Shop writes its lines one after the other. It is of one goroutine.
type Shop struct {
	random
	seed    uint64
	to      int64 // what would come from here on is not written
	gap     int64 // between two visits on average, nanoseconds
	arrival int64 // of the next visit
	visits  uint32
	pending schedule
	trouble trouble
	text    []byte
}

// New opens a shop.
func New(o Options) *Shop {
	if o.Rate <= 0 {
		o.Rate = DefaultRate
	}
	start := o.Start.UnixNano()
	s := &Shop{seed: o.Seed, to: math.MaxInt64, arrival: start, gap: max(1, int64(float64(second)*linesPerVisit/1000/o.Rate))}
	s.random.seed(o.Seed)
	if o.Duration > 0 {
		s.to = start + int64(o.Duration)
	}
	s.pending.from = start
	if o.For > 0 {
		s.trouble.from = start + int64(o.Incident)
		s.trouble.to = s.trouble.from + int64(o.For)
		s.incident()
	}
	return s
}

// Ahead is when the next line is written, nanoseconds since 1970, and by whom; ok is false behind the last one.
func (s *Shop) Ahead() (at int64, by Stream, ok bool) {
	for s.arrival < s.to && (s.pending.empty() || s.arrival <= s.pending.first().at) {
		s.visit(s.arrival)
		s.arrival += max(1, s.gap*1000/load(s.seed, s.arrival)*int64(s.between(100, 1901))/1000)
	}
	if s.pending.empty() || s.pending.first().at >= s.to {
		return 0, 0, false
	}
	e := s.pending.first()
	return e.at, messages[e.kind].stream, true
}

// Skip leaves the next line out, with less work than Next.
func (s *Shop) Skip() {
	if _, _, ok := s.Ahead(); ok {
		s.pending.pop()
	}
}

// Next is the next line; ok is false behind the last one.
func (s *Shop) Next() (l Line, ok bool) {
	if _, _, ok := s.Ahead(); !ok {
		return Line{}, false
	}
	e := s.pending.pop()
	m := &messages[e.kind]
	l = Line{At: e.at, Stream: m.stream, Level: m.level, Service: about[m.stream].service, Incident: m.incident || e.order.held}
	if e.order.traced {
		l.Trace = e.order.trace
	}
	s.text = append(write[m.stream](s.text[:0], &e, m), '\n')
	l.Text = s.text
	l.Time = e.at - e.at%precision(m.stream)
	return l, true
}

// All are the lines that are left.
func (s *Shop) All() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for l, ok := s.Next(); ok && yield(l); l, ok = s.Next() {
		}
	}
}
