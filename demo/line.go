package demo

import "encoding/hex"

// A Line is one record as a program writes it, of one or more physical lines.
type Line struct {
	At       int64 // when it is written, nanoseconds since 1970: lines come in this order
	Time     int64 // what its stamp says, which may have no parts of a second
	Stream   Stream
	Level    Level
	Service  string // as the record names it; "" where its format has no place for it
	Trace    TraceID
	Incident bool   // it is part of the incident, or of an order that the incident held up
	Text     []byte // with the newline that ends it; the shop's again at its next line
}

// A TraceID names one request in every program that it passes; zero: none.
type TraceID [16]byte

// String is 32 digits in lower case, as lines have it; "" for none.
func (t TraceID) String() string {
	if t == (TraceID{}) {
		return ""
	}
	return hex.EncodeToString(t[:])
}

// MarshalText implements encoding.TextMarshaler.
func (t TraceID) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// A Level is how severe a record is.
type Level uint8

// The levels, least severe first.
const (
	Debug Level = iota
	Info
	Warn
	Error
	Fatal
	levels
)

// String is DEBUG, INFO, WARN, ERROR or FATAL.
func (l Level) String() string { return [...]string{"DEBUG", "INFO", "WARN", "ERROR", "FATAL"}[l] }

// A Stream is one program's log.
type Stream uint8

// The programs of the shop, in the order in which a request meets them.
const (
	Edge Stream = iota
	Gateway
	Orders
	Inventory
	Payment
	Ledger
	Shipping
	Mail
	streams
)

// about is what is fixed of each stream.
var about = [streams]struct {
	name, format string
	service      string // as its records name it
	hosts        int
}{
	Edge:      {"edge", "access", "", 2},
	Gateway:   {"gateway", "json", "gateway", 2},
	Orders:    {"orders", "json", "orders", 3},
	Inventory: {"inventory", "logfmt", "inventory", 2},
	Payment:   {"payment", "log4j", "payment", 2},
	Ledger:    {"ledger", "postgres", "", 1},
	Shipping:  {"shipping", "python", "shipping", 1},
	Mail:      {"mail", "rfc5424", "mail", 1},
}

// Streams are all of them.
func Streams() []Stream {
	out := make([]Stream, streams)
	for i := range out {
		out[i] = Stream(i)
	}
	return out
}

// String is the program's name.
func (s Stream) String() string { return about[s].name }

// File is what the program calls its log: payment.log.
func (s Stream) File() string { return about[s].name + ".log" }

// Format is the name that lx has for what the program writes.
func (s Stream) Format() string { return about[s].format }
