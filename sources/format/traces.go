package format

import (
	"github.com/lxlog/lx/logs"
)

// scanTraces notes the trace ids that a text names (trace_id=..., TraceID: ...).
func scanTraces(text []byte, f *fields) {
	for {
		id, rest := logs.FindTrace(text)
		if id == nil {
			return
		}
		f.addTrace(logs.NormalTrace(logs.Borrow(id)))
		text = rest
	}
}

// firstTrace is the first trace id that a text names, "" where it names none, or only zeros. It borrows from body.
func firstTrace(body string) string {
	for text := logs.Bytes(body); ; {
		id, rest := logs.FindTrace(text)
		if id == nil || logs.NormalTrace(logs.Borrow(id)) != 0 {
			return logs.Borrow(id)
		}
		text = rest
	}
}
