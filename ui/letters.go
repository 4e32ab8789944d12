package ui

import "charm.land/lipgloss/v2"

// letter is what tells a source from the others in the list: a to z, then aa and on.
func (m *Model) letter(source string) string {
	i, known := m.letters[source]
	if !known {
		return "?"
	}
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('a'+(i-1)%26)) + name
	}
	return name
}

func (m *Model) sourceStyle(source string) lipgloss.Style {
	i, known := m.letters[source]
	if !known || len(m.Theme.Sources) == 0 {
		return m.Theme.Dim
	}
	return m.Theme.Sources[i%len(m.Theme.Sources)]
}
