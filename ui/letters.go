package ui

// letter is what tells a source from the others in the list, by its place: a to z, then aa and on.
func letter(i int) string {
	if i < 0 {
		return "?"
	}
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('a'+(i-1)%26)) + name
	}
	return name
}
