package main

import (
	"errors"
	"strconv"
	"strings"
)

// size is a number of bytes as a flag takes it: 384MB, 1.5GiB, 4096.
type size int64

var sizeUnits = []struct {
	name  string
	bytes float64
}{
	{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"tib", 1 << 40},
	{"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"tb", 1e12},
	{"k", 1e3}, {"m", 1e6}, {"g", 1e9}, {"t", 1e12}, {"b", 1}, {"", 1},
}

func (s *size) Set(text string) error {
	low := strings.ToLower(text)
	for _, unit := range sizeUnits {
		digits, ok := strings.CutSuffix(low, unit.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if n *= unit.bytes; err != nil || !(n >= 0 && n < 1<<60) {
			break
		}
		*s = size(n)
		return nil
	}
	return errors.New("write a size such as 384MB or 2GiB")
}

// String is empty for 0, which stands for a default that is described in words.
func (s *size) String() string {
	n := int64(*s)
	switch {
	case n == 0:
		return ""
	case n%1e9 == 0:
		return strconv.FormatInt(n/1e9, 10) + "GB"
	case n%1e6 == 0:
		return strconv.FormatInt(n/1e6, 10) + "MB"
	}
	return strconv.FormatInt(n, 10)
}

func (*size) Type() string { return "size" }
