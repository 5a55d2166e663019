package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
)

// places is the list of what remains to be done in the product, with the texts to paste there.
// It is long, so it stands in groups, and only that of the pointer is open. The ticks help the
// person who does it and are kept nowhere.
type places struct {
	all    []steps.Place
	groups []group
	texts  []steps.TextProof
	done   []bool
	at     int
}

// group is what belongs to one mailbox: the places from one number up to, not including, another.
type group struct {
	title    string
	from, to int
}

func newPlaces(plan steps.Plan, texts []steps.TextProof) places {
	p := places{all: plan.Places(), texts: texts}
	p.done = make([]bool, len(p.all))
	for i, place := range p.all {
		if i == 0 || place.Address != p.all[i-1].Address || place.Table != p.all[i-1].Table {
			p.groups = append(p.groups, group{title: groupTitle(plan, place), from: i})
		}
		p.groups[len(p.groups)-1].to = i + 1
	}
	return p
}

// groupTitle names a mailbox by what the product does with it.
func groupTitle(plan steps.Plan, place steps.Place) string {
	switch {
	case place.Address == "":
		return "Once for all mailboxes"
	case place.Table != "":
		return string(place.Address) + " · " + place.Table
	case plan.Outbound != nil && place.Address.Same(plan.Outbound.Address):
		return string(place.Address) + " · outbound"
	}
	return string(place.Address)
}

// here is the number of the pointer's group; 0 while there is nothing.
func (p *places) here() int {
	return max(slices.IndexFunc(p.groups, func(g group) bool { return p.at >= g.from && p.at < g.to }), 0)
}

// turn goes to the beginning of the group so many further on; at either end it stays.
func (p *places) turn(by int) {
	if len(p.groups) > 0 {
		p.at = p.groups[max(0, min(p.here()+by, len(p.groups)-1))].from
	}
}

// toText goes to the next place where something is pasted, from the last to the first.
func (p *places) toText() {
	for i := range p.all {
		if next := (p.at + 1 + i) % len(p.all); p.all[next].Artefact != "" {
			p.at = next
			return
		}
	}
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
	case on(msg, "left", "h"):
		p.turn(-1)
	case on(msg, "right", "l"):
		p.turn(1)
	case on(msg, "n"):
		p.toText()
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
	none, noText, noTexts := "", "", ""
	if len(p.all) == 0 {
		none = "there is nothing to do"
	}
	if !slices.ContainsFunc(p.all, func(place steps.Place) bool { return place.Artefact != "" }) {
		noTexts = "nothing has to be pasted in this product"
	}
	if p.text() == nil {
		noText = "nothing is pasted at this line"
	}
	return []binding{
		bind("copy text", "c").unless(noText), bind("next text", "n").unless(noTexts), bind("done", "space", "x").unless(none),
		bind("mailbox", "left", "right", "h", "l").shown("←→").unless(none), bind("line", "up", "down", "j", "k").shown("↑↓").unless(none),
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
