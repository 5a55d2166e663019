package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// places is the list of what remains to be done in the product, with the texts to paste there.
// The ticks help the person who does it and are kept nowhere.
type places struct {
	all   []steps.Place
	texts []steps.TextProof
	done  []bool
	at    int
}

func newPlaces(all []steps.Place, texts []steps.TextProof) places {
	return places{all: all, texts: texts, done: make([]bool, len(all))}
}

// text is what is pasted at the place of the pointer; nil when there is nothing to paste.
func (p *places) text() *steps.TextProof {
	if p.at >= len(p.all) || p.all[p.at].Artefact == "" {
		return nil
	}
	place := p.all[p.at]
	i := slices.IndexFunc(p.texts, func(text steps.TextProof) bool {
		return text.Artefact == place.Artefact && (text.Address == "" || text.Address.Same(place.Address))
	})
	if i < 0 {
		return nil
	}
	return &p.texts[i]
}

func (p *places) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "up", "k"):
		p.at = max(p.at-1, 0)
	case on(msg, "down", "j"):
		p.at = max(min(p.at+1, len(p.all)-1), 0)
	case on(msg, "space", "x") && p.at < len(p.done):
		p.done[p.at] = !p.done[p.at]
		if p.done[p.at] {
			p.at = min(p.at+1, len(p.all)-1)
		}
	case on(msg, "c"):
		if text := p.text(); text != nil {
			return copyText(*text)
		}
	}
	return nil, nil
}

// copyText sends a text to the clipboard, and asks first when the client secret is in it.
func copyText(text steps.TextProof) (move, tea.Cmd) {
	send := func() tea.Cmd { return copyOut(text.Text.Reveal(), "the text was") }
	if !text.Text.HasSecret() {
		return nil, send()
	}
	return push{&confirm{
		title:    "A text with the client secret",
		question: "Send this text to the clipboard? The client secret stands in it.",
		about:    "Other programs on this computer can read the clipboard, and some keep a history of it or share it with other devices. Copy something else when you have pasted it.",
		yes:      "copy it", no: "do not copy",
		agreed: send,
	}}, nil
}

func (p *places) keys() []binding {
	none, noText := "", ""
	if len(p.all) == 0 {
		none = "there is nothing to do"
	}
	if p.text() == nil {
		noText = "nothing is pasted at this line"
	}
	return []binding{
		bind("copy text", "c").unless(noText), bind("done", "space", "x").unless(none), bind("line", "up", "down", "j", "k").shown("↑↓").unless(none),
	}
}

func (p *places) count() (done, all int) {
	for _, ticked := range p.done {
		if ticked {
			done++
		}
	}
	return done, len(p.all)
}

func (p *places) draw(d *drawing, a area) {
	for i, place := range p.all {
		mark := a.Theme.ToCome()
		style := a.Theme.Plain
		if p.done[i] {
			mark, style = a.Theme.Passed(), a.Theme.Quiet
		}
		pointer := "  "
		if i == p.at {
			pointer = a.Theme.Accent.Render(theme.Pointer) + " "
		}
		from := len(d.Lines)
		hint := ""
		if place.Artefact != "" {
			hint = a.Theme.Accent.Render("text to paste")
		}
		d.Add(widget.Across(pointer+mark.Draw()+" "+style.Render(placeTitle(p.all, i)), hint, d.Width))
		if i == p.at {
			p.drawPlace(d, a, place)
			d.Hold(from)
		}
	}
}

// placeTitle is the instruction in brief; the mailbox stands with the first of its own.
func placeTitle(all []steps.Place, i int) string {
	title := all[i].Text
	if i == 0 || all[i-1].Address != all[i].Address {
		title = string(all[i].Address) + " · " + title
	}
	return title
}

func (p *places) drawPlace(d *drawing, a area, place steps.Place) {
	d.Text(a.Theme.Quiet, 4, place.Screen)
	if len(placeTitle(p.all, p.at))+24 > d.Width {
		d.Text(a.Theme.Plain, 4, place.Text)
	}
	for n, line := range widget.Wrap(place.Warning, d.Width-6) {
		lead := "  "
		if n == 0 {
			lead = a.Theme.Warned().Draw() + " "
		}
		d.Add("    " + lead + a.Theme.Warning.Render(line))
	}
	if text := p.text(); text != nil {
		for _, difference := range text.Differences {
			d.Text(a.Theme.Quiet, 4, sentence(difference))
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
