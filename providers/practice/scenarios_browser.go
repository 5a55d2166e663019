package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// browserScenarios are what goes wrong between the browser, the redirect address and the code. The
// faults that Entra shows on its page alone are marked so: the program waits in vain, and the
// person takes the page's text to explain.
func browserScenarios() []Scenario {
	return []Scenario{
		{
			Name: "redirect-uri-missing", Cause: "redirect-uri-missing", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("code"), InBrowser: true, PageOnly: true,
			Title: "the registration has no redirect address at all; only the page in the browser says so",
			Mends: "an Entra administrator adds the redirect address under its platform",
			plant: func(s *state, _ time.Time) { s.app.redirects = nil },
		},
		{
			Name: "redirect-uri-mismatch", Cause: "redirect-uri-mismatch", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("code"), InBrowser: true, PageOnly: true,
			Title: "the redirect addresses are registered with another path; only the page in the browser says so",
			Mends: "an Entra administrator registers the address exactly as the page shows it",
			plant: func(s *state, _ time.Time) {
				s.app.redirects = changed(s.app.redirects, func(r *redirect) { r.address += "/registered/elsewhere" })
			},
		},
		{
			Name: "conditional-access-blocked-browser", Cause: "conditional-access-blocked", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("code"), InBrowser: true, PageOnly: true,
			Title: "a Conditional Access policy lets nobody sign in from outside the company; only the page in the browser says so",
			Mends: "an Entra administrator excludes the account, or the sign-in is made from the company's network",
			plant: func(s *state, _ time.Time) { s.policy.blockBrowser = true },
		},
		{
			Name: "consent-missing-declined", Cause: "consent-missing", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("code"), InBrowser: true,
			Title: "the person at the browser declines what the application asks for",
			Mends: "the person signs in again and agrees, or an Entra administrator grants consent for everybody",
			plant: func(s *state, _ time.Time) { s.person.declines = true },
		},
		{
			// What stands before the program can be a mail scanner, an add-on of the browser or the
			// product itself: whoever comes first has used the code up.
			Name: "auth-code-already-used", Cause: "auth-code-already-used", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: append(signingIn("code"), RouteGoogleCode), InBrowser: true,
			Title: "something opens the redirect address before the program and redeems the code",
			Mends: "you sign in again where nothing comes between, such as an add-on of the browser",
			plant: func(s *state, _ time.Time) { s.codes.takenFirst = true },
		},
		{
			Name: "redirect-uri-wrong-platform", Cause: "redirect-uri-wrong-platform", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("code"), InBrowser: true,
			Title: "the redirect addresses are registered under Single-page application",
			Mends: "an Entra administrator moves them to Web, or to Mobile and desktop applications",
			plant: func(s *state, _ time.Time) {
				s.app.redirects = changed(s.app.redirects, func(r *redirect) { r.platform = spaPlatform })
			},
		},
	}
}

// changed leaves the list that was given as it is: a state is made from the fixture's.
func changed(list []redirect, change func(*redirect)) []redirect {
	list = append([]redirect{}, list...)
	for i := range list {
		change(&list[i])
	}
	return list
}
