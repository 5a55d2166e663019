package widget

import (
	"strings"

	"rsc.io/qr"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// quiet is the width of the light margin that readers want around a QR code, in modules. The
// standard asks for four; phones read two, and the code fits on a screen of 24 lines.
const quiet = 2

// QR draws a text as a QR code, two modules to a line through half blocks. It is nil when the
// text is too long for one.
func QR(t theme.Theme, text string) []string {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return nil
	}
	light := func(x, y int) bool { return !code.Black(x, y) }
	var lines []string
	for y := -quiet; y < code.Size+quiet; y += 2 {
		var line strings.Builder
		for x := -quiet; x < code.Size+quiet; x++ {
			line.WriteString(halves(light(x, y), light(x, y+1) && y+1 < code.Size+quiet))
		}
		lines = append(lines, t.Code.Render(line.String()))
	}
	return lines
}

func halves(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
