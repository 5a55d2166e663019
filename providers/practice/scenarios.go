package practice

import "slices"

// Scenarios returns the table of faults, the one nearest the root first. It is the menu, the test
// and the documentation of what the tenant can show.
func Scenarios() []Scenario {
	return slices.Concat(
		[]Scenario{{
			Name: "healthy", Routes: append(signingIn("app", "device", "code"), RouteGoogleCode),
			Title: "everything is set up as it should be",
			Mends: "nothing needs mending",
		}},
		serviceScenarios(), secretScenarios(), browserScenarios(), googleScenarios(), personScenarios(), tokenScenarios(),
		networkScenarios(), exchangeScenarios(), graphScenarios(), ewsScenarios(), mailboxScenarios(),
	)
}
