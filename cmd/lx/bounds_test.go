package main

import "testing"

// What is followed is seen from its newest end; what is counted is not looked at twice.
func TestBounds(t *testing.T) {
	for _, follow := range []bool{true, false} {
		o := &options{follow: follow, memory: 300e6, spill: 5e9}
		if s := o.bounds(); s.Preview != follow || s.Memory != 100e6 || s.Columns != 100e6 || s.Spill != 5e9 {
			t.Errorf("%+v", s)
		}
	}
}
