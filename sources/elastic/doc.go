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
// What is in flight when following begins is known by the numbers that are missing
// just before the greatest. News may tell of a document again; who hears them knows it by its place.
//
// Each document is told of, except where the server leaves no trace of it:
//   - It comes into view more than 15 minutes after documents with greater numbers
//     of its shard were found, or it was more than 200 numbers behind the greatest when following began.
//   - It comes into view in the same second in which another of the same piece of
//     news is deleted or changed: the piece then holds as many as before.
//   - A copy of its shard that had been refreshed later takes over in the second between the
//     count of the news and their reading, and has caught up by the next count.
//   - A primary that fails, or a translog that is not written at once, loses
//     documents that were found, and their numbers are given to others within a second. Where the
//     server was seen to be away, the newest news are told again for that reason.
//   - It was written to a shard that did not answer when following began, between
//     the moment when that answers and the next poll: what is there by then is no news.
//   - Its index was deleted and made again, the indices' settings may not be read,
//     and the new one has more than half of the numbers of the old one within five minutes.
//
// A document that is changed gets a new number, and is news once more.
//
// An index keeps the values of a field, and not that they stood in an array. Decoding
// takes an array for no level, service or host, as it takes the empty text for none; so
// a document whose level, service or host is an array is found by its elements, and
// counted by level and service under each of them, while its record has none. Where
// there are several services in one document a note says so.
//
// A keyword that the index writes in another spelling (a normalizer) finds several
// alike, and is asked wider. The mappings of the last 64 indices by name tell which
// fields these are; where mappings may not be read none is known to be one, and what is asked for in an
// exact spelling then finds the others, too.
package elastic
