package dsl

import (
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode"
)

// luceneRegexp writes an RE2 pattern, which may match anywhere in a text, as a
// Lucene pattern, which must match the whole. exact is false where Lucene lacks
// something and the pattern matches more: boundaries of words and lines within it.
// Only operators that Lucene has had from the start are used.
// Source: Lucene, class RegExp.
func luceneRegexp(pattern string) (lucene string, exact bool) {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "(.|\n)*", false
	}
	w := luceneWriter{exact: true}
	parts := []*syntax.Regexp{tree}
	if tree.Op == syntax.OpConcat {
		parts = tree.Sub
	}
	if first := parts[0]; first.Op == syntax.OpBeginText {
		parts = parts[1:]
	} else {
		w.WriteString(anyText)
	}
	last := len(parts) - 1
	ended := last >= 0 && parts[last].Op == syntax.OpEndText
	if ended {
		parts = parts[:last]
	}
	for _, p := range parts {
		w.write(p)
	}
	if !ended {
		w.WriteString(anyText)
	}
	return w.String(), w.exact
}

// anyText: in Lucene a point matches every character, line feeds included.
const anyText = ".*"

type luceneWriter struct {
	strings.Builder
	exact bool
}

var luceneEscapes = escapes(`.?+*|{}[]()"\#@&<>~^$-`)

func (w *luceneWriter) write(re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			w.literal(r, re.Flags&syntax.FoldCase != 0)
		}
	case syntax.OpCharClass:
		w.class(re.Rune)
	case syntax.OpAnyChar:
		w.WriteByte('.')
	case syntax.OpAnyCharNotNL:
		w.WriteString("[^\n]")
	case syntax.OpCapture:
		w.group(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		w.group(re.Sub[0])
		w.WriteByte(map[syntax.Op]byte{syntax.OpStar: '*', syntax.OpPlus: '+', syntax.OpQuest: '?'}[re.Op])
	case syntax.OpRepeat:
		w.group(re.Sub[0])
		w.WriteString("{" + strconv.Itoa(re.Min) + ",")
		if re.Max >= 0 {
			w.WriteString(strconv.Itoa(re.Max))
		}
		w.WriteByte('}')
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			w.write(sub)
		}
	case syntax.OpAlternate:
		w.WriteByte('(')
		for i, sub := range re.Sub {
			if i > 0 {
				w.WriteByte('|')
			}
			w.write(sub)
		}
		w.WriteByte(')')
	case syntax.OpEmptyMatch:
		w.WriteString("()")
	case syntax.OpNoMatch:
		w.WriteByte('#')
	default: // an anchor or a boundary within the pattern
		w.exact = false
		w.WriteString("()")
	}
}

func (w *luceneWriter) group(re *syntax.Regexp) {
	w.WriteByte('(')
	w.write(re)
	w.WriteByte(')')
}

func (w *luceneWriter) literal(r rune, fold bool) {
	if !fold || unicode.SimpleFold(r) == r {
		w.WriteString(luceneEscapes.Replace(string(r)))
		return
	}
	w.WriteByte('[')
	w.WriteString(luceneEscapes.Replace(string(r)))
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		w.WriteString(luceneEscapes.Replace(string(f)))
	}
	w.WriteByte(']')
}

// class writes a set of characters, given as pairs of its first and last ones.
func (w *luceneWriter) class(pairs []rune) {
	w.WriteByte('[')
	if len(pairs) > 0 && pairs[0] == 0 && pairs[len(pairs)-1] == unicode.MaxRune {
		w.WriteByte('^')
		pairs = pairs[1 : len(pairs)-1]
		for i := 0; i < len(pairs); i += 2 {
			w.span(pairs[i]+1, pairs[i+1]-1)
		}
	} else {
		for i := 0; i < len(pairs); i += 2 {
			w.span(pairs[i], pairs[i+1])
		}
	}
	w.WriteByte(']')
}

func (w *luceneWriter) span(from, to rune) {
	w.WriteString(luceneEscapes.Replace(string(from)))
	if to > from {
		w.WriteByte('-')
		w.WriteString(luceneEscapes.Replace(string(to)))
	}
}
