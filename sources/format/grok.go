package format

import (
	"fmt"
	"strconv"
	"strings"
)

// grok turns a pattern into a regular expression of RE2. Beside regular
// expressions it understands %{NAME}, %{NAME:field} and %{NAME:field:type}, with
// int or float as type, and fields written [a][b], which are a.b.
type grok struct {
	out    strings.Builder
	groups []group
	depth  int
}

// groupName is what a group is called in the expression: RE2 knows no dots in names.
func groupName(i int) string { return "f" + strconv.Itoa(i) }

// maxExpression is how long the expression that a pattern becomes may be, in bytes.
const maxExpression = 1 << 20

// expand appends text's expression. own: text is the user's, and errors tell columns in it.
func (g *grok) expand(text string, own bool) error {
	inClass := false
	for i := 0; i < len(text); {
		rest := text[i:]
		n := 1
		switch {
		case rest[0] == '\\' && len(rest) > 1:
			n = 2
			g.out.WriteString(rest[:2])
		case inClass:
			inClass = rest[0] != ']'
			g.out.WriteByte(rest[0])
		case strings.HasPrefix(rest, "%{"):
			end := strings.IndexByte(rest, '}')
			if end < 0 {
				return fmt.Errorf("column %d: %%{ without }", i+1)
			}
			if err := g.reference(rest[2:end]); err != nil {
				if own {
					return fmt.Errorf("column %d: %w", i+1, err)
				}
				return err
			}
			n = end + 1
		case rest[0] == '[':
			inClass = true
			if n += classStart(rest[1:]); n > len(rest) {
				n = len(rest)
			}
			g.out.WriteString(rest[:n])
		case strings.HasPrefix(rest, "(?>"): // RE2 never goes back: a group is as good
			n = 3
			g.out.WriteString("(?:")
		case strings.HasPrefix(rest, "(?P<") || strings.HasPrefix(rest, "(?<") && len(rest) > 3 && rest[3] != '=' && rest[3] != '!':
			open := strings.IndexByte(rest, '<') + 1
			end := strings.IndexByte(rest, '>')
			if end <= open {
				return fmt.Errorf("column %d: a group without a name: %s", i+1, rest[:min(len(rest), 20)])
			}
			g.open(rest[open:end], false)
			n = end + 1
		default:
			g.out.WriteByte(rest[0])
		}
		i += n
	}
	return nil
}

// classStart is the length of what may stand at the start of a class and does not end it: ^ and ].
func classStart(text string) (n int) {
	if strings.HasPrefix(text, "^") {
		n++
	}
	if strings.HasPrefix(text[n:], "]") {
		n++
	}
	return n
}

// open begins a group for a field.
func (g *grok) open(field string, number bool) {
	g.out.WriteString("(?P<" + groupName(len(g.groups)) + ">")
	g.groups = append(g.groups, group{field: dotted(field), number: number})
}

// reference expands NAME, NAME:field or NAME:field:type.
func (g *grok) reference(text string) error {
	name, field, _ := strings.Cut(text, ":")
	field, kind, typed := strings.Cut(field, ":")
	definition, ok := grokLibrary[name]
	if !ok {
		return fmt.Errorf("no pattern is named %q", name)
	}
	if typed && kind != "int" && kind != "float" && kind != "string" {
		return fmt.Errorf("no type is named %q: there are int, float and string", kind)
	}
	if g.depth++; g.depth > 32 || g.out.Len() > maxExpression {
		return fmt.Errorf("%q makes the pattern too long", name)
	}
	if field == "" {
		g.out.WriteString("(?:")
	} else {
		g.open(field, kind == "int" || kind == "float")
	}
	err := g.expand(definition, false)
	g.out.WriteByte(')')
	g.depth--
	return err
}

// dotted is a field's name with its brackets as dots: [http][method] is http.method.
func dotted(field string) string {
	if strings.HasPrefix(field, "[") && strings.HasSuffix(field, "]") {
		return strings.ReplaceAll(field[1:len(field)-1], "][", ".")
	}
	return field
}
