package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
)

// proofChoice asks how a sign-in that only the product finishes is proved all the same. It stands
// before the sign-in, since it may need a change in the registration that is taken back later.
type proofChoice struct {
	asking   bool
	question steps.Question
	choice   choice
	changed  string // what has changed since it was asked last
}

// ask puts the choice up, where the step has one.
func (p *proofChoice) ask(step steps.Step, state steps.State) {
	for _, q := range step.Ask(state) {
		if q.Key == steps.KeyProof {
			p.question, p.choice, p.asking = q, newChoice(q.Options, state.Value(q)), true
		}
	}
}

// has reports whether there is something to choose.
func (p *proofChoice) has() bool { return len(p.question.Options) > 0 }

// blamed reports whether a failure comes from the change that the chosen proof needs: it is looked
// at here once more, and not in the registration for good.
func (p *proofChoice) blamed(err error, state steps.State) bool {
	if !p.has() {
		return false
	}
	proof, ok := state.Route.Proof(state.Value(p.question))
	found := diagnosesOf(err)
	return ok && proof.Change != nil && len(found) > 0 && slices.Contains(ofTheChange(), found[0].Cause)
}

// ofTheChange are the causes that a change which was not made, or not yet, shows itself by.
func ofTheChange() []diagnosis.Cause {
	return []diagnosis.Cause{
		diagnosis.PublicClientFlowDisabled, diagnosis.PublicClientWithSecret,
		diagnosis.RedirectURIMismatch, diagnosis.RedirectURIMissing, diagnosis.RedirectURIWrongPlatform, diagnosis.GoogleRedirectURIMismatch,
	}
}

func (s *signInScreen) pressProof(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "up", "k"):
		s.proof.choice.move(-1)
	case on(msg, "down", "j"):
		s.proof.choice.move(1)
	case on(msg, "enter"):
		return s.takeProof()
	case on(msg, "esc"):
		return back{s.state}, nil
	}
	return nil, nil
}

// takeProof keeps the choice and begins; where nobody but the product can sign in, there is
// nothing to begin here.
func (s *signInScreen) takeProof() (move, tea.Cmd) {
	option, ok := s.proof.choice.chosen()
	if !ok {
		return nil, nil
	}
	if option.Value != s.state.Value(s.proof.question) {
		s.state = s.state.With(steps.KeyProof, option.Value)
	}
	s.proof.changed = ""
	if s.state.Way() == steps.ByProduct {
		return advance{s.state}, nil
	}
	return nil, s.ask()
}

// otherWay is the state with another route, which somebody agreed to.
type otherWay struct{ state steps.State }

// another leads to the next way to sign in with every value kept: another proof here, or another
// route, which is asked about first since the product's texts change with it.
func (s *signInScreen) another() (move, tea.Cmd) {
	was := s.wayTitle()
	next, title, ok := s.state.Instead()
	switch {
	case !ok:
		s.stop()
		return jump{s.state, steps.StepRoute, steps.KeyRoute}, nil
	case next.Route.ID != s.state.Route.ID:
		return push{s.askOtherRoute(next, title)}, nil
	}
	s.stop()
	s.signIns.close()
	s.state, s.failure = next, nil
	s.proof.ask(s.step, next)
	s.proof.changed = "Changed: " + title + ", instead of " + was + ". What you typed is kept."
	return nil, say("another way now, what you typed is kept: " + title)
}

// wayTitle is what the present way is called.
func (s *signInScreen) wayTitle() string {
	if s.proof.has() {
		if proof, ok := s.state.Route.Proof(s.state.Value(s.proof.question)); ok {
			return proof.Title
		}
	}
	return s.state.Route.Title
}

// askOtherRoute asks before the route is changed. The sign-in that is open goes on meanwhile.
func (s *signInScreen) askOtherRoute(next steps.State, title string) screen {
	name := s.state.Product.Name
	return &confirm{
		title:    "Another way to sign in",
		question: "Connect " + name + " through \"" + title + "\" instead of \"" + s.state.Route.Title + "\"?",
		about: "What you typed is kept, and what that way needs besides is asked for. The texts and settings for " + name +
			" are other ones then: what was entered there for the present way has to be replaced.",
		yes: "change it", no: "stay with it",
		agreed: func() tea.Cmd { return func() tea.Msg { return otherWay{next} } },
	}
}

func (p *proofChoice) keys() []binding {
	return []binding{bind("begin", "enter"), bind("choose", "up", "down", "j", "k").shown("↑↓"), bind("previous step", "esc")}
}

// draw shows the choice, and below it what has to be changed before the sign-in begins.
func (p *proofChoice) draw(d *drawing, a area) {
	if p.changed != "" {
		d.Text(a.Theme.Accent, 0, p.changed)
		d.Gap()
	}
	why, list := a.page(), a.page()
	why.Text(a.Theme.Quiet, 0, sentence(p.question.Help))
	room := a
	room.Height -= len(d.Lines) + len(why.Lines) + 4 // the free lines and the last sentence
	p.choice.draw(list, room)
	if len(list.Lines) <= room.Height {
		d.Add(why.Lines...)
	} else {
		d.Aside = why.Lines // it folds before what has to be done
	}
	d.Gap()
	from := len(d.Lines) + list.From
	d.Add(list.Lines...)
	if option, _ := p.choice.chosen(); len(option.Facts) > 0 {
		d.Gap()
		drawWarning(&d.Page, a.Theme.Warned(), "Make the change first, and leave it until the tests have passed. Enter begins.", 0)
	}
	d.Hold(from)
}
