package format

import (
	"slices"

	"github.com/lxlog/lx/logs"
)

// transparent is a layout of which it is known how its values stand in the bytes.
type transparent interface {
	transparency() *logs.Transparency
}

// Transparency implements logs.Transparent.
func (d *decoding) Transparency() *logs.Transparency {
	l, ok := d.layout.(transparent)
	if !ok {
		return nil
	}
	t := l.transparency()
	if t.JSON == nil && t.Pairs == nil && d.name == d.layout.Name() && !d.freeKeys() {
		fixed := *t
		fixed.Core = true
		t = &fixed
	}
	return t
}

// freeKeys reports whether attributes may have any key, without JSON behind the header.
func (d *decoding) freeKeys() bool {
	switch l := d.layout.(type) {
	case *header:
		return l == auditLayout || !slices.Contains(builtin, d.layout)
	case *stamped:
		return l.kind == kindZap
	}
	return d.layout != layout(plainLayout)
}

// bytesKeys are the names with howBytes.
var bytesKeys = func() (keys []string) {
	for i := range names.list {
		if n := &names.list[i]; n.how == howBytes {
			keys = append(keys, n.key)
		}
	}
	return keys
}()

var (
	plainText   = &logs.Transparency{}
	escapedText = &logs.Transparency{Escapes: true, Bytes: bytesKeys}
	accessText  = &logs.Transparency{Escapes: true, Bytes: bytesKeys, MadeNumbers: true}
	syslogText  = &logs.Transparency{Escapes: true, Bytes: bytesKeys, Made: madeOfSyslog}
	logfmtText  = &logs.Transparency{Escapes: true, Made: []string{"true"}, Pairs: &logs.PairFields{
		Made:   []string{moreFields},
		Taken:  isTaken,
		Hidden: isHidden,
		Kind:   pairKind,
	}}
	jsonText = &logs.Transparency{Escapes: true, Bytes: bytesKeys, JSON: &logs.JSONFields{
		Made:   []string{"process.pid", moreFields},
		Taken:  isTaken,
		Hidden: isHidden,
	}}
)

func (plain) transparency() *logs.Transparency       { return plainText }
func (ltsvLines) transparency() *logs.Transparency   { return plainText }
func (logfmtLines) transparency() *logs.Transparency { return logfmtText }
func (jsonLines) transparency() *logs.Transparency   { return jsonText }
func (prettyJSON) transparency() *logs.Transparency  { return escapedText }

func (l *header) transparency() *logs.Transparency {
	switch {
	case slices.ContainsFunc(syslogFamily, l.is), slices.ContainsFunc(kernelFamily, l.is):
		return syslogText
	case slices.ContainsFunc(accessFamily, l.is):
		return accessText
	}
	return escapedText
}

func (l *header) is(other layout) bool { return other == layout(l) }

// madeOfSyslog are the names and codes that a priority stands for.
var madeOfSyslog = func() (made []string) {
	for n, name := range facilities {
		made = append(made, name, code(n))
	}
	return append(made, severities[:]...)
}()

// isTaken implements logs.JSONFields.
func isTaken(path string) bool {
	if path == "_PID" {
		return true
	}
	n := names.find(nodeRoot, []byte(path))
	return n != nil && n.core != logs.CoreNone && !n.stays
}

func isHidden(key []byte) bool { return hidden[string(key)] }

// hidden are keys of texts that may be the time or a number, and those around OpenTelemetry's attributes.
var hidden = func() map[string]bool {
	keys := map[string]bool{"_PID": true, "key": true}
	for _, key := range []string{"stringValue", "intValue", "doubleValue", "boolValue", "bytesValue"} {
		keys[key] = true
	}
	for i := range names.list {
		switch n := &names.list[i]; n.core {
		case logs.CoreTime, coreNanos, coreNumber:
			keys[n.key] = true
		}
	}
	return keys
}()
