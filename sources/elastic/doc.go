// Package elastic reads indices of Elasticsearch and OpenSearch: a source that is
// asked, page by page and by aggregations, and that tells what became visible since.
//
// A record's place in the order of a source is its time, as finely as the index
// sorts by it, and its sequence number in its shard, which every copy of the shard
// gives it alike. Pages are therefore the same from either side and need no
// search context on the server; nothing has to be given back.
//
// News are ranges of sequence numbers. A document becomes visible when its shard is
// refreshed, which is neither in the order of times nor exactly in that of numbers;
// so each range is counted again for a while, and told again where more is in it.
package elastic
