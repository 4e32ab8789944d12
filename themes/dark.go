package themes

// Dark is for dark backgrounds, from black to a dark grey: INFO is soft, ERROR bright.
func Dark() *Theme {
	p := palette{
		name: "dark", about: "soft colours for a dark background",
		dim: "246", context: "244",
		service: "116", trace: "176", mark: "213",
		trouble: "203", notice: "221", healthy: "114",
		levels: [7]string{"", "244", "246", "108", "221", "203", "203"},
		cursor: overlay{"231", "24"}, selected: overlay{"255", "240"}, found: overlay{"16", "221"},
		sources: []string{"116", "176", "111", "150", "180", "211", "147"},
	}
	return p.theme()
}
