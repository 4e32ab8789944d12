package main

import "testing"

func TestSizes(t *testing.T) {
	f := func(text string, want int64, back string) {
		t.Helper()
		var s size
		err := s.Set(text)
		if int64(s) != want || (err != nil) != (want < 0) && want != 0 || s.String() != back {
			t.Errorf("%q: %d %q, not %d: %v", text, s, s.String(), want, err)
		}
	}
	f("384MB", 384e6, "384MB")
	f("384 mb", 384e6, "384MB")
	f("2G", 2e9, "2GB")
	f("1.5GB", 1.5e9, "1500MB")
	f("1KiB", 1024, "1024")
	f("1MiB", 1<<20, "1048576")
	f("4096", 4096, "4096")
	f("7b", 7, "7")
	f("0", 0, "")

	bad := func(text string) {
		t.Helper()
		s := size(5)
		if err := s.Set(text); err == nil || s != 5 {
			t.Errorf("%q is %d", text, s)
		}
	}
	for _, text := range []string{"", "MB", "much", "-1MB", "1XB", "NaN", "inf", "1e99", "0x10p99TB", "1 2MB", "1MBB"} {
		bad(text)
	}
}
