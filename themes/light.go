package themes

// Light is for light backgrounds, from white to a light grey.
func Light() *Theme {
	p := palette{
		name: "light", about: "deep colours for a light background",
		dim: "242", context: "244",
		service: "24", trace: "90", mark: "127",
		trouble: "160", notice: "94", healthy: "22",
		levels: [7]string{"", "244", "242", "23", "94", "160", "160"},
		cursor: overlay{"16", "153"}, selected: overlay{"16", "252"}, found: overlay{"16", "221"},
		sources: []string{"24", "90", "26", "22", "94", "125", "61"},
	}
	return p.theme()
}
