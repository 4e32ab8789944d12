package query

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources/format"
)

// sieveEnv has fields that match by words and are of a record's core, too.
var sieveEnv = Env{Now: testNow, TextFields: []string{"note", "lvl", "ts", "n", "app"}}

// sieved is a text's records, as a block would hold them.
type sieved struct {
	raw     []byte
	rows    logs.Rows
	formats []logs.Format
	records []*logs.Record
}

func newSieved(t testing.TB, raw []byte) *sieved {
	t.Helper()
	ix, err := format.New(format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &sieved{raw: raw}
	facts := ix.Scan(raw, nil)
	ix.Close(ix.Fold(nil, 0, raw, facts, &s.rows), &s.rows, false)
	for _, name := range s.rows.Formats {
		f, ok := ix.Format(name)
		if !ok {
			t.Fatalf("no format %q", name)
		}
		s.formats = append(s.formats, f)
	}
	for i := range s.rows.List {
		row := &s.rows.List[i]
		r := &logs.Record{}
		r.Reset()
		s.formats[row.Format].Decode(s.bytes(i), r)
		r.Time, r.Guessed, r.Marks = row.Time, row.Guessed, row.Marks
		s.records = append(s.records, r)
	}
	return s
}

func (s *sieved) bytes(i int) []byte {
	row := &s.rows.List[i]
	return s.raw[row.Offset : row.Offset+row.Length]
}

func (s *sieved) Severity(i int) logs.Severity { return s.rows.List[i].Severity }
func (s *sieved) Time(i int) int64             { return s.rows.List[i].Time }
func (s *sieved) Trace(i int) uint32           { return s.rows.List[i].Trace }
func (s *sieved) Service(i int) (string, bool) {
	return s.rows.Services[s.rows.List[i].Service], true
}

// batch has the rows of the text that are of a format, as far as they do not share bytes.
func (s *sieved) batch(id int) *Batch {
	b := &Batch{Bytes: s.raw, Columns: s}
	end := int64(0)
	for i, row := range s.rows.List {
		if int(row.Format) == id && row.Offset >= end && row.Length <= logs.MaxDecode {
			end = row.Offset + row.Length
			b.Add(i, int(row.Offset), int(end))
		}
	}
	return b
}

// sifts checks that what a query's sieves say of the records is what Match does. It
// returns how many records they decided about, and how many they left to Match.
func (s *sieved) sifts(t testing.TB, n Node, only func(i int) bool) (decided, left int) {
	t.Helper()
	q := Compile(n, sieveEnv)
	for id, f := range s.formats {
		sieve := q.Sieve(f)
		b := s.batch(id)
		if sieve == nil {
			left += b.Len()
			continue
		}
		asked, sure, maybe := NewBits(b.Len()), NewBits(b.Len()), NewBits(b.Len())
		for k := range b.Len() {
			if only == nil || only(k) {
				asked.Set(k)
			}
			sure.Set(k) // what was in them does not matter
		}
		sieve.Sift(b, asked, sure, maybe)
		for k, i := range b.Rows {
			switch is := q.Match(s.records[i]); {
			case !asked.Has(k):
				if sure.Has(k) || maybe.Has(k) {
					t.Fatalf("%s: a row that was not asked for", n)
				}
			case sure.Has(k) && !maybe.Has(k):
				t.Fatalf("%s: sure but not maybe", n)
			case sure.Has(k) && !is, !maybe.Has(k) && is:
				t.Fatalf("%s\nis %t, sure %t, maybe %t of %s\n%q", n, is, sure.Has(k), maybe.Has(k), f.Name(), s.bytes(int(i)))
			case sure.Has(k) || !maybe.Has(k):
				decided++
			default:
				left++
			}
		}
	}
	return decided, left
}

// words, names and numbers that random records and queries have in common.
var (
	sieveWords = strings.Split(`timeout|Timeout|time|out|read timed out|error|ERROR|disk full|key|KEY|`+"\u212aey|k|i|I\u0130|kiki|d\u0130sk|"+
		`a.b|foo_bar|foo|bar|x1|1.5|42|1000|1e3|true|null|naïve|été|日本|café|full.|.full|'full'|read: timed|`+
		"a\tb|timed\nout|payment|checkout|warn|info|notice|4bf92f3577b34da6a3ce929d0e0e4736|00f067aa0ba902b7|2026-03-14T08:00:00Z|utc|"+
		`{"a":"timeout"}|say "full"|C:\timeout\full|/api/full|[full]|ratio:full|`+"a\u0301full|full\u0301|ſervice|\xff\xfefull|"+
		strings.Repeat("full", 70)+`|`+strings.Repeat("x", 255)+`full`, "|")
	sieveNames = []string{"level", "message", "service", "host", "trace_id", "trace.id", "@timestamp", "time", "duration_ms", "http.status_code", "status_code",
		"items.sku", "sku", "items", "tags", "n", "event", "text", "_PID", "process.pid", "a.b", "b", "a", "MESSAGE", "logger", "name", "error", "severity", "log.level",
		"service.name", "app", "lvl", "ts", "attributes", "key", "http", "", "x/y", "span_id", "body", "resource", "severityNumber", "logRecords", "resourceLogs"}
	sieveNumbers = strings.Split(`0|-0|1|42|42.0|4.2e1|420E-1|1000|1e3|1000.0|1001|999.99999999999999999999|1000.0000000000000000000001|-1000|1.5|15e-1|0.5|5E-1|200|404|500|502|`+
		`9223372036854775807|9223372036854775808.0|18446744073709551616|1e400|0.1|0.1000000000000000055511151231257827|1e-7|0.0000001|123456789012345678901234567890`, "|")
	sieveTimes = strings.Split(`2026-03-14T08:00:00Z|2026-03-14T11:59:00.5+01:00|14 Mar 2026 08:00:00 UTC|1773475200|1773475200000`, "|")
)

func TestSieveOfRandomJSON(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	decided, left := 0, 0
	for range 200 {
		s := newSieved(t, []byte(randomJSONLines(r, 30)))
		for range 60 {
			d, l := s.sifts(t, sieveNode(r, r.IntN(3)), func(int) bool { return r.IntN(4) > 0 })
			decided, left = decided+d, left+l
		}
	}
	if decided < left {
		t.Errorf("%d decided, %d left", decided, left)
	}
}

func TestSieveOfRandomPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	decided, left := 0, 0
	for range 300 {
		s := newSieved(t, []byte(randomPairLines(r, 30)))
		for range 60 {
			d, l := s.sifts(t, sieveNode(r, r.IntN(3)), func(int) bool { return r.IntN(4) > 0 })
			decided, left = decided+d, left+l
		}
	}
	if decided < left/2 {
		t.Errorf("%d decided, %d left", decided, left)
	}
}

// A file may be written over after it was indexed: whatever the bytes are by then, nothing panics.
func TestSieveOfOtherBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		text := randomJSONLines(r, 10)
		if r.IntN(3) == 0 {
			text = randomPairLines(r, 10)
		}
		s := newSieved(t, []byte(text))
		for range 1 + r.IntN(40) {
			s.raw[r.IntN(len(s.raw))] = pick(r, `"`, `\`, "{", ":", "\n", "e", ",", "=", " ", "\xe2")[0]
		}
		for range 40 {
			q := Compile(sieveNode(r, 2), sieveEnv)
			for id, f := range s.formats {
				b := s.batch(id)
				asked, sure, maybe := NewBits(b.Len()), NewBits(b.Len()), NewBits(b.Len())
				asked.Fill(0, b.Len())
				if sieve := q.Sieve(f); sieve != nil {
					sieve.Sift(b, asked, sure, maybe)
				}
			}
		}
	}
}

func randomPairLines(r *rand.Rand, n int) string {
	var b strings.Builder
	w := jsonWriter{r: r, b: &b}
	for range n {
		b.WriteString(pick(r, "", "", "", "2026-03-14 08:00:00 ", "[2026-03-14T08:00:00Z] ", "\ufeff", "\x00"))
		w.escapes = r.IntN(4)
		b.WriteString(pick(r, "level=info ", "level=info msg=x ", "n=1 "))
		for range r.IntN(8) {
			if name := strings.ReplaceAll(pick(r, sieveNames...), "/", "."); name != "" {
				b.WriteString(name)
			} else {
				b.WriteString("x")
			}
			switch r.IntN(6) {
			case 0:
				b.WriteByte('=')
				w.text(w.words())
			case 1:
				b.WriteString("=" + pick(r, sieveNumbers...))
			case 2:
				b.WriteString("=" + pick(r, "", "true", "false", "null", "ERROR", "warn"))
			case 3:
				b.WriteString("=" + pick(r, sieveTimes[0], sieveTimes[3], "E"))
			case 4:
				b.WriteString("=" + strings.NewReplacer(" ", "_", "\t", "", "\n", "").Replace(w.words()))
			}
			b.WriteString(pick(r, " ", " ", " ", "  ", "\t", ""))
		}
		b.WriteString(pick(r, "\n", "\n", "\r\n", "\n  at timed.out(x:1) n=42\n"))
	}
	return b.String()
}

func randomJSONLines(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		w := jsonWriter{r: r, b: &b, escapes: r.IntN(4), spaces: r.IntN(5) == 0}
		w.object(0)
		b.WriteString([]string{"\n", "\n", "\n", "\n", "\r\n", "\n  at timed.out(x:1)\n", " \n"}[r.IntN(7)])
	}
	return b.String()
}

// jsonWriter writes JSON in every spelling.
type jsonWriter struct {
	r       *rand.Rand
	b       *strings.Builder
	escapes int // the more, the more there are; 0: none that need not be
	spaces  bool
}

func (w *jsonWriter) object(depth int) {
	w.sign('{')
	for i := range w.r.IntN(9) {
		if i > 0 {
			w.sign(',')
		}
		name := sieveNames[w.r.IntN(len(sieveNames))]
		w.text(name)
		w.sign(':')
		if w.r.IntN(3) == 0 {
			switch logs.CoreOf(name) {
			case logs.CoreTime:
				w.text(pick(w.r, sieveTimes...))
				continue
			case logs.CoreLevel:
				w.text(pick(w.r, "ERROR", "warn", "info", "30", "weird", "E"))
				continue
			}
		}
		w.value(name, depth)
	}
	w.sign('}')
}

func (w *jsonWriter) value(name string, depth int) {
	switch k := w.r.IntN(20); {
	case k < 8:
		w.text(w.words())
	case k < 12:
		w.b.WriteString(strings.TrimPrefix(pick(w.r, sieveNumbers...), "+"))
	case k == 12:
		w.b.WriteString(pick(w.r, "true", "false", "null", `""`))
	case k == 13:
		fmt.Fprintf(w.b, "[%d,%d,%d,%d]", 'f', 'u', 'l', 'l')
	case depth > 4:
		w.b.WriteString("{}")
	case k == 14 && (name == "attributes" || w.r.IntN(2) == 0):
		w.pairs(depth)
	case k < 17:
		w.sign('[')
		for i := range w.r.IntN(4) {
			if i > 0 {
				w.sign(',')
			}
			w.value("", depth+1)
		}
		w.sign(']')
	case k == 19 && w.r.IntN(20) == 0: // deeper than objects are taken apart
		n := 33 + w.r.IntN(3)
		w.b.WriteString(strings.Repeat(`{"a":`, n))
		w.text(w.words())
		w.b.WriteString(strings.Repeat(`}`, n))
	case k == 18 && w.r.IntN(20) == 0: // under a key too long
		w.b.WriteString(`{"` + strings.Repeat("k", 300) + `":`)
		w.object(depth + 1)
		w.b.WriteString(`}`)
	default:
		w.object(depth + 1)
	}
}

func (w *jsonWriter) pairs(depth int) {
	w.sign('[')
	for i := range w.r.IntN(3) {
		if i > 0 {
			w.sign(',')
		}
		w.b.WriteString(`{"key":`)
		w.text(pick(w.r, sieveNames...))
		switch w.r.IntN(4) {
		case 0:
			w.b.WriteString(`,"value":{"stringValue":`)
			w.text(w.words())
		case 1:
			w.b.WriteString(`,"value":{"intValue":"` + pick(w.r, sieveNumbers...) + `"`)
		case 2:
			w.b.WriteString(`,"value":{"kvlistValue":{"values":`)
			if depth > 3 {
				w.b.WriteString(`[]}`)
			} else {
				w.pairs(depth + 1)
				w.b.WriteString(`}`)
			}
		default:
			w.b.WriteString(`,"value":{"doubleValue":` + pick(w.r, sieveNumbers...))
		}
		w.b.WriteString(`}}`)
	}
	w.sign(']')
}

func (w *jsonWriter) words() string {
	var list []string
	for range 1 + w.r.IntN(3) {
		list = append(list, sieveWords[w.r.IntN(len(sieveWords))])
	}
	return strings.Join(list, pick(w.r, " ", " ", ", ", ".", ":", "", "\n", "_", "-", "'", "/", `"`, `\`, "é", "\u0301", "  "))
}

func (w *jsonWriter) sign(c byte) {
	w.space()
	w.b.WriteByte(c)
	w.space()
}

func (w *jsonWriter) space() {
	if w.spaces && w.r.IntN(3) == 0 {
		w.b.WriteString(pick(w.r, " ", "  ", "\t"))
	}
}

func (w *jsonWriter) text(s string) {
	w.b.WriteByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c < 0x80 && w.escapes == 3 && w.r.IntN(30) == 0:
			fmt.Fprintf(w.b, pick(w.r, `\u%04x`, `\u%04X`), c)
		case c == '"' || c == '\\':
			w.b.WriteString(`\` + string(c))
		case c == '\n':
			w.b.WriteString(`\n`)
		case c == '\t':
			w.b.WriteString(`\t`)
		case c == '/' && w.escapes > 0:
			w.b.WriteString(`\/`)
		default:
			w.b.WriteByte(c)
		}
	}
	w.b.WriteByte('"')
}

// sieveNode is a query of the words, names and numbers of the records.
func sieveNode(r *rand.Rand, depth int) Node {
	if depth > 0 {
		switch r.IntN(5) {
		case 0:
			return &Not{Node: sieveNode(r, depth-1)}
		case 1, 2:
			return &And{Nodes: []Node{sieveNode(r, depth-1), sieveNode(r, depth-1)}}
		case 3:
			return &Or{Nodes: []Node{sieveNode(r, depth-1), sieveNode(r, depth-1), sieveNode(r, depth-1)}}
		}
	}
	field := Field{Name: pick(r, sieveNames...)}
	switch r.IntN(8) {
	case 0, 1, 2:
		return &Text{Value: sieveValue(r)}
	case 3, 4:
		return &Is{Field: field, Value: sieveValue(r)}
	case 5:
		return &Exists{Field: field}
	case 6:
		if r.IntN(8) == 0 {
			return randomNode(r, 2)
		}
		return &Is{Field: field, Value: Value{Text: pick(r, sieveNumbers...)}}
	}
	return &Compare{Field: field, Op: Op(r.IntN(4)), Value: Value{Text: pick(r, pick(r, sieveNumbers...), pick(r, sieveTimes...), pick(r, sieveWords...))}}
}

func sieveValue(r *rand.Rand) Value {
	text := pick(r, sieveWords...)
	switch r.IntN(8) {
	case 0:
		return Value{Kind: Quoted, Text: text + pick(r, "", " "+pick(r, sieveWords...))}
	case 1:
		parts := []string{pick(r, "", text), pick(r, text, "", "ul"), pick(r, "", "", "t")}[:2+r.IntN(2)]
		return Value{Kind: Wildcard, Text: strings.Join(parts, "*"), Parts: parts}
	case 2:
		if n, err := Parse("/" + pick(r, "timeout", "full$", "^ful", "ful+", "k.y", "time(d )?out", "(?i)TIMEOUT", "(?i)sink", "(?i)(re|e)ad x", "(ti)+m", "(fu){1,2}ll", "[0-9]+") + "/"); err == nil {
			return n.(*Text).Value
		}
	case 3:
		return Value{Text: pick(r, sieveNumbers...)}
	case 4:
		return Value{Text: text + " " + pick(r, sieveWords...)}
	}
	return Value{Text: text}
}

// Samples of every format; the queries take their words from them.
func TestSieveOfSamples(t *testing.T) {
	files, err := filepath.Glob("../testdata/samples/*")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		decided, left := siftOwnWords(t, raw, 300)
		t.Logf("%-40s %3d %% decided", filepath.Base(name), decided*100/max(decided+left, 1))
	}
}

// siftOwnWords checks queries of words, fields and values that the text's records have.
func siftOwnWords(t testing.TB, raw []byte, n int) (decided, left int) {
	s := newSieved(t, raw)
	r := rand.New(rand.NewPCG(5, uint64(len(raw))))
	for range n {
		if len(s.records) == 0 {
			break
		}
		rec := s.records[r.IntN(len(s.records))]
		var fields []Is
		for name, v := range rec.Fields() {
			fields = append(fields, Is{Field: Field{Name: name}, Value: Value{Kind: Quoted, Text: v.Str}})
		}
		if len(fields) == 0 {
			continue
		}
		is := fields[r.IntN(len(fields))]
		var node Node = &is
		switch r.IntN(8) {
		case 0:
			node = &Exists{Field: is.Field}
		case 1:
			node = &Compare{Field: is.Field, Op: Op(r.IntN(4)), Value: is.Value}
		case 2, 3, 4:
			words := Words(is.Value.Text)
			if len(words) == 0 {
				continue
			}
			at := r.IntN(len(words))
			node = &Text{Value: Value{Kind: Quoted, Text: strings.Join(words[at:min(len(words), at+1+r.IntN(2))], " ")}}
		case 5:
			text := is.Value.Text
			from := r.IntN(len(text) + 1)
			node = &Text{Value: Value{Kind: Wildcard, Parts: []string{"", text[from:min(len(text), from+1+r.IntN(8))], ""}}}
		case 6:
			node = &And{Nodes: []Node{&is, &Not{Node: &Is{Field: fields[0].Field, Value: fields[0].Value}}}}
		}
		d, l := s.sifts(t, node, nil)
		decided, left = decided+d, left+l
	}
	return decided, left
}
