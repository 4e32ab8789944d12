package query

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
)

// A regular expression (RE2) stands between slashes where a value, or free text,
// may stand: /time(d )?out/. It may hold any character. It ends at the first slash
// without a backslash before it that is followed by the end of the query or of a
// group, or by "and" or "or"; those two with blanks around them end it too, and
// then it is none but a plain text such as a path. An empty one is plain text.

const (
	maxRegexp      = 1000   // bytes of a pattern
	maxRegexpSteps = 20_000 // instructions of the programs that the patterns of a query become
)

// scanRegexp finds the regular expression at s[i:], which starts with a slash.
func scanRegexp(s string, i int) (pattern string, end int, ok bool) {
	start := i + 1
	for i = start; i < len(s); {
		if spaceAt(s, i) > 0 {
			if i = skipSpace(s, i); conjunction(s, i) {
				return "", 0, false
			}
			continue
		}
		switch s[i] {
		case '\\':
			i++
		case '/':
			if i > start && regexpEnds(s, i+1) {
				return s[start:i], i + 1, true
			}
		}
		i++
	}
	return "", 0, false
}

func regexpEnds(s string, i int) bool {
	after := skipSpace(s, i)
	return after == len(s) || s[after] == ')' || s[after] == '}' || after > i && conjunction(s, after)
}

// A regexpBudget bounds what the patterns of one query may cost together: the
// time to match one grows with the instructions of its program.
type regexpBudget struct{ steps int }

// compile refuses a pattern that is not RE2, and one that would take too long to match.
func (b *regexpBudget) compile(pattern string) (*regexp.Regexp, error) {
	if len(pattern) > maxRegexp {
		return nil, fmt.Errorf("it has more than %d bytes", maxRegexp)
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	program, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	if b.steps += len(program.Inst); b.steps > maxRegexpSteps {
		return nil, errors.New("its repetitions are too large")
	}
	return regexp.Compile(pattern)
}
