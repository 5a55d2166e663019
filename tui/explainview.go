package tui

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// View draws what is asked, or the text, what it means, and the facts in it.
func (s *explainScreen) View(a area) drawing {
	d := a.page()
	d.Width = min(d.Width, 100) // longer lines are hard to read
	if s.found == nil {
		s.drawAsking(d, a)
		return *d
	}
	most := 3
	if a.Height < flat-5 {
		most = 1
	}
	s.text.draw(&d.Page, a, most)
	s.drawScreens(d, a)
	d.Gap()
	if s.found.Recognised {
		drawExplanation(d, a, s.found.Diagnoses)
	} else {
		s.drawHumble(d, a)
	}
	s.drawFacts(d, a)
	return *d
}

// drawScreens says what the text means on the screens of the products that show it: the same words
// can be harmless on one route and not on another.
func (s *explainScreen) drawScreens(d *drawing, a area) {
	for _, one := range s.screens {
		d.Gap()
		d.Label("In "+one.Product.Name, strings.Join(one.Routes, " and ")+": "+one.Verdict(), a.Theme.Plain, 0, 16)
		d.Text(a.Theme.Quiet, 2, one.Error.Cause)
		for _, fix := range one.Error.Fix {
			d.Label("·", fix, a.Theme.Plain, 2, 2)
		}
	}
}

func (s *explainScreen) drawAsking(d *drawing, a area) {
	d.Text(a.Theme.Plain, 0, "Paste the error text: lines of a log, a mail server's answer, or what a page of the browser says.")
	d.Gap()
	from := len(d.Lines)
	line, column := s.input.View(a.Theme, d.Width-4)
	box := []string{line}
	for range min(4, a.Height-8) {
		box = append(box, "")
	}
	d.Add(widget.Frame(a.Theme, box, d.Width)...)
	d.Hold(from)
	d.Cursor = &point{2 + column, from + 1}
	p := &widget.Page{Width: d.Width}
	p.Text(a.Theme.Quiet, 0, "A paste is explained at once; what is typed, with enter. The text is read on this computer and sent nowhere. What looks like a secret in it is not shown.")
	d.Aside = p.Lines
}

// drawExplanation tells of the most probable cause in full, and of the others that the text
// leaves open.
func drawExplanation(d *drawing, a area, found []diagnosis.Diagnosis) {
	const column = 9
	first := found[0]
	drawWrong(&d.Page, a, sentence(first.Summary), 0)
	d.Gap()
	d.Label("Cause", fmt.Sprintf("%s, %s", first.Cause, first.Certainty), a.Theme.Quiet, 0, column)
	d.Label("Layer", fmt.Sprintf("%s, %s", first.Layer, layerWords(first.Layer)), a.Theme.Quiet, 0, column)
	d.Label("Who", steps.RoleName(first.Owner), a.Theme.Plain, 0, column)
	d.Gap()
	drawFixes(&d.Page, a, first.Fixes, 0)
	if first.Decides == "" && len(found) == 1 {
		return
	}
	d.Gap()
	d.Label("Decides", sentence(first.Decides), a.Theme.Quiet, 0, column)
	for _, other := range found[1:] {
		d.Label("Or", fmt.Sprintf("%s (%s, %s)", sentence(other.Summary), other.Cause, steps.RoleName(other.Owner)), a.Theme.Quiet, 0, column)
	}
}

// layerWords are what happens at a layer.
func layerWords(layer providers.Layer) string {
	switch layer {
	case providers.LayerDNS:
		return "finding the server by its name"
	case providers.LayerTCP:
		return "reaching the server"
	case providers.LayerTLS:
		return "encrypting the connection"
	case providers.LayerToken:
		return "getting a token from the sign-in service"
	case providers.LayerClaims:
		return "what the token allows"
	case providers.LayerSASL:
		return "signing in to the mail server"
	case providers.LayerMailbox:
		return "opening the mailbox"
	case providers.LayerSend:
		return "sending a message"
	}
	return "on this computer"
}

// drawHumble says that the text tells no cause: a wrong fix would cost more than none.
func (s *explainScreen) drawHumble(d *drawing, a area) {
	d.Text(a.Theme.Plain, 0, "This is not recognised as trouble with a mailbox's sign-in, so no cause is named.")
	d.Gap()
	d.Text(a.Theme.Plain, 0, "Next, paste more of the log: the lines before and after the error, above all those with a number such as AADSTS7000215 or 5.7.139, or what the server answered.")
	if s.text.long() {
		d.Text(a.Theme.Plain, 0, "Of this long text only the beginning and the end were searched: paste the part around the error alone.")
	}
	if s.found.Facts != (diagnosis.Facts{}) {
		d.Text(a.Theme.Plain, 0, "Whoever runs the service finds the request by the facts below.")
	}
}

// drawFacts tells what others can look up, and how to see the same failure again.
func (s *explainScreen) drawFacts(d *drawing, a area) {
	const column = 16
	f := s.found.Facts
	d.Gap()
	if f.AADSTS != 0 {
		number := "AADSTS" + strconv.Itoa(f.AADSTS)
		if _, meaning, known := diagnosis.AADSTS(f.AADSTS); known {
			number += ": " + meaning
		}
		d.Label("Number", number, a.Theme.Plain, 0, column)
		d.Label("", "https://login.microsoftonline.com/error?code="+strconv.Itoa(f.AADSTS), a.Theme.Accent, 0, column)
	}
	d.Label("SMTP status", f.SMTPEnhanced, a.Theme.Plain, 0, column)
	if f.HTTPStatus != 0 {
		d.Label("HTTP status", strconv.Itoa(f.HTTPStatus), a.Theme.Plain, 0, column)
	}
	d.Label("Trace ID", f.TraceID, a.Theme.Plain, 0, column)
	d.Label("Correlation ID", f.CorrelationID, a.Theme.Plain, 0, column)
	d.Label("Time", f.Timestamp, a.Theme.Plain, 0, column)
	if command := s.reproduce(); command != "" {
		d.Gap()
		d.Text(a.Theme.Quiet, 0, "See it on the practice tenant:")
		drawCommandLine(&d.Page, a, command, 0)
	}
}
