package session_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/sources/sourcetest"
)

// A few rows beside a key are those of all rows, however far from it they stand in
// a large block, and whatever was asked before.
func TestRowsNearby(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var texts [2]strings.Builder
	for i := range 20_000 {
		at := noon.Add(time.Duration(i) * time.Millisecond)
		fmt.Fprintf(&texts[r.IntN(2)], "%s INFO s%d n%d\n", at.Format("2006-01-02T15:04:05.000Z07:00"), r.IntN(4), i)
	}
	s, _ := started(t, sourcetest.NewFile("a.log", texts[0].String()), sourcetest.NewFile("b.log", texts[1].String()))
	ok(t, s.Wait(t.Context()))
	for i, q := range []string{"service:s1", "n700 or n9000 or n19000", "n5*", "from=12:00:03 to=12:00:12 service:s2", "level=INFO n1*", "nothing"} {
		rows := all(t, view(t, s, q))
		for n := range 15 {
			// Each time a query that nobody has asked yet.
			v := view(t, s, fresh(q, i*100+n))
			k := session.Key{Time: noon.Add(time.Duration(r.IntN(20_000)) * time.Millisecond).UnixNano(), Source: int64(r.IntN(2)) << 32}
			for range 1 + r.IntN(3) {
				before, after := r.IntN(12), r.IntN(12)
				samePage(t, page(t, v, k, before, after), rows, k, before, after)
			}
			if t.Failed() {
				t.Fatalf("%s at %v", q, k)
			}
		}
	}
}

// fresh is the text of a filter for the same records whose query is another.
func fresh(filter string, n int) string {
	words := strings.Split(filter, " ")
	i := 0
	for i < len(words) && strings.Contains(words[i], "=") {
		i++
	}
	return strings.Join(append(words[:i:i], ""), " ") + fmt.Sprintf("(%s) and not zz%d", strings.Join(words[i:], " "), n)
}
