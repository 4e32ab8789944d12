package when

import (
	"strings"
	"testing"
	"time"
)

// Saturday, nine o'clock in Berlin.
var saturday = time.Date(2026, 3, 14, 8, 0, 0, 5, time.UTC)

func TestTyped(t *testing.T) {
	loc := location(t, "Europe/Berlin")
	f := func(text, from, to string) {
		t.Helper()
		v, err := Typed(text, saturday, loc)
		if err != nil {
			t.Error(err)
			return
		}
		a, b := time.Unix(0, v.From).In(loc).Format("2006-01-02 15:04:05.999999999"), time.Unix(0, v.To).In(loc).Format("2006-01-02 15:04:05.999999999")
		if to == "" {
			if b, to = "", ""; v.To != v.From+1 {
				b = time.Duration(v.To - v.From).String()
			}
		}
		if a != from || b != to {
			t.Errorf("%q: %s to %s, want %s to %s", text, a, b, from, to)
		}
	}
	f("2021", "2021-01-01 00:00:00", "2022-01-01 00:00:00")
	f("2021-02", "2021-02-01 00:00:00", "2021-03-01 00:00:00")
	f("2021-12", "2021-12-01 00:00:00", "2022-01-01 00:00:00")
	f("2021-02-14", "2021-02-14 00:00:00", "2021-02-15 00:00:00")
	f("2021-02-14T21", "2021-02-14 21:00:00", "2021-02-14 22:00:00")
	f("2021-02-14T21:55", "2021-02-14 21:55:00", "2021-02-14 21:56:00")
	f("2021-02-14 21:55:59", "2021-02-14 21:55:59", "2021-02-14 21:56:00")
	f("2021-02-14T21:55:59.5", "2021-02-14 21:55:59.5", "2021-02-14 21:55:59.6")
	f("2021-02-14T20:55:59.123456789Z", "2021-02-14 21:55:59.123456789", "")
	f("2021-02-14T21:55:59+02:00", "2021-02-14 20:55:59", "2021-02-14 20:56:00")
	f("2026-03-29", "2026-03-29 00:00:00", "2026-03-30 00:00:00") // 23 hours
	f("11/Feb/2013:06:43:36 +0100", "2013-02-11 06:43:36", "2013-02-11 06:43:37")
	f("20240102T150405Z", "2024-01-02 16:04:05", "2024-01-02 16:04:06")
	f("Mar 13 10:00:00", "2026-03-13 10:00:00", "2026-03-13 10:00:01")
	f("Mar 14 10:00:00", "2025-03-14 10:00:00", "2025-03-14 10:00:01") // later than now: last year's
	f("1695668091", "2023-09-25 20:54:51", "2023-09-25 20:54:52")
	f("1695668091.25", "2023-09-25 20:54:51.25", "2023-09-25 20:54:51.26")
	f("1695668091895", "2023-09-25 20:54:51.895", "2023-09-25 20:54:51.896")
	f("1695668091895450", "2023-09-25 20:54:51.89545", "2023-09-25 20:54:51.895451")
	f("1695668091895450123", "2023-09-25 20:54:51.895450123", "")
	f("1.695668091e9", "2023-09-25 20:54:51", "2023-09-25 20:54:52")
	f("@400000005a0000000000000a", "2017-11-06 07:23:50.00000001", "")
	f("20160225101530", "2016-02-25 10:15:30", "2016-02-25 10:15:31")

	f("14:05", "2026-03-13 14:05:00", "2026-03-13 14:06:00")
	f("9:00", "2026-03-14 09:00:00", "2026-03-14 09:01:00")
	f("09:00:00.000000005", "2026-03-14 09:00:00.000000005", "")
	f("09:00:00.000000006", "2026-03-13 09:00:00.000000006", "")
	f("08:05:30", "2026-03-14 08:05:30", "2026-03-14 08:05:31")
	f("today", "2026-03-14 00:00:00", "2026-03-15 00:00:00")
	f("Yesterday", "2026-03-13 00:00:00", "2026-03-14 00:00:00")
	f("tomorrow", "2026-03-15 00:00:00", "2026-03-16 00:00:00")
	f("yesterday 09:00", "2026-03-13 09:00:00", "2026-03-13 09:01:00")
	f("today 9:00", "2026-03-14 09:00:00", "2026-03-14 09:01:00")
	f("today 23:00:01.5", "2026-03-14 23:00:01.5", "2026-03-14 23:00:01.6")

	f("now", "2026-03-14 09:00:00.000000005", "")
	f(" NOW-15m ", "2026-03-14 08:45:00.000000005", "")
	f("-30m", "2026-03-14 08:30:00.000000005", "")
	f("-1h30m", "2026-03-14 07:30:00.000000005", "")
	f("+500ms", "2026-03-14 09:00:00.500000005", "")
	f("now-1d", "2026-03-13 09:00:00.000000005", "")
	f("now+1M", "2026-04-14 09:00:00.000000005", "") // the offset changes, the time of day does not
	f("now/H", "2026-03-14 09:00:00", "2026-03-14 10:00:00")
	f("now/m", "2026-03-14 09:00:00", "2026-03-14 09:01:00")
	f("now-1d/d", "2026-03-13 00:00:00", "2026-03-14 00:00:00")
	f("now/d-8h", "2026-03-13 16:00:00", "2026-03-14 16:00:00")
	f("now/w", "2026-03-09 00:00:00", "2026-03-16 00:00:00")
	f("now/M", "2026-03-01 00:00:00", "2026-04-01 00:00:00")
	f("now-1y/y", "2025-01-01 00:00:00", "2026-01-01 00:00:00")
	f("2021-01-01||+1M/d", "2021-02-01 00:00:00", "2021-02-02 00:00:00")
	f("2021-01-31||+1M", "2021-02-28 00:00:00", "2021-03-01 00:00:00")
	f("2024-02-29T12:00:00.000000001||-1y-1s", "2023-02-28 11:59:59.000000001", "")
	f("2026-03-14T09:00||-2w", "2026-02-28 09:00:00", "2026-02-28 09:01:00")
}

func TestTypedError(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		v, err := Typed(text, saturday, time.UTC)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "write ") {
			t.Errorf("%q: %v, %v, want an error with %q", text, v, err, want)
		}
	}
	f("", "empty")
	f("soon", "form")
	f("30m", "-30m")
	f("123", "a number is a year")
	f("2021-13", "no such date")
	f("2021-02-30", "no such date")
	f("2021-02-14T24", "no such date")
	f("2021-02-14T21:60", "no such date")
	f("25:00", "no such time of day")
	f("12:5", "no such time of day")
	f("yesterday noon", `"noon" is no time of day`)
	f("now-", "number is missing")
	f("now-m", "number is missing")
	f("now-5", "unit is missing")
	f("now-5q", `unit "q"`)
	f("now/q", `unit "q"`)
	f("now/", "unit is missing")
	f("now 5m", "after now")
	f("nowhere", "after now")
	f("soon||-5m", "form")
	f("now-9999999999999999999y", "too large")
	f("now-999999y", "outside the years")
	f("now-99999999999d", "outside the years")
	f("now-999999999999999h", "outside the years")
	f("now+300y/y", "outside the years")
	f("2262", "a number is a year")
}

func TestLength(t *testing.T) {
	f := func(text string, want time.Duration) {
		t.Helper()
		if got, err := Length(text); err != nil || got != want {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
	f("15m", 15*time.Minute)
	f("1h30m", 90*time.Minute)
	f("1h 30m", 90*time.Minute)
	f("1.5h", 90*time.Minute)
	f("2d", 48*time.Hour)
	f("1w", 7*24*time.Hour)
	f("90s", 90*time.Second)
	f("500ms", 500*time.Millisecond)
	f("10us", 10*time.Microsecond)
	f("10µs", 10*time.Microsecond)
	f("3ns", 3)
	f("0s", 0)
	f(" 5min ", 5*time.Minute)
}

func TestLengthError(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if d, err := Length(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %s, %v, want an error with %q", text, d, err, want)
		}
	}
	f("", "empty")
	f("15", "unit is missing")
	f("m", "no number")
	f("-5m", "no number")
	f("1.2.3h", "no number")
	f("5q", `unit "q"`)
	f("5 apples", "unit is missing")
	f("99999999w", "longer than")
	f(strings.Repeat("9", 400)+"s", "n")
}
