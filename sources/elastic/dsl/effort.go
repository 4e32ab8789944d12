package dsl

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
)

// maxEffort is how much work an index may have with a pattern: a fifth of what it
// takes before it refuses, as it counts, since its automata are not quite those here.
// Source: Lucene, Operations.determinize, with the work limit of index.max_determinized_states, 10,000.
const maxEffort = 20_000

// tooComplex reports whether an index may refuse the pattern: it makes an
// automaton without choices of it, of which the states can be very many.
func tooComplex(pattern string) bool {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return true
	}
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return true
	}
	d := determinizer{prog: prog, seen: map[string]bool{}}
	return d.run(representatives(prog))
}

// determinizer walks the states of the automaton without choices: sets of instructions.
type determinizer struct {
	prog   *syntax.Prog
	seen   map[string]bool
	todo   [][]uint32
	effort int
}

func (d *determinizer) run(runes []rune) (tooComplex bool) {
	d.add([]uint32{uint32(d.prog.Start)})
	for len(d.todo) > 0 {
		state := d.todo[len(d.todo)-1]
		d.todo = d.todo[:len(d.todo)-1]
		if d.effort += len(state); d.effort > maxEffort {
			return true
		}
		for _, r := range runes {
			next := []uint32{uint32(d.prog.Start)} // it may begin anywhere
			for _, pc := range state {
				if in := &d.prog.Inst[pc]; in.MatchRune(r) {
					next = append(next, in.Out)
				}
			}
			d.add(next)
		}
	}
	return false
}

// add notes the state of all instructions that are reached without a character.
func (d *determinizer) add(from []uint32) {
	reached := map[uint32]bool{}
	var state []uint32
	for len(from) > 0 {
		pc := from[len(from)-1]
		from = from[:len(from)-1]
		if reached[pc] {
			continue
		}
		reached[pc] = true
		switch in := &d.prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			from = append(from, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstEmptyWidth, syntax.InstNop:
			from = append(from, in.Out)
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			state = append(state, pc)
		}
	}
	slices.Sort(state)
	key := make([]byte, 0, 4*len(state))
	for _, pc := range state {
		key = binary.LittleEndian.AppendUint32(key, pc)
	}
	if !d.seen[string(key)] {
		d.seen[string(key)] = true
		d.todo = append(d.todo, state)
	}
}

// representatives are characters of which each other one is like one, for the whole program.
func representatives(prog *syntax.Prog) []rune {
	const most = 200
	out := []rune{'\n', '\x00', '\U0010ffff'}
	for i := range prog.Inst {
		in := &prog.Inst[i]
		if in.Op != syntax.InstRune && in.Op != syntax.InstRune1 {
			continue
		}
		for j, r := range in.Rune {
			out = append(out, r)
			if j%2 == 1 || len(in.Rune) == 1 {
				out = append(out, r+1)
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), most)]
}
