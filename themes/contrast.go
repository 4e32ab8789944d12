package themes

// Contrast is for weak eyes and weak screens with a dark background: nothing is dim.
func Contrast() *Theme {
	p := palette{
		name: "contrast", about: "high contrast on a dark background",
		text: "231", dim: "252", context: "250",
		service: "123", trace: "219", mark: "219",
		trouble: "217", notice: "227", healthy: "120",
		levels: [7]string{"231", "250", "252", "157", "227", "217", "217"},
		cursor: overlay{"16", "231"}, selected: overlay{"16", "159"}, found: overlay{"16", "226"},
		sources: []string{"123", "219", "153", "157", "222", "217", "189"},
	}
	return p.theme()
}

// ContrastLight is Contrast on a light background.
func ContrastLight() *Theme {
	p := palette{
		name: "contrast-light", about: "high contrast on a light background",
		text: "16", dim: "238", context: "239",
		service: "18", trace: "54", mark: "90",
		trouble: "88", notice: "52", healthy: "17",
		levels: [7]string{"16", "239", "238", "17", "52", "88", "88"},
		cursor: overlay{"231", "16"}, selected: overlay{"231", "17"}, found: overlay{"16", "226"},
		sources: []string{"18", "54", "20", "52", "90", "88", "16"},
	}
	return p.theme()
}
