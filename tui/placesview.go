package tui

import (
	"fmt"

	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// draw lists the groups, and of the one at the pointer every place, if the pointer is here.
func (p *places) draw(d *drawing, a area, pointed bool) {
	for n, g := range p.groups {
		open := pointed && n == p.here()
		p.drawGroup(d, a, g, open)
		if pointed && p.at == g.from-1 {
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
		status = p.enteredWords(g.from, g.to) + " · " + status
	}
	mark, style := p.mark(a, g.from), a.Theme.Plain.Bold(open)
	if done == g.to-g.from {
		mark = a.Theme.Passed()
	}
	d.Add(widget.Across(mark.Draw()+" "+style.Render(g.title), a.Theme.Quiet.Render(status), d.Width))
}

// mark is how a place that is not done yet is shown: what must not stay as it is with a warning.
func (p *places) mark(a area, i int) theme.Mark {
	if p.all[i].Undo {
		return a.Theme.Warned()
	}
	return a.Theme.ToCome()
}

func (p *places) drawLine(d *drawing, a area, i int) {
	place := p.all[i]
	mark, style := p.mark(a, i), a.Theme.Plain
	if p.done[i] {
		mark, style = a.Theme.Passed(), a.Theme.Quiet
	}
	pointer := "    "
	if i == p.at {
		pointer = "  " + a.Theme.Accent.Render(theme.Pointer) + " "
	}
	hint := ""
	if place.Artefact != "" {
		hint = a.Theme.Accent.Render(p.enteredWords(i, i+1))
	}
	from := len(d.Lines)
	d.Add(widget.Across(pointer+mark.Draw()+" "+style.Render(place.Text), hint, d.Width))
	if i == p.at {
		p.drawPlace(d, a, place, lipgloss.Width(place.Text)+6+lipgloss.Width(hint)+1 > d.Width)
		d.Hold(from)
		p.drawFields(d, a)
		if len(d.Lines)-from <= a.Height {
			d.Hold(from) // the whole list, where there is room for it
		}
	}
}

// enteredWords say what kind of thing is entered in a stretch of places.
func (p *places) enteredWords(from, to int) string {
	texts, lists := false, false
	for i := from; i < to; i++ {
		if text := p.textAt(i); text != nil && len(text.Fields) > 0 {
			lists = true
		} else if p.all[i].Artefact != "" {
			texts = true
		}
	}
	switch {
	case texts && lists:
		return "texts and values to enter"
	case lists:
		return "values to enter"
	}
	return "text to paste"
}

// drawPlace tells about the place at the pointer: where in the product it is, the whole of an
// instruction that was cut, and what to beware of.
func (p *places) drawPlace(d *drawing, a area, place steps.Place, cut bool) {
	const indent = 6
	d.Text(a.Theme.Quiet, indent, place.Screen)
	if cut {
		d.Text(a.Theme.Plain, indent, place.Text)
	}
	drawWarning(&d.Page, a.Theme.Warned(), place.Warning, indent)
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
