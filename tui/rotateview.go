package tui

import (
	"fmt"
	"strings"

	"github.com/mailgrant/mailgrant/steps"
)

func (s *rotateScreen) View(a area) drawing {
	d := a.page()
	switch {
	case s.refused != nil:
		drawFailure(&d.Page, a, s.refused, 0)
	case !s.proving:
		page, aside, apart := a.beside(comfortable)
		d.Width, d.Beside = page, apart
		s.form.draw(d, a, nil)
		d.Aside = s.form.explain(a, aside, s.desk.StoreName)
	case s.replaced():
		s.drawReplace(d, a)
	default:
		s.drawProof(d, a)
	}
	return *d
}

func (s *rotateScreen) drawProof(d *drawing, a area) {
	if _, open := s.signIns.open(); open {
		s.signIns.draw(d, a, s.desk)
		return
	}
	d.Text(a.Theme.Quiet, 2, "Until it has proved itself, everything stays as it was.")
	d.Gap()
	s.ledger.draw(d, a, true)
	d.Gap()
	switch {
	case s.Busy() && s.ledger.waiting == nil:
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
	case s.failure != nil && (s.ledger.selected() == nil || s.ledger.selected().result == nil):
		from := len(d.Lines)
		drawFailure(&d.Page, a, s.failure, 2)
		d.Hold(from)
	}
}

// drawReplace lists every place of the product that holds the secret.
func (s *rotateScreen) drawReplace(d *drawing, a area) {
	d.Text(a.Theme.Success, 0, "✓ "+s.provedWords()+", and kept in "+s.report.Store)
	d.Gap()
	d.Text(a.Theme.Plain, 0, "Replace it here. Until then the product goes on with the old secret.")
	last := ""
	for _, at := range s.report.ReplaceHere {
		title := titleOf(at)
		if title != last {
			d.Gap()
			d.Text(a.Theme.Plain, 2, title)
			last = title
		}
		d.Label(s.whereIn(at), at.Key, a.Theme.Quiet, 4, 9)
	}
	d.Gap()
	s.drawNeeds(d, a)
	words := s.whereTexts()
	if ends := s.form.state.Answers.SecretEnds; ends != "" {
		words += ". The new one ends " + day(ends) + "."
	}
	d.Text(a.Theme.Quiet, 0, words)
}

// titleOf names a place of the product, and the mailbox that it is about.
func titleOf(at steps.Replacement) string {
	if at.Address != "" {
		return string(at.Address) + " · " + at.Place
	}
	return at.Place
}

func (s *rotateScreen) whereTexts() string {
	return "The texts with the new secret: mailgrant show " + s.connection.Name + " --reveal --out DIR"
}

// replaceList is the list of places for somebody else to work through: without the secret.
func (s *rotateScreen) replaceList() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Replace the client secret of %s here:\n", s.connection.Name)
	for _, at := range s.report.ReplaceHere {
		fmt.Fprintf(&b, "- %s: %s, %s\n", titleOf(at), s.whereIn(at), at.Key)
	}
	b.WriteString(s.whereTexts() + "\n")
	return b.String()
}

// whereIn says where in a place of the product the secret stands: on a line of a text, or in a
// field of its own.
func (s *rotateScreen) whereIn(at steps.Replacement) string {
	if s.report.Plan != nil {
		if artefact, ok := s.report.Plan.Product.Artefact(at.Artefact); ok && artefact.Kind == "fields" {
			return "field"
		}
	}
	if at.Line == 0 {
		return "field"
	}
	return fmt.Sprintf("line %d", at.Line)
}

// provedWords say what the new secret was proved by.
func (s *rotateScreen) provedWords() string {
	if n := len(s.report.Results); n > 0 {
		return fmt.Sprintf("proved on all %d tests", n)
	}
	return "taken by the sign-in service"
}

// drawNeeds are the tests in the product that show the new secret in use there.
func (s *rotateScreen) drawNeeds(d *drawing, a area) {
	if len(s.report.Needs) == 0 || s.report.Plan == nil {
		return
	}
	d.Text(a.Theme.Plain, 0, "Then test it in "+s.report.Plan.Product.Name+": only there is it seen to work.")
	drawProductTests(d, a, *s.report.Plan)
	d.Gap()
}
