package tui

import (
	"fmt"

	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// draw lists the groups, and of the one at the pointer every place.
func (p *places) draw(d *drawing, a area) {
	for n, g := range p.groups {
		open := n == p.here()
		p.drawGroup(d, a, g, open)
		if p.at == g.from-1 {
			d.To = len(d.Lines) // behind the last place, what comes next stays in view
		}
		if !open {
			continue
		}
		for i := g.from; i < g.to; i++ {
			p.drawLine(d, a, i)
		}
	}
}

// drawGroup is a group's title, how much of it is done, and whether something is pasted there.
func (p *places) drawGroup(d *drawing, a area, g group, open bool) {
	done, texts := 0, 0
	for i := g.from; i < g.to; i++ {
		if p.done[i] {
			done++
		}
		if p.all[i].Artefact != "" {
			texts++
		}
	}
	status := fmt.Sprintf("%d of %d done", done, g.to-g.from)
	if texts > 0 && !open {
		status = "text to paste · " + status
	}
	mark, style := a.Theme.ToCome(), a.Theme.Plain.Bold(open)
	if done == g.to-g.from {
		mark = a.Theme.Passed()
	}
	d.Add(widget.Across(mark.Draw()+" "+style.Render(g.title), a.Theme.Quiet.Render(status), d.Width))
}

func (p *places) drawLine(d *drawing, a area, i int) {
	place := p.all[i]
	mark, style := a.Theme.ToCome(), a.Theme.Plain
	if p.done[i] {
		mark, style = a.Theme.Passed(), a.Theme.Quiet
	}
	pointer := "    "
	if i == p.at {
		pointer = "  " + a.Theme.Accent.Render(theme.Pointer) + " "
	}
	hint := ""
	if place.Artefact != "" {
		hint = a.Theme.Accent.Render("text to paste")
	}
	from := len(d.Lines)
	d.Add(widget.Across(pointer+mark.Draw()+" "+style.Render(place.Text), hint, d.Width))
	if i == p.at {
		p.drawPlace(d, a, place, lipgloss.Width(place.Text)+6+lipgloss.Width(hint)+1 > d.Width)
		d.Hold(from)
	}
}

// drawPlace tells about the place at the pointer: where in the product it is, the whole of an
// instruction that was cut, and what to beware of.
func (p *places) drawPlace(d *drawing, a area, place steps.Place, cut bool) {
	const indent = 6
	d.Text(a.Theme.Quiet, indent, place.Screen)
	if cut {
		d.Text(a.Theme.Plain, indent, place.Text)
	}
	for n, line := range widget.Wrap(place.Warning, d.Width-indent-2) {
		lead := "  "
		if n == 0 {
			lead = a.Theme.Warned().Draw() + " "
		}
		d.Add(widget.Blanks(indent) + lead + a.Theme.Warning.Render(line))
	}
	if text := p.text(); text != nil {
		for _, difference := range text.Differences {
			d.Text(a.Theme.Quiet, indent, sentence(difference))
		}
	}
}

// harmless are the product's warnings that mean nothing on this route.
func harmless(route *product.Route) []string {
	var known []string
	for _, e := range route.Errors {
		if e.Verdict == "harmless" {
			known = append(known, "\""+e.Match+"\": "+e.Cause)
		}
	}
	return known
}
