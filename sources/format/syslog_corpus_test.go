//go:build corpus

package format

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lxlog/lx/logs"
)

// corpusFile reads a file of the test data.
func corpusFile(t *testing.T, path string) []byte {
	t.Helper()
	folder := os.Getenv("LX_DATA")
	if folder == "" {
		t.Fatal("LX_DATA names no folder")
	}
	b, err := os.ReadFile(filepath.Join(folder, path))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// corpusLines gives each line of a JSONL file, decoded.
func corpusLines[T any](t *testing.T, path string) []T {
	t.Helper()
	var out []T
	s := bufio.NewScanner(bytes.NewReader(corpusFile(t, path)))
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		var v T
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, v)
	}
	return out
}

type syslogCase struct {
	Input      string
	InputB64   []byte `json:"input_b64"`
	Valid      bool
	Expected   *syslogParts
	BestEffort *syslogParts `json:"best_effort"`
}

type syslogParts struct {
	Facility, Severity           int
	Timestamp, Hostname, Appname *string
	ProcID, MsgID, Message       *string
	StructuredData               map[string]map[string]string
}

func TestCorpusRFC5424(t *testing.T) { syslogCorpus(t, "rfc5424") }
func TestCorpusRFC3164(t *testing.T) { syslogCorpus(t, "rfc3164") }

// syslogCorpus checks that valid messages are read as expected, and that no message is lost.
func syslogCorpus(t *testing.T, name string) {
	ix := newTestIndexer(t, Options{})
	valid := 0
	for _, c := range corpusLines[syslogCase](t, "syslog/"+name+".jsonl") {
		if len(c.InputB64) > 0 {
			agree(t, ix, c.InputB64) // what it holds is no UTF-8, which JSON cannot tell
			continue
		}
		agree(t, ix, []byte(c.Input))
		if !c.Valid || c.Expected == nil || strings.ContainsAny(c.Input, "\n\r") {
			continue
		}
		valid++
		var r logs.Record
		r.Reset()
		rows := foldChunks(ix, []byte(c.Input), len(c.Input))
		f, _ := ix.Format(rows.Formats[0])
		f.Decode([]byte(c.Input), &r)
		if d := c.Expected.differ(&r); d != "" || r.Format != name {
			t.Errorf("%s: %s: %q", r.Format, d, c.Input)
		}
	}
	t.Logf("%d valid", valid)
	if valid == 0 {
		t.Fatal("no cases")
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (p *syslogParts) differ(r *logs.Record) string {
	if want, _ := logs.SyslogSeverity(p.Severity); want != r.Severity {
		return fmt.Sprintf("severity %d, want %d", r.Severity, want)
	}
	attr := func(key string) string {
		v, _ := r.Attr(key)
		return v.Str
	}
	process := attr("process.pid") + attr("log.syslog.procid")
	message := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text(p.Message)), "\ufeff"))
	for _, f := range [...][3]string{{"host", text(p.Hostname), r.Host}, {"service", text(p.Appname), r.Service}, {"process", text(p.ProcID), process},
		{"id", text(p.MsgID), attr("log.syslog.msgid")}, {"facility", code(p.Facility), attr("log.syslog.facility.code")}, {"body", message, strings.TrimSpace(r.Body)}} {
		if f[1] != f[2] {
			return fmt.Sprintf("%s %q, want %q", f[0], f[2], f[1])
		}
	}
	for id, params := range p.StructuredData {
		for name, value := range params {
			key := "log.syslog.structured_data." + id + "." + name
			if got, ok := r.Attr(key); !ok || got.Str != value {
				return fmt.Sprintf("%s %q, want %q", key, got.Str, value)
			}
		}
	}
	if p.Timestamp != nil && !strings.HasPrefix(*p.Timestamp, "0000") {
		if at, err := time.Parse(time.RFC3339Nano, *p.Timestamp); err != nil || at.UnixNano() != r.Time {
			return fmt.Sprintf("time %d, want %s", r.Time, *p.Timestamp)
		}
	}
	return ""
}

func TestCorpusRsyslog(t *testing.T) {
	ix := newTestIndexer(t, Options{})
	for _, c := range corpusLines[struct{ Input, Template, Expected_line string }](t, "syslog/rsyslog_parsertest.jsonl") {
		got := decoded(t, ix, c.Input)
		t.Logf("%s\n  %s\n  %s", c.Input, c.Expected_line, got)
		if strings.HasPrefix(got, "plain") {
			t.Errorf("not read: %q", c.Input)
		}
	}
}

type headerCase struct {
	Line      int
	TS        string `json:"ts"`
	YearKnown bool   `json:"year_known"`
	Level     *string
	Message   string
	Component string
	PID       string
}

func TestCorpusLogHub(t *testing.T) {
	f := func(system, format string) {
		t.Helper()
		raw := corpusFile(t, "loghub/"+system+"/"+system+"_2k.log")
		ix := newTestIndexer(t, Options{})
		rows := agree(t, ix, raw)
		byLine := map[int]*logs.Record{}
		line := 1
		for _, row := range rows.List {
			var r logs.Record
			r.Reset()
			df, _ := ix.Format(rows.Formats[row.Format])
			df.Decode(raw[row.Offset:row.Offset+row.Length], &r)
			byLine[line] = r.Clone()
			if row.Guessed&logs.GuessedYear != 0 { // what the fold kept, in a year of its own
				byLine[line].Time = row.Time
			}
			line += int(row.Lines)
		}
		cases := corpusLines[headerCase](t, "loghub/"+system+"/"+system+"_2k.headers_expected.jsonl")
		var times, levels, bodies, formats, shown int
		for _, c := range cases {
			r := byLine[c.Line]
			if r == nil {
				continue
			}
			layout := "2006-01-02T15:04:05"
			if !c.YearKnown {
				layout = layout[5:]
			}
			if r.Time != logs.NoTime && strings.HasPrefix(c.TS, time.Unix(0, r.Time).UTC().Format(layout)) {
				times++
			}
			if want, _ := logs.ParseSeverity(text(c.Level)); want == r.Severity {
				levels++
			}
			if r.Format == format {
				formats++
			}
			if strings.TrimSpace(c.Message) == strings.TrimSpace(r.Body) {
				bodies++
			} else if shown++; shown < 5 {
				t.Logf("%s:%d body %q, want %q", system, c.Line, r.Body, c.Message)
			}
		}
		t.Logf("%s: of %d lines time %d, level %d, body %d, format %d", system, len(cases), times, levels, bodies, formats)
		for _, n := range [...]int{times, levels, bodies} {
			if n*100 < len(cases)*99 {
				t.Errorf("%s: %d of %d", system, n, len(cases))
			}
		}
	}
	f("Linux", "rfc3164")
	f("OpenSSH", "rfc3164")
	f("Apache", "apache-error")
}

// The generator of the test data says what its files hold.
func TestCorpusGenerated(t *testing.T) {
	f := func(format string) {
		t.Helper()
		dir := t.TempDir()
		log, truthFile := filepath.Join(dir, "x.log"), filepath.Join(dir, "x.json")
		run := exec.Command("go", "run", ".", "-format", format, "-lines", "50000", "-seed", "7", "-start", "2025-12-31T23:59:00Z", "-out", log, "-truth", truthFile)
		run.Dir = filepath.Join(os.Getenv("LX_DATA"), "..", "loggen")
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		raw, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		var truth struct {
			Records          int
			First, Last      time.Time
			Levels, Services map[string]int
			PerMinute        map[string]int `json:"per_minute"`
			Traces           map[string]int
		}
		b, _ := os.ReadFile(truthFile)
		if err := json.Unmarshal(b, &truth); err != nil {
			t.Fatal(err)
		}
		info, _ := os.Stat(log)
		ix := newTestIndexer(t, Options{})
		rows := &logs.Rows{}
		state := ix.Fold(nil, 0, raw, ix.Scan(raw, nil), rows)
		state = ix.Date(state, info.ModTime().UnixNano(), rows.List)
		ix.Close(state, rows, false)
		levels, services, minutes, traces := map[string]int{}, map[string]int{}, map[string]int{}, map[uint32]int{}
		for _, r := range rows.List {
			levels[r.Severity.String()]++
			services[rows.Services[r.Service]]++
			minutes[time.Unix(0, r.Time).UTC().Format("2006-01-02T15:04")]++
			traces[r.Trace]++
		}
		if len(rows.List) != truth.Records {
			t.Errorf("%s: %d records, want %d", format, len(rows.List), truth.Records)
		}
		if fmt.Sprint(minutes) != fmt.Sprint(truth.PerMinute) {
			t.Errorf("%s: per minute %v, want %v", format, minutes, truth.PerMinute)
		}
		if format == "nginx" {
			if levels["ERROR"] != truth.Levels["ERROR"] {
				t.Errorf("nginx: %d errors, want %d", levels["ERROR"], truth.Levels["ERROR"])
			}
			return
		}
		if fmt.Sprint(levels) != fmt.Sprint(truth.Levels) || fmt.Sprint(services) != fmt.Sprint(truth.Services) {
			t.Errorf("%s: levels %v, services %v, want %v %v", format, levels, services, truth.Levels, truth.Services)
		}
		for id, n := range truth.Traces {
			if traces[logs.TraceHash(id)] != n {
				t.Errorf("%s: trace %s has %d records, want %d", format, id, traces[logs.TraceHash(id)], n)
			}
		}
	}
	f("rfc3164")
	f("rfc5424")
	f("nginx")
}
