package unpack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
)

// pack compresses text into one member, frame or stream.
func pack(t testing.TB, k Kind, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch k {
	case Gzip:
		w = gzip.NewWriter(&b)
	case Zstd:
		w, err = zstd.NewWriter(&b)
	case XZ:
		w, err = xz.WriterConfig{DictCap: 1 << 16, BlockSize: 100_000}.NewWriter(&b)
	case LZ4:
		w = lz4.NewWriter(&b)
		err = w.(*lz4.Writer).Apply(lz4.BlockSizeOption(lz4.Block64Kb))
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// packed are the kinds that the libraries can write, and bzip2 as it was made.
func packed(t testing.TB, text []byte) map[Kind][]byte {
	t.Helper()
	return map[Kind][]byte{
		Gzip: pack(t, Gzip, text), Zstd: pack(t, Zstd, text), XZ: pack(t, XZ, text), LZ4: pack(t, LZ4, text),
		Bzip2: fixture(t, "lines-200.bz2"),
	}
}

// lines200 is the text of the fixtures.
func lines200() []byte {
	var b []byte
	for i := range 200 {
		b = fmt.Appendf(b, "line %d of a small log\n", i+1)
	}
	return b
}

// noise is text that does not compress to next to nothing.
func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = "0123456789abcdef \n"[r.IntN(18)]
	}
	return b
}

// unpackAll reads all through a Reader of the kind that Detect says.
func unpackAll(data []byte) ([]byte, error) {
	u := NewReader(bytes.NewReader(data), Detect(data))
	defer u.Close()
	return io.ReadAll(u)
}

func TestDetect(t *testing.T) {
	f := func(head string, want Kind, undecided bool) {
		t.Helper()
		if got := Detect([]byte(head)); got != want {
			t.Errorf("%q: %v", head, got)
		}
		if got := Undecided([]byte(head)); got != undecided {
			t.Errorf("%q undecided: %t", head, got)
		}
	}
	f("", None, true)
	f("2026-11-21 ERROR out of stock", None, false)
	f("\x1f", None, true)
	f("\x1f\x8b", None, true)
	f("\x1f\x8b\x08\x00", Gzip, false)
	f("\x1f\x8b\x07\x00", None, false)
	f("\x28\xb5\x2f", None, true)
	f("\x28\xb5\x2f\xfd\x00", Zstd, false)
	f("\x5a\x2a\x4d\x18\x00", Zstd, false) // a skippable frame
	f("\xfd7zXZ\x00\x00", XZ, false)
	f("\x04\x22\x4d\x18\x40", LZ4, false)
	f("\x02\x21\x4c\x18\x40", LZ4, false)
	f("BZh9", None, true)
	f("BZh9 was the name of the parcel", None, false)
	f("BZh91AY&SY\x00", Bzip2, false)
	f("BZh9\x17\x72\x45\x38\x50\x90\x00", Bzip2, false) // bzip2 of nothing
	f("BZhz1AY&SY\x00", None, false)
}

func TestReaderReadsFixtures(t *testing.T) {
	for _, name := range []string{"lines-200.bz2", "blocks-200.xz", "sha256-200.xz", "legacy-200.lz4", "lines-200.zst"} {
		data := fixture(t, name)
		if got, err := unpackAll(data); err != nil || !bytes.Equal(got, lines200()) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
}

// Any number of members, frames or streams make up one text, however small the pieces are that they come in.
func TestReaderJoinsMembers(t *testing.T) {
	for kind, one := range packed(t, lines200()) {
		data := bytes.Repeat(one, 3)
		u := NewReader(iotest.OneByteReader(bytes.NewReader(data)), kind)
		got, err := io.ReadAll(u)
		u.Close()
		if err != nil || !bytes.Equal(got, bytes.Repeat(lines200(), 3)) {
			t.Errorf("%v: %d bytes, %v", kind, len(got), err)
		}
	}
	padded := bytes.Join([][]byte{fixture(t, "blocks-200.xz"), make([]byte, 8), fixture(t, "sha256-200.xz"), make([]byte, 4)}, nil)
	if got, err := unpackAll(padded); err != nil || !bytes.Equal(got, bytes.Repeat(lines200(), 2)) {
		t.Errorf("xz streams with padding: %d bytes, %v", len(got), err)
	}
}

// Wherever data is cut off, what comes out is a beginning of the text, and an error says that it is no more.
func TestReaderCutOff(t *testing.T) {
	text := lines200()
	all := packed(t, text)
	all[XZ] = fixture(t, "blocks-200.xz") // ends between blocks too
	for kind, data := range all {
		for n := MagicLen; n < len(data); n++ {
			got, err := unpackAll(data[:n])
			var fault *Fault
			switch {
			case !errors.As(err, &fault):
				t.Fatalf("%v cut at %d of %d: %v", kind, n, len(data), err)
			case !errors.Is(err, io.ErrUnexpectedEOF):
				t.Fatalf("%v cut at %d of %d: says %v", kind, n, len(data), err)
			case !bytes.HasPrefix(text, got) || fault.Unpacked != int64(len(got)) || fault.Offset > int64(n):
				t.Fatalf("%v cut at %d of %d: %d bytes, %+v", kind, n, len(data), len(got), fault)
			}
		}
	}
}

// So it is where the cut is in a later member: zstd alone takes less than a frame's magic for the end.
func TestReaderCutOffLater(t *testing.T) {
	for kind, one := range packed(t, lines200()) {
		first := 1
		if kind == Zstd {
			first = 4
		}
		for n := first; n < len(one); n++ {
			got, err := unpackAll(append(one[:len(one):len(one)], one[:n]...))
			if err == nil || len(got) < len(lines200()) {
				t.Fatalf("%v, second member cut at %d of %d: %d bytes, %v", kind, n, len(one), len(got), err)
			}
		}
	}
}

// What stands in whole blocks before a cut is delivered: of gzip nearly all.
func TestReaderDeliversBeforeCut(t *testing.T) {
	text := noise(1 << 20)
	f := func(k Kind, least float64) {
		t.Helper()
		data := pack(t, k, text)
		got, err := unpackAll(data[:len(data)/2])
		if share := float64(len(got)) / float64(len(text)/2); share < least || err == nil || !bytes.HasPrefix(text, got) {
			t.Errorf("%v: %.2f of what was there, %v", k, share, err)
		}
	}
	f(Gzip, 0.95)
	f(Zstd, 0.70)
	f(XZ, 0.90)
	f(LZ4, 0.85)
}

// A byte that is wrong is noticed, and never more than the text before it is delivered as read.
func TestReaderDamaged(t *testing.T) {
	text := noise(300_000)
	for _, kind := range []Kind{Gzip, Zstd, XZ, LZ4} {
		data := pack(t, kind, text)
		data[len(data)/2] ^= 0x55
		_, err := unpackAll(data)
		var fault *Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), "damaged near byte") || !strings.Contains(err.Error(), kind.String()) {
			t.Errorf("%v: %v", kind, err)
		}
	}
	if _, err := unpackAll(fixture(t, "x86-200.xz")); err == nil {
		t.Error("a filter that is not known is no error")
	}
}

// An error of the file below is not the data's fault.
func TestReaderPassesErrorsOn(t *testing.T) {
	broken := errors.New("the disk is gone")
	for kind, data := range packed(t, lines200()) {
		u := NewReader(io.MultiReader(bytes.NewReader(data[:len(data)/2]), iotest.ErrReader(broken)), kind)
		if _, err := io.ReadAll(u); err != broken {
			t.Errorf("%v: %v", kind, err)
		}
		u.Close()
	}
}

// A kilobyte that unpacks to a gigabyte takes the memory of one block.
func TestReaderBombStaysSmall(t *testing.T) {
	data := fixture(t, "zeros-1g.bz2")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	u := NewReader(bytes.NewReader(data), Bzip2)
	n, err := io.CopyN(io.Discard, u, 24<<20)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatalf("%d bytes, %v", n, err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
		t.Errorf("%d bytes of data took %d of memory", len(data), took)
	}
}

// xzHeader is a stream with one block that declares a dictionary by its code; the LZMA2 data is cut off.
func xzHeader(dictionary byte) []byte {
	sum := func(b []byte) []byte { return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b)) }
	data := append([]byte("\xfd7zXZ\x00"), sum([]byte{0, 1})...)
	block := sum([]byte{2, 0, 0x21, 1, dictionary, 0, 0, 0})
	return append(append(data, block...), 0x01, 0x00, 0x04, 'h', 'e', 'l')
}

func TestReaderRefusesLargeWindows(t *testing.T) {
	f := func(name string, data []byte, refused bool) {
		t.Helper()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := unpackAll(data)
		runtime.ReadMemStats(&after)
		if errors.Is(err, ErrTooLarge) != refused {
			t.Errorf("%s: %v", name, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; refused && took > 16<<20 {
			t.Errorf("%s: took %d bytes before it was refused", name, took)
		}
	}
	f("xz, 1.5 GiB", xzHeader(37), true)
	f("xz, 4 GiB", xzHeader(40), true)
	f("xz, 192 MiB", xzHeader(31), true)
	f("xz, 64 MiB", xzHeader(28), false)
	second := append(fixture(t, "blocks-200.xz"), xzHeader(37)...)
	f("xz, 1.5 GiB in the second stream", second, true)
	if got, err := unpackAll(second); !bytes.Equal(got, lines200()) || !strings.Contains(err.Error(), "128 MiB") {
		t.Errorf("before the refused stream: %d bytes, %v", len(got), err)
	}
	frame := "\x28\xb5\x2f\xfd"
	f("zstd, 2 GiB", []byte(frame+"\x00\xa8\x01\x00\x00"), true)
	f("zstd, one segment of 1 GiB", []byte(frame+"\xa0\x00\x00\x00\x40\x01\x00\x00"), true)
	f("zstd, 128 MiB", []byte(frame+"\x00\x88\x01\x00\x00"), false)
}

// FuzzReader looks for data that crashes a decoder or keeps it from ending.
func FuzzReader(f *testing.F) {
	for _, data := range packed(f, lines200()) {
		f.Add(data)
	}
	f.Add(fixture(f, "blocks-200.xz"))
	f.Add(fixture(f, "legacy-200.lz4"))
	f.Add(xzHeader(37))
	f.Fuzz(func(t *testing.T, data []byte) {
		kind := Detect(data)
		if kind == None {
			return
		}
		for n := range min(len(data), MagicLen) {
			if Detect(data[:n]) == None && !Undecided(data[:n]) {
				t.Fatalf("%v is given up after %d bytes", kind, n)
			}
		}
		u := NewReader(bytes.NewReader(data), kind)
		defer u.Close()
		if n, err := io.CopyN(io.Discard, u, 4<<20); err == nil && n < 4<<20 {
			t.Fatalf("%v: %d bytes without an end", kind, n)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	var text []byte
	for i := range 100_000 {
		text = fmt.Appendf(text, `{"time":"2026-11-21T08:%02d:%02d.%03dZ","level":"INFO","service":"shop-%d","msg":"order %d placed"}`+"\n", i/6000%60, i/100%60, i%1000, i%7, i*7919)
	}
	for _, kind := range []Kind{Gzip, Zstd, XZ, LZ4} {
		data := pack(b, kind, text)
		b.Run(kind.String(), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				u := NewReader(bytes.NewReader(data), kind)
				if n, err := io.Copy(io.Discard, u); err != nil || n != int64(len(text)) {
					b.Fatal(n, err)
				}
				u.Close()
			}
		})
	}
}
