package session

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/lxlog/lx/sources"
)

// numbers is a Set of news that knows its pieces.
type numbers map[int64]bool

func (n numbers) Join(later any) any {
	out := maps.Clone(n)
	maps.Copy(out, later.(numbers))
	return out
}

// Of news that grow, are told again, and are made one where they are many, those that were told first since a
// serial are known, and whether others have grown.
func TestFirstToldSince(t *testing.T) {
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		r := &running{}
		first, grew := map[int64]int64{}, map[int64]int64{}
		var newest int64
		for range rnd.IntN(4 * maxNews) {
			number := max(1, newest-int64(rnd.IntN(30)))
			if newest == 0 || rnd.IntN(3) > 0 {
				newest++
				number = newest
			}
			serial := r.news.serial + 1
			if first[number] == 0 {
				first[number] = serial
			}
			more := grew[number] > 0 && rnd.IntN(2) > 0
			if more || grew[number] == 0 {
				grew[number] = serial
			}
			r.news.add(sources.News{Number: number, Set: numbers{number: true}, More: more}, serial)
		}
		for range 20 {
			since := r.news.lost + rnd.Int64N(r.news.serial-r.news.lost+1)
			told := r.firstToldSince(since, &firstLook{})
			got := numbers{}
			for _, p := range told.pieces {
				got = got.Join(p.Set).(numbers)
			}
			if told.all || told.last < since || told.last > r.news.serial {
				t.Fatalf("since %d: all %v, the last is %d of %d", since, told.all, told.last, r.news.serial)
			}
			for _, number := range slices.Sorted(maps.Keys(first)) {
				switch {
				case got[number] && first[number] <= since:
					t.Fatalf("since %d: %d, which was told at %d, has arrived", since, number, first[number])
				case !got[number] && grew[number] > since && !told.more:
					t.Fatalf("since %d: %d, of which more was told at %d, is missing", since, number, grew[number])
				case !got[number] && first[number] > since && r.news.serial < maxNews:
					t.Fatalf("since %d: %d, which was told first at %d, is missing", since, number, first[number])
				}
			}
		}
	}
}
