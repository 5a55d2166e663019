package widget

import (
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// Frame draws what a person must copy or compare: the lines, wrapped, in a rounded frame of
// exactly width cells.
func Frame(t theme.Theme, lines []string, width int) []string {
	inside := width - 4
	if inside < 1 {
		return nil
	}
	var body []string
	for _, line := range lines {
		body = append(body, hanging(line, inside)...)
	}
	bar := t.Quiet.Render("│")
	framed := []string{edge(t, "╭", "╮", width)}
	for _, line := range body {
		framed = append(framed, bar+" "+Pad(line, inside)+" "+bar)
	}
	return append(framed, edge(t, "╰", "╯", width))
}

// hanging wraps a line and moves in what is not its beginning, so that a long command is told
// from two short ones.
func hanging(line string, width int) []string {
	if lipgloss.Width(line) <= width || width < 8 {
		return []string{Fit(line, width)}
	}
	wrapped := Wrap(line, width-2)
	for i := range wrapped[1:] {
		wrapped[i+1] = "  " + wrapped[i+1]
	}
	return wrapped
}

func edge(t theme.Theme, left, right string, width int) string {
	line := make([]rune, 0, width-2)
	for range width - 2 {
		line = append(line, '─')
	}
	return t.Quiet.Render(left + string(line) + right)
}
