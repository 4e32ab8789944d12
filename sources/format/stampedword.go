package format

import (
	"bytes"

	"github.com/lxlog/lx/logs"
)

// word reads a bare word: a level, a logger, a file with its line, fields. false: it is the message's first.
func (c *cursor) word() bool {
	if c.isProse() {
		return false
	}
	if !c.is(hasLevel) {
		if sev, n := commonLevel(c.line[c.i:]); n > 0 {
			return c.takeLevel(sev, c.i+n)
		}
		j := letters(c.line, c.i)
		if j == c.i+1 && c.bareLetter() {
			return true
		}
		if j-c.i >= 3 && j-c.i <= 13 {
			if found, more := c.bareLevel(j); found {
				return more
			}
		}
	}
	k := loggerEnd(c.line, c.i)
	if k == c.i {
		return false
	}
	tok := c.line[c.i:k]
	sep, next := c.after(k)
	switch {
	case sep != 'x':
	case c.line[k] == ':' && c.function(k):
		sep, next = 'f', c.i
	case c.line[k] == ']' && c.closer == 0: // TensorFlow, as glog
		sep, next = ' ', skipBlanks(c.line, k+1)
	}
	if file, n, ok := origin(tok); ok && sep != 'x' {
		c.has |= hasOrigin
		if bytes.HasSuffix(file, []byte(".java")) {
			c.has |= hasJava
		}
		c.h.at(file, n)
		c.i, c.last = next, 'w'
		return sep == 't' || sep == '|' || sep == ']' || sep == 'f' || sep == ' ' && !c.is(hasLevel) && upperLevel(c.line, next) > 0
	}
	switch {
	case c.closer != 0:
		return c.wordInside(tok, k, sep)
	case sep == '|' || sep == 't' && c.sep == '\t':
		return c.column(tok, k)
	case c.is(hasBars) && c.place():
		return false
	case c.is(hasLevel):
		return c.wordAfterLevel(tok, sep, next)
	}
	return c.wordBeforeLevel(tok, k, sep, next)
}

// isProse reports whether a word of letters, one blank and a letter stand behind
// the level: the message. It is there for speed alone.
func (c *cursor) isProse() bool {
	if !c.is(hasLevel) || c.closer != 0 || c.sep == '|' || c.sep == '\t' || c.is(bareLogger|hasBars) || c.is(hasPid) && c.is(stampComma) {
		return false
	}
	j := letters(c.line, c.i)
	return j+1 < len(c.line) && c.line[j] == ' ' && isLetter(c.line[j+1])
}

// program reads the name of a Windows program and the dash behind it, as Proxifier
// writes it: chrome.exe - text, chrome.exe *64 - text.
func (c *cursor) program(tok []byte, k int) bool {
	if len(tok) < 5 || string(tok[len(tok)-4:]) != ".exe" {
		return false
	}
	if next := skipBlanks(c.line, k); hasPrefix(c.line[next:], "*64 ") {
		c.h.add("process.architecture", c.line[next+1:next+3])
		k = next + 3
	}
	next := dashed(c.line, skipBlanks(c.line, k))
	if next == skipBlanks(c.line, k) {
		return false
	}
	c.h.add("process.name", tok)
	c.i = next
	return true
}

// after says what separates a token that ends at line[k:] from what follows, and
// where that begins: ':' a colon and a blank, 's' the same with a blank before,
// '-' a dash, '|', 't' tab, '>' an arrow, ' ' blanks, ']' the closer, 'e' the end, 'x' nothing.
func (c *cursor) after(k int) (sep byte, next int) {
	line := c.line
	k = colourEnd(line, colourEnd(line, k))
	i := skipFill(line, k)
	if i >= len(line) {
		return 'e', i
	}
	switch b := line[i]; {
	case b == '|' || b == ';':
		return '|', i
	case b == ':' && (i+1 == len(line) || isBlank(line[i+1]) || line[i+1] == escape):
		if i == k {
			return ':', skipFill(line, i+1)
		}
		return 's', skipFill(line, i+1)
	case i == k && b == c.closer:
		return ']', i
	case i == k:
		return 'x', i
	case b == '-':
		if next := dashed(line, i); next > i {
			return '-', next
		}
	case b == '>' && i+1 < len(line) && line[i+1] == ' ':
		return '>', i + 2
	}
	if bytes.IndexByte(line[k:i], '\t') >= 0 {
		return 't', i
	}
	return ' ', i
}

// bareLevel reads the word line[c.i:j] where it is a level; more is false where the message begins behind it.
func (c *cursor) bareLevel(j int) (found, more bool) {
	word := c.line[c.i:j]
	sev, ok := levelNamed(word)
	if !ok || !c.isBareLevel(word, j) {
		return false, false
	}
	return true, c.takeLevel(sev, j)
}

// takeLevel takes the level line[c.i:j]; false: the message begins behind it.
func (c *cursor) takeLevel(sev logs.Severity, j int) (more bool) {
	blanks := c.i - 1
	for blanks >= 0 && c.line[blanks] == ' ' {
		blanks--
	}
	if c.is(stampFine) && j-blanks == 7 { // Rust's tracing: aligned to five letters
		c.has |= plainLogger
	}
	c.level(sev, c.i, j)
	c.i = j
	switch {
	case j == len(c.line):
	case c.line[j] == ':':
		if c.is(hasPid) && hasPrefix(c.line[j:], ":  ") {
			c.has |= mayPostgres
		}
		return c.colonLevel()
	case c.line[j] == '/':
		end := loggerEnd(c.line, j+1)
		c.h.add("process.name", c.line[j+1:end])
		c.i = end
	case c.is(stampInside) && c.closer == 0 && (c.kafka() || c.flask()):
		return false
	}
	return true
}

// isBareLevel reports whether a level's name that ends before line[j] is one. In
// capitals a blank behind it is enough; in other spelling more must say that it is no
// word of the message: a bar, a tab, two blanks, a bracket, or a colon as winston writes it.
func (c *cursor) isBareLevel(word []byte, j int) bool {
	upper := isUpperWord(word)
	if j == len(c.line) {
		return upper && !isLoose(word)
	}
	b := c.line[j]
	// Fast path: capitals and a blank.
	if upper && (b == ' ' || b == escape) && !isLoose(word) {
		return true
	}
	sep, _ := c.after(j)
	switch {
	case string(word) == "LOG" && b == ' ' && c.is(hasPid): // PgBouncer
		return true
	case isLoose(word) && sep != '|' && sep != 't':
		return false
	case b == '>' && upper: // Log4perl
		return j+1 < len(c.line) && c.line[j+1] == ' '
	case b == c.closer || b == '|' || b == ';' || b == '\t' || b == escape:
		return true
	case upper:
		return b == ' ' || b == ':' || b == ',' || b == '[' || b == '/' && c.closer != 0
	case b == ':':
		return sep == ':' && !isUpper(word[0]) && !c.is(stampSlash)
	case b != ' ':
		return false
	}
	if sep != ' ' || c.closer != 0 || c.line[j+1] == ' ' || c.line[j+1] == '[' {
		return true
	}
	k := loggerEnd(c.line, j+1) // info hostd[12] text, info codes.vapor : text
	return k+1 < len(c.line) && c.last == 's' && (c.line[k] == '[' && isDigit(c.line[k+1]) || c.line[k] == ' ' && c.line[k+1] == ':' && isDotted(c.line[j+1:k]))
}

// colonLevel reads on behind LEVEL with a colon: logger:text, or the message.
func (c *cursor) colonLevel() bool {
	i := c.i + 1
	if i < len(c.line) && c.line[i] == ':' {
		return true // vdsm's ::
	}
	if i >= len(c.line) || isBlank(c.line[i]) {
		c.i = skipBlanks(c.line, i)
		return false
	}
	c.i = i
	k := nameEnd(c.line, i)
	if k < len(c.line) && c.line[k] == ':' && isLoggerName(c.line[i:k]) {
		c.logger(c.line[i:k])
		c.i = k + 1
	}
	return false
}

// kafka reads the logger at the end of a line: ... (kafka.server.KafkaServer).
func (c *cursor) kafka() bool {
	n := len(c.line) - 1
	if c.line[n] != ')' {
		return false
	}
	k := bytes.LastIndex(c.line, []byte(" ("))
	if k < c.i || !isDotted(c.line[k+2:n]) || loggerEnd(c.line, k+2) != n {
		return false
	}
	c.logger(c.line[k+2 : n])
	c.has |= hasJava
	c.i = skipBlanks(c.line, c.i)
	c.h.end = max(k, c.i)
	return true
}

// bareLetter reads a level that is a letter alone: MongoDB's I NETWORK [conn1], etcd's I | pkg:.
func (c *cursor) bareLetter() bool {
	letter := c.line[c.i]
	sev, ok := logs.LetterSeverity(letter)
	if !ok || !isUpper(letter) {
		return false
	}
	sep, next := c.after(c.i + 1)
	if end := loggerEnd(c.line, next); sep == ' ' && end < len(c.line) && c.line[end] == ']' {
		_, _, ok := origin(c.line[next:end])
		if ok {
			c.level(sev, c.i, c.i+1)
			c.i = next
		}
		return ok
	}
	if hasPrefix(c.line[c.i+1:], "! ") { // Telegraf's E!
		c.level(sev, c.i, c.i+1)
		c.i += 2
		return true
	}
	switch sep {
	case '|':
		c.has |= plainLogger
	case ' ', 's':
		k := letters(c.line, next)
		open := skipBlanks(c.line, k)
		if next == c.i+1 || next == len(c.line) || !isUpperWord(c.line[next:k]) && c.line[next] != '-' || open >= len(c.line) || c.line[open] != '[' {
			return false
		}
		end := c.closing(open)
		if end < 0 {
			return false
		}
		c.h.add("log.logger", c.line[next:k])
		c.h.add("process.thread.name", c.line[open+1:end])
		c.level(sev, c.i, c.i+1)
		c.has |= isMongo | hasLogger
		c.i = end + 1
		return true
	default:
		if c.closer == 0 || sep != ' ' && sep != ']' {
			return false
		}
	}
	c.level(sev, c.i, c.i+1)
	c.i++
	return true
}

// wordInside reads a word in the bracket of the stamp: katello's main, tornado's web:2162, env_logger's module.
func (c *cursor) wordInside(tok []byte, k int, sep byte) bool {
	if sep != ']' && sep != ' ' || !isLoggerName(tok) {
		return false
	}
	if n := bytes.LastIndexByte(tok, ':'); n > 0 && digits(tok[n+1:]) == len(tok)-n-1 && n < len(tok)-1 {
		c.h.addNumber("log.origin.file.line", tok[n+1:])
		tok = tok[:n]
	}
	switch {
	case isDotted(tok):
		c.logger(tok)
	case c.n == len(c.words):
		return false
	default:
		c.words[c.n] = tok
		c.n++
	}
	c.i, c.last = k, 'w'
	return true
}

// wordAfterLevel reads a logger's name behind the level. What stands behind it is the message.
func (c *cursor) wordAfterLevel(tok []byte, sep byte, next int) bool {
	if c.is(hasLogger) || !isLoggerName(tok) {
		return false
	}
	switch sep {
	case 'x':
		if c.line[c.i+len(tok)] == '{' {
			c.spans()
			return false
		}
		if string(tok) == "ThreadId" { // Rust's tracing
			return c.threadID(c.i + len(tok))
		}
		from := c.i
		if c.process(c.i+len(tok)) || c.i > from {
			return c.i < len(c.line) && c.line[c.i] == '['
		}
		return false
	case ':':
		if hasPrefix(tok, "C-0x") || hasPrefix(tok, "S-0x") { // PgBouncer's client or server
			c.h.add("pgbouncer.socket", tok)
			c.i = next
			return false
		}
		if !isSureLogger(tok) && (!c.is(plainLogger) || isException(tok)) {
			return false
		}
	case 's', '-':
		if isException(tok) {
			return false
		}
	case '>':
		if !isSureLogger(tok) {
			return false
		}
	case ' ':
		switch {
		case isDotted(tok) && next < len(c.line) && c.line[next] == '[' && bytes.Count(tok, []byte(".")) > 0: // OpenStack, Flink
			c.logger(tok)
			c.i, c.last = next, 'b'
			return true
		case c.is(bareLogger) && c.n > 0 && bytes.Count(tok, []byte(".")) > 1: // Tomcat
		case c.threadBehind(tok, next), c.odoo(tok, next):
			return false
		case hasPrefix(c.line[next:], "[-] ") || hasPrefix(c.line[next:], "[req-"): // OpenStack's programs by their name alone
			c.logger(tok)
			c.i, c.last = next, 'b'
			return true
		case c.sep == ' ' && c.aligned(tok, next): // Windows' CBS
		case c.is(levelFirst) && c.twoNumbers(next):
			c.logger(tok)
			return false
		default:
			return false
		}
	default:
		return false
	}
	c.logger(tok)
	c.i = next
	return false
}

// aligned reports whether the token stands in a column of its own: at least four blanks before it, two behind it.
func (c *cursor) aligned(tok []byte, next int) bool {
	return isServiceName(tok) && next-c.i-len(tok) >= 2 && c.i >= 4 && string(c.line[c.i-4:c.i]) == "    "
}

// php reads the kind of error that PHP names before a colon.
// Source: PHP manual, "Predefined Constants" of error handling; main/main.c.
func (c *cursor) php(i int) {
	colon := bytes.IndexByte(c.line[i:min(len(c.line), i+30)], ':')
	if colon < 0 {
		return
	}
	var sev logs.Severity
	switch string(c.line[i : i+colon]) {
	case "Fatal error", "Parse error":
		sev = logs.Fatal
	case "Recoverable fatal error":
		sev = logs.Error
	case "Warning":
		sev = logs.Warn
	case "Notice", "Deprecated", "Strict Standards":
		sev = logs.Info + 1
	default:
		return
	}
	c.level(sev, i, i+colon)
	c.has |= isPHP
	c.i = skipBlanks(c.line, i+colon+1)
}

// wordBeforeLevel reads what stands between the stamp and the level: Python's name, fields, monolog's channel.LEVEL.
func (c *cursor) wordBeforeLevel(tok []byte, k int, sep byte, next int) bool {
	switch {
	case k < len(c.line) && c.line[k] == '=':
		return c.fieldsBefore()
	case hasPrefix(tok, "TID-") && upperLevel(c.line, next) > 0:
		c.h.add("process.thread.id", tok[4:])
		c.i, c.last = next, 'w'
		return true
	case c.program(tok, k):
		return false
	case (sep == 'x' || sep == ' ') && c.process(k):
		return true
	case c.i >= k: // the process was read, and the message follows
		return false
	case sep == ' ' && (c.levelBehind(tok, next) || c.wideColumn(tok, k, next)):
		return false
	case string(tok) == "PHP" && c.is(stampInside):
		c.php(next)
		return false
	}
	if sep == ':' {
		if dot := bytes.LastIndexByte(tok, '.'); dot > 0 && isUpperWord(tok[dot+1:]) {
			if sev, ok := levelNamed(tok[dot+1:]); ok {
				c.logger(tok[:dot])
				c.level(sev, c.i+dot+1, k)
				c.i = next
			}
		} else if end := namedLevel(c.line, next, tok); end > 0 {
			sev, _ := levelNamed(c.line[next:end])
			c.logger(tok)
			c.level(sev, next, end)
			c.i = skipBlanks(c.line, end+1)
		}
		return false
	}
	if !isLoggerName(tok) || sep != '-' && (sep != ' ' || !isSureLogger(tok)) {
		return false
	}
	if end := upperLevel(c.line, next); end == 0 || sep == '-' && end < len(c.line) && c.line[end] != ' ' && c.line[end] != ':' {
		return false
	}
	c.logger(tok)
	c.i, c.last = next, 'w'
	return true
}

// fieldsBefore reads pid=1 tid=abc before a level: Sidekiq, Elixir's metadata.
func (c *cursor) fieldsBefore() bool {
	i := c.i
	for range 6 {
		end := token(c.line, i)
		if n := bytes.IndexByte(c.line[i:end], '='); n <= 0 || !isLoggerName(c.line[i:i+n]) {
			return false
		}
		i = skipBlanks(c.line, end)
		bar := i < len(c.line) && c.line[i] == '|' // Ansible
		if bar || upperLevel(c.line, i) > 0 {
			text := c.line[c.i:i]
			for len(text) > 0 {
				part := text[:token(text, 0)]
				n := bytes.IndexByte(part, '=')
				switch string(part[:n]) {
				case "pid":
					c.pid(part[n+1:])
				case "tid":
					c.h.addNumber("process.thread.id", part[n+1:])
				default:
					c.h.field(part[:n], part[n+1:])
				}
				text = text[skipBlanks(text, len(part)):]
			}
			if c.i, c.last = i, 'w'; bar {
				c.last = 'b'
			}
			return true
		}
	}
	return false
}
