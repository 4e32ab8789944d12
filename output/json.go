package output

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/lxlog/lx/logs"
)

// AppendJSON appends the record as one JSON object without a line end: timestamp
// (RFC 3339 in UTC, nine digits of a second), time_guessed, severity,
// severity_text, service, host, body, trace_id, span_id, source, line,
// attributes; continued and cut where the record is so marked. What the record
// does not have is absent, but for severity, service and body, which are "" then,
// and attributes, which is {}. extra are further members, name and value in turn.
func AppendJSON(dst []byte, r *logs.Record, extra ...string) []byte {
	dst = append(dst, '{')
	if r.Time != logs.NoTime {
		dst = append(dst, `"timestamp":"`...)
		dst = AppendTime(dst, r.Time)
		dst = append(dst, `",`...)
		dst = member(dst, "time_guessed", r.Guessed.String())
	}
	dst = append(dst, `"severity":`...)
	dst = AppendString(dst, r.Severity.String())
	dst = append(dst, ',')
	dst = member(dst, "severity_text", r.SeverityText)
	dst = append(AppendString(append(dst, `"service":`...), r.Service), ',')
	dst = member(dst, "host", r.Host)
	dst = append(dst, `"body":`...)
	dst = AppendString(dst, r.Body)
	dst = append(dst, ',')
	dst = member(dst, "trace_id", r.TraceID)
	dst = member(dst, "span_id", r.SpanID)
	dst = member(dst, "source", r.Source())
	if r.Line > 0 {
		dst = strconv.AppendInt(append(dst, `"line":`...), r.Line, 10)
		dst = append(dst, ',')
	}
	if r.Marks&logs.Continued != 0 {
		dst = append(dst, `"continued":true,`...)
	}
	if r.Marks&logs.Cut != 0 {
		dst = append(dst, `"cut":true,`...)
	}
	for i := 0; i+1 < len(extra); i += 2 {
		dst = member(dst, extra[i], extra[i+1])
	}
	dst = append(dst, `"attributes":`...)
	dst = appendAttrs(dst, allAttrs(r))
	return append(dst, '}')
}

// member appends a text member and a comma, nothing where the text is empty.
func member(dst []byte, name, text string) []byte {
	if text == "" {
		return dst
	}
	dst = append(append(append(dst, '"'), name...), `":`...)
	return append(AppendString(dst, text), ',')
}

// allAttrs are the record's attributes and its resource's.
func allAttrs(r *logs.Record) []logs.Attr {
	if r.Resource == nil || len(r.Resource.Attrs) == 0 {
		return r.Attrs
	}
	return append(r.Attrs[:len(r.Attrs):len(r.Attrs)], r.Resource.Attrs...)
}

// appendAttrs appends an object. A key that occurs more than once gets an array of its values.
func appendAttrs(dst []byte, attrs []logs.Attr) []byte {
	places := make(map[string][]int, len(attrs))
	for i, a := range attrs {
		places[a.Key] = append(places[a.Key], i)
	}
	dst = append(dst, '{')
	first := true
	for i, a := range attrs {
		same := places[a.Key]
		if same[0] != i {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(AppendString(dst, a.Key), ':')
		if len(same) == 1 {
			dst = AppendValue(dst, a.Value)
			continue
		}
		for j, at := range same {
			dst = append(dst, "[,"[min(j, 1)])
			dst = AppendValue(dst, attrs[at].Value)
		}
		dst = append(dst, ']')
	}
	return append(dst, '}')
}

// AppendValue appends a value as JSON. Numbers keep their spelling.
func AppendValue(dst []byte, v logs.Value) []byte {
	switch v.Kind {
	case logs.Null:
		return append(dst, "null"...)
	case logs.Number, logs.Bool:
		return append(dst, v.Str...)
	case logs.Object:
		return appendAttrs(dst, v.Items)
	case logs.Array:
		dst = append(dst, '[')
		for i, item := range v.Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = AppendValue(dst, item.Value)
		}
		return append(dst, ']')
	}
	return AppendString(dst, v.Str)
}

const hex = "0123456789abcdef"

// AppendString appends s as a JSON string. Bytes that are no UTF-8 are written \xNN, as text.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || n > 1 {
				i += n
				continue
			}
		} else if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		dst = append(dst, s[from:i]...)
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, '\\', '\\', 'x', hex[c>>4], hex[c&15])
		}
		i++
		from = i
	}
	return append(append(dst, s[from:]...), '"')
}

// AppendTime appends an instant as RFC 3339 in UTC with nine digits of a second, so that such texts sort as the times do.
func AppendTime(dst []byte, nanos int64) []byte {
	return time.Unix(0, nanos).UTC().AppendFormat(dst, "2006-01-02T15:04:05.000000000Z")
}
