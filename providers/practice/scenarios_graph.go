package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// graphScenarios are what only Microsoft Graph shows. What a person did not consent to is seen at
// the sign-in, so that a missing permission is one of an application.
func graphScenarios() []Scenario {
	return []Scenario{
		{
			Name: "service-unavailable-graph", Cause: "service-unavailable", Layer: providers.LayerToken, Owner: diagnosis.Microsoft, Routes: reading("graph"),
			Title: "Microsoft Graph answers that it is unavailable for a while",
			Mends: "Microsoft mends the service; you try again later",
			plant: func(s *state, _ time.Time) { s.exchange.graphDown = true },
		},
		{
			Name: "graph-user-invalid", Cause: "graph-user-invalid", Layer: providers.LayerMailbox, Owner: diagnosis.You, Routes: []string{RouteGraphAppOnly},
			Title: "the account behind the mailbox to send from has another sign-in name than the mailbox has addresses",
			Mends: "you enter the account's sign-in name or its object ID in the place of the address",
			plant: func(s *state, _ time.Time) { s.sender().address = "svc-" + s.sender().address },
		},
		{
			Name: "graph-permission-missing", Cause: "graph-permission-missing", Layer: providers.LayerMailbox, Owner: diagnosis.EntraAdmin, Routes: []string{RouteGraphAppOnly},
			Title: "Mail.ReadWrite was granted as a delegated permission, which an application that signs in as itself cannot use",
			Mends: "an Entra administrator adds Mail.ReadWrite as an application permission and grants admin consent",
			plant: func(s *state, _ time.Time) { s.enterprise.roles = without(s.enterprise.roles, "Mail.ReadWrite") },
		},
		{
			Name: "graph-permission-missing-send", Cause: "graph-permission-missing", Layer: providers.LayerMailbox, Owner: diagnosis.EntraAdmin, Routes: []string{RouteGraphAppOnly},
			Title: "the application permission Mail.Send was forgotten",
			Mends: "an Entra administrator adds Mail.Send as an application permission and grants admin consent",
			plant: func(s *state, _ time.Time) { s.enterprise.roles = without(s.enterprise.roles, "Mail.Send") },
		},
		{
			Name: "application-access-policy", Cause: "application-access-policy", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: []string{RouteGraphAppOnly},
			Title: "an application access policy lets the application at every mailbox but one of those to read",
			Mends: "an Exchange administrator adds the mailbox to the group of the policy",
			plant: func(s *state, _ time.Time) { s.exchange.accessPolicy = s.allButInbound() },
		},
	}
}
