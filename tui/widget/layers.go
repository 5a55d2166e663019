package widget

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// Layers draws how far a test came, layer by layer, in as many lines as width asks for.
func Layers(t theme.Theme, layers []probe.LayerResult, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for _, layer := range layers {
		mark := t.Outcome(layer.Outcome)
		part := t.Quiet.Render(string(layer.Layer)) + " " + mark.Draw()
		size := lipgloss.Width(part)
		if used > 0 && used+2+size > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if used > 0 {
			line.WriteString("  ")
			used += 2
		}
		line.WriteString(part)
		used += size
	}
	if used > 0 {
		lines = append(lines, line.String())
	}
	return lines
}
