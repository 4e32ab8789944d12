package elastic

import (
	"strings"
	"testing"
)

// Hits that share memory are those that are made by themselves, and stay so whatever is done to their neighbours.
func TestSharedRoom(t *testing.T) {
	s, c := lonely(t)
	long := `{"a":"` + strings.Repeat("x", 2*roomBytes) + `\n"}`
	many := "{" + strings.Repeat(`"b":1,`, 3*roomAttrs) + `"c":2}`
	texts := `{"` + strings.Repeat("k", 90) + `":{"` + strings.Repeat("d", 90) + `":{"e":"` + strings.Repeat(`\"`, 500) + `"}}}`
	docs := [][]byte{[]byte(`{}`), []byte(long), []byte(`{"message":"\t"}`), []byte(many), []byte(texts), []byte("{\n\"a\":\r\n1}"), []byte(texts), []byte(`{"a":[{"b":"\\"}]}`)}
	for _, body := range [][]byte{shopAnswer(t, "json", 500), shopAnswer(t, "ecs", 500), searchAnswer(docs), searchAnswer(append(docs, docs...))} {
		sameHits(t, s, c, body)
		want, err := plainHits(s, c, body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := quickHits(s, c, body, true)
		if err != nil || len(got) != len(want) {
			t.Fatal(len(got), err)
		}
		for i := range body { // it is not borrowed from
			body[i] = '?'
		}
		for i := range got {
			if i%2 == 0 {
				r := got[i].Record
				_ = append(r.Raw, strings.Repeat("!", 2000)...)
				_ = append(r.Attrs, r.Attrs...)
				r.SetScratch(append(r.Scratch(), strings.Repeat("!", 2000)...))
				r.Reset()
			}
		}
		for i := range got {
			if i%2 == 1 {
				sameHit(t, &got[i], &want[i])
			}
		}
	}
}

// A record that shares takes about one piece of memory for sixteen; one that does not has pieces of its own, as large as it.
func TestRoomIsBounded(t *testing.T) {
	s, c := lonely(t)
	body := shopAnswer(t, "json", 500)
	var a answer
	if !a.quick(body) {
		t.Fatal("left to encoding/json")
	}
	for _, shared := range []bool{true, false} {
		d := decoder{s: s, c: c, room: room{shared: shared}}
		i := 0
		pieces := testing.AllocsPerRun(len(a.Hits.Hits)-1, func() {
			h := &a.Hits.Hits[i]
			i++
			f, ok := c.place(h, true)
			if _, err := d.hit(&f); err != nil || !ok {
				t.Error(ok, err)
			}
			room := &d.room
			if shared && (cap(room.text) > roomBytes || cap(room.attrs) > roomAttrs || len(room.records) >= roomRecords) {
				t.Errorf("pieces of %d bytes, %d attributes, %d records", cap(room.text), cap(room.attrs), len(room.records))
			}
			if !shared && (cap(room.text) > 2*(len(h.Source)+len(h.Index)+len(h.DocID)+2) || len(room.records) > 0) {
				t.Errorf("a piece of %d bytes for %d, %d records beside it", cap(room.text), len(h.Source), len(room.records))
			}
		})
		if most := map[bool]float64{true: 2, false: 5}[shared]; pieces > most {
			t.Errorf("shared %v: %g pieces of memory a hit", shared, pieces)
		}
	}
}
