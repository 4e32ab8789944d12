package demo

import (
	"strconv"
	"strings"
)

// A template is text with places for what an event has, such as {order}.
type template []segment

// A segment is text and the place behind it; put is nil where nothing follows.
type segment struct {
	text string
	put  func([]byte, *event) []byte
}

// places are what may stand in a template.
var places = map[string]func([]byte, *event) []byte{
	"n":        func(b []byte, e *event) []byte { return strconv.AppendInt(b, int64(e.n), 10) },
	"ms":       func(b []byte, e *event) []byte { return strconv.AppendInt(b, int64(e.ms), 10) },
	"idle":     func(b []byte, e *event) []byte { return strconv.AppendInt(b, 20-int64(e.n), 10) },
	"status":   func(b []byte, e *event) []byte { return strconv.AppendUint(b, uint64(e.status), 10) },
	"order":    func(b []byte, e *event) []byte { return appendHex(b, uint64(e.order.id), 8) },
	"trace":    func(b []byte, e *event) []byte { return e.order.trace.append(b) },
	"customer": func(b []byte, e *event) []byte { return strconv.AppendInt(b, int64(e.order.customer), 10) },
	"count":    func(b []byte, e *event) []byte { return strconv.AppendUint(b, uint64(e.order.count), 10) },
	"cents":    func(b []byte, e *event) []byte { return strconv.AppendInt(b, int64(e.order.cents), 10) },
	"amount":   appendAmount,
	"product":  func(b []byte, e *event) []byte { return append(b, products[e.order.product].name...) },
	"sku":      func(b []byte, e *event) []byte { return append(b, products[e.order.product].sku...) },
	"method":   func(b []byte, e *event) []byte { return append(b, e.order.method()...) },
	"path":     appendPath,
	"client":   appendClient,
}

// parse reads a template of this package; one with an unknown place panics.
func parse(text string) (t template) {
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		name, behind, ended := strings.Cut(rest, "}")
		put, known := places[name]
		switch {
		case !found:
			return append(t, segment{text: text})
		case ended && known:
			t = append(t, segment{before, put})
			text = behind
		default: // a brace of JSON
			if len(name) > 0 && name[0] >= 'a' && name[0] <= 'z' {
				panic("demo: no such place: " + name)
			}
			t = append(t, segment{text: before + "{"})
			text = rest
		}
	}
	return t
}

// append appends the text with what the event has.
func (t template) append(b []byte, e *event) []byte {
	for i := range t {
		b = append(b, t[i].text...)
		if t[i].put != nil {
			b = t[i].put(b, e)
		}
	}
	return b
}

func appendAmount(b []byte, e *event) []byte {
	b = strconv.AppendInt(b, int64(e.order.cents/100), 10)
	return appendDigits(append(b, '.'), int64(e.order.cents%100), 2)
}

func (t *TraceID) append(b []byte) []byte {
	for _, c := range t {
		b = append(b, hexDigits[c>>4], hexDigits[c&15])
	}
	return b
}

const hexDigits = "0123456789abcdef"

func appendHex(b []byte, v uint64, digits int) []byte {
	for i := digits - 1; i >= 0; i-- {
		b = append(b, hexDigits[v>>(4*i)&15])
	}
	return b
}

func appendDigits(b []byte, v int64, digits int) []byte {
	for range digits {
		b = append(b, '0')
	}
	for i := len(b) - 1; digits > 0; i, digits = i-1, digits-1 {
		b[i] += byte(v % 10)
		v /= 10
	}
	return b
}
