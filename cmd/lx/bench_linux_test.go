//go:build bench

package main

import (
	"cmp"
	"os"
	"testing"
)

// TestBench measures the whole program, beside others on the same files in the
// same run, and prints tables. Answers that are wrong fail it; times do not.
//
// LX_BENCH_SIZE is how large each file is (1GB), LX_BENCH_ROUNDS how often each
// row is done (3), of which the quickest counts; LX names a binary to measure,
// and LX_BENCH_BASELINE another that is set beside it.
func TestBench(t *testing.T) {
	onPath(t)
	size := bytesIn(t, cmp.Or(os.Getenv("LX_BENCH_SIZE"), "1GB"))
	rounds := int(bytesIn(t, cmp.Or(os.Getenv("LX_BENCH_ROUNDS"), "3")))
	folder := keptCorpora(t)
	f := func(format, title string, rows func(b *bench)) {
		b := newBench(t, bytesOf(t, folder, format, size))
		rows(b)
		b.run(rounds)
		b.print(title)
		b.room()
	}
	f("json", "JSON", func(b *bench) {
		b.whole()
		level := b.errors(`"level":"ERROR"`)
		b.jq(bytesOf(t, folder, "json", size/10))
		b.json(level)
	})
	wire(t, bytesOf(t, folder, "json", size))
	f("plain", "prose, no format", func(b *bench) {
		b.whole()
		b.stats()
		b.words()
		b.printed("declined")
	})
	f("logfmt", "logfmt", func(b *bench) {
		b.whole()
		level := b.errors("level=ERROR")
		b.stats()
		b.words()
		b.fields()
		b.levels(level, "grep", "level=ERROR")
		b.minute()
	})
	f("log4j", "Log4j with stack traces", func(b *bench) {
		b.whole()
		level := b.errors(" ERROR ")
		b.stats()
		b.words()
		b.levels(level, "grep", "-A5", "--no-group-separator", " ERROR ")
		b.minute()
	})
	size /= 10
	f("python", "Python's logging, a tenth", func(b *bench) {
		b.whole()
		lnav := b.lnav()
		b.stats()
		b.cold(work{what: "stats, cold index, beside lnav", size: b.file.size, goal: goal{times: 0.1, of: lnav}, check: b.isStats}, kept, "stats", "-o", "json", b.file.path)
	})
}

// TestBenchScreen is what TestBench measures of the screen alone.
func TestBenchScreen(t *testing.T) {
	onPath(t)
	wire(t, bytesOf(t, keptCorpora(t), "json", bytesIn(t, cmp.Or(os.Getenv("LX_BENCH_SIZE"), "1GB"))))
}
