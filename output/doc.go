// Package output writes records for other programs and for people: as JSON, CSV,
// text, or the bytes as they came. Clean is the one function of the program that
// makes text harmless for a terminal.
package output
