package format

// hpcLayout is the log of a cluster as the public archive has it: number, node,
// component, event, epoch seconds, a flag and the text.
// Source: https://www.usenix.org/cfdr-data, "HPC1".
var hpcLayout = &header{id: "hpc", first: "0123456789", join: joinTrace,
	reason: "a number, a node, a component, an event, epoch seconds and a flag, as the logs of clusters have them", parse: parseHPC}

func parseHPC(line []byte, s *scanner, h *head) bool {
	n := digits(line[:min(len(line), 12)])
	if n+2 >= len(line) || line[n] != ' ' || !isLetter(line[n+1]) {
		return false
	}
	var words [3][]byte // node, component, event
	i := n + 1
	for k := range words {
		end := token(line[:min(len(line), i+80)], i)
		if words[k] = line[i:end]; end == i || end+1 >= len(line) || line[end] != ' ' {
			return false
		}
		i = end + 1
	}
	st, end := s.stampAt(line, i)
	if !st.ok || digits(line[i:]) != end-i || end-i < 9 || end+2 >= len(line) || line[end] != ' ' || !isDigit(line[end+1]) {
		return false
	}
	flag := digits(line[end+1:])
	if h.body = end + 1 + flag; h.body < len(line) && line[h.body] != ' ' {
		return false
	}
	h.time, h.host = st, words[0]
	h.addNumber("event.id", line[:n])
	h.named(words[1])
	h.add("event.action", words[2])
	h.addNumber("event.flag", line[end+1:h.body])
	h.body = skipBlanks(line, h.body)
	return true
}
