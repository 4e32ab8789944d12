package format

import "github.com/lxlog/lx/logs"

// redisLayout is the log of Redis and Valkey: pid:role time symbol text. Symbols
// are . debug, - verbose, * notice, # warning.
// Source: redis.conf, "loglevel", and serverLogRaw.
var redisLayout = &header{id: "redis", first: "0123456789[", join: joinAll,
	reason: "a process, its role, a time and a symbol for the level, as Redis writes them", parse: parseRedis}

func parseRedis(line []byte, s *scanner, h *head) bool {
	from := 0
	if line[0] == '[' {
		from = 1
	}
	n := digits(line[from:])
	i := from + n
	if n == 0 || n > 8 || i+20 >= len(line) {
		return false
	}
	var role []byte
	switch {
	case from == 1 && line[i] == ']' && line[i+1] == ' ':
		i += 2
	case from == 0 && line[i] == ':' && isUpper(line[i+1]) && line[i+2] == ' ':
		role = line[i+1 : i+2]
		i += 3
	default:
		return false
	}
	st, end := s.stampAt(line, i)
	if !st.ok || end+2 > len(line) || line[end] != ' ' || end+2 < len(line) && line[end+2] != ' ' {
		return false
	}
	switch line[end+1] {
	case '.':
		h.severity = logs.Debug
	case '-':
		h.severity = logs.Info
	case '*':
		h.severity = logs.Info + 1
	case '#':
		h.severity = logs.Warn
	default:
		return false
	}
	h.time, h.level = st, line[end+1:end+2]
	h.addNumber("process.pid", line[from:from+n])
	h.add("redis.log.role", role)
	h.body = min(end+3, len(line))
	return true
}
