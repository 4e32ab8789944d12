package query

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The words are those that Elasticsearch's _analyze gives for the standard analyzer.
func TestWords(t *testing.T) {
	f := func(text string, want ...string) {
		t.Helper()
		if got := Words(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
	f("")
	f(" - ... \t\n")
	f("Read timed-out!", "read", "timed", "out")
	f("java.net.SocketTimeoutException: x", "java.net.sockettimeoutexception", "x")
	f("10.0.0.1:8080", "10.0.0.1", "8080")
	f("foo:bar status:500", "foo:bar", "status", "500")
	f("1,000.5 3;4 a,b a.1 1.a", "1,000.5", "3;4", "a", "b", "a", "1", "1", "a")
	f("don't 'quoted' it's.", "don't", "quoted", "it's")
	f("_x_ __ _1 1_000 a__b", "_x_", "_1", "1_000", "a__b")
	f("user@example.com /var/log", "user", "example.com", "var", "log")
	f("v1.2 1.2.3 a..b", "v1.2", "1.2.3", "a", "b")
	f("ÉTÉ İstanbul \u212aelvin ΣΑΣ", "été", "istanbul", "kelvin", "σασ")
	f("日本 ひら カタカナ 한국어", "日", "本", "ひ", "ら", "カタカナ", "한국어")
	f("สวัสดีครับ ลาว", "สวัสดีครับ", "ลาว")
	f("👍🏽 👨‍👩‍👧 🇩🇪 🇩 © ½ ✓ →", "👍🏽", "👨‍👩‍👧", "🇩🇪", "©")
	f("Ⅳ ⓐ ㎞", "ⅳ", "ⓐ")
	f("a\u00adb cafe\u0301 a\u200db", "a\u00adb", "cafe\u0301", "a\u200db")
	f(strings.Repeat("x", 300), strings.Repeat("x", 255), strings.Repeat("x", 45))
	f(strings.Repeat("é", 300), strings.Repeat("é", 255), strings.Repeat("é", 45))
	f("a\xffb", "a", "b")
}

// plainWords cuts without the path for ASCII.
func plainWords(s string) (out []string) {
	for i := 0; i < len(s); {
		to, word := unicodeSegment(s, i)
		if word {
			out = append(out, s[i:to])
		}
		i = to
	}
	return out
}

func fastWords(s string) (out []string) {
	for from, to := nextWord(s, 0); from < len(s); from, to = nextWord(s, to) {
		out = append(out, s[from:to])
	}
	return out
}

func TestFastWords(t *testing.T) {
	letters := []rune("abz019__..,,;:'\"- /\n\r\té\u0301\u200d日カก🇩")
	r := rand.New(rand.NewPCG(1, 3))
	for range 100_000 {
		var b strings.Builder
		for range r.IntN(12) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		if s := b.String(); !slices.Equal(fastWords(s), plainWords(s)) {
			t.Fatalf("%q: %q, plainly %q", s, fastWords(s), plainWords(s))
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("java.net.X: a_1,5 é日")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > maxWord { // longer words are cut by bytes here, by characters there
			return
		}
		if !slices.Equal(fastWords(s), plainWords(s)) {
			t.Fatalf("%q: %q, plainly %q", s, fastWords(s), plainWords(s))
		}
	})
}

// A long text without a word's end costs no more than one with many.
func TestWordsBounded(t *testing.T) {
	for _, s := range []string{"x", "é", "_", "a.", "\u0301", "ก", "日", "\u200d", "a\u0301.", "👍", ".", "\xff"} {
		Words(strings.Repeat(s, 1_000_000/len(s)))
	}
	q := Compile(parse(t, `"`+strings.Repeat("a ", 50_000)+`b"`), testEnv)
	r := decode(t, `{"message": "`+strings.Repeat("a ", 500_000)+`"}`)
	if q.Match(r) {
		t.Error("the phrase is not there")
	}
	if Compile(parse(t, strings.Repeat("*a", 50_000)+"*b"), testEnv).Match(r) {
		t.Error("the pattern does not match")
	}
}

func TestPhrase(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	for range 20_000 {
		text, want := randomAB(r, 12), randomAB(r, 2+r.IntN(3))
		if len(want) < 2 {
			continue
		}
		contains := strings.Contains(" "+strings.Join(text, " ")+" ", " "+strings.Join(want, " ")+" ")
		if got := newPhrase(want).in(strings.Join(text, " ")); got != contains {
			t.Fatalf("%q in %q: %t", want, text, got)
		}
	}
}

func randomAB(r *rand.Rand, n int) []string {
	var out []string
	for range n {
		out = append(out, string("ab"[r.IntN(2)]))
	}
	return out
}

func TestAnchor(t *testing.T) {
	f := func(word, text string, want bool) {
		t.Helper()
		if got := anchorOf(word).absent(text); got != want {
			t.Errorf("%q in %q: %t", word, text, got)
		}
	}
	f("timeout", "no such thing", true)
	f("timeout", "TIMEOUT", false)
	f("ki", "\u212aİ", false) // letters outside of ASCII fold to both
	f("kid", "\u212aİD", false)
	f("é", "x", false)
	f("42", "531", true)
	f("", "x", false)
}
