package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// tokenScenarios are consent, and what a token says in the end.
func tokenScenarios() []Scenario {
	return []Scenario{
		{
			Name: "app-permission-declaration-invalid", Cause: "app-permission-declaration-invalid", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "the registration lists a permission of a service that no longer exists, so that nobody can consent",
			Mends: "an Entra administrator removes that permission from the registration and grants consent",
			plant: func(s *state, _ time.Time) {
				s.enterprise.scopes = nil
				s.app.removedService = true
			},
		},
		{
			Name: "admin-consent-required", Cause: "admin-consent-required", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "nobody consented to the permissions, and in this tenant only administrators may",
			Mends: "an Entra administrator grants consent for the organisation",
			plant: func(s *state, _ time.Time) {
				s.enterprise.scopes = nil
				s.policy.usersMayConsent = false
			},
		},
		{
			Name: "consent-missing", Cause: "consent-missing", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: append(signingIn("device"), RouteAppOnly),
			Title: "nobody consented to the application's permissions",
			Mends: "an Entra administrator presses \"Grant admin consent\"",
			plant: func(s *state, _ time.Time) {
				s.enterprise.roles, s.enterprise.scopes = nil, nil
				s.policy.usersMayConsent = true
			},
		},
		{
			Name: "token-audience-wrong", Cause: "token-audience-wrong", Layer: providers.LayerClaims, Owner: diagnosis.You, Routes: signingIn("app", "device", "code"),
			Title: "the access token is made out to another service: to Microsoft Graph instead of Exchange, or the other way round",
			Mends: "you request the scope of outlook.office365.com and of nothing else",
			plant: func(s *state, _ time.Time) { s.tokens.swapped = true },
		},
		{
			// Nobody can wait an hour at a demonstration: the tokens come from a store that kept them
			// too long. expires_in still speaks of a fresh token, as the store would.
			Name: "access-token-expired", Cause: "access-token-expired", Layer: providers.LayerClaims, Owner: diagnosis.You, Routes: signingIn("app", "device", "code"),
			Title: "the access token was kept for two hours and is over when it is used",
			Mends: "you renew the token before it is used",
			plant: func(s *state, _ time.Time) { s.tokens.age = 2 * time.Hour },
		},
		{
			Name: "scope-missing-imap", Cause: "scope-missing", Layer: providers.LayerClaims, Owner: diagnosis.EntraAdmin, Routes: []string{RouteAppOnly},
			Title: "the application permission IMAP.AccessAsApp was forgotten",
			Mends: "an Entra administrator adds IMAP.AccessAsApp and grants admin consent",
			plant: func(s *state, _ time.Time) { s.enterprise.roles = without(s.enterprise.roles, "IMAP.AccessAsApp") },
		},
		{
			Name: "smtp-sendasapp-missing", Cause: "smtp-sendasapp-missing", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: []string{RouteAppOnly},
			Title: "nothing allows the application to send: neither SMTP.SendAsApp nor an Exchange role",
			Mends: "an administrator grants SMTP.SendAsApp in Entra, or assigns \"Application SMTP.SendAsApp\" in Exchange",
			plant: func(s *state, _ time.Time) { s.enterprise.roles = without(s.enterprise.roles, "SMTP.SendAsApp") },
		},
	}
}
