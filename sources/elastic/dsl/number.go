package dsl

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// A number is what a literal spells, exactly.
type number struct{ *big.Rat }

// parseNumber reads decimal numbers of a length and an exponent that do no harm.
func parseNumber(s string) (number, bool) {
	if len(s) == 0 || len(s) > 100 || strings.Trim(s, "+-.0123456789eE") != "" {
		return number{}, false
	}
	if f, err := strconv.ParseFloat(s, 64); err != nil || f != 0 && math.Abs(f) < 1e-300 {
		return number{}, false
	}
	r, ok := new(big.Rat).SetString(s)
	return number{r}, ok
}

// json is the number as Elasticsearch reads it without loss.
func (n number) json() any {
	if n.IsInt() && n.Num().IsInt64() {
		return n.Num().Int64()
	}
	if n.IsInt() && n.Num().IsUint64() {
		return n.Num().Uint64()
	}
	f, _ := n.Float64()
	return f
}

// canonical is the number that s spells as JSON writes it; false where it is none.
func canonical(s string) (string, bool) {
	n, ok := parseNumber(s)
	if !ok {
		return "", false
	}
	if n.IsInt() && n.Num().BitLen() <= 64 {
		return n.Num().String(), true
	}
	f, _ := n.Float64()
	return strconv.FormatFloat(f, 'g', -1, 64), true
}

// held is the number as a field of that type holds it, and whether it had to be cut: fields of whole
// numbers drop what stands behind the point, of documents' numbers as well, which keep it in their source.
func (n number) held(kind string) (held number, cut bool) {
	if n.IsInt() || !isWhole(kind) {
		return n, false
	}
	return number{new(big.Rat).SetInt(new(big.Int).Quo(n.Num(), n.Denom()))}, true
}

// isWhole reports whether fields of that type hold whole numbers alone.
func isWhole(kind string) bool {
	return slices.Contains([]string{"long", "integer", "short", "byte", "unsigned_long"}, kind)
}

// fits is 0 where a field of that type can hold the number, below 0 where it is
// smaller than all that the type can hold, above 0 where it is larger. A query
// for a number that does not fit may be refused.
func (n number) fits(kind string) int {
	least, most := int64(math.MinInt64), int64(math.MaxInt64)
	switch kind {
	case "byte":
		least, most = math.MinInt8, math.MaxInt8
	case "short":
		least, most = math.MinInt16, math.MaxInt16
	case "integer":
		least, most = math.MinInt32, math.MaxInt32
	case "long":
	case "unsigned_long":
		if n.Sign() < 0 {
			return -1
		}
		return max(0, n.Cmp(new(big.Rat).SetUint64(math.MaxUint64)))
	case "half_float":
		least, most = -65504, 65504
	default:
		return 0
	}
	if n.Cmp(new(big.Rat).SetInt64(least)) < 0 {
		return -1
	}
	return max(0, n.Cmp(new(big.Rat).SetInt64(most)))
}
