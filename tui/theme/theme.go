// Package theme is the only place that names a colour or draws a glyph: two weights of text, an
// accent, and one colour each for success, warning and failure.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Theme is a set of styles for one background. It is a value: a terminal that answers late
// what its background is gets a new one.
type Theme struct {
	Dark    bool
	Plain   lipgloss.Style // what is read first
	Quiet   lipgloss.Style // what explains it
	Accent  lipgloss.Style // where one is, and what a key does
	Success lipgloss.Style
	Warning lipgloss.Style
	Failure lipgloss.Style
	// Code is for a QR code's light modules on its dark ones, whichever the terminal's own are.
	Code lipgloss.Style
}

// tone is one colour on either background.
type tone struct{ light, dark string }

// palette has every colour of the program. Each stands out from its background by at least
// 4.5 to 1 (WCAG 2.2, 1.4.3).
type palette struct{ quiet, accent, success, warning, failure tone }

func colours() palette {
	return palette{
		quiet:   tone{light: "#5C6370", dark: "#9AA4B2"},
		accent:  tone{light: "#1A5FB4", dark: "#7FB2FF"},
		success: tone{light: "#1B7A3D", dark: "#74D68C"},
		warning: tone{light: "#8A5600", dark: "#F0C05A"},
		failure: tone{light: "#B3261E", dark: "#FF8078"},
	}
}

// New is the theme for a dark or a light background.
func New(dark bool) Theme {
	of := func(t tone) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(lipgloss.LightDark(dark)(lipgloss.Color(t.light), lipgloss.Color(t.dark)))
	}
	p := colours()
	return Theme{
		Dark:    dark,
		Plain:   lipgloss.NewStyle(),
		Quiet:   of(p.quiet),
		Accent:  of(p.accent),
		Success: of(p.success),
		Warning: of(p.warning),
		Failure: of(p.failure),
		Code:    lipgloss.NewStyle().Foreground(color.White).Background(color.Black),
	}
}
