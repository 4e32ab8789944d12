package file

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/sources"
	"github.com/lxlog/lx/sources/file/charset"
)

// A following is one Run of a source that follows its file: by descriptor, and by
// looking at what stands at the path. After every end of the data, before the next
// read, it looks whether what was read still stands there (generation.read), and
// whether the path is another file: that one is read from its beginning at once,
// the old one beside it until it gave nothing for common.quiet.
type following struct {
	*reading
	named  charset.Encoding
	waking *waking // nil where there is no path

	generations []*generation // by age; those that stand at the path no more, then the one that does
	next        int           // how many streams were opened
	reached     bool          // the end of what there was at first sight has been read
	caught      bool          // and the record there is whole, or more has come
	missing     error         // why nothing can be read at the path; nil
	foreign     os.FileInfo   // the file at the path that is another source's
	trouble     error         // what reading failed with; it is tried again
	told        sources.Health
}

// follow runs until its context ends, or it turns out that the file cannot be followed.
func (r *reading) follow() error {
	named, err := r.options.named()
	if err != nil {
		return err
	}
	fo := &following{reading: r, named: named}
	defer fo.close()
	if !r.borrows {
		fo.waking = r.common.wakes.join(r.name)
		defer fo.waking.leave()
	}
	err = fo.run()
	if fo.told.State == sources.Trouble {
		fo.health.Text = fo.told.Text // it stays so
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

func (fo *following) run() error {
	fo.watch()
	for {
		if err := fo.look(); err != nil {
			return err
		}
		n, err := fo.readAll()
		if err != nil {
			return err
		}
		fo.retire()
		if n > 0 {
			fo.say()
			continue
		}
		fo.settle()
		fo.caught = fo.caught || fo.reached || !fo.unsettled()
		fo.reached = true
		fo.say()
		if fo.member && fo.vanished() {
			fo.common.known.unnamed(fo.name) // newcomers find another one
			return errEnough
		}
		if err := fo.wait(); err != nil {
			return err
		}
	}
}

// vanished reports whether the file was deleted, and gave nothing for long.
func (fo *following) vanished() bool {
	if !errors.Is(fo.missing, os.ErrNotExist) {
		return false
	}
	for _, g := range fo.generations {
		info, err := g.file.Stat()
		if err != nil || !deleted(info) || time.Since(g.came) < fo.common.quiet {
			return false
		}
	}
	return true
}

// watch asks to be told of the path as it leads to a file now.
func (fo *following) watch() {
	if fo.waking == nil {
		return
	}
	fo.waking.watch()
	if text := fo.common.wakes.complaint(); text != "" {
		fo.remark(text)
	}
}

// current is the generation that stands at the path; nil where none does.
func (fo *following) current() *generation {
	if n := len(fo.generations); n > 0 && fo.generations[n-1].old.IsZero() {
		return fo.generations[n-1]
	}
	return nil
}

// look opens the file at the path if it is another than before.
func (fo *following) look() error {
	cur := fo.current()
	if fo.waking == nil {
		if cur == nil {
			return fo.meet()
		}
		return nil
	}
	var info os.FileInfo
	fo.missing = fo.inTurn(func() (err error) {
		info, err = os.Stat(fo.name)
		return err
	})
	if fo.missing != nil {
		return nil //nolint:nilerr // it is waited for
	}
	if cur != nil && os.SameFile(info, cur.info) || fo.foreign != nil && os.SameFile(info, fo.foreign) {
		return nil
	}
	return fo.meet()
}

// meet opens the file at the path and makes it the current one.
func (fo *following) meet() error {
	end, err := fo.admit()
	if err != nil {
		return err
	}
	var f *os.File
	fo.missing = fo.inTurn(func() (err error) {
		f, err = fo.open()
		return err
	})
	if fo.missing != nil {
		end()
		return nil //nolint:nilerr // it is waited for
	}
	h := newHandle(f, fo.borrows, end)
	fo.watch()
	info, err := f.Stat()
	if err != nil {
		_ = h.release()
		return err
	}
	fo.health.Kind = kind(info.Mode())
	if special, err := fo.special(h, info); special {
		return err
	}
	g := &generation{following: fo, file: h, info: info, came: time.Now()}
	if fo.waking == nil {
		fo.generations = append(fo.generations, g)
		return nil
	}
	device, inode, err := place(f, info)
	if err != nil {
		_ = h.release()
		return err
	}
	g.place = [2]uint64{device, inode}
	owner, at, mark := fo.common.known.meet(g.place, fo)
	if owner != fo {
		_ = h.release()
		fo.foreign = info
		switch {
		case fo.newcomer:
			fo.common.known.unnamed(fo.name)
			return errEnough
		case fo.next == 0:
			fo.note(sources.Skipped, "not read: the same file as "+owner.name+", which is followed")
		}
		return nil
	}
	fo.foreign = nil
	fo.replace(g, at, mark)
	return nil
}

// inTurn calls f, which asks the system about a file, while few others do: each
// of many that the system lets wait would take a thread of its own.
func (fo *following) inTurn(f func() error) error {
	select {
	case fo.common.looks <- struct{}{}:
		defer func() { <-fo.common.looks }()
		return f()
	case <-fo.ctx.Done():
		return fo.ctx.Err()
	}
}

// replace makes g, of which everything before at has been read, the current generation.
func (fo *following) replace(g *generation, at int64, mark []byte) {
	if cur := fo.current(); cur != nil {
		cur.old = time.Now()
	}
	if fo.next > 0 {
		fo.note(sources.Rotated, "was rotated: another file stands there now")
	}
	for i, old := range fo.generations {
		if old.place == g.place { // it has come back
			_ = g.file.release()
			fo.generations = append(append(fo.generations[:i:i], fo.generations[i+1:]...), old)
			old.old = time.Time{}
			return
		}
	}
	g.at, g.mark = at, append(g.mark, mark...)
	fo.generations = append(fo.generations, g)
}

// admit waits until one more file may be open.
func (fo *following) admit() (end func(), err error) {
	if end, ok := fo.common.share.tryBegin(); ok {
		return end, nil
	}
	fo.missing = errTooManyOpen
	fo.caught = true
	fo.say()
	return fo.common.share.begin(fo.ctx)
}

var errTooManyOpen = errors.New("too many files are open: it waits until another is closed; raise the limit (ulimit -n)")

// special reads what cannot be followed by looking at it: pipes, devices, files of /proc.
func (fo *following) special(h *handle, info os.FileInfo) (bool, error) {
	if info.Mode().IsRegular() && (info.Size() > 0 || !fo.unreal(h)) && (!fo.borrows || atStart(h.File)) {
		return false, nil
	}
	if fo.next > 0 || len(fo.generations) > 0 {
		_ = h.release()
		fo.foreign = info
		fo.note(sources.Gap, "no ordinary file stands there now: it is not read")
		return true, nil
	}
	if info.IsDir() {
		_ = h.release()
		return true, errFolder
	}
	h.end() // others need not wait for what may be long in coming
	defer func() { _ = h.release() }()
	if err := fo.reading.wait(h.File, fo.named, sources.StreamInfo{Resource: &logs.Resource{Source: fo.name}, ModTime: logs.NoTime, Live: true}); err != nil {
		return true, err
	}
	return true, errEnough
}

// unreal reports whether a file without size has bytes all the same, as those of /proc.
func (fo *following) unreal(h *handle) bool {
	var b [1]byte
	if n, _ := h.ReadAt(b[:], 0); n == 0 {
		return false
	}
	info, err := h.Stat()
	return err == nil && info.Size() == 0
}

// readAll hands on what the files have, the oldest first: a newer one is read
// once the older has come to its end.
func (fo *following) readAll() (total int, err error) {
	for i := 0; i < len(fo.generations); i++ {
		g := fo.generations[i]
		n, err := g.read()
		total += n
		switch {
		case err == nil && g == fo.current():
			fo.trouble = nil
		case err == nil:
		case fo.ctx.Err() != nil, errors.Is(err, errEnough):
			return total, err
		case errors.Is(err, errTruncated):
			fo.generations[i] = g.renewed()
			total++ // there is something to read
		case fo.waking == nil:
			return total, err
		default:
			fo.trouble = err
			fo.health.Retries++
			g.close()
			fo.generations = append(fo.generations[:i:i], fo.generations[i+1:]...)
			return total, nil
		}
		if n >= turnLen {
			break
		}
	}
	return total, nil
}

// renewed is the generation that follows g after the file was truncated.
func (g *generation) renewed() *generation {
	const why = "was truncated"
	if g.st != nil {
		if g.data != nil {
			g.data.lose(g.name + " " + why)
			g.st.Settle() // all that was read is whole: followers hand it on before it goes
			g.st.Lose(why)
		}
		g.note(sources.Truncated, fmt.Sprintf("was truncated: of what it held, %d bytes had been read; it is read again from its beginning", g.at))
		g.st.Close()
	}
	return &generation{following: g.following, file: g.file, info: g.info, place: g.place, came: time.Now(), old: g.old}
}

// close ends the stream of a generation that is read no more, and remembers how far that was.
func (g *generation) close() {
	if g.st != nil {
		g.st.Close()
	}
	if g.waking != nil {
		if g.file.kept {
			g.common.known.left(g.place, g.at, g.mark)
		} else {
			g.common.known.forget(g.place)
		}
	}
	_ = g.file.release() // it was only read
}

func (fo *following) close() {
	for _, g := range fo.generations {
		g.close()
	}
}

// retire leaves the files that stand at the path no more and have given nothing for long.
func (fo *following) retire() {
	kept := fo.generations[:0]
	for _, g := range fo.generations {
		if !g.old.IsZero() && time.Since(g.old) > fo.common.quiet && time.Since(g.came) > fo.common.quiet {
			g.close()
			continue
		}
		kept = append(kept, g)
	}
	clear(fo.generations[len(kept):])
	fo.generations = kept
}

// unsettled reports whether a record may still grow, as it was written only just now.
func (fo *following) unsettled() bool {
	return slices.ContainsFunc(fo.generations, func(g *generation) bool { return g.pause.after() > 0 })
}

// settle counts open records as whole after which nothing came for long.
func (fo *following) settle() {
	for _, g := range fo.generations {
		d := g.pause.after()
		if d == 0 {
			continue
		}
		quiet := time.Since(g.came)
		if !fo.caught { // it may have been written long ago
			if info, err := g.file.Stat(); err == nil {
				quiet = time.Since(info.ModTime())
			}
		}
		if quiet >= d {
			g.pause.settle()
		}
	}
}

// wait returns when there may be something to do.
func (fo *following) wait() error {
	var due <-chan time.Time
	if d, ok := fo.due(); ok {
		timer := time.NewTimer(max(d, time.Millisecond))
		defer timer.Stop()
		due = timer.C
	}
	var news <-chan struct{}
	if fo.waking != nil {
		news = fo.waking.C
	}
	select {
	case <-news:
	case <-due:
	case <-fo.ctx.Done():
		return fo.ctx.Err()
	}
	return nil
}

// due is how long it takes until there is something to do, whatever happens; false: nothing is.
func (fo *following) due() (least time.Duration, ok bool) {
	by := func(d time.Duration) {
		if !ok || d < least {
			least, ok = d, true
		}
	}
	for _, g := range fo.generations {
		if d := g.pause.after(); d > 0 {
			by(d - time.Since(g.came))
		}
		if !g.old.IsZero() || fo.missing != nil || fo.waking == nil || g.st == nil && !g.first.IsZero() {
			by(oftenLook) // nobody else looks at it
		}
	}
	if fo.trouble != nil {
		by(seldomLook)
	}
	return least, ok
}

// say reports how the source is, where that has changed.
func (fo *following) say() {
	h := fo.health
	h.State = sources.CatchingUp
	if fo.caught {
		h.State = sources.Live
	}
	var wrong string
	switch {
	case fo.trouble != nil:
		wrong = failed(fo.name, fo.trouble).text + ": it is tried again"
	case fo.missing != nil && fo.current() == nil:
		wrong = failed(fo.name, fo.missing).text
		if !errors.Is(fo.missing, errTooManyOpen) {
			wrong += ": it is waited for"
		}
	}
	if wrong != "" {
		if fo.caught && fo.told.State != sources.Live && fo.told.State != sources.Trouble {
			fo.to.Report(h) // all that there is has been read
		}
		h.State = sources.Trouble
		if h.Text != "" {
			wrong = h.Text + "; " + wrong
		}
		h.Text = wrong
	}
	if h != fo.told {
		fo.told = h
		fo.to.Report(h)
	}
}

func (r *reading) note(kind sources.EventKind, text string) {
	r.to.Note(sources.Event{Source: r.name, Time: r.now(), Kind: kind, Text: text})
}
