package query

import "slices"

// A set holds a few things, or many.
type set[T comparable] struct {
	few  []T
	many map[T]struct{}
}

// fewAtMost is up to where looking at each is faster than a map.
const fewAtMost = 8

func setOf[T comparable](all []T) set[T] {
	if len(all) <= fewAtMost {
		return set[T]{few: all}
	}
	s := set[T]{many: make(map[T]struct{}, len(all))}
	for _, x := range all {
		s.many[x] = struct{}{}
	}
	return s
}

func (s *set[T]) has(x T) bool {
	if s.many != nil {
		_, ok := s.many[x]
		return ok
	}
	return slices.Contains(s.few, x)
}

func (s *set[T]) empty() bool { return len(s.few) == 0 && s.many == nil }
