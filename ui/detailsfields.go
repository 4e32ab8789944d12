package ui

import (
	"fmt"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/query"
)

// tint is how a piece of a value looks, by what it is.
type tint uint8

const (
	tintText tint = iota
	tintDim
	tintNumber
	tintBool
	tintService
	tintTrace
	tintLevel
)

// group is to which fields a field belongs: between groups is a line of room.
type group uint8

const (
	ofMessage group = iota
	ofCore
	ofAttrs
	ofResource
	ofPlace
)

// A part is a field of a record, or its message, as it is shown.
type part struct {
	group group
	key   string // "": the message
	field string // by which a query asks for it; "": none does
	value logs.Value
	shown string // in place of the value's text; its copy, too
	about string // said behind the value, or below it where it begins with a line feed, dim
	tint  tint
	whole bool // it is not folded at first

	flow *flow // nil until it is seen
}

// text is the value as it is shown and copied, without about.
func (p *part) text() string {
	if p.shown != "" {
		return p.shown
	}
	return valueText(p.value)
}

// partsOf are the fields of a record: message, core fields, attributes, those of its stream, its place.
func (m *Model) partsOf(r *logs.Record) []part {
	parts := make([]part, 0, len(r.Attrs)+16)
	message := part{group: ofMessage, field: logs.CoreMessage.Key(), value: logs.TextValue(r.Body), whole: true}
	if r.Body == "" {
		message.about, message.field = "no message", ""
	}
	parts = append(parts, message)
	parts = append(parts, m.timePart(r))
	core := func(key, value, about string, t tint) {
		if value != "" || about != "" {
			parts = append(parts, part{group: ofCore, key: key, field: key, value: logs.TextValue(value), about: about, tint: t})
		}
	}
	level, written := r.Severity.String(), ""
	if r.SeverityText != "" && !strings.EqualFold(r.SeverityText, level) {
		written = "  written " + r.SeverityText
	}
	core("level", level, written, tintLevel)
	core("service", r.Service, "", tintService)
	core("host", r.Host, "", tintText)
	core("trace_id", r.TraceID, "", tintTrace)
	core("span_id", r.SpanID, "", tintText)
	parts = appendAttrs(parts, ofAttrs, r.Attrs)
	if r.Resource != nil {
		parts = appendAttrs(parts, ofResource, r.Resource.Attrs)
	}
	return append(parts, placeParts(r)...)
}

func appendAttrs(parts []part, g group, attrs []logs.Attr) []part {
	for _, a := range attrs {
		p := part{group: g, key: a.Key, field: a.Key, value: a.Value}
		switch a.Value.Kind {
		case logs.Number:
			p.tint = tintNumber
		case logs.Bool:
			p.tint = tintBool
		case logs.Null, logs.Array, logs.Object:
			p.tint = tintDim
		case logs.Text:
			if a.Value.Str == "" {
				p.about = "empty"
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// timePart is the time in the zone of the screen, in UTC too where that is another, and what of it was not written.
func (m *Model) timePart(r *logs.Record) part {
	if r.Time == logs.NoTime {
		return part{group: ofCore, key: "time", value: logs.TextValue(""), about: "none is written: it stands where it arrived"}
	}
	at := time.Unix(0, r.Time)
	layout := "2006-01-02 15:04:05.000000000"
	switch {
	case r.Time%1e6 == 0:
		layout = layout[:len(layout)-6]
	case r.Time%1e3 == 0:
		layout = layout[:len(layout)-3]
	}
	here := at.In(m.zone())
	p := part{group: ofCore, key: "time", shown: here.Format(layout + " -07:00")}
	if _, offset := here.Zone(); offset != 0 {
		p.about = "\n" + at.UTC().Format(layout) + " UTC"
	}
	if r.Guessed != 0 {
		var missing []string
		for _, g := range []logs.Guess{logs.GuessedDate, logs.GuessedYear, logs.GuessedZone} {
			if r.Guessed&g != 0 {
				missing = append(missing, g.String())
			}
		}
		p.about += "\n" + strings.Join(missing, " and ") + " not written, assumed"
	}
	return p
}

// placeParts are where a record was read, and how.
func placeParts(r *logs.Record) (parts []part) {
	if source := r.Source(); source != "" {
		parts = append(parts, part{group: ofPlace, key: "source", field: query.SourceField, value: logs.TextValue(source)})
	}
	if r.Line > 0 {
		parts = append(parts, part{group: ofPlace, key: "line", value: logs.NumberValue(fmt.Sprint(r.Line)), tint: tintNumber})
	}
	if r.Format != "" {
		parts = append(parts, part{group: ofPlace, key: "format", value: logs.TextValue(r.Format)})
	}
	for _, mark := range []struct {
		mark logs.Marks
		says string
	}{
		{logs.Unparsed, "no format understood it"},
		{logs.Continued, "goes on where the record before was closed"},
		{logs.Cut, "longer than 1 MiB: what is beyond is not shown, -o raw prints it"},
		{logs.Open, "the last of its stream: more lines may join it"},
	} {
		if r.Marks&mark.mark != 0 {
			parts = append(parts, part{group: ofPlace, key: "note", shown: mark.says, tint: tintDim})
		}
	}
	return parts
}

// wholeParts are the record as one text: JSON, or the bytes as they came.
func wholeParts(r *logs.Record, f face) []part {
	p := part{whole: true, value: logs.TextValue(string(r.Raw))}
	if f == faceJSON {
		p.value.Str = pretty(string(output.AppendJSON(nil, r)))
	} else if len(r.Raw) == 0 {
		p.about = "no bytes came with this record"
	}
	return []part{p}
}

// condition is the query for records that have the value of a part; nil where there is none.
func (p *part) condition(r *logs.Record) query.Node {
	switch {
	case p.field == "":
		return nil
	case p.key == "level" && p.group == ofCore && r.Severity == 0:
		return (&query.Env{}).Condition(logs.CoreLevel.Key(), logs.TextValue(r.SeverityText))
	}
	return (&query.Env{}).Condition(p.field, p.value)
}
