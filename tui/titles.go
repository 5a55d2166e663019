package tui

import "github.com/mailgrant/mailgrant/steps"

// longTitle is what a step is called above its screen. A step that does something else on some
// ways to sign in is called by what it does there: nothing is called verified that nobody proved.
func longTitle(step steps.Step, state steps.State) string {
	switch {
	case step.Name() == steps.StepRegistration && registersNothing(state):
		return "A name for this connection"
	case step.Name() == steps.StepTests && state.Way() == steps.ByProduct:
		return "The tests of " + state.Product.Name + " itself"
	case step.Name() == steps.StepVerified && state.Way() == steps.ByProduct:
		return "Confirmed by you"
	}
	return step.Title()
}

// shortTitle is a step's name in the list at the left.
func shortTitle(name steps.Name, state steps.State) string {
	switch name {
	case steps.StepRoute:
		return "Way to sign in"
	case steps.StepMailboxes:
		return "Mailboxes"
	case steps.StepRegistration:
		if registersNothing(state) {
			return "Name"
		}
		return "Registration"
	case steps.StepPermissions:
		return "Permissions"
	case steps.StepExchange:
		return "Exchange"
	case steps.StepSignIn:
		return "Sign-in"
	case steps.StepTests:
		return "Tests"
	}
	if state.Way() == steps.ByProduct {
		return "Confirmed"
	}
	return "Verified"
}

// registersNothing reports whether the product brings an application of its own.
func registersNothing(state steps.State) bool {
	return state.Route != nil && state.Route.AppOwner == "vendor"
}
