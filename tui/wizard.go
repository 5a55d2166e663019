package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// wizard walks the road of setup: it holds the state between the steps and shows one screen
// for each of them.
type wizard struct {
	desk  desk
	road  []steps.Step
	state steps.State
	at    int
	child screen
	// auto passes the steps whose answers were there at the start.
	auto bool
	// mending is the step whose failure the present one mends; -1 when there is none.
	mending int
}

// arrival is how a step came to be shown.
type arrival struct {
	key       steps.Key // the answer to mend
	auto      bool      // its work may begin at once
	returning bool      // by going back
}

func newWizard(d desk, start steps.State) *wizard {
	// Who practises wants to see the whole road, also where its values are there already.
	auto := start.Answers.Product != "" && d.Practice == ""
	w := &wizard{desk: d, road: d.Road.Setup(), state: start, auto: auto, mending: -1}
	w.open(0, arrival{auto: w.auto && complete(w.road[0], start)})
	return w
}

// complete reports whether a step that asks has all its answers.
func complete(step steps.Step, state steps.State) bool {
	switch step.Name() {
	case steps.StepRoute:
		return state.Answers.Product != "" && len(steps.Unanswered(step, state)) == 0
	case steps.StepMailboxes:
		return state.Answers.Mailboxes.Outbound != nil || len(state.Answers.Mailboxes.Inbound) > 0
	case steps.StepRegistration:
		return len(steps.Unanswered(step, state)) == 0
	}
	return false
}

// open shows a step.
func (w *wizard) open(at int, a arrival) {
	if w.child != nil {
		w.child.Close()
	}
	w.at = at
	w.child = newStepScreen(w.desk, w.road[at], w.state, a)
}

// newStepScreen chooses the screen of a step.
func newStepScreen(d desk, step steps.Step, state steps.State, a arrival) screen {
	switch step.Name() {
	case steps.StepRoute:
		return newRouteScreen(d, step, state, a)
	case steps.StepPermissions:
		return newPermissionScreen(d, state, a)
	case steps.StepExchange:
		return newExchangeScreen(d, step, state, a)
	case steps.StepSignIn:
		return newSignInScreen(d, step, state, a)
	case steps.StepTests:
		if state.Way() == steps.ByProduct {
			return newProductTestScreen(d, step, state)
		}
		return newTestScreen(d, step, state, a)
	case steps.StepVerified:
		return newVerifiedScreen(d, state)
	}
	return newFormScreen(d, step, state, a)
}

func (w *wizard) Init() tea.Cmd { return w.child.Init() }

func (w *wizard) Update(msg tea.Msg) (move, tea.Cmd) {
	wanted, cmd := w.child.Update(msg)
	switch wanted := wanted.(type) {
	case advance:
		w.state = wanted.state
		w.forward()
	case back:
		w.state = wanted.state
		if !w.backward() {
			return pop{}, cmd
		}
	case jump:
		w.state = wanted.state
		w.leap(wanted.to, wanted.key)
	case reroute:
		w.state, w.auto, w.mending = wanted.state, true, -1
		w.open(0, arrival{auto: true})
	default:
		return wanted, cmd
	}
	return uncover{}, tea.Batch(cmd, w.child.Init())
}

// forward goes to the next step that applies; after a mend, straight to what had failed, by
// way of the sign-in where that is needed anew.
func (w *wizard) forward() {
	next := w.at + 1
	for next < len(w.road)-1 && w.passes(next) {
		next++
	}
	if next >= w.mending {
		w.mending = -1
	}
	w.auto = w.auto && complete(w.road[next], w.state)
	w.open(next, arrival{auto: w.auto})
}

func (w *wizard) passes(at int) bool {
	step := w.road[at]
	if !steps.Applies(step, w.state) {
		return true
	}
	return at < w.mending && step.Name() != steps.StepSignIn
}

func (w *wizard) backward() bool {
	w.auto, w.mending = false, -1
	for at := w.at - 1; at >= 0; at-- {
		if steps.Applies(w.road[at], w.state) {
			w.open(at, arrival{returning: true})
			return true
		}
	}
	return false
}

// leap goes to the step that mends a failure, and remembers where it was.
func (w *wizard) leap(to steps.Name, key steps.Key) {
	w.auto = false
	for at, step := range w.road {
		if step.Name() == to {
			if at < w.at {
				w.mending = w.at
			}
			w.open(at, arrival{key: key})
			return
		}
	}
}

func (w *wizard) Heading(t theme.Theme) heading {
	h := w.child.Heading(t)
	step := w.road[w.at]
	if h.Title == "" {
		h.Title = "Connect a product"
		if p := w.state.Product; p != nil {
			h.Title = "Connect " + p.Name
		}
	}
	h.For = w.state.Answers.Name
	if h.For == "" {
		h.For = "new · draft"
	}
	done := step.Name() == steps.StepVerified && w.child.Draft() == nil
	for at := range w.road {
		h.Stops = append(h.Stops, w.stop(t, at, done))
	}
	if h.Place == "" {
		h.Place = fmt.Sprintf("%d of %d  %s", w.at+1, len(w.road), longTitle(step, w.state))
	}
	return h
}

// stop is one step as the frame shows it.
func (w *wizard) stop(t theme.Theme, at int, done bool) widget.Stop {
	stop := widget.Stop{Title: shortTitle(w.road[at].Name(), w.state), Mark: t.ToCome(), Here: at == w.at}
	switch {
	case !steps.Applies(w.road[at], w.state):
		stop.Mark = t.Skipped()
	case at < w.at, done:
		stop.Mark = t.Passed()
	case at == w.at:
		stop.Mark = t.Now()
	}
	return stop
}

func (w *wizard) View(a area) drawing { return w.child.View(a) }
func (w *wizard) Keys() []binding     { return w.child.Keys() }
func (w *wizard) Busy() bool          { return w.child.Busy() }
func (w *wizard) Close()              { w.child.Close() }

// Draft is worth keeping once a product is chosen.
func (w *wizard) Draft() *steps.State {
	state := w.child.Draft()
	if state == nil || state.Answers.Product == "" {
		return nil
	}
	return state
}
