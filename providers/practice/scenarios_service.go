package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// serviceScenarios are the sign-in service and the tenant themselves.
func serviceScenarios() []Scenario {
	return []Scenario{
		{
			Name: "tls-interception", Cause: "tls-interception", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: signingIn("app", "device"),
			Title: "a device on the way opens all TLS traffic and shows certificates of its own",
			Mends: "the network administrator exempts the hosts, or gives the authority of the device",
			plant: func(s *state, _ time.Time) {
				for _, protocol := range []string{"https", "imap", "smtp", "pop3"} {
					s.network.at(protocol).certificate = inspectedCertificate
				}
			},
		},
		{
			Name: "service-unavailable", Cause: "service-unavailable", Layer: providers.LayerToken, Owner: diagnosis.Microsoft, Routes: signingIn("app", "device"),
			Title: "the sign-in service answers that it is unavailable for a while",
			Mends: "Microsoft mends the service; you try again later",
			plant: func(s *state, _ time.Time) { s.serviceDown = true },
		},
		{
			Name: "tenant-not-found", Cause: "tenant-not-found", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: signingIn("app", "device"),
			Title: "the tenant that was written down does not exist",
			Mends: "you enter the Directory (tenant) ID of the right tenant",
			plant: func(s *state, _ time.Time) { s.tenantExists = false },
		},
		{
			Name: "wrong-national-cloud", Cause: "wrong-national-cloud", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: signingIn("app", "device"),
			Title: "the tenant lives in a national cloud, not at the worldwide sign-in address",
			Mends: "you choose the cloud of the tenant, with its own host names",
			plant: func(s *state, _ time.Time) { s.nationalCloud = true },
		},
		{
			Name: "app-not-in-tenant", Cause: "app-not-in-tenant", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("app", "device"),
			Title: "the app registration was deleted, or is in another tenant",
			Mends: "an Entra administrator restores the registration, or gives the client ID of the right one",
			plant: func(s *state, _ time.Time) { s.app.exists = false },
		},
		{
			Name: "personal-only-app-on-common", Cause: "personal-only-app-on-common", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("app", "device"),
			Title: "the app registration is for personal Microsoft accounts only",
			Mends: "an Entra administrator sets the supported account types to accounts of this directory",
			plant: func(s *state, _ time.Time) { s.app.personalOnly = true },
		},
		{
			Name: "service-principal-missing-entra", Cause: "service-principal-missing", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: signingIn("app", "device"),
			Title: "the application has no enterprise application in the tenant",
			Mends: "an Entra administrator creates the enterprise application, by granting admin consent",
			plant: func(s *state, _ time.Time) { s.enterprise.exists = false },
		},
		{
			Name: "app-disabled-in-tenant", Cause: "app-disabled-in-tenant", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("app", "device"),
			Title: "the enterprise application is disabled for sign-in",
			Mends: "an Entra administrator sets \"Enabled for users to sign in\" to Yes",
			plant: func(s *state, _ time.Time) { s.enterprise.enabled = false },
		},
		{
			Name: "resource-principal-not-found", Cause: "resource-principal-not-found", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: []string{RouteAppOnly, RouteDevice, RouteEWSAppOnly},
			Title: "the tenant has no Exchange Online",
			Mends: "an administrator subscribes to Exchange Online, or names the tenant that has it",
			plant: func(s *state, _ time.Time) { s.exchange.subscribed = false },
		},
	}
}
