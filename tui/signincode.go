package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/tui/widget"
)

// pressCode takes the keys of a code; true means that it was one of them.
func (s *signIns) pressCode(d desk, msg tea.Msg) (bool, tea.Cmd) {
	switch {
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

func (s *signIns) codeKeys(d desk) []binding {
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

// drawCode shows the code, for whom it is and how long it lives. On a low screen the rules about
// accounts go to the explanation, and the code stays.
func (s *signIns) drawCode(d *drawing, a area, k desk) {
	one, _ := s.open()
	from := len(d.Lines)
	if s.qr {
		s.drawQR(d, a)
	} else {
		s.drawCodeCard(d, a)
	}
	d.Hold(from)
	one.drawWaiting(d, a, "the code has ended")
	if a.Height >= 12 {
		d.Gap()
	}
	d.Text(a.Theme.Plain, 2, "Sign in as "+string(one.account)+", not as yourself. In a browser that knows another account, use a private window.")
	one.drawOthers(d, a)
	if k.Approve != nil {
		drawApproval(d, a, k.Approve(s.code.Code, one.account))
	}
}

func (one openSignIn) drawOthers(d *drawing, a area) {
	if len(one.others) > 0 {
		d.Text(a.Theme.Quiet, 2, "This account is also used for "+strings.Join(one.others, ", ")+".")
	}
}

// drawApproval shows the line that signs in on the practice tenant.
func drawApproval(d *drawing, a area, line string) {
	if line == "" {
		return
	}
	d.Gap()
	d.Text(a.Theme.Quiet, 2, "In a practice run this approves it:")
	drawCommandLine(&d.Page, a, line, 2)
}

func (s *signIns) drawCodeCard(d *drawing, a area) {
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
		s.drawCodeCard(d, a)
		return
	}
	for _, line := range lines {
		d.Add("  " + line)
	}
	d.Text(a.Theme.Plain, 2, s.code.Code.VerificationURI+"  code "+a.Theme.Accent.Render(s.code.Code.UserCode))
}
