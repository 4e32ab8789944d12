package elastic

import (
	"fmt"
	"slices"
	"strings"
)

// notes are texts for people, each once.
type notes struct{ texts []string }

const maxNotes = 20

func (n *notes) add(texts ...string) {
	for _, text := range texts {
		if text != "" && len(n.texts) < maxNotes && !slices.Contains(n.texts, text) {
			n.texts = append(n.texts, text)
		}
	}
}

func (n *notes) list() []string { return n.texts }

// missedNote says in which fields the indices cannot look, and which they do not have; "" where there are none.
func (c *catalog) missedNote(missed []string) string {
	var blind, unknown []string
	for _, name := range missed {
		if c.lists(name) {
			blind = append(blind, name)
		} else {
			unknown = append(unknown, name)
		}
	}
	var out []string
	if len(unknown) > 0 {
		says := " is no field of the index: records that have it unindexed are not found"
		if len(unknown) > 1 {
			says = " are no fields of the index: records that have them unindexed are not found"
		}
		out = append(out, someOf(unknown)+says)
	}
	if len(blind) > 0 {
		out = append(out, someOf(blind)+" cannot be searched for what the query asks: records that hold it only there are not found")
	}
	return strings.Join(out, "; ")
}

// lists reports whether an index has a field of that name, or fields below it, be they searchable or not.
func (c *catalog) lists(name string) bool {
	return slices.ContainsFunc(c.groups, func(g group) bool {
		for field := range g.mapping.Fields {
			if rest, ok := strings.CutPrefix(field, name); ok && (rest == "" || rest[0] == '.') {
				return true
			}
		}
		return false
	})
}

// someOf are names, the first of them where they are many.
func someOf(names []string) string {
	const most = 5
	out := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		out += fmt.Sprintf(" and %d more", more)
	}
	return plain(out)
}
