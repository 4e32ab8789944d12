package when

// Find looks for the first stamp within the first limit bytes of b: b[start:end].
func (p *Parser) Find(b []byte, limit int) (s Stamp, start, end int, ok bool) {
	s, n := p.Stamp(b)
	return s, 0, n, n > 0
}
