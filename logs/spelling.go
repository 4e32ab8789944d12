package logs

// spellings of severities, in lower case. The syslog keywords above ERROR are
// levels of FATAL, notice stands between INFO and WARN.
// Sources: OpenTelemetry Logs Data Model, appendix B; RFC 5424 table 2;
// java.util.logging.Level; winston's npm levels; PostgreSQL's message severities.
var spellings = map[string]Severity{
	"trace": Trace, "trc": Trace, "tra": Trace, "trac": Trace, "trce": Trace, "verbose": Trace, "vrb": Trace, "finest": Trace, "silly": Trace, "all": Trace, "trace1": Trace, "ftrace": Trace,
	"trace2": Trace + 1, "finer": Trace + 1, "trace3": Trace + 2, "trace4": Trace + 3,
	"debug": Debug, "dbg": Debug, "deb": Debug, "dbug": Debug, "debu": Debug, "fine": Debug, "debug1": Debug + 3, "debug2": Debug + 2, "debug3": Debug + 1, "debug4": Debug, "debug5": Debug,
	"config": Debug + 3,
	"info":   Info, "inf": Info, "information": Info, "informational": Info, "log": Info, "statement": Info, "system": Info, "status": Info, "hint": Info, "detail": Info, "http": Info,
	"success": Info + 1, "info2": Info + 1, "info3": Info + 2, "info4": Info + 3, "default": Info, "note": Info + 1, "notice": Info + 1, "ntc": Info + 1,
	"warn": Warn, "wrn": Warn, "war": Warn, "warning": Warn, "warnin": Warn, "warn2": Warn + 1, "warn3": Warn + 2, "warn4": Warn + 3,
	"error": Error, "err": Error, "eror": Error, "erro": Error, "fail": Error, "failure": Error, "severe": Error, "error2": Error + 1, "error3": Error + 2, "error4": Error + 3, "fault": Error,
	"fatal": Fatal, "ftl": Fatal, "fat": Fatal, "fata": Fatal, "critical": Fatal, "crit": Fatal, "crt": Fatal, "assert": Fatal, "dpanic": Fatal,
	"fatal2": Fatal + 1, "alert": Fatal + 1, "panic": Fatal + 1, "pnc": Fatal + 1, "pani": Fatal + 1, "fatal3": Fatal + 2, "fatal4": Fatal + 3,
	"emerg": Fatal + 2, "emergency": Fatal + 2,
}

const longestSpelling = len("informational")

// spelled has for each first letter, as a set of bits, the lengths of the spellings that begin with it.
var spelled = func() (t [32]uint16) {
	for s := range spellings {
		t[s[0]&31] |= 1 << len(s)
	}
	return t
}()

// ParseSeverity reads a severity's name in any case: "WARN", "warning", "Information", "crit".
// A letter alone is one only where a format says so: LetterSeverity.
func ParseSeverity(text string) (Severity, bool) {
	var low [longestSpelling]byte
	if len(text) < 3 || len(text) > len(low) {
		return 0, false
	}
	// Fast path: the common spellings, without the map.
	switch text {
	case "INFO", "info", "Info":
		return Info, true
	case "DEBUG", "debug":
		return Debug, true
	case "WARN", "warn":
		return Warn, true
	case "ERROR", "error":
		return Error, true
	}
	// Fast path: most words that are none have no spelling of their length.
	if spelled[text[0]&31]&(1<<len(text)) == 0 {
		return 0, false
	}
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		low[i] = c
	}
	s, ok := spellings[string(low[:len(text)])]
	return s, ok
}

// LetterSeverity reads the letters that glog, Android, redis, ruby and others write for a level.
func LetterSeverity(letter byte) (Severity, bool) {
	switch letter | 0x20 {
	case 'v', 't':
		return Trace, true
	case 'd':
		return Debug, true
	case 'i':
		return Info, true
	case 'n':
		return Info + 1, true
	case 'w':
		return Warn, true
	case 'e':
		return Error, true
	case 'f', 'c', 'a', 'x':
		return Fatal, true
	}
	return 0, false
}

// SyslogSeverity maps 0 (emergency) to 7 (debug); source: RFC 5424 table 2.
func SyslogSeverity(n int) (Severity, bool) {
	of := [...]Severity{Fatal + 2, Fatal + 1, Fatal, Error, Warn, Info + 1, Info, Debug}
	if n < 0 || n >= len(of) {
		return 0, false
	}
	return of[n], true
}

// StatusSeverity maps the HTTP status of an access log: 5xx ERROR, 4xx WARN, else INFO.
func StatusSeverity(status int) (Severity, bool) {
	switch {
	case status < 100 || status > 599:
		return 0, false
	case status >= 500:
		return Error, true
	case status >= 400:
		return Warn, true
	}
	return Info, true
}
