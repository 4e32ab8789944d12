package elastic

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// sameAnswer holds the quick way to read an answer to encoding/json's, and reports whether it read it.
func sameAnswer(t *testing.T, body []byte) bool {
	t.Helper()
	untouched := answer{TimedOut: true}
	untouched.Hits.Hits = []answeredHit{{Index: "before"}}
	quick := untouched
	if !quick.quick(body) {
		if !reflect.DeepEqual(quick, untouched) {
			t.Fatalf("it changed what it did not read: %q", body)
		}
		return false
	}
	plain, err := plainAnswer(body)
	if err != nil {
		t.Fatalf("it takes what encoding/json does not: %v: %q", err, body)
	}
	if !reflect.DeepEqual(&quick, plain) {
		t.Fatalf("of %q\nquick %+v\nplain %+v", body, &quick, plain)
	}
	return true
}

// Answers as servers give them are read in the quick way, with whatever stands in documents.
func TestQuickAnswer(t *testing.T) {
	hit := `{"_index":"i","_id":"1","_score":null,"_source":{"a":1},"sort":[1,2]}`
	full := func(hits string) string {
		return `{"took":1,"timed_out":false,"_shards":{"total":2,"successful":1,"skipped":0,"failed":1,"failures":[{"shard":0,"index":"i","reason":{"type":"x","reason":"y"}}]},"hits":{"total":{"value":3,"relation":"gte"},"max_score":null,"hits":[` + hits + `]}}`
	}
	document := func(text string) string { return full(strings.Replace(hit, `{"a":1}`, text, 1)) }
	for _, c := range []struct {
		body  string
		quick bool
	}{
		{full(""), true},
		{full(hit), true},
		{full(hit + "," + hit), true},
		{full(hit + " ,\n" + strings.ReplaceAll(hit, ",", " ,\t") + "," + hit), true},
		{`{}`, true},
		{`{"hits":{}}`, true},
		{full(`{"_index":"i","_type":"_doc","_id":"1","_score":null,"_source":{},"sort":[-9223372036854775808,0]}`), true},
		{full(`{"sort":[1],"_source":{},"_id":"1","_index":"i"},` + hit), true},
		{full(`{"_index":"i","_id":"1","_ignored":["m"],"_source":{},"fields":{"a.b":[1,"x",null],"c":[]},"sort":[1,2]},` + hit), true},
		{full(`{"_index":"ä","_id":"\u00e4\"\ud83d\ude00\ud800x","_source":{},"sort":[]},` + hit), true},
		{full("{\"_index\":\"i\",\"_id\":\"\xff\",\"_source\":{},\"sort\":[1,2]}"), true},
		{full(hit + `,{"_index":"j","_id":"1","_score":null,"_source":{"a":1},"sort":[1,2]},` + hit), true},
		{full(hit + `,{"_index":"i","_id":"1","_score":1.5,"_source":{"a":1},"sort":[1,2]},` + hit), true},
		{full(hit + `,{"_index":"i","_id":"1","_score":null,"_source":{"a":1},"sort":[1,2],"_rank":1},` + hit), true},
		{document(`{"a":1,"a":2,"A":3}`), true},
		{document(`{"a":123456789012345678901234567890e400,"b":-0.0E-5}`), true},
		{document(`{"a":"},\"sort\":[9,9]}","sort":[{"_source":{}}],"b":"\\"}`), true},
		{document("{\"a\":\"\xff\xfe \\u0000 \\/\\b\"}"), true},
		{document("{ \"a\" :\t[ ] ,\r\n\"b\": { } }"), true},
		{document(`{"a":` + strings.Repeat("[", 60) + strings.Repeat("]", 60) + `}`), true},

		// What encoding/json is asked about.
		{document(`{"a":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`), false},
		{document(`null`), false},
		{document(`[]`), false},
		{document(`"text"`), false},
		{full(`{"_index":"i","_id":"1","_id":"2","_source":{"a":1},"sort":[1,2]}`), false},
		{full(`{"_index":"i","_ID":"2","_id":"1","_source":{"a":1},"sort":[1,2]}`), false},
		{full("{\"_index\":\"i\",\"_id\":\"1\",\"_\u017fource\":{},\"_source\":{\"a\":1},\"sort\":[1,2]}"), false},
		{full(`{"_index":"i","\u005fid":"1","_source":{"a":1},"sort":[1,2]}`), false},
		{full(`{"_index":null,"_id":"1","_source":{"a":1},"sort":null}`), false},
		{full(`{"_index":7,"_id":"1","_source":{"a":1},"sort":[1,2]}`), false},
		{full(`7`), false},
		{full(`null`), false},
		{full(hit + `,`), false},
		{full(hit) + full(hit), false},
		{full(hit) + "x", false},
		{`{"hits":{"hits":[]},"hits":{"hits":[` + hit + `]}}`, false},
		{`{"hits":{"hits":[],"hits":[` + hit + `]}}`, false},
		{`{"timed_out":null}`, false},
		{`{"timed_out":1}`, false},
		{`{"timed_out":true,"timed_out":false}`, false},
		{`{"_shards":7}`, false},
		{`{"hits":null}`, false},
		{`[]`, false},
		{``, false},
		{document("{\"a\":\"\n\"}"), false},
		{document(`{"a":"\x"}`), false},
		{document(`{"a":"\u12g4"}`), false},
		{document(`{"a":01}`), false},
		{document(`{"a":1.}`), false},
		{document(`{"a":+1}`), false},
		{document(`{"a":.5}`), false},
		{document(`{"a":1e}`), false},
		{document(`{"a":-}`), false},
		{document(`{"a":nul}`), false},
		{document(`{"a":1,}`), false},
		{document(`{,"a":1}`), false},
		{document(`{"a"}`), false},
		{document(`{"a":[1,]}`), false},
		{document(`{"a":[1}]`), false},
		{document(`{a:1}`), false},
	} {
		if sameAnswer(t, []byte(c.body)) != c.quick {
			t.Errorf("quick is not %v: %s", c.quick, c.body)
		}
		for i := range len(c.body) { // cut off, anywhere
			if sameAnswer(t, []byte(c.body[:i])) && c.quick {
				t.Fatalf("a part is taken for all: %s", c.body[:i])
			}
		}
	}
}

// jsonText is a random JSON value, odd ones among them.
func jsonText(r *rand.Rand, depth int) string {
	blank := []string{"", "", "", "", " ", "\n", "\t\r "}[r.IntN(7)]
	switch n := r.IntN(12); {
	case n < 2 && depth > 0:
		var parts []string
		for range r.IntN(4) {
			parts = append(parts, blank+jsonString(r)+blank+":"+blank+jsonText(r, depth-1))
		}
		return "{" + strings.Join(parts, ",") + blank + "}"
	case n < 4 && depth > 0:
		var parts []string
		for range r.IntN(4) {
			parts = append(parts, blank+jsonText(r, depth-1)+blank)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case n < 8:
		return jsonString(r)
	case n < 9:
		return []string{"true", "false", "null"}[r.IntN(3)]
	}
	return []string{"0", "-0", "17", "1.5e300", "1E+400", "-12.25", strings.Repeat("9", 40), "1773475200000"}[r.IntN(8)]
}

func jsonString(r *rand.Rand) string {
	var b strings.Builder
	b.WriteByte('"')
	for range r.IntN(12) {
		b.WriteString([]string{"a", "message", "sort", "_id", `\"`, `\\`, `\n`, `\u00e4`, `\ud83d\ude00`, `\ud800`, "ä", "\xff", "\xc3", "😀", "}", "]", ",", ":", "level", "2026-03-14T08:00:00Z"}[r.IntN(20)])
	}
	b.WriteByte('"')
	return b.String()
}

// randomAnswer is an answer, odd at times; whole: as servers write them.
func randomAnswer(r *rand.Rand) (body []byte, whole bool) {
	whole = true
	odd := func(n int) bool {
		if r.IntN(n) == 0 {
			whole = false
			return true
		}
		return false
	}
	var hits []string
	for i := range r.IntN(6) {
		parts := []string{`"_index":"logs-` + []string{"1", "1", "1", "ä", "2"}[r.IntN(5)] + `"`, fmt.Sprintf(`"_id":"%d"`, i), `"_score":null`, `"_source":{"n":` + jsonText(r, 3) + `}`, fmt.Sprintf(`"sort":[%d,%d]`, 1773475200000+i/2, i/2)}
		if r.IntN(6) == 0 {
			parts[1] = `"_id":` + jsonString(r)
		}
		if r.IntN(6) == 0 {
			r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		}
		if r.IntN(6) == 0 {
			parts = append(parts, `"_extra":`+jsonText(r, 2))
		}
		if odd(30) {
			parts[r.IntN(len(parts))] = jsonString(r) + ":" + jsonText(r, 2)
		}
		if odd(30) {
			parts = append(parts, parts[r.IntN(len(parts))])
		}
		hits = append(hits, "{"+strings.Join(parts, ",")+"}")
	}
	text := fmt.Sprintf(`{"took":%d,"timed_out":%v,"_shards":{"total":1,"successful":1},"hits":{"max_score":null,"hits":[%s]}}`, r.IntN(99), r.IntN(9) == 0, strings.Join(hits, ","))
	if odd(10) {
		text = text[:r.IntN(len(text))]
	}
	body = []byte(text)
	if odd(10) && len(body) > 0 {
		body[r.IntN(len(body))] = []byte("\"{}[],:\\ 0a\xff\x00")[r.IntN(13)]
	}
	return body, whole
}

// Random answers are read alike in both ways, and their hits are the same.
func TestQuickHits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 8))
	s, c := lonely(t)
	for range 20_000 {
		body, whole := randomAnswer(r)
		if !sameAnswer(t, body) {
			if whole {
				t.Fatalf("left to encoding/json: %q", body)
			}
			continue
		}
		sameHits(t, s, c, body)
	}
}

// sameHits holds the hits of an answer, which is read in the quick way, to those made in the plain one, where each has a place.
func sameHits(t *testing.T, s *Source, c *catalog, body []byte) {
	t.Helper()
	want, err := plainHits(s, c, body)
	if err != nil {
		return
	}
	for _, shared := range []bool{true, false} {
		got, err := quickHits(s, c, body, shared)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d hits of %d: %v", len(got), len(want), err)
		}
		for i := range got {
			sameHit(t, &got[i], &want[i])
		}
	}
}

// Where a value ends, and that it is one, is what encoding/json says.
func FuzzJSONEnd(f *testing.F) {
	for _, text := range []string{`{"a":[1,-2.5e+3,true,{"b":null}],"c":"\u00e4\\\""}`, `"x" `, "[[[[]]]]", "1.0", "nul", `{"a":1,}`, "{\"\xff\":\"\x01\"}"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		at := blanksEnd(text, 0)
		end := jsonEnd(text, at)
		switch {
		case end > 0 && !json.Valid(text[at:end]):
			t.Fatalf("%q is none", text[at:end])
		case end > 0 && json.Valid(text) && blanksEnd(text, end) != len(text):
			t.Fatalf("%q ends at %d", text, end)
		case end < 0 && json.Valid(text) && strings.Count(string(text), "[")+strings.Count(string(text), "{") < maxNested:
			t.Fatalf("%q is one", text)
		}
	})
}

// Whatever a server answers is read as encoding/json reads it, and makes the same hits.
func FuzzQuickAnswer(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		body, _ := randomAnswer(r)
		f.Add(body)
	}
	s, c := lonely(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		if sameAnswer(t, body) {
			sameHits(t, s, c, body)
		}
	})
}
