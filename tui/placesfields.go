package tui

import (
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// fields are what is entered one by one at the place of the pointer; none where a text is pasted
// whole.
func (p *places) fields() []product.FilledField {
	if text := p.text(); text != nil {
		return text.Fields
	}
	return nil
}

// down goes to the next field, and from the last one to the next place.
func (p *places) down() {
	switch {
	case p.field < len(p.fields())-1:
		p.field++
	case p.at < len(p.all)-1:
		p.at, p.field = p.at+1, 0
	}
}

// up goes to the field before, and from the first one to the place before.
func (p *places) up() {
	switch {
	case p.field > 0:
		p.field--
	case p.at > 0:
		p.at--
		p.field = max(len(p.fields())-1, 0)
	}
}

// last reports whether nothing stands below the pointer.
func (p *places) last() bool {
	return p.at >= len(p.all)-1 && p.field >= len(p.fields())-1
}

// drawFields lists what is entered at the place of the pointer, label by label, the field at the
// pointer whole and with its note.
func (p *places) drawFields(d *drawing, a area) {
	const indent = 6
	label := 0
	for _, field := range p.fields() {
		label = max(label, lipgloss.Width(field.Label))
	}
	label = min(label, (d.Width-indent)/2)
	for i, field := range p.fields() {
		here := i == p.field
		pointer, style := "  ", a.Theme.Quiet
		if here {
			pointer, style = a.Theme.Accent.Render(theme.Pointer)+" ", a.Theme.Plain
		}
		from := len(d.Lines)
		lead := widget.Blanks(indent-2) + pointer + style.Render(widget.Pad(field.Label, label)) + "  "
		room := d.Width - indent - label - 2
		for n, line := range fieldLines(field, room, here) {
			if n > 0 {
				lead = widget.Blanks(indent + label + 2)
			}
			d.Add(lead + style.Render(line))
		}
		if here {
			d.Text(a.Theme.Quiet, indent, field.Note)
			d.Hold(from)
		}
	}
}

// fieldLines are a field's value as it may be shown: cut to one line, or whole.
func fieldLines(field product.FilledField, width int, whole bool) []string {
	value := field.Value.Masked()
	switch {
	case value == "":
		value = "(stays as it is)"
	case whole:
		return widget.Wrap(value, max(width, 1))
	}
	return []string{widget.Fit(value, width)}
}
