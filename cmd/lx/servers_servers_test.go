//go:build servers

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/lxlog/lx/sources/elastic/servertest"
)

// shopDocuments are n lines of JSON, a second apart up to the end.
func shopDocuments(n int, end time.Time) (docs [][]byte) {
	for i := range n {
		level := [...]string{"INFO", "DEBUG", "WARN", "ERROR"}[i%4]
		docs = append(docs, fmt.Appendf(nil, `{"@timestamp":"%s","log.level":"%s","service.name":"s%d","message":"order %d is <done>","duration_ms":%d}`,
			end.Add(time.Duration(i-n)*time.Second).UTC().Format("2006-01-02T15:04:05.000Z"), level, i%3, i, i%100))
	}
	return docs
}

// ran is what a command line wrote, and its exit status.
func ran(t *testing.T, env []string, args ...string) (out, said string, code int) {
	t.Helper()
	c := exec.Command("lx", args...)
	c.Env = terminalEnv(t.TempDir(), env...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	_ = c.Run()
	return stdout.String(), stderr.String(), c.ProcessState.ExitCode()
}

// ofBytes is what stats tells of files alone.
var ofBytes = regexp.MustCompile(`"lines":\d+,"bytes":\d+`)

// sorted are the lines of a text, in order.
func sorted(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func eachServer(t *testing.T, f func(t *testing.T, s *servertest.Server)) {
	for _, kind := range servertest.Kinds(t) {
		t.Run(kind, func(t *testing.T) { f(t, servertest.Shared(t, kind)) })
	}
}

// The commands give the same of an index as of a file with its documents.
func TestServerCommands(t *testing.T) {
	eachServer(t, func(t *testing.T, s *servertest.Server) {
		docs := shopDocuments(1000, time.Now())
		s.Bulk(t, "d-shop", 0, docs)
		defer s.Delete(t, "d-shop")
		file := filepath.Join(t.TempDir(), "shop.log")
		if err := os.WriteFile(file, append(bytes.Join(docs, []byte("\n")), '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
		same := func(args ...string) {
			t.Helper()
			want, _, _ := ran(t, nil, append(slices.Clone(args), file)...)
			got, said, code := ran(t, nil, append(slices.Clone(args), "--es", s.URL, "--index", "d-shop")...)
			want = ofBytes.ReplaceAllString(want, `"lines":null,"bytes":null`)
			if code != exitDone || said != "" || got == "" || sorted(got) != sorted(want) {
				t.Errorf("%s: %d, %s\n%.1000s\nnot\n%.1000s", args, code, said, got, want)
			}
		}
		same("query", "-o", "raw", "*")
		same("query", "-o", "raw", "-q", "level >= WARN and order and duration_ms < 20")
		same("query", "-o", "count", "--service", "s1", "-q", "message:\"is done\"")
		same("stats", "-o", "json")
		same("stats", "-o", "json", "--level", "ERROR")
		out, said, code := ran(t, nil, "query", "--explain", "--es", s.URL, "--index", "d-shop", "service:s1")
		if code != exitDone || !strings.Contains(out, `"service.name`) {
			t.Errorf("%d, %s: %s", code, said, out)
		}
		out, said, code = ran(t, nil, "fields", "-o", "json", "--es", s.URL, "--index", "d-shop", "--level", "WARN")
		if code != exitDone || !strings.Contains(out, `{"field":"log.level","type":"text","records":500,"distinct":2,"exact":true,"top":[{"value":"ERROR","count":250},{"value":"WARN","count":250}]}`) {
			t.Errorf("%d, %s: %s", code, said, out)
		}
		out, said, code = ran(t, nil, "query", "order", "--es", s.URL, "--index", "d-shop", "--until", "2020-01-01")
		if code != exitNothing || out != "" || !strings.Contains(said, "no record in that time: they are from "+time.Now().UTC().Format("2006-")) {
			t.Errorf("%d, %s, %s", code, said, out)
		}
		out, said, code = ran(t, nil, "query", "order", file, "--es", s.URL, "--index", "d-none")
		if code != exitSource || strings.Count(out, "order") != 1000 || !strings.Contains(said, "d-shop") {
			t.Errorf("%d, %s, %d bytes", code, said, len(out))
		}
	})
}

// What becomes visible is printed by tail, after the last ones that there were.
func TestServerTail(t *testing.T) {
	eachServer(t, func(t *testing.T, s *servertest.Server) {
		docs := shopDocuments(200, time.Now())
		s.Bulk(t, "d-tail", 0, docs[:100])
		defer s.Delete(t, "d-tail")
		l := inTerminal(t, 200, 50, nil, "tail", "--es", s.URL, "--index", "d-tail", "-n", "1", "-o", "raw", "-q", "message:order")
		l.shows("order 99 ")
		s.Bulk(t, "d-tail", 100, docs[100:])
		l.shows("order 199 ")
		l.press("\x03")
		code, wrote := l.ends()
		if n := strings.Count(wrote, "is <done>"); code != exitInterrupted || n != 101 {
			t.Errorf("%d: %d records\n%s", code, n, wrote)
		}
	})
}

// Secrets, an own authority and a path before the server come from variables and
// files, or from the configuration; what is wrong with them is told.
func TestServerAccess(t *testing.T) {
	kind := servertest.Kinds(t)[0]
	s := servertest.Shared(t, kind)
	s.Bulk(t, "d-access", 0, shopDocuments(10, time.Now()))
	defer s.Delete(t, "d-access")
	gate := servertest.Front(t, s)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, gate.CA, 0o600); err != nil {
		t.Fatal(err)
	}
	f := func(url string, code int, want string, env ...string) {
		t.Helper()
		for _, args := range [][]string{{"stats", "-o", "json", "--es", url, "--index", "d-access"}, {"config", "test", "-o", "json", url, "--index", "d-access"}} {
			out, said, got := ran(t, env, args...)
			if got != code || !strings.Contains(out+said, want) || strings.Contains(out+said, "hunter2") || strings.Contains(out+said, gate.APIKey) {
				t.Errorf("%s: %d, %s%s\nlacks %s", args, got, said, out, want)
			}
		}
	}
	f(gate.URL, exitDone, "", "LX_ES_CA="+ca, "LX_ES_API_KEY="+gate.APIKey)
	f(gate.Prefixed, exitDone, "", "LX_ES_CA="+ca, "LX_ES_USERNAME="+gate.Username, "LX_ES_PASSWORD="+gate.Password)
	f(gate.URL, exitSource, "(401", "LX_ES_CA="+ca, "LX_ES_USERNAME="+gate.Username, "LX_ES_PASSWORD=hunter2")
	f(gate.URL, exitSource, "(401", "LX_ES_CA="+ca)
	f(gate.URL, exitSource, "certificate", "LX_ES_API_KEY="+gate.APIKey)
	f(strings.Replace(gate.URL, "https", "http", 1), exitSource, "https", "LX_ES_API_KEY="+gate.APIKey)
}

// The screen begins with the last 15 minutes and follows; when it is left nothing goes on at the server.
func TestServerScreen(t *testing.T) {
	eachServer(t, func(t *testing.T, s *servertest.Server) {
		docs := shopDocuments(2000, time.Now())
		s.Bulk(t, "d-screen", 0, docs)
		defer s.Delete(t, "d-screen")
		l := inTerminal(t, 100, 24, nil, "--es", s.URL, "--index", "d-screen")
		l.shows(`last 15 min · \d{3} records`)
		l.shows("order 1999 is <done>")
		s.Bulk(t, "d-screen", 2000, [][]byte{bytes.Replace(shopDocuments(1, time.Now())[0], []byte("order 0"), []byte("order new"), 1)})
		l.shows("order new is <done>")
		l.press("q")
		if err := l.cmd.Process.Signal(syscall.Signal(0)); err == nil {
			if code, wrote := l.ends(); code != exitDone {
				t.Errorf("%d: %s", code, wrote)
			}
		}
		s.Rests(t)
	})
}
