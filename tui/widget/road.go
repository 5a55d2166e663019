package widget

import (
	"strings"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// Stop is one step of the road as it is shown.
type Stop struct {
	Title string
	Mark  theme.Mark
	Here  bool
}

// RoadLine draws the road as one glyph for each step.
func RoadLine(stops []Stop) string {
	var b strings.Builder
	for _, stop := range stops {
		b.WriteString(stop.Mark.Draw())
	}
	return b.String()
}

// RoadList draws the road as a list of its steps.
func RoadList(t theme.Theme, stops []Stop, width int) []string {
	var lines []string
	for _, stop := range stops {
		style := t.Quiet
		if stop.Here {
			style = t.Plain
		}
		for i, part := range Wrap(stop.Title, width-2) {
			if i == 0 {
				lines = append(lines, stop.Mark.Draw()+" "+style.Render(part))
				continue
			}
			lines = append(lines, "  "+style.Render(part))
		}
	}
	return lines
}
