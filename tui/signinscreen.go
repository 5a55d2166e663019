package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// signInScreen has every account sign in once.
type signInScreen struct {
	work
	state   steps.State
	signIns signIns
	begun   bool
}

func newSignInScreen(d desk, state steps.State, a arrival) *signInScreen {
	return &signInScreen{work: work{desk: d}, state: state, begun: a.returning}
}

func (s *signInScreen) Init() tea.Cmd {
	if s.begun {
		return nil
	}
	return s.ask()
}

// ask asks for the sign-ins that are still open.
func (s *signInScreen) ask() tea.Cmd {
	s.begun = true
	s.signIns.code = nil
	return s.work.step(steps.StepSignIn, s.state, "asking for a code")
}

func (s *signInScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case fromJob:
		message, next := s.hear(msg)
		s.signIns.hear(message)
		switch message := message.(type) {
		case accountAsked:
			return push{askAccount(message)}, next
		case stepDone:
			s.state = message.state
			if message.err == nil {
				return advance{message.state}, nil
			}
		}
		return nil, next
	case tea.KeyPressMsg:
		return s.press(msg)
	}
	return nil, nil
}

func (s *signInScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	if taken, cmd := s.signIns.press(s.desk, msg); taken {
		return nil, cmd
	}
	switch {
	case on(msg, "s"):
		s.stop()
		return jump{s.state, steps.StepRoute, steps.KeyRoute}, nil
	case on(msg, "c") && !s.Busy():
		if commands := commandsOf(diagnosesOf(s.failure)); len(commands) > 0 {
			return nil, copyOut(commands[0], "the command was")
		}
	case on(msg, "t") && s.failure != nil:
		return nil, s.copyTicket(s.state)
	case on(msg, "n") && !s.Busy():
		return nil, s.ask()
	case on(msg, "enter") && !s.Busy():
		if to, why := s.mend(); why == "" {
			return to, nil
		}
		return nil, s.ask()
	case on(msg, "esc"):
		s.stop()
		return back{s.state}, nil
	}
	return nil, nil
}

// mend is where the failure leads, unless it is here.
func (s *signInScreen) mend() (jump, string) {
	to, why := mending(s.failure, s.state)
	if why == "" && to.to == steps.StepSignIn {
		return jump{}, "it is mended here: ask for a new code"
	}
	return to, why
}

func (s *signInScreen) Heading(theme.Theme) heading {
	h := heading{Status: s.signIns.count()}
	if code := s.signIns.code; code != nil {
		h.Place = "6 of 8  Sign in as " + string(code.Account)
	}
	return h
}

func (s *signInScreen) Keys() []binding {
	if s.Busy() {
		return append(s.signIns.keys(s.desk), bind("sign in another way", "s"), bind("stop", "esc"))
	}
	keys := []binding{bind("new code", "enter", "n")}
	if s.failure == nil {
		keys = []binding{bind("continue", "enter")}
	} else if to, why := s.mend(); why == "" {
		keys = []binding{bind("fix at "+shortTitle(to.to), "enter"), bind("new code", "n")}
	}
	if len(commandsOf(diagnosesOf(s.failure))) > 0 {
		keys = append(keys, bind("copy command", "c"))
	}
	if s.failure != nil {
		keys = append(keys, s.desk.ticketKey("t", ""))
	}
	return append(keys, bind("sign in another way", "s"), bind("back", "esc"))
}

func (s *signInScreen) Draft() *steps.State { return &s.state }

func (s *signInScreen) View(a area) drawing {
	d := a.page()
	s.signIns.draw(d, a, s.desk.Approve)
	switch {
	case s.failure != nil:
		d.Gap()
		from := len(d.Lines)
		drawFailure(&d.Page, a, s.failure, 0)
		d.Hold(from)
	case s.Busy() && s.signIns.code == nil:
		d.Gap()
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
	case !s.Busy():
		d.Text(a.Theme.Plain, 2, "Every account has signed in. Press enter to go on.")
	}
	return *d
}
