package demo

import "github.com/lxlog/lx/when"

// layout is how a time is written; all are in UTC and leave it to the caller to say so.
type layout uint8

const (
	iso   layout = iota // 2026-03-14T08:00:00.123
	dot                 // 2026-03-14 08:00:00.123
	comma               // 2026-03-14 08:00:00,123
	clf                 // 14/Mar/2026:08:00:00 +0000
)

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

func appendStamp(b []byte, at int64, l layout) []byte {
	var buf [32]byte
	t := when.AppendRFC3339(buf[:0], at)
	switch l {
	case clf:
		m := 3 * (int(t[5]-'0')*10 + int(t[6]-'0') - 1)
		b = append(append(append(b, t[8:10]...), '/'), months[m:m+3]...)
		b = append(append(append(b, '/'), t[:4]...), ':')
		return append(append(b, t[11:19]...), " +0000"...)
	case dot:
		t[10] = ' '
	case comma:
		t[10], t[19] = ' ', ','
	}
	return append(b, t[:23]...)
}
