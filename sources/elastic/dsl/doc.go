// Package dsl translates queries into those of Elasticsearch and OpenSearch.
//
// There is one translation, [DSL]. Without a mapping it writes what Kibana would
// for the same text, names as written. With an index's mapping it asks for what
// the query means on a decoded record, as far as the index can tell:
//
//	field of the index        a word field asks      any other asks
//	text with a keyword form  the text               the keyword form
//	text alone                the text               the words, and is wider
//	keyword                   any value, and is wider  the field
//	keyword, normalized       any value, and is wider  the field, and is wider
//	numbers, booleans, ip     the value              the value
//
// Names are resolved as aliases of the core fields, all that decoding reads, in the
// order in which a record prefers them; levels are asked by every spelling and
// number of their severities, trace ids in every way of writing them, in messages
// too, which is wider, times as instants. What a server would refuse, too deep, too
// long or too complex, is asked wider. [Mapping.Forms] tells by what records are counted.
//
// A field of whole numbers keeps 1 of a document's 1.25. It is asked wider for a
// number with a point; for whole numbers it counts as exact, as if documents had no
// others: with 1.25 among them, n:1 finds it and n > 1 does not. To ask wider for
// these, too, would leave status:404 without a total.
//
// What comes back of a query that is not exact must be asked again here, with
// query.Match: see [Query].
package dsl
