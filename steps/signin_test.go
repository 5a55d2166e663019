package steps

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// refusesWith is a person whose sign-in the service refuses.
func refusesWith(err error) func(context.Context, providers.Address) (providers.Address, error) {
	return func(context.Context, providers.Address) (providers.Address, error) { return "", err }
}

// comesAs is a person who signs in with an account of their own choice.
func comesAs(account providers.Address) func(context.Context, providers.Address) (providers.Address, error) {
	return func(context.Context, providers.Address) (providers.Address, error) { return account, nil }
}

// never is a person who does not come.
func never(ctx context.Context, _ providers.Address) (providers.Address, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

func TestAnotherAccountIsAskedAbout(t *testing.T) {
	t.Parallel()
	allow := func(context.Context, *providers.WrongAccount) bool { return true }
	refuse := func(context.Context, *providers.WrongAccount) bool { return false }
	cases := []struct {
		name    string
		comes   providers.Address
		ask     func(context.Context, *providers.WrongAccount) bool
		refused bool
	}{
		{"the mailbox itself", "crm@contoso.example", refuse, false},
		{"the mailbox in other case", "CRM@Contoso.Example", refuse, false},
		{"a token that does not say who", "", refuse, false},
		{"another, nobody to ask", "eve@contoso.example", nil, true},
		{"another, refused", "eve@contoso.example", refuse, true},
		{"another, allowed", "eve@contoso.example", allow, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.road.AskAccount, w.entra.person = tc.ask, comesAs(tc.comes)
			start := w.state(routePerson)
			start.Answers.Mailboxes.Inbound = nil
			state, err := w.walk(t.Context(), start, StepSignIn)
			if !tc.refused {
				if err != nil || len(state.Grants.made) != 1 {
					t.Fatalf("%d sign-ins: %v", len(state.Grants.made), err)
				}
				return
			}
			problem := problemOf(t, err)
			if problem.Diagnoses[0].Cause != "wrong-user-signed-in" || len(problem.Needs) == 0 || len(state.Grants.made) != 0 {
				t.Errorf("%+v with %d sign-ins kept", problem.Diagnoses[0], len(state.Grants.made))
			}
		})
	}
}

func TestAnAllowedAccountIsTheOneThatSignsInFromThenOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.road.AskAccount = func(context.Context, *providers.WrongAccount) bool { return true }
	w.entra.person = func(_ context.Context, wanted providers.Address) (providers.Address, error) {
		if wanted == "crm@contoso.example" {
			return "svc@contoso.example", nil
		}
		return wanted, nil
	}
	state, err := w.walk(t.Context(), w.state(routePerson), StepVerified)
	if err != nil {
		t.Fatal(err)
	}
	if got := state.Answers.Get(KeyOutboundAs); got != "svc@contoso.example" {
		t.Errorf("signs in as %q", got)
	}
	if want := []string{"imap contracts@contoso.example", "smtp svc@contoso.example"}; !slices.Equal(w.mail.signedIn(), want) || w.entra.asked("device") != 2 {
		t.Errorf("signed in %v with %d codes", w.mail.signedIn(), w.entra.asked("device"))
	}
	w.road.AskAccount = nil
	w.entra.person = nil
	if _, err := w.road.Check(t.Context(), w.reread("contoso"), "", w.emit); err != nil {
		t.Errorf("a later check expects another account: %v", err)
	}
}

func TestNobodyThereMeansNoCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.road.Unattended = true
	state, err := w.walk(t.Context(), w.state(routePerson), StepVerified)
	problem := problemOf(t, err)
	if w.entra.asked("device") != 0 {
		t.Error("a code was asked for that nobody can use")
	}
	if len(problem.Needs) != 2 || problem.Needs[0].What != "sign-in" || problem.Mend != StepSignIn {
		t.Errorf("needs %+v, mend %s", problem.Needs, problem.Mend)
	}
	report := state.Report(w.road, err)
	if report.Verified || len(report.Results) != 0 || report.Needs[0].Command != "mailgrant setup --wait 15m --answers FILE" {
		t.Errorf("report %+v", report)
	}
}

func TestWaitingForAPersonEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.road.Unattended, w.road.SignInWait, w.entra.person = true, 10*time.Minute, never
		began := time.Now()
		_, err := w.walk(t.Context(), w.state(routePerson), StepSignIn)
		problem := problemOf(t, err)
		if waited := time.Since(began); waited != 10*time.Minute {
			t.Errorf("waited %s", waited)
		}
		if needNames(problem.Needs) != "sign-in" || problem.Error() != "nobody signed in as crm@contoso.example within 10m0s" {
			t.Errorf("%v with %v", problem, problem.Needs)
		}
	})
}

func TestSignInJustAtTheEndCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.road.SignInWait = time.Minute
		w.entra.person = func(ctx context.Context, wanted providers.Address) (providers.Address, error) {
			<-ctx.Done()
			return wanted, nil
		}
		if _, err := w.walk(t.Context(), w.state(routePerson), StepSignIn); err != nil {
			t.Error(err)
		}
	})
}

func TestLaterSignInFailingKeepsTheEarlierOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.entra.person = func(_ context.Context, wanted providers.Address) (providers.Address, error) {
		if wanted == "contracts@contoso.example" {
			return "", &providers.DeviceCodeExpired{At: testNow}
		}
		return wanted, nil
	}
	state, err := w.walk(t.Context(), w.state(routePerson), StepSignIn)
	if problem := problemOf(t, err); problem.Diagnoses[0].Cause != "device-code-expired" {
		t.Fatalf("%+v", problem.Diagnoses[0])
	}
	w.entra.person = nil
	if _, err := (signInStep{w.road}).Do(t.Context(), state, w.emit); err != nil {
		t.Fatal(err)
	}
	if n := w.entra.asked("device"); n != 3 {
		t.Errorf("%d codes: the account that had signed in is asked again", n)
	}
}

func TestCancelledSignInEndsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.entra.person = func(waiting context.Context, _ providers.Address) (providers.Address, error) {
		cancel()
		return never(waiting, "")
	}
	if _, err := w.walk(ctx, w.state(routePerson), StepSignIn); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

func TestTestsWithoutASignInLeadToIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	state, err := w.walk(t.Context(), w.state(routePerson), StepSignIn)
	if err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(2 * time.Hour) // the tokens have ended
	if _, err = (testStep{w.road}).Do(t.Context(), state, w.emit); problemOf(t, err).Mend != StepSignIn {
		t.Errorf("leads to %q", problemOf(t, err).Mend)
	}
}

func TestRefusedSignInIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.entra.claims = func(string, providers.Address) providers.Claims {
		return providers.Claims{Readable: true, TenantID: testTenant, ClientID: testClient, Audience: "https://outlook.office365.com", User: "crm@contoso.example", Scopes: []string{"User.Read"}}
	}
	w.mail.refuse = refusing("smtp", "AUTH", "535 5.7.3 Authentication unsuccessful")
	start := w.state(routePerson)
	start.Answers.Mailboxes.Inbound = nil
	state, err := w.walk(t.Context(), start, StepTests)
	if problem := problemOf(t, err); problem.Diagnoses[0].Cause != "scope-missing" || problem.Mend != StepPermissions {
		t.Fatalf("%+v", problem.Diagnoses[0])
	}
	w.entra.claims, w.mail.refuse = fullClaims, nil
	if _, err := w.walk(t.Context(), state, StepTests); err != nil {
		t.Fatalf("the permission was granted and the person signed in again: %v", err)
	}
}
