package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// RouteGoogleCode is the products' route at Google, by its catalogue id.
const RouteGoogleCode = "google-mail-code"

// googleScenarios are Google's project and Workspace. What Google shows on its page alone is marked
// so: the program waits in vain, and the person takes the page's text to explain.
func googleScenarios() []Scenario {
	routes := []string{RouteGoogleCode}
	return []Scenario{
		{
			Name: "service-unavailable-google", Cause: "service-unavailable", Layer: providers.LayerToken, Owner: diagnosis.Google, Routes: routes,
			Title: "Google's sign-in service gives no tokens for a while",
			Mends: "Google mends the service; you try again later",
			plant: func(s *state, _ time.Time) { s.google.down = true },
		},
		{
			Name: "app-not-in-tenant-google", Cause: "app-not-in-tenant", Layer: providers.LayerToken, Owner: diagnosis.WorkspaceAdmin, Routes: routes, PageOnly: true,
			Title: "the OAuth client was deleted, as Google does after six months without use; only the page in the browser says so",
			Mends: "whoever owns the project restores the client within 30 days, or makes another one",
			plant: func(s *state, _ time.Time) { s.google.webClient().deleted = true },
		},
		{
			Name: "google-redirect-uri-mismatch", Cause: "google-redirect-uri-mismatch", Layer: providers.LayerToken, Owner: diagnosis.WorkspaceAdmin, Routes: routes, PageOnly: true,
			Title: "the OAuth client is registered with another redirect address; only the page in the browser says so",
			Mends: "whoever owns the project adds the address exactly as the page shows it",
			plant: func(s *state, _ time.Time) {
				s.google.webClient().redirects = []string{"https://registered.example/elsewhere"}
			},
		},
		{
			Name: "google-not-test-user-internal", Cause: "google-not-test-user", Layer: providers.LayerToken, Owner: diagnosis.WorkspaceAdmin, Routes: routes, PageOnly: true,
			Title: "the project is Internal and belongs to another company's Workspace; only the page in the browser says so",
			Mends: "the application gets a client in a project of the mailboxes' own Workspace",
			plant: func(s *state, _ time.Time) { s.google.project.organization = "fabrikam.example" },
		},
		{
			Name: "google-not-test-user", Cause: "google-not-test-user", Layer: providers.LayerToken, Owner: diagnosis.WorkspaceAdmin, Routes: routes, PageOnly: true,
			Title: "the project is External and in testing, and the mailboxes are no test users of it; only the page in the browser says so",
			Mends: "whoever owns the project sets the audience to Internal, or adds the mailboxes as test users",
			plant: func(s *state, _ time.Time) {
				s.google.project.internal, s.google.project.testUsers = false, []string{s.bystander}
			},
		},
		{
			Name: "admin-consent-required-google", Cause: "admin-consent-required", Layer: providers.LayerToken, Owner: diagnosis.WorkspaceAdmin, Routes: routes, PageOnly: true,
			Title: "the Workspace blocks applications that nobody marked as trusted; only the page in the browser says so",
			Mends: "a Workspace administrator marks the client ID as trusted under App access control",
			plant: func(s *state, _ time.Time) { s.google.workspace.blocksApp = true },
		},
		{
			Name: "device-code-declined-google", Cause: "device-code-declined", Layer: providers.LayerToken, Owner: diagnosis.MailboxUser, Routes: routes,
			Title: "the person at the browser cancels the sign-in at Google",
			Mends: "the mailbox's user signs in again and agrees",
			plant: func(s *state, _ time.Time) { s.person.declines = true },
		},
		{
			Name: "wrong-user-signed-in-google", Cause: "wrong-user-signed-in", Layer: providers.LayerMailbox, Owner: diagnosis.MailboxUser, Routes: routes,
			Title: "the browser is signed in at Google as another person and takes that account",
			Mends: "the mailbox's user signs in, in a private window",
			plant: func(s *state, _ time.Time) { s.person.remembered = s.bystander },
		},
		{
			Name: "secret-wrong-or-truncated-google", Cause: "secret-wrong-or-truncated", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: routes,
			Title: "the end of the client secret was lost when it was copied",
			Mends: "you enter the whole secret; if it can no longer be seen, the client gets a second one",
			plant: func(s *state, _ time.Time) {
				s.google.notes.secret = s.google.notes.secret[:len(s.google.notes.secret)-6]
			},
		},
		{
			Name: "google-scope-wrong", Cause: "google-scope-wrong", Layer: providers.LayerClaims, Owner: diagnosis.ProductAdmin, Routes: routes,
			Title: "the person leaves the box for Gmail unticked, so that the token is good for the name alone",
			Mends: "the mailbox's user signs in again and ticks the box for Gmail",
			plant: func(s *state, _ time.Time) { s.person.unticks = true },
		},
		{
			Name: "google-mail-service-disabled", Cause: "google-mail-service-disabled", Layer: providers.LayerMailbox, Owner: diagnosis.WorkspaceAdmin, Routes: routes,
			Title: "Gmail is switched off for the user of a mailbox to read",
			Mends: "a Workspace administrator switches Gmail on for the user",
			plant: func(s *state, _ time.Time) { s.google.reader(s.connection).gmail = false },
		},
		{
			Name: "imap-disabled-mailbox-google", Cause: "imap-disabled-mailbox", Layer: providers.LayerMailbox, Owner: diagnosis.WorkspaceAdmin, Routes: routes,
			Title: "IMAP is switched off for the whole Workspace",
			Mends: "a Workspace administrator switches it on under Gmail > End user access",
			plant: func(s *state, _ time.Time) { s.google.workspace.imapOff = true },
		},
		{
			Name: "throttled-google", Cause: "throttled", Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Routes: routes,
			Title: "the mailbox to send from was signed in to too often in a short time",
			Mends: "the product is set to keep its connections; after a while Gmail answers again",
			plant: func(s *state, _ time.Time) { s.google.sender(s.connection).tooManyLogins = true },
		},
		{
			Name: "sending-quota-exceeded-google", Cause: "sending-quota-exceeded", Layer: providers.LayerSend, Owner: diagnosis.WorkspaceAdmin, Routes: routes,
			Title: "the mailbox to send from has reached its recipients of the day",
			Mends: "you wait a day, or the Workspace's relay sends what is left",
			plant: func(s *state, _ time.Time) { s.google.sender(s.connection).recipients = maxGmailRecipients },
		},
	}
}
