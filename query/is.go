package query

import "github.com/lxlog/lx/logs"

// Is holds where any value of a field is what is asked for: service:payment,
// message:"timed out", path:/api/*, zone*:a.
//
// The field decides how: the message and other word fields by words, a level by
// its severity, a trace id however it is written, a time as an interval, all else
// whole. Arrays hold by any element, null is no value.
type Is struct {
	Field Field
	Value Value
	Pos
}

func (i *Is) String() string { return text(i) }

func (i *Is) strength() strength { return whole }

func (i *Is) write(p *printer) {
	i.Field.write(p)
	p.WriteByte(':')
	i.Value.write(p)
}

func (i *Is) bind(s scope) matcher {
	if i.Field.Wildcard() {
		return newAnyField(i.Field, s, func(k fieldKind) test { return k.test(i.Value, s) })
	}
	t := s.kind(i.Field.Name).test(i.Value, s)
	if s.isSource(i.Field) {
		return sourceMatcher{t}
	}
	return newFieldMatcher(i.Field.Name, t)
}

// test is what the value means for a field of kind k.
func (k fieldKind) test(v Value, s scope) test {
	switch k {
	case wordField:
		return byWords(v)
	case levelField:
		return byLevel(v)
	case traceField:
		return byTrace(v)
	case timeField:
		return byTime(v, s)
	}
	return byWhole(v)
}

// fieldKind is how a field is compared.
type fieldKind uint8

const (
	wholeField fieldKind = iota
	wordField
	levelField
	traceField
	timeField
	fieldKinds // how many there are
)

// kind is how the field of that name is compared. Fields under a nested one are no core fields.
func (s scope) kind(name string) fieldKind {
	if s.env.IsWordField(s.path + name) {
		return wordField
	}
	if s.path != "" {
		return wholeField
	}
	switch logs.CoreOf(name) {
	case logs.CoreLevel:
		return levelField
	case logs.CoreTrace, logs.CoreSpan:
		return traceField
	case logs.CoreTime:
		return timeField
	}
	return wholeField
}
