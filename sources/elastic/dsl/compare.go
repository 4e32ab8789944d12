package dsl

import (
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/query"
	"github.com/lxlog/lx/when"
)

// compare asks one field for a relation to a literal.
func (t *translator) compare(f asked, n *query.Compare) part {
	if f.core == logs.CoreLevel {
		c := *n
		c.Field = query.Field{Name: f.core.Key()}
		if _, spelled := logs.ParseSeverity(n.Value.Text); !spelled {
			return t.anyLevel(f)
		}
		return t.level(f, &c)
	}
	found, _ := t.mapping.named(f.name)
	if found.family() == textFamily {
		if sub, ok := t.mapping.subfield(f.name, keywordFamily); ok {
			found = sub
		}
	}
	number, isNumber := parseNumber(n.Value.Text)
	interval, err := when.Typed(n.Value.Text, t.mapping.Env.Now, t.mapping.Env.Location)
	isTime := err == nil
	switch found.family() {
	case numberFamily:
		if isNumber {
			return compareNumber(found, n.Op, number)
		}
		if !isTime {
			return nothing()
		}
	case keywordFamily:
		if found.Normalized {
			return t.orIgnored(found, wider(exists(found.name)))
		}
		if !isNumber && !isTime {
			return t.orIgnored(found, exact(leaf("range", found.name, object{rangeNames[n.Op]: n.Value.Text})))
		}
	case dateFamily:
		if isTime {
			p := compareTime(found, n.Op, interval)
			p.wider = p.wider || f.core != logs.CoreTime && isNumber
			return p
		}
		if f.core == logs.CoreTime {
			return nothing()
		}
	}
	return wider(exists(f.name))
}

func compareNumber(f form, op query.Op, n number) part {
	n, cut := n.held(f.Type)
	if cut && op == query.Greater {
		op = query.GreaterOrEqual
	} else if cut && op == query.Less {
		op = query.LessOrEqual
	}
	switch side := n.fits(f.Type); {
	case side == 0:
		return part{body: leaf("range", f.name, object{rangeNames[op]: n.json()}), wider: cut}
	case op.Holds(-side): // every number of the type does
		return exact(exists(f.name))
	}
	return nothing()
}

// byTime asks for the instants that a value denotes.
func (t *translator) byTime(f form, v query.Value) part {
	if !literalKind(v) {
		return wider(exists(f.name))
	}
	var out part
	var choices list
	for _, s := range v.Alternatives() {
		i, err := when.Typed(s, t.mapping.Env.Now, t.mapping.Env.Location)
		if err != nil {
			continue
		}
		from, to := compareTime(f, query.GreaterOrEqual, i), compareTime(f, query.LessOrEqual, i)
		choices = append(choices, allOf(from.body, to.body))
		out.wider = out.wider || from.wider || to.wider
	}
	if choices == nil {
		return nothing()
	}
	out.body = oneOf(choices)
	return out
}

// compareTime asks for the instants on one side of an interval. A field of type
// date keeps milliseconds of a time that may have been finer: its bounds are
// moved outwards to whole ones. One of nanoseconds takes no times before 1970, nor
// such bounds.
func compareTime(f form, op query.Op, i when.Interval) part {
	bound, name := i.From, "gte"
	if op == query.Greater || op == query.LessOrEqual {
		bound = i.To
	}
	if op == query.Less || op == query.LessOrEqual {
		name = "lt"
	}
	switch before := f.Type == "date_nanos" && bound < 0; {
	case before && name == "lt":
		return nothing()
	case before:
		return exact(exists(f.name))
	}
	var p part
	format, layout := "strict_date_optional_time", "2006-01-02T15:04:05.000Z"
	if f.Type == "date_nanos" {
		format, layout = "strict_date_optional_time_nanos", "2006-01-02T15:04:05.000000000Z"
	} else if rest := bound - floor(bound, millisecond); rest != 0 {
		p.wider = true
		if bound -= rest; name == "lt" {
			bound += millisecond
		}
	}
	at := time.Unix(0, bound).UTC().Format(layout)
	p.body = leaf("range", f.name, object{name: at, "format": format})
	return p
}

const millisecond = int64(time.Millisecond)

// floor is the largest multiple of unit that is not above n.
func floor(n, unit int64) int64 {
	rest := n % unit
	if rest < 0 {
		rest += unit
	}
	return n - rest
}
