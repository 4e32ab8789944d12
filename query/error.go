package query

import (
	"fmt"
	"unicode/utf8"
)

// An Error says why and where a text is not a query.
type Error struct {
	Offset  int    // of the byte at fault; len(text) where the text ends too early
	Column  int    // the same in characters, from 1
	Message string // what is wrong: `expected a value, found ")"`
	Hint    string // what to write instead; "" where there is nothing to advise
}

// Error is what a command prints: query: column 6: expected a value, found ")".
func (e *Error) Error() string {
	return fmt.Sprintf("query: column %d: %s", e.Column, e.Message)
}

func errorAt(text string, offset int, message, hint string) *Error {
	return &Error{offset, utf8.RuneCountInString(text[:offset]) + 1, message, hint}
}
