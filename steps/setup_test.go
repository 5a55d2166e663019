package steps

import (
	"os"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func TestSetupFromProductToFile(t *testing.T) {
	t.Parallel()
	for _, route := range []string{routeApp, routePerson} {
		t.Run(route, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			start := w.state(route)
			start.Answers.SendTo = "contracts@contoso.example"
			state, err := w.walk(t.Context(), start, StepVerified)
			if err != nil {
				t.Fatal(err)
			}
			if state.Saved == nil || state.Verified == nil || len(state.Results) != 2 {
				t.Fatalf("saved %v, verified %v, %d results", state.Saved, state.Verified, len(state.Results))
			}
			for _, text := range state.Texts {
				if !text.OK || text.How == "" {
					t.Errorf("text %s was not proved: %s", text.Artefact, text.Detail)
				}
			}
			connection := w.reread("contoso")
			if connection.State() != StateVerified {
				t.Errorf("state after saving is %s", connection.State())
			}
			if want := []string{"imap contracts@contoso.example", "smtp crm@contoso.example"}; strings.Join(w.mail.signedIn(), ",") != strings.Join(want, ",") {
				t.Errorf("signed in %v, want %v", w.mail.signedIn(), want)
			}
			if len(w.mail.sent) != 2 {
				t.Errorf("one message has a MAIL and a RCPT, not %v", w.mail.sent)
			}
			file, err := os.ReadFile(state.Saved.Path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(file), testSecret) || strings.Contains(string(file), "token \"") {
				t.Errorf("the file holds a secret:\n%s", file)
			}
			wantKept := ""
			if route == routeApp {
				wantKept = testSecret
			}
			if got := w.kept(connection); got != wantKept {
				t.Errorf("the store has %q", got)
			}
			report := state.Report(w.road, nil)
			if !report.Verified || report.State != StateVerified || report.Path != state.Saved.Path || report.Name != "contoso" {
				t.Errorf("report %+v", report)
			}
		})
	}
}

func TestTokensAreAskedForOncePerScope(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.walk(t.Context(), w.state(routeApp), StepVerified); err != nil {
		t.Fatal(err)
	}
	if n := w.entra.asked("app"); n != 1 {
		t.Errorf("asked for a token %d times: %v", n, w.entra.log)
	}
	if n := w.entra.asked("replay"); n != 1 {
		t.Errorf("six equal requests in two texts were sent %d times", n)
	}
}

func TestOneSignInPerAccountOutboundFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	start := w.state(routePerson)
	start.Answers.Mailboxes.Inbound = append(start.Answers.Mailboxes.Inbound, MailboxAnswer{Address: "CRM@contoso.example"})
	if _, err := w.walk(t.Context(), start, StepTests); err != nil {
		t.Fatal(err)
	}
	codes := seen[CodeIssued](w)
	if len(codes) != 2 || codes[0].Account != "crm@contoso.example" || codes[0].Number != 1 || codes[0].Total != 2 {
		t.Errorf("codes %+v", codes)
	}
	if want := "device https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All"; w.entra.asked(want) != 1 {
		t.Errorf("the account that sends and reads signs in once for both: %v", w.entra.log)
	}
}

func TestStepsLeadToWhatMendsTheirFailure(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		route string
		plant func(*world)
		last  Name
		cause string
		mend  Name
		needs string
	}{
		{"secret expired", routeApp, func(w *world) { w.entra.refuse = func(providers.AppCredential) error { return aadsts(7000222) } },
			StepRegistration, "secret-expired", StepRegistration, ""},
		{"tenant unknown", routeApp, func(w *world) { w.entra.lookUp = aadsts(90002) },
			StepRegistration, "tenant-not-found", StepRegistration, ""},
		{"app unknown in the tenant", routeApp, func(w *world) { w.entra.refuse = func(providers.AppCredential) error { return aadsts(700016) } },
			StepRegistration, "app-not-in-tenant", StepRegistration, ""},
		{"mailbox not granted", routeApp, func(w *world) {
			w.mail.refuse = refusing("imap", "EXAMINE", "NO User is authenticated but not connected.")
		},
			StepTests, "", StepExchange, ""},
		{"SMTP switched off", routeApp, func(w *world) {
			w.mail.refuse = refusing("smtp", "AUTH", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.")
		}, StepTests, "smtp-auth-disabled-mailbox", StepExchange, ""},
		{"folder missing", routeApp, func(w *world) { w.mail.refuse = refusing("imap", "EXAMINE", "NO [NONEXISTENT] no such mailbox") },
			StepTests, "imap-folder-missing", StepMailboxes, ""},
		{"consent missing", routePerson, func(w *world) { w.entra.person = refusesWith(aadsts(65001)) },
			StepSignIn, "consent-missing", StepPermissions, "consent"},
		{"device code blocked", routePerson, func(w *world) { w.entra.person = refusesWith(aadsts(53003)) },
			StepSignIn, "conditional-access-blocked", StepRoute, ""},
		{"declined", routePerson, func(w *world) {
			w.entra.person = refusesWith(&providers.AuthorityError{Status: 400, Code: "authorization_declined"})
		}, StepSignIn, "device-code-declined", StepSignIn, "sign-in"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			tc.plant(w)
			state, err := w.walk(t.Context(), w.state(tc.route), tc.last)
			problem := problemOf(t, err)
			if got := string(problem.Diagnoses[0].Cause); tc.cause != "" && got != tc.cause {
				t.Errorf("cause %s, want %s", got, tc.cause)
			}
			if problem.Mend != tc.mend {
				t.Errorf("%s leads to %q, want %q", problem.Diagnoses[0].Cause, problem.Mend, tc.mend)
			}
			if got := needNames(problem.Needs); got != tc.needs {
				t.Errorf("needs %q, want %q", got, tc.needs)
			}
			if report := state.Report(w.road, err); report.Verified || report.State != StateDraft {
				t.Errorf("a failed setup is reported as %s", report.State)
			}
		})
	}
}

func needNames(needs []Need) string {
	var names []string
	for _, need := range needs {
		if len(names) == 0 || names[len(names)-1] != need.What {
			names = append(names, need.What)
		}
	}
	return strings.Join(names, " ")
}

// refusing answers one command of one protocol.
func refusing(protocol, command, answer string) func(string, string, string) string {
	return func(p, c, _ string) string {
		if p == protocol && c == command {
			return answer
		}
		return ""
	}
}
