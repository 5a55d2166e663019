package steps

import "time"

const (
	testTenant = "22222222-3333-4444-5555-666666666666"
	testClient = "11111111-2222-3333-4444-555555555555"
	testObject = "66666666-7777-8888-9999-000000000000"
	testSecret = "abc8Q~0123456789012345678901234567890123" // the form of Entra's, and nobody's
	newSecret  = "xyz8Q~0123456789012345678901234567890123"

	routeApp    = "ms-mail-cc"
	routePerson = "ms-mail-device"
)

var testNow = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// testAnswers connect two mailboxes on a route.
func testAnswers(route, caFile string) Answers {
	return Answers{
		Product: "agiloft", Route: route, Name: "contoso", Tenant: testTenant, ClientID: testClient, SecretEnds: "2028-11-20",
		Mailboxes: MailboxAnswers{
			Outbound: &MailboxAnswer{Address: "crm@contoso.example"},
			Inbound:  []MailboxAnswer{{Address: "contracts@contoso.example", Table: "Contract"}},
		},
		Values: map[string]string{"base_kb_uri": "https://kb.example"},
		Endpoints: EndpointAnswers{
			Authority: "https://login.example.test/", IMAP: "imaps://mail.example.test", SMTP: "smtp://mail.example.test",
			CAFile: caFile,
		},
	}
}
