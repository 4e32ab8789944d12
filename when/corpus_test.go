//go:build corpus

package when

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// corpus reads a file of JSON lines below $LX_DATA.
func corpus[T any](t *testing.T, name string) []T {
	t.Helper()
	root := os.Getenv("LX_DATA")
	if root == "" {
		t.Fatal("LX_DATA is not set")
	}
	f, err := os.Open(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []T
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var v T
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// refused says why a text of dateparse's tests, which are what people may write, is no stamp of a log.
func refused(text string) string {
	low := strings.ToLower(text)
	switch {
	case strings.Contains(low, " at "):
		return "prose: at"
	case strings.Contains(text, "'"):
		return "prose: a year with an apostrophe"
	case strings.Contains(text, "年"):
		return "Chinese date"
	case strings.Contains(low, "st ") || strings.Contains(low, "st,") || strings.Contains(low, "th") || strings.Contains(low, "nd ") || strings.Contains(low, "nd,") || strings.Contains(low, "3rd"):
		return "prose: ordinal day"
	case strings.Count(text, ":") > 3:
		return "a date with colons"
	case strings.HasSuffix(text, "T)"):
		return "a zone in brackets alone"
	case strings.HasSuffix(text, "AMT") || strings.HasSuffix(text, "PMDT") || strings.Contains(text, "TZ-"):
		return "a zone's name that is not known"
	}
	return ""
}

func TestCorpusDateparse(t *testing.T) {
	type row struct {
		In, Loc, Out, Zname string
		PreferDayFirst      bool
	}
	accepted, why, differs := 0, map[string]int{}, map[string]int{}
	for _, r := range corpus[row](t, "timestamps/dateparse.jsonl") {
		loc := time.UTC
		if r.Loc != "" {
			loc = location(t, r.Loc)
		}
		p := NewParser(loc)
		s, ok := p.Whole([]byte(r.In))
		if !ok {
			if refused(r.In) == "" {
				t.Errorf("%q is no stamp", r.In)
			}
			why[refused(r.In)]++
			continue
		}
		want, err := time.Parse("2006-01-02 15:04:05.999999999 -0700 MST", r.Out)
		if err != nil {
			t.Fatal(err)
		}
		if s.Missing&Year != 0 {
			want = want.AddDate(leapYear, 0, 0) // their year 0
		}
		got := time.Unix(0, s.Nanos)
		zone, named := zoneNames[r.Zname]
		switch {
		case got.Equal(want):
			accepted++
		case named && got.Add(time.Duration(zone.east)*time.Second).Equal(want):
			differs["the offset of a zone's name, which they ignore, is applied"]++
		case r.In == "15-01-18 15:16:17" && show(s.Nanos)[:10] == "2015-01-18":
			differs["of three numbers of two digits the year is the first"]++
		case r.PreferDayFirst:
			differs["the day comes first by their setting"]++
		default:
			t.Errorf("%q: %s, want %s", r.In, show(s.Nanos), r.Out)
		}
	}
	if accepted != 190 {
		t.Errorf("%d of their texts accepted with their instant", accepted)
	}
	if want := map[string]int{
		"prose: at": 14, "prose: a year with an apostrophe": 2, "Chinese date": 2, "prose: ordinal day": 10,
		"a date with colons": 3, "a zone in brackets alone": 3, "a zone's name that is not known": 9,
	}; !maps.Equal(why, want) {
		t.Errorf("refused: %v", why)
	}
	if want := map[string]int{
		"the offset of a zone's name, which they ignore, is applied": 38,
		"of three numbers of two digits the year is the first":       1,
		"the day comes first by their setting":                       1,
	}; !maps.Equal(differs, want) {
		t.Errorf("different: %v", differs)
	}
}

func TestCorpusGrok(t *testing.T) {
	type row struct{ Line, Timestamp string }
	given := 0
	for _, r := range corpus[row](t, "timestamps/grok_spec_lines.jsonl") {
		if r.Timestamp == "" || r.Timestamp == "45" { // the 45 is a column's misnomer
			continue
		}
		given++
		_, start, end, ok := NewParser(nil).Find([]byte(r.Line), 512)
		if !ok || r.Line[start:end] != r.Timestamp {
			t.Errorf("%q: found %q, want %q", r.Line, r.Line[start:end], r.Timestamp)
		}
	}
	if given != 35 {
		t.Errorf("%d lines with a stamp", given)
	}
}

func TestCorpusLnav(t *testing.T) {
	type row struct {
		Line string
		Text string `json:"ts_text"`
	}
	rows := corpus[row](t, "formats/lnav_samples.jsonl")
	for _, r := range rows {
		p := NewParser(nil)
		if _, ok := p.Whole([]byte(r.Text)); !ok {
			t.Errorf("%q is no stamp", r.Text)
		}
		if _, start, end, ok := p.Find([]byte(r.Line), 256); !ok || r.Line[start:end] != r.Text {
			t.Errorf("%q: found %q, want %q", r.Line, r.Line[start:end], r.Text)
		}
	}
	if len(rows) != 101 {
		t.Errorf("%d lines", len(rows))
	}
}

func TestCorpusLogHub(t *testing.T) {
	type row struct {
		Line      int
		TS        string
		YearKnown bool `json:"year_known"`
	}
	n := 0
	for _, system := range []string{"Android", "Apache", "HDFS", "Hadoop", "Linux", "OpenSSH", "Windows", "Zookeeper"} {
		base := "loghub/" + system + "/" + system + "_2k"
		rows := corpus[row](t, base+".headers_expected.jsonl")
		raw, err := os.ReadFile(filepath.Join(os.Getenv("LX_DATA"), base+".log"))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(raw), "\n")
		p := NewParser(nil)
		for _, r := range rows {
			line := lines[r.Line-1]
			s, _, _, ok := p.Find([]byte(line), 64)
			got := strings.TrimSuffix(show(s.Nanos), "Z")
			if !r.YearKnown {
				got = got[len("2000-"):]
			}
			rest, same := strings.CutPrefix(got, r.TS)
			if !ok || !same || strings.Trim(rest, ".0") != "" || r.YearKnown == (s.Missing&Year != 0) {
				t.Errorf("%s:%d: %s, want %s: %q", system, r.Line, got, r.TS, line)
			}
			n++
		}
	}
	if n != 16000 {
		t.Errorf("%d lines", n)
	}
}
