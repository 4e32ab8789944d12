//go:build bench || soak

package main

import (
	"cmp"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func newBench(t *testing.T, file corpusFile) *bench {
	b := &bench{t: t, file: file, homes: map[string]string{current: t.TempDir()}}
	if baseline != "" {
		b.homes[baseline] = t.TempDir()
	}
	for name, home := range b.homes { // leaves an index
		c := exec.Command(name, "stats", "-o", "json", file.path)
		c.Env = homed(home)
		b.isStats(t, measure(t, c, kept))
	}
	return b
}

// isStats checks what stats -o json printed.
func (b *bench) isStats(t *testing.T, m measured) {
	if wrong := b.file.isStats(m.out); m.status != exitDone || wrong != "" {
		t.Errorf("stats of %s: exit status %d, %s: %s", b.file.truth.Format, m.status, wrong, m.err)
	}
}

// slogan is as long as grep likes it.
const slogan = "payment declined for order"

const (
	completed = 2 // among the shapes of messages
	declined  = 8
)

// whole adds those who look at every byte.
func (b *bench) whole() {
	c := &b.file
	b.wc = b.peer(work{what: "wc -l", size: c.size, check: counts(c.truth.Lines)}, "wc", "-l", c.path)
	b.grep = b.peer(work{what: "grep -c", size: c.size, check: counts(c.truth.Templates[declined])}, "grep", "-c", slogan, c.path)
	b.peer(work{what: "rg -c", size: c.size, check: counts(c.truth.Templates[declined])}, "rg", "-c", slogan, c.path)
}

// errors adds the peer that counts the mark of level ERROR, and returns its row.
func (b *bench) errors(mark string) *work {
	c := &b.file
	return b.peer(work{what: fmt.Sprintf("grep -c '%s'", mark), size: c.size, check: counts(c.truth.Levels["ERROR"])}, "grep", "-c", mark, c.path)
}

func (b *bench) jq(part corpusFile) {
	b.peer(work{what: "jq, level ERROR, a tenth scaled", size: part.size, scale: float64(b.file.size) / float64(part.size), once: true, check: counts(part.truth.Levels["ERROR"])},
		"jq", "-n", `reduce (inputs | select(.level == "ERROR")) as $r (0; . + 1)`, part.path)
}

// lnav adds another reader of logs, and returns its row; nil: it is not installed.
func (b *bench) lnav() *work {
	return b.peer(work{what: "lnav", size: b.file.size, once: true, check: func(t *testing.T, m measured) {
		if !strings.Contains(string(m.out), fmt.Sprint(b.file.truth.Records)) {
			t.Errorf("lnav: %d records are not in %.300q", b.file.truth.Records, m.out)
		}
	}}, "lnav", "-n", "-c", ";SELECT count(*) FROM all_logs", b.file.path)
}

func (b *bench) stats() {
	c := &b.file
	b.cold(work{what: "stats, cold index", size: c.size, goal: b.share(0.5, 64e6+20*int64(c.truth.Records)), check: b.isStats}, kept, "stats", "-o", "json", c.path)
	b.lx(work{what: "stats, cached index", size: c.size, goal: goal{time: 50 * time.Millisecond}, check: b.isStats}, kept, "stats", "-o", "json", c.path)
}

// share is the goal of a part of grep's speed, and of memory if that is not 0.
func (b *bench) share(speed float64, peak int64) goal {
	return goal{times: 1 / speed, of: b.grep, peak: peak}
}

// words adds free text.
func (b *bench) words() {
	c := &b.file
	f := func(what, word string, n int) {
		b.lx(work{what: "free text, " + what, size: c.size, goal: b.share(0.8, 0), check: finds(n)}, kept, "query", "-o", "count", word, c.path)
	}
	id := c.aTrace()
	f("a rare word", id, c.truth.Traces[id])
	f("a word of one in thirty", "declined", c.truth.Templates[declined])
	f("a word of one in three", "completed", c.truth.Templates[completed])
	f("a word that is nowhere", "thermocline", 0)
}

func (b *bench) fields() {
	c := &b.file
	b.lx(work{what: "duration_ms > 1000", size: c.size, goal: b.share(0.5, 0), check: finds(c.truth.Slow)}, kept, "query", "-o", "count", "duration_ms > 1000", c.path)
	b.lx(work{what: "fields", size: c.size, once: true, check: func(t *testing.T, m measured) {
		if want := fmt.Sprintf(`"records":%d,`, c.truth.Records); m.status != exitDone || !strings.Contains(string(m.out), want) {
			t.Errorf("fields: exit status %d, no %s in %.300s", m.status, want, m.out)
		}
	}}, kept, "fields", "-o", "json", c.path)
}

// json adds what is asked of JSON; level is the row that counts the records of level ERROR.
func (b *bench) json(level *work) {
	b.stats()
	b.words()
	b.fields()
	b.levels(level, "grep", `"level":"ERROR"`)
	b.minute()
	b.trace()
	b.screen()
}

// levels adds records of level ERROR, counted and printed; grep is the row that
// counts them, and printer the peer that prints the same bytes.
func (b *bench) levels(grep *work, printer ...string) {
	c := &b.file
	b.lx(work{what: "level ERROR, counted", size: c.size, goal: goal{times: 0.5, of: b.grep}, check: finds(c.truth.Levels["ERROR"])}, kept, "query", "-o", "count", "--level", "ERROR", "*", c.path)
	errors := []string{"query", "-o", "raw", "--level", "ERROR", "*", c.path}
	peer := exec.Command(printer[0], append(printer[1:], c.path)...)
	peer.Env = homed(b.homes[current])
	want := measure(b.t, peer, piped)
	same := func(t *testing.T, m measured) {
		if m.status != exitDone || m.bytes != want.bytes || m.sum != want.sum {
			t.Errorf("exit status %d, %d bytes with sum %08x; grep printed %d with %08x", m.status, m.bytes, m.sum, want.bytes, want.sum)
		}
	}
	half := goal{times: 0.5, of: grep}
	b.lx(work{what: "level ERROR, printed to /dev/null", size: c.size, goal: half, check: ended}, nowhere, errors...)
	b.lx(work{what: "level ERROR, printed into a pipe", size: c.size, goal: half, check: same}, piped, errors...)
	b.cold(work{what: "level ERROR, printed, cold index", size: c.size, goal: b.share(0.5, 0), check: same}, piped, errors...)
}

// printed adds records with a word, printed.
func (b *bench) printed(word string) {
	c := &b.file
	b.lx(work{what: "records with a word, printed", size: c.size, goal: b.share(0.8, 0), check: func(t *testing.T, m measured) {
		if n := int64(c.truth.Templates[declined]); m.status != exitDone || m.lines != n {
			t.Errorf("exit status %d, %d lines of %d", m.status, m.lines, n)
		}
	}}, piped, "query", "-o", "raw", word, c.path)
}

// minute adds one minute out of the middle.
func (b *bench) minute() {
	c := &b.file
	minutes := slices.Sorted(maps.Keys(c.truth.PerMinute))
	from, err := time.Parse("2006-01-02T15:04", minutes[len(minutes)/2])
	if err != nil {
		b.t.Fatal(err)
	}
	b.lx(work{what: "one minute out of the middle, printed", check: func(t *testing.T, m measured) {
		want := c.truth.PerMinute[from.Format("2006-01-02T15:04")]
		if m.status != exitDone || m.lines < int64(want) || c.truth.Lines == c.truth.Records && m.lines != int64(want) {
			t.Errorf("exit status %d, %d lines of %d records", m.status, m.lines, want)
		}
	}}, piped, "query", "-o", "raw", "--since", from.Format(time.RFC3339), "--until", from.Add(time.Minute).Format(time.RFC3339), "*", c.path)
}

func (b *bench) trace() {
	c := &b.file
	id := c.aTrace()
	b.lx(work{what: "trace_id:ID", size: c.size, check: finds(c.truth.Traces[id])}, kept, "query", "-o", "count", "trace_id:"+id, c.path)
}

// aTrace is the id of the longest trace.
func (c *corpusFile) aTrace() string {
	return slices.MaxFunc(slices.Sorted(maps.Keys(c.truth.Traces)), func(a, b string) int { return cmp.Compare(c.truth.Traces[a], c.truth.Traces[b]) })
}

// counts checks a peer's answer that begins with a number.
func counts(want int) func(*testing.T, measured) {
	return func(t *testing.T, m measured) {
		first, _, _ := strings.Cut(strings.TrimSpace(string(m.out)), " ")
		if got, err := strconv.Atoi(first); err != nil || got != want {
			t.Errorf("a peer says %.100q, the truth is %d: %s", m.out, want, m.err)
		}
	}
}

// finds checks the count of a query.
func finds(want int) func(*testing.T, measured) {
	return func(t *testing.T, m measured) {
		status := exitDone
		if want == 0 {
			status = exitNothing
		}
		if got := strings.TrimSpace(string(m.out)); got != fmt.Sprint(want) || m.status != status {
			t.Errorf("found %.100q, exit status %d; the truth is %d: %s", got, m.status, want, m.err)
		}
	}
}

func ended(t *testing.T, m measured) {
	if m.status != exitDone {
		t.Errorf("exit status %d: %s", m.status, m.err)
	}
}
