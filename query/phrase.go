package query

import "strings"

// A phrase is words that follow each other within one text. It is found in one
// pass, however often its words repeat (Knuth, Morris and Pratt).
type phrase struct {
	words  []string // two or more, folded
	back   []int    // back[k]: how many words at the start of the first k are also at their end
	long   string   // the longest word
	anchor anchor   // of the longest word
}

func newPhrase(words []string) *phrase {
	p := &phrase{words: words, back: make([]int, len(words)+1)}
	for _, w := range words {
		if len(w) > len(p.long) {
			p.long = w
		}
	}
	p.anchor = anchorOf(p.long)
	k := 0
	for i := 1; i < len(words); i++ {
		for k > 0 && words[i] != words[k] {
			k = p.back[k]
		}
		if words[i] == words[k] {
			k++
		}
		p.back[i+1] = k
	}
	return p
}

func (p *phrase) in(s string) bool {
	return !p.anchor.absent(s) && folded(s, p.inFolded)
}

func (p *phrase) inFolded(s string) bool {
	if !strings.Contains(s, p.long) {
		return false
	}
	k := 0
	for from, to := nextWord(s, 0); from < len(s); from, to = nextWord(s, to) {
		for k > 0 && s[from:to] != p.words[k] {
			k = p.back[k]
		}
		if s[from:to] == p.words[k] {
			k++
		}
		if k == len(p.words) {
			return true
		}
	}
	return false
}
