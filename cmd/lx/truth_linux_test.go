//go:build bench || soak

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// figures are those of stats -o json that a corpus has a truth for.
type figures struct {
	Records, Lines, Bytes int
	Levels, Services      map[string]int
	PerMinute             []struct {
		Time  string
		Total int
	} `json:"per_minute"`
	Exact bool
	Notes []string
}

// isStats checks what stats -o json printed of the file.
func (c *corpusFile) isStats(t *testing.T, m measured) {
	var got figures
	if err := json.Unmarshal(m.out, &got); err != nil || m.status != exitDone {
		t.Errorf("stats: exit status %d, %v in %.300s: %s", m.status, err, m.out, m.err)
		return
	}
	if wrong := c.differs(&got); wrong != "" {
		t.Errorf("stats of %s: %s", c.truth.Format, wrong)
	}
}

// differs says what first differs from the truth; "": nothing.
func (c *corpusFile) differs(got *figures) string {
	want := &c.truth
	levels, services, minutes := want.Levels, want.Services, want.PerMinute
	switch want.Format {
	case "log4j": // its loggers have dots
		services = map[string]int{"": want.Records}
	case "plain":
		levels, services, minutes = map[string]int{"": want.Records}, map[string]int{"": want.Records}, nil
	}
	if got.Records != want.Records || got.Lines != want.Lines || int64(got.Bytes) != c.size || !got.Exact {
		return fmt.Sprintf("%d records, %d lines, %d bytes, exact: %t; the truth is %d, %d, %d", got.Records, got.Lines, got.Bytes, got.Exact, want.Records, want.Lines, c.size)
	}
	if !maps.Equal(got.Levels, levels) {
		return fmt.Sprintf("levels %v, the truth is %v", got.Levels, levels)
	}
	if !maps.Equal(got.Services, services) {
		return fmt.Sprintf("services %v, the truth is %v", got.Services, services)
	}
	perMinute := map[string]int{}
	for _, m := range got.PerMinute {
		perMinute[strings.TrimSuffix(m.Time, ":00Z")] = m.Total
	}
	if !maps.Equal(perMinute, minutes) {
		return fmt.Sprintf("%d minutes are not the %d of the truth", len(perMinute), len(minutes))
	}
	return ""
}
