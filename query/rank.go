package query

import (
	"cmp"
	"slices"
	"strings"
)

// How close a candidate is to what is typed.
const (
	atBeginning = iota
	wordBegins
	holding
	typo
	unlike
)

// maxTypos is how many candidates are compared for typos.
const maxTypos = 1000

// ranked returns those that fit what is typed, best first. Typos count only where nothing else does.
func ranked(list []Candidate, prefix string, most int) []Candidate {
	type placed struct{ at, rank int }
	low, typed := strings.ToLower(prefix), characters(prefix)
	var fit []placed
	add := func(typed []rune, list []Candidate) {
		for i := range list {
			if rank := closeness(list[i].Text, low, typed); rank != unlike {
				fit = append(fit, placed{i, rank})
			}
		}
	}
	add(nil, list)
	if len(fit) == 0 {
		add(typed, list[:min(len(list), maxTypos)])
	}
	slices.SortFunc(fit, func(a, b placed) int {
		x, y := &list[a.at], &list[b.at]
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(y.Count, x.Count), strings.Compare(x.Text, y.Text))
	})
	out := make([]Candidate, max(0, min(most, len(fit))))
	for i := range out {
		out[i] = list[fit[i].at]
	}
	return out
}

// closeness ranks a text by what is typed, in lower case, and as characters where typos count.
func closeness(text, low string, typed []rune) int {
	at := strings.Index(strings.ToLower(text), low)
	switch {
	case at == 0:
		return atBeginning
	case at > 0 && hasWord(text, low):
		return wordBegins
	case at > 0:
		return holding
	case len(typed) > 0 && nearStart(typed, text) <= typos(len(typed)):
		return typo
	}
	return unlike
}

// hasWord reports whether a word of text, of any case, begins with low: behind a
// character that is no letter and no digit, or where lower case turns to upper.
func hasWord(text, low string) bool {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		return false
	}
	for i := 1; i < len(text); i++ {
		before, c := text[i-1], text[i]
		turn := 'a' <= before && before <= 'z' && 'A' <= c && c <= 'Z'
		if (turn || !isWordByte(before)) && strings.HasPrefix(lower[i:], low) {
			return true
		}
	}
	return false
}

func isWordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c >= 0x80
}
