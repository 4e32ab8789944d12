package query

import "github.com/lxlog/lx/logs"

// Text is free text, looked for in the body and every value of the record, never
// in its keys: timeout, "read timed out", *out*, /time(d )?out/. It is compared by
// words, whatever the field. The time is not looked at.
type Text struct {
	Value Value
	Pos
}

func (t *Text) String() string { return text(t) }

func (t *Text) strength() strength { return whole }

func (t *Text) write(p *printer) { t.Value.write(p) }

func (t *Text) bind(scope) matcher {
	if t.Value.Star() {
		return always{}
	}
	return &textMatcher{byWords(t.Value)}
}

type textMatcher struct{ test test }

func (m *textMatcher) match(r *logs.Record) bool {
	for _, s := range [...]string{r.Body, r.SeverityText, r.Service, r.Host, r.TraceID, r.SpanID} {
		if s != "" && m.test.holds(logs.TextValue(s)) {
			return true
		}
	}
	return m.among(r.Attrs) || r.Resource != nil && m.among(r.Resource.Attrs)
}

func (m *textMatcher) among(attrs []logs.Attr) bool {
	for i := range attrs {
		switch v := &attrs[i].Value; v.Kind {
		case logs.Null:
		case logs.Array, logs.Object:
			if m.among(v.Items) {
				return true
			}
		default:
			if m.test.holds(*v) {
				return true
			}
		}
	}
	return false
}
