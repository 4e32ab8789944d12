package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
)

// A rotator is a program that writes numbered lines as fast as it can, and has its
// file rotated in every way there is. It says on standard output what must be so
// before it goes on, and waits for a line on standard input:
//
//	all N     the first N lines were printed: the next step destroys what the file holds
//	line N    this one was, which is the last so far: nobody can know of a file that came and went unseen
//	stop, go  the follower is to see nothing meanwhile
type rotator struct {
	path    string
	f       *os.File
	written int
	total   int
	answers *bufio.Scanner
}

// rotatingWriter is its main: PATH LINES ROUNDS.
func rotatingWriter() {
	total, _ := strconv.Atoi(os.Args[2])
	rounds, _ := strconv.Atoi(os.Args[3])
	w := &rotator{path: os.Args[1], total: total, answers: bufio.NewScanner(os.Stdin)}
	w.open()
	w.write(1)
	w.ask("line", 0)
	var plan []func(int)
	for _, rotate := range []func(int){w.rename, w.copyAndTruncate, w.regrow} {
		plan = append(plan, slices.Repeat([]func(int){rotate}, rounds)...)
	}
	plan = append(plan, w.recreate, w.link, w.link)
	share := total / (len(plan) + 1)
	for i, rotate := range plan {
		w.write(share - share/4)
		rotate(i)
		w.write(share / 4)
		w.ask("line", w.written-1)
	}
	w.write(total)
	w.ask("all", w.written)
}

// must ends the writer where it cannot do what it is there for.
func must(errs ...error) {
	for _, err := range errs {
		if err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
	}
}

func (w *rotator) open() {
	f, err := os.OpenFile(w.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(err)
	w.f = f
}

func (w *rotator) ask(what string, n int) {
	fmt.Println(what, n)
	if !w.answers.Scan() {
		os.Exit(1)
	}
}

// write writes n more lines, each by itself.
func (w *rotator) write(n int) {
	for n = min(n, w.total-w.written); n > 0; n-- {
		i := w.written
		_, err := fmt.Fprintf(w.f, `{"timestamp":"2026-03-14T08:%02d:%02d.%03dZ","level":"INFO","message":"number %07d of many"}`+"\n", i/60000%60, i/1000%60, i%1000, i)
		must(err)
		w.written++
	}
}

// rename has another process write on for a while.
func (w *rotator) rename(i int) {
	must(os.Rename(w.path, fmt.Sprintf("%s.%d", w.path, i)))
	w.write(50)
	old := w.f
	w.open()
	w.write(20)
	w.ask("line", w.written-1)
	fresh := w.f
	w.f = old
	w.write(30)
	must(old.Close())
	w.f = fresh
}

// copyAndTruncate leaves a hole behind every other time, as a writer that does not append.
func (w *rotator) copyAndTruncate(i int) {
	w.ask("all", w.written)
	held, err := os.ReadFile(w.path)
	must(err, os.WriteFile(fmt.Sprintf("%s.%d", w.path, i), held, 0o600))
	at, err := w.f.Seek(0, io.SeekEnd)
	must(err, w.f.Close())
	w.f, err = os.OpenFile(w.path, os.O_WRONLY, 0)
	must(err, os.Truncate(w.path, 0))
	if i%2 == 0 {
		at = 0
	}
	_, err = w.f.Seek(at, io.SeekStart)
	must(err)
}

// regrow writes more than there was before anybody can look.
func (w *rotator) regrow(int) {
	w.ask("all", w.written)
	w.ask("stop", 0)
	info, err := w.f.Stat()
	must(err, w.f.Close(), os.Truncate(w.path, 0))
	w.open()
	w.write(int(info.Size()/90) + 50)
	w.ask("go", 0)
}

func (w *rotator) recreate(int) {
	must(os.Remove(w.path))
	w.open()
}

// link puts a link to another file in the place of the file.
func (w *rotator) link(i int) {
	target := fmt.Sprintf("%s.target%d", w.path, i)
	must(os.Symlink(target, w.path+".link"), os.Rename(w.path+".link", w.path))
	w.open()
}
