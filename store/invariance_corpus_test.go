//go:build corpus

package store_test

import "testing"

func TestInvarianceOfLogHub(t *testing.T) {
	eachOfLogHub(t, func(name string, text []byte) { invariant(t, name, text, noon.UnixNano()) })
}
