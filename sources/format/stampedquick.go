package format

import "bytes"

// quick reads the columns of a line that isProgram takes where its header is of
// the most common kind: the stamp, a level, perhaps a word in brackets, and then
// either a logger and a dash or two words of the message. It finds what the
// general reader finds; kindNone: that one must read the line.
func (s *scanner) quick(line []byte, f *fields) kind {
	st, end := s.stampAt(line, 0)
	if end+9 > len(line) || line[end] != ' ' {
		return kindNone
	}
	severity, n := commonLevel(line[end+1:])
	if n == 0 {
		return kindNone
	}
	i := onlyBlanks(line, end+1+n)
	var service []byte
	inBracket := i < len(line) && line[i] == '['
	if inBracket {
		to := i + 1 + bytes.IndexByte(line[i+1:min(len(line), i+2+maxWord)], ']')
		if to <= i || to+1 >= len(line) || line[to+1] != ' ' {
			return kindNone
		}
		word := line[i+1 : to]
		c := s.class(word)
		if !c.plain {
			return kindNone
		}
		if c.service && !c.thread {
			service = word
		}
		i = onlyBlanks(line, to+1)
	}
	if i+1 >= len(line) || !isLetter(line[i]) {
		return kindNone
	}
	k := kindStamped
	if line[end-4] == ',' || bytes.IndexByte(line[:end], ',') == 19 {
		k = kindPython
	}
	if j := letters(line, i); j+1 >= len(line) || line[j] != ' ' || !isLetter(line[j+1]) {
		to := i + bytes.IndexByte(line[i:min(len(line), i+1+maxWord)], ' ')
		if to <= i || !hasPrefix(line[to:], " - ") {
			return kindNone
		}
		word := line[i:to]
		c := s.class(word)
		if !c.logger {
			return kindNone
		}
		if i = skipBlanks(line, to+2); inBracket { // what stands there is a thread
			k, service = kindLog4j, nil
		}
		if c.service {
			service = word
		}
	}
	f.time, f.severity, f.service = st, severity, service
	s.message(trimBlanksRight(line[i:]), line[i:], f)
	return k
}

// onlyBlanks steps over blanks that are no tabs.
func onlyBlanks(line []byte, i int) int {
	for i < len(line) && line[i] == ' ' {
		i++
	}
	return i
}

// maxWord is how long a word may be that wordClass holds.
const maxWord = 48

// wordClass is what the general reader would make of a word, of those that came lately.
type wordClass struct {
	word    [maxWord]byte
	n       uint8
	known   bool
	plain   bool // plainWord takes all of it
	thread  bool // isThread
	service bool // isServiceName
	logger  bool // it is all that loggerEnd would take, and names a logger, no exception
}

// class returns the class of a word, of one byte to maxWord; it is valid until the next call.
func (s *scanner) class(word []byte) *wordClass {
	n := len(word)
	if n == 0 || n > maxWord {
		return &wordClass{}
	}
	c := &s.classes[(int(word[0])+int(word[n/2])*7+int(word[n-1])*5+int(word[max(n-2, 0)])*43+n*13)%len(s.classes)]
	if c.known && bytes.Equal(c.word[:c.n], word) {
		return c
	}
	*c = wordClass{n: uint8(n), known: true, plain: plainWord(word) == n, thread: isThread(word), service: isServiceName(word)}
	copy(c.word[:], word)
	c.logger = isLetter(word[0]) && nameEnd(word, 0) == n && isLoggerName(word) && !isException(word)
	return c
}
