package format

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/lxlog/lx/logs"
)

// mixedLog is a stream in which all that Fold carries from line to line occurs: traces, wrapped and cut lines, years and dates that are missing.
func mixedLog() []byte {
	var b strings.Builder
	for _, s := range shopShapes {
		text := shopLines(s.line)
		b.Write(text[:bytes.LastIndexByte(text[:2000], '\n')+1])
		b.WriteString("Exception in thread \"main\" java.io.IOException: closed\n\tat shop.Cart.add(Cart.java:31)\nCaused by: java.io.EOFException\n\t... 3 more\n\n")
		b.WriteString("2026-03-14T08:00:00.5Z stdout P {\"level\":\"warn\",\n2026-03-14T08:00:00.6Z stderr F between\n2026-03-14T08:00:00.7Z stdout F \"service\":\"cart\"}\n")
		b.WriteString("Dec 31 23:59:59 web app[1]: old\nJan  1 00:00:01 web app[1]: new\n23:59:59 INFO late\n00:00:01 INFO early\n")
	}
	return []byte(b.String())
}

// Chunks that clones scanned, in any order, give another clone's Fold the rows of one Indexer alone.
func TestFoldOfOtherClonesFacts(t *testing.T) {
	raw := mixedLog()
	ix := newTestIndexer(t, Options{})
	want := printRows(foldChunks(ix.Clone().(*Indexer), raw, 3000))
	r := rand.New(rand.NewPCG(5, 6))
	clones := []logs.Indexer{ix.Clone(), ix.Clone(), ix.Clone()}
	for range 20 {
		var chunks [][]byte
		for rest := raw; len(rest) > 0; {
			n := min(len(rest), 1+r.IntN(6000))
			n += bytes.IndexByte(rest[n-1:], '\n')
			chunks, rest = append(chunks, rest[:n]), rest[n:]
		}
		facts := make([]logs.Facts, len(chunks))
		for _, i := range r.Perm(len(chunks)) {
			facts[i] = clones[r.IntN(len(clones))].Scan(chunks[i], nil)
		}
		folder := ix.Clone()
		rows, offset := &logs.Rows{}, 0
		var state []byte
		for i, chunk := range chunks {
			state = folder.Fold(state, int64(offset), chunk, facts[i], rows)
			offset += len(chunk)
		}
		folder.Close(state, rows, false)
		if got := printRows(rows); got != want {
			t.Fatalf("rows of %d chunks differ:\n%s\nfrom\n%s", len(chunks), got, want)
		}
	}
}
