package logs

// Severity is OpenTelemetry's SeverityNumber: 1 to 24, four steps a level; 0 is unspecified.
// Source: OpenTelemetry Logs Data Model, "Field: SeverityNumber".
type Severity uint8

const (
	Unspecified Severity = 0
	Trace       Severity = 1
	Debug       Severity = 5
	Info        Severity = 9
	Warn        Severity = 13
	Error       Severity = 17
	Fatal       Severity = 21
)

// Level is one of the six names that severities group into, and "" for Unspecified.
type Level uint8

// Levels is the number of values that Level takes, the empty one included.
const Levels = 7

// Level returns 0 for Unspecified, 1 for TRACE to 6 for FATAL.
func (s Severity) Level() Level {
	if s > 24 {
		return 6
	}
	return Level((s + 3) / 4)
}

// Base is the lowest severity of the level: Error for ERROR, 0 for none.
func (l Level) Base() Severity {
	if l == 0 {
		return 0
	}
	return Severity(l)*4 - 3
}

// String is TRACE, DEBUG, INFO, WARN, ERROR, FATAL or "".
func (l Level) String() string {
	return [Levels]string{"", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"}[l]
}

// Short is the name in three letters: TRC DBG INF WRN ERR FTL, "" for none.
func (l Level) Short() string {
	return [Levels]string{"", "TRC", "DBG", "INF", "WRN", "ERR", "FTL"}[l]
}

// String is the name of the severity's level.
func (s Severity) String() string { return s.Level().String() }
