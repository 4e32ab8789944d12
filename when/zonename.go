package when

type zoneKind uint8

const (
	unknownZone zoneKind = iota
	oneZone              // the name has one offset
	manyZones            // several zones go by that name
)

// zoneByName knows the abbreviations that logs write, in seconds east of UTC.
// Those that are also words of messages (CAT, EAT, PET) are left out.
// Source: the abbreviations of the IANA time zone database.
func zoneByName(name []byte) (east int64, kind zoneKind) {
	if len(name) < 2 || len(name) > 5 {
		return 0, unknownZone
	}
	const h = 3600
	switch string(name) {
	case "UTC", "GMT", "UT", "WET":
		return 0, oneZone
	case "CET", "WEST", "BST", "MEZ":
		return h, oneZone
	case "CEST", "EET", "SAST", "MESZ":
		return 2 * h, oneZone
	case "MSK", "EEST", "IDT":
		return 3 * h, oneZone
	case "MSD":
		return 4 * h, oneZone
	case "PKT":
		return 5 * h, oneZone
	case "NPT":
		return 5*h + 2700, oneZone
	case "WIB", "ICT":
		return 7 * h, oneZone
	case "HKT", "SGT", "AWST", "WITA":
		return 8 * h, oneZone
	case "JST", "KST":
		return 9 * h, oneZone
	case "ACST":
		return 9*h + 1800, oneZone
	case "AEST":
		return 10 * h, oneZone
	case "ACDT":
		return 10*h + 1800, oneZone
	case "AEDT":
		return 11 * h, oneZone
	case "NZST":
		return 12 * h, oneZone
	case "NZDT":
		return 13 * h, oneZone
	case "NDT":
		return -2*h - 1800, oneZone
	case "BRT", "ADT":
		return -3 * h, oneZone
	case "NST":
		return -3*h - 1800, oneZone
	case "EDT":
		return -4 * h, oneZone
	case "EST", "CDT":
		return -5 * h, oneZone
	case "MDT":
		return -6 * h, oneZone
	case "MST", "PDT":
		return -7 * h, oneZone
	case "PST", "AKDT":
		return -8 * h, oneZone
	case "AKST":
		return -9 * h, oneZone
	case "HST":
		return -10 * h, oneZone
	case "CST", "IST", "AST":
		return 0, manyZones
	}
	return 0, unknownZone
}
