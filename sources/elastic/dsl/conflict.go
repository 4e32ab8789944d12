package dsl

// Lenient returns the query object of a [Query] for several indices of which some
// may not have what others have: there, a nested field that is not mapped finds nothing, and is no
// error. The object is changed.
func Lenient(body any) any {
	switch b := body.(type) {
	case list:
		for _, clause := range b {
			Lenient(clause)
		}
	case object:
		for name, of := range b {
			if n, ok := of.(object); ok && name == "nested" && n["path"] != nil {
				n["ignore_unmapped"] = true
			}
			Lenient(of)
		}
	}
	return body
}
