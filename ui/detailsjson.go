package ui

import (
	"encoding/json"
	"strings"
)

// jsonState is where in JSON a row begins.
type jsonState uint8

const (
	jsonOutside jsonState = iota
	jsonInText
	jsonInKey
	jsonEscaped jsonState = 4 // in either, a backslash stands before
)

// A span is the bytes of a text that look alike.
type span struct {
	from, to int
	tint     tint
}

// jsonSpans colours the bytes from, to of a text, and says where in JSON they end.
func jsonSpans(text string, from, to int, at jsonState) (out []span, end jsonState) {
	for i := from; i < to; {
		start, look := i, tintDim
		switch c := text[i]; {
		case at != jsonOutside:
			i, at, look = jsonString(text, i, to, at)
		case c == '"':
			state := jsonInText
			if isKey(text, i) {
				state = jsonInKey
			}
			i, at, look = jsonString(text, i+1, to, state)
		case c == '-' || c >= '0' && c <= '9':
			for i < to && strings.IndexByte("+-.0123456789eE", text[i]) >= 0 {
				i++
			}
			look = tintNumber
		case c >= 'a' && c <= 'z':
			for i < to && text[i] >= 'a' && text[i] <= 'z' {
				i++
			}
			if c == 't' || c == 'f' {
				look = tintBool
			}
		default:
			i++
		}
		if n := len(out); n > 0 && out[n-1].tint == look {
			out[n-1].to = i
			continue
		}
		out = append(out, span{start, i, look})
	}
	return out, at
}

// jsonString goes on in a text to its end, or as far as to.
func jsonString(text string, i, to int, at jsonState) (int, jsonState, tint) {
	look := tintText
	if at&jsonInKey != 0 {
		look = tintDim
	}
	for ; i < to; i++ {
		switch {
		case at&jsonEscaped != 0:
			at &^= jsonEscaped
		case text[i] == '\\':
			at |= jsonEscaped
		case text[i] == '"':
			return i + 1, jsonOutside, look
		case text[i] == '\n':
			return i + 1, jsonOutside, look
		}
	}
	return i, at, look
}

// isKey reports whether the text that begins at i is followed by a colon.
func isKey(text string, i int) bool {
	const most = 1 << 10 // bytes: a longer one is drawn as a value
	end := min(i+most, len(text))
	i, at, _ := jsonString(text, i+1, end, jsonInText)
	return at == jsonOutside && i < end && text[i] == ':'
}

// prettyOf is the JSON that a value's text is, or that it holds as a string of
// JSON, one member a line; false where it is none.
func prettyOf(text string) (string, bool) {
	text = strings.TrimSpace(text)
	var inner string
	if strings.HasPrefix(text, `"`) && json.Unmarshal([]byte(text), &inner) == nil {
		text = strings.TrimSpace(inner)
	}
	if text == "" || text[0] != '{' && text[0] != '[' || !json.Valid([]byte(text)) {
		return "", false
	}
	return pretty(text), true
}

// The deepest indentation, in levels, and the most bytes that are made of one text.
const maxPrettyDepth, maxPretty = 16, 4 << 20

// pretty puts each member of objects and arrays on a line of its own. What is no
// JSON comes out as it is, in other lines.
func pretty(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/4)
	depth := 0
	feed := func() {
		b.WriteByte('\n')
		for range min(depth, maxPrettyDepth) {
			b.WriteString("  ")
		}
	}
	for i := 0; i < len(text); {
		if b.Len() > maxPretty {
			b.WriteString("\n" + thousands(int64(len(text)-i)) + " bytes more")
			break
		}
		switch c := text[i]; c {
		case '"':
			end, _, _ := jsonString(text, i+1, len(text), jsonInText)
			b.WriteString(text[i:end])
			i = end
			continue
		case '{', '[':
			b.WriteByte(c)
			if next := strings.TrimLeft(text[i+1:min(i+64, len(text))], " \t\r\n"); next != "" && next[0] == c+2 { // } and ] stand two behind
				b.WriteByte(c + 2)
				i = strings.IndexByte(text[i:], c+2) + i + 1
				continue
			}
			depth++
			feed()
		case '}', ']':
			depth = max(depth-1, 0)
			feed()
			b.WriteByte(c)
		case ',':
			b.WriteByte(c)
			feed()
		case ':':
			b.WriteString(": ")
		case ' ', '\t', '\r', '\n':
		default:
			b.WriteByte(c)
		}
		i++
	}
	return b.String()
}
