package format

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// unlearned returns an Indexer that follows no trails.
func unlearned(of *Indexer) *Indexer {
	ix := of.Clone().(*Indexer)
	ix.s.trails.credit, ix.s.pairs.credit = -1<<60, -1<<60
	return ix
}

// sameRows checks that the columns of text do not depend on what was read before.
func sameRows(t testing.TB, known, plain *Indexer, text []byte) {
	t.Helper()
	got, want := printRows(foldChunks(known, text, len(text)+1)), printRows(foldChunks(plain, text, len(text)+1))
	if got == want {
		return
	}
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("row %d:\n%s\nplain:\n%s\nof %q", i, a[i], b[i], clip(text))
		}
	}
	t.Fatalf("%d rows, plain %d, of %q", len(a), len(b), clip(text))
}

// objects writes records as a few programs do, each with keys of its own, and now and then another value, or damaged.
type objects struct {
	r         *rand.Rand
	templates []string
}

func newObjects(seed uint64) *objects {
	o := &objects{r: rand.New(rand.NewPCG(seed, 1))}
	for range 8 {
		o.templates = append(o.templates, o.object(0))
	}
	for range 6 {
		o.templates = append(o.templates, o.pairs())
	}
	return o
}

// pairs is a template of logfmt.
func (o *objects) pairs() string {
	text := pick1(o.r, "", "", "", "2026-03-14T08:00:00Z ", "[2026-03-14 08:00:00] ")
	for range o.r.IntN(7) + 1 {
		key := pick1(o.r, "ts", "time", "level", "lvl", "service", "app", "trace_id", "traceparent", "msg", "host", "a", "type", "node", "a.b", "x-y", "bare", "LEVEL", "status", "logger")
		text += pick1(o.r, "", "", "", "word ", `"`) + key + pick1(o.r, "=%", "=%", "=%", "=^", "=^", "") + pick1(o.r, " ", " ", " ", "  ", "\t", "")
	}
	return text
}

func pick1[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// object is a template: values are %.
func (o *objects) object(depth int) string {
	var b strings.Builder
	space := pick1(o.r, "", "", "", " ")
	b.WriteString("{" + space)
	n := o.r.IntN(9)
	for k := range n {
		if k > 0 {
			b.WriteString("," + space)
		}
		key := pick1(o.r, "timestamp", "time", "level", "severity", "service", "service.name", "trace_id", "traceId", "msg", "message", "host", "span_id", "name", "logger",
			"severityNumber", "s", "t", "ts", "a", "http", "stream", "log", "kubernetes", "a_rather_long_key_of_a_record", `k\u0065y`, "", "@t", "body", "attributes", "instant", "levelno", "traceparent", "MESSAGE")
		fmt.Fprintf(&b, `"%s":%s`, key, space)
		switch {
		case depth < 3 && o.r.IntN(5) == 0:
			b.WriteString(o.object(depth + 1))
		case depth < 3 && o.r.IntN(12) == 0:
			b.WriteString("[" + o.object(depth+1) + `,{"key":%,"value":{"stringValue":%}}]`)
		default:
			b.WriteByte('%')
		}
	}
	b.WriteString(space + "}")
	return b.String()
}

func (o *objects) value() string {
	r := o.r
	switch r.IntN(9) {
	case 0:
		return pick1(r, "0", "17", "-3.5e2", "1700000000123", "30", "null", "true", "false", "[]", "{}", `[1,"x",{"a":2}]`, "12x", "9", `{"trace_id":"4bf92f3577b34da6"}`)
	case 1:
		return fmt.Sprintf(`"2026-03-14T08:00:0%d.%03dZ"`, r.IntN(3), r.IntN(1000))
	case 2:
		return pick1(r, `"INFO"`, `"DEBUG"`, `"warn"`, `"error"`, `"I"`, `"audit"`, `"[INFO]"`, `"information"`, `""`, `"INFO `, `"WARN\u0020"`)
	case 3:
		return fmt.Sprintf(`"%032x"`, r.Uint64())
	case 4:
		return pick1(r, `"gateway"`, `"orders"`, `"com.shop.Orders"`, `"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"`, `"stdout"`, `"key=1 trace_id=4bf92f3577b34da6"`)
	case 5:
		return fmt.Sprintf(`"%s"`, strings.Repeat(pick1(r, "a", "é", `\"`, `\n`, "x y ", "\xff", `\u0074`), r.IntN(40)))
	}
	return fmt.Sprintf(`"%s"`, strings.Repeat("request completed in 35 ms ", 3)[:r.IntN(60)])
}

func (o *objects) line() string {
	var b strings.Builder
	text := pick1(o.r, o.templates...)
	for i := range len(text) {
		if text[i] == '%' {
			b.WriteString(o.value())
		} else if text[i] == '^' {
			b.WriteString(strings.Trim(o.value(), `"`))
		} else {
			b.WriteByte(text[i])
		}
	}
	line := []byte(b.String())
	if o.r.IntN(4) == 0 && len(line) > 0 {
		i := o.r.IntN(len(line))
		switch o.r.IntN(4) {
		case 0:
			line[i] = "{}[]\",:\\ \t1a\x00\x1f\x80"[o.r.IntN(15)]
		case 1:
			line = line[:i]
		case 2:
			line = append(line[:i], line[i+1:]...)
		default:
			line = append(line[:i], append([]byte(o.value()), line[i:]...)...)
		}
	}
	switch o.r.IntN(10) {
	case 0:
		return "2026-03-14T08:00:00.5Z stdout F " + string(line)
	case 1:
		return "<134>Mar 14 08:00:00 host app[1]: " + string(line)
	case 2:
		return string(line) + "  "
	}
	return string(line)
}

// What a scanner learned changes no row.
func TestTrailsChangeNothing(t *testing.T) {
	known := newTestIndexer(t, Options{})
	for seed := range uint64(60) {
		o := newObjects(seed)
		plain := unlearned(known)
		for range 4 {
			var b bytes.Buffer
			for range 200 {
				b.WriteString(o.line() + "\n")
			}
			sameRows(t, known, plain, b.Bytes())
		}
		if len(plain.s.trails.steps)+len(plain.s.pairs.steps) > 2 {
			t.Fatal("the plain Indexer learned")
		}
	}
	if len(known.s.trails.steps) < 10 || len(known.s.pairs.steps) < 10 {
		t.Fatalf("%d and %d steps learned", len(known.s.trails.steps), len(known.s.pairs.steps))
	}
}

// Records that are alike are followed, whatever their values.
func TestTrailsAreFollowed(t *testing.T) {
	for _, shape := range shopShapes {
		ix := newTestIndexer(t, Options{})
		follow := ix.s.known
		switch shape.name {
		case "json", "ecs", "otel":
		case "logfmt":
			follow = ix.s.knownPairs
		default:
			continue
		}
		text := shopLines(shape.line)
		ix.Scan(text, nil)
		first, _, _ := bytes.Cut(text, []byte("\n"))
		var f fields
		if !follow(text[:len(first):len(text)], &f) || !f.time.ok || f.severity == 0 || len(f.service) == 0 || f.trace == 0 {
			t.Errorf("%s: not followed: %+v", shape.name, f)
		}
	}
}

// No number of objects that are all different makes a scanner keep more than it may.
func TestTrailsAreBounded(t *testing.T) {
	ix := newTestIndexer(t, Options{})
	var b bytes.Buffer
	for i := range 20000 {
		fmt.Fprintf(&b, `{"k%d":1,"v%d":"x","msg":"text"}`+"\n", i, i*7)
		fmt.Fprintf(&b, "a%d=1 b%d=x\n", i, i)
		fmt.Fprintf(&b, `{"a":1%s}`+"\n", strings.Repeat(fmt.Sprintf(`,"k%d":2`, i), i%100))
	}
	foldChunks(ix, b.Bytes(), 1<<20)
	if n := max(len(ix.s.trails.steps), len(ix.s.pairs.steps)); n > 2*maxSteps+1 {
		t.Errorf("%d steps", n)
	}
}

func FuzzTrails(f *testing.F) {
	o := newObjects(7)
	for range 30 {
		f.Add([]byte(o.line() + "\n" + o.line() + "\n"))
	}
	ix := newTestIndexer(f, Options{})
	f.Fuzz(func(t *testing.T, text []byte) {
		known, plain := ix.Clone().(*Indexer), unlearned(ix)
		known.Scan(append(append(bytes.Clone(text), '\n'), text...), nil)
		sameRows(t, known, plain, append(append(bytes.Clone(text), '\n'), text...))
	})
}
