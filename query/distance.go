package query

import "unicode"

// maxCompared is how many characters of two texts are compared for typos.
const maxCompared = 64

// Distance is how many characters must be typed, left out, replaced or swapped
// with their neighbour to make b of a, in any case; only the first 64 characters
// count. Source: optimal string alignment, after Damerau 1964.
func Distance(a, b string) int {
	x, y := characters(a), characters(b)
	return distances(x, y)[len(y)]
}

// Near reports whether b may be what was meant by typing a: they differ by no more
// typos than a's length makes likely, one for up to four characters, else two.
func Near(a, b string) bool {
	d := Distance(a, b)
	return d <= typos(len(characters(a)))
}

func typos(typed int) int {
	switch {
	case typed < 3:
		return 0
	case typed < 5:
		return 1
	}
	return 2
}

// nearStart is the least distance of a from what b begins with.
func nearStart(a []rune, b string) int {
	y := characters(b)
	row := distances(a, y[:min(len(y), len(a)+2)])
	least := row[0]
	for _, d := range row {
		least = min(least, d)
	}
	return least
}

func characters(s string) []rune {
	out := make([]rune, 0, min(len(s), maxCompared))
	for _, r := range s {
		if len(out) == maxCompared {
			break
		}
		out = append(out, unicode.ToLower(r))
	}
	return out
}

// distances returns the distance of a from each beginning of b, by its length.
func distances(a, b []rune) []int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= len(b); j++ {
			differ := 1
			if a[i-1] == b[j-1] {
				differ = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row
}
