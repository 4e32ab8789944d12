package session_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/sourcetest"
)

// All bytes of a record longer than what is decoded can be had, of a file, and of what the store keeps.
func TestWriteRawWritesWhatDecodingLeavesOut(t *testing.T) {
	long := "2024-05-01T10:00:02Z long " + strings.Repeat("0123456789", logs.MaxDecode/5) + " end\n"
	text := "2024-05-01T10:00:01Z before\n" + long + "2024-05-01T10:00:03Z after\n"
	f := func(src sources.Source, drive func()) {
		t.Helper()
		s, _ := started(t, src)
		drive()
		if err := s.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		v, err := s.View(sources.Filter{From: logs.NoTime, To: logs.NoTime})
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		n := 0
		err = v.Each(context.Background(), func(k session.Key, r *logs.Record) bool {
			n++
			if (n == 2) != (r.Marks&logs.Cut != 0) {
				t.Errorf("record %d has marks %b", n, r.Marks)
			}
			if err := v.WriteRaw(k, &got); err != nil {
				t.Error(err)
			}
			return true
		})
		if err != nil || n != 3 || got.String() != text {
			t.Errorf("%v: %d records, %d bytes of %d", err, n, got.Len(), len(text))
		}
		if err := v.WriteRaw(session.Key{Sequence: math.MaxInt64}, &got); err == nil {
			t.Error("there is a record where none is")
		}
	}
	f(sourcetest.NewFile("a", text), func() {})
	e := sourcetest.NewPipe("a")
	f(e, func() { _ = e.Emit("", noon.UnixNano(), text); e.End(nil) })
}
