package themes

// Colourblind is for eyes that miss a colour, on a dark background. Its hues are near
// those of Okabe and Ito (Color Universal Design, 2008): sky blue, yellow, vermilion,
// reddish purple; levels also differ in lightness.
func Colourblind() *Theme {
	p := palette{
		name: "colourblind", about: "safe for red, green and blue blindness, on a dark background",
		dim: "247", context: "244",
		service: "117", trace: "219", mark: "219",
		trouble: "209", notice: "220", healthy: "79",
		levels: [7]string{"", "244", "250", "111", "220", "209", "231"},
		cursor: overlay{"231", "24"}, selected: overlay{"255", "240"}, found: overlay{"16", "227"},
		sources: []string{"117", "219", "220", "79", "209", "111", "252"},
	}
	return p.theme()
}

// ColourblindLight is Colourblind on a light background.
func ColourblindLight() *Theme {
	p := palette{
		name: "colourblind-light", about: "safe for red, green and blue blindness, on a light background",
		dim: "241", context: "244",
		service: "24", trace: "90", mark: "90",
		trouble: "126", notice: "94", healthy: "23",
		levels: [7]string{"", "244", "239", "26", "94", "126", "16"},
		cursor: overlay{"16", "153"}, selected: overlay{"16", "252"}, found: overlay{"16", "227"},
		sources: []string{"24", "90", "94", "26", "126", "16", "241"},
	}
	return p.theme()
}
