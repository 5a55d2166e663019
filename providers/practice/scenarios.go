package practice

import "slices"

// The product's routes that the tenant serves, by their catalogue ids.
const (
	RouteAppOnly = "ms-mail-cc"
	RouteDevice  = "ms-mail-device"
)

// Scenarios returns the table of faults, the one nearest the root first. It is the menu, the test
// and the documentation of what the tenant can show.
func Scenarios() []Scenario {
	return slices.Concat(
		[]Scenario{{
			Name: "healthy", Routes: onBoth(),
			Title: "everything is set up as it should be",
			Mends: "nothing needs mending",
		}},
		serviceScenarios(), secretScenarios(), personScenarios(), tokenScenarios(),
		networkScenarios(), exchangeScenarios(), mailboxScenarios(),
	)
}

func onBoth() []string    { return []string{RouteAppOnly, RouteDevice} }
func onAppOnly() []string { return []string{RouteAppOnly} }
func onDevice() []string  { return []string{RouteDevice} }
