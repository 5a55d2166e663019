package steps

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

func TestPlanRefusesWhatCannotBeMeant(t *testing.T) {
	t.Parallel()
	good := testAnswers(routePerson, "")
	good.Endpoints = EndpointAnswers{}
	cases := []struct {
		name    string
		edit    func(Answers) Answers
		key     Key
		says    string
		missing bool
	}{
		{"no product", with(KeyProduct, ""), KeyProduct, "product is missing", true},
		{"unknown product", with(KeyProduct, "agilfot"), KeyProduct, "agilfot", false},
		{"no route", with(KeyRoute, ""), KeyRoute, "route is missing", true},
		{"unknown route", with(KeyRoute, "ms-mail"), KeyRoute, `route "ms-mail" is not one of Agiloft's`, false},
		{"name with capitals", with(KeyName, "Contoso"), KeyName, "form of a connection's name", false},
		{"name too long", with(KeyName, strings.Repeat("a", 41)), KeyName, "form of a connection's name", false},
		{"name with a path", with(KeyName, "../x"), KeyName, "form of a connection's name", false},
		{"name that Windows keeps", with(KeyName, "com1"), KeyName, "device name on Windows", false},
		{"no tenant", with(KeyTenant, ""), KeyTenant, "tenant ID is missing", true},
		{"tenant without a dot", with(KeyTenant, "contoso"), KeyTenant, "neither a GUID nor a domain", false},
		{"tenant of everybody", with(KeyTenant, "common"), KeyTenant, "names no organisation", false},
		{"tenant with a path", with(KeyTenant, "contoso.example/x"), KeyTenant, "neither a GUID nor a domain", false},
		{"no client ID", with(KeyClientID, ""), KeyClientID, "client ID is missing", true},
		{"client ID cut off", with(KeyClientID, testClient[:35]), KeyClientID, "is not a GUID", false},
		{"client ID in braces", with(KeyClientID, "{"+testClient+"}"), KeyClientID, "is not a GUID", false},
		{"object ID malformed", with(KeyObjectID, "x"), KeyObjectID, "is not a GUID", false},
		{"client ID in the object ID's place", with(KeyObjectID, strings.ToUpper(testClient)), KeyObjectID, "same as the client ID", false},
		{"end date in the wrong order", with(KeySecretEnds, "20.11.2028"), KeySecretEnds, "is not of the form 2028-11-20", false},
		{"end date that does not exist", with(KeySecretEnds, "2028-02-30"), KeySecretEnds, "is not of the form", false},
		{"cloud", with(keyCloud, "moon"), keyCloud, `cloud "moon" is not known`, false},
		{"store", with(keyStore, "memory"), keyStore, `store "memory" is not known`, false},
		{"outbound without @", with(KeyOutbound, "crm"), KeyOutbound, "not of the form name@domain", false},
		{"outbound with a display name", with(KeyOutbound, "CRM <crm@contoso.example>"), KeyOutbound, "not of the form name@domain", false},
		{"signs in as nobody", with(KeyOutboundAs, "x y"), KeyOutboundAs, "not of the form name@domain", false},
		{"inbound twice", with("mailboxes.inbound.1", "Contracts@contoso.example"), "mailboxes.inbound.1", "given twice", false},
		{"table with a line end", with("mailboxes.inbound.0.table", "a\nb"), "mailboxes.inbound.0.table", "do not belong in a name", false},
		{"folder with an escape", with("mailboxes.inbound.0.folder", "a\x1b[2J"), "mailboxes.inbound.0.folder", "do not belong in a name", false},
		{"message to nobody", with(KeySendTo, "nobody"), KeySendTo, "not of the form name@domain", false},
		{"message from nobody", func(a Answers) Answers { return a.With(KeySendTo, "a@b.example").With(KeyOutbound, "") }, KeySendTo, "needs an outbound mailbox", false},
		{"no mailbox at all", func(a Answers) Answers { a.Mailboxes = MailboxAnswers{}; return a }, KeyOutbound, "mailbox is missing", true},
		{"value missing", with("values.base_kb_uri", ""), "values.base_kb_uri", "is missing", true},
		{"value wrong", with("values.base_kb_uri", "http://kb.example"), "values.base_kb_uri", "is not of the form https://host", false},
		{"value unknown", with("values.base_kb_url", "x"), "values.base_kb_url", "is not one that Agiloft knows", false},
		{"value in the wrong place", with("values.client_id", testClient), "values.client_id", "is not one that Agiloft knows", false},
		{"tick unknown", with("confirmed.moon-full", Yes), keyConfirmed, "is not one that Agiloft knows", false},
		{"authority without TLS", with("endpoints.authority", "http://login.example/"), "endpoints.authority", "not of the form https://host/", false},
		{"IMAP server of another protocol", with("endpoints.imap", "smtp://mail.example"), "endpoints.imap", "does not begin with imap://", false},
		{"SMTP server with a path", with("endpoints.smtp", "smtp://mail.example/x"), "endpoints.smtp", "not of the form smtps://host:port", false},
		{"POP3 server", with("endpoints.pop3", "imap://mail.example"), "endpoints.pop3", "does not begin with pop3://", false},
		{"Graph without TLS", with("endpoints.graph", "http://graph.example/"), "endpoints.graph", "not of the form https://host/", false},
		{"EWS without a host", with("endpoints.ews", "https:///EWS"), "endpoints.ews", "not of the form https://host/", false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := NewPlan(product.Embedded(), tc.edit(good))
			wrong := answerOf(t, err)
			if wrong.Key != tc.key || wrong.Missing != tc.missing || !strings.Contains(wrong.Error(), tc.says) {
				t.Errorf("%s (missing %v): %v", wrong.Key, wrong.Missing, wrong)
			}
			if strings.ContainsAny(wrong.Message, "\n\x1b") {
				t.Errorf("the message repeats control characters: %q", wrong.Message)
			}
		})
	}
	if _, err := NewPlan(product.Embedded(), good); err != nil {
		t.Errorf("the answers that the cases start from are refused: %v", err)
	}
}

func with(key Key, value string) func(Answers) Answers {
	return func(a Answers) Answers { return a.With(key, value) }
}

func TestPlanTellsEverythingThatIsWrongAtOnceAndAlwaysInTheSameOrder(t *testing.T) {
	t.Parallel()
	answers := Answers{Product: "agiloft", Route: routePerson, Name: "-", ClientID: "x", Values: map[string]string{"a": "1", "b": "2", "c": "3"}}
	_, err := NewPlan(product.Embedded(), answers)
	var wrong AnswerErrors
	if !errors.As(err, &wrong) {
		t.Fatal(err)
	}
	var keys []string
	for _, one := range wrong {
		keys = append(keys, string(one.Key))
	}
	want := "mailboxes.outbound tenant clientId values.a values.b values.c values.base_kb_uri name"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("told %s, want %s", got, want)
	}
}

func TestPlanOfARouteThatReadsOnly(t *testing.T) {
	t.Parallel()
	agiloft, err := product.Embedded().Product("agiloft")
	if err != nil {
		t.Fatal(err)
	}
	route := agiloft.Routes[0]
	route.Directions = map[product.Direction]string{product.Inbound: "single"}
	b := &planner{answers: testAnswers(routeApp, "").With("mailboxes.inbound.1", "b@contoso.example"), plan: Plan{Product: agiloft, Route: &route}}
	b.mailboxes()
	if len(b.wrong) != 2 || b.wrong[0].Key != KeyOutbound || b.wrong[1].Key != "mailboxes.inbound.1" {
		t.Errorf("refused: %v", b.wrong)
	}
}

func TestAnyTenantSegmentWithAnAuthorityOfOnesOwn(t *testing.T) {
	t.Parallel()
	for _, tenant := range []string{"common", "tenant", "t1", "contoso.example", testTenant} {
		answers := testAnswers(routeApp, "").With(KeyTenant, tenant)
		if plan, err := NewPlan(product.Embedded(), answers); err != nil || plan.Tenant != tenant {
			t.Errorf("%s: %q, %v", tenant, plan.Tenant, err)
		}
	}
	for _, tenant := range []string{"a/b", "..", "a b", "a?b", "a%2fb", "a#b", "a\\b", "a\x00b"} {
		answers := testAnswers(routeApp, "").With(KeyTenant, tenant)
		if _, err := NewPlan(product.Embedded(), answers); err == nil {
			t.Errorf("%q is no path segment and was taken", tenant)
		}
	}
}

func TestPlanOfAProductThatSignsInAsItself(t *testing.T) {
	t.Parallel()
	answers := testAnswers(routeApp, "").With(KeyOutboundAs, "svc@contoso.example").With(KeySendTo, "a@b.example").With(KeyName, "")
	plan, err := NewPlan(product.Embedded(), answers)
	if err != nil {
		t.Fatal(err)
	}
	const scope = "https://outlook.office365.com/.default"
	smtp := providers.Server{Protocol: "smtp", Security: providers.StartTLS, Host: "mail.example.test", Port: "587"}
	imap := providers.Server{Protocol: "imap", Security: providers.ImplicitTLS, Host: "mail.example.test", Port: "993"}
	want := []Test{
		{Mailbox{product.Outbound, "crm@contoso.example", "crm@contoso.example", "", ""}, smtp, scope, "SMTP.SendAsApp", "a@b.example"},
		{Mailbox{product.Inbound, "contracts@contoso.example", "contracts@contoso.example", "Contract", ""}, imap, scope, "IMAP.AccessAsApp", ""},
	}
	if !reflect.DeepEqual(plan.Tests, want) {
		t.Errorf("tests\n%+v, want\n%+v", plan.Tests, want)
	}
	if !plan.AppOnly() || len(plan.SignIns) != 0 || plan.Name != "agiloft-22222222-3333-4444-5555-66666666" {
		t.Errorf("app only %v, sign-ins %v, name %q", plan.AppOnly(), plan.SignIns, plan.Name)
	}
}

func TestPlanOfSignIns(t *testing.T) {
	t.Parallel()
	answers := testAnswers(routePerson, "").
		With(KeyOutboundAs, "svc@contoso.example").
		With("mailboxes.inbound.0.signedInAs", "SVC@contoso.example").
		With("mailboxes.inbound.1", "invoices@contoso.example")
	plan, err := NewPlan(product.Embedded(), answers)
	if err != nil {
		t.Fatal(err)
	}
	send, read := "https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All"
	want := []SignIn{
		{"svc@contoso.example", []string{send, read}, []providers.Address{"crm@contoso.example", "contracts@contoso.example"}},
		{"invoices@contoso.example", []string{read}, []providers.Address{"invoices@contoso.example"}},
	}
	if !reflect.DeepEqual(plan.SignIns, want) {
		t.Errorf("sign-ins\n%+v, want\n%+v", plan.SignIns, want)
	}
	if len(plan.Mailboxes()) != 3 || plan.Tests[0].Needs != "SMTP.Send" || plan.Tests[1].Needs != "IMAP.AccessAsUser.All" {
		t.Errorf("tests %+v", plan.Tests)
	}
}

func TestProvidersOwnServersUnlessTheAnswersNameOthers(t *testing.T) {
	t.Parallel()
	answers := testAnswers(routeApp, "")
	answers.Endpoints = EndpointAnswers{SMTP: "smtps://relay.example"}
	plan, err := NewPlan(product.Embedded(), answers)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{plan.Endpoints.Authority, plan.Endpoints.IMAP.String(), plan.Endpoints.SMTP.String()}
	if want := []string{"https://login.microsoftonline.com/", "imaps://outlook.office365.com:993", "smtps://relay.example:465"}; !reflect.DeepEqual(got, want) {
		t.Errorf("servers %v, want %v", got, want)
	}
}

func answerOf(t *testing.T, err error) *AnswerError {
	t.Helper()
	var answers AnswerErrors
	if !errors.As(err, &answers) {
		t.Fatalf("%v is not about an answer", err)
	}
	return answers[0]
}
