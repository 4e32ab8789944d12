package logs

import (
	"iter"
	"strings"
)

// Values yields each value that the record has under name: those of attributes
// of that very key, the elements of an array one by one, the members of objects
// in arrays under their dotted path; and where it has none of these, the core
// field that name is an alias of, other than the time. null and objects are not values.
func (r *Record) Values(name string) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		found := false
		each := func(v Value) bool { found = true; return yield(v) }
		if !member(r.Attrs, name, each) || found {
			return
		}
		if r.Resource != nil && (!member(r.Resource.Attrs, name, each) || found) {
			return
		}
		if v, ok := r.Core(CoreOf(name)); ok {
			yield(v)
		}
	}
}

// Core returns a core field as a value; the time is not one. false where the record has none.
// The level of a record without a text for it is the name of its severity.
func (r *Record) Core(c Core) (Value, bool) {
	s := ""
	switch c {
	case CoreMessage:
		s = r.Body
	case CoreLevel:
		if s = r.SeverityText; s == "" {
			s = r.Severity.String()
		}
	case CoreService:
		s = r.Service
	case CoreHost:
		s = r.Host
	case CoreTrace:
		s = r.TraceID
	case CoreSpan:
		s = r.SpanID
	}
	return TextValue(s), s != ""
}

// Fields yields every field but the time with its key, core fields under their
// ECS keys, each value of an array by itself.
func (r *Record) Fields() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		for c := CoreMessage; c <= CoreSpan; c++ {
			if v, ok := r.Core(c); ok && !yield(c.Key(), v) {
				return
			}
		}
		if !walk("", r.Attrs, yield) {
			return
		}
		if r.Resource != nil {
			walk("", r.Resource.Attrs, yield)
		}
	}
}

// member yields the values under name among attrs; false once yield has had enough.
func member(attrs []Attr, name string, yield func(Value) bool) bool {
	for i := range attrs {
		a := &attrs[i]
		switch {
		case a.Key == name:
			if !elements(a.Value, yield) {
				return false
			}
		case a.Value.Kind == Array && len(name) > len(a.Key) && name[len(a.Key)] == '.' && strings.HasPrefix(name, a.Key):
			if !inArray(a.Value.Items, name[len(a.Key)+1:], yield) {
				return false
			}
		}
	}
	return true
}

func inArray(items []Attr, name string, yield func(Value) bool) bool {
	for _, item := range items {
		switch item.Value.Kind {
		case Object:
			if !member(item.Value.Items, name, yield) {
				return false
			}
		case Array:
			if !inArray(item.Value.Items, name, yield) {
				return false
			}
		}
	}
	return true
}

func elements(v Value, yield func(Value) bool) bool {
	switch v.Kind {
	case Null, Object:
		return true
	case Array:
		for _, item := range v.Items {
			if !elements(item.Value, yield) {
				return false
			}
		}
		return true
	}
	return yield(v)
}

// walk yields every value below attrs with its dotted key; false once yield has had enough.
func walk(prefix string, attrs []Attr, yield func(string, Value) bool) bool {
	for _, a := range attrs {
		key := a.Key
		if prefix != "" && key != "" {
			key = prefix + "." + key
		} else if key == "" {
			key = prefix
		}
		switch a.Value.Kind {
		case Null:
		case Array, Object:
			if !walk(key, a.Value.Items, yield) {
				return false
			}
		default:
			if !yield(key, a.Value) {
				return false
			}
		}
	}
	return true
}
