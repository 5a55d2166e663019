package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// confirm asks yes or no before something that cannot be taken back.
type confirm struct {
	idle
	title, question string
	about           string // what either answer means
	yes, no         string // what the keys do
	agreed          func() tea.Cmd
	declined        func() tea.Cmd // nil: nothing
}

func (c *confirm) Update(msg tea.Msg) (move, tea.Cmd) {
	switch {
	case on(msg, "y", "Y"):
		return pop{}, c.agreed()
	case on(msg, "n", "N", "esc"):
		if c.declined != nil {
			return pop{}, c.declined()
		}
		return pop{}, nil
	}
	return nil, nil
}

func (c *confirm) Heading(theme.Theme) heading { return heading{Title: c.title} }

func (c *confirm) Keys() []binding { return []binding{bind(c.yes, "y"), bind(c.no, "n", "esc")} }

func (c *confirm) View(a area) drawing {
	d := a.page()
	d.Width = min(d.Width, 90)
	d.Add("")
	d.Text(a.Theme.Plain, 0, c.question)
	d.Gap()
	d.Text(a.Theme.Quiet, 0, c.about)
	return *d
}
