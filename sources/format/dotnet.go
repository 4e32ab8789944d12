package format

// dotnetLayout is the console of Microsoft.Extensions.Logging: info: Category[0], and the text behind it or in the next line.
// Source: https://learn.microsoft.com/dotnet/core/extensions/console-log-formatter.
var dotnetLayout = &header{id: "dotnet", first: "tdiwfc", join: joinTrace,
	reason: "a level in four letters and a category with an event's number, as .NET's console has them", parse: parseDotnet}

func parseDotnet(line []byte, _ *scanner, h *head) bool {
	if len(line) < 9 || line[4] != ':' || line[5] != ' ' {
		return false
	}
	switch string(line[:4]) {
	case "trce", "dbug", "info", "warn", "fail", "crit":
	default:
		return false
	}
	open := loggerEnd(line, 6)
	if open >= len(line) || line[open] != '[' || !isLoggerName(line[6:open]) {
		return false
	}
	n := digits(line[open+1:])
	end := open + 1 + n
	if n == 0 || end >= len(line) || line[end] != ']' || end+1 < len(line) && line[end+1] != ' ' {
		return false
	}
	h.leveled(line[:4])
	h.named(line[6:open])
	h.add("event.code", line[open+1:end])
	h.body = skipBlanks(line, end+1)
	return true
}
