package store_test

import (
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
	"github.com/lxlog/lx/summary"
)

// Records of a live stream that name no time are counted in the minute in which they came; of any other stream in none.
func TestArrivalsAreCounted(t *testing.T) {
	for _, live := range []bool{true, false} {
		now := time.Date(2026, 3, 14, 12, 0, 30, 0, time.UTC)
		s := newStore(t, store.Options{Now: func() time.Time { return now }})
		st := s.Open(store.Info{Live: live, ModTime: logs.NoTime}, newIndexer())
		for range 3 {
			if err := st.Append(t.Context(), []byte("one\ntwo\n"), nil, now.UnixNano()); err != nil {
				t.Fatal(err)
			}
			now = now.Add(time.Minute)
		}
		st.Close()
		got := summary.NewTotals()
		for _, b := range s.Snapshot().Streams[0].Blocks {
			b.AddTo(got)
		}
		want := 0
		if live {
			want = 3
		}
		if len(got.Arrived) != want || len(got.Minutes) != 0 || got.Records.N != 6 {
			t.Errorf("live %t: %d minutes of arrival, %d of times, %v records", live, len(got.Arrived), len(got.Minutes), got.Records)
		}
		for m, l := range got.Arrived {
			if l.Total() != 2 || time.Unix(0, m).UTC().Second() != 0 {
				t.Errorf("%v: %v", time.Unix(0, m).UTC(), *l)
			}
		}
	}
}
