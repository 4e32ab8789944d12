//go:build corpus

package format

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// data is a file of the corpora.
func data(t testing.TB, name string) []byte {
	t.Helper()
	root := os.Getenv("LX_DATA")
	if root == "" {
		t.Fatal("LX_DATA is not set")
	}
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// each unmarshals every line of a JSON lines file.
func each[T any](t *testing.T, name string, f func(T)) {
	t.Helper()
	in := bufio.NewScanner(bytes.NewReader(data(t, name)))
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		f(v)
	}
}

// decodeRow decodes a row's bytes as the program does, its completed time laid over.
func decodeRow(t testing.TB, ix *Indexer, raw []byte, rows *logs.Rows, i int, r *logs.Record) {
	t.Helper()
	row := &rows.List[i]
	f, ok := ix.Format(rows.Formats[row.Format])
	if !ok {
		t.Fatalf("no format %s", rows.Formats[row.Format])
	}
	r.Reset()
	f.Decode(raw[row.Offset:row.Offset+row.Length], r)
	r.Time = row.Time
}

func TestLogHubPrograms(t *testing.T) {
	for _, system := range []string{"Android", "HDFS", "Hadoop", "Windows", "Zookeeper"} {
		raw := data(t, "loghub/"+system+"/"+system+"_2k.log")
		ix, _ := New(Options{})
		rows := agree(t, ix, raw)
		state := foldState(ix, raw)
		ix.Date(state, time.Date(2017, 6, 1, 0, 0, 0, 0, time.UTC).UnixNano(), rows.List)
		byLine := map[int64]int{}
		line := int64(1)
		for i, row := range rows.List {
			byLine[line] = i
			line += int64(row.Lines)
		}
		total, times, levels, bodies, shown := 0, 0, 0, 0, 0
		var r logs.Record
		each(t, "loghub/"+system+"/"+system+"_2k.headers_expected.jsonl", func(v struct {
			Line      int64   `json:"line"`
			TS        string  `json:"ts"`
			YearKnown bool    `json:"year_known"`
			Level     *string `json:"level"`
			Message   string  `json:"message"`
		}) {
			total++
			i, ok := byLine[v.Line]
			if !ok {
				t.Logf("%s:%d is not a record", system, v.Line)
				return
			}
			decodeRow(t, ix, raw, rows, i, &r)
			at := time.Unix(0, r.Time).UTC().Format("2006-01-02T15:04:05.000")
			want := v.TS
			if !v.YearKnown {
				at = at[5:]
			}
			level := ""
			if v.Level != nil {
				s, _ := logs.ParseSeverity(*v.Level)
				level = s.String()
			}
			good := 0
			if strings.TrimSuffix(at, ".000") == strings.TrimSuffix(want, ".000") {
				times++
				good++
			}
			if r.Severity.String() == level {
				levels++
				good++
			}
			if r.Body == v.Message {
				bodies++
				good++
			}
			if good < 3 && shown < 5 {
				shown++
				t.Logf("%s:%d %s %s %q\nwant %s %s %q", system, v.Line, at, r.Severity, r.Body, want, level, v.Message)
			}
		})
		t.Logf("%s: of %d lines time %d, severity %d, body %d, formats %v", system, total, times, levels, bodies, rows.Formats)
		if least := total * 99 / 100; times < least || levels < least || bodies < least {
			t.Errorf("%s: fewer than 99 %%", system)
		}
	}
}

func foldState(ix *Indexer, raw []byte) []byte {
	var rows logs.Rows
	return ix.Fold(nil, 0, raw, ix.Scan(raw, nil), &rows)
}

// TestFormatSamples reads one line of each of a hundred formats.
func TestFormatSamples(t *testing.T) {
	type sample struct {
		Format   string `json:"format"`
		Line     string `json:"line"`
		Declared string `json:"declared_level"`
		Mapped   string `json:"mapped_level"`
		Text     string `json:"level_text"`
		TS       string `json:"ts_text"`
		Body     string `json:"body"`
	}
	ix, _ := New(Options{})
	total, times, leveled, levels, bodies, withBody := 0, 0, 0, 0, 0, 0
	each(t, "formats/lnav_samples.jsonl", func(v sample) {
		total++
		raw := []byte(v.Line)
		rows := agree(t, ix, raw)
		ix.Date(foldState(ix, raw), time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC).UnixNano(), rows.List)
		var r logs.Record
		decodeRow(t, ix, raw, rows, 0, &r)
		name := rows.Formats[rows.List[0].Format]
		var faults []string
		if stampText(ix, &r, v.TS) {
			times++
		} else {
			faults = append(faults, "time "+printTime(r.Time)+" for "+v.TS)
		}
		if want := sampleLevel(v.Format, v.Text, v.Declared, v.Mapped); want != "" {
			leveled++
			if r.Severity.String() == want {
				levels++
			} else {
				faults = append(faults, "severity "+r.Severity.String()+" for "+want)
			}
		} else if r.Severity != 0 && !strings.Contains(v.Line, "\n") && r.SeverityText != "" {
			faults = append(faults, "severity "+r.SeverityText+" where none is declared")
		}
		if v.Body != "" {
			withBody++
			if strings.HasSuffix(strings.TrimSpace(r.Body), strings.TrimSpace(v.Body)) {
				bodies++
			} else {
				faults = append(faults, "body "+r.Body+" for "+v.Body)
			}
		}
		if len(rows.List) != 1 {
			faults = append(faults, "more than one record")
		}
		if len(faults) > 0 {
			t.Logf("%s as %s: %s\n  %.150s", v.Format, name, strings.Join(faults, "; "), v.Line)
		}
	})
	t.Logf("time %d of %d, severity %d of %d, body %d of %d", times, total, levels, leveled, bodies, withBody)
	if times*100 < total*95 || levels*100 < leveled*90 {
		t.Error("fewer than 95 % of the times or 90 % of the severities")
	}
}

// stampText reports whether the record's time is that of the text, to the parser's own reading of it.
func stampText(ix *Indexer, r *logs.Record, text string) bool {
	st, ok := ix.s.when.Whole([]byte(text))
	if !ok || r.Time == logs.NoTime {
		return false
	}
	got := time.Unix(0, r.Time).UTC()
	want := time.Unix(0, st.Nanos).UTC()
	if (stamp{st, true}).guessed()&(logs.GuessedYear|logs.GuessedDate) != 0 {
		return got.Format("150405.000000000") == want.Format("150405.000000000")
	}
	return got.Equal(want)
}

// sampleLevel is the level that a sample's text says, "" where it says none.
// Statuses are levels by our own rule; a system call's errno is none.
func sampleLevel(format, text, declared, mapped string) string {
	switch {
	case text == "" || format == "strace_log" || format == "syslog_log":
		return ""
	case format == "sssd_log":
		return map[string]string{"0x0010": "FATAL", "0x0020": "FATAL", "0x0040": "ERROR", "0x0100": "INFO", "0x0400": "DEBUG"}[text]
	}
	if len(text) == 3 && isNumber([]byte(text)) {
		status := int(text[0]-'0')*100 + int(text[1]-'0')*10 + int(text[2]-'0')
		s, _ := logs.StatusSeverity(status)
		return s.String()
	}
	if len(text) == 1 {
		s, _ := logs.LetterSeverity(text[0])
		return s.String()
	}
	s, _ := logs.ParseSeverity(text)
	return s.String()
}

// TestGeneratedPrograms compares rows with the truth that the generator writes beside its lines.
func TestGeneratedPrograms(t *testing.T) {
	for _, format := range []string{"python", "log4j"} {
		raw, truth := generate(t, format, 200_000)
		ix, _ := New(Options{})
		rows := foldChunks(ix, raw, 1<<20)
		lines := 0
		levels, services, minutes := map[string]int{}, map[string]int{}, map[string]int{}
		for i := range rows.List {
			r := &rows.List[i]
			lines += int(r.Lines)
			levels[r.Severity.String()]++
			services[rows.Services[r.Service]]++
			minutes[time.Unix(0, r.Time).UTC().Format("2006-01-02T15:04")]++
		}
		if format == "log4j" {
			truth.Services = map[string]int{"": truth.Records}
		}
		if len(rows.List) != truth.Records || lines != truth.Lines || !maps.Equal(levels, truth.Levels) || !maps.Equal(services, truth.Services) || !maps.Equal(minutes, truth.PerMinute) {
			t.Errorf("%s: %d records of %d lines, %v, %v, formats %v\nwant %d of %d, %v, %v", format, len(rows.List), lines, levels, services, rows.Formats,
				truth.Records, truth.Lines, truth.Levels, truth.Services)
		}
	}
}

type generated struct {
	Lines, Records int
	Levels         map[string]int
	Services       map[string]int
	PerMinute      map[string]int `json:"per_minute"`
}

// generate runs the generator that lies beside the corpora.
func generate(t testing.TB, format string, records int) (raw []byte, truth generated) {
	t.Helper()
	dir := t.TempDir()
	log, info := filepath.Join(dir, "log"), filepath.Join(dir, "truth")
	data(t, "README.md")
	cmd := exec.Command("go", "run", ".", "-format", format, "-lines", strconv.Itoa(records), "-seed", "1", "-out", log, "-truth", info)
	cmd.Dir = filepath.Join(os.Getenv("LX_DATA"), "..", "loggen")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	raw, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(info)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	return raw, truth
}
