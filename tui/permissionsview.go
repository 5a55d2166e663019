package tui

import (
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

func (s *permissionScreen) View(a area) drawing {
	page, aside, apart := a.beside(wide)
	d := a.page()
	d.Width, d.Beside = page, apart
	if s.failure != nil {
		drawFailure(&d.Page, a, s.failure, 0)
		d.Gap()
	}
	if s.Busy() {
		d.Text(a.Theme.Plain, 0, a.spin()+" "+s.saying)
		d.Gap()
	}
	name := 0
	for _, line := range s.state.Checklist {
		name = max(name, lipgloss.Width(line.Permission.Name))
	}
	for i, line := range s.state.Checklist {
		s.drawLine(d, a, line, i == s.at, min(name, max(page-32, 12)))
	}
	s.drawAlternatives(d, a)
	s.drawConsent(d, a)
	d.Aside = s.detail(a, aside)
	return *d
}

func (s *permissionScreen) drawLine(d *drawing, a area, line steps.Line, here bool, name int) {
	mark, word := lineMark(a.Theme, line)
	pointer, style := "  ", a.Theme.Plain
	if here {
		pointer = a.Theme.Accent.Render(theme.Pointer) + " "
	}
	if line.State == steps.Unneeded {
		style = a.Theme.Quiet
	}
	text := pointer + mark.Draw() + " " + style.Render(widget.Pad(line.Permission.Name, name)) + "  "
	if d.Width >= 70 {
		text += a.Theme.Quiet.Render(widget.Pad(line.Permission.Type, 12) + widget.Pad(shortResource(line), 10))
	}
	from := len(d.Lines)
	d.Add(text + mark.Style.Render(word))
	if here {
		d.Hold(from)
	}
}

// lineMark is how a line's state is shown. What the vendor's list and the provider's requirement
// say differently, and what nobody published, is said in the word.
func lineMark(t theme.Theme, line steps.Line) (theme.Mark, string) {
	besides := ""
	if line.Permission.Need == product.ProviderNeedsVendorOmits {
		besides = ", not in the vendor's list"
	}
	if doubtful(line.Permission.Source) && line.State != steps.Granted {
		besides += ", not published"
	}
	switch {
	case line.State == steps.Granted:
		return t.Passed(), "granted" + besides
	case line.Permission.Need == product.Optional && line.State != steps.Surplus:
		return t.Skipped(), "optional" + besides
	case line.State == steps.Missing:
		return t.Failed(), "needed, not granted" + besides
	case line.State == steps.Open:
		return t.ToCome(), "needed" + besides
	case line.State == steps.Surplus:
		return t.Warned(), "more than is needed"
	case line.Permission.Need == product.RemoveIfPresent:
		return t.Skipped(), "may be removed"
	}
	return t.Skipped(), "listed by the vendor only"
}

func shortResource(line steps.Line) string {
	switch line.Permission.Resource {
	case "exo":
		return "Exchange"
	case "graph":
		return "Graph"
	case "google":
		return "Google"
	}
	return line.Permission.Resource
}

// drawConsent says who agrees to what, where no token will ever show it.
func (s *permissionScreen) drawConsent(d *drawing, a area) {
	if s.Busy() || !registersNothing(s.state) && s.state.Way() != steps.ByProduct {
		return
	}
	if registersNothing(s.state) {
		list := "What it asks for is not published: read it on the consent page."
		if len(s.state.Checklist) > 0 {
			list = "These are its permissions as far as they are known. Compare them with the consent page."
		}
		d.Gap()
		d.Text(a.Theme.Plain, 0, "The application belongs to "+s.state.Product.Name+". "+list)
	}
	writeConsent(d, a, s.state)
}

// detail tells about the line at the pointer: what it is for, how its state is known, and the
// clicks where somebody has to act.
func (s *permissionScreen) detail(a area, width int) []string {
	line, ok := s.line()
	if !ok {
		return nil
	}
	p := &widget.Page{Width: width}
	p.Text(a.Theme.Plain, 0, line.Permission.Name+" · "+line.Permission.Type+" · "+line.Resource())
	p.Text(a.Theme.Plain, 0, sentence(line.Permission.Note))
	p.Text(a.Theme.Quiet, 0, "Known: "+line.Evidence+".")
	if doubtful(line.Permission.Source) {
		p.Text(a.Theme.Warning, 0, "Nobody published this: it is deduced from what "+s.state.Product.Name+" does. Compare it with the consent page.")
	}
	switch {
	case line.State == steps.Missing && !clickable(s.state, line), line.State == steps.Open && !clickable(s.state, line):
		p.Text(a.Theme.Quiet, 0, "It is agreed to on the consent page, when somebody signs in.")
	case line.State == steps.Missing, line.State == steps.Open:
		p.Text(a.Theme.Quiet, 0, "An Entra admin adds it:")
		p.Text(a.Theme.Plain, 0, line.Clicks())
	case line.State == steps.Surplus:
		p.Text(a.Theme.Quiet, 0, "An Entra admin removes it under API permissions.")
	}
	return p.Lines
}
