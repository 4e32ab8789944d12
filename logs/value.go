package logs

import (
	"strings"
	"unsafe"
)

// Kind is the JSON type of a value.
type Kind uint8

const (
	Null Kind = iota
	Text
	Number
	Bool
	Array
	Object // stands only inside an Array, or empty; elsewhere its members have dotted keys of their own
)

func (k Kind) String() string {
	return [...]string{"null", "text", "number", "bool", "array", "object"}[k]
}

// A Value is one value of an attribute.
type Value struct {
	Kind  Kind
	Str   string // Text: its characters; Number: as it was written; Bool: "true" or "false"
	Items []Attr // Array: its elements, their keys empty; Object: its members, keys flat and dotted
}

// An Attr is one field of a record: a flat, dotted key and its value.
type Attr struct {
	Key   string
	Value Value
}

// TextValue returns s as a Text.
func TextValue(s string) Value { return Value{Kind: Text, Str: s} }

// NumberValue returns the number that s spells.
func NumberValue(s string) Value { return Value{Kind: Number, Str: s} }

// Borrow returns b as a string without copying: it is valid as long as b's bytes
// do not change.
func Borrow(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func clone(s string) string { return strings.Clone(s) }

func cloneAttrs(in []Attr) []Attr {
	if in == nil {
		return nil
	}
	out := make([]Attr, len(in))
	for i, a := range in {
		out[i] = Attr{clone(a.Key), Value{a.Value.Kind, clone(a.Value.Str), cloneAttrs(a.Value.Items)}}
	}
	return out
}
