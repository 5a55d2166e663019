package widget

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// Footer draws the keys that work now in one line. The last key, which leads out, always
// stands; of the others as many as fit, in their order.
func Footer(t theme.Theme, keys []key.Binding, width int) string {
	var shown []string
	for _, k := range keys {
		if k.Enabled() {
			shown = append(shown, t.Accent.Render(k.Help().Key)+" "+t.Quiet.Render(k.Help().Desc))
		}
	}
	if len(shown) == 0 {
		return ""
	}
	const gap = "   "
	last := shown[len(shown)-1]
	room := width - lipgloss.Width(last)
	var line strings.Builder
	for _, part := range shown[:len(shown)-1] {
		size := lipgloss.Width(part) + len(gap)
		if size > room {
			break
		}
		line.WriteString(part + gap)
		room -= size
	}
	return Fit(line.String()+last, width)
}
