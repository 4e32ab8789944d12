package demo

import (
	"bytes"
	"time"
)

// Truth is what a reader of lines must find. The zero value is not ready: NewTruth.
type Truth struct {
	Records   int64            `json:"records"`
	Lines     int64            `json:"lines"` // physical ones
	Bytes     int64            `json:"bytes"`
	First     time.Time        `json:"first"` // the least and the largest stamp; of no records, the zero time
	Last      time.Time        `json:"last"`
	Levels    map[string]int64 `json:"levels"`
	Services  map[string]int64 `json:"services"` // "" for records that name none
	Files     map[string]*File `json:"files"`    // by Stream.File
	PerMinute []Minute         `json:"per_minute"`
	Incident  Incident         `json:"incident"`
	Traces    []*Trace         `json:"traces"` // in the order of their first record

	byTrace  map[TraceID]*Trace
	byMinute map[int64]int // where in PerMinute
}

// A File is what one stream has.
type File struct {
	Format  string           `json:"format"`
	Records int64            `json:"records"`
	Lines   int64            `json:"lines"`
	Bytes   int64            `json:"bytes"`
	Levels  map[string]int64 `json:"levels"`
}

// A Minute counts the records whose stamps lie in it.
type Minute struct {
	Time    time.Time `json:"time"`
	Records int64     `json:"records"`
	Errors  int64     `json:"errors"` // of level ERROR and above
}

// A Trace is one request.
type Trace struct {
	ID       TraceID  `json:"id"`
	Records  int64    `json:"records"`
	Errors   int64    `json:"errors"`   // of level ERROR and above
	Services []string `json:"services"` // by the names of their streams, in the order of their first record
}

// Incident is what the incident left.
type Incident struct {
	From    time.Time        `json:"from"` // of its first and its last error
	To      time.Time        `json:"to"`
	Records int64            `json:"records"` // with all of the orders that it held up
	Errors  int64            `json:"errors"`
	By      map[string]int64 `json:"by"`     // the errors by the names of their streams
	Trace   TraceID          `json:"trace"`  // of the first order that failed
	Source  string           `json:"source"` // the file with the first error
	Text    string           `json:"text"`   // of that error, with its stack trace
}

// NewTruth is the truth of no lines.
func NewTruth() *Truth {
	t := &Truth{Levels: map[string]int64{}, Services: map[string]int64{}, Files: map[string]*File{}, PerMinute: []Minute{}, Traces: []*Trace{},
		byTrace: map[TraceID]*Trace{}, byMinute: map[int64]int{}}
	t.Incident.By = map[string]int64{}
	return t
}

// Add counts a line. Lines are added in the order of the shop.
func (t *Truth) Add(l *Line) {
	lines, size, isError := int64(bytes.Count(l.Text, []byte("\n"))), int64(len(l.Text)), l.Level >= Error
	at := time.Unix(0, l.Time).UTC()
	t.Records++
	t.Lines += lines
	t.Bytes += size
	if t.Records == 1 || at.Before(t.First) {
		t.First = at
	}
	if at.After(t.Last) {
		t.Last = at
	}
	t.Levels[l.Level.String()]++
	t.Services[l.Service]++
	f := t.Files[l.Stream.File()]
	if f == nil {
		f = &File{Format: l.Stream.Format(), Levels: map[string]int64{}}
		t.Files[l.Stream.File()] = f
	}
	f.Records++
	f.Lines += lines
	f.Bytes += size
	f.Levels[l.Level.String()]++
	t.addMinute(l, isError)
	t.addTrace(l, isError)
	if l.Incident {
		t.Incident.add(l, at, isError)
	}
}

func (t *Truth) addMinute(l *Line, isError bool) {
	start := l.Time - l.Time%minute
	i, known := t.byMinute[start]
	if !known {
		i = len(t.PerMinute)
		for i > 0 && t.PerMinute[i-1].Time.UnixNano() > start { // of a stamp without parts of a second
			i--
		}
		t.PerMinute = append(t.PerMinute, Minute{})
		copy(t.PerMinute[i+1:], t.PerMinute[i:])
		t.PerMinute[i] = Minute{Time: time.Unix(0, start).UTC()}
		for ; i < len(t.PerMinute); i++ {
			t.byMinute[t.PerMinute[i].Time.UnixNano()] = i
		}
		i = t.byMinute[start]
	}
	t.PerMinute[i].Records++
	if isError {
		t.PerMinute[i].Errors++
	}
}

func (t *Truth) addTrace(l *Line, isError bool) {
	if l.Trace == (TraceID{}) {
		return
	}
	r := t.byTrace[l.Trace]
	if r == nil {
		r = &Trace{ID: l.Trace}
		t.byTrace[l.Trace] = r
		t.Traces = append(t.Traces, r)
	}
	r.Records++
	if isError {
		r.Errors++
	}
	for _, p := range r.Services {
		if p == l.Stream.String() {
			return
		}
	}
	r.Services = append(r.Services, l.Stream.String())
}

func (in *Incident) add(l *Line, at time.Time, isError bool) {
	in.Records++
	if !isError {
		return
	}
	if in.Errors == 0 {
		in.From, in.Trace, in.Source, in.Text = at, l.Trace, l.Stream.File(), string(l.Text)
	}
	in.Errors++
	in.By[l.Stream.String()]++
	if at.After(in.To) {
		in.To = at
	}
}
