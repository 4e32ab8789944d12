package sourcetest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lxlog/lx/logs"
)

// Indexer returns a logs.Indexer of one toy format, so that tests of what stands
// above formats depend on none of the real ones:
//
//	2024-05-01T10:00:00Z ERROR payment it failed user=anna ms=12
//		at a line that begins with a blank: it belongs to the record before
//	Dec 31 23:59:59 a stamp without a year, level and service may be missing
//	a record without a time
//
// A level makes the word behind it the service; words with a "=" are attributes
// too, those that are numbers as such. Times are UTC.
func Indexer() logs.Indexer { return indexer{} }

type indexer struct{}

// facts are lines by themselves.
type facts []toyLine

func (f facts) Lines() int { return len(f) }

type toyLine struct {
	offset, length int
	joins          bool
	row            logs.Row
	service        string
}

// toyState is what the fold carries, as JSON.
type toyState struct {
	Open      *logs.Row
	Service   string
	Continued bool
	Last      int64 // the newest time without a year; 0: none was seen
	Turns     int   // New Years seen among such
	Base      int   // the year of those before the first turn; 0: not settled
}

// undated is the year in which times without one stand before Date.
const undated = 1704

func (indexer) Clone() logs.Indexer { return indexer{} }

func (indexer) Scan(chunk []byte, reuse logs.Facts) logs.Facts {
	old, _ := reuse.(facts)
	out := old[:0]
	for at := 0; at < len(chunk); {
		n := bytes.IndexByte(chunk[at:], '\n') + 1
		if n == 0 {
			n = len(chunk) - at
		}
		out = append(out, scanLine(chunk[at:at+n], at))
		at += n
	}
	return out
}

func scanLine(line []byte, at int) toyLine {
	t := toyLine{offset: at, length: len(line)}
	text := strings.TrimRight(string(line), "\r\n")
	t.joins = text == "" || text[0] == ' ' || text[0] == '\t'
	var r logs.Record
	parse(text, &r)
	t.row = logs.Row{Time: r.Time, Guessed: r.Guessed, Severity: r.Severity, Trace: logs.TraceHash(r.TraceID)}
	t.service = strings.Clone(r.Service)
	if r.Time == logs.NoTime && !t.joins {
		t.row.Marks = logs.Unparsed
	}
	return t
}

func (indexer) Fold(old []byte, offset int64, _ []byte, in logs.Facts, rows *logs.Rows) []byte {
	st := readToy(old)
	for _, l := range in.(facts) {
		if st.Open != nil && l.joins {
			st.Open.Length += int64(l.length)
			st.Open.Lines++
			continue
		}
		st.emit(rows, 0)
		row := l.row
		row.Offset, row.Length, row.Lines = offset+int64(l.offset), int64(l.length), 1
		row.Time = st.date(row)
		if st.Continued && row.Time == logs.NoTime {
			row.Marks |= logs.Continued
		}
		st.Open, st.Service, st.Continued = &row, l.service, false
	}
	return st.bytes()
}

func readToy(b []byte) *toyState {
	st := &toyState{}
	if len(b) > 0 && json.Unmarshal(b, st) != nil {
		panic("BUG: the state is not the one that was given back")
	}
	return st
}

func (st *toyState) bytes() []byte {
	b, err := json.Marshal(st)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return b
}

// emit appends the open record.
func (st *toyState) emit(rows *logs.Rows, marks logs.Marks) {
	if len(rows.Formats) == 0 {
		rows.Formats, rows.Services = []string{"toy"}, []string{""}
	}
	if st.Open == nil {
		return
	}
	row := *st.Open
	i := slices.Index(rows.Services, st.Service)
	if i < 0 {
		i = len(rows.Services)
		rows.Services = append(rows.Services, st.Service)
	}
	row.Service = uint16(min(i, logs.ServiceOverflow))
	row.Marks |= marks
	rows.List = append(rows.List, row)
}

// date counts New Years in times without a year.
func (st *toyState) date(r logs.Row) int64 {
	if r.Guessed == 0 || r.Time == logs.NoTime {
		return r.Time
	}
	if st.Last != 0 && st.Last-r.Time > int64(183*24*time.Hour) {
		st.Turns++
	}
	st.Last = r.Time
	year := undated
	if st.Base != 0 {
		year = st.Base
	}
	return inYear(r.Time, year+st.Turns)
}

func inYear(t int64, year int) int64 {
	d := time.Unix(0, t).UTC()
	return time.Date(year, d.Month(), d.Day(), d.Hour(), d.Minute(), d.Second(), 0, time.UTC).UnixNano()
}

func (indexer) Open(state []byte, rows *logs.Rows) { readToy(state).emit(rows, logs.Open) }

func (indexer) Close(state []byte, rows *logs.Rows, continued bool) []byte {
	st := readToy(state)
	st.emit(rows, 0)
	st.Continued = continued && st.Open != nil || st.Open == nil && st.Continued
	st.Open = nil
	return st.bytes()
}

func (indexer) Date(state []byte, ref int64, rows []logs.Row) []byte {
	st := readToy(state)
	if st.Last == 0 {
		return state
	}
	if st.Base == 0 {
		latest := ref + int64(24*time.Hour)
		year := time.Unix(0, latest).UTC().Year()
		if inYear(st.Last, year) > latest {
			year--
		}
		st.Base = year - st.Turns
	}
	settle := func(r *logs.Row) {
		if y := time.Unix(0, r.Time).UTC().Year(); r.Guessed != 0 && y < 1900 {
			r.Time = inYear(r.Time, st.Base+y-undated)
		}
	}
	for i := range rows {
		settle(&rows[i])
	}
	if st.Open != nil {
		settle(st.Open)
	}
	return st.bytes()
}

func (indexer) Format(name string) (logs.Format, bool) { return toy{}, name == "toy" }

func (indexer) Parameters() string { return "toy" }

func (indexer) Explain([]byte, string) string { return "it is the only format there is" }

// toy decodes the format.
type toy struct{}

func (toy) Name() string { return "toy" }

func (toy) Decode(raw []byte, r *logs.Record) {
	r.Raw, r.Format = raw, "toy"
	parse(strings.TrimRight(string(raw), "\r\n"), r)
	if r.Guessed != 0 {
		r.Time = logs.NoTime // as far as the bytes tell
	}
}

// parse fills r from the text of a record.
func parse(text string, r *logs.Record) {
	r.Time = logs.NoTime
	if word, rest, _ := strings.Cut(text, " "); len(word) > 19 {
		if t, err := time.Parse(time.RFC3339Nano, word); err == nil {
			r.Time, text = t.UnixNano(), rest
		}
	}
	if r.Time == logs.NoTime && len(text) > 15 {
		if t, err := time.Parse(time.Stamp, text[:15]); err == nil {
			r.Time, r.Guessed, text = t.AddDate(undated, 0, 0).UnixNano(), logs.GuessedYear, strings.TrimPrefix(text[15:], " ")
		}
	}
	if word, rest, _ := strings.Cut(text, " "); r.Time != logs.NoTime {
		if s, ok := logs.ParseSeverity(word); ok && word == strings.ToUpper(word) {
			r.Severity, r.SeverityText = s, word
			r.Service, text, _ = strings.Cut(rest, " ")
		}
	}
	r.Body = text
	for word := range strings.FieldsSeq(text) {
		k, v, ok := strings.Cut(word, "=")
		switch _, err := strconv.ParseFloat(v, 64); {
		case !ok || k == "":
		case k == "trace_id":
			r.TraceID = v
		case err == nil:
			r.Add(k, logs.NumberValue(v))
		default:
			r.AddText(k, v)
		}
	}
}
