package chart

import "math"

// nothing is where no slice is.
const nothing = -1

// disc is a round picture of width times height dots: at each the number of a slice.
type disc struct {
	width, height int
	dots          []int
}

func (d *disc) at(x, y int) int {
	if x < 0 || y < 0 || x >= d.width || y >= d.height {
		return nothing
	}
	return d.dots[y*d.width+x]
}

// newDisc fills a disc; a dot is tall times as high as wide.
func newDisc(slices []Slice, width, height int, tall float64) *disc {
	d := &disc{width, height, make([]int, width*height)}
	ends, total := make([]float64, len(slices)), 0.0
	for i, s := range slices {
		total += float64(max(s.Count, 0))
		ends[i] = total
	}
	radius := float64(width) / 2
	have := make([]int, len(slices))
	for i := range d.dots {
		d.dots[i] = nothing
		x := float64(i%width) + 0.5 - radius
		y := (float64(i/width) + 0.5 - float64(height)/2) * tall
		if total == 0 || math.Hypot(x, y) > radius {
			continue
		}
		turn := math.Atan2(x, -y) / (2 * math.Pi)
		if turn < 0 {
			turn++
		}
		s := 0
		for s < len(ends)-1 && (ends[s] <= turn*total || slices[s].Count <= 0) {
			s++
		}
		for slices[s].Count <= 0 { // rounding has gone past the last one of anything
			s--
		}
		d.dots[i] = s
		have[s]++
	}
	for s := range slices {
		if slices[s].Count > 0 && have[s] == 0 {
			middle := (ends[s] - float64(slices[s].Count)/2) / total * 2 * math.Pi
			d.spare(s, middle, tall, have)
		}
	}
	return d
}

// spare gives slice s the outermost dot at the angle that another one can do without.
func (d *disc) spare(s int, angle, tall float64, have []int) {
	for r := float64(d.width) / 2; r > 0; r -= 0.25 {
		x := int(math.Floor(float64(d.width)/2 + r*math.Sin(angle)))
		y := int(math.Floor(float64(d.height)/2 - r*math.Cos(angle)/tall))
		if owner := d.at(x, y); owner != nothing && have[owner] > 1 {
			have[owner]--
			have[s]++
			d.dots[y*d.width+x] = s
			return
		}
	}
}

// border: the dot is of a slice, and right of it or below it is another, or beside it nothing.
func (d *disc) border(x, y int) bool {
	s := d.at(x, y)
	if s == nothing {
		return false
	}
	right, below := d.at(x+1, y), d.at(x, y+1)
	return right != s || below != s || d.at(x-1, y) == nothing || d.at(x, y-1) == nothing
}

// middles is the cell, of eight dots, in the middle of each slice that has room for a sign there.
func (d *disc) middles(n int) map[[2]int]int {
	type middle struct{ x, y, n int }
	sums := make([]middle, n)
	for i, s := range d.dots {
		if s != nothing {
			sums[s].x += i % d.width
			sums[s].y += i / d.width
			sums[s].n++
		}
	}
	cells := map[[2]int]int{}
	for s, m := range sums {
		if m.n == 0 {
			continue
		}
		x, y := m.x/m.n/2, m.y/m.n/4
		room := true
		for i := range 8 {
			room = room && d.at(2*x+i%2, 4*y+i/2) == s
		}
		if room {
			cells[[2]int{x, y}] = s
		}
	}
	return cells
}
