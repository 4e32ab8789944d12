package ui

import (
	"bytes"
	"fmt"
	"time"

	"github.com/lxlog/lx/logs"
)

// timeDisplay is how the times of records are shown.
type timeDisplay uint8

const (
	local timeDisplay = iota
	utc
	written  // as it stands in the record
	relative // to now
	delta    // since the record before
	timeDisplays
)

func (d timeDisplay) String() string {
	return [...]string{"in the zone of the screen", "in UTC", "as written", "relative to now", "since the record before"}[d]
}

// timesNamed is the display of a name of the configuration.
func timesNamed(name string) timeDisplay {
	switch name {
	case "utc":
		return utc
	case "written":
		return written
	case "relative":
		return relative
	case "delta":
		return delta
	}
	return local
}

// zone is that of the times on the screen.
func (m *Model) zone() *time.Location {
	if m.times == utc {
		return time.UTC
	}
	return m.Location
}

// zoneName is the name of that zone for people.
func (m *Model) zoneName() string {
	if m.times == utc {
		return "UTC"
	}
	return m.Zone
}

// stamp is a record's time for the list, in layout; before is the time of the record above.
func (m *Model) stamp(t, before int64, layout string) string {
	switch {
	case t == logs.NoTime || layout == "":
		return ""
	case m.times == relative:
		return lasting(time.Duration(t - m.Now().UnixNano()))
	case m.times == delta:
		if before == logs.NoTime {
			return "-"
		}
		return lasting(time.Duration(t - before))
	}
	return time.Unix(0, t).In(m.zone()).Format(layout)
}

// writtenStamp is the stamp of a record as it stands in its bytes, "" where it is not
// found: a number that counts seconds is shown like any other time.
func (m *Model) writtenStamp(r *logs.Record) string {
	raw := r.Raw[:min(len(r.Raw), maxWritten)]
	_, from, to, ok := m.stamps.Find(raw, len(raw))
	if !ok || !bytes.Contains(raw[from:to], time.Unix(0, r.Time).UTC().AppendFormat(nil, ":05")) {
		return ""
	}
	return clean(string(raw[from:to]))
}

// maxWritten is how far into a record its stamp is looked for.
const maxWritten = 4096

// spanWidth is the widest that lasting gives.
const spanWidth = len("+9999d23h")

// lasting is a signed length of time in two units: +0.012s, -3m12s, +2h05m, -4d03h.
func lasting(d time.Duration) string {
	sign := "+"
	if d < 0 {
		sign, d = "-", -d
	}
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%s%.3fs", sign, d.Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%s%dm%02ds", sign, int(d.Minutes()), int(d.Seconds())%60)
	case d < 24*time.Hour:
		return fmt.Sprintf("%s%dh%02dm", sign, int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%s%dd%02dh", sign, int(d.Hours())/24, int(d.Hours())%24)
}

// dated is a time with its day, to the minute.
func (m *Model) dated(at int64) string {
	return time.Unix(0, at).In(m.zone()).Format("2006-01-02 15:04")
}

// rough is a length of time in one unit: 0.4 s, 12 min, 5 h, 3 days, 8 months.
func rough(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 2*time.Minute:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < 2*day:
		return fmt.Sprintf("%d h", d/time.Hour)
	case d < 60*day:
		return fmt.Sprintf("%d days", d/day)
	case d < 2*365*day:
		return fmt.Sprintf("%d months", d/(day*365/12))
	}
	return fmt.Sprintf("%d years", d/(365*day))
}
