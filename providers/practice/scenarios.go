package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// The product's routes that the tenant serves, by their catalogue ids.
const (
	RouteAppOnly = "ms-mail-cc"
	RouteDevice  = "ms-mail-device"
)

// Scenarios returns the table of faults, the one nearest the root first. It is the menu, the test
// and the documentation of what the tenant can show.
func Scenarios() []Scenario {
	both, appOnly, device := []string{RouteAppOnly, RouteDevice}, []string{RouteAppOnly}, []string{RouteDevice}
	return []Scenario{
		{
			Name: "healthy", Routes: both,
			Title: "everything is set up as it should be",
			Mends: "nothing needs mending",
		},
		{
			Name: "service-unavailable", Cause: "service-unavailable", Layer: providers.LayerToken, Owner: diagnosis.Microsoft, Routes: both,
			Title: "the sign-in service answers that it is unavailable for a while",
			Mends: "Microsoft mends the service; you try again later",
			plant: func(s *state, _ time.Time) { s.serviceDown = true },
		},
		{
			Name: "tenant-not-found", Cause: "tenant-not-found", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: both,
			Title: "the tenant that was written down does not exist",
			Mends: "you enter the Directory (tenant) ID of the right tenant",
			plant: func(s *state, _ time.Time) { s.tenantExists = false },
		},
		{
			Name: "app-not-in-tenant", Cause: "app-not-in-tenant", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: both,
			Title: "the app registration was deleted, or is in another tenant",
			Mends: "an Entra administrator restores the registration, or gives the client ID of the right one",
			plant: func(s *state, _ time.Time) { s.app.exists = false },
		},
		{
			Name: "service-principal-missing-entra", Cause: "service-principal-missing", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: both,
			Title: "the application has no enterprise application in the tenant",
			Mends: "an Entra administrator creates the enterprise application, by granting admin consent",
			plant: func(s *state, _ time.Time) { s.enterprise.exists = false },
		},
		{
			Name: "app-disabled-in-tenant", Cause: "app-disabled-in-tenant", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: both,
			Title: "the enterprise application is disabled for sign-in",
			Mends: "an Entra administrator sets \"Enabled for users to sign in\" to Yes",
			plant: func(s *state, _ time.Time) { s.enterprise.enabled = false },
		},
		{
			Name: "secret-missing", Cause: "secret-missing", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: appOnly,
			Title: "the app registration has no client secret and no certificate",
			Mends: "an Entra administrator creates a client secret and hands its value over",
			plant: func(s *state, _ time.Time) { s.app.secrets = nil },
		},
		{
			// Somebody replaced the secret, and of the new value the end was lost on the way: so the
			// value from before is refused as well as the one in the notes.
			Name: "secret-wrong-or-truncated", Cause: "secret-wrong-or-truncated", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: appOnly,
			Title: "the secret was replaced, and the value handed over lost its end",
			Mends: "you enter the whole value as it was shown when the secret was made",
			plant: func(s *state, _ time.Time) {
				s.app.secrets = []credential{s.app.next}
				s.notes.secret = s.app.next.value[:len(s.app.next.value)-6]
				s.notes.secretEnds = s.app.next.ends
			},
		},
		{
			Name: "secret-id-instead-of-value", Cause: "secret-id-instead-of-value", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: appOnly,
			Title: "the Secret ID was written down instead of the secret's value",
			Mends: "you enter the Value column; if it is lost, an Entra administrator makes a new secret",
			plant: func(s *state, _ time.Time) { s.notes.secret = secretKeyID },
		},
		{
			Name: "secret-expired", Cause: "secret-expired", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: appOnly,
			Title: "the client secret ended yesterday",
			Mends: "an Entra administrator creates a new client secret; its value replaces the old one in the product",
			plant: func(s *state, at time.Time) {
				for i := range s.app.secrets {
					s.app.secrets[i].ends = at.Add(-24 * time.Hour)
				}
			},
		},
		{
			Name: "secret-not-yet-active", Cause: "secret-not-yet-active", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: appOnly,
			Title: "the client secret was made a moment ago and is not known everywhere for another minute",
			Mends: "you wait a minute and try again",
			plant: func(s *state, at time.Time) {
				for i := range s.app.secrets {
					s.app.secrets[i].starts = at.Add(time.Minute)
				}
			},
		},
		{
			Name: "public-client-flow-disabled", Cause: "public-client-flow-disabled", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: device,
			Title: "\"Allow public client flows\" is off, so that the device code cannot be redeemed",
			Mends: "an Entra administrator sets \"Allow public client flows\" to Yes",
			plant: func(s *state, _ time.Time) { s.app.publicClient = false },
		},
		{
			// The code is over before it can be read; a client is told one second, the least that
			// expires_in can say.
			Name: "device-code-expired", Cause: "device-code-expired", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: device,
			Title: "nobody types the device code before it ends",
			Mends: "you ask for a new code and enter it in time",
			plant: func(s *state, _ time.Time) { s.codes.lifetime = time.Millisecond },
		},
		{
			Name: "device-code-declined", Cause: "device-code-declined", Layer: providers.LayerToken, Owner: diagnosis.MailboxUser, Routes: device,
			Title: "the person at the browser declines the sign-in",
			Mends: "the mailbox's user approves a new code",
			plant: func(s *state, _ time.Time) { s.person.declines = true },
		},
		{
			Name: "wrong-user-signed-in", Cause: "wrong-user-signed-in", Layer: providers.LayerMailbox, Owner: diagnosis.MailboxUser, Routes: device,
			Title: "the browser still remembers another person and signs that one in",
			Mends: "the mailbox's user signs in, in a private window",
			plant: func(s *state, _ time.Time) { s.person.remembered = s.bystander },
		},
		{
			Name: "conditional-access-blocked", Cause: "conditional-access-blocked", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: device,
			Title: "a Conditional Access policy blocks the device code flow",
			Mends: "an Entra administrator excludes the account from the policy, or the connection uses another flow",
			plant: func(s *state, _ time.Time) { s.policy.blockDeviceCode = true },
		},
		{
			Name: "user-not-assigned", Cause: "user-not-assigned", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: device,
			Title: "the enterprise application requires assignment and the mailbox's user is not assigned",
			Mends: "an Entra administrator assigns the user to the application, or switches \"Assignment required\" off",
			plant: func(s *state, _ time.Time) { s.enterprise.assignmentRequired = true },
		},
		{
			Name: "admin-consent-required", Cause: "admin-consent-required", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: device,
			Title: "nobody consented to the permissions, and in this tenant only administrators may",
			Mends: "an Entra administrator grants consent for the organisation",
			plant: func(s *state, _ time.Time) {
				s.enterprise.scopes = nil
				s.policy.usersMayConsent = false
			},
		},
		{
			Name: "consent-missing", Cause: "consent-missing", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: both,
			Title: "nobody consented to the application's permissions",
			Mends: "an Entra administrator presses \"Grant admin consent\"",
			plant: func(s *state, _ time.Time) {
				s.enterprise.roles, s.enterprise.scopes = nil, nil
				s.policy.usersMayConsent = true
			},
		},
		{
			Name: "token-audience-wrong", Cause: "token-audience-wrong", Layer: providers.LayerClaims, Owner: diagnosis.You, Routes: both,
			Title: "the access token is made out to Microsoft Graph instead of Exchange",
			Mends: "you request the scope of outlook.office365.com and of nothing else",
			plant: func(s *state, _ time.Time) { s.tokens.audience = graphAudience },
		},
		{
			// Nobody can wait an hour at a demonstration: the tokens come from a store that kept them
			// too long. expires_in still speaks of a fresh token, as the store would.
			Name: "access-token-expired", Cause: "access-token-expired", Layer: providers.LayerClaims, Owner: diagnosis.You, Routes: both,
			Title: "the access token was kept for two hours and is over when it is used",
			Mends: "you renew the token before it is used",
			plant: func(s *state, _ time.Time) { s.tokens.age = 2 * time.Hour },
		},
		{
			Name: "scope-missing-imap", Cause: "scope-missing", Layer: providers.LayerClaims, Owner: diagnosis.EntraAdmin, Routes: appOnly,
			Title: "the application permission IMAP.AccessAsApp was forgotten",
			Mends: "an Entra administrator adds IMAP.AccessAsApp and grants admin consent",
			plant: func(s *state, _ time.Time) { s.enterprise.roles = without(s.enterprise.roles, "IMAP.AccessAsApp") },
		},
		{
			Name: "smtp-sendasapp-missing", Cause: "smtp-sendasapp-missing", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: appOnly,
			Title: "nothing allows the application to send: neither SMTP.SendAsApp nor an Exchange role",
			Mends: "an administrator grants SMTP.SendAsApp in Entra, or assigns \"Application SMTP.SendAsApp\" in Exchange",
			plant: func(s *state, _ time.Time) { s.enterprise.roles = without(s.enterprise.roles, "SMTP.SendAsApp") },
		},
		{
			Name: "service-principal-missing", Cause: "service-principal-missing", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: appOnly,
			Title: "Exchange does not know the application's service principal",
			Mends: "an Exchange administrator runs New-ServicePrincipal",
			plant: func(s *state, _ time.Time) { s.exchange.principals = nil },
		},
		{
			Name: "service-principal-object-id-wrong", Cause: "service-principal-object-id-wrong", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: appOnly,
			Title: "the Exchange record was made with the Object ID of the app registration",
			Mends: "an Exchange administrator removes the record and makes it again with the enterprise application's Object ID",
			plant: func(s *state, _ time.Time) {
				s.exchange.principals = []servicePrincipal{{appID: s.app.clientID, objectID: s.app.objectID}}
				s.notes.objectID = s.app.objectID
			},
		},
		{
			Name: "mailbox-not-found-or-unlicensed", Cause: "mailbox-not-found-or-unlicensed", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: device,
			Title: "one of the mailboxes to read has no Exchange Online licence",
			Mends: "an administrator gives the user a licence with Exchange Online",
			plant: func(s *state, _ time.Time) { s.inbound().licensed = false },
		},
		{
			Name: "mailbox-permission-missing-imap", Cause: "mailbox-permission-missing", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: appOnly,
			Title: "one of the mailboxes to read gives the application no FullAccess",
			Mends: "an Exchange administrator runs Add-MailboxPermission for that mailbox",
			plant: func(s *state, _ time.Time) { s.inbound().fullAccess = nil },
		},
		{
			Name: "mailbox-permission-missing-smtp", Cause: "mailbox-permission-missing", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: appOnly,
			Title: "the mailbox to send from gives the application no FullAccess",
			Mends: "an Exchange administrator runs Add-MailboxPermission for that mailbox",
			plant: func(s *state, _ time.Time) { s.outbound().fullAccess = nil },
		},
		{
			Name: "imap-disabled-mailbox", Cause: "imap-disabled-mailbox", Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin, Routes: both,
			Title: "IMAP is switched off for one of the mailboxes to read",
			Mends: "an Exchange administrator runs Set-CASMailbox with -ImapEnabled $true",
			plant: func(s *state, _ time.Time) { s.inbound().imapEnabled = false },
		},
		{
			Name: "smtp-auth-disabled-tenant", Cause: "smtp-auth-disabled-tenant", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: both,
			Title: "authenticated SMTP is switched off for the whole organisation",
			Mends: "an Exchange administrator allows it for the one mailbox with Set-CASMailbox",
			plant: func(s *state, _ time.Time) { s.exchange.smtpAuthDisabled = true },
		},
		{
			Name: "smtp-auth-disabled-mailbox", Cause: "smtp-auth-disabled-mailbox", Layer: providers.LayerSASL, Owner: diagnosis.ExchangeAdmin, Routes: both,
			Title: "authenticated SMTP is switched off for the mailbox to send from",
			Mends: "an Exchange administrator runs Set-CASMailbox with -SmtpClientAuthenticationDisabled $false",
			plant: func(s *state, _ time.Time) {
				disabled := true
				s.outbound().smtpAuthDisabled = &disabled
			},
		},
		{
			Name: "throttled-imap", Cause: "throttled", Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Routes: both,
			Title: "one of the mailboxes to read is throttled",
			Mends: "the product is set to ask less often; after a while Exchange answers again",
			plant: func(s *state, _ time.Time) { s.inbound().throttled = true },
		},
		{
			Name: "throttled-smtp", Cause: "throttled", Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Routes: both,
			Title: "the mailbox to send from has too many connections at once",
			Mends: "the product is set to use fewer connections; after a while Exchange answers again",
			plant: func(s *state, _ time.Time) { s.outbound().throttled = true },
		},
		{
			Name: "send-as-denied", Cause: "send-as-denied", Layer: providers.LayerSend, Owner: diagnosis.ExchangeAdmin, Routes: both,
			Title: "the mailbox to send from has lost the right to send as itself",
			Mends: "an Exchange administrator runs Add-RecipientPermission with -AccessRights SendAs",
			plant: func(s *state, _ time.Time) { s.outbound().selfSendAs = false },
		},
	}
}
