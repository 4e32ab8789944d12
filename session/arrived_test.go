package session_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
	"github.com/lxlog/lx/summary"
)

// place is where a record stands in its stream, which it does for ever.
type place struct{ source, sequence int64 }

// there is what a view selects, by place: the level and the key of each.
func there(t *testing.T, v session.View) map[place]counted {
	t.Helper()
	out := map[place]counted{}
	ok(t, v.Each(t.Context(), func(k session.Key, r *logs.Record) bool {
		out[place{k.Source, k.Sequence}] = counted{k, r.Severity.Level()}
		return true
	}))
	return out
}

type counted struct {
	key   session.Key
	level logs.Level
}

// arrivedPlainly is Arrived the plain way: what is there and was not.
func arrivedPlainly(before, now map[place]counted, key session.Key) session.Arrivals {
	out := session.Arrivals{Oldest: session.LastKey}
	for p, c := range now {
		if _, was := before[p]; was {
			continue
		}
		if c.key.Compare(key) >= 0 {
			out.Below[c.level]++
			continue
		}
		out.Above[c.level]++
		if c.key.Compare(out.Oldest) < 0 {
			out.Oldest = c.key
		}
	}
	return out
}

func sameArrivals(t *testing.T, v session.View, since *session.Mark, key session.Key, want session.Arrivals) {
	t.Helper()
	got, err := v.Arrived(t.Context(), since, key)
	ok(t, err)
	if got.Above != want.Above || got.Below != want.Below || got.Oldest != want.Oldest || !slices.Equal(got.Unknown, want.Unknown) {
		t.Fatalf("%+v at %v:\n%+v, want\n%+v", v.Filter(), key, got, want)
	}
}

// A pause loses nothing: what arrives after it is counted above and below any row, however late it comes.
func TestArrived(t *testing.T) {
	for seed := range uint64(15) {
		r := rand.New(rand.NewPCG(seed, 31))
		file, e := sourcetest.NewFile("app.log", randomText(r, r.IntN(1000))), sourcetest.NewEmitter("app")
		file.Follow, file.Loses = true, true
		paged := sourcetest.NewPaged("prod", sourcetest.Records(randomText(r, 20))...)
		s, clock := started(t, file, e, sourcetest.NewFile("old.log", randomText(r, 100)), paged)
		ok(t, s.Wait(t.Context()))
		step := func() {
			clock.pass(time.Second)
			switch r.IntN(10) {
			case 0:
				ok(t, file.Rotate(randomText(r, r.IntN(50))))
			case 8:
				ok(t, file.Truncate(randomText(r, r.IntN(50))))
			case 9:
				ok(t, e.Emit("old", clock.Now().UnixNano(), "Jan 12 08:00:00 ERROR shop no year\n"))
			case 1:
				ok(t, file.Settle())
			case 2, 3, 4:
				ok(t, e.Emit(fmt.Sprint(r.IntN(3)), clock.Now().UnixNano(), strings.TrimSuffix(randomText(r, r.IntN(50)), strings.Repeat("\n", r.IntN(2)))))
			default:
				ok(t, file.Grow(randomText(r, r.IntN(50))))
			}
		}
		for range 5 {
			step()
		}
		f := randomFilter(t, r)
		v, err := s.View(f)
		ok(t, err)
		mark := s.Mark()
		before := there(t, view(t, s, "")) // also those that come to match when more of them is there
		keys := []session.Key{session.FirstKey, session.LastKey}
		for _, c := range before {
			keys = append(keys, c.key)
			if len(keys) > 6 {
				break
			}
		}
		for range 12 {
			step()
			key := keys[r.IntN(len(keys))]
			want := arrivedPlainly(before, there(t, v), key)
			want.Unknown = []string{"prod"}
			sameArrivals(t, v, mark, key, want)
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
		fresh, err := s.View(f) // has counted nothing before
		ok(t, err)
		for _, key := range keys {
			want := arrivedPlainly(before, there(t, v), key)
			want.Unknown = []string{"prod"}
			sameArrivals(t, v, mark, key, want)
			sameArrivals(t, fresh, mark, key, want)
		}
		again := s.Mark()
		sameArrivals(t, v, again, session.FirstKey, session.Arrivals{Oldest: session.LastKey, Unknown: []string{"prod"}})
	}
}

// What a file held when it was opened has not arrived, whenever it is read; what is appended to it has.
func TestHistoryHasNotArrived(t *testing.T) {
	file, pipe := sourcetest.NewFile("app.log", shop), sourcetest.NewPipe("-")
	file.Follow = true
	s := session.New(session.Options{Indexer: toyIndexer}, file, pipe)
	mark := s.Mark()
	s.Start(t.Context())
	defer s.Close()
	ok(t, file.Settle())
	v := view(t, s, "")
	sameArrivals(t, v, mark, session.LastKey, session.Arrivals{Oldest: session.LastKey})
	ok(t, pipe.Emit("", 1, "2024-05-01T10:00:00Z ERROR shop x\n2024-05-01T10:00:01Z y\n"))
	ok(t, file.Grow("2024-05-01T10:02:00Z ERROR shop h\n"))
	var above, below summary.ByLevel
	above[logs.Error.Level()], above[0], below[logs.Error.Level()] = 1, 1, 1
	oldest := page(t, v, session.Key{Time: at(t, "10:00:00"), Source: 1 << 32}, 0, 1).Rows[0].Key
	sameArrivals(t, v, mark, session.Key{Time: at(t, "10:01:00")}, session.Arrivals{Above: above, Below: below, Oldest: oldest})
}

// A row tells what it stands before, and how far its stamp lies behind its arrival.
func TestLateAndAhead(t *testing.T) {
	file, e := sourcetest.NewFile("app.log", "2024-05-01T10:00:00Z a\n2024-05-01T09:00:00Z old\n"), sourcetest.NewEmitter("app")
	file.Follow = true
	s, _ := started(t, file, e)
	ok(t, s.Wait(t.Context()))
	f := func(filter, want string) {
		t.Helper()
		var got []string
		for _, r := range page(t, view(t, s, filter), session.FirstKey, 0, 100).Rows {
			word := r.Record.Body
			if r.Late {
				word += " late"
			}
			if r.Ahead > 0 {
				word += " +" + r.Ahead.String()
			}
			got = append(got, word)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q shows %s, want %s", filter, strings.Join(got, ", "), want)
		}
	}
	f("", "old, a")
	ok(t, file.Grow("2024-05-01T10:00:10Z b\n2024-05-01T10:00:08Z c\n2024-05-01T10:00:07Z d\n2024-05-01T10:00:11Z g\n2024-05-01T10:00:01Z x\n"))
	f("", "old, a, x late, d late, c, b, g")
	f("x", "x late")
	ok(t, e.Emit("", at(t, "10:00:20"), "2024-05-01T10:00:22Z in step\n2024-05-01T10:05:20Z early\n2024-05-01T10:00:17Z y\n"))
	f("from=10:00:12", "y late, in step, early +5m0s")
}

// BenchmarkArrived is what a paused screen asks after each change: a thousand records more, a hundred of them late.
func BenchmarkArrived(b *testing.B) {
	e := sourcetest.NewEmitter("app")
	s, _ := started(b, e)
	n := 0
	emit := func() {
		var text strings.Builder
		for range 1000 {
			n++
			at := noon.Add(time.Duration(n) * time.Millisecond)
			if n%10 == 0 {
				at = at.Add(-time.Minute)
			}
			fmt.Fprintf(&text, "%s ERROR shop n%d\n", at.Format("2006-01-02T15:04:05.000Z07:00"), n)
		}
		ok(b, e.Emit("", noon.Add(time.Hour).UnixNano(), text.String()))
	}
	for range 100 {
		emit()
	}
	v, mark := view(b, s, "level=WARN"), s.Mark()
	key := page(b, v, session.LastKey, 1, 0).Rows[0].Key
	for range 200 {
		emit()
	}
	for b.Loop() {
		b.StopTimer()
		emit()
		b.StartTimer()
		if _, err := v.Arrived(b.Context(), mark, key); err != nil {
			b.Fatal(err)
		}
	}
}
