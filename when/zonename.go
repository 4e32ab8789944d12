package when

// A zoneName is what an abbreviation stands for.
type zoneName struct {
	east int64 // seconds east of UTC
	many bool  // several zones go by that name
}

// zoneNames are the abbreviations that logs write. Those that are also words of
// messages (CAT, EAT, PET) are left out.
// Source: the abbreviations of the IANA time zone database.
var zoneNames = func() map[string]zoneName {
	t := map[string]zoneName{"CST": {many: true}, "IST": {many: true}, "AST": {many: true}}
	for hours, names := range map[float64][]string{
		-10: {"HST"}, -9: {"AKST"}, -8: {"PST", "AKDT"}, -7: {"MST", "PDT"}, -6: {"MDT"}, -5: {"EST", "CDT"}, -4: {"EDT"},
		-3.5: {"NST"}, -3: {"BRT", "ADT"}, -2.5: {"NDT"}, 0: {"UTC", "GMT", "UT", "WET"}, 1: {"CET", "WEST", "BST", "MEZ"},
		2: {"CEST", "EET", "SAST", "MESZ"}, 3: {"MSK", "EEST", "IDT"}, 4: {"MSD"}, 5: {"PKT"}, 5.75: {"NPT"}, 7: {"WIB", "ICT"},
		8: {"HKT", "SGT", "AWST", "WITA"}, 9: {"JST", "KST"}, 9.5: {"ACST"}, 10: {"AEST"}, 10.5: {"ACDT"}, 11: {"AEDT"}, 12: {"NZST"}, 13: {"NZDT"},
	} {
		for _, name := range names {
			t[name] = zoneName{east: int64(hours * 3600)}
		}
	}
	return t
}()

// zoneStarts has, for each first letter, a bit for each second letter of the names, and of AM and PM.
var zoneStarts = func() (t [26]uint32) {
	add := func(name string) { t[name[0]-'A'] |= 1 << (name[1] - 'A') }
	add("AM")
	add("PM")
	for name := range zoneNames {
		add(name)
	}
	return t
}()

// zoneAt reads a zone's name in capitals at b[i:]; next is i where there is none.
func zoneAt(b []byte, i int) (z zoneName, next int) {
	next = i
	for next < len(b) && b[next]-'A' < 26 {
		next++
	}
	if next-i < 2 || next-i > 4 {
		return z, i
	}
	z, ok := zoneNames[string(b[i:next])]
	if !ok {
		return z, i
	}
	return z, next
}
