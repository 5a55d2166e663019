package widget

import (
	"charm.land/lipgloss/v2"
)

// Page collects the lines of a screen, none wider than its width.
type Page struct {
	Width int
	Lines []string
	// From and To are the first line that must stay in view and the one after the last.
	From, To int
}

// Add takes lines as they are, cut where they are too wide.
func (p *Page) Add(lines ...string) {
	for _, line := range lines {
		p.Lines = append(p.Lines, Fit(line, p.Width))
	}
}

// Gap leaves a line free, unless the page begins here or one is free already.
func (p *Page) Gap() {
	if n := len(p.Lines); n > 0 && p.Lines[n-1] != "" {
		p.Lines = append(p.Lines, "")
	}
}

// Text adds a text in one style, wrapped, each line moved in by indent cells.
func (p *Page) Text(style lipgloss.Style, indent int, text string) {
	for _, line := range Wrap(text, p.Width-indent) {
		p.Add(Blanks(indent) + style.Render(line))
	}
}

// Label adds a name and a text beside it, which wraps in a column of its own. On a narrow page
// the text stands below.
func (p *Page) Label(name, text string, style lipgloss.Style, indent, column int) {
	if text == "" {
		return
	}
	room := p.Width - indent - column
	if room < 20 {
		p.Add(Blanks(indent) + style.Render(name))
		p.Text(style, indent+2, text)
		return
	}
	for i, line := range Wrap(text, room) {
		left := Blanks(column)
		if i == 0 {
			left = Pad(name, column)
		}
		p.Add(Blanks(indent) + style.Render(left+line))
	}
}

// Hold marks the lines added since from as those that must stay in view.
func (p *Page) Hold(from int) { p.From, p.To = from, len(p.Lines) }
