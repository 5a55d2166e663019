package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// ewsScenarios are what only EWS shows: the permission, the switches by which it is closed, and
// which mailboxes an application may act for.
func ewsScenarios() []Scenario {
	return []Scenario{
		{
			Name: "service-unavailable-ews", Cause: "service-unavailable", Layer: providers.LayerToken, Owner: diagnosis.Microsoft, Routes: reading("ews"),
			Title: "EWS answers that it is unavailable for a while",
			Mends: "Microsoft mends the service; you try again later",
			plant: func(s *state, _ time.Time) { s.exchange.ewsDown = true },
		},
		{
			Name: "ews-permission-missing", Cause: "ews-permission-missing", Layer: providers.LayerMailbox, Owner: diagnosis.EntraAdmin, Routes: []string{RouteEWSAppOnly},
			Title: "the application permission full_access_as_app was forgotten",
			Mends: "an Entra administrator adds full_access_as_app and grants admin consent",
			plant: func(s *state, _ time.Time) {
				s.enterprise.roles = without(s.enterprise.roles, "full_access_as_app")
			},
		},
		{
			// Nobody switched EWS off: what was never set counts as off since October 2026.
			Name: "ews-allowlist-blocked-tenant", Cause: "ews-allowlist-blocked", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: reading("ews"),
			Title: "EWS was never switched on for the organisation, and has been closed since October 2026 for that",
			Mends: "an Exchange administrator runs Set-OrganizationConfig with -EwsEnabled $true and -EwsAllowedAppIDs",
			plant: func(s *state, _ time.Time) { s.exchange.ewsEnabled = nil },
		},
		{
			Name: "ews-allowlist-blocked", Cause: "ews-allowlist-blocked", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: reading("ews"),
			Title: "EWS is open for listed applications only, and this one is not on the list",
			Mends: "an Exchange administrator adds the client ID to the list with Set-OrganizationConfig -EwsAllowedAppIDs",
			plant: func(s *state, _ time.Time) {
				s.exchange.ewsAllowedAppIDs = []string{"f3a1c0de-58b2-4d67-9e0c-2b7a614d8f35"} // another product's
			},
		},
		{
			Name: "ews-allowlist-blocked-mailbox", Cause: "ews-allowlist-blocked", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: reading("ews"),
			Title: "EWS is switched off for one of the mailboxes to read",
			Mends: "an Exchange administrator runs Set-CASMailbox with -EwsEnabled $true",
			plant: func(s *state, _ time.Time) { s.inbound().ewsEnabled = false },
		},
		{
			Name: "ews-impersonation-denied", Cause: "ews-impersonation-denied", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: []string{RouteEWSAppOnly},
			Title: "the application has the Exchange role \"Application EWS.AccessAsApp\", whose scope leaves out one of the mailboxes to read",
			Mends: "an Exchange administrator widens the scope of the role assignment",
			plant: func(s *state, _ time.Time) {
				s.enterprise.roles = without(s.enterprise.roles, "full_access_as_app")
				s.exchange.assignments = append(s.exchange.assignments, assignment{"Application EWS.AccessAsApp", s.allButInbound()})
			},
		},
		{
			Name: "application-access-policy-ews", Cause: "application-access-policy", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: []string{RouteEWSAppOnly},
			Title: "an application access policy lets the application act for every mailbox but one of those to read",
			Mends: "an Exchange administrator adds the mailbox to the group of the policy",
			plant: func(s *state, _ time.Time) { s.exchange.accessPolicy = s.allButInbound() },
		},
	}
}
