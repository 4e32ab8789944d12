//go:build race

package ui

// raced tests are slow: some take fewer records.
const raced = true
