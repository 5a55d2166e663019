package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
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
	field  int // the pointer within a list of fields
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
		if before := p.all[max(i-1, 0)]; i == 0 || place.Address != before.Address || place.Table != before.Table || place.Undo != before.Undo {
			p.groups = append(p.groups, group{title: groupTitle(plan, place), from: i})
		}
		p.groups[len(p.groups)-1].to = i + 1
	}
	return p
}

// groupTitle names a mailbox by what the product does with it.
func groupTitle(plan steps.Plan, place steps.Place) string {
	switch {
	case place.Undo:
		return "Take back what was changed for the proof"
	case place.Address == "" && len(plan.Mailboxes()) == 1:
		return "Once"
	case place.Address == "":
		return "Once for all mailboxes"
	case place.Table != "":
		return string(place.Address) + " · " + place.Table
	case plan.Outbound != nil && place.Address.Same(plan.Outbound.Address) && slices.ContainsFunc(plan.Inbound, func(inbound steps.Mailbox) bool { return place.Address.Same(inbound.Address) }):
		return string(place.Address) + " · outbound and inbound"
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
		p.at, p.field = p.groups[max(0, min(p.here()+by, len(p.groups)-1))].from, 0
	}
}

// toText goes to the next place where something is pasted, from the last to the first.
func (p *places) toText() {
	for i := range p.all {
		if next := (p.at + 1 + i) % len(p.all); p.all[next].Artefact != "" {
			p.at, p.field = next, 0
			return
		}
	}
}

// text is what is pasted at the place of the pointer; nil when there is nothing to paste.
func (p *places) text() *steps.TextProof { return p.textAt(p.at) }

func (p *places) textAt(at int) *steps.TextProof {
	if at >= len(p.all) || p.all[at].Artefact == "" {
		return nil
	}
	place := p.all[at]
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
		p.up()
	case on(msg, "down", "j"):
		p.down()
	case on(msg, "left", "h"):
		p.turn(-1)
	case on(msg, "right", "l"):
		p.turn(1)
	case on(msg, "n"):
		p.toText()
	case on(msg, "space", "x") && p.at < len(p.done):
		p.done[p.at] = !p.done[p.at]
		if p.done[p.at] {
			p.at, p.field = min(p.at+1, len(p.all)-1), 0
		}
	case on(msg, "c"):
		return p.copy()
	}
	return nil, nil
}

// copy sends what is entered at the pointer to the clipboard: a text, or one value of a list.
func (p *places) copy() (move, tea.Cmd) {
	text := p.text()
	switch {
	case text == nil:
		return nil, nil
	case len(text.Fields) == 0:
		return copyText(text.Text, "text")
	}
	field := text.Fields[p.field]
	if field.Value.Reveal() == "" {
		return nil, say(field.Label + " stays as it is: no value was given for it")
	}
	return copyText(field.Value, "value of "+field.Label)
}

// copyText sends a text to the clipboard, and asks first when the client secret is in it.
func copyText(text product.Text, what string) (move, tea.Cmd) {
	send := func() tea.Cmd { return copyOut(text.Reveal(), "the "+what+" was") }
	if !text.HasSecret() {
		return nil, send()
	}
	return push{&confirm{
		title:    "A text with the client secret",
		question: "Send the " + what + " to the clipboard? The client secret stands in it.",
		about:    "Other programs on this computer can read the clipboard, and some keep a history of it or share it with other devices. Copy something else when you have pasted it.",
		yes:      "copy it", no: "do not copy",
		agreed: send,
	}}, nil
}

func (p *places) keys() []binding {
	none, noText, noTexts, what := "", "", "", "text"
	if text := p.text(); text != nil && len(text.Fields) > 0 {
		what = "value"
	}
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
		bind("copy "+what, "c").unless(noText), bind("next text", "n").unless(noTexts), bind("done", "space", "x").unless(none),
		bind("mailbox", "left", "right", "h", "l").shown("←→").unless(none), bind("line", "up", "down", "j", "k").shown("↑↓").unless(none),
	}
}

// tickAll marks everything as done but what has to be taken back.
func (p *places) tickAll() {
	for i, place := range p.all {
		p.done[i] = !place.Undo
	}
}

// undone reports whether something that was changed for the proof alone is not taken back yet.
func (p *places) undone() bool {
	for i, place := range p.all {
		if place.Undo && !p.done[i] {
			return true
		}
	}
	return false
}

func (p *places) count() (done, all int) {
	for _, ticked := range p.done {
		if ticked {
			done++
		}
	}
	return done, len(p.all)
}
