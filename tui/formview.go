package tui

import (
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// labelWidth is the column that labels stand in, guidWidth what most values need.
const (
	labelWidth = 25
	guidWidth  = 36
)

// draw adds the fields to a page. below draws what belongs under one of them besides its error.
func (f *form) draw(d *drawing, a area, below func(p *widget.Page, q steps.Question, indent int)) {
	group := ""
	for i, one := range f.fields {
		if one.question.Group != group && group != "" && a.Height >= flat {
			d.Gap()
		}
		group = one.question.Group
		from := len(d.Lines)
		f.drawField(d, a, i)
		indent := f.indent(d.Width)
		if one.wrong != "" {
			drawWrong(&d.Page, a, one.wrong, indent)
		}
		if below != nil {
			below(&d.Page, one.question, indent)
		}
		if i == f.at {
			d.Hold(from)
		}
	}
}

// indent is where values begin: beside the labels, or on a narrow page below them.
func (f *form) indent(width int) int {
	if width < labelWidth+2+guidWidth+1 {
		return 4
	}
	return 2 + f.labels(width)
}

// labels is the column that labels stand in: as wide as the longest, where values have room beside.
func (f *form) labels(width int) int {
	column := labelWidth
	for _, one := range f.fields {
		column = max(column, lipgloss.Width(one.question.Label)+1)
	}
	return max(min(column, width-2-guidWidth-1), labelWidth)
}

func (f *form) drawField(d *drawing, a area, i int) {
	one, t := f.fields[i], a.Theme
	pointer, style := "  ", t.Quiet
	if i == f.at {
		pointer, style = t.Accent.Render("▌")+" ", t.Plain
	}
	if one.question.Kind == steps.Confirm {
		f.drawTick(d, a, i, pointer)
		return
	}
	indent := f.indent(d.Width)
	value, cursor := one.input.View(t, d.Width-indent)
	if one.question.Kind == steps.Choice {
		value = f.viewChoice(a, i)
	}
	if one.question.Kind == steps.Hidden && one.input.Value() == "" && f.state.Has(one.question) {
		value = t.Plain.Render("••••••••••••") + t.Success.Render("  ✓ taken")
	}
	lead := widget.Blanks(indent)
	if indent > labelWidth {
		lead = pointer + style.Render(widget.Pad(widget.Fit(one.question.Label, indent-3), indent-2))
	} else {
		d.Add(pointer + style.Render(one.question.Label))
	}
	d.Add(lead + value)
	if i == f.at && cursor >= 0 {
		d.Cursor = &point{indent + cursor, len(d.Lines) - 1}
	}
}

func (f *form) drawTick(d *drawing, a area, i int, pointer string) {
	q := f.fields[i].question
	mark := a.Theme.ToCome()
	if f.state.Has(q) {
		mark = a.Theme.Passed()
	}
	lines := widget.Wrap(q.Label, d.Width-4)
	if i != f.at && len(lines) > 1 {
		lines = []string{widget.Fit(q.Label, d.Width-4)}
	}
	for n, line := range lines {
		if n == 0 {
			d.Add(pointer + mark.Draw() + " " + line)
			continue
		}
		d.Add("    " + line)
	}
}

// explain is what there is to know about the question at the cursor.
func (f *form) explain(a area, width int, keptIn string) []string {
	q, ok := f.now()
	if !ok {
		return nil
	}
	p := &widget.Page{Width: width}
	if lipgloss.Width(q.Label) > labelWidth && q.Kind != steps.Confirm {
		p.Text(a.Theme.Plain.Bold(true), 0, q.Label) // beside its field it may be cut
	}
	help := sentence(q.Help)
	if q.Optional && help == "" {
		help = "This may stay empty."
	}
	p.Text(a.Theme.Plain, 0, help)
	if q.Kind == steps.Choice {
		p.Text(a.Theme.Plain, 0, f.choiceWords(q))
	}
	if q.Where != "" {
		p.Text(a.Theme.Quiet, 0, "Where: "+q.Where)
	}
	if q.Example != "" && q.Kind != steps.Hidden {
		p.Text(a.Theme.Quiet, 0, "For example: "+q.Example)
	}
	if q.Kind == steps.Hidden && keptIn != "" {
		p.Text(a.Theme.Quiet, 0, "Kept in: "+keptIn+", nowhere else. It is never shown.")
	}
	return p.Lines
}
