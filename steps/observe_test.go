package steps

import (
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

func TestTheOtherWayDecidesBetweenCauses(t *testing.T) {
	t.Parallel()
	const refused = "535 5.7.3 Authentication unsuccessful"
	cases := []struct {
		name  string
		plant func(*world)
		mail  string // a command refused, protocol first, for everybody
		cause diagnosis.Cause
		asks  string // a sign-in that was made to decide
	}{
		{"SMTP refused, the same mailbox signs in over IMAP", nil, "smtp AUTH " + refused, diagnosis.MailboxPermissionMissing, "imap crm@contoso.example"},
		{"SMTP and IMAP refused", nil, "* AUTH " + refused, diagnosis.ServicePrincipalMissing, "imap crm@contoso.example"},
		{"IMAP not connected, SMTP signs in", nil, "imap EXAMINE " + notGranted, diagnosis.IMAPDisabledMailbox, "smtp contracts@contoso.example"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			words := strings.SplitN(tc.mail, " ", 3)
			w.mail.refuse = func(protocol, command, _ string) string {
				switch {
				case words[0] == "*" && command == "AUTHENTICATE":
					return "NO AUTHENTICATE failed."
				case (words[0] == "*" || words[0] == protocol) && command == words[1]:
					return words[2]
				}
				return ""
			}
			start := w.state(routeApp)
			if words[0] == "smtp" || words[0] == "*" {
				start.Answers.Mailboxes.Inbound = nil
			} else {
				start.Answers.Mailboxes.Outbound = nil
			}
			_, err := w.walk(t.Context(), start, StepTests)
			found := problemOf(t, err).Diagnoses
			if found[0].Cause != tc.cause {
				t.Errorf("cause %s, want %s", found[0].Cause, tc.cause)
			}
			if !strings.Contains(strings.Join(w.mail.signedIn(), ","), tc.asks) {
				t.Errorf("%s was not tried: %v", tc.asks, w.mail.signedIn())
			}
			if len(w.mail.sent) != 0 {
				t.Errorf("an observation sent mail: %v", w.mail.sent)
			}
		})
	}
}

func TestTheOtherWayIsNotTriedWithoutItsPermission(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.entra.claims = func(scope string, user providers.Address) providers.Claims {
		claims := fullClaims(scope, user)
		claims.Roles = []string{"IMAP.AccessAsApp"}
		return claims
	}
	w.mail.refuse = refusing("imap", "EXAMINE", notGranted)
	start := w.state(routeApp)
	start.Answers.Mailboxes.Outbound = nil
	_, err := w.walk(t.Context(), start, StepTests)
	if cause := problemOf(t, err).Diagnoses[0].Cause; cause != diagnosis.MailboxPermissionMissing {
		t.Errorf("cause %s", cause)
	}
	if got := strings.Join(w.mail.signedIn(), ","); got != "imap contracts@contoso.example" {
		t.Errorf("signed in %s", got)
	}
}

func TestAPersonsOtherWayIsAskedForWithoutThePerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.mail.refuse = refusing("imap", "AUTHENTICATE", "NO AUTHENTICATE failed.")
	start := w.state(routePerson)
	start.Answers.Mailboxes.Outbound = nil
	_, err := w.walk(t.Context(), start, StepTests)
	if cause := problemOf(t, err).Diagnoses[0].Cause; cause != diagnosis.IMAPDisabledMailbox {
		t.Errorf("cause %s", cause)
	}
	if w.entra.asked("another https://outlook.office.com/SMTP.Send") != 1 || w.entra.asked("device") != 1 {
		t.Errorf("asked %v", w.entra.log)
	}
}

func TestARetriedTestIsJudgedBesideThoseThatPassed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.mail.refuse = func(protocol, command, user string) string {
		if protocol == "imap" && command == "AUTHENTICATE" && user == "b@contoso.example" || protocol == "smtp" && command == "AUTH" && user == "b@contoso.example" {
			return map[string]string{"imap": "NO AUTHENTICATE failed.", "smtp": "535 5.7.3 Authentication unsuccessful"}[protocol]
		}
		return ""
	}
	start := w.state(routeApp)
	start.Answers = start.Answers.With("mailboxes.inbound.1", "b@contoso.example")
	state, err := w.walk(t.Context(), start, StepTests)
	first := problemOf(t, err).Diagnoses[0].Cause
	_, err = w.road.TestAgain(t.Context(), state, w.emit)
	if again := problemOf(t, err).Diagnoses[0].Cause; again != first || first != diagnosis.MailboxPermissionMissing {
		t.Errorf("first %s, then %s", first, again)
	}
}

func TestClaimsWarnAndNeverStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan := w.plan(routeApp)
	plan.ObjectID = testObject
	full := fullClaims("", "")
	change := func(edit func(*providers.Claims)) providers.Claims {
		claims := full
		edit(&claims)
		return claims
	}
	cases := []struct {
		name   string
		claims providers.Claims
		want   providers.Outcome
		says   string
	}{
		{"all there", full, providers.Passed, "SMTP.SendAsApp is in the token"},
		{"not readable", providers.Claims{}, providers.Skipped, "cannot be read"},
		{"permission missing", change(func(c *providers.Claims) { c.Roles = []string{"IMAP.AccessAsApp"} }), providers.Warned, "SMTP.SendAsApp is not in the token, which shows IMAP.AccessAsApp"},
		{"no permission", change(func(c *providers.Claims) { c.Roles = nil }), providers.Warned, "no permission at all"},
		{"for Graph", change(func(c *providers.Claims) { c.Audience = "https://graph.microsoft.com" }), providers.Warned, "not for Exchange Online"},
		{"for Graph, by its number", change(func(c *providers.Claims) { c.Audience = "00000003-0000-0000-c000-000000000000" }), providers.Warned, "not for Exchange Online"},
		{"ended", change(func(c *providers.Claims) { c.Expires = testNow }), providers.Warned, "ended at"},
		{"another enterprise application", change(func(c *providers.Claims) { c.ObjectID = testClient }), providers.Warned, "object ID is " + testClient},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			layer := claimsLayer(plan, plan.Tests[0], Grant{Grant: providers.Grant{Claims: tc.claims}}, testNow)
			if layer.Outcome != tc.want || !strings.Contains(layer.Detail, tc.says) {
				t.Errorf("%+v", layer)
			}
		})
	}
	byRole := plan.Tests[0]
	byRole.Needs = ""
	if layer := claimsLayer(plan, byRole, Grant{Grant: providers.Grant{Claims: full}}, testNow); layer.Outcome != providers.Skipped || !strings.Contains(layer.Detail, "a role in Exchange") {
		t.Errorf("granted by a role: %+v", layer)
	}
	w.entra.claims = func(string, providers.Address) providers.Claims { return providers.Claims{Readable: true} }
	state, err := w.walk(t.Context(), w.state(routeApp), StepVerified)
	if err != nil || state.Saved == nil || layerOutcome(state.Results[0].Result, providers.LayerClaims) != providers.Warned {
		t.Errorf("a server that accepts a token without the role proves it: %v, %+v", err, state.Results)
	}
}
