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

// missedNote says in which fields the index cannot look, "" where there are none.
func missedNote(missed []string) string {
	const most = 5
	if len(missed) == 0 {
		return ""
	}
	names := strings.Join(missed[:min(len(missed), most)], ", ")
	if more := len(missed) - most; more > 0 {
		names += fmt.Sprintf(" and %d more fields", more)
	}
	return plain(names) + " cannot be searched for what the query asks: records that hold it only there are not found"
}
