package when

import "testing"

func TestFind(t *testing.T) {
	p := NewParser(nil)
	f := func(line, want string) {
		t.Helper()
		_, start, end, ok := p.Find([]byte(line), 128)
		if got := line[start:end]; got != want || ok != (want != "") {
			t.Errorf("%q: found %q, want %q", line, got, want)
		}
	}
	f("2026-03-14T08:00:00Z x", "2026-03-14T08:00:00Z")
	f("2026-02-30 08:00:00 a day that does not exist", "")
	f("on 31/02/2026 08:00:00 neither", "")
	f("pid 4711 08:09:33.814936 open", "08:09:33.814936")
	f("v1.2 08:09:33 started", "08:09:33")
	f("[2026-03-14 08:00:00,123] INFO", "2026-03-14 08:00:00,123")
	f(`203.0.113.7 - - [11/Feb/2013:06:43:36 +0000] "GET`, "11/Feb/2013:06:43:36 +0000")
	f("<34>Oct 11 22:14:15 mymachine su:", "Oct 11 22:14:15")
	f("<165>1 2003-10-11T22:14:15.003Z host", "2003-10-11T22:14:15.003Z")
	f("I0612 13:14:15.123456       1 main.go:1] x", "0612 13:14:15.123456")
	f("Thread-1950::INFO::2011-12-07 12:14:15,018::dispatcher::94::", "2011-12-07 12:14:15,018")
	f("amLog:06/09/2014 04:08:22:515 PM UTC: Thread", "06/09/2014 04:08:22:515 PM UTC")
	f("I, [2019-01-04 05:14:33 #123] INFO", "2019-01-04 05:14:33")
	f("INFO   |client            | 2025-05-16 19:31:19.601 [", "2025-05-16 19:31:19.601")
	f(`"2014-06-14 17:08:39" x`, "2014-06-14 17:08:39")
	f("ts=2026-03-14T08:00:00Z level=info", "2026-03-14T08:00:00Z")
	f("*Mar  1 18:46:11: %SYS-5", "Mar  1 18:46:11")
	f("10000 1697048351.000561 arch_prctl(", "1697048351.000561")
	f("478760 12:21:46.359506 openat(", "12:21:46.359506")
	f("[1427925600] CURRENT SERVICE STATE", "1427925600")
	f("type=SYSCALL msg=audit(1364481363.243:24287): arch", "1364481363.243")
	f("@4000000052f5a0412b1c0d5c x", "@4000000052f5a0412b1c0d5c")
	f("6|Nov 28 2014 12:59:03|302021", "Nov 28 2014 12:59:03")
	f("app.log.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746", "2017-05-16 00:00:00.008")
	f("on Monday, the march went on until 10:11:12", "10:11:12")

	f("", "")
	f("no number at all", "")
	f("user 1602165002 logged in", "")
	f("port 0612 13:14", "")
	f("a 123456 123456 b", "")
	f("pid 081109 203807 x", "")
	f("10.0.0.1:8080 -> 10.0.0.2:53 1/2/3 v1.2.3", "")
	f("[04/Mai/2015:13:17:15 +0200]", "")
	f("a@2026-03-14", "")
	f("name-2026-03-14T08:00:00Z", "")
	f("12:ab:12:34:56:78", "")
}

// Only the beginning of the stamp must stand within the limit.
func TestFindLimit(t *testing.T) {
	p := NewParser(nil)
	line := []byte("word 2026-03-14T08:00:00Z x")
	f := func(limit int, want bool) {
		t.Helper()
		if _, _, _, ok := p.Find(line, limit); ok != want {
			t.Errorf("limit %d: %t", limit, ok)
		}
	}
	f(-100, false)
	f(0, false)
	f(5, false)
	f(6, true)
	f(1000, true)
}
