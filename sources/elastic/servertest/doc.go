// Package servertest runs real Elasticsearch and OpenSearch servers for tests,
// those of testdata/search-servers. A test starts what it asks, and the server
// ends with the test's process, however that ends.
//
// Tests that use it stand behind the build tag "servers". LX_ES_KINDS names the
// kinds of servers that they run on, LX_ES_SIZE the share of the full amount of
// documents, such as 0.02.
package servertest
