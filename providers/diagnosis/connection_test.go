package diagnosis

import (
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

const (
	clientID  = "11111111-2222-3333-4444-555555555555"
	objectID  = "66666666-7777-8888-9999-000000000000"
	otherID   = "99999999-aaaa-bbbb-cccc-dddddddddddd"
	tenantID  = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
	contracts = "contracts@contoso.example"
	outlook   = "https://outlook.office365.com"
)

// appOnly is the evidence of a healthy app-only connection; changes make it less so.
func appOnly(changes ...func(*Evidence)) Evidence {
	return changed(Evidence{
		AppOnly: true, Tenant: "contoso.example", ClientID: clientID, ObjectID: objectID, Mailbox: contracts, Sender: contracts,
		Host: "outlook.office365.com:993",
		Claims: providers.Claims{
			Audience: outlook, TenantID: tenantID, ClientID: clientID, ObjectID: objectID,
			Roles: []string{"IMAP.AccessAsApp", "SMTP.SendAsApp", "POP.AccessAsApp"}, Readable: true,
		},
	}, changes)
}

// delegated is the evidence of a healthy connection that a person signed in to.
func delegated(changes ...func(*Evidence)) Evidence {
	return changed(Evidence{
		Tenant: "contoso.example", ClientID: clientID, Mailbox: contracts, SignIn: contracts, Sender: contracts,
		Host: "outlook.office365.com:993",
		Claims: providers.Claims{
			Audience: "https://outlook.office.com/", TenantID: tenantID, ClientID: clientID, User: "Contracts@contoso.example",
			Scopes: []string{"IMAP.AccessAsUser.All", "SMTP.Send", "POP.AccessAsUser.All"}, Readable: true,
		},
	}, changes)
}

func changed(e Evidence, changes []func(*Evidence)) Evidence {
	for _, change := range changes {
		change(&e)
	}
	return e
}

func tokenEnded(e *Evidence) { e.TokenExpired = true }
func roles(names ...string) func(*Evidence) {
	return func(e *Evidence) { e.Claims.Roles = names }
}
func scopes(names ...string) func(*Evidence) {
	return func(e *Evidence) { e.Claims.Scopes = names }
}
func audience(of string) func(*Evidence) { return func(e *Evidence) { e.Claims.Audience = of } }
func signedInAs(user string) func(*Evidence) {
	return func(e *Evidence) { e.Claims.User = user }
}
func mustSignIn(user providers.Address) func(*Evidence) {
	return func(e *Evidence) { e.SignIn = user }
}
func unreadable(e *Evidence)             { e.Claims = providers.Claims{} }
func noObjectID(e *Evidence)             { e.ObjectID = "" }
func registrationsID(e *Evidence)        { e.ObjectID = otherID }
func anySASL(o Observed) func(*Evidence) { return func(e *Evidence) { e.AnySASL = o } }
func otherWay(o Observed) func(*Evidence) {
	return func(e *Evidence) { e.OtherWay = o }
}
func folder(name string) func(*Evidence) { return func(e *Evidence) { e.Folder = name } }
func host(address string) func(*Evidence) {
	return func(e *Evidence) { e.Host = address }
}

// ranking is what a diagnosis comes down to: "certain cause" or "likely cause, possible cause, …".
func ranking(diagnoses []Diagnosis) string {
	var ranked []string
	for _, d := range diagnoses {
		ranked = append(ranked, string(d.Certainty)+" "+string(d.Cause))
	}
	return strings.Join(ranked, ", ")
}

// expectRanking compares, and checks what must hold of every diagnosis.
func expectRanking(t *testing.T, got []Diagnosis, want string) {
	t.Helper()
	if ranking(got) != want {
		t.Errorf("got  %s\nwant %s", ranking(got), want)
	}
	expectUsable(t, got)
}

func expectUsable(t *testing.T, diagnoses []Diagnosis) {
	t.Helper()
	if len(diagnoses) == 0 {
		t.Fatal("no diagnosis at all")
	}
	for i, d := range diagnoses {
		if d.Owner == "" || d.Layer == "" || d.Summary == "" || len(d.Fixes) == 0 {
			t.Errorf("incomplete: %+v", d)
		}
		if (d.Certainty == Certain) != (d.Decides == "") && d.Cause != "" {
			t.Errorf("%s is %s, and what decides is %q", d.Cause, d.Certainty, d.Decides)
		}
		if i > 0 && d.Certainty != Possible {
			t.Errorf("%s stands at place %d and is %s", d.Cause, i+1, d.Certainty)
		}
	}
}

func noon() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }
