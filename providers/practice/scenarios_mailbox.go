package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// mailboxScenarios are those of one mailbox.
func mailboxScenarios() []Scenario {
	return []Scenario{
		{
			Name: "mailbox-not-found-or-unlicensed", Cause: "mailbox-not-found-or-unlicensed", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: without(reading("imap", "graph", "ews"), RouteAppOnly),
			Title: "one of the mailboxes to read has no Exchange Online licence",
			Mends: "an administrator gives the user a licence with Exchange Online",
			plant: func(s *state, _ time.Time) { s.inbound().licensed = false },
		},
		{
			Name: "mailbox-permission-missing-imap", Cause: "mailbox-permission-missing", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: []string{RouteAppOnly},
			Title: "one of the mailboxes to read gives the application no FullAccess",
			Mends: "an Exchange administrator runs Add-MailboxPermission for that mailbox",
			plant: func(s *state, _ time.Time) { s.inbound().fullAccess = nil },
		},
		{
			Name: "mailbox-permission-missing-smtp", Cause: "mailbox-permission-missing", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: []string{RouteAppOnly},
			Title: "the mailbox to send from gives the application no FullAccess",
			Mends: "an Exchange administrator runs Add-MailboxPermission for that mailbox",
			plant: func(s *state, _ time.Time) { s.outbound().fullAccess = nil },
		},
		{
			Name: "imap-disabled-mailbox", Cause: "imap-disabled-mailbox", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: reading("imap"),
			Title: "IMAP is switched off for one of the mailboxes to read",
			Mends: "an Exchange administrator runs Set-CASMailbox with -ImapEnabled $true",
			plant: func(s *state, _ time.Time) { s.inbound().imapEnabled = false },
		},
		{
			Name: "pop-disabled-mailbox", Cause: "pop-disabled-mailbox", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: reading("pop3"),
			Title: "POP is switched off for one of the mailboxes to read",
			Mends: "an Exchange administrator runs Set-CASMailbox with -PopEnabled $true",
			plant: func(s *state, _ time.Time) { s.inbound().popEnabled = false },
		},
		{
			Name: "smtp-auth-disabled-mailbox", Cause: "smtp-auth-disabled-mailbox", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: sending("smtp"),
			Title: "authenticated SMTP is switched off for the mailbox to send from",
			Mends: "an Exchange administrator runs Set-CASMailbox with -SmtpClientAuthenticationDisabled $false",
			plant: func(s *state, _ time.Time) {
				disabled := true
				s.outbound().smtpAuthDisabled = &disabled
			},
		},
		{
			Name: "throttled-imap", Cause: "throttled", Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Routes: reading("imap"),
			Title: "one of the mailboxes to read is throttled",
			Mends: "the product is set to ask less often; after a while Exchange answers again",
			plant: func(s *state, _ time.Time) { s.inbound().throttled = true },
		},
		{
			Name: "throttled-graph", Cause: "throttled", Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Routes: reading("graph"),
			Title: "one of the mailboxes to read is asked for more than Graph allows at a time",
			Mends: "the product is set to ask less often; after a while Graph answers again",
			plant: func(s *state, _ time.Time) { s.inbound().throttled = true },
		},
		{
			Name: "throttled-ews", Cause: "throttled", Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Routes: reading("ews"),
			Title: "one of the mailboxes to read is asked for more than EWS allows at a time",
			Mends: "the product is set to ask less often; after a while Exchange answers again",
			plant: func(s *state, _ time.Time) { s.inbound().throttled = true },
		},
		{
			Name: "throttled-smtp", Cause: "throttled", Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Routes: sending("smtp"),
			Title: "the mailbox to send from has too many connections at once",
			Mends: "the product is set to use fewer connections; after a while Exchange answers again",
			plant: func(s *state, _ time.Time) { s.outbound().throttled = true },
		},
		{
			Name: "imap-folder-missing", Cause: "imap-folder-missing", Layer: providers.LayerMailbox, Owner: diagnosis.You, Routes: reading("imap", "graph"),
			Title: "the folder written down for one of the mailboxes to read was renamed since",
			Mends: "you enter the name that the folder has now",
			plant: func(s *state, _ time.Time) { s.notes.folder = "Contracts 2024" },
		},
		{
			Name: "send-as-denied", Cause: "send-as-denied", Layer: providers.LayerSend, Owner: diagnosis.ExchangeAdmin, Routes: sending("smtp", "graph"),
			Title: "the mailbox to send from has lost the right to send as itself",
			Mends: "an Exchange administrator runs Add-RecipientPermission with -AccessRights SendAs",
			plant: func(s *state, _ time.Time) { s.outbound().selfSendAs = false },
		},
		{
			Name: "sending-quota-exceeded", Cause: "sending-quota-exceeded", Layer: providers.LayerSend, Owner: diagnosis.ExchangeAdmin, Routes: sending("smtp", "graph"),
			Title: "the mailbox to send from has reached its recipients of the day",
			Mends: "you wait a day; an Exchange administrator spreads the mail over more mailboxes",
			plant: func(s *state, _ time.Time) { s.outbound().recipients = maxRecipients },
		},
	}
}
