package ui

import "strings"

// input is a line of text that is edited. The cursor stands between runes.
type input struct {
	runes []rune
	at    int
}

func (in *input) text() string { return string(in.runes) }

// offset is the byte offset of the cursor.
func (in *input) offset() int { return len(string(in.runes[:in.at])) }

func (in *input) set(text string) {
	in.runes = []rune(text)
	in.at = len(in.runes)
}

func (in *input) insert(text string) {
	add := []rune(text)
	in.runes = append(in.runes[:in.at], append(add, in.runes[in.at:]...)...)
	in.at += len(add)
}

// edit acts on the keys that edit a line; false for any other key.
func (in *input) edit(key, text string) bool {
	switch key {
	case "left", "ctrl+b":
		in.at = max(in.at-1, 0)
	case "right", "ctrl+f":
		in.at = min(in.at+1, len(in.runes))
	case "home", "ctrl+a":
		in.at = 0
	case "end", "ctrl+e":
		in.at = len(in.runes)
	case "backspace":
		in.cut(in.at-1, in.at)
	case "delete", "ctrl+d":
		in.cut(in.at, in.at+1)
	case "ctrl+u":
		in.cut(0, in.at)
	case "ctrl+k":
		in.cut(in.at, len(in.runes))
	case "ctrl+w":
		in.cut(in.wordStart(), in.at)
	default:
		if text == "" {
			return false
		}
		in.insert(text)
	}
	return true
}

func (in *input) cut(from, to int) {
	from, to = max(from, 0), min(to, len(in.runes))
	if from >= to {
		return
	}
	in.runes = append(in.runes[:from], in.runes[to:]...)
	if in.at > from {
		in.at = max(from, in.at-(to-from))
	}
}

// wordStart is where the word before the cursor begins.
func (in *input) wordStart() int {
	i := in.at
	for i > 0 && in.runes[i-1] == ' ' {
		i--
	}
	for i > 0 && in.runes[i-1] != ' ' {
		i--
	}
	return i
}

// oneLine is pasted text without its line ends.
func oneLine(text string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(text))
}
