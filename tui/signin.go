package tui

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

// signIns are the sign-ins of a run as a screen shows them: the code or the page that somebody
// signs in with now, and who has signed in already.
type signIns struct {
	code *steps.CodeIssued // nil when none is asked for
	page *browserPage      // nil when none is open
	done []steps.SignedIn
	sent bool // the code or the page's address was copied
	qr   bool // the code's address is drawn as a QR code
}

// openSignIn is what a sign-in that is waited for has in common with any other.
type openSignIn struct {
	account       providers.Address
	others        []string // the other mailboxes that the account is used for
	number, total int
	expires       time.Time
}

// open is the sign-in that is waited for; false when there is none.
func (s *signIns) open() (openSignIn, bool) {
	switch {
	case s.code != nil:
		c := s.code
		return openSignIn{c.Account, without(c.For, c.Account), c.Number, c.Total, c.Code.Expires}, true
	case s.page != nil:
		p := s.page.opened
		return openSignIn{p.Account, without(p.For, p.Account), p.Number, p.Total, p.Page.Expires}, true
	}
	return openSignIn{}, false
}

// hear takes what happened. A test that begins ends the sign-ins.
func (s *signIns) hear(message any) {
	switch event := message.(type) {
	case steps.CodeIssued:
		s.close()
		s.code = &event
	case steps.PageOpened:
		s.close()
		s.page = &browserPage{opened: event}
	case steps.SignedIn:
		s.close()
		s.done = append(s.done, event)
	case steps.TestStarted, stepDone, reportDone:
		s.close()
	}
}

// close forgets the sign-in that was waited for.
func (s *signIns) close() { s.code, s.page, s.sent = nil, nil, false }

// input takes what a person gives to the sign-in that is waited for; true means that it was for it.
func (s *signIns) input(d desk, msg tea.Msg) (bool, tea.Cmd) {
	if s.page != nil {
		if taken, cmd := s.page.input(msg); taken {
			return true, cmd
		}
	}
	switch {
	case s.code != nil:
		return s.pressCode(d, msg)
	case s.page != nil:
		return s.pressPage(d, msg)
	}
	return false, nil
}

func (s *signIns) keys(d desk) []binding {
	if s.page != nil {
		return s.pageKeys(d)
	}
	return s.codeKeys(d)
}

// count is which of the sign-ins it is.
func (s *signIns) count() string {
	if one, ok := s.open(); ok {
		return fmt.Sprintf("%d of %d sign-ins", one.number, one.total)
	}
	return ""
}

// draw shows who has signed in, and what somebody signs in with now.
func (s *signIns) draw(d *drawing, a area, k desk) {
	for _, done := range s.done {
		d.Add("  " + a.Theme.Success.Render("✓ ") + string(done.Want) + a.Theme.Quiet.Render(signedInWords(done)))
	}
	switch {
	case s.code != nil:
		d.Gap()
		s.drawCode(d, a, k)
	case s.page != nil:
		d.Gap()
		s.drawPage(d, a, k)
	}
}

// drawWaiting says how long the sign-in can still be made.
func (one openSignIn) drawWaiting(d *drawing, a area, ended string) {
	if left := one.expires.Sub(a.Now); left > 0 {
		d.Add("  " + a.spin() + " waiting for the sign-in · " + clock(left) + " left")
	} else {
		d.Add("  " + a.Theme.Warned().Draw() + " " + a.Theme.Warning.Render(ended))
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
