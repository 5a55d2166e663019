// Package steps is the road from a product's name to a verified configuration, without a
// terminal: questions, plan, sign-in, tests, verification, files, rotation. The terminal UI,
// the plain mode and the headless run walk it over the same steps.
package steps

import "context"

// Name names a step, for the screen that shows it and for fixes that lead back to it.
type Name string

// The steps of setup, in order.
const (
	StepRoute        Name = "route"
	StepMailboxes    Name = "mailboxes"
	StepRegistration Name = "registration"
	StepPermissions  Name = "permissions"
	StepExchange     Name = "exchange"
	StepSignIn       Name = "sign-in"
	StepTests        Name = "tests"
	StepVerified     Name = "verified"
)

// Step is one stretch of the road.
type Step interface {
	Name() Name
	Title() string
	// Ask lists the step's questions, answered or not. It is pure; an answer may bring further ones.
	Ask(State) []Question
	// Do works with the answers and returns what it found as a new State. On a failure that
	// belongs to a diagnosis the error is a *Problem, on wrong answers AnswerErrors; the State
	// returned with it shows how far the work came.
	Do(context.Context, State, Emit) (State, error)
}

// Unanswered are the questions that still need an answer.
func Unanswered(step Step, state State) []Question {
	var open []Question
	for _, q := range step.Ask(state) {
		if !q.Optional && !state.Has(q) {
			open = append(open, q)
		}
	}
	return open
}

// Applies reports whether a step has anything to do for the route chosen: a product that signs
// in as itself needs nobody's sign-in, nor does one that nothing but itself can prove; and not
// every route needs Exchange grants.
func Applies(step Step, state State) bool {
	if state.Route == nil {
		return true
	}
	switch step.Name() {
	case StepSignIn:
		return state.Way() != AsApp && (state.Way() != ByProduct || len(state.Route.Proofs) > 1)
	case StepExchange:
		return len(state.Route.Exchange) > 0
	}
	return true
}
