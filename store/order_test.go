package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/store"
)

// clock reads "10:00:00" on the day of the tests.
func clock(t testing.TB, s string) int64 {
	t.Helper()
	at, err := time.Parse(time.RFC3339, "2024-05-01T"+s+"Z")
	if err != nil {
		t.Fatal(err)
	}
	return at.UnixNano()
}

// TestOrder feeds lines, each "ARRIVAL text", and looks at the order times.
func TestOrder(t *testing.T) {
	f := func(info store.Info, lines, want string) {
		t.Helper()
		s := newStore(t, store.Options{})
		info.Resource = &logs.Resource{Source: "app.log"}
		st := s.Open(info, newIndexer())
		for line := range strings.Lines(lines) {
			at, text, _ := strings.Cut(line, " ")
			if err := st.Append(t.Context(), []byte(text), nil, clock(t, at)); err != nil {
				t.Fatal(err)
			}
		}
		st.Close()
		var got []string
		each(t, state(t, s), func(c *store.Columns, i int) { got = append(got, stamp(c.Order(i))) })
		if strings.Join(got, " ") != want {
			t.Errorf("%+v: order times %s, want %s, of\n%s", info, strings.Join(got, " "), want, lines)
		}
	}
	file := store.Info{ModTime: noon.UnixNano()}
	pipe := store.Info{ModTime: logs.NoTime}
	live := store.Info{ModTime: logs.NoTime, Live: true}

	timed := "11:00:00 2024-05-01T10:00:00Z a\n11:00:01 2024-05-01T10:00:05Z b\n11:00:02 2024-05-01T10:00:02Z c\n"
	f(file, timed, "10:00:00 10:00:05 10:00:02")
	f(live, timed, "10:00:00 10:00:05 10:00:02")

	future := "11:00:00 2024-05-01T10:00:00Z a\n11:00:01 2024-05-01T11:30:00Z b\n11:00:02 no time\n11:00:09 2024-05-01T11:00:03Z d\n"
	f(file, future, "10:00:00 11:30:00 11:30:00 11:00:03")
	f(live, future, "10:00:00 11:00:01 11:00:02 11:00:03") // never later than its arrival

	head := "11:00:00 head\n11:00:01 head too\n11:00:02 2024-05-01T10:00:00Z a\n11:00:03 behind it\n"
	f(file, head, "10:00:00 10:00:00 10:00:00 10:00:00")
	f(pipe, head, "10:00:00 10:00:00 10:00:00 10:00:00")
	f(live, head, "10:00:00 10:00:00 10:00:00 10:00:00")
	f(live, "11:00:00 head\n11:00:05 2024-05-01T11:00:04Z a\n", "11:00:00 11:00:04")

	none := "11:00:00 one\n11:00:01 two\n11:00:02 three\n"
	f(file, none, "12:00:00 12:00:00 12:00:00")
	f(pipe, none, "11:00:00 11:00:01 11:00:02")
	f(live, none, "11:00:00 11:00:01 11:00:02")
}

// A record stands at the arrival of its first byte.
func TestArrivalOfALineInPieces(t *testing.T) {
	s := newStore(t, store.Options{})
	st := s.Open(store.Info{ModTime: logs.NoTime, Live: true}, newIndexer())
	for _, piece := range []string{"10:00:01 a\nb", "10:00:02 b", "10:00:03 b\nc\n", "10:00:04 \tjoined to c\nd\n"} {
		at, text, _ := strings.Cut(piece, " ")
		if err := st.Append(t.Context(), []byte(text), nil, clock(t, at)); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := bodies(t, state(t, s)), "10:00:01 a\n10:00:01 bbb\n10:00:03 c|\tjoined to c\n10:00:04 d ?\n"; got != want {
		t.Errorf("records\n%s, want\n%s", got, want)
	}
}

func TestSummaryOfABlock(t *testing.T) {
	f := func(text string, first, last string, sorted bool) {
		t.Helper()
		s := newStore(t, store.Options{})
		st := open(t, s, nil)
		appendAll(t, st, text, 1000)
		st.Close()
		m := state(t, s).Blocks[0].Summary
		if stamp(m.First) != first || stamp(m.Last) != last || m.Sorted != sorted || !m.Full {
			t.Errorf("%+v of\n%s", m, text)
		}
	}
	f("2024-05-01T10:00:00Z a\n2024-05-01T10:00:00Z b\n2024-05-01T10:00:01Z c\n", "10:00:00", "10:00:01", true)
	f("2024-05-01T10:00:02Z a\n2024-05-01T10:00:00Z b\n2024-05-01T10:00:01Z c\n", "10:00:00", "10:00:02", false)
	f("head\n2024-05-01T10:00:02Z a\n", "10:00:02", "10:00:02", true)
}

// Stamps without a year get the one that puts the last of them before the file's modification, or the present.
func TestDates(t *testing.T) {
	turn := "Dec 30 23:00:00 h app: a\nDec 31 23:59:59 h app: b\nJan  1 00:00:01 h app: c\n"
	times := func(st *store.StreamState) string {
		var got []string
		var r store.Reader
		var rec logs.Record
		each(t, st, func(c *store.Columns, i int) {
			if err := r.Record(c, i, &rec); err != nil || rec.Time != c.Row(i).Time || rec.Guessed != logs.GuessedYear {
				t.Errorf("the record has time %s, its row %s: %v", stamp(rec.Time), stamp(c.Row(i).Time), err)
			}
			if c.Order(i) != c.Row(i).Time {
				t.Errorf("record %d is at %s and stands at %s", i, stamp(c.Row(i).Time), stamp(c.Order(i)))
			}
			got = append(got, time.Unix(0, c.Order(i)).UTC().Format("2006-01-02"))
		})
		return strings.Join(got, " ")
	}
	f := func(info store.Info, text, want string) {
		t.Helper()
		for _, size := range []int{1, 30, 1000} {
			s := newStore(t, store.Options{})
			info.Resource = &logs.Resource{Source: "app.log"}
			st := s.Open(info, newIndexer())
			appendAll(t, st, text, size)
			st.Close()
			if got := times(state(t, s)); got != want {
				t.Errorf("in pieces of %d: %s, want %s", size, got, want)
			}
		}
	}
	file := store.Info{ModTime: time.Date(2021, 1, 1, 1, 0, 0, 0, time.UTC).UnixNano()}
	live := store.Info{ModTime: logs.NoTime, Live: true}
	followed := store.Info{ModTime: file.ModTime, Live: true}
	f(file, turn, "2020-12-30 2020-12-31 2021-01-01")
	f(followed, turn, "2020-12-30 2020-12-31 2021-01-01")
	f(live, turn, "2023-12-30 2023-12-31 2024-01-01")
	f(live, turn+"Jul  1 00:00:00 h app: in the future\n", "2022-12-30 2022-12-31 2023-01-01 2023-07-01")

	// What comes later to a followed file follows on.
	s := newStore(t, store.Options{})
	st := s.Open(followed, newIndexer())
	for range 2 {
		appendAll(t, st, "Jan  1 00:00:01 h app: c\n", 1000)
		st.Settle()
	}
	appendAll(t, st, "Feb  1 00:00:01 h app: d\n", 1000)
	st.Close()
	if got := times(state(t, s)); got != "2021-01-01 2021-01-01 2021-02-01" {
		t.Errorf("followed: %s", got)
	}

	// Before it ends, a stream shows its stamps as if it ended there.
	s = newStore(t, store.Options{})
	st = s.Open(store.Info{Resource: &logs.Resource{}, ModTime: file.ModTime}, newIndexer())
	appendAll(t, st, turn, 1000)
	if got := times(state(t, s)); got != "2020-12-30 2020-12-31 2021-01-01" && got != "2020-12-30 2020-12-31 2020-01-01" {
		t.Errorf("before the end: %s", got)
	}

	// Where that was right, the records stay in their block.
	s = newStore(t, store.Options{})
	st = s.Open(store.Info{Resource: &logs.Resource{}, ModTime: file.ModTime}, newIndexer())
	appendAll(t, st, "Dec 30 23:00:00 h app: a\nDec 31 23:59:59 h app: b\nDec 31 23:59:59 h app: c\n", 1000)
	id := state(t, s).Blocks[0].ID
	st.Close()
	if b := state(t, s).Blocks[0]; b.ID != id || times(state(t, s)) != "2020-12-30 2020-12-31 2020-12-31" {
		t.Errorf("block %d is now %d, with %s", id, b.ID, times(state(t, s)))
	}

	// After a live stream was quiet once its dates are settled, and what comes follows on.
	s = newStore(t, store.Options{})
	st = s.Open(store.Info{Resource: &logs.Resource{}, ModTime: logs.NoTime, Live: true}, newIndexer())
	appendAll(t, st, turn, 20)
	st.Settle()
	if got := times(state(t, s)); got != "2023-12-30 2023-12-31 2024-01-01" {
		t.Errorf("after a pause: %s", got)
	}
	before := state(t, s).Blocks[0].ID
	appendAll(t, st, "Feb  1 00:00:00 h app: d\n", 1000)
	st.Settle()
	if got := times(state(t, s)); got != "2023-12-30 2023-12-31 2024-01-01 2024-02-01" {
		t.Errorf("after another: %s", got)
	}
	if state(t, s).Blocks[0].ID != before {
		t.Error("records whose times stayed moved to another block")
	}
}

// What there is of a live file at first sight is dated as a whole.
func TestDatesAtFirstSight(t *testing.T) {
	text := strings.Repeat("Dec 30 23:00:00 h app: a\n", 100_000) + "Jan  1 00:00:01 b\nDec 30 00:00:00 c\nJan  1 00:00:00 d\nJan  2 00:00:00 e\n"
	s, d := newStore(t, store.Options{}), &data{bytes: []byte(text)}
	st := s.Open(store.Info{Resource: &logs.Resource{}, ModTime: logs.NoTime, Live: true, Data: d}, newIndexer())
	if err := st.Grow(t.Context(), int64(len(text))); err != nil {
		t.Fatal(err)
	}
	blocks := state(t, s).Blocks
	first := time.Unix(0, blocks[0].Summary.First).UTC().Format("2006-01-02")
	last := time.Unix(0, blocks[len(blocks)-1].Summary.Last).UTC().Format("2006-01-02")
	if first != "2022-12-30" || last != "2024-01-01" {
		t.Errorf("from %s to %s", first, last)
	}
}

func TestHeadBlocksMove(t *testing.T) {
	s := newStore(t, store.Options{})
	st := open(t, s, nil)
	appendAll(t, st, strings.Repeat("no time\n", 40_000), 100_000) // several blocks
	blocks := state(t, s).Blocks
	if len(blocks) < 2 || stamp(blocks[0].Summary.First) != "12:00:00" {
		t.Fatalf("%d blocks before the first time, at %s", len(blocks), stamp(blocks[0].Summary.First))
	}
	appendAll(t, st, "2024-05-01T10:00:00Z the first\n\n2024-05-01T10:00:01Z the second\n", 1000)
	now := state(t, s).Blocks
	for i, b := range now {
		if stamp(b.Summary.First) != "10:00:00" {
			t.Errorf("block %d begins at %s", i, stamp(b.Summary.First))
		}
	}
	if now[0].ID == blocks[0].ID {
		t.Error("a block whose records moved has its old ID")
	}
}
