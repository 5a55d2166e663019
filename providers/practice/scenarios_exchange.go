package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// exchangeScenarios are those of the whole organisation in Exchange Online.
func exchangeScenarios() []Scenario {
	return []Scenario{
		{
			Name: "too-many-connections", Cause: "too-many-connections", Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Routes: sending("smtp"),
			Title: "other programs hold as many SMTP connections open as one computer may have",
			Mends: "the product is set to use fewer connections and to close those that it has done with",
			plant: func(s *state, _ time.Time) { s.exchange.heldConnections = maxConnections },
		},
		{
			Name: "smtp-auth-mechanism-unsupported", Cause: "smtp-auth-mechanism-unsupported", Layer: providers.LayerSASL, Owner: diagnosis.ProductAdmin, Routes: sending("smtp"),
			Title: "the SMTP server takes passwords only, as a relay of the company may",
			Mends: "the product is given a server that takes XOAUTH2",
			plant: func(s *state, _ time.Time) { s.exchange.smtpMechanisms = []string{"LOGIN"} },
		},
		{
			Name: "service-unavailable-imap", Cause: "service-unavailable", Layer: providers.LayerToken, Owner: diagnosis.Microsoft, Routes: reading("imap"),
			Title: "Exchange cannot reach the mailboxes over IMAP for a while",
			Mends: "Microsoft mends the service; you try again later",
			plant: func(s *state, _ time.Time) { s.exchange.imapDown = true },
		},
		{
			Name: "service-unavailable-pop", Cause: "service-unavailable", Layer: providers.LayerToken, Owner: diagnosis.Microsoft, Routes: reading("pop3"),
			Title: "Exchange cannot reach the mailboxes over POP3 for a while",
			Mends: "Microsoft mends the service; you try again later",
			plant: func(s *state, _ time.Time) { s.exchange.popDown = true },
		},
		{
			Name: "service-unavailable-smtp", Cause: "service-unavailable", Layer: providers.LayerToken, Owner: diagnosis.Microsoft, Routes: sending("smtp"),
			Title: "Exchange cannot check sign-ins over SMTP for a while",
			Mends: "Microsoft mends the service; you try again later",
			plant: func(s *state, _ time.Time) { s.exchange.smtpDown = true },
		},
		{
			Name: "service-principal-missing", Cause: "service-principal-missing", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: []string{RouteAppOnly},
			Title: "Exchange does not know the application's service principal",
			Mends: "an Exchange administrator runs New-ServicePrincipal",
			plant: func(s *state, _ time.Time) { s.exchange.principals = nil },
		},
		{
			Name: "service-principal-object-id-wrong", Cause: "service-principal-object-id-wrong", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: []string{RouteAppOnly},
			Title: "the Exchange record was made with the Object ID of the app registration",
			Mends: "an Exchange administrator removes the record and makes it again with the enterprise application's Object ID",
			plant: func(s *state, _ time.Time) {
				s.exchange.principals = []servicePrincipal{{appID: s.app.clientID, objectID: s.app.objectID}}
				s.notes.objectID = s.app.objectID
			},
		},
		{
			Name: "smtp-auth-disabled-tenant", Cause: "smtp-auth-disabled-tenant", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: sending("smtp"),
			Title: "authenticated SMTP is switched off for the whole organisation",
			Mends: "an Exchange administrator allows it for the one mailbox with Set-CASMailbox",
			plant: func(s *state, _ time.Time) { s.exchange.smtpAuthDisabled = true },
		},
		{
			Name: "outbound-sending-blocked", Cause: "outbound-sending-blocked", Layer: providers.LayerSend, Owner: diagnosis.Microsoft, Routes: sending("smtp", "graph"),
			Title: "Exchange blocks what the organisation sends, since it sent too much",
			Mends: "Microsoft lifts the block when an administrator asks",
			plant: func(s *state, _ time.Time) { s.exchange.sendingBlocked = true },
		},
	}
}
