package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// signInScreen has every account sign in once. Where the product itself finishes its sign-in, it
// first asks how that is proved all the same.
type signInScreen struct {
	work
	step    steps.Step
	state   steps.State
	proof   proofChoice
	signIns signIns
	begun   bool
}

func newSignInScreen(d desk, step steps.Step, state steps.State, a arrival) *signInScreen {
	s := &signInScreen{work: work{desk: d}, step: step, state: state, begun: a.returning}
	s.proof.ask(step, state)
	return s
}

func (s *signInScreen) Init() tea.Cmd {
	if s.begun || s.proof.asking {
		return nil
	}
	return s.ask()
}

// ask asks for the sign-ins that are still open.
func (s *signInScreen) ask() tea.Cmd {
	s.begun, s.proof.asking = true, false
	s.signIns.close()
	saying := "asking for a code"
	if s.state.Way() == steps.InBrowser {
		saying = "making the address to open"
	}
	return s.work.step(steps.StepSignIn, s.state, saying)
}

// again begins anew: with the choice of the proof, where there is one.
func (s *signInScreen) again() tea.Cmd {
	s.signIns.close()
	if s.proof.ask(s.step, s.state); s.proof.asking {
		s.failure = nil
		return nil
	}
	return s.ask()
}

func (s *signInScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	if taken, cmd := s.signIns.input(s.desk, msg); taken {
		return nil, cmd
	}
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
	case otherWay:
		s.stop()
		return reroute(msg), say("the way to sign in is another one now; what you typed is kept")
	case tea.KeyPressMsg:
		if s.proof.asking {
			return s.pressProof(msg)
		}
		return s.press(msg)
	}
	return nil, nil
}

func (s *signInScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "s"):
		return s.another()
	case on(msg, "c") && !s.Busy():
		if commands := commandsOf(diagnosesOf(s.failure)); len(commands) > 0 {
			return nil, copyOut(commands[0], "the command was")
		}
	case on(msg, "t") && s.failure != nil:
		return nil, s.copyTicket(s.state)
	case on(msg, "n") && !s.Busy():
		return nil, s.again()
	case on(msg, "enter") && !s.Busy():
		to, how := s.mend()
		switch {
		case how == anotherWay:
			return s.another()
		case how == elsewhere:
			return to, nil
		case s.failure != nil:
			return nil, s.again()
		}
		return nil, s.ask()
	case on(msg, "esc"):
		s.stop()
		if s.proof.has() {
			return nil, s.again()
		}
		return back{s.state}, nil
	}
	return nil, nil
}

// remedy is how a failed sign-in is mended.
type remedy int

const (
	anew       remedy = iota // by another try
	anotherWay               // this way is refused for good
	elsewhere                // at another step
)

// mend is how the failure is mended, and where it leads when that is elsewhere.
func (s *signInScreen) mend() (jump, remedy) {
	to, why := mending(s.failure, s.state)
	switch {
	case why != "" || s.proof.blamed(s.failure, s.state):
		return jump{}, anew
	case to.to == steps.StepRoute, to.key == steps.KeyProof:
		return jump{}, anotherWay
	case to.to == steps.StepSignIn:
		return jump{}, anew
	}
	return to, elsewhere
}

func (s *signInScreen) Heading(theme.Theme) heading {
	if s.proof.asking {
		return heading{Place: "6 of 8  How it is proved"}
	}
	h := heading{Status: s.signIns.count()}
	if one, ok := s.signIns.open(); ok {
		h.Place = "6 of 8  Sign in as " + string(one.account)
	}
	return h
}

func (s *signInScreen) Keys() []binding {
	if s.proof.asking {
		return s.proof.keys()
	}
	another, leave := bind("sign in another way", "s"), bind("back", "esc")
	if s.Busy() {
		if s.signIns.typing() {
			return s.signIns.keys(s.desk)
		}
		return append(s.signIns.keys(s.desk), another, bind("stop", "esc"))
	}
	if s.failure == nil {
		return []binding{bind("continue", "enter"), another, leave}
	}
	keys := []binding{bind(s.nextTry(), "enter", "n"), another}
	switch to, how := s.mend(); how {
	case anotherWay:
		keys = []binding{bind("sign in another way", "enter", "s"), bind(s.nextTry(), "n")}
	case elsewhere:
		keys = []binding{bind("fix at "+shortTitle(to.to, s.state), "enter"), bind(s.nextTry(), "n"), another}
	}
	if len(commandsOf(diagnosesOf(s.failure))) > 0 {
		keys = append(keys, bind("copy command", "c"))
	}
	return append(keys, s.desk.ticketKey("t", ""), leave)
}

// nextTry says what begins anew.
func (s *signInScreen) nextTry() string {
	switch {
	case s.proof.has():
		return "begin again"
	case s.state.Way() == steps.InBrowser:
		return "new address"
	}
	return "new code"
}

func (s *signInScreen) Draft() *steps.State { return &s.state }

func (s *signInScreen) View(a area) drawing {
	d := a.page()
	if s.proof.asking {
		s.proof.draw(d, a)
		return *d
	}
	s.signIns.draw(d, a, s.desk)
	_, open := s.signIns.open()
	switch {
	case s.failure != nil:
		d.Gap()
		from := len(d.Lines)
		drawFailure(&d.Page, a, s.failure, 0)
		d.Hold(from)
	case s.Busy() && !open:
		d.Gap()
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
	case !s.Busy():
		d.Text(a.Theme.Plain, 2, "Every account has signed in. Press enter to go on.")
	}
	return *d
}
