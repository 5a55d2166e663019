package tui

import (
	"fmt"
	"html"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// The README's picture is the connection tests' screen as a terminal shows it. The test draws it
// anew and compares, so that the picture cannot fall behind the program.
func TestREADMEPicture(t *testing.T) {
	w := newWorld(t)
	w.mail.refuse("sourcing@contoso.example", true)
	s := toTests(t, w)
	s.keys("enter")
	s.settle()

	got := picture(s.root.View().Content, 80, 24)
	file := filepath.Join(goldens(t), "tests.svg")
	if os.Getenv("MAILGRANT_UPDATE_GOLDENS") == "1" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil || got != string(want) {
		t.Errorf("the README's picture is not what the program draws (%v): run with MAILGRANT_UPDATE_GOLDENS=1 and look at it", err)
	}
}

// The picture's measures, in SVG user units: a cell of the terminal, and the frame around all.
const (
	cellWidth  = 8.4
	cellHeight = 18.0
	edge       = 14.0
)

const (
	paper = "#16181d"
	ink   = "#d7dae0"
)

// picture draws what a terminal of the given size shows after a frame was written to it.
func picture(frame string, width, height int) string {
	screen := vt.NewEmulator(width, height)
	defer func() { _ = screen.Close() }()
	_, _ = screen.WriteString(strings.ReplaceAll(frame, "\n", "\r\n"))

	var svg strings.Builder
	fmt.Fprintf(&svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.1f %.1f\" font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\">\n",
		float64(width)*cellWidth+2*edge, float64(height)*cellHeight+2*edge)
	fmt.Fprintf(&svg, "<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>\n", paper)
	for y := range height {
		for x := 0; x < width; {
			x = drawRun(&svg, screen, x, y, width)
		}
	}
	svg.WriteString("</svg>\n")
	return svg.String()
}

// drawRun draws the cells from x on that have one style, and returns where the next run begins.
// Each run is stretched to its cells, so that columns line up in every font.
func drawRun(svg *strings.Builder, screen *vt.Emulator, x, y, width int) int {
	first := screen.CellAt(x, y)
	var text strings.Builder
	end := x
	for end < width {
		cell := screen.CellAt(end, y)
		if !sameStyle(first, cell) {
			break
		}
		text.WriteString(content(cell))
		end += max(cellColumns(cell), 1)
	}
	if trimmed := strings.TrimRight(text.String(), " "); trimmed != "" {
		columns := end - x - (len(text.String()) - len(trimmed))
		fmt.Fprintf(svg, "<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\" fill=\"%s\"%s xml:space=\"preserve\">%s</text>\n",
			edge+float64(x)*cellWidth, edge+float64(y+1)*cellHeight-5, float64(columns)*cellWidth,
			foreground(first), weight(first), html.EscapeString(trimmed))
	}
	return end
}

func content(cell *uv.Cell) string {
	if cell == nil || cell.Content == "" {
		return " "
	}
	return cell.Content
}

func cellColumns(cell *uv.Cell) int {
	if cell == nil {
		return 1
	}
	return cell.Width
}

func sameStyle(a, b *uv.Cell) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Style.Equal(&b.Style)
}

func foreground(cell *uv.Cell) string {
	if cell == nil || cell.Style.Fg == nil {
		return ink
	}
	shade, _ := color.NRGBAModel.Convert(cell.Style.Fg).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", shade.R, shade.G, shade.B)
}

func weight(cell *uv.Cell) string {
	switch {
	case cell == nil:
		return ""
	case cell.Style.Attrs&uv.AttrBold != 0:
		return " font-weight=\"bold\""
	case cell.Style.Attrs&uv.AttrFaint != 0:
		return " opacity=\"0.65\""
	}
	return ""
}
