package ui

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/lxlog/lx/logs"
	"github.com/lxlog/lx/output"
	"github.com/lxlog/lx/session"
	"github.com/lxlog/lx/ui/keys"
	remembered "github.com/lxlog/lx/ui/place"
)

// bookmarks are the records that the user has marked, whatever is filtered.
type bookmarks struct {
	list  []*bookmark // by time
	by    map[markID]*bookmark
	paths map[string]string // of sources, absolute, by their names
	soon  bool              // they are saved in a moment
}

// A markID is what makes a record the same, in this run and in the next one.
type markID struct {
	source     string // absolute
	generation int
	offset     int64
	hit        string
}

// A bookmark is a marked record. What is restored has not been seen yet: then only
// what is remembered of it is known.
type bookmark struct {
	remembered.Bookmark
	seen    bool
	other   bool // another record stands in its place
	bytes   int  // of the record
	key     session.Key
	level   logs.Level
	service string
}

// markText is how many bytes of a record are kept for people.
const markText = 400

// restore takes the bookmarks of before.
func (b *bookmarks) restore(list []remembered.Bookmark) {
	for _, r := range list {
		b.add(&bookmark{Bookmark: r, key: session.Key{Time: r.Time, Source: math.MinInt64, Sequence: math.MinInt64}})
	}
}

// add puts one in its place.
func (b *bookmarks) add(k *bookmark) {
	if b.by == nil {
		b.by = map[markID]*bookmark{}
	}
	id := k.mark()
	if b.by[id] != nil {
		return
	}
	b.by[id] = k
	b.list = append(b.list, k)
	slices.SortStableFunc(b.list, func(x, y *bookmark) int { return x.key.Compare(y.key) })
}

func (b *bookmarks) remove(k *bookmark) {
	delete(b.by, k.mark())
	b.list = slices.DeleteFunc(b.list, func(o *bookmark) bool { return o == k })
}

// id is the identity of a record of this run.
func (b *bookmarks) id(of session.ID) markID {
	path, known := b.paths[of.Source]
	if !known {
		if path = of.Source; !strings.Contains(path, "://") && path != "-" {
			if abs, err := filepath.Abs(path); err == nil {
				path = abs
			}
		}
		if b.paths == nil {
			b.paths = map[string]string{}
		}
		b.paths[of.Source] = path
	}
	return markID{path, of.Generation, of.Offset, of.Hit}
}

// of is the bookmark of a record; nil where it has none.
func (b *bookmarks) of(row *session.Row) *bookmark {
	if len(b.list) == 0 || row.Record == nil {
		return nil
	}
	k := b.by[b.id(row.ID)]
	if k == nil || k.other || !k.meet(row) {
		return nil
	}
	return k
}

// meet takes what a record says that stands in the bookmark's place; false where it is another one.
func (k *bookmark) meet(row *session.Row) bool {
	if k.seen && k.bytes == len(row.Record.Raw) {
		return true
	}
	hash := remembered.Hash(row.Record.Raw)
	if !k.seen && hash != k.Hash {
		k.other = true
		return false
	}
	k.Hash = hash // one that was open has grown
	k.take(row)
	return true
}

// take takes what a record says.
func (k *bookmark) take(row *session.Row) {
	r := row.Record
	k.seen, k.bytes, k.key, k.level, k.service = true, len(r.Raw), row.Key, r.Severity.Level(), r.Service
	first, _, _ := strings.Cut(r.Body, "\n")
	k.Text = strings.ToValidUTF8(output.Clean(first[:min(len(first), markText)], false), "")
	if k.Time = r.Time; r.Time == logs.NoTime {
		k.Time = row.Key.Time
	}
}

// mark marks a record.
func (b *bookmarks) mark(row *session.Row) *bookmark {
	id := b.id(row.ID)
	k := &bookmark{Bookmark: remembered.Bookmark{Source: id.source, Generation: id.generation, Offset: id.offset, Hit: id.hit, Hash: remembered.Hash(row.Record.Raw)}}
	k.take(row)
	if old := b.by[id]; old != nil { // of another record that stood here
		b.remove(old)
	}
	b.add(k)
	return k
}

// find looks for the bookmark's record among those of a view.
func (k bookmark) find(ctx context.Context, v session.View) (row session.Row, found bool, err error) {
	const many = 64
	from := k.key
	for {
		page, err := v.Rows(ctx, from, 0, many)
		if err != nil {
			return session.Row{}, false, err
		}
		for _, r := range page.Rows[page.At:] {
			if r.Key.Time > k.key.Time {
				return session.Row{}, false, nil
			}
			if k.seen && r.Key == k.key || !k.seen && r.ID.Offset == k.Offset && r.ID.Hit == k.Hit && remembered.Hash(r.Record.Raw) == k.Hash {
				return r, true, nil
			}
		}
		rows := page.Rows[page.At:]
		if page.Tail || len(rows) == 0 {
			return session.Row{}, false, nil
		}
		from = rows[len(rows)-1].Key
		from.Sequence++
	}
}

// bookmarked reports whether the item is a marked record.
func (m *Model) bookmarked(it *item) bool { return m.marks.of(&it.Row) != nil }

// markTimes are the times of the bookmarks.
func (m *Model) markTimes() []int64 {
	if len(m.marks.list) == 0 {
		return nil
	}
	out := make([]int64, len(m.marks.list))
	for i, k := range m.marks.list {
		out[i] = k.key.Time
	}
	return out
}

// noteText is what is shown behind the message of a record with a note, in a third of the room at most.
func (m *Model) noteText(it *item, room int) string {
	k := m.marks.of(&it.Row)
	if k == nil || k.Note == "" || room < 12 {
		return ""
	}
	return "  " + m.Glyphs.Note + " " + cleanCut(k.Note, room/3)
}

// pointed is the record that a key of list or details means.
func (m *Model) pointed() (session.Row, bool) {
	if d, ok := m.top().view.(*details); ok {
		return d.row, d.row.Record != nil
	}
	if m.paneFocused() {
		return m.pane.row, m.pane.row.Record != nil
	}
	return m.scope().current()
}

// toggleMark marks the record that is pointed at, or takes its bookmark away.
func (m *Model) toggleMark() tea.Cmd {
	row, ok := m.pointed()
	if !ok {
		m.notice = "no record is under the cursor"
		return nil
	}
	if k := m.marks.of(&row); k != nil {
		m.marks.remove(k)
		m.notice = "bookmark taken away"
		if k.Note != "" {
			m.notice += ", and its note: " + cleanCut(k.Note, m.width/2)
		}
		return m.keepSoon()
	}
	m.marks.mark(&row)
	m.notice = plural(len(m.marks.list), "bookmark") + m.Theme.Dim.Render(" · "+m.logKey(keys.NextMark)+" "+m.logKey(keys.PreviousMark)+" next, before · "+m.logKey(keys.ShowBookmarks)+" all")
	return m.keepSoon()
}

// markMsg is the bookmark that was looked for.
type markMsg struct {
	scope   *scope
	row     session.Row
	found   bool
	outside int // bookmarks on the way that the filter leaves out
	down    bool
	err     error
}

// nextMark goes to the nearest bookmark below or above that the filter selects.
func (m *Model) nextMark(down bool) tea.Cmd {
	if len(m.marks.list) == 0 {
		m.notice = "no bookmarks yet · " + m.showKey(keys.Mark) + " marks the record under the cursor"
		return nil
	}
	s := m.scope()
	from := s.anchor()
	s.stop()
	list := make([]bookmark, len(m.marks.list))
	for i, k := range m.marks.list {
		list[i] = *k
	}
	if !down {
		slices.Reverse(list)
	}
	v := s.rows
	return func() tea.Msg {
		msg := markMsg{scope: s, down: down}
		for _, k := range list {
			if order := k.key.Compare(from); down && k.key.Time < from.Time || !down && k.key.Time > from.Time || k.seen && (order == 0 || (order > 0) != down) {
				continue
			}
			row, found, err := k.find(s.ctx, v)
			if err != nil {
				msg.err = err
				return msg
			}
			if order := row.Key.Compare(from); found && (down && order > 0 || !down && order < 0) {
				msg.row, msg.found = row, true
				return msg
			}
			if !found {
				msg.outside++
			}
		}
		return msg
	}
}

func (k markMsg) answer(m *Model) tea.Cmd {
	switch {
	case k.scope != m.scope():
	case k.err != nil:
		k.scope.fail(k.err)
	case k.found:
		return m.goTo(k.row.Key)
	default:
		m.notice = map[bool]string{true: "no bookmark below", false: "no bookmark above"}[k.down]
		if k.outside > 0 {
			m.notice += ", but for " + thousands(int64(k.outside)) + " that the filter leaves out · " + m.showKey(keys.ShowBookmarks) + " all"
		}
	}
	return nil
}
