package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// secretScenarios are the ways in which an application cannot prove that it is itself.
func secretScenarios() []Scenario {
	return []Scenario{
		{
			Name: "secret-missing", Cause: "secret-missing", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("app"),
			Title: "the app registration has no client secret and no certificate",
			Mends: "an Entra administrator creates a client secret and hands its value over",
			plant: func(s *state, _ time.Time) { s.app.secrets = nil },
		},
		{
			// Somebody replaced the secret, and of the new value the end was lost on the way: so the
			// value from before is refused as well as the one in the notes.
			Name: "secret-wrong-or-truncated", Cause: "secret-wrong-or-truncated", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: signingIn("app"),
			Title: "the secret was replaced, and the value handed over lost its end",
			Mends: "you enter the whole value as it was shown when the secret was made",
			plant: func(s *state, _ time.Time) {
				s.app.secrets = []credential{s.app.next}
				s.notes.secret = s.app.next.value[:len(s.app.next.value)-6]
				s.notes.secretEnds = s.app.next.ends
			},
		},
		{
			Name: "secret-id-instead-of-value", Cause: "secret-id-instead-of-value", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: signingIn("app"),
			Title: "the Secret ID was written down instead of the secret's value",
			Mends: "you enter the Value column; if it is lost, an Entra administrator makes a new secret",
			plant: func(s *state, _ time.Time) { s.notes.secret = secretKeyID },
		},
		{
			Name: "secret-expired", Cause: "secret-expired", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("app"),
			Title: "the client secret ended yesterday",
			Mends: "an Entra administrator creates a new client secret; its value replaces the old one in the product",
			plant: func(s *state, at time.Time) {
				for i := range s.app.secrets {
					s.app.secrets[i].ends = at.Add(-24 * time.Hour)
				}
			},
		},
		{
			Name: "secret-not-yet-active", Cause: "secret-not-yet-active", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: signingIn("app"),
			Title: "the client secret was made a moment ago and is not known everywhere for another minute",
			Mends: "you wait a minute and try again",
			plant: func(s *state, at time.Time) {
				for i := range s.app.secrets {
					s.app.secrets[i].starts = at.Add(time.Minute)
				}
			},
		},
		{
			Name: "public-client-flow-disabled", Cause: "public-client-flow-disabled", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "\"Allow public client flows\" is off, so that the device code cannot be redeemed",
			Mends: "an Entra administrator sets \"Allow public client flows\" to Yes",
			plant: func(s *state, _ time.Time) { s.app.publicClient = false },
		},
	}
}
