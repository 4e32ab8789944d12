// Package analysis makes statements about many records: one file an analysis.
package analysis
