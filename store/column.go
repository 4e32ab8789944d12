package store

import "slices"

// A column is one value for each row of a block. As long as all rows have the
// same one it is kept once. Copies share what they hold: what is appended to one
// of them does not show in the others.
type column[T comparable] struct {
	same T
	list []T // nil: every row has same
}

func (c *column[T]) at(i int) T {
	if c.list == nil {
		return c.same
	}
	return c.list[i]
}

// add appends the value of row n, which is the next one. room is how many rows there may come to be.
func (c *column[T]) add(n int, v T, room int) {
	switch {
	case c.list != nil:
		c.list = append(c.list, v)
	case n == 0:
		c.same = v
	case v != c.same:
		c.list = make([]T, n, max(n+1, room))
		for i := range c.list {
			c.list[i] = c.same
		}
		c.list = append(c.list, v)
	}
}

// clip gives back the room that the column has to grow.
func (c *column[T]) clip() { c.list = exact(c.list) }

// more returns s longer by n elements of any value.
func more[T any](s []T, n int) []T { return slices.Grow(s, n)[:len(s)+n] }

// exact returns s without the room that it has to grow.
func exact[T any](s []T) []T {
	if len(s) == cap(s) || s == nil {
		return s
	}
	return append(make([]T, 0, len(s)), s...)
}
