package file

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// How often paths are looked at: seldom where the system tells of changes, else often.
const (
	oftenLook  = 250 * time.Millisecond
	seldomLook = time.Second
	// burst is how long the system's notifications gather before the next of them are taken:
	// those of one file that is written to in small pieces become one.
	burst    = 5 * time.Millisecond
	gathered = 4096 // so many of them; the system keeps the others
)

// wakes tells the sources of one command line when something may have happened
// to their files: by notifications of the system, and by looking at every path
// now and then, which alone suffices. It runs while a source has joined.
type wakes struct {
	poll bool // without notifications

	mu      sync.Mutex
	members map[*waking]bool
	byName  map[string][]*waking // by path as notifications name it
	byDir   map[string][]*waking // those that want to know of what appears in a folder
	watcher *fsnotify.Watcher    // nil: there are no notifications
	fault   error                // why there are none, to be told once
	stop    context.CancelFunc
	running *sync.WaitGroup // what was started for those who have joined
}

// A waking is a source that has joined. C has something in it when there may be news.
type waking struct {
	C chan struct{}

	wakes *wakes
	path  string   // that is looked at; "": none
	names []string // keys of byName
	dirs  []string // keys of byDir

	looked bool        // of who looks: it has, once
	seen   os.FileInfo // and this was there; nil: nothing
}

func newWakes(poll bool) *wakes {
	return &wakes{poll: poll, members: map[*waking]bool{}, byName: map[string][]*waking{}, byDir: map[string][]*waking{}}
}

// join adds a source whose path is looked at. Call leave.
func (w *wakes) join(path string) *waking {
	k := &waking{C: make(chan struct{}, 1), wakes: w, path: path}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.members) == 0 {
		w.start()
	}
	w.members[k] = true
	return k
}

// start is called with mu held.
func (w *wakes) start() {
	ctx, cancel := context.WithCancel(context.Background())
	w.stop, w.running = cancel, &sync.WaitGroup{}
	every := oftenLook
	if !w.poll {
		watcher, err := fsnotify.NewBufferedWatcher(gathered)
		if err == nil {
			w.watcher, every = watcher, seldomLook
			w.running.Go(func() { w.notified(ctx, watcher) })
		} else {
			w.fault = err
		}
	}
	w.running.Go(func() { w.look(ctx, every) })
}

// leave takes the source out. The last one waits until nothing runs any more.
func (k *waking) leave() {
	w := k.wakes
	w.mu.Lock()
	defer w.mu.Unlock()
	k.unname()
	delete(w.members, k)
	if len(w.members) > 0 {
		return
	}
	w.stop()
	if w.watcher != nil {
		_ = w.watcher.Close() // there is nothing left to be told
		w.watcher = nil
	}
	running := w.running
	w.mu.Unlock() // what ends may be at waking, and another source may join
	running.Wait()
	w.mu.Lock()
}

func (k *waking) unname() {
	for _, name := range k.names {
		remove(k.wakes.byName, name, k)
	}
	for _, dir := range k.dirs {
		remove(k.wakes.byDir, dir, k)
	}
	k.names, k.dirs = nil, nil
}

// remove takes k out of m[name].
func remove(m map[string][]*waking, name string, k *waking) {
	m[name] = slices.DeleteFunc(m[name], func(other *waking) bool { return other == k })
	if len(m[name]) == 0 {
		delete(m, name)
	}
}

// watch asks to be told of the path as it leads to a file now, by its own folder
// and by that of the file which it links to. It is called again when it may lead elsewhere.
func (k *waking) watch() {
	names := []string{k.path}
	if abs, err := filepath.Abs(k.path); err == nil {
		names[0] = abs
	}
	if target, err := filepath.EvalSymlinks(k.path); err == nil {
		if abs, err := filepath.Abs(target); err == nil && abs != names[0] {
			names = append(names, abs)
		}
	}
	dirs := make([]string, len(names))
	for i, name := range names {
		dirs[i] = filepath.Dir(name)
	}
	k.wants(names, nil, dirs)
}

// watchFolders asks to be told of whatever appears in the folders.
func (k *waking) watchFolders(dirs []string) {
	all := make([]string, 0, len(dirs))
	for _, dir := range dirs {
		if abs, err := filepath.Abs(dir); err == nil {
			all = append(all, abs)
		}
	}
	k.wants(nil, all, all)
}

func (k *waking) wants(names, dirs, watched []string) {
	w := k.wakes
	w.mu.Lock()
	k.unname()
	k.names, k.dirs = names, dirs
	for _, name := range names {
		w.byName[name] = append(w.byName[name], k)
	}
	for _, dir := range dirs {
		w.byDir[dir] = append(w.byDir[dir], k)
	}
	watcher := w.watcher
	w.mu.Unlock()
	if watcher == nil {
		return
	}
	for _, dir := range watched { // a folder that is there already costs little, and may be another by that name
		if err := watcher.Add(dir); err != nil && !os.IsNotExist(err) {
			w.cannot(err)
			return
		}
	}
}

// cannot gives notifications up: looking often takes their place.
func (w *wakes) cannot(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.watcher == nil {
		return
	}
	w.fault = err
	watcher := w.watcher
	w.watcher = nil
	w.mu.Unlock()
	_ = watcher.Close() // nobody asks for it any more
	w.mu.Lock()
}

// complaint says why the system does not tell of changes, to the first that asks; "" to all others.
func (w *wakes) complaint() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.fault
	w.fault = nil
	if err == nil {
		return ""
	}
	return fmt.Sprintf("the system gives no notice of changes (%v): files are looked at every %v", err, oftenLook)
}

func (k *waking) wake() {
	select {
	case k.C <- struct{}{}:
	default:
	}
}

// notified passes on what the system tells, until its watcher is closed.
func (w *wakes) notified(ctx context.Context, watcher *fsnotify.Watcher) {
	for {
		select {
		case e, ok := <-watcher.Events:
			if !ok {
				return
			}
			w.event(e)
			for range len(watcher.Events) {
				w.event(<-watcher.Events)
			}
		case _, ok := <-watcher.Errors: // there were too many for the system
			if !ok {
				return
			}
			w.all()
		}
		if !sleep(ctx, burst) {
			return
		}
	}
}

func (w *wakes) event(e fsnotify.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, k := range w.byName[e.Name] {
		k.wake()
	}
	if e.Has(fsnotify.Create) {
		for _, k := range w.byDir[filepath.Dir(e.Name)] {
			k.wake()
		}
	}
}

func (w *wakes) all() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for k := range w.members {
		k.wake()
	}
}

// look looks at every path now and then, and wakes those whose file is another, or has changed.
func (w *wakes) look(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	var list []*waking
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		w.mu.Lock()
		if w.watcher == nil && every != oftenLook { // notifications were given up
			every = oftenLook
			tick.Reset(every)
		}
		list = list[:0]
		for k := range w.members {
			if k.path != "" {
				list = append(list, k)
			}
		}
		w.mu.Unlock()
		for _, k := range list {
			if ctx.Err() != nil {
				return
			}
			info, err := os.Stat(k.path)
			if err != nil {
				info = nil
			}
			if !k.looked || !unchanged(k.seen, info) {
				k.seen, k.looked = info, true
				k.wake()
			}
		}
	}
}

// unchanged reports whether two looks at a path saw the same file in the same state; nil: no file.
func unchanged(a, b os.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}
