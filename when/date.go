package when

// dateAlone reads 2020-07-20, or 2020-07-20+08:00: the midnight of that day.
func (p *Parser) dateAlone(b []byte) (Stamp, bool) {
	if len(b) < 10 || digits(b, 0, 5) != 4 || b[4] != '-' || b[7] != '-' || !ends(b, 10) && b[10] != 'Z' {
		return Stamp{}, false
	}
	y, m, d := number(b, 0, 4), pair(b, 5), pair(b, 8)
	if y < firstYear || y > lastYear || !isDate(y, m, d) {
		return Stamp{}, false
	}
	civil := days(y, m, d) * daySeconds
	x := suffix{n: 10}
	x.zone(b)
	if x.n != len(b) || x.name != nil {
		return Stamp{}, false
	}
	if x.zoned {
		return Stamp{Nanos: (civil - x.east) * second}, true
	}
	return Stamp{Nanos: (civil - p.zone.at(civil)) * second, Missing: Zone}, true
}
