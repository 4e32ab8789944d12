package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// logcatLayout is Android's log as logcat prints it: threadtime, time, brief, and Android Studio's form.
// Source: https://developer.android.com/tools/logcat, "Control log output format".
var logcatLayout = &header{id: "logcat", first: "0123456789VDIWEFA", join: joinAll,
	reason: "processes, a level's letter and a tag, as Android's logcat prints them", parse: parseLogcat}

func parseLogcat(line []byte, s *scanner, h *head) bool {
	if !isDigit(line[0]) {
		return h.brief(line, 0)
	}
	if len(line) < 20 || line[2] != '-' && line[4] != '-' {
		return false
	}
	st, i := s.stampAt(line, 0)
	if !st.ok || i+4 >= len(line) || line[i] != ' ' {
		return false
	}
	h.time = st
	i = skipBlanks(line, i)
	if i >= len(line) {
		return false
	}
	if !isDigit(line[i]) {
		return h.brief(line, i)
	}
	var numbers [3][]byte // perhaps the user's, the process's, the thread's
	n := 0
	for ; n < len(numbers) && i < len(line) && isDigit(line[i]); n++ {
		k := i + digits(line[i:])
		numbers[n] = line[i:k]
		if n == 0 && k < len(line) && line[k] == '-' {
			return h.studio(line, i, k)
		}
		if k == len(line) || line[k] != ' ' {
			return false
		}
		i = skipBlanks(line, k)
	}
	if n < 2 || i+2 >= len(line) || line[i+1] != ' ' || !h.letter(line, i) {
		return false
	}
	from := skipBlanks(line, i+2)
	colon := tagEnd(line, from)
	if colon < 0 {
		return false
	}
	if n == 3 {
		h.addNumber("user.id", numbers[0])
	}
	h.addNumber("process.pid", numbers[n-2])
	h.addNumber("process.thread.id", numbers[n-1])
	h.tag(line, from, colon)
	return true
}

// letter takes the level's letter at line[i].
func (h *head) letter(line []byte, i int) bool {
	if bytes.IndexByte([]byte("VDIWEFA"), line[i]) < 0 {
		return false
	}
	h.severity, _ = logs.LetterSeverity(line[i])
	h.level = line[i : i+1]
	return true
}

// tag takes the tag at line[from:colon], blanks after it allowed, and what stands behind the colon as the message.
func (h *head) tag(line []byte, from, colon int) {
	h.named(bytes.TrimRight(line[from:colon], " "))
	h.body = colon + 1
	if h.body < len(line) && line[h.body] == ' ' {
		h.body++
	}
}

// tagEnd returns the offset of the colon that ends a tag, -1 where there is none.
func tagEnd(line []byte, from int) int {
	for i := from; i < len(line) && i < from+100; i++ {
		if line[i] == ':' && (i+1 == len(line) || isBlank(line[i+1])) {
			return i
		}
	}
	return -1
}

// brief reads D/Tag(  123): text; behind a time the number may be missing.
func (h *head) brief(line []byte, i int) bool {
	if i+5 >= len(line) || line[i+1] != '/' || !h.letter(line, i) {
		return false
	}
	if colon := tagEnd(line, i+2); i > 0 && colon > 0 && bytes.IndexByte(line[i+2:colon], ' ') < 0 && line[colon-1] != ')' {
		h.tag(line, i+2, colon)
		return true
	}
	open := bytes.IndexByte(line[i:min(len(line), i+100)], '(')
	if open < 3 {
		return false
	}
	open += i
	from := skipBlanks(line, open+1)
	k := from + digits(line[from:])
	if k == from || k+1 >= len(line) || line[k] != ')' || line[k+1] != ':' {
		return false
	}
	h.addNumber("process.pid", line[from:k])
	h.named(bytes.TrimRight(line[i+2:open], " "))
	h.body = k + 2
	if h.body < len(line) && line[h.body] == ' ' {
		h.body++
	}
	return true
}

// studio reads 1234-5678/com.app D/Tag: text, where line[i:k] is the first number.
func (h *head) studio(line []byte, i, k int) bool {
	n := digits(line[k+1:])
	end := token(line, k+1)
	letter := skipBlanks(line, end)
	slash := k + 1 + n
	if n == 0 || slash >= len(line) || line[slash] != '/' || letter+3 >= len(line) || line[letter+1] != '/' || !h.letter(line, letter) {
		return false
	}
	colon := tagEnd(line, letter+2)
	if colon < 0 {
		return false
	}
	h.addNumber("process.pid", line[i:k])
	h.addNumber("process.thread.id", line[k+1:slash])
	h.add("process.name", line[slash+1:end])
	h.tag(line, letter+2, colon)
	return true
}
