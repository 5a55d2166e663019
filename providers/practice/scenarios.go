package practice

import (
	"slices"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

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

// Showing is the scenario that shows a cause which this owner mends. Where a fault of Microsoft's and
// one of Google's do, it is Microsoft's.
func Showing(cause diagnosis.Cause, owner diagnosis.Owner) (scenario Scenario, shown bool) {
	all := slices.DeleteFunc(Scenarios(), func(s Scenario) bool { return s.Cause != cause || cause == "" })
	for _, fits := range []func(Scenario) bool{
		func(s Scenario) bool { return s.Owner == owner && !slices.Equal(s.Routes, []string{RouteGoogleCode}) },
		func(s Scenario) bool { return s.Owner == owner },
		func(Scenario) bool { return true },
	} {
		if i := slices.IndexFunc(all, fits); i >= 0 {
			return all[i], true
		}
	}
	return Scenario{}, false
}
