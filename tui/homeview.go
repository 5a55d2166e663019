package tui

import (
	"fmt"

	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

func (s *homeScreen) View(a area) drawing {
	d := a.page()
	if a.Height >= flat-5 {
		d.Add("")
	}
	for _, err := range s.broken {
		drawWrong(&d.Page, a, err.Error(), 0)
	}
	if s.failure != nil {
		drawFailure(&d.Page, a, s.failure, 0)
	}
	if len(s.broken) > 0 || s.failure != nil {
		d.Gap()
	}
	switch {
	case !s.read:
		d.Text(a.Theme.Quiet, 2, s.saying)
	case len(s.all) == 0:
		s.drawFirst(d, a)
	default:
		s.drawList(d, a)
	}
	return *d
}

// drawFirst is what somebody sees who has connected nothing yet.
func (s *homeScreen) drawFirst(d *drawing, a area) {
	d.Text(a.Theme.Plain, 2, a.Theme.Accent.Render("p")+"  Practise on a tenant that lives in this program")
	d.Text(a.Theme.Plain, 2, a.Theme.Accent.Render("n")+"  Connect a product")
	d.Text(a.Theme.Plain, 2, a.Theme.Accent.Render("e")+"  Explain an error text")
}

func (s *homeScreen) drawList(d *drawing, a area) {
	name, product := 0, 0
	for _, one := range s.all {
		name, product = max(name, lipgloss.Width(one.Name)), max(product, lipgloss.Width(one.Product))
	}
	for i, one := range s.all {
		pointer := "  "
		if i == s.at {
			pointer = a.Theme.Accent.Render(theme.Pointer) + " "
		}
		mark, words := statusMark(a.Theme, one)
		from := len(d.Lines)
		d.Add(pointer + mark.Draw() + " " + widget.Pad(one.Name, min(name, d.Width/3)) + "  " +
			a.Theme.Quiet.Render(widget.Pad(one.Product, min(product, d.Width/5))) + "  " + mark.Style.Render(words))
		if i == s.at {
			d.Hold(from)
		}
	}
	d.Gap()
	one, _ := s.selected()
	whose := one.Route
	if one.Tenant != "" {
		whose = one.Tenant + " · " + one.Route // Google's applications, and the vendors' own, belong to no tenant
	}
	d.Text(a.Theme.Plain, 4, fmt.Sprintf("%s · %d outbound, %d inbound", whose, one.Outbound, one.Inbound))
	facts := ""
	if one.LastVerified != "" {
		facts = "proved " + day(one.LastVerified)
	}
	if one.HasEnd {
		facts += " · secret " + endWords(one.DaysLeft) + " (" + day(one.SecretEnds) + ")"
	}
	d.Text(a.Theme.Quiet, 4, facts)
	d.Text(a.Theme.Plain, 4, advice(one))
}

// soon is how many days before its end a secret is worth a warning.
const soon = 30

// statusMark is a connection's state in a glyph and a few words.
func statusMark(t theme.Theme, one steps.Status) (theme.Mark, string) {
	switch {
	case one.State == steps.StateDraft:
		return t.ToCome(), "draft"
	case one.Due(-1):
		return t.Failed(), "secret " + endWords(one.DaysLeft)
	case one.State == steps.StateFailing:
		return t.Failed(), "failing"
	case one.State == steps.StateConfirmed && !one.Due(soon):
		return t.Passed(), "confirmed by you, not proved"
	case one.State == steps.StateStale:
		return t.Warned(), "changed since it was proved"
	case one.Due(soon):
		return t.Warned(), "secret " + endWords(one.DaysLeft)
	case one.HasEnd:
		return t.Passed(), "proved, secret " + endWords(one.DaysLeft)
	}
	return t.Passed(), "proved"
}

// advice is the next thing to do with a connection, if there is one.
func advice(one steps.Status) string {
	switch {
	case one.State == steps.StateDraft:
		return "Not proved yet. Enter goes on with it."
	case one.Due(-1):
		return "A new secret mends it: press r."
	case one.State == steps.StateFailing:
		if one.Cause != "" {
			return "The last check failed: " + one.Cause + ". Enter checks again and says who mends it."
		}
		return "The last check failed. Enter checks again and says who mends it."
	case one.State == steps.StateStale:
		return "Its file was changed. Enter proves it anew."
	case one.Due(soon):
		return "Make a new secret in time, and press r."
	}
	return ""
}
