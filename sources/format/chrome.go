package format

import "bytes"

// chromeLayout is the header of Chromium's logging: [pid:tid:mmdd/hhmmss.uuuuuu:LEVEL:file(line)] text.
// Source: base/logging.cc in Chromium, LogMessage::Init.
var chromeLayout = &header{id: "chrome", first: "[", join: joinAll,
	reason: "numbers, a time, a level and a file in one bracket, as Chromium writes them", parse: parseChrome}

func parseChrome(line []byte, s *scanner, h *head) bool {
	if len(line) < 24 || !isDigit(line[1]) {
		return false
	}
	close := bytes.IndexByte(line[:min(len(line), 200)], ']')
	slash := bytes.IndexByte(line[:min(len(line), 60)], '/')
	if close < 0 || slash < 5 || slash+7 > close {
		return false
	}
	// mmdd/hhmmss becomes what glog writes, which has a blank and colons.
	t := s.stamped.text[:0]
	t = append(t, line[slash-4:slash]...)
	t = append(t, ' ', line[slash+1], line[slash+2], ':', line[slash+3], line[slash+4], ':', line[slash+5], line[slash+6])
	i := slash + 7
	for i < close && len(t) < cap(t) && (isDigit(line[i]) || line[i] == '.') {
		t = append(t, line[i])
		i++
	}
	st, n := s.when.Stamp(t)
	if n != len(t) || digits(line[slash+1:]) != 6 || line[i] != ':' || line[slash-5] != ':' && line[slash-5] != '[' {
		return false
	}
	level := line[i+1 : i+1+letters(line[i+1:], 0)]
	colon := i + 1 + len(level)
	for colon < close && isDigit(line[colon]) { // VERBOSE1
		colon++
	}
	if line[colon] != ':' || !h.leveled(level) {
		return false
	}
	h.time, h.level = stamp{st, true}, line[i+1:colon]
	for _, key := range [...]string{"process.pid", "process.thread.id"} {
		number := line[1+h.taken():]
		if k := digits(number); k > 0 && number[k] == ':' {
			h.addNumber(key, number[:k])
		}
	}
	place := line[colon+1 : close]
	if open := bytes.IndexByte(place, '('); open > 0 && place[len(place)-1] == ')' {
		h.at(place[:open], place[open+1:len(place)-1])
	} else {
		h.add("log.origin.file.name", place)
	}
	h.body = skipBlanks(line, close+1)
	return true
}

// taken is the length of the numbers with their colons that were added of a bracket.
func (h *head) taken() int {
	n := 0
	for _, a := range h.attrs[:h.n] {
		n += len(a.text) + 1
	}
	return n
}
