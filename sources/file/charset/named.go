package charset

import (
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
)

// An Encoding says how text is written as bytes.
type Encoding struct {
	name  string
	table encoding.Encoding // nil: bytes stay as they are
}

// AsIs is UTF-8, and whatever else is not to be changed.
var AsIs = Encoding{name: "utf-8"}

// String is the encoding's name.
func (e Encoding) String() string { return e.name }

// Changes reports whether text in the encoding must be rewritten to be UTF-8.
func (e Encoding) Changes() bool { return e.table != nil }

// others are names that people write and the standard lists do not have.
var others = map[string]Encoding{
	"utf-16": utf16LE, "utf-16le": utf16LE, "utf-16be": utf16BE,
	"utf-32": utf32LE, "utf-32le": utf32LE, "utf-32be": utf32BE,
}

var spellings = strings.NewReplacer("latin-", "latin", "cp-", "cp", "_", "-")

// Named returns the encoding of that name, in any case: a label of the WHATWG's
// Encoding Standard ("gb18030", "shift-jis", "windows-1252"), a name registered
// with IANA ("IBM037"), "latin-1", or "utf-32". The error names some that exist.
func Named(name string) (Encoding, error) {
	n := spellings.Replace(strings.ToLower(strings.TrimSpace(name)))
	if e, ok := others[n]; ok {
		return e, nil
	}
	table, err := htmlindex.Get(n)
	if err != nil || table == encoding.Replacement {
		table, err = ianaindex.IANA.Encoding(n)
	}
	switch {
	case err != nil || table == nil:
		return AsIs, fmt.Errorf("no encoding is called %q: there are gb18030, gbk, big5, shift-jis, euc-jp, euc-kr, latin-1, windows-1252, koi8-r, utf-16 and others", name)
	case table == unicode.UTF8:
		return AsIs, nil
	}
	return Encoding{n, table}, nil
}
