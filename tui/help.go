package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// help shows a screen's whole explanation and all its keys, also those that the frame had no
// room for.
type help struct {
	idle
	of screen
}

func (h *help) Update(msg tea.Msg) (move, tea.Cmd) {
	if on(msg, "esc", "enter", "q", "?", "ctrl+g", "f1") {
		return pop{}, nil
	}
	return nil, nil
}

func (h *help) Heading(t theme.Theme) heading {
	of := h.of.Heading(t)
	of.Status = "help"
	return of
}

func (*help) Keys() []binding { return []binding{bind("back", "esc")} }

func (h *help) View(a area) drawing {
	d := a.page()
	column := a
	column.Shape, column.Height = min(a.Shape, oneColumn), 1000
	of := h.of.View(column)
	if len(of.Aside) > 0 {
		d.Add(of.Aside...)
		d.Gap()
	}
	d.Add(a.Theme.Quiet.Render("Keys"))
	keys := append(h.of.Keys(), bind("turn a long page", "pgup", "pgdn").shown("pgup pgdn"), bind("leave; twice at once", "ctrl+c"))
	for _, b := range keys {
		text := b.Help().Desc
		if b.why != "" {
			text += ": not now, " + b.why
		}
		d.Label(b.Help().Key, text, a.Theme.Plain, 2, 12)
	}
	return *d
}

// typing reports whether keys go into a field.
func (m *root) typing(top screen) bool {
	return top.View(m.area(top.Heading(m.frame.theme))).Cursor != nil
}

func (m *root) help(of screen) tea.Cmd {
	m.stack = append(m.stack, &help{of: of})
	return nil
}
