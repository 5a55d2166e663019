package steps

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// waysCatalogue holds one invented product that is signed in to in every way.
const waysCatalogue = `
schema: 1
id: waybox
name: Waybox
checked: "2026-11-21"
docs: [{id: guide, kind: guide, read: "2026-11-21", title: Guide, url: "https://waybox.example"}]
values:
  - {id: tenant_id, label: Tenant, kind: guid}
  - {id: client_id, label: Client, kind: guid}
  - {id: client_secret, label: Secret, kind: secret, secret: true}
  - {id: site, label: Site, kind: origin, default: "https://waybox.example"}
  - {id: flavour, label: Flavour, kind: choice, optional: true, options: [{value: sweet, label: Sweet}, {value: sour, label: Sour}]}
routes:
  - id: code
    title: Sign-in by the product
    provider: microsoft
    transport: pop
    flow: auth_code_product
    summary: Waybox finishes the sign-in.
    directions: {outbound: single, inbound: single}
    status: current
    app_owner: customer
    registration: {credential: [secret], platform: web, account_types: [single]}
    permissions:
      - {resource: graph, type: delegated, name: POP.AccessAsUser.All, directions: [inbound], need: required}
      - {resource: graph, type: delegated, name: SMTP.Send, directions: [outbound], need: required}
    scopes: {inbound: "https://outlook.office.com/POP.AccessAsUser.All", outbound: "https://outlook.office.com/SMTP.Send"}
    test_scopes: {inbound: "https://outlook.office.com/POP.AccessAsUser.All", outbound: "https://outlook.office.com/SMTP.Send"}
    servers:
      - {direction: inbound, protocol: pop3, host: outlook.office365.com, port: 995, security: tls}
      - {direction: outbound, protocol: smtp, host: smtp.office365.com, port: 587, security: starttls}
    values: [tenant_id, client_id, client_secret, site, flavour]
    proofs:
      - {id: device, title: A device code, change: {screen: Authentication, text: Allow public client flows.}, undo: {screen: Authentication, text: "Forbid them for {{client_id}} again."}}
      - {id: loopback, title: A browser on this computer, redirect: "http://localhost", change: {screen: Authentication, text: Add http://localhost.}, undo: {screen: Authentication, text: Remove it.}}
      - {id: product, title: Waybox alone}
    steps: [{id: open, screen: Admin, text: "Enter {{client_id}} for {{inbound}} at {{site}}."}]
    tests:
      - {id: button-in, by: product, kind: product_button, directions: [inbound], expect: A green light for reading.}
      - {id: button-out, by: product, kind: product_button, directions: [outbound], expect: A green light for sending.}
  - id: graph
    title: As itself over Graph
    provider: microsoft
    transport: graph
    flow: client_credentials
    summary: Waybox signs in as itself.
    directions: {inbound: many, outbound: single}
    status: current
    app_owner: customer
    registration: {credential: [secret], platform: none}
    permissions:
      - {resource: graph, type: delegated, name: User.Read, directions: [inbound, outbound], need: vendor_lists_only}
      - {resource: graph, type: application, name: Mail.ReadWrite, directions: [inbound], need: required}
      - {resource: graph, type: application, name: Mail.Send, directions: [outbound], need: required}
    test_scopes: {inbound: "https://graph.microsoft.com/.default", outbound: "https://graph.microsoft.com/.default"}
    servers:
      - {direction: inbound, protocol: graph, host: graph.microsoft.com, port: 443, security: tls}
      - {direction: outbound, protocol: graph, host: graph.microsoft.com, port: 443, security: tls}
    values: [tenant_id, client_id, client_secret]
  - id: gmail
    title: Gmail
    provider: google
    transport: imap_smtp
    flow: auth_code_product
    summary: Waybox finishes the sign-in at Google.
    directions: {inbound: single}
    status: current
    app_owner: customer
    registration: {credential: [secret], platform: web}
    permissions: [{resource: google, type: delegated, name: "https://mail.google.com/", directions: [inbound], need: required}]
    test_scopes: {inbound: "https://mail.google.com/"}
    servers: [{direction: inbound, protocol: imap, host: imap.gmail.com, port: 993, security: tls}]
    values: [client_id, client_secret]
    proofs:
      - {id: loopback, title: A browser, redirect: "http://127.0.0.1:8421/", secret: true}
      - {id: product, title: Waybox alone}
    tests: [{id: button-gmail, by: product, kind: product_button, directions: [inbound], expect: It reads.}]
  - id: vendor
    title: The vendor's application
    provider: microsoft
    transport: graph
    flow: vendor_app
    summary: The vendor's own application is agreed to.
    directions: {inbound: many}
    status: current
    app_owner: vendor
    registration: {credential: [none], platform: none}
    tests: [{id: connect, by: product, kind: product_button, directions: [inbound], expect: Test Connection says success.}]
`

func (w *world) ways() *world {
	w.road.Catalogue = product.Open(fstest.MapFS{"waybox/product.yaml": &fstest.MapFile{Data: []byte(waysCatalogue)}})
	return w
}

func wayAnswers(route string) Answers {
	answers := Answers{
		Product: "waybox", Route: route, Name: "way", Tenant: testTenant, ClientID: testClient,
		Mailboxes: MailboxAnswers{Inbound: []MailboxAnswer{{Address: "in@contoso.example"}}},
	}
	switch route {
	case "code", "graph":
		answers.Mailboxes.Outbound = &MailboxAnswer{Address: "out@contoso.example"}
	case "gmail":
		answers.Tenant, answers.ClientID = "", "123-abc.apps.googleusercontent.com"
	case "vendor":
		answers.Tenant, answers.ClientID = "", ""
	}
	return answers
}

func TestPlanOfEveryWay(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, route, proof string
		way                Way
		tests              []string // mailbox, server, permission
		signIns            int
	}{
		{"the product's sign-in, by device code", "code", "", ByDeviceCode, []string{
			"out@contoso.example smtp://smtp.office365.com:587 SMTP.Send", "in@contoso.example pop3s://outlook.office365.com:995 POP.AccessAsUser.All"}, 2},
		{"the product's sign-in, in a browser", "code", "loopback", InBrowser, []string{
			"out@contoso.example smtp://smtp.office365.com:587 SMTP.Send", "in@contoso.example pop3s://outlook.office365.com:995 POP.AccessAsUser.All"}, 2},
		{"the product alone", "code", "product", ByProduct, nil, 0},
		{"a proof of another route waits", "gmail", "device", InBrowser, []string{"in@contoso.example imaps://imap.gmail.com:993 https://mail.google.com/"}, 1},
		{"Graph as the app", "graph", "", AsApp, []string{
			"out@contoso.example https://graph.microsoft.com/v1.0 Mail.Send", "in@contoso.example https://graph.microsoft.com/v1.0 Mail.ReadWrite"}, 0},
		{"the vendor's app", "vendor", "", ByProduct, nil, 0},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t).ways()
			plan, err := NewPlan(w.road.Catalogue, wayAnswers(tc.route).With(KeyProof, tc.proof))
			if err != nil {
				t.Fatal(err)
			}
			var tests []string
			for _, test := range plan.Tests {
				tests = append(tests, string(test.Mailbox.Address)+" "+test.Server.String()+" "+test.Needs)
			}
			if plan.Way() != tc.way || !slices.Equal(tests, tc.tests) || len(plan.SignIns) != tc.signIns {
				t.Errorf("way %s, tests %q, %d sign-ins", plan.Way(), tests, len(plan.SignIns))
			}
		})
	}
}

func TestPlanRefusesWhatARouteHasNot(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		answers Answers
		key     Key
		says    string
	}{
		{"a proof that no route has", wayAnswers("code").With(KeyProof, "magic"), KeyProof, `proof "magic" is not one of route code's`},
		{"a proof where none is asked for", wayAnswers("vendor").With(KeyProof, "magic"), KeyProof, "not asked for"},
		{"a GUID for Google", wayAnswers("gmail").With(KeyClientID, testClient), KeyClientID, "not one of Google's"},
		{"no client ID for Google", wayAnswers("gmail").With(KeyClientID, ""), KeyClientID, "missing"},
		{"an outbound mailbox where nothing is sent", wayAnswers("vendor").With(KeyOutbound, "a@contoso.example"), KeyOutbound, "not connected on route vendor"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := NewPlan(newWorld(t).ways().road.Catalogue, tc.answers)
			wrong, ok := err.(AnswerErrors)
			if !ok || wrong[0].Key != tc.key || !strings.Contains(wrong[0].Message, tc.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestQuestionsOfEveryWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t).ways()
	keys := func(route string, name Name) []Key {
		waybox, err := w.road.Catalogue.Product("waybox")
		if err != nil {
			t.Fatal(err)
		}
		chosen, _ := waybox.Route(route)
		state := State{Answers: wayAnswers(route), Product: waybox, Route: chosen}
		var all []Key
		for _, step := range w.road.Setup() {
			if step.Name() != name {
				continue
			}
			if !Applies(step, state) {
				return []Key{"does not apply"}
			}
			for _, q := range step.Ask(state) {
				all = append(all, q.Key)
			}
		}
		return all
	}
	cases := []struct {
		route string
		step  Name
		want  []Key
	}{
		{"code", StepRegistration, []Key{KeyTenant, KeyClientID, KeySecret, KeySecretEnds, "values.site", "values.flavour", KeyName}},
		{"gmail", StepRegistration, []Key{KeyClientID, KeySecret, KeySecretEnds, KeyName}},
		{"vendor", StepRegistration, []Key{KeyName}},
		{"code", StepSignIn, []Key{KeyProof}},
		{"graph", StepSignIn, []Key{"does not apply"}},
		{"vendor", StepSignIn, []Key{"does not apply"}},
		{"vendor", StepTests, []Key{"confirmed.connect"}},
		{"graph", StepTests, []Key{KeySendTo}},
		{"vendor", StepExchange, []Key{"does not apply"}},
	}
	for _, tc := range cases {
		if got := keys(tc.route, tc.step); !slices.Equal(got, tc.want) {
			t.Errorf("route %s, step %s asks %v, want %v", tc.route, tc.step, got, tc.want)
		}
	}
}

func TestInsteadKeepsTheValues(t *testing.T) {
	t.Parallel()
	w := newWorld(t).ways()
	waybox, _ := w.road.Catalogue.Product("waybox")
	code, _ := waybox.Route("code")
	state := State{Answers: wayAnswers("code"), Product: waybox, Route: code}
	instead, title, ok := state.Instead()
	if !ok || instead.Way() != InBrowser || title != "A browser on this computer" || instead.Answers.ClientID != testClient || instead.Route != code {
		t.Errorf("instead of a device code: %v %q %v", ok, title, instead.Way())
	}
	agiloft, _ := product.Embedded().Product("agiloft")
	device, _ := agiloft.Route(routePerson)
	state = State{Answers: testAnswers(routePerson, ""), Product: agiloft, Route: device}
	instead, _, ok = state.Instead()
	if !ok || instead.Route.ID != routeApp || instead.Answers.Route != routeApp || instead.Answers.Tenant != testTenant || instead.Product != agiloft {
		t.Errorf("instead of Agiloft's device route: %v %v", ok, instead.Answers)
	}
	vendor, _ := waybox.Route("vendor")
	if _, _, ok := (State{Product: waybox, Route: vendor, Answers: wayAnswers("vendor")}).Instead(); ok {
		t.Error("the vendor's application has another way")
	}
}

func TestSecretIsTriedBeforeAnybodySignsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t).ways()
	w.entra.refuse = func(providers.AppCredential) error { return aadsts(7000222) }
	start := State{Answers: wayAnswers("code")}.WithSecret(keychain.NewSecret(testSecret))
	_, err := w.walk(t.Context(), start, StepSignIn)
	if problem := problemOf(t, err); problem.Diagnoses[0].Cause != "secret-expired" || problem.Key != KeySecret {
		t.Errorf("%+v", problem)
	}
	if w.entra.asked("device") != 0 {
		t.Error("somebody was asked to sign in with a secret that is over")
	}
	if w.entra.asked("app "+anyAPI) != 1 {
		t.Errorf("asked %v", w.entra.log)
	}
}

func TestBrowserSignInTellsWhatToOpen(t *testing.T) {
	t.Parallel()
	cases := []struct {
		route, proof, redirect string
		secret                 bool
	}{
		{"code", "loopback", "http://localhost", false},
		{"gmail", "loopback", "http://127.0.0.1:8421/", true},
	}
	for _, tc := range cases {
		t.Run(tc.route, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t).ways()
			start := State{Answers: wayAnswers(tc.route).With(KeyProof, tc.proof)}.WithSecret(keychain.NewSecret(testSecret))
			state, err := w.walk(t.Context(), start, StepSignIn)
			if err != nil {
				t.Fatal(err)
			}
			pages := seen[PageOpened](w)
			if len(pages) == 0 || pages[0].Page.Redirect != tc.redirect || pages[0].Number != 1 || pages[0].Total != len(pages) {
				t.Errorf("%+v", pages)
			}
			secret := "secret false"
			if tc.secret {
				secret = "secret true"
			}
			for _, line := range w.entra.log {
				if strings.HasPrefix(line, "browser") && !strings.Contains(line, secret) {
					t.Errorf("%s, want %s", line, secret)
				}
			}
			if len(seen[CodeIssued](w)) != 0 {
				t.Error("a device code was asked for")
			}
			if plan, _ := w.road.plan(state.Answers); !haveTokens(plan, state.Grants) {
				t.Error("a token is missing")
			}
		})
	}
}

func TestOnlyAPersonConfirmsWhatOnlyTheProductProves(t *testing.T) {
	t.Parallel()
	w := newWorld(t).ways()
	start := State{Answers: wayAnswers("vendor")}
	state, err := w.walk(t.Context(), start, StepVerified)
	problem := problemOf(t, err)
	if len(problem.Needs) != 1 || problem.Needs[0].What != needProductTest || !strings.Contains(problem.Needs[0].Text, "connect") {
		t.Errorf("needs %+v", problem.Needs)
	}
	if report := state.Report(w.road, err); report.Verified || report.State != StateDraft || report.Kept() || len(report.Needs) != 1 {
		t.Errorf("before: %+v", report)
	}
	if w.entra.asked("") != 0 {
		t.Errorf("the customer has no application, but this was asked: %v", w.entra.log)
	}
	state, err = w.walk(t.Context(), State{Answers: start.Answers.With("confirmed.connect", Yes)}, StepVerified)
	if err != nil {
		t.Fatal(err)
	}
	connection := w.reread("way")
	if report := state.Report(w.road, nil); report.Verified || report.State != StateConfirmed || !report.Kept() {
		t.Errorf("after: %+v", report)
	}
	if connection.State() != StateConfirmed || connection.Verified != nil || connection.Secret != "" || !slices.Equal(connection.Confirmation.Tests, []string{"connect"}) {
		t.Errorf("%+v", connection)
	}
	connection.Answers = connection.With("mailboxes.inbound.0", "other@contoso.example")
	if connection.State() != StateStale {
		t.Errorf("with another mailbox it is %s", connection.State())
	}
}

func TestCheckOfAConfirmedConnectionNeedsThePersonAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t).ways()
	state, err := w.walk(t.Context(), State{Answers: wayAnswers("vendor").With("confirmed.connect", Yes)}, StepVerified)
	if err != nil {
		t.Fatal(err)
	}
	report, err := w.road.Check(t.Context(), state.Saved.Connection, "", w.emit)
	if err != nil || report.State != StateConfirmed || report.Verified || len(report.Results) != 0 || len(report.Needs) != 1 {
		t.Errorf("%v %+v", err, report)
	}
}

func TestRotateWhereThePersonSignsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t).ways()
	answers := wayAnswers("code").With(KeyProof, "product").With("confirmed.button-in", Yes).With("confirmed.button-out", Yes)
	state, err := w.walk(t.Context(), State{Answers: answers}.WithSecret(keychain.NewSecret(testSecret)), StepVerified)
	if err != nil {
		t.Fatal(err)
	}
	old := w.reread(state.Saved.Connection.Name)
	w.entra.refuse = func(credential providers.AppCredential) error {
		if credential.Secret.Reveal() != newSecret {
			return aadsts(7000222)
		}
		return nil
	}
	if _, err := w.road.Rotate(t.Context(), old, keychain.NewSecret("wrong"+newSecret), "", w.emit); err == nil || w.kept(old) != testSecret {
		t.Errorf("a refused secret took the place of the old one: %v", err)
	}
	report, err := w.road.Rotate(t.Context(), old, keychain.NewSecret(newSecret), "2030-01-01", w.emit)
	if err != nil || report.State != StateConfirmed || report.Verified || len(report.Needs) != 2 || w.kept(old) != newSecret {
		t.Errorf("%v %+v", err, report)
	}
	if after := w.reread("way"); after.SecretEnds != "2030-01-01" || after.State() != StateConfirmed {
		t.Errorf("%+v", after)
	}
}

func TestPlacesUndoTheTemporaryChangeFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t).ways()
	plan, err := NewPlan(w.road.Catalogue, wayAnswers("code"))
	if err != nil {
		t.Fatal(err)
	}
	places := plan.Places()
	if len(places) != 2 || !places[0].Undo || places[0].Text != "Forbid them for "+testClient+" again." {
		t.Fatalf("%+v", places)
	}
	if want := "Enter " + testClient + " for in@contoso.example at https://waybox.example."; places[1].Text != want {
		t.Errorf("%q, want %q", places[1].Text, want)
	}
}

func TestChecklistKnowsTheTokensAPI(t *testing.T) {
	t.Parallel()
	w := newWorld(t).ways()
	w.entra.claims = func(string, providers.Address) providers.Claims {
		return providers.Claims{Audience: "https://graph.microsoft.com", Roles: []string{"Mail.ReadWrite", "User.Read", "Files.ReadWrite.All"}, Readable: true}
	}
	state, err := w.walk(t.Context(), State{Answers: wayAnswers("graph")}.WithSecret(keychain.NewSecret(testSecret)), StepPermissions)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]LineState{}
	for _, line := range state.Checklist {
		got[line.Permission.Resource+" "+line.Permission.Type+" "+line.Permission.Name] = line.State
	}
	for line, want := range map[string]LineState{
		"graph application Mail.ReadWrite":      Granted,
		"graph application Mail.Send":           Missing,
		"graph delegated User.Read":             Unneeded,
		"graph application Files.ReadWrite.All": Surplus,
	} {
		if got[line] != want {
			t.Errorf("%s is %q, want %q", line, got[line], want)
		}
	}
}

func TestAlternativesDecideThePermissionsAndTheScript(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	has := func(answers Answers) (permission, mailboxGrant, role bool) {
		plan, err := NewPlan(w.road.Catalogue, answers)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range plan.Permissions() {
			permission = permission || one.Name == "SMTP.SendAsApp"
		}
		for _, command := range plan.ExchangeCommands(testObject) {
			run := strings.Join(command.Run, "\n")
			mailboxGrant = mailboxGrant || strings.Contains(run, `Add-MailboxPermission -Identity "crm@contoso.example"`)
			role = role || strings.Contains(run, "New-ManagementRoleAssignment")
		}
		return permission, mailboxGrant, role
	}
	if permission, grant, role := has(testAnswers(routeApp, "")); !permission || !grant || role {
		t.Errorf("by default: permission %v, mailbox grant %v, role %v", permission, grant, role)
	}
	if permission, grant, role := has(testAnswers(routeApp, "").With("values.smtp_access", "outbound-role")); permission || grant || !role {
		t.Errorf("with the role: permission %v, mailbox grant %v, role %v", permission, grant, role)
	}
	_, err := NewPlan(w.road.Catalogue, testAnswers(routeApp, "").With("values.smtp_access", "magic"))
	if wrong, ok := err.(AnswerErrors); !ok || wrong[0].Key != "values.smtp_access" || !strings.Contains(wrong[0].Fix, "outbound-role") {
		t.Errorf("got %v", err)
	}
}

func TestARouteThatADateStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	therefore, err := w.road.Catalogue.Product("therefore")
	if err != nil {
		t.Fatal(err)
	}
	ews, _ := therefore.Route("ms-ews-cc")
	if err := w.road.Stopped(therefore, ews); err != nil {
		t.Errorf("in November 2026 EWS is stopped: %v", err)
	}
	w.now = time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)
	if err := w.road.Stopped(therefore, ews); err == nil || !strings.Contains(err.Error(), "EWS") {
		t.Errorf("in April 2027 it is not: %v", err)
	}
}

func TestWhatNobodyPublishedIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan, err := NewPlan(w.road.Catalogue, testAnswers("ms-graph-cc", ""))
	if err != nil {
		t.Fatal(err)
	}
	if open := plan.Unpublished(); len(open) == 0 {
		t.Error("Agiloft's text for Graph is not public, and nothing says so")
	}
	if plan, _ = NewPlan(w.road.Catalogue, testAnswers(routeApp, "")); len(plan.Unpublished()) != 0 {
		t.Errorf("%+v", plan.Unpublished())
	}
}

func TestSharedMailboxesOverGraphNeedTheirOwnPermission(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answers := Answers{
		Product: "flexdeploy", Route: "ms-graph-code", Tenant: testTenant, ClientID: testClient,
		Mailboxes: MailboxAnswers{
			Outbound: &MailboxAnswer{Address: "noreply@contoso.example", SignedInAs: "svc@contoso.example"},
			Inbound:  []MailboxAnswer{{Address: "svc@contoso.example", Folder: "Approvals"}},
		},
		Values: map[string]string{"server_base_url": "https://flexdeploy.contoso.example"},
	}
	plan, err := NewPlan(w.road.Catalogue, answers)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ needs, scope string }{
		{"Mail.Send.Shared", "https://graph.microsoft.com/Mail.Send.Shared"},
		{"Mail.ReadWrite", "https://graph.microsoft.com/Mail.ReadWrite"},
	} {
		if test := plan.Tests[i]; test.Needs != want.needs || test.Scope != want.scope {
			t.Errorf("%s needs %s and asks for %s, want %+v", test.Mailbox.Address, test.Needs, test.Scope, want)
		}
	}
	if len(plan.SignIns) != 1 || len(plan.SignIns[0].Scopes) != 2 {
		t.Errorf("one account signs in once for both: %+v", plan.SignIns)
	}
	named := func(one product.Permission) bool { return one.Name == "Mail.Send.Shared" && one.Must() }
	if !slices.ContainsFunc(plan.Permissions(), named) {
		t.Errorf("the checklist lacks Mail.Send.Shared: %+v", plan.Permissions())
	}
}

func TestARefusedCodeOffersTheOtherProof(t *testing.T) {
	t.Parallel()
	blocked := func(ctx context.Context, _ providers.Address) (providers.Address, error) { return "", aadsts(53003) }
	w := newWorld(t).ways()
	w.entra.person = blocked
	start := State{Answers: wayAnswers("code")}.WithSecret(keychain.NewSecret(testSecret))
	_, err := w.walk(t.Context(), start, StepSignIn)
	problem := problemOf(t, err)
	last := problem.Diagnoses[0].Fixes[len(problem.Diagnoses[0].Fixes)-1]
	if problem.Mend != StepSignIn || problem.Key != KeyProof || !strings.Contains(last.Text, "values.proof: loopback") {
		t.Errorf("mended at %s %s by %q", problem.Mend, problem.Key, last.Text)
	}
	w = newWorld(t)
	w.entra.person = blocked
	_, err = w.walk(t.Context(), w.state(routePerson), StepSignIn)
	if problem = problemOf(t, err); problem.Mend != StepRoute {
		t.Errorf("where the product itself needs the code it is mended at %s", problem.Mend)
	}
}
