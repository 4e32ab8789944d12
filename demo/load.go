package demo

const (
	milli  = int64(1e6)
	second = 1000 * milli
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// hourly is how much is going on at each hour of the day, UTC, in thousandths of the mean.
var hourly = [24]int64{
	830, 800, 790, 790, 800, 830, 880, 940, 1000, 1050, 1090, 1110,
	1120, 1100, 1080, 1070, 1080, 1110, 1160, 1190, 1180, 1120, 1020, 910,
}

// load is how much is going on at a time, in thousandths of the mean: the hour of
// the day, a swell of some minutes, and what differs from minute to minute.
func load(seed uint64, at int64) int64 {
	h := at % day / hour
	l := along(hourly[h], hourly[(h+1)%24], at%hour, hour)
	const swell = 7 * minute
	n := at / swell
	l = l * (900 + along(noise(seed, n), noise(seed, n+1), at%swell, swell)*200/1024) / 1000
	return l * (900 + noise(^seed, at/minute)*200/1024) / 1000
}

// along is the value that lies so far on the way from a to b.
func along(a, b, part, whole int64) int64 { return a + (b-a)*(part/milli)/(whole/milli) }
