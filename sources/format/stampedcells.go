package format

// maxCells is how many cells of a line are looked at for the level.
const maxCells = 16

// cells reads a line that begins with a stamp in quotes, or with a stamp before
// a cell in quotes: the first cell that is nothing but a level in capitals is the
// level. A level right behind the stamp is the header's, any other stays where it is.
func (c *cursor) cells() bool {
	i := c.i
	if c.closer == '"' {
		if i >= len(c.line) || c.line[i] != '"' {
			return false
		}
		i++
	} else if i+1 >= len(c.line) || c.line[i] != ',' || c.line[i+1] != '"' {
		return false
	}
	if i >= len(c.line) {
		return false
	}
	sep := c.line[i]
	if sep != ',' && sep != ';' && !isBlank(sep) {
		return false
	}
	from := nextCell(c.line, i, sep)
	for n := 0; n < maxCells && i < len(c.line); n++ {
		start := nextCell(c.line, i, sep)
		text, end, _ := cell(c.line, start, sep)
		if len(text) >= 3 && isUpperWord(text) && !isLoose(text) {
			if sev, ok := levelNamed(text); ok {
				quote := 0
				if c.line[start] == '"' {
					quote = 1
				}
				c.level(sev, start+quote, start+quote+len(text))
				c.closer, c.i = 0, from
				if n == 0 {
					c.i = nextCell(c.line, end, sep)
				}
				return true
			}
		}
		i = end
	}
	return false
}

// nextCell returns where the cell behind the separator at line[i] begins; of blanks and tabs several separate.
func nextCell(line []byte, i int, sep byte) int {
	if isBlank(sep) {
		return skipBlanks(line, i)
	}
	return min(i+1, len(line))
}

// cell reads the cell at line[i:]: text is without its quotes, those inside still
// doubled, end is the offset behind it. open: it is quoted and its end is not in line.
// Source: RFC 4180.
func cell(line []byte, i int, sep byte) (text []byte, end int, open bool) {
	if i < len(line) && line[i] == '"' {
		for k := i + 1; k < len(line); k++ {
			switch {
			case line[k] != '"':
			case k+1 < len(line) && line[k+1] == '"':
				k++
			default:
				return line[i+1 : k], k + 1, false
			}
		}
		return line[i+1:], len(line), true
	}
	end = i
	for end < len(line) && line[end] != sep && (!isBlank(sep) || !isBlank(line[end])) {
		end++
	}
	return line[i:end], end, false
}
