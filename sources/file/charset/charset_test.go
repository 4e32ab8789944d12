package charset

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// as writes text in the encoding of that name, without a mark.
func as(t testing.TB, name, text string) string {
	t.Helper()
	e, err := Named(name)
	if err != nil {
		t.Fatal(err)
	}
	if !e.Changes() {
		return text
	}
	out, err := e.table.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const (
	english = "2026-11-21 08:00:00 ERROR payment declined\r\n"
	russian = "2026-11-21 08:00:00 ОШИБКА платёж отклонён\r\n"
	chinese = "2026-11-21 08:00:00 错误 一个付款被拒绝\r\n"
)

func TestDetect(t *testing.T) {
	f := func(head, want string, mark int) {
		t.Helper()
		if e, n := Detect([]byte(head)); e.String() != want || n != mark {
			t.Errorf("%q: %v, %d", head, e, n)
		}
	}
	f("", "utf-8", 0)
	f(english, "utf-8", 0)
	f("\xef\xbb\xbf"+english, "utf-8", 3)
	f("\xff\xfea\x00", "utf-16le", 2)
	f("\xfe\xff\x00a", "utf-16be", 2)
	f("\xff\xfe\x00\x00a\x00\x00\x00", "utf-32le", 4)
	f("\x00\x00\xfe\xff\x00\x00\x00a", "utf-32be", 4)
	f("\xff\xfe", "utf-16le", 2)
	for _, text := range []string{english, russian, chinese, "ab"} {
		f(as(t, "utf-16le", text), "utf-16le", 0)
		f(as(t, "utf-16be", text), "utf-16be", 0)
	}
	f("a\x00", "utf-8", 0)                                    // too little to tell
	f(strings.Repeat("\x00", 200)+english, "utf-8", 0)        // the head was given up
	f(english+strings.Repeat("\x00", 200), "utf-8", 0)        // room was taken in advance
	f("one\x00two\x00three\x00four\x00", "utf-8", 0)          // records that end with NUL
	f("\x01\x00\x02\x00\x03\x00\x04\x00\x05\x00", "utf-8", 0) // numbers of 16 bits
	f("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00", "utf-8", 0)
}

func TestUndecided(t *testing.T) {
	f := func(head string, want bool) {
		t.Helper()
		if got := Undecided([]byte(head)); got != want {
			t.Errorf("%q: %t", head, got)
		}
	}
	f("", false)
	f("2", false)
	f("\xef", true)
	f("\xef\xbb", true)
	f("\xef\xbb\xbf", false)
	f("\xff\xfe", true)
	f("\xff\xfea", false)
	f("a\x00", true)
	f("\x00a\x00", true)
	f("a\x00b\x00", false)
}

func TestBinary(t *testing.T) {
	f := func(head string, want bool) {
		t.Helper()
		if got := Binary([]byte(head)); got != want {
			t.Errorf("%.60q: %t", head, got)
		}
	}
	f("", false)
	f(english, false)
	f("\x1b[31mred\x1b[0m and a bell\a\r\n", false)
	f(as(t, "gb18030", chinese), false)
	f("caf\xe9 au lait\n", false)
	f(strings.Repeat("\x00", 300)+english, false)
	f(english+strings.Repeat("\x00", 300), false)
	f(strings.Repeat(english, 2)+"\x00"+english, false) // one odd byte in many
	f(strings.Repeat("\x00", 300), true)
	f("SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20\x00", true)
	f("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", true)
}

func TestNamed(t *testing.T) {
	f := func(name, text, want string) {
		t.Helper()
		e, err := Named(name)
		if err != nil {
			t.Error(err)
			return
		}
		got := text
		if e.Changes() {
			b, err := io.ReadAll(NewReader(strings.NewReader(text), e))
			if err != nil {
				t.Error(err)
			}
			got = string(b)
		}
		if got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	f("utf-8", "é\xff", "é\xff") // stays as it is
	f("UTF8", "é", "é")
	f("latin-1", "caf\xe9", "café")
	f("Latin1", "caf\xe9", "café")
	f("ISO-8859-1", "caf\xe9", "café")
	f("windows-1252", "\x80 5", "€ 5")
	f("gb18030", "\xb4\xed\xce\xf3", "错误")
	f("GBK", "\xb4\xed\xce\xf3", "错误")
	f("shift-jis", "\x83G\x83\x89\x81[", "エラー")
	f("Shift_JIS", "\x83G\x83\x89\x81[", "エラー")
	f("utf-16", "a\x00b\x00", "ab")
	f("utf_16be", "\x00a\x00b", "ab")
	f("utf-32le", "a\x00\x00\x00", "a")
	f("IBM037", "\xc8\x85\x93\x93\x96", "Hello")
	f("hz-gb-2312", "~{4m~}", "错")
	if _, err := Named("klingon"); err == nil || !strings.Contains(err.Error(), `"klingon"`) || !strings.Contains(err.Error(), "gb18030") {
		t.Errorf("klingon: %v", err)
	}
}

// Text comes out whole however it is cut on its way in and out.
func TestReaderCuts(t *testing.T) {
	text := strings.Repeat(chinese+english, 40)
	for _, name := range []string{"utf-16le", "utf-16be", "utf-32le", "gb18030"} {
		e, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		in := as(t, name, text)
		for _, r := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in)), iotest.DataErrReader(strings.NewReader(in))} {
			c := NewReader(r, e)
			var got []byte
			var buf [64]byte
			for err = nil; err == nil; {
				var n int
				n, err = c.Read(buf[:])
				got = append(got, buf[:n]...)
			}
			if err != io.EOF || string(got) != text || c.Replaced != 0 {
				t.Errorf("%s: %d bytes of %d, %v, %d replaced", name, len(got), len(text), err, c.Replaced)
			}
		}
	}
}

func TestReaderCountsWhatIsNotValid(t *testing.T) {
	f := func(name, text, want string, replaced int64) {
		t.Helper()
		e, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		c := NewReader(strings.NewReader(text), e)
		got, err := io.ReadAll(c)
		if err != nil || string(got) != want || c.Replaced != replaced {
			t.Errorf("%s: %q, %v, %d replaced", name, got, err, c.Replaced)
		}
	}
	f("utf-16le", "a\x00\x00\xd8b\x00", "a\uFFFDb", 1) // half of a pair
	f("utf-16le", "a\x00b", "a\uFFFD", 1)              // half of a character at the end
	f("gb18030", "a\xffb", "a\uFFFDb", 1)
	f("gb18030", "a\xb4", "a\uFFFD", 1)
}

// What stands before an error is delivered before it.
func TestReaderError(t *testing.T) {
	broken := errors.New("the disk is gone")
	c := NewReader(io.MultiReader(strings.NewReader("a\x00b\x00"), iotest.ErrReader(broken)), utf16LE)
	if got, err := io.ReadAll(c); string(got) != "ab" || err != broken {
		t.Errorf("%q, %v", got, err)
	}
}

// Once a head is decided, what comes after it does not change its mark.
func FuzzDetect(f *testing.F) {
	f.Add([]byte(english))
	f.Add([]byte("\xef\xbb\xbfa"))
	f.Add([]byte("\xff\xfe\x00\x00"))
	f.Add([]byte(as(f, "utf-16be", russian)))
	f.Fuzz(func(t *testing.T, head []byte) {
		whole, mark := Detect(head)
		Binary(head)
		for n := 1; n <= min(len(head), 8); n++ {
			if Undecided(head[:n]) {
				continue
			}
			if e, m := Detect(head[:n]); m != mark || mark > 0 && e != whole {
				t.Fatalf("%q: %v after %d bytes, %v after all", head, e, n, whole)
			}
		}
		if !whole.Changes() {
			return
		}
		out, err := io.ReadAll(NewReader(bytes.NewReader(head[mark:]), whole))
		if err != nil || len(out) > 2*len(head)+3 {
			t.Fatalf("%q: %d bytes, %v", head, len(out), err)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	for name, text := range map[string]string{"gb18030": chinese, "utf-16le": english} {
		in := as(b, name, strings.Repeat(text, 20_000))
		e, _ := Named(name)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				io.Copy(io.Discard, NewReader(strings.NewReader(in), e))
			}
		})
	}
}
