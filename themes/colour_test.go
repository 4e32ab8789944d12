package themes

import (
	"image/color"
	"math"
)

// linear is a colour in linear light, each channel from 0 to 1.
type linear [3]float64

func light(c color.Color) (l linear) {
	r, g, b, _ := c.RGBA()
	for i, v := range [3]uint32{r, g, b} {
		s := float64(v) / 0xffff
		if l[i] = s / 12.92; s > 0.04045 {
			l[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return l
}

// contrast is the ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b color.Color) float64 {
	luminance := func(l linear) float64 { return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2] }
	x, y := luminance(light(a)), luminance(light(b))
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// deficiencies are matrices in linear light at full severity, by Machado, Oliveira and Fernandes,
// "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009.
var deficiencies = map[string][3]linear{
	"none":         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func seen(l linear, with [3]linear) (out linear) {
	for i, row := range with {
		for j := range row {
			out[i] += row[j] * l[j]
		}
		out[i] = min(max(out[i], 0), 1)
	}
	return out
}

// lab is CIE L*a*b* under D65.
func lab(l linear) (out [3]float64) {
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*l[0] + 0.3576*l[1] + 0.1805*l[2]) / 0.95047)
	y := f(0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2])
	z := f((0.0193*l[0] + 0.1192*l[1] + 0.9505*l[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// deltaE is how far two colours are apart (CIE 1976) for eyes with a deficiency.
func deltaE(a, b color.Color, with [3]linear) float64 {
	x, y := lab(seen(light(a), with)), lab(seen(light(b), with))
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}
