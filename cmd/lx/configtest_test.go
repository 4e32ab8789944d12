package main

import (
	"testing"
	"time"
)

func TestSince(t *testing.T) {
	f := func(d time.Duration, want string) {
		t.Helper()
		if got := since(d); got != want {
			t.Errorf("%v: %s", d, got)
		}
	}
	f(-time.Second, "0 s")
	f(119*time.Second, "119 s")
	f(20*time.Minute+23*time.Second, "20 min")
	f(47*time.Hour, "47 h")
	f(100*time.Hour, "4 days")
}

func TestNumbered(t *testing.T) {
	for n, want := range map[int64]string{0: "0 indices", 1: "1 index", 1200: "1,200 indices"} {
		if got := numbered(n, "index", "indices"); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
