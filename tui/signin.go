package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// signIns are the sign-ins of a run as a screen shows them: the code to enter now, and who has
// signed in already.
type signIns struct {
	code *steps.CodeIssued // nil when none is asked for
	done []steps.SignedIn
	sent bool // the code was copied
	qr   bool // the address is drawn as a QR code
}

// hear takes what happened. A test that begins ends the sign-ins.
func (s *signIns) hear(message any) {
	switch event := message.(type) {
	case steps.CodeIssued:
		s.code, s.sent = &event, false
	case steps.SignedIn:
		s.code = nil
		s.done = append(s.done, event)
	case steps.TestStarted, stepDone, reportDone:
		s.code = nil
	}
}

// askAccount is the question whether another account may be used than the mailbox's own.
func askAccount(asked accountAsked) screen {
	answer := func(yes bool) func() tea.Cmd {
		return func() tea.Cmd {
			asked.reply <- yes
			return nil
		}
	}
	return &confirm{
		title:    "Another account signed in",
		question: fmt.Sprintf("%s signed in, but the mailbox needs %s. Is it the same person's account?", asked.wrong.Got, asked.wrong.Want),
		about: "A sign-in name may differ from the mail address: then yes is right. If somebody signed in with an account of their own, " +
			"answer no, and sign in again in a private window.",
		yes: "yes, use " + string(asked.wrong.Got), no: "no, sign in again",
		agreed: answer(true), declined: answer(false),
	}
}

// press takes the keys of the sign-in; true means that it was one of them.
func (s *signIns) press(d desk, msg tea.KeyPressMsg) (bool, tea.Cmd) {
	switch {
	case s.code == nil:
	case on(msg, "c"):
		s.sent = true
		return true, copyOut(s.code.Code.UserCode, "the code was")
	case on(msg, "o"):
		return true, d.browse(s.code.Code.VerificationURI)
	case on(msg, "q"):
		s.qr = !s.qr
		return true, nil
	case on(msg, "a") && d.Approve != nil:
		return true, copyOut(d.Approve(s.code.Code, s.code.Account), "the curl line was")
	}
	return false, nil
}

func (s *signIns) keys(d desk) []binding {
	noQR, none := "", ""
	if d.ASCII {
		noQR = "this terminal cannot draw it"
	}
	if s.code == nil {
		none = "no code is waiting"
	}
	qr := "QR"
	if s.qr {
		qr = "code"
	}
	keys := []binding{
		bind("copy code", "c").unless(none), bind("open browser", "o").unless(none + d.cannotBrowse()), bind(qr, "q").unless(none + noQR),
	}
	if d.Approve != nil {
		keys = append(keys, bind("copy curl", "a").unless(none))
	}
	return keys
}

// count is which of the sign-ins it is.
func (s *signIns) count() string {
	if s.code == nil {
		return ""
	}
	return fmt.Sprintf("%d of %d sign-ins", s.code.Number, s.code.Total)
}

// draw shows the code, for whom it is and how long it lives. On a low screen the rules about
// accounts go to the explanation, and the code stays.
func (s *signIns) draw(d *drawing, a area, approve func(providers.DeviceCode, providers.Address) string) {
	for _, done := range s.done {
		d.Add("  " + a.Theme.Success.Render("✓ ") + string(done.Want) + a.Theme.Quiet.Render(signedInWords(done)))
	}
	code := s.code
	if code == nil {
		return
	}
	d.Gap()
	from := len(d.Lines)
	if s.qr {
		s.drawQR(d, a)
	} else {
		s.drawCode(d, a)
	}
	d.Hold(from)
	left := code.Code.Expires.Sub(a.Now)
	if left > 0 {
		d.Add("  " + a.spin() + " waiting for the sign-in · " + clock(left) + " left")
	} else {
		d.Add("  " + a.Theme.Warning.Render("! the code has ended"))
	}
	if a.Height >= 12 {
		d.Gap()
	}
	d.Text(a.Theme.Plain, 2, "Sign in as "+string(code.Account)+", not as yourself. In a browser that knows another account, use a private window.")
	if others := without(code.For, code.Account); len(others) > 0 {
		d.Text(a.Theme.Quiet, 2, "This account is also used for "+strings.Join(others, ", ")+".")
	}
	if approve != nil {
		if line := approve(code.Code, code.Account); line != "" {
			d.Gap()
			d.Text(a.Theme.Quiet, 2, "In a practice run this approves it:")
			for _, framed := range widget.Frame(a.Theme, []string{line}, d.Width-2) {
				d.Add("  " + framed)
			}
		}
	}
}

func (s *signIns) drawCode(d *drawing, a area) {
	uri := a.Theme.Accent.Render(s.code.Code.VerificationURI)
	d.Text(a.Theme.Plain, 2, "On any device open "+uri+" and enter")
	d.Add(widget.CodeCard(a.Theme, s.code.Code.UserCode, d.Width)...)
	if s.sent {
		d.Add(widget.Centre(a.Theme.Success.Render("✓ sent to your clipboard"), min(d.Width, 72)))
	}
}

func (s *signIns) drawQR(d *drawing, a area) {
	lines := widget.QR(a.Theme, s.code.Code.VerificationURI)
	if len(lines) == 0 || len(lines) > a.Height-2 {
		d.Text(a.Theme.Warning, 2, "! This window is too low for the QR code: make it larger, or use the address.")
		s.drawCode(d, a)
		return
	}
	for _, line := range lines {
		d.Add("  " + line)
	}
	d.Text(a.Theme.Plain, 2, s.code.Code.VerificationURI+"  code "+a.Theme.Accent.Render(s.code.Code.UserCode))
}

func signedInWords(done steps.SignedIn) string {
	if done.Account == "" || done.Account.Same(done.Want) {
		return "  signed in"
	}
	return "  signed in as " + string(done.Account)
}

func without(all []providers.Address, one providers.Address) []string {
	var others []string
	for _, address := range all {
		if !address.Same(one) {
			others = append(others, string(address))
		}
	}
	slices.Sort(others)
	return others
}
