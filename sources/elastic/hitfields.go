package elastic

import (
	"maps"
	"slices"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/format"
	"github.com/lxlog/lx/when"
)

// override has the fields that the options name hold their core fields. What a
// record had there before stays a field, of the core field's own name.
func (s *Source) override(r *logs.Record) {
	cores := s.o.cores()
	if len(cores) == 0 {
		return
	}
	for _, core := range slices.Sorted(maps.Keys(cores)) {
		name := cores[core]
		i := slices.IndexFunc(r.Attrs, func(a logs.Attr) bool { return a.Key == name })
		if i < 0 {
			continue
		}
		v := r.Attrs[i].Value
		if v.Kind != logs.Text && v.Kind != logs.Number && v.Kind != logs.Bool {
			continue
		}
		old, ok := setCore(r, core, v.Str)
		if !ok {
			continue
		}
		r.Attrs = slices.Delete(r.Attrs, i, i+1)
		if _, there := r.Attr(core.Key()); !there {
			r.AddText(core.Key(), old)
		}
	}
}

// setCore gives a core field a value, and returns the text of the one that it had. false: it is none.
func setCore(r *logs.Record, core logs.Core, text string) (old string, ok bool) {
	swap := func(field *string) (string, bool) {
		old := *field
		*field = text
		return old, true
	}
	switch core {
	case logs.CoreTime:
		return setTime(r, text)
	case logs.CoreMessage:
		return swap(&r.Body)
	case logs.CoreLevel:
		severity, known := format.CoreName{Core: core}.Severity(text)
		if !known {
			return "", false
		}
		r.Severity = severity
		return swap(&r.SeverityText)
	case logs.CoreService:
		return swap(&r.Service)
	case logs.CoreHost:
		return swap(&r.Host)
	case logs.CoreTrace:
		return swap(&r.TraceID)
	case logs.CoreSpan:
		return swap(&r.SpanID)
	}
	return "", false
}

func setTime(r *logs.Record, text string) (old string, ok bool) {
	stamp, ok := when.NewParser(nil).Whole([]byte(text))
	if !ok || stamp.Missing&^when.Zone != 0 {
		return "", false
	}
	if r.Time != logs.NoTime {
		old = time.Unix(0, r.Time).UTC().Format(time.RFC3339Nano)
	}
	r.Time, r.Guessed = stamp.Nanos, 0
	return old, true
}
