package logs

import "math"

// NoTime is the time of a record that says none.
const NoTime int64 = math.MinInt64

// A Record is one log record, decoded.
//
// Its strings may borrow from the bytes it was decoded from, and from a buffer
// of its own that the next decoding into the same Record writes over: they are
// valid until either changes. [Record.Clone] gives one to keep.
type Record struct {
	Time         int64    // event time, nanoseconds since 1970 UTC; NoTime where it says none
	Guessed      Guess    // what of Time the text left open and was assumed
	Severity     Severity // 0 where the record says none; never guessed from the message
	SeverityText string   // the level as it was written: "warning", "30", "E"
	Body         string   // the message, all its lines joined by "\n", without the last line end
	Service      string   // service.name
	Host         string   // host.name
	TraceID      string   // as it was written; see NormalTrace
	SpanID       string
	Attrs        []Attr // all other fields, in the order of the text, keys flat and dotted

	Resource *Resource // what holds for the whole stream; nil where nothing does
	Raw      []byte    // the record's bytes as they came, line ends included
	Line     int64     // number of its first physical line, from 1; 0 where it is not known
	Format   string    // name of the format that decoded it: "json", "cri+logfmt"
	Marks    Marks

	scratch []byte
}

// A Resource is what holds for all records of one stream and is not repeated in
// each: where they were read, and fields such as a tag or a peer's address.
type Resource struct {
	Source string // the file's path as it was given, "-", "forward:TAG", an index
	Attrs  []Attr
}

// Guess says which part of a time was not written and was assumed.
type Guess uint8

const (
	GuessedYear Guess = 1 << iota // no year was written
	GuessedZone                   // no zone was written: the configured one was taken
	GuessedDate                   // a time of day alone was written
)

// String names the boldest assumption, as the field time_guessed does: "date", "year", "zone" or "".
func (g Guess) String() string {
	switch {
	case g&GuessedDate != 0:
		return "date"
	case g&GuessedYear != 0:
		return "year"
	case g&GuessedZone != 0:
		return "zone"
	}
	return ""
}

// Marks are what is particular about how a record was read.
type Marks uint8

const (
	Unparsed  Marks = 1 << iota // no format understood it: only the plain fallback took it
	Continued                   // it goes on where a record that was closed by time or size left off
	Cut                         // it is longer than MaxDecode: decoding looked at the first MaxDecode bytes
	Open                        // the last of its stream: more lines may still join it
)

// MaxDecode is how many bytes of one record are decoded and shown. The bytes
// beyond stay in the store and are written by `-o raw`; the record is marked Cut.
const MaxDecode = 1 << 20

// Reset empties r for the next decoding and keeps its buffers.
func (r *Record) Reset() {
	*r = Record{Time: NoTime, Attrs: r.Attrs[:0], scratch: r.scratch[:0]}
}

// Add appends an attribute.
func (r *Record) Add(key string, v Value) {
	r.Attrs = append(r.Attrs, Attr{key, v})
}

// AddText appends a text attribute where s is not empty.
func (r *Record) AddText(key, s string) {
	if s != "" {
		r.Attrs = append(r.Attrs, Attr{key, Value{Kind: Text, Str: s}})
	}
}

// Attr returns the first attribute of that very key.
func (r *Record) Attr(key string) (Value, bool) {
	for i := range r.Attrs {
		if r.Attrs[i].Key == key {
			return r.Attrs[i].Value, true
		}
	}
	if r.Resource != nil {
		for i := range r.Resource.Attrs {
			if r.Resource.Attrs[i].Key == key {
				return r.Resource.Attrs[i].Value, true
			}
		}
	}
	return Value{}, false
}

// Source is the name of the source that the record was read from, "" where it has none.
func (r *Record) Source() string {
	if r.Resource == nil {
		return ""
	}
	return r.Resource.Source
}

// Scratch returns the record's own buffer, for a decoder that must build text
// which does not stand in the bytes (an unescaped string, joined parts). What
// was appended before stays where it is; give the grown buffer back to
// SetScratch. A string made of it with [Borrow] lives as long as the record's others.
func (r *Record) Scratch() []byte { return r.scratch }

// SetScratch takes back what Scratch gave, grown.
func (r *Record) SetScratch(b []byte) { r.scratch = b }

// Clone returns a copy that shares no memory with r's buffers or the bytes it was decoded from.
func (r *Record) Clone() *Record {
	c := *r
	c.scratch = nil
	for _, s := range []*string{&c.SeverityText, &c.Body, &c.Service, &c.Host, &c.TraceID, &c.SpanID, &c.Format} {
		*s = clone(*s)
	}
	c.Raw = append([]byte(nil), r.Raw...)
	c.Attrs = cloneAttrs(r.Attrs)
	return &c
}
