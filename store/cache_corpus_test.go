//go:build corpus

package store_test

import (
	"strings"
	"testing"
)

func TestCachedLogHub(t *testing.T) {
	eachOfLogHub(t, func(name string, text []byte) {
		cachedThroughout(t, name, strings.Repeat(string(text), longLog/len(text)+1), realIndexer(t))
	})
}
