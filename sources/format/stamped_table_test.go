package format

import (
	"testing"

	"github.com/lxlog/lx/logs"
)

// decodeOne reads one record as the program does: its columns agree with what it decodes to.
func decodeOne(t *testing.T, ix *Indexer, raw string) (logs.Record, string) {
	t.Helper()
	rows := agree(t, ix, []byte(raw))
	if len(rows.List) != 1 {
		t.Errorf("%q: %d records", raw, len(rows.List))
	}
	f, _ := ix.Format(rows.Formats[rows.List[0].Format])
	row := rows.List[0]
	var r logs.Record
	r.Reset()
	f.Decode([]byte(raw)[row.Offset:row.Offset+row.Length], &r)
	return r, rows.Formats[row.Format]
}

func attr(r *logs.Record, key string) string {
	v, _ := r.Attr(key)
	return v.Str
}

func TestStampedLines(t *testing.T) {
	ix, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := func(line, format, time, severity, service, logger, body string) {
		t.Helper()
		r, name := decodeOne(t, ix, line)
		if lost := lostWord(line, &r); lost != "" {
			t.Errorf("%s: %q is lost: %v", line, lost, r)
		}
		at := printTime(r.Time)
		if r.Guessed&logs.GuessedYear != 0 {
			at = "year"
		}
		if r.Guessed&logs.GuessedDate != 0 {
			at = "date"
		}
		if name != format || at != time || r.Severity.String() != severity || r.Service != service || attr(&r, "log.logger") != logger || r.Body != body {
			t.Errorf("%s\n got %q, %q, %q, %q, %q, %q\nwant %q, %q, %q, %q, %q, %q\n%v", line, name, at, r.Severity.String(), r.Service, attr(&r, "log.logger"), r.Body,
				format, time, severity, service, logger, body, r.Attrs)
		}
	}
	// Python
	f("2026-03-14 08:00:00,123 INFO [payment] card accepted trace_id=4bf92f3577b34da6a3ce929d0e0e4736", "python", "2026-03-14T08:00:00.123Z", "INFO", "payment", "", "card accepted trace_id=4bf92f3577b34da6a3ce929d0e0e4736")
	f("2026-03-14 08:00:00,123 - orders.db - WARNING - slow query: 3 s", "python", "2026-03-14T08:00:00.123Z", "WARN", "", "orders.db", "slow query: 3 s")
	f("2026-03-14 08:00:00,123 - orders - ERROR - lost\r\n", "python", "2026-03-14T08:00:00.123Z", "ERROR", "orders", "", "lost")
	f("2026-03-14 08:00:00,123:INFO:root:started", "python", "2026-03-14T08:00:00.123Z", "INFO", "root", "", "started")
	f("INFO:root:started", "level", "none", "INFO", "root", "", "started")
	f("ERROR:shop.cart:lost it", "level", "none", "ERROR", "", "shop.cart", "lost it")
	f("2026-03-14 08:00:00,123 INFO sqlalchemy.engine.Engine: BEGIN (implicit)", "python", "2026-03-14T08:00:00.123Z", "INFO", "", "sqlalchemy.engine.Engine", "BEGIN (implicit)")
	f("INFO 2026-03-14 08:00:00,123 views 17 1402 order placed", "python", "2026-03-14T08:00:00.123Z", "INFO", "views", "", "order placed")
	f("[2026-03-14 08:00:00,123: INFO/MainProcess] Task shop.mail[1b2c] received", "python", "2026-03-14T08:00:00.123Z", "INFO", "", "", "Task shop.mail[1b2c] received")
	f("[2026-03-14T08:00:00.123+0000] {taskinstance.py:1138} INFO - Dependencies all met", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "", "", "Dependencies all met")
	f("[2026-03-14 08:00:00 +0000] [123] [INFO] Booting worker with pid: 124", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "Booting worker with pid: 124")
	f("INFO:     Application startup complete.", "level", "none", "INFO", "", "", "Application startup complete.")
	f("2026-03-14 08:00:00.123 | INFO     | shop.cart:add:12 - item added", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "", "shop.cart", "item added")
	f("[I 2026-03-14 08:00:00.123 ServerApp] Serving at http://localhost", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "ServerApp", "", "Serving at http://localhost")
	f("[W 260314 08:00:00 web:2162] 404 GET /favicon.ico", "stamped", "2026-03-14T08:00:00Z", "WARN", "web", "", "404 GET /favicon.ico")
	f("2026-03-14 08:00:00.008 25746 INFO nova.osapi_compute.wsgi.server [req-38101a0b 113d 54fa - - -] 10.11.10.1 \"GET /v2\" status: 200", "stamped", "2026-03-14T08:00:00.008Z", "INFO", "", "nova.osapi_compute.wsgi.server", "10.11.10.1 \"GET /v2\" status: 200")
	// Java
	f("2026-03-14 08:00:00.123 ERROR [http-nio-8080-exec-3] com.shop.payment.Handler - declined", "log4j", "2026-03-14T08:00:00.123Z", "ERROR", "", "com.shop.payment.Handler", "declined")
	f("2015-10-18 18:01:47,978 INFO [main] org.apache.hadoop.MRAppMaster: Created MRAppMaster", "log4j", "2015-10-18T18:01:47.978Z", "INFO", "", "org.apache.hadoop.MRAppMaster", "Created MRAppMaster")
	f("2015-10-18 18:01:47,978 WARN [IPC Server handler 5 on 62267] org.apache.hadoop.ipc.Server: slow", "log4j", "2015-10-18T18:01:47.978Z", "WARN", "", "org.apache.hadoop.ipc.Server", "slow")
	f("2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - Notification time out: 3200", "log4j", "2015-07-29T17:41:44.747Z", "INFO", "FastLeaderElection", "", "Notification time out: 3200")
	f("17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: Registered signal handlers", "log4j", "2017-06-09T20:10:40Z", "INFO", "", "executor.CoarseGrainedExecutorBackend", "Registered signal handlers")
	f("17/06/09 20:10:40 WARN Utils: Service could not bind", "log4j", "2017-06-09T20:10:40Z", "WARN", "Utils", "", "Service could not bind")
	f("081109 203615 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1 terminating", "stamped", "2008-11-09T20:36:15Z", "INFO", "", "dfs.DataNode$PacketResponder", "PacketResponder 1 terminating")
	f("2026-03-14 08:00:00.123  INFO 12345 --- [           main] c.e.shop.ShopApplication  : Started in 2.1 seconds", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "", "c.e.shop.ShopApplication", "Started in 2.1 seconds")
	f("2026-03-14T08:00:00.123Z  WARN 1 --- [shop] [nio-8080-exec-1] [4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7] c.e.shop.Cart : empty", "log4j", "2026-03-14T08:00:00.123Z", "WARN", "shop", "c.e.shop.Cart", "empty")
	f("2026-03-14 08:00:00.123  INFO [shop,4bf92f3577b34da6,00f067aa0ba902b7,true] 1 --- [main] c.e.Cart : ok", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "shop", "c.e.Cart", "ok")
	f("08:00:00.123 [main] DEBUG com.shop.Main - starting", "log4j", "date", "DEBUG", "", "com.shop.Main", "starting")
	f("[2026-03-14 08:00:00,123] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "", "kafka.server.KafkaServer", "[KafkaServer id=0] started")
	f("[2026-03-14T08:00:00,123][INFO ][o.e.n.Node               ] [node-1] started", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "", "o.e.n.Node", "started")
	f("INFO  [main] 2026-03-14 08:00:00,123 StorageService.java:618 - Cassandra version: 4.1", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "", "", "Cassandra version: 4.1")
	f("2026-03-14 08:00:00,123 INFO  org.apache.flink.runtime.TaskManager [] - Task done", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "", "org.apache.flink.runtime.TaskManager", "Task done")
	f("04-Feb-2021 10:11:12.123 INFO [main] org.apache.catalina.startup.Catalina.start Server startup in 10 ms", "log4j", "2021-02-04T10:11:12.123Z", "INFO", "", "org.apache.catalina.startup.Catalina.start", "Server startup in 10 ms")
	f("Feb 04, 2021 10:11:12 AM org.x.Foo bar\nWARNING: low on space", "jul", "2021-02-04T10:11:12Z", "WARN", "", "org.x.Foo", "low on space")
	f("2026-03-14 08:00:00.123+0000 [id=27]\tINFO\thudson.WebAppMain$3#run: Jenkins is fully up and running", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "", "hudson.WebAppMain$3#run", "Jenkins is fully up and running")
	f("08:00:00,123 INFO  [org.jboss.as] (MSC service thread 1-2) WFLYSRV0025: started in 5 ms", "log4j", "date", "INFO", "", "org.jboss.as", "WFLYSRV0025: started in 5 ms")
	f("Mar-18 21:41:15.684 [main] DEBUG nextflow.cli.Launcher - $> nextflow run", "log4j", "year", "DEBUG", "", "nextflow.cli.Launcher", "$> nextflow run")
	f("amLog:06/09/2014 04:08:22:515 PM UTC: Thread[http-80-8,5,main]\nERROR: no such message", "jul", "2014-06-09T16:08:22.515Z", "ERROR", "", "amLog", "no such message")
	// Go
	f("I0612 13:14:15.123456   12345 server.go:12] listening", "klog", "year", "INFO", "", "", "listening")
	f("2009/11/10 23:00:00 listening on :8080", "go", "2009-11-10T23:00:00Z", "", "", "", "listening on :8080")
	f("2009/11/10 23:00:00.123456 main.go:23: error: no", "go", "2009-11-10T23:00:00.123456Z", "", "", "", "error: no")
	f("2009/11/10 23:00:00 [WARN] disk is full", "go", "2009-11-10T23:00:00Z", "WARN", "", "", "disk is full")
	f("2026-03-14T08:00:00.123Z\tinfo\tsync/service.go:87\tstarting\t{\"port\": 8015}", "zap", "2026-03-14T08:00:00.123Z", "INFO", "", "", "starting")
	f("2026-03-14T08:00:00Z INF server.go:12 > ready port=80", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "ready port=80")
	f("2026-03-14T08:00:00.123Z [INFO]  agent.server: elected: term=2", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "", "agent.server", "elected: term=2")
	f("2026-03-14T08:00:00.123Z [ERROR] agent: failed", "stamped", "2026-03-14T08:00:00.123Z", "ERROR", "agent", "", "failed")
	f("2026-03-14 08:00:00.123456 I | etcdserver: published", "stamped", "2026-03-14T08:00:00.123456Z", "INFO", "etcdserver", "", "published")
	f("[INFO] plugin/reload: Running configuration", "level", "none", "INFO", "", "plugin/reload", "Running configuration")
	// Databases
	f("2025-08-13 01:45:01.127 PDT [12347] LOG:  database system was shut down at 2025-08-13 01:44:58 PDT", "postgres", "2025-08-13T08:45:01.127Z", "INFO", "", "", "database system was shut down at 2025-08-13 01:44:58 PDT")
	f("2025-06-05 17:10:04 MSK [608647-3] [local] shop@shop WARNING: terminating connection", "postgres", "2025-06-05T14:10:04Z", "WARN", "", "", "terminating connection")
	f("2020-03-11 20:40:45 CET:[local]:postgres@template1:[12777]:LOG:  duration: 0.038 ms", "postgres", "2020-03-11T19:40:45Z", "INFO", "", "", "duration: 0.038 ms")
	f("2026-03-14 08:00:00.123 UTC [4913] user=app,db=shop ERROR:  relation \"x\" does not exist", "postgres", "2026-03-14T08:00:00.123Z", "ERROR", "", "", "relation \"x\" does not exist")
	f("2026-03-14 08:00:00.123 UTC [4913] STATEMENT:  select 1\n\tfrom x", "postgres", "2026-03-14T08:00:00.123Z", "INFO", "", "", "select 1\n\tfrom x")
	f("2026-03-14 08:00:00.123 UTC [4913] FATAL:  role \"x\" does not exist", "postgres", "2026-03-14T08:00:00.123Z", "FATAL", "", "", "role \"x\" does not exist")
	f("2020-08-06T14:25:02.835618Z 0 [Note] [MY-012487] [InnoDB] DDL log recovery : begin", "mysql", "2020-08-06T14:25:02.835618Z", "INFO", "", "InnoDB", "DDL log recovery : begin")
	f("2020-08-06T14:25:02.835618Z 0 [System] [MY-010116] [Server] starting", "mysql", "2020-08-06T14:25:02.835618Z", "INFO", "", "Server", "starting")
	f("2026-03-14 08:00:00 140 [ERROR] mysqld: Table is marked as crashed", "mysql", "2026-03-14T08:00:00Z", "ERROR", "", "", "mysqld: Table is marked as crashed")
	f("131112 12:00:00 [Warning] IP address could not be resolved", "stamped", "2013-11-12T12:00:00Z", "WARN", "", "", "IP address could not be resolved")
	f("1:M 14 Nov 2018 12:34:56.789 * Ready to accept connections", "redis", "2018-11-14T12:34:56.789Z", "INFO", "", "", "Ready to accept connections")
	f("12:S 14 Nov 2018 12:34:56.789 # Connection lost", "redis", "2018-11-14T12:34:56.789Z", "WARN", "", "", "Connection lost")
	f("2014-11-03T18:28:32.450-0500 I NETWORK  [initandlisten] waiting for connections on port 27017", "mongodb", "2014-11-03T23:28:32.45Z", "INFO", "", "NETWORK", "waiting for connections on port 27017")
	// Ruby, PHP, Node, .NET
	f("I, [2024-06-26T17:00:04.497736 #126554]  INFO -- : [4eebb5e2-2f13-42f8-8644-d6c9a9e244f0] Completed 200 OK", "ruby", "2024-06-26T17:00:04.497736Z", "INFO", "", "", "Completed 200 OK")
	f("I, [2019-01-04 05:14:33 #123] INFO -- Main: Hello Logs!", "ruby", "2019-01-04T05:14:33Z", "INFO", "Main", "", "Hello Logs!")
	f("2026-03-14T08:00:00.123Z pid=1 tid=abc class=Mailer jid=9 INFO: start", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "", "", "start")
	f("2026-03-14T08:00:00.123Z 1234 TID-abc INFO: Booting", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "", "", "Booting")
	f("[14-Mar-2026 08:00:00 UTC] PHP Warning:  Undefined variable $x", "php", "2026-03-14T08:00:00Z", "WARN", "", "", "Undefined variable $x")
	f("[14-Mar-2026 08:00:00] NOTICE: fpm is running, pid 1", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "fpm is running, pid 1")
	f("[14-Mar-2026 08:00:00] WARNING: [pool www] child 123 exited", "stamped", "2026-03-14T08:00:00Z", "WARN", "", "", "[pool www] child 123 exited")
	f("[2026-03-14 08:00:00] production.ERROR: no such table {\"userId\":1}", "stamped", "2026-03-14T08:00:00Z", "ERROR", "production", "", "no such table {\"userId\":1}")
	f("2026-03-14T08:00:00.123Z error: connection refused", "stamped", "2026-03-14T08:00:00.123Z", "ERROR", "", "", "connection refused")
	f("2026-03-14T08:00:00.123Z [api] info: listening", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "api", "", "listening")
	f("info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://[::]:80", "dotnet", "none", "INFO", "", "Microsoft.Hosting.Lifetime", "Now listening on: http://[::]:80")
	f("2026-03-14 08:00:00.123 +00:00 [INF] Started", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "", "", "Started")
	f("[08:00:00 WRN] slow", "stamped", "date", "WARN", "", "", "slow")
	f("2026-03-14 08:00:00.1234|INFO|Shop.Cart|added|one", "stamped", "2026-03-14T08:00:00.1234Z", "INFO", "", "Shop.Cart", "added|one")
	f("2026-03-14 08:00:00,123 [1] WARN  Shop.Cart [(null)] - empty", "log4j", "2026-03-14T08:00:00.123Z", "WARN", "", "Shop.Cart", "empty")
	// Rust
	f("2022-01-19T17:27:07.013874956Z WARN [logging_example] This is an example message.", "stamped", "2022-01-19T17:27:07.013874956Z", "WARN", "logging_example", "", "This is an example message.")
	f("2026-03-14T08:00:00.123456Z  INFO my_crate::web: ready port=80", "stamped", "2026-03-14T08:00:00.123456Z", "INFO", "", "my_crate::web", "ready port=80")
	f("2026-03-14T08:00:00.123456Z ERROR server: lost", "stamped", "2026-03-14T08:00:00.123456Z", "ERROR", "server", "", "lost")
	f("[2026-03-14T08:00:00Z INFO  my_crate] ready", "stamped", "2026-03-14T08:00:00Z", "INFO", "my_crate", "", "ready")
	// Erlang, Elixir
	f("2026-03-14 08:00:00.123456+00:00 [info] <0.123.0> Server startup complete", "stamped", "2026-03-14T08:00:00.123456Z", "INFO", "", "", "Server startup complete")
	f("=ERROR REPORT==== 12-Aug-2017::10:11:12 ===\nclosing connection <0.1.0>\nbye", "erlang", "2017-08-12T10:11:12Z", "ERROR", "", "", "closing connection <0.1.0>\nbye")
	f("08:00:00.123 [info] Running on port 4000", "stamped", "date", "INFO", "", "", "Running on port 4000")
	f("08:00:00.123 request_id=F1 [info] GET /", "stamped", "date", "INFO", "", "", "GET /")
	// Android, Windows, others
	f("03-17 16:13:38.811  1702  2395 D WindowManager: printFreezing", "logcat", "year", "DEBUG", "WindowManager", "", "printFreezing")
	f("D/Tag( 123): text", "logcat", "none", "DEBUG", "Tag", "", "text")
	f("03-17 16:13:38.811 W/ActivityManager( 1702): slow", "logcat", "year", "WARN", "ActivityManager", "", "slow")
	f("2016-09-28 04:30:30, Info                  CBS    Loaded Servicing Stack", "stamped", "2016-09-28T04:30:30Z", "INFO", "CBS", "", "Loaded Servicing Stack")
	f("20171223-22:15:29:606|Step_LSC|30002312|onStandStepChanged 3579", "stamped", "2017-12-23T22:15:29.606Z", "", "Step_LSC", "", "onStandStepChanged 3579")
	f("[1234:5678:0612/131415.123456:ERROR:gpu_init.cc(12)] Passthrough is not supported", "chrome", "year", "ERROR", "", "", "Passthrough is not supported")
	f("[10.30 16:49:06] chrome.exe - proxy.example.com:5070 open through proxy", "stamped", "year", "", "", "", "proxy.example.com:5070 open through proxy")
	f("- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.675872 R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected", "bgl", "2005-06-03T15:42:50.675872Z", "INFO", "", "KERNEL", "instruction cache parity error corrected")
	f("- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond[2915]: session closed", "bgl", "2005-11-09T20:01:01Z", "", "crond", "", "session closed")
	f("[2026-03-14 08:00:00.123][12][info][upstream] [source/server/server.cc:412] cm init", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "upstream", "", "cm init")
	f("[DEBUG 2015-05-20 12:22:19 main]  Exec[create]: Failed", "stamped", "2015-05-20T12:22:19Z", "DEBUG", "", "", "Exec[create]: Failed")
	f("20260327 11:34:21.908 - INFO - + START SUITE: Test", "stamped", "2026-03-27T11:34:21.908Z", "INFO", "", "", "+ START SUITE: Test")
	f("(2022-06-14  0:31:43): [pam] [sss_process_init] (0x0010): fatal error setting up backend connector", "sssd", "2022-06-14T00:31:43Z", "FATAL", "pam", "", "fatal error setting up backend connector")
	f("Thread-1950::INFO::2011-12-07 12:14:15,018::dispatcher::94::Storage.Dispatcher.Protect::(run) Run", "python", "2011-12-07T12:14:15.018Z", "INFO", "", "", "dispatcher::94::Storage.Dispatcher.Protect::(run) Run")
	f("2017-03-06 14:49:05,167+0200 INFO  (vm/9e5dd42e) [virt.vm] (vmId='9e5d') (vm:2104)", "log4j", "2017-03-06T12:49:05.167Z", "INFO", "", "virt.vm", "(vmId='9e5d') (vm:2104)")
	f("2015-04-24T21:09:29.296 [25376]INFO:somemodule:Something very INFOrmative.", "stamped", "2015-04-24T21:09:29.296Z", "INFO", "somemodule", "", "Something very INFOrmative.")
	f("INFO   |zellij_client            | 2025-05-16 19:31:19.601 [main      ] [/home/z/src/lib.rs:179]: Starting Zellij client!", "stamped", "2025-05-16T19:31:19.601Z", "INFO", "zellij_client", "", "Starting Zellij client!")
	f("10000 1697048351.000561 arch_prctl(ARCH_SET_FS, 0x7fb7a64c5740) = 0 <0.000003>", "stamped", "2023-10-11T18:19:11.000561Z", "", "", "", "arch_prctl(ARCH_SET_FS, 0x7fb7a64c5740) = 0 <0.000003>")
	f("[Jan  1 12:00:00] ERROR[1234] chan_sip.c: Peer lost", "stamped", "year", "ERROR", "", "chan_sip.c", "Peer lost")
	f("[2026-03-14 08:00:00] [DEBUG] [cart] added", "stamped", "2026-03-14T08:00:00Z", "DEBUG", "cart", "", "added")
	f("web_1  | 2026-03-14 08:00:00 INFO ready", "stamped", "2026-03-14T08:00:00Z", "INFO", "web_1", "", "ready")
	f("backup finished at 2026-03-14 08:00:00 without a fault", "dated", "2026-03-14T08:00:00Z", "", "", "", "backup finished at 2026-03-14 08:00:00 without a fault")
	f("ERROR: backup of 2026-03-14 08:00:00 is lost", "dated", "2026-03-14T08:00:00Z", "ERROR", "", "", "backup of 2026-03-14 08:00:00 is lost")
	// A level alone
	f("[WARN] low", "level", "none", "WARN", "", "", "low")
	f("ERROR while reading", "level", "none", "ERROR", "", "", "while reading")
	f("INFO[0012] listening port=80", "level", "none", "INFO", "", "", "listening port=80")
	f("[main] INFO com.foo.Bar - up", "level", "none", "INFO", "", "com.foo.Bar", "up")
	f("DEBUG com.foo.Bar - up", "level", "none", "DEBUG", "", "com.foo.Bar", "up")
	f("ERROR:root:boom\nTraceback (most recent call last):\n  File \"x\", line 1\nKeyError: 'x'", "level", "none", "ERROR", "root", "", "boom\nTraceback (most recent call last):\n  File \"x\", line 1\nKeyError: 'x'")
	f("ERRO[0012] lost", "level", "none", "ERROR", "", "", "lost")
	f("\x1b[36mINFO\x1b[0m[0000] hello", "level", "none", "INFO", "", "", "hello")
	f("[\x1b[31mERROR\x1b[0m] lost", "level", "none", "ERROR", "", "", "lost")
	f("CRITICAL:", "level", "none", "FATAL", "", "", "")
	// In colour
	f("\x1b[2m2026-03-14T08:00:00.123456Z\x1b[0m \x1b[32m INFO\x1b[0m \x1b[2mmy_crate::web\x1b[0m\x1b[2m:\x1b[0m ready", "stamped", "2026-03-14T08:00:00.123456Z", "INFO", "", "my_crate::web", "ready")
	f("\x1b[90m2026-03-14T08:00:00Z\x1b[0m \x1b[31mERR\x1b[0m lost", "stamped", "2026-03-14T08:00:00Z", "ERROR", "", "", "lost")
	f("2026-03-14 08:00:00 [\x1b[33mWARN\x1b[0m] [cart] low", "stamped", "2026-03-14T08:00:00Z", "WARN", "cart", "", "low")
	// Letters, stars, parentheses
	f("2026-03-14T08:00:00 [E] lost", "stamped", "2026-03-14T08:00:00Z", "ERROR", "", "", "lost")
	f("2026-03-14T08:00:00Z E! [outputs.influxdb] lost", "stamped", "2026-03-14T08:00:00Z", "ERROR", "", "outputs.influxdb", "lost")
	f("I 2026-03-14 08:00:00 up", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "up")
	f("14.03.2026 08:00:00.123 *INFO* [qtp1-7] com.adobe.page.Foo page is up", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "", "com.adobe.page.Foo", "page is up")
	f("2026-03-14 08:00:00 (shop.cart) INFO: up", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "shop.cart", "up")
	f("2026-03-14 08:00:00.000 INFO {user=7, tenant=a} c.e.Foo - up", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "c.e.Foo", "up")
	f("Date: Sat Mar 14 08:00:00 2026", "dated", "2026-03-14T08:00:00Z", "", "", "", "Date: Sat Mar 14 08:00:00 2026")
	// What looks like a logger and is not
	f("2026-03-14 08:00:00 ERROR java.lang.IllegalStateException: no", "stamped", "2026-03-14T08:00:00Z", "ERROR", "", "", "java.lang.IllegalStateException: no")
	f("ERROR java.lang.IllegalStateException: no", "level", "none", "ERROR", "", "", "java.lang.IllegalStateException: no")
	f("2026-03-14 08:00:00 WARN ann@example.com: no such user", "stamped", "2026-03-14T08:00:00Z", "WARN", "", "", "ann@example.com: no such user")
	f("2026-03-14 08:00:00 INFO [the payment is late] call", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "[the payment is late] call")
	f("2026-03-14 08:00:00 INFO [4eebb5e2-2f13-42f8-8644-d6c9a9e244f0] done", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "[4eebb5e2-2f13-42f8-8644-d6c9a9e244f0] done")
	f("2026-03-14 08:00:00 INFO [worker-3] done", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "done")
	// In columns
	f("2026-03-14 08:00:00;INFO;shop;boom", "stamped", "2026-03-14T08:00:00Z", "INFO", "shop", "", "boom")
	f("2026-03-14 08:00:00\tINFO\tshop\tboom", "stamped", "2026-03-14T08:00:00Z", "INFO", "shop", "", "boom")
	f("2026-03-14 08:00:00 | ERROR | shop | boom", "stamped", "2026-03-14T08:00:00Z", "ERROR", "shop", "", "boom")
	// Around the stamp
	f("INFO  [2026-03-14 08:00:00,123] [main] io.dropwizard.Foo: boom", "log4j", "2026-03-14T08:00:00.123Z", "INFO", "", "io.dropwizard.Foo", "boom")
	f("[INFO] [2026-03-14 08:00:00] boom", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "boom")
	f("WARN[2026-03-14T08:00:00Z] hello", "stamped", "2026-03-14T08:00:00Z", "WARN", "", "", "hello")
	f("[shop] 2026-03-14 08:00:00 INFO boom", "stamped", "2026-03-14T08:00:00Z", "INFO", "shop", "", "boom")
	f("<2026-03-14 08:00:00> <Info> <Server> up", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "<Server> up")
	f("####<May 1, 2026 12:00:00 PM UTC> <Notice> <Server> up", "stamped", "2026-05-01T12:00:00Z", "INFO", "", "", "<Server> up")
	f("[12:00:00] [Server thread/WARN]: slow", "stamped", "date", "WARN", "", "", "slow")
	f("2026.03.14 08:00:00.123456 [ 47 ] {abc-1} <Error> executeQuery: Code: 60", "stamped", "2026-03-14T08:00:00.123456Z", "ERROR", "executeQuery", "", "Code: 60")
	f("2026-03-14 08:00:00 +0000 [warn]: [input] slow", "stamped", "2026-03-14T08:00:00Z", "WARN", "input", "", "slow")
	f("[2026/03/14 08:00:00] [error] [output:es:es.0] lost", "stamped", "2026-03-14T08:00:00Z", "ERROR", "", "output:es:es.0", "lost")
	f("2026-03-14 08:00:00.123 7f00 INFO up", "stamped", "2026-03-14T08:00:00.123Z", "INFO", "", "", "up")
	f("1714557600.123 INFO started", "stamped", "2024-05-01T10:00:00.123Z", "INFO", "", "", "started")
	f("  2026-03-14T08:00:00.123456Z  INFO my_crate: pretty\n    at src/main.rs:10", "stamped", "2026-03-14T08:00:00.123456Z", "INFO", "my_crate", "", "pretty\n    at src/main.rs:10")
	// and none
	f("error: x", "plain", "none", "", "", "", "error: x")
	f("Error while reading", "plain", "none", "", "", "", "Error while reading")
	f("2026-03-14 08:00:00 error rate is 5 %", "stamped", "2026-03-14T08:00:00Z", "", "", "", "error rate is 5 %")
	f("2026-03-14 08:00:00 Error: none", "stamped", "2026-03-14T08:00:00Z", "", "", "", "Error: none")
	f("2026-03-14 08:00:00 Warning signs everywhere", "stamped", "2026-03-14T08:00:00Z", "", "", "", "Warning signs everywhere")
	f("2026-03-14 08:00:00 HTTP server started", "stamped", "2026-03-14T08:00:00Z", "", "", "", "HTTP server started")
	f("2026-03-14 08:00:00 INFO Failed: disk full", "stamped", "2026-03-14T08:00:00Z", "INFO", "", "", "Failed: disk full")
	f("  indented since 2026-03-14 08:00:00", "plain", "none", "", "", "", "  indented since 2026-03-14 08:00:00")
	f("2026-03-14 08:00:00 100 items sold", "stamped", "2026-03-14T08:00:00Z", "", "", "", "100 items sold")
}
