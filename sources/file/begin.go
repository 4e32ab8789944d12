package file

import (
	"bytes"
	"io"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file/charset"
	"github.com/lxlog/lx/sources/file/unpack"
)

// leastHole is how many NULs are passed over; fewer are a record's like other bytes.
const leastHole = 4 << 10

// hole returns how many of the first bytes of the file, or of what follows NULs
// that were passed over, are NULs to pass over: those that stand before what a
// writer writes that does not append, after its file was truncated.
func (g *generation) hole(b []byte) int {
	n := len(b) - len(bytes.TrimLeft(b, "\x00"))
	if n < leastHole && !g.holed {
		return 0
	}
	g.holed = n > 0
	return n
}

// leap goes on to where the file has data, if the system knows of a hole before that.
func (g *generation) leap() {
	if g.file.borrowed { // its place is others' too
		return
	}
	if to := dataFrom(g.file.File, g.at); to > g.at {
		g.at = to
		g.mark = append(g.mark[:0], make([]byte, markLen)...)
	}
}

// begin opens the stream of a file that begins with head; false: more of it must come first.
func (g *generation) begin(head []byte) (bool, error) {
	if g.first.IsZero() {
		g.first = time.Now()
	}
	young := time.Since(g.first) < quietPart
	if young && (unpack.Undecided(head) || charset.Undecided(head)) {
		return false, nil
	}
	looked := head[:min(len(head), charset.HeadLen)]
	e, mark := g.options.encoding(g.named, looked)
	if kind := unpack.Detect(head); kind != unpack.None || e.Changes() {
		return false, g.toItsEnd(kind, e)
	}
	if mark == len(head) { // alone it is no record
		return false, nil
	}
	if g.newcomer && g.at == 0 {
		of, open := g.common.known.copied(g.name, g.place, head)
		if of != nil {
			g.note(sources.Skipped, "not read: it begins as "+of.name+" does, and is taken for a copy of it")
			return false, errEnough
		}
		if open && young {
			return false, nil
		}
	}
	if g.next == 0 {
		g.looks(looked)
	}
	info := sources.StreamInfo{Resource: &logs.Resource{Source: g.name}, Generation: g.next, ModTime: g.info.ModTime().UnixNano(), Live: true}
	if g.file.keep(g.common.share) {
		g.data = &contents{file: g.file.use(), base: g.at, recent: g.common.recent}
		info.Data = g.data
	}
	g.base = g.at
	g.st = g.to.Open(info)
	g.pause = pause{st: g.st}
	g.next++
	return true, nil
}

// toItsEnd reads a file that is not followed, as it must be unpacked or rewritten.
func (g *generation) toItsEnd(kind unpack.Kind, e charset.Encoding) error {
	what := kind.String() + " data"
	if kind == unpack.None {
		what = "text in " + e.String()
	}
	if g.newcomer {
		g.note(sources.Skipped, "not read: "+what+" that appeared while files are followed is taken for a copy of what was")
		return errEnough
	}
	g.remark(what + " is read to the end of the file, and not followed")
	info := sources.StreamInfo{Resource: &logs.Resource{Source: g.name}, Generation: g.next, ModTime: g.info.ModTime().UnixNano()}
	g.next++
	if err := g.inOrder(io.NewSectionReader(g.file, 0, 1<<63-1), g.named, info); err != nil {
		return err
	}
	return errEnough
}

// history has the stream read in place what there is of the file at first sight,
// where that is more than fresh; false: it does not.
func (g *generation) history(fresh []byte, size int64) (int, bool, error) {
	if g.caught || g.data == nil || size-g.at <= int64(len(fresh)) {
		return 0, false, nil
	}
	var last, again [markLen]byte
	tail := last[:min(markLen, size)]
	if n, _ := g.file.ReadAt(tail, size-int64(len(tail))); n < len(tail) {
		return 0, false, nil // truncated just now, or none of the size that the system says
	}
	first := bytes.Clone(fresh[:min(len(fresh), headKept)])
	g.health.Size = size
	g.report(sources.CatchingUp)
	g.remember(first)
	if err := g.st.Grow(g.ctx, size-g.base); err != nil {
		if now, fault := g.file.Stat(); fault == nil && now.Size() < size {
			return 0, true, errTruncated
		}
		g.st.Lose("it could not be read to its end, and is read again")
		return 0, true, err
	}
	for _, was := range []struct {
		bytes []byte
		at    int64
	}{{first[:min(len(first), markLen)], g.at}, {tail, size - int64(len(tail))}} {
		if n, _ := g.file.ReadAt(again[:len(was.bytes)], was.at); !bytes.Equal(again[:n], was.bytes) {
			return 0, true, errTruncated
		}
	}
	grown := int(size - g.at)
	g.at, g.mark = size, append(g.mark[:0], tail...)
	g.took(tail[len(tail)-1], grown)
	g.health.Size = 0
	return grown, true, nil
}

// remember keeps the head of the file, by which copies of it are known: before its bytes are
// handed on, which may take long, so that a copy that is made meanwhile is known too.
func (g *generation) remember(fresh []byte) {
	if len(g.head) == headKept || g.base != 0 {
		return
	}
	again := len(g.head) > 0
	more := fresh[:min(len(fresh), headKept-len(g.head))]
	g.head = append(g.head[:len(g.head):len(g.head)], more...)
	g.common.known.begins(g.place, g.head, again)
}
